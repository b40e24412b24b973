/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a file to the answer: the same whatever the threads, the order of rows, the packing. */

#include "base/error.h"
#include "ingest/file_source.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static char *folder;

static char *path_of(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static char *write_file(const char *name, const char *text, gsize n)
{
    char *const path = path_of(name);
    g_assert_true(g_file_set_contents(path, text, (gssize)n, NULL));
    return path;
}

/* Rows about 12 points by 3 audiences: encounters of up to five rows, quotes, missings, weights. */
static GPtrArray *make_rows(guint n)
{
    static const char *const audiences[] = {"customer", "staff", "leader"};
    GPtrArray *const rows = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    for (guint i = 0; i < n; i++) {
        const guint encounter = i / 5;
        const guint month = encounter % 24;
        char level[8] = "na";
        if (g_rand_int_range(random, 0, 20) > 0)
            g_snprintf(level, sizeof level, "%d", g_rand_int_range(random, 1, 7));
        g_ptr_array_add(
            rows, g_strdup_printf("e%u,r%u,%04u-%02u-%02u,%s,%sPoint %u%s,\"Place \"\"%u\"\"\","
                                  "%s,%g",
                                  encounter, encounter / 3, 2023 + month / 12, month % 12 + 1,
                                  encounter % 28 + 1, audiences[encounter / 3 % 3],
                                  i % 2 ? "\"" : "", i % 5 + encounter % 8, i % 2 ? "\"" : "",
                                  encounter % 40, level, 0.5 + encounter % 3));
    }
    return rows;
}

static GString *join_rows(const GPtrArray *rows, gboolean shuffled)
{
    GString *const out =
        g_string_new("encounter,respondent,time,audience,point,place,level,weight\n");
    const guint step = shuffled ? 7919 : 1; /* prime: visits every row once */
    for (guint i = 0; i < rows->len; i++)
        g_string_append_printf(out, "%s\n",
                               (const char *)rows->pdata[(guint64)i * step % rows->len]);
    return out;
}

static void append_numbers(GString *out, const char *name, const double *values, guint n)
{
    for (guint i = 0; values && i < n; i++)
        g_string_append_printf(out, " %s%u=%.17g", name, i, values[i]);
}

static void append_cell(GString *out, const struct plx_answer *answer, const char *const *key,
                        const struct plx_cell *cell)
{
    g_string_append_printf(out, "%s/%s/%u rows=%" G_GUINT64_FORMAT, key[0],
                           answer->subjects[cell->subject].title, cell->audience, cell->rows);
    for (guint k = 0; k < cell->n_tallies; k++) {
        const struct plx_tally *const tally = &cell->tallies[k];
        g_string_append_printf(out, " m%d na=%" G_GUINT64_FORMAT " units=%" G_GUINT64_FORMAT,
                               (gint)tally->measure, tally->na, tally->units);
        for (guint v = 0; v < tally->k; v++)
            g_string_append_printf(out, " %" G_GUINT64_FORMAT, tally->n[v]);
        append_numbers(out, "w", tally->w, tally->k);
        append_numbers(out, "w2_", tally->w2, tally->k);
    }
    g_string_append_c(out, '\n');
}

static char *ask(const char *path, guint threads)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GError) error = NULL;
    const struct plx_file_options options = {.threads = threads};
    g_autoptr(plx_source) source = plx_file_source_new(path, map, &options, &error);
    g_assert_no_error(error);
    const struct plx_split split = {.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_PLACE};
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS,
                                  .measures = 1u << PLX_MEASURE_LEVEL,
                                  .splits = &split,
                                  .n_splits = 1};
    struct plx_answer *answer = NULL;
    plx_source_ask(source, &need, 1, &answer, &error);
    g_assert_no_error(error);
    GString *const out = g_string_new(NULL);
    g_string_append_printf(out,
                           "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
                           answer->observations, answer->encounters, answer->respondents);
    for (guint i = 0; i < answer->tables[0].n_cells; i++) {
        const struct plx_cell *const cell = &answer->tables[0].cells[i];
        append_cell(out, answer, (const char *const *)answer->tables[0].groups[cell->group], cell);
    }
    for (guint i = 0; i < answer->n_notes; i++)
        g_string_append_printf(out, "note %s %" G_GINT64_FORMAT "\n", answer->notes[i].code,
                               answer->notes[i].count);
    plx_answer_free(answer);
    return g_string_free(out, FALSE);
}

