/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of a roll as a batch has them. */

#include "base/date.h"
#include "voice/roll_private.h"

#include <string.h>

struct giving {
    const plx_roll *roll;
    plx_sink *sink;
    struct plx_batch batch;
    guint32 *audience, *subject, *dim[PLX_ROLL_DIMS];
    gint8 *value[PLX_ROLL_MEASURES];
    guint64 *unit, *encounter;
    guint8 *known;
    gint32 *day, *month;
};

static void init(struct giving *g, const struct plx_dims *dims)
{
    const plx_roll *const roll = g->roll;
    g->batch.dims = dims;
    g->batch.dim[PLX_DIM_AUDIENCE] = g->audience = g_new(guint32, PLX_BATCH_ROWS);
    g->batch.dim[PLX_DIM_SUBJECT] = g->subject = g_new(guint32, PLX_BATCH_ROWS);
    for (guint c = 0; c < roll->n_columns; c++)
        g->batch.dim[roll->column[c].dim] = g->dim[c] = g_new(guint32, PLX_BATCH_ROWS);
    for (guint h = 0; h < roll->n_held; h++) {
        g->value[h] = g_new(gint8, PLX_BATCH_ROWS);
        if (roll->columns >> roll->held[h] & 1)
            g->batch.measure[roll->held[h]] = g->value[h];
    }
    g->batch.unit = g->unit = g_new(guint64, PLX_BATCH_ROWS);
    g->batch.encounter = g->encounter = g_new(guint64, PLX_BATCH_ROWS);
    g->batch.known = g->known = g_new(guint8, PLX_BATCH_ROWS);
    g->day = g_new(gint32, PLX_BATCH_ROWS);
    g->month = g_new(gint32, PLX_BATCH_ROWS);
    g->batch.day = roll->timed ? g->day : NULL;
    g->batch.month = roll->timed ? g->month : NULL;
}

static void clear(struct giving *g)
{
    for (guint c = 0; c < g->roll->n_columns; c++)
        g_free(g->dim[c]);
    for (guint h = 0; h < g->roll->n_held; h++)
        g_free(g->value[h]);
    g_free(g->audience);
    g_free(g->subject);
    g_free(g->unit);
    g_free(g->encounter);
    g_free(g->known);
    g_free(g->day);
    g_free(g->month);
}

static gboolean hand_over(struct giving *g, GError **error)
{
    const gboolean ok = g->batch.n == 0 || g->sink->add(g->sink, 0, &g->batch, error);
    g->batch.n = 0;
    return ok;
}

static void put_row(struct giving *g, guint32 u, guint32 run, guint32 row)
{
    const plx_roll *const roll = g->roll;
    const struct plx_roll_class *const class = &roll->classes[roll->row[row]];
    const guint32 i = g->batch.n++;
    g->audience[i] = class->audience;
    g->subject[i] = class->subject;
    for (guint c = 0; c < roll->n_columns; c++)
        plx_roll_codes(&roll->column[c], run, 1, &g->dim[c][i]);
    for (guint h = 0; h < roll->n_held; h++)
        g->value[h][i] = class->value[h];
    g->unit[i] = roll->unit[u];
    g->encounter[i] = roll->encounter[run];
    g->known[i] = roll->known[u];
    g->day[i] = roll->timed ? roll->day[run] : PLX_NO_DAY;
    g->month[i] = g->day[i] == PLX_NO_DAY ? PLX_NO_DAY : plx_date_month(g->day[i]);
}

static gboolean give_unit(struct giving *g, guint32 u, GError **error)
{
    const plx_roll *const roll = g->roll;
    for (guint32 run = roll->unit_run[u]; run < roll->unit_run[u + 1]; run++)
        for (guint32 row = roll->run_row[run]; row < roll->run_row[run + 1]; row++) {
            put_row(g, u, run, row);
            if (g->batch.n == PLX_BATCH_ROWS && !hand_over(g, error))
                return FALSE;
        }
    return TRUE;
}

gboolean plx_roll_give(const plx_roll *roll, const struct plx_roll_units *units,
                       const struct plx_dims *dims, plx_sink *sink, GError **error)
{
    struct giving g = {.roll = roll, .sink = sink};
    gboolean ok = TRUE;
    init(&g, dims);
    g_autoptr(GArray) found = plx_roll_find(roll, units);
    for (guint i = 0; ok && i < found->len; i++)
        ok = give_unit(&g, g_array_index(found, guint32, i), error);
    ok = ok && hand_over(&g, error);
    clear(&g);
    return ok;
}
