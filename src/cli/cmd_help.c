/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/suggest.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/man.h"

static gboolean unknown_topic(const char *name, const char *verb, GError **error)
{
    g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func(g_free);
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++) {
        g_ptr_array_add(candidates, g_strdup(row->name));
        g_ptr_array_add(candidates, plx_command_full_name(row));
    }
    g_autofree char *asked = verb ? g_strjoin(" ", name, verb, NULL) : g_strdup(name);
    g_autofree char *near =
        plx_suggest_text(asked, (const char *const *)candidates->pdata, candidates->len);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no command '%s'%s%s", asked, near,
                     *near ? "" : "; 'parallax help all' lists them");
}

/* The manual page of a command; of a noun, the pages of all its verbs. */
static void append_pages(GString *out, const char *name, const char *verb)
{
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (strcmp(row->name, name) == 0 && (!verb || g_strcmp0(row->verb, verb) == 0))
            plx_man_command(out, row);
}

static gboolean plx_cmd_help(plx_app *app, const plx_invocation *invocation, GError **error)
{
    GString *out = plx_app_out(app);
    const guint width = plx_app_width(app);
    const gboolean man = plx_invocation_has(invocation, PLX_OPTION_MAN);
    const char *name = plx_invocation_argument(invocation, 0);
    const char *verb = plx_invocation_argument(invocation, 1);
    if (!name || (strcmp(name, "all") == 0 && !verb)) {
        if (man)
            plx_man_all(out);
        else if (name)
            plx_help_all(out, width);
        else
            plx_help_overview(out, width);
        return TRUE;
    }
    const struct plx_command *command = plx_command_find(name, verb);
    if (!command)
        return unknown_topic(name, verb, error);
    if (man)
        append_pages(out, name, verb);
    else if (!verb && plx_command_is_noun(name))
        plx_help_noun(out, width, name);
    else
        plx_help_command(out, width, command);
    return TRUE;
}

static const enum plx_option_id options[] = {PLX_OPTION_MAN, PLX_OPTION_END};

static const struct plx_example examples[] = {
    {"help gaps", "explain one command"},
    {"help all", "every command and every option"},
    {"help --man | man -l -", "the manual"},
    {0},
};

const struct plx_command plx_commands_help[] = {
    {.name = "help",
     .arguments = "[COMMAND | all]",
     .max_arguments = 2,
     .words = PLX_WORDS_COMMANDS,
     .summary = "Explain a command, or list them all",
     .options = options,
     .examples = examples,
     .main = TRUE,
     .run = plx_cmd_help},
    {0},
};
