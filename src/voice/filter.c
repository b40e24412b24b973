/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/filter_private.h"

#include <string.h>

static plx_filter *node_new(enum node_kind kind, plx_filter **children, guint n)
{
    plx_filter *node = g_new0(plx_filter, 1);
    node->kind = kind;
    node->n_children = n;
    node->children = g_memdup2(children, n * sizeof *children);
    return node;
}

plx_filter *plx_filter_all(plx_filter **children, guint n)
{
    return node_new(NODE_ALL, children, n);
}

plx_filter *plx_filter_any(plx_filter **children, guint n)
{
    return node_new(NODE_ANY, children, n);
}

plx_filter *plx_filter_not(plx_filter *child)
{
    return node_new(NODE_NOT, &child, 1);
}

plx_filter *plx_filter_in(enum plx_dim dim, const char *segment, const char *const *values)
{
    plx_filter *node = node_new(NODE_IN, NULL, 0);
    node->dim = dim;
    node->segment = g_strdup(segment);
    node->values = g_strdupv((char **)(gsize)values);
    return node;
}

plx_filter *plx_filter_days(gint32 since, gint32 until)
{
    plx_filter *node = node_new(NODE_DAYS, NULL, 0);
    node->since = since;
    node->until = until;
    return node;
}

plx_filter *plx_filter_kinds(guint kinds)
{
    plx_filter *node = node_new(NODE_KINDS, NULL, 0);
    node->kinds = kinds;
    return node;
}

plx_filter *plx_filter_copy(const plx_filter *filter)
{
    if (!filter)
        return NULL;
    plx_filter *copy = node_new(filter->kind, filter->children, filter->n_children);
    for (guint i = 0; i < copy->n_children; i++)
        copy->children[i] = plx_filter_copy(filter->children[i]);
    copy->dim = filter->dim;
    copy->segment = g_strdup(filter->segment);
    copy->values = g_strdupv(filter->values);
    copy->since = filter->since;
    copy->until = filter->until;
    copy->kinds = filter->kinds;
    return copy;
}

void plx_filter_free(plx_filter *filter)
{
    if (!filter)
        return;
    for (guint i = 0; i < filter->n_children; i++)
        plx_filter_free(filter->children[i]);
    g_free(filter->children);
    g_free(filter->segment);
    g_strfreev(filter->values);
    g_free(filter);
}

gboolean plx_filter_same(const plx_filter *a, const plx_filter *b)
{
    if (a == b)
        return TRUE;
    if (!a || !b || a->kind != b->kind || a->n_children != b->n_children || a->dim != b->dim ||
        g_strcmp0(a->segment, b->segment) != 0 || a->since != b->since || a->until != b->until ||
        a->kinds != b->kinds || !a->values != !b->values)
        return FALSE;
    if (a->values && !g_strv_equal((const char *const *)a->values, (const char *const *)b->values))
        return FALSE;
    for (guint i = 0; i < a->n_children; i++)
        if (!plx_filter_same(a->children[i], b->children[i]))
            return FALSE;
    return TRUE;
}

void plx_filter_write(const plx_filter *filter, GString *out)
{
    if (!filter) {
        g_string_append_c(out, '*');
        return;
    }
    g_string_append_printf(out, "(%d %d %d:%s %d %d %u", filter->kind, filter->dim,
                           filter->segment ? (gint)strlen(filter->segment) : -1,
                           filter->segment ? filter->segment : "", filter->since, filter->until,
                           filter->kinds);
    for (guint i = 0; filter->values && filter->values[i]; i++)
        g_string_append_printf(out, " %" G_GSIZE_FORMAT ":%s", strlen(filter->values[i]),
                               filter->values[i]);
    for (guint i = 0; i < filter->n_children; i++)
        plx_filter_write(filter->children[i], out);
    g_string_append_c(out, ')');
}

guint64 plx_filter_columns(const plx_filter *filter)
{
    if (!filter)
        return 0;
    guint64 columns = filter->kind == NODE_IN      ? G_GUINT64_CONSTANT(1) << filter->dim
                      : filter->kind == NODE_DAYS  ? PLX_FILTER_DAYS
                      : filter->kind == NODE_KINDS ? 1u << PLX_DIM_SUBJECT
                                                   : 0;
    for (guint i = 0; i < filter->n_children; i++)
        columns |= plx_filter_columns(filter->children[i]);
    return columns;
}

static void mark_audiences(const struct plx_batch *batch, const char *value, guint8 *codes)
{
    gint index = batch->dims->map ? plx_map_find_audience(batch->dims->map, value) : -1;
    if (index >= 0)
        codes[index + 1] = 1;
}

static void mark_subjects(const struct plx_batch *batch, const char *value, guint8 *codes)
{
    const GArray *subjects = batch->dims->subjects;
    for (guint code = 1; code < subjects->len; code++)
        if (strcmp(g_array_index(subjects, struct plx_subject, code).id, value) == 0)
            codes[code] = 1;
}

