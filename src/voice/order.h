/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sorting many numbers: least significant digit first, 11 bits at a time. Stable.
 * Test: tests/voice/test_order.c. */

#include <glib.h>

struct plx_ordered {
    guint64 key;
    guint32 value;
};

/* Sorts by the low `bits` bits of key (all others are 0). */
void plx_order_sort(struct plx_ordered *items, gsize n, guint bits);
