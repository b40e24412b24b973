/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random scripts over random worlds (tests/voice/world.h): every engine says the same after every
 * step. */

#include "contest.h"
#include "light.h"
#include "voice/world.h"

#include <string.h>

/* Feeding ----------------------------------------------------------------------------------- */

struct portion {
    struct world world; /* shares its map */
    guint threads;
    guint32 seed;
};

static void feed(plx_sink *sink, gpointer data, void (*finished)(gpointer), gpointer import)
{
    const struct portion *const portion = data;
    const struct feeding feeding = {.n_workers = portion->threads,
                                    .cut = 40,
                                    .shuffled = TRUE,
                                    .finished = finished,
                                    .data = import};
    world_feed(&portion->world, sink, &feeding, portion->seed, NULL, NULL);
}

/* Rows with the same key cannot come in one file: the later ones are left out. */
static gboolean has_key(const GArray *rows, const struct row *row)
{
    for (guint i = 0; i < rows->len; i++) {
        const struct row *const other = &g_array_index(rows, struct row, i);
        if (other->encounter == row->encounter && other->subject == row->subject &&
            other->seconds == row->seconds)
            return TRUE;
    }
    return FALSE;
}

/* Some rows of a world, a few of which say something else. */
static struct portion portion_of(const struct world *world, GRand *random, guint n)
{
    struct portion portion = {.world = *world,
                              .threads = g_rand_boolean(random) ? 3 : 1,
                              .seed = (guint32)g_rand_int(random)};
    const guint first = (guint)g_rand_int_range(random, 0, (gint32)(world->rows->len - n));
    const gboolean changes = g_rand_int_range(random, 0, 3) == 0;
    portion.world.rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    portion.world.identified = g_rand_int_range(random, 0, 4) != 0;
    portion.world.narrow = g_rand_boolean(random);
    for (guint i = first; i < first + n; i++) {
        struct row row = g_array_index(world->rows, struct row, i);
        if (changes && i % 9 == 0)
            row.value[PLX_MEASURE_EFFORT] = (gint8)g_rand_int_range(random, 1, 8);
        if (!has_key(portion.world.rows, &row))
            g_array_append_val(portion.world.rows, row);
    }
    return portion;
}

/* Appending --------------------------------------------------------------------------------- */

struct appending {
    plx_sink base;
    plx_engine *engine;
};

static gboolean append_batch(plx_sink *sink, guint worker, const struct plx_batch *batch,
                             GError **error)
{
    (void)worker;
    plx_engine *const engine = ((struct appending *)(void *)sink)->engine;
    return engine->append(engine, batch, 1, error);
}

static gboolean append_end(plx_sink *sink, GError **error)
{
    (void)sink;
    (void)error;
    return TRUE;
}

static void append_portion(struct contest *contest, struct portion *portion)
{
    portion->threads = 1;
    portion->world.narrow = FALSE;
    for (guint e = 0; e < CONTEST_ENGINES; e++) {
        struct appending appending = {.base = {.add = append_batch, .finish = append_end},
                                      .engine = contest->engine[e]};
        feed(&appending.base, portion, NULL, NULL);
    }
    contest_state(contest);
}

/* Maps -------------------------------------------------------------------------------------- */

/* The world's own map, one that renames, one that merges and retires. */
static char *some_map(GRand *random)
{
    static const char *const points[] = {"points: [Campaign, Search]",
                                         "points: [Campaign, {title: Find, was: [search]}]",
                                         "points: [{title: Look, was: [campaign, search, find]}]"};
    g_auto(GStrv) parts = g_strsplit(world_map_text, "points: [Campaign, Search]", 2);
    return g_strconcat(parts[0], points[g_rand_int_range(random, 0, G_N_ELEMENTS(points))],
                       parts[1], NULL);
}

/* Scripts ----------------------------------------------------------------------------------- */

static void import_portion(struct contest *contest, struct portion *portion, GRand *random)
{
    const struct contest_import import = {
        .feed = feed,
        .data = portion,
        .dataset = g_rand_boolean(random) ? "one" : "two",
        .repeat = (enum plx_import_repeat)g_rand_int_range(random, 0, 4),
        .threads = portion->threads,
        .dry_run = g_rand_int_range(random, 0, 8) == 0,
        .abandon = g_rand_int_range(random, 0, 8) == 0};
    g_autofree char *said = contest_import(contest, &import);
    g_test_message("import (repeat %d): %s", (int)import.repeat, said);
}

static void step(struct contest *contest, const struct world *world, GRand *random)
{
    const guint n = (guint)g_rand_int_range(random, 1, 120);
    struct portion portion = portion_of(world, random, n);
    const struct row *const any = &g_array_index(portion.world.rows, struct row, 0);
    switch (g_rand_int_range(random, 0, 11)) {
    case 0:
        g_free(contest_undo(contest, g_rand_int_range(random, 1, 8)));
        break;
    case 1:
        g_free(contest_erase(contest, &any->unit, 1));
        break;
    case 2:
        g_free(contest_fade(contest, 19700 + g_rand_int_range(random, -5, 40)));
        break;
    case 3:
        append_portion(contest, &portion);
        break;
    case 5: {
        g_autofree char *yaml = some_map(random);
        g_free(contest_apply(contest, yaml, g_rand_int_range(random, 0, 4) == 0));
        break;
    }
    case 4:
        g_free(contest_seal(contest));
        break;
    default:
        import_portion(contest, &portion, random);
    }
    g_array_unref(portion.world.rows);
}

static void run_script(guint32 seed)
{
    struct contest contest;
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    struct world *const world = world_new(seed, 400, 20 + 60 * (seed % 4), seed % 3 == 0);
    if (seed % 2)
        world_seat(world, TRUE);
    contest_init(&contest, world_map_text);
    for (guint i = 0; i < 14; i++)
        step(&contest, world, random);
    contest_clear(&contest);
    world_free(world);
}

static void test_scripts(void)
{
    for (guint32 seed = 1; seed <= effort(5, 3, 1); seed++)
        run_script(seed);
}

/* A world of some size, in any order, by several threads. */
static void test_worlds(void)
{
    for (guint32 seed = 1; seed <= effort(4, 4, 2); seed++) {
        struct contest contest;
        struct world *const world = world_new(seed, 1500, seed == 1 ? 1 : 300 * seed, seed == 3);
        if (seed > 1)
            world_seat(world, seed == 2);
        struct portion portion = {.world = *world, .threads = 1 + 2 * (seed % 2), .seed = seed};
        contest_init(&contest, world_map_text);
        const struct contest_import import = {
            .feed = feed, .data = &portion, .threads = portion.threads};
        contest_expect(contest_import(&contest, &import),
                       "import 1: 1500 taken, 0 known, 0 replaced, 0 repeated");
        contest_clear(&contest);
        world_free(world);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conformance-worlds/worlds", test_worlds);
    g_test_add_func("/conformance-worlds/scripts", test_scripts);
    return g_test_run();
}
