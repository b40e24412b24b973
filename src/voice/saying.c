/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sayings in an order that keys have no part in.
 *
 * Units hold sheets, sheets hold sayings: a tree of texts. Sheets of a unit are put in order by
 * what is on them, units by their sheets; those that are still equal say the same in the same way,
 * so that whichever comes first nothing changes. Then equal sayings follow the order of their
 * sheets, and numbers are given as they appear. */

#include "voice/saying_private.h"

#include <string.h>

struct sheet {
    struct plx_heard *heard; /* in order of content */
    guint n;
};

struct unit {
    struct sheet *sheets; /* in order of content */
    guint n;
};

void plx_sayings_free(struct plx_sayings *sayings)
{
    if (!sayings)
        return;
    g_ptr_array_unref(sayings->memory);
    g_free(sayings);
}

/* Comparing --------------------------------------------------------------------------------- */

static gint compare_numbers(gint64 a, gint64 b)
{
    return a == b ? 0 : a < b ? -1 : 1;
}

static gint compare_keys(guint64 a, guint64 b)
{
    return a == b ? 0 : a < b ? -1 : 1;
}

static gint compare_sayings(const struct plx_saying *a, const struct plx_saying *b)
{
    const char *const texts[][2] = {{a->prompt, b->prompt},
                                    {a->text, b->text},
                                    {a->subject, b->subject},
                                    {a->place, b->place},
                                    {a->language, b->language}};
    const gint64 numbers[][2] = {{a->surprise, b->surprise}, {a->level, b->level},
                                 {a->day, b->day},           {a->mark, b->mark},
                                 {a->known, b->known},       {a->group_size, b->group_size},
                                 {a->kind, b->kind}};
    gint order = strcmp(a->workshop, b->workshop);
    if (order == 0)
        order = strcmp(a->table, b->table);
    if (order == 0)
        order = compare_numbers(a->audience, b->audience);
    for (guint i = 0; order == 0 && i < G_N_ELEMENTS(texts); i++)
        order = g_strcmp0(texts[i][0], texts[i][1]);
    for (guint i = 0; order == 0 && i < G_N_ELEMENTS(numbers); i++)
        order = compare_numbers(numbers[i][0], numbers[i][1]);
    return order;
}

static gint by_content(gconstpointer a, gconstpointer b)
{
    const struct plx_heard *const x = a, *const y = b;
    return compare_sayings(&x->saying, &y->saying);
}

gint plx_heard_compare_units(const struct plx_heard *a, const struct plx_heard *b)
{
    if (!a->dataset || !b->dataset)
        return a->dataset ? 1 : b->dataset ? -1 : compare_keys(a->unit, b->unit);
    gint order = strcmp(a->dataset, b->dataset);
    if (order == 0)
        order = strcmp(a->saying.workshop, b->saying.workshop);
    if (order == 0)
        order = strcmp(a->saying.table, b->saying.table);
    return order ? order : compare_numbers(a->saying.audience, b->saying.audience);
}

gint plx_heard_compare_sheets(const struct plx_heard *a, const struct plx_heard *b)
{
    const gint order = plx_heard_compare_units(a, b);
    return order || a->dataset ? order : compare_keys(a->encounter, b->encounter);
}

static gint by_keys(gconstpointer a, gconstpointer b)
{
    const gint order = plx_heard_compare_sheets(a, b);
    return order ? order : by_content(a, b);
}

static gint by_sayings(gconstpointer a, gconstpointer b)
{
    const struct sheet *const x = a, *const y = b;
    gint order = 0;
    for (guint i = 0; order == 0 && i < MIN(x->n, y->n); i++)
        order = by_content(&x->heard[i], &y->heard[i]);
    return order ? order : compare_numbers(x->n, y->n);
}

static gint by_sheets(gconstpointer a, gconstpointer b)
{
    const struct unit *const x = a, *const y = b;
    gint order = 0;
    for (guint i = 0; order == 0 && i < MIN(x->n, y->n); i++)
        order = by_sayings(&x->sheets[i], &y->sheets[i]);
    return order ? order : compare_numbers(x->n, y->n);
}

/* Equal sayings by the sheets they are on, which are numbered by then. */
static gint by_content_and_sheet(gconstpointer a, gconstpointer b)
{
    const struct plx_heard *const x = a, *const y = b;
    const gint order = by_content(a, b);
    return order ? order : compare_numbers(x->saying.sheet, y->saying.sheet);
}

