/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sample.h"

#include <math.h>
#include <string.h>

/* One point as its means: leader, staff, shopper, customer; NaN = no answers. */
struct row {
    const char *transaction, *title;
    double leader, staff, shopper, customer;
};

static const struct row marketplace[] = {
    {"Discover", "Campaign page", 4.6, 4.2, 4.3, 4.5},
    {"Discover", "Search results", 4.4, 4.1, 4.0, 4.2},
    {"Discover", "Product page", 4.5, 4.3, 4.2, 4.3},
    {"Discover", "Price and fees shown early", 4.2, 3.6, 3.4, 3.3},
    {"Discover", "Reviews you can trust", 4.3, 4.0, 3.8, 3.9},
    {"Order", "Basket", 4.5, 4.3, 4.1, 4.2},
    {"Order", "Sign-in", 4.2, 3.5, 3.3, 3.4},
    {"Order", "Payment", 4.4, 3.3, 3.0, 2.8},
    {"Order", "Order confirmation", 4.6, 4.4, 4.1, 4.3},
    {"Order", "Voucher accepted", 4.1, 3.8, 3.5, 4.0},
    {"Prepare", "Order updates", 4.5, 4.0, 3.9, 3.7},
    {"Prepare", "Packing status", 4.3, 4.1, 3.7, 3.9},
    {"Prepare", "Change or cancel", 4.0, 3.3, 3.0, 2.9},
    {"Prepare", "Answer to a question", 4.1, 3.9, 3.6, 3.2},
    {"Prepare", "Dispatch on the promised day", 4.4, 4.0, 3.8, 3.8},
    {"Receive", "Delivery slot", 4.4, 3.6, 3.4, 3.2},
    {"Receive", "Courier's call", 4.5, 3.2, 2.9, 3.0},
    {"Receive", "Doorstep handover", 4.7, 2.9, 2.6, 2.4},
    {"Receive", "Parcel condition", 4.6, 3.9, 3.7, 3.6},
    {"Receive", "Unboxing", 4.5, 4.5, 4.4, 5.1},
    {"Receive", "Safe place when not at home", NAN, 3.1, 2.8, 2.9},
    {"Live with it", "First use", 4.4, 4.2, 4.1, 4.3},
    {"Live with it", "Help chat", 4.3, 3.5, 3.1, 2.9},
    {"Live with it", "Return label", 4.2, 3.3, 3.0, 3.1},
    {"Live with it", "Return pick-up", 4.1, 3.4, 3.1, 2.7},
    {"Live with it", "Refund on the account", 4.3, 2.9, 2.8, 2.6},
    {"Live with it", "Complaint answered", 3.1, 2.9, 2.7, 2.8},
    {"Stay", "Thank-you note", 4.0, 4.1, NAN, 4.9},
    {"Stay", "Suggestions that fit", 3.6, 3.5, NAN, 3.4},
    {"Stay", "Loyalty points explained", 2.9, 2.8, NAN, 2.9},
};

static const char *const many_journeys[] = {"Book", "Arrive", "Stay", "Dine", "Leave", "Return"};

static gpointer keep(plx_gaps *gaps, gpointer memory)
{
    g_ptr_array_add(gaps->memory, memory);
    return memory;
}

static char *id_of(plx_gaps *gaps, const char *title)
{
    char *id = g_ascii_strdown(title, -1);
    g_strcanon(id, "abcdefghijklmnopqrstuvwxyz0123456789", '-');
    return keep(gaps, id);
}

static const struct plx_interval none = {(double)NAN, (double)NAN};

