/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One card as a page sent it: read whole, and taken when nothing is wrong with it. */
#include "form/answers_private.h"

#include <string.h>

struct taking {
    const plx_form_plan *plan;
    const struct plx_form_field *fields;
    guint n;
    gboolean *used; /* by field */
    GPtrArray *faults;
    plx_form_answers *taken; /* what this card alone says */
};

static void free_fault(gpointer data)
{
    struct plx_form_fault *const fault = data;
    g_free(fault->field);
    g_free(fault);
}

static void add_fault(struct taking *t, const char *field, enum plx_form_fault_kind kind)
{
    struct plx_form_fault *const fault = g_new(struct plx_form_fault, 1);
    fault->field = g_strdup(field);
    fault->kind = kind;
    g_ptr_array_add(t->faults, fault);
}

/* The value of a field; NULL when it is not there, empty, or there twice with different values. */
static const char *value_of(struct taking *t, const char *name)
{
    const char *value = NULL;
    gboolean twice = FALSE;
    for (guint i = 0; i < t->n; i++) {
        if (strcmp(t->fields[i].name, name) != 0)
            continue;
        t->used[i] = TRUE;
        if (!*t->fields[i].value)
            continue;
        twice = twice || (value && strcmp(value, t->fields[i].value) != 0);
        value = t->fields[i].value;
    }
    if (!twice)
        return value;
    add_fault(t, name, PLX_FORM_TWICE);
    return NULL;
}

/* PLX_CELL_EMPTY where there is none, or none that is right. */
static gint8 read_value(struct taking *t, guint measure, gint point, gboolean required)
{
    gint8 value = PLX_CELL_EMPTY;
    const guint before = t->faults->len;
    g_autofree char *name = plx_form_field_name(t->plan, measure, point);
    const char *const text = value_of(t, name);
    if (text && !plx_form_read_value(plx_form_scale(t->plan, measure), measure, text, &value))
        add_fault(t, name, PLX_FORM_NO_VALUE);
    else if (!text && required && t->faults->len == before)
        add_fault(t, name, PLX_FORM_MISSING);
    return value;
}

static gboolean is_text(const char *text)
{
    if (!g_utf8_validate(text, -1, NULL))
        return FALSE;
    for (; *text; text = g_utf8_next_char(text)) {
        const gunichar c = g_utf8_get_char(text);
        if (g_unichar_iscntrl(c) && !strchr("\t\n\r", (int)c))
            return FALSE;
    }
    return TRUE;
}

/* Words without blanks around them, lines ended as everywhere; NULL: none, or none that may be. */
static char *read_words(struct taking *t, const char *name)
{
    const char *const text = value_of(t, name);
    if (!text)
        return NULL;
    if (!is_text(text)) {
        add_fault(t, name, PLX_FORM_NO_TEXT);
        return NULL;
    }
    g_autoptr(GString) words = g_string_new(text);
    g_string_replace(words, "\r\n", "\n", 0);
    g_string_replace(words, "\r", "\n", 0);
    g_autofree char *own = g_strdup(g_strstrip(words->str));
    if (g_utf8_strlen(own, -1) <= PLX_FORM_NOTE_MAX)
        return *own ? g_steal_pointer(&own) : NULL;
    add_fault(t, name, PLX_FORM_TOO_LONG);
    return NULL;
}

/* What stands beside a level that is none ("did not happen to me") says nothing. */
static void read_point(struct taking *t, guint point, guint32 measures)
{
    const plx_form_plan *const plan = t->plan;
    struct plx_form_answer *const answer = plx_form_answer_for(t->taken, (gint)point);
    for (guint m = 0; measures >> m; m++)
        if (measures >> m & 1)
            answer->value[m] = read_value(t, m, (gint)point, (plan->required >> m & 1) != 0);
    const gint8 level = answer->value[PLX_MEASURE_LEVEL];
    if (level == PLX_CELL_NA || level == PLX_CELL_DECLINED)
        for (guint m = 0; measures >> m; m++)
            if (!(plan->required >> m & 1))
                answer->value[m] = PLX_CELL_EMPTY;
    g_autofree char *name = plx_form_note_name(plan, point);
    if (plx_form_note(plan, level) >= 0)
        answer->note = read_words(t, name);
    else if (plan->settings.notes && (plan->measures >> PLX_MEASURE_LEVEL & 1))
        value_of(t, name); /* the page may show it whatever the level */
}

/* The field of the wish for an answer. */
#define WISH "_answer"

static void read_whole(struct taking *t)
{
    const plx_form_plan *const plan = t->plan;
    for (guint i = 0; plan->ticks && i < plan->n_listed; i++)
        plx_form_answer_for(t->taken, (gint)plan->listed[i])->value[PLX_MEASURE_CARD] =
            read_value(t, PLX_MEASURE_CARD, (gint)plan->listed[i], FALSE);
    for (guint m = 0; plan->whole_measures >> m; m++)
        if (plan->whole_measures >> m & 1)
            plx_form_answer_for(t->taken, PLX_FORM_JOURNEY)->value[m] =
                read_value(t, m, PLX_FORM_JOURNEY, FALSE);
    for (guint q = 0; q < PLX_FORM_QUESTIONS; q++)
        if (plan->settings.questions >> q & 1)
            t->taken->words[q] = read_words(t, plx_form_prompt(q));
    if (value_of(t, WISH) && t->faults->len == 0 && !t->taken->words[PLX_FORM_SUGGESTION] &&
        !t->taken->words[PLX_FORM_COMPLAINT])
        add_fault(t, WISH, PLX_FORM_NO_WORDS);
}

/* Puts what the card says in the place of what it said. */
static void replace(plx_form_answers *answers, struct taking *t, const struct plx_form_card *card)
{
    const gboolean whole = card->whole;
    for (guint i = 0; i < t->taken->list->len; i++) {
        struct plx_form_answer *const from = t->taken->list->pdata[i];
        struct plx_form_answer *const to = plx_form_answer_for(answers, from->point);
        const gboolean tick = whole && from->point >= 0;
        const guint32 said = tick    ? 1u << PLX_MEASURE_CARD
                             : whole ? t->plan->whole_measures
                                     : card->measures;
        for (guint m = 0; said >> m; m++)
            if (said >> m & 1)
                to->value[m] = from->value[m];
        if (!tick) {
            g_free(to->note);
            to->note = g_steal_pointer(&from->note);
        }
    }
    for (guint q = 0; whole && q < PLX_FORM_QUESTIONS; q++) {
        g_free(answers->words[q]);
        answers->words[q] = g_steal_pointer(&t->taken->words[q]);
    }
}

GPtrArray *plx_form_take(plx_form_answers *answers, const plx_form_plan *plan, guint card,
                         const struct plx_form_field *fields, guint n)
{
    const struct plx_form_card own = plx_form_card(plan, card);
    g_autofree gboolean *used = g_new0(gboolean, n + 1);
    g_autoptr(plx_form_answers) taken = plx_form_answers_new();
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(free_fault);
    struct taking t = {plan, fields, n, used, faults, taken};
    for (guint i = 0; i < own.n; i++)
        read_point(&t, plan->points[own.first + i].point, own.measures);
    if (own.whole)
        read_whole(&t);
    for (guint i = 0; i < n; i++)
        if (!used[i] && fields[i].name[0] != '_')
            add_fault(&t, fields[i].name, PLX_FORM_NOT_ASKED);
    if (faults->len > 0)
        return g_steal_pointer(&faults);
    replace(answers, &t, &own);
    answers->taken |= 1u << card;
    return NULL;
}
