/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The table of routes as a description of the API (OpenAPI 3.1). Pure.
 * Test: tests/serve/test_openapi.c. */

#include "serve/route.h"

/* What is below /api/, with paths, parameters, permissions. `url`: of the server. */
void plx_openapi_write(const struct plx_route *routes, guint n, const char *url, GString *out);
