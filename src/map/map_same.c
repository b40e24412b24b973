/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_same.h"

#include "map/map_private.h"

#include <string.h>

/* ---- texts ---- */

/* TRUE when every other language of a text in `a` is the same in `b`. */
static gboolean has_languages(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a && i + 1 < a->len; i += 2) {
        guint k = 0;
        while (b && k + 1 < b->len && strcmp(g_ptr_array_index(a, i), g_ptr_array_index(b, k)) != 0)
            k += 2;
        if (!b || k + 1 >= b->len ||
            strcmp(g_ptr_array_index(a, i + 1), g_ptr_array_index(b, k + 1)) != 0)
            return FALSE;
    }
    return TRUE;
}

gboolean plx_map_same_text(const plx_map *a, const char *in_a, const plx_map *b, const char *in_b)
{
    if (!in_a || !in_b)
        return in_a == in_b;
    const GPtrArray *labels_a = g_hash_table_lookup(a->index->labels, in_a);
    const GPtrArray *labels_b = g_hash_table_lookup(b->index->labels, in_b);
    return strcmp(in_a, in_b) == 0 && has_languages(labels_a, labels_b) &&
           has_languages(labels_b, labels_a);
}

gboolean plx_map_same_list(char *const *a, char *const *b)
{
    static char *const none[] = {NULL};
    return g_strv_equal((const char *const *)(a ? a : none), (const char *const *)(b ? b : none));
}

static gboolean same_texts(const plx_map *a, char *const *in_a, const plx_map *b, char *const *in_b,
                           guint n)
{
    for (guint i = 0; i < n; i++)
        if (!plx_map_same_text(a, in_a ? in_a[i] : NULL, b, in_b ? in_b[i] : NULL))
            return FALSE;
    return TRUE;
}

/* ---- definitions ---- */

gboolean plx_map_same_labels(const plx_map *a, const struct plx_scale *in_a, const plx_map *b,
                             const struct plx_scale *in_b)
{
    guint n = plx_scale_width(in_a);
    return n == plx_scale_width(in_b) && same_texts(a, in_a->words, b, in_b->words, n) &&
           same_texts(a, in_a->sentences, b, in_b->sentences, n);
}

static gboolean same_scales(const plx_map *a, const plx_map *b)
{
    for (guint i = 0; i < a->n_scales; i++) {
        const struct plx_scale *x = a->scales[i], *y = b->scales[i];
        if (strcmp(x->id, y->id) != 0 || !plx_scale_same(x, y) || !plx_map_same_labels(a, x, b, y))
            return FALSE;
    }
    return TRUE;
}

static gboolean same_measures(const plx_map *a, const plx_map *b)
{
    for (guint i = 0; i < a->n_measures; i++) {
        const struct plx_measure_def *x = &a->measures[i], *y = &b->measures[i];
        if (strcmp(x->id, y->id) != 0 || !plx_map_same_text(a, x->title, b, y->title) ||
            x->subjects != y->subjects || strcmp(x->scale->id, y->scale->id) != 0)
            return FALSE;
    }
    return TRUE;
}

static gboolean same_audiences(const plx_map *a, const plx_map *b)
{
    for (guint i = 0; i < a->n_audiences; i++) {
        const struct plx_audience *x = &a->audiences[i], *y = &b->audiences[i];
        if (strcmp(x->id, y->id) != 0 || !plx_map_same_text(a, x->title, b, y->title) ||
            !x->served != !y->served || !x->protected_ != !y->protected_ ||
            !x->named != !y->named || x->population != y->population || x->minimum != y->minimum ||
            x->identity != y->identity || strcmp(x->scale->id, y->scale->id) != 0 ||
            !plx_map_same_list(x->was, y->was))
            return FALSE;
    }
    return TRUE;
}

/* ---- journeys ---- */

/* The same ids in the same order. */
static gboolean same_points(const plx_map *a, const guint *in_a, guint n_a, const plx_map *b,
                            const guint *in_b, guint n_b)
{
    if (n_a != n_b)
        return FALSE;
    for (guint i = 0; i < n_a; i++)
        if (strcmp(a->points[in_a[i]].id, b->points[in_b[i]].id) != 0)
            return FALSE;
    return TRUE;
}

gboolean plx_map_same_point(const plx_map *a, guint in_a, const plx_map *b, guint in_b)
{
    const struct plx_point *x = &a->points[in_a], *y = &b->points[in_b];
    return x->senses == y->senses && plx_map_same_list(x->channels, y->channels) &&
           x->value == y->value && x->target == y->target && x->effort == y->effort &&
           same_texts(a, x->levels, b, y->levels, PLX_LEVELS) &&
           plx_map_is_vignette(a, (gint)in_a) == plx_map_is_vignette(b, (gint)in_b) &&
           same_points(a, x->stands_for, x->n_stands_for, b, y->stands_for, y->n_stands_for);
}

