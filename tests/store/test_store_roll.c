/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A roll through the life of a workspace: it answers as the blocks do, byte for byte, whatever came
 * since it was made. Random questions under random filters about random worlds. */

#include "desk.h"
#include "form.h"
#include "light.h"
#include "voice/world.h"

#include "store/answer_blob.h"
#include "store/erase.h"
#include "store/imports.h"
#include "store/inbox.h"
#include "store/map_log.h"
#include "store/shelf.h"
#include "store/store_private.h"
#include "store/store_roll_private.h"

#include <string.h>

#define LEVEL (1u << PLX_MEASURE_LEVEL)
#define BELIEVED (1u << PLX_MEASURE_BELIEVED)
#define EXPECTED (1u << PLX_MEASURE_EXPECTED)
#define PREDICTED (1u << PLX_MEASURE_PREDICTED)
#define PEOPLE (PLX_NEED_COUNTS | PLX_NEED_PERSONS)
#define PICTURE (PEOPLE | PLX_NEED_CLUSTERS | PLX_NEED_PAIRS | PLX_NEED_ENCOUNTERS)

/* Questions ----------------------------------------------------------------------------------- */

static const char *const merge[] = {"Oslo", "Norway", "Bergen", "Norway", NULL};
static const char *const seasons[] = {"2023-12", "winter", "2024-01", "winter", NULL};
static const struct plx_split splits[][2] = {
    {{PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}, {PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, merge}},
    {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL}, {PLX_SPLIT_DIM, PLX_DIM_AUDIENCE, NULL, NULL}},
    {{PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "tier", NULL},
     {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, seasons}},
    {{PLX_SPLIT_DIM, PLX_DIM_CHANNEL, NULL, NULL},
     {PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "nowhere", NULL}},
};

static const struct plx_need needs[] = {
    {PICTURE, LEVEL | PREDICTED, PLX_MEASURE_EXPECTED, NULL, NULL, 0, FALSE},
    {PICTURE, LEVEL | EXPECTED | PREDICTED, PLX_MEASURE_EXPECTED, NULL, NULL, 0, FALSE},
    {PEOPLE, LEVEL, 0, NULL, NULL, 1, FALSE},
    {PEOPLE | PLX_NEED_CLUSTERS | PLX_NEED_ENCOUNTERS, EXPECTED | LEVEL, 0, NULL, NULL, 2, FALSE},
    {PICTURE, LEVEL, PLX_MEASURE_PREDICTED, NULL, NULL, 1, FALSE},
    {PEOPLE | PLX_NEED_CLUSTERS | PLX_NEED_PROFILES, BELIEVED, 0, NULL, NULL, 0, TRUE},
    {PEOPLE, BELIEVED, 0, NULL, NULL, 1, TRUE},
    {PLX_NEED_COUNTS | PLX_NEED_ENCOUNTERS, LEVEL, 0, NULL, NULL, 1, FALSE},
    {PLX_NEED_PAIRS, LEVEL | EXPECTED, PLX_MEASURE_EXPECTED, NULL, NULL, 0, FALSE},
};

static plx_filter *in(GRand *random, enum plx_dim dim, const char *segment,
                      const char *const *values, gint n)
{
    const char *some[3] = {values[g_rand_int_range(random, 0, n)],
                           g_rand_boolean(random) ? values[g_rand_int_range(random, 0, n)] : NULL,
                           NULL};
    return plx_filter_in(dim, segment, some);
}

static plx_filter *random_test(GRand *random)
{
    static const char *const places[] = {"Oslo", "Bergen", "", "Å", "nowhere"};
    static const char *const channels[] = {"web", "shop", ""};
    static const char *const tiers[] = {"gold", "silver", ""};
    static const char *const people[] = {"leader", "staff", "shopper", "customer", "partner"};
    const gint32 day = 19690 + g_rand_int_range(random, 0, 110);
    switch (g_rand_int_range(random, 0, 7)) {
    case 0:
        return plx_filter_days(day, G_MAXINT32);
    case 1:
        return plx_filter_days(day, day + g_rand_int_range(random, 0, 40));
    case 2:
        return in(random, PLX_DIM_PLACE, NULL, places, G_N_ELEMENTS(places));
    case 3:
        return in(random, PLX_DIM_CHANNEL, NULL, channels, G_N_ELEMENTS(channels));
    case 4:
        return in(random, PLX_DIM_SEGMENT, "tier", tiers, G_N_ELEMENTS(tiers));
    case 5:
        return in(random, PLX_DIM_SEGMENT, "kind", tiers, G_N_ELEMENTS(tiers));
    default:
        return in(random, PLX_DIM_AUDIENCE, NULL, people, G_N_ELEMENTS(people));
    }
}

