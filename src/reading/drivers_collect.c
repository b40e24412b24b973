/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drivers_collect.h"

#include "reading/gaps_exact.h"

#include <stdlib.h>
#include <string.h>

#define NONE G_MAXUINT32

struct walk {
    const plx_question *question;
    const struct plx_answer *answer;
    const struct plx_linked *linked;
    const gint8 *level, *outcome; /* by answer; NULL: nobody has it */
    const struct plx_scale *level_scale, *outcome_scale;
    guint32 *column; /* by subject, of the journey at work; the outcome's is n_points */
    double *sum;     /* by column */
    guint *n;
    guint *touched;
    guint n_touched;
    struct plx_joint_answer *row;
};

static const gint8 *values_of(const struct plx_linked *linked, enum plx_measure measure)
{
    for (guint j = 0; j < linked->n_measures; j++)
        if (linked->measure[j] == measure)
            return linked->value[j];
    return NULL;
}

static gboolean is_value(gint8 cell)
{
    return cell != PLX_CELL_EMPTY && cell != PLX_CELL_NA && cell != PLX_CELL_DECLINED;
}

static gboolean uses(const struct plx_journey *journey, guint point)
{
    for (guint t = 0; t < journey->n_transactions; t++)
        for (guint i = 0; i < journey->transactions[t].n_points; i++)
            if (journey->transactions[t].points[i] == point)
                return TRUE;
    return FALSE;
}

/* Is it a point of the journey? Where the map knows nothing of journeys any is. */
static gboolean belongs(const struct walk *walk, guint subject, gint journey)
{
    const struct plx_subject *s = &walk->answer->subjects[subject];
    const plx_map *map = walk->question->map;
    if (s->kind != PLX_SUBJECT_POINT || !plx_question_takes(walk->question, s) ||
        plx_question_is_retired(walk->question, s))
        return FALSE;
    if (journey < 0 || s->map_index < 0)
        return TRUE;
    return map->points[s->map_index].journey == (guint)journey ||
           uses(&map->journeys[journey], (guint)s->map_index);
}

static void touch(struct walk *walk, guint64 a, guint outcome)
{
    const guint32 column = walk->column[walk->linked->subject[a]];
    if (column == NONE)
        return;
    const gint8 *cells = column == outcome ? walk->outcome : walk->level;
    if (!cells || !is_value(cells[a]))
        return;
    if (walk->n[column] == 0)
        walk->touched[walk->n_touched++] = column;
    walk->n[column]++;
    walk->sum[column] += cells[a];
}

static void clear_row(struct walk *walk)
{
    for (guint i = 0; i < walk->n_touched; i++) {
        walk->n[walk->touched[i]] = 0;
        walk->sum[walk->touched[i]] = 0;
    }
    walk->n_touched = 0;
}

static gint zone_of(const struct plx_scale *scale, double value)
{
    if (scale->met != PLX_NO_CUT && (scale->down ? value > scale->met : value < scale->met))
        return -1;
    if (scale->desired != PLX_NO_CUT &&
        (scale->down ? value < scale->desired : value > scale->desired))
        return 1;
    return 0;
}

static void put_row(struct walk *walk, struct plx_drive_journey *journey, guint8 part, guint32 unit)
{
    const guint outcome = journey->n_points;
    for (guint i = 0; i < walk->n_touched; i++) {
        const guint column = walk->touched[i];
        const struct plx_scale *scale = column == outcome ? walk->outcome_scale : walk->level_scale;
        const double value = walk->sum[column] / walk->n[column];
        walk->row[i] =
            (struct plx_joint_answer){.column = column,
                                      .value = scale->down ? -value : value,
                                      .zone = column == outcome ? 0 : zone_of(scale, value)};
    }
    if (walk->n_touched)
        plx_joint_add(journey->joint, part, unit, walk->row, walk->n_touched);
    clear_row(walk);
}

/* The last encounter of a row that begins at e. */
static guint32 row_end(const plx_drive_collected *c, const struct plx_linked *linked, guint64 unit,
                       guint32 e)
{
    return c->by_person ? linked->unit_first[unit + 1] : e + 1;
}

