/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kept counts through the life of a workspace: they answer as the blocks do, byte for byte, and
 * what is in the file is what would be made of the blocks anew. */

#include "desk.h"
#include "form.h"
#include "light.h"
#include "voice/world.h"

#include "ingest/keys.h"
#include "store/answer_blob.h"
#include "store/check.h"
#include "store/compact.h"
#include "store/erase.h"
#include "store/imports.h"
#include "store/inbox.h"
#include "store/kept_answer.h"
#include "store/map_log.h"

#include <string.h>

/* Questions ----------------------------------------------------------------------------------- */

#define LEVEL (1u << PLX_MEASURE_LEVEL)
#define BELIEVED (1u << PLX_MEASURE_BELIEVED)
#define EFFORT (1u << PLX_MEASURE_EFFORT)
#define ALL (~PLX_MEASURE_FLAGS)

static const char *const merge[] = {"Oslo", "Norway", "Bergen", "Norway", NULL};
static const struct plx_split by_place[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                            {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_country[] = {{PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL},
                                              {PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, merge}};
static const struct plx_split by_who[] = {{PLX_SPLIT_DIM, PLX_DIM_AUDIENCE, NULL, NULL},
                                          {PLX_SPLIT_DIM, PLX_DIM_SUBJECT, NULL, NULL}};

static const struct plx_need needs[] = {
    {PLX_NEED_COUNTS, LEVEL | BELIEVED, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS, ALL, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_COLUMNS, LEVEL | EFFORT, 0, NULL, by_country, 2, FALSE},
    {PLX_NEED_COUNTS, EFFORT, 0, NULL, by_who, 2, FALSE},
    {PLX_NEED_COUNTS, 0, 0, NULL, by_place, 1, FALSE},
};

/* Of worlds (January 2024 and others) and of desks (the year 2026). */
static plx_filter *filter_of(guint number)
{
    const char *const oslo[] = {"Oslo", NULL}, *const both[] = {"Bergen", "", NULL};
    const char *const staff[] = {"staff", "leader", NULL}, *const points[] = {"cart", NULL};
    plx_filter *parts[3];
    switch (number) {
    case 1:
        return plx_filter_in(PLX_DIM_PLACE, NULL, oslo);
    case 2:
        return plx_filter_days(19723, 19753);
    case 3:
        parts[0] = plx_filter_not(plx_filter_in(PLX_DIM_PLACE, NULL, both));
        parts[1] = plx_filter_in(PLX_DIM_AUDIENCE, NULL, staff);
        parts[2] = plx_filter_days(20485, G_MAXINT32);
        return plx_filter_all(parts, 3);
    case 4:
        parts[0] = plx_filter_in(PLX_DIM_SUBJECT, NULL, points);
        parts[1] = plx_filter_kinds(1u << PLX_SUBJECT_NONE);
        return plx_filter_any(parts, 2);
    case 5:
        return plx_filter_any(NULL, 0);
    default:
        return NULL;
    }
}
#define FILTERS 6

static GBytes *ask(struct desk *desk, const struct plx_need *wanted, guint n, guint threads)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_source) source = plx_store_source(desk->store, threads);
    struct plx_answer *answer = NULL;
    plx_source_ask(source, wanted, n, &answer, &error);
    g_assert_no_error(error);
    GByteArray *const bytes = g_byte_array_new();
    plx_answer_encode(answer, source->map, wanted, bytes);
    plx_answer_free(answer);
    return g_byte_array_free_to_bytes(bytes);
}

static void run(struct desk *desk, const char *sql)
{
    g_autoptr(GError) error = NULL;
    plx_db_execute(plx_store_db(desk->store), sql, &error);
    g_assert_no_error(error);
}

/* Many small transactions: what a crash would leave is tested elsewhere. */
static void begin(struct desk *desk, const char *yaml)
{
    desk_init(desk, yaml);
    run(desk, "PRAGMA synchronous = OFF");
}

static gint64 number(struct desk *desk, const char *sql)
{
    gint64 n = -1;
    g_assert_true(plx_db_number(plx_store_db(desk->store), sql, &n, NULL));
    return n;
}

/* Is anything taken from kept counts? */
static gboolean uses(struct desk *desk, const struct plx_need *wanted, guint n)
{
    gint64 generation;
    g_assert_true(plx_store_refresh(desk->store, &generation, NULL));
    g_autoptr(GPtrArray) blocks = plx_shelf_list(plx_store_db(desk->store), 0, NULL);
    g_autoptr(plx_kept_use) use = plx_kept_use_new(desk->store, wanted, n, blocks);
    return use != NULL;
}

