/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two observations of one thing in one encounter, as files have them (docs/ratings.md): equal ones
 * count once, others are refused, and `item` tells them apart. */

#include "serve/api_private.h"

#include <string.h>

/* An observation that was met, and where. `whole`: of encounters that are named, what stands beside
 * the observations must be alike, too. */
struct met {
    const struct plx_api_said *said;
    guint64 encounter;
    gint64 seconds;
    guint at;
    gint observation;
    json_t *whole; /* borrowed */
};

struct plx_api_once {
    GHashTable *met;  /* struct met, by itself: of named encounters */
    GHashTable *here; /* of the one at hand, which has no name */
    GPtrArray *lists; /* of struct plx_api_said: of named encounters, which may come again */
};

static gboolean is_note_alone(const struct plx_builder_row *row)
{
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (row->value[m] != PLX_CELL_EMPTY)
            return FALSE;
    return row->note && row->surprise == PLX_CELL_EMPTY && row->hesitation == PLX_CELL_EMPTY;
}

static guint text_hash(const char *text)
{
    return text ? g_str_hash(text) : 0;
}

static guint met_hash(gconstpointer data)
{
    const struct met *const met = data;
    const struct plx_builder_row *const row = &met->said->row;
    guint hash = (guint)(met->encounter ^ met->encounter >> 32) * 31 + (guint)row->kind;
    hash = hash * 31 + (guint)row->subject;
    hash = hash * 31 + (guint)row->journey;
    if (row->subject < 0)
        hash = hash * 31 + text_hash(row->id);
    return (hash * 31 + text_hash(row->prompt)) * 31 + text_hash(row->item);
}

/* Of the same thing? Notes alone are of different things when their words differ. */
static gboolean met_equal(gconstpointer a, gconstpointer b)
{
    const struct met *const x = a, *const y = b;
    const struct plx_builder_row *const r = &x->said->row, *const s = &y->said->row;
    return x->encounter == y->encounter && x->seconds == y->seconds && r->kind == s->kind &&
           r->subject == s->subject && r->journey == s->journey &&
           (r->subject >= 0 || g_strcmp0(r->id, s->id) == 0) &&
           g_strcmp0(r->prompt, s->prompt) == 0 && g_strcmp0(r->item, s->item) == 0 &&
           (!is_note_alone(r) || !is_note_alone(s) || strcmp(r->note, s->note) == 0);
}

static gboolean says_the_same(const struct met *a, const struct met *b)
{
    const struct plx_builder_row *const r = &a->said->row, *const s = &b->said->row;
    const char *member;
    json_t *value;
    if (memcmp(r->value, s->value, sizeof r->value) != 0 || r->surprise != s->surprise ||
        r->hesitation != s->hesitation || g_strcmp0(r->note, s->note) != 0 ||
        g_strcmp0(r->asked_p, s->asked_p) != 0)
        return FALSE;
    if (a->whole == b->whole)
        return TRUE;
    if (json_object_size(a->whole) != json_object_size(b->whole))
        return FALSE;
    json_object_foreach(a->whole, member, value)
    {
        if (strcmp(member, "observations") != 0 &&
            !json_equal(value, json_object_get(b->whole, member)))
            return FALSE;
    }
    return TRUE;
}

plx_api_once *plx_api_once_new(void)
{
    plx_api_once *const once = g_new(plx_api_once, 1);
    once->met = g_hash_table_new_full(met_hash, met_equal, g_free, NULL);
    once->here = g_hash_table_new_full(met_hash, met_equal, g_free, NULL);
    once->lists = g_ptr_array_new_with_free_func(g_free);
    return once;
}

void plx_api_once_free(plx_api_once *once)
{
    if (!once)
        return;
    g_hash_table_unref(once->met);
    g_hash_table_unref(once->here);
    g_ptr_array_unref(once->lists);
    g_free(once);
}

void plx_api_once_keep(plx_api_once *once, struct plx_api_said *said)
{
    g_ptr_array_add(once->lists, said);
}

gboolean plx_api_once_take(const plx_api_once *once, struct plx_api_place *at, json_t *whole,
                           const struct plx_occasion *occasion, gboolean named,
                           const struct plx_api_said *said, guint n, struct plx_builder_row *rows,
                           guint *kept)
{
    GHashTable *const known = named ? once->met : once->here;
    *kept = 0;
    g_hash_table_remove_all(once->here);
    for (guint i = 0; i < n; i++) {
        const struct met one = {
            &said[i], occasion->encounter, occasion->seconds, at->encounter, (gint)i, whole};
        const struct met *const before = g_hash_table_lookup(known, &one);
        if (!before) {
            g_hash_table_add(known, g_memdup2(&one, sizeof one));
            rows[(*kept)++] = said[i].row;
            continue;
        }
        at->observation = (gint)i;
        if (!says_the_same(before, &one))
            return plx_api_fail(at, NULL,
                                "is of the same encounter, thing and prompt as "
                                "encounters[%u].observations[%d], and says something else: one of "
                                "them is expected, or an item (1, 2, …) that tells them apart",
                                before->at, before->observation);
        at->observation = -1;
    }
    return TRUE;
}
