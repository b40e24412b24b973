/* SPDX-License-Identifier: GPL-3.0-or-later */
/* template list, template show: the starter maps. */
#include "base/json.h"
#include "cli/cmd_workspace.h"
#include "cli/command.h"
#include "map/template.h"

static gboolean append_json(GString *out, const struct plx_template *templates, gsize n,
                            GError **error)
{
    g_autoptr(plx_json) json = plx_cmd_json_begin_list(out, "parallax.templates/1", "templates");
    for (gsize i = 0; i < n; i++) {
        g_autoptr(plx_map) map = plx_template_load(templates[i].id, error);
        if (!map)
            return FALSE;
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "id", templates[i].id);
        plx_json_string(json, "title", templates[i].title);
        plx_json_string(json, "about", templates[i].about);
        plx_json_integer(json, "journeys", map->n_journeys);
        plx_json_integer(json, "points", map->n_points);
        plx_json_end_object(json);
    }
    plx_cmd_json_end_list(json);
    return TRUE;
}

static gboolean append_table(GString *out, const struct plx_template *templates, gsize n,
                             GError **error)
{
    for (gsize i = 0; i < n; i++) {
        g_autoptr(plx_map) map = plx_template_load(templates[i].id, error);
        if (!map)
            return FALSE;
        g_string_append_printf(out, "%s%s: %u points\n  %s\n", i > 0 ? "\n" : "", templates[i].id,
                               map->n_points, templates[i].about);
    }
    return TRUE;
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    gsize n;
    const struct plx_template *templates = plx_template_list(&n);
    gboolean json = plx_cmd_is_json(invocation);
    return json ? append_json(plx_app_out(app), templates, n, error)
                : append_table(plx_app_out(app), templates, n, error);
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *text =
        plx_template_text(plx_invocation_argument(invocation, 0), /* length= */ NULL, error);
    if (!text || !plx_command_new_file(app, invocation, error))
        return FALSE;
    g_string_append(plx_app_out(app), text);
    return TRUE;
}

static const enum plx_option_id show_options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const struct plx_example list_examples[] = {
    {"template list", "what there is to begin with"},
    {0},
};
static const struct plx_example show_examples[] = {
    {"template show hotel-stay -o map.yaml", "a copy to make one's own"},
    {"template show hotel-stay | parallax map show -", "to look at it first"},
    {0},
};

const struct plx_command plx_commands_template[] = {
    {.name = "template",
     .verb = "list",
     .summary = "List the starter maps",
     .details = "Maps of services many people know, with 25 to 40 points each: what is perceived, "
                "with which senses and where, what each of the six levels looks like, who does "
                "what behind it, and what is promised about it. Copy the nearest one, throw out "
                "what is not yours, and add what is.",
     .formats = "table json",
     .examples = list_examples,
     .run = run_list},
    {.name = "template",
     .verb = "show",
     .arguments = "NAME",
     .min_arguments = 1,
     .max_arguments = 1,
     .words = "marketplace-order hotel-stay airline-trip",
     .summary = "Print a starter map as a map file",
     .details = "YAML with comments, ready to be edited; docs/map.md explains every key.",
     .options = show_options,
     .examples = show_examples,
     .run = run_show},
    {0},
};