static char *write_gzip(const char *name, const char *text, gsize n, gsize cut)
{
    char *const path = path_of(name);
    gzFile file = gzopen(path, "wb1");
    g_assert_cmpint(gzwrite(file, text, (unsigned)n), ==, (int)n);
    gzclose(file);
    if (cut > 0) {
        g_autofree char *packed = NULL;
        gsize length;
        g_assert_true(g_file_get_contents(path, &packed, &length, NULL));
        g_assert_true(g_file_set_contents(path, packed, (gssize)(length - cut), NULL));
    }
    return path;
}

static void test_same(void)
{
    g_autoptr(GPtrArray) rows = make_rows(60000);
    for (guint i = 0; i < 30; i++) /* some rows again, far from the first time */
        g_ptr_array_add(rows, g_strdup(rows->pdata[i * 100]));
    g_autoptr(GString) sorted = join_rows(rows, FALSE);
    g_autoptr(GString) shuffled = join_rows(rows, TRUE);
    g_autofree char *plain_path = write_file("plain.csv", sorted->str, sorted->len);
    g_autofree char *shuffled_path = write_file("shuffled.csv", shuffled->str, shuffled->len);
    g_autofree char *gzip_path = write_gzip("packed.csv.gz", sorted->str, sorted->len, 0);
    /* Keys are scoped by the data set, but nothing of that may show. */
    g_autofree char *expected = ask(plain_path, 1);
    g_assert_true(g_str_has_prefix(expected, "60000 12000 4000\n"));
    g_assert_nonnull(strstr(expected, "note duplicate_rows 30\n"));
    const guint threads[] = {1, 2, 7};
    const char *const paths[] = {plain_path, shuffled_path, gzip_path};
    for (gsize t = 0; t < G_N_ELEMENTS(threads); t++) {
        for (gsize p = 0; p < G_N_ELEMENTS(paths); p++) {
            g_autofree char *text = ask(paths[p], threads[t]);
            if (!g_str_equal(text, expected)) /* too long to show */
                g_error("%s on %u threads answers otherwise: %.200s", paths[p], threads[t], text);
        }
    }
}

/* A pipe cannot be read twice, and is, since it holds a duplicate; then it is asked again. */
static void test_stdin(void)
{
    if (g_test_subprocess()) {
        g_autoptr(GString) text = g_string_new("audience,encounter,point,level\n");
        g_string_append(text, "customer,e1,a,4\ncustomer,e1,a,4\ncustomer,e2,a,3\n");
        int ends[2];
        g_assert_cmpint(pipe(ends), ==, 0);
        g_assert_cmpint(write(ends[1], text->str, text->len), ==, (gssize)text->len);
        close(ends[1]);
        dup2(ends[0], STDIN_FILENO);
        g_autofree char *first = ask("-", 2);
        g_assert_cmpstr(first, ==,
                        "2 2 0\n/a/3 rows=2 m0 na=0 units=2 0 0 1 1 0 0\nnote duplicate_rows 1\n");
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed();
}

static void check_error(const char *path, gint code, const char *message)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GError) error = NULL;
    plx_source *const source = plx_file_source_new(path, map, NULL, &error);
    if (source) {
        const struct plx_need need = {.kinds = PLX_NEED_COUNTS, .measures = 1};
        struct plx_answer *answer = NULL;
        g_assert_false(plx_source_ask(source, &need, 1, &answer, &error));
        g_assert_null(answer);
        plx_source_free(source);
    }
    g_autofree char *expected = g_strdup_printf("%s: %s", path, message);
    g_assert_cmpstr(error->message, ==, expected);
    g_assert_cmpint(error->code, ==, code);
}

