/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "ingest/file_source.h"
#include "map/map_file.h"
#include "store/answer_blob.h"

#include <glib/gstdio.h>
#include <string.h>

const char desk_map[] = "parallax: 1\n"
                        "title: Shop\n"
                        "scales:\n"
                        "  stars: {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5}\n"
                        "audiences:\n"
                        "  partner: {scale: stars, identity: panel}\n"
                        "  staff: {identity: anonymous}\n"
                        "journeys:\n"
                        "  - title: Order\n"
                        "    transactions:\n"
                        "      - {title: Find, points: [Page, Search]}\n"
                        "      - {title: Pay, points: [Cart]}\n"
                        "  - title: Return\n"
                        "    transactions:\n"
                        "      - {title: Send, points: [{use: cart}, Label]}\n"
                        "tasks: [{title: Pack}]\n";

#define LEVEL (1u << PLX_MEASURE_LEVEL)
#define BELIEVED (1u << PLX_MEASURE_BELIEVED)
#define EFFORT (1u << PLX_MEASURE_EFFORT)

static const struct plx_split by_place[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                            {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_tier[] = {{PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "tier", NULL}};
static const struct plx_split by_kind[] = {{PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "kind", NULL}};
static const struct plx_split by_journey[] = {{PLX_SPLIT_DIM, PLX_DIM_JOURNEY, NULL, NULL},
                                              {PLX_SPLIT_DIM, PLX_DIM_CHANNEL, NULL, NULL}};
static const struct plx_split by_source[] = {{PLX_SPLIT_DIM, PLX_DIM_SOURCE, NULL, NULL},
                                             {PLX_SPLIT_DIM, PLX_DIM_LANGUAGE, NULL, NULL}};
static const struct plx_split by_day[] = {{PLX_SPLIT_DAY, PLX_DIM_PLACE, NULL, NULL}};

static const struct plx_need needs[] = {
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS | PLX_NEED_ENCOUNTERS,
     LEVEL | BELIEVED | EFFORT, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS, LEVEL, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_PAIRS | PLX_NEED_PERSONS, LEVEL | EFFORT, PLX_MEASURE_EXPECTED, NULL, by_journey, 2,
     FALSE},
    {PLX_NEED_COMOMENTS | PLX_NEED_CLUSTERS, LEVEL, 0, NULL, by_tier, 1, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS, BELIEVED, 0, NULL, by_kind, 1, TRUE},
    {PLX_NEED_PROFILES, LEVEL | BELIEVED, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_COLUMNS, LEVEL, 0, NULL, by_source, 2, FALSE},
    {PLX_NEED_ENCOUNTERS, LEVEL, 0, NULL, by_day, 1, FALSE},
};

void desk_init(struct desk *desk, const char *yaml)
{
    g_autoptr(GError) error = NULL;
    desk->folder = g_dir_make_tmp("plx-desk-XXXXXX", &error);
    g_assert_no_error(error);
    desk->path = desk_file(desk, "w.plx");
    desk->store = plx_store_create(desk->path, yaml, "map.yaml", &error);
    g_assert_no_error(error);
}

void desk_clear(struct desk *desk)
{
    plx_store_free(desk->store);
    g_autoptr(GDir) dir = g_dir_open(desk->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = desk_file(desk, name);
        g_assert_cmpint(g_remove(path), ==, 0);
    }
    g_assert_cmpint(g_rmdir(desk->folder), ==, 0);
    g_free(desk->folder);
    g_free(desk->path);
}

void desk_reopen(struct desk *desk)
{
    g_autoptr(GError) error = NULL;
    plx_store_free(desk->store);
    desk->store = plx_store_open(desk->path, PLX_STORE_WRITE, &error);
    g_assert_no_error(error);
}

char *desk_file(const struct desk *desk, const char *name)
{
    return g_build_filename(desk->folder, name, NULL);
}

static gboolean read_in(plx_source *source, plx_import *import, struct plx_import_outcome *outcome,
                        GError **error)
{
    struct plx_file_summary summary = {0};
    plx_sink *const sink = plx_import_sink(import);
    if (!plx_file_source_run(source, sink, &summary, error))
        return FALSE;
    const struct plx_import_summary found = {summary.rows, summary.rejected, summary.duplicates};
    return sink->finish(sink, error) && plx_import_finish(import, &found, outcome, error);
}

gboolean desk_import(struct desk *desk, const struct desk_import *import,
                     struct plx_import_outcome *outcome, GError **error)
{
    plx_map *const map = plx_store_map(desk->store);
    if (import->declare && !plx_map_declare(map, import->declare, error))
        return FALSE;
    const struct plx_import_options options = {.file = "f.csv",
                                               .dataset = import->dataset ? import->dataset : "d",
                                               .repeat = import->repeat,
                                               .dry_run = import->dry_run,
                                               .n_workers = MAX(import->threads, 1),
                                               .needs = needs,
                                               .n_needs = G_N_ELEMENTS(needs)};
    g_autoptr(plx_import) begun = plx_import_begin(desk->store, &options, error);
    if (!begun)
        return FALSE;
    const struct plx_file_options file = {.dataset = options.dataset,
                                          .max_errors = import->max_errors,
                                          .threads = options.n_workers,
                                          .row_salt = plx_import_salt(begun)};
    plx_source *const source =
        plx_file_source_new_memory(import->text, strlen(import->text), "f.csv", map, &file, error);
    const gboolean ok = source && read_in(source, begun, outcome, error);
    if (source)
        plx_source_free(source);
    return ok;
}

struct plx_import_outcome desk_take(struct desk *desk, const char *text)
{
    struct plx_import_outcome outcome = {0};
    g_autoptr(GError) error = NULL;
    const struct desk_import import = {.text = text, .threads = 2};
    desk_import(desk, &import, &outcome, &error);
    g_assert_no_error(error);
    return outcome;
}

void desk_refuse(struct desk *desk, const struct desk_import *import, const char *message)
{
    g_autoptr(GBytes) before = desk_answer(desk, 1);
    g_autoptr(GError) error = NULL;
    struct plx_import_outcome outcome;
    g_autofree char *expected = g_strconcat("f.csv", message, NULL);
    g_assert_false(desk_import(desk, import, &outcome, &error));
    g_assert_cmpstr(error->message, ==, expected);
    g_autoptr(GBytes) after = desk_answer(desk, 1);
    g_assert_true(g_bytes_equal(before, after));
}

/* Answers ----------------------------------------------------------------------------------- */

static GBytes *ask(plx_source *source)
{
    g_autoptr(GError) error = NULL;
    struct plx_answer *answer = NULL;
    plx_source_ask(source, needs, G_N_ELEMENTS(needs), &answer, &error);
    g_assert_no_error(error);
    GByteArray *const bytes = g_byte_array_new();
    answer->n_notes = 0; /* of the file: what was twice there, or wrong */
    answer->rejected = 0;
    plx_answer_encode(answer, source->map, needs, bytes);
    plx_answer_free(answer);
    plx_source_free(source);
    return g_byte_array_free_to_bytes(bytes);
}

GBytes *desk_answer(struct desk *desk, guint threads)
{
    return ask(plx_store_source(desk->store, threads));
}

GBytes *desk_text_answer(const char *yaml, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map =
        yaml ? plx_map_read_memory(yaml, strlen(yaml), "m", &error) : plx_map_new_open();
    g_assert_no_error(error);
    const struct plx_file_options file = {.dataset = "d", .threads = 2};
    plx_source *const source =
        plx_file_source_new_memory(text, strlen(text), "f.csv", map, &file, &error);
    g_assert_no_error(error);
    return ask(source);
}

void desk_assert_reads(struct desk *desk, const char *yaml, const char *text)
{
    static const guint threads[] = {1, 2, 7};
    g_autoptr(GBytes) expected = desk_text_answer(yaml, text);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_autoptr(GBytes) found = desk_answer(desk, threads[i]);
        g_assert_true(g_bytes_equal(found, expected));
    }
}

