/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/kiosk.h"

#include "base/error.h"
#include "form/plan_private.h"

#include <string.h>

struct plx_form_settings plx_kiosk_settings(const struct plx_form_settings *link)
{
    struct plx_form_settings settings = *link;
    settings.measures = 1u << PLX_MEASURE_LEVEL;
    settings.questions = 0;
    settings.notes = settings.all = FALSE;
    return settings;
}

/* A plan without points of this journey, with the chance with which plans of the link have it. */
static plx_form_plan *plan_of(const plx_map *map, const struct plx_form_settings *settings,
                              const char *journey, GError **error)
{
    g_autofree guint *journeys = g_new(guint, map->n_journeys + 1);
    const guint n = plx_form_journeys(map, settings, journeys);
    for (guint i = 0; i < n; i++) {
        if (g_strcmp0(map->journeys[journeys[i]].id, journey) != 0)
            continue;
        plx_form_plan *const plan = g_new0(plx_form_plan, 1);
        plan->map = map;
        plan->settings = *settings;
        plan->journey = journeys[i];
        plan->journey_p = 1.0 / n;
        plan->listed = plx_form_journey_points(map, plan->journey, &plan->n_listed);
        return plan;
    }
    plx_error(error, PLX_ERROR_INPUT, "\"%.64s\" is no journey that is asked about here",
              journey ? journey : "");
    return NULL;
}

/* The fields of one name go to the front of `own`; how many there are. */
static guint fields_of(const char *name, const struct plx_form_field *fields, guint n,
                       struct plx_form_field *own)
{
    guint found = 0;
    for (guint i = 0; i < n; i++)
        if (strcmp(fields[i].name, name) == 0)
            own[found++] = fields[i];
    return found;
}

/* The points that are answered. How many fields they have. */
static guint choose_points(plx_form_plan *plan, const struct plx_form_field *fields, guint n,
                           struct plx_form_field *own)
{
    const guint of = plan->n_listed;
    const double asked_p = plan->journey_p * plx_form_asked_of(&plan->settings, of) / of;
    guint found = 0, points = 0;
    plan->points = g_new(struct plx_form_point, of);
    for (guint i = 0; i < of; i++) {
        g_autofree char *name = plx_form_field_name(plan, PLX_MEASURE_LEVEL, (gint)plan->listed[i]);
        const guint more = fields_of(name, fields, n, own);
        if (more > 0)
            plan->points[points++] = (struct plx_form_point){plan->listed[i], asked_p};
        found += more;
    }
    plan->n_points = points;
    plx_form_plan_lay(plan);
    return found;
}

/* The first field that is no point of the plan's. Always FALSE. */
static gboolean tell_unknown(const plx_form_plan *plan, const struct plx_form_field *fields,
                             guint n, GError **error)
{
    for (guint i = 0; i < n; i++) {
        gboolean known = fields[i].name[0] == '_';
        for (guint k = 0; k < plan->n_points && !known; k++) {
            g_autofree char *name =
                plx_form_field_name(plan, PLX_MEASURE_LEVEL, (gint)plan->points[k].point);
            known = strcmp(fields[i].name, name) == 0;
        }
        if (!known)
            return plx_error(error, PLX_ERROR_INPUT, "\"%.80s\" is not asked here", fields[i].name);
    }
    return plx_error(error, PLX_ERROR_INPUT, "there is no answer in it");
}

static gboolean take(plx_form_answers *answers, const plx_form_plan *plan,
                     const struct plx_form_field *fields, guint n, struct plx_form_field *own,
                     GError **error)
{
    for (guint card = 0; card < plan->n_points; card++) {
        g_autofree char *name =
            plx_form_field_name(plan, PLX_MEASURE_LEVEL, (gint)plan->points[card].point);
        const guint found = fields_of(name, fields, n, own);
        g_autoptr(GPtrArray) faults = plx_form_take(answers, plan, card, own, found);
        if (faults)
            return plx_error(error, PLX_ERROR_INPUT, "\"%s\" is no answer to \"%s\"", own[0].value,
                             name);
    }
    return TRUE;
}

plx_form_encounter *plx_kiosk_encounter(const plx_map *map,
                                        const struct plx_form_settings *settings,
                                        const char *journey, const struct plx_form_field *fields,
                                        guint n, GError **error)
{
    g_autoptr(plx_form_plan) plan = plan_of(map, settings, journey, error);
    if (!plan)
        return NULL;
    const guint most = plx_form_asked_of(settings, plan->n_listed);
    guint given = 0;
    for (guint i = 0; i < n; i++)
        given += fields[i].name[0] != '_';
    g_autofree struct plx_form_field *own = g_new(struct plx_form_field, n + 1);
    g_autoptr(plx_form_answers) answers = plx_form_answers_new();
    if (choose_points(plan, fields, n, own) != given || given == 0) {
        tell_unknown(plan, fields, n, error);
        return NULL;
    }
    if (plan->n_points > most) {
        plx_error(error, PLX_ERROR_INPUT, "one guest is asked about %u points, not %u", most,
                  plan->n_points);
        return NULL;
    }
    return take(answers, plan, fields, n, own, error) ? plx_form_encounter_new(plan, answers)
                                                      : NULL;
}
