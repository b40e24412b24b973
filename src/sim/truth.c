/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/truth.h"

#include "base/error.h"
#include "sim/person.h"

#include <math.h>
#include <string.h>

/* The world is invented; the towns only lend their names. */
static const struct plx_truth_place places[] = {
    {"Bath", PLX_TRUTH_TREATED, 0.0525, 0.30, 0.2},
    {"Birmingham", PLX_TRUTH_TREATED, 0.0525, -0.55, 0.2},
    {"Bristol", PLX_TRUTH_TREATED, 0.0525, 0.10, 0.2},
    {"Cardiff", PLX_TRUTH_TREATED, 0.0525, -0.20, 0.2},
    {"Coventry", PLX_TRUTH_TREATED, 0.0525, -0.40, 0.2},
    {"Gloucester", PLX_TRUTH_TREATED, 0.0525, 0.05, 0.2},
    {"Swansea", PLX_TRUTH_TREATED, 0.0525, 0.20, 0.2},
    {"Worcester", PLX_TRUTH_TREATED, 0.0525, 0.00, 0.2},
    {"Bradford", PLX_TRUTH_COMPARISON, 0.0525, -0.50, 0.2},
    {"Chester", PLX_TRUTH_COMPARISON, 0.0525, 0.45, 0.2},
    {"Leeds", PLX_TRUTH_COMPARISON, 0.0525, -0.10, 0.2},
    {"Liverpool", PLX_TRUTH_COMPARISON, 0.0525, -0.30, 0.2},
    {"Manchester", PLX_TRUTH_COMPARISON, 0.0525, -0.15, 0.2},
    {"Sheffield", PLX_TRUTH_COMPARISON, 0.0525, 0.15, 0.2},
    {"Stockport", PLX_TRUTH_COMPARISON, 0.0525, 0.25, 0.2},
    {"York", PLX_TRUTH_COMPARISON, 0.0525, 0.60, 0.2},
    {"Dundee", PLX_TRUTH_OTHER, 0.0350, 0.35, 0.2},
    {"Edinburgh", PLX_TRUTH_OTHER, 0.0350, 0.15, 0.2},
    {"Glasgow", PLX_TRUTH_OTHER, 0.0350, -0.70, 0.2},
    {"Hull", PLX_TRUTH_OTHER, 0.0550, 0.05, 1.5},
};

static const struct plx_truth_tier tiers[] = {
    {"new", 0.30, -0.15},
    {"regular", 0.50, 0.00},
    {"plus", 0.20, 0.15},
};

static const struct plx_truth_journey journeys[] = {
    {"order", 4.85, 0.20, 0.50, 0.55},
    {"return", 4.20, 1.90, 0.40, 0.50},
};

static const struct plx_truth_task tasks[] = {
    {"confirm-order", 0.99},
    {"hand-to-carrier", 0.93},
    {"scan-parcel", 0.71},
};

static const double shopper_severity[PLX_TRUTH_SHOPPERS] = {
    -0.5, 0.3, 0.1, -0.2, 0.4, -0.1, 0.0, -0.3, 0.2, 0.5, -0.4, 0.0,
};

#define UNSEEN ((double)NAN) /* shoppers do not look there */
#define BOTH NULL            /* app or web, as ordered */

