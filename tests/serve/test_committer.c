/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/committer.h"

/* Counts transactions and what became of each number. */
struct world {
    guint transactions, most, committed, refused;
    guint next;      /* settled in order */
    gboolean failed; /* transactions with a number that 100 divides fail */
};

static gboolean commit(gpointer *items, guint n, gpointer data, GError **error)
{
    struct world *const w = data;
    w->transactions++;
    w->most = MAX(w->most, n);
    g_usleep(100);
    for (guint i = 0; w->failed && i < n; i++)
        if (GPOINTER_TO_UINT(items[i]) % 100 == 0) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "full");
            return FALSE;
        }
    return TRUE;
}

static void settle(gpointer *items, guint n, const GError *failure, gpointer data)
{
    struct world *const w = data;
    for (guint i = 0; i < n; i++)
        g_assert_cmpuint(GPOINTER_TO_UINT(items[i]), ==, ++w->next);
    if (failure)
        w->refused += n;
    else
        w->committed += n;
}

static void push_all(struct world *w, guint most)
{
    const struct plx_committer_options options = {
        .most = most, .commit = commit, .settle = settle, .data = w};
    g_autoptr(plx_committer) committer = plx_committer_new(&options);
    for (guint i = 1; i <= 5000; i++)
        plx_committer_push(committer, GUINT_TO_POINTER(i));
}

static void test_together(void)
{
    struct world w = {0};
    push_all(&w, 64);
    g_assert_cmpuint(w.committed, ==, 5000);
    g_assert_cmpuint(w.refused, ==, 0);
    g_assert_cmpuint(w.most, <=, 64);
    g_assert_cmpuint(w.transactions, <, 5000);
}

/* A transaction that fails takes all of its items with it, and no other one's. */
static void test_failing(void)
{
    struct world w = {.failed = TRUE};
    push_all(&w, 1);
    g_assert_cmpuint(w.refused, ==, 50);
    g_assert_cmpuint(w.committed, ==, 4950);
}

static void count_idle(gpointer data)
{
    g_atomic_int_inc((gint *)data);
}

static gboolean commit_nothing(gpointer *items, guint n, gpointer data, GError **error)
{
    (void)items, (void)n, (void)data, (void)error;
    return TRUE;
}

static void settle_nothing(gpointer *items, guint n, const GError *failure, gpointer data)
{
    (void)items, (void)n, (void)failure, (void)data;
}

/* What is done beside transactions is done although nothing comes. */
static void test_idle(void)
{
    gint idle = 0;
    const struct plx_committer_options options = {.commit = commit_nothing,
                                                  .settle = settle_nothing,
                                                  .idle = count_idle,
                                                  .idle_seconds = 1,
                                                  .data = &idle};
    plx_committer *const committer = plx_committer_new(&options);
    const gint64 enough = g_get_monotonic_time() + 60 * G_TIME_SPAN_SECOND;
    while (g_atomic_int_get(&idle) < 2 && g_get_monotonic_time() < enough)
        g_usleep(10000);
    plx_committer_free(committer);
    g_assert_cmpint(idle, >=, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/committer/together", test_together);
    g_test_add_func("/committer/failing", test_failing);
    g_test_add_func("/committer/idle", test_idle);
    return g_test_run();
}
