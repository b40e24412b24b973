/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who rated both: is the order understood, and where points stand among the vignettes. */
#include "base/number.h"
#include "reading/gaps_exact.h"
#include "reading/vignettes_private.h"
#include "voice/batch.h"

#include <math.h>
#include <string.h>

#define FALSE_CLAIMS 0.05

/* One person's answer about a point; the mean of several. */
struct mark {
    guint32 unit;
    double y;
};

/* Where a person's ratings of the vignettes begin, -1 without any; and who it is. */
struct rater {
    gint32 row;
    guint32 persons;
    guint8 audience;
};

struct walk {
    const struct plx_vignettes_asked *asked;
    plx_vignette_reading *reading;
    guint n_vignettes, n_audiences;
    guint n_points;         /* of the map, that the question takes or not */
    GArray *raters;         /* struct rater, by unit */
    GArray *rows;           /* double, n_vignettes each; NaN = not rated */
    GArray **marks;         /* by point of the map: struct mark; NULL = nobody */
    double *sum;            /* by point and vignette, of the unit at work */
    guint32 *count;         /* likewise */
    GArray *touched;        /* gint: points with a count */
    const gboolean *wanted; /* by point of the map */
};

/* ---- reading what is linked ---- */

static void take_unit(struct walk *walk, const struct plx_linked *linked, guint32 unit)
{
    const gint8 *value = linked->value[0];
    for (guint32 e = linked->unit_first[unit]; e < linked->unit_first[unit + 1]; e++) {
        for (guint32 a = linked->encounter_first[e]; a < linked->encounter_first[e + 1]; a++) {
            const gint at = walk->asked->answer->subjects[linked->subject[a]].map_index;
            if (at < 0 || value[a] <= PLX_CELL_DECLINED) /* retired; no value */
                continue;
            if (walk->count[at]++ == 0)
                g_array_append_val(walk->touched, at);
            walk->sum[at] += value[a];
        }
    }
}

static void put_unit(struct walk *walk, const struct plx_linked *linked, guint32 unit, double up)
{
    struct rater rater = {-1, linked->persons ? linked->persons[unit] : 1, linked->audience[unit]};
    for (guint i = 0; i < walk->touched->len; i++) {
        const gint at = g_array_index(walk->touched, gint, i);
        const double mean = up * walk->sum[at] / walk->count[at];
        walk->sum[at] = 0;
        walk->count[at] = 0;
        if ((guint)at < walk->n_points) {
            const struct mark mark = {unit, mean};
            if (walk->wanted[at] && !walk->marks[at])
                walk->marks[at] = g_array_new(FALSE, FALSE, sizeof(struct mark));
            if (walk->wanted[at])
                g_array_append_val(walk->marks[at], mark);
            continue;
        }
        if (rater.row < 0) {
            rater.row = (gint32)(walk->rows->len / walk->n_vignettes);
            g_array_set_size(walk->rows, walk->rows->len + walk->n_vignettes);
            for (guint v = 0; v < walk->n_vignettes; v++)
                g_array_index(walk->rows, double, (gsize)rater.row * walk->n_vignettes + v) =
                    PLX_NAN;
        }
        g_array_index(walk->rows, double,
                      (gsize)rater.row * walk->n_vignettes + ((guint)at - walk->n_points)) = mean;
    }
    g_array_set_size(walk->touched, 0);
    g_array_append_val(walk->raters, rater);
}

static void read_linked(struct walk *walk)
{
    const struct plx_linked *linked = walk->asked->answer->tables[PLX_VIGNETTE_LINKED].linked;
    const plx_map *map = walk->reading->about.map;
    if (!linked || linked->n_measures == 0)
        return;
    for (guint32 unit = 0; unit < linked->n_units; unit++) {
        const guint8 audience = linked->audience[unit];
        take_unit(walk, linked, unit);
        put_unit(walk, linked, unit, map->audiences[audience].scale->down ? -1 : 1);
    }
}

/* ---- who of an audience rated a whole set ---- */

/* Their answers, people by people: y, and z of the set. */
struct side {
    GArray *y, *z;           /* double */
    guint64 persons, others; /* who rated all of it; who rated, but not all of it */
};

static void side_init(struct side *side)
{
    *side = (struct side){g_array_new(FALSE, FALSE, sizeof(double)),
                          g_array_new(FALSE, FALSE, sizeof(double)), 0, 0};
}

static void side_clear(struct side *side)
{
    g_array_unref(side->y);
    g_array_unref(side->z);
}

