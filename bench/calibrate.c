/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calibrate all|gaps|documents|guesses|methods|readings|steps [--runs N] [--seed N] [--threads N]
 * [--only READING]: the tables of docs/calibration.md, as Markdown: of whole documents as `parallax
 * gaps` says them, of guess and reveal as `parallax beliefs` does, of the functions of stats/ alone
 * (gaps: these three), of the other readings, of the verdict on steps, or all. Exit status 1 when a
 * promise is broken. */
#include "bench/calibrate_documents.h"
#include "bench/calibrate_guesses.h"
#include "bench/calibrate_readings.h"
#include "bench/calibration.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const guint sizes[] = {5, 8, 12, 16, 20, 30, 50, 100, 200, 500};

static const struct plx_setup setups[] = {
    {.title = "Mean", .quantity = PLX_QUANTITY_MEAN, .level = 0.95},
    {.title = "Difference of means, n against n",
     .quantity = PLX_QUANTITY_DIFFERENCE,
     .level = 0.95},
    {.title = "Difference of means, n against 200",
     .quantity = PLX_QUANTITY_DIFFERENCE,
     .level = 0.95,
     .n_b = 200},
    {.title = "Difference of means, n against n, at 99.9 %",
     .quantity = PLX_QUANTITY_DIFFERENCE,
     .level = 0.999},
    {.title = "Difference of means, everybody (n) against n",
     .quantity = PLX_QUANTITY_DIFFERENCE,
     .level = 0.95,
     .complete = TRUE},
    {.title = "Difference of means, n persons who answer 1 to 4 times",
     .quantity = PLX_QUANTITY_DIFFERENCE,
     .level = 0.95,
     .clustered = TRUE},
    {.title = "Difference of means, weights 1/2, 1 and 3",
     .quantity = PLX_QUANTITY_DIFFERENCE,
     .level = 0.95,
     .weighted = TRUE},
    {.title = "Share met (Wilson)", .quantity = PLX_QUANTITY_SHARE, .level = 0.95},
    {.title = "Share met, n persons who answer 1 to 4 times",
     .quantity = PLX_QUANTITY_SHARE,
     .level = 0.95,
     .clustered = TRUE},
    {.title = "Difference of shares (Newcombe 10), n against n",
     .quantity = PLX_QUANTITY_SHARE_DIFFERENCE,
     .level = 0.95},
    {.title = "Probability of superiority, n against n",
     .quantity = PLX_QUANTITY_SUPERIORITY,
     .level = 0.95},
    {.title = "Probability of superiority, n against 200",
     .quantity = PLX_QUANTITY_SUPERIORITY,
     .level = 0.95,
     .n_b = 200},
    {.title = "For comparison: difference of means from t intervals, n against n",
     .quantity = PLX_QUANTITY_DIFFERENCE,
     .level = 0.95,
     .classical = TRUE},
    {.title = "For comparison: probability of superiority, Brunner-Munzel's p -+ t se",
     .quantity = PLX_QUANTITY_SUPERIORITY,
     .level = 0.95,
     .classical = TRUE},
};

static void print_percent(double share, const char *end)
{
    if (isnan(share))
        printf("- %s", end);
    else
        printf("%.1f %s", 100 * share, end);
}

static void print_setup(const struct plx_setup *setup, guint runs, guint64 seed)
{
    printf("\n### %s\n\n", setup->title);
    printf("| n | covers %% | lowest world %% | its name | mean width | rest %% |\n");
    printf("|--:|--:|--:|:--|--:|--:|\n");
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        const struct plx_coverage c = plx_calibrate(setup, sizes[i], runs, seed);
        printf("| %u | ", sizes[i]);
        print_percent(c.coverage, "| ");
        print_percent(c.lowest, "| ");
        printf("%s | ", c.lowest_world ? c.lowest_world : "-");
        if (isnan(c.width))
            printf("- | ");
        else
            printf("%.3f | ", c.width);
        print_percent(c.rest, "|\n");
    }
}

