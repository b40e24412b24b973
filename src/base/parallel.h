/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Work on all cores.
 *
 * plx_parallel_for calls work(index, thread, data) once for each index below n, from up to
 * n_threads threads at once (thread 0 is the caller; at most PLX_THREADS_MAX). Threads take the
 * next index when they are free, so which thread does what varies: results must not depend on it.
 * Returns when all is done; what the threads wrote is then visible to the caller. When the system
 * refuses a thread the others do its work. Test: tests/base/test_parallel.c. */

#include <glib.h>

#define PLX_THREADS_MAX 256

void plx_parallel_for(guint n_threads, gsize n,
                      void (*work)(gsize index, guint thread, gpointer data), gpointer data);
