/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "map/map_owner.h"
#include "report/step.h"
#include "report/suggestion.h"
#include "report/words.h"

#include <string.h>

const char *plx_suggestion_tied(const struct plx_suggestion *suggestion, const plx_map *map)
{
    if (!suggestion->point)
        return NULL;
    const struct plx_owner owner = plx_map_resolve(map, PLX_SUBJECT_POINT, suggestion->point);
    const char *title = NULL;
    if (owner.state == PLX_OWNER_CURRENT)
        title = map->points[owner.index].title;
    else if (owner.state == PLX_OWNER_RETIRED)
        title = map->retired[owner.index].title;
    return title ? title : owner.id;
}

char *plx_suggestions_late_words(gint64 late)
{
    if (late <= 0)
        return NULL;
    if (late == 1)
        return g_strdup_printf("1 suggestion or complaint has waited for an answer for more than "
                               "%d days.",
                               PLX_SUGGESTION_LATE);
    g_autoptr(GString) count = g_string_new(NULL);
    plx_words_count(count, late);
    return g_strdup_printf("%s suggestions and complaints have waited for an answer for more than "
                           "%d days.",
                           count->str, PLX_SUGGESTION_LATE);
}

static void append_days(GString *out, gint days)
{
    plx_words_count(out, days);
    g_string_append(out, days == 1 ? " day" : " days");
}

/* Several ---------------------------------------------------------------------------------- */

/* The first of those that wait is the oldest; those without a date come last. */
static char *lead_of(const struct plx_suggestion_view *view)
{
    GString *const out = g_string_new(NULL);
    guint waiting = 0;
    for (guint i = 0; i < view->chosen->len; i++)
        waiting += ((const struct plx_suggestion *)view->chosen->pdata[i])->text == NULL;
    if (view->chosen->len == 0 && view->among > 0) {
        g_string_append(out, "None of ");
        plx_words_count(out, view->among);
        g_string_append(out, " waits for an answer.");
    } else if (view->chosen->len == 0)
        g_string_append(out, view->list->n == 0 ? "Nobody gave a suggestion or complaint yet."
                                                : "No suggestion or complaint is like this.");
    else if (waiting == 0)
        g_string_append(out, view->chosen->len == 1 ? "It has an answer."
                                                    : "All of these have an answer.");
    else {
        const gint days = plx_suggestion_days(view->chosen->pdata[0], view->day);
        plx_words_count(out, waiting);
        g_string_append(out, " of ");
        plx_words_count(out, MAX(view->chosen->len, view->among));
        g_string_append(out, waiting == 1 ? " waits for an answer" : " wait for an answer");
        if (days > 0) {
            g_string_append(out, waiting == 1 ? ", for " : ", the oldest for ");
            append_days(out, days);
        }
        g_string_append_c(out, '.');
    }
    return g_string_free(out, FALSE);
}

/* "Doorstep, York": what it is about, else what it was tied to. */
static char *about_of(const struct plx_suggestion *suggestion, const plx_map *map)
{
    const struct plx_letter *const letter = suggestion->letter;
    const char *const tied = plx_suggestion_tied(suggestion, map);
    const char *const about = letter->title ? letter->title : tied;
    if (!about || !letter->place)
        return g_strdup(about ? about : letter->place);
    return g_strdup_printf("%s, %s", about, letter->place);
}

static void add_row(plx_story *story, const struct plx_suggestion_view *view, guint i)
{
    const struct plx_suggestion *const suggestion = view->chosen->pdata[i];
    const plx_map *const map = view->list->letters->map;
    const gint days = plx_suggestion_days(suggestion, view->day);
    g_autofree char *number = plx_suggestion_number(suggestion);
    g_autofree char *about = about_of(suggestion, map);
    number[view->list->digits] = '\0';
    plx_story_cell(story, number);
    if (days == PLX_SUGGESTION_NO_DAYS)
        plx_story_cell(story, NULL);
    else
        plx_story_cellf(story, "%d", days);
    plx_story_cell(story, plx_suggestion_state_name(suggestion->state));
    plx_story_cell(story, suggestion->text      ? "given"
                          : suggestion->awaited ? "waits, private"
                                                : "waits");
    plx_story_cell(story, suggestion->letter->prompt);
    plx_story_cell(story, about);
    plx_story_cell(story, suggestion->letter->text);
}

static void add_hidden(plx_story *story, const plx_letters *letters)
{
    for (guint i = 0; i < letters->n_hidden; i++) {
        const struct plx_letters_hidden *const hidden = &letters->hidden[i];
        const struct plx_audience *const audience = &letters->map->audiences[hidden->audience];
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_append_printf(text, "Not shown: %u of ", hidden->letters);
        plx_words_audience_people(audience->id, audience->title, text);
        g_string_append_printf(text,
                               ". %" G_GUINT64_FORMAT " %s answered; from %u on it is shown and "
                               "can be answered, so that nobody is singled out (or, if all of "
                               "them agree: --named %s).",
                               hidden->persons, hidden->persons == 1 ? "person" : "people",
                               hidden->minimum, audience->id);
        plx_story_note(story, text->str);
    }
}

