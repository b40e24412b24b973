/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc gstudy: are visits about the place or about who went, and how many does it take? */
#include "base/error.h"
#include "cli/cmd_calc_factors.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/cmd_calc_regression.h"
#include "cli/command.h"
#include "stats/gstudy.h"
#include "stats/varcomp.h"

#include <math.h>

enum { REML, ANOVA };
static const char *const methods[] = {"reml", "anova", NULL};

/* What each facet is called; without one each row is a look of its own. */
static const char *facet_name(const struct plx_calc_factors *f, guint facet)
{
    return f->k > 1 ? f->factor[facet + 1].name : "row";
}

static gboolean explain(const struct plx_calc_factors *f, enum plx_gstudy_fault fault, guint which,
                        GError **error)
{
    const char *unit = f->factor[0].name;
    const char *facet = facet_name(f, which);
    switch (fault) {
    case PLX_GSTUDY_WELL:
        break;
    case PLX_GSTUDY_ONE_TARGET:
        return plx_error(error, PLX_ERROR_INPUT, "%s: one '%s' only; at least two are compared",
                         f->path, unit);
    case PLX_GSTUDY_ONE_LEVEL:
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: one '%s' only: what is theirs cannot be told; leave '%s' out",
                         f->path, facet, facet);
    case PLX_GSTUDY_EACH_ROW:
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: no '%s' has two rows; nothing tells it from chance", f->path, unit);
    case PLX_GSTUDY_CONFOUNDED:
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: each '%s' goes with one '%s' and the other way round; they cannot be "
                         "told apart",
                         f->path, unit, facet);
    case PLX_GSTUDY_INCOMPLETE:
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: ANOVA takes --unit alone, or one column more of which each pair has "
                         "one row; use --method reml",
                         f->path);
    case PLX_GSTUDY_TOO_WIDE:
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: more than %d groups beside the finest; this would take too long",
                         f->path, PLX_VARCOMP_WIDE);
    }
    return TRUE;
}

/* "place:shopper"; to be freed. */
static char *source_name(const struct plx_calc_factors *f, const struct plx_gstudy *g, guint i)
{
    if (i + 1 == g->sources)
        return g_strdup("residual");
    g_autoptr(GString) name = g_string_new(g->source[i].of & 1 ? f->factor[0].name : NULL);
    for (guint facet = 0; facet < g->facets; facet++)
        if (g->source[i].of & (2u << facet))
            g_string_append_printf(name, "%s%s", name->len > 0 ? ":" : "", facet_name(f, facet));
    return g_string_free(g_steal_pointer(&name), FALSE);
}

