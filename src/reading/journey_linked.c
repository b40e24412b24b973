/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/journey_private.h"

#include <string.h>

/* Trips of one way, taken from what units said. */
struct taking {
    const struct plx_way_asking *asking;
    const struct plx_linked *linked;
    const gint32 *local;          /* by subject: place on the way, or -1 */
    gint whole;                   /* subject of the journey, or -1 */
    const gint8 *level, *overall; /* by answer; NULL: nobody was asked */
    const struct plx_scale *levels, *wholes;
    double *chance_of; /* by group */
    GArray *unit, *first, *point, *mark, *end, *chance;
};

static gint8 turned(const struct plx_scale *scale, gint8 value)
{
    return scale->down ? (gint8)(scale->min + scale->max - value) : value;
}

static struct plx_trip_scale turned_scale(const struct plx_scale *scale)
{
    const gboolean cut = scale->met != PLX_NO_CUT;
    return (struct plx_trip_scale){scale->min, scale->max,
                                   cut ? turned(scale, scale->met) : scale->min};
}

static gint8 mark_of(const struct taking *t, guint32 answer)
{
    const gint8 value = t->level[answer];
    return value == PLX_CELL_NA         ? (gint8)PLX_TRIP_NA
           : value == PLX_CELL_DECLINED ? (gint8)PLX_TRIP_DECLINED
                                        : turned(t->levels, value);
}

/* Keeps a trip's answers in the order of the way; a later answer to a point stands behind. */
static void add_mark(struct taking *t, guint first, guint16 point, gint8 mark)
{
    guint at = t->point->len;
    while (at > first && g_array_index(t->point, guint16, at - 1) > point)
        at--;
    g_array_insert_val(t->point, at, point);
    g_array_insert_val(t->mark, at, mark);
}

/* The answers [from, to) of one unit, one occasion or all. */
static void take_trip(struct taking *t, guint32 unit, guint32 from, guint32 to)
{
    const guint32 first = t->point->len;
    gint8 end = (gint8)PLX_TRIP_NONE;
    double chance = 1;
    for (guint32 i = from; i < to; i++) {
        const guint32 subject = t->linked->subject[i];
        if (t->overall && (gint)subject == t->whole && t->overall[i] != PLX_CELL_EMPTY &&
            t->overall[i] != PLX_CELL_NA && t->overall[i] != PLX_CELL_DECLINED)
            end = turned(t->wholes, t->overall[i]);
        if (t->local[subject] < 0 || t->level[i] == PLX_CELL_EMPTY)
            continue;
        chance = t->linked->group ? t->chance_of[t->linked->group[i]] : 1;
        add_mark(t, first, (guint16)t->local[subject], mark_of(t, i));
    }
    if (t->point->len == first)
        return;
    const guint32 next = t->point->len;
    g_array_append_val(t->unit, unit);
    g_array_append_val(t->first, next);
    g_array_append_val(t->end, end);
    g_array_append_val(t->chance, chance);
}

static void take_units(struct taking *t, gboolean by_person)
{
    const struct plx_linked *l = t->linked;
    for (guint32 u = 0; u < l->n_units; u++) {
        const guint32 from = l->unit_first[u], to = l->unit_first[u + 1];
        if (l->audience[u] != t->asking->audience)
            continue;
        if (by_person)
            take_trip(t, u, l->encounter_first[from], l->encounter_first[to]);
        for (guint32 e = from; !by_person && e < to; e++)
            take_trip(t, u, l->encounter_first[e], l->encounter_first[e + 1]);
    }
}

static const gint8 *values_of(const struct plx_linked *linked, enum plx_measure measure)
{
    for (guint j = 0; j < linked->n_measures; j++)
        if (linked->measure[j] == measure)
            return linked->value[j];
    return NULL;
}

static GArray *array_of(gsize size)
{
    return g_array_new(FALSE, FALSE, (guint)size);
}