/* Which codes of a dimension a node takes: a table of `n` marks. */
static guint8 *mark_codes(const plx_filter *node, const struct plx_batch *batch, guint dim, guint n)
{
    guint8 *codes = g_malloc0(n);
    for (char **value = node->values; *value; value++) {
        guint32 code = 0;
        if (**value == '\0')
            codes[0] = 1;
        else if (dim == PLX_DIM_AUDIENCE)
            mark_audiences(batch, *value, codes);
        else if (dim == PLX_DIM_SUBJECT)
            mark_subjects(batch, *value, codes);
        else if (batch->dims->dict[dim] && (code = plx_dict_find(batch->dims->dict[dim], *value)))
            codes[code] = 1;
    }
    return codes;
}

static guint codes_of(const struct plx_batch *batch, guint dim)
{
    const struct plx_dims *dims = batch->dims;
    if (dim == PLX_DIM_AUDIENCE)
        return G_MAXUINT8 + 2;
    if (dim == PLX_DIM_SUBJECT)
        return MAX(dims->subjects->len, 1);
    return dims->dict[dim] ? plx_dict_size(dims->dict[dim]) : 1;
}

static void run_codes(const struct plx_batch *batch, guint dim, const guint8 *codes, guint8 *out)
{
    const guint32 *column = batch->dim[dim];
    if (!column) {
        memset(out, codes[batch->dim_constant[dim]], batch->n);
        return;
    }
    for (guint32 i = 0; i < batch->n; i++)
        out[i] = codes[column[i]];
}

static void run_in(const plx_filter *node, const struct plx_batch *batch, guint8 *out)
{
    guint dim = plx_dims_find(batch->dims, node->dim, node->segment);
    if (dim == PLX_DIMS_MAX) {
        memset(out, g_strv_contains((const char *const *)node->values, "") ? 1 : 0, batch->n);
        return;
    }
    g_autofree guint8 *codes = mark_codes(node, batch, dim, codes_of(batch, dim));
    run_codes(batch, dim, codes, out);
}

static void run_kinds(const plx_filter *node, const struct plx_batch *batch, guint8 *out)
{
    const GArray *subjects = batch->dims->subjects;
    g_autofree guint8 *codes = g_malloc0(MAX(subjects->len, 1));
    codes[0] = node->kinds & 1u << PLX_SUBJECT_NONE ? 1 : 0;
    for (guint code = 1; code < subjects->len; code++)
        codes[code] = node->kinds >> g_array_index(subjects, struct plx_subject, code).kind & 1;
    run_codes(batch, PLX_DIM_SUBJECT, codes, out);
}

static void run_days(const plx_filter *node, const struct plx_batch *batch, guint8 *out)
{
    if (!batch->day) {
        memset(out, 0, batch->n);
        return;
    }
    for (guint32 i = 0; i < batch->n; i++) {
        gint32 day = batch->day[i];
        out[i] = (day != PLX_NO_DAY) & (day >= node->since) & (day <= node->until);
    }
}

/* TRUE without a time can be no answer, so negation keeps such rows out as well: a test on time is
 * never true for a row without time, also when it is turned round. */
static void keep_timed(const plx_filter *node, const struct plx_batch *batch, guint8 *out)
{
    if (node->kind != NODE_DAYS)
        return;
    for (guint32 i = 0; i < batch->n; i++)
        out[i] &= batch->day && batch->day[i] != PLX_NO_DAY;
}

static void run_children(const plx_filter *node, const struct plx_batch *batch, guint8 *out)
{
    const gboolean all = node->kind == NODE_ALL;
    if (node->n_children == 0) {
        memset(out, all, batch->n);
        return;
    }
    plx_filter_run(node->children[0], batch, out);
    g_autofree guint8 *one = node->n_children > 1 ? g_malloc(batch->n + 1) : NULL;
    for (guint child = 1; child < node->n_children; child++) {
        if (!memchr(out, all, batch->n)) /* no row is left that it could change */
            return;
        plx_filter_run(node->children[child], batch, one);
        for (guint32 i = 0; all && i < batch->n; i++)
            out[i] &= one[i];
        for (guint32 i = 0; !all && i < batch->n; i++)
            out[i] |= one[i];
    }
}

void plx_filter_run(const plx_filter *filter, const struct plx_batch *batch, guint8 *out)
{
    if (!filter) {
        memset(out, 1, batch->n);
        return;
    }
    switch (filter->kind) {
    case NODE_ALL:
    case NODE_ANY:
        run_children(filter, batch, out);
        break;
    case NODE_NOT:
        plx_filter_run(filter->children[0], batch, out);
        for (guint32 i = 0; i < batch->n; i++)
            out[i] ^= 1;
        keep_timed(filter->children[0], batch, out);
        break;
    case NODE_IN:
        run_in(filter, batch, out);
        break;
    case NODE_DAYS:
        run_days(filter, batch, out);
        break;
    case NODE_KINDS:
        run_kinds(filter, batch, out);
        break;
    }
}
