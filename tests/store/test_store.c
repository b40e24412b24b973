/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "light.h"
#include "voice/world.h"

#include "base/error.h"
#include "store/answer_cache.h"
#include "store/inbox.h"
#include "store/schema.h"

#include <glib/gstdio.h>
#include <string.h>

/* Conformance: what the workspace answers is what is counted plainly (tests/voice/naive.c) ---- */

static gboolean some_pass(guint need, const struct row *row)
{
    (void)need;
    return row->day != PLX_NO_DAY && row->day >= 19720 && row->day <= 19760 &&
           strcmp(row->place, "Oslo") != 0;
}

static void finish_import(gpointer data)
{
    const struct plx_import_summary summary = {0};
    struct plx_import_outcome outcome;
    g_autoptr(GError) error = NULL;
    plx_import_finish(data, &summary, &outcome, &error);
    g_assert_no_error(error);
}

static void take_world(struct desk *desk, const struct world *world, guint workers, guint32 seed)
{
    g_autoptr(GError) error = NULL;
    const struct plx_import_options options = {.file = "f.csv",
                                               .dataset = "d",
                                               .n_workers = workers,
                                               .needs = world_needs,
                                               .n_needs = G_N_ELEMENTS(world_needs)};
    g_autoptr(plx_import) import = plx_import_begin(desk->store, &options, &error);
    g_assert_no_error(error);
    const struct feeding feeding = {.n_workers = workers,
                                    .cut = 700,
                                    .shuffled = seed % 2 == 0,
                                    .finished = finish_import,
                                    .data = import};
    world_feed(world, plx_import_sink(import), &feeding, seed, NULL, NULL);
}

static char *ask(struct desk *desk, const struct world *world, const struct plx_need *wanted,
                 guint n, guint threads)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_source) source = plx_store_source(desk->store, threads);
    struct plx_answer *answer = NULL;
    plx_source_ask(source, wanted, n, &answer, &error);
    g_assert_no_error(error);
    g_autofree char *text = answer_text(world, answer, wanted);
    plx_answer_free(answer);
    return sorted_lines(text);
}

static void check_world(guint32 seed, guint n_rows, guint n_units, gboolean weighted)
{
    struct desk desk;
    struct world *const world = world_new(seed, n_rows, n_units, weighted);
    const guint n = G_N_ELEMENTS(world_needs);
    g_autofree char *expected = naive_text(world, world_needs, n, world_all_pass);
    desk_init(&desk, world_map_text);
    take_world(&desk, world, seed % 3 + 1, seed);
    for (guint threads = 1; threads <= 7; threads += 3) {
        g_autofree char *text = ask(&desk, world, world_needs, n, threads);
        g_assert_cmpstr(text, ==, expected);
    }
    const char *const oslo[] = {"Oslo", NULL};
    plx_filter *both[] = {plx_filter_days(19720, 19760),
                          plx_filter_not(plx_filter_in(PLX_DIM_PLACE, NULL, oslo))};
    g_autoptr(plx_filter) filter = plx_filter_all(both, 2);
    for (guint i = 0; n_rows > 1 && i < n; i++) {
        struct plx_need some = world_needs[i];
        some.filter = filter;
        g_autofree char *wanted = naive_text(world, &some, 1, some_pass);
        g_autofree char *text = ask(&desk, world, &some, 1, 2);
        g_assert_cmpstr(text, ==, wanted);
    }
    desk_clear(&desk);
    world_free(world);
}

static void test_conformance(void)
{
    const guint part = effort(1, 1, 6);
    check_world(1, 3000 / part, 2000 / part, FALSE); /* few repeats */
    check_world(2, 3000 / part, 40, FALSE);          /* many */
    check_world(3, 2000 / part, 300 / part, TRUE);
    check_world(4, 1500 / part, 1, FALSE); /* one unit */
    check_world(5, 1, 1, FALSE);
}

/* Opening ----------------------------------------------------------------------------------- */

static void assert_no_store(const char *path, enum plx_store_mode mode, gint code, const char *said)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *message = g_strdup_printf("%s: %s", path, said);
    g_assert_null(plx_store_open(path, mode, &error));
    g_assert_error(error, PLX_ERROR, code);
    g_assert_cmpstr(error->message, ==, message);
}

static void test_is_one(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    g_autofree char *text = desk_file(&desk, "a.csv");
    g_assert_true(g_file_set_contents(text, "audience,point,level\n", -1, NULL));
    g_assert_true(plx_store_is_one(desk.path));
    g_assert_false(plx_store_is_one(text));
    g_assert_false(plx_store_is_one(desk.folder));
    g_assert_false(plx_store_is_one("/nowhere/at.all"));
    assert_no_store(text, PLX_STORE_READ, PLX_ERROR_INPUT, "is not a workspace");
    assert_no_store("/nowhere/at.all", PLX_STORE_READ, PLX_ERROR_NOT_FOUND,
                    "there is no such workspace");
    desk_clear(&desk);
}

