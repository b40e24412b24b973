/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_report.h"

#include "base/csv.h"
#include "cli/cmd_source.h"

#include <string.h>

static void append_word(GString *line, const char *word)
{
    g_autofree char *typed = plx_cmd_word(word);
    g_string_append_printf(line, " %s", typed);
}

static void append_option(GString *line, const plx_invocation *invocation, enum plx_option_id id)
{
    const struct plx_option *option = plx_option_get(id);
    g_autofree char *name = g_strconcat("--", option->name, NULL);
    switch (option->kind) {
    case PLX_OPTION_FLAG:
        append_word(line, name);
        return;
    case PLX_OPTION_STRING:
    case PLX_OPTION_FILE:
    case PLX_OPTION_CHOICE:
        append_word(line, name);
        append_word(line, plx_invocation_string(invocation, id));
        return;
    case PLX_OPTION_INTEGER: {
        g_autofree char *number = g_strdup_printf(
            "%" G_GINT64_FORMAT, plx_invocation_integer(invocation, id, /* fallback= */ 0));
        append_word(line, name);
        append_word(line, number);
        return;
    }
    case PLX_OPTION_LIST:
        for (const char *const *value = plx_invocation_list(invocation, id); *value; value++) {
            g_autoptr(GString) quoted = g_string_new(NULL);
            plx_csv_append(quoted, *value, strlen(*value), ',');
            append_word(line, name);
            append_word(line, quoted->str);
        }
        return;
    case PLX_OPTION_REPEATED:
        for (const char *const *value = plx_invocation_list(invocation, id); *value; value++) {
            append_word(line, name);
            append_word(line, *value);
        }
        return;
    }
}

char *plx_written_line(const plx_invocation *invocation)
{
    g_autofree char *name = plx_command_full_name(plx_invocation_command(invocation));
    GString *line = g_string_new("parallax ");
    g_string_append(line, name);
    for (guint i = 0; i < plx_invocation_n_arguments(invocation); i++)
        append_word(line, plx_invocation_argument(invocation, i));
    for (int id = PLX_OPTION_END + 1; id < PLX_OPTION_COUNT; id++) {
        const enum plx_option_id option = (enum plx_option_id)id;
        if (plx_option_get(option)->group == PLX_GROUP_GENERAL || option == PLX_OPTION_OUTPUT ||
            option == PLX_OPTION_FORMAT || option == PLX_OPTION_REJECTS ||
            option == PLX_OPTION_REHEARSAL)
            continue;
        if (plx_invocation_has(invocation, option))
            append_option(line, invocation, option);
    }
    append_word(line, "-o");
    append_word(line, plx_invocation_string(invocation, PLX_OPTION_OUTPUT));
    return g_string_free(line, FALSE);
}
