/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/gaps_exact.h"

#include <stdlib.h>
#include <string.h>

#define PLX_BUILT_IN 4 /* leader, staff, shopper, customer: of every map */

/* What happened to one audience over the whole document. */
struct seen {
    gint64 most; /* persons, on one point */
    guint voices, shown, rounded;
    guint hidden[PLX_HIDDEN_FILTER + 1]; /* by enum plx_suppression */
};

static void see(struct seen *seen, gint64 persons, enum plx_suppression suppressed)
{
    seen->most = MAX(seen->most, persons);
    if (suppressed)
        seen->hidden[suppressed]++;
    else
        seen->shown++;
}

static struct seen look(const struct plx_exact *exact, guint audience)
{
    struct seen seen = {0};
    for (guint g = 0; g < exact->n_groups; g++) {
        for (guint p = 0; p < exact->groups[g].n_points; p++) {
            const struct plx_exact_point *point = &exact->groups[g].points[p];
            for (guint i = 0; i < point->n_voices; i++) {
                const struct plx_voice *v = &point->voices[i].v;
                if (v->audience != audience)
                    continue;
                see(&seen, v->persons, v->suppressed);
                seen.voices++;
                seen.rounded += v->rounded ? 1 : 0;
            }
            for (guint i = 0; i < point->n_beliefs; i++) {
                const struct plx_belief *b = &point->beliefs[i].b;
                if (b->by == audience)
                    see(&seen, b->persons, b->suppressed);
            }
            for (guint i = 0; i < point->foresight.n_predictions; i++) {
                const struct plx_prediction *f = &point->foresight.predictions[i];
                if (f->by == audience)
                    see(&seen, f->persons, f->suppressed);
            }
        }
    }
    return seen;
}

static const char *text(struct plx_exact *exact, char *owned)
{
    g_ptr_array_add(exact->memory, owned);
    return owned;
}

static const char *number(struct plx_exact *exact, gint64 value)
{
    return text(exact, g_strdup_printf("%" G_GINT64_FORMAT, value));
}

static void note_hidden(struct plx_exact *exact, guint audience, const struct seen *seen)
{
    const gint a = (gint)audience;
    if (seen->hidden[PLX_HIDDEN_FEW] && !seen->shown && !seen->hidden[PLX_HIDDEN_COMPLEMENTARY] &&
        !seen->hidden[PLX_HIDDEN_FILTER]) {
        plx_exact_note(exact, "audience_hidden", a, seen->most,
                       number(exact, plx_minimum(&exact->map->audiences[audience])));
        return;
    }
    if (seen->hidden[PLX_HIDDEN_FEW])
        plx_exact_note(exact, "cells_hidden", a, seen->hidden[PLX_HIDDEN_FEW], "few_persons");
    if (seen->hidden[PLX_HIDDEN_COMPLEMENTARY])
        plx_exact_note(exact, "cells_hidden", a, seen->hidden[PLX_HIDDEN_COMPLEMENTARY],
                       "complementary");
}

static void note_population(struct plx_exact *exact, guint audience, const struct seen *seen)
{
    const gint64 population = exact->map->audiences[audience].population;
    if (!population || !seen->shown)
        return;
    if (seen->most == population)
        plx_exact_note(exact, "all_answered", (gint)audience, population, NULL);
    else if (!plx_side_is_part(exact->question, &exact->collected->sides[audience]))
        plx_exact_note(exact, seen->most < population ? "some_answered" : "population_exceeded",
                       (gint)audience, seen->most, number(exact, population));
}

static void note_classes(struct plx_exact *exact, guint audience, enum plx_key_kind kind)
{
    const plx_grid *grid = exact->collected->sides[audience].grid;
    const GPtrArray *keys = plx_grid_keys(grid, kind);
    for (guint i = 0; keys && i < keys->len; i++) {
        const char *key = g_ptr_array_index(keys, i);
        const char *label = plx_grid_label(grid, kind, key);
        if (label && strcmp(plx_grid_class(grid, kind, key), key) == 0 &&
            plx_grid_selects(grid, kind, key))
            plx_exact_note(exact, "merged", (gint)audience, -1, text(exact, g_strdup(label)));
    }
}

static void note_side(struct plx_exact *exact, guint audience)
{
    const plx_question *q = exact->question;
    const struct plx_side *side = &exact->collected->sides[audience];
    gboolean place = q->split && q->by.kind == PLX_KEY_PLACE;
    for (guint i = 0; i < q->n_tests; i++)
        place = place || q->tests[i].key.kind == PLX_KEY_PLACE;
    if (side->hidden && side->wider)
        plx_exact_note(exact, "months_joined", (gint)audience, -1,
                       text(exact, g_strdup(side->wider)));
    else if (side->hidden || side->belief_hidden)
        plx_exact_note(exact, "filter_not_allowed", (gint)audience, -1,
                       side->why ? side->why : "keys");
    if (place && audience == 0 && !side->hidden)
        plx_exact_note(exact, "whole_audience", (gint)audience, -1, "place");
    if (!side->grid || side->hidden)
        return;
    char *window = plx_grid_window(side->grid);
    if (window)
        plx_exact_note(exact, "whole_months", (gint)audience, -1, text(exact, window));
    note_classes(exact, audience, PLX_KEY_PLACE);
    note_classes(exact, audience, PLX_KEY_MONTH);
}

