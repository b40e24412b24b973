/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/rake.h"

#include "base/number.h"

#include <math.h>

/* A bounded factor is found in a handful of steps; this many bisections end at one double. */
#define STEPS 200
/* What sums of weights may be off by rounding, as a share of the total. */
#define ROUNDING 1e-13

/* One margin's targets as parts of the total, and its cells by category. */
struct side {
    guint k;
    double *target;
    gsize *cell;  /* sorted by category */
    gsize *first; /* k + 1 places in `cell` */
};

struct state {
    const struct plx_rake_task *task;
    struct side *side;
    double *count;
    double *open; /* weight of each cell before it is cut to the bounds; 0: out */
    double low;
    double high;
};

static double cut(const struct state *s, gsize cell, double factor)
{
    const double w = s->open[cell] * factor;
    return s->open[cell] > 0 ? CLAMP(w, s->low, s->high) : 0;
}

static void side_init(struct side *side, const struct plx_rake_margin *margin, gsize cells,
                      double total)
{
    double sum = 0;
    side->k = margin->k;
    side->target = g_new(double, margin->k);
    side->cell = g_new(gsize, cells + 1);
    side->first = g_new0(gsize, margin->k + 2);
    for (guint c = 0; c < margin->k; c++)
        sum += margin->target[c];
    for (guint c = 0; c < margin->k; c++)
        side->target[c] = margin->target[c] / sum * total;
    for (gsize i = 0; i < cells; i++)
        side->first[margin->category[i] + 2]++;
    for (guint c = 1; c <= margin->k; c++)
        side->first[c + 1] += side->first[c];
    for (gsize i = 0; i < cells; i++)
        side->cell[side->first[margin->category[i] + 1]++] = i;
}

static void state_clear(struct state *s)
{
    for (guint m = 0; m < s->task->margins; m++) {
        g_free(s->side[m].target);
        g_free(s->side[m].cell);
        g_free(s->side[m].first);
    }
    g_free(s->side);
    g_free(s->count);
    g_free(s->open);
}

static void state_init(struct state *s, const struct plx_rake_task *task)
{
    *s = (struct state){.task = task, .low = 0, .high = PLX_INFINITY};
    s->side = g_new0(struct side, task->margins + 1);
    s->count = g_new(double, task->cells + 1);
    s->open = g_new(double, task->cells + 1);
    for (guint m = 0; m < task->margins; m++)
        side_init(&s->side[m], &task->margin[m], task->cells, task->total);
    double people = 0;
    double sum = 0;
    for (gsize i = 0; i < task->cells; i++) {
        s->count[i] = task->count ? task->count[i] : 1;
        s->open[i] = s->count[i] > 0 ? (task->start ? task->start[i] : 1) : 0;
        for (guint m = 0; m < task->margins; m++)
            if (!(task->margin[m].target[task->margin[m].category[i]] > 0))
                s->open[i] = 0;
        people += s->open[i] > 0 ? s->count[i] : 0;
        sum += s->count[i] * s->open[i];
    }
    for (gsize i = 0; sum > 0 && i < task->cells; i++)
        s->open[i] *= task->total / sum;
    if (people > 0) {
        s->low = task->low * task->total / people;
        s->high = task->high * task->total / people;
    }
}

/* Sum over a category at `factor`; *free_sum: the part that still moves, before the factor. */
static double sum_at(const struct state *s, const struct side *side, guint c, double factor,
                     double *free_sum)
{
    double sum = 0;
    double moving = 0;
    for (gsize j = side->first[c]; j < side->first[c + 1]; j++) {
        const gsize i = side->cell[j];
        const double w = s->open[i] * factor;
        sum += s->count[i] * cut(s, i, factor);
        if (s->open[i] > 0 && w > s->low && w < s->high)
            moving += s->count[i] * s->open[i];
    }
    *free_sum = moving;
    return sum;
}

/* The factor at which the cut weights sum to the target: the sum rises in it, in straight pieces;
 * Newton's step lands on the answer when it stays on one, and is bisected when it leads outside. */
