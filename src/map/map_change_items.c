/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of what has answers: what is new, what goes on from what, what is gone. */
#include "map/map_change_private.h"
#include "map/map_same.h"

#include <string.h>

/* "; its 12 answers go with it" and such; nothing where there are none. */
static char *answers_text(guint64 n, const char *what)
{
    return n == 0 ? g_strdup("")
                  : g_strdup_printf("; its %" G_GUINT64_FORMAT " answer%s %s", n, n == 1 ? "" : "s",
                                    what);
}

/* "point", "vignette", "task": what people call it, on the new map or else on the old one. */
static const char *called(const struct plx_comparison *c, enum plx_thing kind, const char *id)
{
    const gint now = plx_map_find_item(c->after, kind, id);
    const gint then = plx_map_find_item(c->before, kind, id);
    const gboolean vignette =
        now >= 0 ? plx_map_is_vignette(c->after, now) : plx_map_is_vignette(c->before, then);
    return kind == PLX_THING_POINT && vignette ? "vignette" : plx_thing_name(kind);
}

/* ---- what a thing goes on from ---- */

/* The old things that `now` continues by its `was`: ids, borrowed. */
static GPtrArray *continued(const struct plx_comparison *c, enum plx_thing kind,
                            const struct plx_map_item *now)
{
    GPtrArray *ids = g_ptr_array_new();
    for (char *const *was = now->was; was && *was; was++) {
        if (plx_map_find_item(c->before, kind, *was) < 0 || strcmp(*was, now->id) == 0)
            continue;
        struct plx_owner heir = plx_map_resolve_any(c->after, kind, *was);
        if (heir.state == PLX_OWNER_CURRENT && strcmp(heir.id, now->id) == 0)
            g_ptr_array_add(ids, *was);
    }
    return ids;
}

static char *join(const GPtrArray *ids)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < ids->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "",
                               (const char *)g_ptr_array_index(ids, i));
    return g_string_free(text, FALSE);
}

static void add_new(struct plx_comparison *c, enum plx_thing kind, const struct plx_map_item *now)
{
    struct plx_owner before = plx_map_resolve_any(c->before, kind, now->id);
    const char *name = called(c, kind, now->id);
    guint64 n = plx_comparison_answers(c, kind, now->id);
    if (before.state == PLX_OWNER_RETIRED && strcmp(before.id, now->id) == 0) {
        g_autofree char *answers = answers_text(n, "count again");
        plx_comparison_add(c, PLX_CHANGE_UNRETIRED, kind, now->id, NULL, n,
                           "The %s \"%s\" [%s] is asked again%s.", name, now->title, now->id,
                           answers);
    } else if (before.state == PLX_OWNER_CURRENT || before.state == PLX_OWNER_RETIRED) {
        plx_comparison_add(c, PLX_CHANGE_RESTORED, kind, now->id, before.id, 0,
                           "The %s \"%s\" [%s] takes back its own answers, which were with "
                           "\"%s\".",
                           name, now->title, now->id, before.id);
    } else {
        plx_comparison_add(c, PLX_CHANGE_ADDED, kind, now->id, NULL, n, "New %s: \"%s\" [%s].",
                           name, now->title, now->id);
    }
}

static void add_merged(struct plx_comparison *c, enum plx_thing kind,
                       const struct plx_map_item *now, const GPtrArray *from)
{
    g_autofree char *ids = join(from);
    guint64 n = 0;
    for (guint i = 0; i < from->len; i++)
        n += plx_comparison_answers(c, kind, g_ptr_array_index(from, i));
    g_autofree char *answers =
        n == 0 ? g_strdup("")
               : g_strdup_printf(", with %" G_GUINT64_FORMAT " answer%s", n, n == 1 ? "" : "s");
    plx_comparison_add(c, PLX_CHANGE_MERGED, kind, now->id, ids, n,
                       "The %s \"%s\" [%s] now stands for %s, too%s.", called(c, kind, now->id),
                       now->title, now->id, ids, answers);
}

/* The old thing that `now` is, under whatever id; -1 when it is new. */
static gint add_origin(struct plx_comparison *c, enum plx_thing kind,
                       const struct plx_map_item *now)
{
    gint then = plx_map_find_item(c->before, kind, now->id);
    g_autoptr(GPtrArray) from = continued(c, kind, now);
    if (from->len == 0) {
        if (then < 0)
            add_new(c, kind, now);
        return then;
    }
    if (then < 0 && from->len == 1) {
        const char *id = g_ptr_array_index(from, 0);
        guint64 n = plx_comparison_answers(c, kind, id);
        g_autofree char *answers = answers_text(n, n == 1 ? "goes with it" : "go with it");
        plx_comparison_add(c, PLX_CHANGE_RENAMED, kind, now->id, id, n,
                           "The %s \"%s\" has the id \"%s\" now%s.", called(c, kind, now->id), id,
                           now->id, answers);
        return plx_map_find_item(c->before, kind, id);
    }
    add_merged(c, kind, now, from);
    return then >= 0 ? then : plx_map_find_item(c->before, kind, g_ptr_array_index(from, 0));
}