/* Beliefs are of the whole: neither dates nor places apply to those who guess. */
static void note_beliefs(struct plx_exact *exact, guint audience)
{
    const plx_question *q = exact->question;
    gboolean narrowed =
        q->dated || (q->split && (q->by.kind == PLX_KEY_PLACE || q->by.kind == PLX_KEY_MONTH ||
                                  q->by.kind == PLX_KEY_WEEK));
    for (guint i = 0; i < q->n_tests; i++)
        narrowed = narrowed || q->tests[i].key.kind == PLX_KEY_PLACE;
    for (guint g = 0; narrowed && g < exact->n_groups; g++)
        for (guint p = 0; p < exact->groups[g].n_points; p++)
            for (guint i = 0; i < exact->groups[g].points[p].n_beliefs; i++)
                if (exact->groups[g].points[p].beliefs[i].b.by == audience) {
                    plx_exact_note(exact, "whole_audience", (gint)audience, -1, "belief");
                    return;
                }
}

static void note_scales(struct plx_exact *exact)
{
    g_autofree gint64 *differ = g_new0(gint64, exact->map->n_audiences);
    for (guint g = 0; g < exact->n_groups; g++)
        for (guint p = 0; p < exact->groups[g].n_points; p++)
            for (guint i = 0; i < exact->groups[g].points[p].n_gaps; i++) {
                const struct plx_gap *gap = &exact->groups[g].points[p].gaps[i].g;
                differ[gap->a] += gap->verdict == PLX_VERDICT_SCALES_DIFFER;
            }
    for (guint a = 0; a < exact->map->n_audiences; a++)
        if (differ[a])
            plx_exact_note(exact, "scales_differ", (gint)a, differ[a], NULL);
}

/* Nobody whose view decides is in the data: perhaps somebody was declared without saying so. */
static void note_served(struct plx_exact *exact)
{
    const plx_map *map = exact->map;
    gint unserved = -1;
    guint any = 0, asked = 0;
    for (guint a = 0; a < map->n_audiences; a++) {
        const struct plx_side *side = &exact->collected->sides[a];
        const struct seen seen = look(exact, a);
        const gboolean has = side->asked && (side->hidden || plx_side_has_rows(side) ||
                                             seen.shown + seen.hidden[PLX_HIDDEN_FEW] +
                                                     seen.hidden[PLX_HIDDEN_COMPLEMENTARY] +
                                                     seen.hidden[PLX_HIDDEN_FILTER] >
                                                 0);
        asked += side->asked && map->audiences[a].served ? 1 : 0;
        if (has && map->audiences[a].served)
            return;
        any += has ? 1 : 0;
        if (has && a >= PLX_BUILT_IN && unserved < 0)
            unserved = (gint)a;
    }
    if (any && asked)
        plx_exact_note(exact, "no_served_answers", unserved, -1,
                       unserved < 0 ? NULL : map->audiences[unserved].id);
}

static int compare_notes(gconstpointer a, gconstpointer b)
{
    const struct plx_gaps_note *x = a, *y = b;
    const int code = strcmp(x->code, y->code);
    if (code)
        return code;
    if (x->audience != y->audience)
        return x->audience < y->audience ? -1 : 1;
    return g_strcmp0(x->detail, y->detail);
}

static void note_retired(struct plx_exact *exact)
{
    const struct plx_answer *answer = exact->collected->answer;
    g_autoptr(GString) ids = g_string_new(NULL);
    gint64 n = 0;
    for (guint s = 0; s < answer->n_subjects && !exact->question->point; s++) {
        if (!plx_question_is_retired(exact->question, &answer->subjects[s]))
            continue;
        g_string_append_printf(ids, "%s%s", n++ > 0 ? ", " : "", answer->subjects[s].id);
    }
    if (n > 0)
        plx_exact_note(exact, "retired_points", -1, n, text(exact, g_strdup(ids->str)));
}

void plx_exact_notes(struct plx_exact *exact)
{
    const plx_question *q = exact->question;
    const struct plx_answer *answer = exact->collected->answer;
    for (guint i = 0; i < answer->n_notes; i++)
        plx_exact_note(exact, answer->notes[i].code, -1, answer->notes[i].count,
                       answer->notes[i].detail);
    guint seen_any = 0;
    for (guint a = 0; a < exact->map->n_audiences; a++) {
        if (!exact->collected->sides[a].asked)
            continue;
        const struct seen seen = look(exact, a);
        const guint any = seen.shown + seen.hidden[PLX_HIDDEN_FEW] +
                          seen.hidden[PLX_HIDDEN_COMPLEMENTARY] + seen.hidden[PLX_HIDDEN_FILTER];
        const struct plx_side *side = &exact->collected->sides[a];
        if (!seen.voices && !side->hidden && plx_side_has_rows(side))
            plx_exact_note(exact, "none_pass", (gint)a, -1, NULL);
        if (!any && !side->hidden)
            continue; /* of those who said nothing there is nothing else to say */
        note_side(exact, a);
        note_beliefs(exact, a);
        note_hidden(exact, a, &seen);
        note_population(exact, a, &seen);
        if (seen.rounded)
            plx_exact_note(exact, "rounded", (gint)a, seen.rounded, NULL);
        if (exact->map->audiences[a].named && seen.shown)
            plx_exact_note(exact, "named", (gint)a, -1, NULL);
        seen_any += any;
    }
    note_served(exact);
    note_scales(exact);
    note_retired(exact);
    if (!seen_any)
        plx_exact_note(exact, "no_answers", -1, -1, NULL);
    if (exact->n_groups > 1 && plx_key_splits_rows(&q->by))
        plx_exact_note(exact, "headline_needs_one", -1, -1, NULL);
    if (q->dated && answer->without_time)
        plx_exact_note(exact, "without_time", -1, (gint64)answer->without_time, NULL);
    g_array_sort(exact->notes, compare_notes);
}
