/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of those at Expected or better: who was asked the rest, and met friction there. From answers by
 * unit, since a row tells several kinds and a person may answer more than once. */

#include "reading/friction_exact.h"

/* How the rows of one point are judged. */
struct rule {
    guint32 others; /* kinds that must all be answered; 0: the point has none of them */
    gboolean level; /* only rows with a level at met or better */
    const struct plx_scale *scale[PLX_FRICTION_ASKABLE];
    guint from[PLX_FRICTION_ASKABLE], to[PLX_FRICTION_ASKABLE];
};

/* One unit's answers about one point, in all or in one group. */
struct tally {
    gsize slot;
    double below, level, other, asked;   /* sums of weights */
    double plain_squares, other_squares; /* of squared weights */
    guint64 n;
};

/* Joints of one table: by point, or by group and point. */
struct target {
    struct plx_friction_joint *joints;
    guint32 *place; /* by slot: where the unit's tally is, + 1; 0: none yet */
    GArray *unit;   /* struct tally: of the unit at hand */
};

struct collector {
    const struct plx_friction_exact *exact;
    const struct plx_linked *linked;
    const gint8 *column[PLX_FRICTION_ASKABLE]; /* or NULL: nobody has it */
    struct rule *rules;                        /* by point */
    gint *point_of, *group_of;                 /* by subject, by group of the linked answer */
};

static void make_rule(const struct plx_friction_exact *exact, guint p, struct rule *rule)
{
    for (guint k = 0; k < PLX_FRICTION_ASKABLE; k++) {
        const struct plx_tally *tally = plx_friction_tally(exact, exact->cells[p], k);
        if (!tally || !(exact->out->kinds >> k & 1u))
            continue;
        rule->scale[k] = tally->scale;
        plx_friction_values(k, tally->scale, &rule->from[k], &rule->to[k]);
        if (k == PLX_FRICTION_BELOW)
            rule->level = TRUE;
        else if (tally->persons >= exact->reach.minimum)
            rule->others |= 1u << k;
    }
}

/* 1 friction, 0 none, -1 not answered. */
static gint judge(const struct collector *c, const struct rule *rule, enum plx_friction_kind kind,
                  guint64 answer)
{
    const struct plx_scale *scale = rule->scale[kind];
    const gint8 value = c->column[kind] ? c->column[kind][answer] : PLX_CELL_EMPTY;
    if (value < scale->min || value > scale->max)
        return -1;
    const guint at = (guint)(value - scale->min);
    return at >= rule->from[kind] && at <= rule->to[kind];
}

/* Over all kinds beside the level: 1 some friction, 0 none, -1 one of them was not answered. */
static gint judge_others(const struct collector *c, const struct rule *rule, guint64 answer)
{
    gint some = 0;
    for (guint k = PLX_FRICTION_HARD; k < PLX_FRICTION_ASKABLE; k++) {
        const gint one = rule->others >> k & 1u ? judge(c, rule, k, answer) : 0;
        if (one < 0)
            return -1;
        some = MAX(some, one);
    }
    return some;
}

static struct tally *tally_of(struct target *target, gsize slot)
{
    if (!target->place[slot]) {
        const struct tally fresh = {.slot = slot};
        g_array_append_val(target->unit, fresh);
        target->place[slot] = target->unit->len;
    }
    return &g_array_index(target->unit, struct tally, target->place[slot] - 1);
}

static void add_answer(const struct collector *c, const struct rule *rule, guint64 answer,
                       struct target *target, gsize slot)
{
    const double w = c->linked->weight ? c->linked->weight[answer] : 1;
    const gint below = rule->level ? judge(c, rule, PLX_FRICTION_BELOW, answer) : 0;
    if (below < 0)
        return;
    struct tally *tally = tally_of(target, slot);
    tally->level += w;
    tally->below += below ? w : 0;
    const gint other = below ? -1 : judge_others(c, rule, answer);
    if (other < 0)
        return;
    tally->n++;
    tally->asked += w;
    tally->other += other ? w : 0;
    *(other ? &tally->other_squares : &tally->plain_squares) += w * w;
}

