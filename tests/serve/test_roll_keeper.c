/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/roll_keeper.h"

#include "ingest/keys.h"
#include "store/desk.h"
#include "store/erase.h"
#include "store/imports.h"

#include <unistd.h>

#define LEAST_ROWS 100

/* Rows that are weighted are not plain: no roll holds them. */
static void take_weighted(struct desk *desk, guint32 seed, guint n, guint weight)
{
    g_autofree char *dataset = g_strdup_printf("d%u", seed);
    g_autoptr(GString) text =
        g_string_new("audience,respondent,encounter,time,point,place,level,weight\n");
    g_autoptr(GError) error = NULL;
    struct plx_import_outcome outcome;
    for (guint i = 0; i < n; i++)
        g_string_append_printf(text, "customer,p%u,e%u,2026-01-%02u,page,Oslo,%u,%u\n", i / 3, i,
                               i % 28 + 1, (i + seed) % 6 + 1, weight);
    const struct desk_import import = {.text = text->str, .dataset = dataset};
    desk_import(desk, &import, &outcome, &error);
    g_assert_no_error(error);
}

static void take(struct desk *desk, guint32 seed, guint n)
{
    take_weighted(desk, seed, n, 1);
}

/* Somebody reads, and what was begun ends. */
static void look(plx_roll_keeper *keeper, struct desk *desk)
{
    plx_roll_keeper_look(keeper, desk->store);
    plx_roll_keeper_wait(keeper);
}

static gboolean has(plx_roll_keeper *keeper)
{
    const plx_store_roll *const roll = plx_roll_keeper_take(keeper);
    plx_roll_keeper_give_back(keeper, roll);
    return roll != NULL;
}

/* Of a large workspace, once somebody reads; not of a small one. */
static void test_made(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    plx_roll_keeper *const keeper = plx_roll_keeper_new(desk.path, LEAST_ROWS, G_MAXSIZE);
    take(&desk, 1, LEAST_ROWS - 1);
    look(keeper, &desk);
    g_assert_false(has(keeper));
    take(&desk, 2, 1);
    g_assert_false(has(keeper));
    look(keeper, &desk);
    g_assert_true(has(keeper));
    plx_roll_keeper_free(keeper);
    desk_clear(&desk);
}

/* One that lost rows goes at once; who uses it keeps it until it is given back. */
static void test_gone(void)
{
    struct desk desk;
    guint64 n;
    gint64 lacks = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    plx_roll_keeper *const keeper = plx_roll_keeper_new(desk.path, LEAST_ROWS, G_MAXSIZE);
    take(&desk, 1, 300);
    take(&desk, 2, 300);
    look(keeper, &desk);
    const plx_store_roll *const used = plx_roll_keeper_take(keeper);
    g_assert_nonnull(used);
    g_assert_true(plx_imports_undo(desk.store, 1, &n, &error));
    look(keeper, &desk);
    const plx_store_roll *const now = plx_roll_keeper_take(keeper);
    g_assert_true(now != used);
    g_assert_true(plx_store_roll_lacks(desk.store, used, &lacks, &error));
    g_assert_cmpint(lacks, ==, -1);
    g_assert_cmpuint(plx_store_roll_bytes(used), >, 0); /* still there */
    plx_roll_keeper_give_back(keeper, used);
    plx_roll_keeper_give_back(keeper, now);
    plx_roll_keeper_free(keeper);
    desk_clear(&desk);
}

/* Nobody reads, but somebody was erased: it is not in memory any longer. */
static void test_let_go(void)
{
    struct desk desk;
    struct plx_erase_receipt receipt = {0};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    plx_roll_keeper *const keeper = plx_roll_keeper_new(desk.path, LEAST_ROWS, G_MAXSIZE);
    take(&desk, 1, 300);
    plx_roll_keeper_let_go(keeper, desk.store);
    g_assert_false(has(keeper)); /* nor is one made */
    look(keeper, &desk);
    plx_roll_keeper_let_go(keeper, desk.store);
    g_assert_true(has(keeper));
    const guint64 key = plx_key_of_respondent("d1", "customer", "p5");
    g_assert_true(plx_erase_respondent(desk.store, &key, 1, FALSE, &receipt, &error));
    g_assert_no_error(error);
    plx_erase_receipt_clear(&receipt);
    plx_roll_keeper_let_go(keeper, desk.store);
    g_assert_false(has(keeper));
    plx_roll_keeper_free(keeper);
    desk_clear(&desk);
}

