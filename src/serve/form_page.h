/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The pages of a form: one card per point, the whole-journey card, thanks, and what is said of a
 * link that takes no answers. They work without scripts, with a keyboard, read aloud, and on old
 * phones; nothing is stored and no cookie set before the first answer (form_cookie.h).
 * Tests: tests/serve/test_forms.py, tests/web/forms.test.mjs. */

#include "form/answers.h"
#include "report/html.h"
#include "store/links.h"

/* A card as it is to be shown; all borrowed. */
struct plx_form_view {
    const plx_form_plan *plan;
    const plx_form_answers *answers; /* so far */
    enum plx_identity identity;
    const char *address; /* of the link: /f/ADDRESS */
    const char *token;   /* of the form */
    const char *place;   /* of the link; or NULL */
    const char *person;  /* key, to be handed on until the first answer is stored; or NULL */
    const char *language;
    guint card;
    const char *anew; /* where who did not begin it begins anew, at the link's address; or NULL */
    const GPtrArray *faults;             /* struct plx_form_fault, or NULL */
    const struct plx_form_field *fields; /* what was sent, where it had faults; or NULL */
    guint n_fields;
};

/* The card, into the main of a shell with this title and PLX_STYLE_FORM. */
const char *plx_form_page_title(const struct plx_form_view *view);
void plx_form_page_card(plx_html *html, const struct plx_form_view *view);

/* Thanks, and how to see the answer to a suggestion: `answer` is its address, or NULL. */
void plx_form_page_thanks(plx_html *html, const char *language, const char *answer);
/* Why there is no form: of a link in `state`, which opens on this day (PLX_LINK_ALWAYS: not said);
 * PLX_FORM_USED: by an address for one form, which was sent; or that there is no such link (any
 * other value). */
#define PLX_FORM_USED 100
/* `lost`: somebody was in the middle of it, and what they said is not taken. */
void plx_form_page_closed(plx_html *html, const char *language, guint state, gint32 opens,
                          gboolean lost);
