/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The exact form of the gaps: internal to reading/, never for views.
 *
 * It is made in this order: collect (reading/collect.h) asks the source and finds which cells may
 * be released at all; voice, belief, foresight fill it; suppress marks what is hidden; level_gap
 * compares what is not; privacy_release makes the released form. Audiences are indices into
 * map->audiences here. Memory belongs to `memory`. Tests: tests/reading/test_gaps.c and others. */

#include "reading/collect.h"
#include "reading/question.h"
#include "stats/mean_interval.h"
#include "stats/share.h"

/* An allocation that lives as long as `memory`; zeroed; n may be 0. */
static inline gpointer plx_keep(GPtrArray *memory, gsize n, gsize size)
{
    gpointer block = g_malloc0_n(n ? n : 1, size);
    g_ptr_array_add(memory, block);
    return block;
}

struct plx_exact_voice {
    struct plx_voice v; /* exact numbers; v.suppressed is set by suppress */
    const struct plx_tally *tally;
    struct plx_distribution d;
    gboolean unanimous;
};

struct plx_exact_belief {
    struct plx_belief b;
    gint64 rest; /* of a room: who guessed elsewhere; they are the total less the room */
    gboolean unanimous;
};

struct plx_exact_gap {
    struct plx_gap g;
    const struct plx_exact_voice *va, *vb;
};

struct plx_exact_foresight { /* predictions and expectations of one point */
    guint n_predictions, n_expectations;
    struct plx_prediction *predictions;
    struct plx_expectation *expectations;
    gboolean *predicted_alike;   /* all predicted the same */
    gboolean *expected_alike;    /* all expected the same, or gave the same level */
    double *expected_mean_level; /* per expectation: mean level of the same pairs */
};

struct plx_exact_point {
    const struct plx_subject *subject;
    guint32 subject_index;
    guint n_voices, n_beliefs, n_gaps;
    struct plx_exact_voice *voices;
    struct plx_exact_belief *beliefs;
    struct plx_exact_gap *gaps;
    struct plx_exact_foresight foresight;
};

struct plx_exact_group {
    const char *key;
    guint n_points;
    struct plx_exact_point *points;
    guint n_rankings;
    struct plx_ranking *rankings;
};

struct plx_exact {
    const plx_question *question;
    const plx_map *map;
    const struct plx_collected *collected;
    double margin; /* in levels of a six-level scale */
    guint n_groups;
    struct plx_exact_group *groups;
    guint family_size;
    double adjusted_level;
    GArray *notes; /* struct plx_gaps_note; details belong to memory */
    GPtrArray *memory;
};

/* Groups, points, voices and what is believed, from the answers; nothing compared yet. */
void plx_exact_build(struct plx_exact *exact, const plx_question *question,
                     const struct plx_collected *collected);
void plx_exact_clear(struct plx_exact *exact);
/* Comparisons of what privacy left: beliefs, foresight, rankings, level gaps. */
void plx_exact_compare(struct plx_exact *exact, guint64 seed);
void plx_exact_note(struct plx_exact *exact, const char *code, gint audience, gint64 count,
                    const char *detail);
/* reading/notes.c: what the reader must know, from the source and from this layer. */
void plx_exact_notes(struct plx_exact *exact);

/* Least persons of a cell that may be shown: 1 when all agreed to be named. */
guint plx_minimum(const struct plx_audience *audience);
/* Rounded with fewer than ten persons? */
gboolean plx_is_masked(const struct plx_audience *audience);

/* Encounters say nothing: each row is one of its own. */
#define PLX_NO_ENCOUNTERS G_MAXUINT64

/* reading/voice.c: one audience's answers; `encounters` = of that audience in the point's journey;
 * `part`: plx_side_is_part.
 * Cuts of direction "down" are mirrored. */
struct plx_distribution plx_tally_distribution(const struct plx_tally *tally, gboolean complete,
                                               GPtrArray *memory);
gboolean plx_tally_unanimous(const struct plx_tally *tally);
/* Shares at or beyond a cut, "better" being up unless the scale says down. NaN without a cut. */
struct plx_share plx_cut_share(const struct plx_distribution *d, const struct plx_scale *scale,
                               gint8 cut);
void plx_voice_fill(struct plx_exact_voice *voice, const struct plx_audience *audience,
                    const struct plx_cell *cell, enum plx_measure measure, guint64 encounters,
                    gboolean part, GPtrArray *memory);

/* reading/level_gap.c: all pairs of unsuppressed voices, the family, the verdicts. */
void plx_level_gaps(struct plx_exact *exact, guint64 seed);
/* The verdict of a pair from its exact shares and the decision of its adjusted interval. */
enum plx_verdict plx_level_verdict(const struct plx_map *map, const struct plx_exact_voice *a,
                                   const struct plx_exact_voice *b, enum plx_decision decision);

/* reading/belief.c: beliefs of one point, and how well they rank the points of a group. */
void plx_beliefs_fill(struct plx_exact *exact, const char *key, struct plx_exact_point *point);
void plx_beliefs_compare(struct plx_exact *exact, struct plx_exact_point *point);
void plx_rankings_fill(struct plx_exact *exact, struct plx_exact_group *group);

/* reading/foresight.c: predictions and expectations of one point. */
void plx_foresight_fill(struct plx_exact *exact, const char *key, struct plx_exact_point *point);
