/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What `calc` is given: numbers, lists, counts, shares. Tests: tests/cli/cases/calc-*. */

#include "cli/invocation.h"

#include <glib.h>

/* A file, or standard input ("-"), whole. Errors: PLX_ERROR_IO, those of GLib for files. */
gboolean plx_calc_read_text(const char *path, char **text, gsize *length, GError **error);

/* A list of numbers. Counts ("counts:1,2,6") are the values 1..k with a multiplicity each. */
struct plx_calc_list {
    GArray *value; /* double */
    GArray *times; /* double, as long as value; NULL for plain lists */
};
void plx_calc_list_clear(struct plx_calc_list *list);

/* "1,2,3", "counts:1,2,6", or a file ("-": standard input) with one number per line (a header iff
 * the first line holds a non-number). Errors: PLX_ERROR_USAGE for a bad list, PLX_ERROR_INPUT with
 * FILE:LINE for a bad file, PLX_ERROR_IO. */
gboolean plx_calc_read_list(const char *text, struct plx_calc_list *list, GError **error);

/* The same for methods that need the values one by one: counts are refused. */
gboolean plx_calc_read_plain(const char *text, GArray **values, GError **error);

/* Counts or weights: none negative, not all 0; "counts:" is optional. */
gboolean plx_calc_read_weights(const char *text, GArray **weights, GError **error);

/* "81/263": whole numbers, 0 <= x <= n, n > 0. */
gboolean plx_calc_read_share(const char *text, double *x, double *n, GError **error);

/* --level, 0.95 when not given. */
gboolean plx_calc_read_level(const plx_invocation *invocation, double *level, GError **error);

/* --aim, 0.8 when not given. */
gboolean plx_calc_read_aim(const plx_invocation *invocation, double *aim, GError **error);
