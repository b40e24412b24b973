/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The reading friction: where do the people served meet trouble?
 *
 * Of 100 of them, per point, how many fell below Expected, found it very bad (the floor of the
 * scale), did not find it easy, hesitated, were badly surprised, complained, wrote of waiting or of
 * doing things again. Each of these parts is a share of those who were asked, and null where nobody
 * was.
 *
 * ONE figure puts the points in order: the share who met at least one friction among those asked at
 * every point alike: below Expected, hard, hesitated, a bad surprise. It is
 *
 *     below + (1 - below) * other,
 *
 * `below` of all who gave a level, `other` of those at Expected or better who were asked the rest:
 * nobody counts twice, every level answer is used, and asking the rest of unhappy people only does
 * not distort it. A kind that fewer than PLX_FRICTION_ASKED of the points ask about is left out of
 * the figure at all of them, since a point that asks more would only look worse; it stays among the
 * parts. A point that lacks a kind of the figure shows what it has ("at least") and has no rank.
 * Where too few stand at Expected or better to show what they met, `below` alone is shown ("at
 * least") with an interval up to 1, which holds whatever they met; it is ranked by that.
 * Complaints and words are nobody's answers, so they are in no figure.
 *
 * Points stand in the order of figures drawn towards their mean the more, the fewer answers they
 * come from (stats/shrink.h): otherwise those with few answers head the list by chance. Ranks are
 * ranges: with intervals that hold together (Bonferroni over the ranked points), a point lies
 * behind only those whose interval is wholly above its own (Klein, Wright & Wieczorek 2020, "A
 * joint confidence region for an overall ranking of populations", J. R. Stat. Soc. C 69:589).
 *
 * Beside it stands what people ticked on the card of the whole journey (fell short, delighted, did
 * not happen): another question, so in no figure.
 *
 * struct plx_friction is the RELEASED form, of one audience, through reading/reach.h; views take
 * nothing else. NaN (counts: PLX_NO_COUNT) is what does not exist or may not be shown. What leaders
 * and staff see comes from a released document of the gaps.
 * Cost: two passes for counts, one for gaps, one for notes; linear in observations and in points
 * times groups; of a note 3 to 4 us and 100 bytes (read by the threads that meet it). Rules:
 * docs/readings.md. Test: tests/reading/test_friction.c. */

#include "reading/about.h"
#include "reading/figure.h"
#include "reading/gaps.h"
#include "stats/distribution.h"

/* Share of the points that must ask about a kind before it enters the figure. */
#define PLX_FRICTION_ASKED 0.8
/* "Much": the adjusted interval lies wholly above this share, and the rank is surely in the first
 * half. A convention of ours. */
#define PLX_FRICTION_MUCH 0.25
/* Chance that any rank of a document is wrong. */
#define PLX_FRICTION_ALPHA 0.05

enum plx_friction_kind {
    PLX_FRICTION_BELOW,     /* level below met */
    PLX_FRICTION_FLOOR,     /* level at the floor: very bad; part of BELOW */
    PLX_FRICTION_HARD,      /* effort below met on its own scale: told as "not easy" */
    PLX_FRICTION_HESITATED, /* hesitation 1 */
    PLX_FRICTION_SURPRISED, /* surprise bad */
    PLX_FRICTION_COMPLAINED,
    PLX_FRICTION_WAITING,
    PLX_FRICTION_REPEATING,
    PLX_FRICTION_KINDS
};
/* "below_met", "floor", "hard", "hesitated", "bad_surprise", "complained", "waiting", "repeating".
 */
const char *plx_friction_code(enum plx_friction_kind kind);

/* A share with where it comes from. n = PLX_NO_COUNT: nobody was asked. */
struct plx_friction_part {
    gint64 n;       /* answers; of complained: encounters; of words: people who wrote */
    gint64 persons; /* behind them */
    double share;
    struct plx_interval ci;
    enum plx_suppression suppressed;
};

/* What was ticked at a point on the card of the whole journey; in no figure. n = PLX_NO_COUNT: the
 * card was not asked, or may not be shown. */
struct plx_friction_ticks {
    gint64 n, persons; /* who ticked fell short, nothing special or delighted */
    double fell_short, delighted;
    struct plx_interval fell_short_ci, delighted_ci;
    gint64 absent_n; /* ticks, `did not happen` among them */
    gint64 absent;   /* of these: did not happen */
    double absent_share;
    struct plx_interval absent_ci; /* none where somebody ticked more than one card */
    enum plx_suppression suppressed;
};

struct plx_friction_figure {
    gint64 n, persons; /* level answers (without a level: those asked the rest), persons */
    double share;
    double shrunken;                     /* by which points are put in order */
    struct plx_interval ci, ci_adjusted; /* 95 %, and at adjusted_level */
    double below, other;                 /* the two of the formula; NaN: not in it */
    gint64 other_n;                      /* answers that `other` comes from */
    gboolean at_least;                   /* not asked a kind of the figure, or too few left */
    enum plx_suppression suppressed;
};

/* Somebody who does not see it. */
struct plx_friction_unseen {
    gint audience;            /* index into about.map->audiences */
    enum plx_verdict verdict; /* BLIND_SPOT (levels) or OVERESTIMATES (beliefs) */
};

struct plx_friction_point {
    const char *point, *title;
    const char *journey, *journey_title, *transaction, *transaction_title; /* or NULL */
    const struct plx_scale *scale, *effort_scale;                          /* or NULL */
    struct plx_friction_figure figure;
    struct plx_friction_part parts[PLX_FRICTION_KINDS];
    struct plx_friction_ticks ticks;
    guint rank_best, rank_worst; /* 0: no rank */
    gboolean much;
    guint n_unseen;
    struct plx_friction_unseen *unseen; /* only where there is much */
};

struct plx_friction_group {
    const char *key; /* "" = missing */
    guint n_points;
    guint *points;                       /* indices into plx_friction.points: the group's order */
    struct plx_friction_figure *figures; /* of these */
};

typedef struct plx_friction plx_friction;
struct plx_friction {
    struct plx_about about;
    gint served;             /* index into map->audiences */
    guint32 kinds;           /* mask of 1u << kind: those in the figure */
    const char *figure_code; /* "friction_below_met_hard": what the figure is of */
    guint family;            /* ranked points */
    double adjusted_level;
    guint n_points;
    struct plx_friction_point
        *points;    /* most friction first; without a figure last, in map order */
    guint n_groups; /* 0: not split */
    struct plx_friction_group *groups; /* figures without ranks */
};

void plx_friction_free(plx_friction *friction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_friction, plx_friction_free)

/* Errors: those of plx_gaps_read. Takes level only, and --by what splits answers. */
plx_friction *plx_friction_read(plx_source *source, const struct plx_gaps_options *options,
                                GError **error);

/* The figures of a document for `compare`, elements struct plx_figure. Figures of other kinds are
 * other figures. */
void plx_friction_numbers(const plx_friction *friction, GArray *figures);
