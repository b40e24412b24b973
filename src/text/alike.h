/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Short texts that share rare words, put together: suggestions for people who sort answers.
 *
 * A text is its set of stems without the common ones (text/tokens.h). A stem weighs ln(1 + N / df),
 * N texts, df of them with it (inverse document frequency: Spärck Jones 1972); two texts are as
 * alike as the cosine of their weights says (Salton & Buckley 1988), from 0 to 1. Groups are those
 * of average linkage (Sokal & Michener 1958; nearest-neighbour chains: Murtagh 1983), cut at
 * PLX_ALIKE_FROM. Texts that share no rare word with any other are in no group. The same texts give
 * the same groups in whatever order they come. Test: tests/text/test_alike.c. */

#include <glib.h>

#define PLX_ALIKE_FROM 0.25 /* mean cosine of two groups that are still put together */
#define PLX_ALIKE_MAX 4000  /* texts; what comes after is in no group (64 MB are used for it) */
#define PLX_ALIKE_TITLE 3   /* words of a title at most */

struct plx_alike_text {
    const char *text;
    const char *language; /* may be NULL or "": not known */
};

struct plx_alike_group {
    guint n;        /* at least 2 */
    guint *members; /* ascending */
    char *title;    /* words that at least half of them share, the rarest first: "queue, till" */
};

/* Groups by their first member: struct plx_alike_group; to be unreferenced. Errors: PLX_ERROR_IO
 * (text/tokens.h). */
GPtrArray *plx_alike_groups(const struct plx_alike_text *texts, guint n, GError **error);
