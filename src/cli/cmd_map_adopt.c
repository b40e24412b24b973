/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map adopt: what people miss on the map, and taking it. What may be shown is decided by the
 * reading (reading/workshop.h): what it does not release is not listed and cannot be taken. */
#include "base/id.h"
#include "base/json.h"
#include "base/suggest.h"
#include "cli/cmd_map.h"
#include "cli/cmd_workshop.h"
#include "map/map_insert.h"
#include "reading/workshop.h"
#include "report/json_parts.h"
#include "report/term.h"
#include "store/map_log.h"
#include "store/themes.h"

#include <string.h>

/* One moment and where it goes. */
struct adoption {
    plx_app *app;
    const plx_invocation *invocation;
    plx_store *store;
    gboolean dry_run;
    char *title;  /* as it is listed */
    gint64 theme; /* -1: words that nobody has sorted */
    char *point;  /* by id or title */
};

/* The list ---------------------------------------------------------------------------------- */

static plx_workshop *read_workshop(const plx_app *app, plx_store *store, GError **error)
{
    static const struct plx_workshop_options all = {0};
    gint64 number;
    g_autoptr(plx_codebook) book = plx_themes_read(store, &number, error);
    g_autoptr(plx_source) source = book ? plx_store_source(store, plx_app_threads(app)) : NULL;
    return source ? plx_workshop_read(source, book, &all, error) : NULL;
}

static const struct plx_workshop_part *moments_of(const plx_workshop *workshop)
{
    return &workshop->parts[PLX_ASKED_MOMENT];
}

/* "2 tables, 13 persons: leader, staff"; how many people alone may be too few to be told. */
static void append_counts(GString *out, const plx_workshop *w,
                          const struct plx_workshop_theme *theme)
{
    if (theme->tables != PLX_NO_COUNT && theme->persons != PLX_NO_COUNT) {
        g_autofree char *tables = plx_cmd_count((guint64)theme->tables, "table", "tables");
        g_autofree char *persons = plx_cmd_count((guint64)theme->persons, "person", "persons");
        g_string_append_printf(out, "%s%s%s: ", theme->tables > 0 ? tables : "",
                               theme->tables > 0 ? ", " : "", persons);
    }
    const char *comma = "";
    for (guint a = 0; a < w->n_audiences; a++) {
        if (!theme->named[a].named)
            continue;
        g_string_append_printf(out, "%s%s", comma, w->audiences[a].id);
        comma = ", ";
    }
}

static void list_table(plx_app *app, const plx_workshop *w)
{
    GString *const out = plx_app_out(app);
    const struct plx_workshop_part *const part = moments_of(w);
    if (part->n_themes == 0)
        g_string_append(out, "No moment is missing: none was named that is on no point.\n");
    for (guint i = 0; i < part->n_themes; i++) {
        g_string_append_printf(out, "%4u  ", i + 1);
        plx_term_safe(out, part->themes[i].title);
        g_string_append(out, " (");
        append_counts(out, w, &part->themes[i]);
        g_string_append(out, ")\n");
    }
}

static void list_json(plx_app *app, const plx_workshop *w)
{
    const struct plx_workshop_part *const part = moments_of(w);
    g_autoptr(plx_json) json =
        plx_cmd_json_begin_list(plx_app_out(app), "parallax.moments/1", "moments");
    for (guint i = 0; i < part->n_themes; i++) {
        const struct plx_workshop_theme *const theme = &part->themes[i];
        plx_json_begin_object(json, NULL);
        plx_json_integer(json, "moment", i + 1);
        plx_json_string(json, "title", theme->title);
        plx_json_count(json, "theme", theme->id);
        plx_json_count(json, "tables", theme->tables);
        plx_json_count(json, "alone", theme->alone);
        plx_json_count(json, "persons", theme->persons);
        plx_json_begin_array(json, "named_by");
        for (guint a = 0; a < w->n_audiences; a++)
            if (theme->named[a].named)
                plx_json_string(json, NULL, w->audiences[a].id);
        plx_json_end_array(json);
        plx_json_end_object(json);
    }
    plx_cmd_json_end_list(json);
}

static void list(const struct adoption *a, const plx_workshop *workshop)
{
    if (workshop->withheld > 0) {
        g_autofree char *answers = plx_cmd_count((guint64)workshop->withheld, "answer", "answers");
        plx_app_note(
            a->app,
            "over all questions %s may not be shown as written; what 'workshop code' sorts "
            "is listed by its theme",
            answers);
    }
    if (plx_cmd_is_json(a->invocation))
        list_json(a->app, workshop);
    else
        list_table(a->app, workshop);
}

/* Which moment ------------------------------------------------------------------------------ */

