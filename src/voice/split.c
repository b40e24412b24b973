/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/split.h"

#include "base/error.h"
#include "base/suggest.h"

#include <string.h>

static const struct {
    const char *word;
    enum plx_split_kind kind;
    enum plx_dim dim;
} words[] = {
    {"place", PLX_SPLIT_DIM, PLX_DIM_PLACE},       {"channel", PLX_SPLIT_DIM, PLX_DIM_CHANNEL},
    {"journey", PLX_SPLIT_DIM, PLX_DIM_JOURNEY},   {"source", PLX_SPLIT_DIM, PLX_DIM_SOURCE},
    {"language", PLX_SPLIT_DIM, PLX_DIM_LANGUAGE}, {"audience", PLX_SPLIT_DIM, PLX_DIM_AUDIENCE},
    {"month", PLX_SPLIT_MONTH, PLX_DIM_PLACE},     {"week", PLX_SPLIT_WEEK, PLX_DIM_PLACE},
    {"day", PLX_SPLIT_DAY, PLX_DIM_PLACE},
};

gboolean plx_split_parse(const char *word, struct plx_split *split, GError **error)
{
    if (g_str_has_prefix(word, "segment.") && word[8]) {
        *split =
            (struct plx_split){.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_SEGMENT, .segment = word + 8};
        return TRUE;
    }
    const char *candidates[G_N_ELEMENTS(words) + 1];
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        candidates[i] = words[i].word;
        if (strcmp(word, words[i].word) != 0)
            continue;
        *split = (struct plx_split){.kind = words[i].kind, .dim = words[i].dim};
        return TRUE;
    }
    candidates[G_N_ELEMENTS(words)] = "segment.";
    g_autofree char *hint = plx_suggest_text(word, candidates, G_N_ELEMENTS(candidates));
    return plx_error(error, PLX_ERROR_USAGE,
                     "cannot split by \"%s\": expected place, channel, journey, source, language, "
                     "audience, month, week, day or segment.NAME%s",
                     word, hint);
}
