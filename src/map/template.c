/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/template.h"

#include "base/error.h"
#include "base/suggest.h"
#include "base/yaml.h"
#include "map/map_file.h"
#include "templates.h" /* generated from templates/templates.gresource.xml */

#include <gio/gio.h>
#include <string.h>

static const struct plx_template templates[] = {
    {"marketplace-order", "Marketplace order",
     "From the campaign page to the doorstep and after: find, pay, wait, open, return"},
    {"hotel-stay", "Hotel stay",
     "From searching a room to check-out and after: arrive, sleep, eat, leave, complain"},
    {"airline-trip", "Airline trip",
     "From searching a flight to the baggage belt and after: airport, cabin, disruption"},
};

const struct plx_template *plx_template_list(gsize *n)
{
    *n = G_N_ELEMENTS(templates);
    return templates;
}

static const struct plx_template *find(const char *id, GError **error)
{
    const char *ids[G_N_ELEMENTS(templates)];
    for (gsize i = 0; i < G_N_ELEMENTS(templates); i++) {
        if (strcmp(templates[i].id, id) == 0)
            return &templates[i];
        ids[i] = templates[i].id;
    }
    g_autofree char *valid = g_utf8_make_valid(id, -1);
    g_autofree char *shown = plx_yaml_quote(valid);
    g_autofree char *hint = plx_suggest_text(valid, ids, G_N_ELEMENTS(ids));
    g_autofree char *all = g_strdup_printf("%s, %s, %s", ids[0], ids[1], ids[2]);
    plx_error(error, PLX_ERROR_NOT_FOUND, "unknown template %s%s%s", shown,
              *hint ? hint : "; there are ", *hint ? "" : all);
    return NULL;
}

const char *plx_template_text(const char *id, gsize *length, GError **error)
{
    const struct plx_template *found = find(id, error);
    if (!found)
        return NULL;
    g_autofree char *path = g_strdup_printf("/parallax/templates/%s.yaml", found->id);
    /* Uncompressed, so the bytes are the program's own and outlive the GBytes; a resource always
     * ends in a NUL that its size does not count. */
    g_autoptr(GBytes) bytes = g_resource_lookup_data(plx_templates_get_resource(), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    return bytes ? g_bytes_get_data(bytes, length) : NULL;
}

plx_map *plx_template_load(const char *id, GError **error)
{
    gsize length;
    const char *text = plx_template_text(id, &length, error);
    g_autofree char *name = g_strdup_printf("%s.yaml", id);
    return text ? plx_map_read_memory(text, length, name, error) : NULL;
}
