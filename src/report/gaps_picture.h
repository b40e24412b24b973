/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From a group of the gaps to the model of the picture: which voices, which axis, which words.
 *
 * The axis is the served voice's scale; where leaders only guessed (`believed`), it is the share at
 * the desired level instead. Voices on another scale are not drawn. Test: tests/report/
 * test_gaps_picture.c. */

#include "chart/picture.h"
#include "reading/gaps.h"

#include <glib.h>

typedef struct plx_gaps_picture plx_gaps_picture;

/* `id` prefixes ids; the row of point i in the table twin has the id "ID-p<i>". */
plx_gaps_picture *plx_gaps_picture_new(const plx_gaps *gaps, const struct plx_gaps_group *group,
                                       const char *id);
void plx_gaps_picture_free(plx_gaps_picture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_gaps_picture, plx_gaps_picture_free)

/* Borrowed; NULL when there is nothing to draw (no served voice with a scale). */
const struct plx_picture *plx_gaps_picture_model(const plx_gaps_picture *picture);

/* Has voice `i` of the model a mark at any point? Without one it needs no place in a legend. */
gboolean plx_gaps_picture_speaks(const plx_gaps_picture *picture, guint i);

/* The audience behind voice `i` of the model. */
gint plx_gaps_picture_audience(const plx_gaps_picture *picture, guint i);

/* A height of the picture as it is said: "3.4", or "8 in 10" where the axis is a share. */
void plx_gaps_picture_say(const plx_gaps_picture *picture, double value, GString *out);