/* The question, with and without what is kept. */
static void check_question(struct desk *desk, const struct plx_need *wanted, guint n)
{
    g_assert_true(uses(desk, wanted, n));
    g_autoptr(GBytes) one = ask(desk, wanted, n, 1);
    g_autoptr(GBytes) four = ask(desk, wanted, n, 4);
    run(desk, "CREATE TABLE held AS SELECT * FROM kept; DELETE FROM kept; DELETE FROM cache;");
    g_assert_false(uses(desk, wanted, n));
    g_autoptr(GBytes) expected = ask(desk, wanted, n, 1);
    run(desk, "INSERT INTO kept SELECT * FROM held; DROP TABLE held; DELETE FROM cache;");
    g_assert_true(g_bytes_equal(one, expected));
    g_assert_true(g_bytes_equal(four, expected));
}

static void check_file(struct desk *desk)
{
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    plx_check_run(desk->store, FALSE, &report, &error);
    g_assert_no_error(error);
    if (report.faults->len)
        g_error("%s", (const char *)report.faults->pdata[0]);
    plx_check_report_clear(&report);
}

/* Everything, after each step of a workspace's life; `sets`: whether all imports are kept. */
static void check(struct desk *desk, gboolean all)
{
    struct plx_need wanted[G_N_ELEMENTS(needs)];
    run(desk, "DELETE FROM cache");
    g_assert_cmpint(number(desk, "SELECT coalesce(sum(rows), 0) FROM kept") ==
                        number(desk, "SELECT coalesce(sum(rows), 0) FROM block"),
                    ==, all);
    g_assert_cmpint(number(desk, "SELECT count(*) FROM kept"), ==,
                    number(desk, "SELECT count(*) FROM kept_cells"));
    for (guint f = 0; f < FILTERS; f++) {
        g_autoptr(plx_filter) filter = filter_of(f);
        memcpy(wanted, needs, sizeof needs);
        for (guint i = 0; i < G_N_ELEMENTS(needs); i++)
            wanted[i].filter = filter;
        check_question(desk, wanted, G_N_ELEMENTS(needs));
        for (guint i = 0; i < G_N_ELEMENTS(needs); i += effort(1, 2, 12))
            check_question(desk, &wanted[i], 1);
    }
    check_file(desk);
}

/* Worlds -------------------------------------------------------------------------------------- */

static void finish_import(gpointer data)
{
    const struct plx_import_summary summary = {0};
    struct plx_import_outcome outcome;
    g_autoptr(GError) error = NULL;
    plx_import_finish(data, &summary, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpint(outcome.import, >, 0);
}

static void take_world(struct desk *desk, const struct world *world, guint workers, guint32 seed)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dataset = g_strdup_printf("d%u", seed);
    const struct plx_import_options options = {
        .file = "f.csv", .dataset = dataset, .n_workers = workers, .repeat = PLX_REPEAT_ALLOW};
    g_autoptr(plx_import) import = plx_import_begin(desk->store, &options, &error);
    g_assert_no_error(error);
    const struct feeding feeding = {.n_workers = workers,
                                    .cut = 700,
                                    .shuffled = seed % 2 == 0,
                                    .finished = finish_import,
                                    .data = import};
    world_feed(world, plx_import_sink(import), &feeding, seed, NULL, NULL);
}

/* Several imports, weighted and not, with few measures and without time. */
static void test_worlds(void)
{
    struct desk desk;
    guint64 gone = 0;
    g_autoptr(GError) error = NULL;
    begin(&desk, world_map_text);
    for (guint32 seed = 1; seed <= 5; seed++) {
        struct world *const world = world_new(seed, effort(900, 900, 250), 100, seed == 3);
        world->narrow = seed == 2;
        world->timed = seed != 4;
        if (seed == 5)
            world->measures = LEVEL;
        take_world(&desk, world, seed % 3 + 1, seed);
        world_free(world);
        check(&desk, TRUE);
    }
    g_assert_true(plx_imports_undo(desk.store, 3, &gone, &error));
    check(&desk, TRUE);
    run(&desk, "DELETE FROM kept_cells WHERE id IN (SELECT id FROM kept WHERE import = 2); "
               "DELETE FROM kept WHERE import = 2;");
    check(&desk, FALSE);
    desk_clear(&desk);
}

/* A life -------------------------------------------------------------------------------------- */

static void take(struct desk *desk, const char *text, const char *dataset,
                 enum plx_import_repeat repeat)
{
    const struct desk_import import = {
        .text = text, .dataset = dataset, .repeat = repeat, .threads = 3};
    struct plx_import_outcome outcome;
    g_autoptr(GError) error = NULL;
    desk_import(desk, &import, &outcome, &error);
    g_assert_no_error(error);
}

