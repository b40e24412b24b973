/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/weighting.h"

#include <math.h>
#include <string.h>

#define NOT_ASKED G_MAXUINT32 /* a value that no margin names */

struct key {
    enum plx_dim dim;
    char *segment;
    guint n;
    GHashTable *index; /* value -> its number + 1 */
};

struct plx_weighting {
    guint audience;
    guint n_keys;
    struct key keys[PLX_WEIGHTING_KEYS];
    double *factor;
};

struct plx_weigher {
    const plx_weighting *weighting;
    const struct plx_dims *dims;       /* whose codes are known */
    GArray *value[PLX_WEIGHTING_KEYS]; /* guint32 by code */
    guint64 *weight;                   /* PLX_BATCH_ROWS */
    struct plx_batch batch;
};

plx_weighting *plx_weighting_new(guint audience, const struct plx_weighting_key *keys, guint n_keys,
                                 const double *factor)
{
    g_assert(n_keys <= PLX_WEIGHTING_KEYS);
    plx_weighting *weighting = g_new0(plx_weighting, 1);
    weighting->audience = audience;
    weighting->n_keys = n_keys;
    gsize n = 1;
    for (guint k = 0; k < n_keys; k++) {
        struct key *key = &weighting->keys[k];
        key->dim = keys[k].dim;
        key->segment = g_strdup(keys[k].segment);
        key->n = keys[k].n;
        key->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (guint v = 0; v < keys[k].n; v++)
            g_hash_table_insert(key->index, g_strdup(keys[k].values[v]), GUINT_TO_POINTER(v + 1));
        n *= keys[k].n;
    }
    weighting->factor = g_memdup2(factor, n * sizeof *factor);
    return weighting;
}

void plx_weighting_free(plx_weighting *weighting)
{
    if (!weighting)
        return;
    for (guint k = 0; k < weighting->n_keys; k++) {
        g_free(weighting->keys[k].segment);
        g_hash_table_unref(weighting->keys[k].index);
    }
    g_free(weighting->factor);
    g_free(weighting);
}

guint64 plx_weighting_columns(const plx_weighting *weighting)
{
    guint64 columns = 1u << PLX_DIM_AUDIENCE;
    for (guint k = 0; k < weighting->n_keys; k++)
        columns |= G_GUINT64_CONSTANT(1) << weighting->keys[k].dim;
    return columns;
}

plx_weigher *plx_weigher_new(const plx_weighting *weighting)
{
    plx_weigher *weigher = g_new0(plx_weigher, 1);
    weigher->weighting = weighting;
    weigher->weight = g_new(guint64, PLX_BATCH_ROWS);
    for (guint k = 0; k < weighting->n_keys; k++)
        weigher->value[k] = g_array_new(FALSE, FALSE, sizeof(guint32));
    return weigher;
}

void plx_weigher_free(plx_weigher *weigher)
{
    if (!weigher)
        return;
    for (guint k = 0; k < weigher->weighting->n_keys; k++)
        g_array_unref(weigher->value[k]);
    g_free(weigher->weight);
    g_free(weigher);
}

/* The dimension of a key in these dictionaries; 0 (no place to look) when the input lacks it. */
static guint dim_of(const struct key *key, const struct plx_dims *dims)
{
    const guint dim = plx_dims_find(dims, key->dim, key->segment);
    return dim == PLX_DIMS_MAX ? 0 : dim;
}

/* Codes that came since the last batch. */
static void learn(plx_weigher *weigher, guint k, guint dim, const struct plx_dims *dims)
{
    const struct key *key = &weigher->weighting->keys[k];
    const plx_dict *dict = dim ? dims->dict[dim] : NULL;
    const guint32 size = dict ? plx_dict_size(dict) : 1;
    for (guint32 code = weigher->value[k]->len; code < size; code++) {
        const char *text = dict ? plx_dict_text(dict, code) : "";
        const guint found = GPOINTER_TO_UINT(g_hash_table_lookup(key->index, text));
        const guint32 value = found ? found - 1 : NOT_ASKED;
        g_array_append_val(weigher->value[k], value);
    }
}

/* Multiplies `at` (the number of the combination so far) for every row by one more key. */
static void place(const plx_weigher *weigher, guint k, guint dim, const struct plx_batch *batch,
                  guint32 *at)
{
    const guint32 *column = dim ? batch->dim[dim] : NULL;
    const guint32 constant = dim ? batch->dim_constant[dim] : 0;
    const guint32 *value = (const guint32 *)(gconstpointer)weigher->value[k]->data;
    const guint n = weigher->weighting->keys[k].n;
    for (guint32 i = 0; i < batch->n; i++) {
        const guint32 v = value[column ? column[i] : constant];
        at[i] = at[i] == NOT_ASKED || v == NOT_ASKED ? NOT_ASKED : at[i] * n + v;
    }
}

static void forget(plx_weigher *weigher, const struct plx_dims *dims)
{
    if (weigher->dims == dims)
        return;
    weigher->dims = dims;
    for (guint k = 0; k < weigher->weighting->n_keys; k++)
        g_array_set_size(weigher->value[k], 0);
}

const struct plx_batch *plx_weigher_apply(plx_weigher *weigher, const struct plx_batch *batch)
{
    const plx_weighting *w = weigher->weighting;
    g_autofree guint32 *at = g_new0(guint32, batch->n + 1);
    forget(weigher, batch->dims);
    for (guint k = 0; k < w->n_keys; k++) {
        const guint dim = dim_of(&w->keys[k], batch->dims);
        learn(weigher, k, dim, batch->dims);
        place(weigher, k, dim, batch, at);
    }
    const guint32 *audience = batch->dim[PLX_DIM_AUDIENCE];
    for (guint32 i = 0; i < batch->n; i++) {
        const guint32 code = audience ? audience[i] : batch->dim_constant[PLX_DIM_AUDIENCE];
        const guint64 own = batch->weight ? batch->weight[i] : PLX_WEIGHT_ONE;
        const gboolean same = code != w->audience + 1 || at[i] == NOT_ASKED;
        weigher->weight[i] = same ? own : (guint64)llround((double)own * w->factor[at[i]]);
    }
    weigher->batch = *batch;
    weigher->batch.weight = weigher->weight;
    return &weigher->batch;
}
