/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/export.h"

#include "base/error.h"
#include "sample.h"

#include <string.h>

static char *text_of(struct sample *sample, const char *name, guint times, enum plx_row_keys keys)
{
    char *text = NULL;
    g_autofree char *path = sample_export(sample, name, times, keys, 0, NULL);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

static void test_csv(void)
{
    struct sample sample;
    sample_init(&sample);
    g_autofree char *text = text_of(&sample, "x.csv", 1, PLX_ROW_KEYS_PERSON);
    /* Who is not known has an encounter; who is, is known by the time. */
    g_assert_cmpstr(
        text, ==,
        "audience,encounter,respondent,time,journey,point,task,item,place,source,weight,group_size,"
        "asked_p,surprise,hesitation,note,prompt,segment.B-key,segment.b key,level,done,overall\n"
        "customer,,0000000000000abc,1969-12-31T23:59:59+02:00,The visit,pay,,,\"Linz, Süd\",app,1,"
        "1,0.5,good,0,,,y,x,6,,\n"
        "customer,,0000000000000abc,1970-01-01T00:01Z,,Greeting,,,,app,0.5,1,,bad,1,,,,,na,,\n"
        "customer,,0000000000000abc,1970-01-02,,,Wipe,,=1+1,app,0.333,1,,,,,,,,,1,\n"
        "leader,0000000000000002,,,,Greeting,,3,,,1e-06,7,,none,,,,,,declined,,\n"
        "leader,0000000000000003,,,The visit,,,,,,1,7,,,,,,,,,,5\n"
        "customer,0000000000000004,,1970-01-01T00:00:01,,,,,\" lead\",,1,1,,,,\"a \"\"b\"\",\nc\","
        "comment,,,,,\n"
        "shopper,,0000000000000005,2024-03-15,,Greeting,,,,,0,1,,,,,,,,1,,\n");
    sample_clear(&sample);
}

static void test_keys(void)
{
    struct sample sample;
    sample_init(&sample);
    g_autofree char *none = text_of(&sample, "none.csv", 1, PLX_ROW_KEYS_NONE);
    g_autofree char *named = text_of(&sample, "named.csv", 1, PLX_ROW_KEYS_ENCOUNTER);
    g_assert_true(g_str_has_prefix(none, "audience,respondent,time,"));
    g_assert_nonnull(strstr(named, "customer,0000000000000010,0000000000000abc,1969-12-31"));
    sample_clear(&sample);
}

/* The same rows twice: given encounters need items, others do not. */
static void test_items(void)
{
    struct sample sample;
    struct plx_export_outcome outcome;
    sample_init(&sample);
    g_free(sample_export(&sample, "a.csv", 2, PLX_ROW_KEYS_NONE, 0, &outcome));
    g_assert_false(outcome.with_items);
    g_assert_cmpuint(outcome.observations, ==, 2 * SAMPLE_ROWS);
    g_free(sample_export(&sample, "b.csv", 2, PLX_ROW_KEYS_ENCOUNTER, 0, &outcome));
    g_assert_true(outcome.with_items);
    g_assert_cmpuint(outcome.split, ==, 0);
    sample_clear(&sample);
}

static void test_ndjson(void)
{
    struct sample sample;
    sample_init(&sample);
    g_autofree char *text = text_of(&sample, "x.ndjson", 1, PLX_ROW_KEYS_PERSON);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, SAMPLE_ROWS + 1);
    g_assert_cmpstr(lines[0], ==,
                    "{\"audience\":\"customer\",\"respondent\":\"0000000000000abc\","
                    "\"time\":\"1969-12-31T23:59:59+02:00\",\"journey\":\"The visit\","
                    "\"point\":\"pay\",\"place\":\"Linz, Süd\",\"source\":\"app\",\"weight\":1,"
                    "\"group_size\":1,\"asked_p\":0.5,\"surprise\":\"good\",\"hesitation\":0,"
                    "\"segment.B-key\":\"y\",\"segment.b key\":\"x\",\"level\":6}");
    g_assert_nonnull(strstr(lines[1], "\"level\":\"na\"}"));
    g_assert_nonnull(strstr(lines[3], "\"level\":\"declined\"}"));
    g_assert_nonnull(strstr(lines[5], "\"note\":\"a \\\"b\\\",\\nc\""));
    sample_clear(&sample);
}