static void add_journey(struct walk *walk, const plx_drive_collected *c,
                        struct plx_drive_journey *journey, const guint8 *part)
{
    const struct plx_linked *linked = walk->linked;
    const guint outcome = journey->n_points;
    for (guint s = 0; s < walk->answer->n_subjects; s++)
        walk->column[s] = NONE;
    for (guint i = 0; i < journey->n_points; i++)
        walk->column[journey->points[i]] = i;
    walk->column[journey->subject] = outcome;
    journey->joint = plx_joint_new(journey->n_points);
    for (guint64 u = 0; u < linked->n_units; u++)
        for (guint32 e = linked->unit_first[u]; e < linked->unit_first[u + 1];) {
            const guint32 end = row_end(c, linked, u, e);
            for (guint64 a = linked->encounter_first[e]; a < linked->encounter_first[end]; a++)
                touch(walk, a, outcome);
            put_row(walk, journey, part[u], (guint32)u);
            e = end;
        }
}

/* How often a point was answered beside a judged whole of each journey. */
struct tallies {
    guint32 *slot; /* by subject: the journey's number, NONE */
    guint n_slots;
    guint *subjects; /* of the slots */
    guint64 *count;  /* slots x subjects */
    guint64 in_encounters, in_units;
    guint64 persons;
};

static void mark(const struct walk *walk, const struct tallies *t, guint32 first, guint32 end,
                 gboolean *judged)
{
    for (guint64 a = walk->linked->encounter_first[first]; a < walk->linked->encounter_first[end];
         a++) {
        const guint32 slot = t->slot[walk->linked->subject[a]];
        if (slot != NONE && is_value(walk->outcome[a]))
            judged[slot] = TRUE;
    }
}

/* Adds, or only counts (count = NULL), the answers beside the wholes that were judged. */
static guint64 beside(const struct walk *walk, const struct tallies *t, guint32 first, guint32 end,
                      const gboolean *judged, guint64 *count)
{
    guint64 n = 0;
    for (guint64 a = walk->linked->encounter_first[first]; a < walk->linked->encounter_first[end];
         a++) {
        const guint32 subject = walk->linked->subject[a];
        if (walk->answer->subjects[subject].kind != PLX_SUBJECT_POINT || !is_value(walk->level[a]))
            continue;
        for (guint s = 0; s < t->n_slots; s++)
            if (judged[s]) {
                n++;
                if (count)
                    count[(gsize)s * walk->answer->n_subjects + subject]++;
            }
    }
    return n;
}

static void tally(const struct walk *walk, struct tallies *t)
{
    const struct plx_linked *linked = walk->linked;
    g_autofree gboolean *judged = g_new0(gboolean, t->n_slots + 1);
    for (guint64 u = 0; u < linked->n_units; u++) {
        const guint32 first = linked->unit_first[u];
        const guint32 end = linked->unit_first[u + 1];
        for (guint32 e = first; e < end; e++) {
            memset(judged, 0, t->n_slots * sizeof *judged);
            mark(walk, t, e, e + 1, judged);
            t->in_encounters += beside(walk, t, e, e + 1, judged, NULL);
        }
        memset(judged, 0, t->n_slots * sizeof *judged);
        mark(walk, t, first, end, judged);
        t->in_units += beside(walk, t, first, end, judged, t->count);
        gboolean any = FALSE;
        for (guint s = 0; s < t->n_slots; s++)
            any = any || judged[s];
        t->persons += any ? 1 : 0;
    }
}

static void find_slots(const struct walk *walk, struct tallies *t)
{
    const guint n = walk->answer->n_subjects;
    t->slot = g_new0(guint32, n + 1);
    t->subjects = g_new0(guint, n + 1);
    g_autofree gboolean *judged = g_new0(gboolean, n + 1);
    for (guint64 a = 0; a < walk->linked->n_answers; a++)
        if (is_value(walk->outcome[a]))
            judged[walk->linked->subject[a]] = TRUE;
    for (guint s = 0; s < n; s++) {
        t->slot[s] = NONE;
        if (judged[s] && walk->answer->subjects[s].kind == PLX_SUBJECT_JOURNEY) {
            t->slot[s] = t->n_slots;
            t->subjects[t->n_slots++] = s;
        }
    }
    t->count = g_new0(guint64, (gsize)t->n_slots * n + 1);
}

static void clear_tallies(struct tallies *t)
{
    g_free(t->slot);
    g_free(t->subjects);
    g_free(t->count);
}

struct busy {
    guint subject;
    guint64 n;
};

static int compare_busy(gconstpointer a, gconstpointer b)
{
    const struct busy *x = a;
    const struct busy *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (x->subject > y->subject) - (x->subject < y->subject);
}

static int compare_subjects(gconstpointer a, gconstpointer b)
{
    const guint *x = a;
    const guint *y = b;
    return (*x > *y) - (*x < *y);
}

