/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/workshop_reveal.h"

#include "base/error.h"
#include "reading/beliefs.h"
#include "report/words_beliefs.h"
#include "serve/texts.h"
#include "store/aside.h"

#include <math.h>

struct plx_workshop_reveal {
    const plx_map *map;
    plx_beliefs *beliefs; /* or NULL: nothing may be shown, or there is nothing */
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
    return reveal->beliefs && reveal->beliefs->n_groups > 0 ? reveal->beliefs->groups[0].n_moments
                                                            : 0;
}

static const struct plx_moment *moment_of(const plx_workshop_reveal *reveal, guint moment)
{
    return &reveal->beliefs->groups[0].moments[moment];
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

/* <p class="say">You said <strong>8 / 10</strong></p>: in any language. */
static void put_say(plx_html *html, const char *who, const GString *words)
{
    g_auto(GStrv) parts = g_strsplit(words->str, " in ", 2);
    g_autofree char *number = g_strjoinv(" / ", parts);
    plx_html_open_class(html, "p", "say");
    plx_html_textf(html, "%s ", who);
    plx_html_element(html, "strong", NULL, number);
    plx_html_close(html);
}

void plx_workshop_reveal_put_guess(const plx_workshop_reveal *reveal, guint moment,
                                   const char *language, plx_html *html)
{
    const struct plx_moment *const m = moment_of(reveal, moment);
    g_autoptr(GString) words = g_string_new(NULL);
    plx_html_open_class(html, "div", "guess");
    if (plx_guess_state(m) == PLX_GUESS_SHOWN) {
        plx_words_guessed(m, words);
        put_say(html, plx_texts(language, "workshop.reveal.you"), words);
    } else {
        plx_html_element(html, "p", NULL, plx_texts(language, "workshop.reveal.hidden"));
    }
    plx_html_close(html);
}

/* A range in hundredths, and of how many. */
static void put_range(const struct plx_voice *served, const char *language, plx_html *html)
{
    g_autofree char *low = g_strdup_printf("%.0f", floor(100 * served->desired_ci.lo));
    g_autofree char *high = g_strdup_printf("%.0f", ceil(100 * served->desired_ci.hi));
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
    g_autoptr(GString) words = g_string_new(NULL);
    plx_html_open_class(html, "div", "truth");
    if (plx_truth_state(m) == PLX_TRUTH_SHOWN) {
        plx_words_said(m, words);
        put_say(html, plx_texts(language, "workshop.reveal.they"), words);
        put_range(m->served, language, html);
        if (plx_guess_state(m) == PLX_GUESS_SHOWN)
            plx_html_element(html, "p", "verdict",
                             plx_texts(language, verdict_key(m->belief->verdict)));
    } else {
        plx_html_element(html, "p", NULL, plx_texts(language, "workshop.reveal.unknown"));
    }
    plx_html_close(html);
}
