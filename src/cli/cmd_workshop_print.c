/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop print: the sheets of the tables, and the script of who leads. */
#include "cli/cmd_brand.h"
#include "cli/cmd_workshop.h"
#include "report/paper.h"

gboolean plx_cmd_workshop_print(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const *const ids = plx_invocation_list(invocation, PLX_OPTION_AUDIENCE);
    if (!plx_cmd_workshop_page_name(invocation, error))
        return FALSE;
    g_autoptr(plx_map) map = plx_cmd_workshop_map(invocation, error);
    g_autoptr(plx_brand) brand = NULL;
    g_autoptr(GArray) audiences = g_array_new(FALSE, FALSE, sizeof(guint));
    if (!map || !plx_cmd_brand(invocation, &brand, error))
        return FALSE;
    for (gsize i = 0; ids[i]; i++) {
        guint audience;
        if (!plx_cmd_workshop_audience(map, ids[i], &audience, error))
            return FALSE;
        g_array_append_val(audiences, audience);
    }
    const struct plx_table_sheets sheets = {
        .map = map,
        .brand = brand,
        .languages = plx_invocation_list(invocation, PLX_OPTION_LANGUAGE),
        .audiences = (const guint *)(gconstpointer)audiences->data,
        .n_audiences = audiences->len,
        .tables = (guint)plx_invocation_integer(invocation, PLX_OPTION_TABLES, /* fallback= */ 0),
        .workshop = plx_invocation_string(invocation, PLX_OPTION_WORKSHOP),
        .easier = plx_invocation_has(invocation, PLX_OPTION_EASIER),
        .moment = plx_invocation_has(invocation, PLX_OPTION_MOMENT)};
    GString *const page = plx_table_sheets(&sheets, error);
    if (!page)
        return FALSE;
    g_string_append_len(plx_app_out(app), page->str, (gssize)page->len);
    g_string_free(page, TRUE);
    return TRUE;
}
