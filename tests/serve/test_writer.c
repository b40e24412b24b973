/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls that write: those of one transaction stand and fall alone; what is begun is finished. */

#include "shop.h"
#include "wire.h"

#include <string.h>

static void test_own_failures(void)
{
    struct shop shop;
    shop_open(&shop, NULL);
    g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func(g_object_unref);
    guint stored = 0;
    for (guint i = 0; i < 50; i++) /* all on their way before any is heard */
        g_ptr_array_add(clients, plx_wire_join_port(plx_server_port(shop.server)));
    for (guint i = 0; i < 50; i++) {
        const guint number = i % 5 == 0 ? 1000 * (i + 1) : i + 1;
        g_autofree char *text = g_strdup_printf(
            "POST /put/%u HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            number);
        plx_wire_say(clients->pdata[i], text);
    }
    for (guint i = 0; i < 50; i++) {
        g_autofree char *reply = plx_wire_hear(clients->pdata[i], NULL);
        g_assert_cmpuint(shop_status(reply), ==, i % 5 == 0 ? 400 : 201);
        if (i % 5 == 0)
            g_assert_nonnull(strstr(reply, "\"detail\": \"That number is too round.\""));
        stored += i % 5 != 0;
    }
    g_assert_cmpuint(shop_close(&shop), ==, stored);
}

/* Where the transaction itself was lost, nobody in it is told that the answer is stored, and none
 * is. */
static void test_lost(void)
{
    struct shop shop;
    shop_open(&shop, NULL);
    g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func(g_object_unref);
    guint stored = 0;
    for (guint i = 0; i < 60; i++)
        g_ptr_array_add(clients, plx_wire_join_port(plx_server_port(shop.server)));
    for (guint i = 0; i < 60; i++) {
        g_autofree char *text = g_strdup_printf(
            "POST /%s/%u HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            i % 20 == 7 ? "odd" : "put", i + 1);
        plx_wire_say(clients->pdata[i], text);
    }
    for (guint i = 0; i < 60; i++) {
        g_autofree char *reply = plx_wire_hear(clients->pdata[i], NULL);
        if (i % 20 == 7)
            g_assert_cmpuint(shop_status(reply), ==, 503);
        stored += shop_status(reply) == 201;
    }
    g_assert_cmpuint(shop_close(&shop), ==, stored);
}

/* What takes longer than the writer has time for goes on on a worker. */
static void test_later(void)
{
    struct shop shop;
    shop_open(&shop, NULL);
    g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func(g_object_unref);
    for (guint i = 0; i < 50; i++)
        g_ptr_array_add(clients, plx_wire_join_port(plx_server_port(shop.server)));
    for (guint i = 0; i < 50; i++) {
        g_autofree char *text = g_strdup_printf(
            "POST /later/%u HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            i + 1);
        plx_wire_say(clients->pdata[i], text);
    }
    for (guint i = 0; i < 50; i++) {
        g_autofree char *reply = plx_wire_hear(clients->pdata[i], NULL);
        g_assert_cmpuint(shop_status(reply), ==, 202);
    }
    g_assert_cmpuint(shop_close(&shop), ==, 50);
}

static void test_routes(void)
{
    struct shop shop;
    shop_open(&shop, NULL);
    g_autofree char *health = shop_get(&shop, "/healthz");
    static const char counted[] =
        "\nparallax_requests_total{route=\"/healthz\",status=\"2xx\"} 1\n";
    g_autofree char *metrics = NULL;
    do { /* a reply is counted when it is gone: it may be heard before */
        g_free(metrics);
        metrics = shop_get(&shop, "/metrics");
        g_assert_cmpuint(shop_status(metrics), ==, 200);
    } while (!strstr(metrics, counted));
    g_autofree char *none = shop_get(&shop, "/nothing/here");
    g_autofree char *other = shop_get(&shop, "/put/7");
    g_autofree char *word = shop_get(&shop, "/put/seven");
    g_assert_cmpuint(shop_status(health), ==, 200);
    g_assert_nonnull(strstr(health, "\"status\": \"ok\""));
    g_assert_cmpuint(shop_status(none), ==, 404);
    g_assert_cmpuint(shop_status(other), ==, 405);
    g_assert_cmpuint(shop_status(word), ==, 404);
    g_assert_cmpuint(shop_close(&shop), ==, 0);
}

/* More than an address may ask. */
static void test_rate(void)
{
    static const struct plx_limit_options limits = {.rules = {[PLX_LIMIT_ADDRESS] = {1, 3}}};
    struct shop shop;
    shop_open(&shop, &limits);
    for (guint i = 1; i <= 3; i++) {
        g_autofree char *reply = shop_put_from(&shop, i, "192.0.2.1");
        g_assert_cmpuint(shop_status(reply), ==, 201);
    }
    g_autofree char *refused = shop_put_from(&shop, 4, "192.0.2.99"); /* a neighbour */
    g_autofree char *other = shop_put_from(&shop, 5, "198.51.100.1");
    g_assert_cmpuint(shop_status(refused), ==, 429);
    g_assert_nonnull(strstr(refused, "\r\nRetry-After: "));
    g_assert_cmpuint(shop_status(other), ==, 201);
    for (guint i = 6; i < 16; i++) { /* this machine's own programs */
        g_autofree char *reply = shop_put(&shop, i);
        g_assert_cmpuint(shop_status(reply), ==, 201);
    }
    g_assert_cmpuint(shop_close(&shop), ==, 14);
}

/* A server that is told to stop answers what it has read. */
static void test_stop(void)
{
    struct shop shop;
    shop_open(&shop, NULL);
    g_autoptr(GSocketConnection) c = plx_wire_join_port(plx_server_port(shop.server));
    plx_wire_say(c, "POST /put/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
                    "POST /put/2 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    g_autofree char *first = plx_wire_hear(c, "{}");
    plx_server_stop(shop.server);
    g_autofree char *rest = plx_wire_hear(c, NULL);
    g_autofree char *all = g_strconcat(first, rest, NULL);
    guint answered = 0;
    for (const char *at = all; (at = strstr(at, "HTTP/1.1 201")); at++)
        answered++;
    g_assert_cmpuint(answered, >=, 1);
    g_assert_cmpuint(shop_close(&shop), ==, answered);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/writer/own-failures", test_own_failures);
    g_test_add_func("/writer/lost", test_lost);
    g_test_add_func("/writer/later", test_later);
    g_test_add_func("/writer/routes", test_routes);
    g_test_add_func("/writer/rate", test_rate);
    g_test_add_func("/writer/stop", test_stop);
    return g_test_run();
}
