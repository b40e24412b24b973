/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figure that puts points in order: below + (1 - below) * other. */

#include "reading/friction_exact.h"

#include <math.h>

static const enum plx_friction_kind figure_kinds[] = {
    PLX_FRICTION_BELOW, PLX_FRICTION_HARD, PLX_FRICTION_HESITATED, PLX_FRICTION_SURPRISED};

static gboolean is_asked(const struct plx_friction_exact *exact, const struct plx_cell *cell,
                         enum plx_friction_kind kind)
{
    const struct plx_tally *tally = plx_friction_tally(exact, cell, kind);
    return tally && tally->persons >= exact->reach.minimum;
}

/* Asked at most of the points that were asked about anything; if no kind is, the commonest. */
static guint32 choose_kinds(const struct plx_friction_exact *exact)
{
    guint asked[G_N_ELEMENTS(figure_kinds)] = {0}, base = 0, most = 0;
    for (guint p = 0; p < exact->n_all; p++) {
        gboolean any = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(figure_kinds); i++) {
            const gboolean one = is_asked(exact, exact->all[p], figure_kinds[i]);
            asked[i] += one ? 1 : 0;
            any = any || one;
        }
        base += any ? 1 : 0;
    }
    guint32 kinds = 0;
    for (guint i = 0; i < G_N_ELEMENTS(figure_kinds); i++) {
        if (asked[i] > 0 && asked[i] >= PLX_FRICTION_ASKED * base)
            kinds |= 1u << figure_kinds[i];
        most = asked[i] > asked[most] ? i : most;
    }
    return kinds || !base ? kinds : 1u << figure_kinds[most];
}

/* What the figure of one point, in all or in a group, is made from. */
struct sides {
    const struct plx_tally *level;         /* or NULL: not in it */
    const struct plx_friction_joint *rest; /* or NULL */
    struct plx_distribution d, joint;
    guint from, to;                 /* values of the level below met */
    gboolean nobody_left, few_left; /* at met or better, to show the rest of them */
};

static struct plx_share below_of(const struct sides *sides, double level)
{
    return sides->level ? plx_share(&sides->d, sides->from, sides->to, level)
                        : (struct plx_share){0, NAN, {0, 0}};
}

static struct plx_share other_of(const struct sides *sides, double level)
{
    return sides->rest ? plx_share(&sides->joint, 1, 1, level) : (struct plx_share){0, NAN, {0, 0}};
}

/* Correlation of the two shares over units; a negative one is not trusted. */
static double correlation(const struct sides *sides, double b, double q)
{
    const struct plx_friction_joint *j = sides->rest;
    if (!sides->level || !j || !(sides->d.m || sides->joint.m))
        return 0;
    g_autofree double *a = g_new0(double, sides->d.k);
    for (guint i = sides->from; i <= sides->to && i < sides->d.k; i++)
        a[i] = 1;
    const double other[] = {0, 1};
    const double v = plx_linear_variance(&sides->d, a) * plx_linear_variance(&sides->joint, other);
    if (!(v > 0))
        return 0;
    const double sum =
        j->below_other - q * j->below_asked - b * j->level_other + b * q * j->level_asked;
    const double covariance =
        sum / plx_distribution_total(&sides->d) / plx_distribution_total(&sides->joint);
    return CLAMP(covariance / sqrt(v), 0, 1);
}

static double share_of(const struct sides *sides)
{
    const double below = below_of(sides, 0.95).p;
    return below + (1 - below) * other_of(sides, 0.95).p;
}

/* MOVER (Zou and Donner 2008): each of the two limits keeps its own distance from its share. */
static struct plx_interval figure_interval(const struct sides *sides, double level)
{
    const struct plx_share below = below_of(sides, level), other = other_of(sides, level);
    const double share = share_of(sides);
    const double r = correlation(sides, below.p, other.p);
    const double b_lo = (1 - other.p) * (below.p - below.ci.lo);
    const double b_hi = (1 - other.p) * (below.ci.hi - below.p);
    const double o_lo = (1 - below.p) * (other.p - other.ci.lo);
    const double o_hi = (1 - below.p) * (other.ci.hi - other.p);
    if (sides->few_left)
        return (struct plx_interval){below.ci.lo,
                                     1}; /* all or none of them may have met friction */
    return (struct plx_interval){
        MAX(0, share - sqrt(b_lo * b_lo + o_lo * o_lo + 2 * r * b_lo * o_lo)),
        MIN(1, share + sqrt(b_hi * b_hi + o_hi * o_hi + 2 * r * b_hi * o_hi))};
}

