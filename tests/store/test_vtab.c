/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/vtab.h"

#include "base/error.h"
#include "ingest/file_source.h"
#include "store/import.h"
#include "store/inbox.h"
#include "store/map_log.h"

#include <glib/gstdio.h>
#include <string.h>

/* Workspaces -------------------------------------------------------------------------------- */

struct place {
    char *folder, *path;
};

static void place_init(struct place *place)
{
    place->folder = g_dir_make_tmp("parallax-vtab-XXXXXX", NULL);
    g_assert_nonnull(place->folder);
    place->path = g_build_filename(place->folder, "shop.plx", NULL);
}

static void place_clear(struct place *place)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *file = g_strconcat(place->path, endings[i], NULL);
        g_unlink(file);
    }
    g_assert_cmpint(g_rmdir(place->folder), ==, 0);
    g_free(place->folder);
    g_free(place->path);
}

static plx_store *create(const struct place *place, const char *yaml)
{
    g_autoptr(GError) error = NULL;
    plx_store *const store = plx_store_create(place->path, yaml, "map.yaml", &error);
    g_assert_no_error(error);
    return store;
}

static plx_source *open_text(plx_store *store, const char *text, const char *dataset)
{
    g_autoptr(GError) error = NULL;
    const struct plx_file_options options = {.dataset = dataset, .threads = 1};
    plx_source *const source = plx_file_source_new_memory(text, strlen(text), "r.csv",
                                                          plx_store_map(store), &options, &error);
    g_assert_no_error(error);
    return source;
}

static void import_text(plx_store *store, const char *text, const char *dataset)
{
    g_autoptr(GError) error = NULL;
    struct plx_file_summary summary;
    struct plx_import_outcome outcome;
    g_autoptr(plx_source) source = open_text(store, text, dataset);
    const struct plx_import_options options = {
        .file = "r.csv", .dataset = dataset, .repeat = PLX_REPEAT_ALLOW, .n_workers = 1};
    g_autoptr(plx_import) import = plx_import_begin(store, &options, &error);
    g_assert_no_error(error);
    plx_sink *const sink = plx_import_sink(import);
    plx_file_source_run(source, sink, &summary, &error);
    g_assert_no_error(error);
    const struct plx_import_summary found = {summary.rows, summary.rejected, summary.duplicates};
    g_assert_true(sink->finish(sink, &error) &&
                  plx_import_finish(import, &found, &outcome, &error));
    g_assert_no_error(error);
}

/* A sink that puts what it gets into the inbox. */
struct inbox_sink {
    plx_sink base;
    plx_store *store;
};

static gboolean inbox_add(plx_sink *sink, guint worker, const struct plx_batch *batch,
                          GError **error)
{
    (void)worker;
    return plx_inbox_append(((struct inbox_sink *)(void *)sink)->store, batch, 1, error);
}

static gboolean no_suspects(plx_sink *sink, struct plx_suspect **suspects, gsize *n, GError **error)
{
    (void)sink;
    (void)error;
    *suspects = NULL;
    *n = 0;
    return TRUE;
}

static void collect_text(plx_store *store, const char *text)
{
    g_autoptr(GError) error = NULL;
    struct plx_file_summary summary;
    g_autoptr(plx_source) source = open_text(store, text, "form");
    struct inbox_sink sink = {{.add = inbox_add, .suspects = no_suspects, .keeps = TRUE}, store};
    plx_file_source_run(source, &sink.base, &summary, &error);
    g_assert_no_error(error);
}

/* Statements -------------------------------------------------------------------------------- */

/* Rows as lines, cells between bars, ~ for NULL. */
static char *rows_of(sqlite3 *handle, const char *sql, int *code)
{
    sqlite3_stmt *statement = NULL;
    GString *const out = g_string_new(NULL);
    *code = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);
    while (*code == SQLITE_OK || *code == SQLITE_ROW) {
        *code = sqlite3_step(statement);
        for (int c = 0; *code == SQLITE_ROW && c < sqlite3_column_count(statement); c++) {
            const char *const text = (const char *)sqlite3_column_text(statement, c);
            g_string_append_printf(out, "%s%s", c ? "|" : "", text ? text : "~");
        }
        g_string_append(out, *code == SQLITE_ROW ? "\n" : "");
    }
    sqlite3_finalize(statement);
    return g_string_free(out, FALSE);
}

