/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows before and after a wrong one: in any order, over lines in quotes and the ends of blocks,
 * packed and in other encodings. */

#include "base/error.h"
#include "ingest/beside.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static char *write_file(const char *text, gssize n)
{
    char *const path = g_build_filename(folder, "rows.csv", NULL);
    g_assert_true(g_file_set_contents(path, text, n, NULL));
    return path;
}

/* What stands around a line: "LINE:before|LINE:after". */
static void check(const char *text, gssize n, const char *encoding, guint64 line, const char *said)
{
    g_autofree char *path = write_file(text, n);
    g_autoptr(GError) error = NULL;
    struct plx_beside row = {.line = line};
    g_assert_true(plx_beside_read(path, encoding, '"', NULL, &row, 1, &error));
    g_assert_no_error(error);
    g_autofree char *found = g_strdup_printf("%" G_GUINT64_FORMAT ":%s|%" G_GUINT64_FORMAT ":%s",
                                             row.before.line, row.before.raw ? row.before.raw : "-",
                                             row.after.line, row.after.raw ? row.after.raw : "-");
    g_assert_cmpstr(found, ==, said);
    plx_beside_clear(&row, 1);
}

static void test_places(void)
{
    static const char plain[] = "a,b\n1,2\n3,4\n5,6\n";
    check(plain, -1, NULL, 0, "0:-|0:-"); /* the file as a whole */
    check(plain, -1, NULL, 1, "0:-|2:1,2");
    check(plain, -1, NULL, 3, "2:1,2|4:5,6");
    check(plain, -1, NULL, 4, "3:3,4|0:-");
    check(plain, -1, NULL, 5, "0:-|0:-");
    check("a\r\n1\r\n2\r\n3", -1, NULL, 3, "2:1|4:3");
    check("a\n1\n\n\n2\n\n3\n", -1, NULL, 5, "2:1|7:3"); /* rows without a byte */
    check("", 0, NULL, 1, "0:-|0:-");
}

/* A row of several lines is one, whichever of them is asked for. */
static void test_quotes(void)
{
    static const char quoted[] = "a,b\n1,\"x\ny\nz\"\n2,q\n3,\"\"\n";
    check(quoted, -1, NULL, 2, "1:a,b|5:2,q");
    check(quoted, -1, NULL, 4, "1:a,b|5:2,q");
    check(quoted, -1, NULL, 5, "2:1,\"x\ny\nz\"|6:3,\"\"");
}

static void test_encodings(void)
{
    check("a\nM\xfcller\n2\n\xc9t\xe9\n", -1, "WINDOWS-1252", 3,
          "2:M\xc3\xbcller|4:\xc3\x89t\xc3\xa9");
    check("\xff\xfe"
          "a\0\n\0"
          "1\0\n\0"
          "2\0",
          12, NULL, 2, "1:a|3:2");
}

/* Many at once, out of order, in a file of several blocks. */
static void test_many(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 1; i <= 100000; i++)
        g_string_append_printf(text, "row %u\n", i);
    g_autofree char *path = write_file(text->str, (gssize)text->len);
    struct plx_beside rows[] = {
        {.line = 99999}, {.line = 2}, {.line = 3}, {.line = 50000}, {.line = 100000}};
    g_assert_true(plx_beside_read(path, NULL, '"', NULL, rows, G_N_ELEMENTS(rows), NULL));
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *before = g_strdup_printf("row %" G_GUINT64_FORMAT, rows[i].line - 1);
        g_autofree char *after = g_strdup_printf("row %" G_GUINT64_FORMAT, rows[i].line + 1);
        g_assert_cmpstr(rows[i].before.raw, ==, before);
        g_assert_cmpstr(rows[i].after.raw, ==, rows[i].line < 100000 ? after : NULL);
    }
    plx_beside_clear(rows, G_N_ELEMENTS(rows));
}

/* What cannot be read further: what came before is told. */
static void test_damaged(void)
{
    struct plx_beside row = {.line = 1};
    g_autoptr(GError) error = NULL;
    check("a\n1\n\xff\n2\n", -1, NULL, 2, "1:a|3:\xff");
    check("\xff\xfe"
          "a\0\n\0"
          "1\0\n\0"
          "\0\xd8\n\0",
          14, NULL, 2, "1:a|0:-");
    g_assert_false(plx_beside_read("/nowhere/at/all", NULL, '"', NULL, &row, 1, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("parallax-beside-XXXXXX", NULL);
    g_test_add_func("/beside/places", test_places);
    g_test_add_func("/beside/quotes", test_quotes);
    g_test_add_func("/beside/encodings", test_encodings);
    g_test_add_func("/beside/many", test_many);
    g_test_add_func("/beside/damaged", test_damaged);
    const int result = g_test_run();
    g_autofree char *path = g_build_filename(folder, "rows.csv", NULL);
    g_unlink(path);
    g_rmdir(folder);
    g_free(folder);
    return result;
}