static void check_same(const char *name)
{
    struct sample sample;
    g_autofree char *first = NULL, *second = NULL;
    gsize n, m;
    sample_init(&sample);
    g_autofree char *path = sample_export(&sample, name, 3, PLX_ROW_KEYS_PERSON, 0, NULL);
    g_assert_true(g_file_get_contents(path, &first, &n, NULL));
    g_free(sample_export(&sample, name, 3, PLX_ROW_KEYS_PERSON, 0, NULL));
    g_assert_true(g_file_get_contents(path, &second, &m, NULL));
    g_assert_true(n == m && memcmp(first, second, n) == 0);
    sample_clear(&sample);
}

static void test_same_bytes(void)
{
    check_same("x.csv.gz");
    check_same("x.xlsx");
    check_same("x.sav");
}

/* A row per column, and what its values mean; commas are in quotes, nothing is somebody's. */
static void test_codebook(void)
{
    struct sample sample;
    sample_init(&sample);
    g_autofree char *text = text_of(&sample, "x.codebook", 1, PLX_ROW_KEYS_PERSON);
    g_assert_true(
        g_str_has_prefix(text, "column,holds,value,meaning\naudience,text,,Who answered\n"));
    g_assert_nonnull(
        strstr(text, "\nrespondent,key,,\"Rows of one person have the same; a hash, "));
    g_assert_nonnull(strstr(text, "\nlevel,whole number,,Level of service\nlevel,,1,Criminal\n"));
    g_assert_nonnull(strstr(text, "\nlevel,,na,did not happen to them (.sav: 998)\n"));
    g_assert_nonnull(strstr(text, "\nsegment.B-key,text,,A group that answers are compared by\n"));
    g_assert_null(strstr(text, "Linz"));
    sample_clear(&sample);
}

/* An export that is given up leaves the old file and nothing else. */
static void test_given_up(void)
{
    struct sample sample;
    g_autoptr(GError) error = NULL;
    sample_init(&sample);
    g_autofree char *path = g_build_filename(sample.folder, "x.csv", NULL);
    g_assert_true(g_file_set_contents(path, "old", -1, NULL));
    static const enum plx_export_format formats[] = {
        PLX_EXPORT_CSV, PLX_EXPORT_CSV_GZ, PLX_EXPORT_NDJSON, PLX_EXPORT_XLSX, PLX_EXPORT_SAV};
    for (gsize f = 0; f < G_N_ELEMENTS(formats); f++) {
        const struct plx_export_options options = {
            .map = sample.map, .path = path, .format = formats[f]};
        g_autoptr(plx_export) export = plx_export_new(&options, &error);
        g_assert_no_error(error);
        plx_sink *const sink = plx_export_sink(export);
        g_assert_true(sink->add(sink, 0, &sample.batch, &error) && sink->finish(sink, &error));
        g_assert_true(sink->add(sink, 0, &sample.batch, &error));
    }
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "old");
    g_autoptr(GDir) folder = g_dir_open(sample.folder, 0, NULL);
    g_assert_cmpstr(g_dir_read_name(folder), ==, "x.csv");
    g_assert_null(g_dir_read_name(folder));
    sample_clear(&sample);
}

static void test_formats(void)
{
    enum plx_export_format format = PLX_EXPORT_SAV;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_export_format_find("A.CSV", NULL, &format, NULL));
    g_assert_cmpint(format, ==, PLX_EXPORT_CSV);
    g_assert_true(plx_export_format_find("a.csv.gz", NULL, &format, NULL));
    g_assert_cmpint(format, ==, PLX_EXPORT_CSV_GZ);
    g_assert_true(plx_export_format_find("-", "ndjson", &format, NULL));
    g_assert_cmpint(format, ==, PLX_EXPORT_NDJSON);
    g_assert_true(plx_export_format_find("-", "codebook", &format, NULL));
    g_assert_cmpint(format, ==, PLX_EXPORT_CODEBOOK);
    g_assert_true(plx_export_format_find("-", "ndjson", &format, NULL));
    g_assert_false(plx_export_format_find("a.ods", NULL, &format, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_cmpint(format, ==, PLX_EXPORT_NDJSON);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/export/csv", test_csv);
    g_test_add_func("/export/keys", test_keys);
    g_test_add_func("/export/items", test_items);
    g_test_add_func("/export/ndjson", test_ndjson);
    g_test_add_func("/export/same-bytes", test_same_bytes);
    g_test_add_func("/export/codebook", test_codebook);
    g_test_add_func("/export/given-up", test_given_up);
    g_test_add_func("/export/formats", test_formats);
    return g_test_run();
}
