/* SPDX-License-Identifier: GPL-3.0-or-later */
/* brand: the client's name, logo, colour and words, kept for the pages of a workspace. */
#include "cli/cmd_brand.h"

#include "base/json.h"
#include "cli/cmd_access.h"
#include "store/audit.h"
#include "store/brand_text.h"

#include <string.h>

static gboolean read_kept(plx_store *store, plx_brand **brand, GError **error)
{
    char *text = NULL;
    if (!plx_brand_text(store, &text, error))
        return FALSE;
    if (!text)
        return TRUE;
    *brand = plx_brand_read_memory(text, "brand", error);
    g_free(text);
    return *brand != NULL;
}

gboolean plx_cmd_brand(const plx_invocation *invocation, plx_brand **brand, GError **error)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_BRAND);
    const char *const source = plx_invocation_argument(invocation, 0);
    if (path)
        return (*brand = plx_brand_read(path, plx_invocation_actor(invocation) != NULL, error)) !=
               NULL;
    if (!source || !plx_store_is_one(source))
        return TRUE;
    g_autoptr(plx_store) store = plx_store_open(source, PLX_STORE_READ, error);
    return store && read_kept(store, brand, error);
}

/* Telling ------------------------------------------------------------------------------------- */

static const char *how_read(const plx_brand *brand)
{
    return brand->text_on_light && brand->text_on_dark ? "words and bands"
           : brand->text_on_light ? "words on light pages, bands on all (too dark for dark ones)"
           : brand->text_on_dark  ? "words on dark pages, bands on all (too pale for light ones)"
                                  : "bands alone: words in it could not be read";
}

static void tell_text(const plx_brand *brand, GString *out)
{
    if (brand->name)
        g_string_append_printf(out, "  name    %s\n", brand->name);
    if (brand->colour)
        g_string_append_printf(out, "  colour  %s, for %s\n", brand->colour, how_read(brand));
    if (brand->logo)
        g_string_append_printf(out, "  logo    %.*s\n",
                               (int)(strchr(brand->logo, ';') - brand->logo - 5),
                               brand->logo + strlen("data:"));
    if (g_hash_table_size(brand->words) > 0)
        g_string_append_printf(out, "  words   %u\n", g_hash_table_size(brand->words));
}

static void tell_json(const plx_brand *brand, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.brand/1");
    if (brand)
        plx_brand_json(brand, json);
    else
        plx_json_null(json, "brand");
    plx_json_end_object(json);
}

static void tell(plx_app *app, const plx_invocation *invocation, const plx_brand *brand)
{
    if (plx_cmd_is_json(invocation))
        tell_json(brand, plx_app_out(app));
    else if (brand)
        tell_text(brand, plx_app_out(app));
    else
        g_string_append(plx_app_out(app), "No brand is kept yet: parallax brand set WS FILE\n");
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_brand) brand = NULL;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    if (!store || !read_kept(store, &brand, error))
        return FALSE;
    const gboolean file = strcmp(plx_invocation_string(invocation, PLX_OPTION_FORMAT), "yaml") == 0;
    if (file && !brand)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "no brand is kept");
    if (file)
        plx_brand_write(brand, plx_app_out(app));
    else
        tell(app, invocation, brand);
    return TRUE;
}

/* Changing ------------------------------------------------------------------------------------ */

static gboolean keep(const struct plx_cmd_change *change, const plx_brand *brand, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_brand_write(brand, text);
    return plx_brand_text_set_within(change->store, text->str, error) &&
           plx_audit_add(change->store, change->actor, "brand set", "brand", error);
}

static gboolean set(const struct plx_cmd_change *change, GError **error)
{
    const plx_invocation *const invocation = change->invocation;
    g_autoptr(plx_brand) brand = plx_brand_read(plx_invocation_argument(invocation, 1),
                                                plx_invocation_actor(invocation) != NULL, error);
    if (!brand || (!plx_invocation_has(change->invocation, PLX_OPTION_DRY_RUN) &&
                   !keep(change, brand, error)))
        return FALSE;
    tell(change->app, change->invocation, brand);
    return TRUE;
}

static gboolean remove_it(const struct plx_cmd_change *change, GError **error)
{
    g_string_append(plx_app_out(change->app), "Pages have no brand any more.\n");
    return plx_brand_text_set_within(change->store, NULL, error) &&
           plx_audit_add(change->store, change->actor, "brand remove", "brand", error);
}

static gboolean run_set(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, set, error);
}

static gboolean run_remove(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, remove_it, error);
}

/* What they are called ------------------------------------------------------------------------ */

static const enum plx_option_id set_options[] = {PLX_OPTION_DRY_RUN, PLX_OPTION_STEP_BY,
                                                 PLX_OPTION_END};
static const enum plx_option_id show_options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const enum plx_option_id by_options[] = {PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_example set_examples[] = {
    {"brand set shop.plx brand.yaml", "on all pages for a room from now on"},
    {0},
};
static const struct plx_example show_examples[] = {
    {"brand show shop.plx --format yaml -o brand.yaml", "the file, with the logo in it"},
    {0},
};
static const struct plx_example remove_examples[] = {
    {"brand remove shop.plx", "pages without it"},
    {0},
};

const struct plx_command plx_commands_brand[] = {
    {.name = "brand",
     .summary = "Keep the client's name, logo and colour for pages",
     .details = "Pages to show in a room and sheets to print have them without --brand: report "
                "--reading beliefs and workshop, workshop guess, workshop print."},
    {.name = "brand",
     .verb = "set",
     .arguments = "WS FILE",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Take them from a file (YAML)",
     .details =
         "The file is that of --brand; its logo goes into the workspace. A colour that words "
         "could not be read in is for bands alone; this says so.",
     .options = set_options,
     .examples = set_examples,
     .formats = "text json",
     .run = run_set},
    {.name = "brand",
     .verb = "show",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show what is kept",
     .options = show_options,
     .examples = show_examples,
     .formats = "text yaml json",
     .run = run_show},
    {.name = "brand",
     .verb = "remove",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Keep none",
     .options = by_options,
     .examples = remove_examples,
     .run = run_remove},
    {0},
};
