/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/gaps.h"

#include "base/error.h"
#include "base/suggest.h"
#include "reading/nothing.h"
#include "reading/privacy.h"
#include "reading/suppress.h"

#include <string.h>

const char *plx_verdict_code(enum plx_verdict verdict)
{
    static const char *const codes[] = {
        [PLX_VERDICT_NONE] = NULL,
        [PLX_VERDICT_BLIND_SPOT] = "blind_spot",
        [PLX_VERDICT_HIDDEN_STRENGTH] = "hidden_strength",
        [PLX_VERDICT_VIEWS_DIFFER] = "views_differ",
        [PLX_VERDICT_SHARED_STRENGTH] = "shared_strength",
        [PLX_VERDICT_KNOWN_PROBLEM] = "known_problem",
        [PLX_VERDICT_AGREE] = "agree",
        [PLX_VERDICT_DIFFER] = "differ",
        [PLX_VERDICT_NOT_ENOUGH_YET] = "not_enough_yet",
        [PLX_VERDICT_SCALES_DIFFER] = "scales_differ",
        [PLX_VERDICT_OVERESTIMATES] = "overestimates",
        [PLX_VERDICT_UNDERESTIMATES] = "underestimates",
        [PLX_VERDICT_SEES_IT] = "sees_it",
    };
    g_return_val_if_fail((guint)verdict < G_N_ELEMENTS(codes), NULL);
    return codes[verdict];
}

const char *plx_suppression_code(enum plx_suppression suppression)
{
    switch (suppression) {
    case PLX_HIDDEN_FEW:
        return "few_persons";
    case PLX_HIDDEN_COMPLEMENTARY:
        return "complementary";
    case PLX_HIDDEN_FILTER:
        return "filter";
    case PLX_SHOWN:
        break;
    }
    return NULL;
}

void plx_gaps_free(plx_gaps *gaps)
{
    if (!gaps)
        return;
    if (gaps->memory)
        g_ptr_array_unref(gaps->memory);
    g_free(gaps);
}

/* Without a closed map only the answers tell which points there are. */
static gboolean check_point(const struct plx_collected *collected, GError **error)
{
    const plx_question *q = collected->question;
    if (!q->point || plx_map_is_closed(q->map))
        return TRUE;
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint s = 0; s < collected->answer->n_subjects; s++) {
        const struct plx_subject *subject = &collected->answer->subjects[s];
        if (subject->kind != q->kind)
            continue;
        if (strcmp(subject->id, q->point) == 0)
            return TRUE;
        g_ptr_array_add(ids, (gpointer)(guintptr)subject->id);
    }
    g_autofree char *near = plx_suggest_text(q->point, (const char *const *)ids->pdata, ids->len);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no point \"%s\"%s", q->point_text, near);
}

struct plx_first_needs *plx_gaps_first_needs(const plx_map *map, GError **error)
{
    const struct plx_gaps_options none = {0};
    plx_question *const question = plx_question_new(map, &none, error);
    return question ? plx_first_needs_new(question) : NULL;
}

plx_gaps *plx_gaps_read(plx_source *source, const struct plx_gaps_options *options, GError **error)
{
    g_autoptr(plx_question) question = plx_question_new(source->map, options, error);
    if (!question)
        return NULL;
    struct plx_collected *collected = plx_collect(source, question, error);
    if (!collected)
        return NULL;
    plx_gaps *gaps = NULL;
    if (check_point(collected, error) && plx_check_matches(source, collected, error)) {
        struct plx_exact exact;
        plx_exact_build(&exact, question, collected);
        plx_suppress_cells(&exact);
        plx_exact_compare(&exact, options->seed);
        plx_suppress_foresight(&exact);
        plx_exact_notes(&exact);
        gaps = plx_privacy_release(&exact, source->name, error);
        plx_exact_clear(&exact);
    }
    plx_collected_free(collected);
    return gaps;
}