/* clang-format off */
static const struct plx_truth_point points[] = {
/*   what                    customers                                                                    leaders    staff      shop-   ease hesi- impor-
     id, journey             mean spread mishap place reach late? channel      weight app    late         own of 10  own of 10  per          tates tance */
    {"campaign-page",        "order", 3.75, 0.80, 0.03, 0.0, 0.50, FALSE, BOTH, 0.02, 0.00, 0.00, 4.0, 8.4, 3.9, 6.2, UNSEEN, 5.6, 0.02, 2.6},
    {"search-results",       "order", 3.55, 0.90, 0.03, 0.0, 1.00, FALSE, BOTH, 0.03, 0.00, 0.00, 3.8, 7.9, 3.6, 5.6, -0.2, 5.3, 0.05, 3.6},
    {"filters",              "order", 3.30, 0.90, 0.04, 0.0, 0.70, FALSE, BOTH, 0.02, -0.10, 0.00, 3.5, 7.4, 3.3, 4.6, UNSEEN, 4.9, 0.07, 3.0},
    {"product-page",         "order", 3.90, 0.80, 0.02, 0.0, 1.00, FALSE, BOTH, 0.05, 0.00, 0.00, 4.2, 8.8, 4.0, 6.9, -0.2, 5.7, 0.04, 4.1},
    {"product-photos",       "order", 4.40, 0.75, 0.02, 0.0, 1.00, FALSE, BOTH, 0.03, 0.10, 0.00, 4.5, 9.2, 4.4, 8.2, UNSEEN, 6.0, 0.02, 3.9},
    {"customer-reviews",     "order", 3.90, 0.85, 0.03, 0.0, 0.80, FALSE, BOTH, 0.02, 0.00, 0.00, 3.9, 7.6, 3.9, 6.5, UNSEEN, 5.6, 0.02, 3.5},
    {"seller",               "order", 3.30, 0.90, 0.05, 0.0, 0.90, FALSE, BOTH, 0.02, 0.00, 0.00, 3.5, 7.6, 3.3, 4.8, UNSEEN, 5.0, 0.05, 3.1},
    {"delivery-date",        "order", 3.30, 0.90, 0.05, 0.0, 1.00, FALSE, BOTH, 0.04, 0.00, 0.00, 4.3, 8.6, 3.5, 5.0, -0.2, 5.1, 0.06, 4.2},
    {"basket",               "order", 4.25, 0.70, 0.01, 0.0, 1.00, FALSE, BOTH, 0.02, 0.00, 0.00, 4.4, 9.2, 4.3, 8.0, -0.1, 6.1, 0.02, 2.9},
    {"sign-in",              "order", 3.30, 0.90, 0.05, 0.0, 0.80, FALSE, BOTH, 0.02, 0.20, 0.00, 3.5, 7.4, 3.4, 4.9, UNSEEN, 4.4, 0.12, 2.8},
    {"delivery-choice",      "order", 3.60, 0.80, 0.03, 0.0, 0.90, FALSE, BOTH, 0.02, 0.00, 0.00, 3.8, 8.1, 3.7, 5.9, UNSEEN, 5.4, 0.04, 3.4},
    {"total-price",          "order", 3.50, 0.80, 0.04, 0.0, 1.00, FALSE, BOTH, 0.03, 0.00, 0.00, 3.7, 8.2, 3.5, 5.3, UNSEEN, 5.3, 0.05, 4.2},
    {"payment-page",         "order", 3.20, 0.85, 0.11, 0.0, 1.00, FALSE, BOTH, 0.05, -0.30, 0.00, 3.1, 5.6, 3.1, 3.9, -0.2, 2.9, 0.34, 4.3},
    {"order-confirmation",   "order", 4.50, 0.70, 0.01, 0.0, 1.00, FALSE, "e-mail", 0.02, 0.00, 0.00, 4.6, 9.4, 4.5, 8.7, -0.1, 6.3, 0.00, 3.0},
    {"dispatch-message",     "order", 3.60, 0.80, 0.03, 0.1, 1.00, FALSE, "e-mail", 0.03, 0.00, 0.00, 3.8, 8.4, 3.6, 5.8, -0.2, 5.8, 0.00, 3.3},
    {"tracking-page",        "order", 3.50, 0.90, 0.06, 0.4, 0.90, FALSE, BOTH, 0.05, 0.00, -0.30, 4.4, 8.6, 3.4, 4.7, -0.3, 4.9, 0.05, 4.0},
    {"delay-message",        "order", 2.55, 0.85, 0.08, 0.2, 0.95, TRUE, "text message", 0.50, 0.00, 0.00, 3.7, 6.8, 2.8, 2.4, -0.2, 3.6, 0.00, 4.5},
    {"change-delivery",      "order", 3.20, 0.90, 0.06, 0.2, 0.12, FALSE, BOTH, 0.05, 0.00, 0.00, 3.3, 7.3, 3.2, 4.1, UNSEEN, 3.8, 0.15, 3.7},
    {"doorstep",             "order", 3.50, 0.85, 0.06, 1.0, 1.00, FALSE, "courier", 0.18, 0.00, -1.00, 5.0, 8.0, 3.3, 3.9, -0.2, 4.2, 0.00, 4.8},
    {"courier",              "order", 3.95, 0.80, 0.03, 0.7, 0.85, FALSE, "courier", 0.05, 0.00, 0.00, 4.1, 8.5, 4.0, 7.0, -0.1, 5.8, 0.00, 3.8},
    {"missed-delivery",      "order", 3.05, 0.90, 0.08, 0.6, 0.15, FALSE, "courier", 0.08, 0.00, 0.00, 3.9, 7.2, 3.1, 3.9, UNSEEN, 3.7, 0.00, 3.9},
    {"parcel-condition",     "order", 3.35, 0.90, 0.06, 0.8, 1.00, FALSE, "courier", 0.06, 0.00, 0.00, 3.7, 8.2, 3.5, 5.4, -0.1, 5.2, 0.00, 4.1},
    {"unboxing",             "order", 4.05, 0.80, 0.02, 0.1, 1.00, FALSE, "parcel", 0.03, 0.00, 0.00, 4.2, 8.8, 4.1, 7.3, -0.2, 5.5, 0.00, 3.2},
    {"packaging-waste",      "order", 3.10, 0.90, 0.05, 0.0, 1.00, FALSE, "parcel", 0.01, 0.00, 0.00, 3.1, 4.9, 3.0, 3.7, -0.1, 4.0, 0.00, 2.7},
    {"product-as-described", "order", 3.95, 0.80, 0.05, 0.0, 1.00, FALSE, "product", 0.10, 0.00, 0.00, 4.1, 9.0, 4.0, 6.9, UNSEEN, 5.7, 0.00, 4.7},
    {"help-chat",            "order", 4.40, 0.80, 0.04, 0.0, 0.18, FALSE, "chat", 0.08, 0.00, 0.00, 3.2, 4.6, 4.2, 7.0, UNSEEN, 5.0, 0.00, 4.0},
    {"review-request",       "order", 3.00, 0.90, 0.05, 0.0, 0.60, FALSE, "e-mail", 0.01, 0.00, 0.00, 3.2, 6.5, 3.1, 3.9, UNSEEN, 4.6, 0.00, 1.8},
    {"return-start",         "return", 4.55, 0.65, 0.15, 0.0, 1.00, FALSE, BOTH, 0.03, 0.00, 0.00, 4.4, 8.5, 4.1, 7.0, UNSEEN, 5.2, 0.04, 3.8},
    {"return-label",         "return", 4.65, 0.65, 0.17, 0.0, 1.00, FALSE, "e-mail", 0.03, 0.00, 0.00, 4.4, 8.6, 4.2, 7.2, UNSEEN, 5.1, 0.00, 3.7},
    {"drop-off",             "return", 4.60, 0.70, 0.17, 0.4, 1.00, FALSE, "parcel shop", 0.03, 0.00, 0.00, 4.3, 8.5, 4.1, 7.0, UNSEEN, 4.9, 0.00, 3.6},
    {"refund-message",       "return", 4.70, 0.65, 0.18, 0.0, 1.00, FALSE, "e-mail", 0.03, 0.00, 0.00, 4.4, 8.5, 4.2, 7.1, UNSEEN, 5.3, 0.00, 4.2},
    {"refund-on-account",    "return", 4.65, 0.65, 0.17, 0.0, 1.00, FALSE, "bank", 0.03, 0.00, 0.00, 4.4, 8.9, 4.2, 7.4, UNSEEN, 5.4, 0.00, 4.6},
};
/* clang-format on */
G_STATIC_ASSERT(G_N_ELEMENTS(points) <= PLX_TRUTH_POINTS_MAX);

