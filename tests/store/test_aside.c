/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aside.h"

#include "base/error.h"
#include "desk.h"
#include "store/gatherings.h"

static guint made, cleared;

static gpointer make(plx_store *store, GError **error)
{
    struct plx_store_info info;
    guint64 *const seen = g_new(guint64, 1);
    g_assert_true(plx_store_info(store, 1, &info, error));
    *seen = info.observations;
    made++;
    return seen;
}

static gpointer fail(plx_store *store, GError **error)
{
    (void)store;
    plx_error(error, PLX_ERROR_IO, "no");
    return NULL;
}

static void clear(gpointer data)
{
    cleared++;
    g_free(data);
}

static void assert_sees(plx_store *store, guint64 observations, guint times)
{
    g_autoptr(GError) error = NULL;
    const guint64 *const seen = plx_store_aside(store, make, clear, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(*seen, ==, observations);
    g_assert_cmpuint(made, ==, times);
    g_assert_cmpuint(cleared, ==, times - 1);
}

/* Once, however many look; again when somebody else changed what it was made of, and only then. */
static void test_once(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    desk_take(&desk, "audience,encounter,point,level\ncustomer,a,Door,3\n");
    plx_store *const reader = plx_store_open(desk.path, PLX_STORE_READ, &error);
    g_assert_no_error(error);
    assert_sees(reader, 1, 1);
    assert_sees(reader, 1, 1);
    static char name[] = "May", language[] = "";
    const struct plx_gathering like = {.workshop = name, .language = language};
    g_autofree char *code = NULL;
    g_autofree char *lead = NULL;
    g_assert_true(plx_gatherings_add(desk.store, &like, &code, &lead, &error));
    assert_sees(reader, 1, 1); /* a workshop that goes on is no answer */
    desk_take(&desk, "audience,encounter,point,level\ncustomer,b,Door,4\n");
    assert_sees(reader, 2, 2);
    assert_sees(reader, 2, 2);
    plx_store_free(reader);
    g_assert_cmpuint(cleared, ==, 2);
    desk_clear(&desk);
}

/* What could not be made is not kept, nor is what was there before. */
static void test_fails(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    made = cleared = 0;
    desk_init(&desk, NULL);
    assert_sees(desk.store, 0, 1);
    g_assert_null(plx_store_aside(desk.store, fail, clear, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpuint(cleared, ==, 1);
    assert_sees(desk.store, 0, 2);
    desk_clear(&desk);
    g_assert_cmpuint(cleared, ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/aside/once", test_once);
    g_test_add_func("/store/aside/fails", test_fails);
    return g_test_run();
}