/* Making ------------------------------------------------------------------------------------ */

static struct plx_heard *all_of(GArray *heard)
{
    return (struct plx_heard *)(gpointer)heard->data;
}

void plx_heard_take_back(GArray *heard, GArray *taken_back)
{
    g_array_sort(heard, by_keys);
    g_array_sort(taken_back, by_keys);
    guint kept = 0, next = 0;
    for (guint i = 0; i < heard->len; i++) {
        const struct plx_heard one = all_of(heard)[i];
        while (next < taken_back->len && by_keys(&all_of(taken_back)[next], &one) < 0)
            next++;
        if (next < taken_back->len && by_keys(&all_of(taken_back)[next], &one) == 0)
            next++;
        else
            all_of(heard)[kept++] = one;
    }
    g_array_set_size(heard, kept);
}

/* Consecutive rows of one encounter; sorted by keys. */
static GArray *find_sheets(GArray *heard)
{
    GArray *const sheets = g_array_new(FALSE, FALSE, sizeof(struct sheet));
    struct plx_heard *const all = all_of(heard);
    for (guint first = 0, end; first < heard->len; first = end) {
        for (end = first + 1;
             end < heard->len && plx_heard_compare_sheets(&all[end], &all[first]) == 0;)
            end++;
        const struct sheet sheet = {all + first, end - first};
        g_array_append_val(sheets, sheet);
    }
    return sheets;
}

/* Consecutive sheets of one unit. */
static GArray *find_units(GArray *sheets)
{
    GArray *const units = g_array_new(FALSE, FALSE, sizeof(struct unit));
    struct sheet *const all = (struct sheet *)(gpointer)sheets->data;
    for (guint first = 0, end; first < sheets->len; first = end) {
        for (end = first + 1;
             end < sheets->len && plx_heard_compare_units(all[end].heard, all[first].heard) == 0;)
            end++;
        qsort(all + first, end - first, sizeof *all, by_sayings);
        const struct unit unit = {all + first, end - first};
        g_array_append_val(units, unit);
    }
    g_array_sort(units, by_sheets);
    return units;
}

/* Numbers sheets and units in the order of their content: good for sorting only. */
static void number_by_content(const GArray *units)
{
    guint sheet = 0;
    for (guint u = 0; u < units->len; u++) {
        const struct unit *const unit = &g_array_index(units, struct unit, u);
        for (guint s = 0; s < unit->n; s++, sheet++) {
            for (guint i = 0; i < unit->sheets[s].n; i++) {
                unit->sheets[s].heard[i].saying.sheet = sheet;
                unit->sheets[s].heard[i].saying.unit = u;
            }
        }
    }
}

/* The number of an old one: the next one where it has none yet. */
static guint number_of(guint *numbers, guint old, guint *n)
{
    if (numbers[old] == G_MAXUINT)
        numbers[old] = (*n)++;
    return numbers[old];
}

static guint *no_numbers(guint n)
{
    guint *const numbers = g_new(guint, n);
    for (guint i = 0; i < n; i++)
        numbers[i] = G_MAXUINT;
    return numbers;
}

struct plx_sayings *plx_sayings_make(GArray *heard, GArray *taken_back, GPtrArray *memory)
{
    struct plx_sayings *const made = g_new0(struct plx_sayings, 1);
    plx_heard_take_back(heard, taken_back);
    g_autoptr(GArray) sheets = find_sheets(heard);
    g_autoptr(GArray) units = find_units(sheets);
    number_by_content(units);
    g_autofree guint *sheet = no_numbers(sheets->len);
    g_autofree guint *unit = no_numbers(units->len);
    g_array_sort(heard, by_content_and_sheet); /* sheets and units point into it no more */
    made->n = heard->len;
    made->sayings = g_new(struct plx_saying, heard->len);
    made->memory = memory;
    g_ptr_array_add(memory, made->sayings);
    for (guint i = 0; i < heard->len; i++) {
        struct plx_saying *const saying = &made->sayings[i];
        *saying = all_of(heard)[i].saying;
        saying->sheet = number_of(sheet, saying->sheet, &made->n_sheets);
        saying->unit = number_of(unit, saying->unit, &made->n_units);
    }
    return made;
}