static void test_unreadable(void)
{
    check_error(folder, PLX_ERROR_INPUT, "is a directory; a file was expected");
    g_autofree char *missing = path_of("missing.csv");
    check_error(missing, PLX_ERROR_IO, "cannot be opened: No such file or directory");
    g_autofree char *empty = write_file("empty.csv", "", 0);
    check_error(empty, PLX_ERROR_INPUT, "is empty; a header and rows were expected");
    g_autoptr(GPtrArray) rows = make_rows(30000);
    g_autoptr(GString) text = join_rows(rows, FALSE);
    g_autofree char *cut = write_gzip("cut.csv.gz", text->str, text->len, 5000);
    check_error(cut, PLX_ERROR_INPUT, "the gzip data end too early: was the file cut short?");
    g_autofree char *short_cut = write_gzip("short.csv.gz", text->str, 500, 8);
    check_error(short_cut, PLX_ERROR_INPUT, "the gzip data end too early: was the file cut short?");
    g_autofree char *damaged = write_file("damaged.csv.gz", "\x1F\x8B\x08\x00\x00\x00garbage", 13);
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_file_source_new(damaged, map, NULL, &error));
    g_assert_nonnull(strstr(error->message, "the gzip data "));
    /* A wrong cell before the cut is told first. */
    g_string_insert(text, (gssize)(strchr(text->str, '\n') - text->str) + 1,
                    "e,r,2023-01-01,customer,a,b,9,1\n");
    g_autofree char *both = write_gzip("both.csv.gz", text->str, text->len, 5000);
    g_clear_error(&error);
    g_autoptr(plx_source) source = plx_file_source_new(both, map, NULL, &error);
    g_assert_no_error(error);
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS, .measures = 1};
    struct plx_answer *answer = NULL;
    g_assert_false(plx_source_ask(source, &need, 1, &answer, &error));
    g_assert_nonnull(strstr(error->message, "both.csv.gz:2:29: level is \"9\"; expected"));
}

static void test_many_places(void)
{
    g_autoptr(GString) text = g_string_new("audience,point,place,level\n");
    for (guint i = 0; i < 200000; i++)
        g_string_append_printf(text, "customer,door,place %06u,%u\n", i % 100000, i % 6 + 1);
    g_autofree char *path = write_file("places.csv", text->str, text->len);
    g_autofree char *answer = ask(path, 2);
    g_assert_true(g_str_has_prefix(answer, "200000 200000 0\nplace 000000/door/3 rows=2"));
    g_assert_nonnull(strstr(answer, "\nplace 099999/door/3 rows=2"));
}

/* 200 columns: three that matter and 197 segments are too many; as ignored ones they are not. */
static void test_many_columns(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GString) text = g_string_new("audience,point,level");
    g_autoptr(GPtrArray) ignore = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < 197; i++) {
        g_ptr_array_add(ignore, g_strdup_printf("segment.s%u", i));
        g_string_append_printf(text, ",segment.s%u", i);
    }
    g_ptr_array_add(ignore, NULL);
    g_string_append_c(text, '\n');
    for (guint row = 0; row < 3000; row++) {
        g_string_append(text, "customer,a,4");
        for (guint i = 0; i < 197; i++)
            g_string_append(text, ",x");
        g_string_append_c(text, '\n');
    }
    g_autofree char *path = write_file("columns.csv", text->str, text->len);
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_file_source_new(path, map, NULL, &error));
    g_autofree char *expected =
        g_strdup_printf("%s:1: 197 segments; at most 56 can be read at once", path);
    g_assert_cmpstr(error->message, ==, expected);
    g_clear_error(&error);
    const struct plx_file_options options = {.ignore = (const char *const *)ignore->pdata};
    g_autoptr(plx_source) source = plx_file_source_new(path, map, &options, &error);
    g_assert_no_error(error);
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS, .measures = 1};
    struct plx_answer *answer = NULL;
    g_assert_true(plx_source_ask(source, &need, 1, &answer, &error));
    g_assert_cmpuint(answer->observations, ==, 3000);
    g_assert_cmpuint(answer->n_notes, ==, 1);
    g_assert_cmpstr(answer->notes[0].code, ==, "ignored_columns");
    g_assert_cmpint(answer->notes[0].count, ==, 197);
    plx_answer_free(answer);
}

