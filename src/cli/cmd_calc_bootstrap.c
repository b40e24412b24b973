/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc bootstrap: intervals of a mean and a median by resampling. */
#include "base/error.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/command.h"
#include "stats/bootstrap.h"
#include "stats/moments.h"
#include "stats/sample.h"

#include <math.h>

#define REPLICATES 2000

/* What is resampled: the distinct values, and a statistic of their counts. */
struct scores {
    const double *score;
    double (*of)(const struct plx_distribution *d);
};

static double statistic(const double *w, guint k, gpointer data)
{
    const struct scores *s = data;
    struct plx_distribution d = plx_distribution_counts(w, k, 1);
    d.score = s->score;
    return s->of(&d);
}

static void write_statistic(plx_json *json, const char *key, struct scores s,
                            const struct plx_distribution *d, const guint32 *counts,
                            struct plx_bootstrap_how how)
{
    plx_json_begin_object(json, key);
    plx_json_number(json, "estimate", s.of(d));
    plx_calc_write_interval(json, "percentile",
                            plx_bootstrap_counts(counts, d->k, statistic, &s, &how));
    how.kind = PLX_BOOTSTRAP_BCA;
    plx_calc_write_interval(json, "bca", plx_bootstrap_counts(counts, d->k, statistic, &s, &how));
    plx_json_end_object(json);
}

static gboolean run_bootstrap(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_bootstrap_how how = {
        .replicates = (guint)plx_invocation_integer(invocation, PLX_OPTION_REPLICATES, REPLICATES),
        .seed = (guint64)plx_invocation_integer(invocation, PLX_OPTION_SEED, 1),
        .threads = plx_app_threads(app)};
    struct plx_calc_list list = {0};
    const char *text = plx_invocation_argument(invocation, 0);
    if (!plx_calc_read_level(invocation, &how.level, error) ||
        !plx_calc_read_list(text, &list, error))
        return FALSE;
    g_autoptr(plx_sample) sample =
        plx_sample_new((const double *)(const void *)list.value->data,
                       list.times ? (const double *)(const void *)list.times->data : NULL,
                       list.value->len, NULL, 0);
    plx_calc_list_clear(&list);
    const struct plx_distribution *d = plx_sample_distribution(sample);
    if (d->n > G_MAXUINT32)
        return plx_error(error, PLX_ERROR_USAGE, "'%s': more than %u answers", text, G_MAXUINT32);
    g_autofree guint32 *counts = g_new(guint32, d->k);
    for (guint i = 0; i < d->k; i++)
        counts[i] = (guint32)d->w[i];
    g_autoptr(plx_json) json = plx_calc_begin(app, "bootstrap");
    plx_json_number(json, "n", d->n);
    plx_json_integer(json, "replicates", how.replicates);
    plx_json_number(json, "level", how.level);
    write_statistic(json, "mean", (struct scores){d->score, plx_mean}, d, counts, how);
    write_statistic(json, "median", (struct scores){d->score, plx_median}, d, counts, how);
    plx_calc_end(app, json);
    return TRUE;
}

static const enum plx_option_id bootstrap_options[] = {PLX_OPTION_REPLICATES, PLX_OPTION_LEVEL,
                                                       PLX_OPTION_SEED, PLX_OPTION_END};

static const struct plx_example bootstrap_examples[] = {
    {"calc bootstrap counts:1,2,6,14,12,5", "40 leaders on six levels"},
    {0},
};

const struct plx_command plx_commands_calc_bootstrap[] = {
    {.name = "calc",
     .verb = "bootstrap",
     .arguments = "LIST",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Intervals of mean and median by resampling",
     .details =
         "Estimator: quantiles of the statistic over --replicates (2000) samples drawn with "
         "replacement (\"percentile\"), and corrected for bias and skewness (\"bca\"). null where "
         "all replicates are equal.\n\n"
         "Source: Efron (1979), Annals of Statistics 7; Efron (1987), Journal of the American "
         "Statistical Association 82.\n\n"
         "Assumptions: independent answers, enough of them (at 10, percentiles cover about 90 % of "
         "the time, not 95).",
     .options = bootstrap_options,
     .examples = bootstrap_examples,
     .run = run_bootstrap},
    {0},
};
