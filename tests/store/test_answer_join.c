/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions answered need by need, of rows that pass only: byte for byte what counting all rows for
 * all needs at once gives. */

#include "desk.h"
#include "light.h"
#include "voice/world.h"

#include "store/answer_blob.h"
#include "store/answer_join.h"
#include "store/engine.h"
#include "store/scan.h"

#include <string.h>

#define LEVEL (1u << PLX_MEASURE_LEVEL)
#define BELIEVED (1u << PLX_MEASURE_BELIEVED)
#define EFFORT (1u << PLX_MEASURE_EFFORT)
#define CELLS (PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS)

static const char *const merge[] = {"Oslo", "Norway", "Bergen", "Norway", NULL};
static const struct plx_split by_place[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, merge},
                                            {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_tier[] = {{PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "tier", NULL}};

/* Every kind that adds up, as a page asks them: the first by its filter, others without it. */
static const struct plx_need needs[] = {
    {CELLS | PLX_NEED_ENCOUNTERS | PLX_NEED_PAIRS, LEVEL | EFFORT, PLX_MEASURE_EXPECTED, NULL, NULL,
     0, FALSE},
    {CELLS | PLX_NEED_PROFILES, BELIEVED, 0, NULL, NULL, 0, TRUE},
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS, LEVEL, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_COMOMENTS, LEVEL, 0, NULL, by_tier, 1, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_COLUMNS, LEVEL, 0, NULL, by_place, 1, FALSE},
};
#define NEEDS G_N_ELEMENTS(needs)

/* Of few rows, of some, of most; none at all. */
static plx_filter *filter_of(guint number)
{
    const char *const oslo[] = {"Oslo", NULL}, *const cart[] = {"cart", NULL};
    const char *const staff[] = {"staff", "leader", NULL}, *const none[] = {"nowhere", NULL};
    plx_filter *parts[2];
    switch (number) {
    case 0:
        parts[0] = plx_filter_in(PLX_DIM_PLACE, NULL, oslo);
        parts[1] = plx_filter_in(PLX_DIM_SUBJECT, NULL, cart);
        return plx_filter_all(parts, 2);
    case 1:
        return plx_filter_in(PLX_DIM_AUDIENCE, NULL, staff);
    case 2:
        return plx_filter_not(plx_filter_in(PLX_DIM_PLACE, NULL, oslo));
    case 3:
        return plx_filter_days(19723, 19745);
    case 4:
        return plx_filter_in(PLX_DIM_PLACE, NULL, none);
    default:
        return NULL;
    }
}
#define FILTERS 6

/* A question: a filter for each need. */
struct question {
    struct plx_need need[NEEDS];
    plx_filter *filter[NEEDS];
};

static void question_init(struct question *q, guint first, guint others)
{
    memcpy(q->need, needs, sizeof needs);
    for (guint i = 0; i < NEEDS; i++)
        q->need[i].filter = q->filter[i] = filter_of(i ? (others + i) % FILTERS : first);
}

static void question_clear(struct question *q)
{
    for (guint i = 0; i < NEEDS; i++)
        plx_filter_free(q->filter[i]);
}

static GBytes *bytes_of(const struct desk *desk, const struct plx_answer *answer,
                        const struct plx_need *wanted)
{
    GByteArray *const bytes = g_byte_array_new();
    plx_answer_encode(answer, plx_store_map(desk->store), wanted, bytes);
    return g_byte_array_free_to_bytes(bytes);
}

/* All rows, counted for all needs at once. */
static struct plx_answer *count_all(const struct desk *desk, const struct plx_need *wanted, guint n)
{
    g_autoptr(GError) error = NULL;
    gint64 generation;
    const struct plx_scan scan = {.map = plx_store_map(desk->store), .threads = 1};
    struct plx_lexicon *lexicon = NULL;
    g_assert_true(plx_store_refresh(desk->store, &generation, NULL));
    plx_sink *const sink = plx_count_sink_new(scan.map, wanted, n, 1);
    plx_scan_run(desk->store, &scan, sink, &lexicon, &error);
    g_assert_no_error(error);
    g_assert_true(sink->finish(sink, NULL));
    struct plx_answer *const answer = plx_count_sink_take(sink);
    sink->free(sink);
    plx_lexicon_free(lexicon);
    return answer;
}

