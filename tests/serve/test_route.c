/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

#include <string.h>

static const struct plx_route routes[] = {
    {.method = PLX_HTTP_GET, .pattern = "/", .body = 1},
    {.method = PLX_HTTP_GET, .pattern = "/r/{token:token}", .body = 2},
    {.method = PLX_HTTP_POST, .pattern = "/r/{token:token}", .body = 3},
    {.method = PLX_HTTP_GET, .pattern = "/k/{place:text}", .body = 4},
    {.method = PLX_HTTP_DELETE, .pattern = "/api/link/{id:number}/use/{n:number}", .body = 5},
};

static guint find(enum plx_http_method method, const char *path, struct plx_route_match *match,
                  guint *allowed)
{
    return plx_route_find(routes, G_N_ELEMENTS(routes), method,
                          (struct plx_http_slice){path, (guint)strlen(path)}, match, allowed);
}

static void expect(enum plx_http_method method, const char *path, guint64 which, const char *name,
                   const char *value)
{
    struct plx_route_match match;
    g_assert_cmpuint(find(method, path, &match, NULL), ==, which ? 200 : 404);
    if (!which)
        return;
    g_assert_cmpuint(match.route->body, ==, which);
    if (name)
        g_assert_cmpstr(plx_route_param(&match, name), ==, value);
    plx_route_match_clear(&match);
}

static void test_found(void)
{
    expect(PLX_HTTP_GET, "/", 1, "token", NULL);
    expect(PLX_HTTP_GET, "/r/aB-9_", 2, "token", "aB-9_");
    expect(PLX_HTTP_HEAD, "/r/a", 2, "token", "a");
    expect(PLX_HTTP_POST, "/r/a", 3, NULL, NULL);
    expect(PLX_HTTP_GET, "/k/Z%C3%BCrich%20HB", 4, "place", "Zürich HB");
    expect(PLX_HTTP_GET, "/k/a+b", 4, "place", "a+b");
    expect(PLX_HTTP_DELETE, "/api/link/12/use/3", 5, "n", "3");
}

static void test_not_found(void)
{
    static const char *const paths[] = {"/x",     "/r",  "/r/",  "/r/a/",  "//",         "/r/a%20b",
                                        "/k/%C3", "/k/", "/r/ä", "/k/%00", "/r/{token}", "/k/a/b"};
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++)
        expect(PLX_HTTP_GET, paths[i], 0, NULL, NULL);
    expect(PLX_HTTP_DELETE, "/api/link/1x/use/3", 0, NULL, NULL);
    expect(PLX_HTTP_DELETE, "/api/link/1234567890123456789/use/3", 0, NULL, NULL);
    g_autofree char *token = g_strnfill(65, 'a');
    g_autofree char *path = g_strconcat("/r/", token, NULL);
    expect(PLX_HTTP_GET, path, 0, NULL, NULL);
}

static void test_not_allowed(void)
{
    struct plx_route_match match;
    guint allowed = 0;
    g_assert_cmpuint(find(PLX_HTTP_PUT, "/r/a", &match, &allowed), ==, 405);
    g_assert_cmpuint(allowed, ==, 1U << PLX_HTTP_GET | 1U << PLX_HTTP_HEAD | 1U << PLX_HTTP_POST);
    g_assert_cmpuint(find(PLX_HTTP_OTHER, "/api/link/1/use/2", &match, &allowed), ==, 405);
    g_assert_cmpuint(allowed, ==, 1U << PLX_HTTP_DELETE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/route/found", test_found);
    g_test_add_func("/route/not-found", test_not_found);
    g_test_add_func("/route/not-allowed", test_not_allowed);
    return g_test_run();
}
