/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small part of bench/calibrate, with a fixed seed: what `parallax gaps` says of simulated files,
 * against what is true of them (the promises of docs/calibration.md, within two Monte Carlo
 * standard errors). The whole table is in docs/calibration.md, from 2,000 files a line. */
#include "bench/calibration_document.h"
#include "ingest/file_source.h"
#include "reading/gaps.h"

#include <math.h>

/* Beside the promises: something is decided, or nothing could be wrong. */
struct least {
    double gaps, beliefs; /* shares decided */
};

static struct plx_calibrated check(struct plx_crowd crowd, guint n, guint runs, struct least least)
{
    struct plx_calibrated result;
    plx_calibrate_documents(&crowd, n, runs, 1, g_get_num_processors(), &result);
    g_autofree char *broken = plx_calibrated_broken(&result, n);
    g_assert_cmpstr(broken, ==, NULL);
    g_test_message("n %u: %.3f (+- %.3f), decided %.3f, %.3f, wrong %.4f, words %.4f", n,
                   result.watch[PLX_WATCH_GAP].coverage, result.watch[PLX_WATCH_GAP].error,
                   result.gaps.decided, result.beliefs.decided, result.gaps.wrong,
                   result.words_off);
    g_assert_cmpfloat(result.gaps.seen, ==, 54);
    g_assert_cmpfloat(result.beliefs.seen, ==, 36);
    /* also where the truth is next to the margin */
    g_assert_cmpfloat(result.gaps.worst, <=, 0.1);
    g_assert_cmpfloat(result.beliefs.worst, <=, 0.15);
    g_assert_cmpfloat(result.gaps.decided, >=, least.gaps);
    g_assert_cmpfloat(result.beliefs.decided, >=, least.beliefs);
    return result;
}

static void test_rows(void)
{
    const struct plx_crowd crowd = {0};
    check(crowd, 5, 60, (struct least){0, 0.1});
    check(crowd, 12, 60, (struct least){0.15, 0.25});
    check(crowd, 50, 60, (struct least){0.35, 0.4});
}

/* Everybody answers every point: gaps of one document hang together. */
static void test_people(void)
{
    check((struct plx_crowd){.people = TRUE}, 20, 60, (struct least){0.25, 0.3});
    const struct plx_crowd few_inside = {.people = TRUE, .customers = 200};
    check(few_inside, 8, 30, (struct least){0.15, 0.3});
}

static void test_complete(void)
{
    const struct plx_crowd crowd = {.people = TRUE, .complete = TRUE};
    check(crowd, 9, 40, (struct least){0.15, 0.2});
    check(crowd, 50, 40, (struct least){0.45, 0.4});
}

static void test_clusters(void)
{
    const struct plx_crowd repeats = {.people = TRUE, .least = 1, .most = 4};
    check(repeats, 5, 10, (struct least){0, 0.1});
    check(repeats, 16, 50, (struct least){0.2, 0.25});
    const struct plx_crowd tables = {.people = TRUE, .tables = TRUE, .least = 6, .most = 8};
    check(tables, 16, 40, (struct least){0.25, 0.3});
}

static void test_weights(void)
{
    const struct plx_crowd crowd = {.people = TRUE, .weighted = TRUE};
    check(crowd, 30, 50, (struct least){0.25, 0.3});
}

/* With many answers nearly everything is decided, with the word that the truth has. */
static void test_words(void)
{
    const struct plx_calibrated result =
        check((struct plx_crowd){.people = TRUE}, 200, 15, (struct least){0.6, 0.7});
    g_assert_cmpfloat(result.words_off, <=, 0.005);
}

static plx_gaps *read_file(const GString *file, plx_map *map)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(file->str, file->len, "crowd.csv", map, NULL, &error);
    g_assert_no_error(error);
    plx_gaps *gaps = plx_gaps_read(source, &(struct plx_gaps_options){0}, &error);
    g_assert_no_error(error);
    return gaps;
}

static gboolean is_unanimous(const struct plx_gaps_point *point, guint audience)
{
    const struct plx_voice *v = &point->voices[audience];
    gint64 most = 0;
    for (guint i = 0; i < v->k; i++)
        most = MAX(most, v->counts[i]);
    return v->n < 10 && most == v->n;
}

