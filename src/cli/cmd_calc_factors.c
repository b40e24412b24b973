/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_calc_factors.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

void plx_calc_factors_clear(struct plx_calc_factors *f)
{
    for (guint j = 0; j < f->k; j++) {
        g_free(f->factor[j].code);
        g_free(f->factor[j].label);
        g_free(f->factor[j].rows);
    }
    g_free(f->y);
    plx_calc_columns_free(f->columns);
}

/* Codes of the rows kept, numbered anew without those that no row has. */
static void take_factor(struct plx_calc_factor *factor, const char *name, const double *code,
                        const gsize *kept, gsize n, const char *const *labels, gsize count)
{
    g_autofree guint32 *number = g_new0(guint32, count + 1);
    factor->name = name;
    factor->code = g_new(guint32, n);
    factor->label = g_new0(const char *, count + 1);
    factor->rows = g_new0(double, count + 1);
    for (gsize i = 0; i < n; i++)
        number[(gsize)code[kept[i]]] = 1;
    for (gsize c = 0; c < count; c++)
        if (number[c] > 0) {
            factor->label[factor->levels] = labels[c];
            number[c] = (guint32)factor->levels++;
        }
    for (gsize i = 0; i < n; i++) {
        factor->code[i] = number[(gsize)code[kept[i]]];
        factor->rows[factor->code[i]]++;
    }
}

static gsize *keep_whole(const double *y, const double *code, guint k, gsize rows, gsize *n)
{
    gsize *kept = g_new0(gsize, rows + 1);
    for (gsize i = 0; i < rows; i++) {
        gboolean whole = !isnan(y[i]);
        for (guint j = 0; j < k; j++)
            whole = whole && !isnan(code[j * rows + i]);
        if (whole)
            kept[(*n)++] = i;
    }
    return kept;
}

static gboolean check_names(const char *const *names, GError **error)
{
    const guint k = plx_calc_count(names);
    if (k > PLX_CALC_FACTORS)
        return plx_error(error, PLX_ERROR_USAGE, "%u columns of groups; at most %d", k,
                         PLX_CALC_FACTORS);
    for (guint j = 0; j < k; j++)
        for (guint i = 0; i < j; i++)
            if (strcmp(names[i], names[j]) == 0)
                return plx_error(error, PLX_ERROR_USAGE, "column '%s' is named twice", names[j]);
    return TRUE;
}

static gboolean take_rows(struct plx_calc_factors *f, const char *const *names, GError **error)
{
    const gsize rows = plx_calc_columns_rows(f->columns);
    const guint k = plx_calc_count(names);
    g_autofree double *y = g_new0(double, rows + 1);
    g_autofree double *code = g_new0(double, k *rows + 1);
    if (!plx_calc_columns_numbers(f->columns, f->y_name, y, error))
        return FALSE;
    for (guint j = 0; j < k; j++)
        if (!plx_calc_columns_codes(f->columns, names[j], code + j * rows, error))
            return FALSE;
    g_autofree gsize *kept = keep_whole(y, code, k, rows, &f->n);
    f->dropped = rows - f->n;
    gboolean varies = FALSE;
    f->y = g_new(double, f->n + 1);
    for (gsize i = 0; i < f->n; i++) {
        f->y[i] = y[kept[i]];
        varies = varies || f->y[i] != f->y[0];
    }
    if (f->n == 0)
        return plx_error(error, PLX_ERROR_INPUT, "%s: no row has all the columns asked for",
                         f->path);
    if (!varies)
        return plx_error(error, PLX_ERROR_INPUT, "%s: column '%s' does not vary", f->path,
                         f->y_name);
    for (; f->k < k; f->k++) {
        gsize count = 0;
        g_autofree const char **labels = plx_calc_columns_labels(f->columns, names[f->k], &count);
        take_factor(&f->factor[f->k], names[f->k], code + f->k * rows, kept, f->n, labels, count);
    }
    return TRUE;
}

gboolean plx_calc_factors_read(const plx_invocation *invocation, const char *const *names,
                               struct plx_calc_factors *f, GError **error)
{
    if (!check_names(names, error) ||
        !plx_calc_required(invocation, PLX_OPTION_Y, &f->y_name, error))
        return FALSE;
    f->columns = plx_calc_columns_read(plx_invocation_argument(invocation, 0), error);
    if (!f->columns)
        return FALSE;
    f->path = plx_calc_columns_path(f->columns);
    return take_rows(f, names, error);
}