static void write_sources(plx_json *json, const struct plx_calc_factors *f,
                          const struct plx_gstudy *g)
{
    double total = 0;
    for (guint i = 0; i < g->sources; i++)
        total += g->source[i].variance;
    plx_json_begin_array(json, "components");
    for (guint i = 0; i < g->sources; i++) {
        const struct plx_gsource *s = &g->source[i];
        g_autofree char *name = source_name(f, g, i);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "name", name);
        plx_json_number(json, "variance", s->variance);
        plx_json_number(json, "sd", sqrt(s->variance));
        plx_json_number(json, "share", s->variance / total);
        plx_calc_write_interval(json, "ci", s->ci);
        plx_json_boolean(json, "boundary", s->boundary);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static const char *severity_word(const struct plx_gstudy *g, guint facet)
{
    if (!g->crossed[facet])
        return "nested";
    return plx_gstudy_severity(g, facet) ? "may_be_subtracted" : "needs_6_by_6";
}

static void write_facets(plx_json *json, const struct plx_calc_factors *f,
                         const struct plx_gstudy *g, double *const *severity)
{
    plx_json_begin_array(json, "facets");
    for (guint facet = 0; facet < g->facets; facet++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "name", facet_name(f, facet));
        plx_json_integer(json, "levels", (gint64)g->levels[facet]);
        plx_json_string(json, "severity", severity_word(g, facet));
        if (severity[facet] && plx_gstudy_severity(g, facet)) {
            const struct plx_calc_factor *factor = &f->factor[facet + 1];
            plx_json_begin_array(json, "effects");
            for (gsize l = 0; l < factor->levels; l++) {
                plx_json_begin_object(json, NULL);
                plx_json_string(json, "level", factor->label[l]);
                plx_json_number(json, "n", factor->rows[l]);
                plx_json_number(json, "effect", severity[facet][l]);
                plx_json_end_object(json);
            }
            plx_json_end_array(json);
        }
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

/* Reliability by how many of one facet, one of the other. */
static void write_decisions(plx_json *json, const struct plx_calc_factors *f,
                            const struct plx_gstudy *g, double aim)
{
    static const double counts[] = {1, 2, 3, 4, 5, 6, 8, 10, 15, 20};
    static const char *const keys[] = {"erho2", "phi"};
    static const char *const needed[] = {"needed_erho2", "needed_phi"};
    const double one[] = {1, 1};
    plx_json_begin_array(json, "d_study");
    for (guint facet = 0; facet < g->facets; facet++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "name", facet_name(f, facet));
        plx_json_numbers(json, "n", counts, G_N_ELEMENTS(counts));
        for (guint kind = 0; kind < 2; kind++) {
            double value[G_N_ELEMENTS(counts)];
            for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
                double n[] = {1, 1};
                n[facet] = counts[i];
                value[i] = plx_gstudy_reliability(g, kind, n);
            }
            plx_json_numbers(json, keys[kind], value, G_N_ELEMENTS(counts));
            plx_json_number(json, needed[kind],
                            ceil(plx_gstudy_needed(g, kind, aim, one, facet) - 1e-9));
        }
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_begin_object(json, "fewest");
    for (guint kind = 0; kind < 2; kind++) {
        guint least[PLX_GSTUDY_FACETS];
        plx_gstudy_least(g, kind, aim, least);
        plx_json_begin_object(json, keys[kind]);
        for (guint facet = 0; facet < g->facets; facet++)
            if (least[facet] > 0)
                plx_json_integer(json, facet_name(f, facet), least[facet]);
            else
                plx_json_null(json, facet_name(f, facet));
        plx_json_end_object(json);
    }
    plx_json_end_object(json);
}

static void write_study(plx_app *app, const struct plx_calc_factors *f, const struct plx_gstudy *g,
                        guint method, double aim, double *const *severity)
{
    g_autoptr(plx_json) json = plx_calc_begin(app, "gstudy");
    plx_json_string(json, "estimator", methods[method]);
    plx_json_integer(json, "n", (gint64)f->n);
    plx_json_integer(json, "left_out", (gint64)f->dropped);
    plx_json_string(json, "unit", f->factor[0].name);
    plx_json_integer(json, "units", (gint64)g->targets);
    plx_json_boolean(json, "confounded", g->confounded);
    write_sources(json, f, g);
    write_facets(json, f, g, severity);
    plx_json_number(json, "aim", aim);
    write_decisions(json, f, g, aim);
    plx_calc_end(app, json);
}

static gboolean study(plx_app *app, const struct plx_calc_factors *f, guint method, double level,
                      double aim, GError **error)
{
    struct plx_gstudy_data data = {.y = f->y,
                                   .n = f->n,
                                   .target = f->factor[0].code,
                                   .targets = f->factor[0].levels,
                                   .facets = f->k - 1};
    struct plx_gstudy g;
    double *severity[PLX_GSTUDY_FACETS] = {NULL};
    guint which = 0;
    for (guint j = 0; j < data.facets; j++) {
        data.facet[j] = f->factor[j + 1].code;
        data.levels[j] = f->factor[j + 1].levels;
        if (method == REML)
            severity[j] = g_new(double, data.levels[j]);
    }
    const enum plx_gstudy_fault fault = method == REML
                                            ? plx_gstudy_reml(&data, level, severity, &g, &which)
                                            : plx_gstudy_anova(&data, &g, &which);
    if (fault == PLX_GSTUDY_WELL)
        write_study(app, f, &g, method, aim, severity);
    for (guint j = 0; j < data.facets; j++)
        g_free(severity[j]);
    return explain(f, fault, which, error);
}

static gboolean read_names(const plx_invocation *invocation, const char *names[4], GError **error)
{
    const char *const *random = plx_invocation_list(invocation, PLX_OPTION_RANDOM);
    if (!plx_calc_required(invocation, PLX_OPTION_UNIT, &names[0], error))
        return FALSE;
    if (plx_calc_count(random) > PLX_GSTUDY_FACETS)
        return plx_error(error, PLX_ERROR_USAGE, "--random: at most %d columns beside --unit",
                         PLX_GSTUDY_FACETS);
    for (guint j = 0; random[j]; j++)
        names[j + 1] = random[j];
    return TRUE;
}

static gboolean run_gstudy(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *names[4] = {NULL};
    double level = 0;
    double aim = 0;
    struct plx_calc_factors f = {0};
    const guint method = plx_calc_choice(invocation, PLX_OPTION_METHOD, methods);
    const gboolean ok = read_names(invocation, names, error) &&
                        plx_calc_read_level(invocation, &level, error) &&
                        plx_calc_read_aim(invocation, &aim, error) &&
                        plx_calc_factors_read(invocation, names, &f, error) &&
                        study(app, &f, method, level, aim, error);
    plx_calc_factors_clear(&f);
    return ok;
}

static const enum plx_option_id gstudy_options[] = {
    PLX_OPTION_Y,   PLX_OPTION_UNIT,  PLX_OPTION_RANDOM, PLX_OPTION_METHOD,
    PLX_OPTION_AIM, PLX_OPTION_LEVEL, PLX_OPTION_END};

static const struct plx_option_help gstudy_help[] = {
    {PLX_OPTION_UNIT, "What is to be told apart: places, say"},
    {PLX_OPTION_RANDOM, "Up to two columns that say who looked, and when"},
    {PLX_OPTION_METHOD, "Which method: reml (default), anova"},
    {PLX_OPTION_LEVEL, "Level of the intervals (default 0.95)"},
    {0},
};

static const struct plx_example gstudy_examples[] = {
    {"calc gstudy visits.csv --y level --unit place", "visits within places"},
    {"calc gstudy visits.csv --y level --unit place --random shopper",
     "the same shoppers in several places"},
    {"calc gstudy visits.csv --y level --unit place --random shopper,month", "two sources at once"},
    {0},
};

const struct plx_command plx_commands_calc_gstudy[] = {
    {.name = "calc",
     .verb = "gstudy",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "How many visits it takes, and by how many shoppers",
     .details = PLX_COLUMNS_HELP PLX_COMPLETE_HELP
     " Which columns of --random are crossed with the units and which are nested is seen in "
     "the rows; cells may be missing. Without --random each row is a look of its own.\n\n"
     "Estimator: variances of units, facets and what they do together by REML (--method "
     "anova: mean squares; rows within units, or a full table with one facet; negative ones "
     "are 0). \"erho2\" is the reliability of ranks, \"phi\" of levels, when n of a facet look "
     "(and one of the other); \"needed\" brings it to --aim, null where no number does; "
     "\"fewest\" are the fewest looks over both facets together. \"severity\": whether what a "
     "shopper adds everywhere may be subtracted; from fewer than 6 units by 6 of them too "
     "little is known, then the variance is reported and nothing subtracted.\n\n"
     "Source: Cronbach, Gleser, Nanda and Rajaratnam (1972); Brennan (2001), Generalizability "
     "Theory; Searle, Casella and McCulloch (1992), Variance Components.\n\n"
     "Assumptions: units and looks are drawn from many; normal, independent effects; levels "
     "taken as equally far apart.",
     .options = gstudy_options,
     .option_help = gstudy_help,
     .methods = "reml anova",
     .examples = gstudy_examples,
     .run = run_gstudy},
    {0},
};
