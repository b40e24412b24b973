/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Forms being filled in, and answers on their way into the workspace without a trace of who gave
 * them.
 *
 * A form has a token of its own (plx_forms_token), which only the person who fills it in has. The
 * file has hashes of it, under different names that cannot be compared: of the draft, of the
 * receipt. The draft itself is locked with the token: without it nobody reads what it says, or to
 * which link it belongs, also not in what is left of it on the disk. Completing a form, in one
 * transaction, takes the draft away, leaves a receipt (a hash and the day on which it is dropped)
 * so that a second sending is not counted, and stores the answer.
 *
 * Anonymous answers wait under random numbers, with nothing but the day, until there are as many of
 * an audience as its minimum (of one that is `named` none wait); then all of them go into the inbox
 * at once, in random order (plx_forms_release). Those that wait longer are put in another order
 * with every one that comes.
 *
 * Functions that end in _within work in the caller's write transaction. Errors: PLX_ERROR_IO; what
 * else is said there. Test: tests/store/test_forms.c, tests/store/test_sealing.c (what can be dug
 * out of the file). */

#include "store/links.h"

/* Forms ------------------------------------------------------------------------------------- */

/* A new token for a form: 32 hexadecimal digits, to be freed. */
char *plx_forms_token(void);
/* What its plan is drawn with (form/plan.h): a keyed hash. */
guint64 plx_forms_seed(const plx_store *store, const char *token);
/* The key of a person: of a booking (identity visit) or a member of a panel, by the reference that
 * stands in the address; a keyed hash, 32 hexadecimal digits, to be freed. The reference itself is
 * never kept. The same in all links of an audience. */
char *plx_forms_person(const plx_store *store, const char *audience, const char *reference);

/* A draft: opened by the token alone. */
struct plx_form_draft {
    gint64 link;
    char *person; /* key, or NULL */
    char *body;   /* form/answers.h: plx_form_write */
};
void plx_form_draft_clear(struct plx_form_draft *draft);

/* Puts a draft, over the one before. */
gboolean plx_forms_put_draft_within(plx_store *store, const char *token, gint32 day,
                                    const struct plx_form_draft *draft, GError **error);
/* *found is FALSE when there is none. PLX_ERROR_IO: it was changed by somebody without the token.
 */
gboolean plx_forms_draft(plx_store *store, const char *token, gboolean *found,
                         struct plx_form_draft *draft, GError **error);
/* Was a form with this token completed within the last days, or ever, by this address for one? */
gboolean plx_forms_is_complete(plx_store *store, const char *token, gboolean *complete,
                               GError **error);

/* The state of the link for this form: one that was begun in time may be finished after the last
 * day, and after the link was closed, as long as its draft is kept and the quota is not reached. */
gboolean plx_forms_state(plx_store *store, const struct plx_link *link, const char *token,
                         gint32 day, enum plx_link_state *state, GError **error);

enum plx_form_outcome {
    PLX_FORM_DONE,
    PLX_FORM_DONE_BEFORE, /* a second sending: nothing was changed; the person may be thanked */
    PLX_FORM_REFUSED      /* the link takes no more (see its state): nothing was changed */
};

/* Completes a form. `address`: the token of the link's address, as it may be for one form only.
 * `sealed`: an anonymous answer (form/observations.h, plx_form_encounter_write), to wait for
 * others; of other identities NULL: then the caller appends it to the inbox in the same
 * transaction, if and only if *outcome is PLX_FORM_DONE. PLX_ERROR_NOT_FOUND: no such address. */
gboolean plx_forms_complete_within(plx_store *store, const char *address, const char *token,
                                   gint32 day, const char *sealed, enum plx_form_outcome *outcome,
                                   GError **error);

/* Anonymous answers ---------------------------------------------------------------------------- */

/* Appends answers (texts as plx_forms_complete_within took them) to the inbox, within the
 * transaction (plx_inbox_append_within). */
typedef gboolean (*plx_forms_append)(plx_store *store, const char *const *bodies, guint n,
                                     gpointer data, GError **error);

/* To be called at the end of every transaction that completed a form: of each audience that has
 * enough of them all go into the inbox, in random order; those of others are put in a new order.
 * *released: how many answers. */
gboolean plx_forms_release_within(plx_store *store, plx_forms_append append, gpointer data,
                                  guint *released, GError **error);
/* Now and then, when something was released, outside of a transaction: empties the log, in which
 * older states of the file are left (plx_db_empty_log says what can fail). */
gboolean plx_forms_forget(plx_store *store, GError **error);
/* The same without waiting for others: FALSE, and no error, when it is to be tried again. */
gboolean plx_forms_try_forget(plx_store *store);
/* Once a day: drops receipts that are due (of addresses for one form none are) and drafts older
 * than 30 days. */
gboolean plx_forms_purge(plx_store *store, gint32 day, GError **error);
/* Anonymous answers that wait, of all audiences. */
gboolean plx_forms_waiting(plx_store *store, gint64 *answers, GError **error);
/* The ids that their audiences had when they answered: char *, owned; NULL on failure. */
GPtrArray *plx_forms_waiting_audiences(plx_store *store, GError **error);
/* Of one audience. */
gboolean plx_forms_waiting_of(plx_store *store, const char *audience, gint64 *answers,
                              GError **error);
/* That say something under a measure's id: have a line of "value" and the id (form/lines.h). */
gboolean plx_forms_waiting_with(plx_store *store, const char *measure, gint64 *answers,
                                GError **error);

/* Panels --------------------------------------------------------------------------------------- */

/* A member said yes to being known again from form to form, on a day; again changes nothing. */
gboolean plx_forms_consent_within(plx_store *store, const char *person, gint32 day, GError **error);
/* *day becomes PLX_LINK_ALWAYS when there is none. */
gboolean plx_forms_consented(plx_store *store, const char *person, gint32 *day, GError **error);
/* Takes it back; the answers are erased by plx_erase_respondent. FALSE in *was: there was none. */
gboolean plx_forms_withdraw(plx_store *store, const char *person, gboolean *was, GError **error);
