/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The codebook: the themes that people sorted answers into, and which answer belongs to which.
 *
 * An answer is known by its prompt and a keyed hash (SipHash-2-4) of the id of its text (base/id.h:
 * letter case, spaces and punctuation do not count). The words themselves are not in it, so it
 * outlives export, import and sealing, and erasing people leaves nothing of them behind. Equal
 * words under one prompt are one answer, whoever wrote them.
 * Test: tests/voice/test_codebook.c, tests/voice/test_codebook_edit.c. */

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

/* Themes come in any order and are given back by id; a title or its id never twice. `points` is
 * NULL-ended and in any order, and may be NULL. A theme must be there before an answer is put into
 * it; an answer that is in one already leaves it. */
void plx_codebook_add(plx_codebook *book, guint32 id, const char *title, const char *const *points);
void plx_codebook_code(plx_codebook *book, const char *prompt, guint64 answer, guint32 theme);

/* What an answer is known by. FALSE: there is no letter and no digit in it, it says nothing. */
gboolean plx_codebook_answer(const plx_codebook *book, const char *text, guint64 *answer);

guint plx_codebook_themes(const plx_codebook *book);
const struct plx_theme *plx_codebook_theme(const plx_codebook *book, guint i);

/* By id, or by a title that has the same id (base/id.h) as `title`; NULL: there is none. */
const struct plx_theme *plx_codebook_by_id(const plx_codebook *book, guint32 id);
const struct plx_theme *plx_codebook_by_title(const plx_codebook *book, const char *title);

/* The theme of an answer, or NULL: nobody has sorted it yet. */
const struct plx_theme *plx_codebook_find(const plx_codebook *book, const char *prompt,
                                          const char *text);

/* Changing it (codebook_edit.c) ---------------------------------------------------------------- */

/* The theme with such a title, made when there is none; 0: no letter and no digit in it. */
guint32 plx_codebook_make(plx_codebook *book, const char *title);
/* FALSE: another theme has such a title, or it says nothing. */
gboolean plx_codebook_rename(plx_codebook *book, guint32 id, const char *title);
/* All that is in `from` goes into `into`, its points too; `from` is no more. */
void plx_codebook_merge(plx_codebook *book, guint32 from, guint32 into);
/* FALSE: it was in no theme. */
gboolean plx_codebook_uncode(plx_codebook *book, const char *prompt, guint64 answer);
/* FALSE: nothing to do. */
gboolean plx_codebook_tie(plx_codebook *book, guint32 id, const char *point);
gboolean plx_codebook_untie(plx_codebook *book, guint32 id, const char *point);

/* As text (codebook_text.c) -------------------------------------------------------------------- */

struct plx_coding {
    const char *prompt;
    guint64 answer;
    guint32 theme;
};

/* All answers that are in a theme, by prompt, then answer; to be freed. */
struct plx_coding *plx_codebook_codings(const plx_codebook *book, guint *n);

/* JSON: {"next":8,"themes":[{"id":2,"title":"…","points":["…"]}],
 * "answers":[["improve","1f0c…",7]]}; the key is not in it. Always the same for the same book. */
char *plx_codebook_text(const plx_codebook *book);

/* Back from it. `name` stands in messages. Errors: PLX_ERROR_INPUT. */
plx_codebook *plx_codebook_read(const guint8 key[PLX_CODEBOOK_KEY], const char *text,
                                const char *name, GError **error);
