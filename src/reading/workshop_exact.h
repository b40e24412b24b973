/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The exact form of the workshop: internal to reading/, never for views. workshop_exact.c makes it
 * of sayings and codebook; reading/privacy.h releases it. Test: tests/reading/test_workshop.c. */

#include "reading/workshop.h"

/* A table, or somebody without one. */
struct plx_seat {
    guint audience; /* of the map */
    const char *workshop, *table;
    gint64 persons;
    gboolean alone;
    guint asked; /* questions it answered: bits */
};

/* One answer of a theme. */
struct plx_mention {
    guint seat;
    enum plx_asked asked;
    gint8 surprise; /* 1, -1, else nothing */
    gboolean tied;  /* to a point, by its own row */
    const char *text;
    const char *normal;
};

struct plx_exact_theme {
    gint64 id;         /* -1: unsorted */
    const char *title; /* NULL: unsorted, named by a spelling that may be shown */
    const char *key;   /* of the unsorted: their normal words */
    guint n_points;
    const char *const *points;
    GArray *mentions; /* struct plx_mention */
};

typedef struct plx_exact_workshop plx_exact_workshop;
struct plx_exact_workshop {
    const plx_map *map;
    gboolean sorted;
    GArray *seats;     /* struct plx_seat */
    GPtrArray *themes; /* struct plx_exact_theme *, by id, the unsorted last, by words */
    gint32 since, until;
    GPtrArray *names; /* of the workshops chosen */
    GPtrArray *memory;
};

/* `workshop` NULL: all. `audiences` by map index, NULL: all. Errors: those of plx_workshop_read. */
plx_exact_workshop *plx_exact_workshop_new(const plx_map *map, const struct plx_sayings *sayings,
                                           const plx_codebook *book, const char *workshop,
                                           const gboolean *audiences, GError **error);
void plx_exact_workshop_free(plx_exact_workshop *exact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_exact_workshop, plx_exact_workshop_free)