static void begin(struct taking *t)
{
    const struct plx_table *table = &t->asking->answer->tables[PLX_WAY_LINKS];
    t->unit = array_of(sizeof(guint32));
    t->first = array_of(sizeof(guint32));
    t->point = array_of(sizeof(guint16));
    t->mark = array_of(sizeof(gint8));
    t->end = array_of(sizeof(gint8));
    t->chance = array_of(sizeof(double));
    const guint32 zero = 0;
    g_array_append_val(t->first, zero);
    t->chance_of = g_new0(double, table->n_groups + 1);
    for (guint g = 0; g < table->n_groups; g++)
        t->chance_of[g] = plx_way_chance(table->groups[g][0]);
}

static void finish(struct taking *t)
{
    g_free(t->chance_of);
    g_array_unref(t->unit);
    g_array_unref(t->first);
    g_array_unref(t->point);
    g_array_unref(t->mark);
    g_array_unref(t->end);
    g_array_unref(t->chance);
}

static void use_trips(const struct taking *t, guint n_points, struct plx_way *way)
{
    const struct plx_trips trips = {
        .n_points = n_points,
        .levels = turned_scale(t->levels),
        .whole = t->wholes ? turned_scale(t->wholes) : (struct plx_trip_scale){0, 0, 0},
        .n = t->unit->len,
        .unit = (const guint32 *)(gconstpointer)t->unit->data,
        .first = (const guint32 *)(gconstpointer)t->first->data,
        .point = (const guint16 *)(gconstpointer)t->point->data,
        .level = (const gint8 *)t->mark->data,
        .overall = (const gint8 *)t->end->data,
        .chance = way->reach_known ? (const double *)(gconstpointer)t->chance->data : NULL,
    };
    plx_way_take_trips(&t->asking->reach, &trips, way);
}

void plx_way_link(const struct plx_way_asking *asking, const struct plx_ways *ways,
                  struct plx_way *way)
{
    const struct plx_answer *answer = asking->answer;
    struct taking t = {.asking = asking,
                       .linked = answer->tables[PLX_WAY_LINKS].linked,
                       .levels = ways->scale,
                       .wholes = way->whole.scale,
                       .whole = plx_way_subject(asking, way->id)};
    t.level = t.linked ? values_of(t.linked, asking->question->measure) : NULL;
    if (!t.level)
        return;
    t.overall = t.wholes ? values_of(t.linked, PLX_MEASURE_OVERALL) : NULL;
    g_autofree gint32 *local = g_new0(gint32, answer->n_subjects + 1);
    guint n = 0;
    for (guint s = 0; s < answer->n_subjects; s++)
        local[s] = -1;
    for (guint i = 0; i < way->n_points; i++)
        if (!way->points[i].suppressed)
            local[way->points[i].subject] = (gint32)n++;
    t.local = local;
    begin(&t);
    take_units(&t, ways->by_person);
    use_trips(&t, n, way);
    finish(&t);
}

/* How many distinct points the answers [from, to) hold, up to two. */
static guint points_in(const struct plx_answer *answer, const struct plx_linked *l,
                       const gint8 *level, guint32 from, guint32 to)
{
    guint n = 0;
    guint32 last = 0;
    for (guint32 i = from; i < to && n < 2; i++) {
        if (level[i] == PLX_CELL_EMPTY ||
            answer->subjects[l->subject[i]].kind != PLX_SUBJECT_POINT ||
            (n > 0 && l->subject[i] == last))
            continue;
        last = l->subject[i];
        n++;
    }
    return n;
}

gboolean plx_way_by_person(const struct plx_way_asking *asking)
{
    const struct plx_linked *l = asking->answer->tables[PLX_WAY_LINKS].linked;
    const gint8 *level = l ? values_of(l, asking->question->measure) : NULL;
    gboolean persons = FALSE;
    for (guint32 u = 0; level && u < l->n_units; u++) {
        const guint32 from = l->unit_first[u], to = l->unit_first[u + 1];
        for (guint32 e = from; e < to; e++)
            if (points_in(asking->answer, l, level, l->encounter_first[e],
                          l->encounter_first[e + 1]) > 1)
                return FALSE;
        persons = persons || points_in(asking->answer, l, level, l->encounter_first[from],
                                       l->encounter_first[to]) > 1;
    }
    return persons;
}
