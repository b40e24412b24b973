/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The answers of one form as they gather, card by card: taken from the fields of a page, kept as a
 * text in a draft, and in the end a list of observations.
 *
 * Fields are named after what they ask:
 *   MEASURE.POINT    level.waiting-to-order=5; also "na" (did not happen to me) and "declined"
 *   note.POINT       words; whether they are "did" or "better" follows from the level
 *   card.POINT       -1 fell short, 1 delighted, na; else nothing special (whole-journey card)
 *   MEASURE          overall, recommend
 *   QUESTION         comment, moment, suggestion, complaint, ...
 * A field that is empty is not there. "na" is no answer to what one believes, "declined" none to
 * a tick. Test: tests/form/test_answers.c. */

#include "form/plan.h"

#define PLX_FORM_NOTE_MAX 2000 /* characters */

typedef struct plx_form_answers plx_form_answers;

/* What one point, or the journey (point -1), was given. */
struct plx_form_answer {
    gint point;                    /* index in the map */
    gint8 value[PLX_MEASURES_MAX]; /* PLX_CELL_EMPTY where there is none */
    char *note;                    /* of a point; or NULL */
};

plx_form_answers *plx_form_answers_new(void);
void plx_form_answers_free(plx_form_answers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_form_answers, plx_form_answers_free)

/* NULL: nothing yet. `point` -1: the journey. */
const struct plx_form_answer *plx_form_answer_of(const plx_form_answers *answers, gint point);
/* The words to an open question; or NULL. */
const char *plx_form_words(const plx_form_answers *answers, enum plx_form_question question);
/* Was this card taken? */
gboolean plx_form_is_answered(const plx_form_answers *answers, guint card);
/* The first card that was not; n_cards when all were. */
guint plx_form_next_card(const plx_form_plan *plan, const plx_form_answers *answers);

/* The name of a field, to be freed: "level.waiting-to-order"; point -1: "overall". */
char *plx_form_field_name(const plx_form_plan *plan, guint measure, gint point);
char *plx_form_note_name(const plx_form_plan *plan, guint point);

struct plx_form_field {
    const char *name, *value;
};

enum plx_form_fault_kind {
    PLX_FORM_MISSING,   /* one has to choose */
    PLX_FORM_NO_VALUE,  /* not one of its values */
    PLX_FORM_TOO_LONG,  /* over PLX_FORM_NOTE_MAX characters */
    PLX_FORM_NO_TEXT,   /* not UTF-8, or with control characters other than line ends and tabs */
    PLX_FORM_TWICE,     /* two values of one field */
    PLX_FORM_NOT_ASKED, /* no field of this card */
    PLX_FORM_NO_WORDS   /* an answer is wished for, and there is nothing to be answered */
};
struct plx_form_fault {
    char *field;
    enum plx_form_fault_kind kind;
};

/* Takes one card: what was said on it before is replaced. NULL: taken. Else what is wrong, in the
 * order of the plan (struct plx_form_fault), and nothing is changed. A note that does not fit the
 * level any more, words to a point that did not happen, and blank words are left out without a
 * fault: a page without JavaScript shows the field whatever the level. Fields that begin with "_"
 * are the page's own and not looked at, but for "_answer", the wish for an answer, which there must
 * be a suggestion or complaint to. */
GPtrArray *plx_form_take(plx_form_answers *answers, const plx_form_plan *plan, guint card,
                         const struct plx_form_field *fields, guint n);

/* Plan and answers as a text for a draft, to be freed; and back, strictly: a plan drawn is kept,
 * whatever became of map and link since; points that are gone are left out. Errors:
 * PLX_ERROR_INPUT. */
char *plx_form_write(const plx_form_plan *plan, const plx_form_answers *answers);
gboolean plx_form_read(const char *text, const plx_map *map,
                       const struct plx_form_settings *settings, plx_form_plan **plan,
                       plx_form_answers **answers, GError **error);
