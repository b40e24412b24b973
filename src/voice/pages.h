/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Big memory, taken from the system page by page.
 *
 * First touch of memory is the dearest part of counting (shared/speed.md), so arrays here grow
 * without being copied (mremap), start as zeros that cost nothing until touched, and ask for huge
 * pages. Like g_malloc they end the program when the system has no memory left. Test:
 * tests/voice/test_pages.c. */

#include <glib.h>

/* One growing array of bytes; all zeros is an empty one. */
struct plx_pages {
    guint8 *data;
    gsize size; /* bytes that may be used */
};

/* Makes at least `size` bytes usable: old bytes stay, new ones are zero. May move the data. */
void plx_pages_need(struct plx_pages *pages, gsize size);
void plx_pages_free(struct plx_pages *pages);

/* Zeros to be freed with g_free, on huge pages where they are many. */
gpointer plx_pages_zeros(gsize size);

/* A supply of small blocks that are all given back at once; all zeros is an empty one. */
struct plx_slabs {
    GPtrArray *slabs;
    guint8 *at, *end;
};

/* `size` bytes (at most PLX_SLAB_BYTES), aligned to 16 when all sizes are multiples of 16. */
guint8 *plx_slabs_take(struct plx_slabs *slabs, gsize size);
void plx_slabs_free(struct plx_slabs *slabs);

#define PLX_SLAB_BYTES ((gsize)2 << 20)
