/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no answer matches is not shown as a result. */
#include "world.h"

#include "base/error.h"

static world *clinic(void)
{
    static const char *const places[] = {"Graz", "Linz", "Wien"};
    world *w = world_new();
    for (guint i = 0; i < 30; i++)
        world_add(w,
                  (struct world_row){.audience = "customer",
                                     .point = "door",
                                     .place = places[i % 3],
                                     .channel = i % 3 ? "web" : "app",
                                     .time = i % 2 ? "2026-02-03" : "2026-03-09",
                                     .believed = i == 7 ? "5" : "",
                                     .level = i % 4 ? "4" : "2"},
                  1);
    for (guint i = 0; i < 12; i++)
        world_add(w, (struct world_row){.audience = "leader", .point = "door", .level = "5"}, 1);
    return w;
}

static void fails(const struct plx_gaps_options *options, int code, const char *message)
{
    g_autoptr(world) w = clinic();
    world_fails(w, options, code, message);
}

static void test_values(void)
{
    const char *const near[] = {"place=Gratz", NULL}, *const far[] = {"place=Berlin", NULL};
    const char *const either[] = {"place=Bonn|Koeln", NULL}, *const none[] = {"segment.x=1", NULL};
    const char *const both[] = {"place=Graz", "channel=web", NULL};
    fails(&(struct plx_gaps_options){.where = near}, PLX_ERROR_NOT_FOUND,
          "no answer has place \"Gratz\"; did you mean \"Graz\"? there are Graz, Linz, Wien");
    fails(&(struct plx_gaps_options){.where = far}, PLX_ERROR_NOT_FOUND,
          "no answer has place \"Berlin\"; there are Graz, Linz, Wien");
    fails(&(struct plx_gaps_options){.where = either}, PLX_ERROR_NOT_FOUND,
          "no answer has place \"Bonn\" or \"Koeln\"; there are Graz, Linz, Wien");
    fails(&(struct plx_gaps_options){.where = none}, PLX_ERROR_NOT_FOUND,
          "no answer has segment.x \"1\"; none has a segment.x at all");
    fails(&(struct plx_gaps_options){.where = both}, PLX_ERROR_NOT_FOUND,
          "no answer passes all of place=Graz, channel=web");
}

static void test_days(void)
{
    fails(&(struct plx_gaps_options){.since = "2025-01-01", .until = "2025-12-31"},
          PLX_ERROR_NOT_FOUND,
          "no answer lies between 2025-01-01 and 2025-12-31: the data run from 2026-02-03 to "
          "2026-03-09");
    fails(&(struct plx_gaps_options){.since = "2026-04-01"}, PLX_ERROR_NOT_FOUND,
          "no answer lies on or after 2026-04-01: the data run from 2026-02-03 to 2026-03-09");
}

static void test_measure(void)
{
    fails(&(struct plx_gaps_options){.measure = "effort"}, PLX_ERROR_NOT_FOUND,
          "no answer has the measure effort; there are level, believed");
}

static void test_split(void)
{
    fails(&(struct plx_gaps_options){.by = "language"}, PLX_ERROR_USAGE,
          "--by language: no answer has a language; there are place, channel, month");
}

/* Where something matches the source is asked no further. */
static void test_matches(void)
{
    g_autoptr(world) w = clinic();
    const char *const where[] = {"place=Graz", NULL};
    const struct plx_gaps_options options = {.where = where, .since = "2026-02-01"};
    g_autoptr(plx_gaps) gaps = world_read(w, &options);
    g_assert_cmpuint(fake_source_asked(w->source), ==, 1);
    g_assert_cmpint(world_voice(gaps, NULL, "door", "customer")->n, ==, 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/nothing/values", test_values);
    g_test_add_func("/nothing/days", test_days);
    g_test_add_func("/nothing/measure", test_measure);
    g_test_add_func("/nothing/split", test_split);
    g_test_add_func("/nothing/matches", test_matches);
    return g_test_run();
}
