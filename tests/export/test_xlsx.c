/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <string.h>
#include <zlib.h>

static guint number_at(const guint8 *at, guint bytes)
{
    guint value = 0;
    for (guint k = bytes; k > 0; k--)
        value = value << 8 | at[k - 1];
    return value;
}

/* The text of a file within the archive, to be freed; NULL when it is not there. */
static char *text_of(const guint8 *zip, gsize size, const char *name)
{
    const guint8 *at = zip + size - 22; /* the end, which has no comment */
    g_assert_cmpuint(number_at(at, 4), ==, 0x06054b50);
    const guint n = number_at(at + 10, 2);
    at = zip + number_at(at + 16, 4);
    for (guint i = 0; i < n; i++) {
        const guint length = number_at(at + 28, 2);
        const guint whole = number_at(at + 24, 4), packed = number_at(at + 20, 4);
        const guint8 *const local = zip + number_at(at + 42, 4);
        if (strlen(name) == length && memcmp(at + 46, name, length) == 0) {
            char *const text = g_malloc0(whole + 1);
            z_stream stream = {.next_in = (guint8 *)(guintptr)local + 30 +
                                          number_at(local + 26, 2) + number_at(local + 28, 2),
                               .avail_in = packed,
                               .next_out = (guint8 *)text,
                               .avail_out = whole};
            g_assert_cmpint(inflateInit2(&stream, -MAX_WBITS), ==, Z_OK);
            g_assert_cmpint(inflate(&stream, Z_FINISH), ==, Z_STREAM_END);
            inflateEnd(&stream);
            return text;
        }
        at += 46 + length + number_at(at + 30, 2) + number_at(at + 32, 2);
    }
    return NULL;
}

static guint count(const char *text, const char *what)
{
    guint n = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at++)
        n++;
    return n;
}

static char *sheet_of(const char *zip, gsize size, guint number)
{
    g_autofree char *name = g_strdup_printf("xl/worksheets/sheet%u.xml", number);
    return text_of((const guint8 *)zip, size, name);
}

/* More rows than fit on a sheet go on the next one, each with the header and a filter. */
static void test_sheets(void)
{
    struct sample sample;
    struct plx_export_outcome outcome;
    g_autofree char *zip = NULL;
    gsize size;
    static const guint rows[] = {9, 9, 3}; /* 3 times 7 */
    sample_init(&sample);
    g_autofree char *path = sample_export(&sample, "x.xlsx", 3, PLX_ROW_KEYS_PERSON, 9, &outcome);
    g_assert_cmpuint(outcome.observations, ==, 21);
    g_assert_true(g_file_get_contents(path, &zip, &size, NULL));
    g_autofree char *book = text_of((const guint8 *)zip, size, "xl/workbook.xml");
    g_assert_nonnull(strstr(book, "<sheet name=\"observations\""));
    g_assert_nonnull(strstr(book, "<sheet name=\"observations 2\""));
    g_assert_nonnull(strstr(book, "<sheet name=\"observations 3\""));
    g_assert_nonnull(strstr(book, "<sheet name=\"map\""));
    g_assert_cmpuint(count(book, "<sheet name="), ==, 4);
    for (guint s = 0; s < G_N_ELEMENTS(rows); s++) {
        g_autofree char *sheet = sheet_of(zip, size, s + 1);
        g_autofree char *last = g_strdup_printf("%u\"/>", rows[s] + 1);
        const char *const filter = strstr(sheet, "<autoFilter ref=\"A1:");
        g_assert_cmpuint(count(sheet, "<row "), ==, rows[s] + 1);
        g_assert_cmpuint(count(sheet, ">audience<"), ==, 1);
        g_assert_nonnull(filter);
        g_assert_true(g_str_has_prefix(strstr(filter, "/>") - strlen(last) + 2, last));
    }
    sample_clear(&sample);
}

/* Exactly as many as fit: no empty sheet behind. */
static void test_full_sheet(void)
{
    struct sample sample;
    g_autofree char *zip = NULL;
    gsize size;
    sample_init(&sample);
    g_autofree char *path = sample_export(&sample, "x.xlsx", 2, PLX_ROW_KEYS_PERSON, 14, NULL);
    g_assert_true(g_file_get_contents(path, &zip, &size, NULL));
    g_autofree char *book = text_of((const guint8 *)zip, size, "xl/workbook.xml");
    g_assert_cmpuint(count(book, "<sheet name="), ==, 2);
    sample_clear(&sample);
}

/* What XML cannot hold: in a cell, a header, the title of the map. */
static void test_illegal(void)
{
    static const struct plx_span notes[SAMPLE_ROWS] = {{"a\xef\xbf\xbe"
                                                        "b\x01",
                                                        6},
                                                       {"", 0},
                                                       {"", 0},
                                                       {"", 0},
                                                       {"", 0},
                                                       {"\xef\xbf\xbf", 3},
                                                       {"", 0}};
    static const char *const files[] = {"xl/worksheets/sheet1.xml", "docProps/core.xml"};
    struct sample sample;
    g_autofree char *zip = NULL;
    gsize size;
    sample_init(&sample);
    sample.batch.note = notes;
    g_free(sample.dims.segment[0]);
    sample.dims.segment[0] = g_strdup("key\xef\xbf\xbf");
    g_free(sample.map->title);
    sample.map->title = g_strdup("Caf\x01\xef\xbf\xbe");
    g_autofree char *path = sample_export(&sample, "x.xlsx", 1, PLX_ROW_KEYS_PERSON, 0, NULL);
    g_assert_true(g_file_get_contents(path, &zip, &size, NULL));
    for (gsize f = 0; f < G_N_ELEMENTS(files); f++) {
        g_autofree char *text = text_of((const guint8 *)zip, size, files[f]);
        g_assert_cmpuint(count(text, "\xef\xbf\xbe") + count(text, "\xef\xbf\xbf"), ==, 0);
        g_assert_cmpuint(count(text, "\x01"), ==, 0);
        g_assert_cmpuint(count(text, "\xef\xbf\xbd"), ==, f == 0 ? 3 : 1);
    }
    sample_clear(&sample);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/xlsx/sheets", test_sheets);
    g_test_add_func("/xlsx/full-sheet", test_full_sheet);
    g_test_add_func("/xlsx/illegal", test_illegal);
    return g_test_run();
}
