/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/served.h"

#include "base/suggest.h"
#include "cli/cmd_source.h"
#include "cli/command.h"
#include "ingest/recipe_builtin.h"

#include <errno.h>
#include <string.h>

/* What may be asked. What is not in it writes, or takes files. */
static const char *const READINGS[] = {
    "gaps",  "point",     "beliefs", "friction", "consistency", "journey",  "drivers", "promises",
    "trend", "vignettes", "next",    "ledger",   "compare",     "workshop", "info",    NULL};

/* The one that is asked about something. What others take behind the workspace is a file. */
#define ABOUT "point"

/* One reading or command runs at a time (serve/server_workers.c), so that all processors may count
 * for it: none is told how many threads to take. */

/* A command line that is put together. */
struct line {
    const struct plx_command *command;
    GPtrArray *options, *words; /* char *, owned */
};

static struct line line_new(const struct plx_command *command)
{
    return (struct line){command, g_ptr_array_new_with_free_func(g_free),
                         g_ptr_array_new_with_free_func(g_free)};
}

static void line_clear(struct line *line)
{
    g_ptr_array_unref(line->options);
    g_ptr_array_unref(line->words);
}

/* Does an option of a reading reach beyond the workspace, or above what it says about who may be
 * seen? That all of an audience agreed to be named is for its map, not for whoever reads. */
static gboolean reaches_out(enum plx_option_id id)
{
    const struct plx_option *const option = plx_option_get(id);
    return option->kind == PLX_OPTION_FILE || option->group == PLX_GROUP_INPUT;
}

/* Who acts, where it is written to, who is named, and where in its own network the server goes, are
 * not for a request to say. Rows that are left out come back in the document of an import. */
static gboolean is_ours(enum plx_option_id id)
{
    static const enum plx_option_id ours[] = {
        PLX_OPTION_FORMAT, PLX_OPTION_OUTPUT,        PLX_OPTION_REJECTS, PLX_OPTION_STEP_BY,
        PLX_OPTION_NAMED,  PLX_OPTION_ALLOW_PRIVATE, PLX_OPTION_URL,     PLX_OPTION_CA};
    for (guint i = 0; i < G_N_ELEMENTS(ours); i++)
        if (id == ours[i])
            return TRUE;
    return plx_option_get(id)->group == PLX_GROUP_GENERAL;
}

/* -1: the command has none of this name, or it is ours. */
static gint find_option(const struct plx_command *command, const char *name)
{
    for (gint i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++) {
        const enum plx_option_id id = (enum plx_option_id)i;
        if (strcmp(plx_option_get(id)->name, name) == 0 && !is_ours(id) &&
            plx_command_takes(command, id))
            return i;
    }
    return -1;
}

static void add_option(struct line *line, gint id, const char *value)
{
    const struct plx_option *const option = plx_option_get((enum plx_option_id)id);
    if (option->kind != PLX_OPTION_FLAG)
        g_ptr_array_add(line->options, g_strdup_printf("--%s=%s", option->name, value));
    else if (strcmp(value, "false") != 0 && strcmp(value, "0") != 0)
        g_ptr_array_add(line->options, g_strdup_printf("--%s", option->name));
}

static gboolean no_option(const struct plx_command *command, const char *name, GError **error)
{
    g_autofree char *full = plx_command_full_name(command);
    return plx_error(error, PLX_ERROR_USAGE, "‘%s’ takes no option ‘%s’ here", full, name);
}

/* "WS FILE", "[WS] FILE", "SOURCE"; "FILE" alone is none. */
static gboolean takes_workspace(const struct plx_command *command)
{
    return command->arguments &&
           (strstr(command->arguments, "WS") || strstr(command->arguments, "SOURCE"));
}

/* "SOURCE [SOURCE]": more sources than the workspace would be files. */
static gboolean takes_files(const struct plx_command *command)
{
    return command->arguments && strstr(command->arguments, "SOURCE");
}

/* All of it as `parallax` gets it; to be freed with its words (which are borrowed). Behind "--"
 * nothing is an option, whatever it looks like. */
static GPtrArray *words_of(const struct line *line, const char *workspace, const char *const *first)
{
    GPtrArray *const words = g_ptr_array_new();
    for (guint i = 0; first[i]; i++)
        g_ptr_array_add(words, (gpointer)(guintptr)first[i]);
    for (guint i = 0; i < line->options->len; i++)
        g_ptr_array_add(words, line->options->pdata[i]);
    g_ptr_array_add(words, (gpointer)(guintptr) "--");
    if (takes_workspace(line->command))
        g_ptr_array_add(words, (gpointer)(guintptr)workspace);
    for (guint i = 0; i < line->words->len; i++)
        g_ptr_array_add(words, line->words->pdata[i]);
    g_ptr_array_add(words, NULL);
    return words;
}

