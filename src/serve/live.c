/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/live.h"

#include "store/db.h"

#include <string.h>

#define LOOK_EVERY G_USEC_PER_SEC
#define BEAT_EVERY (25 * G_USEC_PER_SEC)

/* Of each kind a text that is another one when it has changed. All are small tables. */
#define FACT(name) "(SELECT value FROM fact WHERE name = '" name "')"
static const struct kind {
    const char *name, *sql;
} kinds[] = {
    {"answers",
     "SELECT (SELECT sum(value) FROM fact WHERE name IN ('observations', 'waiting')) || ' ' || "
     "(SELECT count(*) FROM import WHERE kind = 'file' AND state = 'done')"},
    {"links", "SELECT " FACT("links") " || ' ' || " FACT(
                  "sealing") " || ' ' || "
                             "(SELECT ifnull(sum(completed), 0) || ' ' || ifnull(sum(closed), 0) "
                             "FROM link)"},
    {"visits", "SELECT " FACT("visit_acts") " || ' ' || " FACT("visit_reports")},
    {"workshops", "SELECT " FACT("gatherings") " || ' ' || " FACT(
                      "gathering_rows") " || ' ' || "
                                        "(SELECT ifnull(sum(changes), 0) FROM gathering)"},
    {"steps", "SELECT " FACT("step_acts")},
    {"suggestions", "SELECT " FACT("suggestion_acts")},
    {"map", "SELECT " FACT("maps") " || ' ' || " FACT("amendments")},
};

struct plx_live {
    char *workspace;
    void (*tell)(GBytes *event, gpointer data);
    gpointer data;
    GThread *thread;
    GMutex lock;
    GCond ending;
    gboolean ends;
    /* The thread's. */
    plx_db *db; /* NULL: it could not be opened, and is tried again */
    gint64 version, beat;
    gint64 answers;
    gboolean knows;
    char *was[G_N_ELEMENTS(kinds)];
};

/* One text of one row; NULL: nothing, or it cannot be read just now. */
static char *ask_text(plx_db *db, const char *sql)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, NULL);
    if (!statement || plx_db_step(db, statement, NULL) != SQLITE_ROW)
        return NULL;
    char *const text = g_strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_reset(statement);
    return text;
}

/* Answers that no import of a file brought; sealing them changes nothing of it. */
#define CAME_BY_THEMSELVES                                                                         \
    "SELECT (SELECT sum(value) FROM fact WHERE name IN ('observations', 'waiting')) - "            \
    "(SELECT ifnull(sum(observations), 0) FROM import WHERE kind = 'file' AND state = 'done')"

/* So many more than before; taken back or erased: none. */
static gint64 count_new(plx_live *live)
{
    const gint64 before = live->answers;
    return plx_db_number(live->db, CAME_BY_THEMSELVES, &live->answers, NULL) && live->knows
               ? MAX(0, live->answers - before)
               : 0;
}

static void say(plx_live *live, const char *text)
{
    g_autoptr(GBytes) event = g_bytes_new(text, strlen(text));
    live->tell(event, live->data);
    live->beat = g_get_monotonic_time();
}

/* What is another than before; the first time nothing is. */
static GString *find_changes(plx_live *live)
{
    GString *const names = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        char *const now = ask_text(live->db, kinds[i].sql);
        if (now && live->knows && g_strcmp0(now, live->was[i]) != 0)
            g_string_append_printf(names, "%s\"%s\"", names->len > 0 ? ", " : "", kinds[i].name);
        if (now) {
            g_free(live->was[i]);
            live->was[i] = now;
        }
    }
    return names;
}

static void look(plx_live *live)
{
    gint64 version;
    if (!live->db)
        live->db = plx_db_open(live->workspace, PLX_DB_READ, NULL);
    if (!live->db || !plx_db_number(live->db, "PRAGMA data_version", &version, NULL) ||
        (live->knows && version == live->version))
        return;
    live->version = version;
    g_autoptr(GString) names = find_changes(live);
    const gint64 n = count_new(live);
    live->knows = TRUE;
    if (names->len == 0)
        return;
    g_autofree char *event = g_strdup_printf("event: changed\ndata: {\"kinds\": [%s], \"answers\": "
                                             "%" G_GINT64_FORMAT "}\n\n",
                                             names->str, n);
    say(live, event);
}

static gpointer watch(gpointer data)
{
    plx_live *const live = data;
    g_mutex_lock(&live->lock);
    while (!live->ends) {
        g_mutex_unlock(&live->lock);
        look(live);
        if (g_get_monotonic_time() - live->beat >= BEAT_EVERY)
            say(live, ": here\n\n");
        g_mutex_lock(&live->lock);
        const gint64 next = g_get_monotonic_time() + LOOK_EVERY;
        while (!live->ends && g_cond_wait_until(&live->ending, &live->lock, next))
            ;
    }
    g_mutex_unlock(&live->lock);
    return NULL;
}

plx_live *plx_live_new(const char *workspace, void (*tell)(GBytes *event, gpointer data),
                       gpointer data)
{
    plx_live *const live = g_new0(plx_live, 1);
    live->workspace = g_strdup(workspace);
    live->tell = tell;
    live->data = data;
    live->beat = g_get_monotonic_time();
    g_mutex_init(&live->lock);
    g_cond_init(&live->ending);
    look(live); /* what changes from here on is told */
    live->thread = g_thread_new("live", watch, live);
    return live;
}

void plx_live_free(plx_live *live)
{
    if (!live)
        return;
    g_mutex_lock(&live->lock);
    live->ends = TRUE;
    g_cond_signal(&live->ending);
    g_mutex_unlock(&live->lock);
    g_thread_join(live->thread);
    plx_db_close(live->db);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_free(live->was[i]);
    g_mutex_clear(&live->lock);
    g_cond_clear(&live->ending);
    g_free(live->workspace);
    g_free(live);
}
