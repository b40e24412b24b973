/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/about.h"
#include "report/json_parts.h"
#include "report/vignettes.h"

static const char *id_of(const plx_vignette_reading *reading, guint audience)
{
    return reading->about.map->audiences[audience].id;
}

static void write_sides(plx_json *json, const plx_vignette_reading *reading, guint a, guint b)
{
    plx_json_string(json, "a", id_of(reading, a));
    plx_json_string(json, "b", id_of(reading, b));
}

static void write_voice(plx_json *json, const plx_vignette_reading *reading,
                        const struct plx_vignette_voice *voice)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "audience", id_of(reading, voice->audience));
    plx_json_count(json, "n", voice->n);
    plx_json_count(json, "persons", voice->persons);
    if (voice->counts) {
        plx_json_begin_array(json, "counts");
        for (guint v = 0; v < voice->k; v++)
            plx_json_integer(json, NULL, voice->counts[v]);
        plx_json_end_array(json);
    } else {
        plx_json_null(json, "counts");
    }
    plx_json_number(json, "mean", voice->mean);
    plx_json_interval(json, "ci", voice->ci);
    plx_json_string(json, "suppressed", plx_suppression_code(voice->suppressed));
    plx_json_end_object(json);
}

static void write_vignette(plx_json *json, const plx_vignette_reading *reading,
                           const struct plx_vignette *vignette)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "vignette", vignette->id);
    plx_json_string(json, "words", vignette->words);
    plx_json_begin_array(json, "voices");
    for (guint i = 0; i < vignette->n_voices; i++)
        write_voice(json, reading, &vignette->voices[i]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "differences");
    for (guint i = 0; i < vignette->n_contrasts; i++) {
        const struct plx_vignette_contrast *c = &vignette->contrasts[i];
        plx_json_begin_object(json, NULL);
        write_sides(json, reading, c->a, c->b);
        plx_json_number(json, "difference", c->difference);
        plx_json_interval(json, "ci", c->ci);
        plx_json_interval(json, "ci_adjusted", c->ci_adjusted);
        plx_json_string(json, "verdict", plx_vignette_verdict_code(c->verdict));
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_pairs(plx_json *json, const plx_vignette_reading *reading)
{
    plx_json_begin_array(json, "pairs");
    for (guint i = 0; i < reading->n_pairs; i++) {
        const struct plx_vignette_pair *pair = &reading->pairs[i];
        plx_json_begin_object(json, NULL);
        write_sides(json, reading, pair->a, pair->b);
        plx_json_string(json, "verdict", plx_vignette_verdict_code(pair->verdict));
        plx_json_integer(json, "same", pair->same);
        plx_json_integer(json, "different", pair->different);
        plx_json_integer(json, "not_enough", pair->open);
        plx_json_number(json, "least", pair->least);
        plx_json_number(json, "most", pair->most);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_order(plx_json *json, const plx_vignette_reading *reading,
                        const struct plx_vignette_order *order)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "audience", id_of(reading, order->audience));
    plx_json_count(json, "persons", order->persons);
    plx_json_count(json, "units", order->units);
    plx_json_number(json, "in_order", order->in_order);
    plx_json_number(json, "tied", order->tied);
    plx_json_number(json, "misordered", order->misordered);
    if (order->suppressed)
        plx_json_null(json, "orders");
    else
        plx_json_boolean(json, "orders", order->orders);
    plx_json_string(json, "suppressed", plx_suppression_code(order->suppressed));
    plx_json_end_object(json);
}

static void write_standing(plx_json *json, const plx_vignette_reading *reading, guint n,
                           const struct plx_vignette_standing *standing)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "audience", id_of(reading, standing->audience));
    plx_json_count(json, "persons", standing->persons);
    plx_json_count(json, "units", standing->units);
    plx_json_number(json, "mean", standing->raw);
    plx_json_number(json, "ranges", standing->ranges);
    if (standing->share) {
        plx_json_begin_array(json, "standing");
        for (guint c = 0; c < 2 * n + 1; c++)
            plx_json_number(json, NULL, standing->share[c]);
        plx_json_end_array(json);
    } else {
        plx_json_null(json, "standing");
    }
    plx_json_string(json, "suppressed", plx_suppression_code(standing->suppressed));
    plx_json_end_object(json);
}