/* Counts of n answers with about this mean: a triangle around it, exact in n. */
static gint64 *make_counts(plx_gaps *gaps, const struct plx_scale *scale, gint64 n, double mean)
{
    const guint k = plx_scale_width(scale);
    gint64 *counts = g_new0(gint64, k);
    double weights[PLX_SCALE_WIDTH], sum = 0;
    for (guint i = 0; i < k; i++) {
        const double away = fabs(scale->min + (double)i - mean);
        weights[i] = away < 2.2 ? (2.2 - away) * (2.2 - away) : 0;
        sum += weights[i];
    }
    gint64 left = n;
    for (guint i = 0; i < k; i++) {
        counts[i] = (gint64)floor(weights[i] / sum * (double)n);
        left -= counts[i];
    }
    counts[CLAMP((gint)round(mean) - scale->min, 0, (gint)k - 1)] += left;
    return keep(gaps, counts);
}

static double share_from(const struct plx_voice *voice, gint8 cut)
{
    gint64 above = 0;
    for (guint i = 0; i < voice->k; i++)
        if (voice->scale->min + (gint)i >= cut)
            above += voice->counts[i];
    return (double)above / (double)voice->n;
}

static struct plx_interval around(double middle, double half, double lo, double hi)
{
    return (struct plx_interval){MAX(lo, middle - half), MIN(hi, middle + half)};
}

static void hide(struct plx_voice *voice)
{
    voice->n = voice->persons = PLX_NO_COUNT;
    voice->na = voice->declined = voice->not_asked = PLX_NO_COUNT;
    voice->counts = NULL;
    voice->n_eff = voice->mean = voice->median = voice->interpolated_median = (double)NAN;
    voice->floor_share = voice->met_share = voice->desired_share = voice->top_share = (double)NAN;
    voice->agreement = (double)NAN;
    voice->mean_ci = voice->floor_ci = voice->met_ci = voice->desired_ci = none;
    voice->suppressed = PLX_HIDDEN_FEW;
}

static void set_voice(plx_gaps *gaps, struct plx_voice *v, guint audience,
                      const struct plx_scale *scale, gint64 n, double mean, gboolean complete)
{
    *v = (struct plx_voice){.audience = audience,
                            .n = n,
                            .persons = n,
                            .n_eff = (double)n,
                            .na = n / 11,
                            .declined = n / 50,
                            .not_asked = n * 2,
                            .scale = scale,
                            .k = plx_scale_width(scale),
                            .complete = complete,
                            .mean_range = none,
                            .population = complete ? n : PLX_NO_COUNT};
    if (isnan(mean)) {
        hide(v);
        v->n = v->persons = 0;
        v->suppressed = PLX_SHOWN;
        return;
    }
    v->counts = make_counts(gaps, scale, n, mean);
    double sum = 0;
    for (guint i = 0; i < v->k; i++)
        sum += (double)v->counts[i] * (scale->min + (double)i);
    v->mean = sum / (double)n;
    v->median = round(v->mean);
    v->interpolated_median = v->mean;
    const double half = 2.1 / sqrt((double)n), wide = 1 / sqrt((double)n);
    v->mean_ci = complete ? none : around(v->mean, half, scale->min, scale->max);
    v->floor_share = 1 - share_from(v, (gint8)(scale->floor + 1));
    v->met_share = share_from(v, scale->met);
    v->desired_share = share_from(v, scale->desired);
    v->top_share = share_from(v, scale->top);
    v->floor_ci = complete ? none : around(v->floor_share, wide, 0, 1);
    v->met_ci = complete ? none : around(v->met_share, wide, 0, 1);
    v->desired_ci = complete ? none : around(v->desired_share, wide, 0, 1);
    v->agreement = 0.6;
}

static enum plx_verdict decide(const struct plx_gap *gap, const struct plx_voice *b,
                               gboolean served, double margin)
{
    const gboolean above = b->desired_share >= 0.5;
    const gboolean counts = gap->ci_adjusted.lo > margin || gap->ci_adjusted.hi < -margin;
    const gboolean agrees = gap->ci_adjusted.lo > -margin && gap->ci_adjusted.hi < margin;
    if (!counts && !agrees)
        return PLX_VERDICT_NOT_ENOUGH_YET;
    if (!served)
        return counts ? PLX_VERDICT_DIFFER : PLX_VERDICT_AGREE;
    if (agrees)
        return above ? PLX_VERDICT_SHARED_STRENGTH : PLX_VERDICT_KNOWN_PROBLEM;
    if (gap->difference > 0 && !above)
        return PLX_VERDICT_BLIND_SPOT;
    return gap->difference < 0 && above ? PLX_VERDICT_HIDDEN_STRENGTH : PLX_VERDICT_VIEWS_DIFFER;
}

