/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/answers_private.h"

#include <string.h>

static void free_answer(gpointer data)
{
    struct plx_form_answer *const answer = data;
    g_free(answer->note);
    g_free(answer);
}

plx_form_answers *plx_form_answers_new(void)
{
    plx_form_answers *const answers = g_new0(plx_form_answers, 1);
    answers->list = g_ptr_array_new_with_free_func(free_answer);
    return answers;
}

void plx_form_answers_free(plx_form_answers *answers)
{
    if (!answers)
        return;
    g_ptr_array_unref(answers->list);
    for (guint q = 0; q < PLX_FORM_QUESTIONS; q++)
        g_free(answers->words[q]);
    g_free(answers);
}

const struct plx_form_answer *plx_form_answer_of(const plx_form_answers *answers, gint point)
{
    for (guint i = 0; i < answers->list->len; i++) {
        const struct plx_form_answer *const answer = answers->list->pdata[i];
        if (answer->point == point)
            return answer;
    }
    return NULL;
}

struct plx_form_answer *plx_form_answer_for(plx_form_answers *answers, gint point)
{
    for (guint i = 0; i < answers->list->len; i++) {
        struct plx_form_answer *const answer = answers->list->pdata[i];
        if (answer->point == point)
            return answer;
    }
    struct plx_form_answer *const fresh = g_new0(struct plx_form_answer, 1);
    fresh->point = point;
    memset(fresh->value, PLX_CELL_EMPTY, sizeof fresh->value);
    g_ptr_array_add(answers->list, fresh);
    return fresh;
}

const char *plx_form_words(const plx_form_answers *answers, enum plx_form_question question)
{
    return answers->words[question];
}

gboolean plx_form_is_answered(const plx_form_answers *answers, guint card)
{
    return (answers->taken >> card & 1) != 0;
}

guint plx_form_next_card(const plx_form_plan *plan, const plx_form_answers *answers)
{
    guint card = 0;
    while (card < plan->n_cards && plx_form_is_answered(answers, card))
        card++;
    return card;
}

char *plx_form_field_name(const plx_form_plan *plan, guint measure, gint point)
{
    const char *const id = plan->map->measures[measure].id;
    return point < 0 ? g_strdup(id) : g_strconcat(id, ".", plan->map->points[point].id, NULL);
}

char *plx_form_note_name(const plx_form_plan *plan, guint point)
{
    return g_strconcat("note.", plan->map->points[point].id, NULL);
}

/* Values ------------------------------------------------------------------------------------- */

gboolean plx_form_read_value(const struct plx_scale *scale, guint measure, const char *text,
                             gint8 *value)
{
    gint64 number;
    if (strcmp(text, "na") == 0 && measure != PLX_MEASURE_BELIEVED &&
        measure != PLX_MEASURE_PREDICTED)
        *value = PLX_CELL_NA;
    else if (strcmp(text, "declined") == 0 && measure != PLX_MEASURE_CARD)
        *value = PLX_CELL_DECLINED;
    else if (g_ascii_string_to_signed(text, 10, scale->min, scale->max, &number, NULL))
        *value = (gint8)number;
    else
        return FALSE;
    return TRUE;
}

const char *plx_form_value_text(gint8 value, char *out)
{
    if (value == PLX_CELL_NA)
        return "na";
    if (value == PLX_CELL_DECLINED)
        return "declined";
    g_snprintf(out, 16, "%d", value);
    return out;
}

guint plx_form_find_prompt(const char *prompt, gboolean all)
{
    const guint n = all ? PLX_FORM_BETTER + 1 : PLX_FORM_QUESTIONS;
    guint q = 0;
    while (q < n && strcmp(prompt, plx_form_prompt(q)) != 0)
        q++;
    return q < n ? q : G_MAXUINT;
}
