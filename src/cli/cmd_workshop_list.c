/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop list: which there are on devices, open or over (docs/workshop-online.md). */
#include "base/date.h"
#include "base/json.h"
#include "cli/cmd_link.h"
#include "cli/cmd_workshop.h"
#include "cli/cmd_workspace.h"
#include "report/term.h"
#include "store/gatherings.h"

static char *address(const struct plx_gathering *one, const char *base, const char *end)
{
    return g_strconcat(base ? base : "", "/w/", one->code, end, NULL);
}

static void write_one(plx_json *json, const struct plx_gathering *one, const char *base)
{
    g_autofree char *join = address(one, base, ""), *wall = address(one, base, "/wall");
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "workshop", one->workshop);
    plx_json_string(json, "code", one->code);
    plx_json_string(json, "phase", plx_gathering_phase_name(one->phase));
    plx_json_string(json, "journey", one->journey);
    plx_json_boolean(json, "predicted", one->predicted);
    plx_json_string(json, "language", *one->language ? one->language : NULL);
    plx_json_day(json, "created", one->created);
    plx_json_string(json, "join", join);
    plx_json_string(json, "wall", wall);
    plx_json_end_object(json);
}

static void write_all(GString *out, const GPtrArray *all, const char *base)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.workshops/1");
    plx_json_begin_array(json, "workshops");
    for (guint i = 0; i < all->len; i++)
        write_one(json, all->pdata[i], base);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void tell_one(GString *out, const struct plx_gathering *one, const char *base)
{
    static const char *const words[] = {"guessing", "at the tables", "reveal", "over"};
    char day[PLX_DATE_SIZE];
    g_autofree char *join = address(one, base, "");
    g_string_append_printf(out, "%s  %-13s  ", plx_date_format(one->created, day),
                           words[one->phase]);
    plx_term_safe(out, one->workshop);
    if (one->phase != PLX_GATHERING_ENDED)
        g_string_append_printf(out, "  %s", join);
    g_string_append_c(out, '\n');
}

gboolean plx_cmd_workshop_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autofree char *base = NULL;
    if (!plx_cmd_base_url(invocation, &base, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) all = store ? plx_gatherings_read(store, error) : NULL;
    if (!all)
        return FALSE;
    GString *const out = plx_app_out(app);
    if (plx_cmd_is_json(invocation)) {
        write_all(out, all, base);
        return TRUE;
    }
    for (guint i = 0; i < all->len; i++)
        tell_one(out, all->pdata[i], base);
    if (all->len == 0)
        g_string_append(out, "No workshops on devices yet: parallax workshop open WS\n");
    return TRUE;
}
