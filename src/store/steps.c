/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/steps.h"

#include "base/error.h"
#include "store/acts.h"
#include "store/store_private.h"

#include <string.h>

static const struct plx_act_kind kind = {
    .read = "SELECT id, step, time, author, act, body, crc, value "
            "FROM fact LEFT JOIN step_act WHERE name = 'step_acts' ORDER BY id",
    .insert = "INSERT INTO step_act (id, step, time, author, act, body, crc) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    .recount = "UPDATE fact SET value = (SELECT count(*) FROM step_act) WHERE name = 'step_acts'",
    .damaged = "its steps",
    .changed = "the steps",
};

static void free_act(gpointer data)
{
    struct plx_step_act *const act = data;
    g_free(act->author);
    g_free(act->act);
    g_free(act->body);
    g_free(act);
}

/* With what it holds. */
static struct plx_step_act *take(struct plx_act *act)
{
    const struct plx_step_act taken = {act->number,
                                       act->about,
                                       act->utc_seconds,
                                       g_steal_pointer(&act->author),
                                       g_steal_pointer(&act->act),
                                       g_steal_pointer(&act->body)};
    return g_memdup2(&taken, sizeof taken);
}

/* Numbers of steps have no gaps either, and each begins with its only "add". */
static GPtrArray *read_all(plx_db *db, gint64 *steps, GError **error)
{
    g_autoptr(GPtrArray) acts = plx_acts_read(db, &kind, error);
    g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func(free_act);
    *steps = 0;
    for (guint i = 0; acts && i < acts->len; i++) {
        const struct plx_act *const act = acts->pdata[i];
        const gboolean is_new = strcmp(act->act, "add") == 0;
        if (is_new ? act->about != *steps + 1 : act->about < 1 || act->about > *steps) {
            plx_db_damaged(db, error, "%s", kind.damaged);
            return NULL;
        }
        *steps += is_new ? 1 : 0;
        g_ptr_array_add(taken, take(acts->pdata[i]));
    }
    return acts ? g_steal_pointer(&taken) : NULL;
}

GPtrArray *plx_steps_read(plx_store *store, GError **error)
{
    gint64 steps;
    return read_all(store->db, &steps, error);
}

gboolean plx_steps_count(plx_store *store, gint64 *steps, GError **error)
{
    return plx_db_number(store->db, "SELECT count(*) FROM step_act WHERE act = 'add'", steps,
                         error);
}

/* Within the write transaction. */
static gboolean add(plx_db *db, const struct plx_step_act *act, gint64 *step, GError **error)
{
    gint64 steps;
    g_autoptr(GPtrArray) acts = read_all(db, &steps, error);
    if (!acts)
        return FALSE;
    if (act->step > steps && act->number == acts->len)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "%s: there is no step %" G_GINT64_FORMAT,
                         plx_db_path(db), act->step);
    *step = act->step > 0 ? act->step : steps + 1;
    const struct plx_act made = {act->number, *step,    act->utc_seconds,
                                 act->author, act->act, act->body};
    return plx_acts_add(db, &kind, &made, acts->len, error);
}

gboolean plx_steps_add(plx_store *store, const struct plx_step_act *act, gint64 *step,
                       GError **error)
{
    gint64 number = 0;
    g_return_val_if_fail((act->step == 0) == (strcmp(act->act, "add") == 0), FALSE);
    if (!plx_db_begin_write(store->db, error) ||
        !plx_store_end(store, add(store->db, act, &number, error), error))
        return FALSE;
    if (step)
        *step = number;
    return TRUE;
}
