/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/roll_split.h"

#include "base/date.h"

#include <string.h>

/* Numbers of texts that are not the same after the merge. */
struct naming {
    GHashTable *merged; /* or NULL */
    GHashTable *numbers;
    struct plx_roll_split *split;
};

static guint32 number_of(const struct naming *naming, const char *text, guint32 code)
{
    const char *const into = naming->merged ? g_hash_table_lookup(naming->merged, text) : NULL;
    const char *const name = into ? into : text;
    gpointer number;
    if (g_hash_table_lookup_extended(naming->numbers, name, NULL, &number))
        return GPOINTER_TO_UINT(number);
    g_hash_table_insert(naming->numbers, g_strdup(name), GUINT_TO_POINTER(naming->split->n));
    g_array_append_val(naming->split->code, code);
    return naming->split->n++;
}

static void number_codes(const struct naming *naming, const struct plx_dims *dims,
                         const plx_map *map)
{
    struct plx_roll_split *const split = naming->split;
    const gboolean audience = split->dim == PLX_DIM_AUDIENCE;
    const plx_dict *const dict =
        split->dim < PLX_DIMS_MAX && !audience ? dims->dict[split->dim] : NULL;
    const guint32 n = audience ? map->n_audiences + 1 : dict ? plx_dict_size(dict) : 1;
    split->number = g_new(guint32, n);
    for (guint32 code = 0; code < n; code++) {
        const char *const text = code == 0  ? ""
                                 : audience ? map->audiences[code - 1].id
                                            : plx_dict_text(dict, code);
        split->number[code] = number_of(naming, text, code);
    }
}

static void number_months(const struct naming *naming, const plx_roll *roll)
{
    struct plx_roll_split *const split = naming->split;
    const guint32 n = roll->timed ? (guint32)(roll->last_day - roll->first_day) + 1 : 0;
    gint year = 0, month = 0, day = 0;
    split->number = g_new(guint32, n + 1);
    split->number[0] = number_of(naming, "", (guint32)PLX_NO_DAY);
    for (guint32 i = 0; i < n; i++) {
        plx_date_civil(roll->first_day + (gint32)i, &year, &month, &day);
        char text[32];
        g_snprintf(text, sizeof text, "%04d-%02d", year, month);
        split->number[i + 1] = i > 0 && day > 1
                                   ? split->number[i]
                                   : number_of(naming, text, (guint32)(year * 12 + month - 1));
    }
}

static void init_split(struct plx_roll_split *split, const plx_roll *roll,
                       const struct plx_split *from, GHashTable *merged,
                       const struct plx_dims *dims, const plx_map *map)
{
    const struct naming naming = {
        merged, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), split};
    *split = (struct plx_roll_split){.kind = from->kind,
                                     .code = g_array_new(FALSE, FALSE, sizeof(guint32))};
    if (from->kind == PLX_SPLIT_DIM) {
        split->dim = plx_dims_find(dims, from->dim, from->segment);
        for (guint c = 0; c < roll->n_columns; c++)
            if (roll->column[c].dim == split->dim)
                split->column = &roll->column[c];
        number_codes(&naming, dims, map);
    } else {
        number_months(&naming, roll);
    }
    g_hash_table_unref(naming.numbers);
}

void plx_roll_splits_init(struct plx_roll_splits *splits, const plx_roll *roll,
                          const struct plx_count_group *group, const struct plx_dims *dims,
                          const plx_map *map)
{
    *splits = (struct plx_roll_splits){.roll = roll, .n = group->n_splits, .n_groups = 1};
    for (guint s = 0; s < splits->n; s++) {
        init_split(&splits->split[s], roll, &group->splits[s], group->merged[s], dims, map);
        const guint64 n = (guint64)splits->n_groups * splits->split[s].n;
        splits->n_groups = (guint32)MIN(n, G_MAXUINT32);
    }
}

void plx_roll_splits_clear(struct plx_roll_splits *splits)
{
    for (guint s = 0; s < splits->n; s++) {
        g_free(splits->split[s].number);
        g_array_unref(splits->split[s].code);
    }
}

void plx_roll_codes(const struct plx_roll_column *column, guint32 from, guint32 n, guint32 *out)
{
    const guint8 *const one = column->code;
    const guint16 *const two = column->code;
    for (guint32 i = 0; column->bytes == 0 && i < n; i++)
        out[i] = column->constant;
    for (guint32 i = 0; column->bytes == 1 && i < n; i++)
        out[i] = one[from + i];
    for (guint32 i = 0; column->bytes == 2 && i < n; i++)
        out[i] = two[from + i];
    if (column->bytes == 4)
        memcpy(out, (const guint32 *)column->code + from, n * sizeof *out);
}

static void read_codes(const struct plx_roll_splits *splits, const struct plx_roll_split *split,
                       guint32 from, guint32 n, guint32 *out)
{
    const plx_roll *const roll = splits->roll;
    if (split->column)
        plx_roll_codes(split->column, from, n, out);
    for (guint32 i = 0; !split->column && i < n; i++) {
        const gint32 day = roll->day ? roll->day[from + i] : PLX_NO_DAY;
        if (split->kind == PLX_SPLIT_MONTH)
            out[i] = day == PLX_NO_DAY ? 0 : (guint32)(day - roll->first_day) + 1;
        else
            out[i] =
                split->dim == PLX_DIM_AUDIENCE ? roll->kinds[roll->kind[from + i]].audience : 0;
    }
}

void plx_roll_splits_run(const struct plx_roll_splits *splits, guint32 from, guint32 n,
                         guint32 *room, guint32 *group)
{
    memset(group, 0, n * sizeof *group);
    for (guint s = 0; s < splits->n; s++) {
        const struct plx_roll_split *const split = &splits->split[s];
        read_codes(splits, split, from, n, room);
        for (guint32 i = 0; i < n; i++)
            group[i] = group[i] * split->n + split->number[room[i]];
    }
}

guint32 plx_roll_splits_code(const struct plx_roll_splits *splits, guint s, guint32 group)
{
    for (guint later = splits->n; --later > s;)
        group /= splits->split[later].n;
    return g_array_index(splits->split[s].code, guint32, group % splits->split[s].n);
}
