/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/reveal_parts.h"

#include "base/number.h"
#include "chart/guesses.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

void plx_reveal_strip(struct plx_reveal *reveal, const struct plx_moment *moment, gboolean dots)
{
    const gboolean own = dots && plx_guess_state(moment) == PLX_GUESS_HIDDEN;
    const gboolean told = plx_truth_state(moment) == PLX_TRUTH_SHOWN;
    const struct plx_voice *spread = moment->spread;
    const struct plx_guesses guesses = {
        .counts = dots && spread && spread->k == PLX_GUESSES ? spread->counts : NULL,
        .guessed = moment->belief->believed,
        .said = told ? moment->served->desired_share : (double)NAN,
        .said_lo = told ? moment->served->desired_ci.lo : (double)NAN,
        .said_hi = told ? moment->served->desired_ci.hi : (double)NAN,
        .own = own};
    g_autoptr(plx_svg) svg = plx_guesses_draw(&guesses);
    plx_html_svg(reveal->html, svg);
}

static void write_people(struct plx_reveal *reveal, double share, const char *colour,
                         const char *whose, const GString *said)
{
    g_autofree char *label = g_strdup_printf("%s: %s", whose, said->len ? said->str : "not shown");
    g_autoptr(plx_svg) svg = plx_guesses_people(share, colour, label);
    plx_html_svg(reveal->html, svg);
}

/* "You said 8 in 10". What is no number is said smaller, and has no figures: ten empty ones would
 * be "0 in 10". */
static void write_say(struct plx_reveal *reveal, const char *who, const char *what, gboolean number)
{
    plx_html_open_class(reveal->html, "p", "say");
    plx_html_textf(reveal->html, "%s ", who);
    plx_html_element(reveal->html, "strong", number ? NULL : "none", what);
    plx_html_close(reveal->html);
}

/* The eleven buttons of the own guess; on paper a line to write on. */
static void write_keys(struct plx_reveal *reveal)
{
    plx_html_element(reveal->html, "p", "pen", "Your own guess: ____ in 10");
    plx_html_open_class(reveal->html, "div", "keys");
    plx_html_attribute(reveal->html, "role", "group");
    plx_html_attribute(reveal->html, "aria-label", "Your own guess, of 10");
    plx_html_attribute(reveal->html, "hidden", "hidden");
    for (int i = 0; i <= 10; i++) {
        g_autofree char *number = g_strdup_printf("%d", i);
        plx_html_open(reveal->html, "button");
        plx_html_attribute(reveal->html, "type", "button");
        plx_html_attribute(reveal->html, "data-guess", number);
        plx_html_attribute(reveal->html, "aria-pressed", "false");
        plx_html_text(reveal->html, number);
        plx_html_close(reveal->html);
    }
    plx_html_close(reveal->html);
}

static void write_guess(struct plx_reveal *reveal, const struct plx_moment *moment)
{
    g_autoptr(GString) said = g_string_new(NULL);
    g_autoptr(GString) evidence = g_string_new(NULL);
    const enum plx_guess_state state = plx_guess_state(moment);
    plx_words_guess_evidence(reveal->beliefs, moment, PLX_WORDS_ROOM, evidence);
    plx_html_open_class(reveal->html, "div",
                        state == PLX_GUESS_HIDDEN ? "side guess alone" : "side guess");
    if (state == PLX_GUESS_SHOWN)
        plx_words_guessed(moment, said);
    if (state == PLX_GUESS_HIDDEN)
        write_say(reveal, "Your own guess", "–", TRUE);
    else
        write_say(reveal, "You said", said->len ? said->str : "not shown", said->len > 0);
    if (state != PLX_GUESS_MASKED)
        write_people(reveal, moment->belief->believed, "ten-front", "You", said);
    if (state == PLX_GUESS_HIDDEN)
        write_keys(reveal);
    plx_slides_line(reveal->html, "evidence", evidence);
    g_string_truncate(said, 0);
    plx_words_spread(moment, said);
    plx_slides_line(reveal->html, "aside", said);
    plx_html_close(reveal->html);
}