static plx_filter *random_filter(GRand *random, guint depth)
{
    plx_filter *parts[3];
    const guint n = (guint)g_rand_int_range(random, 0, 4);
    const gint kind = g_rand_int_range(random, 0, 6);
    if (depth == 0 || kind < 2)
        return random_test(random);
    if (kind == 2)
        return plx_filter_not(random_filter(random, depth - 1));
    for (guint i = 0; i < n; i++)
        parts[i] = random_filter(random, depth - 1);
    return kind == 3 ? plx_filter_any(parts, n) : plx_filter_all(parts, n);
}

/* One to three needs, some of them under one filter. */
struct question {
    struct plx_need need[3];
    plx_filter *filter[3];
    guint n;
};

static void question_init(struct question *question, GRand *random)
{
    question->n = (guint)g_rand_int_range(random, 0, 4);
    for (guint i = 0; i < question->n; i++) {
        question->need[i] = needs[g_rand_int_range(random, 0, G_N_ELEMENTS(needs))];
        question->filter[i] = g_rand_int_range(random, 0, 6) ? random_filter(random, 2) : NULL;
        question->need[i].filter =
            i > 0 && g_rand_boolean(random) ? question->filter[0] : question->filter[i];
        question->need[i].splits = splits[g_rand_int_range(random, 0, G_N_ELEMENTS(splits))];
    }
}

static void question_clear(struct question *question)
{
    for (guint i = 0; i < question->n; i++)
        plx_filter_free(question->filter[i]);
}

/* Asking -------------------------------------------------------------------------------------- */

static GBytes *ask(struct desk *desk, const struct question *question, guint threads)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_source) source = plx_store_source(desk->store, threads);
    struct plx_answer *answer = NULL;
    plx_source_ask(source, question->need, question->n, &answer, &error);
    g_assert_no_error(error);
    GByteArray *const bytes = g_byte_array_new();
    plx_answer_encode(answer, source->map, question->need, bytes);
    plx_answer_free(answer);
    return g_byte_array_free_to_bytes(bytes);
}

/* Does the roll itself answer? */
static gboolean tells(struct desk *desk, const plx_store_roll *roll,
                      const struct question *question)
{
    g_autoptr(GError) error = NULL;
    struct plx_answer *answer = NULL;
    const struct plx_store_roll_question asked = {
        .needs = question->need, .n_needs = question->n, .threads = 2};
    g_assert_true(plx_db_begin_read(plx_store_db(desk->store), &error));
    g_autoptr(GPtrArray) blocks = plx_shelf_list(plx_store_db(desk->store), 0, &error);
    g_assert_no_error(error);
    if (plx_store_roll_is_of(desk->store, roll, blocks)) {
        (question->n ? plx_store_roll_ask : plx_store_roll_sum)(
            desk->store, plx_store_map(desk->store), roll, &asked, &answer, &error);
        g_assert_no_error(error);
    }
    plx_db_rollback(plx_store_db(desk->store));
    const gboolean told = answer != NULL;
    plx_answer_free(answer);
    return told;
}

/* Random questions, with and without the roll; `told`: whether it is of use. */
static void check(struct desk *desk, const plx_store_roll *roll, guint32 seed, gboolean told)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    for (guint i = 0; i < effort(300, 40, 6); i++) {
        struct question question;
        question_init(&question, random);
        plx_store_set_roll(desk->store, NULL);
        g_autoptr(GBytes) expected = ask(desk, &question, 1);
        plx_store_set_roll(desk->store, roll);
        g_assert_cmpint(tells(desk, roll, &question), ==, told);
        g_autoptr(GBytes) one = ask(desk, &question, 1);
        g_autoptr(GBytes) three = ask(desk, &question, 3);
        g_assert_true(g_bytes_equal(one, expected));
        g_assert_true(g_bytes_equal(three, expected));
        question_clear(&question);
    }
}

