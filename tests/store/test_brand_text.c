/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/brand_text.h"

static char *read_brand(struct desk *desk)
{
    char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_brand_text(desk->store, &text, &error));
    g_assert_no_error(error);
    return text;
}

static void keep(struct desk *desk, const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_db *const db = plx_store_db(desk->store);
    g_assert_true(plx_db_begin_write(db, &error));
    g_assert_true(plx_brand_text_set_within(desk->store, text, &error));
    g_assert_true(plx_db_commit(db, &error));
    g_assert_no_error(error);
}

/* The last one is kept, over opening again; none is none. */
static void test_kept(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    g_assert_null(read_brand(&desk));
    keep(&desk, "name: A\n");
    keep(&desk, "name: Café\n");
    desk_reopen(&desk);
    g_autofree char *text = read_brand(&desk);
    g_assert_cmpstr(text, ==, "name: Café\n");
    keep(&desk, NULL);
    g_assert_null(read_brand(&desk));
    desk_clear(&desk);
}

/* A changed byte is not shown to a client. */
static void test_damage(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    keep(&desk, "name: A\n");
    g_assert_true(plx_db_execute(plx_store_db(desk.store),
                                 "UPDATE fact SET value = 'name: B' WHERE name = 'brand'", &error));
    char *text = NULL;
    g_assert_false(plx_brand_text(desk.store, &text, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_null(text);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/brand_text/kept", test_kept);
    g_test_add_func("/brand_text/damage", test_damage);
    return g_test_run();
}
