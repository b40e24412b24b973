/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/binding.h"

#include "base/error.h"
#include "base/id.h"
#include "base/number.h"
#include "base/suggest.h"
#include "ingest/cells.h"
#include "ingest/columns.h"
#include "voice/batch.h"

#include <string.h>

/* What binding passes along. */
struct work {
    const struct plx_header *header;
    guint offset;
    guint8 *used; /* by header column */
    plx_binding *binding;
};

char *plx_unknown_audience(const plx_map *map, const char *text, gsize n)
{
    g_autofree char *shown = plx_shown(text, n);
    g_autofree char *id = plx_id_new(text, n);
    if (!id)
        return g_strdup_printf("unknown audience %s", shown);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < map->n_audiences; i++)
        g_ptr_array_add(names, map->audiences[i].id);
    g_autofree char *hint = plx_suggest_text(id, (const char *const *)names->pdata, names->len);
    return g_strdup_printf("unknown audience %s%s (to add it: --declare %s:served; if it is not "
                           "served, leave out \":served\")",
                           shown, hint, id);
}

static gint find_audience(const plx_map *map, const char *text)
{
    g_autofree char *id = plx_id_new(text, strlen(text));
    return id ? plx_map_find_audience(map, id) : -1;
}

static gboolean bind_values(const struct work *work, const struct plx_pick *pick,
                            struct plx_bound *bound, GError **error)
{
    const struct plx_loc loc = {work->header->file, 0, 0};
    if (pick->pattern) {
        g_autoptr(GError) cause = NULL;
        bound->regex = g_regex_new(pick->pattern, 0, 0, &cause);
        if (!bound->regex)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                "the pattern \"%s\" of \"%s\" is no regular expression: %s",
                                pick->pattern, bound->name, cause->message);
    }
    if (pick->values && pick->values->len > 0) {
        bound->values = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint i = 0; i < pick->values->len; i++) {
            const struct plx_replacement *const value =
                &g_array_index(pick->values, struct plx_replacement, i);
            g_hash_table_insert(bound->values, value->from, value->to);
        }
    }
    return TRUE;
}

static gboolean bind(struct work *work, const struct plx_pick *pick, const char *name,
                     struct plx_bound *bound, GError **error)
{
    *bound = (struct plx_bound){.column = -1, .name = name, .simple = TRUE};
    if (!plx_pick_is_set(pick))
        return TRUE;
    gint column;
    if (!plx_header_find(work->header, pick, &column, error))
        return FALSE;
    bound->set = TRUE;
    bound->constant = pick->constant;
    bound->option = pick->option;
    bound->list = pick->values;
    bound->closed = pick->closed;
    if (column >= 0) {
        work->used[column] = TRUE;
        bound->column = column + (gint)work->offset;
        bound->name = work->binding->names[bound->column];
    }
    bound->simple = column >= 0 && !pick->constant && !pick->pattern && !pick->closed &&
                    (!pick->values || pick->values->len == 0);
    return bind_values(work, pick, bound, error);
}

static void unbind(struct plx_bound *bound)
{
    g_clear_pointer(&bound->regex, g_regex_unref);
    g_clear_pointer(&bound->values, g_hash_table_destroy);
}

/* The range of an ask's values: one for all audiences that may answer, else min > max. */
static void set_range(const plx_map *map, struct plx_bound_ask *ask, gint audience)
{
    const struct plx_scale *scale =
        plx_map_scale(map, ask->measure, audience >= 0 ? (guint)audience : 0);
    ask->min = scale->min;
    ask->max = scale->max;
    for (guint a = 0; audience < 0 && a < map->n_audiences; a++) {
        scale = plx_map_scale(map, ask->measure, a);
        if (scale->min != ask->min || scale->max != ask->max) {
            ask->min = 1;
            ask->max = 0;
            return;
        }
    }
}