static gint64 lacks(struct desk *desk, const plx_store_roll *roll)
{
    g_autoptr(GError) error = NULL;
    gint64 rows = -2;
    g_assert_true(plx_store_roll_lacks(desk->store, roll, &rows, &error));
    g_assert_no_error(error);
    return rows;
}

static plx_store_roll *make(struct desk *desk)
{
    g_autoptr(GError) error = NULL;
    plx_store_roll *roll = NULL;
    g_assert_true(plx_store_roll_make(desk->store, 2, G_MAXSIZE, &roll, &error));
    g_assert_no_error(error);
    return roll;
}

/* Worlds -------------------------------------------------------------------------------------- */

/* Without what no roll has; people predict, too. Rows of respondents may have a group size, which
 * counts nowhere: of the audience partner, or `sized` of all, also of those who are anonymous, to
 * whom it does count. */
static struct world *some_world(guint32 seed, guint n_rows, guint n_units, gboolean sized)
{
    struct world *const world = world_new(seed, n_rows, n_units, FALSE);
    world->measures |= PREDICTED;
    for (guint i = 0; i < world->rows->len; i++) {
        struct row *const row = &g_array_index(world->rows, struct row, i);
        row->value[PLX_MEASURE_BELIEVED] = PLX_CELL_EMPTY;
        row->value[PLX_MEASURE_PREDICTED] = i % 3 ? row->value[PLX_MEASURE_LEVEL] : PLX_CELL_NA;
        row->seen = 0;
        row->group_size = row->known && (sized || row->audience == 4) ? row->group_size : 1;
    }
    return world;
}

static struct world *plain_world(guint32 seed, guint n_rows, guint n_units)
{
    return some_world(seed, n_rows, n_units, FALSE);
}

static void finish_import(gpointer data)
{
    const struct plx_import_summary summary = {0};
    struct plx_import_outcome outcome;
    g_autoptr(GError) error = NULL;
    plx_import_finish(data, &summary, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpint(outcome.import, >, 0);
}

/* Uses the world up. All come with one data set: units and encounters are those of others. */
static void take(struct desk *desk, struct world *world, guint workers)
{
    g_autoptr(GError) error = NULL;
    const struct plx_import_options options = {
        .file = "f.csv", .dataset = "d", .n_workers = workers, .repeat = PLX_REPEAT_ALLOW};
    g_autoptr(plx_import) import = plx_import_begin(desk->store, &options, &error);
    g_assert_no_error(error);
    const struct feeding feeding = {.n_workers = workers,
                                    .cut = 300,
                                    .shuffled = TRUE,
                                    .finished = finish_import,
                                    .data = import};
    world_feed(world, plx_import_sink(import), &feeding, workers, NULL, NULL);
    world_free(world);
}

static void collect(struct desk *desk, guint n)
{
    struct form form;
    g_autoptr(GError) error = NULL;
    form_init(&form, plx_store_map(desk->store));
    for (guint i = 0; i < n; i++) {
        const struct plx_batch batch = form_fill(&form, i);
        plx_inbox_append(desk->store, &batch, 1, &error);
        g_assert_no_error(error);
    }
    form_clear(&form);
}

static void test_worlds(void)
{
    struct desk desk;
    desk_init(&desk, world_map_text);
    take(&desk, plain_world(1, 3000, 700), 1);
    take(&desk, plain_world(2, 900, 40), 3);
    take(&desk, world_new(3, 200, 300, TRUE), 1); /* whatever is odd */
    g_autoptr(plx_store_roll) roll = make(&desk);
    g_assert_nonnull(roll);
    g_assert_cmpint(lacks(&desk, roll), ==, 200);
    check(&desk, roll, 1, TRUE);
    take(&desk, plain_world(4, 300, 900), 2); /* the same people, and others */
    g_assert_cmpint(lacks(&desk, roll), ==, 500);
    check(&desk, roll, 2, TRUE);
    struct world *const seated = world_new(5, 150, 500, FALSE);
    world_seat(seated, TRUE);
    take(&desk, seated, 1);
    collect(&desk, 30); /* not sealed */
    check(&desk, roll, 3, TRUE);
    desk_reopen(&desk);
    check(&desk, roll, 4, TRUE);
    desk_clear(&desk);
}

/* One point where the world has three. */
static const char merged[] =
    "parallax: 1\ntitle: Shop\n"
    "scales:\n"
    "  stars: {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5}\n"
    "audiences:\n"
    "  partner: {scale: stars, identity: panel}\n"
    "  staff: {identity: anonymous}\n"
    "journeys:\n"
    "  - title: Order\n"
    "    transactions:\n"
    "      - title: Find\n"
    "        points:\n"
    "          - {id: campaign, title: Campaign, was: [search, alpha, zeta]}\n"
    "      - {title: Pay, points: [Cart]}\n"
    "  - title: Return\n"
    "    transactions:\n"
    "      - {title: Send, points: [{use: cart}, Label]}\n";

/* Staff became anonymous when their answers were there. */
static void test_sizes(void)
{
    struct desk desk;
    g_autoptr(GPtrArray) changes = NULL;
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) parts = g_strsplit(world_map_text, "identity: anonymous", 2);
    g_autofree char *panel = g_strconcat(parts[0], "identity: panel", parts[1], NULL);
    desk_init(&desk, panel);
    take(&desk, plain_world(1, 900, 100), 1);
    take(&desk, some_world(2, 900, 100, TRUE), 1);
    plx_map_log_apply(desk.store, merged, "m.yaml", FALSE, &changes, &error);
    g_assert_no_error(error);
    g_autoptr(plx_store_roll) roll = make(&desk);
    check(&desk, roll, 1, TRUE);
    g_assert_cmpint(lacks(&desk, roll), ==, 900);
    desk_clear(&desk);
}

