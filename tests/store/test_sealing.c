/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "desk.h"
#include "store/check.h"
#include "store/forms.h"
#include "store/map_log.h"

#include <string.h>

#define TODAY 20783

struct sealed {
    struct desk desk;
    char *address[2];  /* of customers, of staff */
    GPtrArray *bodies; /* what was released, in order */
    guint forms;
    gboolean fail;
};

static void set_up_asking(struct sealed *s, const char *first_audience)
{
    static char staff[] = "staff", settings[] = "settings\t1\n";
    char *const audiences[] = {(char *)(guintptr)first_audience, staff};
    *s = (struct sealed){.bodies = g_ptr_array_new_with_free_func(g_free)};
    desk_init(&s->desk, desk_map);
    for (guint i = 0; i < 2; i++) {
        const struct plx_link link = {.audience = audiences[i],
                                      .settings = settings,
                                      .opens = PLX_LINK_ALWAYS,
                                      .closes = PLX_LINK_ALWAYS};
        gint64 first;
        char **addresses;
        g_assert_true(plx_links_add(s->desk.store, "test", &link, 1, &first, &addresses, NULL));
        s->address[i] = g_strdup(addresses[0]);
        g_strfreev(addresses);
    }
}

static void set_up(struct sealed *s)
{
    set_up_asking(s, "customer");
}

static void tear_down(struct sealed *s)
{
    g_ptr_array_unref(s->bodies);
    g_free(s->address[0]);
    g_free(s->address[1]);
    desk_clear(&s->desk);
}

static gboolean append(plx_store *store, const char *const *bodies, guint n, gpointer data,
                       GError **error)
{
    struct sealed *const s = data;
    g_assert_true(store == s->desk.store);
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(s->bodies, g_strdup(bodies[i]));
    return !s->fail || plx_error(error, PLX_ERROR_IO, "no room");
}

/* One form of customers (0) or staff (1), in a transaction of its own; how many were released. */
static guint answer(struct sealed *s, guint who, const char *body)
{
    g_autoptr(GError) error = NULL;
    enum plx_form_outcome outcome = PLX_FORM_REFUSED;
    guint released = 0;
    char token[32];
    g_snprintf(token, sizeof token, "form %u", s->forms++);
    g_assert_true(plx_db_begin_write(plx_store_db(s->desk.store), &error));
    g_assert_true(plx_forms_complete_within(s->desk.store, s->address[who], token, TODAY, body,
                                            &outcome, &error));
    g_assert_no_error(error);
    g_assert_cmpint(outcome, ==, PLX_FORM_DONE);
    g_assert_true(plx_forms_release_within(s->desk.store, append, s, &released, &error));
    g_assert_no_error(error);
    g_assert_true(plx_db_commit(plx_store_db(s->desk.store), &error));
    return released;
}

static gint64 waiting(struct sealed *s)
{
    gint64 n = -1;
    g_assert_true(plx_forms_waiting(s->desk.store, &n, NULL));
    return n;
}

/* Nobody's answer is seen before there are five of his audience; then all of them are. */
static void test_batches(void)
{
    struct sealed s;
    set_up(&s);
    for (guint i = 0; i < 4; i++) {
        g_assert_cmpuint(answer(&s, 0, "c"), ==, 0);
        g_assert_cmpuint(answer(&s, 1, "s"), ==, 0);
    }
    g_assert_cmpint(waiting(&s), ==, 8);
    struct plx_store_info info;
    g_assert_true(plx_store_info(s.desk.store, 1, &info, NULL));
    g_assert_cmpuint(info.waiting, ==, 8);
    g_assert_cmpuint(info.links, ==, 2);
    g_assert_cmpuint(s.bodies->len, ==, 0);
    g_assert_cmpuint(answer(&s, 0, "c"), ==, 5);
    g_assert_cmpint(waiting(&s), ==, 4);
    g_assert_cmpuint(answer(&s, 1, "s"), ==, 5);
    g_assert_cmpint(waiting(&s), ==, 0);
    g_assert_cmpuint(s.bodies->len, ==, 10);
    for (guint i = 0; i < 10; i++)
        g_assert_cmpstr(s.bodies->pdata[i], ==, i < 5 ? "c" : "s");
    g_assert_cmpuint(answer(&s, 0, "c"), ==, 0);
    tear_down(&s);
}

/* Those who all agreed to be shown (`named`) need no crowd; nor do answers that waited before. */
static void test_named(void)
{
    struct sealed s;
    set_up(&s);
    for (guint i = 0; i < 3; i++) {
        g_assert_cmpuint(answer(&s, 0, "c"), ==, 0);
        g_assert_cmpuint(answer(&s, 1, "s"), ==, 0);
    }
    plx_map *const map = (plx_map *)(guintptr)plx_store_map(s.desk.store);
    g_assert_true(plx_map_set_named(map, "staff", NULL));
    g_assert_cmpuint(answer(&s, 1, "s"), ==, 4);
    g_assert_cmpuint(answer(&s, 1, "s"), ==, 1);
    g_assert_cmpuint(answer(&s, 0, "c"), ==, 0);
    g_assert_cmpint(waiting(&s), ==, 4);
    tear_down(&s);
}

