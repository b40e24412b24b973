/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How far the command is that an account waits for: of a long import the app shows it. One an
 * account, the last that said something; nothing is kept. From any thread.
 * Test: tests/serve/test_progress.c. */

#include <glib.h>

typedef struct plx_progress plx_progress;

plx_progress *plx_progress_new(void);
void plx_progress_free(plx_progress *progress); /* NULL: nothing */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_progress, plx_progress_free)

/* `total` 0: not known. */
void plx_progress_say(plx_progress *progress, gint64 account, guint64 done, guint64 total);
/* The command is over. */
void plx_progress_end(plx_progress *progress, gint64 account);

/* FALSE: no command of the account has said anything yet. */
gboolean plx_progress_of(plx_progress *progress, gint64 account, guint64 *done, guint64 *total);
