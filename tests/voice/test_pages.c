/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/pages.h"

#include <string.h>

/* Old bytes stay, new ones are zero, at every size. */
static void test_growing(void)
{
    struct plx_pages pages = {0};
    gsize filled = 0;
    for (gsize size = 1; size < 20u << 20; size = size * 3 + 1) {
        plx_pages_need(&pages, size);
        g_assert_cmpuint(pages.size, >=, size);
        for (gsize i = 0; i < filled; i += 997)
            g_assert_cmpuint(pages.data[i], ==, 7);
        for (gsize i = filled; i < size; i += 997)
            g_assert_cmpuint(pages.data[i], ==, 0);
        memset(pages.data, 7, size);
        filled = size;
    }
    plx_pages_free(&pages);
    g_assert_null(pages.data);
    g_autofree guint8 *zeros = plx_pages_zeros(9u << 20);
    for (gsize i = 0; i < 9u << 20; i += 4096)
        g_assert_cmpuint(zeros[i], ==, 0);
}

static void test_slabs(void)
{
    struct plx_slabs slabs = {0};
    guint8 *blocks[3000];
    for (guint i = 0; i < G_N_ELEMENTS(blocks); i++) {
        blocks[i] = plx_slabs_take(&slabs, 4096);
        g_assert_cmpuint((gsize)blocks[i] % 16, ==, 0);
        memset(blocks[i], (int)(i % 251), 4096);
    }
    for (guint i = 0; i < G_N_ELEMENTS(blocks); i++) {
        g_assert_cmpuint(blocks[i][0], ==, i % 251);
        g_assert_cmpuint(blocks[i][4095], ==, i % 251);
    }
    plx_slabs_free(&slabs);
    g_assert_null(slabs.at);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/pages/growing", test_growing);
    g_test_add_func("/voice/pages/slabs", test_slabs);
    return g_test_run();
}