guint64 desk_observations(struct desk *desk)
{
    struct plx_store_info info = {0};
    g_autoptr(GError) error = NULL;
    plx_store_info(desk->store, 1, &info, &error);
    g_assert_no_error(error);
    return info.observations;
}

/* Rows -------------------------------------------------------------------------------------- */

static const char *pick(GRand *random, const char *const *list)
{
    return list[g_rand_int_range(random, 0, (gint32)g_strv_length((char **)(gsize)list))];
}

static char *cell(GRand *random, gint min, gint max)
{
    switch (g_rand_int_range(random, 0, 9)) {
    case 0:
        return g_strdup("");
    case 1:
        return g_strdup("na");
    case 2:
        return g_strdup("declined");
    default:
        return g_strdup_printf("%d", g_rand_int_range(random, min, max + 1));
    }
}

static char *row(GRand *random, guint i)
{
    static const char *const audiences[] = {"customer", "leader", "staff", "partner", NULL};
    static const char *const points[] = {"page", "search", "cart", "label", NULL};
    static const char *const places[] = {"", "Oslo", "Bergen", "Å, north", NULL};
    static const char *const tiers[] = {"", "gold", "silver", NULL};
    static const char *const zones[] = {"", "Z", "+02:00", NULL};
    const guint encounter = i / 5, person = encounter % 97;
    const guint who = person % 4;
    const char *const point = pick(random, points);
    const char *const journey = strcmp(point, "label") == 0 ? "return" : "order";
    g_autofree char *level = cell(random, 1, who == 3 ? 5 : 6);
    g_autofree char *expected = cell(random, 1, who == 3 ? 5 : 6);
    g_autofree char *believed = cell(random, 0, 10);
    g_autofree char *effort = cell(random, 1, 7);
    g_autofree char *respondent = person % 5 ? g_strdup_printf("p%u", person) : g_strdup("");
    const char *const place = pick(random, places);
    g_autofree char *time = g_strdup_printf(
        encounter % 7 == 0 ? "2026-%02d-%02d" : "2026-%02d-%02dT%02d:30%s", 1 + encounter % 9,
        1 + encounter % 28, encounter % 24, zones[encounter % 3]);
    return g_strdup_printf("%s,e%u,%s,%s,%s,%s,\"%s\",%s,%s,%s,%u,%u,%s,%s,%s,%s,%s,%u,%s\n",
                           audiences[who], encounter, respondent, encounter % 11 ? time : "",
                           journey, point, place, encounter % 2 ? "web" : "shop",
                           encounter % 3 ? "form" : "", encounter % 5 ? "en" : "de",
                           encounter % 13 ? 1 : 7, i % 2, pick(random, tiers), level, expected,
                           believed, effort, i, i % 4 ? "" : "some words of theirs");
}

