/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers as a form brings them: encounter `number` of two observations of points a and b, with a
 * note, by person number / 2 + 1. */

#include "voice/batch.h"

struct form {
    struct plx_dims dims;
    guint32 audience[2], subject[2], place[2];
    gint8 level[2];
    gint32 day[2], month[2];
    gint64 seconds[2];
    guint64 keys[2], encounters[2];
    guint8 known[2];
    struct plx_span note[2];
    char words[64];
};

void form_init(struct form *form, const plx_map *map);
void form_clear(struct form *form);

/* A view into the form, good until the next call. */
struct plx_batch form_fill(struct form *form, guint64 number);

/* The same encounters as rows of a file (a header, then two rows each). Their keys differ. */
char *form_rows(guint64 first, guint64 n);
