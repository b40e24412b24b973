/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/width.h"

guint plx_width_of_char(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

guint plx_width(const char *text)
{
    guint columns = 0;
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        columns += plx_width_of_char(g_utf8_get_char(at));
    return columns;
}

/* The first character of the view: the caret and one column for the mark of what follows must fit
 * behind it. */
static const char *view_start(const char *text, guint columns, const char *caret)
{
    const char *start = caret;
    guint used = *caret ? plx_width_of_char(g_utf8_get_char(caret)) : 1;
    while (start > text) {
        const char *const before = g_utf8_prev_char(start);
        const guint more = plx_width_of_char(g_utf8_get_char(before));
        /* A column for each of the two marks. */
        if (used + more + (before > text ? 1 : 0) + (*caret ? 1 : 0) > columns)
            break;
        used += more;
        start = before;
    }
    return start;
}

char *plx_width_view(const char *text, guint columns, guint caret, guint *caret_column)
{
    const char *const there =
        g_utf8_offset_to_pointer(text, MIN((glong)caret, g_utf8_strlen(text, -1)));
    const char *at = view_start(text, columns, there);
    GString *const out = g_string_new(at > text ? "‹" : NULL);
    guint used = at > text ? 1 : 0;
    guint column = used;
    while (*at) {
        const gunichar c = g_utf8_get_char(at);
        const char *const next = g_utf8_next_char(at);
        if (at == there)
            column = used;
        const guint width = plx_width_of_char(c);
        if (used + width + (*next ? 1 : 0) > columns)
            break;
        g_string_append_unichar(out, g_unichar_iscntrl(c) ? '?' : c);
        used += width;
        at = next;
    }
    if (*at)
        g_string_append(out, "›");
    else if (at == there)
        column = used;
    *caret_column = MIN(column, columns - 1);
    return g_string_free(out, FALSE);
}
