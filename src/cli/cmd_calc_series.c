/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_calc_series.h"

#include "base/error.h"
#include "base/number.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_input.h"

#include <string.h>

void plx_calc_series_clear(struct plx_calc_series *s)
{
    g_free(s->x);
    g_free(s->n);
}

static gboolean read_numbers(const char *text, double **values, gsize *m, GError **error)
{
    g_autoptr(GArray) list = NULL;
    if (!plx_calc_read_plain(text, &list, error))
        return FALSE;
    *m = list->len;
    *values = g_memdup2(list->data, list->len * sizeof(double));
    return TRUE;
}

double *plx_calc_repeat(double value, gsize m)
{
    double *values = g_new(double, m);
    for (gsize i = 0; i < m; i++)
        values[i] = value;
    return values;
}

/* --n as numbers: one for all, or as many as values. */
static gboolean read_units(const char *text, struct plx_calc_series *s, GError **error)
{
    g_autofree double *n = NULL;
    gsize count = 0;
    if (!text)
        return TRUE;
    if (!read_numbers(text, &n, &count, error))
        return FALSE;
    if (count != 1 && count != s->m)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--n has %" G_GSIZE_FORMAT " values, --x %" G_GSIZE_FORMAT
                         "; expected as many, or one for all",
                         count, s->m);
    s->n = count == 1 ? plx_calc_repeat(n[0], s->m) : g_steal_pointer(&n);
    return TRUE;
}

/* --x and --n as columns of a file; --n may be one number for all. */
static gboolean read_columns(const char *path, const char *x, const char *n,
                             struct plx_calc_series *s, GError **error)
{
    g_autoptr(plx_calc_columns) columns = plx_calc_columns_read(path, error);
    if (!columns)
        return FALSE;
    s->m = plx_calc_columns_rows(columns);
    s->x = g_new(double, s->m);
    if (!plx_calc_columns_numbers(columns, x, s->x, error))
        return FALSE;
    if (!n)
        return TRUE;
    s->n = g_new(double, s->m);
    g_autoptr(GError) no_column = NULL;
    if (plx_calc_columns_numbers(columns, n, s->n, &no_column))
        return TRUE;
    double all = 0;
    if (g_error_matches(no_column, PLX_ERROR, PLX_ERROR_NOT_FOUND) &&
        plx_number_parse(n, strlen(n), &all)) {
        g_free(s->n);
        s->n = plx_calc_repeat(all, s->m);
        return TRUE;
    }
    g_propagate_error(error, g_steal_pointer(&no_column));
    return FALSE;
}

gboolean plx_calc_series_read(const plx_invocation *invocation, guint file_argument,
                              struct plx_calc_series *s, GError **error)
{
    const char *const *list = NULL;
    if (!plx_calc_required_list(invocation, PLX_OPTION_X, &list, error))
        return FALSE;
    g_autoptr(GString) x = g_string_new(list[0]);
    for (guint i = 1; list[i]; i++)
        g_string_append_printf(x, ",%s", list[i]);
    const char *n = plx_invocation_string(invocation, PLX_OPTION_N);
    const char *path = plx_invocation_argument(invocation, file_argument);
    if (path)
        return read_columns(path, x->str, n, s, error);
    return read_numbers(x->str, &s->x, &s->m, error) && read_units(n, s, error);
}

void plx_calc_write_signals(plx_json *json, const char *key, const struct plx_control_point *point,
                            gsize m)
{
    g_autofree gint64 *signals = g_new(gint64, m + 1);
    gsize count = 0;
    for (gsize i = 0; i < m; i++)
        if (point[i].signal)
            signals[count++] = (gint64)i + 1;
    plx_json_integers(json, key, signals, count);
}

gboolean plx_calc_series_check(const char *kind, const struct plx_calc_series *s, GError **error)
{
    if (!s->n)
        return plx_error(error, PLX_ERROR_USAGE, "--n COLUMN is missing: what each count is of");
    for (gsize i = 0; i < s->m; i++) {
        if (s->x[i] < 0 || s->n[i] < 0)
            return plx_error(error, PLX_ERROR_USAGE,
                             "point %" G_GSIZE_FORMAT " is negative; expected counts", i + 1);
        if (kind[0] == 'p' && s->x[i] > s->n[i])
            return plx_error(error, PLX_ERROR_USAGE,
                             "point %" G_GSIZE_FORMAT ": more than there were (--n)", i + 1);
    }
    return TRUE;
}
