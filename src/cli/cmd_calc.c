/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc METHOD: one statistic on numbers given, so that anybody can check us (docs/statistics.md).
 */
#include "cli/cmd_calc_run.h"
#include "cli/command.h"

static const enum plx_option_id level_only[] = {PLX_OPTION_LEVEL, PLX_OPTION_END};
static const enum plx_option_id level_and_cc[] = {PLX_OPTION_LEVEL, PLX_OPTION_CC, PLX_OPTION_END};
static const enum plx_option_id level_and_seed[] = {PLX_OPTION_LEVEL, PLX_OPTION_SEED,
                                                    PLX_OPTION_END};

static const struct plx_example wilson_examples[] = {
    {"calc wilson 81/263", "81 of 263"},
    {"calc wilson 0/20 --cc", "nobody of 20"},
    {0},
};
static const struct plx_example newcombe_examples[] = {
    {"calc newcombe 56/70 48/80", "56 of 70 against 48 of 80"},
    {0},
};
static const struct plx_example mean_examples[] = {
    {"calc mean counts:1,2,6,14,12,5", "40 leaders on six levels"},
    {"calc mean 3,4,4,5", "four numbers"},
    {0},
};
static const struct plx_example welch_examples[] = {
    {"calc welch a.txt b.txt", "two files, one number per line"},
    {"calc welch counts:1,2,6,14,12,5 counts:9,25,60,70,28,8", "two sets of counts on six levels"},
    {0},
};
static const struct plx_example paired_examples[] = {
    {"calc paired 4,5,6,4 3,3,5,4", "four pairs"},
    {0},
};
static const struct plx_example brunner_munzel_examples[] = {
    {"calc brunner-munzel a.txt b.txt", "two files, one number per line"},
    {0},
};
static const struct plx_example mann_whitney_examples[] = {
    {"calc mann-whitney 1,2,2,3 2,3,4,4,5", "two lists"},
    {0},
};
static const struct plx_example cliff_examples[] = {
    {"calc cliff counts:1,2,6,14,12,5 counts:9,25,60,70,28,8", "two sets of counts on six levels"},
    {0},
};
static const struct plx_example agreement_examples[] = {
    {"calc agreement 30,40,210,130,530,50,10", "1,000 answers on seven levels"},
    {0},
};
static const struct plx_example rps_examples[] = {
    {"calc rps .05,.10,.25,.35,.20,.05 .10,.20,.30,.25,.10,.05",
     "a forecast against the customers"},
    {0},
};
static const struct plx_example tau_examples[] = {
    {"calc tau 1,2,3,4 1,3,2,4", "two rankings of four things"},
    {0},
};
static const struct plx_example bh_examples[] = {
    {"calc bh .0001 .0004 .0019 .0095 .0201", "five tests"},
    {"calc bh p.txt", "a file, one p per line"},
    {0},
};
static const struct plx_example kish_examples[] = {
    {"calc kish 1,1,2,4", "four weights"},
    {0},
};