static void test_create(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_assert_null(plx_store_create(desk.path, NULL, "m", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_clear_error(&error);
    g_autofree char *other = desk_file(&desk, "other.plx");
    g_assert_null(plx_store_create(other, "parallax: 1\nwrong: 2\n", "m.yaml", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
    desk_clear(&desk);
}

static void test_info(void)
{
    struct desk desk;
    struct plx_store_info info;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, "audience,encounter,respondent,point,level\n"
                     "customer,e1,r1,page,4\ncustomer,e1,r1,cart,4\ncustomer,e2,r1,cart,3\n"
                     "customer,e3,,cart,3\n");
    g_assert_true(plx_store_info(desk.store, 1, &info, &error));
    g_assert_cmpuint(info.observations, ==, 4);
    g_assert_cmpuint(info.encounters, ==, 3);
    g_assert_cmpuint(info.respondents, ==, 1);
    g_assert_cmpuint(info.imports, ==, 1);
    g_assert_cmpuint(info.maps, ==, 1);
    g_assert_cmpuint(info.inbox, ==, 0);
    g_assert_cmpuint(info.schema_version, ==, plx_schema_version());
    desk_clear(&desk);
}

static void test_segments(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_auto(GStrv) none = plx_store_segments(desk.store, &error);
    g_assert_cmpuint(g_strv_length(none), ==, 0);
    desk_take(&desk, "audience,encounter,point,segment.tier,segment.age,level\n"
                     "customer,e1,page,gold,30,4\n");
    g_auto(GStrv) keys = plx_store_segments(desk.store, &error);
    g_assert_no_error(error);
    g_autofree char *all = g_strjoinv(" ", keys);
    g_assert_cmpstr(all, ==, "age tier");
    desk_clear(&desk);
}

/* Snapshots and what was worked out before -------------------------------------------------- */

static void test_readers(void)
{
    struct desk desk, reader;
    g_autoptr(GError) error = NULL;
    const char *const text = "audience,encounter,point,level\ncustomer,e1,page,4\n";
    desk_init(&desk, desk_map);
    reader = desk;
    reader.store = plx_store_open(desk.path, PLX_STORE_READ, &error);
    g_assert_no_error(error);
    desk_take(&desk, text);
    desk_assert_reads(&reader, desk_map, text); /* with words it did not know */
    g_assert_true(plx_db_begin_read(plx_store_db(reader.store), &error));
    desk_take(&desk, "audience,encounter,point,level\ncustomer,e2,page,4\n");
    gint64 n = 0;
    plx_db_number(plx_store_db(reader.store), "SELECT value FROM fact WHERE name = 'observations'",
                  &n, &error);
    g_assert_cmpint(n, ==, 1);
    plx_db_rollback(plx_store_db(reader.store));
    g_assert_cmpuint(desk_observations(&reader), ==, 2);
    plx_store_free(reader.store);
    desk_clear(&desk);
}

static gint64 count(struct desk *desk, const char *sql)
{
    gint64 n = -1;
    g_assert_true(plx_db_number(plx_store_db(desk->store), sql, &n, NULL));
    return n;
}

/* An answer is kept, dropped by the next change, and worked out anew when it is damaged. */
static void test_cache(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    g_autofree char *text = desk_rows(4, 500, 0);
    desk_take(&desk, text);
    g_assert_cmpint(count(&desk, "SELECT count(*) FROM cache"), >, 0);
    desk_assert_reads(&desk, desk_map, text);
    desk_sql(&desk, "UPDATE cache SET answer = x'00'");
    desk_assert_reads(&desk, desk_map, text);
    desk_take(&desk, "audience,encounter,point,level\ncustomer,z1,page,4\n");
    g_assert_cmpint(count(&desk, "SELECT count(*) FROM cache WHERE generation <> "
                                 "(SELECT value FROM fact WHERE name = 'generation')"),
                    ==, 0);
    g_assert_cmpuint(desk_observations(&desk), ==, 501);
    desk_clear(&desk);
}

/* Damage that SQLite cannot see is an error, whatever reads. */
static void check_damage(const char *sql, const char *said)
{
    struct desk desk;
    struct plx_store_info info;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    const struct desk_import import = {.text = "audience,encounter,place,point,level\n"
                                               "patient,e1,Oslo,page,4\nleader,e2,,cart,2\n",
                                       .declare = "patient"};
    struct plx_import_outcome outcome;
    g_assert_true(desk_import(&desk, &import, &outcome, &error));
    desk_sql(&desk, "DELETE FROM cache");
    desk_sql(&desk, sql);
    g_autoptr(plx_store) store = plx_store_open(desk.path, PLX_STORE_READ, &error);
    if (store && plx_store_info(store, 1, &info, &error))
        g_error("\"%s\" is not seen", sql);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, said));
    g_clear_pointer(&store, plx_store_free);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE fact SET value = cast(iif(substr(value, 1, 1) = x'00', x'01', x'00') || "
                 "substr(value, 2) AS BLOB) WHERE name = 'secret'",
                 "its secret");
    check_damage("DELETE FROM fact WHERE name = 'secret'", "its secret");
    check_damage("UPDATE fact SET value = 3 WHERE name = 'observations'", "2 of 3 observations");
    check_damage("DELETE FROM fact WHERE name = 'generation'", "gives nothing");
    check_damage("UPDATE map SET yaml = replace(yaml, 'Cart', 'Cars')", "its map");
    check_damage("UPDATE map SET number = 2", "its map");
    check_damage("DELETE FROM map", "it has no map");
    check_damage("DELETE FROM amendment", "what an import added to the map");
    check_damage("UPDATE amendment SET value = 'patiens'", "what an import added to the map");
    check_damage("DELETE FROM word WHERE kind = 2 AND code = (SELECT max(code) FROM word "
                 "WHERE kind = 2)",
                 "words");
    check_damage("UPDATE word SET text = 'Osla' WHERE text = 'Oslo'", "of kind 19");
    check_damage("UPDATE import SET state = 'undone'", "0 of 2 observations");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/conformance", test_conformance);
    g_test_add_func("/store/is-one", test_is_one);
    g_test_add_func("/store/create", test_create);
    g_test_add_func("/store/info", test_info);
    g_test_add_func("/store/segments", test_segments);
    g_test_add_func("/store/readers", test_readers);
    g_test_add_func("/store/cache", test_cache);
    g_test_add_func("/store/damage", test_damage);
    return g_test_run();
}
