/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/json.h"
#include "report/csv_cells.h"
#include "report/step.h"
#include "report/suggestion.h"

static const char *kind_name(enum plx_subject_kind kind)
{
    static const char *const names[] = {NULL, "point", "journey", "task", "promise"};
    return names[kind];
}

static const char *audience_of(const struct plx_suggestion_view *view,
                               const struct plx_suggestion *suggestion)
{
    return view->list->letters->map->audiences[suggestion->letter->audience].id;
}

/* The last answer in words; NULL: it waits. */
static const struct plx_suggestion_answer *answered(const struct plx_suggestion *suggestion)
{
    for (guint i = suggestion->answers->len; i-- > 0;) {
        const struct plx_suggestion_answer *const answer = suggestion->answers->pdata[i];
        if (answer->text)
            return answer;
    }
    return NULL;
}

static const char *day_text(gint32 day, char out[PLX_DATE_SIZE])
{
    return day == PLX_NO_DAY ? NULL : plx_date_format(day, out);
}

/* JSON -------------------------------------------------------------------------------------- */

static void put_day(plx_json *json, const char *key, gint32 day)
{
    char text[PLX_DATE_SIZE];
    plx_json_string(json, key, day_text(day, text));
}

static void put_time(plx_json *json, const char *key, gint64 utc_seconds)
{
    g_autofree char *time = utc_seconds ? plx_step_time(utc_seconds) : NULL;
    plx_json_string(json, key, time);
}

static void put_step(plx_json *json, gint64 step)
{
    if (step)
        plx_json_integer(json, "step", step);
    else
        plx_json_null(json, "step");
}

static void put_about(plx_json *json, const struct plx_letter *letter)
{
    if (!letter->about) {
        plx_json_null(json, "about");
        return;
    }
    plx_json_begin_object(json, "about");
    plx_json_string(json, "kind", kind_name(letter->kind));
    plx_json_string(json, "id", letter->about);
    plx_json_string(json, "title", letter->title);
    plx_json_end_object(json);
}

static void put_answers(plx_json *json, const GPtrArray *answers)
{
    plx_json_begin_array(json, "answers");
    for (guint i = 0; i < answers->len; i++) {
        const struct plx_suggestion_answer *const answer = answers->pdata[i];
        plx_json_begin_object(json, NULL);
        put_time(json, "time", answer->utc_seconds);
        plx_json_string(json, "author", answer->author);
        plx_json_string(json, "state", plx_suggestion_state_name(answer->state));
        plx_json_string(json, "text", answer->text);
        plx_json_string(json, "point", answer->point);
        put_step(json, answer->step);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

/* The members of one, into the open object. */
static void put_suggestion(plx_json *json, const struct plx_suggestion_view *view,
                           const struct plx_suggestion *suggestion)
{
    const struct plx_letter *const letter = suggestion->letter;
    const gint days = plx_suggestion_days(suggestion, view->day);
    g_autofree char *number = plx_suggestion_number(suggestion);
    plx_json_string(json, "suggestion", number);
    plx_json_string(json, "prompt", letter->prompt);
    plx_json_string(json, "audience", audience_of(view, suggestion));
    plx_json_string(json, "text", letter->text);
    put_day(json, "day", letter->day);
    put_about(json, letter);
    plx_json_string(json, "place", letter->place);
    plx_json_string(json, "state", plx_suggestion_state_name(suggestion->state));
    plx_json_boolean(json, "waiting", suggestion->text == NULL);
    plx_json_boolean(json, "awaited", suggestion->awaited);
    if (days == PLX_SUGGESTION_NO_DAYS)
        plx_json_null(json, "days");
    else
        plx_json_integer(json, "days", days);
    plx_json_string(json, "answer", suggestion->text);
    plx_json_string(json, "point", suggestion->point);
    put_step(json, suggestion->step);
    put_time(json, "linked", suggestion->linked);
    put_answers(json, suggestion->answers);
}

static void put_hidden(plx_json *json, const plx_letters *letters)
{
    plx_json_begin_array(json, "hidden");
    for (guint i = 0; i < letters->n_hidden; i++) {
        const struct plx_letters_hidden *const hidden = &letters->hidden[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "audience", letters->map->audiences[hidden->audience].id);
        plx_json_integer(json, "suggestions", hidden->letters);
        plx_json_integer(json, "persons", (gint64)hidden->persons);
        plx_json_integer(json, "minimum", hidden->minimum);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

void plx_suggestion_json(const struct plx_suggestion_view *view, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.suggestion/1");
    put_day(json, "at", view->day);
    put_suggestion(json, view, view->chosen->pdata[0]);
    plx_json_end_object(json);
}

void plx_suggestions_json(const struct plx_suggestion_view *view, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.suggestions/1");
    put_day(json, "at", view->day);
    plx_json_integer(json, "late",
                     plx_suggestion_waiting(view->list, view->day, PLX_SUGGESTION_LATE));
    plx_json_begin_array(json, "suggestions");
    for (guint i = 0; i < view->chosen->len; i++) {
        plx_json_begin_object(json, NULL);
        put_suggestion(json, view, view->chosen->pdata[i]);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    put_hidden(json, view->list->letters);
    plx_json_end_object(json);
}

/* CSV --------------------------------------------------------------------------------------- */

static void put_when(GString *out, gint64 utc_seconds)
{
    g_autofree char *time = utc_seconds ? plx_step_time(utc_seconds) : NULL;
    plx_csv_text(out, time);
}

static void put_letter(GString *out, const struct plx_suggestion_view *view,
                       const struct plx_suggestion *suggestion)
{
    const struct plx_letter *const letter = suggestion->letter;
    const gint days = plx_suggestion_days(suggestion, view->day);
    g_autofree char *number = plx_suggestion_number(suggestion);
    char day[PLX_DATE_SIZE];
    plx_csv_first(out, number);
    plx_csv_text(out, letter->prompt);
    plx_csv_text(out, audience_of(view, suggestion));
    plx_csv_text(out, day_text(letter->day, day));
    plx_csv_text(out, plx_suggestion_state_name(suggestion->state));
    plx_csv_flag(out, suggestion->text == NULL);
    if (days == PLX_SUGGESTION_NO_DAYS)
        plx_csv_nothing(out, 1);
    else
        plx_csv_count(out, days);
    plx_csv_text(out, kind_name(letter->kind));
    plx_csv_text(out, letter->about);
    plx_csv_text(out, letter->title);
    plx_csv_text(out, letter->place);
    plx_csv_text(out, letter->text);
}

void plx_suggestions_csv(const struct plx_suggestion_view *view, GString *out)
{
    g_string_append(out, "suggestion,prompt,audience,day,state,waiting,days,kind,about,title,place,"
                         "text,answer,answered,answered_by,point,step,answers,linked\n");
    for (guint i = 0; i < view->chosen->len; i++) {
        const struct plx_suggestion *const suggestion = view->chosen->pdata[i];
        const struct plx_suggestion_answer *const answer = answered(suggestion);
        put_letter(out, view, suggestion);
        plx_csv_text(out, suggestion->text);
        put_when(out, answer ? answer->utc_seconds : 0);
        plx_csv_text(out, answer ? answer->author : NULL);
        plx_csv_text(out, suggestion->point);
        if (suggestion->step)
            plx_csv_count(out, suggestion->step);
        else
            plx_csv_nothing(out, 1);
        plx_csv_count(out, suggestion->answers->len);
        put_when(out, suggestion->linked);
        g_string_append_c(out, '\n');
    }
}
