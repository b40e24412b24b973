/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/live.h"

#include "store/desk.h"

#include <string.h>

struct heard {
    GMutex lock;
    GCond more;
    GString *text;
};

static void hear(GBytes *event, gpointer data)
{
    struct heard *const heard = data;
    gsize size;
    const char *const bytes = g_bytes_get_data(event, &size);
    g_mutex_lock(&heard->lock);
    g_string_append_len(heard->text, bytes, (gssize)size);
    g_cond_signal(&heard->more);
    g_mutex_unlock(&heard->lock);
}

/* The next event that comes within ten seconds; "": none. */
static char *next_event(struct heard *heard)
{
    const gint64 end = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;
    g_mutex_lock(&heard->lock);
    while (heard->text->len == 0 && g_cond_wait_until(&heard->more, &heard->lock, end))
        ;
    char *const text = g_strdup(heard->text->str);
    g_string_truncate(heard->text, 0);
    g_mutex_unlock(&heard->lock);
    return text;
}

static void expect(struct heard *heard, const char *kinds, guint answers)
{
    g_autofree char *event = next_event(heard);
    g_autofree char *wanted = g_strdup_printf(
        "event: changed\ndata: {\"kinds\": [%s], \"answers\": %u}\n\n", kinds, answers);
    g_assert_cmpstr(event, ==, wanted);
}

/* An import is no new answer; what came by itself is, also behind it; what nobody shows is no
 * event. */
static void test_changes(void)
{
    struct desk desk;
    struct heard heard = {.text = g_string_new(NULL)};
    desk_init(&desk, NULL);
    g_mutex_init(&heard.lock);
    g_cond_init(&heard.more);
    plx_live *const live = plx_live_new(desk.path, hear, &heard);
    desk_take(&desk, "audience,point,level\ncustomer,door,4\ncustomer,door,5\n");
    expect(&heard, "\"answers\"", 0);
    desk_sql(&desk, "UPDATE fact SET value = value + 3 WHERE name = 'waiting'");
    expect(&heard, "\"answers\"", 3);
    desk_sql(&desk, "UPDATE fact SET value = 1 WHERE name IN ('step_acts', 'visit_acts')");
    expect(&heard, "\"visits\", \"steps\"", 0);
    desk_sql(&desk, "UPDATE fact SET value = 1 WHERE name = 'strangers'");
    desk_sql(&desk, "UPDATE fact SET value = value - 3 WHERE name = 'waiting'");
    expect(&heard, "\"answers\"", 0);
    plx_live_free(live);
    g_assert_cmpuint(heard.text->len, ==, 0);
    g_string_free(heard.text, TRUE);
    g_mutex_clear(&heard.lock);
    g_cond_clear(&heard.more);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/live/changes", test_changes);
    return g_test_run();
}
