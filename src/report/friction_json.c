/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/friction.h"

#include "report/about.h"
#include "report/json_parts.h"

static void write_figure(plx_json *json, const struct plx_friction_figure *figure)
{
    plx_json_begin_object(json, "figure");
    plx_json_count(json, "n", figure->n);
    plx_json_count(json, "persons", figure->persons);
    plx_json_number(json, "share", figure->share);
    plx_json_number(json, "shrunken", figure->shrunken);
    plx_json_interval(json, "ci", figure->ci);
    plx_json_interval(json, "ci_adjusted", figure->ci_adjusted);
    plx_json_number(json, "below", figure->below);
    plx_json_number(json, "other", figure->other);
    plx_json_count(json, "other_n", figure->other_n);
    plx_json_boolean(json, "at_least", figure->at_least);
    plx_json_string(json, "suppressed", plx_suppression_code(figure->suppressed));
    plx_json_end_object(json);
}

static void write_part(plx_json *json, enum plx_friction_kind kind,
                       const struct plx_friction_part *part)
{
    const char *code = plx_friction_code(kind);
    if (part->n == PLX_NO_COUNT && !part->suppressed) {
        plx_json_null(json, code);
        return;
    }
    plx_json_begin_object(json, code);
    plx_json_count(json, "n", part->n);
    plx_json_count(json, "persons", part->persons);
    plx_json_number(json, "share", part->share);
    plx_json_interval(json, "ci", part->ci);
    plx_json_string(json, "suppressed", plx_suppression_code(part->suppressed));
    plx_json_end_object(json);
}

static void write_ticks(plx_json *json, const struct plx_friction_ticks *ticks)
{
    if (ticks->n == PLX_NO_COUNT && !ticks->suppressed) {
        plx_json_null(json, "card");
        return;
    }
    plx_json_begin_object(json, "card");
    plx_json_count(json, "n", ticks->n);
    plx_json_count(json, "persons", ticks->persons);
    plx_json_number(json, "fell_short", ticks->fell_short);
    plx_json_interval(json, "fell_short_ci", ticks->fell_short_ci);
    plx_json_number(json, "delighted", ticks->delighted);
    plx_json_interval(json, "delighted_ci", ticks->delighted_ci);
    plx_json_begin_object(json, "did_not_happen");
    plx_json_count(json, "n", ticks->absent_n);
    plx_json_count(json, "count", ticks->absent);
    plx_json_number(json, "share", ticks->absent_share);
    plx_json_interval(json, "ci", ticks->absent_ci);
    plx_json_end_object(json);
    plx_json_string(json, "suppressed", plx_suppression_code(ticks->suppressed));
    plx_json_end_object(json);
}

static void write_cut(plx_json *json, const char *key, const struct plx_scale *scale)
{
    if (scale && scale->met != PLX_NO_CUT)
        plx_json_integer(json, key, scale->met);
    else
        plx_json_null(json, key);
}

static void write_unseen(plx_json *json, const plx_friction *friction,
                         const struct plx_friction_point *point)
{
    plx_json_begin_array(json, "unseen_by");
    for (guint i = 0; i < point->n_unseen; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "audience",
                        friction->about.map->audiences[point->unseen[i].audience].id);
        plx_json_string(json, "verdict", plx_verdict_code(point->unseen[i].verdict));
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_point(plx_json *json, const plx_friction *friction,
                        const struct plx_friction_point *point)
{
    const gint64 rank[] = {point->rank_best, point->rank_worst};
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "point", point->point);
    plx_json_string(json, "title", point->title);
    plx_json_string(json, "journey", point->journey);
    plx_json_string(json, "transaction", point->transaction);
    plx_json_integers(json, "rank", point->rank_best ? rank : NULL, 2);
    write_figure(json, &point->figure);
    plx_json_boolean(json, "much", point->much);
    write_cut(json, "level_met", point->scale);
    write_cut(json, "effort_met", point->effort_scale);
    plx_json_begin_object(json, "parts");
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++)
        write_part(json, k, &point->parts[k]);
    plx_json_end_object(json);
    write_ticks(json, &point->ticks);
    write_unseen(json, friction, point);
    plx_json_end_object(json);
}

static void write_group(plx_json *json, const plx_friction *friction,
                        const struct plx_friction_group *group)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "key", group->key);
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < group->n_points; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "point", friction->points[group->points[i]].point);
        write_figure(json, &group->figures[i]);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_method(plx_json *json, const plx_friction *friction)
{
    plx_json_begin_object(json, "method");
    plx_json_string(json, "figure", "below + (1 - below) * other");
    plx_json_begin_array(json, "kinds");
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++)
        if (friction->kinds & 1u << k)
            plx_json_string(json, NULL, plx_friction_code(k));
    plx_json_end_array(json);
    plx_json_string(json, "intervals", "wilson_1927, cluster_robust, mover");
    plx_json_string(json, "ranks", "klein_wright_wieczorek_2020, bonferroni");
    plx_json_integer(json, "family_size", friction->family);
    plx_json_number(json, "adjusted_level", friction->adjusted_level);
    plx_json_number(json, "much_above", PLX_FRICTION_MUCH);
    plx_json_number(json, "asked_at", PLX_FRICTION_ASKED);
    plx_json_end_object(json);
}

void plx_friction_json(const plx_friction *friction, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_about_json(json, &friction->about, "friction");
    write_method(json, friction);
    plx_json_begin_array(json, "points");
    for (guint p = 0; p < friction->n_points; p++)
        write_point(json, friction, &friction->points[p]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "groups");
    for (guint g = 0; g < friction->n_groups; g++)
        write_group(json, friction, &friction->groups[g]);
    plx_json_end_array(json);
    plx_about_json_notes(json, &friction->about);
    plx_json_end_object(json);
    g_string_append_c(out, '\n');
}