static gboolean run(const GPtrArray *words, const struct plx_server_task *task,
                    const plx_store_roll *roll, GString *out, GError **error)
{
    g_autoptr(plx_invocation) invocation =
        plx_invocation_parse((int)words->len - 1, (const char *const *)words->pdata, error);
    if (!invocation || !plx_invocation_check(invocation, error))
        return FALSE;
    if (task)
        plx_invocation_act_as(invocation, task->author, task->actor, task->administers);
    char *said = NULL;
    size_t length = 0;
    FILE *const nowhere = fopen("/dev/null", "w");
    if (!nowhere) /* so many connections: there is no descriptor */
        return plx_error(error, PLX_ERROR_IO, "/dev/null: %s", g_strerror(errno));
    FILE *const heard = open_memstream(&said, &length); /* some commands flush before they fail */
    g_assert(heard);                                    /* without memory GLib ends, too */
    g_autoptr(plx_app) app = plx_app_new(heard, nowhere);
    plx_app_configure(app, invocation);
    plx_app_set_roll(app, roll);
    if (task && task->progress)
        plx_app_on_progress(app, task->progress, task->data);
    const char *const output = task ? task->output : NULL;
    const struct plx_command *const command = plx_invocation_command(invocation);
    gboolean ok = command->run(app, invocation, error);
    if (ok && output && !command->own_output)
        ok = plx_app_flush(app, output, error);
    fclose(heard);
    g_string_append_len(out, said, (gssize)length);
    if (!output || command->own_output)
        g_string_append(out, plx_app_out(app)->str);
    free(said);
    fclose(nowhere);
    return ok;
}

/* Readings ------------------------------------------------------------------------------------ */

static gboolean add_question(struct line *line, const char *name, const char *value, GError **error)
{
    const gint id = find_option(line->command, name);
    if (id < 0 && strcmp(name, "argument") == 0 && strcmp(line->command->name, ABOUT) == 0) {
        g_ptr_array_add(line->words, g_strdup(value));
        return TRUE;
    }
    if (id < 0 || reaches_out((enum plx_option_id)id))
        return no_option(line->command, name, error);
    add_option(line, id, value);
    return TRUE;
}

static gboolean read_options(struct line *line, const char *const *options, GError **error)
{
    for (guint i = 0; options[i]; i += 2)
        if (!add_question(line, options[i], options[i + 1], error))
            return FALSE;
    return strcmp(line->command->name, ABOUT) != 0 || line->words->len == 1 ||
           plx_error(error, PLX_ERROR_USAGE,
                     "‘" ABOUT "’ is asked about one point, by its id or title: "
                     "/api/readings/" ABOUT "?argument=doorstep");
}

gboolean plx_served_reading(const char *workspace, const plx_store_roll *roll, const char *name,
                            const char *const *options, GString *out, GError **error)
{
    if (!g_strv_contains(READINGS, name)) {
        g_autofree char *near = plx_suggest_text(name, READINGS, G_N_ELEMENTS(READINGS) - 1);
        return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no reading ‘%s’%s", name, near);
    }
    struct line line = line_new(plx_command_find(name, NULL));
    const char *const first[] = {"parallax", name, "--format=json", NULL};
    gboolean ok = read_options(&line, options, error);
    if (ok) {
        g_autoptr(GPtrArray) words = words_of(&line, workspace, first);
        ok = run(words, NULL, roll, out, error);
    }
    line_clear(&line);
    return ok;
}

/* Commands ------------------------------------------------------------------------------------ */

static gboolean gives_json(const struct plx_command *command)
{
    g_auto(GStrv) formats = g_strsplit(command->formats ? command->formats : "", " ", -1);
    return g_strv_contains((const char *const *)formats, "json");
}

static gboolean has_name(const struct plx_server_task *task, const char *name)
{
    for (guint i = 0; task->options[i]; i += 2)
        if (strcmp(task->options[i], name) == 0)
            return TRUE;
    return FALSE;
}

/* However it is written: a list of one. */
static gboolean shows_guesses(const struct plx_server_task *task)
{
    for (guint i = 0; task->options[i]; i += 2)
        if (strcmp(task->options[i], "reading") == 0 && strstr(task->options[i + 1], "beliefs"))
            return TRUE;
    return FALSE;
}

