/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files that make a plan share. Test: tests/step/test_step.c. */

#include "step/step.h"

struct plx_step_making {
    const struct plx_step_plan *before; /* or NULL */
    const struct plx_step_ask *ask;
    const plx_map *map;
    const char *const *known;
    const char *author;
    struct plx_step_plan *plan;
};

/* "a step needs --OPTION". Always FALSE. */
gboolean plx_step_missing(GError **error, const char *option);

/* The start; then, by it, the baseline and the looks with what each may spend. (step_times.c) */
gboolean plx_step_make_start(struct plx_step_making *m, GError **error);
gboolean plx_step_make_times(struct plx_step_making *m, GError **error);
