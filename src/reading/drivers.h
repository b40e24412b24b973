/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The drivers reading: what goes with how people feel about the whole (`overall`, else
 * `recommend`), other answers alike.
 *
 * It rests on answers of one person to a point and to the whole: of the same encounter, or, where
 * encounters hold one answer each, of the same person. It never says that a point causes anything.
 * All answers of a person share a mood, so that every point goes with the whole a little; a point
 * is NAMED only when its own part goes with it beyond what one common mood would give, by an
 * interval that lies above PLX_DRIVER_MARGIN. The intervals are adjusted so that of the names of a
 * document at most one in twenty is expected to be wrong (Benjamini and Yekutieli 2005), and in a
 * world of nothing but mood a name stands in at most one document of twenty. How: drivers_fit.h.
 *
 * struct plx_drivers is the released form: no number in it rests on fewer persons than the minimum
 * of the audience; what leaders and staff think matters comes from a released document of the gaps.
 * Cost: one pass over the answers of a person, O(answers^2) each, then O(parts (p 2^p + p^4)) for
 * p <= 20 points, O(parts p^4) for more; memory O(parts p^2) beside the source's answer.
 * Rules and JSON: docs/readings.md. Test: tests/reading/test_drivers.c. */

#include "reading/about.h"
#include "reading/figure.h"

#define PLX_DRIVER_MARGIN 0.05 /* beyond mood, in standard deviations */
#define PLX_DRIVER_PAIRS 20    /* persons who answered both, below which a pair is too few */
#define PLX_DRIVER_PER_POINT 5 /* persons with the whole, per point looked at together */

typedef struct plx_drivers plx_drivers;

/* Why there is no number. Of a part or of a point. */
enum plx_driver_state {
    PLX_DRIVER_SHOWN,
    PLX_DRIVER_FEW,        /* few_pairs: too few people answered both */
    PLX_DRIVER_FLAT,       /* no_variation: everybody said the same */
    PLX_DRIVER_TWIN,       /* collinear: answered as another one, by everybody */
    PLX_DRIVER_CROWDED,    /* too_many: more points than can be looked at together */
    PLX_DRIVER_FEW_POINTS, /* few_points: of a part: fewer than two points are left */
    PLX_DRIVER_NO_FIT      /* no_fit: of a part: the answers carry no estimate */
};
/* "few_pairs" ...; NULL when shown. */
const char *plx_driver_state_code(enum plx_driver_state state);

/* Is it the low or the high answers that go with the whole? */
enum plx_driver_shape {
    PLX_SHAPE_NONE,          /* null: the scale has no cuts, or too few low and high answers */
    PLX_SHAPE_HURTS_BELOW,   /* below Expected hurts, above Desired adds nothing that shows */
    PLX_SHAPE_PLEASES_ABOVE, /* the other way round */
    PLX_SHAPE_BOTH,
    PLX_SHAPE_NEITHER, /* both within the margin */
    PLX_SHAPE_NOT_ENOUGH_YET
};
/* "hurts_below" ...; NULL for NONE. */
const char *plx_driver_shape_code(enum plx_driver_shape shape);

struct plx_driver {
    const char *point, *title;
    const char *transaction, *transaction_title; /* NULL without */
    gint map_point;
    guint column; /* private to the reading */
    enum plx_driver_state state;
    const char *twin;   /* of TWIN: the id of the other point */
    gint64 persons;     /* answered it and the whole; PLX_NO_COUNT: too few */
    gint64 pairs_least; /* fewest persons over the other points looked at */
    double correlation; /* with the whole */
    struct plx_interval correlation_ci;
    double share;                     /* of the variation of the whole */
    struct plx_interval share_ci;     /* simultaneous over the points */
    double mood_share;                /* what it would be if mood alone were at work */
    double beyond;                    /* beyond mood, in standard deviations */
    struct plx_interval beyond_ci;    /* adjusted */
    struct plx_interval beyond_alone; /* 95 %, of this number alone: for `compare` */
    gboolean named;
    guint rank;                       /* 1 = largest share; 0 = none */
    gint64 low_persons, high_persons; /* PLX_NO_COUNT: too few */
    double penalty, reward;           /* low (high) against between, in units of the whole */
    struct plx_interval penalty_ci, reward_ci; /* simultaneous over both and the points */
    enum plx_driver_shape shape;
};

