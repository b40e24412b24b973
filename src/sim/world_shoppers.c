/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secret shoppers: every place five times, as planned (plx_truth_visit). */

#include "sim/person.h"
#include "sim/world_part.h"

#include <math.h>

/* What one visit has in common at all points. */
struct visit {
    struct plx_truth_visit plan;
    guint place;
    gboolean late;
    double common; /* levels: shock of the month and wobble of the place */
};

static int shopper_level(const struct plx_world *world, const struct visit *visit, guint p,
                         struct plx_random *random)
{
    const struct plx_truth *truth = world->truth;
    const struct plx_truth_point *point = &truth->points[p];
    const gboolean wrong = plx_random_uniform(random) < point->mishap;
    const double e = plx_random_normal(random);
    const double seen =
        wrong ? truth->mishap_mean + truth->mishap_spread * e
              : point->mean + truth->shopper_spread * e + point->place * visit->common +
                    plx_truth_shift(truth, p, visit->place, visit->plan.month, PLX_TRUTH_TIER_PLAIN,
                                    visit->plan.app, visit->late);
    return plx_person_round(seen + point->shopper + truth->shopper_severity[visit->plan.shopper], 1,
                            6);
}

static void visit_points(struct plx_world *world, const struct plx_encounter *e,
                         const struct visit *visit, struct plx_random *random)
{
    for (guint p = 0; p < world->truth->n_points; p++) {
        const struct plx_truth_point *point = &world->truth->points[p];
        if (isnan(point->shopper) || (point->only_late && !visit->late))
            continue;
        struct plx_row row = plx_row_next(&e->row);
        row.text[PLX_ROW_JOURNEY] = point->journey;
        row.text[PLX_ROW_POINT] = point->id;
        row.text[PLX_ROW_CHANNEL] =
            point->channel ? point->channel : (visit->plan.app ? "app" : "web");
        const int level = shopper_level(world, visit, p, random);
        row.number[PLX_ROW_LEVEL] = level;
        row.text[PLX_ROW_SURPRISE] = level <= 1 ? "bad" : level >= 5 ? "good" : "none";
        plx_row_write(&row, world->csv);
    }
}

static void visit_beside(struct plx_world *world, const struct plx_encounter *e,
                         const struct visit *visit, struct plx_random *random)
{
    for (guint i = 0; i < world->truth->n_tasks; i++) {
        struct plx_row row = plx_row_next(&e->row);
        row.text[PLX_ROW_TASK] = world->truth->tasks[i].id;
        row.number[PLX_ROW_DONE] = plx_random_uniform(random) < world->truth->tasks[i].done;
        plx_row_write(&row, world->csv);
    }
    struct plx_row row = plx_row_next(&e->row);
    row.text[PLX_ROW_PROMISE] = world->truth->promise.id;
    row.number[PLX_ROW_KNOWN] = 1; /* it is in the brief */
    row.number[PLX_ROW_KEPT] = !visit->late;
    plx_row_write(&row, world->csv);
}

void plx_world_shoppers(struct plx_world *world)
{
    const struct plx_truth *truth = world->truth;
    for (guint place = 0; place < truth->n_places; place++) {
        for (guint v = 0; v < PLX_TRUTH_VISITS; v++) {
            const guint number = place * PLX_TRUTH_VISITS + v;
            struct plx_random random = plx_world_stream(world, PLX_STREAM_VISIT, number);
            struct visit visit = {.plan = plx_truth_visit(place, v), .place = place};
            visit.late = plx_random_uniform(&random) < truth->promise.late;
            visit.common = world->shock[place * PLX_TRUTH_MONTHS + visit.plan.month] +
                           truth->places[place].wobble * plx_random_normal(&random);
            struct plx_encounter e;
            plx_encounter_begin(&e, "shopper", "v", number + 1, "shopper-",
                                (gint)visit.plan.shopper + 1);
            const gint minute = 540 + (gint)plx_random_below(&random, 720); /* compilers differ */
            const guint day = (guint)plx_random_below(&random, 28);
            plx_encounter_time(truth, &e, visit.plan.month, day, 0, minute);
            e.row.text[PLX_ROW_SOURCE] = "visit";
            e.row.text[PLX_ROW_PLACE] = truth->places[place].name;
            visit_points(world, &e, &visit, &random);
            visit_beside(world, &e, &visit, &random);
        }
    }
}
