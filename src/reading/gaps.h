/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The gaps reading: who sees what at each perception point, and where the views part.
 *
 * struct plx_gaps is the RELEASED form: only reading/privacy.c makes one, and views (report/,
 * chart/, cli/, serve/) accept nothing else. Everything belongs to the struct; free it with
 * plx_gaps_free. A number that does not exist, or may not be shown, is NaN (counts: -1) and null
 * in JSON. Verdicts and notes are stable codes; their words are the views' business.
 * Rules: docs/readings.md, docs/privacy.md. Test: tests/reading/test_gaps.c. */

#include "map/map.h"
#include "stats/distribution.h"
#include "voice/source.h"

typedef struct plx_gaps plx_gaps;

#define PLX_NO_COUNT (-1)

enum plx_verdict {
    PLX_VERDICT_NONE, /* null: no gap can be formed */
    PLX_VERDICT_BLIND_SPOT,
    PLX_VERDICT_HIDDEN_STRENGTH,
    PLX_VERDICT_VIEWS_DIFFER,
    PLX_VERDICT_SHARED_STRENGTH,
    PLX_VERDICT_KNOWN_PROBLEM,
    PLX_VERDICT_AGREE,
    PLX_VERDICT_DIFFER,
    PLX_VERDICT_NOT_ENOUGH_YET,
    PLX_VERDICT_SCALES_DIFFER,
    /* of beliefs: */
    PLX_VERDICT_OVERESTIMATES,
    PLX_VERDICT_UNDERESTIMATES,
    PLX_VERDICT_SEES_IT
};
/* "blind_spot" ...; NULL for NONE. */
const char *plx_verdict_code(enum plx_verdict verdict);

enum plx_suppression {
    PLX_SHOWN,
    PLX_HIDDEN_FEW,           /* fewer persons than the minimum */
    PLX_HIDDEN_COMPLEMENTARY, /* could be computed from the total and the other groups */
    PLX_HIDDEN_FILTER         /* a protected audience under a filter that is not allowed */
};
/* "few_persons", "complementary", "filter"; NULL when shown. */
const char *plx_suppression_code(enum plx_suppression suppression);

/* One audience's answers about one point. */
struct plx_voice {
    guint audience; /* index into plx_gaps.audiences */
    gint64 n, persons;
    double n_eff;
    gint64 na, declined, not_asked;
    const struct plx_scale *scale;
    guint k;
    gint64 *counts;  /* k entries, or NULL = null */
    double *weights; /* what the counts weigh, of the same scale; NULL: unweighted, or null */
    double mean;
    struct plx_interval mean_ci;
    double median, interpolated_median;
    double floor_share;
    struct plx_interval floor_ci;
    double met_share;
    struct plx_interval met_ci;
    double desired_share;
    struct plx_interval desired_ci;
    double top_share;
    double agreement;
    gboolean complete; /* everybody there is has answered: no sampling error */
    gboolean rounded;  /* 5-9 persons of a protected audience */
    gint64 population; /* how many there are; PLX_NO_COUNT = unknown, or not known of this part */
    /* The mean of all there are if the others had all answered the lowest or the highest value;
     * NaN when the population is unknown or complete. Both limits are means, not quantiles. */
    struct plx_interval mean_range;
    /* The merged places or months these answers come from ("Graz + Linz"), where a protected
     * audience is too small for the group's own; NULL = the group's own. */
    const char *label;
    enum plx_suppression suppressed;
};

/* A level gap a - b of one point. */
struct plx_gap {
    guint a, b; /* audiences */
    double difference;
    struct plx_interval ci, ci_adjusted;
    double superiority; /* P(a > b) + P(a = b) / 2 */
    struct plx_interval superiority_ci;
    double cliff_delta;
    double p;
    const char *p_method; /* "brunner_munzel", "permutation", or NULL */
    enum plx_verdict verdict;
    double half_width;     /* of ci_adjusted, when not enough yet */
    double answers_needed; /* when not enough yet; NaN = no number of them would do */
    guint answers_of;      /* of this audience: b, or a where everybody of b has answered */
};

/* What one audience believes of a served audience's share at "desired". Shares 0..1. */
struct plx_belief {
    guint by, about;
    gint64 n, persons;
    double believed;
    struct plx_interval believed_range; /* smallest and largest guess; NaN when hidden */
    double served;
    struct plx_interval served_ci;
    gint64 served_n;
    double difference;
    struct plx_interval ci;
    gboolean complete;
    enum plx_verdict verdict;
    enum plx_suppression suppressed;
};

/* What one audience predicted that a served audience would answer. */
struct plx_prediction {
    guint by, about;
    gint64 n, persons;
    double mean_predicted, mean_observed;
    double bias; /* predicted - observed, in levels */
    struct plx_interval bias_ci;
    double rps, rps_individual; /* pooled and mean of individuals' */
    double wasserstein;
    enum plx_suppression suppressed;
};

/* Expectation against perception, by the same persons. */
struct plx_expectation {
    guint audience;
    gint64 n, persons;
    double mean_expected;
    double mean_difference; /* level - expected */
    struct plx_interval ci;
    double t, df, p;
    double below, met, exceeded; /* shares of pairs */
    enum plx_suppression suppressed;
};

struct plx_gaps_point {
    const char *point, *title;
    const char *journey, *journey_title;         /* NULL without */
    const char *transaction, *transaction_title; /* NULL without */
    gint map_point;                              /* index into map->points or -1 */
    guint n_voices;
    struct plx_voice *voices; /* order: leader, staff, shopper, customer, declared */
    guint n_gaps;
    struct plx_gap *gaps;
    guint n_beliefs;
    struct plx_belief *beliefs;
    guint n_predictions;
    struct plx_prediction *predictions;
    guint n_expectations;
    struct plx_expectation *expectations;
};

