/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/twins.h"

#define LINE_WORDS 8
#define LINES_LOG2 20
#define BITS_PER_KEY 4

/* What is asked of a group of rows. */
enum question { REPEATED, SPLIT, CROWDED, QUESTIONS };

struct plx_twins {
    guint64 *filter;
    GHashTable *suspect[QUESTIONS]; /* group -> its first member */
    GHashTable *members;            /* of suspect groups: those seen, of REPEATED */
    GHashTable *found[QUESTIONS];   /* group -> rows written so far */
    struct plx_twin last;
    gboolean has_last;
};

/* SplitMix64's finaliser (Steele, Lea, Flood 2014) over both. */
guint64 plx_twins_mix(guint64 a, guint64 b)
{
    guint64 x = a * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) + b + G_GUINT64_CONSTANT(0x9e3779b9);
    x = (x ^ x >> 30) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return x ^ x >> 31;
}

plx_twins *plx_twins_new(void)
{
    plx_twins *const twins = g_new0(plx_twins, 1);
    /* Pages that are not touched cost nothing. */
    twins->filter = g_malloc0_n((gsize)LINE_WORDS << LINES_LOG2, sizeof *twins->filter);
    for (guint q = 0; q < QUESTIONS; q++) {
        twins->suspect[q] = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
        twins->found[q] = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    }
    twins->members = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    return twins;
}

void plx_twins_free(plx_twins *twins)
{
    if (!twins)
        return;
    g_free(twins->filter);
    for (guint q = 0; q < QUESTIONS; q++) {
        g_hash_table_unref(twins->suspect[q]);
        g_hash_table_unref(twins->found[q]);
    }
    g_hash_table_unref(twins->members);
    g_free(twins);
}

static guint64 *own(guint64 value)
{
    guint64 *const copy = g_new(guint64, 1);
    *copy = value;
    return copy;
}

/* Puts a key into the filter; FALSE when it cannot have been there. */
static gboolean was_there(plx_twins *twins, guint64 key, guint salt)
{
    const guint64 hash = plx_twins_mix(key, salt);
    guint64 *const line = twins->filter + (hash >> (64 - LINES_LOG2)) * LINE_WORDS;
    gboolean all = TRUE;
    for (guint k = 0; k < BITS_PER_KEY; k++) {
        const guint bit = (guint)(hash >> 9 * k) & (LINE_WORDS * 64 - 1);
        const guint64 mask = G_GUINT64_CONSTANT(1) << bit % 64;
        all &= (line[bit / 64] & mask) != 0;
        line[bit / 64] |= mask;
    }
    return all;
}

static void suspect(plx_twins *twins, enum question question, guint64 group)
{
    if (!g_hash_table_contains(twins->suspect[question], &group))
        g_hash_table_insert(twins->suspect[question], own(group), NULL);
}

/* A group that was there with a member that was not. */
static void look_for_other(plx_twins *twins, enum question question, guint64 group, guint64 member)
{
    const gboolean group_there = was_there(twins, group, 2 * question);
    const gboolean member_there = was_there(twins, plx_twins_mix(group, member), 2 * question + 1);
    if (group_there && !member_there)
        suspect(twins, question, group);
}

static guint64 group_of(const struct plx_twin *row)
{
    return plx_twins_mix(plx_twins_mix(row->encounter, row->constancy), row->subject);
}

void plx_twins_first(plx_twins *twins, const struct plx_twin *row)
{
    const gboolean same = twins->has_last && twins->last.named == row->named &&
                          twins->last.encounter == row->encounter &&
                          twins->last.constancy == row->constancy &&
                          twins->last.moment == row->moment;
    if (row->named) {
        if (!same)
            look_for_other(twins, SPLIT, row->encounter, row->constancy);
        if (was_there(twins, plx_twins_mix(group_of(row), row->item), 2 * QUESTIONS))
            suspect(twins, REPEATED, group_of(row));
    } else if (row->moment && !same) {
        look_for_other(twins, CROWDED, row->moment, row->encounter);
    }
    twins->last = *row;
    twins->has_last = TRUE;
}

gboolean plx_twins_any(const plx_twins *twins)
{
    for (guint q = 0; q < QUESTIONS; q++)
        if (g_hash_table_size(twins->suspect[q]) > 0)
            return TRUE;
    return FALSE;
}

static void confirm(plx_twins *twins, enum question question, guint64 group)
{
    if (!g_hash_table_contains(twins->found[question], &group))
        g_hash_table_insert(twins->found[question], own(group), own(0));
}

static void check_other(plx_twins *twins, enum question question, guint64 group, guint64 member)
{
    gpointer first;
    if (!g_hash_table_lookup_extended(twins->suspect[question], &group, NULL, &first))
        return;
    if (!first)
        g_hash_table_insert(twins->suspect[question], own(group), own(member));
    else if (*(const guint64 *)first != member)
        confirm(twins, question, group);
}

void plx_twins_second(plx_twins *twins, const struct plx_twin *row)
{
    if (!row->named) {
        if (row->moment)
            check_other(twins, CROWDED, row->moment, row->encounter);
        return;
    }
    check_other(twins, SPLIT, row->encounter, row->constancy);
    const guint64 group = group_of(row), member = plx_twins_mix(group, row->item);
    if (!g_hash_table_contains(twins->suspect[REPEATED], &group))
        return;
    if (!g_hash_table_add(twins->members, own(member)))
        confirm(twins, REPEATED, group);
}

gboolean plx_twins_have_items(const plx_twins *twins)
{
    return g_hash_table_size(twins->found[REPEATED]) > 0;
}

guint plx_twins_n_split(const plx_twins *twins)
{
    return g_hash_table_size(twins->found[SPLIT]);
}

guint64 plx_twins_item(plx_twins *twins, const struct plx_twin *row)
{
    if (!row->named || g_hash_table_size(twins->found[REPEATED]) == 0)
        return 0;
    const guint64 group = group_of(row);
    guint64 *const count = g_hash_table_lookup(twins->found[REPEATED], &group);
    return count ? ++*count : 0;
}

gboolean plx_twins_is_split(const plx_twins *twins, guint64 encounter)
{
    return g_hash_table_size(twins->found[SPLIT]) > 0 &&
           g_hash_table_contains(twins->found[SPLIT], &encounter);
}

gboolean plx_twins_is_crowded(const plx_twins *twins, guint64 moment)
{
    return g_hash_table_size(twins->found[CROWDED]) > 0 &&
           g_hash_table_contains(twins->found[CROWDED], &moment);
}