const struct plx_command plx_commands_calc[] = {
    {.name = "calc",
     .arguments = "METHOD ...",
     .summary = "Compute one statistic from numbers given, as JSON",
     .details =
         "For checking: every method this program uses, in its textbook form. A list of "
         "numbers is 1,2,3 inline, or a file with one number per line (it has a header iff "
         "its first line holds a non-number), or counts:1,2,6,14: how many answered 1, 2, "
         "3, 4.\n\nMissing answers are left out beforehand. A value that does not exist is null. "
         "Exit: 1 for a bad argument, 2 for a bad file."},
    {.name = "calc",
     .verb = "wilson",
     .arguments = "X/N",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Interval of a share",
     .details =
         "Estimator: the share X/N with the score interval; --cc adds the continuity "
         "correction.\n\n"
         "Source: Wilson (1927), Probable inference, the law of succession, and statistical "
         "inference; with correction as in Newcombe (1998), Statistics in Medicine 17:857.\n\n"
         "Assumptions: N independent answers of one kind or the other.",
     .options = level_and_cc,
     .examples = wilson_examples,
     .run = plx_calc_wilson},
    {.name = "calc",
     .verb = "newcombe",
     .arguments = "X1/N1 X2/N2",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Interval of the difference of two shares",
     .details = "Estimator: X1/N1 - X2/N2. \"ci\" is method 10 (from Wilson limits), \"ci_cc\" "
                "method 11 (from limits with continuity correction).\n\n"
                "Source: Newcombe (1998), Statistics in Medicine 17:873.\n\n"
                "Assumptions: two independent groups of independent answers.",
     .options = level_only,
     .examples = newcombe_examples,
     .run = plx_calc_newcombe},
    {.name = "calc",
     .verb = "mean",
     .arguments = "LIST",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Mean, median and intervals",
     .details =
         "Estimator: the mean; \"ci\" is Student's t interval, \"ci_bounded\" (for counts:, whose "
         "scale is known to be 1..k) the interval of this program: a score interval of the mean on "
         "the bounded scale, with smoothed spread.\n\n"
         "Source: Student (1908); Wilson (1927) and docs/calibration.md for the bounded one.\n\n"
         "Assumptions: independent answers; levels taken as equally far apart.",
     .options = level_only,
     .examples = mean_examples,
     .run = plx_calc_mean},
    {.name = "calc",
     .verb = "welch",
     .arguments = "A B",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Difference of two means, unequal variances",
     .details = "Estimator: mean(A) - mean(B), with Satterthwaite's degrees of freedom.\n\n"
                "Source: Welch (1947), Biometrika 34.\n\n"
                "Assumptions: two independent groups of independent answers, means about normal; "
                "levels taken as equally far apart.",
     .options = level_only,
     .examples = welch_examples,
     .run = plx_calc_welch},
    {.name = "calc",
     .verb = "paired",
     .arguments = "X Y",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Mean of paired differences",
     .details = "Estimator: the mean of x - y over pairs, with Student's t.\n\n"
                "Source: Student (1908), Biometrika 6.\n\n"
                "Assumptions: pairs in the same order in both lists, independent of one another; "
                "mean difference about normal.",
     .options = level_only,
     .examples = paired_examples,
     .run = plx_calc_paired},
    {.name = "calc",
     .verb = "brunner-munzel",
     .arguments = "X Y",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Probability that one group's answer is the higher",
     .details = "Estimator: p_hat = P(x < y) + P(x = y) / 2; delta = 2 p_hat - 1. \"ci\" is the "
                "paper's, \"ci_bounded\" stays in 0..1. Below 15 answers in a group also the "
                "studentised permutation p: exact over all divisions where there are at most "
                "50,000 distinct tables, else by 9,999 random ones.\n\n"
                "Source: Brunner and Munzel (2000), Biometrical Journal 42; Neubert and Brunner "
                "(2007), Computational Statistics and Data Analysis 51.\n\n"
                "Assumptions: two independent groups of independent answers; only their order "
                "matters; no equal variances.",
     .options = level_and_seed,
     .examples = brunner_munzel_examples,
     .run = plx_calc_brunner_munzel},
    {.name = "calc",
     .verb = "mann-whitney",
     .arguments = "X Y",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Rank sum test with ties",
     .details = "Estimator: U, the number of pairs with x > y plus half the ties (R's W). As R's "
                "wilcox.test: exact without ties and below 50, else normal with tie correction and "
                "continuity correction; \"p_normal_no_cc\" is without the latter.\n\n"
                "Source: Mann and Whitney (1947), Annals of Mathematical Statistics 18.\n\n"
                "Assumptions: two independent groups of independent answers, equally distributed "
                "under the null; only their order matters.",
     .examples = mann_whitney_examples,
     .run = plx_calc_mann_whitney},
    {.name = "calc",
     .verb = "cliff",
     .arguments = "X Y",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Cliff's delta, the dominance of one group",
     .details =
         "Estimator: delta = P(x > y) - P(x < y), with unbiased variance and t (\"ci\"), and with "
         "consistent variance and normal (\"ci_consistent_normal\"); both intervals asymmetric.\n\n"
         "Source: Cliff (1993), Psychological Bulletin 114; Feng and Cliff (2004), Journal of "
         "Modern Applied Statistical Methods 3.\n\n"
         "Assumptions: two independent groups of independent answers; only their order matters.",
     .options = level_only,
     .examples = cliff_examples,
     .run = plx_calc_cliff},
    {.name = "calc",
     .verb = "agreement",
     .arguments = "COUNTS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Agreement within one group on ordered levels",
     .details = "Estimator: A from 1 (all in one level) over 0 (evenly spread) to -1 (half at each "
                "end); polarisation = (1 - A) / 2. COUNTS are the answers on each level.\n\n"
                "Source: van der Eijk (2001), Quality and Quantity 35.\n\n"
                "Assumptions: levels are ordered.",
     .examples = agreement_examples,
     .run = plx_calc_agreement},
    {.name = "calc",
     .verb = "rps",
     .arguments = "FORECAST OBSERVED",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "How far a forecast lies from what was observed",
     .details = "Estimator: the ranked probability score, sum over levels of (F - O)^2 of the "
                "cumulated shares, also divided by K - 1; Wasserstein-1 distance in levels; bias = "
                "mean forecast - mean observed. Both lists are counts or shares per level.\n\n"
                "Source: Epstein (1969), Journal of Applied Meteorology 8.\n\n"
                "Assumptions: levels are ordered; for distance and bias equally far apart.",
     .examples = rps_examples,
     .run = plx_calc_rps},
    {.name = "calc",
     .verb = "tau",
     .arguments = "X Y",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Kendall's tau-b, agreement of two rankings",
     .details = "Estimator: tau-b with ties; z and p from the normal form with tie correction.\n\n"
                "Source: Kendall (1945), Biometrika 33.\n\n"
                "Assumptions: pairs in the same order in both lists; only their order matters.",
     .examples = tau_examples,
     .run = plx_calc_tau},
    {.name = "calc",
     .verb = "bh",
     .arguments = "P...",
     .min_arguments = 1,
     .max_arguments = G_MAXUINT,
     .summary = "Adjust p values for how many there are",
     .details =
         "Estimator: adjusted p, and how many stay at q = 1 - level (default 0.05); Bonferroni's "
         "number beside it.\n\n"
         "Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57.\n\n"
         "Assumptions: tests independent or positively dependent.",
     .options = level_only,
     .examples = bh_examples,
     .run = plx_calc_bh},
    {.name = "calc",
     .verb = "kish",
     .arguments = "WEIGHTS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Effective number of weighted answers",
     .details = "Estimator: n_eff = (sum w)^2 / sum w^2; deff = n / n_eff.\n\n"
                "Source: Kish (1965), Survey Sampling.\n\n"
                "Assumptions: weights do not depend on the answers.",
     .examples = kish_examples,
     .run = plx_calc_kish},
    {0},
};
