/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server whose disk is full for a while (tests/store/faults/faulty.c, "while FILE"): it says 503
 * and when to come again, loses nothing of what it acknowledged, and goes on when there is room. */

#include "shop.h"

#include <glib/gstdio.h>
#include <string.h>

struct clients {
    struct shop shop;
    gint next, stored, refused, stop; /* atomic */
};

static gpointer put_on_and_on(gpointer data)
{
    struct clients *const c = data;
    while (!g_atomic_int_get(&c->stop)) {
        guint number = (guint)g_atomic_int_add(&c->next, 1) + 1;
        g_autofree char *reply = shop_put(&c->shop, number % 1000 ? number : number + 500000);
        const guint status = shop_status(reply);
        g_atomic_int_inc(status == 201 ? &c->stored : &c->refused);
        g_assert_true(status == 201 || status == 503);
        if (status == 503)
            g_assert_nonnull(strstr(reply, "\r\nRetry-After: 5\r\n"));
    }
    return NULL;
}

static void fill_disk(const char *file)
{
    g_assert_true(g_file_set_contents(file, "", 0, NULL));
}

/* Until so many more came of it. */
static void await(const gint *count, gint more)
{
    const gint from = g_atomic_int_get(count);
    while (g_atomic_int_get(count) < from + more)
        g_usleep(1000);
}

static void test_full(gconstpointer file)
{
    struct clients c = {.next = 0};
    GThread *threads[4];
    shop_open(&c.shop, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("client", put_on_and_on, &c);
    for (guint round = 0; round < 3; round++) {
        await(&c.stored, 20);
        fill_disk(file);
        await(&c.refused, 20);
        g_autofree char *health = shop_get(&c.shop, "/healthz");
        g_assert_cmpuint(shop_status(health), ==, 200); /* it reads */
        g_assert_cmpint(g_unlink(file), ==, 0);
    }
    await(&c.stored, 20);
    g_atomic_int_set(&c.stop, 1);
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpuint(shop_close(&c.shop), ==, (guint)c.stored);
}

/* The same with nobody else: what cannot be stored is refused once, and can be stored later. */
static void test_once(gconstpointer file)
{
    struct shop shop;
    shop_open(&shop, NULL);
    g_autofree char *first = shop_put(&shop, 1);
    fill_disk(file);
    g_autofree char *second = shop_put(&shop, 2);
    g_assert_cmpint(g_unlink(file), ==, 0);
    g_autofree char *third = shop_put(&shop, 2);
    g_assert_cmpuint(shop_status(first), ==, 201);
    g_assert_cmpuint(shop_status(second), ==, 503);
    g_assert_nonnull(strstr(second, "\r\nRetry-After: 5\r\n"));
    g_assert_null(strstr(second, "shop.plx")); /* nothing of the machine */
    g_assert_cmpuint(shop_status(third), ==, 201);
    g_assert_cmpuint(shop_close(&shop), ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    const char *const fault = g_getenv("PLX_FAULT");
    g_assert_true(fault && g_str_has_prefix(fault, "while "));
    const char *const file = fault + strlen("while ");
    g_unlink(file);
    g_test_add_data_func("/full-disk/once", file, test_once);
    g_test_add_data_func("/full-disk/full", file, test_full);
    return g_test_run();
}
