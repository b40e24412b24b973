/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether every answer keeps its place, and what to write where one would not. */
#include "base/suggest.h"
#include "map/map_change_private.h"

#include <string.h>

#define ALSO_MAX 5 /* further ids that a message names */

/* What is wrong with one id, and where in the new map it is best put right. */
struct fault {
    GString *message; /* empty: nothing */
    const void *thing;
};

static gboolean names(char *const *was, const char *id)
{
    return was && g_strv_contains((const char *const *)was, id);
}

static gboolean is_same(const struct plx_owner *a, const struct plx_owner *b)
{
    return a->state == b->state && strcmp(a->id, b->id) == 0;
}

static char *count_text(guint64 n)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT " answer%s", n, n == 1 ? "" : "s");
}

/* "retired: points:" */
static const char *retired_key(enum plx_thing kind)
{
    static const char *const keys[] = {"", "points", "journeys", "tasks", "promises", "audiences"};
    return keys[kind];
}

/* ---- an id without an owner ---- */

/* The new thing whose title or id is nearest to what is gone; -1 when none is near. */
static gint nearest_new(const struct plx_comparison *c, enum plx_thing kind, const char *id)
{
    gint gone = plx_map_find_item(c->before, kind, id);
    guint n = plx_map_n_items(c->after, kind);
    g_autofree const char **texts = g_new0(const char *, n + 1);
    for (guint pass = 0; pass < 2; pass++) {
        if (pass == 0 && gone < 0)
            continue;
        for (guint i = 0; i < n; i++) {
            struct plx_map_item item = plx_map_item(c->after, kind, i);
            gboolean is_new = plx_map_find_item(c->before, kind, item.id) < 0;
            texts[i] = !is_new ? NULL : pass == 0 ? item.title : item.id;
        }
        const char *word = pass == 0 ? plx_map_item(c->before, kind, (guint)gone).title : id;
        gint found = plx_suggest(word, texts, n);
        if (found >= 0)
            return found;
    }
    return -1;
}

/* Where it was: its transaction, if that is still there. */
static const char *home_of(const struct plx_comparison *c, enum plx_thing kind, const char *id)
{
    gint i = kind == PLX_THING_POINT ? plx_map_find_item(c->before, kind, id) : -1;
    if (i < 0 || plx_map_is_vignette(c->before, i))
        return NULL;
    const struct plx_point *point = &c->before->points[i];
    const struct plx_journey *journey = &c->before->journeys[point->journey];
    gint now = plx_map_find_journey(c->after, journey->id);
    for (guint t = 0; now >= 0 && t < c->after->journeys[now].n_transactions; t++)
        if (strcmp(c->after->journeys[now].transactions[t].id,
                   journey->transactions[point->transaction].id) == 0)
            return c->after->journeys[now].transactions[t].id;
    return NULL;
}

/* A `was` of the new map that was never there and is nearly this id: a slip of the pen. */
static gboolean say_misspelt(const struct plx_comparison *c, enum plx_thing kind, const char *id,
                             struct fault *fault)
{
    for (guint i = 0; i < plx_map_n_items(c->after, kind); i++) {
        struct plx_map_item item = plx_map_item(c->after, kind, i);
        for (char *const *was = item.was; was && *was; was++) {
            const char *const one[] = {*was};
            if (plx_map_resolve_any(c->before, kind, *was).state != PLX_OWNER_NONE ||
                plx_suggest(id, one, 1) < 0)
                continue;
            g_string_append_printf(fault->message,
                                   "; \"%s\", which \"%s\" names in `was`, was never on a map: did "
                                   "you mean \"%s\"?",
                                   *was, item.id, id);
            fault->thing = item.was;
            return TRUE;
        }
    }
    return FALSE;
}

static void say_remedy(const struct plx_comparison *c, enum plx_thing kind, const char *id,
                       struct fault *fault)
{
    const char *name = plx_thing_name(kind);
    if (say_misspelt(c, kind, id, fault))
        return;
    if (kind == PLX_THING_AUDIENCE)
        g_string_append_printf(fault->message,
                               "; keep it, asked or not, or add `was: [%s]` to the audience that "
                               "continues it",
                               id);
    else
        g_string_append_printf(fault->message,
                               "; add `was: [%s]` to the %s that continues it, or list it under "
                               "`retired: %s:`",
                               id, name, retired_key(kind));
    gint near = nearest_new(c, kind, id);
    if (near < 0) {
        fault->thing = home_of(c, kind, id);
        return;
    }
    struct plx_map_item item = plx_map_item(c->after, kind, (guint)near);
    g_string_append_printf(fault->message, "; did you mean \"%s\" to continue it?", item.id);
    fault->thing = item.id;
}

