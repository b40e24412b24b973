/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/order.h"

/* Sorted by the key, equal keys in the order they came, for any number of bits. */
static void test_sorts(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    const guint bits[] = {1, 11, 12, 22, 40, 63};
    const gsize sizes[] = {0, 1, 2, 1000, 50000};
    for (guint b = 0; b < G_N_ELEMENTS(bits); b++) {
        for (guint s = 0; s < G_N_ELEMENTS(sizes); s++) {
            gsize n = sizes[s];
            g_autofree struct plx_ordered *items = g_new(struct plx_ordered, n + 1);
            guint64 sum = 0;
            for (gsize i = 0; i < n; i++) {
                guint64 key = (guint64)g_rand_int(random) << 32 | g_rand_int(random);
                items[i] = (struct plx_ordered){key & ((G_GUINT64_CONSTANT(1) << bits[b]) - 1),
                                                (guint32)i};
                sum += items[i].key;
            }
            plx_order_sort(items, n, bits[b]);
            for (gsize i = 0; i < n; i++)
                sum -= items[i].key;
            g_assert_cmpuint(sum, ==, 0);
            for (gsize i = 1; i < n; i++) {
                g_assert_cmpuint(items[i - 1].key, <=, items[i].key);
                if (items[i - 1].key == items[i].key)
                    g_assert_cmpuint(items[i - 1].value, <, items[i].value);
            }
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/order/sorts", test_sorts);
    return g_test_run();
}
