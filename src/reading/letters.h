/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Letters: the suggestions and complaints that people gave, one by one, as far as they may be
 * shown.
 *
 * struct plx_letters is the RELEASED form: no key of a person is in it, and of each letter only
 * what does not single its writer out (docs/privacy.md, "Suggestions and complaints"):
 *
 * - Words are shown of an audience with at least its minimum of persons who answered at all (wrote,
 *   or gave a level, a belief, an overall or a tick), of a protected one from PLX_MASKED_BELOW on;
 * else its letters are counted.
 * - What it is about is shown where as many of the audience answered there; of a protected
 *   audience the day is the last of its month and there is no place.
 * - A place is shown where the minimum answered there (also at the point, where one is named), and
 *   not if it is the smallest of the others where some place is hidden.
 *
 * Nothing tells what is hidden from what was not said. No filters: a part of the letters never
 * shows more of one than all of them do. Test: tests/reading/test_letters.c. */

#include "voice/source.h"

typedef struct plx_letters plx_letters;

struct plx_letter {
    guint64 number;             /* plx_saying_number */
    guint audience;             /* of the map */
    const char *prompt;         /* "suggestion", "complaint" */
    const char *text;           /* as written; of equal ones that of the first in order */
    gint32 day;                 /* or PLX_NO_DAY */
    gboolean by_month;          /* of the day only the month is known: it is the last one */
    enum plx_subject_kind kind; /* of what it is about; NONE: of nothing, or not shown */
    const char *about, *title;  /* its id on the map of today, and title (or its id); or NULL */
    const char *place;          /* or NULL */
};

/* Those of an audience that are not shown. */
struct plx_letters_hidden {
    guint audience;
    guint letters;
    guint64 persons; /* who answered */
    guint minimum;   /* so many are needed */
};

struct plx_letters {
    const plx_map *map; /* borrowed */
    guint n;
    struct plx_letter *letters; /* oldest first, without day last; then by audience, prompt, text */
    guint n_hidden;
    struct plx_letters_hidden *hidden; /* in order of the map */
    GPtrArray *memory;
};

/* Errors: the source's own. Letters without a letter or a digit in them say nothing: left out. */
plx_letters *plx_letters_read(plx_source *source, const guint8 key[PLX_SAYING_KEY], GError **error);
void plx_letters_free(plx_letters *letters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_letters, plx_letters_free)

/* Appends of each audience whose letters are hidden "; staff: 3 people have answered; ...": from
 * when on they can be read, and so answered. */
void plx_letters_hidden_words(const plx_letters *letters, GString *out);

/* FALSE with PLX_ERROR_NOT_SHOWN when there are some and all are hidden; it names the remedy. */
gboolean plx_letters_any(const plx_letters *letters, GError **error);
