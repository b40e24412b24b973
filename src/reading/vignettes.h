/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The reading `vignettes`: do two audiences mean the same by a level?
 *
 * Everybody rates the same described situations (map/map.h, vignettes) on the levels with which the
 * points are rated. Where two audiences place the same description differently, the same word
 * stands for different things, and a gap of levels between them is partly one of words. Two parts:
 * - Every vignette: how each audience places it, and pair by pair of audiences the difference of
 *   means. `different` where the interval at 1 - 0.05 / family_size (Bonferroni over vignettes and
 *   pairs) lies wholly beyond the map's margin, `same` where wholly inside, else `not_enough`.
 * - Every point a set of vignettes stands for: the gap as it is, and with each person's answer told
 *   by where it stands among the same person's vignettes (stats/vignettes.h; one answer per person,
 *   the mean where there are several). It needs people who rated both (PLX_NEED_LINKED), and
 *   vignettes that more than half of both audiences put in the order of the map. A side stands
 *   higher where the interval of the probability that one of it does, at 1 - 0.05 / (2 x gaps),
 *   leaves 1/2 out; after reading, only if no way to resolve ties and wrong orders says otherwise.
 * It never says whose use of a level is right, and it corrects nothing in other readings.
 *
 * Only reading/reach.h lets numbers out: protected audiences as a whole and from ten persons on. A
 * part of such an audience (those who rated both) is shown only where the rest is nobody, or has
 * the minimum of persons, too. Cost: linear in answers, 16 bytes for each answer of a point.
 * Test: tests/reading/test_vignettes.c. */

#include "reading/about.h"
#include "stats/vignettes.h"

typedef struct plx_vignette_reading plx_vignette_reading;

enum plx_vignette_verdict {
    PLX_VIGNETTE_SAME,
    PLX_VIGNETTE_DIFFERENT,
    PLX_VIGNETTE_NOT_ENOUGH,
    PLX_VIGNETTE_SCALES_DIFFER
};
/* "same", "different", "not_enough", "scales_differ" */
const char *plx_vignette_verdict_code(enum plx_vignette_verdict verdict);

/* Which side of a gap surely stands higher (better, on scales where low is good). */
enum plx_vignette_side { PLX_VIGNETTE_A, PLX_VIGNETTE_B, PLX_VIGNETTE_OPEN };
/* "a_higher", "b_higher", "not_enough" */
const char *plx_vignette_side_code(enum plx_vignette_side side);

/* Why a gap has numbers, or not. */
enum plx_vignette_state {
    PLX_VIGNETTE_SHOWN,
    PLX_VIGNETTE_NOT_LINKED, /* nobody of one side is known to have rated both */
    PLX_VIGNETTE_FEW,        /* fewer persons than the minimum, or than it takes to hide the rest */
    PLX_VIGNETTE_NO_ORDER,   /* as they are, but the vignettes order nothing: no numbers after */
    PLX_VIGNETTE_SCALES      /* on different scales */
};
/* "shown", "not_linked", "few_persons", "no_order", "scales_differ" */
const char *plx_vignette_state_code(enum plx_vignette_state state);

/* How an audience places one vignette. */
struct plx_vignette_voice {
    guint audience; /* index into about.map->audiences; so everywhere below */
    gint64 n, persons;
    const struct plx_scale *scale;
    guint k;
    const gint64 *counts; /* k, or NULL */
    double mean;
    struct plx_interval ci;
    enum plx_suppression suppressed;
    struct plx_distribution d; /* of no meaning to views */
};

/* Of one vignette: a less b, in levels. */
struct plx_vignette_contrast {
    guint a, b;
    double difference;
    struct plx_interval ci, ci_adjusted;
    enum plx_vignette_verdict verdict;
};

struct plx_vignette {
    const char *id, *words;
    guint n_voices;
    struct plx_vignette_voice *voices; /* audiences with answers, map order */
    guint n_contrasts;
    struct plx_vignette_contrast *contrasts;
};

/* Over all vignettes. */
struct plx_vignette_pair {
    guint a, b;
    guint same, different, open; /* vignettes; scales that differ are none of them */
    double least, most;          /* difference over the vignettes */
    enum plx_vignette_verdict verdict;
};

/* Is the order of a set understood? Of those who rated all of it. */
struct plx_vignette_order {
    guint audience;
    gint64 persons, units;
    double in_order, tied, misordered; /* shares of units; NaN when hidden */
    gboolean orders;                   /* of each two neighbours more than half say so */
    enum plx_suppression suppressed;
};

struct plx_vignette_gap {
    guint a, b;
    gint64 a_persons, b_persons; /* who rated the point and the whole set */
    enum plx_vignette_state state;
    enum plx_vignette_side before, after;
    struct plx_vignette_difference d; /* NaN where there is nothing to show */
};

/* One audience's answers about a point, told by the vignettes. */
struct plx_vignette_standing {
    guint audience;
    gint64 persons, units;
    double raw;          /* mean level of these people */
    double ranges;       /* share of units whose standing is a range */
    const double *share; /* 2 x vignettes + 1: below the first, as the first, between ... */
    enum plx_suppression suppressed;
};

struct plx_vignette_point {
    const char *id, *title;
    guint n_standings;
    struct plx_vignette_standing *standings;
    guint n_gaps;
    struct plx_vignette_gap *gaps;
};

/* Vignettes that stand for the same points. */
struct plx_vignette_set {
    guint n;
    guint *vignettes; /* indices into plx_vignette_reading.vignettes, lowest first */
    guint n_orders;
    struct plx_vignette_order *orders;
    guint n_points;
    struct plx_vignette_point *points; /* those that two audiences rated, map order */
};

struct plx_vignette_reading {
    struct plx_about about;
    double margin; /* in levels of the six-level scale */
    guint family_size, gap_family;
    double adjusted_level, gap_level; /* NaN without a family */
    guint n;
    struct plx_vignette *vignettes; /* map order: lowest first */
    guint n_pairs;
    struct plx_vignette_pair *pairs;
    guint n_sets;
    struct plx_vignette_set *sets;
};

void plx_vignette_reading_free(plx_vignette_reading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_vignette_reading, plx_vignette_reading_free)

/* Asks the source. Errors: those of plx_question_new; PLX_ERROR_USAGE for a split or another
 * measure; PLX_ERROR_NOT_FOUND when the map has no vignettes (the message says how to add them) or
 * nobody rated one; PLX_ERROR_NOT_SHOWN when too few did. */
plx_vignette_reading *plx_vignettes_read(plx_source *source, const struct plx_gaps_options *options,
                                         GError **error);