static void write_gap(plx_json *json, const plx_vignette_reading *reading,
                      const struct plx_vignette_gap *gap)
{
    plx_json_begin_object(json, NULL);
    write_sides(json, reading, gap->a, gap->b);
    plx_json_count(json, "a_persons", gap->a_persons);
    plx_json_count(json, "b_persons", gap->b_persons);
    plx_json_string(json, "state", plx_vignette_state_code(gap->state));
    plx_json_begin_object(json, "before");
    plx_json_number(json, "difference", gap->d.raw);
    plx_json_interval(json, "ci_adjusted", gap->d.raw_ci);
    plx_json_number(json, "superiority", gap->d.raw_p);
    plx_json_interval(json, "superiority_ci_adjusted", gap->d.raw_p_ci);
    plx_json_string(json, "verdict", plx_vignette_side_code(gap->before));
    plx_json_end_object(json);
    plx_json_begin_object(json, "after");
    plx_json_number(json, "difference", gap->d.corrected);
    plx_json_interval(json, "ci_adjusted", gap->d.corrected_ci);
    plx_json_interval(json, "bounds", gap->d.corrected_bounds);
    plx_json_number(json, "superiority", gap->d.corrected_p);
    plx_json_interval(json, "superiority_ci_adjusted", gap->d.corrected_p_ci);
    plx_json_string(json, "verdict", plx_vignette_side_code(gap->after));
    plx_json_end_object(json);
    plx_json_end_object(json);
}

static void write_point(plx_json *json, const plx_vignette_reading *reading, guint n,
                        const struct plx_vignette_point *point)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "point", point->id);
    plx_json_string(json, "title", point->title);
    plx_json_begin_array(json, "standings");
    for (guint i = 0; i < point->n_standings; i++)
        write_standing(json, reading, n, &point->standings[i]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "gaps");
    for (guint i = 0; i < point->n_gaps; i++)
        write_gap(json, reading, &point->gaps[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_set(plx_json *json, const plx_vignette_reading *reading,
                      const struct plx_vignette_set *set)
{
    plx_json_begin_object(json, NULL);
    plx_json_begin_array(json, "vignettes");
    for (guint i = 0; i < set->n; i++)
        plx_json_string(json, NULL, reading->vignettes[set->vignettes[i]].id);
    plx_json_end_array(json);
    plx_json_begin_array(json, "orders");
    for (guint i = 0; i < set->n_orders; i++)
        write_order(json, reading, &set->orders[i]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < set->n_points; i++)
        write_point(json, reading, set->n, &set->points[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

void plx_vignettes_json(const plx_vignette_reading *reading, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_about_json(json, &reading->about, "vignettes");
    plx_json_number(json, "margin", reading->margin);
    plx_json_integer(json, "family_size", reading->family_size);
    plx_json_number(json, "adjusted_level", reading->adjusted_level);
    plx_json_integer(json, "gap_family_size", reading->gap_family);
    plx_json_number(json, "gap_level", reading->gap_level);
    plx_json_string(json, "method", "bonferroni, king_wand_nonparametric, brunner_munzel");
    write_pairs(json, reading);
    plx_json_begin_array(json, "vignettes");
    for (guint i = 0; i < reading->n; i++)
        write_vignette(json, reading, &reading->vignettes[i]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "sets");
    for (guint i = 0; i < reading->n_sets; i++)
        write_set(json, reading, &reading->sets[i]);
    plx_json_end_array(json);
    plx_about_json_notes(json, &reading->about);
    plx_json_end_object(json);
}