/* The rounded document says what the exact one says; nothing where all of few say the same. */
static guint check_point(const struct plx_gaps_point *rounded, const struct plx_gaps_point *exact)
{
    guint hidden = 0;
    g_assert_cmpuint(rounded->n_gaps, ==, exact->n_gaps);
    for (guint i = 0; i < exact->n_gaps; i++) {
        const struct plx_gap *x = &rounded->gaps[i], *y = &exact->gaps[i];
        g_assert_true(isnan(x->ci_adjusted.lo) && !isnan(y->ci_adjusted.lo));
        if (is_unanimous(exact, y->a) || is_unanimous(exact, y->b))
            hidden++;
        else
            g_assert_cmpint(x->verdict, ==, y->verdict);
    }
    g_assert_cmpuint(rounded->n_beliefs, ==, exact->n_beliefs);
    for (guint i = 0; i < exact->n_beliefs; i++) {
        const struct plx_belief *x = &rounded->beliefs[i], *y = &exact->beliefs[i];
        if (y->believed_range.lo == y->believed_range.hi)
            hidden++;
        else
            g_assert_cmpint(x->verdict, ==, y->verdict);
    }
    return hidden;
}

/* Fewer than ten leaders are shown rounded unless they agreed to be named, and the simulation needs
 * the exact numbers: so that it speaks of the rounded document, too, the verdicts must be equal. */
static void test_rounded(void)
{
    g_autoptr(plx_map) plain = plx_map_new_open();
    g_autoptr(plx_map) named = plx_map_new_open();
    g_assert_true(plx_map_set_named(named, "leader", NULL));
    g_assert_true(plx_map_set_named(named, "staff", NULL));
    const struct plx_crowd crowd = {.people = TRUE, .customers = 200};
    struct plx_random random;
    plx_random_seed(&random, 5);
    guint hidden = 0;
    for (guint run = 0; run < 8; run++) {
        struct plx_crowd_truth truth;
        GString *file = plx_crowd_file(&crowd, 8, &random, &truth);
        g_autoptr(plx_gaps) a = read_file(file, plain);
        g_autoptr(plx_gaps) b = read_file(file, named);
        g_assert_cmpfloat(a->adjusted_level, ==, b->adjusted_level);
        for (guint p = 0; p < PLX_CROWD_POINTS; p++)
            hidden += check_point(&a->groups[0].points[p], &b->groups[0].points[p]);
        g_string_free(file, TRUE);
    }
    g_assert_cmpuint(hidden, <, 8 * PLX_CROWD_POINTS); /* of 5 a point */
}

static void test_threads(void)
{
    const struct plx_crowd crowd = {.people = TRUE};
    struct plx_calibrated one, many;
    plx_calibrate_documents(&crowd, 16, 12, 7, 1, &one);
    plx_calibrate_documents(&crowd, 16, 12, 7, 5, &many);
    for (guint w = 0; w < PLX_WATCHED; w++) {
        g_assert_true(one.watch[w].coverage == many.watch[w].coverage);
        g_assert_true(one.watch[w].error == many.watch[w].error);
        g_assert_true(one.watch[w].width == many.watch[w].width);
    }
    g_assert_true(one.gaps.non_covering == many.gaps.non_covering);
    g_assert_true(one.beliefs.decided == many.beliefs.decided);
}

/* What is broken is said. */
static void test_broken(void)
{
    struct plx_calibrated result = {0};
    for (guint w = 0; w < PLX_WATCHED; w++)
        result.watch[w] = (struct plx_watch){.coverage = 0.96, .rest = NAN};
    g_assert_null(plx_calibrated_broken(&result, 20));
    result.watch[PLX_WATCH_GAP].coverage = 0.975;
    g_assert_null(plx_calibrated_broken(&result, 19));
    result.watch[PLX_WATCH_MET] =
        (struct plx_watch){.coverage = 0.92, .error = 0.004, .rest = 0.89};
    result.watch[PLX_WATCH_HEADLINE].coverage = 0.94;
    result.gaps = (struct plx_decisions){.non_covering = 0.06, .error = 0.004, .wrong = 0.0501};
    result.beliefs.wrong = 0.06;
    g_autofree char *broken = plx_calibrated_broken(&result, 20);
    g_assert_cmpstr(broken, ==,
                    "n = 20: met_ci covers 92.00 % (+- 0.40)\n"
                    "n = 20: met_ci covers 89.00 % where few are expected\n"
                    "n = 20: gap ci covers 97.50 % (+- 0.00)\n"
                    "n = 20: headline about_ci covers 94.00 % (+- 0.00)\n"
                    "n = 20: 6.00 % (+- 0.40) of the decided gaps miss\n"
                    "n = 20: 5.01 % of gaps are decided wrongly\n"
                    "n = 20: 6.00 % of beliefs are decided wrongly\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/calibration/documents/rows", test_rows);
    g_test_add_func("/calibration/documents/people", test_people);
    g_test_add_func("/calibration/documents/complete", test_complete);
    g_test_add_func("/calibration/documents/clusters", test_clusters);
    g_test_add_func("/calibration/documents/weights", test_weights);
    g_test_add_func("/calibration/documents/words", test_words);
    g_test_add_func("/calibration/documents/rounded", test_rounded);
    g_test_add_func("/calibration/documents/threads", test_threads);
    g_test_add_func("/calibration/documents/broken", test_broken);
    return g_test_run();
}
