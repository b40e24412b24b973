/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/routes.h"

struct plx_route *plx_routes_all(const struct plx_route *more, guint *n)
{
#define TABLE(word) plx_routes_##word,
    static const struct plx_route *const tables[] = {PLX_ROUTE_TABLES(TABLE)};
#undef TABLE
    GArray *const all = g_array_new(FALSE, FALSE, sizeof(struct plx_route));
    for (guint t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const struct plx_route *route = tables[t]; route->pattern; route++)
            g_array_append_val(all, *route);
    for (const struct plx_route *route = more; route && route->pattern; route++)
        g_array_append_val(all, *route);
    *n = all->len;
    return (struct plx_route *)(gpointer)g_array_free(all, FALSE);
}
