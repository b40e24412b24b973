/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one step to take next, or why none can be named.
 *
 * A candidate is a point, from a level to the next better one, by lifting the delivery or by
 * correcting the promise. FROM and TO: `to` is the lowest level that at least PLX_NEXT_SIZEABLE of
 * the answers are worse than, looked for up to Expected (`met`) first; else up to Desired; beyond
 * it only where `drivers` shows that high answers go with a better whole. `from` is the level
 * before. Points without such a level are no candidates.
 *
 * Order: what lies below Expected comes before what lies above it. Then, largest first, the product
 *     touched   customers who meet the point, of 100 on the way that most judged as a whole
 *     short     mean levels that they are short of Expected (above it: of Desired), drawn towards
 *               the mean of all points by how few answers there are (stats/shrink.h)
 *     unaware   1, and a half more for each of leaders and staff who surely see it better than it
 *               is (blind spot, or overestimated: released gaps)
 *     whole     PLX_NEXT_WHOLE where `drivers` names the point: it goes with the whole beyond mood
 *     effort    today 1, week 1, quarter 1/4, project 1/10, not set 1/2
 * The weights are a convention, fixed before looking. A promise is corrected for those who knew it
 * and for whom it was not kept: `touched` is multiplied by both shares; only where the reading
 * `promises` says that it is not kept.
 *
 * Nothing above Expected is proposed while somewhere the share of answers at the floor surely
 * exceeds PLX_NEXT_BROKEN, or a promise of the map is surely not kept.
 *
 * Ranks are resampled: PLX_NEXT_DRAWS times `short` is drawn from what the counts leave open
 * (normal, posterior of the shrunken mean), and so is `touched` (normal, binomial error of who
 * met it); a step is recommended when it is first in PLX_NEXT_FIRST of them. Who is unaware is not
 * drawn: only who surely is counts. (With every chance of it drawn, however small, the demo's best
 * step was recommended in 29 of 40 samples, instead of 38.) Where points differ no more than chance
 * makes them (F of points against answers, 5 %) there is no first: it is a tie, or, with few
 * answers, measured first. So a lucky small point cannot win. Nothing here says what a step would
 * bring: only a trial shows that.
 *
 * Uses released readings only (gaps, journey, drivers, promises, consistency), so that
 * it shows nothing that they do not. What people wrote is quoted where their answers at the point
 * are shown; of a protected audience from ten persons on and whole (reading/reach.h). Of many
 * sayings those are chosen that share most words with the others, then those that share most of
 * what is left; never two of one person. Cost: that of the readings, draws times points, and one
 * pass for the words. JSON, codes: docs/readings.md. Test: tests/step/test_proposals.c. */

#include "reading/consistency.h"
#include "reading/drivers.h"
#include "reading/gaps.h"
#include "reading/journey.h"
#include "reading/promises.h"
#include "step/step.h"

#define PLX_NEXT_SIZEABLE 0.1
#define PLX_NEXT_BROKEN 0.05
#define PLX_NEXT_WHOLE 2.0
#define PLX_NEXT_DRAWS 2000
#define PLX_NEXT_FIRST 0.8  /* of the draws, to be recommended */
#define PLX_NEXT_NEAR 0.1   /* of the draws, to be in a tie, with all that stand before it */
#define PLX_NEXT_ANSWERS 30 /* below so many answers: measure first */
#define PLX_NEXT_ALPHA 0.05
#define PLX_NEXT_POWER 0.8
#define PLX_NEXT_PLACES 4       /* on each side of a trial, at least */
#define PLX_NEXT_PLACES_MAX 12  /* named, on each side */
#define PLX_NEXT_WEEKS 12       /* as many places are named as it takes to know in so many weeks */
#define PLX_NEXT_WINDOW 8       /* weeks before the start that are held against, at least ... */
#define PLX_NEXT_BASELINE 8     /* ... and so many that each place has as many answers in them */
#define PLX_NEXT_QUOTED 4       /* the first so many have quotes ... */
#define PLX_NEXT_QUOTED_BLIND 6 /* ... and so many behind them that leaders did not see yet */
#define PLX_NEXT_QUOTES 3       /* of a kind */

typedef struct plx_next plx_next;

enum plx_next_outcome {
    PLX_NEXT_RECOMMENDED,
    PLX_NEXT_TIE,
    PLX_NEXT_MEASURE_FIRST,
    PLX_NEXT_EXPLAIN_BETTER,
    PLX_NEXT_NOTHING_NEEDED
};
const char *plx_next_outcome_code(enum plx_next_outcome outcome); /* "recommended" ... */

/* Why the outcome is what it is. */
enum plx_next_reason {
    PLX_NEXT_FIRST_IN_DRAWS,
    PLX_NEXT_NEAR_TO_EACH_OTHER,
    PLX_NEXT_NO_DIFFERENCE, /* points differ no more than chance makes them */
    PLX_NEXT_FEW_ANSWERS,   /* the first one, or all, rest on too few */
    PLX_NEXT_NOT_SURE,      /* it may be that fewer than PLX_NEXT_SIZEABLE are below */
    PLX_NEXT_NO_LEVELS,     /* nobody may be shown, or the scale does not say what was expected */
    PLX_NEXT_ALL_AS_EXPECTED
};
const char *plx_next_reason_code(enum plx_next_reason reason); /* "first" ... */

