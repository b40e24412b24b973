/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A card that was sent: taken, kept in the draft, and, with the last one, stored. All of it in the
 * writer's transaction. Test: tests/serve/test_forms.c. */

#include "form/answers.h"
#include "serve/call.h"
#include "store/forms.h"
#include "store/links.h"

/* The language of a page, one of ours: as the link says, else as the person chose or the browser
 * says. */
const char *plx_form_call_language(const plx_call *call, const struct plx_form_settings *settings,
                                   const char *chosen);
/* What a form was filled in in: as the link says, which may be a language of the map's only; else
 * its field "_lang"; NULL: not one of ours. */
const char *plx_form_call_answers_language(const plx_call *call,
                                           const struct plx_form_settings *settings);
/* Is it like the token of a form: 32 hexadecimal digits? */
gboolean plx_form_call_is_token(const char *text);
/* The link of the address (parameter "link"), if it takes answers, or those of the form `token` (or
 * NULL), which was begun; else the call is finished. */
struct plx_link *plx_form_call_link(plx_call *call, const char *token, const char *language);
/* Finishes the call: a page that says why there is nothing here (enum plx_link_state,
 * PLX_FORM_USED; OPEN: no such link), and when it opens (PLX_LINK_ALWAYS: not said); `lost`: what
 * they said so far is not taken. */
void plx_form_call_closed(plx_call *call, const char *language, guint state, gint32 opens,
                          gboolean lost);

/* Where a form stands. */
typedef struct plx_form_state plx_form_state;
struct plx_form_state {
    gboolean complete; /* it was, lately; then plan and answers are those of a new one */
    gboolean begun;    /* something of it is stored */
    plx_form_plan *plan;
    plx_form_answers *answers;
    char *person; /* key, or NULL */
};
/* Errors: PLX_ERROR_NOT_FOUND for a form that was begun at another link. */
gboolean plx_form_state_read(struct plx_form_state *state, plx_store *store,
                             const struct plx_link *link, const char *token, GError **error);
void plx_form_state_clear(struct plx_form_state *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(plx_form_state, plx_form_state_clear)

/* The data of a call that sends a card. */
struct plx_form_post {
    guint card;
    struct plx_form_field *fields; /* of the call's form: borrowed texts */
    guint n_fields;
    /* What came of it. */
    struct plx_form_state state;
    enum plx_identity identity;
    char *place;      /* of the link; or NULL */
    gboolean refused; /* the link takes no answers: why */
    guint link_state; /* enum plx_link_state, PLX_FORM_USED */
    gint32 opens;
    GPtrArray *faults; /* struct plx_form_fault; NULL: none */
    gboolean complete;
    guint next;   /* card */
    char *answer; /* token of a private link to what their suggestion is answered; or NULL */
};
void plx_form_post_begin(plx_call *call);
gboolean plx_form_post_apply(plx_call *call, plx_store *store, GError **error);
/* On a worker, before: `faults` of what was sent, with the `state` they are shown in. */
gboolean plx_form_post_look(plx_call *call, GError **error);

/* Today, as links count days. */
gint32 plx_form_call_day(const plx_call *call);
