/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/workshop.h"

#include "base/error.h"
#include "reading/privacy.h"

#include <string.h>

void plx_workshop_free(plx_workshop *workshop)
{
    if (!workshop)
        return;
    plx_gaps_free(workshop->gaps);
    if (workshop->memory)
        g_ptr_array_unref(workshop->memory);
    g_free(workshop);
}

/* Rows of sheets: those that say so, and those of a workshop or a table. */
static plx_filter *sheets_only(void)
{
    static const char *const workshop[] = {"workshop", NULL};
    static const char *const missing[] = {"", NULL};
    plx_filter *tests[] = {plx_filter_in(PLX_DIM_SOURCE, NULL, workshop),
                           plx_filter_not(plx_filter_in(PLX_DIM_WORKSHOP, NULL, missing)),
                           plx_filter_not(plx_filter_in(PLX_DIM_TABLE, NULL, missing))};
    return plx_filter_any(tests, G_N_ELEMENTS(tests));
}

/* By map index; all where none are named. The question of the gaps knows the errors. */
static gboolean find_audiences(const plx_map *map, const char *const *asked, gboolean *wanted,
                               GError **error)
{
    const struct plx_gaps_options options = {.audiences = asked};
    g_autoptr(plx_question) question = plx_question_new(map, &options, error);
    if (!question)
        return FALSE;
    memcpy(wanted, question->audiences, map->n_audiences * sizeof *wanted);
    return TRUE;
}

static plx_exact_workshop *hear(plx_source *source, const plx_codebook *book,
                                const struct plx_workshop_options *options,
                                struct plx_sayings **sayings, GError **error)
{
    const char *prompts[PLX_ASKED + 1] = {NULL};
    for (guint i = 0; i < PLX_ASKED; i++)
        prompts[i] = plx_asked_prompt(i);
    g_autofree gboolean *wanted = g_new0(gboolean, source->map->n_audiences);
    if (!find_audiences(source->map, options->audiences, wanted, error))
        return NULL;
    g_autoptr(plx_filter) filter = sheets_only();
    const struct plx_listen listen = {.prompts = prompts, .filter = filter};
    if (!plx_source_listen(source, &listen, sayings, error))
        return NULL;
    return plx_exact_workshop_new(source->map, *sayings, book, options->workshop, wanted, error);
}

static const struct plx_gaps_point *find_point(const plx_gaps *gaps, const char *id)
{
    for (guint p = 0; gaps->n_groups && p < gaps->groups[0].n_points; p++)
        if (strcmp(gaps->groups[0].points[p].point, id) == 0)
            return &gaps->groups[0].points[p];
    return NULL;
}

static const struct plx_theme *coded(const plx_codebook *book, gint64 id)
{
    for (guint i = 0; book && id >= 0 && i < plx_codebook_themes(book); i++)
        if (plx_codebook_theme(book, i)->id == (guint32)id)
            return plx_codebook_theme(book, i);
    return NULL;
}

static void attach_part(const plx_workshop *workshop, const plx_codebook *book,
                        struct plx_workshop_part *part)
{
    for (guint t = 0; t < part->n_themes; t++) {
        struct plx_workshop_theme *theme = &part->themes[t];
        const struct plx_theme *of = coded(book, theme->id);
        theme->n_points = 0;
        for (guint i = 0; of && workshop->gaps && i < of->n_points; i++) {
            const struct plx_gaps_point *point = find_point(workshop->gaps, of->points[i]);
            if (point)
                theme->points[theme->n_points++] = point;
        }
    }
}

static gboolean any_tied(const struct plx_workshop_part *part)
{
    for (guint t = 0; t < part->n_themes; t++)
        if (part->themes[t].n_points)
            return TRUE;
    return FALSE;
}

/* What the ratings of the same source say of the points that themes are tied to: a released
 * document, nothing computed anew. Without ratings, or where they may not be shown, none. */
static gboolean attach_gaps(plx_workshop *workshop, plx_source *source, const plx_codebook *book,
                            const struct plx_workshop_options *options, GError **error)
{
    gboolean tied = any_tied(&workshop->overall);
    for (guint q = 0; q < PLX_ASKED; q++)
        tied = tied || any_tied(&workshop->parts[q]);
    g_autoptr(GError) failure = NULL;
    if (tied) {
        const struct plx_gaps_options asked = {.audiences = options->audiences,
                                               .seed = options->seed};
        workshop->gaps = plx_gaps_read(source, &asked, &failure);
    }
    if (failure && !g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_SHOWN) &&
        !g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_FOUND) &&
        !g_error_matches(failure, PLX_ERROR, PLX_ERROR_USAGE)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    attach_part(workshop, book, &workshop->overall);
    for (guint q = 0; q < PLX_ASKED; q++)
        attach_part(workshop, book, &workshop->parts[q]);
    return TRUE;
}

static void free_sayings(struct plx_sayings **sayings)
{
    plx_sayings_free(*sayings);
}

plx_workshop *plx_workshop_read(plx_source *source, const plx_codebook *book,
                                const struct plx_workshop_options *options, GError **error)
{
    __attribute__((cleanup(free_sayings))) struct plx_sayings *sayings = NULL;
    g_autoptr(plx_exact_workshop) exact = hear(source, book, options, &sayings, error);
    if (!exact)
        return NULL;
    g_autoptr(plx_workshop) workshop = plx_privacy_release_workshop(exact, source->name, error);
    if (!workshop || !attach_gaps(workshop, source, book, options, error))
        return NULL;
    char *asked = g_strdup(options->workshop);
    g_ptr_array_add(workshop->memory, asked);
    workshop->asked = asked;
    return g_steal_pointer(&workshop);
}