static void collect(struct desk *desk, guint64 from, guint64 n)
{
    struct form form;
    g_autoptr(GError) error = NULL;
    form_init(&form, plx_store_map(desk->store));
    for (guint64 i = from; i < from + n; i++) {
        const struct plx_batch batch = form_fill(&form, i);
        plx_inbox_append(desk->store, &batch, 1, &error);
        g_assert_no_error(error);
    }
    form_clear(&form);
}

static void seal(struct desk *desk)
{
    guint64 sealed = 0;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_inbox_seal(desk->store, &sealed, &error));
    g_assert_cmpuint(sealed, >, 0);
}

#define KEYED "audience,encounter,time,point,place,level\n"
#define KEYED_REST "customer,k2,2026-03-03,page,Oslo,3\ncustomer,k3,2026-04-03,cart,,4\n"

/* Rows come, come again, are replaced, collected, sealed twice into the same months, forgotten. */
static void test_life(void)
{
    struct desk desk;
    struct plx_erase_receipt receipt = {0};
    guint64 n = 0;
    g_autofree char *first = desk_rows(1, effort(1200, 1200, 300), 0);
    g_autofree char *second = desk_rows(2, effort(700, 700, 200), 0);
    g_autofree char *third = desk_rows(3, effort(1200, 1200, 300), 5);
    g_autoptr(GError) error = NULL;
    begin(&desk, desk_map);
    take(&desk, first, "d", PLX_REPEAT_REFUSE);
    check(&desk, TRUE);
    take(&desk, second, "e", PLX_REPEAT_REFUSE);
    check(&desk, TRUE);
    take(&desk, third, "d", PLX_REPEAT_ONLY_NEW); /* some are left out */
    check(&desk, TRUE);
    take(&desk, KEYED "customer,k1,2026-03-02,page,Oslo,2\n" KEYED_REST, "k", PLX_REPEAT_REFUSE);
    check(&desk, TRUE);
    take(&desk, KEYED "customer,k1,2026-03-02,page,Oslo,5\n", "k", PLX_REPEAT_REPLACE);
    check(&desk, TRUE); /* the other import lost a row */
    collect(&desk, 0, 40);
    check(&desk, TRUE); /* counted from the inbox */
    seal(&desk);
    check(&desk, TRUE);
    collect(&desk, 40, 30);
    seal(&desk);
    check(&desk, TRUE);
    const guint64 key = plx_key_of_respondent("e", "customer", "p12");
    g_assert_true(plx_erase_respondent(desk.store, &key, 1, FALSE, &receipt, &error));
    plx_erase_receipt_clear(&receipt);
    check(&desk, TRUE);
    g_assert_true(plx_erase_traces(desk.store, 20600, FALSE, &n, &error));
    g_assert_cmpuint(n, >, 0);
    check(&desk, TRUE);
    g_assert_true(plx_imports_undo(desk.store, 2, &n, &error));
    check(&desk, TRUE);
    desk_reopen(&desk);
    run(&desk, "PRAGMA synchronous = OFF");
    check(&desk, TRUE);
    desk_clear(&desk);
}

/* Renamed, merged: codes stay, what they mean does not. */
static void test_maps(void)
{
    static const char head[] = "parallax: 1\ntitle: Shop\njourneys:\n  - title: Order\n"
                               "    transactions:\n      - title: Find\n        points:\n";
    static const char rows[] = "audience,encounter,time,point,place,level\n"
                               "customer,e1,2026-01-05,page,Oslo,4\n"
                               "customer,e1,2026-01-05,door,Oslo,2\n"
                               "customer,e2,2026-02-05,door,,3\n"
                               "leader,e3,,page,Oslo,6\n";
    static const char *const points[] = {
        "          - {id: gate, title: Gate, was: door}\n          - {id: page, title: Page}\n",
        "          - {id: all, title: All, was: [door, gate, page]}\n",
    };
    struct desk desk;
    g_autofree char *begun = g_strconcat(
        head, "          - {id: page, title: Page}\n          - {id: door, title: D}\n", NULL);
    begin(&desk, begun);
    take(&desk, rows, "d", PLX_REPEAT_REFUSE);
    check(&desk, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(points); i++) {
        g_autoptr(GPtrArray) changes = NULL;
        g_autoptr(GError) error = NULL;
        g_autofree char *yaml = g_strconcat(head, points[i], NULL);
        plx_map_log_apply(desk.store, yaml, "m.yaml", FALSE, &changes, &error);
        g_assert_no_error(error);
        check(&desk, TRUE);
    }
    desk_clear(&desk);
}

/* Which questions ----------------------------------------------------------------------------- */

/* Takes the filter. */
static gboolean is_taken(struct desk *desk, struct plx_need need, plx_filter *filter)
{
    need.filter = filter;
    const gboolean taken = uses(desk, &need, 1);
    plx_filter_free(filter);
    return taken;
}

