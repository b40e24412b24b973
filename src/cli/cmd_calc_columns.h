/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A file of columns for `calc`: delimited text, with a header iff its first row holds a non-number.
 * An empty cell or "NA" is missing (NaN). Columns are named as the header does, or 1, 2, 3, ... .
 * Text is allowed in columns that are not asked for. Tests: tests/cli/cases/calc-columns-*. */

#include "cli/invocation.h"

#include <glib.h>

typedef struct plx_calc_columns plx_calc_columns;

/* `path` "-" is standard input. Errors: PLX_ERROR_INPUT with FILE:LINE, PLX_ERROR_IO. */
plx_calc_columns *plx_calc_columns_read(const char *path, GError **error);
void plx_calc_columns_free(plx_calc_columns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_calc_columns, plx_calc_columns_free)

gsize plx_calc_columns_rows(const plx_calc_columns *columns);
/* For messages: the file, the line a row begins on, the name of column 0, 1, ... . */
const char *plx_calc_columns_path(const plx_calc_columns *columns);
guint64 plx_calc_columns_line(const plx_calc_columns *columns, gsize row);
const char *plx_calc_columns_name(const plx_calc_columns *columns, gsize column);

/* The column's numbers; `out`: as many as rows. Errors: PLX_ERROR_NOT_FOUND (and which there are),
 * PLX_ERROR_INPUT with FILE:LINE:COLUMN for text. */
gboolean plx_calc_columns_numbers(const plx_calc_columns *columns, const char *name, double *out,
                                  GError **error);

/* The same for a column that may be text: equal cells get equal numbers from 0, in byte order. */
gboolean plx_calc_columns_codes(const plx_calc_columns *columns, const char *name, double *out,
                                GError **error);

/* The cells those numbers stand for, in order; *count: how many. The array is to be freed, the
 * cells are the columns'. The column is known to be there. */
const char **plx_calc_columns_labels(const plx_calc_columns *columns, const char *name,
                                     gsize *count);

/* The whole file as numbers, row by row; to be freed. *k: how many columns. Errors: as above. */
double *plx_calc_columns_table(const plx_calc_columns *columns, gsize *k, GError **error);

/* How many there are before the NULL. */
guint plx_calc_count(const char *const *names);

/* Several columns, one behind the other; to be freed. */
double *plx_calc_columns_all(const plx_calc_columns *columns, const char *const *names,
                             GError **error);

/* The cells of a column as text, one per row: "" where missing. The array is to be freed, the cells
 * are the columns'. Errors: PLX_ERROR_NOT_FOUND. */
const char **plx_calc_columns_texts(const plx_calc_columns *columns, const char *name,
                                    GError **error);

/* The value of an option that the method cannot do without. Errors: PLX_ERROR_USAGE. */
gboolean plx_calc_required(const plx_invocation *invocation, enum plx_option_id id,
                           const char **value, GError **error);
gboolean plx_calc_required_list(const plx_invocation *invocation, enum plx_option_id id,
                                const char *const **values, GError **error);
/* Which of `words` a choice is; the first when it was not given. */
guint plx_calc_choice(const plx_invocation *invocation, enum plx_option_id id,
                      const char *const *words);
/* A number as option; *value stays as it is when it was not given. Errors: PLX_ERROR_USAGE. */
gboolean plx_calc_optional_number(const plx_invocation *invocation, enum plx_option_id id,
                                  double *value, GError **error);