/* How well an audience ranks the points as a served audience does. */
struct plx_ranking {
    guint by, about;
    gint64 persons;
    guint points;
    double tau_pooled; /* of the mean guesses */
    double tau_mean;   /* mean of each person's own; NaN when hidden */
    enum plx_suppression suppressed;
};

struct plx_gaps_group {
    const char *key; /* NULL = ungrouped; "" = missing */
    guint n_points;
    struct plx_gaps_point *points; /* map order, else by id */
    guint n_rankings;
    struct plx_ranking *rankings;
};

/* The one sentence. From belief: by's mean belief against the served share, both over the points
 * where both are shown. Else from levels: mean level of both. */
enum plx_headline_kind {
    PLX_HEADLINE_NONE,
    PLX_HEADLINE_BELIEF,
    PLX_HEADLINE_LEVEL,
    PLX_HEADLINE_SERVED /* the other audience is hidden or absent */
};
struct plx_headline {
    enum plx_headline_kind kind;
    gint by, about; /* audiences; by may be -1 */
    guint points;   /* over how many points */
    gint64 by_n, by_persons, about_n, about_persons;
    double by_value, about_value; /* shares at desired (0..1), or mean levels */
    struct plx_interval about_ci;
    gint64 hidden_persons, hidden_minimum; /* of `by` when it is hidden: 3 of 5 needed */
};

/* Codes of this layer (docs/readings.md, "Notes"); others come from the source:
 *   audience_hidden      audience; count = persons; detail = the minimum: not shown anywhere
 *   cells_hidden         audience; count = voices, beliefs, predictions hidden; detail = code
 *   filter_not_allowed   audience; detail = why: "keys", "week", "no_whole_month"
 *   months_joined        audience; detail = "2024-05..2024-06": the months asked for have too few
 *                        persons alone; these would do
 *   none_pass            audience (protected): has answers, but none that pass the question
 *   no_served_answers    nobody served has answers; audience, detail = a declared one that is not
 *                        marked as served, or none
 *   whole_months         audience; detail = "2024-01..2024-05": the months really used
 *   merged               audience; detail = the label "Graz + Linz"
 *   whole_audience       audience; detail = "place" or "belief": the filter does not apply to it
 *   rounded              audience; count = voices with 5-9 persons
 *   named                audience: all agreed to be shown; lifts minimum, rounding, masking
 *   all_answered         audience; count = population
 *   some_answered        audience; count = most persons on a point; detail = population
 *   population_exceeded  audience; count = most persons on a point; detail = population
 *   population_wanted    audience: more answers of the others cannot decide; how many are there?
 *   scales_differ        audience (a); count = pairs of points on different scales
 *   retired_points       count = points with answers that the map lists as retired, not shown;
 *                        detail = their ids "a, b"
 *   headline_needs_one   headline left out: a split has no overall value
 *   without_time         count = rows that match no date filter
 *   no_answers           nothing matches the question */
struct plx_gaps_note {
    const char *code;   /* stable */
    gint audience;      /* or -1 */
    gint64 count;       /* or -1 */
    const char *detail; /* or NULL */
};

struct plx_gaps {
    const char *source;
    const plx_map *map; /* borrowed: must outlive the reading */
    const char *measure;
    guint n_audiences;
    const char **audiences; /* ids of those with data or asked for, in order */
    const char **audience_titles;
    gboolean *served;
    const char *asked_since, *asked_until; /* ISO dates or NULL */
    const char *data_since, *data_until;
    guint n_where;
    const char **where; /* as asked, canonical */
    const char *by;     /* or NULL */
    gint64 observations, encounters, respondents, rejected;
    gint64 encounters_unknown; /* whose respondent no key tells */
    guint family_size;
    double adjusted_level; /* level of ci_adjusted */
    double margin;         /* in levels of six-level scale */
    double belief_margin;  /* 0.1 */
    struct plx_headline headline;
    guint n_groups;
    struct plx_gaps_group *groups;
    guint n_notes;
    struct plx_gaps_note *notes;
    gboolean redacted; /* for publication: reading/redact.h */
    GPtrArray *memory;
};

void plx_gaps_free(plx_gaps *gaps);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_gaps, plx_gaps_free)

/* What is asked. All borrowed. */
struct plx_gaps_options {
    const char *since, *until;    /* ISO dates or NULL; until includes its whole day */
    const char *const *where;     /* NULL-terminated "key=v1|v2", "key!=v"; or NULL */
    const char *by;               /* or NULL */
    const char *const *audiences; /* NULL-terminated ids, or NULL = all */
    const char *measure;          /* default "level" */
    const char *point;            /* only this point (reading "point"), or NULL */
    /* Of the guesses only those given in this workshop; answers stay whole. Or NULL. Not together
     * with where and by. */
    const char *room;
    guint64 seed;
};

/* What plx_gaps_read asks of a source first, under a map and without options: who takes answers in
 * can have them ready (store/import.h). The map must outlive it. Test: tests/reading/test_gaps.c.
 */
struct plx_first_needs;
struct plx_first_needs *plx_gaps_first_needs(const plx_map *map, GError **error);
const struct plx_need *plx_first_needs_get(const struct plx_first_needs *first, guint *n);
void plx_first_needs_free(struct plx_first_needs *first);

/* Asks the source and reads. Errors: PLX_ERROR_USAGE (unknown key, audience, measure, with "did
 * you mean"), PLX_ERROR_NOT_FOUND (no such point; no answer passes), PLX_ERROR_NOT_SHOWN (nothing
 * asked for may be shown; the message names the remedy), and the source's own. */
plx_gaps *plx_gaps_read(plx_source *source, const struct plx_gaps_options *options, GError **error);