/* FALSE: this person did not rate every vignette of the set. */
static gboolean add_row(const struct walk *walk, const struct plx_vignette_set *set,
                        const struct rater *rater, struct side *side)
{
    const guint before = side->z->len;
    gboolean whole = rater->row >= 0;
    for (guint i = 0; whole && i < set->n; i++) {
        const double z = g_array_index(walk->rows, double,
                                       (gsize)rater->row * walk->n_vignettes + set->vignettes[i]);
        whole = !isnan(z);
        g_array_append_val(side->z, z);
    }
    if (!whole)
        g_array_set_size(side->z, before);
    *(whole ? &side->persons : &side->others) += rater->persons;
    return whole;
}

/* Of a protected audience nobody can be found out by leaving these few away from all. */
static gboolean allows(const struct walk *walk, guint audience, const struct side *side)
{
    const struct plx_reach *reach = &walk->asked->reach[audience];
    return plx_reach_allows(reach, side->persons) &&
           (!reach->whole || side->others == 0 || side->others >= reach->minimum);
}

static void read_order(const struct walk *walk, struct plx_vignette_set *set, guint audience)
{
    struct side side;
    side_init(&side);
    for (guint u = 0; u < walk->raters->len; u++) {
        const struct rater *rater = &g_array_index(walk->raters, struct rater, u);
        if (rater->audience == audience && rater->row >= 0)
            add_row(walk, set, rater, &side);
    }
    const gsize n = side.z->len / set->n;
    if (n > 0) {
        struct plx_vignette_order *order = &set->orders[set->n_orders++];
        *order = (struct plx_vignette_order){.audience = audience,
                                             .persons = PLX_NO_COUNT,
                                             .units = PLX_NO_COUNT,
                                             .in_order = NAN,
                                             .tied = NAN,
                                             .misordered = NAN,
                                             .suppressed = PLX_HIDDEN_FEW};
        if (allows(walk, audience, &side)) {
            g_autofree double *share = g_new0(double, 2 * set->n + 1);
            const double *z = (const double *)(const void *)side.z->data;
            const struct plx_vignettes v = plx_vignettes(z, z, n, set->n, share);
            order->persons = (gint64)side.persons;
            order->units = (gint64)n;
            order->tied = (double)v.tied / (double)n;
            order->misordered = (double)v.misordered / (double)n;
            order->in_order = (double)(n - v.tied - v.misordered) / (double)n;
            order->orders = v.orders;
            order->suppressed = PLX_SHOWN;
        }
    }
    side_clear(&side);
}

/* ---- points ---- */

static void read_standing(const struct walk *walk, const struct plx_vignette_set *set,
                          guint audience, const struct side *side, struct plx_vignette_point *point)
{
    const gsize n = side->y->len;
    struct plx_vignette_standing *s = &point->standings[point->n_standings++];
    *s = (struct plx_vignette_standing){.audience = audience,
                                        .persons = PLX_NO_COUNT,
                                        .units = PLX_NO_COUNT,
                                        .raw = NAN,
                                        .ranges = NAN,
                                        .suppressed = PLX_HIDDEN_FEW};
    if (!allows(walk, audience, side))
        return;
    const plx_map *map = walk->reading->about.map;
    double *share = plx_keep(walk->reading->about.memory, 2 * set->n + 1, sizeof *share);
    const struct plx_vignettes v =
        plx_vignettes((const double *)(const void *)side->y->data,
                      (const double *)(const void *)side->z->data, n, set->n, share);
    s->persons = (gint64)side->persons;
    s->units = (gint64)n;
    s->raw = (map->audiences[audience].scale->down ? -1 : 1) * v.raw;
    s->ranges = (double)v.ranges / (double)n;
    s->share = share;
    s->suppressed = PLX_SHOWN;
}

/* Which of two audiences has answers about the point, and how far they can be compared. */
static void add_gap(const struct walk *walk, const struct side *sides, guint a, guint b,
                    struct plx_vignette_point *point)
{
    const plx_map *map = walk->reading->about.map;
    struct plx_vignette_gap *gap = &point->gaps[point->n_gaps++];
    const struct plx_interval none = {NAN, NAN};
    *gap = (struct plx_vignette_gap){
        .a = a,
        .b = b,
        .a_persons = PLX_NO_COUNT,
        .b_persons = PLX_NO_COUNT,
        .before = PLX_VIGNETTE_OPEN,
        .after = PLX_VIGNETTE_OPEN,
        .d = {NAN, none, NAN, none, NAN, none, none, NAN, none},
    };
    if (!plx_scale_same(map->audiences[a].scale, map->audiences[b].scale))
        gap->state = PLX_VIGNETTE_SCALES;
    else if (sides[a].y->len == 0 || sides[b].y->len == 0)
        gap->state = PLX_VIGNETTE_NOT_LINKED;
    else if (!allows(walk, a, &sides[a]) || !allows(walk, b, &sides[b]))
        gap->state = PLX_VIGNETTE_FEW;
    if (gap->state != PLX_VIGNETTE_SHOWN)
        return;
    gap->a_persons = (gint64)sides[a].persons;
    gap->b_persons = (gint64)sides[b].persons;
    walk->reading->gap_family++;
}

