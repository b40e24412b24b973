/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "reading/question.h"

#include <string.h>

plx_question *plx_question_of_levels(const plx_map *map, const struct plx_gaps_options *options,
                                     const struct plx_question_own *own, GError **error)
{
    if (options->measure && strcmp(options->measure, "level") != 0) {
        plx_error(error, PLX_ERROR_USAGE, "--measure \"%s\": %s", options->measure, own->measure);
        return NULL;
    }
    if (options->by && !g_strv_contains(own->splits, options->by)) {
        plx_error(error, PLX_ERROR_USAGE, "--by \"%s\": %s", options->by, own->split);
        return NULL;
    }
    struct plx_gaps_options whole = *options;
    whole.by = NULL;
    return plx_question_new(map, &whole, error);
}