static void set_gap(const plx_gaps *gaps, struct plx_gap *gap, const struct plx_voice *a,
                    const struct plx_voice *b)
{
    *gap = (struct plx_gap){.a = a->audience,
                            .b = b->audience,
                            .difference = (double)NAN,
                            .ci = none,
                            .ci_adjusted = none,
                            .superiority = (double)NAN,
                            .superiority_ci = none,
                            .cliff_delta = (double)NAN,
                            .p = (double)NAN,
                            .half_width = (double)NAN,
                            .answers_needed = (double)NAN,
                            .answers_of = b->complete ? a->audience : b->audience};
    if (isnan(a->mean) || isnan(b->mean))
        return;
    if (!plx_scale_same(a->scale, b->scale)) {
        gap->verdict = PLX_VERDICT_SCALES_DIFFER;
        return;
    }
    gap->difference = a->mean - b->mean;
    const double half = (a->complete ? 0 : 2.1 / sqrt((double)a->n)) + 2.1 / sqrt((double)b->n);
    gap->ci = around(gap->difference, half, -5, 5);
    gap->ci_adjusted = around(gap->difference, half * 1.3, -5, 5);
    gap->superiority = CLAMP(0.5 + gap->difference / 5, 0.02, 0.98);
    gap->superiority_ci = around(gap->superiority, half / 5, 0, 1);
    gap->cliff_delta = 2 * gap->superiority - 1;
    gap->p = fabs(gap->difference) > half ? 0.0004 : 0.21;
    gap->p_method = "brunner_munzel";
    gap->verdict = decide(gap, b, gaps->served[b->audience], gaps->margin);
    if (gap->verdict == PLX_VERDICT_NOT_ENOUGH_YET) {
        gap->half_width = half * 1.3;
        gap->answers_needed = a->complete ? 40 : (double)NAN;
    }
}

static void set_belief(struct plx_belief *belief, guint by, const struct plx_voice *served,
                       double level)
{
    const double believed = CLAMP((level - 2.2) / 3, 0, 1);
    *belief = (struct plx_belief){.by = by,
                                  .about = served->audience,
                                  .n = 9,
                                  .persons = 9,
                                  .believed = believed,
                                  .served = served->desired_share,
                                  .served_ci = served->desired_ci,
                                  .served_n = served->n,
                                  .complete = TRUE};
    belief->believed_range = around(believed, 0.15, 0, 1);
    belief->difference = believed - served->desired_share;
    belief->ci = around(belief->difference, 0.05, -1, 1);
    belief->verdict = belief->ci.lo > 0.1               ? PLX_VERDICT_OVERESTIMATES
                      : belief->ci.hi < -0.1            ? PLX_VERDICT_UNDERESTIMATES
                      : fabs(belief->difference) < 0.05 ? PLX_VERDICT_SEES_IT
                                                        : PLX_VERDICT_NOT_ENOUGH_YET;
}

