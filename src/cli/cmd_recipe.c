/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recipe suggest, check, list, show: foreign files into observations (docs/recipes.md). */
#include "cli/cmd_source.h"
#include "cli/cmd_workspace.h"
#include "cli/command.h"
#include "ingest/recipe_builtin.h"
#include "ingest/recipe_suggest.h"
#include "map/map_file.h"

#include <string.h>

static plx_map *open_map(const plx_invocation *invocation, GError **error)
{
    const char *path = plx_invocation_string(invocation, PLX_OPTION_MAP);
    return path ? plx_map_read(path, error) : plx_map_new_open();
}

/* What a draft is made of. */
struct drafting {
    plx_store *store; /* the workspace in front, or NULL */
    plx_map *own;     /* or NULL: the map is the workspace's */
    const plx_map *map;
    struct plx_choices *choices; /* or NULL */
    const char *path;
    struct plx_look *look;
};

static void drafting_clear(struct drafting *d)
{
    plx_look_free(d->look);
    plx_choices_free(d->choices);
    plx_map_free(d->own);
    plx_store_free(d->store);
}

/* Whose points are meant: of the workspace in front, of --map, or any. */
static gboolean find_map(struct drafting *d, plx_app *app, const plx_invocation *invocation,
                         GError **error)
{
    if (d->choices && d->choices->new_map)
        d->own = plx_map_new_open();
    else if (plx_invocation_n_arguments(invocation) == 2)
        d->store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    else
        d->own = open_map(invocation, error);
    d->map = d->own ? d->own : d->store ? plx_store_map(d->store) : NULL;
    return d->map != NULL;
}

static gboolean drafting_open(struct drafting *d, plx_app *app, const plx_invocation *invocation,
                              GError **error)
{
    const char *const choices = plx_invocation_string(invocation, PLX_OPTION_CHOICES);
    const char *const encoding = plx_invocation_string(invocation, PLX_OPTION_ENCODING);
    d->path = plx_invocation_argument(invocation, plx_invocation_n_arguments(invocation) - 1);
    if (choices && !(d->choices = plx_choices_read(choices, error)))
        return FALSE;
    if (!find_map(d, app, invocation, error))
        return FALSE;
    d->look = plx_look_new(d->path, encoding, error);
    return d->look != NULL;
}

/* A file of ours is read as it is; a recipe could only get it wrong. */
static gboolean needs_recipe(const struct plx_look *look, const char *path, const plx_map *map)
{
    g_autofree const char **titles = g_new0(const char *, look->n);
    for (guint i = 0; i < look->n; i++)
        titles[i] = look->columns[i].title;
    const struct plx_header header = {.file = path, .line = 1, .n = look->n, .titles = titles};
    g_autoptr(plx_plan) plan =
        plx_plan_canonical(map, &header, /* ignore= */ NULL, /* set= */ NULL, /* error= */ NULL);
    return !plan;
}

static void append_draft(plx_app *app, const plx_invocation *invocation, const struct drafting *d)
{
    const char *output = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    GString *draft = plx_recipe_suggest(d->look, d->path, d->map, d->choices);
    g_string_append(plx_app_out(app), draft->str);
    g_string_free(draft, TRUE);
    const gboolean to_file = output && strcmp(output, "-") != 0;
    g_autofree char *file = plx_cmd_word(d->path);
    g_autofree char *recipe = plx_cmd_word(to_file ? output : "FILE");
    if (d->store)
        plx_app_note(app, "Finish the draft, then: parallax import %s %s --recipe %s",
                     plx_invocation_argument(invocation, 0), file, recipe);
    else
        plx_app_note(app, "Finish the draft, then: parallax gaps %s --recipe %s", file, recipe);
}

static void suggest(plx_app *app, const plx_invocation *invocation, const struct drafting *d)
{
    const gboolean ready = !needs_recipe(d->look, d->path, d->map);
    if (plx_cmd_is_json(invocation))
        plx_recipe_suggest_json(d->look, d->path, d->map, d->choices, ready, plx_app_out(app));
    else if (!ready || d->choices)
        append_draft(app, invocation, d);
    else
        g_string_append_printf(plx_app_out(app),
                               "# %s needs no recipe: parallax gaps %s reads it as it is.\n",
                               d->path, d->path);
}