static const struct plx_truth the_truth = {
    .first_year = 2025,
    .first_month = 3,
    .places = places,
    .n_places = G_N_ELEMENTS(places),
    .points = points,
    .n_points = G_N_ELEMENTS(points),
    .tiers = tiers,
    .n_tiers = G_N_ELEMENTS(tiers),
    .journeys = journeys,
    .n_journeys = G_N_ELEMENTS(journeys),
    .real = {.point = "parcel-condition",
             .about = "Racks in the vans of eight towns, so that nothing slides",
             .start = 8,
             .lift = 1.0},
    .apparent = {.point = "tracking-page",
                 .about = "A live map for eight towns, begun after a winter that ended everywhere",
                 .start = 11,
                 .lift = 0,
                 .dip_first = 8,
                 .dip_months = 3,
                 .dip = -1.1},
    .promise = {"next-day", 0.50, 0.82},
    .tasks = tasks,
    .n_tasks = G_N_ELEMENTS(tasks),
    .friction_point = "payment-page",
    .blind_point = "doorstep",
    .inconsistent_place = "Hull",
    .shopper_severity = shopper_severity,
    .app_share = 0.55,
    .mood = 0.45,
    .shock = 0.10,
    .mishap_mean = 1.7,
    .mishap_spread = 0.5,
    .again = 0.12,
    .returned = 0.16,
    .leader_spread = 0.8,
    .staff_spread = 0.75,
    .staff_person = 0.30,
    .shopper_spread = 0.70,
    .believed_spread = 1.6,
    .asked = 6,
    .persons = 2150,
    .na = 0.03,
    .declined = 0.01,
    .rated_journey = 0.75,
    .asked_promise = 0.35,
    .asked_effort = 0.40,
    .asked_feeling = 0.25,
    .asked_importance = 0.15,
    .noted = 0.10,
};

const struct plx_truth *plx_truth(void)
{
    return &the_truth;
}

gint plx_truth_find_point(const struct plx_truth *truth, const char *id)
{
    for (guint p = 0; p < truth->n_points; p++)
        if (strcmp(truth->points[p].id, id) == 0)
            return (gint)p;
    return -1;
}

