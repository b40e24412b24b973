/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_calc_run.h"

#include "base/number.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "stats/agreement.h"
#include "stats/dominance.h"
#include "stats/kendall.h"
#include "stats/mean_interval.h"
#include "stats/moments.h"
#include "stats/multiplicity.h"
#include "stats/permutation.h"
#include "stats/rank_sum.h"
#include "stats/rps.h"
#include "stats/sample.h"
#include "stats/share.h"
#include "stats/superiority.h"
#include "stats/ttest.h"

#include <math.h>

static const double *numbers(const GArray *array)
{
    return (const double *)(const void *)array->data;
}

/* Two samples on their common support. */
struct pair {
    plx_sample *a;
    plx_sample *b;
    const struct plx_distribution *x;
    const struct plx_distribution *y;
};

static void clear_pair(struct pair *pair)
{
    g_clear_pointer(&pair->a, plx_sample_free);
    g_clear_pointer(&pair->b, plx_sample_free);
}

static plx_sample *sample_of(const struct plx_calc_list *list, const GArray *support)
{
    return plx_sample_new(numbers(list->value), list->times ? numbers(list->times) : NULL,
                          list->value->len, numbers(support), support->len);
}

static gboolean read_pair(const plx_invocation *invocation, struct pair *pair, GError **error)
{
    struct plx_calc_list a = {0};
    struct plx_calc_list b = {0};
    const gboolean ok = plx_calc_read_list(plx_invocation_argument(invocation, 0), &a, error) &&
                        plx_calc_read_list(plx_invocation_argument(invocation, 1), &b, error);
    if (ok) {
        g_autoptr(GArray) support =
            plx_support(numbers(a.value), a.value->len, numbers(b.value), b.value->len);
        pair->a = sample_of(&a, support);
        pair->b = sample_of(&b, support);
        pair->x = plx_sample_distribution(pair->a);
        pair->y = plx_sample_distribution(pair->b);
    }
    plx_calc_list_clear(&a);
    plx_calc_list_clear(&b);
    return ok;
}

/* Two plain lists of the same length. */
static gboolean read_matched(const plx_invocation *invocation, const char *what, GArray **x,
                             GArray **y, GError **error)
{
    g_autoptr(GArray) a = NULL;
    g_autoptr(GArray) b = NULL;
    if (!plx_calc_read_plain(plx_invocation_argument(invocation, 0), &a, error) ||
        !plx_calc_read_plain(plx_invocation_argument(invocation, 1), &b, error))
        return FALSE;
    if (a->len != b->len)
        return plx_error(error, PLX_ERROR_USAGE,
                         "the first list has %u values, the second %u; %s need as many of both",
                         a->len, b->len, what);
    *x = g_steal_pointer(&a);
    *y = g_steal_pointer(&b);
    return TRUE;
}

gboolean plx_calc_wilson(plx_app *app, const plx_invocation *invocation, GError **error)
{
    double x = 0;
    double n = 0;
    double level = 0;
    if (!plx_calc_read_share(plx_invocation_argument(invocation, 0), &x, &n, error) ||
        !plx_calc_read_level(invocation, &level, error))
        return FALSE;
    const gboolean cc = plx_invocation_has(invocation, PLX_OPTION_CC);
    g_autoptr(plx_json) json = plx_calc_begin(app, "wilson");
    plx_json_number(json, "x", x);
    plx_json_number(json, "n", n);
    plx_json_number(json, "p_hat", x / n);
    plx_json_boolean(json, "cc", cc);
    plx_json_number(json, "level", level);
    plx_calc_write_interval(json, "ci", plx_wilson(x, n, level, cc));
    plx_calc_end(app, json);
    return TRUE;
}

gboolean plx_calc_newcombe(plx_app *app, const plx_invocation *invocation, GError **error)
{
    double x[2] = {0};
    double n[2] = {0};
    double level = 0;
    for (guint i = 0; i < 2; i++)
        if (!plx_calc_read_share(plx_invocation_argument(invocation, i), &x[i], &n[i], error))
            return FALSE;
    if (!plx_calc_read_level(invocation, &level, error))
        return FALSE;
    g_autoptr(plx_json) json = plx_calc_begin(app, "newcombe");
    plx_json_numbers(json, "p_hat", (const double[]){x[0] / n[0], x[1] / n[1]}, 2);
    plx_json_numbers(json, "n", n, 2);
    plx_json_number(json, "difference", x[0] / n[0] - x[1] / n[1]);
    plx_json_number(json, "level", level);
    plx_calc_write_interval(json, "ci", plx_newcombe(x[0], n[0], x[1], n[1], level, FALSE));
    plx_calc_write_interval(json, "ci_cc", plx_newcombe(x[0], n[0], x[1], n[1], level, TRUE));
    plx_calc_end(app, json);
    return TRUE;
}

