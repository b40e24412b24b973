/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people wrote at the points that stand first. */
#include "step/proposals_private.h"

#include "reading/reach.h"

#include <string.h>

static const char *const prompts_heard[] = {"comment",    "complaint", "better",
                                            "suggestion", "did",       NULL};

static gint audience_of(const plx_next *next)
{
    const plx_map *map = next->about.map;
    for (guint a = 0; next->about.audience && a < map->n_audiences; a++)
        if (strcmp(map->audiences[a].id, next->about.audience) == 0)
            return (gint)a;
    return -1;
}

#define HEARD_MAX (PLX_NEXT_QUOTED + PLX_NEXT_QUOTED_BLIND)

static gboolean is_blind(const plx_next *next, const struct plx_proposal *p)
{
    const struct plx_gaps_group *group = next->gaps->n_groups ? &next->gaps->groups[0] : NULL;
    for (guint i = 0; group && i < group->n_points; i++)
        for (guint k = 0; k < group->points[i].n_gaps; k++)
            if (group->points[i].gaps[k].verdict == PLX_VERDICT_BLIND_SPOT &&
                strcmp(group->points[i].point, p->point) == 0)
                return TRUE;
    return FALSE;
}

/* Which proposals have quotes: the first, and those of blind spots, whose people's answers are
 * shown. Fills `which` with their numbers; how many. */
static guint heard(const plx_next *next, const struct plx_reach *reach, guint which[HEARD_MAX])
{
    guint n = 0;
    for (guint i = 0; i < next->n && n < HEARD_MAX; i++) {
        const struct plx_proposal *p = &next->proposals[i];
        if ((i < PLX_NEXT_QUOTED || is_blind(next, p)) &&
            plx_reach_allows(reach, (guint64)MAX(p->voice->persons, 0)))
            which[n++] = i;
    }
    return n;
}

/* A level of the scale, in the same row. */
static int level_of(const struct plx_proposal *p, const struct plx_saying *saying)
{
    return saying->level >= p->scale->min && saying->level <= p->scale->max ? saying->level
                                                                            : PLX_CELL_EMPTY;
}

static gboolean is_worse(const struct plx_scale *scale, int level, int than)
{
    return scale->down ? level > than : level < than;
}

static gboolean is_of(const struct plx_proposal *p, enum plx_next_kind kind,
                      const struct plx_saying *saying)
{
    const int level = level_of(p, saying);
    if (saying->kind != PLX_SUBJECT_POINT || !saying->subject ||
        strcmp(saying->subject, p->point) != 0)
        return FALSE;
    switch (kind) {
    case PLX_NEXT_SHORT:
        return strcmp(saying->prompt, "complaint") == 0 ||
               (strcmp(saying->prompt, "comment") == 0 && level != PLX_CELL_EMPTY &&
                is_worse(p->scale, level, p->above ? p->to : p->scale->met));
    case PLX_NEXT_BETTER:
        return strcmp(saying->prompt, "better") == 0 || strcmp(saying->prompt, "suggestion") == 0;
    case PLX_NEXT_DID:
        return strcmp(saying->prompt, "did") == 0;
    case PLX_NEXT_KINDS:
        break;
    }
    return FALSE;
}

static gboolean fill_kind(plx_next *next, const struct plx_proposal *p, enum plx_next_kind kind,
                          const struct plx_sayings *sayings, struct plx_next_quotes *out,
                          GError **error)
{
    g_autofree struct plx_next_said *said = g_new0(struct plx_next_said, sayings->n + 1);
    g_autofree guint *index = g_new0(guint, sayings->n + 1);
    guint n = 0, chosen[PLX_NEXT_QUOTES];
    for (guint i = 0; i < sayings->n; i++) {
        const struct plx_saying *it = &sayings->sayings[i];
        if (!is_of(p, kind, it))
            continue;
        index[n] = i;
        said[n++] = (struct plx_next_said){
            it->text, *it->language ? it->language : next->about.map->language, it->unit};
    }
    const gint found = plx_next_choose(said, n, PLX_NEXT_QUOTES, chosen, error);
    for (gint i = 0; i < found; i++) {
        const struct plx_saying *it = &sayings->sayings[index[chosen[i]]];
        struct plx_next_quote *quote = &out->quotes[out->n++];
        quote->prompt = g_intern_string(it->prompt);
        quote->level = level_of(p, it);
        quote->text = g_strdup(it->text);
        g_ptr_array_add(next->memory, (gpointer)(guintptr)quote->text);
    }
    return found >= 0;
}

