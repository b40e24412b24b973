/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/gaps_exact.h"

#include <string.h>

/* The first cell of a group: cells are sorted by group. */
static guint first_cell(const struct plx_table *table, guint group)
{
    guint low = 0, high = table->n_cells;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (table->cells[middle].group < group)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Without respondents and encounters every row is an encounter of its own: what else was rated in
 * it says nothing. */
static gboolean rows_stand_alone(const struct plx_exact *exact, const struct plx_table *table,
                                 guint audience, guint group)
{
    const plx_map *map = exact->map;
    const guint width = map->n_journeys + 1;
    guint64 rows = 0;
    for (guint i = first_cell(table, group); i < table->n_cells && table->cells[i].group == group;
         i++)
        rows += table->cells[i].audience == audience ? table->cells[i].rows : 0;
    const guint64 encounters =
        table->journey_encounters[((gsize)group * map->n_audiences + audience) * width +
                                  map->n_journeys];
    return rows == encounters && rows <= exact->collected->answer->encounters_unknown;
}

/* Where not_asked looks: the point's home journey, or anywhere. */
static guint64 encounters_near(const struct plx_exact *exact, guint audience, gint group,
                               const struct plx_subject *subject)
{
    const struct plx_map *map = exact->map;
    const struct plx_table *table =
        &exact->collected->answer->tables[exact->collected->sides[audience].table];
    if (!table->journey_encounters || group < 0)
        return 0;
    if (rows_stand_alone(exact, table, audience, (guint)group))
        return PLX_NO_ENCOUNTERS;
    const guint width = map->n_journeys + 1;
    guint journey = map->n_journeys; /* any point */
    if (subject->kind == PLX_SUBJECT_JOURNEY && subject->map_index >= 0)
        journey = (guint)subject->map_index;
    else if (subject->map_index >= 0 && map->n_journeys)
        journey = map->points[subject->map_index].journey;
    return table
        ->journey_encounters[((gsize)(guint)group * map->n_audiences + audience) * width + journey];
}

static const char *label_of(const struct plx_exact *exact, guint audience, const char *key)
{
    const struct plx_side *side = &exact->collected->sides[audience];
    if (!key || !side->grid || !side->split)
        return NULL;
    return plx_grid_label(side->grid, exact->question->by.kind, key);
}

static void build_voices(struct plx_exact *exact, const char *key, struct plx_exact_point *point)
{
    const guint n = exact->map->n_audiences;
    point->voices = plx_keep(exact->memory, n, sizeof *point->voices);
    for (guint a = 0; a < n; a++) {
        if (!exact->collected->sides[a].asked)
            continue;
        const struct plx_cell *cell =
            plx_collected_cell(exact->collected, a, FALSE, key, point->subject_index);
        const struct plx_tally *tally =
            cell ? plx_cell_tally(cell, exact->question->measure) : NULL;
        if (!tally || tally->total + tally->na + tally->declined == 0)
            continue;
        struct plx_exact_voice *voice = &point->voices[point->n_voices++];
        const gint group = plx_collected_group(exact->collected, a, FALSE, key);
        voice->v.audience = a;
        voice->v.label = label_of(exact, a, key);
        plx_voice_fill(voice, &exact->map->audiences[a], cell, exact->question->measure,
                       encounters_near(exact, a, group, point->subject),
                       plx_side_is_part(exact->question, &exact->collected->sides[a]),
                       exact->memory);
    }
}

/* The group of a subject where --by only sorts points: its key, or NULL for "not here". */
static const char *home_key(const struct plx_exact *exact, const struct plx_subject *subject)
{
    const struct plx_map *map = exact->map;
    const enum plx_key_kind kind = exact->question->by.kind;
    if (kind == PLX_KEY_POINT || subject->kind == PLX_SUBJECT_JOURNEY)
        return subject->id;
    if (subject->map_index < 0 || !map->n_journeys)
        return "";
    const struct plx_point *point = &map->points[subject->map_index];
    const struct plx_journey *journey = &map->journeys[point->journey];
    return kind == PLX_KEY_JOURNEY ? journey->id : journey->transactions[point->transaction].id;
}

static void build_group(struct plx_exact *exact, struct plx_exact_group *group, const char *key,
                        const char *home)
{
    const struct plx_answer *answer = exact->collected->answer;
    group->key = home ? home : key;
    group->points = plx_keep(exact->memory, answer->n_subjects, sizeof *group->points);
    for (guint s = 0; s < answer->n_subjects; s++) {
        const struct plx_subject *subject = &answer->subjects[s];
        if (!plx_question_takes(exact->question, subject) ||
            (home && strcmp(home, home_key(exact, subject)) != 0))
            continue;
        struct plx_exact_point *point = &group->points[group->n_points];
        memset(point, 0, sizeof *point);
        point->subject = subject;
        point->subject_index = s;
        build_voices(exact, key, point);
        plx_beliefs_fill(exact, key, point);
        if (point->n_voices || point->n_beliefs)
            group->n_points++;
    }
}

/* Groups of points: in the order in which their first point stands. */
static void build_homes(struct plx_exact *exact)
{
    const struct plx_answer *answer = exact->collected->answer;
    exact->groups = plx_keep(exact->memory, answer->n_subjects, sizeof *exact->groups);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint s = 0; s < answer->n_subjects; s++) {
        const struct plx_subject *subject = &answer->subjects[s];
        if (!plx_question_takes(exact->question, subject) ||
            !g_hash_table_add(seen, (gpointer)(guintptr)home_key(exact, subject)))
            continue;
        struct plx_exact_group *group = &exact->groups[exact->n_groups];
        build_group(exact, group, NULL, home_key(exact, subject));
        if (group->n_points)
            exact->n_groups++;
    }
}

void plx_exact_build(struct plx_exact *exact, const plx_question *question,
                     const struct plx_collected *collected)
{
    *exact = (struct plx_exact){.question = question,
                                .map = question->map,
                                .collected = collected,
                                .margin = question->map->margin};
    exact->memory = g_ptr_array_new_with_free_func(g_free);
    exact->notes = g_array_new(FALSE, TRUE, sizeof(struct plx_gaps_note));
    if (question->split && !plx_key_splits_rows(&question->by)) {
        build_homes(exact);
        return;
    }
    exact->groups = plx_keep(exact->memory, collected->keys->len, sizeof *exact->groups);
    for (guint i = 0; i < collected->keys->len; i++) {
        struct plx_exact_group *group = &exact->groups[exact->n_groups];
        build_group(exact, group, g_ptr_array_index(collected->keys, i), NULL);
        exact->n_groups += group->n_points || !question->split ? 1 : 0;
    }
}

void plx_exact_clear(struct plx_exact *exact)
{
    g_ptr_array_unref(exact->memory);
    g_array_unref(exact->notes);
}

void plx_exact_compare(struct plx_exact *exact, guint64 seed)
{
    const gboolean rows = exact->question->split && plx_key_splits_rows(&exact->question->by);
    for (guint g = 0; g < exact->n_groups; g++) {
        struct plx_exact_group *group = &exact->groups[g];
        for (guint p = 0; p < group->n_points; p++) {
            plx_beliefs_compare(exact, &group->points[p]);
            plx_foresight_fill(exact, rows ? group->key : NULL, &group->points[p]);
        }
        plx_rankings_fill(exact, group);
    }
    plx_level_gaps(exact, seed);
}

void plx_exact_note(struct plx_exact *exact, const char *code, gint audience, gint64 count,
                    const char *detail)
{
    const struct plx_gaps_note note = {code, audience, count, detail};
    g_array_append_val(exact->notes, note);
}