static void print_decided(guint runs, guint64 seed)
{
    static const struct {
        guint a;
        guint b;
        gboolean complete;
    } rows[] = {{5, 30, FALSE},    {5, 200, FALSE}, {12, 50, FALSE},
                {12, 500, FALSE},  {30, 30, FALSE}, {50, 200, FALSE},
                {200, 500, FALSE}, {9, 30, TRUE},   {9, 200, TRUE}};
    printf("\n### Decided gaps: documents of 18 gaps, false coverage rate at q = 0.05\n\n");
    printf("| a | b | decided %% | non-covering of decided %% | decided wrongly, of all %% |\n");
    printf("|--:|--:|--:|--:|--:|\n");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct plx_decided d =
            plx_calibrate_decided(rows[i].a, rows[i].b, rows[i].complete, 0.05, runs, seed);
        printf("| %u%s | %u | %.1f | %.2f | %.2f |\n", rows[i].a, rows[i].complete ? " (all)" : "",
               rows[i].b, 100 * d.decided, 100 * d.non_covering, 100 * d.wrong);
    }
}

static void print_methods(guint runs, guint64 seed)
{
    printf("\n## The methods alone\n");
    for (guint i = 0; i < G_N_ELEMENTS(setups); i++) {
        print_setup(&setups[i], runs, seed);
        fflush(stdout);
    }
    print_decided(runs, seed);
}

/* What was asked for. */
struct wanted {
    gboolean documents, guesses, methods, readings, steps;
};

static gboolean understand(const char *what, struct wanted *wanted)
{
    const gboolean all = strcmp(what, "all") == 0;
    const gboolean gaps = all || strcmp(what, "gaps") == 0;
    wanted->documents = gaps || strcmp(what, "documents") == 0;
    wanted->guesses = gaps || strcmp(what, "guesses") == 0;
    wanted->methods = gaps || strcmp(what, "methods") == 0;
    wanted->readings = all || strcmp(what, "readings") == 0;
    wanted->steps = all || strcmp(what, "steps") == 0;
    return wanted->documents || wanted->guesses || wanted->methods || wanted->readings ||
           wanted->steps;
}

/* FALSE: a promise is broken. */
static gboolean print_wanted(const struct wanted *wanted, const char *only, guint runs,
                             guint64 seed, guint threads)
{
    gboolean held = TRUE;
    if (wanted->documents) {
        printf("\n## Whole documents\n");
        held = plx_print_documents(sizes, G_N_ELEMENTS(sizes), runs, seed, threads);
    }
    if (wanted->guesses) {
        printf("\n## Guess and reveal\n");
        held = plx_print_guesses(runs, seed, threads) && held;
    }
    if (wanted->readings) {
        printf("\n## The other readings\n");
        held = plx_print_readings(only, MAX(runs / 2, 1), seed, threads) && held;
    }
    if (wanted->steps) {
        printf("\n## Steps\n");
        held = plx_print_steps(runs, seed, threads) && held;
    }
    if (wanted->methods)
        print_methods(runs, seed);
    return held;
}

int main(int argc, char **argv)
{
    gint runs = 2000, seed = 1, threads = (gint)g_get_num_processors();
    g_autofree char *only = NULL;
    const GOptionEntry entries[] = {
        {"runs", 0, 0, G_OPTION_ARG_INT, &runs,
         "studies per world and n (default 2000); of the other readings half as many", "N"},
        {"seed", 0, 0, G_OPTION_ARG_INT, &seed, "seed (default 1)", "N"},
        {"threads", 0, 0, G_OPTION_ARG_INT, &threads, "threads (default all)", "N"},
        {"only", 0, 0, G_OPTION_ARG_STRING, &only, "of the other readings, this one", "READING"},
        {0}};
    g_autoptr(GOptionContext) context =
        g_option_context_new("all|gaps|documents|guesses|methods|readings|steps");
    g_option_context_add_main_entries(context, entries, NULL);
    g_autoptr(GError) error = NULL;
    struct wanted wanted;
    const gboolean parsed = g_option_context_parse(context, &argc, &argv, &error);
    if (!understand(parsed && argc == 2 ? argv[1] : "", &wanted) || runs < 1 || threads < 1) {
        fprintf(stderr, "calibrate: %s\nTry: calibrate all --runs 2000\n",
                error ? error->message
                      : "what to calibrate? There are: all, gaps, documents, guesses, methods, "
                        "readings, steps");
        return 1;
    }
    gsl_set_error_handler_off();
    printf("Each line: %d simulated studies in each of the worlds; seed %d.\n", runs, seed);
    return print_wanted(&wanted, only, (guint)runs, (guint64)seed, (guint)threads) ? 0 : 1;
}
