/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_source.h"
#include "cli/cmd_workspace.h"

#include "ingest/recipe_builtin.h"
#include "map/map_file.h"
#include "reading/weights.h"
#include "store/store.h"
#include "store/themes.h"
#include "workshop/coding_file.h"

#include <string.h>

#define DEFAULT_SEED 1

struct plx_cmd_source {
    plx_store *store; /* of a workspace, which then owns the map */
    plx_map *map;
    plx_recipe *recipe; /* or NULL */
    plx_source *source;
    char *map_file, *recipe_file; /* or NULL */
};

char *plx_cmd_word(const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:+@%";
    return *word && strspn(word, plain) == strlen(word) ? g_strdup(word) : g_shell_quote(word);
}

static gboolean set_population(plx_map *map, const char *text, GError **error)
{
    const char *equals = strchr(text, '=');
    gint64 n;
    if (!equals || !g_ascii_string_to_signed(equals + 1, 10, 1, G_MAXINT64, &n, NULL))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--population \"%s\": expected AUDIENCE=NUMBER, like leader=8", text);
    g_autofree char *audience = g_strndup(text, (gsize)(equals - text));
    return plx_map_set_population(map, audience, n, error);
}

gboolean plx_cmd_apply_audiences(plx_map *map, const plx_invocation *invocation, GError **error)
{
    const char *const *declared = plx_invocation_list(invocation, PLX_OPTION_DECLARE);
    for (guint i = 0; declared[i]; i++)
        if (!plx_map_declare(map, declared[i], error))
            return FALSE;
    const char *const *populations = plx_invocation_list(invocation, PLX_OPTION_POPULATION);
    for (guint i = 0; populations[i]; i++)
        if (!set_population(map, populations[i], error))
            return FALSE;
    const char *const *named = plx_invocation_list(invocation, PLX_OPTION_NAMED);
    for (guint i = 0; named[i]; i++)
        if (!plx_map_set_named(map, named[i], error))
            return FALSE;
    return TRUE;
}

/* A sign, or the name a recipe has for it. */
static gboolean parse_delimiter(const char *text, char *delimiter, GError **error)
{
    static const char *const names[] = {"comma", "semicolon", "tab", "pipe", "spaces"};
    static const char signs[] = ",;\t| ";
    if (!text)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(text, names[i]) == 0 || (text[0] == signs[i] && text[1] == '\0')) {
            *delimiter = signs[i];
            return TRUE;
        }
    }
    return plx_error(error, PLX_ERROR_USAGE,
                     "--delimiter \"%s\": expected comma, semicolon, tab, pipe or spaces", text);
}

gboolean plx_cmd_recipe(const plx_invocation *invocation, plx_map *map, plx_recipe **recipe,
                        GError **error)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_RECIPE);
    if (!path)
        return TRUE;
    g_autoptr(plx_recipe) read = plx_recipe_open(path, map, error);
    if (!read ||
        !plx_recipe_set(read, map, plx_invocation_list(invocation, PLX_OPTION_SET), error) ||
        !plx_recipe_apply(read, map, error))
        return FALSE;
    *recipe = g_steal_pointer(&read);
    return TRUE;
}

static gboolean open_map(plx_cmd_source *s, const plx_invocation *invocation, GError **error)
{
    const char *path = plx_invocation_string(invocation, PLX_OPTION_MAP);
    const char *recipe = plx_invocation_string(invocation, PLX_OPTION_RECIPE);
    s->map_file = path ? g_path_get_basename(path) : NULL;
    s->recipe_file = recipe ? g_path_get_basename(recipe) : NULL;
    s->map = path ? plx_map_read(path, error) : plx_map_new_open();
    if (!s->map || !plx_cmd_apply_audiences(s->map, invocation, error))
        return FALSE;
    return plx_cmd_recipe(invocation, s->map, &s->recipe, error);
}

gboolean plx_cmd_file_options(const plx_app *app, const plx_invocation *invocation,
                              struct plx_file_options *options, GError **error)
{
    struct plx_file_options found = {
        .encoding = plx_invocation_string(invocation, PLX_OPTION_ENCODING),
        .ignore = plx_invocation_list(invocation, PLX_OPTION_IGNORE_COLUMN),
        .set = plx_invocation_list(invocation, PLX_OPTION_SET),
        .max_errors =
            (guint64)plx_invocation_integer(invocation, PLX_OPTION_MAX_ERRORS, /* fallback= */ 0),
        .rejects = plx_invocation_string(invocation, PLX_OPTION_REJECTS),
        .threads = plx_app_threads(app)};
    const char *delimiter = plx_invocation_string(invocation, PLX_OPTION_DELIMITER);
    if (!parse_delimiter(delimiter, &found.delimiter, error))
        return FALSE;
    *options = found;
    return TRUE;
}

