/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/openapi.h"

#include "base/json.h"

#include <string.h>

/* Does an earlier row have the same path? Methods of a path stand together. */
static gboolean is_first(const struct plx_route *routes, guint i)
{
    for (guint k = 0; k < i; k++)
        if (strcmp(routes[k].pattern, routes[i].pattern) == 0)
            return FALSE;
    return TRUE;
}

/* "/api/readings/{name:token}" is /api/readings/{name}; to be freed. */
static char *path_of(const char *pattern)
{
    GString *const out = g_string_new(NULL);
    gboolean kind = FALSE;
    for (const char *c = pattern; *c; c++) {
        kind = *c == ':' || (kind && *c != '}');
        if (!kind)
            g_string_append_c(out, *c);
    }
    return g_string_free(out, FALSE);
}

static void put_parameters(plx_json *json, const char *pattern)
{
    plx_json_begin_array(json, "parameters");
    for (const char *c = strchr(pattern, '{'); c; c = strchr(c + 1, '{')) {
        const char *const colon = strchr(c, ':');
        g_autofree char *name = g_strndup(c + 1, (gsize)(colon - c - 1));
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "name", name);
        plx_json_string(json, "in", "path");
        plx_json_boolean(json, "required", TRUE);
        plx_json_begin_object(json, "schema");
        plx_json_string(json, "type", g_str_has_prefix(colon + 1, "number") ? "integer" : "string");
        plx_json_end_object(json);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_body(plx_json *json)
{
    static const char *const types[] = {"application/json", "application/x-ndjson"};
    plx_json_begin_object(json, "requestBody");
    plx_json_begin_object(json, "content");
    for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
        plx_json_begin_object(json, types[i]);
        plx_json_end_object(json);
    }
    plx_json_end_object(json);
    plx_json_end_object(json);
}

static void put_response(plx_json *json, const char *status, const char *what)
{
    plx_json_begin_object(json, status);
    plx_json_string(json, "description", what);
    plx_json_end_object(json);
}

static void put_responses(plx_json *json, const struct plx_route *route)
{
    plx_json_begin_object(json, "responses");
    put_response(json, "2XX", "Done");
    if (route->permission != PLX_MAY_ALL) {
        put_response(json, "401", "No token, or one that is not known");
        put_response(json, "403", "The token may not do this");
    }
    put_response(json, "default", "A problem (RFC 9457, application/problem+json)");
    plx_json_end_object(json);
}

static void put_operation(plx_json *json, const struct plx_route *route)
{
    g_autofree char *method = g_ascii_strdown(plx_http_method_name(route->method), -1);
    plx_json_begin_object(json, method);
    plx_json_string(json, "summary", route->summary);
    put_parameters(json, route->pattern);
    if (route->body > 0)
        put_body(json);
    put_responses(json, route);
    if (route->permission != PLX_MAY_ALL) {
        plx_json_begin_array(json, "security");
        plx_json_begin_object(json, NULL);
        plx_json_texts(json, "token", (const char *const[]){NULL});
        plx_json_end_object(json);
        plx_json_end_array(json);
    }
    plx_json_end_object(json);
}

static void put_paths(plx_json *json, const struct plx_route *routes, guint n)
{
    plx_json_begin_object(json, "paths");
    for (guint i = 0; i < n; i++) {
        if (!g_str_has_prefix(routes[i].pattern, "/api/") || !is_first(routes, i))
            continue;
        g_autofree char *path = path_of(routes[i].pattern);
        plx_json_begin_object(json, path);
        for (guint k = i; k < n; k++)
            if (strcmp(routes[k].pattern, routes[i].pattern) == 0)
                put_operation(json, &routes[k]);
        plx_json_end_object(json);
    }
    plx_json_end_object(json);
}

static void put_security(plx_json *json)
{
    plx_json_begin_object(json, "components");
    plx_json_begin_object(json, "securitySchemes");
    plx_json_begin_object(json, "token");
    plx_json_string(json, "type", "http");
    plx_json_string(json, "scheme", "bearer");
    plx_json_end_object(json);
    plx_json_end_object(json);
    plx_json_end_object(json);
}

void plx_openapi_write(const struct plx_route *routes, guint n, const char *url, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "openapi", "3.1.0");
    plx_json_begin_object(json, "info");
    plx_json_string(json, "title", "Parallax");
    plx_json_string(json, "version", "1");
    plx_json_end_object(json);
    plx_json_begin_array(json, "servers");
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "url", url);
    plx_json_end_object(json);
    plx_json_end_array(json);
    put_paths(json, routes, n);
    put_security(json);
    plx_json_end_object(json);
}
