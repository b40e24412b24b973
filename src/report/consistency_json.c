/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/about.h"
#include "report/consistency.h"
#include "report/json_parts.h"

#include <math.h>

static void write_part(plx_json *json, const char *key, const struct plx_part_share *part)
{
    plx_json_begin_object(json, key);
    plx_json_integer(json, "parts", part->parts);
    plx_json_number(json, "n", part->n);
    plx_json_number(json, "share", part->share);
    plx_json_interval(json, "ci", part->ci);
    plx_json_interval(json, "ci_adjusted", part->ci_adjusted);
    plx_json_number(json, "sd", part->sd);
    plx_json_boolean(json, "decided", part->decided);
    plx_json_string(json, "missing", part->missing);
    plx_json_end_object(json);
}

static const char *side_code(gint outside)
{
    return outside < 0 ? "low" : outside > 0 ? "high" : NULL;
}

static void write_limit_part(plx_json *json, const struct plx_limit_part *part, gboolean chart)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "key", part->key);
    plx_json_count(json, "n", part->n);
    plx_json_number(json, "value", part->value);
    if (chart) {
        plx_json_interval(json, "limits", part->outer);
        plx_json_boolean(json, "signal", part->signal);
    } else {
        plx_json_interval(json, "limits_95", part->inner);
        plx_json_interval(json, "limits_998", part->outer);
    }
    plx_json_interval(json, "limits_adjusted", part->adjusted);
    plx_json_string(json, "outside", side_code(part->outside));
    plx_json_end_object(json);
}

static void write_limits(plx_json *json, const char *key, const struct plx_limits *limits,
                         gboolean chart)
{
    plx_json_begin_object(json, key);
    plx_json_string(json, "missing", limits->missing);
    plx_json_number(json, "center", limits->center);
    plx_json_number(json, "widening", limits->widening);
    plx_json_string(json, "first_outside",
                    limits->first >= 0 ? limits->parts[limits->first].key : NULL);
    plx_json_begin_array(json, chart ? "periods" : "places");
    for (guint i = 0; i < limits->n_parts; i++)
        write_limit_part(json, &limits->parts[i], chart);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_point(plx_json *json, const struct plx_consistency_point *p)
{
    static const char *const parts[] = {"place", "channel", "month", "person"};
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "point", p->point);
    plx_json_string(json, "title", p->title);
    plx_json_string(json, "journey", p->journey);
    plx_json_string(json, "transaction", p->transaction);
    plx_json_scale(json, p->scale);
    plx_json_count(json, "n", p->n);
    plx_json_count(json, "persons", p->persons);
    plx_json_number(json, "mean", p->mean);
    plx_json_number(json, "sd", p->sd);
    plx_json_number(json, "below_share", p->below_share);
    plx_json_number(json, "agreement", p->agreement);
    plx_json_interval(json, "agreement_ci", p->agreement_ci);
    plx_json_interval(json, "agreement_ci_adjusted", p->agreement_adjusted);
    plx_json_string(json, "verdict", plx_consistency_verdict_code(p->verdict));
    plx_json_begin_object(json, "between");
    for (guint s = 0; s < PLX_CONSISTENCY_PARTS; s++)
        write_part(json, parts[s], &p->part[s]);
    plx_json_end_object(json);
    write_limits(json, "funnel", &p->funnel, FALSE);
    write_limits(json, "chart", &p->chart, TRUE);
    plx_json_string(json, "suppressed", plx_suppression_code(p->suppressed));
    plx_json_end_object(json);
}