/* Points that are looked at together: of a journey, or of one transaction where people answered no
 * further. */
struct plx_drivers_part {
    const char *journey, *journey_title;         /* NULL without a map's journeys */
    const char *transaction, *transaction_title; /* NULL: the whole journey */
    enum plx_driver_state state;
    gint64 persons, answers;          /* with the whole; PLX_NO_COUNT: too few */
    gint64 persons_needed;            /* of FEW: from so many on; else PLX_NO_COUNT */
    gint64 pairs_least, pairs_median; /* persons over pairs of points looked at */
    guint looked;                     /* points looked at */
    gboolean complete;                /* (almost) everybody answered all of them */
    gboolean exact;                   /* shares are LMG, else Johnson's */
    double r_squared;                 /* of the whole, by all points */
    struct plx_interval r_squared_ci;
    double mood; /* share of the answers' variation that moves together */
    struct plx_interval mood_ci;
    double mood_correlation; /* of the whole with the mood */
    struct plx_interval mood_correlation_ci;
    guint n_named;
    guint n_points;
    struct plx_driver *points; /* looked at: by share; then the others in order of the map */
};

/* What somebody thinks matters, beside what goes with the whole. */
enum plx_opinion {
    PLX_OPINION_NONE,    /* null: not both known */
    PLX_OPINION_BOTH,    /* both: thought to matter, and named */
    PLX_OPINION_THOUGHT, /* thought_only: thought to matter, in the lower half here, not named */
    PLX_OPINION_MISSED,  /* missed: named here, not thought to matter */
    PLX_OPINION_OTHER    /* other: neither clear */
};
const char *plx_opinion_code(enum plx_opinion opinion);
struct plx_driver_opinion {
    guint part, point; /* indices */
    double importance; /* mean */
    gint64 n;
    enum plx_opinion opinion;
};
struct plx_driver_view {
    const char *audience, *title;
    guint n_opinions; /* points looked at that they rated and that may be shown */
    struct plx_driver_opinion *opinions;
    guint thought; /* so many of the most important ones count as thought to matter: a third */
    double tau;    /* Kendall's tau-b of their order with that of the shares; NaN below 3 */
};

struct plx_drivers {
    struct plx_about about;
    const char *outcome; /* "overall", "recommend" */
    const struct plx_scale *scale;
    const char *linked; /* "encounter", "person" */
    guint minimum;
    guint family_size;     /* points looked at, of all parts */
    double adjusted_level; /* of beyond_ci */
    double share_level;    /* of share_ci */
    double contrast_level; /* of penalty_ci and reward_ci */
    double margin;         /* of the contrasts, in units of the whole */
    guint n_parts;
    struct plx_drivers_part *parts;
    guint n_views;
    struct plx_driver_view *views;
};

void plx_drivers_free(plx_drivers *drivers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_drivers, plx_drivers_free)

/* `options`: measure NULL, "overall" or "recommend"; no split. Errors: PLX_ERROR_USAGE; NOT_FOUND
 * when nobody was asked about the whole (the message says how to ask), or nobody of them about a
 * point; NOT_SHOWN below the minimum; the source's own. */
plx_drivers *plx_drivers_read(plx_source *source, const struct plx_gaps_options *options,
                              GError **error);

/* The weights of a document for `compare`, elements struct plx_figure: of every point looked at,
 * what it has beyond mood. A point that stands in several parts gives the first one's. */
void plx_drivers_figures(const plx_drivers *drivers, GArray *figures);
