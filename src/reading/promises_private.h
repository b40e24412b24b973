/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between the files of the promises reading; never for views. Test: tests/reading/test_promises.c.
 */

#include "reading/gaps_exact.h"
#include "reading/promises.h"
#include "reading/reach.h"

/* What a source said, table by table. */
struct plx_promises_asked {
    const plx_question *question;
    struct plx_answer *answer;
    gint served;             /* map index */
    struct plx_reach *reach; /* by map index; inited for `heard` ones */
    gboolean *heard;         /* by map index: asked for, served or shoppers, may be looked at */
    guint all, channels;     /* levels, known, kept: of all heard; of the served by channel */
    guint pairs, together;   /* kept by known; points by person */
    guint months;            /* levels by month, for those that have none */
    guint *before, *after;   /* by index of the map's promises */
    gint32 *since;           /* likewise; days */
    GPtrArray *filters;      /* of the needs */
};
#define PLX_NO_NEED G_MAXUINT /* of before, after */

/* Errors: PLX_ERROR_NOT_SHOWN, those of the source. */
gboolean plx_promises_ask(struct plx_promises_asked *asked, plx_source *source,
                          const plx_question *question, GError **error);
void plx_promises_asked_clear(struct plx_promises_asked *asked);

/* Answers of several cells together. */
struct plx_pool {
    struct plx_distribution d; /* d.n = 0: nobody */
    const struct plx_scale *scale;
    guint64 persons; /* at least so many are behind it */
};
/* Adds up tallies (of one scale; those of another than the first are left out); variances are
 * `inflate` times what independent ones would have. */
struct plx_pool plx_pool_tallies(const struct plx_tally *const *tallies, guint n, double inflate,
                                 GPtrArray *memory);
/* An upper bound, as a factor, of what people who answer several of these points add to the
 * variance of a pooled share: 2 ab <= a^2 + b^2 for each person at two points. */
double plx_pool_inflation(const struct plx_table *table, const guint32 *subjects, guint n,
                          guint32 audience);

/* All but one of the parts; people who use several channels are counted in each. */
struct plx_pool plx_pool_rest(const struct plx_pool *pools, guint n, guint without,
                              GPtrArray *memory);

enum plx_pool_part { PLX_POOL_YES, PLX_POOL_FLOOR, PLX_POOL_BELOW };
/* NaN without answers or without that cut on the scale. */
struct plx_share plx_pool_share(const struct plx_pool *pool, enum plx_pool_part part, double level);
/* As released: hidden where reach does not allow it, or `hidden` says so. */
struct plx_promise_share plx_pool_release(const struct plx_pool *pool, enum plx_pool_part part,
                                          const struct plx_reach *reach,
                                          enum plx_suppression hidden);
/* Kept among those who knew, from the pairs of one cell. */
struct plx_promise_share plx_pool_kept_known(const struct plx_cell *pairs,
                                             const struct plx_cell *cell,
                                             const struct plx_reach *reach, GPtrArray *memory);

/* promises_levels.c: levels of the served at several points (subjects) in a group of a table. A
 * point of too few persons is in no number, else it would be found by leaving it out; `hidden` says
 * more of them, by point, or is NULL. With no other point the pool is one that is not shown. */
struct plx_pool plx_promises_levels(const struct plx_promises_asked *asked, guint table,
                                    guint group, const guint32 *points, guint n, double inflate,
                                    const enum plx_suppression *hidden, GPtrArray *memory);
/* By channel and point: what must not be in the channel's pool, so that nobody finds it by taking
 * the other channels from all. */
enum plx_suppression *plx_promises_hidden(const struct plx_promises_asked *asked,
                                          const guint32 *points, guint n_points, GPtrArray *memory);

/* promises_family.c: comparisons wait in a family until all are known, and are judged together.
 * Adjusted intervals and verdicts are written where they are to stand; until then, and where
 * nothing may be said, NaN and NOT_ASKED. */
GArray *plx_promises_family_new(void);
/* Of a share against a line: `above`, or the verdict after it below. */
void plx_promises_against_line(GArray *family, const struct plx_pool *pool,
                               const struct plx_promise_share *shown, double line,
                               enum plx_promise_verdict above, struct plx_interval *adjusted,
                               enum plx_promise_verdict *verdict);
/* Of a channel against all others. */
void plx_promises_against_others(GArray *family, const struct plx_reach *reach,
                                 const struct plx_pool *pool, const struct plx_pool *others,
                                 struct plx_promise_channel *channel);
void plx_promises_judge(const GArray *family, plx_promises *out);
