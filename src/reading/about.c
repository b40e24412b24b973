/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/about.h"

#include "base/date.h"
#include "reading/gaps_exact.h"

const char *plx_about_copy(struct plx_about *about, const char *text)
{
    char *copy = g_strdup(text);
    if (copy)
        g_ptr_array_add(about->memory, copy);
    return copy;
}

void plx_about_note(struct plx_about *about, const char *code, gint audience, gint64 count,
                    const char *detail)
{
    const struct plx_gaps_note note = {plx_about_copy(about, code), audience, count,
                                       plx_about_copy(about, detail)};
    g_array_append_val(about->notes, note);
}

static void take_answer(struct plx_about *about, const plx_question *question,
                        const struct plx_answer *answer)
{
    char date[PLX_DATE_SIZE];
    if (answer->has_days) {
        about->data_since = plx_about_copy(about, plx_date_format(answer->first_day, date));
        about->data_until = plx_about_copy(about, plx_date_format(answer->last_day, date));
    }
    about->observations = (gint64)answer->observations;
    about->encounters = (gint64)answer->encounters;
    about->respondents = (gint64)answer->respondents;
    about->encounters_unknown = (gint64)answer->encounters_unknown;
    about->rejected = (gint64)answer->rejected;
    if (question->dated && answer->without_time)
        plx_about_note(about, "without_time", -1, (gint64)answer->without_time, NULL);
    for (guint i = 0; i < answer->n_notes; i++)
        plx_about_note(about, answer->notes[i].code, -1, answer->notes[i].count,
                       answer->notes[i].detail);
}

void plx_about_init(struct plx_about *about, const plx_source *source, const plx_question *question,
                    const struct plx_answer *answer, gint audience)
{
    *about = (struct plx_about){
        .map = question->map,
        .notes = g_array_new(FALSE, TRUE, sizeof(struct plx_gaps_note)),
        .memory = g_ptr_array_new_with_free_func(g_free),
        .n_where = question->n_tests,
    };
    about->source = plx_about_copy(about, source->name);
    if (audience >= 0) {
        about->audience = question->map->audiences[audience].id;
        about->audience_title = question->map->audiences[audience].title;
    }
    about->asked_since = plx_about_copy(about, question->since_text);
    about->asked_until = plx_about_copy(about, question->until_text);
    about->where = plx_keep(about->memory, question->n_tests, sizeof *about->where);
    for (guint i = 0; i < question->n_tests; i++)
        about->where[i] = plx_about_copy(about, question->where[i]);
    about->by = question->split ? plx_about_copy(about, question->by.name) : NULL;
    take_answer(about, question, answer);
}

void plx_about_clear(struct plx_about *about)
{
    g_clear_pointer(&about->notes, g_array_unref);
    g_clear_pointer(&about->memory, g_ptr_array_unref);
}
