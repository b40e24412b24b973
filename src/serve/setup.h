/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The first administrator. Test: tests/serve/test_account_pages.c. */

#include "store/store.h"

enum { PLX_SETUP_SECONDS = 86400 };

/* "/setup/TICKET", the page that makes the first administrator, once, within a day; older ones are
 * void. Within the caller's write transaction. *path NULL: there is one already. To be wiped and
 * freed by plx_ticket_free. */
gboolean plx_setup_first(plx_store *store, gint64 now, char **path, GError **error);
