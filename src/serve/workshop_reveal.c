/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/workshop_reveal.h"

#include "base/error.h"
#include "reading/beliefs.h"
#include "report/words.h"
#include "report/words_beliefs.h"
#include "serve/people.h"
#include "serve/texts.h"
#include "store/aside.h"

#include <math.h>

struct plx_workshop_reveal {
    const plx_map *map;
    plx_beliefs *beliefs; /* or NULL: nothing may be shown, or there is nothing */
    guint *moments;       /* n_moments: those of beliefs that have something to show */
    guint n_moments, skipped;
    gboolean any_truth;
};

/* Anything of what those who are served said that may be shown. */
static gboolean has_truth(const plx_gaps *gaps)
{
    for (guint p = 0; gaps && gaps->n_groups > 0 && p < gaps->groups[0].n_points; p++) {
        const struct plx_gaps_point *const point = &gaps->groups[0].points[p];
        for (guint v = 0; v < point->n_voices; v++)
            if (gaps->served[point->voices[v].audience] && isfinite(point->voices[v].desired_share))
                return TRUE;
    }
    return FALSE;
}

static void free_reveal(gpointer data)
{
    plx_workshop_reveal *const reveal = data;
    plx_beliefs_free(reveal->beliefs);
    g_free(reveal->moments);
    g_free(reveal);
}

/* FALSE: it is more than that there is nothing. */
static gboolean is_nothing(GError **failure, GError **error)
{
    if (*failure && !plx_error_is_nothing(*failure)) {
        g_propagate_error(error, g_steal_pointer(failure));
        return FALSE;
    }
    g_clear_error(failure);
    return TRUE;
}

/* Neither guess nor truth: there is nothing to look at. */
static void choose_moments(plx_workshop_reveal *reveal)
{
    const plx_beliefs *const beliefs = reveal->beliefs;
    const struct plx_beliefs_group *const group =
        beliefs && beliefs->n_groups > 0 ? &beliefs->groups[0] : NULL;
    reveal->moments = g_new0(guint, group ? group->n_moments + 1 : 1);
    for (guint i = 0; group && i < group->n_moments; i++) {
        const struct plx_moment *const moment = &group->moments[i];
        if (plx_guess_state(moment) == PLX_GUESS_SHOWN ||
            plx_truth_state(moment) == PLX_TRUTH_SHOWN)
            reveal->moments[reveal->n_moments++] = i;
        else
            reveal->skipped++;
    }
}

static gpointer make_reveal(plx_store *store, GError **error)
{
    const struct plx_gaps_options options = {.seed = 1};
    g_autoptr(GError) failure = NULL;
    g_autoptr(plx_source) source = plx_store_source(store, 1);
    plx_beliefs *const beliefs = plx_beliefs_read(source, &options, &failure);
    if (!is_nothing(&failure, error))
        return NULL;
    plx_workshop_reveal *const reveal = g_new0(plx_workshop_reveal, 1);
    reveal->map = plx_store_map(store);
    reveal->beliefs = beliefs;
    choose_moments(reveal);
    g_autoptr(plx_gaps) gaps = plx_gaps_read(source, &options, &failure);
    if (!is_nothing(&failure, error)) {
        free_reveal(reveal);
        return NULL;
    }
    reveal->any_truth = has_truth(gaps);
    return reveal;
}

const plx_workshop_reveal *plx_workshop_reveal_read(plx_store *store, GError **error)
{
    return plx_store_aside(store, make_reveal, free_reveal, error);
}

gboolean plx_workshop_reveal_any_truth(const plx_workshop_reveal *reveal)
{
    return reveal->any_truth;
}

guint plx_workshop_reveal_moments(const plx_workshop_reveal *reveal)
{
    return reveal->n_moments;
}

guint plx_workshop_reveal_skipped(const plx_workshop_reveal *reveal)
{
    return reveal->skipped;
}

static const struct plx_moment *moment_of(const plx_workshop_reveal *reveal, guint moment)
{
    return &reveal->beliefs->groups[0].moments[reveal->moments[moment]];
}