static gboolean fill(plx_next *next, const guint *which, guint n, const struct plx_sayings *sayings,
                     GError **error)
{
    for (guint i = 0; i < n; i++) {
        struct plx_proposal *p = &next->proposals[which[i]];
        struct plx_next_quotes *quotes = g_new0(struct plx_next_quotes, PLX_NEXT_KINDS);
        g_ptr_array_add(next->memory, quotes);
        p->quotes = quotes;
        for (guint kind = 0; kind < PLX_NEXT_KINDS; kind++)
            if (!fill_kind(next, p, kind, sayings, &quotes[kind], error))
                return FALSE;
    }
    return TRUE;
}

/* Of these proposals, which all may be heard. */
static gboolean listen_to(plx_next *next, plx_source *source, const struct plx_reach *reach,
                          const guint *which, guint n, GError **error)
{
    if (n == 0)
        return TRUE;
    const char *ids[HEARD_MAX + 1] = {NULL};
    for (guint i = 0; i < n; i++)
        ids[i] = next->proposals[which[i]].point;
    plx_filter *both[] = {plx_filter_copy(reach->filter),
                          plx_filter_in(PLX_DIM_SUBJECT, NULL, ids)};
    g_autoptr(plx_filter) filter = plx_filter_all(both, G_N_ELEMENTS(both));
    const struct plx_listen listen = {.prompts = prompts_heard, .filter = filter};
    struct plx_sayings *sayings = NULL;
    if (!plx_source_listen(source, &listen, &sayings, error))
        return FALSE;
    const gboolean ok = fill(next, which, n, sayings, error);
    plx_sayings_free(sayings);
    return ok;
}

/* -1: those that are heard by themselves; else this proposal. */
static gboolean listen_as_asked(plx_next *next, plx_source *source,
                                const struct plx_gaps_options *options, gint one, GError **error)
{
    const gint audience = audience_of(next);
    g_autoptr(plx_question) question =
        audience < 0 ? NULL : plx_question_new(next->about.map, options, error);
    if (!question)
        return audience < 0;
    struct plx_reach reach;
    guint which[HEARD_MAX] = {(guint)MAX(one, 0)};
    plx_reach_init(&reach, question, (guint)audience);
    const guint n = one < 0 ? heard(next, &reach, which)
                    : plx_reach_allows(&reach, (guint64)MAX(next->proposals[one].voice->persons, 0))
                        ? 1
                        : 0;
    const gboolean ok = reach.hidden || listen_to(next, source, &reach, which, n, error);
    plx_reach_clear(&reach);
    return ok;
}

gboolean plx_next_listen(plx_next *next, plx_source *source, const struct plx_gaps_options *options,
                         GError **error)
{
    return listen_as_asked(next, source, options, -1, error);
}

gboolean plx_next_hear(plx_next *next, plx_source *source, const struct plx_gaps_options *options,
                       const char *point, const struct plx_next_quotes **quotes, GError **error)
{
    *quotes = NULL;
    for (guint i = 0; i < next->n; i++) {
        struct plx_proposal *const p = &next->proposals[i];
        if (strcmp(p->point, point) != 0)
            continue;
        if (!p->quotes && !listen_as_asked(next, source, options, (gint)i, error))
            return FALSE;
        *quotes = p->quotes;
    }
    return TRUE;
}
