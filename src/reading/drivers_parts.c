/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drivers_private.h"
#include "reading/gaps_exact.h"

#include <math.h>

/* What is at work while a document is made. */
struct work {
    const plx_question *question;
    const struct plx_answer *answer;
    const plx_drive_collected *collected;
    guint64 least; /* persons of a pair */
    plx_drivers *drivers;
    GArray *parts; /* struct plx_drive_part */
};

static gint64 shown(const struct work *work, guint64 persons)
{
    return persons == 0 || persons >= work->drivers->minimum ? (gint64)persons : PLX_NO_COUNT;
}

static void set_nothing(struct plx_driver *d)
{
    const struct plx_interval none = {(double)NAN, (double)NAN};
    d->correlation = d->share = d->mood_share = d->beyond = d->penalty = d->reward = (double)NAN;
    d->correlation_ci = d->share_ci = d->penalty_ci = d->reward_ci = none;
    d->beyond_ci = d->beyond_alone = none;
    d->persons = d->pairs_least = d->low_persons = d->high_persons = PLX_NO_COUNT;
}

static void name_point(const struct work *work, guint subject, struct plx_driver *d)
{
    const struct plx_subject *s = &work->answer->subjects[subject];
    struct plx_about *about = &work->drivers->about;
    const plx_map *map = work->question->map;
    set_nothing(d);
    d->point = plx_about_copy(about, s->id);
    d->title = plx_about_copy(about, s->title);
    d->map_point = s->map_index;
    if (s->map_index < 0)
        return;
    const struct plx_point *point = &map->points[s->map_index];
    const struct plx_transaction *t =
        &map->journeys[point->journey].transactions[point->transaction];
    d->transaction = t->id;
    d->transaction_title = t->title;
}

/* A number for the home of a point, the same for all that the map does not know. */
static guint section_of(const struct work *work, guint subject)
{
    const struct plx_subject *s = &work->answer->subjects[subject];
    if (s->map_index < 0)
        return 0;
    const struct plx_point *point = &work->question->map->points[s->map_index];
    return 1 + point->journey * 4096 + point->transaction;
}

static void fill_point(const struct work *work, const struct plx_drive_part *part, guint column,
                       struct plx_driver *d)
{
    const plx_joint *joint = part->journey->joint;
    const guint y = joint->k - 1;
    name_point(work, part->journey->points[column], d);
    d->column = column;
    d->state = part->choice.state[column];
    d->persons = shown(work, plx_joint_persons(joint, column, y));
    if (d->state == PLX_DRIVER_TWIN)
        d->twin = plx_about_copy(
            &work->drivers->about,
            work->answer->subjects[part->journey->points[part->choice.twin[column]]].id);
    if (d->state != PLX_DRIVER_SHOWN)
        return;
    d->pairs_least = shown(work, plx_drive_least(joint, &part->choice.scope, column));
    d->low_persons = shown(work, joint->low[column]);
    d->high_persons = shown(work, joint->high[column]);
}

static void fill_points(const struct work *work, const struct plx_drive_part *part,
                        const gboolean *member, gboolean whole)
{
    struct plx_drivers_part *p = part->released;
    const struct plx_drive_journey *journey = part->journey;
    const guint crowded = whole ? journey->n_crowded : 0;
    p->points =
        plx_keep(work->drivers->about.memory, journey->n_points + crowded, sizeof *p->points);
    for (guint j = 0; j < journey->n_points; j++)
        if (member[j])
            fill_point(work, part, j, &p->points[p->n_points++]);
    for (guint j = 0; j < crowded; j++) {
        struct plx_driver *d = &p->points[p->n_points++];
        name_point(work, journey->crowded[j], d);
        d->column = G_MAXUINT;
        d->state = PLX_DRIVER_CROWDED;
    }
}

/* Enough people for so many points? Else what it takes. */
static enum plx_driver_state state_of(const struct work *work, struct plx_drive_part *part)
{
    const guint64 wanted = MAX(work->least, (guint64)PLX_DRIVER_PER_POINT * part->choice.scope.m);
    part->released->persons_needed = PLX_NO_COUNT;
    if (part->journey->joint->units < wanted) {
        part->released->persons_needed = (gint64)wanted;
        return PLX_DRIVER_FEW;
    }
    if (part->choice.scope.m < 2)
        return PLX_DRIVER_FEW_POINTS;
    part->fit =
        plx_drive_fit_new(part->journey->joint, &part->choice.scope, work->drivers->minimum, 2);
    return part->fit ? PLX_DRIVER_SHOWN : PLX_DRIVER_NO_FIT;
}

static void no_totals(struct plx_drivers_part *p)
{
    const struct plx_interval none = {(double)NAN, (double)NAN};
    p->r_squared = p->mood = p->mood_correlation = (double)NAN;
    p->r_squared_ci = p->mood_ci = p->mood_correlation_ci = none;
}