static void write_truth(struct plx_reveal *reveal, const struct plx_moment *moment)
{
    g_autoptr(GString) said = g_string_new(NULL);
    g_autoptr(GString) evidence = g_string_new(NULL);
    const enum plx_truth_state state = plx_truth_state(moment);
    const gboolean shown = state == PLX_TRUTH_SHOWN;
    plx_words_truth_evidence(reveal->beliefs, moment, evidence);
    if (shown)
        plx_words_said(moment, said);
    plx_html_open_class(reveal->html, "div", "side truth");
    write_say(reveal, "They said",
              shown                       ? said->str
              : state == PLX_TRUTH_NOBODY ? "nothing yet"
              : state == PLX_TRUTH_NO_CUT ? "their own marks"
                                          : "not shown",
              shown);
    if (shown)
        write_people(reveal, moment->served->desired_share, "ten-base", "They", said);
    plx_slides_line(reveal->html, "evidence", evidence);
    plx_html_close(reveal->html);
}

/* The answers on their own scale, with the good ones marked. */
static void write_answers(struct plx_reveal *reveal, const struct plx_voice *voice)
{
    g_autoptr(GString) label = g_string_new(NULL);
    g_autofree gint64 *counts = voice ? plx_page_answers(voice, label) : NULL;
    if (!counts)
        return;
    const struct plx_scale *scale = voice->scale;
    g_autofree int *values = g_new(int, voice->k);
    for (guint i = 0; i < voice->k; i++)
        values[i] = scale->down ? scale->max - (int)i : scale->min + (int)i;
    const guint good = scale->desired == PLX_NO_CUT ? voice->k
                       : scale->down                ? (guint)(scale->max - scale->desired)
                                                    : (guint)(scale->desired - scale->min);
    g_autoptr(plx_svg) svg = plx_guesses_answers(counts, values, voice->k, good, label->str);
    plx_html_open_class(reveal->html, "figure", "side own-scale truth");
    plx_html_svg(reveal->html, svg);
    g_string_truncate(label, 0);
    g_string_append_printf(label, "Their answers, %d to %d", values[0], values[voice->k - 1]);
    plx_html_title(reveal->html, "figcaption", NULL, label->str);
    plx_html_close(reveal->html);
}

static void write_number(struct plx_reveal *reveal, const char *name, double value)
{
    char text[PLX_NUMBER_SIZE];
    if (isfinite(value))
        plx_html_attribute(reveal->html, name, plx_number_format(value, 6, text));
}

/* What the script needs to set an own guess beside the truth. */
static void write_data(struct plx_reveal *reveal, const struct plx_moment *moment)
{
    if (plx_guess_state(moment) != PLX_GUESS_HIDDEN || plx_truth_state(moment) != PLX_TRUTH_SHOWN)
        return;
    write_number(reveal, "data-said", moment->served->desired_share);
    write_number(reveal, "data-lo", moment->served->desired_ci.lo);
    write_number(reveal, "data-hi", moment->served->desired_ci.hi);
}

void plx_reveal_moment(struct plx_reveal *reveal, guint m)
{
    const struct plx_moment *moment = &reveal->group->moments[m];
    const struct plx_gaps_point *point = moment->point;
    g_autofree char *id = g_strdup_printf("m%u", m + 1);
    g_autofree char *class_name =
        g_strdup_printf("moment %s", moment->belief->verdict == PLX_VERDICT_NONE
                                         ? "open"
                                         : plx_verdict_code(moment->belief->verdict));
    g_autoptr(GString) text = g_string_new(NULL);
    plx_slides_open(reveal->html, class_name, id);
    write_data(reveal, moment);
    if (point->transaction_title)
        g_string_append_printf(text, "%s · ", point->transaction_title);
    g_string_append_printf(text, "%u of %u", m + 1, reveal->group->n_moments);
    plx_slides_heading(reveal->html, text->str, point->title);
    plx_html_open_class(reveal->html, "div", "sides");
    write_guess(reveal, moment);
    write_truth(reveal, moment);
    write_answers(reveal, moment->served);
    plx_html_close(reveal->html);
    plx_reveal_strip(reveal, moment, TRUE);
    g_string_truncate(text, 0);
    plx_words_moment_verdict(reveal->beliefs, moment, PLX_WORDS_ROOM, text);
    plx_html_element(reveal->html, "p", "verdict truth", text->str);
    plx_html_close(reveal->html);
}
