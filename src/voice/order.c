/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/order.h"

#include "voice/pages.h"

#include <string.h>

#define DIGIT 11

static void one_pass(const struct plx_ordered *from, struct plx_ordered *to, gsize n, guint shift)
{
    gsize start[(1 << DIGIT) + 1] = {0};
    const guint64 mask = (1 << DIGIT) - 1;
    for (gsize i = 0; i < n; i++)
        start[(from[i].key >> shift & mask) + 1]++;
    for (gsize d = 0; d < mask; d++)
        start[d + 1] += start[d];
    for (gsize i = 0; i < n; i++)
        to[start[from[i].key >> shift & mask]++] = from[i];
}

void plx_order_sort(struct plx_ordered *items, gsize n, guint bits)
{
    if (n < 2)
        return;
    struct plx_pages spare = {0};
    plx_pages_need(&spare, n * sizeof *items);
    struct plx_ordered *from = items, *to = (gpointer)spare.data;
    for (guint shift = 0; shift < bits; shift += DIGIT) {
        one_pass(from, to, n, shift);
        struct plx_ordered *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, n * sizeof *items);
    plx_pages_free(&spare);
}
