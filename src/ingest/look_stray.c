/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slips among the marks of a column: what stands there once and is no mark as the others are does
 * not make the column something else. */
#include "ingest/look.h"

#include "ingest/recipe_words.h"

#include <string.h>

enum { LOWEST = 0, HIGHEST = 10 }; /* of marks */
enum { SHORT = 6 };                /* the end of scales whose marks are not often left out */
enum { NO_MARKS = -1 };            /* the end of columns that have none */

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

/* Marks above the others -------------------------------------------------------------------- */

gboolean plx_look_has_marks(const struct plx_look_column *c)
{
    return c->integers >= 2 && (c->integers + c->codes) * 10 >= c->filled * 8 && c->min >= LOWEST &&
           c->max <= HIGHEST && c->max >= 3 && c->halves == 0;
}

static guint count_of(const struct plx_look_column *c, gint64 from, gint64 to)
{
    guint n = 0;
    GHashTableIter iter;
    gpointer text, count;
    g_hash_table_iter_init(&iter, c->values);
    while (g_hash_table_iter_next(&iter, &text, &count)) {
        gint64 value;
        if (is_mark(text, &value) && value >= from && value <= to)
            n += GPOINTER_TO_UINT(count);
    }
    return n;
}

/* May all marks above `high` be slips? */
static gboolean are_few_above(const struct plx_look_column *c, gint64 high)
{
    return c->integers >= PLX_LOOK_FEW &&
           count_of(c, high + 1, c->max) + c->strays <= plx_look_strays_of(c->filled);
}

static void set_apart(struct plx_look_column *c, gint64 high)
{
    const guint few = count_of(c, high + 1, c->max);
    c->strays += few;
    c->integers -= few;
    c->max = high;
}

/* The highest mark below few that stand apart, with `gap` marks between that nobody gave; the
 * highest of all: there are none. */
static gint64 highest_below_gap(const struct plx_look_column *c, gint64 gap)
{
    for (gint64 high = c->max - 1 - gap; high >= 3 && are_few_above(c, high); high--)
        if (count_of(c, high, high) > 0 && count_of(c, high + 1, high + gap) == 0)
            return high;
    return c->max;
}

/* With which mark a column ends, or NO_MARKS; with `gap`: once few that stand apart are left out.
 */
static gint64 end_of(const struct plx_look_column *c, gint64 gap)
{
    if (!plx_look_has_marks(c) || plx_is_recommend_title(c->title))
        return NO_MARKS;
    return gap > 0 ? highest_below_gap(c, gap) : c->max;
}

static gint64 *ends_of(const struct plx_look *look, gint64 gap)
{
    gint64 *const ends = g_new(gint64, look->n);
    for (guint i = 0; i < look->n; i++)
        ends[i] = end_of(&look->columns[i], gap);
    return ends;
}

/* How many of `n` columns end with `high` or below, and how many go on. */
static void count_ends(const gint64 *ends, guint n, gint64 high, guint *within, guint *beyond)
{
    *within = *beyond = 0;
    for (guint i = 0; i < n; i++) {
        *within += ends[i] != NO_MARKS && ends[i] <= high;
        *beyond += ends[i] > high;
    }
}

/* With marks between that nobody gave, at the end of most columns. */
static void set_distant_apart(struct plx_look *look)
{
    g_autofree gint64 *ends = ends_of(look, 1);
    for (guint i = 0; i < look->n; i++) {
        struct plx_look_column *const c = &look->columns[i];
        gint64 high = ends[i];
        guint within, beyond;
        if (high == NO_MARKS || high == c->max)
            continue;
        count_ends(ends, look->n, high, &within, &beyond);
        if (within == 1) /* nothing but the gap tells */
            high = highest_below_gap(c, 2);
        if (high == c->max || high > SHORT || within <= beyond)
            continue;
        set_apart(c, high);
        ends[i] = end_of(c, 1);
    }
}

/* Without: at the end that at least half of the columns keep to. */
static void set_next_apart(struct plx_look *look)
{
    static const gint64 scales[] = {5, 6, 7}; /* their ends */
    g_autofree gint64 *ends = ends_of(look, 0);
    for (guint k = 0; k < G_N_ELEMENTS(scales); k++) {
        const gint64 high = scales[k];
        guint within, beyond;
        count_ends(ends, look->n, high, &within, &beyond);
        if (within == 0 || within < beyond)
            continue;
        for (guint i = 0; i < look->n; i++)
            if (ends[i] > high && are_few_above(&look->columns[i], high))
                set_apart(&look->columns[i], high);
        return;
    }
}

void plx_look_set_high_apart(struct plx_look *look)
{
    set_distant_apart(look);
    set_next_apart(look);
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
        const gboolean among =
            is_whole(other, &value) && value >= column->min && value <= column->max;
        const gboolean number = strspn(other, "-0123456789.,") == strlen(other) &&
                                strpbrk(other, "0123456789") && !among;
        if (number && (!found || strcmp(other, found) < 0))
            found = other;
    }
    return g_strdup(found);
}