static void write_mean(plx_json *json, const struct plx_distribution *d, gboolean counts,
                       double level)
{
    const struct plx_ttest t = plx_ttest_one(d, 0, level);
    plx_json_number(json, "n", d->n);
    plx_json_number(json, "mean", t.estimate);
    plx_json_number(json, "median", plx_median(d));
    plx_json_number(json, "interpolated_median", counts ? plx_interpolated_median(d) : PLX_NAN);
    plx_json_number(json, "sd", t.sd);
    plx_json_number(json, "se", t.se);
    plx_json_number(json, "df", t.df);
    plx_json_number(json, "level", level);
    plx_calc_write_interval(json, "ci", t.ci);
    /* Only counts say where the scale ends. */
    if (counts)
        plx_calc_write_interval(json, "ci_bounded", plx_mean_interval(d, level));
    else
        plx_json_null(json, "ci_bounded");
}

gboolean plx_calc_mean(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_calc_list list = {0};
    double level = 0;
    if (!plx_calc_read_level(invocation, &level, error) ||
        !plx_calc_read_list(plx_invocation_argument(invocation, 0), &list, error))
        return FALSE;
    g_autoptr(GArray) support = plx_support(numbers(list.value), list.value->len, NULL, 0);
    g_autoptr(plx_sample) sample = sample_of(&list, support);
    g_autoptr(plx_json) json = plx_calc_begin(app, "mean");
    write_mean(json, plx_sample_distribution(sample), list.times != NULL, level);
    plx_calc_end(app, json);
    plx_calc_list_clear(&list);
    return TRUE;
}

static void write_ttest(plx_json *json, const struct plx_ttest *t, double level)
{
    plx_json_number(json, "se", t->se);
    plx_json_number(json, "statistic", t->statistic);
    plx_json_number(json, "df", t->df);
    plx_json_number(json, "p", t->p);
    plx_json_number(json, "level", level);
    plx_calc_write_interval(json, "ci", t->ci);
}

gboolean plx_calc_welch(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct pair pair = {0};
    double level = 0;
    if (!plx_calc_read_level(invocation, &level, error) || !read_pair(invocation, &pair, error))
        return FALSE;
    const struct plx_ttest t = plx_welch(pair.x, pair.y, level);
    g_autoptr(plx_json) json = plx_calc_begin(app, "welch");
    plx_json_numbers(json, "n", (const double[]){pair.x->n, pair.y->n}, 2);
    plx_json_numbers(json, "mean", (const double[]){plx_mean(pair.x), plx_mean(pair.y)}, 2);
    plx_json_number(json, "difference", t.estimate);
    write_ttest(json, &t, level);
    plx_calc_end(app, json);
    clear_pair(&pair);
    return TRUE;
}

gboolean plx_calc_paired(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(GArray) x = NULL;
    g_autoptr(GArray) y = NULL;
    double level = 0;
    if (!plx_calc_read_level(invocation, &level, error) ||
        !read_matched(invocation, "pairs", &x, &y, error))
        return FALSE;
    for (guint i = 0; i < x->len; i++)
        g_array_index(x, double, i) -= g_array_index(y, double, i);
    g_autoptr(plx_sample) sample = plx_sample_new(numbers(x), NULL, x->len, NULL, 0);
    const struct plx_ttest t = plx_ttest_one(plx_sample_distribution(sample), 0, level);
    g_autoptr(plx_json) json = plx_calc_begin(app, "paired");
    plx_json_integer(json, "n", x->len);
    plx_json_number(json, "difference", t.estimate);
    plx_json_number(json, "sd", t.sd);
    write_ttest(json, &t, level);
    plx_calc_end(app, json);
    return TRUE;
}

