/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/headline.h"

#include "reading/suppress.h"

#include <math.h>
#include <string.h>

struct sums {
    guint points;
    gint64 by_n, by_persons, about_n, about_persons;
    double by, about, lo, hi;
    gboolean rounded;
    double step; /* of rounded means */
};

static const struct plx_voice *find_voice(const struct plx_gaps_point *point, guint audience)
{
    for (guint i = 0; i < point->n_voices; i++)
        if (point->voices[i].audience == audience && !point->voices[i].suppressed)
            return &point->voices[i];
    return NULL;
}

static const struct plx_belief *find_belief(const struct plx_gaps_point *point, guint by,
                                            guint about)
{
    for (guint i = 0; i < point->n_beliefs; i++) {
        const struct plx_belief *b = &point->beliefs[i];
        if (b->by == by && b->about == about && !b->suppressed && !isnan(b->believed) &&
            !isnan(b->served))
            return b;
    }
    return NULL;
}

static void add_served(struct sums *s, const struct plx_voice *v, double value,
                       struct plx_interval ci)
{
    s->points++;
    s->about_n += v->n;
    s->about_persons = MAX(s->about_persons, v->persons);
    s->about += value;
    s->lo += ci.lo;
    s->hi += ci.hi;
}

static void add_by(struct sums *s, gint64 n, gint64 persons, double value, gboolean rounded)
{
    s->by_n += n;
    s->by_persons = MAX(s->by_persons, persons);
    s->by += value;
    s->rounded = s->rounded || rounded;
}

/* One point, if it has both sides of this kind of headline. */
static void add_point(struct sums *s, const plx_gaps *gaps, enum plx_headline_kind kind,
                      const struct plx_gaps_point *point, gint by, guint about)
{
    const struct plx_voice *served = find_voice(point, about);
    if (!served)
        return;
    if (kind == PLX_HEADLINE_LEVEL) {
        const struct plx_voice *v = find_voice(point, (guint)by);
        if (!v || isnan(v->mean) || isnan(served->mean) || !plx_scale_same(v->scale, served->scale))
            return;
        add_served(s, served, served->mean, served->mean_ci);
        add_by(s, v->n, v->persons, v->mean, v->rounded);
        s->step = plx_coarse_step(v->scale);
        return;
    }
    if (isnan(served->desired_share))
        return;
    if (kind == PLX_HEADLINE_BELIEF) {
        const struct plx_belief *b = find_belief(point, (guint)by, about);
        if (!b)
            return;
        const gboolean masked = isnan(b->believed_range.lo);
        add_by(s, b->n, b->persons, b->believed, masked);
    }
    (void)gaps;
    add_served(s, served, served->desired_share, served->desired_ci);
}

/* Of one point its own; of several those over all points, never fewer than at the one with most. */
static gint64 persons_over(const struct sums *s, gint64 most, gint64 all)
{
    return s->points == 1 ? most : MAX(most, all);
}

static gboolean try_kind(plx_gaps *gaps, enum plx_headline_kind kind, gint by, guint about,
                         const struct plx_headline_persons *all)
{
    struct sums s = {0};
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            add_point(&s, gaps, kind, &gaps->groups[g].points[p], by, about);
    if (s.points == 0)
        return FALSE;
    const double n = s.points;
    struct plx_headline *h = &gaps->headline;
    h->kind = kind;
    h->by = by;
    h->about = (gint)about;
    h->points = s.points;
    h->about_n = s.about_n;
    h->about_persons = persons_over(&s, s.about_persons, all->answered[about]);
    h->about_value = s.about / n;
    /* Not below the truth's reach however one person's answers hang together: as wide as if all
     * points moved together (the mean of the limits). */
    h->about_ci = (struct plx_interval){s.lo / n, s.hi / n};
    if (kind == PLX_HEADLINE_SERVED)
        return TRUE;
    h->by_n = s.by_n;
    h->by_persons = persons_over(
        &s, s.by_persons, kind == PLX_HEADLINE_BELIEF ? all->guessed[by] : all->answered[by]);
    const double steps = kind == PLX_HEADLINE_LEVEL ? 1 / s.step : 10;
    h->by_value = s.rounded ? round(s.by / n * steps) / steps : s.by / n;
    return TRUE;
}

/* Viewers in order: who is neither served nor a shopper. */
static gboolean is_viewer(const plx_gaps *gaps, guint audience)
{
    return !gaps->served[audience] && strcmp(gaps->audiences[audience], "shopper") != 0;
}

static gboolean try_viewers(plx_gaps *gaps, enum plx_headline_kind kind, guint about,
                            const struct plx_headline_persons *all)
{
    for (guint a = 0; a < gaps->n_audiences; a++)
        if (is_viewer(gaps, a) && try_kind(gaps, kind, (gint)a, about, all))
            return TRUE;
    return FALSE;
}

static gboolean is_leader(const plx_gaps *gaps, gint audience)
{
    return audience >= 0 && strcmp(gaps->audiences[audience], "leader") == 0;
}

void plx_headline_fill(plx_gaps *gaps, gint hidden, gint64 persons, gint64 minimum,
                       const struct plx_headline_persons *all)
{
    gaps->headline = (struct plx_headline){.kind = PLX_HEADLINE_NONE,
                                           .by = -1,
                                           .about = -1,
                                           .by_value = NAN,
                                           .about_value = NAN,
                                           .about_ci = {NAN, NAN},
                                           .hidden_persons = PLX_NO_COUNT,
                                           .hidden_minimum = PLX_NO_COUNT};
    const gboolean one = gaps->n_groups == 1 || !gaps->by || strcmp(gaps->by, "point") == 0 ||
                         strcmp(gaps->by, "transaction") == 0 || strcmp(gaps->by, "journey") == 0;
    for (guint about = 0; one && about < gaps->n_audiences; about++) {
        if (!gaps->served[about])
            continue;
        /* Hidden leaders are said first: nobody else stands in for them. */
        if ((!is_leader(gaps, hidden) && (try_viewers(gaps, PLX_HEADLINE_BELIEF, about, all) ||
                                          try_viewers(gaps, PLX_HEADLINE_LEVEL, about, all))) ||
            try_kind(gaps, PLX_HEADLINE_SERVED, -1, about, all))
            break;
    }
    if (hidden < 0 || gaps->headline.kind == PLX_HEADLINE_BELIEF ||
        gaps->headline.kind == PLX_HEADLINE_LEVEL)
        return;
    gaps->headline.by = hidden;
    gaps->headline.hidden_persons = persons;
    gaps->headline.hidden_minimum = minimum;
}