/* How a statement ends. */
static int code_of(sqlite3 *handle, const char *sql)
{
    int code;
    g_free(rows_of(handle, sql, &code));
    return code;
}

static void assert_rows_of(sqlite3 *handle, const char *sql, const char *expected)
{
    int code;
    g_autofree char *rows = rows_of(handle, sql, &code);
    if (code != SQLITE_DONE)
        g_test_message("%s: %s", sql, sqlite3_errmsg(handle));
    g_assert_cmpint(code, ==, SQLITE_DONE);
    g_assert_cmpstr(rows, ==, expected);
}

static sqlite3 *handle_of(plx_store *store)
{
    return plx_db_handle(plx_store_db(store));
}

static void assert_rows(plx_store *store, const char *sql, const char *expected)
{
    assert_rows_of(handle_of(store), sql, expected);
}

static void put_table(plx_store *store)
{
    g_autoptr(GError) error = NULL;
    plx_vtab_register(store, &error);
    g_assert_no_error(error);
}

/* Another connection, as another program has it. */
static sqlite3 *open_plainly(const char *path)
{
    sqlite3 *handle = NULL;
    g_assert_cmpint(
        sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), ==,
        SQLITE_OK);
    g_assert_cmpint(plx_vtab_register_adopting(handle), ==, SQLITE_OK);
    return handle;
}

/* What columns hold ------------------------------------------------------------------------- */

static const char *const full =
    "audience,encounter,respondent,time,point,journey,item,place,channel,language,source,weight,"
    "group_size,workshop,table,asked_p,seen,surprise,hesitation,level,believed,segment.tier,note,"
    "prompt\n"
    "customer,e1,anna,2024-03-17T14:05:09+02:00,Pay,,1,Bern,web,de,form,0.5,1,,,0.25,1,good,0,5,,"
    "gold,\"said \"\"hi\"\"\",comment\n"
    "customer,e2,,2024-03-18T07:00Z,Pay,,,,,,,1,1,,,,,bad,1,na,,,,\n"
    "customer,e3,,2024-03-19,Pay,,,,,,,1,1,,,,,none,,declined,,,,\n"
    "leader,e4,,,Pay,,,,,,,1,7,w1,t2,,0,,,,8,,,\n";

