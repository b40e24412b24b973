/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "ingest/file_source.h"
#include "store/import_private.h"
#include "store/imports.h"
#include "store/map_log.h"

#include <string.h>

#define KEYED "audience,encounter,respondent,time,point,level,note\n"
#define THREE                                                                                      \
    "customer,e1,r1,2026-01-05,page,4,good\n"                                                      \
    "customer,e2,r2,2026-01-06,page,2,\n"                                                          \
    "leader,e3,r3,2026-01-07,cart,6,\n"
#define OTHER "customer,e2,r2,2026-01-06,page,5,\n"
#define FOURTH "customer,e4,r2,2026-02-06,cart,5,\n"

/* What a workspace says is what its file says, bit by bit. */
static void check_reads(guint32 seed, guint n, guint threads, guint32 shuffle)
{
    struct desk desk;
    g_autofree char *plain = desk_rows(seed, n, 0);
    g_autofree char *text = desk_rows(seed, n, shuffle);
    struct plx_import_outcome outcome = {0};
    g_autoptr(GError) error = NULL;
    const struct desk_import import = {.text = text, .threads = threads};
    desk_init(&desk, desk_map);
    desk_import(&desk, &import, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(outcome.observations, ==, n);
    desk_assert_reads(&desk, desk_map, plain);
    desk_reopen(&desk);
    desk_assert_reads(&desk, desk_map, plain);
    desk_clear(&desk);
}

static void test_reads_like_the_file(void)
{
    check_reads(1, 3000, 1, 0);
    check_reads(1, 3000, 2, 5);
    check_reads(1, 3000, 7, 6);
    check_reads(2, 1, 2, 0);
    check_reads(3, 70000, 3, 0); /* two blocks */
}

/* Columns in any order, segments that differ from file to file. */
static void test_several_files(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    desk_take(&desk, "audience,encounter,point,level,segment.tier,segment.kind\n"
                     "customer,a1,page,4,gold,x\ncustomer,a2,page,3,,y\n");
    desk_take(&desk, "segment.kind,segment.age,level,point,encounter,audience,segment.tier\n"
                     "x,old,5,cart,b1,customer,gold\nz,,2,page,b2,leader,silver\n");
    desk_take(&desk, "audience,encounter,point,effort\ncustomer,c1,cart,7\n");
    desk_assert_reads(
        &desk, desk_map,
        "audience,encounter,point,level,segment.age,segment.tier,segment.kind,effort\n"
        "customer,a1,page,4,,gold,x,\ncustomer,a2,page,3,,,y,\n"
        "customer,b1,cart,5,old,gold,x,\nleader,b2,page,2,,silver,z,\n"
        "customer,c1,cart,,,,,7\n");
    desk_clear(&desk);
}

static void test_duplicates_in_the_file(void)
{
    struct desk desk;
    struct plx_import_outcome outcome;
    desk_init(&desk, desk_map);
    outcome = desk_take(&desk, KEYED THREE THREE FOURTH);
    g_assert_cmpuint(outcome.observations, ==, 4);
    desk_assert_reads(&desk, desk_map, KEYED THREE FOURTH);
    outcome = desk_take(&desk, KEYED THREE FOURTH);
    g_assert_true(outcome.same);
    desk_clear(&desk);
}

static void test_rejected_rows(void)
{
    struct desk desk;
    struct plx_import_outcome outcome = {0};
    g_autoptr(GError) error = NULL;
    const struct desk_import strict = {.text = KEYED THREE "customer,e9,r9,2026-01-05,page,9,\n"};
    const struct desk_import lax = {.text = strict.text, .max_errors = 1};
    desk_init(&desk, desk_map);
    desk_refuse(
        &desk, &strict,
        ":5:32: level is \"9\"; expected a whole number from 1 to 6, \"na\", \"declined\" or "
        "nothing");
    desk_import(&desk, &lax, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(outcome.observations, ==, 3);
    desk_assert_reads(&desk, desk_map, KEYED THREE);
    desk_clear(&desk);
}

static void test_again_with_keys(void)
{
    struct desk desk;
    struct plx_import_outcome outcome = {0};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, KEYED THREE);
    outcome = desk_take(&desk, KEYED THREE);
    g_assert_true(outcome.same);
    g_assert_cmpint(outcome.import, ==, 0);
    outcome = desk_take(&desk, KEYED THREE FOURTH);
    g_assert_cmpuint(outcome.observations, ==, 1);
    g_assert_cmpuint(outcome.known, ==, 3);
    const char *const changed = KEYED OTHER "customer,e5,r5,2026-03-01,page,1,\n";
    struct desk_import import = {.text = changed};
    desk_refuse(&desk, &import,
                ": 1 observation of \"d\" is here already and said something else (first: Page, "
                "2026-01-06); nothing was changed. --replace takes the new ones, --only-new leaves "
                "these out");
    import.repeat = PLX_REPEAT_ONLY_NEW;
    desk_import(&desk, &import, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(outcome.observations, ==, 1);
    g_assert_cmpuint(outcome.known, ==, 1);
    desk_assert_reads(&desk, desk_map, KEYED THREE FOURTH "customer,e5,r5,2026-03-01,page,1,\n");
    import.text = KEYED OTHER;
    import.repeat = PLX_REPEAT_REPLACE;
    desk_import(&desk, &import, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(outcome.observations, ==, 1);
    g_assert_cmpuint(outcome.replaced, ==, 1);
    desk_assert_reads(&desk, desk_map,
                      KEYED "customer,e1,r1,2026-01-05,page,4,good\n" OTHER
                            "leader,e3,r3,2026-01-07,cart,6,\n" FOURTH
                            "customer,e5,r5,2026-03-01,page,1,\n");
    /* Keys count within a data set. */
    const struct desk_import elsewhere = {.text = KEYED THREE, .dataset = "other"};
    desk_import(&desk, &elsewhere, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(outcome.observations, ==, 3);
    desk_clear(&desk);
}

static struct plx_import_outcome take_as(struct desk *desk, const char *text,
                                         enum plx_import_repeat repeat)
{
    struct plx_import_outcome outcome = {0};
    g_autoptr(GError) error = NULL;
    const struct desk_import import = {.text = text, .repeat = repeat};
    desk_import(desk, &import, &outcome, &error);
    g_assert_no_error(error);
    return outcome;
}

/* A file that was taken once is not "here already" when some of it has gone since. */
static void test_again_after_changes(void)
{
    struct desk desk;
    guint64 n;
    g_autoptr(GError) error = NULL;
    const char *const first = KEYED "customer,e2,r2,2026-01-06,page,2,\n";
    desk_init(&desk, desk_map);
    desk_take(&desk, first);
    take_as(&desk, KEYED OTHER, PLX_REPEAT_REPLACE);
    g_assert_cmpuint(take_as(&desk, first, PLX_REPEAT_REPLACE).replaced, ==, 1);
    desk_assert_reads(&desk, desk_map, first);
    /* Left out the first time, wanted the second. */
    const char *const more = KEYED OTHER FOURTH;
    g_assert_cmpuint(take_as(&desk, more, PLX_REPEAT_ONLY_NEW).observations, ==, 1);
    g_assert_cmpuint(take_as(&desk, more, PLX_REPEAT_REPLACE).replaced, ==, 1);
    desk_assert_reads(&desk, desk_map, more);
    /* What an import left out because another had it comes back when that is undone. */
    desk_clear(&desk);
    desk_init(&desk, desk_map);
    desk_take(&desk, KEYED THREE);
    g_assert_cmpuint(desk_take(&desk, KEYED THREE FOURTH).known, ==, 3);
    g_assert_true(plx_imports_undo(desk.store, 1, &n, &error));
    g_assert_cmpuint(desk_take(&desk, KEYED THREE FOURTH).observations, ==, 3);
    desk_assert_reads(&desk, desk_map, KEYED THREE FOURTH);
    desk_clear(&desk);
}

/* Rows may name their data set; keys count within it. */
static void test_again_with_data_sets(void)
{
    struct desk desk;
    struct plx_import_outcome outcome;
    const char *const head = "audience,dataset,encounter,point,level\n";
    g_autofree char *one = g_strconcat(head, "customer,x,e1,page,4\ncustomer,y,e1,page,2\n", NULL);
    g_autofree char *two = g_strconcat(one, "customer,x,e2,page,5\n", NULL);
    g_autofree char *other = g_strconcat(head, "customer,x,e1,page,1\n", NULL);
    desk_init(&desk, desk_map);
    desk_take(&desk, one);
    outcome = desk_take(&desk, two);
    g_assert_cmpuint(outcome.known, ==, 2);
    g_assert_cmpuint(outcome.observations, ==, 1);
    desk_assert_reads(&desk, desk_map, two);
    const struct desk_import import = {.text = other};
    desk_refuse(&desk, &import,
                ": 1 observation of \"d\" is here already and said something else (first: Page); "
                "nothing was changed. --replace takes the new ones, --only-new leaves these out");
    desk_clear(&desk);
}

/* Keys of the anonymous are made up anew each time: what they say tells the same file, and with a
 * time whether most of a file is here already. */
static void test_again_anonymous(void)
{
    struct desk desk;
    struct plx_import_outcome outcome = {0};
    g_autoptr(GError) error = NULL;
    const char *const head = "audience,encounter,time,point,level\n";
    const char *const untimed =
        "audience,encounter,point,level\nstaff,e1,page,4\nstaff,e2,page,4\n";
    g_autofree char *one = g_strconcat(head,
                                       "staff,e1,2026-01-01T08:00,page,4\n"
                                       "staff,e2,2026-01-01T09:00,page,4\n"
                                       "customer,e3,2026-01-01,page,2\n",
                                       NULL);
    g_autofree char *two = g_strconcat(one, "staff,e4,2026-01-02,page,1\n", NULL);
    desk_init(&desk, desk_map);
    desk_take(&desk, untimed);
    g_assert_true(desk_take(&desk, untimed).same);
    desk_take(&desk, one);
    g_assert_true(desk_take(&desk, one).same);
    struct desk_import import = {.text = two};
    desk_refuse(&desk, &import,
                ": 2 of 3 rows of \"d\" whose keys are not kept are here already; nothing was "
                "changed. --only-new takes the others, --allow-repeat takes all");
    import.repeat = PLX_REPEAT_ONLY_NEW;
    desk_import(&desk, &import, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(outcome.observations, ==, 1);
    g_assert_cmpuint(outcome.known, ==, 3);
    g_assert_cmpuint(desk_observations(&desk), ==, 6);
    desk_clear(&desk);
}

/* What was renamed or merged since is the same observation still. */
static void test_again_under_another_map(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) changes = NULL;
    static const char before[] = "parallax: 1\ntitle: Shop\njourneys:\n  - title: Order\n"
                                 "    transactions:\n      - {title: Find, points: [Page, Cart]}\n";
    static const char after[] =
        "parallax: 1\ntitle: Shop\njourneys:\n"
        "  - {title: Buy, was: [order], transactions: [{title: Find, points: "
        "[{title: Site, was: [page, cart]}]}]}\n"
        "";
    const char *const text = "audience,encounter,journey,point,level\nleader,e1,order,page,4\n"
                             "leader,e2,order,cart,3\nleader,e3,order,,\n";
    const char *const plain = "audience,point,level\nleader,page,4\nleader,cart,5\n";
    desk_init(&desk, before);
    desk_take(&desk, text);
    desk_take(&desk, plain);
    g_assert_true(plx_map_log_apply(desk.store, after, "m", FALSE, &changes, &error));
    g_assert_no_error(error);
    g_assert_true(desk_take(&desk, text).same);
    const struct desk_import again = {.text = plain};
    desk_refuse(&desk, &again,
                ": import 2 has exactly these rows, and they have no keys that could tell them "
                "apart; nothing was changed. --allow-repeat takes them once more");
    const struct desk_import import = {
        .text = "audience,encounter,journey,point,level\nleader,e1,buy,site,2\n"};
    desk_refuse(&desk, &import,
                ": 1 observation of \"d\" is here already and said something else (first: Site); "
                "nothing was changed. --replace takes the new ones, --only-new leaves these out");
    desk_clear(&desk);
}

/* Rows without any key among rows that have some: the same file again is known by what they say,
 * and they are read as the file is. */
static void test_again_keyless(void)
{
    struct desk desk;
    const char *const text = "audience,encounter,respondent,point,level,group_size\n"
                             "customer,e1,r1,page,4,1\nleader,,,page,5,3\nleader,,,page,5,1\n"
                             "customer,e2,,page,2,2\ncustomer,,r3,page,2,1\n";
    g_autofree char *more = g_strconcat(text, "customer,e3,r1,cart,1,1\n", NULL);
    desk_init(&desk, desk_map);
    g_assert_cmpuint(desk_take(&desk, text).observations, ==, 5);
    desk_assert_reads(&desk, desk_map, text);
    g_assert_true(desk_take(&desk, text).same);
    desk_clear(&desk);
    desk_init(&desk, desk_map);
    desk_take(&desk, text);
    g_assert_cmpuint(desk_take(&desk, more).known, ==, 3); /* those with keys */
    desk_clear(&desk);
}

#define PERSONS "audience,respondent,time,point,level\n"

static void test_again_with_persons(void)
{
    struct desk desk;
    struct plx_import_outcome outcome = {0};
    g_autoptr(GError) error = NULL;
    const char *const first = PERSONS "customer,a,2026-01-01,page,1\ncustomer,b,2026-01-01,page,2\n"
                                      "customer,c,2026-01-01,page,3\n";
    const char *const most = PERSONS "customer,a,2026-01-01,page,1\ncustomer,b,2026-01-01,page,2\n"
                                     "customer,d,2026-01-02,page,3\n";
    const char *const few = PERSONS "customer,a,2026-01-01,page,1\ncustomer,e,2026-01-05,page,2\n"
                                    "customer,f,2026-01-02,page,3\n";
    desk_init(&desk, desk_map);
    desk_take(&desk, first);
    struct desk_import import = {.text = most};
    desk_refuse(&desk, &import,
                ": 2 of 3 rows of \"d\" are here already; nothing was changed. --only-new takes "
                "the others, --allow-repeat takes all");
    import.repeat = PLX_REPEAT_REPLACE; /* there are no keys by which */
    desk_refuse(&desk, &import,
                ": 2 of 3 rows of \"d\" are here already; nothing was changed. --only-new takes "
                "the others, --allow-repeat takes all");
    outcome = desk_take(&desk, few);
    g_assert_cmpuint(outcome.observations, ==, 3);
    g_assert_cmpuint(outcome.repeated, ==, 1);
    import.repeat = PLX_REPEAT_ONLY_NEW;
    desk_import(&desk, &import, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(outcome.observations, ==, 1);
    g_assert_cmpuint(outcome.known, ==, 2);
    import.repeat = PLX_REPEAT_ALLOW;
    desk_import(&desk, &import, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(outcome.observations, ==, 3);
    g_assert_cmpuint(desk_observations(&desk), ==, 10);
    desk_clear(&desk);
}

static void test_again_with_neither(void)
{
    struct desk desk;
    struct plx_import_outcome outcome;
    g_autoptr(GError) error = NULL;
    struct desk_import import = {.text = "audience,point,level\nleader,page,4\nleader,cart,5\n"};
    desk_init(&desk, desk_map);
    desk_take(&desk, import.text);
    desk_refuse(&desk, &import,
                ": import 1 has exactly these rows, and they have no keys that could tell them "
                "apart; nothing was changed. --allow-repeat takes them once more");
    import.text = "level,audience,point\n5,leader,cart\n4,leader,page\n";
    desk_refuse(&desk, &import,
                ": import 1 has exactly these rows, and they have no keys that could tell them "
                "apart; nothing was changed. --allow-repeat takes them once more");
    outcome = desk_take(&desk, "audience,point,level\nleader,page,4\n");
    g_assert_cmpuint(outcome.observations, ==, 1);
    import.repeat = PLX_REPEAT_ALLOW;
    desk_import(&desk, &import, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(desk_observations(&desk), ==, 5);
    desk_clear(&desk);
}

static void test_dry_run(void)
{
    struct desk desk;
    struct plx_import_outcome outcome = {0};
    g_autoptr(GError) error = NULL;
    const struct desk_import import = {.text = KEYED THREE FOURTH, .dry_run = TRUE};
    desk_init(&desk, desk_map);
    desk_take(&desk, KEYED THREE);
    desk_import(&desk, &import, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(outcome.observations, ==, 1);
    g_assert_cmpuint(outcome.known, ==, 3);
    g_assert_cmpint(outcome.import, ==, 0);
    desk_assert_reads(&desk, desk_map, KEYED THREE);
    g_autoptr(GPtrArray) list = plx_imports_list(desk.store, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(list->len, ==, 1);
    desk_clear(&desk);
}

static void test_declared_audiences(void)
{
    struct desk desk;
    struct plx_import_outcome outcome = {0};
    g_autoptr(GError) error = NULL;
    const struct desk_import import = {.text = "audience,encounter,point,level\npatient,e1,x,3\n",
                                       .declare = "patient:served"};
    desk_init(&desk, NULL);
    desk_import(&desk, &import, &outcome, &error);
    g_assert_no_error(error);
    desk_reopen(&desk);
    const plx_map *const map = plx_store_map(desk.store);
    const gint patient = plx_map_find_audience(map, "patient");
    g_assert_cmpint(patient, >=, 0);
    g_assert_true(map->audiences[patient].served);
    g_assert_cmpuint(
        desk_take(&desk, "audience,encounter,point,level\npatient,e2,x,3\n").observations, ==, 1);
    desk_clear(&desk);
}

/* An audience that only an import declared which came to nothing harms nobody. */
static void test_declared_in_vain(void)
{
    static const char text[] = "audience,encounter,point,level\ncustomer,e1,x,3\n";
    static const struct desk_import imports[] = {
        {.text = text, .declare = "patient"},
        {.text = "audience,encounter,point,level\nward,e2,x,3\n",
         .declare = "ward",
         .dry_run = TRUE},
    };
    struct desk desk;
    desk_init(&desk, NULL);
    desk_take(&desk, text);
    for (gsize i = 0; i < G_N_ELEMENTS(imports); i++) {
        struct plx_import_outcome outcome = {0};
        g_autoptr(GError) error = NULL;
        desk_import(&desk, &imports[i], &outcome, &error);
        g_assert_no_error(error);
        desk_reopen(&desk);
        desk_assert_reads(&desk, NULL, text);
    }
    desk_clear(&desk);
}

static void test_undo(void)
{
    struct desk desk;
    guint64 n = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, KEYED THREE);
    desk_take(&desk, KEYED FOURTH);
    g_assert_true(plx_imports_undo(desk.store, 1, &n, &error));
    g_assert_cmpuint(n, ==, 3);
    desk_assert_reads(&desk, desk_map, KEYED FOURTH);
    g_assert_false(plx_imports_undo(desk.store, 1, &n, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_false(plx_imports_undo(desk.store, 7, &n, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_autoptr(GPtrArray) list = plx_imports_list(desk.store, &error);
    g_assert_cmpuint(list->len, ==, 2);
    const struct plx_imports_entry *const first = list->pdata[0], *const second = list->pdata[1];
    g_assert_cmpstr(first->state, ==, "undone");
    g_assert_cmpstr(second->state, ==, "done");
    g_assert_cmpstr(second->file, ==, "f.csv");
    g_assert_cmpstr(second->dataset, ==, "d");
    g_assert_cmpuint(second->observations, ==, 1);
    /* What was taken out may come back. */
    g_assert_cmpuint(desk_take(&desk, KEYED THREE).observations, ==, 3);
    desk_assert_reads(&desk, desk_map, KEYED FOURTH THREE);
    desk_clear(&desk);
}

/* An import that is given up leaves nothing. */
static void test_given_up(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    const struct plx_import_options options = {.file = "f.csv", .dataset = "d", .n_workers = 1};
    desk_init(&desk, desk_map);
    plx_import_free(plx_import_begin(desk.store, &options, &error));
    g_assert_no_error(error);
    gint64 n = -1;
    g_assert_true(plx_db_number(plx_store_db(desk.store), "SELECT count(*) FROM import", &n, NULL));
    g_assert_cmpint(n, ==, 0);
    desk_clear(&desk);
}

/* An import whose rows are all in the file, and that is not finished yet. */
static plx_import *begin_all(struct desk *desk, const char *text, struct plx_import_summary *found)
{
    g_autoptr(GError) error = NULL;
    struct plx_file_summary summary = {0};
    const struct plx_import_options options = {.file = "f.csv", .dataset = "d", .n_workers = 1};
    plx_import *const begun = plx_import_begin(desk->store, &options, &error);
    g_assert_no_error(error);
    plx_sink *const sink = plx_import_sink(begun);
    const struct plx_file_options file = {
        .dataset = "d", .threads = 1, .row_salt = plx_import_salt(begun)};
    g_autoptr(plx_source) source = plx_file_source_new_memory(
        text, strlen(text), "f.csv", plx_store_map(desk->store), &file, &error);
    g_assert_true(plx_file_source_run(source, sink, &summary, &error));
    g_assert_true(sink->finish(sink, &error));
    g_assert_true(plx_import_flush(begun, &error) && plx_import_writer_stop(begun, &error));
    *found = (struct plx_import_summary){summary.rows, summary.rejected, summary.duplicates};
    return begun;
}

static void refuse_to_finish(plx_import *import, const struct plx_import_summary *summary,
                             const char *why)
{
    g_autoptr(GError) error = NULL;
    struct plx_import_outcome outcome;
    g_assert_false(plx_import_finish(import, summary, &outcome, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, why));
    plx_import_free(import);
}

/* What another program does to the ground under an import ends it; nobody loses anything. */
static void test_undermined(void)
{
    struct desk desk;
    struct plx_import_summary summary;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) changes = NULL;
    static const char small[] = "parallax: 1\ntitle: Shop\njourneys:\n  - title: Order\n"
                                "    transactions:\n      - {title: Find, points: [Page]}\n";
    desk_init(&desk, desk_map);
    desk_take(&desk, KEYED "customer,e1,r1,2026-01-05,page,4,good\n");
    plx_import *begun = begin_all(&desk, KEYED FOURTH, &summary);
    desk_sql(&desk, "UPDATE import SET owner = 'x 1 1' WHERE state = 'pending'");
    plx_store *other = plx_store_open(desk.path, PLX_STORE_WRITE, &error);
    g_assert_no_error(error);
    refuse_to_finish(begun, &summary, "took this import for one that was given up");
    desk_assert_reads(&desk, desk_map, KEYED "customer,e1,r1,2026-01-05,page,4,good\n");
    /* No answers are of the partners or the cart yet: the map may forget both. */
    begun = begin_all(&desk, KEYED "partner,e4,r2,2026-02-06,cart,5,\n", &summary);
    g_assert_true(plx_map_log_apply(other, small, "small", FALSE, &changes, &error));
    g_assert_no_error(error);
    refuse_to_finish(begun, &summary, "another program changed the map meanwhile");
    plx_store_free(other);
    desk_reopen(&desk);
    desk_assert_reads(&desk, small, KEYED "customer,e1,r1,2026-01-05,page,4,good\n");
    desk_clear(&desk);
}

/* Another process numbers words while an import goes on; both keep theirs. */
static void test_words_of_others(void)
{
    struct desk desk, other;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    other = desk;
    other.store = plx_store_open(desk.path, PLX_STORE_WRITE, &error);
    g_assert_no_error(error);
    const struct plx_import_options options = {.file = "g.csv", .dataset = "g", .n_workers = 1};
    plx_import *const begun = plx_import_begin(desk.store, &options, &error);
    g_assert_no_error(error);
    desk_take(&other, "audience,encounter,point,place,level\ncustomer,e1,page,Oslo,4\n");
    plx_import_free(begun);
    desk_take(&desk, "audience,encounter,point,place,level\ncustomer,e2,page,Bergen,4\n");
    desk_take(&other, "audience,encounter,point,place,level\ncustomer,e3,page,Molde,4\n");
    desk_assert_reads(&desk, desk_map,
                      "audience,encounter,point,place,level\ncustomer,e1,page,Oslo,4\n"
                      "customer,e2,page,Bergen,4\ncustomer,e3,page,Molde,4\n");
    plx_store_free(other.store);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/import/reads-like-the-file", test_reads_like_the_file);
    g_test_add_func("/import/several-files", test_several_files);
    g_test_add_func("/import/duplicates-in-the-file", test_duplicates_in_the_file);
    g_test_add_func("/import/rejected-rows", test_rejected_rows);
    g_test_add_func("/import/again-with-keys", test_again_with_keys);
    g_test_add_func("/import/again-after-changes", test_again_after_changes);
    g_test_add_func("/import/again-with-data-sets", test_again_with_data_sets);
    g_test_add_func("/import/again-anonymous", test_again_anonymous);
    g_test_add_func("/import/again-keyless", test_again_keyless);
    g_test_add_func("/import/again-under-another-map", test_again_under_another_map);
    g_test_add_func("/import/again-with-persons", test_again_with_persons);
    g_test_add_func("/import/again-with-neither", test_again_with_neither);
    g_test_add_func("/import/dry-run", test_dry_run);
    g_test_add_func("/import/declared-audiences", test_declared_audiences);
    g_test_add_func("/import/declared-in-vain", test_declared_in_vain);
    g_test_add_func("/import/undo", test_undo);
    g_test_add_func("/import/given-up", test_given_up);
    g_test_add_func("/import/undermined", test_undermined);
    g_test_add_func("/import/words-of-others", test_words_of_others);
    return g_test_run();
}
