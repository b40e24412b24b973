/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop guess: the sheet on which leaders or staff guess; and what it shares with print. */
#include "base/suggest.h"
#include "base/yaml.h"
#include "cli/cmd_brand.h"
#include "cli/cmd_workshop.h"
#include "map/map_file.h"
#include "map/map_write.h"
#include "report/paper.h"

gboolean plx_cmd_workshop_page_name(const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    if (!path)
        return TRUE;
    g_autofree char *lower = g_ascii_strdown(path, -1);
    if (g_str_has_suffix(lower, ".html") || g_str_has_suffix(lower, ".htm"))
        return TRUE;
    return plx_error(error, PLX_ERROR_USAGE, "-o \"%s\": expected a file that ends in .html%s",
                     path,
                     g_str_has_suffix(lower, ".pdf")
                         ? "; for a PDF open that in a browser, and print it to a file"
                         : "");
}

plx_map *plx_cmd_workshop_map(const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_argument(invocation, 0);
    if (!plx_store_is_one(path))
        return plx_map_read(path, error);
    g_autoptr(plx_store) store = plx_store_open(path, PLX_STORE_READ, error);
    if (!store)
        return NULL;
    /* A map belongs to its store: read once more what it says. */
    g_autoptr(GString) text = g_string_new(NULL);
    plx_map_write(plx_store_map(store), text);
    return plx_map_read_memory(text->str, text->len, path, error);
}

/* "unknown journey "ordr"; did you mean "order"?", or what there is. */
static gboolean unknown(const char *what, const char *id, const GPtrArray *ids, GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(id, -1);
    g_autofree char *shown = plx_yaml_quote(valid);
    g_autofree char *hint = plx_suggest_text(valid, (const char *const *)ids->pdata, ids->len);
    g_autoptr(GString) all = g_string_new(ids->len ? "; there are " : "; there are none");
    for (guint i = 0; i < ids->len; i++)
        g_string_append_printf(all, "%s%s", i ? ", " : "", (const char *)ids->pdata[i]);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "unknown %s %s%s", what, shown,
                     *hint ? hint : all->str);
}

gboolean plx_cmd_workshop_audience(const plx_map *map, const char *id, guint *audience,
                                   GError **error)
{
    const gint found = plx_map_find_audience(map, id);
    if (found >= 0) {
        *audience = (guint)found;
        return TRUE;
    }
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < map->n_audiences; i++)
        g_ptr_array_add(ids, map->audiences[i].id);
    return unknown("audience", id, ids, error);
}

/* Who guesses, and about whom. */
static gboolean choose_sides(struct plx_guess_sheet *sheet, const plx_invocation *invocation,
                             GError **error)
{
    const char *const *const ids = plx_invocation_list(invocation, PLX_OPTION_AUDIENCE);
    const plx_map *const map = sheet->map;
    if (ids[0] && ids[1])
        return plx_error(error, PLX_ERROR_USAGE, "--audience: a guess sheet is for one audience");
    if (!plx_cmd_workshop_audience(map, ids[0] ? ids[0] : "leader", &sheet->audience, error))
        return FALSE;
    const struct plx_audience *const who = &map->audiences[sheet->audience];
    const gint about = plx_paper_about(map);
    if (who->served)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--audience %s: they are served, and would guess about themselves; "
                         "choose leader or staff",
                         who->id);
    if (about < 0)
        return plx_error(error, PLX_ERROR_INPUT,
                         "the map has no audience that is served, about "
                         "whom to guess");
    sheet->about = (guint)about;
    return TRUE;
}

static gboolean choose_journey(struct plx_guess_sheet *sheet, const plx_invocation *invocation,
                               GError **error)
{
    const char *const id = plx_invocation_string(invocation, PLX_OPTION_JOURNEY);
    sheet->journey = -1;
    if (!id)
        return TRUE;
    sheet->journey = plx_map_find_journey(sheet->map, id);
    if (sheet->journey >= 0)
        return TRUE;
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < sheet->map->n_journeys; i++)
        g_ptr_array_add(ids, sheet->map->journeys[i].id);
    return unknown("journey", id, ids, error);
}

gboolean plx_cmd_workshop_guess(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const *const languages = plx_invocation_list(invocation, PLX_OPTION_LANGUAGE);
    if (languages[0] && languages[1])
        return plx_error(error, PLX_ERROR_USAGE, "--language: a guess sheet is in one language");
    if (!plx_cmd_workshop_page_name(invocation, error))
        return FALSE;
    g_autoptr(plx_map) map = plx_cmd_workshop_map(invocation, error);
    g_autoptr(plx_brand) brand = NULL;
    if (!map || !plx_cmd_brand(invocation, &brand, error))
        return FALSE;
    struct plx_guess_sheet sheet = {.map = map, .brand = brand, .language = languages[0]};
    if (!choose_sides(&sheet, invocation, error) || !choose_journey(&sheet, invocation, error))
        return FALSE;
    GString *const page = plx_guess_sheet(&sheet, error);
    if (!page)
        return FALSE;
    g_string_append_len(plx_app_out(app), page->str, (gssize)page->len);
    g_string_free(page, TRUE);
    return TRUE;
}