/* Takes the answers about one point apart, by audience. */
static void sort_marks(const struct walk *walk, const struct plx_vignette_set *set,
                       const GArray *marks, struct side *sides)
{
    for (guint i = 0; i < marks->len; i++) {
        const struct mark *mark = &g_array_index(marks, struct mark, i);
        const struct rater *rater = &g_array_index(walk->raters, struct rater, mark->unit);
        if (add_row(walk, set, rater, &sides[rater->audience]))
            g_array_append_val(sides[rater->audience].y, mark->y);
    }
}

static struct side *sides_new(guint n)
{
    struct side *sides = g_new(struct side, n);
    for (guint a = 0; a < n; a++)
        side_init(&sides[a]);
    return sides;
}

static void sides_free(struct side *sides, guint n)
{
    for (guint a = 0; a < n; a++)
        side_clear(&sides[a]);
    g_free(sides);
}

static gboolean has_answers(const struct side *side)
{
    return side->persons + side->others > 0;
}

/* What can be said of a point; FALSE when no two audiences rated it. */
static gboolean prepare_point(const struct walk *walk, const struct plx_vignette_set *set,
                              guint index, struct plx_vignette_point *point)
{
    const guint n = walk->n_audiences;
    const struct plx_point *of = &walk->reading->about.map->points[index];
    GPtrArray *memory = walk->reading->about.memory;
    struct side *sides = sides_new(n);
    sort_marks(walk, set, walk->marks[index], sides);
    *point = (struct plx_vignette_point){.id = of->id, .title = of->title};
    point->standings = plx_keep(memory, n, sizeof *point->standings);
    point->gaps = plx_keep(memory, (gsize)n * n, sizeof *point->gaps);
    for (guint a = 0; a < n; a++) {
        if (sides[a].y->len > 0)
            read_standing(walk, set, a, &sides[a], point);
        for (guint b = a + 1; b < n; b++)
            if (has_answers(&sides[a]) && has_answers(&sides[b]))
                add_gap(walk, sides, a, b, point);
    }
    sides_free(sides, n);
    return point->n_gaps > 0;
}

static enum plx_vignette_side side_of(struct plx_interval p)
{
    return p.lo > 0.5 ? PLX_VIGNETTE_A : p.hi < 0.5 ? PLX_VIGNETTE_B : PLX_VIGNETTE_OPEN;
}

static void judge_gap(const struct plx_vignette_set *set, double level, gboolean down,
                      const struct side *sides, struct plx_vignette_gap *gap)
{
    const struct side *a = &sides[gap->a], *b = &sides[gap->b];
    struct plx_vignette_difference *d = &gap->d;
    *d = plx_vignette_difference(
        (const double *)(const void *)a->y->data, (const double *)(const void *)a->z->data,
        a->y->len, (const double *)(const void *)b->y->data,
        (const double *)(const void *)b->z->data, b->y->len, set->n, level);
    gap->before = side_of(d->raw_p_ci);
    if (isnan(d->corrected_p))
        gap->state = PLX_VIGNETTE_NO_ORDER;
    else
        gap->after = side_of(d->corrected_p_ci);
    if ((gap->after == PLX_VIGNETTE_A && !(d->corrected_bounds.lo > 0)) ||
        (gap->after == PLX_VIGNETTE_B && !(d->corrected_bounds.hi < 0)))
        gap->after = PLX_VIGNETTE_OPEN;
    if (down) {
        d->raw = -d->raw;
        d->raw_ci = (struct plx_interval){-d->raw_ci.hi, -d->raw_ci.lo};
    }
}

static void judge_point(const struct walk *walk, const struct plx_vignette_set *set, guint index,
                        struct plx_vignette_point *point)
{
    const plx_map *map = walk->reading->about.map;
    struct side *sides = sides_new(walk->n_audiences);
    sort_marks(walk, set, walk->marks[index], sides);
    for (guint i = 0; i < point->n_gaps; i++)
        if (point->gaps[i].state == PLX_VIGNETTE_SHOWN)
            judge_gap(set, walk->reading->gap_level, map->audiences[point->gaps[i].a].scale->down,
                      sides, &point->gaps[i]);
    sides_free(sides, walk->n_audiences);
}

/* ---- sets ---- */

static gboolean stands_for(const struct plx_point *vignette, guint point)
{
    gboolean found = vignette->n_stands_for == 0;
    for (guint i = 0; i < vignette->n_stands_for; i++)
        found = found || vignette->stands_for[i] == point;
    return found;
}

static guint32 vignettes_of(const plx_map *map, guint point)
{
    guint32 mask = 0;
    for (guint v = 0; v < map->n_vignettes; v++)
        mask |= stands_for(&map->points[map->n_points + v], point) ? 1u << v : 0;
    return mask;
}

