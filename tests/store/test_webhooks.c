/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told, under which number: each number is of one text, whatever happens in between. Two
 * connections, as a server has them: one that writes answers, one of the courier. */

#include "desk.h"

#include "base/error.h"
#include "store/webhooks.h"

#define NOW G_GINT64_CONSTANT(1795685400)
#define LATER (NOW + PLX_WEBHOOK_GATHER)

struct town {
    struct desk desk;
    plx_store *courier;
};

static void begin(plx_store *store)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_db_begin_write(plx_store_db(store), &error));
    g_assert_no_error(error);
}

static void end(plx_store *store)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_store_end(store, TRUE, &error));
    g_assert_no_error(error);
}

static gint64 add_webhook(struct town *town)
{
    g_autoptr(GError) error = NULL;
    plx_webhook webhook = {.url = (char[]){"https://example.org/"},
                           .events = (char[]){PLX_WEBHOOK_EVENTS},
                           .created = NOW};
    begin(town->desk.store);
    g_assert_true(plx_webhooks_add(town->desk.store, &webhook, &error));
    end(town->desk.store);
    g_free(webhook.secret);
    return webhook.id;
}

static void town_init(struct town *town)
{
    g_autoptr(GError) error = NULL;
    desk_init(&town->desk, NULL);
    town->courier = plx_store_open(town->desk.path, PLX_STORE_WRITE, &error);
    g_assert_no_error(error);
    add_webhook(town);
}

static void town_clear(struct town *town)
{
    plx_store_free(town->courier);
    desk_clear(&town->desk);
}

/* Within a transaction. */
static void tell_within(struct town *town, gint64 observations, gint64 now)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_webhooks_tell_stored(town->desk.store, observations, now, &error));
    g_assert_no_error(error);
}

static void tell(struct town *town, gint64 observations, gint64 now)
{
    begin(town->desk.store);
    tell_within(town, observations, now);
    end(town->desk.store);
}

static GPtrArray *due(struct town *town, gint64 now, guint expected)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *const list = plx_deliveries_due(town->courier, now, 20, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(list->len, ==, expected);
    return list;
}

/* The only one that is due; on its way it says `body`. */
static plx_delivery *take(struct town *town, gint64 now, const char *body)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) list = due(town, now, 1);
    g_assert_true(plx_deliveries_begin(town->courier, list->pdata[0], now, &error));
    g_assert_no_error(error);
    plx_delivery *const delivery = g_ptr_array_steal_index(list, 0);
    g_assert_cmpstr(delivery->body, ==, body);
    return delivery;
}

static void note(struct town *town, const plx_delivery *delivery, gint64 status, gint64 now)
{
    g_autoptr(GError) error = NULL;
    begin(town->courier);
    g_assert_true(plx_deliveries_tried(town->courier, delivery, status, now, &error));
    end(town->courier);
}

static void replay(struct town *town, gint64 id, gint64 now)
{
    g_autoptr(GError) error = NULL;
    begin(town->desk.store);
    g_assert_true(plx_deliveries_replay(town->desk.store, id, now, &error));
    end(town->desk.store);
}

/* What is taken back, whole or by a savepoint, was never to be seen, so its number may be given
 * again. */
static void test_taken_back(void)
{
    struct town town;
    town_init(&town);
    plx_db *const db = plx_store_db(town.desk.store);
    begin(town.desk.store);
    tell_within(&town, 3, NOW);
    g_ptr_array_unref(due(&town, LATER, 0));
    g_assert_false(plx_store_end(town.desk.store, FALSE, NULL));
    g_ptr_array_unref(due(&town, LATER, 0));
    begin(town.desk.store);
    g_assert_true(plx_db_execute(db, "SAVEPOINT one", NULL));
    tell_within(&town, 4, NOW);
    g_assert_true(plx_db_execute(db, "ROLLBACK TO one; RELEASE one", NULL));
    tell_within(&town, 5, NOW);
    g_ptr_array_unref(due(&town, LATER, 0));
    end(town.desk.store);
    plx_delivery_free(take(&town, LATER, "{\"observations\": 5}"));
    town_clear(&town);
}

/* The courier looks while a transaction adds to what is due next: it sends what that comes to, not
 * what it saw; what comes after goes under another number. */
static void test_late_commit(void)
{
    struct town town;
    g_autoptr(GError) error = NULL;
    town_init(&town);
    tell(&town, 3, NOW);
    begin(town.desk.store);
    tell_within(&town, 4, LATER - 1); /* and its commit takes a while */
    g_autoptr(GPtrArray) seen = due(&town, LATER, 1);
    plx_delivery *const delivery = seen->pdata[0];
    g_assert_cmpstr(delivery->body, ==, "{\"observations\": 3}");
    end(town.desk.store);
    g_assert_true(plx_deliveries_begin(town.courier, delivery, LATER, &error));
    g_assert_cmpstr(delivery->body, ==, "{\"observations\": 7}");
    tell(&town, 5, LATER - 1); /* on its way: the clock went back */
    note(&town, delivery, 500, LATER);
    tell(&town, 6, LATER); /* due again in a while */
    g_autoptr(plx_delivery) other = take(&town, LATER + 1, "{\"observations\": 11}");
    g_assert_cmpint(other->id, >, delivery->id);
    note(&town, other, 204, LATER + 1);
    g_autoptr(plx_delivery) again = take(&town, LATER + 1000, "{\"observations\": 7}");
    g_assert_cmpint(again->id, ==, delivery->id);
    town_clear(&town);
}