const char *plx_workshop_reveal_title(const plx_workshop_reveal *reveal, guint moment,
                                      const char *language)
{
    const struct plx_gaps_point *const point = moment_of(reveal, moment)->point;
    return point->map_point >= 0
               ? plx_map_text(reveal->map, reveal->map->points[point->map_point].title, language)
               : point->title;
}

const char *plx_workshop_reveal_point(const plx_workshop_reveal *reveal, guint moment)
{
    return moment_of(reveal, moment)->point->point;
}

/* What was said, the range around it and every guess are of one unit. */
char *plx_workshop_reveal_number(double share)
{
    GString *const words = g_string_new(NULL);
    plx_words_percent(words, share);
    return g_string_free(words, FALSE);
}

/* <p class="say">You said <strong>80 %</strong></p> */
static void put_say(plx_html *html, const char *who, const char *number)
{
    plx_html_open_class(html, "p", "say");
    plx_html_textf(html, "%s ", who);
    plx_html_element(html, "strong", NULL, number);
    plx_html_close(html);
}

void plx_workshop_reveal_put_guess(const plx_workshop_reveal *reveal, guint moment,
                                   const char *language, plx_html *html)
{
    const struct plx_moment *const m = moment_of(reveal, moment);
    plx_html_open_class(html, "div", "guess");
    if (plx_guess_state(m) == PLX_GUESS_SHOWN) {
        g_autofree char *number = plx_workshop_reveal_number(m->belief->believed);
        put_say(html, plx_texts(language, "workshop.reveal.you"), number);
    } else {
        plx_html_element(html, "p", NULL, plx_texts(language, "workshop.reveal.hidden"));
    }
    plx_html_close(html);
}

/* A range, as the reading prints it, and of how many. */
static void put_range(const struct plx_voice *served, const char *language, plx_html *html)
{
    if (!isfinite(served->desired_ci.lo) || !isfinite(served->desired_ci.hi))
        return;
    g_autofree char *low = plx_workshop_reveal_number(served->desired_ci.lo);
    g_autofree char *high = plx_workshop_reveal_number(served->desired_ci.hi);
    g_autofree char *n = g_strdup_printf("%" G_GINT64_FORMAT, served->n);
    g_autofree char *text =
        plx_texts_fill(language, "workshop.reveal.range", low, high, n, (char *)NULL);
    plx_html_element(html, "p", "quiet", text);
}

static const char *verdict_key(enum plx_verdict verdict)
{
    return verdict == PLX_VERDICT_OVERESTIMATES    ? "workshop.reveal.over"
           : verdict == PLX_VERDICT_UNDERESTIMATES ? "workshop.reveal.under"
           : verdict == PLX_VERDICT_SEES_IT        ? "workshop.reveal.right"
                                                   : "workshop.reveal.open";
}

void plx_workshop_reveal_put_truth(const plx_workshop_reveal *reveal, guint moment,
                                   const char *language, plx_html *html)
{
    const struct plx_moment *const m = moment_of(reveal, moment);
    plx_html_open_class(html, "div", "truth");
    if (plx_truth_state(m) == PLX_TRUTH_SHOWN) {
        const char *const people = plx_people_label(
            reveal->map, reveal->beliefs->gaps->audiences[reveal->beliefs->about], language);
        g_autofree char *they =
            plx_texts_fill(language, "workshop.reveal.they", people, (char *)NULL);
        g_autofree char *number = plx_workshop_reveal_number(m->served->desired_share);
        put_say(html, they, number);
        put_range(m->served, language, html);
        if (plx_guess_state(m) == PLX_GUESS_SHOWN)
            plx_html_element(html, "p", "verdict",
                             plx_texts(language, verdict_key(m->belief->verdict)));
    } else {
        plx_html_element(html, "p", NULL, plx_texts(language, "workshop.reveal.unknown"));
    }
    plx_html_close(html);
}
