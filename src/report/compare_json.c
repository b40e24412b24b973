/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare.h"
#include "report/csv_cells.h"
#include "report/json_parts.h"

static void write_side(plx_json *json, const char *key, const struct plx_figure *figure)
{
    plx_json_begin_object(json, key);
    plx_json_count(json, "n", figure->n);
    plx_json_count(json, "persons", figure->persons);
    plx_json_number(json, "value", figure->value);
    plx_json_interval(json, "ci", figure->ci);
    plx_json_boolean(json, "hidden", figure->hidden);
    plx_json_string(json, "together", figure->together);
    plx_json_end_object(json);
}

static void write_figure(plx_json *json, const struct plx_compared *c)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "subject", c->a.subject);
    plx_json_string(json, "title", c->a.title);
    plx_json_string(json, "audience", c->a.audience);
    plx_json_string(json, "what", c->a.what);
    plx_json_string(json, "unit", plx_figure_unit_code(c->a.unit));
    write_side(json, "a", &c->a);
    write_side(json, "b", &c->b);
    plx_json_number(json, "difference", c->difference);
    plx_json_interval(json, "ci", c->ci);
    plx_json_interval(json, "ci_adjusted", c->ci_adjusted);
    plx_json_number(json, "margin", c->a.margin);
    plx_json_boolean(json, "same_people", c->same_people);
    plx_json_string(json, "verdict", plx_compared_code(c->verdict));
    plx_json_end_object(json);
}

static void write_overlap(plx_json *json, const plx_compare *compare)
{
    if (!compare->overlap_since) {
        plx_json_null(json, "overlap");
        return;
    }
    plx_json_begin_object(json, "overlap");
    plx_json_string(json, "since", compare->overlap_since);
    plx_json_string(json, "until", compare->overlap_until);
    plx_json_end_object(json);
}

void plx_compare_json(const plx_compare *compare, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.compare/1");
    plx_json_string(json, "reading", compare->reading);
    plx_json_string(json, "a", compare->a.label);
    plx_json_string(json, "b", compare->b.label);
    write_overlap(json, compare);
    plx_json_integer(json, "family_size", compare->family_size);
    plx_json_number(json, "adjusted_level", compare->adjusted_level);
    plx_json_begin_array(json, "figures");
    for (guint i = 0; i < compare->n; i++)
        write_figure(json, &compare->compared[i]);
    plx_json_end_array(json);
    plx_json_string(json, "method", "mover_fcr");
    plx_json_end_object(json);
}

static void add_side(GString *out, const struct plx_figure *figure)
{
    plx_csv_count(out, figure->n);
    plx_csv_count(out, figure->persons);
    plx_csv_number(out, figure->value);
    plx_csv_interval(out, figure->ci);
    plx_csv_text(out, figure->together);
}

void plx_compare_csv(const plx_compare *compare, GString *out)
{
    g_string_append(
        out,
        "subject,title,audience,what,unit,a_n,a_persons,a,a_lo,a_hi,a_together,"
        "b_n,b_persons,b,b_lo,b_hi,b_together,difference,lo,hi,adjusted_lo,adjusted_hi,verdict\n");
    for (guint i = 0; i < compare->n; i++) {
        const struct plx_compared *c = &compare->compared[i];
        plx_csv_first(out, c->a.subject);
        plx_csv_text(out, c->a.title);
        plx_csv_text(out, c->a.audience);
        plx_csv_text(out, c->a.what);
        plx_csv_text(out, plx_figure_unit_code(c->a.unit));
        add_side(out, &c->a);
        add_side(out, &c->b);
        plx_csv_number(out, c->difference);
        plx_csv_interval(out, c->ci);
        plx_csv_interval(out, c->ci_adjusted);
        plx_csv_text(out, plx_compared_code(c->verdict));
        g_string_append_c(out, '\n');
    }
}