/* `transaction` of the map's journey, or -1: all of it. */
static void add_part(struct work *work, const struct plx_drive_journey *journey,
                     const struct plx_drive_choice *choice, const gboolean *member,
                     gint transaction)
{
    const struct plx_subject *s = &work->answer->subjects[journey->subject];
    struct plx_about *about = &work->drivers->about;
    struct plx_drive_part part = {.journey = journey, .choice = *choice};
    struct plx_drivers_part *p = part.released = plx_keep(about->memory, 1, sizeof *p);
    p->journey = plx_about_copy(about, s->id);
    p->journey_title = plx_about_copy(about, s->title);
    if (transaction >= 0) {
        const struct plx_transaction *t =
            &work->question->map->journeys[journey->map_journey].transactions[transaction];
        p->transaction = t->id;
        p->transaction_title = t->title;
    }
    no_totals(p);
    p->looked = choice->scope.m;
    p->persons = shown(work, journey->joint->units);
    p->answers = p->persons < 0 ? PLX_NO_COUNT : (gint64)journey->joint->rows;
    p->pairs_least = shown(work, choice->pairs_least);
    p->pairs_median = shown(work, choice->pairs_median);
    p->state = state_of(work, &part);
    fill_points(work, &part, member, transaction < 0);
    g_array_append_val(work->parts, part);
}

/* The transactions of a journey one by one, where people answered no further. */
static gboolean add_transactions(struct work *work, const struct plx_drive_journey *journey,
                                 const guint *section)
{
    const plx_map *map = work->question->map;
    const guint before = work->parts->len;
    gboolean member[PLX_JOINT_POINTS_MAX] = {0};
    if (journey->map_journey < 0)
        return FALSE;
    const struct plx_journey *j = &map->journeys[journey->map_journey];
    for (guint t = 0; t < j->n_transactions; t++) {
        struct plx_drive_choice choice;
        for (guint i = 0; i < journey->n_points; i++)
            member[i] = section[i] == 1 + (guint)journey->map_journey * 4096 + t;
        plx_drive_choose(journey->joint, member, section, work->least, &choice);
        if (choice.scope.m >= 2)
            add_part(work, journey, &choice, member, (gint)t);
    }
    return work->parts->len > before;
}

static void add_journey(struct work *work, const struct plx_drive_journey *journey)
{
    gboolean member[PLX_JOINT_POINTS_MAX] = {0};
    guint section[PLX_JOINT_POINTS_MAX] = {0};
    struct plx_drive_choice choice;
    for (guint i = 0; i < journey->n_points; i++) {
        member[i] = TRUE;
        section[i] = section_of(work, journey->points[i]);
    }
    plx_drive_choose(journey->joint, member, section, work->least, &choice);
    if (2 * choice.scope.m >= choice.candidates || !add_transactions(work, journey, section))
        add_part(work, journey, &choice, member, -1);
}

static void clear_part(gpointer data)
{
    struct plx_drive_part *part = data;
    plx_drive_fit_free(part->fit);
}

static void fill(struct work *work)
{
    plx_drivers *drivers = work->drivers;
    for (guint i = 0; i < work->collected->n_journeys; i++)
        add_journey(work, &work->collected->journeys[i]);
    drivers->n_parts = work->parts->len;
    drivers->parts = plx_keep(drivers->about.memory, drivers->n_parts, sizeof *drivers->parts);
    struct plx_drive_part *parts = (struct plx_drive_part *)(void *)work->parts->data;
    for (guint i = 0; i < drivers->n_parts; i++) {
        drivers->parts[i] = *parts[i].released;
        parts[i].released = &drivers->parts[i];
    }
    plx_drivers_release(drivers, parts);
}

plx_drivers *plx_drivers_compose(plx_source *source, const plx_question *question,
                                 const struct plx_answer *answer, const struct plx_reach *reach,
                                 const plx_drive_collected *collected)
{
    plx_drivers *drivers = g_new0(plx_drivers, 1);
    plx_about_init(&drivers->about, source, question, answer, (gint)reach->audience);
    drivers->outcome = question->map->measures[collected->outcome].id;
    drivers->scale = plx_map_scale(question->map, collected->outcome, reach->audience);
    drivers->linked = collected->by_person ? "person" : "encounter";
    drivers->minimum = reach->minimum;
    drivers->margin = question->map->margin * (drivers->scale->max - drivers->scale->min) / 5;
    struct work work = {.question = question,
                        .answer = answer,
                        .collected = collected,
                        .least = MAX(reach->minimum, PLX_DRIVER_PAIRS),
                        .drivers = drivers,
                        .parts = g_array_new(FALSE, TRUE, sizeof(struct plx_drive_part))};
    g_array_set_clear_func(work.parts, clear_part);
    fill(&work);
    g_array_unref(work.parts);
    return drivers;
}