static gboolean open_file(plx_cmd_source *s, const plx_app *app, const plx_invocation *invocation,
                          const char *path, GError **error)
{
    struct plx_file_options options;
    if (!plx_cmd_file_options(app, invocation, &options, error) || !open_map(s, invocation, error))
        return FALSE;
    options.plan = s->recipe ? plx_recipe_plan(s->recipe) : NULL;
    s->source = plx_file_source_new(path, s->map, &options, error);
    return s->source != NULL;
}

/* Options that say how a file is read make no sense of a workspace. */
static gboolean check_workspace_options(const plx_invocation *invocation, GError **error)
{
    static const enum plx_option_id files_only[] = {
        PLX_OPTION_MAP,           PLX_OPTION_RECIPE,     PLX_OPTION_SET,
        PLX_OPTION_DECLARE,       PLX_OPTION_ENCODING,   PLX_OPTION_DELIMITER,
        PLX_OPTION_IGNORE_COLUMN, PLX_OPTION_MAX_ERRORS, PLX_OPTION_REJECTS};
    for (gsize i = 0; i < G_N_ELEMENTS(files_only); i++)
        if (plx_invocation_has(invocation, files_only[i]))
            return plx_error(error, PLX_ERROR_USAGE,
                             "--%s is for files of answers; %s is a workspace, which has its own "
                             "map and answers",
                             plx_option_get(files_only[i])->name,
                             plx_invocation_argument(invocation, 0));
    return TRUE;
}

static gboolean open_workspace(plx_cmd_source *s, plx_app *app, const plx_invocation *invocation,
                               GError **error)
{
    if (!check_workspace_options(invocation, error))
        return FALSE;
    s->store = plx_store_open(plx_invocation_argument(invocation, 0), PLX_STORE_READ, error);
    if (!s->store)
        return FALSE;
    plx_store_set_roll(s->store, plx_app_roll(app));
    s->map = plx_store_map(s->store);
    if (!plx_cmd_apply_audiences(s->map, invocation, error))
        return FALSE;
    s->source = plx_store_source(s->store, plx_app_threads(app));
    return plx_cmd_note_waiting(app, s->store, error);
}

/* As --weights says. */
static gboolean weigh(plx_cmd_source *s, const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_WEIGHTS_FILE);
    if (!path)
        return TRUE;
    g_autoptr(plx_margins) margins = plx_margins_read(path, PLX_MARGINS_DIMENSIONS, error);
    if (!margins)
        return FALSE;
    s->source = plx_weighted_source_new(s->source, margins, error);
    return s->source != NULL;
}

plx_cmd_source *plx_cmd_source_open(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_cmd_source) s = g_new0(plx_cmd_source, 1);
    const char *const path = plx_invocation_argument(invocation, 0);
    const gboolean ok = plx_store_is_one(path) ? open_workspace(s, app, invocation, error)
                                               : open_file(s, app, invocation, path, error);
    return ok && weigh(s, invocation, error) ? g_steal_pointer(&s) : NULL;
}

plx_cmd_source *plx_cmd_source_open_file(const plx_app *app, const plx_invocation *invocation,
                                         const char *path, GError **error)
{
    g_autoptr(plx_cmd_source) s = g_new0(plx_cmd_source, 1);
    return open_file(s, app, invocation, path, error) && weigh(s, invocation, error)
               ? g_steal_pointer(&s)
               : NULL;
}

plx_cmd_source *plx_cmd_source_of(plx_source *source, const char *map_path)
{
    plx_cmd_source *s = g_new0(plx_cmd_source, 1);
    s->source = source;
    s->map_file = g_path_get_basename(map_path);
    return s;
}

const char *plx_cmd_source_map_file(const plx_cmd_source *source)
{
    return source->map_file;
}

const char *plx_cmd_source_recipe_file(const plx_cmd_source *source)
{
    return source->recipe_file;
}

void plx_cmd_source_free(plx_cmd_source *source)
{
    if (!source)
        return;
    plx_source_free(source->source);
    plx_recipe_free(source->recipe);
    g_free(source->map_file);
    g_free(source->recipe_file);
    if (!source->store)
        plx_map_free(source->map);
    plx_store_free(source->store);
    g_free(source);
}

plx_source *plx_cmd_source_get(const plx_cmd_source *source)
{
    return source->source;
}

plx_store *plx_cmd_source_store(const plx_cmd_source *source)
{
    return source->store;
}

