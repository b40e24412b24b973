/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/plan.h"

#include "base/error.h"
#include "base/id.h"
#include "base/suggest.h"

#include <string.h>

static void clear_replacement(gpointer data)
{
    struct plx_replacement *const replacement = data;
    g_free(replacement->from);
    g_free(replacement->to);
}

static void clear_pick(gpointer data)
{
    struct plx_pick *const pick = data;
    g_free(pick->column);
    g_free(pick->constant);
    g_free(pick->pattern);
    g_free(pick->option);
    g_clear_pointer(&pick->values, g_array_unref);
}

static void clear_ask(gpointer data)
{
    clear_pick(&((struct plx_ask *)data)->cell);
}

static void clear_view(gpointer data)
{
    struct plx_view *const view = data;
    struct plx_pick *const picks[] = {&view->audience, &view->point,    &view->journey,
                                      &view->task,     &view->promise,  &view->note,
                                      &view->prompt,   &view->surprise, &view->hesitation,
                                      &view->seen,     &view->item};
    for (gsize i = 0; i < G_N_ELEMENTS(picks); i++)
        clear_pick(picks[i]);
    g_clear_pointer(&view->asks, g_array_unref);
}

static void clear_segment(gpointer data)
{
    struct plx_plan_segment *const segment = data;
    g_free(segment->key);
    clear_pick(&segment->pick);
}

static GArray *new_list(gsize size, GDestroyNotify clear)
{
    GArray *const list = g_array_new(FALSE, TRUE, (guint)size);
    g_array_set_clear_func(list, clear);
    return list;
}

/* A new zeroed entry at the end of a list. */
static gpointer append(GArray *list)
{
    g_array_set_size(list, list->len + 1);
    return list->data + (gsize)(list->len - 1) * g_array_get_element_size(list);
}

plx_plan *plx_plan_new(void)
{
    plx_plan *const plan = g_new0(plx_plan, 1);
    plan->dialect.quote = '"';
    plan->segments = new_list(sizeof(struct plx_plan_segment), clear_segment);
    plan->encounter = new_list(sizeof(struct plx_pick), clear_pick);
    plan->views = new_list(sizeof(struct plx_view), clear_view);
    return plan;
}

void plx_plan_free(plx_plan *plan)
{
    if (!plan)
        return;
    struct plx_pick *const picks[] = {
        &plan->dataset_of_row, &plan->audience, &plan->place,      &plan->channel,    &plan->source,
        &plan->language,       &plan->time,     &plan->respondent, &plan->group_size, &plan->weight,
        &plan->asked_p,        &plan->workshop, &plan->table};
    for (gsize i = 0; i < G_N_ELEMENTS(picks); i++)
        clear_pick(picks[i]);
    g_free(plan->dataset);
    g_free(plan->dialect.encoding);
    g_free(plan->time_format);
    g_array_unref(plan->segments);
    g_clear_pointer(&plan->encounter, g_array_unref);
    g_array_unref(plan->views);
    g_strfreev(plan->ignore);
    g_free(plan);
}

gboolean plx_pick_is_set(const struct plx_pick *pick)
{
    return pick->column || pick->number > 0 || pick->constant;
}

void plx_pick_column(struct plx_pick *pick, const char *title)
{
    g_free(pick->column);
    pick->column = g_strdup(title);
    pick->number = 0;
}

void plx_pick_number(struct plx_pick *pick, guint number)
{
    g_clear_pointer(&pick->column, g_free);
    pick->number = number;
}

void plx_pick_constant(struct plx_pick *pick, const char *text)
{
    g_free(pick->constant);
    pick->constant = g_strdup(text);
}

void plx_pick_value(struct plx_pick *pick, const char *from, const char *to)
{
    if (!pick->values)
        pick->values = new_list(sizeof(struct plx_replacement), clear_replacement);
    struct plx_replacement *const replacement = append(pick->values);
    replacement->from = g_strdup(from);
    replacement->to = g_strdup(to);
}

struct plx_view *plx_plan_add_view(plx_plan *plan)
{
    struct plx_view *const view = append(plan->views);
    view->asks = new_list(sizeof(struct plx_ask), clear_ask);
    return view;
}

struct plx_ask *plx_view_add_ask(struct plx_view *view, guint measure)
{
    struct plx_ask *const ask = append(view->asks);
    ask->measure = measure;
    return ask;
}

struct plx_pick *plx_plan_add_segment(plx_plan *plan, const char *key)
{
    struct plx_plan_segment *const segment = append(plan->segments);
    segment->key = g_strdup(key);
    return &segment->pick;
}

struct plx_pick *plx_plan_add_encounter(plx_plan *plan)
{
    return append(plan->encounter);
}

/* Number of titles that match: exactly, or (by_id) as ids. *found is the first. */
static guint count_titles(const struct plx_header *header, const char *title, gboolean by_id,
                          guint *found)
{
    g_autofree char *id = by_id ? plx_id_new(title, strlen(title)) : NULL;
    if (by_id && !id)
        return 0;
    guint matches = 0;
    for (guint i = 0; i < header->n; i++) {
        g_autofree char *other =
            by_id ? plx_id_new(header->titles[i], strlen(header->titles[i])) : NULL;
        if (by_id ? g_strcmp0(id, other) != 0 : strcmp(title, header->titles[i]) != 0)
            continue;
        if (matches++ == 0)
            *found = i;
    }
    return matches;
}

gboolean plx_header_find(const struct plx_header *header, const struct plx_pick *pick, gint *column,
                         GError **error)
{
    const struct plx_loc loc = {header->file, header->line, 0};
    if (pick->number > 0) {
        if (pick->number > header->n)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                "column %u is wanted, but there are only %u", pick->number,
                                header->n);
        *column = (gint)pick->number - 1;
        return TRUE;
    }
    if (!pick->column) {
        *column = -1;
        return TRUE;
    }
    guint found = 0;
    guint matches = count_titles(header, pick->column, FALSE, &found);
    if (matches == 0)
        matches = count_titles(header, pick->column, TRUE, &found);
    if (matches > 1)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "column \"%s\" is there %u times; pick it by its number", pick->column,
                            matches);
    if (matches == 0) {
        g_autofree char *hint = plx_suggest_text(pick->column, header->titles, header->n);
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "there is no column \"%s\"%s",
                            pick->column, hint);
    }
    *column = (gint)found;
    return TRUE;
}