static gboolean no_moment(const plx_workshop *workshop, const char *name, GError **error)
{
    const struct plx_workshop_part *const part = moments_of(workshop);
    g_autofree const char **titles = g_new0(const char *, part->n_themes + 1);
    for (guint i = 0; i < part->n_themes; i++)
        titles[i] = part->themes[i].title;
    g_autofree char *near = plx_suggest_text(name, titles, part->n_themes);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "no moment that is on no point is called \"%s\"%s",
                     name, near);
}

static gboolean find_moment(struct adoption *a, const plx_workshop *workshop, GError **error)
{
    const struct plx_workshop_part *const part = moments_of(workshop);
    const char *const name = plx_invocation_argument(a->invocation, 1);
    g_autofree char *wanted = plx_id_new(name, strlen(name));
    guint64 number = 0;
    if (g_ascii_string_to_unsigned(name, 10, 0, G_MAXUINT32, &number, NULL) &&
        (number == 0 || number > part->n_themes))
        return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no moment %s; there are %u", name,
                         part->n_themes);
    for (guint i = 0; number == 0 && wanted && i < part->n_themes; i++) {
        g_autofree char *id = plx_id_new(part->themes[i].title, strlen(part->themes[i].title));
        number = g_strcmp0(id, wanted) == 0 ? i + 1 : 0;
    }
    if (number == 0)
        return no_moment(workshop, name, error);
    a->title = g_strdup(part->themes[number - 1].title);
    a->theme = part->themes[number - 1].id;
    return TRUE;
}

/* Onto a point ------------------------------------------------------------------------------ */

/* Into a theme: what is in one stays there, unless another is asked for. */
static gboolean sort_moment(const struct adoption *a, plx_sorter *sorter, const char *title,
                            char **act, GError **error)
{
    g_autoptr(GArray) answers = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autofree char *wanted = plx_id_new(a->title, strlen(a->title));
    for (guint i = 0; i < plx_sorter_answers(sorter); i++) {
        const struct plx_sorter_answer *const answer = plx_sorter_answer(sorter, i);
        g_autofree char *id = plx_id_new(answer->text, strlen(answer->text));
        if (strcmp(answer->prompt, plx_asked_prompt(PLX_ASKED_MOMENT)) == 0 &&
            (a->theme >= 0 ? answer->theme == (guint32)a->theme
                           : answer->theme == 0 && g_strcmp0(id, wanted) == 0))
            g_array_append_val(answers, i);
    }
    return plx_sorter_put(sorter, (const guint *)(gconstpointer)answers->data, answers->len, title,
                          act, error);
}

static gboolean attach(const struct adoption *a, GError **error)
{
    gint64 number = 0;
    g_autoptr(plx_sorter) sorter = plx_cmd_workshop_sorter(a->app, a->store, &number, error);
    const char *const asked = plx_invocation_string(a->invocation, PLX_OPTION_THEME);
    const char *const title = asked ? asked : a->title;
    g_autofree char *sorted = NULL, *tied = NULL;
    if (!sorter || !sort_moment(a, sorter, title, &sorted, error) ||
        !plx_sorter_tie(sorter, title, a->point, &tied, error))
        return FALSE;
    g_autofree char *act = g_strdup_printf("%s%s%s", sorted ? sorted : "",
                                           sorted && tied ? "; " : "", tied ? tied : "");
    if (!a->dry_run && *act &&
        !plx_themes_write(a->store, plx_sorter_book(sorter), act, number, &number, error))
        return FALSE;
    GString *const out = plx_app_out(a->app);
    g_string_append(out, a->dry_run ? "would do: " : "");
    plx_term_safe(out, act);
    g_string_append_c(out, '\n');
    return TRUE;
}

/* Into the map ------------------------------------------------------------------------------ */

static char *new_map(const struct adoption *a, const char *title, GError **error)
{
    const plx_map *const map = plx_store_map(a->store);
    const char *const transaction = plx_invocation_string(a->invocation, PLX_OPTION_TRANSACTION);
    const char *const after = plx_invocation_string(a->invocation, PLX_OPTION_AFTER);
    struct plx_map_spot place;
    if (!plx_map_is_closed(map)) {
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "%s has no map with journeys yet; make one (map draft, template show), then "
                  "map apply",
                  plx_invocation_argument(a->invocation, 0));
        return NULL;
    }
    if (!plx_map_find_spot(map, transaction, after, &place, error))
        return NULL;
    g_autofree char *yaml = plx_map_log_text(a->store, 0, error);
    return yaml ? plx_map_insert(yaml, "the map", &place, title, error) : NULL;
}

/* The map first: a theme that is tied to no point of the map would say nothing, a point that no
 * theme is tied to is a good one. */