static gboolean applies(struct sealed *s, const char *audiences, GError **error)
{
    g_autofree char *yaml = g_strdup_printf(
        "parallax: 1\ntitle: Shop\nscales:\n"
        "  stars: {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5}\n"
        "audiences:\n  staff: {identity: anonymous}\n%s"
        "journeys: [{title: Order, transactions: [{title: Find, points: [Page]}]}]\n",
        audiences);
    g_autoptr(GPtrArray) changes = NULL;
    return plx_map_log_apply(s->desk.store, yaml, "new.yaml", FALSE, &changes, error);
}

/* An audience whose answers wait can neither go from the map nor have another scale. */
static void test_map(void)
{
    struct sealed s;
    g_autoptr(GError) gone = NULL, scale = NULL, error = NULL;
    set_up_asking(&s, "partner");
    g_assert_cmpuint(answer(&s, 0, "c"), ==, 0);
    g_assert_false(applies(&s, "", &gone));
    g_assert_nonnull(strstr(gone->message, "\"partner\" has 1 answer and is no longer on the map"));
    g_assert_false(applies(&s, "  partner: {}\n", &scale));
    g_assert_nonnull(strstr(scale->message, "\"partner\" has 1 answer on its scale"));
    g_assert_cmpint(waiting(&s), ==, 1);
    tear_down(&s);
    /* Nor when it has another name since. */
    set_up_asking(&s, "partner");
    g_autoptr(GError) renamed = NULL;
    g_assert_cmpuint(answer(&s, 0, "c"), ==, 0);
    applies(&s, "  friend: {identity: anonymous, scale: stars, was: [partner]}\n", &error);
    g_assert_no_error(error);
    g_assert_false(applies(&s, "", &renamed));
    g_assert_nonnull(strstr(renamed->message, "has 1 answer and is no longer on the map"));
    g_assert_cmpint(waiting(&s), ==, 1);
    tear_down(&s);
    set_up_asking(&s, "partner");
    g_assert_true(applies(&s, "", &error));
    g_assert_no_error(error);
    tear_down(&s);
}

static gboolean asks(struct sealed *s, const char *measures, GError **error)
{
    g_autofree char *all =
        g_strdup_printf("  partner: {identity: anonymous, scale: stars}\n%s", measures);
    return applies(s, all, error);
}

/* Nor can a measure of the map's own, of which an answer that waits says something. */
static void test_measure(void)
{
    struct sealed s;
    g_autoptr(GError) gone = NULL, scale = NULL, error = NULL;
    set_up_asking(&s, "partner");
    asks(&s, "measures: {noise: {scale: stars}, light: {scale: stars}}\n", &error);
    g_assert_no_error(error);
    answer(&s, 0, "encounter\t1\tpartner\t20000\nof\tpoint\tpage\t\t1\t1\nvalue\tnoise\t5\n");
    g_assert_false(asks(&s, "", &gone));
    g_assert_nonnull(strstr(gone->message, "\"noise\" has 1 answer"));
    g_assert_false(asks(&s, "measures: {noise: {scale: effort}}\n", &scale));
    g_assert_nonnull(strstr(scale->message, "\"noise\" has 1 answer"));
    asks(&s, "measures: {noise: {scale: stars}}\n", &error);
    g_assert_no_error(error);
    tear_down(&s);
}