static gboolean run_suggest(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct drafting drafting = {0};
    const gboolean done = drafting_open(&drafting, app, invocation, error) &&
                          plx_command_new_file(app, invocation, error);
    if (done)
        suggest(app, invocation, &drafting);
    drafting_clear(&drafting);
    return done;
}

static gboolean run_check(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *path = plx_invocation_argument(invocation, 0);
    g_autoptr(plx_map) map = open_map(invocation, error);
    if (!map)
        return FALSE;
    g_autoptr(plx_recipe) recipe = plx_recipe_open(path, map, error);
    if (!recipe || !plx_recipe_apply(recipe, map, error))
        return FALSE;
    const char *title = plx_recipe_title(recipe);
    g_string_append_printf(plx_app_out(app), "%s: a recipe%s%s; observations per row: at most %u\n",
                           path, title ? " for " : "", title ? title : "",
                           plx_recipe_plan(recipe)->views->len);
    return TRUE;
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation G_GNUC_UNUSED,
                         GError **error)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_auto(GStrv) ids = plx_recipe_builtin_list();
    for (char **id = ids; *id; id++) {
        g_autoptr(plx_recipe) recipe = plx_recipe_open(*id, map, error);
        if (!recipe)
            return FALSE;
        g_string_append_printf(plx_app_out(app), "%-10s %s\n", *id, plx_recipe_title(recipe));
    }
    return TRUE;
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *text = plx_recipe_builtin_text(plx_invocation_argument(invocation, 0),
                                               /* length= */ NULL, error);
    if (!text || !plx_command_new_file(app, invocation, error))
        return FALSE;
    g_string_append(plx_app_out(app), text);
    return TRUE;
}

static const enum plx_option_id suggest_options[] = {
    PLX_OPTION_MAP, PLX_OPTION_ENCODING, PLX_OPTION_CHOICES, PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const enum plx_option_id check_options[] = {PLX_OPTION_MAP, PLX_OPTION_END};
static const enum plx_option_id show_options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const struct plx_example suggest_examples[] = {
    {"recipe suggest survey.csv -o survey.yaml", "a draft to finish in an editor"},
    {"recipe suggest survey.csv --map shop.yaml", "columns matched to the map's points by words"},
    {"recipe suggest shop.plx survey.csv", "to the points of a workspace"},
    {"recipe suggest survey.csv --format json", "each column, what it may be, and why"},
    {0},
};
static const struct plx_example check_examples[] = {
    {"recipe check survey.yaml", "is the recipe well written?"},
    {0},
};

const struct plx_command plx_commands_recipe[] = {
    {.name = "recipe",
     .summary = "Turn foreign files into observations",
     .details = "A recipe is a small YAML file that says how the columns of somebody else's file "
                "become observations. Commands that read a file take it as --recipe FILE; the "
                "manual is docs/recipes.md."},
    {.name = "recipe",
     .verb = "suggest",
     .arguments = "[WS] FILE",
     .min_arguments = 1,
     .max_arguments = 2,
     .summary = "Write a first recipe by looking at a file",
     .details =
         "Looks at the first rows and guesses which column says who, when and where, which "
         "hold marks, and on what scale. Guesses are marked in comments; finish the draft in "
         "an editor.\n\nOf a workspace WS, columns are matched to the points of its map. As JSON "
         "each column comes with what else it may be; changed, that JSON is what --choices reads.",
     .options = suggest_options,
     .formats = "yaml json",
     .examples = suggest_examples,
     .main = TRUE,
     .run = run_suggest},
    {.name = "recipe",
     .verb = "check",
     .arguments = "RECIPE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Say whether a recipe is well written",
     .details = "Reads the recipe alone; whether a file has its columns is known when the two meet "
                "in another command.",
     .options = check_options,
     .examples = check_examples,
     .run = run_check},
    {.name = "recipe",
     .verb = "list",
     .summary = "List the recipes inside the program",
     .details = "Their names can be given to --recipe.",
     .run = run_list},
    {.name = "recipe",
     .verb = "show",
     .arguments = "NAME",
     .min_arguments = 1,
     .max_arguments = 1,
     .words = "airline insteval kiosk tripler",
     .summary = "Print one of them, to copy and change",
     .options = show_options,
     .run = run_show},
    {0},
};
