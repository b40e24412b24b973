/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is hard work is done one at a time and beside everything else, passwords beside pictures;
 * too much of it is refused at once. */

#include "serve/routes.h"
#include "serve/server_private.h"
#include "site.h"
#include "wire.h"

#include <string.h>

/* What is done behind it waits until it is opened. */
static struct {
    GMutex lock;
    GCond changed;
    gboolean open;
    guint inside, most, all;
} gate;

static void work_hard(plx_call *call)
{
    g_mutex_lock(&gate.lock);
    gate.inside++;
    gate.all++;
    gate.most = MAX(gate.most, gate.inside);
    g_cond_broadcast(&gate.changed);
    while (!gate.open)
        g_cond_wait(&gate.changed, &gate.lock);
    gate.inside--;
    g_mutex_unlock(&gate.lock);
    plx_call_text(call, "text/plain", g_string_new("done"));
}

static void work_lightly(plx_call *call)
{
    plx_call_text(call, "text/plain", g_string_new("done"));
}

static const struct plx_route more[] = {{.method = PLX_HTTP_GET,
                                         .pattern = "/picture",
                                         .place = PLX_ON_PICTURE_WORKER,
                                         .summary = "Works hard",
                                         .handle = work_hard},
                                        {.method = PLX_HTTP_GET,
                                         .pattern = "/reading",
                                         .place = PLX_ON_SLOW_WORKER,
                                         .summary = "Works hard, too",
                                         .handle = work_hard},
                                        {.method = PLX_HTTP_GET,
                                         .pattern = "/password",
                                         .place = PLX_ON_HARD_WORKER,
                                         .summary = "Is asked for meanwhile",
                                         .handle = work_lightly},
                                        {.pattern = NULL}};

/* One is worked on, so many wait. */
static void wait_for(struct site *site, enum plx_route_place place, gint waiting)
{
    g_mutex_lock(&gate.lock);
    while (gate.inside == 0)
        g_cond_wait(&gate.changed, &gate.lock);
    g_mutex_unlock(&gate.lock);
    while (g_async_queue_length(site->server->lanes[place].queue) < waiting)
        g_usleep(1000);
}

static void open_gate(void)
{
    g_mutex_lock(&gate.lock);
    gate.open = TRUE;
    g_cond_broadcast(&gate.changed);
    g_mutex_unlock(&gate.lock);
}

static void test_one_at_a_time(void)
{
    static const char text[] = "GET /picture HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    struct site site;
    site_begin_more(&site, more);
    struct visitor visitor = {.site = &site};
    g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func(g_object_unref);
    for (guint i = 0; i < 1 + PLX_SERVER_LANE; i++) {
        g_ptr_array_add(clients, plx_wire_join_port(plx_server_port(site.server)));
        plx_wire_say(clients->pdata[i], text);
    }
    wait_for(&site, PLX_ON_PICTURE_WORKER, PLX_SERVER_LANE);
    struct answer page = visitor_get(&visitor, "/"); /* on a worker */
    g_assert_cmpuint(page.status, ==, 303);
    answer_clear(&page);
    page = visitor_get(&visitor, "/password");
    g_assert_cmpuint(page.status, ==, 200);
    answer_clear(&page);
    page = visitor_get(&visitor, "/picture");
    g_assert_cmpuint(page.status, ==, 503);
    g_assert_nonnull(strstr(page.whole, "\r\nRetry-After: "));
    g_assert_nonnull(strstr(page.whole, "Many others are being served here just now."));
    answer_clear(&page);
    page = visitor_get(&visitor, "/metrics");
    g_assert_nonnull(strstr(page.whole, "parallax_refused_total{reason=\"busy\"} 1\n"));
    answer_clear(&page);
    open_gate();
    for (guint i = 0; i < clients->len; i++) {
        g_autofree char *reply = plx_wire_hear(clients->pdata[i], NULL);
        g_assert_true(g_str_has_prefix(reply, "HTTP/1.1 200 "));
    }
    g_assert_cmpuint(gate.most, ==, 1);
    site_end(&site);
}

static guint64 gone(struct visitor *visitor)
{
    struct answer page = visitor_get(visitor, "/metrics");
    const char *const found =
        strstr(page.whole, "parallax_requests_total{route=\"/reading\",status=\"4xx\"} ");
    const guint64 n = found ? g_ascii_strtoull(strchr(found, '}') + 1, NULL, 10) : 0;
    answer_clear(&page);
    return n;
}

/* Who chooses one filter after the other asks again and again, and goes: a reading that nobody
 * waits for any more is not read. */
static void test_given_up(void)
{
    static const char text[] = "GET /reading HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    enum { GIVEN_UP = 20 };
    struct site site;
    gate.open = FALSE;
    gate.all = 0;
    site_begin_more(&site, more);
    struct visitor visitor = {.site = &site};
    const guint16 port = plx_server_port(site.server);
    g_autoptr(GSocketConnection) first = plx_wire_join_port(port);
    plx_wire_say(first, text);
    wait_for(&site, PLX_ON_SLOW_WORKER, 0);
    for (guint i = 0; i < GIVEN_UP; i++) {
        g_autoptr(GSocketConnection) client = plx_wire_join_port(port);
        plx_wire_say(client, text);
        wait_for(&site, PLX_ON_SLOW_WORKER, (gint)i + 1);
        g_assert_true(g_io_stream_close(G_IO_STREAM(client), NULL, NULL));
    }
    g_autoptr(GSocketConnection) last = plx_wire_join_port(port);
    plx_wire_say(last, text);
    wait_for(&site, PLX_ON_SLOW_WORKER, GIVEN_UP + 1);
    open_gate();
    g_autofree char *heard = plx_wire_hear(first, NULL);
    g_assert_true(g_str_has_prefix(heard, "HTTP/1.1 200 "));
    g_autofree char *too = plx_wire_hear(last, NULL);
    g_assert_true(g_str_has_prefix(too, "HTTP/1.1 200 "));
    g_assert_cmpuint(gate.all, ==, 2);
    g_assert_cmpuint(gone(&visitor), ==, GIVEN_UP);
    site_end(&site);
}

/* Whatever takes a password is hard, a picture has a place of its own; whatever asks another server
 * is far. */
static void test_table(void)
{
    guint n, hard = 0, pictures = 0;
    g_autofree struct plx_route *routes = plx_routes_all(NULL, &n);
    for (guint i = 0; i < n; i++) {
        const gboolean far = g_str_has_prefix(routes[i].pattern, "/login/oidc");
        const gboolean code = strcmp(routes[i].pattern, "/login/code") == 0; /* a hash, no Argon2 */
        const gboolean is = routes[i].guess && !far && !code;
        const gboolean picture = strstr(routes[i].pattern, "photo") != NULL;
        g_assert_cmpint(routes[i].place == PLX_ON_HARD_WORKER, ==, is);
        g_assert_cmpint(routes[i].place == PLX_ON_PICTURE_WORKER, ==, picture);
        g_assert_cmpint(routes[i].place == PLX_ON_FAR_WORKER, ==, far);
        hard += is ? 1 : 0;
        pictures += picture ? 1 : 0;
    }
    g_assert_cmpuint(hard, ==, 5);
    g_assert_cmpuint(pictures, ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/places/one-at-a-time", test_one_at_a_time);
    g_test_add_func("/places/given-up", test_given_up);
    g_test_add_func("/places/table", test_table);
    return g_test_run();
}
