/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/late.h"

#include "base/date.h"
#include "map/map_file.h"

#include <string.h>

/* 2026-03-01 10:14:30 UTC. */
#define REVEAL G_GINT64_CONSTANT(1772360070)

static gboolean is_late(const char *zone, const char *time, gint8 believed, gint8 seen,
                        const char *audience)
{
    static const char *const precisions[] = {"day", "minute", "second"};
    const struct plx_shown reveals[] = {{"leader", REVEAL}, {"leader", 0}, {"nobody", 0}};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory("parallax: 1\ntitle: T\n", 21, "m.yaml", &error);
    struct plx_late late;
    struct plx_time when = {.offset = PLX_DATE_NO_OFFSET};
    gint64 seconds = PLX_NO_TIME;
    char clock[32] = "";
    gint8 marked = 77;
    g_assert_no_error(error);
    g_assert_true(g_setenv("TZ", zone, TRUE));
    plx_late_init(&late, map, reveals, G_N_ELEMENTS(reveals));
    if (*time) {
        g_assert_true(plx_time_parse(time, strlen(time), &when));
        seconds = when.seconds;
        g_snprintf(clock, sizeof clock, "%s", precisions[when.precision]);
        if (when.offset == 0)
            g_strlcat(clock, "Z", sizeof clock);
        else if (when.offset != PLX_DATE_NO_OFFSET)
            g_snprintf(clock + strlen(clock), 8, "%c%02d:%02d", when.offset < 0 ? '-' : '+',
                       ABS(when.offset) / 60, ABS(when.offset) % 60);
    }
    struct plx_dims dims = {.n_dims = PLX_DIM_SEGMENT, .map = map};
    dims.dict[PLX_DIM_CLOCK] = plx_dict_new(PLX_DICT_TEXT);
    struct plx_batch batch = {
        .n = 1, .dims = &dims, .seconds = &seconds, .seen = seen == 77 ? NULL : &seen};
    batch.measure[PLX_MEASURE_BELIEVED] = &believed;
    batch.dim_constant[PLX_DIM_AUDIENCE] = (guint32)plx_map_find_audience(map, audience) + 1;
    batch.dim_constant[PLX_DIM_CLOCK] =
        plx_dict_add(dims.dict[PLX_DIM_CLOCK], clock, (guint32)strlen(clock));
    const guint32 n = plx_late_mark(&late, &batch, PLX_SEEN_LATE, &marked);
    g_assert_cmpint(marked, ==, n ? PLX_SEEN_LATE : 77);
    plx_dict_free(dims.dict[PLX_DIM_CLOCK]);
    return n == 1;
}

static gboolean at(const char *zone, const char *time)
{
    return is_late(zone, time, 8, PLX_CELL_EMPTY, "leader");
}

static void test_what(void)
{
    g_assert_true(is_late("UTC", "", 0, PLX_CELL_EMPTY, "leader"));
    g_assert_true(is_late("UTC", "", 10, 77, "leader")); /* no column says who had seen what */
    g_assert_false(is_late("UTC", "", 10, 0, "leader"));
    g_assert_false(is_late("UTC", "", 10, 1, "leader"));
    g_assert_false(is_late("UTC", "", PLX_CELL_EMPTY, PLX_CELL_EMPTY, "leader"));
    g_assert_false(is_late("UTC", "", PLX_CELL_NA, PLX_CELL_EMPTY, "leader"));
    g_assert_false(is_late("UTC", "", 10, PLX_CELL_EMPTY, "staff"));
    g_assert_false(is_late("UTC", "", 10, PLX_CELL_EMPTY, "customer"));
}

static void test_precision(void)
{
    g_assert_false(at("UTC", "2026-02-28"));
    g_assert_true(at("UTC", "2026-03-01"));
    g_assert_true(at("UTC", "2026-03-02"));
    g_assert_false(at("UTC", "2026-03-01T10:13"));
    g_assert_true(at("UTC", "2026-03-01T10:14"));
    g_assert_false(at("UTC", "2026-03-01T10:14:29"));
    g_assert_true(at("UTC", "2026-03-01T10:14:30"));
    g_assert_false(at("UTC", "1969-03-01T10:14:30"));
}

/* What is written without an offset was written here. */
static void test_places(void)
{
    g_assert_false(at("XYZ-2", "2026-03-01T12:13")); /* two hours before UTC */
    g_assert_true(at("XYZ-2", "2026-03-01T12:14"));
    g_assert_false(at("XYZ+5", "2026-03-01T05:13"));
    g_assert_true(at("XYZ+5", "2026-03-01T05:14"));
    g_assert_true(at("XYZ+11", "2026-02-28"));
    g_assert_false(at("XYZ+11", "2026-02-27"));
    for (guint z = 0; z < 2; z++) {
        const char *const zone = z ? "XYZ-9" : "XYZ+9"; /* of no matter with an offset */
        g_assert_false(at(zone, "2026-03-01T10:13Z"));
        g_assert_true(at(zone, "2026-03-01T10:14Z"));
        g_assert_false(at(zone, "2026-03-01T15:43+05:30"));
        g_assert_true(at(zone, "2026-03-01T15:44+05:30"));
        g_assert_false(at(zone, "2026-03-01T02:14:29-08:00"));
        g_assert_true(at(zone, "2026-03-01T02:14:30-08:00"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/late/what", test_what);
    g_test_add_func("/late/precision", test_precision);
    g_test_add_func("/late/places", test_places);
    return g_test_run();
}
