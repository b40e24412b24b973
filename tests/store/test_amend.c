/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "map/map_file.h"
#include "store/amend.h"

#include <string.h>

static plx_map *read_map(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    plx_map *const map = plx_map_read_memory(yaml, strlen(yaml), "m", &error);
    g_assert_no_error(error);
    return map;
}

/* What `now` has beyond the file's map is there again when that is read. */
static plx_map *record(struct desk *desk, const plx_map *now)
{
    g_autoptr(GError) error = NULL;
    plx_db *const db = plx_store_db(desk->store);
    g_autoptr(plx_map) base = read_map(desk_map);
    g_assert_true(plx_db_begin_write(db, &error));
    g_assert_true(plx_amend_record(db, base, now, &error));
    g_assert_true(plx_db_commit(db, &error));
    plx_map *const back = read_map(desk_map);
    g_assert_true(plx_amend_apply(db, back, &error));
    return back;
}

static void test_audiences(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_autoptr(plx_map) now = read_map(desk_map);
    g_assert_true(plx_map_declare(now, "ward:protected", &error));
    g_assert_true(plx_map_declare(now, "patient:served", &error));
    g_autoptr(plx_map) back = record(&desk, now);
    g_assert_cmpuint(back->n_audiences, ==, now->n_audiences);
    const gint ward = plx_map_find_audience(back, "ward");
    const gint patient = plx_map_find_audience(back, "patient");
    g_assert_true(back->audiences[ward].protected_ && !back->audiences[ward].served);
    g_assert_true(back->audiences[patient].served && !back->audiences[patient].protected_);
    /* A map that has it by itself meanwhile keeps its own. */
    g_autoptr(plx_map) grown =
        read_map("parallax: 1\ntitle: x\naudiences: {ward: {served: true}}\n");
    g_assert_true(plx_amend_apply(plx_store_db(desk.store), grown, &error));
    g_assert_true(grown->audiences[plx_map_find_audience(grown, "ward")].served);
    desk_clear(&desk);
}

static void test_scales(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_autoptr(plx_map) now = read_map(desk_map);
    const gint partner = plx_map_find_audience(now, "partner");
    struct plx_scale *const scale = plx_scale_copy(now->audiences[partner].scale);
    const gint customer = plx_map_find_audience(now, "customer");
    g_assert_true(plx_map_set_scale(now, PLX_MEASURE_LEVEL, "customer", scale, &error));
    plx_scale_free(scale);
    g_autoptr(plx_map) back = record(&desk, now);
    g_assert_true(plx_scale_same(back->audiences[customer].scale, now->audiences[customer].scale));
    /* On it nobody may have answered before. */
    g_autoptr(plx_map) base = read_map(desk_map);
    g_autofree gboolean *answered = g_new0(gboolean, base->n_audiences);
    gboolean asked[PLX_MEASURES_MAX] = {FALSE};
    g_assert_true(plx_amend_check(base, now, answered, asked, &error));
    answered[customer] = TRUE;
    g_assert_false(plx_amend_check(base, now, answered, asked, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==,
                    "customer answered on a scale from 1 to 6 here, and these answers are on one "
                    "from 1 to 5: give them an audience of their own (in the map, or with "
                    "--declare)");
    g_clear_error(&error);
    answered[customer] = FALSE;
    g_assert_true(
        plx_map_set_scale(now, PLX_MEASURE_EFFORT, NULL, now->audiences[partner].scale, &error));
    g_assert_true(plx_amend_check(base, now, answered, asked, &error));
    asked[PLX_MEASURE_EFFORT] = TRUE;
    g_assert_false(plx_amend_check(base, now, answered, asked, &error));
    g_assert_cmpstr(error->message, ==,
                    "effort was asked on a scale from 1 to 7 here, and these answers are on one "
                    "from 1 to 5: give them a measure of their own (in the map)");
    desk_clear(&desk);
}

static void test_nothing(void)
{
    struct desk desk;
    gint64 n = -1;
    desk_init(&desk, desk_map);
    g_autoptr(plx_map) now = read_map(desk_map);
    g_autoptr(plx_map) back = record(&desk, now);
    g_assert_cmpuint(back->n_audiences, ==, now->n_audiences);
    g_assert_true(
        plx_db_number(plx_store_db(desk.store), "SELECT count(*) FROM amendment", &n, NULL));
    g_assert_cmpint(n, ==, 0);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/amend/audiences", test_audiences);
    g_test_add_func("/amend/scales", test_scales);
    g_test_add_func("/amend/nothing", test_nothing);
    return g_test_run();
}