/* Points with the same vignettes make one set, in the order of their first point. */
static void find_sets(struct walk *walk, guint32 *mask)
{
    plx_vignette_reading *reading = walk->reading;
    const plx_map *map = reading->about.map;
    g_autoptr(GArray) masks = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint p = 0; p < walk->n_points; p++) {
        mask[p] = vignettes_of(map, p);
        gboolean known = mask[p] == 0;
        for (guint i = 0; !known && i < masks->len; i++)
            known = g_array_index(masks, guint32, i) == mask[p];
        if (!known)
            g_array_append_val(masks, mask[p]);
    }
    reading->n_sets = masks->len;
    reading->sets = plx_keep(reading->about.memory, masks->len, sizeof *reading->sets);
    for (guint i = 0; i < masks->len; i++) {
        struct plx_vignette_set *set = &reading->sets[i];
        set->vignettes = plx_keep(reading->about.memory, map->n_vignettes, sizeof *set->vignettes);
        for (guint v = 0; v < map->n_vignettes; v++)
            if (g_array_index(masks, guint32, i) & 1u << v)
                set->vignettes[set->n++] = v;
    }
}

static guint32 mask_of(const struct plx_vignette_set *set)
{
    guint32 mask = 0;
    for (guint i = 0; i < set->n; i++)
        mask |= 1u << set->vignettes[i];
    return mask;
}

static void read_set(const struct walk *walk, const guint32 *mask, struct plx_vignette_set *set,
                     guint *at)
{
    GPtrArray *memory = walk->reading->about.memory;
    set->orders = plx_keep(memory, walk->n_audiences, sizeof *set->orders);
    for (guint a = 0; a < walk->n_audiences; a++)
        read_order(walk, set, a);
    set->points = plx_keep(memory, walk->n_points, sizeof *set->points);
    for (guint p = 0; p < walk->n_points; p++)
        if (mask[p] == mask_of(set) && walk->marks[p] &&
            prepare_point(walk, set, p, &set->points[set->n_points]))
            at[set->n_points++] = p;
}

static void read_sets(struct walk *walk)
{
    plx_vignette_reading *reading = walk->reading;
    g_autofree guint32 *mask = g_new0(guint32, walk->n_points + 1);
    find_sets(walk, mask);
    g_autofree guint *at = g_new0(guint, (gsize)walk->n_points + 1);
    g_autofree guint *first = g_new0(guint, (gsize)reading->n_sets + 1);
    for (guint i = 0; i < reading->n_sets; i++) {
        read_set(walk, mask, &reading->sets[i], at + first[i]);
        first[i + 1] = first[i] + reading->sets[i].n_points;
    }
    /* The level of every interval follows from how many there are. */
    reading->gap_level =
        reading->gap_family ? 1 - FALSE_CLAIMS / (2.0 * reading->gap_family) : PLX_NAN;
    for (guint i = 0; i < reading->n_sets; i++)
        for (guint p = 0; p < reading->sets[i].n_points; p++)
            judge_point(walk, &reading->sets[i], at[first[i] + p], &reading->sets[i].points[p]);
}

static gboolean *wanted_points(const plx_question *question)
{
    const plx_map *map = question->map;
    gboolean *wanted = g_new0(gboolean, map->n_points + 1);
    for (guint p = 0; p < map->n_points; p++) {
        const struct plx_subject subject = {PLX_SUBJECT_POINT, map->points[p].id,
                                            map->points[p].title, (gint)p};
        wanted[p] = plx_question_takes(question, &subject);
    }
    return wanted;
}

void plx_vignettes_scale(const struct plx_vignettes_asked *asked, plx_vignette_reading *reading)
{
    const plx_map *map = reading->about.map;
    g_autofree gboolean *wanted = wanted_points(asked->question);
    const gsize n = (gsize)map->n_points + map->n_vignettes;
    struct walk walk = {.asked = asked,
                        .reading = reading,
                        .n_vignettes = map->n_vignettes,
                        .n_audiences = map->n_audiences,
                        .n_points = map->n_points,
                        .raters = g_array_new(FALSE, FALSE, sizeof(struct rater)),
                        .rows = g_array_new(FALSE, FALSE, sizeof(double)),
                        .marks = g_new0(GArray *, map->n_points + 1),
                        .sum = g_new0(double, n),
                        .count = g_new0(guint32, n),
                        .touched = g_array_new(FALSE, FALSE, sizeof(gint)),
                        .wanted = wanted};
    read_linked(&walk);
    read_sets(&walk);
    for (guint p = 0; p < map->n_points; p++)
        if (walk.marks[p])
            g_array_unref(walk.marks[p]);
    g_array_unref(walk.raters);
    g_array_unref(walk.rows);
    g_array_unref(walk.touched);
    g_free(walk.marks);
    g_free(walk.sum);
    g_free(walk.count);
}
