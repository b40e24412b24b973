/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/suppress.h"

/* One thing that counts persons: a voice, a belief, a prediction, in one group. */
struct item {
    gint64 persons;
    const char *key; /* of its group where the split is one of rows, else NULL */
    enum plx_suppression *suppressed;
};

enum what { VOICES, BELIEFS, PREDICTIONS, EXPECTATIONS };

static void add_items(const struct plx_exact_point *point, enum what what, guint audience,
                      const char *key, GArray *items)
{
    const struct plx_exact_foresight *f = &point->foresight;
    for (guint i = 0; what == VOICES && i < point->n_voices; i++) {
        struct plx_voice *v = &point->voices[i].v;
        const struct item item = {v->persons, key, &v->suppressed};
        if (v->audience == audience)
            g_array_append_val(items, item);
    }
    for (guint i = 0; what == BELIEFS && i < point->n_beliefs; i++) {
        struct plx_belief *b = &point->beliefs[i].b;
        const struct item item = {b->persons, key, &b->suppressed};
        if (b->by == audience)
            g_array_append_val(items, item);
    }
    for (guint i = 0; what == PREDICTIONS && i < f->n_predictions; i++) {
        const struct item item = {f->predictions[i].persons, key, &f->predictions[i].suppressed};
        if (f->predictions[i].by == audience)
            g_array_append_val(items, item);
    }
    for (guint i = 0; what == EXPECTATIONS && i < f->n_expectations; i++) {
        const struct item item = {f->expectations[i].persons, key, &f->expectations[i].suppressed};
        if (f->expectations[i].audience == audience)
            g_array_append_val(items, item);
    }
}

/* The groups of a split whose total is shown: small ones, and the next smallest with them. */
static void hide_complement(GArray *items, guint minimum)
{
    g_autofree guint64 *persons = g_new0(guint64, items->len + 1);
    g_autofree gboolean *pool = g_new0(gboolean, items->len + 1);
    for (guint i = 0; i < items->len; i++)
        persons[i] = (guint64)g_array_index(items, struct item, i).persons;
    plx_pool_mark(persons, items->len, minimum, pool);
    for (guint i = 0; i < items->len; i++) {
        const struct item *item = &g_array_index(items, struct item, i);
        if (pool[i] && !*item->suppressed)
            *item->suppressed = PLX_HIDDEN_COMPLEMENTARY;
    }
}

/* All groups of one audience at one subject. */
static void mark_items(const struct plx_exact *exact, enum what what, guint audience,
                       guint32 subject, GArray *items)
{
    const struct plx_side *side = &exact->collected->sides[audience];
    const guint minimum = plx_minimum(&exact->map->audiences[audience]);
    plx_grid *grid = what == BELIEFS ? side->belief_grid : what == VOICES ? side->grid : NULL;
    gboolean not_allowed = what == BELIEFS ? side->belief_hidden : side->hidden != PLX_SHOWN;
    if (what == PREDICTIONS || what == EXPECTATIONS)
        not_allowed = not_allowed || side->restricted;
    for (guint i = 0; i < items->len; i++) {
        const struct item *item = &g_array_index(items, struct item, i);
        if (not_allowed)
            *item->suppressed = PLX_HIDDEN_FILTER;
        else if (item->persons < minimum)
            *item->suppressed = PLX_HIDDEN_FEW;
        else if (grid && !plx_grid_allows(grid, subject, item->key))
            *item->suppressed = PLX_HIDDEN_COMPLEMENTARY;
    }
    const gboolean split = what == BELIEFS ? side->belief_split : side->split;
    if (split && !grid && !not_allowed)
        hide_complement(items, minimum);
}

static void mark(struct plx_exact *exact, enum what what)
{
    const plx_question *q = exact->question;
    const gboolean rows = q->split && plx_key_splits_rows(&q->by);
    const guint n_subjects = exact->collected->answer->n_subjects;
    g_autofree guint *next = g_new0(guint, exact->n_groups + 1); /* point of each group */
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(struct item));
    for (guint32 s = 0; s < n_subjects; s++) {
        for (guint a = 0; a < exact->map->n_audiences; a++) {
            g_array_set_size(items, 0);
            for (guint g = 0; g < exact->n_groups; g++) {
                const struct plx_exact_group *group = &exact->groups[g];
                if (next[g] < group->n_points && group->points[next[g]].subject_index == s)
                    add_items(&group->points[next[g]], what, a, rows ? group->key : NULL, items);
            }
            mark_items(exact, what, a, s, items);
        }
        for (guint g = 0; g < exact->n_groups; g++)
            if (next[g] < exact->groups[g].n_points &&
                exact->groups[g].points[next[g]].subject_index == s)
                next[g]++;
    }
}

/* Guesses of a room are a part of those of the whole, which are shown elsewhere: what is left of
 * these must not be few. */
static void mark_rooms(const struct plx_exact *exact, struct plx_exact_point *point)
{
    for (guint i = 0; i < point->n_beliefs; i++) {
        struct plx_exact_belief *const belief = &point->beliefs[i];
        if (!belief->b.suppressed && belief->rest > 0 &&
            belief->rest < plx_minimum(&exact->map->audiences[belief->b.by]))
            belief->b.suppressed = PLX_HIDDEN_COMPLEMENTARY;
    }
}

void plx_suppress_cells(struct plx_exact *exact)
{
    mark(exact, VOICES);
    mark(exact, BELIEFS);
    for (guint g = 0; g < exact->n_groups; g++) {
        for (guint p = 0; p < exact->groups[g].n_points; p++) {
            struct plx_exact_point *point = &exact->groups[g].points[p];
            mark_rooms(exact, point);
            for (guint i = 0; i < point->n_voices; i++) {
                struct plx_voice *v = &point->voices[i].v;
                v->rounded = !v->suppressed && v->persons < PLX_MASKED_BELOW &&
                             plx_is_masked(&exact->map->audiences[v->audience]);
            }
        }
    }
}

/* Exact levels of a protected audience and those of its pairs differ by whoever gave a level but
 * no expectation: they are nobody, or the minimum. */
static void mark_pairs(const struct plx_exact *exact, struct plx_exact_point *point)
{
    for (guint i = 0; i < point->foresight.n_expectations; i++) {
        struct plx_expectation *e = &point->foresight.expectations[i];
        const struct plx_audience *audience = &exact->map->audiences[e->audience];
        if (e->suppressed || e->persons < PLX_MASKED_BELOW || !plx_is_masked(audience))
            continue;
        for (guint k = 0; k < point->n_voices; k++) {
            const struct plx_voice *v = &point->voices[k].v;
            if (v->audience == e->audience && v->n != e->n &&
                v->persons - e->persons < plx_minimum(audience))
                e->suppressed = PLX_HIDDEN_COMPLEMENTARY;
        }
    }
}

void plx_suppress_foresight(struct plx_exact *exact)
{
    mark(exact, PREDICTIONS);
    mark(exact, EXPECTATIONS);
    for (guint g = 0; g < exact->n_groups; g++)
        for (guint p = 0; p < exact->groups[g].n_points; p++)
            mark_pairs(exact, &exact->groups[g].points[p]);
}

void plx_few_words(const char *audience, gint64 persons, const char *minimum, GString *out)
{
    g_string_append_printf(
        out,
        "; %s: %" G_GINT64_FORMAT " %s answered; shown from %s on (or, if all of "
        "them agree: --named %s)",
        audience, persons, persons == 1 ? "person has" : "people have", minimum, audience);
}
