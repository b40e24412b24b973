/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Draws the list in which answers are sorted on a screen: how far it is, the answer under the
 * cursor in full, a line per answer with its theme ("? Title": suggested), what is asked.
 * Test: tests/cli/test_sort.py. */

#include "cli/screen.h"
#include "workshop/sorting.h"

struct plx_sorting_screen {
    plx_screen *screen;
    const plx_sorting *sorting;
    const char *title;
    guint first; /* row on top; begins as 0 */
};

/* `message`: what was done, or why not; or NULL. */
void plx_sorting_screen_draw(struct plx_sorting_screen *view, const char *message);
