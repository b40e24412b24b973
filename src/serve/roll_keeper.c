/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/roll_keeper.h"

#include "store/shelf.h"

/* A roll is made anew when so many parts of the rows have come since... */
#define PARTS_LEFT 16
/* ... and making them takes no more than one part of the time of so many. */
#define PARTS_TIME 20

/* One roll, and how many use it. */
struct held {
    plx_store_roll *roll;
    guint users;
    gint64 rows;   /* of the workspace when it was made */
    gint64 lacked; /* of them: not in it */
};

struct plx_roll_keeper {
    char *workspace;
    gint64 least_rows;
    gsize most_bytes;
    GMutex lock;
    GCond made;
    GThread *maker; /* or NULL */
    gboolean making;
    GPtrArray *held;   /* struct held; the last may be `now`, others are still used */
    struct held *now;  /* or NULL */
    gint64 refused;    /* rows of a workspace that none fits; 0: try when it is time */
    gint64 not_before; /* monotonic */
};

/* With the lock. */
static void drop_unused(plx_roll_keeper *keeper)
{
    for (guint i = 0; i < keeper->held->len;) {
        struct held *const held = keeper->held->pdata[i];
        if (held->users > 0 || held == keeper->now) {
            i++;
            continue;
        }
        plx_store_roll_free(held->roll);
        g_free(held);
        g_ptr_array_remove_index(keeper->held, i);
    }
}

plx_roll_keeper *plx_roll_keeper_new(const char *workspace, gint64 least_rows, gsize most_bytes)
{
    plx_roll_keeper *const keeper = g_new0(plx_roll_keeper, 1);
    keeper->workspace = g_strdup(workspace);
    keeper->least_rows = least_rows;
    keeper->most_bytes = most_bytes;
    keeper->held = g_ptr_array_new();
    g_mutex_init(&keeper->lock);
    g_cond_init(&keeper->made);
    return keeper;
}

void plx_roll_keeper_free(plx_roll_keeper *keeper)
{
    if (!keeper)
        return;
    if (keeper->maker)
        g_thread_join(keeper->maker);
    keeper->now = NULL;
    drop_unused(keeper);
    g_ptr_array_unref(keeper->held);
    g_cond_clear(&keeper->made);
    g_mutex_clear(&keeper->lock);
    g_free(keeper->workspace);
    g_free(keeper);
}

/* Using one ------------------------------------------------------------------------------------ */

const plx_store_roll *plx_roll_keeper_take(plx_roll_keeper *keeper)
{
    g_mutex_lock(&keeper->lock);
    const plx_store_roll *const roll = keeper->now ? keeper->now->roll : NULL;
    if (keeper->now)
        keeper->now->users++;
    g_mutex_unlock(&keeper->lock);
    return roll;
}

void plx_roll_keeper_give_back(plx_roll_keeper *keeper, const plx_store_roll *roll)
{
    g_mutex_lock(&keeper->lock);
    for (guint i = 0; roll && i < keeper->held->len; i++) {
        struct held *const held = keeper->held->pdata[i];
        held->users -= held->roll == roll ? 1 : 0;
    }
    drop_unused(keeper);
    g_mutex_unlock(&keeper->lock);
}

/* Of `rows`, so many are not in one (-1: it lost some). What it lacks is counted beside it: beyond
 * half, it costs more than it spares. */
static gboolean is_useless(gint64 lacks, gint64 rows)
{
    return lacks < 0 || lacks > rows / 2;
}

/* Making one ----------------------------------------------------------------------------------- */

/* NULL: none fits `rows`, or, with `rows` 0, it could not be made now. */
static struct held *make(const plx_roll_keeper *keeper, gint64 *rows)
{
    g_autoptr(GError) error = NULL;
    plx_store_roll *roll = NULL;
    plx_store *const store = plx_store_open(keeper->workspace, PLX_STORE_READ, &error);
    struct held *held = NULL;
    gint64 lacked = 0;
    if (store && plx_shelf_rows(plx_store_db(store), rows, &error) &&
        plx_store_roll_make(store, 1, keeper->most_bytes, &roll, &error) && roll &&
        plx_store_roll_lacks(store, roll, &lacked, &error) && !is_useless(lacked, *rows)) {
        held = g_new0(struct held, 1);
        *held = (struct held){roll, 0, *rows, lacked};
    } else {
        plx_store_roll_free(roll);
    }
    plx_store_free(store);
    if (error || lacked < 0) /* some were taken back while it was made */
        *rows = 0;
    return held;
}

static gpointer run_maker(gpointer data)
{
    plx_roll_keeper *const keeper = data;
    const gint64 begun = g_get_monotonic_time();
    gint64 rows = 0;
    struct held *const held = make(keeper, &rows);
    g_mutex_lock(&keeper->lock);
    keeper->now = held;
    if (held)
        g_ptr_array_add(keeper->held, held);
    keeper->refused = held ? 0 : rows;
    drop_unused(keeper);
    const gint64 now = g_get_monotonic_time();
    keeper->not_before = now + PARTS_TIME * (now - begun);
    keeper->making = FALSE;
    g_cond_broadcast(&keeper->made);
    g_mutex_unlock(&keeper->lock);
    return NULL;
}

/* With the lock. */
static void begin(plx_roll_keeper *keeper)
{
    if (keeper->maker)
        g_thread_join(keeper->maker); /* it has ended */
    keeper->making = TRUE;
    keeper->maker = g_thread_new("roll", run_maker, keeper);
}

/* With the lock: is another wanted? `lacks`: of the one there is. */
static gboolean wants_another(const plx_roll_keeper *keeper, gint64 rows, gint64 lacks)
{
    if (keeper->making || g_get_monotonic_time() < keeper->not_before || rows < keeper->least_rows)
        return FALSE;
    if (!keeper->now) /* none fitted: perhaps there are other rows now */
        return ABS(rows - keeper->refused) > keeper->refused / PARTS_LEFT;
    return lacks - keeper->now->lacked > keeper->now->rows / PARTS_LEFT;
}

/* How much is there, and not in the one there is, which goes if it is of no use. */
static gboolean review(plx_roll_keeper *keeper, plx_store *store, gint64 *rows, gint64 *lacks)
{
    if (!plx_shelf_rows(plx_store_db(store), rows, NULL))
        return FALSE;
    const plx_store_roll *const roll = plx_roll_keeper_take(keeper);
    const gboolean known = roll && plx_store_roll_lacks(store, roll, lacks, NULL);
    g_mutex_lock(&keeper->lock);
    if (known && is_useless(*lacks, *rows) && keeper->now && keeper->now->roll == roll)
        keeper->now = NULL;
    g_mutex_unlock(&keeper->lock);
    plx_roll_keeper_give_back(keeper, roll);
    return TRUE;
}

void plx_roll_keeper_look(plx_roll_keeper *keeper, plx_store *store)
{
    gint64 rows = 0, lacks = -1;
    if (!review(keeper, store, &rows, &lacks))
        return;
    g_mutex_lock(&keeper->lock);
    if (wants_another(keeper, rows, lacks))
        begin(keeper);
    g_mutex_unlock(&keeper->lock);
}

void plx_roll_keeper_let_go(plx_roll_keeper *keeper, plx_store *store)
{
    gint64 rows = 0, lacks = -1;
    (void)!review(keeper, store, &rows, &lacks);
}

void plx_roll_keeper_wait(plx_roll_keeper *keeper)
{
    g_mutex_lock(&keeper->lock);
    while (keeper->making)
        g_cond_wait(&keeper->made, &keeper->lock);
    g_mutex_unlock(&keeper->lock);
}
