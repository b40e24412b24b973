/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/grid.h"
#include "world.h"

#include "base/error.h"

#include <string.h>

static void check_pool(const guint64 *persons, guint n, const char *expected)
{
    gboolean pool[8];
    char marks[9] = "";
    plx_pool_mark(persons, n, 5, pool);
    for (guint i = 0; i < n; i++)
        marks[i] = pool[i] ? 'x' : '.';
    marks[n] = 0;
    g_assert_cmpstr(marks, ==, expected);
}

static void test_pool(void)
{
    check_pool((guint64[]){5, 9, 7}, 3, "...");
    check_pool((guint64[]){4, 9, 7}, 3, "x.x"); /* the next smallest goes too */
    check_pool((guint64[]){4, 7, 7}, 3, "xx."); /* of equals the first */
    check_pool((guint64[]){0, 9, 7}, 3, "..."); /* nobody is no secret */
    check_pool((guint64[]){1, 2, 9, 7}, 4, "xx.x");
    check_pool((guint64[]){1, 2}, 2, "xx");
}

static void add(world *w, const char *place, const char *day, guint persons)
{
    for (guint i = 0; i < persons; i++)
        world_add(w,
                  (struct world_row){.audience = "staff",
                                     .place = place,
                                     .time = day,
                                     .point = "door",
                                     .level = i % 2 ? "3" : "4"},
                  1);
}

static world *two_places(void)
{
    world *w = world_new();
    add(w, "A", "2026-01-05", 6);
    add(w, "A", "2026-02-05", 3);
    add(w, "A", "2026-03-05", 4);
    add(w, "B", "2026-01-05", 6);
    add(w, "B", "2026-02-05", 6);
    add(w, "B", "2026-03-05", 6);
    return w;
}

/* February alone is large enough, but not in A: with the place it joins March. */
static void test_months_join_for_a_place(void)
{
    g_autoptr(world) w = two_places();
    const char *const where[] = {"place=A", NULL};
    const struct plx_gaps_options wide = {
        .where = where, .since = "2026-02-01", .until = "2026-03-31"};
    const struct plx_gaps_options february = {
        .where = where, .since = "2026-02-01", .until = "2026-02-28"};
    const struct plx_gaps_options everywhere = {.since = "2026-02-01", .until = "2026-02-28"};
    g_autoptr(plx_gaps) both = world_read(w, &wide);
    g_assert_cmpint(world_voice(both, NULL, "door", "staff")->n, ==, 7);
    g_assert_cmpstr(world_note(both, "merged", "staff")->detail, ==, "2026-02..2026-03");
    world_fails(w, &february, PLX_ERROR_NOT_SHOWN,
                "nothing that was asked for may be shown; staff: too few in the months asked for "
                "alone, ask for 2026-02..2026-03");
    g_autoptr(plx_gaps) all = world_read(w, &everywhere);
    g_assert_cmpint(world_voice(all, NULL, "door", "staff")->n, ==, 9);
}

/* The same persons in two small places are no more persons together: they join on. */
static void test_classes_count_persons_once(void)
{
    g_autoptr(world) w = world_new();
    static const char *const places[] = {"A", "B", "C"};
    for (guint p = 0; p < 3; p++) {
        for (guint i = 0; i < (p == 2 ? 6 : 4); i++) {
            g_autofree char *who = g_strdup_printf("%s%u", p == 2 ? "c" : "s", i);
            world_add(w,
                      (struct world_row){.audience = "staff",
                                         .who = who,
                                         .place = places[p],
                                         .point = "door",
                                         .level = i % 2 ? "3" : "4"},
                      1);
        }
    }
    const struct plx_gaps_options by = {.by = "place"};
    g_autoptr(plx_gaps) gaps = world_read(w, &by);
    const struct plx_voice *v = world_voice(gaps, "A", "door", "staff");
    g_assert_cmpstr(v->label, ==, "A + B + C");
    g_assert_cmpint(v->persons, ==, 10);
}

/* One pass is enough where nothing is too small. */
static void test_one_pass(void)
{
    g_autoptr(world) w = two_places();
    const struct plx_gaps_options by = {.by = "place"};
    g_autoptr(plx_gaps) gaps = world_read(w, &by);
    g_assert_cmpuint(fake_source_asked(w->source), ==, 1);
    g_assert_null(world_voice(gaps, "A", "door", "staff")->label);
    g_assert_cmpint(world_voice(gaps, "A", "door", "staff")->n, ==, 13);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/grid/pool", test_pool);
    g_test_add_func("/grid/months-join-for-a-place", test_months_join_for_a_place);
    g_test_add_func("/grid/classes-count-persons-once", test_classes_count_persons_once);
    g_test_add_func("/grid/one-pass", test_one_pass);
    return g_test_run();
}