static void test_columns(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    import_text(store, full, "spring");
    put_table(store);
    assert_rows(store,
                "select audience, dataset, time, day, journey, point, task, promise, item, place, "
                "channel, language, source, weight from observation",
                "customer|spring|2024-03-17T14:05:09+02:00|2024-03-17|~|pay|~|~|1|Bern|web|de|form|"
                "0.5\n"
                "customer|spring|2024-03-18T07:00Z|2024-03-18|~|pay|~|~|~|~|~|~|~|1.0\n"
                "customer|spring|2024-03-19|2024-03-19|~|pay|~|~|~|~|~|~|~|1.0\n"
                "leader|spring|~|~|~|pay|~|~|~|~|~|~|~|1.0\n");
    assert_rows(store,
                "select group_size, workshop, \"table\", asked_p, seen, surprise, hesitation, "
                "\"segment.tier\", note, prompt, import from observation",
                "1|~|~|0.25|1|good|0|gold|said \"hi\"|comment|1\n"
                "1|~|~|~|~|bad|1|~|~|~|1\n"
                "1|~|~|~|~|none|~|~|~|~|1\n"
                "7|w1|t2|~|0|~|~|~|~|~|1\n");
    assert_rows(store,
                "select count(distinct encounter), min(length(encounter)), count(respondent), "
                "min(length(respondent)), count(distinct rowid), min(rowid) from observation",
                "4|16|1|16|4|65536\n");
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

static void test_missings(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    import_text(store, full, "spring");
    put_table(store);
    assert_rows(store,
                "select level, typeof(level), level_missing, effort_missing from observation",
                "5|integer|~|not_asked\n~|null|na|not_asked\n~|null|declined|not_asked\n"
                "~|null|not_asked|not_asked\n");
    assert_rows(store,
                "select count(*), count(level), sum(level), avg(level), min(level), "
                "count(*) filter (where level >= 4) from observation",
                "4|1|5|5.0|5|1\n");
    assert_rows(store,
                "select count(*) from observation where (level is null) = (level_missing is null)",
                "0\n");
    assert_rows(store, "select level_missing, count(*) from observation group by 1 order by 1",
                "~|1\ndeclined|1\nna|1\nnot_asked|1\n");
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

static void test_subjects(void)
{
    static const char *const map =
        "parallax: 1\ntitle: Shop\njourneys:\n- title: Order\n  transactions:\n  - title: Buy\n    "
        "points:\n"
        "    - title: Pay\ntasks:\n- title: Print\n  points: [pay]\npromises:\n- title: Fast\n  "
        "points: [pay]\n";
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, map);
    import_text(store,
                "audience,journey,point,task,promise,overall,level,done,known,note\n"
                "customer,order,,,,5,,,,\ncustomer,order,pay,,,,3,,,\nshopper,,,print,,,,1,,\n"
                "customer,,,,fast,,,,0,\ncustomer,,,,,,,,,words only\n",
                "d");
    put_table(store);
    assert_rows(store,
                "select journey, point, task, promise, overall, level, done, known, note from "
                "observation order by note, promise, task, level",
                "order|~|~|~|5|~|~|~|~\norder|pay|~|~|~|3|~|~|~\n~|~|print|~|~|~|1|~|~\n"
                "~|~|~|fast|~|~|~|0|~\n~|~|~|~|~|~|~|~|words only\n");
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

/* Worked by hand: of 2, 4, 4, 5 the median is 4 and the squares around 3.75 add up to 4.75. */
static void test_functions(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    import_text(store,
                "audience,point,level\ncustomer,pay,5\ncustomer,pay,4\ncustomer,pay,na\n"
                "customer,pay,2\ncustomer,pay,4\nleader,pay,3\nshopper,pay,declined\n",
                "d");
    put_table(store);
    assert_rows(store,
                "select audience, median(level), round(stddev(level), 6) from observation "
                "group by 1 order by 1",
                "customer|4.0|1.258306\nleader|3.0|~\nshopper|~|~\n");
    assert_rows(store,
                "select median(x), stddev(x) from (select 1 x union select 'text' union "
                "select 2)",
                "1.5|0.707106781186548\n");
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

#define MAP_OF(points)                                                                             \
    "parallax: 1\ntitle: Shop\njourneys:\n- title: Order\n  transactions:\n  - title: Buy\n    "   \
    "points:\n" points

/* Answers of old appear under the ids of today, also on a connection that saw the old map. */
static void test_renamed(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_store) store = create(&place, MAP_OF("    - title: Pay\n    - title: Wait\n"));
    import_text(store, "audience,point,level\ncustomer,pay,3\ncustomer,wait,4\n", "d");
    sqlite3 *const other = open_plainly(place.path);
    const char *const sql = "select point, level from observation where point = 'settle'";
    assert_rows_of(other, sql, "");
    assert_rows_of(other, "select point from observation", "pay\nwait\n");
    g_autoptr(GPtrArray) changes = NULL;
    plx_map_log_apply(
        store,
        MAP_OF("    - id: settle\n      title: Settle\n      was: [pay]\n    - title: Wait\n"),
        "map.yaml", FALSE, &changes, &error);
    g_assert_no_error(error);
    import_text(store, "audience,point,level\ncustomer,settle,6\n", "e");
    assert_rows_of(other, sql, "settle|3\nsettle|6\n");
    assert_rows_of(other, "select count(*) from observation where point = 'pay'", "0\n");
    g_assert_cmpint(sqlite3_close(other), ==, SQLITE_OK);
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

/* Segments in the order of their names; SQL takes upper and lower case for the same. */
static void test_segments(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    import_text(store,
                "audience,point,level,segment.tier,\"segment.a \"\"b\"\"\"\n"
                "customer,pay,3,gold,x\n",
                "d");
    import_text(store, "audience,point,level,segment.Tier\ncustomer,pay,4,Blue\n", "e");
    put_table(store);
    assert_rows(store,
                "select \"segment.Tier\", \"segment.tier_2\", \"segment.a \"\"b\"\"\" "
                "from observation order by level",
                "~|gold|x\nBlue|~|~\n");
    assert_rows(store, "select count(*) from observation where \"segment.tier_2\" = 'gold'", "1\n");
    assert_rows(store, "select count(*) from observation where \"segment.tier_2\" is null", "1\n");
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

/* The columns, and that nothing but reading is possible. */
static void test_schema(void)
{
    static const char *const attempts[] = {"insert into observation (level) values (1)",
                                           "update observation set level = 1",
                                           "delete from observation", "drop table observation",
                                           "create virtual table temp.mine using observation"};
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    import_text(store, full, "spring");
    put_table(store);
    assert_rows(store,
                "select group_concat(name || ' ' || substr(type, 1, 1)) from "
                "pragma_table_info('observation')",
                "audience T,dataset T,encounter T,respondent T,time T,journey T,point T,task T,"
                "promise T,item T,place T,channel T,language T,source T,weight R,group_size I,"
                "workshop T,table T,asked_p R,seen I,surprise T,hesitation I,level I,"
                "level_missing T,believed I,believed_missing T,effort I,effort_missing T,"
                "feeling I,feeling_missing T,importance I,importance_missing T,predicted I,"
                "predicted_missing T,expected I,expected_missing T,done I,done_missing T,"
                "known I,known_missing T,kept I,kept_missing T,card I,card_missing T,overall I,"
                "overall_missing T,recommend I,recommend_missing T,prompt T,note T,import I,"
                "day T,segment.tier T\n");
    for (gsize i = 0; i < G_N_ELEMENTS(attempts); i++) {
        g_assert_cmpint(code_of(handle_of(store), attempts[i]), !=, SQLITE_DONE);
    }
    assert_rows(store, "select count(*) from observation", "4\n");
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

/* Rows of the inbox -------------------------------------------------------------------------- */

static void test_inbox(void)
{
    static const char *const sql =
        "select audience, dataset, time, point, place, level, level_missing, note "
        "from observation where place = 'Bern' or place is null";
    static const char *const expected =
        "customer|d|2024-01-02|pay|Bern|3|~|~\nleader|form|2024-02-03T10:00|pay|~|~|na|~\n"
        "customer|form|~|pay|Bern|6|~|good\n";
    struct place place;
    place_init(&place);
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_store) store = create(&place, NULL);
    import_text(store, "audience,point,level,time,place\ncustomer,pay,3,2024-01-02,Bern\n", "d");
    collect_text(store, "audience,point,level,time,place,note\n"
                        "leader,pay,na,2024-02-03T10:00,,\ncustomer,pay,6,,Bern,good\n");
    put_table(store);
    assert_rows(store, sql, expected);
    assert_rows(store, "select rowid, import from observation order by rowid",
                "-2|~\n-1|~\n65536|1\n");
    assert_rows(store, "select level from observation where rowid = -2", "6\n");
    guint64 sealed;
    plx_inbox_seal(store, &sealed, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(sealed, ==, 2);
    assert_rows(store, sql, expected);
    assert_rows(store, "select rowid, import from observation order by rowid",
                "65536|1\n131072|2\n131073|2\n");
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

/* Conditions that rule out blocks ------------------------------------------------------------ */

/* Three blocks and an inbox, of different days, places and voices. */
static void fill(plx_store *store)
{
    import_text(store,
                "audience,point,level,time,place,channel\n"
                "customer,pay,3,2024-01-02,Bern,web\ncustomer,wait,4,2024-01-31T23:59,Bern,app\n",
                "a");
    import_text(store,
                "audience,point,level,time,place,channel\n"
                "staff,pay,2,2024-02-01,12,web\nleader,pay,5,2024-02-29,Ulm,\n",
                "b");
    import_text(store, "audience,point,level,place\ncustomer,eat,1,Ulm\ncustomer,eat,1,\n", "c");
    collect_text(store, "audience,point,level,time,place\ncustomer,pay,6,2024-01-15,Ulm\n");
}

/* With "+" SQLite keeps a condition to itself. */
static void test_pruning(void)
{
    static const struct {
        const char *column, *condition;
    } cases[] = {
        {"day", ">= '2024-02-01'"},
        {"day", "> '2024-01-31'"},
        {"day", "< '2024-01-02'"},
        {"day", "<= '2024-01-02'"},
        {"day", "= '2024-02-29'"},
        {"day", "between '2024-01-31' and '2024-02-01'"},
        {"day", "in ('2024-01-15', '2024-02-01', null)"},
        {"day", ">= '2024-02'"},
        {"day", ">= 2024"},
        {"day", "< 3000.5"},
        {"day", "is null"},
        {"day", "= null"},
        {"time", "= '2024-01-31T23:59'"},
        {"time", "> '2024-01-31'"},
        {"time", ">= '2024-01-31T23:59'"},
        {"time", "< '2024-01-31T23:59'"},
        {"time", "<= '2024-02-29'"},
        {"audience", "= 'customer'"},
        {"audience", "in ('staff', 'leader', 'nobody')"},
        {"audience", "= 'CUSTOMER'"},
        {"audience", "= 'CUSTOMER' collate nocase"},
        {"point", "= 'eat'"},
        {"point", "in (select 'pay' union select 'eat')"},
        {"point", "= 'nothing'"},
        {"place", "= 'Ulm'"},
        {"place", "= 12"},
        {"place", "= 12.0"},
        {"place", "= x'556c6d'"},
        {"place", "= ''"},
        {"place", "is null"},
        {"place", "is not 'Ulm'"},
        {"place", "> 'B'"},
        {"channel", "= 'web'"},
        {"channel", "in ('app')"},
        {"rowid", "= 131073"},
        {"rowid", "= 131072 + 5"},
        {"rowid", "= -1"},
        {"rowid", "in (65536, 131073, 196608)"},
        {"rowid", "= '65537'"},
        {"rowid", "> 131072"},
        {"level", ">= 5"},
    };
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    fill(store);
    put_table(store);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int code;
        const char *const column = cases[i].column, *const condition = cases[i].condition;
        g_autofree char *sql = g_strdup_printf(
            "select rowid, level from observation where %s %s order by 1", column, condition);
        g_autofree char *plain = g_strdup_printf(
            "select rowid, level from (select rowid, level, %s as it from observation limit 1000) "
            "where it %s order by 1",
            column, condition);
        g_autofree char *expected = rows_of(handle_of(store), plain, &code);
        g_assert_cmpint(code, ==, SQLITE_DONE);
        assert_rows(store, sql, expected);
    }
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

/* Makes the contents of a block unreadable. */
static void spoil(const struct place *place, const char *sql)
{
    sqlite3 *const handle = open_plainly(place->path);
    g_assert_cmpint(code_of(handle, sql), ==, SQLITE_DONE);
    g_assert_cmpint(sqlite3_close(handle), ==, SQLITE_OK);
}

/* Proof that blocks and columns are left out: those that are damaged do no harm until they are
 * needed. */
static void test_unread(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    fill(store);
    put_table(store);
    spoil(&place, "update block_column set data = zeroblob(9) where id / 256 = 2");
    assert_rows(store, "select sum(level) from observation where day < '2024-02-01'", "13\n");
    assert_rows(store, "select sum(level) from observation where time < '2024-01-31T99'", "13\n");
    assert_rows(store, "select sum(level) from observation where place in ('Bern', 'Rom')", "7\n");
    assert_rows(store, "select sum(level) from observation where point in ('eat', 'wait')", "6\n");
    assert_rows(store, "select sum(level) from observation where audience = 'customer'", "15\n");
    assert_rows(store, "select level from observation where rowid = 65537", "4\n");
    assert_rows(store, "select count(*) from observation", "7\n");
    assert_rows(store, "select count(import) from observation", "6\n");
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

/* Damage ------------------------------------------------------------------------------------- */

static void assert_damaged(plx_store *store, const char *sql, const char *message)
{
    g_assert_cmpint(code_of(handle_of(store), sql) & 0xFF, ==, SQLITE_CORRUPT);
    g_autofree char *start = g_strconcat(plx_store_path(store), ": ", NULL);
    g_assert_true(g_str_has_prefix(sqlite3_errmsg(handle_of(store)), start));
    if (!strstr(sqlite3_errmsg(handle_of(store)), message))
        g_assert_cmpstr(sqlite3_errmsg(handle_of(store)), ==, message);
}

static void test_damage(void)
{
    static const struct {
        const char *sql, *message;
    } harms[] = {
        {"update block_column set data = cast(substr(data, 1, 8) || x'ff' || substr(data, 10) "
         "as blob) "
         "where id / 256 = 2",
         "damaged block: "},
        {"delete from block_column where id % 256 = 160 and id / 256 = 1", "block 1 lacks column"},
        {"update inbox set body = zeroblob(20)", "a row of its inbox"},
        {"delete from block where id = 3", "it holds 4 of 6 observations"},
        {"update word set text = 'x' where kind = 19 and code = 1", "word 1 of kind 19"},
        {"delete from map", "it has no map"},
        {"delete from fact where name = 'observations'", "gives nothing"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(harms); i++) {
        struct place place;
        place_init(&place);
        g_autoptr(plx_store) store = create(&place, NULL);
        fill(store);
        g_clear_pointer(&store, plx_store_free);
        g_autoptr(GError) error = NULL;
        const gboolean early = i >= 4; /* is found when the workspace is opened */
        store = early ? NULL : plx_store_open(place.path, PLX_STORE_READ, &error);
        spoil(&place, harms[i].sql);
        if (early) {
            sqlite3 *const other = open_plainly(place.path);
            g_assert_cmpint(code_of(other, "select level from observation"), ==, SQLITE_ERROR);
            g_assert_nonnull(strstr(sqlite3_errmsg(other), harms[i].message));
            g_assert_cmpint(sqlite3_close(other), ==, SQLITE_OK);
        } else {
            put_table(store);
            assert_damaged(store, "select sum(level), max(place) from observation",
                           harms[i].message);
            assert_rows(store, "select 1", "1\n");
        }
        g_clear_pointer(&store, plx_store_free);
        place_clear(&place);
    }
}

/* What is found before any statement says so in our own words. */
static void test_damaged_at_once(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_store) store = create(&place, NULL);
    spoil(&place, "delete from fact where name = 'observations'");
    g_assert_false(plx_vtab_register(store, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_true(g_str_has_prefix(error->message, place.path));
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

/* Other connections --------------------------------------------------------------------------- */

static void test_adopted(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    fill(store);
    sqlite3 *const other = open_plainly(place.path);
    assert_rows_of(other, "select count(*), sum(level) from observation", "7|22\n");
    assert_rows_of(other,
                   "with o as materialized (select point, level from observation) "
                   "select count(*) from o join observation p on p.point = o.point",
                   "21\n");
    assert_rows_of(
        other, "select count(*) from observation o join observation p on p.rowid = o.rowid", "7\n");
    /* Answers that come later bring words that the connection has not seen. */
    collect_text(store, "audience,point,level,place\ncustomer,sleep,2,Rom\n");
    assert_rows_of(other, "select point, place from observation where place = 'Rom'",
                   "sleep|Rom\n");
    assert_rows_of(other, "create temp view v as select level from observation", "");
    assert_rows_of(other, "select sum(level) from v", "24\n");
    g_assert_cmpint(sqlite3_close(other), ==, SQLITE_OK);
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

static void test_no_workspace(void)
{
    sqlite3 *const handle = open_plainly(":memory:");
    g_assert_cmpint(code_of(handle, "select 1 from observation"), ==, SQLITE_ERROR);
    g_assert_cmpstr(sqlite3_errmsg(handle), ==,
                    "the open database: is not a workspace of Parallax");
    assert_rows_of(handle, "select 1", "1\n");
    g_assert_cmpint(sqlite3_close(handle), ==, SQLITE_OK);
}

/* A view in somebody's file must not read people's answers unawares. */
static void test_view_in_file(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    fill(store);
    g_clear_pointer(&store, plx_store_free);
    sqlite3 *const other = open_plainly(place.path);
    assert_rows_of(other, "create view v as select level from observation", "");
    g_assert_cmpint(code_of(other, "select sum(level) from v"), ==, SQLITE_ERROR);
    g_assert_cmpstr(sqlite3_errmsg(other), ==, "unsafe use of virtual table \"observation\"");
    g_assert_cmpint(sqlite3_close(other), ==, SQLITE_OK);
    place_clear(&place);
}

/* A statement sees what was there when it began, whatever is written meanwhile. */
static void test_snapshot(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_store) store = create(&place, NULL);
    fill(store);
    sqlite3 *const other = open_plainly(place.path);
    sqlite3_stmt *statement;
    g_assert_cmpint(
        sqlite3_prepare_v2(other, "select place from observation", -1, &statement, NULL), ==,
        SQLITE_OK);
    g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
    guint64 sealed;
    plx_inbox_seal(store, &sealed, &error);
    g_assert_no_error(error);
    import_text(store, "audience,point,level,place\ncustomer,rest,2,Rom\n", "later");
    guint n = 1;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        n++;
        g_assert_cmpstr((const char *)sqlite3_column_text(statement, 0), !=, "Rom");
    }
    g_assert_cmpuint(n, ==, 7);
    sqlite3_finalize(statement);
    assert_rows_of(other, "select count(*), sum(place = 'Rom') from observation", "8|1\n");
    g_assert_cmpint(sqlite3_close(other), ==, SQLITE_OK);
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

/* More rows than one block holds. */
static void test_many(void)
{
    struct place place;
    place_init(&place);
    g_autoptr(plx_store) store = create(&place, NULL);
    g_autoptr(GString) text = g_string_new("audience,point,level,respondent\n");
    guint64 sum = 0;
    for (guint i = 0; i < 150000; i++) {
        g_string_append_printf(text, "customer,p%u,%u,r%u\n", i % 7, i % 6 + 1, i % 1000);
        sum += i % 6 + 1;
    }
    import_text(store, text->str, "d");
    put_table(store);
    g_autofree char *expected = g_strdup_printf("150000|%" G_GUINT64_FORMAT "|1000|7\n", sum);
    assert_rows(store,
                "select count(*), sum(level), count(distinct respondent), count(distinct point) "
                "from observation",
                expected);
    assert_rows(store, "select count(distinct rowid) from observation", "150000\n");
    assert_rows(store, "select count(*) from observation where rowid between 131072 and 131081",
                "10\n");
    g_clear_pointer(&store, plx_store_free);
    place_clear(&place);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/vtab/columns", test_columns);
    g_test_add_func("/vtab/missings", test_missings);
    g_test_add_func("/vtab/subjects", test_subjects);
    g_test_add_func("/vtab/functions", test_functions);
    g_test_add_func("/vtab/renamed", test_renamed);
    g_test_add_func("/vtab/segments", test_segments);
    g_test_add_func("/vtab/schema", test_schema);
    g_test_add_func("/vtab/inbox", test_inbox);
    g_test_add_func("/vtab/pruning", test_pruning);
    g_test_add_func("/vtab/unread", test_unread);
    g_test_add_func("/vtab/damage", test_damage);
    g_test_add_func("/vtab/damaged-at-once", test_damaged_at_once);
    g_test_add_func("/vtab/adopted", test_adopted);
    g_test_add_func("/vtab/no-workspace", test_no_workspace);
    g_test_add_func("/vtab/view-in-file", test_view_in_file);
    g_test_add_func("/vtab/snapshot", test_snapshot);
    g_test_add_func("/vtab/many", test_many);
    return g_test_run();
}
