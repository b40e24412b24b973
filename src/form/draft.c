/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plan and answers as the text of a draft, and back. */
#include "form/answers_private.h"

#include "base/error.h"
#include "base/number.h"
#include "form/lines.h"
#include "form/plan_private.h"

#include <string.h>

#define DRAFT "a draft of a form"
#define FURTHER "further"

/* A card that was taken, by its first point (PLX_FORM_JOURNEY: that of the whole). */
struct card {
    gint point;
    gboolean further;
};

/* Writing ------------------------------------------------------------------------------------ */

static void put_answer(GString *out, const plx_form_plan *plan,
                       const struct plx_form_answer *answer)
{
    char number[16];
    const char *const id = answer->point < 0 ? "" : plan->map->points[answer->point].id;
    for (guint m = 0; m < plan->map->n_measures; m++)
        if (answer->value[m] != PLX_CELL_EMPTY)
            plx_line_put(out, "value", id, plan->map->measures[m].id,
                         plx_form_value_text(answer->value[m], number), NULL);
    if (answer->note)
        plx_line_put(out, "note", id, answer->note, NULL);
}

char *plx_form_write(const plx_form_plan *plan, const plx_form_answers *answers)
{
    char p[PLX_NUMBER_SIZE];
    GString *const out = g_string_new(NULL);
    plx_line_put(out, "form", "1", NULL);
    plx_line_put(out, "journey", plan->map->journeys[plan->journey].id,
                 plx_number_format(plan->journey_p, 12, p), NULL);
    for (guint i = 0; i < plan->n_points; i++)
        plx_line_put(out, "point", plan->map->points[plan->points[i].point].id,
                     plx_number_format(plan->points[i].asked_p, 12, p), NULL);
    for (guint card = 0; card < plan->n_cards; card++) {
        const struct plx_form_card own = plx_form_card(plan, card);
        if (!plx_form_is_answered(answers, card))
            continue;
        if (own.whole)
            plx_line_put(out, "taken", NULL);
        else
            plx_line_put(out, "taken", plan->map->points[plan->points[own.first].point].id,
                         own.further ? FURTHER : NULL, NULL);
    }
    for (guint i = 0; i < answers->list->len; i++)
        put_answer(out, plan, answers->list->pdata[i]);
    for (guint q = 0; q < PLX_FORM_QUESTIONS; q++)
        if (answers->words[q])
            plx_line_put(out, "words", plx_form_prompt(q), answers->words[q], NULL);
    return g_string_free(out, FALSE);
}

/* Reading ------------------------------------------------------------------------------------ */

struct reading {
    struct plx_lines lines;
    plx_form_plan *plan;
    plx_form_answers *answers;
    GArray *points; /* struct plx_form_point */
    GArray *taken;  /* struct card */
};

static gint point_of(const struct reading *r, const char *id)
{
    const gint point = *id ? plx_map_find_point(r->plan->map, id) : PLX_FORM_JOURNEY;
    return plx_map_is_vignette(r->plan->map, point) ? -1 : point;
}

static gboolean read_journey(struct reading *r, GError **error)
{
    const plx_map *const map = r->plan->map;
    const gint journey = plx_map_find_journey(map, r->lines.part[1]);
    if (journey < 0)
        return plx_lines_error(&r->lines, error, "a journey that is not on the map any more");
    r->plan->journey = (guint)journey;
    r->plan->listed =
        plx_form_listed_points(map, &r->plan->settings, (guint)journey, &r->plan->n_listed);
    return plx_line_chance(&r->lines, 2, &r->plan->journey_p, error);
}

static gboolean read_point(struct reading *r, GError **error)
{
    const gint point = point_of(r, r->lines.part[1]);
    struct plx_form_point made = {(guint)point, 0};
    if (!plx_line_chance(&r->lines, 2, &made.asked_p, error))
        return FALSE;
    if (point >= 0)
        g_array_append_val(r->points, made);
    return TRUE;
}

/* What the map of the day has no place for is left out. */
static void read_value(struct reading *r)
{
    const plx_map *const map = r->plan->map;
    const char *const id = r->lines.part[1];
    const gint point = point_of(r, id);
    const gint measure = plx_map_find_measure(map, r->lines.part[2]);
    gint8 value;
    if ((point < 0 && *id) || measure < 0 ||
        !plx_form_read_value(plx_form_scale(r->plan, (guint)measure), (guint)measure,
                             r->lines.part[3], &value))
        return;
    plx_form_answer_for(r->answers, point)->value[measure] = value;
}

