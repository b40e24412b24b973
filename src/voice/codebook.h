/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The codebook: the themes that people sorted answers into, and which answer belongs to which.
 *
 * An answer is known by its prompt and a keyed hash of its text, normalised (NFKC, casefold, runs
 * of white space one space, ends trimmed, one full stop at the end dropped): the words themselves
 * are not in it, so it outlives export, import and sealing, and erasing people leaves nothing of
 * them behind. Equal words under one prompt are one answer, whoever wrote them.
 * Test: tests/voice/test_codebook.c. */

#include <glib.h>

#define PLX_CODEBOOK_KEY 16 /* bytes */

typedef struct plx_codebook plx_codebook;

struct plx_theme {
    guint32 id; /* never given twice in one workspace */
    const char *title;
    guint n_points;
    const char *const *points; /* ids of points it is tied to, in byte order */
};

plx_codebook *plx_codebook_new(const guint8 key[PLX_CODEBOOK_KEY]);
void plx_codebook_free(plx_codebook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_codebook, plx_codebook_free)

/* Themes come in any order and are given back by id. `points` NULL-ended, may be NULL. */
void plx_codebook_add(plx_codebook *book, guint32 id, const char *title, const char *const *points);
void plx_codebook_code(plx_codebook *book, const char *prompt, guint64 answer, guint32 theme);

/* What an answer is known by. */
guint64 plx_codebook_answer(const plx_codebook *book, const char *text);

guint plx_codebook_themes(const plx_codebook *book);
const struct plx_theme *plx_codebook_theme(const plx_codebook *book, guint i);

/* The theme of an answer, or NULL: nobody has sorted it yet. */
const struct plx_theme *plx_codebook_find(const plx_codebook *book, const char *prompt,
                                          const char *text);

/* An answer's words as they are compared; to be freed. Empty: it says nothing. */
char *plx_codebook_normal(const char *text);
