/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_index.h"

#include <string.h>

/* The rules in plain words, one byte after the other. */
struct naive {
    GArray *at;
    gsize newlines, rows, misplaced;
    gboolean open;
};

static struct naive naive_index(const char *text, gsize n, char delimiter, char quote)
{
    struct naive naive = {g_array_new(FALSE, FALSE, sizeof(guint32)), 0, 0, G_MAXSIZE, FALSE};
    for (gsize i = 0; i < n; i++) {
        const gboolean starts =
            i == 0 || (!naive.open && (text[i - 1] == delimiter || text[i - 1] == '\n'));
        if (i > 0 && text[i - 1] == quote && !naive.open && text[i] != delimiter &&
            text[i] != '\n' && text[i] != quote && memcmp(text + i, "\r\n", 2) != 0 &&
            naive.misplaced == G_MAXSIZE)
            naive.misplaced = i;
        naive.newlines += text[i] == '\n';
        if (text[i] == quote) {
            const gboolean doubled = i > 0 && text[i - 1] == quote;
            if (!naive.open && !starts && !doubled && naive.misplaced == G_MAXSIZE)
                naive.misplaced = i;
            naive.open = !naive.open;
        } else if (!naive.open && (text[i] == delimiter || text[i] == '\n')) {
            const guint32 at = (guint32)i;
            g_array_append_val(naive.at, at);
            naive.rows += text[i] == '\n';
        }
    }
    return naive;
}

static void check(const char *text, gsize n)
{
    g_autofree char *padded = g_malloc0(n + PLX_CSV_PAD);
    memcpy(padded, text, n);
    const struct naive naive = naive_index(padded, n, ',', '"');
    for (enum plx_csv_kernel kernel = PLX_CSV_BEST; kernel <= PLX_CSV_PORTABLE; kernel++) {
        struct plx_csv_index index = {0};
        plx_csv_index_run(&index, padded, n, ',', '"', kernel);
        g_assert_cmpuint(index.n, ==, naive.at->len);
        g_assert_cmpuint(index.at[0], ==, G_MAXUINT32);
        if (index.n > 0)
            g_assert_true(memcmp(index.at + 1, naive.at->data, index.n * 4) == 0);
        g_assert_cmpuint(index.newlines, ==, naive.newlines);
        g_assert_cmpuint(index.rows, ==, naive.rows);
        g_assert_cmpint(index.open, ==, naive.open);
        g_assert_cmpuint(index.misplaced, ==, naive.misplaced);
        gboolean open;
        gsize expected = 0;
        for (guint i = 0; i < naive.at->len; i++)
            if (padded[g_array_index(naive.at, guint32, i)] == '\n')
                expected = g_array_index(naive.at, guint32, i) + 1;
        g_assert_cmpuint(plx_csv_last_row_end(padded, n, '"', &open, kernel), ==, expected);
        g_assert_cmpint(open, ==, naive.open);
        plx_csv_index_clear(&index);
    }
    g_array_unref(naive.at);
}

static void test_cases(void)
{
    static const char *const cases[] = {
        "",         "\n",           "a,b\nc,d\n",      "a,\"b,c\"\nd,e\n",
        "\"\"\n",   "\"a\"\"b\"\n", "\"a\nb\",c\n",    "a\"b\n",
        "\"a\"b\n", "\"a\"\r\n",    "\"a\"\r,\"b\"\n", "\"open",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        check(cases[i], strlen(cases[i]));
}

/* All kernels and the plain scanner agree on any bytes, at any length around the word sizes. */
static void test_random(void)
{
    static const char alphabet[] = "ab,,\n\n\"\"\r\n,x1";
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (guint round = 0; round < 3000; round++) {
        const gsize n = (gsize)g_rand_int_range(random, 0, round % 50 == 0 ? 9000 : 200);
        g_autofree char *text = g_malloc(n + 1);
        const gboolean any = round % 4 == 0;
        for (gsize i = 0; i < n; i++)
            text[i] = any ? (char)g_rand_int_range(random, 0, 256)
                          : alphabet[g_rand_int_range(random, 0, (gint)sizeof alphabet - 1)];
        check(text, n);
    }
}

static void test_flags(void)
{
    char text[256] = {0};
    for (enum plx_csv_kernel kernel = PLX_CSV_BEST; kernel <= PLX_CSV_PORTABLE; kernel++) {
        struct plx_csv_index index = {0};
        memset(text, 'a', 100);
        plx_csv_index_run(&index, text, 100, ',', '"', kernel);
        g_assert_false(index.has_nul || index.has_high || index.has_quote);
        text[97] = '\0';
        plx_csv_index_run(&index, text, 100, ',', '"', kernel);
        g_assert_true(index.has_nul);
        g_assert_false(index.has_high);
        text[97] = '\xE9';
        plx_csv_index_run(&index, text, 100, ',', '"', kernel);
        g_assert_true(index.has_high);
        g_assert_false(index.has_nul);
        /* Without quoting a quote is a character. */
        memcpy(text, "a\",\"b\n", 6);
        plx_csv_index_run(&index, text, 6, ',', 0, kernel);
        g_assert_cmpuint(index.n, ==, 2);
        g_assert_false(index.has_quote);
        plx_csv_index_clear(&index);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv-index/cases", test_cases);
    g_test_add_func("/csv-index/random", test_random);
    g_test_add_func("/csv-index/flags", test_flags);
    return g_test_run();
}