/* ---- what is said of it ---- */

/* "journey/transaction" of a point, the journey by its id of today. */
static char *home_text(const struct plx_comparison *c, const plx_map *map, guint point)
{
    const struct plx_point *at = &map->points[point];
    const struct plx_journey *journey = &map->journeys[at->journey];
    struct plx_owner now = plx_map_resolve_any(c->after, PLX_THING_JOURNEY, journey->id);
    return g_strdup_printf("%s/%s", now.id, journey->transactions[at->transaction].id);
}

static void compare_home(struct plx_comparison *c, guint then, guint now)
{
    if (plx_map_is_vignette(c->before, (gint)then) || plx_map_is_vignette(c->after, (gint)now))
        return; /* has no home of its own */
    g_autofree char *from = home_text(c, c->before, then);
    g_autofree char *to = home_text(c, c->after, now);
    const struct plx_point *point = &c->after->points[now];
    if (strcmp(from, to) != 0)
        plx_comparison_add(c, PLX_CHANGE_MOVED, PLX_THING_POINT, point->id, from, 0,
                           "The point \"%s\" [%s] moved from %s to %s.", point->title, point->id,
                           from, to);
}

static void add_flag(struct plx_comparison *c, enum plx_map_change_code code, const char *id,
                     gboolean then, gboolean now, const char *is, const char *warning)
{
    if (!then == !now)
        return;
    guint64 n = plx_comparison_answers(c, PLX_THING_AUDIENCE, id);
    plx_comparison_add(c, code, PLX_THING_AUDIENCE, id, NULL, n, "The audience \"%s\" is %s %s%s.",
                       id, now ? "now" : "no longer", is, !now && n > 0 ? warning : "");
}

static void compare_audience(struct plx_comparison *c, guint old_index, guint new_index)
{
    const struct plx_audience *then = &c->before->audiences[old_index];
    const struct plx_audience *now = &c->after->audiences[new_index];
    add_flag(c, PLX_CHANGE_SERVED, now->id, then->served, now->served,
             "among those whose view decides", "");
    add_flag(c, PLX_CHANGE_PROTECTED, now->id, then->protected_, now->protected_, "protected",
             ", though answers were given under protection");
    if (then->identity != now->identity)
        plx_comparison_add(c, PLX_CHANGE_IDENTITY, PLX_THING_AUDIENCE, now->id,
                           plx_identity_name((int)then->identity), 0,
                           "Of the audience \"%s\" new answers are kept with identity %s, before "
                           "%s.",
                           now->id, plx_identity_name((int)now->identity),
                           plx_identity_name((int)then->identity));
    if (strcmp(then->scale->id, now->scale->id) != 0 || !plx_scale_same(then->scale, now->scale))
        plx_comparison_add(c, PLX_CHANGE_SCALE, PLX_THING_AUDIENCE, now->id, then->scale->id, 0,
                           "The audience \"%s\" gives levels on the scale \"%s\" now.", now->id,
                           now->scale->id);
    if (!then->named != !now->named || then->population != now->population ||
        then->minimum != now->minimum)
        plx_comparison_add(c, PLX_CHANGE_EDITED, PLX_THING_AUDIENCE, now->id, NULL, 0,
                           "The audience \"%s\" has another population, minimum or consent to be "
                           "named.",
                           now->id);
}

static gboolean same_details(const struct plx_comparison *c, enum plx_thing kind, guint then,
                             guint now)
{
    switch ((int)kind) {
    case PLX_THING_POINT:
        return plx_map_same_point(c->before, then, c->after, now);
    case PLX_THING_TASK:
        return plx_map_same_task(c->before, then, c->after, now);
    case PLX_THING_PROMISE:
        return plx_map_same_promise(c->before, then, c->after, now);
    default:
        return TRUE;
    }
}

static void compare_item(struct plx_comparison *c, enum plx_thing kind, guint index)
{
    struct plx_map_item now = plx_map_item(c->after, kind, index);
    gint then = add_origin(c, kind, &now);
    if (then < 0)
        return;
    struct plx_map_item old = plx_map_item(c->before, kind, (guint)then);
    const char *name = called(c, kind, now.id);
    if (!plx_map_same_text(c->before, old.title, c->after, now.title))
        plx_comparison_add(c, PLX_CHANGE_RETITLED, kind, now.id, NULL, 0,
                           "The %s [%s] is called \"%s\" now, before \"%s\".", name, now.id,
                           now.title, old.title);
    if (kind == PLX_THING_POINT)
        compare_home(c, (guint)then, index);
    if (kind == PLX_THING_AUDIENCE)
        compare_audience(c, (guint)then, index);
    if (!same_details(c, kind, (guint)then, index))
        plx_comparison_add(c, PLX_CHANGE_EDITED, kind, now.id, NULL, 0,
                           "What is said of the %s \"%s\" [%s] changed.", name, now.title, now.id);
}

/* ---- what is gone ---- */

