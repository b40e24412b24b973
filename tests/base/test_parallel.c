/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/parallel.h"

#include <stdatomic.h>

struct world {
    guint n_threads;
    atomic_uint calls[1000];
    atomic_uint strangers; /* calls from thread numbers that should not exist */
};

static void mark(gsize index, guint thread, gpointer data)
{
    struct world *world = data;
    atomic_fetch_add(&world->calls[index], 1);
    if (thread >= MAX(world->n_threads, 1))
        atomic_fetch_add(&world->strangers, 1);
}

static void test_each_once(void)
{
    const guint threads[] = {0, 1, 2, 7, 64};
    const gsize sizes[] = {0, 1, 2, 999};
    for (guint t = 0; t < G_N_ELEMENTS(threads); t++) {
        for (guint s = 0; s < G_N_ELEMENTS(sizes); s++) {
            struct world world = {.n_threads = threads[t]};
            plx_parallel_for(threads[t], sizes[s], mark, &world);
            for (gsize i = 0; i < G_N_ELEMENTS(world.calls); i++)
                g_assert_cmpuint(atomic_load(&world.calls[i]), ==, i < sizes[s] ? 1 : 0);
            g_assert_cmpuint(atomic_load(&world.strangers), ==, 0);
        }
    }
}

static void square(gsize index, guint thread, gpointer data)
{
    (void)thread;
    guint64 *out = data;
    out[index] = index * index;
}

/* What threads wrote without atomics is there afterwards. */
static void test_visible(void)
{
    guint64 out[500] = {0};
    for (guint round = 0; round < 50; round++) {
        plx_parallel_for(7, G_N_ELEMENTS(out), square, out);
        for (gsize i = 0; i < G_N_ELEMENTS(out); i++) {
            g_assert_cmpuint(out[i], ==, i * i);
            out[i] = 0;
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/parallel/each-once", test_each_once);
    g_test_add_func("/base/parallel/visible", test_visible);
    return g_test_run();
}