/* What people served said at the point. SHORT: comments of those short of Expected (above it: of
 * `to`) and complaints; BETTER: what one level better would look like, or was suggested; DID: what
 * was done when it went well. */
enum plx_next_kind { PLX_NEXT_SHORT, PLX_NEXT_BETTER, PLX_NEXT_DID, PLX_NEXT_KINDS };
const char *plx_next_kind_code(enum plx_next_kind kind); /* "short", "better", "did" */
struct plx_next_quote {
    const char *prompt;
    int level; /* in the same row; PLX_CELL_EMPTY: none */
    const char *text;
};
struct plx_next_quotes {
    guint n;
    struct plx_next_quote quotes[PLX_NEXT_QUOTES];
};

struct plx_proposal {
    const char *point, *title;
    const char *journey_title, *transaction_title; /* or NULL */
    enum plx_step_repair repair;
    const struct plx_promise_reading *promise; /* of the repair; NULL */
    const struct plx_scale *scale;
    int from, to;                  /* values of the scale */
    gboolean above;                /* `to` is above Expected */
    const struct plx_voice *voice; /* of the people served */
    double below;                  /* share worse than `to` */
    struct plx_interval below_ci;
    double below_met; /* share below Expected */
    struct plx_interval below_met_ci;
    double touched, touched_error;           /* of 100; its standard error */
    double shortfall, shrunken;              /* levels (of six) */
    double error;                            /* standard error of what was drawn */
    const struct plx_voice *leaders, *staff; /* or NULL */
    const struct plx_belief *leaders_believe, *staff_believe;
    gboolean leaders_unaware, staff_unaware;
    const struct plx_driver *driver; /* or NULL: not known */
    int effort;                      /* enum plx_effort or -1 */
    double weight;                   /* unaware x whole x effort */
    double score;
    guint rank, rank_best, rank_worst; /* the latter hold nine in ten draws */
    double first;                      /* share of draws in which it is first */
    guint n_places;
    const char **places;   /* surely above the others, and at `to` or better on average */
    double answers_needed; /* to see half of those below reach it; both sides; NaN */
    double weeks;          /* at the present flow of the trial's places, without them of all; NaN */
    double share;          /* at `to` or better if half of those below reached it, in hundredths */
    /* Of the first PLX_NEXT_QUOTED, and of blind spots, PLX_NEXT_KINDS of them; NULL: none are
     * given. */
    const struct plx_next_quotes *quotes;
    /* Drawn by lot: places for a trial, and as many to compare with; 0 where there are too few. */
    guint n_trial;
    const char *trial[PLX_NEXT_PLACES_MAX], *compare[PLX_NEXT_PLACES_MAX];
    guint window; /* weeks before the start that are held against, at the present flow */
    const struct plx_step *under_way; /* a step on this point that is not stopped; or NULL */
};

/* What only has to be told: kept and hardly known; better than those inside think. */
struct plx_next_untold {
    const struct plx_promise_reading *promise; /* or NULL */
    const struct plx_gaps_point *point;        /* or NULL */
};

struct plx_next {
    struct plx_about about; /* of the gaps */
    enum plx_next_outcome outcome;
    enum plx_next_reason reason;
    const struct plx_proposal *recommended; /* or NULL */
    guint n;
    struct plx_proposal *proposals;       /* in order */
    guint n_tied;                         /* the first so many cannot be told apart */
    gboolean promises_first;              /* nothing above Expected is proposed ... */
    const char *broken_title;             /* ... because of this point or promise */
    double broken;                        /* its share broken, or not kept */
    const struct plx_scale *broken_scale; /* of the point, whose floor is meant; NULL: a promise */
    double heterogeneity_p;               /* of the F test; NaN */
    guint efforts_unknown;                /* candidates whose effort class is not set */
    gint64 waiting;    /* suggestions and complaints that wait for an answer for more than
                          PLX_SUGGESTION_LATE days; PLX_NO_COUNT where nobody asked: no workspace */
    gint32 waiting_at; /* up to this day */
    /* The files that were read with the answers, to be typed again; borrowed; NULL: none, or not
     * known. */
    const char *map_file, *recipe_file;
    guint n_untold;
    struct plx_next_untold *untold;
    plx_gaps *gaps;
    plx_ways *ways; /* or NULL, so below */
    plx_drivers *drivers;
    gboolean no_whole; /* nobody was asked about the whole and a point together */
    plx_promises *promises;
    plx_consistency *consistency;
    GPtrArray *steps; /* of the workspace; or NULL */
    GPtrArray *memory;
};

/* Whose point has a step that is not stopped is told so. `steps` (struct plx_step) are taken over.
 */
void plx_next_take_steps(plx_next *next, GPtrArray *steps);

void plx_next_free(plx_next *next);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_next, plx_next_free)

/* Options as of the gaps; measure NULL or "level", no split. Errors: PLX_ERROR_USAGE; those of
 * plx_gaps_read. Other readings that do not exist, or may not be shown, are
 * left out. */
plx_next *plx_next_read(plx_source *source, const struct plx_gaps_options *options, GError **error);

/* What people wrote at a point, by the rules of the first ones: PLX_NEXT_KINDS of them, borrowed;
 * NULL: the point is no proposal, or nothing may be shown. */
gboolean plx_next_hear(plx_next *next, plx_source *source, const struct plx_gaps_options *options,
                       const char *point, const struct plx_next_quotes **quotes, GError **error);