/* Those on the new map that name an id in their `was`. */
static char *claimants(const struct plx_comparison *c, enum plx_thing kind, const char *id)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < plx_map_n_items(c->after, kind); i++) {
        struct plx_map_item item = plx_map_item(c->after, kind, i);
        if (item.was && g_strv_contains((const char *const *)item.was, id))
            g_ptr_array_add(ids, (gpointer)(guintptr)item.id);
    }
    return join(ids);
}

static void add_set_aside(struct plx_comparison *c, enum plx_thing kind, const char *id,
                          const char *title)
{
    g_autofree char *into = claimants(c, kind, id);
    guint64 n = plx_comparison_answers(c, kind, id);
    g_autofree char *answers = answers_text(n, n == 1 ? "stays with it" : "stay with it");
    if (*into)
        plx_comparison_add(c, PLX_CHANGE_SPLIT, kind, id, into, n,
                           "The %s \"%s\" [%s] is followed by %s and retired%s.",
                           called(c, kind, id), title, id, into, answers);
    else
        plx_comparison_add(c, PLX_CHANGE_RETIRED, kind, id, NULL, n,
                           "The %s \"%s\" [%s] is retired%s.", called(c, kind, id), title, id,
                           answers);
}

static void add_gone(struct plx_comparison *c, enum plx_thing kind, const struct plx_map_item *then)
{
    struct plx_owner now = plx_map_resolve_any(c->after, kind, then->id);
    const guint64 n = plx_comparison_answers(c, kind, then->id);
    g_autofree char *answers = answers_text(n, n == 1 ? "stays" : "stay");
    if (now.state == PLX_OWNER_RETIRED)
        add_set_aside(c, kind, then->id, then->title);
    else if (now.state != PLX_OWNER_CURRENT && n > 0) /* a map without journeys takes any point */
        plx_comparison_add(c, PLX_CHANGE_REMOVED, kind, then->id, NULL, 0,
                           "The %s \"%s\" [%s] is no longer listed%s.", called(c, kind, then->id),
                           then->title, then->id, answers);
    else if (now.state != PLX_OWNER_CURRENT)
        plx_comparison_add(c, PLX_CHANGE_REMOVED, kind, then->id, NULL, 0,
                           "The %s \"%s\" [%s] is gone; it had no answers.",
                           called(c, kind, then->id), then->title, then->id);
}

/* Something that was retired before is no longer, without being back under its own id. */
static void add_no_longer_retired(struct plx_comparison *c, const struct plx_retired *then)
{
    struct plx_owner now = plx_map_resolve_any(c->after, then->kind, then->id);
    enum plx_thing kind = (enum plx_thing)then->kind;
    guint64 n = plx_comparison_answers(c, kind, then->id);
    if (now.state == PLX_OWNER_CURRENT && strcmp(now.id, then->id) != 0) {
        g_autofree char *answers = answers_text(n, n == 1 ? "counts there" : "count there");
        plx_comparison_add(c, PLX_CHANGE_UNRETIRED, kind, then->id, now.id, n,
                           "The retired %s \"%s\" is continued by \"%s\"%s.", plx_thing_name(kind),
                           then->id, now.id, answers);
    } else if (now.state == PLX_OWNER_NONE || now.state == PLX_OWNER_OPEN) {
        g_autofree char *answers = answers_text(n, n == 1 ? "counts again" : "count again");
        plx_comparison_add(c, PLX_CHANGE_REMOVED, kind, then->id, NULL, n,
                           "The retired %s \"%s\" is forgotten%s.", plx_thing_name(kind), then->id,
                           answers);
    }
}

static void compare_retired(struct plx_comparison *c, enum plx_thing kind)
{
    for (guint i = 0; i < c->before->n_retired; i++)
        if (c->before->retired[i].kind == (enum plx_subject_kind)kind)
            add_no_longer_retired(c, &c->before->retired[i]);
    for (guint i = 0; i < c->after->n_retired; i++) {
        const struct plx_retired *now = &c->after->retired[i];
        if (now->kind != (enum plx_subject_kind)kind ||
            plx_map_find_item(c->before, kind, now->id) >= 0)
            continue; /* said when it went */
        struct plx_owner then = plx_map_resolve_any(c->before, kind, now->id);
        if (then.state != PLX_OWNER_RETIRED || strcmp(then.id, now->id) != 0)
            add_set_aside(c, kind, now->id, now->title ? now->title : now->id);
    }
}

void plx_comparison_items(struct plx_comparison *c, enum plx_thing kind)
{
    for (guint i = 0; i < plx_map_n_items(c->after, kind); i++)
        compare_item(c, kind, i);
    for (guint i = 0; i < plx_map_n_items(c->before, kind); i++) {
        struct plx_map_item then = plx_map_item(c->before, kind, i);
        if (plx_map_find_item(c->after, kind, then.id) < 0)
            add_gone(c, kind, &then);
    }
    if (kind <= PLX_THING_PROMISE)
        compare_retired(c, kind);
}
