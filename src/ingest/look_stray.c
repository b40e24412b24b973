/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slips among the marks of a column: what stands there once and is no mark as the others are does
 * not make the column something else. */
#include "ingest/look.h"

#include <string.h>

enum { LOWEST = 0, HIGHEST = 10 }; /* of marks */

guint plx_look_strays_of(guint filled)
{
    return filled < 10 ? 0 : MAX(1, filled / 100);
}

/* A whole number, also as 3,0; TRUE with its value. */
static gboolean is_whole(const char *text, gint64 *value)
{
    char *end = NULL;
    *value = g_ascii_strtoll(text, &end, 10);
    if (end > text && (*end == '.' || *end == ','))
        end += 1 + strspn(end + 1, "0");
    return end > text && *end == '\0';
}

static gboolean is_mark(const char *text, gint64 *value)
{
    return is_whole(text, value) && *value >= LOWEST && *value <= HIGHEST;
}

/* Other numbers, and the ends of the marks without them. */
static guint count_others(const struct plx_look_column *column, gint64 *min, gint64 *max)
{
    guint others = column->halves;
    gboolean first = TRUE;
    GHashTableIter iter;
    gpointer text, n;
    g_hash_table_iter_init(&iter, column->values);
    while (g_hash_table_iter_next(&iter, &text, &n)) {
        gint64 value;
        if (is_mark(text, &value)) {
            *min = first ? value : MIN(*min, value);
            *max = first ? value : MAX(*max, value);
            first = FALSE;
        } else if (is_whole(text, &value)) {
            others += GPOINTER_TO_UINT(n);
        }
    }
    return first ? G_MAXUINT : others;
}

void plx_look_set_strays_apart(struct plx_look_column *column)
{
    gint64 min = 0, max = 0;
    if (column->integers == 0 || plx_look_distinct(column) >= PLX_LOOK_DISTINCT)
        return;
    const guint others = count_others(column, &min, &max);
    if (others == 0 || others > plx_look_strays_of(column->filled))
        return;
    column->strays = others;
    column->integers -= others - column->halves;
    column->halves = 0;
    column->min = min;
    column->max = max;
}

char *plx_look_stray(const struct plx_look_column *column)
{
    GHashTableIter iter;
    gpointer text;
    gint64 value;
    const char *found = NULL;
    g_hash_table_iter_init(&iter, column->values);
    while (column->strays > 0 && g_hash_table_iter_next(&iter, &text, NULL)) {
        const char *const other = text;
        const gboolean number = strspn(other, "-0123456789.,") == strlen(other) &&
                                strpbrk(other, "0123456789") && !is_mark(other, &value);
        if (number && (!found || strcmp(other, found) < 0))
            found = other;
    }
    return g_strdup(found);
}