static gboolean add_point(struct adoption *a, GError **error)
{
    const char *const path = plx_invocation_argument(a->invocation, 0);
    g_autofree char *title = g_strdup(plx_invocation_string(a->invocation, PLX_OPTION_AS));
    g_strstrip(title);
    a->point = plx_map_new_point(plx_store_map(a->store), title, error);
    g_autofree char *yaml = a->point ? new_map(a, title, error) : NULL;
    g_autoptr(GPtrArray) changes = NULL;
    if (!yaml || !plx_map_log_apply(a->store, yaml, "map adopt", a->dry_run, &changes, error))
        return FALSE;
    plx_cmd_map_tell(plx_app_out(a->app), path, changes, a->dry_run);
    if (a->dry_run) {
        GString *const out = plx_app_out(a->app);
        g_string_append(out, "would do: \"");
        plx_term_safe(out, a->title);
        g_string_append_printf(out, "\" tied to %s\n", a->point);
        return TRUE;
    }
    if (attach(a, error))
        return TRUE;
    g_prefix_error(error,
                   "the map has the point \"%s\" now, but the moment is not on it; repeat with "
                   "--point %s instead of --as: ",
                   a->point, a->point);
    return FALSE;
}

/* All of it --------------------------------------------------------------------------------- */

static gboolean check_theme(const plx_invocation *invocation, GError **error)
{
    const char *const title = plx_invocation_string(invocation, PLX_OPTION_THEME);
    g_autofree char *id = title ? plx_id_new(title, strlen(title)) : NULL;
    return !title || id ||
           plx_error(error, PLX_ERROR_USAGE,
                     "\"%s\" is no title of a theme: it needs a letter or a digit", title);
}

static gboolean check_options(const plx_invocation *invocation, GError **error)
{
    static const enum plx_option_id acts[] = {PLX_OPTION_POINT, PLX_OPTION_AS,
                                              PLX_OPTION_TRANSACTION, PLX_OPTION_AFTER,
                                              PLX_OPTION_THEME};
    const gboolean moment = plx_invocation_argument(invocation, 1) != NULL;
    const gboolean point = plx_invocation_has(invocation, PLX_OPTION_POINT);
    const gboolean as = plx_invocation_has(invocation, PLX_OPTION_AS);
    const gboolean transaction = plx_invocation_has(invocation, PLX_OPTION_TRANSACTION);
    for (gsize i = 0; !moment && i < G_N_ELEMENTS(acts); i++)
        if (plx_invocation_has(invocation, acts[i]))
            return plx_error(error, PLX_ERROR_USAGE,
                             "--%s needs a MOMENT: its number in the list, or its words",
                             plx_option_get(acts[i])->name);
    if (moment && point == as)
        return plx_error(error, PLX_ERROR_USAGE,
                         "say where the moment belongs: --point POINT, or --as TITLE "
                         "--transaction NAME%s",
                         point ? ", not both" : "");
    if (as != transaction)
        return plx_error(error, PLX_ERROR_USAGE, "--as and --transaction belong together");
    if (!as && plx_invocation_has(invocation, PLX_OPTION_AFTER))
        return plx_error(error, PLX_ERROR_USAGE, "--after says where the point of --as goes");
    return check_theme(invocation, error);
}

gboolean plx_cmd_map_adopt(plx_app *app, const plx_invocation *invocation, GError **error)
{
    if (!check_options(invocation, error))
        return FALSE;
    const gboolean acts = plx_invocation_argument(invocation, 1) != NULL;
    const gboolean dry_run = plx_invocation_has(invocation, PLX_OPTION_DRY_RUN);
    g_autoptr(plx_store) store =
        plx_cmd_workspace_open(app, invocation, acts ? PLX_STORE_WRITE : PLX_STORE_READ, error);
    g_autoptr(plx_workshop) workshop = store ? read_workshop(app, store, error) : NULL;
    if (!workshop)
        return FALSE;
    struct adoption a = {
        .app = app, .invocation = invocation, .store = store, .dry_run = dry_run, .theme = -1};
    if (!acts) {
        list(&a, workshop);
        return TRUE;
    }
    if (!find_moment(&a, workshop, error))
        return FALSE;
    /* The reading borrows the map, which may become another. */
    plx_workshop_free(g_steal_pointer(&workshop));
    gboolean done;
    if (plx_invocation_has(invocation, PLX_OPTION_AS)) {
        done = add_point(&a, error);
    } else {
        a.point = g_strdup(plx_invocation_string(invocation, PLX_OPTION_POINT));
        done = attach(&a, error);
    }
    g_free(a.title);
    g_free(a.point);
    return done;
}