/* Only what was sent is read, and recipes that are in the program: no path is followed. */
static gboolean add_file(struct line *line, gint id, const char *value,
                         const struct plx_server_task *task, GError **error)
{
    if (id == PLX_OPTION_RECIPE && plx_recipe_builtin_text(value, /* length= */ NULL, NULL)) {
        add_option(line, id, value);
        return TRUE;
    }
    if (*value != '@')
        return plx_error(error, PLX_ERROR_USAGE, "--%s: expected a file that was sent, \"@...\"",
                         plx_option_get((enum plx_option_id)id)->name);
    g_autofree char *path = task->find_file(value + 1, task->data, error);
    if (path)
        add_option(line, id, path);
    return path != NULL;
}

static gboolean add_wish(struct line *line, const struct plx_server_task *task, const char *name,
                         const char *value, GError **error)
{
    const gboolean format = task->output && strcmp(name, "format") == 0;
    const gint id = format ? PLX_OPTION_FORMAT : find_option(line->command, name);
    if (id < 0)
        return no_option(line->command, name, error);
    const struct plx_option *const option = plx_option_get((enum plx_option_id)id);
    if (option->kind == PLX_OPTION_FILE)
        return add_file(line, id, value, task, error);
    if (option->group == PLX_GROUP_INPUT && !task->reads_files)
        return no_option(line->command, name, error);
    add_option(line, id, value);
    return TRUE;
}

static gboolean read_task(struct line *line, const struct plx_server_task *task, GError **error)
{
    if (task->arguments[0] && !task->reads_files && takes_files(line->command))
        return plx_error(error, PLX_ERROR_USAGE, "‘%s’ is of this workspace alone here",
                         task->name);
    for (guint i = 0; task->options[i]; i += 2)
        if (!add_wish(line, task, task->options[i], task->options[i + 1], error))
            return FALSE;
    if (plx_command_takes(line->command, PLX_OPTION_BASE_URL) && !has_name(task, "base-url"))
        g_ptr_array_add(line->options, g_strdup_printf("--base-url=%s", task->base_url));
    /* A file is got, and getting changes nothing: the page for the room is looked at beforehand. */
    if (task->output && shows_guesses(task) &&
        !g_ptr_array_find_with_equal_func(line->options, "--rehearsal", g_str_equal, NULL))
        g_ptr_array_add(line->options, g_strdup("--rehearsal"));
    for (guint i = 0; task->arguments[i]; i++)
        g_ptr_array_add(line->words, g_strdup(task->arguments[i]));
    if (task->output)
        g_ptr_array_add(line->options, g_strdup_printf("--output=%s", task->output));
    return TRUE;
}

/* As one would type it where the workspace lies. */
static char *typed(const struct line *line, const char *workspace)
{
    g_autofree char *full = plx_command_full_name(line->command);
    g_autofree char *base = g_path_get_basename(workspace);
    g_autofree char *source = plx_cmd_word(base);
    GString *const text = g_string_new(NULL);
    g_string_append_printf(text, "parallax %s", full);
    if (takes_workspace(line->command))
        g_string_append_printf(text, " %s", source);
    for (guint i = 0; i < line->words->len; i++) {
        g_autofree char *quoted = plx_cmd_word(line->words->pdata[i]);
        g_string_append_printf(text, " %s", quoted);
    }
    for (guint i = 0; i < line->options->len; i++) {
        g_auto(GStrv) pair = g_strsplit(line->options->pdata[i], "=", 2);
        g_autofree char *quoted = pair[1] ? plx_cmd_word(pair[1]) : NULL;
        g_string_append_printf(text, " %s%s%s", pair[0], quoted ? " " : "", quoted ? quoted : "");
    }
    return g_string_free(text, FALSE);
}

gboolean plx_served_command(const char *workspace, const struct plx_server_task *task,
                            struct plx_server_done *done, GError **error)
{
    struct line line = line_new(plx_command_find(task->name, task->verb));
    g_assert(line.command); /* one of the server's own list */
    done->json = !task->output && gives_json(line.command);
    gboolean ok = read_task(&line, task, error);
    if (ok) {
        const char *const more = done->json ? "--format=json" : NULL;
        const char *const noun[] = {"parallax", task->name, more, NULL};
        const char *const both[] = {"parallax", task->name, task->verb, more, NULL};
        g_autoptr(GPtrArray) words = words_of(&line, workspace, task->verb ? both : noun);
        done->line = typed(&line, workspace);
        ok = run(words, task, task->roll, done->out, error);
    }
    line_clear(&line);
    return ok;
}
