/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drivers.h"

#include "report/about.h"
#include "report/json_parts.h"

static void write_contrast(plx_json *json, const char *key, gint64 persons, double value,
                           struct plx_interval ci)
{
    plx_json_begin_object(json, key);
    plx_json_count(json, "persons", persons);
    plx_json_number(json, "difference", value);
    plx_json_interval(json, "ci", ci);
    plx_json_end_object(json);
}

static void write_point(plx_json *json, const struct plx_driver *d)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "point", d->point);
    plx_json_string(json, "title", d->title);
    plx_json_string(json, "transaction", d->transaction);
    plx_json_string(json, "left_out", plx_driver_state_code(d->state));
    plx_json_string(json, "same_as", d->twin);
    plx_json_count(json, "persons", d->persons);
    plx_json_count(json, "pairs_least", d->pairs_least);
    plx_json_count(json, "rank", d->rank ? (gint64)d->rank : PLX_NO_COUNT);
    plx_json_boolean(json, "named", d->named);
    plx_json_number(json, "correlation", d->correlation);
    plx_json_interval(json, "correlation_ci", d->correlation_ci);
    plx_json_number(json, "share", d->share);
    plx_json_interval(json, "share_ci", d->share_ci);
    plx_json_number(json, "mood_share", d->mood_share);
    plx_json_number(json, "beyond_mood", d->beyond);
    plx_json_interval(json, "beyond_mood_ci", d->beyond_ci);
    write_contrast(json, "below", d->low_persons, d->penalty, d->penalty_ci);
    write_contrast(json, "above", d->high_persons, d->reward, d->reward_ci);
    plx_json_string(json, "shape", plx_driver_shape_code(d->shape));
    plx_json_end_object(json);
}

static void write_part(plx_json *json, const struct plx_drivers_part *p)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "journey", p->journey);
    plx_json_string(json, "journey_title", p->journey_title);
    plx_json_string(json, "transaction", p->transaction);
    plx_json_string(json, "state",
                    p->state == PLX_DRIVER_SHOWN ? "shown" : plx_driver_state_code(p->state));
    plx_json_count(json, "persons", p->persons);
    plx_json_count(json, "answers", p->answers);
    plx_json_count(json, "persons_needed", p->persons_needed);
    plx_json_begin_object(json, "pairs");
    plx_json_count(json, "least", p->pairs_least);
    plx_json_count(json, "median", p->pairs_median);
    plx_json_end_object(json);
    plx_json_integer(json, "looked_at", p->looked);
    if (p->state == PLX_DRIVER_SHOWN) {
        plx_json_string(json, "shares", p->exact ? "lmg" : "johnson");
        plx_json_string(json, "correlations", p->complete ? "complete" : "planned_missing");
    } else {
        plx_json_null(json, "shares");
        plx_json_null(json, "correlations");
    }
    plx_json_number(json, "r_squared", p->r_squared);
    plx_json_interval(json, "r_squared_ci", p->r_squared_ci);
    plx_json_number(json, "moves_together", p->mood);
    plx_json_interval(json, "moves_together_ci", p->mood_ci);
    plx_json_number(json, "mood_correlation", p->mood_correlation);
    plx_json_interval(json, "mood_correlation_ci", p->mood_correlation_ci);
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < p->n_points; i++)
        write_point(json, &p->points[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_view(plx_json *json, const plx_drivers *drivers,
                       const struct plx_driver_view *view)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "audience", view->audience);
    plx_json_number(json, "tau", view->tau);
    plx_json_integer(json, "thought_to_matter", view->thought);
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < view->n_opinions; i++) {
        const struct plx_driver_opinion *o = &view->opinions[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "point", drivers->parts[o->part].points[o->point].point);
        plx_json_count(json, "n", o->n);
        plx_json_number(json, "importance", o->importance);
        plx_json_string(json, "opinion", plx_opinion_code(o->opinion));
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_method(plx_json *json, const plx_drivers *drivers)
{
    plx_json_begin_object(json, "method");
    plx_json_string(json, "mood", "one_common_factor");
    plx_json_string(json, "intervals", "delete_a_group_jackknife_by_person");
    plx_json_string(json, "naming", "false_coverage_rate");
    plx_json_integer(json, "family_size", drivers->family_size);
    plx_json_number(json, "beyond_mood_level", drivers->adjusted_level);
    plx_json_number(json, "share_level", drivers->share_level);
    plx_json_number(json, "contrast_level", drivers->contrast_level);
    plx_json_number(json, "beyond_mood_margin", PLX_DRIVER_MARGIN);
    plx_json_number(json, "contrast_margin", drivers->margin);
    plx_json_integer(json, "pairs_wanted", MAX(PLX_DRIVER_PAIRS, drivers->minimum));
    plx_json_end_object(json);
}

void plx_drivers_json(const plx_drivers *drivers, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_about_json(json, &drivers->about, "drivers");
    plx_json_string(json, "outcome", drivers->outcome);
    plx_json_scale(json, drivers->scale);
    plx_json_string(json, "linked_by", drivers->linked);
    write_method(json, drivers);
    plx_json_begin_array(json, "parts");
    for (guint i = 0; i < drivers->n_parts; i++)
        write_part(json, &drivers->parts[i]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "thought_to_matter");
    for (guint i = 0; i < drivers->n_views; i++)
        write_view(json, drivers, &drivers->views[i]);
    plx_json_end_array(json);
    plx_about_json_notes(json, &drivers->about);
    plx_json_end_object(json);
    if (!out->len || out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
}
