/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks in place of sayings: only what belongs together matters, so that keys are sorted, not
 * contents. */

#include "voice/saying_private.h"

/* Where a saying belongs, beside itself: sorting looks nowhere else, but for tables. */
struct place {
    guint64 unit, encounter;
    const char *dataset; /* of a table */
    const struct plx_heard *heard;
};

static gint compare_keys(guint64 a, guint64 b)
{
    return a == b ? 0 : a < b ? -1 : 1;
}

static gint compare_units(const struct place *x, const struct place *y)
{
    return x->dataset || y->dataset ? plx_heard_compare_units(x->heard, y->heard)
                                    : compare_keys(x->unit, y->unit);
}

static gint by_sheet(gconstpointer a, gconstpointer b)
{
    const struct place *const x = a, *const y = b;
    if (x->dataset || y->dataset)
        return plx_heard_compare_sheets(x->heard, y->heard);
    const gint order = compare_keys(x->unit, y->unit);
    return order ? order : compare_keys(x->encounter, y->encounter);
}

/* Sheets that something is taken back of are few: only their sayings are compared. */
static void take_back(GArray *heard, GArray *taken_back)
{
    g_autoptr(GHashTable) sheets = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GArray) touched = g_array_new(FALSE, FALSE, sizeof(struct plx_heard));
    for (guint i = 0; i < taken_back->len; i++)
        g_hash_table_add(sheets, &g_array_index(taken_back, struct plx_heard, i).encounter);
    guint kept = 0;
    for (guint i = 0; i < heard->len; i++) {
        const struct plx_heard one = g_array_index(heard, struct plx_heard, i);
        if (g_hash_table_contains(sheets, &one.encounter))
            g_array_append_val(touched, one);
        else
            g_array_index(heard, struct plx_heard, kept++) = one;
    }
    g_array_set_size(heard, kept);
    g_hash_table_remove_all(sheets); /* its keys are about to move */
    plx_heard_take_back(touched, taken_back);
    g_array_append_vals(heard, touched->data, touched->len);
}

static struct place *find_places(const GArray *heard)
{
    struct place *const places = g_new(struct place, heard->len);
    for (guint i = 0; i < heard->len; i++) {
        const struct plx_heard *const one = &g_array_index(heard, struct plx_heard, i);
        places[i] = (struct place){one->unit, one->encounter, one->dataset, one};
    }
    qsort(places, heard->len, sizeof *places, by_sheet);
    return places;
}

struct plx_sayings *plx_sayings_group(GArray *heard, GArray *taken_back, GPtrArray *memory)
{
    struct plx_sayings *const made = g_new0(struct plx_sayings, 1);
    if (taken_back->len > 0)
        take_back(heard, taken_back);
    g_autofree struct place *places = find_places(heard);
    made->n = heard->len;
    made->sayings = g_new(struct plx_saying, heard->len);
    made->memory = memory;
    g_ptr_array_add(memory, made->sayings);
    for (guint i = 0; i < heard->len; i++) {
        made->n_units += i == 0 || compare_units(&places[i], &places[i - 1]) != 0;
        made->n_sheets += i == 0 || by_sheet(&places[i], &places[i - 1]) != 0;
        made->sayings[i] = places[i].heard->saying;
        made->sayings[i].unit = made->n_units - 1;
        made->sayings[i].sheet = made->n_sheets - 1;
    }
    return made;
}