static void set_point(plx_gaps *gaps, struct plx_gaps_point *point, const struct row *row,
                      const struct plx_scale *scale, const struct plx_scale *leaders_scale,
                      gint64 customers)
{
    const double means[4] = {row->leader, row->staff, row->shopper, row->customer};
    const gint64 ns[4] = {9, 43, 60, customers};
    *point = (struct plx_gaps_point){
        .title = row->title, .map_point = -1, .transaction_title = row->transaction};
    point->point = id_of(gaps, row->title);
    point->transaction = row->transaction ? id_of(gaps, row->transaction) : NULL;
    point->journey = row->transaction ? "order" : NULL;
    point->journey_title = row->transaction ? "Online order" : NULL;
    point->n_voices = gaps->n_audiences;
    point->voices = keep(gaps, g_new0(struct plx_voice, gaps->n_audiences));
    for (guint i = 0; i < gaps->n_audiences; i++) {
        const guint which = gaps->n_audiences == 1 ? 3 : i;
        set_voice(gaps, &point->voices[i], i, which == 0 ? leaders_scale : scale, ns[which],
                  means[which], which == 0);
    }
    point->gaps = keep(gaps, g_new0(struct plx_gap, 6));
    for (guint a = 0; a < gaps->n_audiences; a++)
        for (guint b = a + 1; b < gaps->n_audiences; b++)
            set_gap(gaps, &point->gaps[point->n_gaps++], &point->voices[a], &point->voices[b]);
    if (gaps->n_audiences == 4 && isfinite(row->leader)) {
        point->beliefs = keep(gaps, g_new0(struct plx_belief, 1));
        point->n_beliefs = 1;
        set_belief(point->beliefs, 0, &point->voices[3], row->leader);
    }
}

/* The reading borrows its map; here one frees both. */
struct sample {
    plx_gaps gaps; /* first: a plx_gaps is the sample it is in */
    plx_map *map;
};

static void add_promise(plx_map *map, guint i, const char *words, guint point)
{
    map->promises[i].id = g_strdup_printf("promise-%u", i);
    map->promises[i].title = g_strdup(words);
    map->promises[i].points = g_new0(guint, 1);
    map->promises[i].points[0] = point;
    map->promises[i].n_points = 1;
}

static void add_promises(plx_gaps *gaps)
{
    plx_map *map = ((struct sample *)gaps)->map;
    map->title = g_strdup("Online order");
    map->promises = g_new0(struct plx_promise, 4);
    map->n_promises = 4;
    add_promise(map, 0, "The best price, no surprises", 3);
    add_promise(map, 1, "At your door in the hour you choose", 15);
    add_promise(map, 2, "Handed over with a smile", 17);
    add_promise(map, 3, "Your money back within two days", 25);
}

static void make_base(plx_gaps *gaps, gboolean all_voices)
{
    static const char *all[] = {"leader", "staff", "shopper", "customer"};
    static const char *titles[] = {"Leaders", "Staff", "Secret shoppers", "Customers"};
    static gboolean served[] = {FALSE, FALSE, FALSE, TRUE};
    gaps->source = "ratings.csv";
    gaps->measure = "level";
    gaps->n_audiences = all_voices ? 4 : 1;
    gaps->audiences = all_voices ? all : all + 3;
    gaps->audience_titles = all_voices ? titles : titles + 3;
    gaps->served = all_voices ? served : served + 3;
    gaps->data_since = "2025-01-01";
    gaps->data_until = "2026-06-30";
    gaps->observations = 74880;
    gaps->encounters = 12480;
    gaps->respondents = 9310;
    gaps->family_size = 180;
    gaps->adjusted_level = 0.985;
    gaps->margin = 0.5;
    gaps->belief_margin = 0.1;
    gaps->headline = (struct plx_headline){.kind = PLX_HEADLINE_NONE,
                                           .by = -1,
                                           .about = -1,
                                           .by_n = PLX_NO_COUNT,
                                           .by_persons = PLX_NO_COUNT,
                                           .about_n = PLX_NO_COUNT,
                                           .about_persons = PLX_NO_COUNT,
                                           .by_value = (double)NAN,
                                           .about_value = (double)NAN,
                                           .about_ci = none,
                                           .hidden_persons = PLX_NO_COUNT,
                                           .hidden_minimum = PLX_NO_COUNT};
}

