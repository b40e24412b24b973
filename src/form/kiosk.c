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
        plan->listed = plx_form_listed_points(map, settings, plan->journey, &plan->n_listed);
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

/* Which of the journey's points a field answers; n_listed: none. */
static guint place_of(const plx_form_plan *plan, const char *field)
{
    const char *const measure = plan->map->measures[PLX_MEASURE_LEVEL].id;
    const gsize length = strlen(measure);
    const gboolean level = strncmp(field, measure, length) == 0 && field[length] == '.';
    const gint point = level ? plx_map_find_point(plan->map, field + length + 1) : -1;
    guint place = 0;
    while (place < plan->n_listed && (gint)plan->listed[place] != point)
        place++;
    return place;
}

/* The points that are answered, in map order. */
static gboolean choose_points(plx_form_plan *plan, const struct plx_form_field *fields, guint n,
                              GError **error)
{
    const guint of = plan->n_listed, most = plx_form_asked_of(&plan->settings, of);
    const double asked_p = plan->journey_p * most / of;
    g_autofree gboolean *answered = g_new0(gboolean, of + 1);
    for (guint i = 0; i < n; i++) {
        if (fields[i].name[0] == '_')
            continue;
        const guint place = place_of(plan, fields[i].name);
        if (place == of)
            return plx_error(error, PLX_ERROR_INPUT, "\"%.80s\" is not asked here", fields[i].name);
        answered[place] = TRUE;
    }
    plan->points = g_new(struct plx_form_point, of);
    for (guint i = 0; i < of; i++)
        if (answered[i])
            plan->points[plan->n_points++] = (struct plx_form_point){plan->listed[i], asked_p};
    plx_form_plan_lay(plan);
    if (plan->n_points == 0)
        return plx_error(error, PLX_ERROR_INPUT, "there is no answer in it");
    return plan->n_points <= most ||
           plx_error(error, PLX_ERROR_INPUT, "one guest is asked about %u points, not %u", most,
                     plan->n_points);
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
            return plx_error(error, PLX_ERROR_INPUT, "\"%s\" is no answer to \"%s\"",
                             found > 0 ? own[0].value : "", name);
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
    g_autofree struct plx_form_field *own = g_new(struct plx_form_field, n + 1);
    g_autoptr(plx_form_answers) answers = plx_form_answers_new();
    if (!choose_points(plan, fields, n, error))
        return NULL;
    return take(answers, plan, fields, n, own, error) ? plx_form_encounter_new(plan, answers)
                                                      : NULL;
}