/* The points of a journey that were answered beside it; of too many those with most answers. */
static void choose_points(const struct walk *walk, const guint64 *count, GPtrArray *memory,
                          struct plx_drive_journey *journey)
{
    g_autoptr(GArray) busy = g_array_new(FALSE, FALSE, sizeof(struct busy));
    for (guint s = 0; s < walk->answer->n_subjects; s++) {
        const struct busy b = {s, count[s]};
        if (b.n > 0 && belongs(walk, s, journey->map_journey))
            g_array_append_val(busy, b);
    }
    g_array_sort(busy, compare_busy);
    journey->n_points = MIN(busy->len, PLX_JOINT_POINTS_MAX);
    journey->n_crowded = busy->len - journey->n_points;
    journey->points = plx_keep(memory, journey->n_points, sizeof *journey->points);
    journey->crowded = plx_keep(memory, journey->n_crowded, sizeof *journey->crowded);
    for (guint i = 0; i < busy->len; i++) {
        const guint subject = g_array_index(busy, struct busy, i).subject;
        if (i < journey->n_points)
            journey->points[i] = subject;
        else
            journey->crowded[i - journey->n_points] = subject;
    }
    qsort(journey->points, journey->n_points, sizeof *journey->points, compare_subjects);
    qsort(journey->crowded, journey->n_crowded, sizeof *journey->crowded, compare_subjects);
}

static void open_walk(struct walk *walk, GPtrArray *memory)
{
    const guint n = walk->answer->n_subjects;
    walk->column = plx_keep(memory, n, sizeof *walk->column);
    walk->sum = plx_keep(memory, PLX_JOINT_POINTS_MAX + 1, sizeof *walk->sum);
    walk->n = plx_keep(memory, PLX_JOINT_POINTS_MAX + 1, sizeof *walk->n);
    walk->touched = plx_keep(memory, PLX_JOINT_POINTS_MAX + 1, sizeof *walk->touched);
    walk->row = plx_keep(memory, PLX_JOINT_POINTS_MAX + 1, sizeof *walk->row);
}

/* Encounters that hold one answer each say nothing together: then the person links them. */
static void take_journeys(struct walk *walk, const struct tallies *t, guint64 seed,
                          plx_drive_collected *c)
{
    const guint n_units = (guint)walk->linked->n_units;
    g_autofree guint8 *part = g_new0(guint8, (gsize)n_units + 1);
    plx_joint_draw(n_units, seed, part);
    c->by_person = 2 * t->in_encounters < t->in_units;
    c->persons = t->persons;
    c->journeys = plx_keep(c->memory, t->n_slots, sizeof *c->journeys);
    for (guint s = 0; s < t->n_slots; s++) {
        struct plx_drive_journey *journey = &c->journeys[c->n_journeys];
        const struct plx_subject *subject = &walk->answer->subjects[t->subjects[s]];
        *journey = (struct plx_drive_journey){.subject = t->subjects[s],
                                              .map_journey = subject->map_index};
        choose_points(walk, t->count + (gsize)s * walk->answer->n_subjects, c->memory, journey);
        if (journey->n_points == 0)
            continue;
        add_journey(walk, c, journey, part);
        c->n_journeys++;
    }
}

plx_drive_collected *plx_drive_collect(const plx_question *question,
                                       const struct plx_answer *answer,
                                       const struct plx_linked *linked, guint audience,
                                       enum plx_measure outcome, guint64 seed)
{
    plx_drive_collected *c = g_new0(plx_drive_collected, 1);
    c->memory = g_ptr_array_new_with_free_func(g_free);
    c->outcome = outcome;
    struct walk walk = {.question = question,
                        .answer = answer,
                        .linked = linked,
                        .level = values_of(linked, PLX_MEASURE_LEVEL),
                        .outcome = values_of(linked, outcome),
                        .level_scale = plx_map_scale(question->map, PLX_MEASURE_LEVEL, audience),
                        .outcome_scale = plx_map_scale(question->map, outcome, audience)};
    struct tallies t = {0};
    if (!walk.outcome)
        return c;
    open_walk(&walk, c->memory);
    find_slots(&walk, &t);
    if (walk.level) {
        tally(&walk, &t);
        take_journeys(&walk, &t, seed, c);
    }
    clear_tallies(&t);
    return c;
}

void plx_drive_collected_free(plx_drive_collected *collected)
{
    if (!collected)
        return;
    for (guint i = 0; i < collected->n_journeys; i++)
        plx_joint_free(collected->journeys[i].joint);
    g_ptr_array_unref(collected->memory);
    g_free(collected);
}