static gboolean bind_view(struct work *work, const struct plx_view *view,
                          struct plx_bound_view *bound, GError **error)
{
    const plx_map *const map = work->binding->map;
    bound->audience = -1;
    if (view->audience.constant) {
        bound->audience = find_audience(map, view->audience.constant);
        if (bound->audience < 0) {
            g_autofree char *message =
                plx_unknown_audience(map, view->audience.constant, strlen(view->audience.constant));
            const struct plx_loc loc = {work->header->file, 0, 0};
            return plx_error_at(error, PLX_ERROR_INPUT, &loc, "%s", message);
        }
    }
    const struct {
        const struct plx_pick *pick;
        const char *name;
        struct plx_bound *bound;
    } parts[] = {
        {&view->point, "point", &bound->subject[PLX_SUBJECT_POINT]},
        {&view->journey, "journey", &bound->subject[PLX_SUBJECT_JOURNEY]},
        {&view->task, "task", &bound->subject[PLX_SUBJECT_TASK]},
        {&view->promise, "promise", &bound->subject[PLX_SUBJECT_PROMISE]},
        {&view->note, "note", &bound->note},
        {&view->prompt, "prompt", &bound->prompt},
        {&view->surprise, "surprise", &bound->surprise},
        {&view->hesitation, "hesitation", &bound->hesitation},
        {&view->seen, "seen", &bound->seen},
        {&view->item, "item", &bound->item},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!bind(work, parts[i].pick, parts[i].name, parts[i].bound, error))
            return FALSE;
    bound->fixed = TRUE;
    for (guint kind = PLX_SUBJECT_POINT; kind <= PLX_SUBJECT_PROMISE; kind++)
        bound->fixed &= bound->subject[kind].column < 0;
    bound->asks = g_new0(struct plx_bound_ask, view->asks->len);
    for (; bound->n_asks < view->asks->len; bound->n_asks++) {
        const struct plx_ask *const ask = &g_array_index(view->asks, struct plx_ask, bound->n_asks);
        struct plx_bound_ask *const to = &bound->asks[bound->n_asks];
        to->measure = ask->measure;
        set_range(map, to, bound->audience);
        if (!bind(work, &ask->cell, map->measures[ask->measure].id, &to->cell, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean bind_lists(struct work *work, GError **error)
{
    plx_binding *const binding = work->binding;
    const plx_plan *const plan = binding->plan;
    const guint n_encounter = plan->encounter ? plan->encounter->len : 0;
    binding->encounter = g_new0(struct plx_bound, n_encounter + 1);
    for (guint i = 0; i < n_encounter; i++, binding->n_encounter++)
        if (!bind(work, &g_array_index(plan->encounter, struct plx_pick, i), "encounter",
                  &binding->encounter[i], error))
            return FALSE;
    if (plan->segments->len > PLX_DIMS_MAX - PLX_DIM_SEGMENT) {
        const struct plx_loc loc = {work->header->file, work->header->line, 0};
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "%u segments; at most %d can be read at once", plan->segments->len,
                            PLX_DIMS_MAX - PLX_DIM_SEGMENT);
    }
    binding->segments = g_new0(struct plx_bound, plan->segments->len + 1);
    for (guint i = 0; i < plan->segments->len; i++, binding->n_segments++) {
        const struct plx_plan_segment *const segment =
            &g_array_index(plan->segments, struct plx_plan_segment, i);
        if (!bind(work, &segment->pick, segment->key, &binding->segments[i], error))
            return FALSE;
    }
    binding->views = g_new0(struct plx_bound_view, plan->views->len + 1);
    for (guint i = 0; i < plan->views->len; i++) {
        binding->n_views++;
        if (!bind_view(work, &g_array_index(plan->views, struct plx_view, i), &binding->views[i],
                       error))
            return FALSE;
    }
    return TRUE;
}

static gboolean bind_parts(struct work *work, GError **error)
{
    plx_binding *const b = work->binding;
    const plx_plan *const plan = b->plan;
    const struct {
        const struct plx_pick *pick;
        const char *name;
        struct plx_bound *bound;
    } parts[] = {
        {&plan->dataset_of_row, "dataset", &b->dataset_of_row},
        {&plan->audience, "audience", &b->audience},
        {&plan->place, "place", &b->place},
        {&plan->channel, "channel", &b->channel},
        {&plan->source, "source", &b->source},
        {&plan->language, "language", &b->language},
        {&plan->time, "time", &b->time},
        {&plan->respondent, "respondent", &b->respondent},
        {&plan->group_size, "group_size", &b->group_size},
        {&plan->weight, "weight", &b->weight},
        {&plan->asked_p, "asked_p", &b->asked_p},
        {&plan->workshop, "workshop", &b->workshop},
        {&plan->table, "table", &b->table},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!bind(work, parts[i].pick, parts[i].name, parts[i].bound, error))
            return FALSE;
    return bind_lists(work, error);
}

/* Columns that nothing picked: the ignored ones are counted, others are errors. */
static gboolean check_unused(struct work *work, GError **error)
{
    plx_binding *const binding = work->binding;
    const plx_plan *const plan = binding->plan;
    g_autoptr(GString) ignored = g_string_new(NULL);
    for (guint i = 0; i < work->header->n; i++) {
        const char *const title = work->header->titles[i];
        if (work->used[i])
            continue;
        if (plan->ignore && g_strv_contains((const char *const *)plan->ignore, title)) {
            g_string_append_printf(ignored, "%s%s", binding->n_ignored ? ", " : "", title);
            binding->n_ignored++;
        } else if (!plan->ignore_others) {
            const struct plx_loc loc = {work->header->file, work->header->line,
                                        work->header->columns ? work->header->columns[i] : 0};
            return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                "the recipe does not say what column \"%s\" is", title);
        }
    }
    if (binding->n_ignored > 0)
        binding->ignored = g_string_free(g_steal_pointer(&ignored), FALSE);
    return TRUE;
}

/* The one text that a pick without a column stands for; NULL when it has a column or is not set. */
static const char *constant_of(const struct plx_bound *bound)
{
    return bound->set && bound->column < 0 ? bound->constant : NULL;
}

static gboolean bad_constant(const struct work *work, const struct plx_bound *bound,
                             const char *expected, GError **error)
{
    const struct plx_loc loc = {work->header->file, 0, 0};
    if (bound->option)
        return plx_error(error, PLX_ERROR_USAGE, "--set %s: \"%s\" is not %s", bound->option,
                         bound->constant, expected);
    return plx_error_at(error, PLX_ERROR_INPUT, &loc, "the recipe's %s is \"%s\"; expected %s",
                        bound->name, bound->constant, expected);
}

/* A number for every row; *value stays as it is where a column says it, or nothing. */
static gboolean check_number(const struct work *work, const struct plx_bound *bound,
                             enum plx_number_kind kind, double *value, GError **error)
{
    const char *const text = constant_of(bound);
    return !text ||
           plx_number_cell(kind, text, strlen(text), work->binding->decimal_comma, value) ||
           bad_constant(work, bound, plx_number_expected(kind), error);
}

/* A text that becomes part of a key. */
static gboolean check_key(const struct work *work, const struct plx_bound *bound, GError **error)
{
    g_autofree char *owned = NULL, *why = NULL;
    gsize n;
    if (!constant_of(bound))
        return TRUE;
    if (!plx_bound_resolve(bound, "", 0, &n, &owned, &why))
        return plx_error(error, PLX_ERROR_INPUT, "%s", why);
    return n <= PLX_TEXT_MAX || bad_constant(work, bound, "at most 255 bytes long", error);
}

static gboolean check_view_constants(const struct work *work, struct plx_bound_view *view,
                                     GError **error)
{
    const char *const seen = constant_of(&view->seen);
    if (seen && !g_str_equal(seen, "0") && !g_str_equal(seen, "1"))
        return bad_constant(work, &view->seen, "0 or 1", error);
    view->seen_constant = seen && seen[0] == '1';
    double item = -1;
    if (!check_number(work, &view->item, PLX_NUMBER_ITEM, &item, error))
        return FALSE;
    view->item_constant = item < 0 ? 0 : plx_item_hash(item);
    const struct plx_bound *const answers[] = {&view->note, &view->surprise, &view->hesitation};
    for (gsize k = 0; k < G_N_ELEMENTS(answers); k++)
        if (constant_of(answers[k]))
            return bad_constant(work, answers[k], "a column", error);
    for (guint k = 0; k < view->n_asks; k++)
        if (view->asks[k].cell.column < 0)
            return bad_constant(work, &view->asks[k].cell, "a column", error);
    return TRUE;
}

/* Constants of what is not text; parts that make no sense without a column. */
static gboolean check_constants(struct work *work, GError **error)
{
    plx_binding *const b = work->binding;
    const char *const time = constant_of(&b->time), *const format = b->plan->time_format;
    if (time && !(format ? plx_time_parse_pattern(time, strlen(time), format, &b->time_constant)
                         : plx_time_parse(time, strlen(time), &b->time_constant)))
        return bad_constant(work, &b->time, "a date like 2024-03-17 or 2024-03-17T14:05", error);
    double size = 1, weight = 1, asked_p = 1;
    if (!check_number(work, &b->group_size, PLX_NUMBER_GROUP_SIZE, &size, error) ||
        !check_number(work, &b->weight, PLX_NUMBER_WEIGHT, &weight, error) ||
        !check_number(work, &b->asked_p, PLX_NUMBER_ASKED_P, &asked_p, error))
        return FALSE;
    b->group_size_constant = (guint16)size;
    b->weight_constant = plx_weight_fixed(weight);
    if (!check_key(work, &b->respondent, error) || !check_key(work, &b->workshop, error) ||
        !check_key(work, &b->table, error))
        return FALSE;
    for (guint k = 0; k < b->n_encounter; k++)
        if (!check_key(work, &b->encounter[k], error))
            return FALSE;
    for (guint i = 0; i < b->n_views; i++)
        if (!check_view_constants(work, &b->views[i], error))
            return FALSE;
    return !constant_of(&b->dataset_of_row) ||
           bad_constant(work, &b->dataset_of_row, "a column", error);
}

static gboolean check_plan(const struct work *work, GError **error)
{
    const plx_binding *const binding = work->binding;
    const plx_plan *const plan = binding->plan;
    const struct plx_loc loc = {work->header->file, 0, 0};
    const char *why;
    if (plan->time_format && !plx_time_pattern_is_valid(plan->time_format, &why))
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "time format \"%s\": %s",
                            plan->time_format, why);
    if (binding->n_views == 0)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "the recipe asks nothing of any point");
    for (guint i = 0; i < binding->n_views; i++)
        if (!binding->audience.set && binding->views[i].audience < 0)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                "the recipe does not say whose answers these are (audience)");
    return TRUE;
}