static void test_questions(void)
{
    static const struct plx_split by_week[] = {{PLX_SPLIT_WEEK, PLX_DIM_PLACE, NULL, NULL}};
    static const struct plx_split by_channel[] = {{PLX_SPLIT_DIM, PLX_DIM_CHANNEL, NULL, NULL}};
    const char *const web[] = {"web", NULL};
    struct desk desk;
    struct plx_need need = needs[0];
    g_autofree char *text = desk_rows(1, 100, 0);
    begin(&desk, desk_map);
    take(&desk, text, "d", PLX_REPEAT_REFUSE);
    g_assert_true(is_taken(&desk, need, NULL));
    g_assert_true(is_taken(&desk, need, plx_filter_days(19723, 19753)));
    g_assert_false(is_taken(&desk, need, plx_filter_days(19723, 19752)));
    g_assert_false(is_taken(&desk, need, plx_filter_in(PLX_DIM_CHANNEL, NULL, web)));
    need.kinds |= PLX_NEED_PERSONS;
    g_assert_false(is_taken(&desk, need, NULL));
    need = needs[0];
    need.measures |= 1u << PLX_MEASURE_HESITATION;
    g_assert_false(is_taken(&desk, need, NULL));
    need = needs[0];
    need.first_unseen = TRUE;
    g_assert_false(is_taken(&desk, need, NULL));
    need = needs[0];
    need.n_splits = 1;
    need.splits = by_week;
    g_assert_false(is_taken(&desk, need, NULL));
    need.splits = by_channel;
    g_assert_false(is_taken(&desk, need, NULL));
    desk_clear(&desk);
}

/* Damage -------------------------------------------------------------------------------------- */

/* Whatever is wrong with what is kept, the answer is right; check says it, repair mends it. */
static void check_damage(const char *sql)
{
    struct desk desk;
    struct plx_check_report report;
    g_autofree char *text = desk_rows(1, 400, 0);
    g_autoptr(GError) error = NULL;
    begin(&desk, desk_map);
    take(&desk, text, "d", PLX_REPEAT_REFUSE);
    run(&desk, "DELETE FROM cache");
    g_autoptr(GBytes) expected = ask(&desk, needs, G_N_ELEMENTS(needs), 2);
    run(&desk, sql);
    g_autoptr(GBytes) found = ask(&desk, needs, G_N_ELEMENTS(needs), 2);
    g_assert_true(g_bytes_equal(found, expected));
    plx_check_run(desk.store, FALSE, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==,
                    "the kept counts of import 1 are not those of its observations (--repair makes "
                    "them anew)");
    plx_check_report_clear(&report);
    plx_check_run(desk.store, TRUE, &report, &error);
    g_assert_cmpuint(report.faults->len, ==, 0);
    g_assert_cmpstr(report.repaired->pdata[1], ==, "the kept counts of import 1");
    plx_check_report_clear(&report);
    check(&desk, TRUE);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE kept SET rows = rows + 1 WHERE id = 1");
    check_damage("UPDATE kept SET month = month + 1 WHERE id = 2");
    check_damage("UPDATE kept_cells SET data = x'0102' WHERE id = 1");
    check_damage("DELETE FROM kept WHERE id = 1; DELETE FROM kept_cells WHERE id = 1");
    check_damage("DELETE FROM kept_cells WHERE id = 1");
}

/* Cells that are many and of few rows each are not kept; nor are they in the way. */
static void test_sparse(void)
{
    struct desk desk;
    GString *const text = g_string_new("audience,encounter,time,point,place,level\n");
    begin(&desk, NULL);
    for (guint i = 0; i < 2 * PLX_KEPT_FEW; i++)
        g_string_append_printf(text, "customer,e%u,2026-01-05,a,p%u,%u\n", i, i, i % 6 + 1);
    take(&desk, text->str, "d", PLX_REPEAT_REFUSE);
    g_assert_cmpint(number(&desk, "SELECT count(*) FROM kept"), ==, 0);
    g_assert_false(uses(&desk, needs, 1));
    take(&desk, "audience,encounter,point,level\ncustomer,e1,a,3\n", "e", PLX_REPEAT_REFUSE);
    check(&desk, FALSE);
    g_string_free(text, TRUE);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kept-answer/worlds", test_worlds);
    g_test_add_func("/kept-answer/life", test_life);
    g_test_add_func("/kept-answer/maps", test_maps);
    g_test_add_func("/kept-answer/questions", test_questions);
    g_test_add_func("/kept-answer/damage", test_damage);
    g_test_add_func("/kept-answer/sparse", test_sparse);
    return g_test_run();
}
