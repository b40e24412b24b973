/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/openapi.h"
#include "serve/routes.h"

#include <jansson.h>
#include <string.h>

static json_t *describe(void)
{
    guint n;
    json_error_t fault;
    g_autofree struct plx_route *routes = plx_routes_all(NULL, &n);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_openapi_write(routes, n, "https://ask.example.org", text);
    json_t *const document = json_loads(text->str, JSON_REJECT_DUPLICATES, &fault);
    g_assert_nonnull(document);
    return document;
}

/* Every route below /api/ is there, and nothing else; each says what it does and who may. */
static void test_complete(void)
{
    guint n, described = 0, expected = 0;
    const char *path, *method;
    json_t *item, *operation;
    json_t *const document = describe();
    g_autofree struct plx_route *routes = plx_routes_all(NULL, &n);
    for (guint i = 0; i < n; i++)
        expected += g_str_has_prefix(routes[i].pattern, "/api/") ? 1 : 0;
    json_object_foreach(json_object_get(document, "paths"), path, item)
    {
        g_assert_true(g_str_has_prefix(path, "/api/"));
        g_assert_null(strchr(path, ':'));
        json_object_foreach(item, method, operation)
        {
            described++;
            g_assert_true(json_is_string(json_object_get(operation, "summary")));
            g_assert_nonnull(json_object_get(json_object_get(operation, "responses"), "default"));
            g_assert_true(json_array_size(json_object_get(operation, "security")) == 1);
        }
    }
    g_assert_cmpuint(described, ==, expected);
    g_assert_cmpuint(described, >, 2);
    json_decref(document);
}

static void test_parameter(void)
{
    json_t *const document = describe();
    json_t *const path =
        json_object_get(json_object_get(document, "paths"), "/api/readings/{name}");
    json_t *const parameters = json_object_get(json_object_get(path, "get"), "parameters");
    g_assert_cmpuint(json_array_size(parameters), ==, 1);
    g_assert_cmpstr(json_string_value(json_object_get(json_array_get(parameters, 0), "name")), ==,
                    "name");
    g_assert_cmpstr(json_string_value(json_object_get(document, "openapi")), ==, "3.1.0");
    json_decref(document);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/openapi/complete", test_complete);
    g_test_add_func("/openapi/parameter", test_parameter);
    return g_test_run();
}
