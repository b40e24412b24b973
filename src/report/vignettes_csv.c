/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_cells.h"
#include "report/vignettes.h"

/* One row per number: what of which vignette or point, of whom (against whom). */
struct row {
    const char *part, *of, *title, *audience, *other;
    gint64 n, persons;
    double value;
    struct plx_interval ci;
    const char *verdict, *suppressed;
};

static void put(GString *out, const struct row *row)
{
    plx_csv_first(out, row->part);
    plx_csv_text(out, row->of);
    plx_csv_text(out, row->title);
    plx_csv_text(out, row->audience);
    plx_csv_text(out, row->other);
    plx_csv_count(out, row->n);
    plx_csv_count(out, row->persons);
    plx_csv_number(out, row->value);
    plx_csv_interval(out, row->ci);
    plx_csv_text(out, row->verdict);
    plx_csv_text(out, row->suppressed);
    g_string_append_c(out, '\n');
}

static const struct plx_interval none = {__builtin_nan(""), __builtin_nan("")};

static void put_vignette(GString *out, const plx_map *map, const struct plx_vignette *vignette)
{
    for (guint i = 0; i < vignette->n_voices; i++) {
        const struct plx_vignette_voice *voice = &vignette->voices[i];
        put(out,
            &(struct row){"placed", vignette->id, vignette->words,
                          map->audiences[voice->audience].id, NULL, voice->n, voice->persons,
                          voice->mean, voice->ci, NULL, plx_suppression_code(voice->suppressed)});
    }
    for (guint i = 0; i < vignette->n_contrasts; i++) {
        const struct plx_vignette_contrast *c = &vignette->contrasts[i];
        put(out, &(struct row){"difference", vignette->id, vignette->words, map->audiences[c->a].id,
                               map->audiences[c->b].id, PLX_NO_COUNT, PLX_NO_COUNT, c->difference,
                               c->ci_adjusted, plx_vignette_verdict_code(c->verdict), NULL});
    }
}

static void put_orders(GString *out, const plx_vignette_reading *reading,
                       const struct plx_vignette_set *set)
{
    g_autoptr(GString) ids = g_string_new(NULL);
    for (guint i = 0; i < set->n; i++)
        g_string_append_printf(ids, "%s%s", i ? " " : "", reading->vignettes[set->vignettes[i]].id);
    for (guint i = 0; i < set->n_orders; i++) {
        const struct plx_vignette_order *order = &set->orders[i];
        const char *verdict = order->suppressed ? NULL : order->orders ? "orders" : "no_order";
        put(out, &(struct row){"in_order", ids->str, NULL,
                               reading->about.map->audiences[order->audience].id, NULL,
                               order->units, order->persons, order->in_order, none, verdict,
                               plx_suppression_code(order->suppressed)});
    }
}

static void put_gap(GString *out, const plx_map *map, const struct plx_vignette_point *point,
                    const struct plx_vignette_gap *gap)
{
    const char *a = map->audiences[gap->a].id, *b = map->audiences[gap->b].id;
    const gboolean shown = gap->state == PLX_VIGNETTE_SHOWN;
    const gboolean raw = shown || gap->state == PLX_VIGNETTE_NO_ORDER;
    const char *state = plx_vignette_state_code(gap->state);
    const gint64 persons = raw ? gap->a_persons + gap->b_persons : PLX_NO_COUNT;
    put(out,
        &(struct row){"before", point->id, point->title, a, b, PLX_NO_COUNT, persons, gap->d.raw_p,
                      gap->d.raw_p_ci, raw ? plx_vignette_side_code(gap->before) : state, NULL});
    put(out, &(struct row){"after", point->id, point->title, a, b, PLX_NO_COUNT, persons,
                           gap->d.corrected_p, gap->d.corrected_p_ci,
                           shown ? plx_vignette_side_code(gap->after) : state, NULL});
}

void plx_vignettes_csv(const plx_vignette_reading *reading, GString *out)
{
    const plx_map *map = reading->about.map;
    g_string_append(out, "part,of,title,audience,other,n,persons,value,ci_lo,ci_hi,verdict,"
                         "suppressed\n");
    for (guint i = 0; i < reading->n; i++)
        put_vignette(out, map, &reading->vignettes[i]);
    for (guint i = 0; i < reading->n_sets; i++) {
        const struct plx_vignette_set *set = &reading->sets[i];
        put_orders(out, reading, set);
        for (guint p = 0; p < set->n_points; p++)
            for (guint g = 0; g < set->points[p].n_gaps; g++)
                put_gap(out, map, &set->points[p], &set->points[p].gaps[g]);
    }
}