static void write_place(plx_json *json, const plx_consistency *c,
                        const struct plx_consistency_place *place)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "place", place->key);
    plx_json_count(json, "n", place->n);
    plx_json_count(json, "persons", place->persons);
    plx_json_number(json, "spread", place->spread);
    plx_json_interval(json, "spread_ci", place->spread_ci);
    plx_json_number(json, "p", place->p);
    plx_json_number(json, "p_adjusted", place->p_adjusted);
    plx_json_string(json, "verdict", place->wide ? "inconsistent" : "not_shown");
    plx_json_begin_array(json, "widest");
    for (guint i = 0; i < place->n_widest; i++) {
        const struct plx_wide_point *wide = &place->widest[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "point", c->points[wide->point].point);
        plx_json_count(json, "n", wide->n);
        plx_json_number(json, "sd", wide->sd);
        plx_json_number(json, "sd_elsewhere", wide->elsewhere);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_visits(plx_json *json, const struct plx_consistency_visits *v)
{
    plx_json_begin_object(json, "visits");
    plx_json_string(json, "audience", v->audience);
    plx_json_string(json, "missing", v->missing);
    plx_json_count(json, "visits", v->audience ? v->visits : PLX_NO_COUNT);
    plx_json_count(json, "shoppers", v->audience ? v->shoppers : PLX_NO_COUNT);
    plx_json_count(json, "places", v->audience ? (gint64)v->places : PLX_NO_COUNT);
    plx_json_number(json, "per_place", v->per_place);
    plx_json_number(json, "variance_places", v->between);
    plx_json_number(json, "variance_visits", v->within);
    plx_json_number(json, "variance_shoppers", v->shopper);
    plx_json_number(json, "severity_share", v->severity_share);
    plx_json_string(json, "no_severity", v->no_severity);
    plx_json_number(json, "share", v->share);
    plx_json_interval(json, "share_ci", v->share_ci);
    plx_json_number(json, "reliability", v->reliability);
    plx_json_number(json, "needed", isfinite(v->needed) ? v->needed : (double)NAN);
    plx_json_number(json, "needed_severity_out",
                    isfinite(v->needed_alike) ? v->needed_alike : (double)NAN);
    plx_json_end_object(json);
}

static void write_overall(plx_json *json, const struct plx_consistency_overall *o)
{
    static const char *const kinds[] = {"point", "person", "place"};
    plx_json_begin_object(json, "overall");
    plx_json_string(json, "missing", o->missing);
    plx_json_integer(json, "n", o->n);
    for (guint k = 0; k < PLX_OVERALL_KINDS; k++) {
        plx_json_begin_object(json, kinds[k]);
        plx_json_integer(json, "parts", o->part[k].parts);
        plx_json_number(json, "variance", o->part[k].variance);
        plx_json_interval(json, "variance_ci", o->part[k].ci);
        plx_json_number(json, "share", o->part[k].share);
        plx_json_end_object(json);
    }
    plx_json_begin_object(json, "within");
    plx_json_number(json, "variance", o->within);
    plx_json_number(json, "share", o->within_share);
    plx_json_end_object(json);
    plx_json_end_object(json);
}

static void write_method(plx_json *json, const plx_consistency *c)
{
    plx_json_begin_object(json, "method");
    plx_json_number(json, "risk", PLX_CONSISTENCY_RISK);
    plx_json_integer(json, "family_size", c->family_size);
    plx_json_number(json, "adjusted_level", c->adjusted_level);
    plx_json_number(json, "agreement_agree", PLX_CONSISTENCY_AGREE);
    plx_json_number(json, "agreement_wide", PLX_CONSISTENCY_WIDE);
    plx_json_number(json, "share_margin", PLX_CONSISTENCY_SHARE);
    plx_json_number(json, "spread_margin", PLX_CONSISTENCY_SPREAD);
    plx_json_number(json, "aim", PLX_CONSISTENCY_AIM);
    plx_json_integer(json, "limits_looked_at", c->limits_looked_at);
    plx_json_number(json, "limits_level", c->limits_level);
    plx_json_string(json, "period", c->period);
    plx_json_integer(json, "periods_looked_at", c->periods_looked_at);
    plx_json_end_object(json);
}

void plx_consistency_json(const plx_consistency *c, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_about_json(json, &c->about, "consistency");
    plx_json_string(json, "measure", c->measure);
    write_method(json, c);
    plx_json_begin_array(json, "points");
    for (guint p = 0; p < c->n_points; p++)
        write_point(json, &c->points[p]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "places");
    for (guint i = 0; i < c->n_places; i++)
        write_place(json, c, &c->places[i]);
    plx_json_end_array(json);
    write_visits(json, &c->visits);
    write_overall(json, &c->overall);
    plx_about_json_notes(json, &c->about);
    plx_json_end_object(json);
}
