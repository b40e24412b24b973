/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/asset.h"

#include "plx-serve-resources.h" /* generated from serve.gresource.xml */
#include "serve/reply.h"
#include "serve/routes.h"
#include "serve/server_private.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER "/asset/"
#define HASH_LENGTH 16 /* hexadecimal digits */

struct asset {
    const char *name, *extension, *type;
    const char *parts[6]; /* put together in this order */
    gboolean tied; /* scripts of the app, which name each other as "./map.js": one hash of all is in
                      their names */
};

#define JS "js", "text/javascript; charset=utf-8"

static const struct asset assets[] = {
    {"app", "css", "text/css; charset=utf-8", {"web/app.css"}, FALSE},
    {"app", JS, {"web/app.js"}, TRUE},
    {"map", JS, {"web/map.js"}, TRUE},
    {"settings", JS, {"web/settings.js"}, TRUE},
    {"texts-en", JS, {"web/texts-en.js"}, FALSE},
    {"texts-de", JS, {"web/texts-de.js"}, FALSE},
    {"texts-es", JS, {"web/texts-es.js"}, FALSE},
    {"texts-fr", JS, {"web/texts-fr.js"}, FALSE},
    {"texts-ar", JS, {"web/texts-ar.js"}, FALSE},
    {"texts-zh", JS, {"web/texts-zh.js"}, FALSE},
    {"kiosk", JS, {"web/kiosk.js"}, FALSE},
    {"shut", JS, {"web/kiosk_shut.js"}, FALSE}, /* not "kiosk-": see web/kiosk_worker.js */
    {"visit",
     JS,
     {"web/visit_keep.js", "web/visit_picture.js", "web/visit_send.js", "web/visit_moment.js",
      "web/visit_views.js", "web/visit.js"},
     FALSE},
    {"visit", "svg", "image/svg+xml", {"web/visit.svg"}, FALSE},
};

GBytes *plx_asset_embedded(const char *path)
{
    g_autofree char *whole = g_strconcat("/parallax/serve/", path, NULL);
    GBytes *const bytes =
        g_resource_lookup_data(plx_serve_get_resource(), whole, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(bytes); /* it is part of the program */
    return bytes;
}

static GBytes *content(const struct asset *asset)
{
    GByteArray *const all = g_byte_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(asset->parts) && asset->parts[i]; i++) {
        gsize size;
        g_autoptr(GBytes) part = plx_asset_embedded(asset->parts[i]);
        const guint8 *const data = g_bytes_get_data(part, &size);
        g_byte_array_append(all, data, (guint)size);
    }
    return g_byte_array_free_to_bytes(all);
}

struct plx_assets {
    char *paths[G_N_ELEMENTS(assets)]; /* "/asset/visit-0123456789abcdef.js" */
    GBytes *bytes[G_N_ELEMENTS(assets)];
    GBytes *packed[G_N_ELEMENTS(assets)]; /* NULL: packed it would not be smaller */
};

static char *tied_hash(GBytes *const *bytes)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < G_N_ELEMENTS(assets); i++) {
        gsize size;
        const guint8 *const data = g_bytes_get_data(bytes[i], &size);
        if (assets[i].tied)
            g_checksum_update(sum, data, (gssize)size);
    }
    return g_strdup(g_checksum_get_string(sum));
}

/* "./map.js" is "./map-0123456789abcdef.js" from here on. */
static GBytes *with_names(GBytes *script, const char *hash)
{
    gsize size;
    const char *const data = g_bytes_get_data(script, &size);
    GString *const text = g_string_new_len(data, (gssize)size);
    for (guint i = 0; i < G_N_ELEMENTS(assets); i++) {
        if (!assets[i].tied)
            continue;
        g_autofree char *from = g_strdup_printf("\"./%s.js\"", assets[i].name);
        g_autofree char *to =
            g_strdup_printf("\"./%s-%.*s.js\"", assets[i].name, HASH_LENGTH, hash);
        g_string_replace(text, from, to, 0);
    }
    return g_string_free_to_bytes(text);
}

plx_assets *plx_assets_new(void)
{
    plx_assets *const all = g_new(plx_assets, 1);
    for (guint i = 0; i < G_N_ELEMENTS(assets); i++)
        all->bytes[i] = content(&assets[i]);
    g_autofree char *tied = tied_hash(all->bytes);
    for (guint i = 0; i < G_N_ELEMENTS(assets); i++) {
        g_autofree char *hash =
            assets[i].tied ? g_strdup(tied)
                           : g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, all->bytes[i]);
        if (assets[i].tied) {
            g_autoptr(GBytes) bare = all->bytes[i];
            all->bytes[i] = with_names(bare, hash);
        }
        all->packed[i] = plx_reply_pack(all->bytes[i]);
        all->paths[i] = g_strdup_printf(FOLDER "%s-%.*s.%s", assets[i].name, HASH_LENGTH, hash,
                                        assets[i].extension);
    }
    return all;
}

void plx_assets_free(plx_assets *all)
{
    if (!all)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(assets); i++) {
        g_free(all->paths[i]);
        g_bytes_unref(all->bytes[i]);
        g_clear_pointer(&all->packed[i], g_bytes_unref);
    }
    g_free(all);
}

const char *plx_asset_path(const plx_assets *all, const char *name)
{
    const char *const dot = strrchr(name, '.');
    for (guint i = 0; i < G_N_ELEMENTS(assets); i++)
        if (strncmp(assets[i].name, name, (gsize)(dot - name)) == 0 &&
            assets[i].name[dot - name] == '\0' && strcmp(assets[i].extension, dot + 1) == 0)
            return all->paths[i];
    g_assert_not_reached(); /* a literal of ours */
}

static void send_asset(plx_call *call)
{
    const plx_assets *const all = call->server->assets;
    const char *const file = plx_call_param(call, "file");
    for (guint i = 0; i < G_N_ELEMENTS(assets); i++)
        if (strcmp(all->paths[i] + strlen(FOLDER), file) == 0) {
            plx_call_asset(call, assets[i].type, all->bytes[i], all->packed[i], file);
            return;
        }
    plx_call_problem(call, 404, "There is nothing at this address.");
}

const struct plx_route plx_routes_asset[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/asset/{file:text}",
     .summary = "Scripts and pictures that pages load",
     .handle = send_asset},
    {.pattern = NULL},
};