/* Sent again from the first try on it says what it said, also when the clock went back since. */
static void test_replayed(void)
{
    struct town town;
    town_init(&town);
    tell(&town, 3, NOW);
    g_autoptr(plx_delivery) first = take(&town, LATER, "{\"observations\": 3}");
    note(&town, first, 204, LATER);
    replay(&town, first->id, LATER + 60);
    tell(&town, 4, LATER);
    g_autoptr(plx_delivery) other = take(&town, LATER + 2, "{\"observations\": 4}");
    g_assert_cmpint(other->id, >, first->id);
    note(&town, other, 204, LATER + 2);
    g_autoptr(plx_delivery) again = take(&town, LATER + 60, "{\"observations\": 3}");
    g_assert_cmpint(again->id, ==, first->id);
    g_assert_cmpint(again->tries, ==, 1);
    town_clear(&town);
}

/* Asked for while a try was on its way: that one's end does not take it back. */
static void test_replayed_meanwhile(void)
{
    struct town town;
    town_init(&town);
    tell(&town, 3, NOW);
    g_autoptr(plx_delivery) first = take(&town, LATER, "{\"observations\": 3}");
    replay(&town, first->id, LATER + 1);
    note(&town, first, 204, LATER + 2);
    g_autoptr(plx_delivery) again = take(&town, LATER + 2, "{\"observations\": 3}");
    note(&town, again, 204, LATER + 3);
    g_ptr_array_unref(due(&town, LATER + 100000, 0));
    town_clear(&town);
}

/* Two couriers: what one has under way the other leaves alone; one that never came back goes again
 * later. */
static void test_two_couriers(void)
{
    struct town town;
    g_autoptr(GError) error = NULL;
    town_init(&town);
    tell(&town, 3, NOW);
    g_autoptr(GPtrArray) seen = due(&town, LATER, 1);
    g_autoptr(plx_delivery) first = take(&town, LATER, "{\"observations\": 3}");
    g_assert_false(plx_deliveries_begin(town.courier, seen->pdata[0], LATER, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_ptr_array_unref(due(&town, LATER + 20, 0));
    g_autoptr(plx_delivery) again = take(&town, LATER + 1000, "{\"observations\": 3}");
    g_assert_cmpint(again->id, ==, first->id);
    g_assert_cmpint(again->tries, ==, 2);
    town_clear(&town);
}

/* One that is added while another's numbers are being summed up is told what comes from then on. */
static void test_added_meanwhile(void)
{
    struct town town;
    town_init(&town);
    tell(&town, 3, NOW);
    const gint64 second = add_webhook(&town);
    tell(&town, 4, NOW + 1);
    tell(&town, 5, NOW + 1);
    g_autoptr(GPtrArray) list = due(&town, NOW + 1 + PLX_WEBHOOK_GATHER, 2);
    const plx_delivery *const one = list->pdata[0], *const other = list->pdata[1];
    g_assert_cmpstr(one->body, ==, "{\"observations\": 12}");
    g_assert_cmpint(other->webhook, ==, second);
    g_assert_cmpstr(other->body, ==, "{\"observations\": 9}");
    town_clear(&town);
}

/* Numbers of what was removed are not given again. */
static void test_removed(void)
{
    struct town town;
    g_autoptr(GError) error = NULL;
    town_init(&town);
    tell(&town, 3, NOW);
    g_autoptr(plx_delivery) first = take(&town, LATER, "{\"observations\": 3}");
    begin(town.desk.store);
    g_assert_true(plx_webhooks_remove(town.desk.store, first->webhook, &error));
    end(town.desk.store);
    note(&town, first, 500, LATER);
    g_assert_cmpint(add_webhook(&town), ==, first->webhook);
    tell(&town, 4, LATER);
    g_autoptr(plx_delivery) other = take(&town, LATER + 2, "{\"observations\": 4}");
    g_assert_cmpint(other->id, >, first->id);
    town_clear(&town);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/webhooks/taken-back", test_taken_back);
    g_test_add_func("/webhooks/late-commit", test_late_commit);
    g_test_add_func("/webhooks/replayed", test_replayed);
    g_test_add_func("/webhooks/replayed-meanwhile", test_replayed_meanwhile);
    g_test_add_func("/webhooks/two-couriers", test_two_couriers);
    g_test_add_func("/webhooks/added-meanwhile", test_added_meanwhile);
    g_test_add_func("/webhooks/removed", test_removed);
    return g_test_run();
}