static void test_many_respondents(void)
{
    const guint n = 5000000;
    g_autofree char *path = path_of("respondents.csv");
    FILE *const file = fopen(path, "w");
    fputs("audience,respondent,point,level\n", file);
    for (guint i = 0; i < n; i++)
        fprintf(file, "customer,r%07u,door,%u\n", i, i % 6 + 1);
    g_assert_cmpint(fclose(file), ==, 0);
    g_autofree char *answer = ask(path, 2);
    g_assert_true(g_str_has_prefix(answer, "5000000 5000000 5000000\n/door/3 rows=5000000 "
                                           "m0 na=0 units=5000000 833334 833334 833333"));
    g_unlink(path);
}

static void test_notes(void)
{
    static const char text[] = "audience,point,time,level\ncustomer,a,2024-01-01,4\n"
                               "customer,a,,4\ncustomer,a,,5\n";
    g_autofree char *path = write_file("notes.csv", text, sizeof text - 1);
    g_autofree char *answer = ask(path, 1);
    g_assert_nonnull(strstr(answer, "note rows_without_time 2\n"));
    static const char timeless[] = "audience,point,level\ncustomer,a,4\n";
    g_autofree char *other = write_file("timeless.csv", timeless, sizeof timeless - 1);
    g_autofree char *quiet = ask(other, 1);
    g_assert_null(strstr(quiet, "note"));
}

/* A journey of no map has the smallest spelling for a title, wherever in the file that comes. */
static void test_journey_title(void)
{
    for (guint beside = 0; beside < 2; beside++) {
        g_autoptr(GString) text = g_string_new("audience,journey,point,overall,level\n");
        for (guint i = 0; i < 5000; i++)
            g_string_append(text, "customer,shop visit,,4,\n");
        g_string_append(text, beside ? "customer,Shop Visit,a,,4\n" : "customer,Shop Visit,,4,\n");
        g_autoptr(plx_map) map = plx_map_new_open();
        const struct plx_file_options options = {.threads = 1};
        g_autoptr(GError) error = NULL;
        g_autoptr(plx_source) source =
            plx_file_source_new_memory(text->str, text->len, "f.csv", map, &options, &error);
        const struct plx_need need = {.kinds = PLX_NEED_COUNTS,
                                      .measures = 1u << PLX_MEASURE_OVERALL};
        struct plx_answer *answer = NULL;
        g_assert_true(plx_source_ask(source, &need, 1, &answer, &error));
        g_assert_cmpint((gint)answer->subjects[beside].kind, ==, PLX_SUBJECT_JOURNEY);
        g_assert_cmpstr(answer->subjects[beside].title, ==, "Shop Visit");
        plx_answer_free(answer);
    }
}

static void remove_folder(void)
{
    GDir *const dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = path_of(name);
        g_unlink(path);
    }
    g_dir_close(dir);
    g_rmdir(folder);
    g_free(folder);
}

static void test_dataset(void)
{
    static const char *const names[][2] = {{"ratings.csv", "ratings"},
                                           {"data/ratings.csv.gz", "ratings"},
                                           {"survey.2024.csv", "survey.2024"},
                                           {"/tmp/.hidden.csv", ".hidden"},
                                           {"ratings", "ratings"},
                                           {"-", "stdin"}};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *dataset = plx_file_dataset(names[i][0]);
        g_assert_cmpstr(dataset, ==, names[i][1]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("parallax-XXXXXX", NULL);
    g_test_add_func("/file-source/dataset", test_dataset);
    g_test_add_func("/file-source/same", test_same);
    g_test_add_func("/file-source/stdin", test_stdin);
    g_test_add_func("/file-source/unreadable", test_unreadable);
    g_test_add_func("/file-source/many-places", test_many_places);
    g_test_add_func("/file-source/many-columns", test_many_columns);
    g_test_add_func("/file-source/many-respondents", test_many_respondents);
    g_test_add_func("/file-source/notes", test_notes);
    g_test_add_func("/file-source/journey-title", test_journey_title);
    const int result = g_test_run();
    remove_folder();
    return result;
}
