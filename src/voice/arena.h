/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The memory of one answer: blocks owned by a GPtrArray, all freed with it. */

#include <glib.h>

struct plx_arena {
    GPtrArray *memory; /* frees its elements with g_free */
    guint8 *at;
    gsize left;
};

/* Zeroed bytes aligned to 16, never NULL. */
gpointer plx_arena_take(struct plx_arena *arena, gsize size);
char *plx_arena_text(struct plx_arena *arena, const char *text);

#define plx_arena_new(arena, type, n) ((type *)plx_arena_take(arena, sizeof(type) * (gsize)(n)))
