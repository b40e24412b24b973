/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The table of the readings beside the gaps: what they claim, in worlds whose truth is known. */

#include <glib.h>

/* Prints it, as Markdown; `only`: this reading (NULL: all). What of the promises does not hold
 * stands below it, and on standard error; FALSE when there is such a thing. */
gboolean plx_print_readings(const char *only, guint runs, guint64 seed, guint threads);

/* The same of the verdict on a step: false `up`, coverage, power and time. */
gboolean plx_print_steps(guint runs, guint64 seed, guint threads);