static void write_permutation(plx_json *json, const struct pair *pair, guint64 seed)
{
    static const char *const names[] = {
        [PLX_P_EXACT] = "exact", [PLX_P_MONTE_CARLO] = "monte_carlo", [PLX_P_T] = NULL};
    double p = PLX_NAN;
    enum plx_p_method method = PLX_P_NONE;
    if (MIN(pair->x->n, pair->y->n) < PLX_SMALL_UNITS)
        method =
            plx_permutation_counts(pair->x, pair->y, PLX_EXACT_TABLES, PLX_PERMUTATIONS, seed, &p);
    plx_json_number(json, "p_permutation", p);
    plx_json_string(json, "p_permutation_method", names[method]);
}

gboolean plx_calc_brunner_munzel(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct pair pair = {0};
    double level = 0;
    if (!plx_calc_read_level(invocation, &level, error) || !read_pair(invocation, &pair, error))
        return FALSE;
    const struct plx_brunner_munzel r = plx_brunner_munzel(pair.x, pair.y, level);
    g_autoptr(plx_json) json = plx_calc_begin(app, "brunner-munzel");
    plx_json_numbers(json, "n", (const double[]){pair.x->n, pair.y->n}, 2);
    plx_json_number(json, "p_hat", r.p_hat);
    plx_json_number(json, "delta", 2 * r.p_hat - 1);
    plx_json_number(json, "se", sqrt(r.variance_x + r.variance_y));
    plx_json_number(json, "statistic", r.statistic);
    plx_json_number(json, "df", r.df);
    plx_json_number(json, "p", r.p);
    plx_json_number(json, "level", level);
    plx_calc_write_interval(json, "ci", r.ci);
    /* The interval the product shows: of the same p_hat, but it stays in 0..1. */
    plx_calc_write_interval(json, "ci_bounded", plx_superiority_interval(pair.y, pair.x, level));
    write_permutation(json, &pair, (guint64)plx_invocation_integer(invocation, PLX_OPTION_SEED, 1));
    plx_calc_end(app, json);
    clear_pair(&pair);
    return TRUE;
}

gboolean plx_calc_mann_whitney(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct pair pair = {0};
    if (!read_pair(invocation, &pair, error))
        return FALSE;
    const struct plx_rank_sum r = plx_rank_sum(pair.x, pair.y, TRUE, TRUE);
    const struct plx_rank_sum plain = plx_rank_sum(pair.x, pair.y, FALSE, FALSE);
    g_autoptr(plx_json) json = plx_calc_begin(app, "mann-whitney");
    plx_json_numbers(json, "n", (const double[]){pair.x->n, pair.y->n}, 2);
    plx_json_number(json, "statistic", r.u);
    plx_json_boolean(json, "exact", r.exact);
    plx_json_number(json, "z", r.z);
    plx_json_number(json, "p", r.p);
    plx_json_number(json, "p_greater", r.p_greater);
    plx_json_number(json, "p_less", r.p_less);
    plx_json_number(json, "p_normal_no_cc", plain.p);
    plx_calc_end(app, json);
    clear_pair(&pair);
    return TRUE;
}

gboolean plx_calc_cliff(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct pair pair = {0};
    double level = 0;
    if (!plx_calc_read_level(invocation, &level, error) || !read_pair(invocation, &pair, error))
        return FALSE;
    const struct plx_cliff c = plx_cliff(pair.x, pair.y, level, PLX_CLIFF_UNBIASED, FALSE);
    const struct plx_cliff z = plx_cliff(pair.x, pair.y, level, PLX_CLIFF_CONSISTENT, TRUE);
    g_autoptr(plx_json) json = plx_calc_begin(app, "cliff");
    plx_json_numbers(json, "n", (const double[]){pair.x->n, pair.y->n}, 2);
    plx_json_number(json, "delta", c.delta);
    plx_json_number(json, "a", c.a);
    plx_json_number(json, "greater", c.greater);
    plx_json_number(json, "less", c.less);
    plx_json_number(json, "equal", c.equal);
    plx_json_number(json, "variance", c.variance);
    plx_json_number(json, "df", c.df);
    plx_json_number(json, "level", level);
    plx_calc_write_interval(json, "ci", c.ci);
    plx_json_number(json, "variance_consistent", z.variance);
    plx_calc_write_interval(json, "ci_consistent_normal", z.ci);
    plx_calc_end(app, json);
    clear_pair(&pair);
    return TRUE;
}

