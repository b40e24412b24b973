/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Ctrl-C while something must not be left half done: the signals are held back, looked for, and let
 * through when everything is closed; then they end the program as they would have. Signals that are
 * ignored stay so. Threads that are made meanwhile hold them back too.
 * Tests: tests/cli/cases/sql-*, tests/store/faults. */

#include <glib.h>
#include <signal.h>

struct plx_interrupts {
    sigset_t before;
};

/* SIGINT, and SIGTERM as well. */
void plx_interrupts_hold(struct plx_interrupts *interrupts);
gboolean plx_interrupts_pending(void);
void plx_interrupts_release(const struct plx_interrupts *interrupts);
