/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <string.h>

#define TABLE(word) plx_commands_##word,

static const struct plx_command *const tables[] = {PLX_COMMAND_TABLES(TABLE)};

const struct plx_command *plx_command_get(guint i)
{
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const struct plx_command *row = tables[t]; row->name; row++)
            if (i-- == 0)
                return row;
    return NULL;
}

const struct plx_command *plx_command_find(const char *name, const char *verb)
{
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (strcmp(row->name, name) == 0 && (!verb || g_strcmp0(row->verb, verb) == 0))
            return row;
    return NULL;
}

gboolean plx_command_is_noun(const char *name)
{
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (strcmp(row->name, name) == 0 && row->verb)
            return TRUE;
    return FALSE;
}

const char *plx_command_words(const struct plx_command *command, enum plx_option_id id)
{
    if (id == PLX_OPTION_METHOD && command && command->methods)
        return command->methods;
    if (id == PLX_OPTION_BY && command && command->by)
        return command->by;
    if (id == PLX_OPTION_LANGUAGE && command && command->languages)
        return command->languages;
    return id == PLX_OPTION_FORMAT ? command->formats : plx_option_get(id)->words;
}

gboolean plx_command_takes(const struct plx_command *command, enum plx_option_id id)
{
    const unsigned group = plx_option_get(id)->group;
    if (group & PLX_GROUP_GENERAL)
        return TRUE;
    if (!command)
        return id == PLX_OPTION_VERSION;
    if (id == PLX_OPTION_FORMAT)
        return command->formats != NULL;
    if (group & command->groups)
        return TRUE;
    for (gsize i = 0; command->options && command->options[i] != PLX_OPTION_END; i++)
        if (command->options[i] == id)
            return TRUE;
    return FALSE;
}

const char *plx_command_instead(const struct plx_command *command, const char *name)
{
    for (const struct plx_tried *row = command ? command->tried : NULL; row && row->names; row++) {
        g_auto(GStrv) names = g_strsplit(row->names, " ", -1);
        if (g_strv_contains((const char *const *)names, name))
            return row->instead;
    }
    return NULL;
}

const char *plx_command_option_help(const struct plx_command *command, enum plx_option_id id)
{
    for (gsize i = 0; command && command->option_help && command->option_help[i].help; i++)
        if (command->option_help[i].id == id)
            return command->option_help[i].help;
    return NULL;
}

static gboolean is_single(const struct plx_command *command, enum plx_option_id id)
{
    for (gsize i = 0; command && command->single && command->single[i] != PLX_OPTION_END; i++)
        if (command->single[i] == id)
            return TRUE;
    return FALSE;
}

char *plx_command_option_value(const struct plx_command *command, enum plx_option_id id)
{
    const char *const value = plx_option_get(id)->value;
    const char *const more = value ? strstr(value, ",...") : NULL;
    return more && is_single(command, id) ? g_strndup(value, (gsize)(more - value))
                                          : g_strdup(value);
}

gboolean plx_command_offers(const struct plx_command *command, enum plx_option_id id)
{
    const char *help = plx_command_option_help(command, id);
    return plx_command_takes(command, id) && !(help && *help == '\0');
}

gboolean plx_command_new_file(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    if (!path || strcmp(path, "-") == 0)
        return TRUE;
    /* A pipe or a device is written to and stays what it is. */
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR | G_FILE_TEST_IS_DIR))
        return plx_error(error, PLX_ERROR_IO, "%s exists already; nothing was changed", path);
    plx_app_note(app, "written %s", path);
    return TRUE;
}

char *plx_command_full_name(const struct plx_command *command)
{
    return command->verb ? g_strjoin(" ", command->name, command->verb, NULL)
                         : g_strdup(command->name);
}