static void make_groups(plx_gaps *gaps, guint n)
{
    gaps->n_groups = n;
    gaps->groups = keep(gaps, g_new0(struct plx_gaps_group, MAX(n, 1)));
}

static void fill_group(plx_gaps *gaps, struct plx_gaps_group *group, const struct row *rows,
                       guint n, const struct plx_scale *scale, gint64 customers)
{
    group->n_points = n;
    group->points = keep(gaps, g_new0(struct plx_gaps_point, MAX(n, 1)));
    for (guint i = 0; i < n; i++)
        set_point(gaps, &group->points[i], &rows[i], scale, scale, customers);
}

static void make_notes(plx_gaps *gaps)
{
    static struct plx_gaps_note notes[] = {
        {"all_answered", 0, 9, NULL}, {"rounded", 0, 30, NULL}, {"without_time", -1, 12, NULL}};
    gaps->notes = notes;
    gaps->n_notes = G_N_ELEMENTS(notes);
}

static void make_marketplace(plx_gaps *gaps, const struct plx_scale *scale)
{
    make_groups(gaps, 1);
    fill_group(gaps, &gaps->groups[0], marketplace, G_N_ELEMENTS(marketplace), scale, 1204);
    add_promises(gaps);
    /* Some points have few answers: not enough yet. */
    set_point(gaps, &gaps->groups[0].points[13], &marketplace[13], scale, scale, 14);
    set_point(gaps, &gaps->groups[0].points[28], &marketplace[28], scale, scale, 11);
    gaps->headline = (struct plx_headline){.kind = PLX_HEADLINE_BELIEF,
                                           .by = 0,
                                           .about = 3,
                                           .points = 29,
                                           .by_n = 261,
                                           .by_persons = 9,
                                           .about_n = 34916,
                                           .about_persons = 9310,
                                           .by_value = 0.78,
                                           .about_value = 0.41,
                                           .about_ci = {0.39, 0.43},
                                           .hidden_persons = PLX_NO_COUNT,
                                           .hidden_minimum = PLX_NO_COUNT};
    for (guint i = 0; i < gaps->groups[0].n_points; i++)
        gaps->groups[0].points[i].map_point = (gint)i;
    gaps->groups[0].rankings = keep(gaps, g_new0(struct plx_ranking, 1));
    gaps->groups[0].n_rankings = 1;
    gaps->groups[0].rankings[0] = (struct plx_ranking){
        .by = 0, .about = 3, .persons = 9, .points = 29, .tau_pooled = 0.31, .tau_mean = 0.18};
    make_notes(gaps);
}

static void make_hidden(plx_gaps *gaps, const struct plx_scale *scale)
{
    make_groups(gaps, 1);
    fill_group(gaps, &gaps->groups[0], marketplace, 6, scale, 40);
    for (guint i = 0; i < 6; i++) {
        struct plx_gaps_point *point = &gaps->groups[0].points[i];
        hide(&point->voices[0]);
        point->n_beliefs = 0;
        for (guint g = 0; g < point->n_gaps; g++)
            set_gap(gaps, &point->gaps[g], &point->voices[point->gaps[g].a],
                    &point->voices[point->gaps[g].b]);
    }
    gaps->headline.kind = PLX_HEADLINE_SERVED;
    gaps->headline.by = 0;
    gaps->headline.about = 3;
    gaps->headline.points = 6;
    gaps->headline.about_n = 240;
    gaps->headline.about_persons = 40;
    gaps->headline.about_value = 0.55;
    gaps->headline.about_ci = (struct plx_interval){0.42, 0.67};
    gaps->headline.hidden_persons = 3;
    gaps->headline.hidden_minimum = 5;
    static struct plx_gaps_note notes[] = {{"audience_hidden", 0, 3, "5"}};
    gaps->notes = notes;
    gaps->n_notes = 1;
}

