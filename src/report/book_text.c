/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/book_text.h"

#define CELL_CHARACTERS 32767 /* of UTF-16 */

guint plx_book_lines(const char *text, guint width)
{
    guint lines = 1, length = 0;
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (guint i = 0; words[i]; i++) {
        const guint word = (guint)g_utf8_strlen(words[i], -1);
        if (length > 0 && length + 1 + word > width) {
            lines++;
            length = 0;
        }
        length += word + (length > 0);
        lines += length / (width + 1); /* a word that is longer than a line */
        length %= width + 1;
    }
    return lines;
}

guint plx_book_longest_word(const char *name)
{
    guint longest = 0, length = 0;
    for (const char *p = name; *p; p = g_utf8_next_char(p)) {
        length = *p == ' ' ? 0 : length + 1;
        longest = MAX(longest, length);
    }
    return longest + 2; /* the arrow of the filter stands there, too */
}

char *plx_book_fitting(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    const char *at = valid;
    for (guint units = 0; *at; at = g_utf8_next_char(at)) {
        units += g_utf8_get_char(at) > 0xFFFF ? 2 : 1;
        if (units > CELL_CHARACTERS)
            break;
    }
    return g_strndup(valid, (gsize)(at - valid));
}
