/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/served.h"

#include "base/suggest.h"
#include "cli/command.h"

#include <string.h>

/* What may be asked. What is not in it writes, or takes files. */
static const char *const READINGS[] = {
    "gaps",  "point",     "beliefs", "friction", "consistency", "journey",  "drivers", "promises",
    "trend", "vignettes", "next",    "ledger",   "compare",     "workshop", "info",    NULL};

/* The one that is asked about something. What others take behind the workspace is a file. */
#define ABOUT "point"

/* An option that does not reach beyond the workspace, nor above what it says about who may be seen:
 * that all of an audience agreed to be named is for its map, not for whoever reads. -1: there is
 * none of this name. */
static gint find_option(const struct plx_command *command, const char *name)
{
    for (gint id = PLX_OPTION_END + 1; id < PLX_OPTION_COUNT; id++) {
        const struct plx_option *const option = plx_option_get((enum plx_option_id)id);
        if (strcmp(option->name, name) == 0 && option->kind != PLX_OPTION_FILE &&
            option->group != PLX_GROUP_GENERAL && option->group != PLX_GROUP_INPUT &&
            id != PLX_OPTION_FORMAT && plx_command_takes(command, (enum plx_option_id)id))
            return id;
    }
    return -1;
}

/* "--by=place", or the argument behind the workspace ("point"). */
static gboolean add_option(const struct plx_command *command, const char *name, const char *value,
                           GPtrArray *arguments, GPtrArray *words, GError **error)
{
    const gint id = find_option(command, name);
    if (id < 0 && strcmp(name, "argument") == 0 && strcmp(command->name, ABOUT) == 0) {
        g_ptr_array_add(words, g_strdup(value));
        return TRUE;
    }
    if (id < 0)
        return plx_error(error, PLX_ERROR_USAGE, "‘%s’ takes no option ‘%s’ here", command->name,
                         name);
    if (plx_option_get((enum plx_option_id)id)->kind != PLX_OPTION_FLAG)
        g_ptr_array_add(arguments, g_strdup_printf("--%s=%s", name, value));
    else if (strcmp(value, "false") != 0 && strcmp(value, "0") != 0)
        g_ptr_array_add(arguments, g_strdup_printf("--%s", name));
    return TRUE;
}

static gboolean run(const GPtrArray *arguments, GString *out, GError **error)
{
    g_autoptr(plx_invocation) invocation =
        plx_invocation_parse((int)arguments->len - 1, (const char *const *)arguments->pdata, error);
    if (!invocation || !plx_invocation_check(invocation, error))
        return FALSE;
    FILE *const nowhere = fopen("/dev/null", "w");
    if (!nowhere)
        return plx_error(error, PLX_ERROR_IO, "/dev/null: cannot be opened");
    g_autoptr(plx_app) app = plx_app_new(nowhere, nowhere);
    plx_app_configure(app, invocation);
    const gboolean ok = plx_invocation_command(invocation)->run(app, invocation, error);
    g_string_append(out, plx_app_out(app)->str);
    fclose(nowhere);
    return ok;
}

gboolean plx_served_reading(const char *workspace, const char *name, const char *const *options,
                            GString *out, GError **error)
{
    if (!g_strv_contains(READINGS, name)) {
        g_autofree char *near = plx_suggest_text(name, READINGS, G_N_ELEMENTS(READINGS) - 1);
        return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no reading ‘%s’%s", name, near);
    }
    const struct plx_command *const command = plx_command_find(name, NULL);
    g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    const char *const fixed[] = {"parallax", name, "--format=json", "--threads=1"};
    for (guint i = 0; i < G_N_ELEMENTS(fixed); i++)
        g_ptr_array_add(arguments, g_strdup(fixed[i]));
    gboolean ok = TRUE;
    for (guint i = 0; ok && options[i]; i += 2)
        ok = add_option(command, options[i], options[i + 1], arguments, words, error);
    /* Behind "--" nothing is an option, whatever it looks like. */
    g_ptr_array_add(arguments, g_strdup("--"));
    g_ptr_array_add(arguments, g_strdup(workspace));
    for (guint i = 0; i < words->len; i++)
        g_ptr_array_add(arguments, words->pdata[i]);
    g_ptr_array_add(arguments, NULL);
    if (ok && strcmp(name, ABOUT) == 0 && words->len != 1)
        return plx_error(error, PLX_ERROR_USAGE,
                         "‘" ABOUT "’ is asked about one point, by its id or title: "
                         "/api/readings/" ABOUT "?argument=doorstep");
    return ok && run(arguments, out, error);
}