static void make_groups_sample(plx_gaps *gaps, const struct plx_scale *scale)
{
    static const char *const keys[] = {"", "Graz", "Linz"};
    gaps->by = "place";
    make_groups(gaps, 3);
    for (guint i = 0; i < 3; i++) {
        gaps->groups[i].key = keys[i];
        fill_group(gaps, &gaps->groups[i], marketplace + 5 * i, 5, scale, 300);
    }
    static struct plx_gaps_note notes[] = {{"headline_needs_one", -1, PLX_NO_COUNT, NULL}};
    gaps->notes = notes;
    gaps->n_notes = 1;
}

static void make_hostile(plx_gaps *gaps, const struct plx_scale *scale)
{
    static const struct row rows[] = {
        {"<b>Discover</b> & \"quote\"", "<script>alert(1)</script>", 4.6, 4.2, 4.3, 2.5},
        {"<b>Discover</b> & \"quote\"", "]]></style><img src=x onerror=alert(1)>", 4.6, 4, 4, 2.5},
        {"<b>Discover</b> & \"quote\"", "=HYPERLINK(\"http://x\",\"y\")", 4.4, 4.1, 4.0, 4.2},
        {"<b>Discover</b> & \"quote\"", "broken \xff utf-8 \x01 control", 4.4, 4.1, 4.0, 4.2},
        {"配達", "配達時間帯の選択と変更のしやすさ", 4.5, 3.6, 3.4, 2.4},
        {"التوصيل", "حالة الطرد عند الاستلام", 4.6, 3.9, 3.7, 2.6},
        {"התשלום", "תשלום, \"מאובטח\" – 100%", 4.4, 3.3, 3.0, 2.8},
        {"A", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", 4.4, 3, 3, 2.8},
    };
    make_groups(gaps, 1);
    fill_group(gaps, &gaps->groups[0], rows, G_N_ELEMENTS(rows), scale, 900);
    gaps->source = "../<odd> & \"name\".csv";
    make_notes(gaps);
}

static void make_five(plx_gaps *gaps, const struct plx_scale *six)
{
    static char id[] = "one-to-five";
    static const struct plx_scale five = {
        .id = id, .min = 1, .max = 5, .floor = 1, .met = 3, .desired = 4, .top = 5};
    make_groups(gaps, 1);
    fill_group(gaps, &gaps->groups[0], marketplace, 12, &five, 700);
    for (guint i = 0; i < 12; i++)
        set_point(gaps, &gaps->groups[0].points[i], &marketplace[i], &five, six, 700);
    gaps->headline.kind = PLX_HEADLINE_LEVEL;
    gaps->headline.by = 0;
    gaps->headline.about = 3;
    gaps->headline.points = 12;
    gaps->headline.by_value = 4.4;
    gaps->headline.about_value = 3.7;
    gaps->headline.about_ci = (struct plx_interval){3.6, 3.8};
}

static void make_many(plx_gaps *gaps, const struct plx_scale *scale)
{
    make_groups(gaps, 1);
    struct plx_gaps_group *group = &gaps->groups[0];
    group->n_points = 60;
    group->points = keep(gaps, g_new0(struct plx_gaps_point, 60));
    for (guint i = 0; i < 60; i++) {
        const struct row *row = &marketplace[i % 30];
        set_point(gaps, &group->points[i], row, scale, scale, 600);
        group->points[i].journey_title = many_journeys[i / 10];
        group->points[i].journey = many_journeys[i / 10];
    }
}

/* Differences grow from point to point: the furthest one is the last that is shown. */
static void make_foresight(plx_gaps *gaps, const struct plx_scale *scale)
{
    make_groups(gaps, 1);
    fill_group(gaps, &gaps->groups[0], marketplace, 4, scale, 300);
    for (guint i = 0; i < 4; i++) {
        struct plx_gaps_point *point = &gaps->groups[0].points[i];
        point->expectations = keep(gaps, g_new0(struct plx_expectation, 1));
        point->predictions = keep(gaps, g_new0(struct plx_prediction, 1));
        point->n_expectations = point->n_predictions = 1;
        const double by = 0.5 * (i + 1);
        point->expectations[0] = (struct plx_expectation){.audience = 3,
                                                          .n = 300,
                                                          .persons = 300,
                                                          .mean_expected = 4,
                                                          .mean_difference = -by,
                                                          .ci = {-by - 0.2, -by + 0.2},
                                                          .below = 0.5,
                                                          .met = 0.3,
                                                          .exceeded = 0.2};
        point->predictions[0] = (struct plx_prediction){.by = 0,
                                                        .about = 3,
                                                        .n = 9,
                                                        .persons = 9,
                                                        .mean_predicted = 4.5,
                                                        .mean_observed = 4.5 - by,
                                                        .bias = by,
                                                        .bias_ci = none,
                                                        .rps = 0.25,
                                                        .rps_individual = 0.5,
                                                        .wasserstein = by};
    }
    gaps->groups[0].points[3].expectations[0] =
        (struct plx_expectation){.audience = 3,
                                 .n = PLX_NO_COUNT,
                                 .persons = PLX_NO_COUNT,
                                 .mean_expected = (double)NAN,
                                 .mean_difference = (double)NAN,
                                 .ci = none,
                                 .below = (double)NAN,
                                 .met = (double)NAN,
                                 .exceeded = (double)NAN,
                                 .suppressed = PLX_HIDDEN_FEW};
    gaps->groups[0].points[3].predictions[0] =
        (struct plx_prediction){.by = 0,
                                .about = 3,
                                .n = PLX_NO_COUNT,
                                .persons = PLX_NO_COUNT,
                                .mean_predicted = (double)NAN,
                                .mean_observed = (double)NAN,
                                .bias = (double)NAN,
                                .bias_ci = none,
                                .rps = (double)NAN,
                                .rps_individual = (double)NAN,
                                .wasserstein = (double)NAN,
                                .suppressed = PLX_HIDDEN_FEW};
}

plx_gaps *sample_new(enum sample_kind kind)
{
    struct sample *sample = g_new0(struct sample, 1);
    plx_gaps *gaps = &sample->gaps;
    sample->map = plx_map_new_open();
    gaps->map = sample->map;
    gaps->memory = g_ptr_array_new_with_free_func(g_free);
    const struct plx_scale *six = sample->map->scales[0];
    make_base(gaps, kind != SAMPLE_TINY);
    switch (kind) {
    case SAMPLE_MARKETPLACE:
        make_marketplace(gaps, six);
        break;
    case SAMPLE_HIDDEN:
        make_hidden(gaps, six);
        break;
    case SAMPLE_TINY:
        make_groups(gaps, 1);
        fill_group(gaps, &gaps->groups[0], (const struct row[]){{NULL, "desk", NAN, NAN, NAN, 3.4}},
                   1, six, 7);
        gaps->data_since = gaps->data_until = NULL;
        gaps->observations = 7;
        gaps->respondents = 0;
        break;
    case SAMPLE_GROUPS:
        make_groups_sample(gaps, six);
        break;
    case SAMPLE_HOSTILE:
        make_hostile(gaps, six);
        break;
    case SAMPLE_FIVE:
        make_five(gaps, six);
        break;
    case SAMPLE_EMPTY:
        make_groups(gaps, 1);
        break;
    case SAMPLE_MANY:
        make_many(gaps, six);
        break;
    case SAMPLE_FORESIGHT:
        make_foresight(gaps, six);
        break;
    }
    return gaps;
}

void sample_free(plx_gaps *gaps)
{
    plx_map_free(((struct sample *)gaps)->map);
    g_ptr_array_unref(gaps->memory);
    g_free(gaps);
}

const char *sample_name(enum sample_kind kind)
{
    static const char *const names[] = {"marketplace", "hidden", "tiny", "groups",   "hostile",
                                        "five",        "empty",  "many", "foresight"};
    return names[kind];
}
