/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a form of ours carries and a form of another site cannot: BLAKE2b of a fixed text under the
 * session's ticket as key. Nothing is kept for it, and it ends with the session.
 * Test: tests/serve/test_csrf.c. */

#include <glib.h>

#define PLX_CSRF_FIELD "csrf" /* of a form; programs send the header X-CSRF */

/* For a session's ticket, to be freed. */
char *plx_csrf_text(const char *ticket);
/* In constant time. `text` NULL: no. */
gboolean plx_csrf_fits(const char *ticket, const char *text);
