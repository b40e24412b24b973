/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* After several wrong passwords or codes in a row an account waits, twice as long each time, but
 * never for long: nobody can lock somebody else out for good. Pure.
 * Test: tests/serve/test_lockout.c. */

#include "store/accounts.h"

enum {
    PLX_LOCKOUT_FREE = 4, /* wrong tries without a wait */
    PLX_LOCKOUT_MAX = 900 /* seconds */
};

/* Must it wait? Then nothing is even looked at, and the try does not count. A time beyond the
 * longest wait is that of a clock that was wrong. */
gboolean plx_lockout_waits(const plx_account *account, gint64 now);
void plx_lockout_failed(plx_account *account, gint64 now);
void plx_lockout_passed(plx_account *account);