/* When the inbox cannot take them they are still there. */
static void test_failure(void)
{
    struct sealed s;
    g_autoptr(GError) error = NULL;
    enum plx_form_outcome outcome;
    guint released = 77;
    set_up(&s);
    for (guint i = 0; i < 4; i++)
        answer(&s, 0, "c");
    s.fail = TRUE;
    g_assert_true(plx_db_begin_write(plx_store_db(s.desk.store), NULL));
    g_assert_true(plx_forms_complete_within(s.desk.store, s.address[0], "fifth", TODAY, "c",
                                            &outcome, &error));
    g_assert_false(plx_forms_release_within(s.desk.store, append, &s, &released, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpuint(released, ==, 77);
    plx_db_rollback(plx_store_db(s.desk.store));
    g_assert_cmpint(waiting(&s), ==, 4);
    s.fail = FALSE;
    g_ptr_array_set_size(s.bodies, 0);
    g_assert_cmpuint(answer(&s, 0, "c"), ==, 5);
    tear_down(&s);
}

/* Where the four words that wait begin in the file: the place of the first that came among them. */
static guint place_of_first(const struct sealed *s)
{
    static const char *const words[] = {"word-one", "word-two", "word-three", "word-four"};
    g_autofree char *bytes = NULL;
    gsize size;
    const char *at[4];
    guint place = 0;
    g_assert_true(g_file_get_contents(s->desk.path, &bytes, &size, NULL));
    for (guint i = 0; i < 4; i++) {
        at[i] = memmem(bytes, size, words[i], strlen(words[i]));
        g_assert_nonnull(at[i]);
        /* Nothing of an earlier state is left behind. */
        const gsize behind = size - (gsize)(at[i] + 1 - bytes);
        g_assert_null(memmem(at[i] + 1, behind, words[i], strlen(words[i])));
        place += at[i] < at[0];
    }
    return place;
}

/* Which of them came first cannot be told from where they lie in the file: of 200 times it is each
 * of four places about 50 times (six standard deviations: 37). */
static void test_places_in_file(void)
{
    struct sealed s;
    guint places[4] = {0};
    set_up(&s);
    answer(&s, 0, "word-one");
    answer(&s, 0, "word-two");
    answer(&s, 0, "word-three");
    answer(&s, 0, "word-four");
    for (guint i = 0; i < 200; i++) {
        guint released;
        g_assert_true(plx_db_begin_write(plx_store_db(s.desk.store), NULL));
        g_assert_true(plx_forms_release_within(s.desk.store, append, &s, &released, NULL));
        g_assert_true(plx_db_commit(plx_store_db(s.desk.store), NULL));
        g_assert_true(plx_forms_forget(s.desk.store, NULL));
        places[place_of_first(&s)]++;
    }
    for (guint i = 0; i < 4; i++) {
        g_assert_cmpuint(places[i], >, 50 - 37);
        g_assert_cmpuint(places[i], <, 50 + 37);
    }
    tear_down(&s);
}

/* Nor from the order in which they are released: of 200 batches the first that came is in each of
 * five places about 40 times (six standard deviations: 34). */
static void test_order_of_release(void)
{
    struct sealed s;
    guint places[5] = {0};
    set_up(&s);
    for (guint batch = 0; batch < 200; batch++) {
        g_ptr_array_set_size(s.bodies, 0);
        answer(&s, 0, "first");
        for (guint i = 0; i < 4; i++)
            answer(&s, 0, "later");
        g_assert_cmpuint(s.bodies->len, ==, 5);
        for (guint i = 0; i < 5; i++)
            places[i] += strcmp(s.bodies->pdata[i], "first") == 0;
    }
    for (guint i = 0; i < 5; i++) {
        g_assert_cmpuint(places[i], >, 40 - 34);
        g_assert_cmpuint(places[i], <, 40 + 34);
    }
    tear_down(&s);
}

/* All that the file holds of a person between two forms is which were completed: no column of a
 * receipt, of an address or of a waiting answer is in another's row. */
static void test_no_joins(void)
{
    struct sealed s;
    set_up(&s);
    answer(&s, 0, "said twice");
    answer(&s, 0, "said twice");
    plx_db *const db = plx_store_db(s.desk.store);
    gint64 n;
    g_assert_true(plx_db_number(db,
                                "SELECT count(*) FROM sealing s JOIN receipt r "
                                "ON r.key = s.id OR s.body LIKE '%' || hex(r.key) || '%' "
                                "OR instr(s.body, r.due) > 0",
                                &n, NULL));
    g_assert_cmpint(n, ==, 0);
    g_assert_true(plx_db_number(db, "SELECT count(DISTINCT id) FROM sealing", &n, NULL));
    g_assert_cmpint(n, ==, 2);
    /* What there is to join by: nothing but the audience, and the day on which it is dropped. */
    g_assert_true(plx_db_number(db,
                                "SELECT count(*) FROM pragma_table_info('sealing') "
                                "WHERE name NOT IN ('id', 'audience', 'body', 'crc')",
                                &n, NULL));
    g_assert_cmpint(n, ==, 0);
    g_assert_true(plx_db_number(db,
                                "SELECT count(*) FROM pragma_table_info('receipt') "
                                "WHERE name NOT IN ('key', 'due')",
                                &n, NULL));
    g_assert_cmpint(n, ==, 0);
    g_assert_true(plx_db_number(db,
                                "SELECT count(*) FROM pragma_table_list WHERE wr = 0 AND name IN "
                                "('draft', 'receipt', 'sealing', 'link_address', 'panel')",
                                &n, NULL));
    g_assert_cmpint(n, ==, 0);
    tear_down(&s);
}

static void test_damage(void)
{
    struct sealed s;
    struct plx_check_report report;
    set_up(&s);
    answer(&s, 0, "said");
    desk_sql(&s.desk, "UPDATE sealing SET body = 'sad'");
    g_assert_true(plx_check_run(s.desk.store, FALSE, &report, NULL));
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, "forms: answers that wait to be sealed");
    plx_check_report_clear(&report);
    desk_sql(&s.desk, "DELETE FROM sealing");
    g_assert_true(plx_check_run(s.desk.store, FALSE, &report, NULL));
    g_assert_cmpuint(report.faults->len, ==, 1);
    plx_check_report_clear(&report);
    tear_down(&s);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sealing/batches", test_batches);
    g_test_add_func("/sealing/named", test_named);
    g_test_add_func("/sealing/map", test_map);
    g_test_add_func("/sealing/measure", test_measure);
    g_test_add_func("/sealing/failure", test_failure);
    g_test_add_func("/sealing/places_in_file", test_places_in_file);
    g_test_add_func("/sealing/order_of_release", test_order_of_release);
    g_test_add_func("/sealing/no_joins", test_no_joins);
    g_test_add_func("/sealing/damage", test_damage);
    return g_test_run();
}
