/* SPDX-License-Identifier: GPL-3.0-or-later */
/* -o FILE.html of commands on steps: what they say, as a page. */
#include "cli/cmd_step.h"

static gboolean ends(const char *path, const char *const *endings)
{
    g_autofree char *lower = path ? g_ascii_strdown(path, -1) : NULL;
    for (guint i = 0; lower && endings[i]; i++)
        if (g_str_has_suffix(lower, endings[i]))
            return TRUE;
    return FALSE;
}

gboolean plx_cmd_step_is_page(const plx_invocation *invocation)
{
    static const char *const endings[] = {".html", ".htm", NULL};
    return ends(plx_invocation_string(invocation, PLX_OPTION_OUTPUT), endings);
}

gboolean plx_cmd_step_check_form(const plx_invocation *invocation, GError **error)
{
    static const char *const others[] = {".xlsx", ".pdf", ".docx", NULL};
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    g_autofree char *name = plx_command_full_name(plx_invocation_command(invocation));
    if (ends(path, others))
        return plx_error(error, PLX_ERROR_USAGE,
                         "-o \"%s\": '%s' writes a page (.html), a text, or what --format names",
                         path, name);
    if (plx_cmd_step_is_page(invocation) && plx_invocation_has(invocation, PLX_OPTION_FORMAT))
        return plx_error(error, PLX_ERROR_USAGE,
                         "-o \"%s\" is a page: leave --format out, or name the file otherwise",
                         path);
    return TRUE;
}

void plx_cmd_step_page(plx_app *app, const plx_invocation *invocation, plx_story *story,
                       const char *line)
{
    const struct plx_page_options options = {.version = PLX_VERSION, .command = line};
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_string_append_len(plx_app_out(app), page->str, (gssize)page->len);
    plx_app_note(app, "written %s", plx_invocation_string(invocation, PLX_OPTION_OUTPUT));
}

gboolean plx_cmd_step_written(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    return !path || plx_app_flush(app, path, error);
}