plx_story *plx_suggestions_story(const struct plx_suggestion_view *view)
{
    static const struct plx_story_column columns[] = {
        {"Number", PLX_STORY_TEXT}, {"Days", PLX_STORY_NUMBER}, {"State", PLX_STORY_TEXT},
        {"Answer", PLX_STORY_TEXT}, {"Kind", PLX_STORY_TEXT},   {"About", PLX_STORY_WORDS},
        {"Words", PLX_STORY_WORDS}};
    plx_story *const story = plx_story_new("suggestions", "Suggestions and complaints");
    g_autofree char *lead = lead_of(view);
    plx_story_lead(story, lead);
    if (view->chosen->len > 0)
        plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < view->chosen->len; i++)
        add_row(story, view, i);
    add_hidden(story, view->list->letters);
    return story;
}

/* One --------------------------------------------------------------------------------------- */

/* "Complaint 3f9a1c2e of customers, 2025-03-01, York, about “Doorstep”." */
static char *whence(const struct plx_letter *letter, const char *number, const plx_map *map)
{
    const struct plx_audience *const audience = &map->audiences[letter->audience];
    const gboolean complaint = strcmp(letter->prompt, "complaint") == 0;
    GString *const out = g_string_new(complaint ? "Complaint " : "Suggestion ");
    char day[PLX_DATE_SIZE];
    g_string_append_printf(out, "%s of ", number);
    plx_words_audience_people(audience->id, audience->title, out);
    if (letter->day != PLX_NO_DAY)
        g_string_append_printf(out, ", %s", plx_date_format(letter->day, day));
    if (letter->place)
        g_string_append_printf(out, ", %s", letter->place);
    if (letter->title)
        g_string_append_printf(out, ", about “%s”", letter->title);
    g_string_append_c(out, '.');
    return g_string_free(out, FALSE);
}

static char *standing(const struct plx_suggestion *suggestion, const plx_map *map, gint32 day)
{
    GString *const out = g_string_new("State: ");
    const gint days = plx_suggestion_days(suggestion, day);
    const char *const tied = plx_suggestion_tied(suggestion, map);
    g_string_append(out, plx_suggestion_state_name(suggestion->state));
    if (tied)
        g_string_append_printf(out, "; tied to “%s”", tied);
    if (suggestion->step)
        g_string_append_printf(out, "; tied to step %" G_GINT64_FORMAT, suggestion->step);
    g_string_append(out, suggestion->text ? ". Answered" : ". Waits for an answer");
    if (days != PLX_SUGGESTION_NO_DAYS) {
        g_string_append(out, suggestion->text ? " after " : ", for ");
        append_days(out, days);
    }
    g_string_append_c(out, '.');
    return g_string_free(out, FALSE);
}

/* "2026-11-26T09:30:00Z, anna: doing, point doorstep, step 1" */
static void add_answer(plx_story *story, const struct plx_suggestion_answer *answer)
{
    g_autofree char *time = plx_step_time(answer->utc_seconds);
    g_autoptr(GString) title = g_string_new(NULL);
    g_string_printf(title, "%s, %s: %s", time, answer->author,
                    plx_suggestion_state_name(answer->state));
    if (answer->point)
        g_string_append_printf(title, ", point %s", answer->point);
    if (answer->step)
        g_string_append_printf(title, ", step %" G_GINT64_FORMAT, answer->step);
    plx_story_item(story, title->str, answer->text);
}

plx_story *plx_suggestion_story(const struct plx_suggestion_view *view)
{
    const struct plx_suggestion *const suggestion = view->chosen->pdata[0];
    const plx_map *const map = view->list->letters->map;
    g_autofree char *number = plx_suggestion_number(suggestion);
    g_autofree char *words = g_strdup_printf("“%s”", suggestion->letter->text);
    g_autofree char *state = standing(suggestion, map, view->day);
    number[view->list->digits] = '\0';
    g_autofree char *from = whence(suggestion->letter, number, map);
    plx_story *const story = plx_story_new("suggestion", "A suggestion");
    plx_story_lead(story, words);
    plx_story_say(story, from);
    plx_story_say(story, state);
    if (suggestion->answers->len > 0)
        plx_story_heading(story, "What was answered");
    for (guint i = 0; i < suggestion->answers->len; i++)
        add_answer(story, suggestion->answers->pdata[i]);
    if (suggestion->hash) {
        g_autofree char *time = plx_step_time(suggestion->linked);
        g_autofree char *link = g_strdup_printf("A private link was made on %s.", time);
        plx_story_quiet(story, link);
    }
    return story;
}