plx_binding *plx_binding_new(const plx_map *map, const plx_plan *plan,
                             const struct plx_header *header, guint offset, char delimiter,
                             const char *dataset, GError **error)
{
    g_autoptr(plx_binding) binding = g_new0(plx_binding, 1);
    binding->map = map;
    binding->plan = plan;
    binding->dataset = g_strdup(dataset);
    binding->n_columns = header->n + offset;
    binding->delimiter = delimiter;
    binding->quote = plan->dialect.quote;
    binding->decimal_comma = plan->dialect.decimal_comma;
    binding->names = g_new0(char *, binding->n_columns + 1);
    for (guint i = 0; i < binding->n_columns; i++)
        binding->names[i] = g_strdup(i < offset ? "row name" : header->titles[i - offset]);
    g_autofree guint8 *used = g_new0(guint8, header->n + 1);
    struct work work = {header, offset, used, binding};
    if (!bind_parts(&work, error) || !check_unused(&work, error) || !check_plan(&work, error) ||
        !check_constants(&work, error))
        return NULL;
    return g_steal_pointer(&binding);
}

static void free_view(struct plx_bound_view *view)
{
    for (guint kind = 0; kind < G_N_ELEMENTS(view->subject); kind++)
        unbind(&view->subject[kind]);
    struct plx_bound *const parts[] = {&view->note,       &view->prompt, &view->surprise,
                                       &view->hesitation, &view->seen,   &view->item};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        unbind(parts[i]);
    for (guint i = 0; i < view->n_asks; i++)
        unbind(&view->asks[i].cell);
    g_free(view->asks);
}

