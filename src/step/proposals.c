/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/proposals.h"

#include "base/error.h"
#include "map/map_owner.h"
#include "step/proposals_private.h"

#include <math.h>
#include <string.h>

const char *plx_next_outcome_code(enum plx_next_outcome outcome)
{
    static const char *const codes[] = {"recommended", "tie", "measure_first", "explain_better",
                                        "nothing_needed"};
    return codes[outcome];
}

const char *plx_next_reason_code(enum plx_next_reason reason)
{
    static const char *const codes[] = {"first",    "near",      "no_difference",  "few_answers",
                                        "not_sure", "no_levels", "all_as_expected"};
    return codes[reason];
}

const char *plx_next_kind_code(enum plx_next_kind kind)
{
    static const char *const codes[] = {"short", "better", "did"};
    g_return_val_if_fail((guint)kind < PLX_NEXT_KINDS, NULL);
    return codes[kind];
}

void plx_next_free(plx_next *next)
{
    if (!next)
        return;
    plx_consistency_free(next->consistency);
    plx_promises_free(next->promises);
    plx_drivers_free(next->drivers);
    plx_ways_free(next->ways);
    if (next->gaps)
        plx_about_clear(&next->about);
    plx_gaps_free(next->gaps);
    g_clear_pointer(&next->steps, g_ptr_array_unref);
    g_clear_pointer(&next->memory, g_ptr_array_unref);
    g_free(next);
}

/* A reading that has nothing to say, or nothing that may be shown, is left out. */
static gboolean is_left_out(GError **failure, GError **error)
{
    if (!*failure)
        return TRUE;
    const gboolean none = plx_error_is_nothing(*failure);
    if (none)
        g_clear_error(failure);
    else
        g_propagate_error(error, g_steal_pointer(failure));
    return none;
}

static gboolean read_others(plx_next *next, plx_source *source,
                            const struct plx_gaps_options *options, GError **error)
{
    GError *failure = NULL;
    next->ways = plx_ways_read(source, options, &failure);
    if (!is_left_out(&failure, error))
        return FALSE;
    struct plx_gaps_options whole = *options;
    whole.measure = NULL;
    next->drivers = plx_drivers_read(source, &whole, &failure);
    next->no_whole = g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    if (!is_left_out(&failure, error))
        return FALSE;
    next->promises = plx_promises_read(source, &whole, &failure);
    if (!is_left_out(&failure, error))
        return FALSE;
    next->consistency = plx_consistency_read(source, options, &failure);
    return is_left_out(&failure, error);
}

static gboolean check(const struct plx_gaps_options *options, GError **error)
{
    if (options->measure && strcmp(options->measure, "level") != 0)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--measure \"%s\": steps go from one level to the next; leave it out",
                         options->measure);
    if (options->by)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--by %s: there is one next step; --where chooses a part of the answers",
                         options->by);
    return TRUE;
}

plx_next *plx_next_read(plx_source *source, const struct plx_gaps_options *options, GError **error)
{
    if (!check(options, error))
        return NULL;
    g_autoptr(plx_next) next = g_new0(plx_next, 1);
    next->memory = g_ptr_array_new_with_free_func(g_free);
    next->waiting = PLX_NO_COUNT;
    next->gaps = plx_gaps_read(source, options, error);
    if (!next->gaps)
        return NULL;
    plx_next_about(next);
    if (!read_others(next, source, options, error))
        return NULL;
    GArray *found = g_array_new(FALSE, TRUE, sizeof(struct plx_proposal));
    plx_next_gather(next, found);
    next->n = found->len;
    next->proposals = (struct plx_proposal *)g_array_free(found, FALSE);
    if (next->proposals)
        g_ptr_array_add(next->memory, next->proposals);
    plx_next_rank(next, options->seed);
    for (guint i = 0; i < next->n; i++)
        plx_next_evidence(next, &next->proposals[i], options->seed);
    if (!plx_next_listen(next, source, options, error))
        return NULL;
    return g_steal_pointer(&next);
}

void plx_next_take_steps(plx_next *next, GPtrArray *steps)
{
    next->steps = steps;
    for (guint s = 0; s < steps->len; s++) {
        const struct plx_step *const step = steps->pdata[s];
        const struct plx_owner owner =
            plx_map_resolve(next->about.map, PLX_SUBJECT_POINT, step->plan->point);
        for (guint i = 0; step->state != PLX_STEP_STOPPED && i < next->n; i++)
            if (strcmp(next->proposals[i].point, owner.id) == 0)
                next->proposals[i].under_way = step;
    }
}