guint plx_truth_journey_of(const struct plx_truth *truth, guint point)
{
    return strcmp(truth->points[point].journey, truth->journeys[0].id) == 0 ? 0 : 1;
}

static gboolean check_point(const struct plx_truth *truth, const plx_map *map, guint p,
                            GError **error)
{
    const struct plx_truth_point *point = &truth->points[p];
    if (p >= map->n_points || strcmp(map->points[p].id, point->id) != 0)
        return plx_error(error, PLX_ERROR_BUG,
                         "the demo's truth expects the point '%s' as number %u", point->id, p + 1);
    if (strcmp(map->journeys[map->points[p].journey].id, point->journey) != 0)
        return plx_error(error, PLX_ERROR_BUG, "the demo's truth expects '%s' in the journey '%s'",
                         point->id, point->journey);
    if (map->points[p].effort < 0)
        return plx_error(error, PLX_ERROR_BUG, "the point '%s' has no effort class", point->id);
    return TRUE;
}

gboolean plx_truth_check(const struct plx_truth *truth, const plx_map *map, GError **error)
{
    for (guint p = 0; p < truth->n_points; p++)
        if (!check_point(truth, map, p, error))
            return FALSE;
    if (map->n_points != truth->n_points)
        return plx_error(error, PLX_ERROR_BUG, "the demo's truth says nothing about the point '%s'",
                         map->points[truth->n_points].id);
    if (plx_map_find_promise(map, truth->promise.id) < 0)
        return plx_error(error, PLX_ERROR_BUG, "the promise '%s' is not on the map",
                         truth->promise.id);
    for (guint i = 0; i < truth->n_tasks; i++)
        if (plx_map_find_task(map, truth->tasks[i].id) < 0)
            return plx_error(error, PLX_ERROR_BUG, "the task '%s' is not on the map",
                             truth->tasks[i].id);
    return TRUE;
}

void plx_truth_month_name(const struct plx_truth *truth, guint month, char out[8])
{
    const guint index = truth->first_month - 1 + month;
    g_snprintf(out, 8, "%04u-%02u", (truth->first_year + index / 12) % 10000, index % 12 + 1);
}

/* What a change moves at its own point. */
static double changed(const struct plx_truth *truth, const struct plx_truth_change *change,
                      guint point, guint place, guint month)
{
    if (strcmp(truth->points[point].id, change->point) != 0)
        return 0;
    double shift = 0;
    if (truth->places[place].group == PLX_TRUTH_TREATED && month >= change->start)
        shift += change->lift;
    if (month >= change->dip_first && month < change->dip_first + change->dip_months)
        shift += change->dip;
    return shift;
}

double plx_truth_shift(const struct plx_truth *truth, guint point, guint place, guint month,
                       guint tier, gboolean app, gboolean late)
{
    const struct plx_truth_point *it = &truth->points[point];
    return it->place * truth->places[place].effect + truth->tiers[tier].effect +
           (app ? it->app : 0) + (late ? it->late : 0) +
           changed(truth, &truth->real, point, place, month) +
           changed(truth, &truth->apparent, point, place, month);
}

/* Nine answers around a mean: evenly spread, dealt to the leaders in another order at every point,
 * so that nobody is always the one above. */
static double leader_offset(const struct plx_truth *truth, guint leader, guint point, guint deal)
{
    static const double spread[PLX_TRUTH_LEADERS] = {-1, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 1};
    return truth->leader_spread * spread[(leader * deal + point * 5) % PLX_TRUTH_LEADERS];
}

struct plx_truth_leader plx_truth_leader_answer(const struct plx_truth *truth, guint leader,
                                                guint point)
{
    const struct plx_truth_point *it = &truth->points[point];
    const double sees = leader + 1 == PLX_TRUTH_LEADERS ? 0.6 : 0;
    const double level = it->leader + sees * (it->staff - it->leader);
    const double believed = it->leader_believed + sees * (it->staff_believed - it->leader_believed);
    return (struct plx_truth_leader){
        .level = plx_person_round(level + leader_offset(truth, leader, point, 2), 1, 6),
        .believed =
            plx_person_round(believed + 1.5 * leader_offset(truth, leader, point, 4), 0, 10),
        .predicted = plx_person_round(level - 0.2 + leader_offset(truth, leader, point, 7), 1, 6),
    };
}

/* Every place five times, about every third month, by five of the twelve. */
struct plx_truth_visit plx_truth_visit(guint place, guint visit)
{
    return (struct plx_truth_visit){
        .month = visit * PLX_TRUTH_MONTHS / PLX_TRUTH_VISITS + place % 3,
        .shopper = (place + visit * 5) % PLX_TRUTH_SHOPPERS,
        .app = (place + visit) % 2 == 0,
    };
}