struct plx_gaps_options plx_cmd_selection(const plx_invocation *invocation, const char *point,
                                          const char *by)
{
    return (struct plx_gaps_options){
        .since = plx_invocation_string(invocation, PLX_OPTION_SINCE),
        .until = plx_invocation_string(invocation, PLX_OPTION_UNTIL),
        .where = plx_invocation_list(invocation, PLX_OPTION_WHERE),
        .by = by,
        .audiences = plx_invocation_list(invocation, PLX_OPTION_AUDIENCES),
        .measure = plx_invocation_string(invocation, PLX_OPTION_MEASURE),
        .point = point,
        .seed = (guint64)plx_invocation_integer(invocation, PLX_OPTION_SEED, DEFAULT_SEED)};
}

static plx_gaps *read_gaps(const plx_cmd_source *source, const plx_invocation *invocation,
                           const char *point, const char *by, GError **error)
{
    const struct plx_gaps_options options = plx_cmd_selection(invocation, point, by);
    return plx_gaps_read(source->source, &options, error);
}

plx_gaps *plx_cmd_source_gaps(const plx_cmd_source *source, const plx_invocation *invocation,
                              const char *point, GError **error)
{
    return read_gaps(source, invocation, point, plx_invocation_string(invocation, PLX_OPTION_BY),
                     error);
}

plx_gaps *plx_cmd_source_point_by(const plx_cmd_source *source, const plx_invocation *invocation,
                                  const char *point, const char *by, GError **error)
{
    return read_gaps(source, invocation, point, by, error);
}

plx_beliefs *plx_cmd_source_beliefs(const plx_cmd_source *source, const plx_invocation *invocation,
                                    GError **error)
{
    const struct plx_gaps_options options =
        plx_cmd_selection(invocation, NULL, plx_invocation_string(invocation, PLX_OPTION_BY));
    return plx_beliefs_read(source->source, &options, error);
}

/* Themes of a file of codes; what is worth a look is said as a remark. */
static gboolean read_codes(const plx_cmd_source *source, plx_app *app, const char *path,
                           plx_sorter **coder, GError **error)
{
    static const guint8 key[PLX_CODEBOOK_KEY] = {0}; /* this book is read and dropped */
    g_autoptr(plx_csv_table) table = plx_csv_table_read(path, error);
    const struct plx_listen listen = {.prompts = PLX_SORTER_PROMPTS};
    struct plx_sayings *sayings = NULL;
    if (!table || !plx_source_listen(source->source, &listen, &sayings, error))
        return FALSE;
    g_autoptr(plx_sorter) made = plx_sorter_new(source->map, sayings, plx_codebook_new(key));
    plx_sayings_free(sayings);
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *act = NULL;
    if (!plx_sorter_read(made, table, notes, &act, error))
        return FALSE;
    for (guint i = 0; i < notes->len; i++)
        plx_app_note(app, "%s", (const char *)notes->pdata[i]);
    *coder = g_steal_pointer(&made);
    return TRUE;
}

static plx_workshop *read_workshop(const plx_cmd_source *source, const plx_invocation *invocation,
                                   const plx_codebook *book, GError **error)
{
    const struct plx_workshop_options options = {
        .workshop = plx_invocation_string(invocation, PLX_OPTION_WORKSHOP),
        .audiences = plx_invocation_has(invocation, PLX_OPTION_AUDIENCES)
                         ? plx_invocation_list(invocation, PLX_OPTION_AUDIENCES)
                         : NULL,
        .seed = (guint64)plx_invocation_integer(invocation, PLX_OPTION_SEED, DEFAULT_SEED)};
    return plx_workshop_read(source->source, book, &options, error);
}

plx_workshop *plx_cmd_source_workshop(const plx_cmd_source *source, plx_app *app,
                                      const plx_invocation *invocation, GError **error)
{
    const char *codes = plx_invocation_string(invocation, PLX_OPTION_CODES);
    if (source->store && codes) {
        plx_error(error, PLX_ERROR_USAGE,
                  "--codes is for files of answers; %s is a workspace, which has its own themes",
                  plx_invocation_argument(invocation, 0));
        return NULL;
    }
    if (source->store) {
        gint64 number;
        g_autoptr(plx_codebook) book = plx_themes_read(source->store, &number, error);
        return book ? read_workshop(source, invocation, book, error) : NULL;
    }
    g_autoptr(plx_sorter) coder = NULL;
    if (codes && !read_codes(source, app, codes, &coder, error))
        return NULL;
    return read_workshop(source, invocation, coder ? plx_sorter_book(coder) : NULL, error);
}
