/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/lockout.h"

#define DOUBLINGS 10 /* 1024 seconds, above the most */

gboolean plx_lockout_waits(const plx_account *account, gint64 now)
{
    return account->locked_until > now && account->locked_until <= now + PLX_LOCKOUT_MAX;
}

void plx_lockout_failed(plx_account *account, gint64 now)
{
    account->failures++;
    const gint64 beyond = account->failures - PLX_LOCKOUT_FREE - 1;
    if (beyond >= 0)
        account->locked_until =
            now + MIN((gint64)1 << MIN(beyond, DOUBLINGS), (gint64)PLX_LOCKOUT_MAX);
}

void plx_lockout_passed(plx_account *account)
{
    account->failures = 0;
    account->locked_until = 0;
}