static gboolean same_transactions(const plx_map *a, const struct plx_journey *in_a,
                                  const plx_map *b, const struct plx_journey *in_b)
{
    if (in_a->n_transactions != in_b->n_transactions)
        return FALSE;
    for (guint i = 0; i < in_a->n_transactions; i++) {
        const struct plx_transaction *x = &in_a->transactions[i], *y = &in_b->transactions[i];
        if (strcmp(x->id, y->id) != 0 || !plx_map_same_text(a, x->title, b, y->title) ||
            !same_points(a, x->points, x->n_points, b, y->points, y->n_points))
            return FALSE;
    }
    return TRUE;
}

static gboolean same_item(const plx_map *a, const plx_map *b, guint kind, guint i)
{
    const struct plx_map_item x = plx_map_item(a, kind, i), y = plx_map_item(b, kind, i);
    return strcmp(x.id, y.id) == 0 && plx_map_same_text(a, x.title, b, y.title) &&
           plx_map_same_list(x.was, y.was);
}

static gboolean same_journeys(const plx_map *a, const plx_map *b)
{
    for (guint i = 0; i < a->n_journeys; i++)
        if (!same_item(a, b, PLX_SUBJECT_JOURNEY, i) ||
            !same_transactions(a, &a->journeys[i], b, &b->journeys[i]))
            return FALSE;
    for (guint i = 0; i < a->n_points + a->n_vignettes; i++) {
        const struct plx_point *x = &a->points[i], *y = &b->points[i];
        if (!same_item(a, b, PLX_SUBJECT_POINT, i) || !plx_map_same_point(a, i, b, i) ||
            x->journey != y->journey || x->transaction != y->transaction)
            return FALSE;
    }
    return TRUE;
}

/* ---- beside them ---- */

gboolean plx_map_same_task(const plx_map *a, guint in_a, const plx_map *b, guint in_b)
{
    const struct plx_task *x = &a->tasks[in_a], *y = &b->tasks[in_b];
    return g_strcmp0(x->owner, y->owner) == 0 && g_strcmp0(x->event, y->event) == 0 &&
           same_points(a, x->points, x->n_points, b, y->points, y->n_points);
}

gboolean plx_map_same_promise(const plx_map *a, guint in_a, const plx_map *b, guint in_b)
{
    const struct plx_promise *x = &a->promises[in_a], *y = &b->promises[in_b];
    return g_strcmp0(x->where, y->where) == 0 && g_strcmp0(x->since, y->since) == 0 &&
           same_points(a, x->points, x->n_points, b, y->points, y->n_points);
}

static gboolean same_beside(const plx_map *a, const plx_map *b)
{
    for (guint i = 0; i < a->n_tasks; i++)
        if (!same_item(a, b, PLX_SUBJECT_TASK, i) || !plx_map_same_task(a, i, b, i))
            return FALSE;
    for (guint i = 0; i < a->n_promises; i++)
        if (!same_item(a, b, PLX_SUBJECT_PROMISE, i) || !plx_map_same_promise(a, i, b, i))
            return FALSE;
    for (guint i = 0; i < a->n_retired; i++) {
        const struct plx_retired *x = &a->retired[i], *y = &b->retired[i];
        if (x->kind != y->kind || strcmp(x->id, y->id) != 0 || !x->split != !y->split ||
            !plx_map_same_text(a, x->title, b, y->title) || !plx_map_same_list(x->was, y->was))
            return FALSE;
    }
    return TRUE;
}

gboolean plx_map_same(const plx_map *a, const plx_map *b)
{
    return plx_map_same_text(a, a->title, b, b->title) &&
           plx_map_same_text(a, a->about, b, b->about) && strcmp(a->language, b->language) == 0 &&
           a->margin >= b->margin && a->margin <= b->margin && a->n_scales == b->n_scales &&
           a->n_measures == b->n_measures && a->n_audiences == b->n_audiences &&
           a->n_journeys == b->n_journeys && a->n_points == b->n_points &&
           a->n_vignettes == b->n_vignettes && a->n_tasks == b->n_tasks &&
           a->n_promises == b->n_promises && a->n_retired == b->n_retired && same_scales(a, b) &&
           same_measures(a, b) && same_audiences(a, b) && same_journeys(a, b) && same_beside(a, b);
}

/* From so many people on an audience's answers are shown. */
static guint shown_from(const struct plx_audience *audience)
{
    return audience->named ? 1 : audience->minimum;
}

static gboolean is_loosened(const struct plx_audience *then, const struct plx_audience *now)
{
    return shown_from(now) < shown_from(then) || (then->protected_ && !now->protected_);
}

const char *plx_map_loosened(const plx_map *before, const plx_map *after)
{
    gboolean judged[PLX_AUDIENCES_MAX] = {FALSE};
    for (guint i = 0; i < before->n_audiences; i++) {
        const gint now = plx_map_find_audience(after, before->audiences[i].id);
        if (now < 0)
            continue;
        judged[now] = TRUE;
        if (is_loosened(&before->audiences[i], &after->audiences[now]))
            return after->audiences[now].id;
    }
    for (guint i = 0; i < after->n_audiences; i++)
        if (!judged[i] && shown_from(&after->audiences[i]) < PLX_MINIMUM_DEFAULT)
            return after->audiences[i].id;
    return NULL;
}