/* Nothing on the new map continues `owner`, to whom the answers belong. */
static void say_gone(const struct plx_comparison *c, enum plx_thing kind,
                     const struct plx_owner *owner, struct fault *fault)
{
    const char *name = plx_thing_name(kind);
    g_autofree char *count = count_text(plx_comparison_answers(c, kind, owner->id));
    if (owner->state == PLX_OWNER_CURRENT)
        g_string_append_printf(fault->message, "the %s \"%s\" has %s and is no longer on the map",
                               name, owner->id, count);
    else if (owner->state == PLX_OWNER_RETIRED)
        g_string_append_printf(fault->message,
                               "the retired %s \"%s\" has %s and is no longer on the map", name,
                               owner->id, count);
    else
        g_string_append_printf(fault->message,
                               "there are %s of the %s \"%s\", which is not on the map", count,
                               name, owner->id);
    say_remedy(c, kind, owner->id, fault);
}

/* ---- an id that would change its owner in silence ---- */

/* The place of a thing that has an owner, and its `was` where it has one. */
static const void *place_of(const struct plx_comparison *c, enum plx_thing kind,
                            const struct plx_owner *owner)
{
    if (owner->state == PLX_OWNER_RETIRED)
        return c->after->retired[owner->index].id;
    if (owner->state != PLX_OWNER_CURRENT)
        return NULL;
    struct plx_map_item item = plx_map_item(c->after, kind, owner->index);
    return item.was ? (const void *)item.was : item.id;
}

/* `id` is an earlier id of `was`, which `heir` continues; but it leads to `found`. */
static void say_astray(const struct plx_comparison *c, const struct plx_map_data *data,
                       const struct plx_owner *was, const struct plx_owner *heir,
                       const struct plx_owner *found, struct fault *fault)
{
    const char *name = plx_thing_name(data->kind);
    g_autofree char *count = count_text(data->count);
    fault->thing = place_of(c, data->kind, heir);
    if (found->state == PLX_OWNER_CURRENT && strcmp(found->id, data->id) == 0) {
        fault->thing = found->id;
        g_string_append_printf(
            fault->message,
            "\"%s\" is an earlier id of the %s \"%s\", with %s; give the new one another id and "
            "name \"%s\" in the `was` of \"%s\", or write `was: [%s]` here to take them back",
            data->id, name, was->id, count, data->id, heir->id, data->id);
        return;
    }
    g_string_append_printf(fault->message,
                           "the %s \"%s\" has %s under its earlier id \"%s\"; name \"%s\" in the "
                           "`was` of \"%s\", and nowhere else",
                           name, was->id, count, data->id, data->id, heir->id);
}

/* TRUE when of those into which something was split some remain with `found`, but not all: the last
 * one left must not inherit what could not be told apart. */
static gboolean is_leftover(const struct plx_comparison *c, enum plx_thing kind,
                            const struct plx_owner *was, const struct plx_owner *found)
{
    guint with = 0, without = 0;
    for (guint i = 0; i < plx_map_n_items(c->before, kind); i++) {
        struct plx_map_item item = plx_map_item(c->before, kind, i);
        if (!names(item.was, was->id))
            continue;
        struct plx_owner now = plx_map_resolve_any(c->after, kind, item.id);
        *(is_same(&now, found) ? &with : &without) += 1;
    }
    return with > 0 && without > 0;
}

static void say_leftover(const struct plx_comparison *c, const struct plx_map_data *data,
                         const struct plx_owner *was, const struct plx_owner *found,
                         struct fault *fault)
{
    g_autofree char *count = count_text(data->count);
    fault->thing = place_of(c, data->kind, found);
    g_string_append_printf(fault->message,
                           "the %s \"%s\" was split, and its %s would all go to \"%s\" now; list "
                           "\"%s\" under `retired: %s:`",
                           plx_thing_name(data->kind), was->id, count, found->id, was->id,
                           retired_key(data->kind));
}

/* TRUE when a thing that is back on the map takes its own answers, by naming itself. */
static gboolean takes_back(const struct plx_comparison *c, const struct plx_map_data *data,
                           const struct plx_owner *found)
{
    if (found->state != PLX_OWNER_CURRENT)
        return FALSE;
    struct plx_map_item item = plx_map_item(c->after, data->kind, found->index);
    return names(item.was, item.id) && names(item.was, data->id);
}

static void check_subject(const struct plx_comparison *c, const struct plx_map_data *data,
                          struct fault *fault)
{
    struct plx_owner was = plx_map_resolve_any(c->before, data->kind, data->id);
    struct plx_owner heir = plx_map_resolve_any(c->after, data->kind, was.id);
    struct plx_owner found = plx_map_resolve_any(c->after, data->kind, data->id);
    if (takes_back(c, data, &found))
        return;
    if (heir.state == PLX_OWNER_NONE)
        say_gone(c, data->kind, &was, fault);
    else if (!is_same(&heir, &found))
        say_astray(c, data, &was, &heir, &found, fault);
    else if (was.state == PLX_OWNER_RETIRED && found.state == PLX_OWNER_CURRENT &&
             strcmp(was.id, found.id) != 0 && is_leftover(c, data->kind, &was, &found))
        say_leftover(c, data, &was, &found, fault);
}

