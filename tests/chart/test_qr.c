/* SPDX-License-Identifier: GPL-3.0-or-later */

/* QR codes: the modules of a drawing are read back here bit by bit, and compared with the codewords
 * that the standard publishes. */

#include "chart/qr.h"

#include <string.h>

#define SIZE 21 /* modules of version 1 */

/* The whole number behind `before`; both are passed. */
static int read_number(const char **at, const char *before)
{
    g_assert_true(g_str_has_prefix(*at, before));
    char *end;
    const gint64 number = g_ascii_strtoll(*at + strlen(before), &end, 10);
    *at = end;
    return (int)number;
}

/* The dark modules of a drawing of version 1, without the quiet ones. */
static void read_modules(const char *svg, gboolean dark[SIZE][SIZE])
{
    memset(dark, 0, sizeof(gboolean) * SIZE * SIZE);
    const char *at = strstr(svg, " d=\"");
    g_assert_nonnull(at);
    for (at += 4; *at != '"';) {
        const int x = read_number(&at, "M"), y = read_number(&at, " ");
        const int width = read_number(&at, "h"), back = read_number(&at, "v1h-");
        g_assert_cmpint(*at++, ==, 'z');
        g_assert_cmpint(width, ==, back);
        for (int i = 0; i < width; i++) {
            g_assert_true(x + i >= PLX_QR_QUIET && x + i < SIZE + PLX_QR_QUIET);
            dark[y - PLX_QR_QUIET][x + i - PLX_QR_QUIET] = TRUE;
        }
    }
}

/* The 15 bits beside the upper left finder, without their mask. */
static guint read_format(gboolean dark[SIZE][SIZE])
{
    guint format = 0;
    for (guint i = 0; i < 15; i++) {
        const guint x = i <= 7 ? 8 : i == 8 ? 7 : 14 - i;
        const guint y = i <= 5 ? i : i == 6 ? 7 : 8;
        format |= (guint)dark[y][x] << i;
    }
    return format ^ 0x5412u;
}

static gboolean is_masked(guint mask, guint x, guint y)
{
    switch (mask) {
    case 0:
        return (x + y) % 2 == 0;
    case 1:
        return y % 2 == 0;
    case 2:
        return x % 3 == 0;
    case 3:
        return (x + y) % 3 == 0;
    case 4:
        return (y / 2 + x / 3) % 2 == 0;
    case 5:
        return x * y % 2 + x * y % 3 == 0;
    case 6:
        return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
        return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

static gboolean is_fixed(guint x, guint y)
{
    return x == 6 || y == 6 || (x < 9 && y < 9) || (x >= SIZE - 8 && y < 9) ||
           (x < 9 && y >= SIZE - 8);
}

/* All codewords, in the order of the zigzag from the lower right. */
static void read_codewords(gboolean dark[SIZE][SIZE], guint mask, guint8 words[26])
{
    guint bits = 0;
    gboolean up = TRUE;
    memset(words, 0, 26);
    for (guint right = SIZE - 1; right < SIZE; right -= right == 8 ? 3 : 2, up = !up)
        for (guint step = 0; step < SIZE; step++)
            for (guint side = 0; side < 2; side++) {
                const guint x = right - side, y = up ? SIZE - 1 - step : step;
                if (is_fixed(x, y))
                    continue;
                const guint bit = (dark[y][x] != 0) ^ (is_masked(mask, x, y) != 0);
                words[bits / 8] = (guint8)(words[bits / 8] | bit << (7 - bits % 8));
                bits++;
            }
    g_assert_cmpuint(bits, ==, 26 * 8);
}

/* ISO/IEC 18004, annex I: "01234567" in a symbol of version 1, level M. */
static void test_published(void)
{
    static const guint8 published[26] = {0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec,
                                         0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xa5, 0x24,
                                         0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55};
    g_autoptr(plx_svg) svg = plx_qr("01234567", NULL, "a number");
    gboolean dark[SIZE][SIZE];
    read_modules(plx_svg_finish(svg), dark);
    const guint format = read_format(dark);
    g_assert_cmpuint(format >> 13, ==, 0); /* level M */
    guint8 words[26];
    read_codewords(dark, format >> 10 & 7, words);
    g_assert_true(memcmp(words, published, sizeof published) == 0);
}

static void test_drawing(void)
{
    g_autoptr(plx_svg) svg = plx_qr("01234567", "code", "<a number>");
    const char *const text = plx_svg_finish(svg);
    g_assert_nonnull(strstr(text, "viewBox=\"0 0 29 29\"")); /* 21 and 4 on both sides */
    g_assert_nonnull(strstr(text, "class=\"code\""));
    g_assert_nonnull(strstr(text, "role=\"img\""));
    g_assert_nonnull(strstr(text, "aria-label=\"&lt;a number&gt;\""));
    g_assert_nonnull(strstr(text, "M4 4h7v1h-7z")); /* the top of the first finder */
}

/* All lengths up to the longest have a code; the longest one of version 10: 57 modules. */
static void test_lengths(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < PLX_QR_TEXT_MAX; i++) {
        g_string_append_c(text, 'a');
        g_autoptr(plx_svg) svg = plx_qr(text->str, NULL, "");
        g_assert_nonnull(strstr(plx_svg_finish(svg), "<path"));
    }
    g_autoptr(plx_svg) longest = plx_qr(text->str, NULL, "");
    g_assert_nonnull(strstr(plx_svg_finish(longest), "viewBox=\"0 0 65 65\""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/qr/published", test_published);
    g_test_add_func("/chart/qr/drawing", test_drawing);
    g_test_add_func("/chart/qr/lengths", test_lengths);
    return g_test_run();
}