void plx_binding_free(plx_binding *b)
{
    if (!b)
        return;
    struct plx_bound *const parts[] = {
        &b->dataset_of_row, &b->audience, &b->place,      &b->channel, &b->source,
        &b->language,       &b->time,     &b->respondent, &b->weight,  &b->group_size,
        &b->asked_p,        &b->workshop, &b->table};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        unbind(parts[i]);
    for (guint i = 0; i < b->n_encounter; i++)
        unbind(&b->encounter[i]);
    for (guint i = 0; i < b->n_segments; i++)
        unbind(&b->segments[i]);
    for (guint i = 0; i < b->n_views; i++)
        free_view(&b->views[i]);
    g_free(b->encounter);
    g_free(b->segments);
    g_free(b->views);
    g_free(b->ignored);
    g_free(b->dataset);
    g_strfreev(b->names);
    g_free(b);
}

/* The replacement of a text: as text, else as number. NULL: none. */
static const char *replace(const struct plx_bound *bound, const char *text)
{
    const char *const found = g_hash_table_lookup(bound->values, text);
    double value, other;
    if (found || !plx_number_parse(text, strlen(text), &value))
        return found;
    for (guint i = 0; i < bound->list->len; i++) {
        const struct plx_replacement *const entry =
            &g_array_index(bound->list, struct plx_replacement, i);
        if (plx_number_parse(entry->from, strlen(entry->from), &other) && other == value)
            return entry->to;
    }
    return NULL;
}