/* ---- scales ---- */

static void say_scale(const struct plx_map_data *data, const char *id, const char *now,
                      struct fault *fault)
{
    g_autofree char *count = count_text(data->count);
    g_string_append_printf(fault->message,
                           "the %s \"%s\" has %s on its scale, which cannot change under them; "
                           "keep it, and declare another %s for the new scale",
                           plx_thing_name(data->kind), id, count, plx_thing_name(data->kind));
    fault->thing = now;
}

static void check_audience(const struct plx_comparison *c, const struct plx_map_data *data,
                           struct fault *fault)
{
    check_subject(c, data, fault);
    gint before = plx_map_find_audience(c->before, data->id);
    gint after = plx_map_find_audience(c->after, data->id);
    if (fault->message->len == 0 && before >= 0 && after >= 0 &&
        !plx_scale_same(c->before->audiences[before].scale, c->after->audiences[after].scale))
        say_scale(data, c->before->audiences[before].id, c->after->audiences[after].id, fault);
}

static void check_measure(const struct plx_comparison *c, const struct plx_map_data *data,
                          struct fault *fault)
{
    gint before = plx_map_find_measure(c->before, data->id);
    gint after = plx_map_find_measure(c->after, data->id);
    if (after < 0) {
        g_autofree char *count = count_text(data->count);
        g_string_append_printf(fault->message,
                               "the measure \"%s\" has %s and is no longer on the map; keep it, "
                               "asked or not",
                               data->id, count);
        return;
    }
    const struct plx_measure_def *now = &c->after->measures[after];
    if (before < 0)
        return;
    const struct plx_measure_def *then = &c->before->measures[before];
    if (!plx_scale_same(then->scale, now->scale)) {
        say_scale(data, data->id, now->id, fault);
    } else if (then->subjects & ~now->subjects) {
        g_autofree char *count = count_text(data->count);
        g_string_append_printf(fault->message,
                               "the measure \"%s\" has %s; what it is asked of (`of`) cannot "
                               "change under them; keep it, and declare another",
                               data->id, count);
        fault->thing = now->id;
    }
}

/* ---- all of them ---- */

static void check_one(const struct plx_comparison *c, const struct plx_map_data *data,
                      struct fault *fault)
{
    if (data->kind == PLX_THING_MEASURE)
        check_measure(c, data, fault);
    else if (data->kind == PLX_THING_AUDIENCE)
        check_audience(c, data, fault);
    else
        check_subject(c, data, fault);
}

static gint compare_data(gconstpointer a, gconstpointer b)
{
    const struct plx_map_data *const *x = a, *const *y = b;
    if ((*x)->kind != (*y)->kind)
        return (*x)->kind < (*y)->kind ? -1 : 1;
    return strcmp((*x)->id, (*y)->id);
}

static GPtrArray *sorted_data(const struct plx_comparison *c)
{
    GPtrArray *sorted = g_ptr_array_sized_new((guint)c->n_data);
    for (gsize i = 0; i < c->n_data; i++)
        g_ptr_array_add(sorted, (gpointer)(guintptr)&c->data[i]);
    g_ptr_array_sort(sorted, compare_data);
    return sorted;
}

static gboolean refuse(const struct plx_comparison *c, const struct fault *fault,
                       const GPtrArray *others, GError **error)
{
    for (guint i = 0; i < MIN(others->len, ALSO_MAX); i++)
        g_string_append_printf(fault->message, "%s\"%s\"",
                               i > 0 ? ", " : "; the same is to be settled for ",
                               (const char *)g_ptr_array_index(others, i));
    if (others->len > ALSO_MAX)
        g_string_append_printf(fault->message, " and %u more", others->len - ALSO_MAX);
    struct plx_loc place = plx_map_place(c->after, fault->thing);
    return place.file ? plx_error_at(error, PLX_ERROR_INPUT, &place, "%s", fault->message->str)
                      : plx_error(error, PLX_ERROR_INPUT, "%s", fault->message->str);
}

gboolean plx_comparison_check(const struct plx_comparison *c, GError **error)
{
    g_autoptr(GPtrArray) sorted = sorted_data(c);
    g_autoptr(GPtrArray) others = g_ptr_array_new(); /* ids, borrowed */
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) later = g_string_new(NULL);
    struct fault fault = {first, NULL};
    for (guint i = 0; i < sorted->len; i++) {
        const struct plx_map_data *data = g_ptr_array_index(sorted, i);
        struct fault further = {later, NULL};
        gboolean have = first->len > 0;
        check_one(c, data, have ? &further : &fault);
        if (later->len > 0)
            g_ptr_array_add(others, (gpointer)(guintptr)data->id);
        g_string_truncate(later, 0);
    }
    return first->len == 0 || refuse(c, &fault, others, error);
}