/* One unit, many rows; nobody known; no times; few measures. */
static void test_narrow(void)
{
    for (guint32 seed = 10; seed < 16; seed++) {
        struct desk desk;
        struct world *const world = plain_world(seed, seed == 10 ? 1 : 700, seed % 2 ? 1 : 60);
        desk_init(&desk, world_map_text);
        world->timed = seed != 12;
        world->narrow = seed == 13;
        world->measures = seed == 14 ? LEVEL : world->measures;
        take(&desk, world, 1 + seed % 3);
        g_autoptr(plx_store_roll) roll = make(&desk);
        g_assert_nonnull(roll);
        check(&desk, roll, seed, TRUE);
        desk_clear(&desk);
    }
}

/* What takes rows away, or changes what they mean -------------------------------------------- */

static void test_gone(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    guint64 n = 0;
    desk_init(&desk, world_map_text);
    take(&desk, plain_world(1, 900, 100), 1);
    take(&desk, plain_world(2, 500, 100), 1);
    g_autoptr(plx_store_roll) roll = make(&desk);
    check(&desk, roll, 1, TRUE);
    g_assert_true(plx_imports_undo(desk.store, 2, &n, &error));
    g_assert_cmpint(lacks(&desk, roll), ==, -1);
    check(&desk, roll, 2, FALSE);
    /* Its block has the number of the one that is gone, and as many rows. */
    take(&desk, plain_world(3, 500, 100), 1);
    g_assert_cmpint(lacks(&desk, roll), ==, -1);
    check(&desk, roll, 3, FALSE);
    g_autoptr(plx_store_roll) anew = make(&desk);
    check(&desk, anew, 4, TRUE);
    g_assert_true(plx_erase_traces(desk.store, 19720, FALSE, &n, &error));
    g_assert_cmpint(lacks(&desk, anew), ==, -1);
    check(&desk, anew, 5, FALSE);
    desk_clear(&desk);
}

/* The same number of block and import, as many rows, days and codes: only what they say differs. */
static void test_other_content(void)
{
    struct desk desk;
    desk_init(&desk, world_map_text);
    take(&desk, plain_world(1, 400, 100), 1);
    g_autoptr(plx_store_roll) roll = make(&desk);
    check(&desk, roll, 1, TRUE);
    desk_sql(&desk, "UPDATE block_column SET data = zeroblob(length(data)) WHERE id = "
                    "(SELECT max(id) FROM block_column)");
    g_assert_cmpint(lacks(&desk, roll), ==, -1);
    desk_clear(&desk);
}