/* At met or better stand too few to show what they met besides, whoever was asked. */
static void find_few_left(const struct plx_friction_exact *exact, struct sides *sides)
{
    if (!sides->level || sides->rest || !(exact->out->kinds & PLX_FRICTION_OTHERS))
        return;
    guint64 below = 0;
    for (guint i = sides->from; i <= sides->to && i < sides->level->k; i++)
        below += sides->level->n[i];
    sides->nobody_left = below == sides->level->total;
    sides->few_left = sides->level->total - below < MAX(exact->reach.minimum, 1);
}

static void make_sides(const struct plx_friction_exact *exact, const struct plx_cell *cell,
                       const struct plx_friction_joint *joint, struct sides *sides)
{
    *sides = (struct sides){0};
    if (exact->out->kinds & 1u << PLX_FRICTION_BELOW)
        sides->level = plx_friction_tally(exact, cell, PLX_FRICTION_BELOW);
    if (sides->level) {
        sides->d = plx_tally_distribution(sides->level, plx_friction_complete(exact, sides->level),
                                          exact->out->about.memory);
        plx_friction_values(PLX_FRICTION_BELOW, sides->level->scale, &sides->from, &sides->to);
    }
    if (!joint || joint->persons < exact->reach.minimum || joint->units < 2) {
        find_few_left(exact, sides);
        return;
    }
    sides->rest = joint;
    sides->joint = (struct plx_distribution){
        .k = 2,
        .w = joint->w,
        .w2 = exact->weighted ? joint->w2 : NULL,
        .m = joint->repeats ? joint->m : NULL,
        .units = (double)joint->units,
        .n = (double)joint->n,
    };
}

static void fill(const struct plx_friction_exact *exact, const struct sides *sides,
                 struct plx_friction_figure *figure)
{
    const guint32 kinds = exact->out->kinds;
    if (!sides->level && !sides->rest)
        return;
    figure->n = sides->level ? (gint64)sides->level->total : (gint64)sides->rest->n;
    figure->persons = sides->level ? (gint64)sides->level->persons : (gint64)sides->rest->persons;
    figure->below = sides->level ? below_of(sides, 0.95).p : NAN;
    figure->other = sides->rest ? other_of(sides, 0.95).p : NAN;
    figure->other_n = sides->rest ? (gint64)sides->rest->n : PLX_NO_COUNT;
    figure->share = share_of(sides);
    figure->ci = figure_interval(sides, 0.95);
    const gboolean level_lacks = kinds & 1u << PLX_FRICTION_BELOW && !sides->level;
    const gboolean rest_lacks = kinds & PLX_FRICTION_OTHERS && !sides->rest && !sides->nobody_left;
    figure->at_least = level_lacks || rest_lacks;
}

static void hide(struct plx_friction_figure *figure, enum plx_suppression why)
{
    *figure = plx_friction_no_figure();
    figure->suppressed = why;
}

static void fill_all(struct plx_friction_exact *exact, const struct plx_friction_joint *joints,
                     struct sides *sides)
{
    for (guint p = 0; p < exact->out->n_points; p++) {
        make_sides(exact, exact->cells[p], joints ? &joints[p] : NULL, &sides[p]);
        struct plx_friction_figure *figure = &exact->out->points[p].figure;
        fill(exact, &sides[p], figure);
        if (figure->persons != PLX_NO_COUNT &&
            !plx_reach_allows(&exact->reach, (guint64)figure->persons))
            hide(figure, exact->reach.hidden ? exact->reach.hidden : PLX_HIDDEN_FEW);
    }
}

static gboolean is_ranked(const struct plx_friction_figure *figure, const struct sides *sides)
{
    return !isnan(figure->share) && (!figure->at_least || sides->few_left);
}

