/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/asset.h"

#include "plx-serve-resources.h" /* generated from serve.gresource.xml */
#include "serve/call.h"
#include "serve/routes.h"

#include <gio/gio.h>
#include <string.h>

#define HASH_LENGTH 16 /* hexadecimal digits */

struct asset {
    const char *name, *extension, *type;
    const char *parts[6]; /* put together in this order */
};

static const struct asset assets[] = {
    {"app", "css", "text/css; charset=utf-8", {"web/app.css"}},
    {"app", "js", "text/javascript; charset=utf-8", {"web/app.js"}},
    {"texts-en", "js", "text/javascript; charset=utf-8", {"web/texts-en.js"}},
    {"texts-de", "js", "text/javascript; charset=utf-8", {"web/texts-de.js"}},
    {"texts-es", "js", "text/javascript; charset=utf-8", {"web/texts-es.js"}},
    {"texts-fr", "js", "text/javascript; charset=utf-8", {"web/texts-fr.js"}},
    {"texts-ar", "js", "text/javascript; charset=utf-8", {"web/texts-ar.js"}},
    {"texts-zh", "js", "text/javascript; charset=utf-8", {"web/texts-zh.js"}},
    {"kiosk", "js", "text/javascript; charset=utf-8", {"web/kiosk.js"}},
    {"visit",
     "js",
     "text/javascript; charset=utf-8",
     {"web/visit_keep.js", "web/visit_picture.js", "web/visit_send.js", "web/visit_moment.js",
      "web/visit_views.js", "web/visit.js"}},
    {"visit", "svg", "image/svg+xml", {"web/visit.svg"}},
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

/* "visit-0123456789abcdef.js", to be freed. */
static char *file_of(const struct asset *asset, GBytes *bytes)
{
    g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    return g_strdup_printf("%s-%.*s.%s", asset->name, HASH_LENGTH, hash, asset->extension);
}

char *plx_asset_path(const char *name)
{
    const struct asset *found = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(assets); i++) {
        g_autofree char *own = g_strdup_printf("%s.%s", assets[i].name, assets[i].extension);
        found = strcmp(own, name) == 0 ? &assets[i] : found;
    }
    g_assert(found); /* a literal of ours */
    g_autoptr(GBytes) bytes = content(found);
    g_autofree char *file = file_of(found, bytes);
    return g_strconcat("/asset/", file, NULL);
}

GBytes *plx_asset_find(const char *file, const char **type)
{
    for (guint i = 0; i < G_N_ELEMENTS(assets); i++) {
        if (!g_str_has_prefix(file, assets[i].name))
            continue; /* its hash is not worth the while */
        g_autoptr(GBytes) bytes = content(&assets[i]);
        g_autofree char *own = file_of(&assets[i], bytes);
        if (strcmp(own, file) != 0)
            continue;
        *type = assets[i].type;
        return g_steal_pointer(&bytes);
    }
    return NULL;
}

static void send_asset(plx_call *call)
{
    const char *type = NULL;
    const char *const file = plx_call_param(call, "file");
    g_autoptr(GBytes) bytes = plx_asset_find(file, &type);
    if (bytes)
        plx_call_asset(call, type, bytes, file);
    else
        plx_call_problem(call, 404, "There is nothing at this address.");
}

const struct plx_route plx_routes_asset[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/asset/{file:text}",
     .summary = "Scripts and pictures that pages load",
     .handle = send_asset},
    {.pattern = NULL},
};