static void test_map(void)
{
    struct desk desk;
    g_autoptr(GPtrArray) changes = NULL;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, world_map_text);
    take(&desk, plain_world(1, 900, 100), 1);
    g_autoptr(plx_store_roll) roll = make(&desk);
    check(&desk, roll, 1, TRUE);
    plx_map_log_apply(desk.store, merged, "m.yaml", FALSE, &changes, &error);
    g_assert_no_error(error);
    g_assert_cmpint(lacks(&desk, roll), ==, 0);
    check(&desk, roll, 2, FALSE);
    g_autoptr(plx_store_roll) anew = make(&desk);
    check(&desk, anew, 3, TRUE);
    desk_clear(&desk);
}

/* Which ------------------------------------------------------------------------------------- */

static void test_refused(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    plx_store_roll *roll = NULL;
    desk_init(&desk, world_map_text);
    g_assert_null(make(&desk)); /* nothing is there */
    take(&desk, world_new(1, 200, 100, TRUE), 1);
    g_assert_null(make(&desk)); /* nothing is plain */
    take(&desk, plain_world(2, 2000, 100), 2);
    g_assert_true(plx_store_roll_make(desk.store, 1, 20000, &roll, &error));
    g_assert_null(roll); /* it would be too large */
    roll = make(&desk);
    g_assert_cmpuint(plx_store_roll_bytes(roll), >, 20000);
    g_assert_cmpuint(plx_store_roll_bytes(roll), <, 2000 * 100);
    plx_store_roll_free(roll);
    desk_clear(&desk);
}

static void test_questions(void)
{
    static const struct plx_split by_week[] = {{PLX_SPLIT_WEEK, PLX_DIM_PLACE, NULL, NULL}};
    static const struct plx_split by_journey[] = {{PLX_SPLIT_DIM, PLX_DIM_JOURNEY, NULL, NULL}};
    const char *const points[] = {"cart", NULL};
    const struct plx_need others[] = {
        {PEOPLE, 1u << PLX_MEASURE_EFFORT, 0, NULL, NULL, 0, FALSE},
        {PEOPLE, LEVEL, 0, NULL, by_week, 1, FALSE},
        {PEOPLE, LEVEL, 0, NULL, by_journey, 1, FALSE},
        {PEOPLE | PLX_NEED_COMOMENTS, LEVEL, 0, NULL, NULL, 0, FALSE},
        {PEOPLE | PLX_NEED_PROFILES, LEVEL, 0, NULL, NULL, 0, FALSE},
        {PLX_NEED_LINKED, LEVEL, 0, NULL, NULL, 0, FALSE},
        {PEOPLE, 1u << PLX_MEASURE_SURPRISE, 0, NULL, NULL, 0, FALSE},
        {PEOPLE, LEVEL, 0, NULL, NULL, 0, TRUE},
        {PEOPLE, LEVEL, 0, plx_filter_in(PLX_DIM_SUBJECT, NULL, points), NULL, 0, FALSE},
    };
    struct desk desk;
    desk_init(&desk, world_map_text);
    take(&desk, plain_world(1, 900, 100), 1);
    g_autoptr(plx_store_roll) roll = make(&desk);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        const struct question question = {.need = {others[i]}, .n = 1};
        g_assert_false(tells(&desk, roll, &question));
    }
    const struct question question = {.need = {needs[0]}, .n = 1};
    g_assert_true(tells(&desk, roll, &question));
    plx_filter_free((plx_filter *)(guintptr)others[G_N_ELEMENTS(others) - 1].filter);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/roll/worlds", test_worlds);
    g_test_add_func("/store/roll/sizes", test_sizes);
    g_test_add_func("/store/roll/narrow", test_narrow);
    g_test_add_func("/store/roll/gone", test_gone);
    g_test_add_func("/store/roll/other-content", test_other_content);
    g_test_add_func("/store/roll/map", test_map);
    g_test_add_func("/store/roll/refused", test_refused);
    g_test_add_func("/store/roll/questions", test_questions);
    return g_test_run();
}
