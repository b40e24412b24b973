/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "form.h"

#include "base/error.h"
#include "ingest/keys.h"
#include "store/compact.h"
#include "store/copies.h"
#include "store/erase.h"
#include "store/inbox.h"
#include "store/store_private.h"

#include <string.h>

#define HEAD "audience,encounter,respondent,time,point,level,note\n"
#define HERS                                                                                       \
    "customer,e1,anna,2026-01-05T10:00,page,4,zqxwords of hers\n"                                  \
    "customer,e1,anna,2026-01-05T10:00,cart,2,\n"                                                  \
    "customer,e4,anna,2026-02-05T11:00,cart,2,zqxagain\n"
#define OTHERS                                                                                     \
    "customer,e2,bert,2026-01-06T12:00,page,2,words of his\n"                                      \
    "leader,e3,carl,2026-01-07,cart,6,\n"

static gboolean erase(struct desk *desk, const char *who, struct plx_erase_receipt *receipt,
                      GError **error)
{
    const guint64 key = plx_key_of_respondent("d", "customer", who);
    return plx_erase_respondent(desk->store, &key, 1, FALSE, receipt, error);
}

/* Afterwards the workspace reads as if she had never been there, and nothing of her is in it. */
static void test_respondent(void)
{
    struct desk desk;
    struct plx_erase_receipt receipt = {0};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD HERS OTHERS);
    const guint64 key =
        plx_store_key(desk.store->secret, plx_key_of_respondent("d", "customer", "anna"));
    g_assert_true(desk_holds(&desk, "zqx", 3));
    g_assert_true(erase(&desk, "anna", &receipt, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(receipt.observations, ==, 3);
    g_assert_cmpuint(receipt.encounters, ==, 2);
    g_assert_cmpuint(receipt.copies->len, ==, 0);
    plx_erase_receipt_clear(&receipt);
    desk_assert_reads(&desk, desk_map, HEAD OTHERS);
    g_assert_false(desk_holds(&desk, "zqx", 3));
    g_assert_false(desk_holds(&desk, &key, sizeof key));
    gint64 n = -1;
    g_assert_true(plx_db_number(plx_store_db(desk.store),
                                "SELECT count(*) FROM note_text WHERE note_text MATCH 'zqxagain'",
                                &n, NULL));
    g_assert_cmpint(n, ==, 0);
    g_assert_false(erase(&desk, "anna", &receipt, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    desk_assert_reads(&desk, desk_map, HEAD OTHERS);
    desk_clear(&desk);
}

static gboolean do_not_wait(guint seconds, gpointer data)
{
    (void)seconds;
    (void)data;
    return FALSE;
}

/* While somebody reads the state before, its traces cannot go: no receipt says they have. */
static void test_reader(void)
{
    struct desk desk;
    struct plx_erase_receipt receipt = {0};
    g_autoptr(GError) error = NULL;
    guint64 before, after;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD HERS OTHERS);
    plx_store *const reader = plx_store_open(desk.path, PLX_STORE_READ, &error);
    g_assert_no_error(error);
    g_assert_true(plx_db_begin_read(plx_store_db(reader), &error));
    plx_store_set_waiting(desk.store, do_not_wait, NULL);
    g_assert_false(erase(&desk, "anna", &receipt, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "done, but another program is still reading"));
    g_clear_error(&error);
    g_assert_true(desk_holds(&desk, "zqx", 3));
    plx_db_rollback(plx_store_db(reader));
    plx_store_free(reader);
    g_assert_true(plx_compact_run(desk.store, &before, &after, &error));
    g_assert_false(desk_holds(&desk, "zqx", 3));
    desk_assert_reads(&desk, desk_map, HEAD OTHERS);
    desk_clear(&desk);
}

static void test_nobody(void)
{
    struct desk desk;
    struct plx_erase_receipt receipt = {0};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD OTHERS);
    g_assert_false(erase(&desk, "nobody", &receipt, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    desk_assert_reads(&desk, desk_map, HEAD OTHERS);
    desk_clear(&desk);
}

/* Who is in the inbox only is found, too. */
static void test_inbox(void)
{
    struct desk desk;
    struct form form;
    struct plx_erase_receipt receipt = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *rest = form_rows(2, 4);
    const guint64 key = 1; /* of encounters 0 and 1 */
    desk_init(&desk, NULL);
    form_init(&form, plx_store_map(desk.store));
    for (guint64 i = 0; i < 6; i++) {
        const struct plx_batch batch = form_fill(&form, i);
        g_assert_true(plx_inbox_append(desk.store, &batch, 1, &error));
    }
    const guint64 kept = plx_store_key(desk.store->secret, key); /* plain in the inbox */
    g_assert_true(desk_holds(&desk, &kept, sizeof kept));
    g_assert_true(desk_holds(&desk, "collected words 1", 17));
    g_assert_true(plx_erase_respondent(desk.store, &key, 1, FALSE, &receipt, &error));
    g_assert_cmpuint(receipt.observations, ==, 4);
    g_assert_cmpuint(receipt.encounters, ==, 2);
    plx_erase_receipt_clear(&receipt);
    g_assert_false(desk_holds(&desk, &kept, sizeof kept));
    g_assert_false(desk_holds(&desk, "collected words 1", 17));
    desk_assert_reads(&desk, NULL, rest);
    form_clear(&form);
    desk_clear(&desk);
}

/* The receipt names copies that may still hold her. */
static void test_copies(void)
{
    struct desk desk;
    struct plx_erase_receipt receipt = {0};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD HERS OTHERS);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    g_assert_true(erase(&desk, "anna", &receipt, &error));
    g_assert_cmpuint(receipt.copies->len, ==, 1);
    g_assert_cmpstr(((const struct plx_copy *)receipt.copies->pdata[0])->path, ==, copy);
    plx_erase_receipt_clear(&receipt);
    desk_clear(&desk);
}

/* Erased blocks that are no more, and blocks among others. */
static void test_many_rows(void)
{
    struct desk desk;
    struct plx_erase_receipt receipt = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) rest = g_string_new(HEAD);
    g_autoptr(GString) all = g_string_new(HEAD);
    for (guint i = 0; i < 70000; i++) {
        g_autofree char *row =
            g_strdup_printf("customer,e%u,p%u,2026-01-05,page,%u,\n", i, i % 900, 1 + i % 6);
        g_string_append(all, row);
        g_string_append(rest, i % 900 == 77 ? "" : row);
    }
    desk_init(&desk, desk_map);
    desk_take(&desk, all->str);
    g_assert_true(erase(&desk, "p77", &receipt, &error));
    g_assert_cmpuint(receipt.observations, ==, 78);
    plx_erase_receipt_clear(&receipt);
    desk_assert_reads(&desk, desk_map, rest->str);
    desk_clear(&desk);
}

/* What would go is counted as what goes, and stays. */
static void test_dry_run(void)
{
    struct desk desk;
    struct plx_erase_receipt receipt = {0};
    guint64 n = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD HERS OTHERS);
    const guint64 key = plx_key_of_respondent("d", "customer", "anna");
    g_assert_true(plx_erase_respondent(desk.store, &key, 1, TRUE, &receipt, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(receipt.observations, ==, 3);
    plx_erase_receipt_clear(&receipt);
    g_assert_true(plx_erase_traces(desk.store, 20454 + 31, TRUE, &n, &error));
    g_assert_cmpuint(n, ==, 4);
    desk_assert_reads(&desk, desk_map, HEAD HERS OTHERS);
    g_assert_true(erase(&desk, "anna", &receipt, &error));
    g_assert_cmpuint(receipt.observations, ==, 3);
    plx_erase_receipt_clear(&receipt);
    desk_clear(&desk);
}

/* Answers stay; who said them, the time of day and links go. */
static void test_traces(void)
{
    struct desk desk;
    guint64 n = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD HERS OTHERS);
    const guint64 key =
        plx_store_key(desk.store->secret, plx_key_of_respondent("d", "customer", "anna"));
    const gint32 day = 20454 + 31; /* 2026-02-01 */
    g_assert_true(plx_erase_traces(desk.store, day, FALSE, &n, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(n, ==, 4);
    desk_assert_reads(&desk, desk_map,
                      "audience,encounter,respondent,time,point,level,note\n"
                      "customer,x1,,2026-01-05,page,4,zqxwords of hers\n"
                      "customer,x1,,2026-01-05,cart,2,\n"
                      "customer,e4,anna,2026-02-05T11:00,cart,2,zqxagain\n"
                      "customer,e2,,2026-01-06,page,2,words of his\n"
                      "leader,e3,,2026-01-07,cart,6,\n");
    g_assert_true(plx_erase_traces(desk.store, day + 28, FALSE, &n, &error));
    g_assert_cmpuint(desk_observations(&desk), ==, 5);
    g_assert_false(desk_holds(&desk, &key, sizeof key));
    struct plx_erase_receipt receipt;
    g_assert_false(erase(&desk, "anna", &receipt, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/erase/respondent", test_respondent);
    g_test_add_func("/erase/reader", test_reader);
    g_test_add_func("/erase/nobody", test_nobody);
    g_test_add_func("/erase/inbox", test_inbox);
    g_test_add_func("/erase/copies", test_copies);
    g_test_add_func("/erase/many-rows", test_many_rows);
    g_test_add_func("/erase/dry-run", test_dry_run);
    g_test_add_func("/erase/traces", test_traces);
    return g_test_run();
}
