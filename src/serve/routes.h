/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one table of all routes, put together from those of the modules: X(word) stands for
 * `plx_routes_WORD`, which ends with an empty row. Test: tests/serve/test_permissions.c. */

#include "serve/route.h"

#define PLX_ROUTE_TABLES(X)                                                                        \
    X(home)                                                                                        \
    X(forms)                                                                                       \
    X(asset)                                                                                       \
    X(kiosk)                                                                                       \
    X(answers)                                                                                     \
    X(front)                                                                                       \
    X(choices)                                                                                     \
    X(app)                                                                                         \
    X(login)                                                                                       \
    X(oidc)                                                                                        \
    X(setup)                                                                                       \
    X(account)                                                                                     \
    X(api)                                                                                         \
    X(commands)                                                                                    \
    X(visit)                                                                                       \
    X(workshop)

#define PLX_ROUTE_TABLE(word) extern const struct plx_route plx_routes_##word[];
PLX_ROUTE_TABLES(PLX_ROUTE_TABLE)
#undef PLX_ROUTE_TABLE

/* All rows, in order, and behind them those of `more` (or NULL), up to an empty one; to be freed.
 */
struct plx_route *plx_routes_all(const struct plx_route *more, guint *n);