static GBytes *ask(const struct desk *desk, const struct question *q, guint threads)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_source) source = plx_store_source(desk->store, threads);
    struct plx_answer *answer = NULL;
    plx_source_ask(source, q->need, NEEDS, &answer, &error);
    g_assert_no_error(error);
    GBytes *const bytes = bytes_of(desk, answer, q->need);
    plx_answer_free(answer);
    return bytes;
}

static void finish_import(gpointer data)
{
    const struct plx_import_summary summary = {0};
    struct plx_import_outcome outcome;
    g_autoptr(GError) error = NULL;
    plx_import_finish(data, &summary, &outcome, &error);
    g_assert_no_error(error);
}

static void begin(struct desk *desk, guint32 seed, guint rows, guint units, gboolean weighted)
{
    g_autoptr(GError) error = NULL;
    struct world *const world = world_new(seed, rows, units, weighted);
    const struct plx_import_options options = {
        .file = "f.csv", .dataset = "d", .n_workers = 1, .repeat = PLX_REPEAT_ALLOW};
    desk_init(desk, world_map_text);
    world_seat(world, FALSE);
    g_autoptr(plx_import) import = plx_import_begin(desk->store, &options, &error);
    g_assert_no_error(error);
    const struct feeding feeding = {
        .n_workers = 1, .cut = 60000, .finished = finish_import, .data = import};
    world_feed(world, plx_import_sink(import), &feeding, seed, NULL, NULL);
    world_free(world);
}

/* Joining ------------------------------------------------------------------------------------- */

/* The first `together` needs in one answer, each other one in its own. */
static void check_join(const struct desk *desk, const struct question *q, guint together,
                       GBytes *expected)
{
    struct plx_answer_piece pieces[NEEDS];
    for (guint i = 0; i < NEEDS; i++)
        pieces[i] = i < together ? (struct plx_answer_piece){NULL, i}
                                 : (struct plx_answer_piece){count_all(desk, &q->need[i], 1), 0};
    struct plx_answer *const into = count_all(desk, q->need, together);
    for (guint i = 0; i < together; i++)
        pieces[i].answer = into;
    plx_answer_join(into, plx_store_map(desk->store), pieces, NEEDS);
    g_autoptr(GBytes) joined = bytes_of(desk, into, q->need);
    g_assert_true(g_bytes_equal(joined, expected));
    plx_answer_free(into);
}

static void test_join(void)
{
    for (guint32 seed = 1; seed <= 3; seed++) {
        struct desk desk;
        begin(&desk, seed, 900, 60, seed == 2);
        for (guint f = 0; f < FILTERS; f++) {
            struct question q;
            question_init(&q, f, f + seed);
            struct plx_answer *const whole = count_all(&desk, q.need, NEEDS);
            g_autoptr(GBytes) expected = bytes_of(&desk, whole, q.need);
            plx_answer_free(whole);
            for (guint together = 1; together <= NEEDS; together++)
                check_join(&desk, &q, together, expected);
            question_clear(&q);
        }
        desk_clear(&desk);
    }
}

/* A large workspace -----------------------------------------------------------------------------
 */

/* Whatever was asked before, with one thread or several, the first time and again. */
static void test_by_need(void)
{
    struct desk desk;
    begin(&desk, 4, 52000, 9000, FALSE); /* enough for answers to be kept */
    for (guint f = 0; f < FILTERS; f++) {
        struct question q;
        question_init(&q, f, f < 3 ? 0 : 1);
        struct plx_answer *const whole = count_all(&desk, q.need, NEEDS);
        plx_engine_note_untimed(whole);
        g_autoptr(GBytes) expected = bytes_of(&desk, whole, q.need);
        plx_answer_free(whole);
        g_autoptr(GBytes) one = ask(&desk, &q, f % 2 ? 1 : 4);
        g_autoptr(GBytes) again = ask(&desk, &q, 1);
        g_assert_true(g_bytes_equal(one, expected));
        g_assert_true(g_bytes_equal(again, expected));
        question_clear(&q);
    }
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/answer-join/join", test_join);
    g_test_add_func("/answer-join/by-need", test_by_need);
    return g_test_run();
}
