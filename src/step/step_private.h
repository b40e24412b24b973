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

/* Words people chose, which come back in pages and tables: not empty, UTF-8, without control
 * characters but ends of lines and tabs. (step_plan.c) */
gboolean plx_step_check_words(const char *option, const char *text, GError **error);

/* Why a point cannot be taken: "no step can be seen there". */
struct plx_step_point_words {
    const char *retired; /* NULL: one that is retired can */
    const char *vignette;
};
/* *found: today's id, by id or title; to be freed. Errors: PLX_ERROR_NOT_FOUND. */
gboolean plx_step_find_point(const plx_map *map, const char *text,
                             const struct plx_step_point_words *words, char **found,
                             GError **error);

/* "a step needs --OPTION". Always FALSE. */
gboolean plx_step_missing(GError **error, const char *option);

/* The start; then, by it, the baseline and the looks with what each may spend. (step_times.c) */
gboolean plx_step_make_start(struct plx_step_making *m, GError **error);
gboolean plx_step_make_times(struct plx_step_making *m, GError **error);