char *desk_rows(guint32 seed, guint n, guint32 shuffle)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(rows, row(random, i));
    g_autoptr(GRand) order = g_rand_new_with_seed(shuffle);
    for (guint i = n; shuffle && i > 1; i--) {
        const guint k = (guint)g_rand_int_range(order, 0, (gint32)i);
        gpointer const other = rows->pdata[k];
        rows->pdata[k] = rows->pdata[i - 1];
        rows->pdata[i - 1] = other;
    }
    GString *const text =
        g_string_new("audience,encounter,respondent,time,journey,point,place,channel,source,"
                     "language,group_size,seen,segment.tier,level,expected,believed,effort,item,"
                     "note\n");
    for (guint i = 0; i < n; i++)
        g_string_append(text, rows->pdata[i]);
    return g_string_free(text, FALSE);
}

/* Past the program -------------------------------------------------------------------------- */

void desk_sql(const struct desk *desk, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    g_assert_cmpint(sqlite3_open(desk->path, &db), ==, SQLITE_OK);
    sqlite3_exec(db, sql, NULL, NULL, &message);
    g_assert_cmpstr(message, ==, NULL);
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
}

gboolean desk_holds(const struct desk *desk, gconstpointer bytes, gsize n)
{
    static const char *const endings[] = {"", "-wal"};
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *path = g_strconcat(desk->path, endings[i], NULL);
        g_autofree char *text = NULL;
        gsize length;
        if (g_file_get_contents(path, &text, &length, NULL) && memmem(text, length, bytes, n))
            return TRUE;
    }
    return FALSE;
}