static void close_unit(struct target *target, guint64 persons)
{
    for (guint i = 0; i < target->unit->len; i++) {
        const struct tally *tally = &g_array_index(target->unit, struct tally, i);
        struct plx_friction_joint *joint = &target->joints[tally->slot];
        const double plain = tally->asked - tally->other;
        joint->w[0] += plain;
        joint->w[1] += tally->other;
        joint->w2[0] += tally->plain_squares;
        joint->w2[1] += tally->other_squares;
        joint->m[0] += plain * plain;
        joint->m[1] += plain * tally->other;
        joint->m[2] += plain * tally->other;
        joint->m[3] += tally->other * tally->other;
        joint->n += tally->n;
        joint->units += tally->n > 0 ? 1 : 0;
        joint->persons += tally->n > 0 ? persons : 0;
        joint->repeats = joint->repeats || tally->n > 1;
        joint->below_other += tally->below * tally->other;
        joint->below_asked += tally->below * tally->asked;
        joint->level_other += tally->level * tally->other;
        joint->level_asked += tally->level * tally->asked;
        target->place[tally->slot] = 0;
    }
    g_array_set_size(target->unit, 0);
}

static void add_unit(const struct collector *c, guint64 unit, struct target *all,
                     struct target *split)
{
    const struct plx_linked *l = c->linked;
    const guint64 first = l->encounter_first[l->unit_first[unit]];
    const guint64 end = l->encounter_first[l->unit_first[unit + 1]];
    for (guint64 answer = first; answer < end; answer++) {
        const gint p = c->point_of[l->subject[answer]];
        if (p < 0 || !c->rules[p].others)
            continue;
        add_answer(c, &c->rules[p], answer, all, (gsize)p);
        const gint g = split ? c->group_of[l->group[answer]] : -1;
        if (g >= 0)
            add_answer(c, &c->rules[p], answer, split,
                       (gsize)g * c->exact->out->n_points + (gsize)p);
    }
    const guint64 persons = l->persons ? l->persons[unit] : 1;
    close_unit(all, persons);
    if (split)
        close_unit(split, persons);
}

static void find_columns(struct collector *c)
{
    for (guint k = 0; k < PLX_FRICTION_ASKABLE; k++)
        for (guint j = 0; j < c->linked->n_measures; j++)
            if (c->linked->measure[j] == plx_friction_measure(k))
                c->column[k] = c->linked->value[j];
}

static void open_target(struct target *target, struct plx_friction_joint *joints, gsize slots)
{
    target->joints = joints;
    target->place = g_new0(guint32, slots + 1);
    target->unit = g_array_new(FALSE, FALSE, sizeof(struct tally));
}

static void close_target(struct target *target)
{
    g_free(target->place);
    g_array_unref(target->unit);
}

/* Where the subjects of this answer are among the points; its groups among those of the split. */
static void find_places(struct collector *c, const struct plx_answer *answer)
{
    const plx_friction *out = c->exact->out;
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint p = 0; p < out->n_points; p++)
        g_hash_table_insert(ids, (gpointer)(guintptr)out->points[p].point, GUINT_TO_POINTER(p + 1));
    c->point_of = g_new0(gint, answer->n_subjects + 1);
    for (guint s = 0; s < answer->n_subjects; s++)
        c->point_of[s] = answer->subjects[s].kind == PLX_SUBJECT_POINT
                             ? GPOINTER_TO_INT(g_hash_table_lookup(ids, answer->subjects[s].id)) - 1
                             : -1;
    const struct plx_table *table = &answer->tables[0];
    c->group_of = g_new0(gint, table->n_groups + 1);
    for (guint g = 0; c->linked->group && g < table->n_groups; g++)
        c->group_of[g] =
            plx_grid_find_group(&c->exact->answer->tables[PLX_FRICTION_SPLIT], table->groups[g][0]);
}

void plx_friction_link(const struct plx_friction_exact *exact, const struct plx_answer *answer,
                       struct plx_friction_joint *all, struct plx_friction_joint *split)
{
    const guint n = exact->out->n_points;
    struct collector c = {.exact = exact, .linked = answer->tables[0].linked};
    struct target targets[2] = {{0}};
    find_columns(&c);
    find_places(&c, answer);
    c.rules = g_new0(struct rule, n + 1);
    for (guint p = 0; p < n; p++)
        make_rule(exact, p, &c.rules[p]);
    open_target(&targets[0], all, n);
    if (split)
        open_target(&targets[1], split,
                    (gsize)n * exact->answer->tables[PLX_FRICTION_SPLIT].n_groups);
    for (guint64 u = 0; u < c.linked->n_units; u++)
        if (c.linked->audience[u] == exact->reach.audience)
            add_unit(&c, u, &targets[0], split ? &targets[1] : NULL);
    close_target(&targets[0]);
    if (split)
        close_target(&targets[1]);
    g_free(c.rules);
    g_free(c.point_of);
    g_free(c.group_of);
}
