/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The tables of guess and reveal: few leaders beside many customers, and workshop tables. */

#include <glib.h>

/* Prints them, as Markdown. What of the promises does not hold is written below its table and to
 * standard error; FALSE when there is such a thing. */
gboolean plx_print_guesses(guint runs, guint64 seed, guint threads);