static double bounded_factor(const struct state *s, const struct side *side, guint c, double plain)
{
    const double target = side->target[c];
    double least = plain; /* brackets: where all are at one bound */
    double most = plain;
    for (gsize j = side->first[c]; j < side->first[c + 1]; j++) {
        const double open = s->open[side->cell[j]];
        if (open > 0) {
            least = MIN(least, s->low / open);
            most = isfinite(s->high) ? MAX(most, s->high / open) : most;
        }
    }
    double factor = plain;
    for (guint step = 0; step < STEPS; step++) {
        double moving = 0;
        const double sum = sum_at(s, side, c, factor, &moving);
        if (fabs(sum - target) <= ROUNDING * s->task->total)
            break;
        least = sum < target ? factor : least;
        most = sum < target ? most : factor;
        const double next = moving > 0 ? factor + (target - sum) / moving : PLX_NAN;
        factor = next > least && next < most ? next : least + (most - least) / 2;
    }
    return factor;
}

static void scale(struct state *s, const struct side *side, guint c)
{
    double open = 0;
    gboolean inside = TRUE;
    for (gsize j = side->first[c]; j < side->first[c + 1]; j++)
        open += s->count[side->cell[j]] * s->open[side->cell[j]];
    if (!(open > 0))
        return;
    double factor = side->target[c] / open;
    for (gsize j = side->first[c]; j < side->first[c + 1]; j++) {
        const double w = s->open[side->cell[j]] * factor;
        inside = inside && (!(w > 0) || (w >= s->low && w <= s->high));
    }
    if (!inside)
        factor = bounded_factor(s, side, c, factor);
    for (gsize j = side->first[c]; j < side->first[c + 1]; j++)
        s->open[side->cell[j]] *= factor;
}

/* Can each category be met at all? */
static gboolean check(const struct state *s, struct plx_rake *r)
{
    const double total = s->task->total;
    for (guint m = 0; m < s->task->margins; m++)
        for (guint c = 0; c < s->side[m].k; c++) {
            const struct side *side = &s->side[m];
            double people = 0;
            for (gsize j = side->first[c]; j < side->first[c + 1]; j++)
                people += s->open[side->cell[j]] > 0 ? s->count[side->cell[j]] : 0;
            r->margin = m;
            r->category = c;
            r->code = side->target[c] > 0 && !(people > 0) ? PLX_RAKE_EMPTY : PLX_RAKE_DONE;
            r->least = people * s->low / total;
            r->most = people > 0 ? people * s->high / total : 0;
            if (r->code == PLX_RAKE_DONE && people > 0 &&
                (side->target[c] / total < r->least - ROUNDING ||
                 side->target[c] / total > r->most + ROUNDING))
                r->code = PLX_RAKE_BOUNDS;
            if (r->code != PLX_RAKE_DONE)
                return FALSE;
        }
    r->margin = 0;
    r->category = 0;
    return TRUE;
}

/* Finds the category furthest from its target. */
static void measure(const struct state *s, struct plx_rake *r)
{
    r->off = 0;
    for (guint m = 0; m < s->task->margins; m++)
        for (guint c = 0; c < s->side[m].k; c++) {
            double moving = 0;
            const double off =
                fabs(sum_at(s, &s->side[m], c, 1, &moving) - s->side[m].target[c]) / s->task->total;
            if (!(off <= r->off)) {
                r->off = off;
                r->margin = m;
                r->category = c;
            }
        }
}

static void finish(const struct state *s, struct plx_rake *r, double *weight)
{
    double sum = 0;
    double squares = 0;
    r->margin = 0;
    r->category = 0;
    for (gsize i = 0; i < s->task->cells; i++) {
        const double w = cut(s, i, 1);
        weight[i] = w;
        sum += s->count[i] * w;
        squares += s->count[i] * w * w;
        r->trimmed += w > 0 && w != s->open[i] ? s->count[i] : 0;
    }
    r->n_eff = sum * sum / squares;
    r->deff = r->n / r->n_eff;
}

struct plx_rake plx_rake(const struct plx_rake_task *task, double *weight)
{
    struct plx_rake r = {.n_eff = PLX_NAN, .deff = PLX_NAN, .off = PLX_INFINITY};
    struct state s;
    state_init(&s, task);
    for (gsize i = 0; i < task->cells; i++)
        r.n += s.count[i];
    if (check(&s, &r)) {
        r.code = PLX_RAKE_NOT_CONVERGED;
        while (r.code == PLX_RAKE_NOT_CONVERGED && r.rounds < task->rounds) {
            r.rounds++;
            for (guint m = 0; m < task->margins; m++)
                for (guint c = 0; c < s.side[m].k; c++)
                    scale(&s, &s.side[m], c);
            measure(&s, &r);
            if (r.off <= task->tolerance)
                r.code = PLX_RAKE_DONE;
        }
        if (r.code == PLX_RAKE_DONE)
            finish(&s, &r, weight);
    }
    state_clear(&s);
    return r;
}