static void read_note(struct reading *r)
{
    const gint point = point_of(r, r->lines.part[1]);
    if (point < 0)
        return;
    struct plx_form_answer *const answer = plx_form_answer_for(r->answers, point);
    g_free(answer->note);
    answer->note = g_strdup(r->lines.part[2]);
}

static gboolean read_words(struct reading *r, GError **error)
{
    const guint q = plx_form_find_prompt(r->lines.part[1], FALSE);
    if (q == G_MAXUINT)
        return plx_lines_error(&r->lines, error, "a question that is none");
    g_free(r->answers->words[q]);
    r->answers->words[q] = g_strdup(r->lines.part[2]);
    return TRUE;
}

static gboolean read_line(struct reading *r, GError **error)
{
    const struct plx_lines *const lines = &r->lines;
    if (lines->number == 1)
        return (plx_line_is(lines, "form", 1) && strcmp(lines->part[1], "1") == 0) ||
               plx_lines_error(lines, error, "is no form");
    if (lines->number == 2)
        return plx_line_is(lines, "journey", 2) ? read_journey(r, error)
                                                : plx_lines_error(lines, error, "is no journey");
    if (plx_line_is(lines, "point", 2))
        return read_point(r, error);
    if (plx_line_is(lines, "words", 2))
        return read_words(r, error);
    const gboolean whole = plx_line_is(lines, "taken", 0);
    const gboolean further = plx_line_is(lines, "taken", 2);
    if (whole || further || plx_line_is(lines, "taken", 1)) {
        const struct card card = {whole ? PLX_FORM_JOURNEY : point_of(r, lines->part[1]), further};
        if (whole || card.point >= 0)
            g_array_append_val(r->taken, card);
    } else if (plx_line_is(lines, "value", 3)) {
        read_value(r);
    } else if (plx_line_is(lines, "note", 2)) {
        read_note(r);
    } else {
        return plx_lines_error(lines, error, "is nothing of a form");
    }
    return TRUE;
}

/* Which cards of the plan, as it is now, were taken. */
static void mark_taken(struct reading *r)
{
    for (guint card = 0; card < r->plan->n_cards; card++) {
        const struct plx_form_card own = plx_form_card(r->plan, card);
        for (guint i = 0; i < r->taken->len; i++) {
            const struct card said = g_array_index(r->taken, struct card, i);
            const gboolean on = own.whole ? said.point == PLX_FORM_JOURNEY
                                          : said.point == (gint)r->plan->points[own.first].point &&
                                                said.further == own.further;
            if (on)
                r->answers->taken |= 1u << card;
        }
    }
}

static gboolean read_all(struct reading *r, GError **error)
{
    g_autoptr(GError) cause = NULL;
    gboolean ok = TRUE;
    while (ok && plx_lines_next(&r->lines, &cause))
        ok = read_line(r, &cause);
    if (!cause && r->lines.number < 2)
        plx_error(&cause, PLX_ERROR_INPUT, "%s: is cut off", r->lines.name);
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    r->plan->n_points = r->points->len;
    r->plan->points = g_memdup2(r->points->data, r->points->len * sizeof(struct plx_form_point));
    plx_form_plan_lay(r->plan);
    mark_taken(r);
    return TRUE;
}

gboolean plx_form_read(const char *text, const plx_map *map,
                       const struct plx_form_settings *settings, plx_form_plan **plan,
                       plx_form_answers **answers, GError **error)
{
    g_autofree char *own = g_strdup(text);
    g_autoptr(plx_form_plan) made = g_new0(plx_form_plan, 1);
    g_autoptr(plx_form_answers) gathered = plx_form_answers_new();
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(struct plx_form_point));
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(struct card));
    struct reading r = {{.name = DRAFT, .at = own}, made, gathered, points, taken};
    made->map = map;
    made->settings = *settings;
    if (!read_all(&r, error))
        return FALSE;
    *plan = g_steal_pointer(&made);
    *answers = g_steal_pointer(&gathered);
    return TRUE;
}
