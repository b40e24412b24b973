/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What stands between a call and its handler: who asks, whether they may, and whether the form is
 * ours. Tests: tests/serve/test_permissions.c, tests/serve/test_account_pages.c. */

#include "serve/call.h"
#include "serve/who.h"

/* Is the call one that its handler may get? Else it is finished: a person who is not logged in goes
 * to /login, a program gets 401; who may not, 403; what another site's form sent, 403. Routes for
 * everybody, without csrf, are not even asked who it is. On any thread. */
gboolean plx_guard_permit(plx_call *call);

/* Who asks, also on a route for everybody; NULL: nobody known. FALSE: *error. */
gboolean plx_guard_who(plx_call *call, const plx_who **who, GError **error);

/* What forms of the page that answers this call carry in their field PLX_CSRF_FIELD; NULL where
 * nobody is logged in. To be freed. */
char *plx_guard_csrf(const plx_call *call);

/* Did our own page send this form? For forms before a login, which have no session to be tied to.
 * Browsers say where a form comes from (Sec-Fetch-Site); those that do not, older ones and all
 * without TLS, send "Origin: null", as our pages tell no referrer: then the form must carry what
 * its page gave it. */
gboolean plx_guard_is_own(const plx_call *call);
/* What such a form carries in PLX_CSRF_FIELD where its browser does not say, tied to a cookie of
 * its own, which *cookie sets (NULL: it is there); to be freed, both. NULL: the browser says. */
char *plx_guard_form(const plx_call *call, char **cookie);

/* A path of ours, with or without a query, to go to after the login, taken from "next"; "/" for
 * what is none. */
const char *plx_guard_next(const char *next);
