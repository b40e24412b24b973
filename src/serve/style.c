/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/style.h"

#include "plx-serve-resources.h" /* generated from serve.gresource.xml */

#include "serve/reply.h"

#include <gio/gio.h>

#define SHEETS_MAX 2 /* behind that of all pages */

struct plx_style_hashes {
    char *of[PLX_STYLES];
};

static const char *sheet(const char *name)
{
    g_autofree char *path = g_strconcat("/parallax/serve/", name, NULL);
    g_autoptr(GBytes) bytes =
        g_resource_lookup_data(plx_serve_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(bytes); /* it is part of the program, and stays where it is */
    return g_bytes_get_data(bytes, NULL);
}

char *plx_style_text(enum plx_style style)
{
    static const char *const names[PLX_STYLES][SHEETS_MAX] = {
        [PLX_STYLE_ACCOUNT] = {"account.css"},
        [PLX_STYLE_FORM] = {"form.css"},
        [PLX_STYLE_KIOSK] = {"web/kiosk.css"},
        [PLX_STYLE_VISIT] = {"web/visit.css"},
        [PLX_STYLE_WORKSHOP] = {"form.css", "workshop.css"},
    };
    const char *const *const more = names[style];
    return g_strconcat(sheet("shell.css"), more[0] ? sheet(more[0]) : "",
                       more[1] ? sheet(more[1]) : "", NULL);
}

plx_style_hashes *plx_style_hashes_new(void)
{
    plx_style_hashes *const hashes = g_new0(plx_style_hashes, 1);
    for (guint i = 0; i < PLX_STYLES; i++) {
        g_autofree char *text = plx_style_text((enum plx_style)i);
        hashes->of[i] = plx_reply_hash(text);
    }
    return hashes;
}

void plx_style_hashes_free(plx_style_hashes *hashes)
{
    for (guint i = 0; hashes && i < PLX_STYLES; i++)
        g_free(hashes->of[i]);
    g_free(hashes);
}

const char *plx_style_hash(const plx_style_hashes *hashes, enum plx_style style)
{
    return hashes->of[style];
}