/* One that lacks half is used, one that lacks more is not, nor made. */
static void test_half(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    plx_roll_keeper *const keeper = plx_roll_keeper_new(desk.path, LEAST_ROWS, G_MAXSIZE);
    take(&desk, 1, 300);
    look(keeper, &desk);
    take_weighted(&desk, 2, 300, 2);
    plx_roll_keeper_let_go(keeper, desk.store);
    g_assert_true(has(keeper));
    take_weighted(&desk, 3, 1, 2);
    plx_roll_keeper_let_go(keeper, desk.store);
    g_assert_false(has(keeper));
    plx_roll_keeper_free(keeper);
    plx_roll_keeper *const other = plx_roll_keeper_new(desk.path, LEAST_ROWS, G_MAXSIZE);
    look(other, &desk);
    g_assert_false(has(other));
    take(&desk, 4, 50);
    for (guint i = 0; i < 1000 && !has(other); i++) { /* not right after it was tried */
        g_usleep(10000);
        look(other, &desk);
    }
    g_assert_true(has(other));
    plx_roll_keeper_free(other);
    desk_clear(&desk);
}

/* Few answers that come do not make another, many do, but not right after. */
static void test_renewed(void)
{
    struct desk desk;
    gint64 lacks = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    plx_roll_keeper *const keeper = plx_roll_keeper_new(desk.path, LEAST_ROWS, G_MAXSIZE);
    take(&desk, 1, 400);
    look(keeper, &desk);
    take(&desk, 2, 10);
    const plx_store_roll *const first = plx_roll_keeper_take(keeper);
    look(keeper, &desk);
    g_assert_true(plx_store_roll_lacks(desk.store, first, &lacks, &error));
    g_assert_cmpint(lacks, ==, 10);
    take(&desk, 3, 300);
    /* It may take a while: making one took some time. */
    for (guint i = 0; i < 1000; i++) {
        look(keeper, &desk);
        const plx_store_roll *const now = plx_roll_keeper_take(keeper);
        plx_roll_keeper_give_back(keeper, now);
        if (now != first)
            break;
        g_usleep(10000);
    }
    const plx_store_roll *const second = plx_roll_keeper_take(keeper);
    g_assert_true(second != first);
    g_assert_true(plx_store_roll_lacks(desk.store, second, &lacks, &error));
    g_assert_cmpint(lacks, ==, 0);
    plx_roll_keeper_give_back(keeper, second);
    plx_roll_keeper_give_back(keeper, first);
    plx_roll_keeper_free(keeper);
    desk_clear(&desk);
}

/* One that would be too large is not made, and not tried again and again. */
static void test_large(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    plx_roll_keeper *const keeper = plx_roll_keeper_new(desk.path, LEAST_ROWS, 1000);
    take(&desk, 1, 400);
    for (guint i = 0; i < 3; i++) {
        look(keeper, &desk);
        g_assert_false(has(keeper));
    }
    plx_roll_keeper_free(keeper);
    desk_clear(&desk);
}

/* A workspace that could not be read for a moment is tried again, as many rows as it has. */
static void test_tried_again(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    take(&desk, 1, LEAST_ROWS);
    g_autofree char *path = desk_file(&desk, "elsewhere.plx");
    plx_roll_keeper *const keeper = plx_roll_keeper_new(path, LEAST_ROWS, G_MAXSIZE);
    look(keeper, &desk);
    g_assert_false(has(keeper));
    g_assert_cmpint(symlink(desk.path, path), ==, 0);
    for (guint i = 0; i < 1000 && !has(keeper); i++) {
        g_usleep(10000);
        look(keeper, &desk);
    }
    g_assert_true(has(keeper));
    plx_roll_keeper_free(keeper);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/roll_keeper/made", test_made);
    g_test_add_func("/roll_keeper/gone", test_gone);
    g_test_add_func("/roll_keeper/let_go", test_let_go);
    g_test_add_func("/roll_keeper/half", test_half);
    g_test_add_func("/roll_keeper/renewed", test_renewed);
    g_test_add_func("/roll_keeper/large", test_large);
    g_test_add_func("/roll_keeper/tried_again", test_tried_again);
    return g_test_run();
}