/* Intervals that hold together, and what ranks they leave open. */
static void rank_all(struct plx_friction_exact *exact, const struct sides *sides)
{
    plx_friction *out = exact->out;
    g_autofree struct plx_interval *ci = g_new0(struct plx_interval, out->n_points + 1);
    g_autofree guint *which = g_new0(guint, out->n_points + 1);
    g_autofree guint *best = g_new0(guint, out->n_points + 1);
    g_autofree guint *worst = g_new0(guint, out->n_points + 1);
    for (guint p = 0; p < out->n_points; p++)
        if (is_ranked(&out->points[p].figure, &sides[p]))
            which[out->family++] = p;
    out->adjusted_level = 1 - PLX_FRICTION_ALPHA / MAX(out->family, 1);
    for (guint p = 0; p < out->n_points; p++) {
        struct plx_friction_point *point = &out->points[p];
        if (isnan(point->figure.share))
            continue;
        point->figure.ci_adjusted = figure_interval(&sides[p], out->adjusted_level);
    }
    for (guint i = 0; i < out->family; i++)
        ci[i] = out->points[which[i]].figure.ci_adjusted;
    plx_friction_ranks(ci, out->family, best, worst);
    for (guint i = 0; i < out->family; i++) {
        struct plx_friction_point *point = &out->points[which[i]];
        point->rank_best = best[i];
        point->rank_worst = worst[i];
        point->much = ci[i].lo > PLX_FRICTION_MUCH && worst[i] <= (out->family + 1) / 2;
    }
}

/* figures: by group and point. What would give a small group away goes with it. */
static void hide_parts(const struct plx_friction_exact *exact, struct plx_friction_figure *figures,
                       guint n_groups)
{
    const guint n_points = exact->out->n_points;
    g_autofree guint64 *persons = g_new0(guint64, n_groups + 1);
    g_autofree enum plx_suppression *hidden = g_new0(enum plx_suppression, n_groups + 1);
    for (guint p = 0; p < n_points; p++) {
        for (guint g = 0; g < n_groups; g++)
            persons[g] = (guint64)MAX(0, figures[(gsize)g * n_points + p].persons);
        plx_reach_parts(&exact->reach, persons, n_groups, hidden);
        for (guint g = 0; g < n_groups; g++)
            if (persons[g] > 0 && hidden[g])
                hide(&figures[(gsize)g * n_points + p], hidden[g]);
    }
}

static void fill_group(const struct plx_friction_exact *exact, struct plx_friction_figure *figures,
                       struct plx_friction_group *group)
{
    const guint n = exact->out->n_points;
    GPtrArray *memory = exact->out->about.memory;
    g_autofree guint *order = g_new0(guint, n + 1);
    plx_friction_order(figures, n, order);
    group->points = plx_keep(memory, n, sizeof *group->points);
    group->figures = plx_keep(memory, n, sizeof *group->figures);
    for (guint i = 0; i < n; i++) {
        const struct plx_friction_figure *figure = &figures[order[i]];
        if (figure->persons == PLX_NO_COUNT && !figure->suppressed)
            continue; /* nobody here answered about it */
        group->points[group->n_points] = order[i];
        group->figures[group->n_points++] = *figure;
    }
}

/* A group whose answers to the rest come from too few persons has none, nor has the next smallest:
 * all less the others would give them away. */
static void hide_joints(const struct plx_friction_exact *exact, struct plx_friction_joint *joints,
                        guint n_groups)
{
    const guint n_points = exact->out->n_points;
    g_autofree guint64 *persons = g_new0(guint64, n_groups + 1);
    g_autofree enum plx_suppression *hidden = g_new0(enum plx_suppression, n_groups + 1);
    for (guint p = 0; joints && p < n_points; p++) {
        for (guint g = 0; g < n_groups; g++)
            persons[g] = joints[(gsize)g * n_points + p].persons;
        plx_reach_parts(&exact->reach, persons, n_groups, hidden);
        for (guint g = 0; g < n_groups; g++)
            if (hidden[g])
                joints[(gsize)g * n_points + p] = (struct plx_friction_joint){.n = 0};
    }
}