gboolean plx_calc_agreement(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(GArray) w = NULL;
    if (!plx_calc_read_weights(plx_invocation_argument(invocation, 0), &w, error))
        return FALSE;
    const double a = plx_agreement(numbers(w), w->len);
    g_autoptr(plx_json) json = plx_calc_begin(app, "agreement");
    plx_json_integer(json, "k", w->len);
    plx_json_number(json, "agreement", a);
    plx_json_number(json, "polarisation", (1 - a) / 2);
    plx_calc_end(app, json);
    return TRUE;
}

gboolean plx_calc_rps(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(GArray) forecast = NULL;
    g_autoptr(GArray) observed = NULL;
    if (!plx_calc_read_weights(plx_invocation_argument(invocation, 0), &forecast, error) ||
        !plx_calc_read_weights(plx_invocation_argument(invocation, 1), &observed, error))
        return FALSE;
    if (forecast->len != observed->len || forecast->len < 2)
        return plx_error(error, PLX_ERROR_USAGE,
                         "the forecast has %u levels, the observation %u; expected as many, at "
                         "least 2",
                         forecast->len, observed->len);
    const struct plx_rps r = plx_rps(numbers(forecast), numbers(observed), forecast->len);
    g_autoptr(plx_json) json = plx_calc_begin(app, "rps");
    plx_json_integer(json, "k", forecast->len);
    plx_json_number(json, "rps", r.rps);
    plx_json_number(json, "normalised", r.normalised);
    plx_json_number(json, "wasserstein", r.wasserstein);
    plx_json_number(json, "bias", r.bias);
    plx_calc_end(app, json);
    return TRUE;
}

gboolean plx_calc_tau(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(GArray) x = NULL;
    g_autoptr(GArray) y = NULL;
    if (!read_matched(invocation, "two rankings", &x, &y, error))
        return FALSE;
    const struct plx_kendall r = plx_kendall(numbers(x), numbers(y), x->len);
    g_autoptr(plx_json) json = plx_calc_begin(app, "tau");
    plx_json_integer(json, "n", (gint64)r.n);
    plx_json_number(json, "tau", r.tau);
    plx_json_number(json, "z", r.z);
    plx_json_number(json, "p", r.p);
    plx_calc_end(app, json);
    return TRUE;
}

gboolean plx_calc_bh(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(GArray) p = g_array_new(FALSE, FALSE, sizeof(double));
    double level = 0;
    if (!plx_calc_read_level(invocation, &level, error))
        return FALSE;
    for (guint i = 0; i < plx_invocation_n_arguments(invocation); i++) {
        g_autoptr(GArray) some = NULL;
        if (!plx_calc_read_plain(plx_invocation_argument(invocation, i), &some, error))
            return FALSE;
        for (guint j = 0; j < some->len; j++)
            if (!(numbers(some)[j] >= 0) || !(numbers(some)[j] <= 1))
                return plx_error(error, PLX_ERROR_USAGE,
                                 "%g is not a p value; expected numbers from 0 to 1",
                                 numbers(some)[j]);
        g_array_append_vals(p, some->data, some->len);
    }
    g_autofree double *adjusted = g_new(double, p->len);
    plx_bh_adjust(numbers(p), p->len, adjusted);
    const double q = 1 - level;
    gint64 bonferroni = 0;
    gint64 rejected = 0;
    for (guint i = 0; i < p->len; i++) { /* 1 - 0.95 is not quite 0.05 */
        rejected += adjusted[i] <= q * (1 + 1e-12);
        bonferroni += numbers(p)[i] * p->len <= q * (1 + 1e-12);
    }
    g_autoptr(plx_json) json = plx_calc_begin(app, "bh");
    plx_json_integer(json, "m", p->len);
    plx_json_number(json, "q", q);
    plx_json_integer(json, "rejected", rejected);
    plx_json_integer(json, "rejected_bonferroni", bonferroni);
    plx_json_numbers(json, "p", numbers(p), p->len);
    plx_json_numbers(json, "adjusted", adjusted, p->len);
    plx_calc_end(app, json);
    return TRUE;
}

gboolean plx_calc_kish(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(GArray) w = NULL;
    if (!plx_calc_read_weights(plx_invocation_argument(invocation, 0), &w, error))
        return FALSE;
    g_autoptr(plx_json) json = plx_calc_begin(app, "kish");
    const double n_eff = plx_kish(numbers(w), w->len);
    plx_json_integer(json, "n", w->len);
    plx_json_number(json, "n_eff", n_eff);
    plx_json_number(json, "deff", w->len / n_eff);
    plx_calc_end(app, json);
    return TRUE;
}