static char *not_among(const struct plx_bound *bound, const char *text)
{
    g_autofree char *shown = plx_shown(text, strlen(text));
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; bound->list && i < bound->list->len; i++)
        g_ptr_array_add(names, g_array_index(bound->list, struct plx_replacement, i).from);
    g_autofree char *hint = plx_suggest_text(text, (const char *const *)names->pdata, names->len);
    return g_strdup_printf("%s is %s, which the recipe's values do not name%s", bound->name, shown,
                           hint);
}

const char *plx_bound_resolve(const struct plx_bound *bound, const char *text, gsize n,
                              gsize *length, char **owned, char **why)
{
    *owned = NULL;
    *length = n;
    if (n == 0 && bound->constant) {
        text = bound->constant;
        *length = strlen(text);
        if (bound->column >= 0)
            return text; /* what an empty cell stands for is a result, not a cell */
    }
    if (bound->regex && *length > 0) {
        g_autoptr(GMatchInfo) match = NULL;
        if (!g_regex_match_full(bound->regex, text, (gssize)*length, 0, 0, &match, NULL)) {
            g_autofree char *shown = why ? plx_shown(text, *length) : NULL;
            if (why)
                *why = g_strdup_printf("%s is %s, which the pattern \"%s\" does not match",
                                       bound->name, shown, g_regex_get_pattern(bound->regex));
            return NULL;
        }
        const gint group = g_match_info_get_match_count(match) > 1 ? 1 : 0;
        text = *owned = g_match_info_fetch(match, group);
        *length = strlen(text);
    }
    if (!bound->values && !bound->closed)
        return text;
    g_autofree char *key = g_strndup(text, *length);
    const char *const to = bound->values ? replace(bound, key) : NULL;
    if (to) {
        *length = strlen(to);
        return to;
    }
    if (bound->closed && *length > 0) {
        if (why)
            *why = not_among(bound, key);
        g_clear_pointer(owned, g_free);
        return NULL;
    }
    return text;
}