/* joints: by group and point, or NULL. */
static void fill_groups(struct plx_friction_exact *exact, struct plx_friction_joint *joints)
{
    plx_friction *out = exact->out;
    const struct plx_table *table = &exact->answer->tables[PLX_FRICTION_SPLIT];
    const gsize n = (gsize)table->n_groups * out->n_points;
    struct plx_friction_figure *figures = g_new0(struct plx_friction_figure, n + 1);
    for (gsize i = 0; i < n; i++)
        figures[i] = plx_friction_no_figure();
    hide_joints(exact, joints, table->n_groups);
    for (guint i = 0; i < table->n_cells; i++) {
        const struct plx_cell *cell = &table->cells[i];
        const gint p = exact->point_of[cell->subject];
        if (p < 0 || cell->audience != exact->reach.audience)
            continue;
        const gsize at = (gsize)cell->group * out->n_points + (guint)p;
        struct sides sides;
        make_sides(exact, cell, joints ? &joints[at] : NULL, &sides);
        fill(exact, &sides, &figures[at]);
    }
    hide_parts(exact, figures, table->n_groups);
    out->groups = plx_keep(out->about.memory, table->n_groups, sizeof *out->groups);
    for (guint i = 0; i < table->n_groups; i++) {
        const guint g = plx_table_read(table, i);
        struct plx_friction_group *group = &out->groups[out->n_groups];
        fill_group(exact, figures + (gsize)g * out->n_points, group);
        group->key = plx_about_copy(&out->about, table->groups[g][0]);
        out->n_groups += group->n_points > 0 ? 1 : 0; /* else nobody there gave an answer */
    }
    g_free(figures);
}

/* Every unit's answers to all kinds, split as the question is. */
static struct plx_answer *ask_linked(const struct plx_friction_exact *exact, plx_source *source,
                                     GError **error)
{
    const plx_question *q = exact->question;
    const struct plx_split split = plx_key_split(&q->by);
    struct plx_need need = {.kinds = PLX_NEED_LINKED, .filter = exact->reach.filter};
    for (guint i = 0; i < G_N_ELEMENTS(figure_kinds); i++)
        if (exact->out->kinds >> figure_kinds[i] & 1u)
            need.measures |= 1u << plx_friction_measure(figure_kinds[i]);
    if (q->split) {
        need.splits = &split;
        need.n_splits = 1;
    }
    struct plx_answer *answer = NULL;
    return plx_source_ask(source, &need, 1, &answer, error) ? answer : NULL;
}

static void fill_from(struct plx_friction_exact *exact, const struct plx_friction_joint *all,
                      struct plx_friction_joint *split)
{
    struct sides *sides = g_new0(struct sides, exact->out->n_points + 1);
    fill_all(exact, all, sides);
    rank_all(exact, sides);
    if (exact->question->split)
        fill_groups(exact, split);
    g_free(sides);
}

static const char *name_figure(plx_friction *out)
{
    g_autoptr(GString) code = g_string_new("friction");
    for (guint i = 0; i < G_N_ELEMENTS(figure_kinds); i++)
        if (out->kinds >> figure_kinds[i] & 1u)
            g_string_append_printf(code, "_%s", plx_friction_code(figure_kinds[i]));
    return plx_about_copy(&out->about, code->str);
}

gboolean plx_friction_figures(struct plx_friction_exact *exact, plx_source *source, GError **error)
{
    exact->out->kinds = choose_kinds(exact);
    exact->out->figure_code = name_figure(exact->out);
    if (!(exact->out->kinds & PLX_FRICTION_OTHERS)) {
        fill_from(exact, NULL, NULL);
        return TRUE;
    }
    struct plx_answer *answer = ask_linked(exact, source, error);
    if (!answer)
        return FALSE;
    const gsize n = exact->out->n_points;
    const gsize n_groups =
        exact->question->split ? exact->answer->tables[PLX_FRICTION_SPLIT].n_groups : 0;
    struct plx_friction_joint *all = g_new0(struct plx_friction_joint, n + 1);
    struct plx_friction_joint *split = g_new0(struct plx_friction_joint, n * n_groups + 1);
    plx_friction_link(exact, answer, all, n_groups ? split : NULL);
    exact->weighted = answer->tables[0].linked->weight != NULL;
    fill_from(exact, all, split);
    g_free(all);
    g_free(split);
    plx_answer_free(answer);
    return TRUE;
}
