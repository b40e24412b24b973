/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sequence of two that began as the same. What both know keeps the order that one of them gave
 * it; what only one has stands where it stood there, behind what it followed. */
#include "map/map_things.h"

#include <string.h>

static GHashTable *set_of(const GPtrArray *list)
{
    GHashTable *const set = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; list && i < list->len; i++)
        g_hash_table_add(set, list->pdata[i]);
    return set;
}

/* Those of `list` that are in both sets, borrowed. */
static GPtrArray *within(const GPtrArray *list, GHashTable *a, GHashTable *b)
{
    GPtrArray *const some = g_ptr_array_new();
    for (guint i = 0; list && i < list->len; i++)
        if (g_hash_table_contains(a, list->pdata[i]) && g_hash_table_contains(b, list->pdata[i]))
            g_ptr_array_add(some, list->pdata[i]);
    return some;
}

static gint compare(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; i < a->len && i < b->len; i++) {
        const gint order = strcmp(a->pdata[i], b->pdata[i]);
        if (order != 0)
            return order;
    }
    return (gint)a->len - (gint)b->len;
}

static gboolean moved(const GPtrArray *base, const GPtrArray *list, GHashTable *common)
{
    g_autoptr(GHashTable) known = set_of(base);
    g_autoptr(GPtrArray) before = within(base, known, common);
    g_autoptr(GPtrArray) after = within(list, known, common);
    return compare(before, after) != 0;
}

/* What stands behind `anchor` (NULL: in front) in `list` before the next of `spine`, if a member.
 */
static GPtrArray *behind(const GPtrArray *list, const char *anchor, GHashTable *spine,
                         GHashTable *members)
{
    GPtrArray *const run = g_ptr_array_new();
    gboolean on = anchor == NULL;
    for (guint i = 0; list && i < list->len; i++) {
        if (g_hash_table_contains(spine, list->pdata[i])) {
            if (on)
                break;
            on = g_strcmp0(list->pdata[i], anchor) == 0;
        } else if (on && g_hash_table_contains(members, list->pdata[i])) {
            g_ptr_array_add(run, list->pdata[i]);
        }
    }
    return run;
}

static void add_runs(const GPtrArray *a, const GPtrArray *b, const char *anchor, GHashTable *spine,
                     GHashTable *members, GPtrArray *out)
{
    g_autoptr(GPtrArray) first = behind(a, anchor, spine, members);
    g_autoptr(GPtrArray) second = behind(b, anchor, spine, members);
    const gboolean swap = compare(first, second) > 0; /* the same whoever is a */
    const GPtrArray *const runs[] = {swap ? second : first, swap ? first : second};
    for (gsize r = 0; r < G_N_ELEMENTS(runs); r++)
        for (guint i = 0; i < runs[r]->len; i++)
            g_ptr_array_add(out, runs[r]->pdata[i]);
}

gboolean plx_things_order(const GPtrArray *base, const GPtrArray *a, const GPtrArray *b,
                          GHashTable *members, int choice, GPtrArray *out)
{
    g_autoptr(GHashTable) in_a = set_of(a), in_b = set_of(b);
    g_autoptr(GPtrArray) as_a = within(a, in_b, members), as_b = within(b, in_a, members);
    g_autoptr(GHashTable) spine = set_of(as_a);
    const gboolean a_moved = moved(base, a, spine), b_moved = moved(base, b, spine);
    const GPtrArray *order = b_moved || (!a_moved && compare(as_b, as_a) < 0) ? as_b : as_a;
    if (a_moved && b_moved && compare(as_a, as_b) != 0) {
        if (choice == 0)
            return FALSE;
        order = choice > 0 ? as_b : as_a;
    }
    add_runs(a, b, NULL, spine, members, out);
    for (guint i = 0; i < order->len; i++) {
        g_ptr_array_add(out, order->pdata[i]);
        add_runs(a, b, order->pdata[i], spine, members, out);
    }
    return TRUE;
}
