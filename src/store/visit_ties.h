/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Visits of shoppers who have an account: whose each is, and the token of its link, which they find
 * when they have signed in. Of all other links only a hash is kept. Errors: PLX_ERROR_IO, also for
 * a row that was changed. Test: tests/store/test_visits.c. */

#include "store/store.h"

struct plx_visit_tie {
    gint64 visit;
    char *token; /* of the link that was given with it; a newer one makes it void */
};

/* The visit is this account's, and nobody else's; `account` 0: nobody's. Within the caller's write
 * transaction. */
gboolean plx_visit_ties_set_within(plx_store *store, gint64 visit, gint64 account,
                                   const char *token, GError **error);
/* None is this account's any more: nobody signs in to find their links. Likewise. */
gboolean plx_visit_ties_end_within(plx_store *store, gint64 account, GError **error);
/* Those of one account, by visit: struct plx_visit_tie. */
GPtrArray *plx_visit_ties_of(plx_store *store, gint64 account, GError **error);
/* Are all rows as they were written? */
gboolean plx_visit_ties_check(plx_store *store, GError **error);
