/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the room guessed: which guesses, whose, their spread, and what is told of them. */
#include "world.h"

#include "base/error.h"
#include "reading/beliefs.h"

#include <math.h>

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon(a, b, 1e-9)

static const struct plx_gaps_options plain = {0};

static plx_beliefs *look(world *w, const struct plx_gaps_options *options)
{
    g_autoptr(GError) error = NULL;
    plx_beliefs *beliefs = plx_beliefs_read(world_source(w), options ? options : &plain, &error);
    g_assert_no_error(error);
    g_assert_nonnull(beliefs);
    return beliefs;
}

/* `n` persons, each of whom guesses at every point: persons keep their names from call to call. */
static void guess(world *w, const char *audience, const char *point, const char *const *guesses,
                  guint n)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *who = g_strdup_printf("%s-%u", audience, i);
        world_add(w,
                  (struct world_row){
                      .audience = audience, .who = who, .point = point, .believed = guesses[i % 2]},
                  1);
    }
}

static void guess_at(world *w, const char *point, const char *one, const char *other)
{
    const char *const guesses[] = {one, other};
    guess(w, "leader", point, guesses, 12);
}

static void fine_of_100(world *w, const char *point, guint fine)
{
    world_levels(w, "customer", point, (guint[6]){0, 0, 100 - fine, fine, 0, 0});
}

static const struct plx_moment *only(const plx_beliefs *beliefs)
{
    g_assert_cmpuint(beliefs->n_groups, ==, 1);
    g_assert_cmpuint(beliefs->groups[0].n_moments, ==, 1);
    return &beliefs->groups[0].moments[0];
}

static void test_spread(void)
{
    g_autoptr(world) w = world_new();
    guess_at(w, "door", "8", "9");
    world_levels(w, "customer", "door", (guint[6]){20, 30, 70, 60, 15, 5}); /* 80 of 200 */
    g_autoptr(plx_beliefs) beliefs = look(w, NULL);
    const struct plx_moment *m = only(beliefs);
    NEAR(m->belief->believed, 0.85);
    NEAR(m->served->desired_share, 0.4);
    g_assert_cmpint(m->served->counts[2], ==, 70);
    g_assert_nonnull(m->spread);
    g_assert_cmpuint(m->spread->k, ==, 11);
    for (guint i = 0; i < 11; i++)
        g_assert_cmpint(m->spread->counts[i], ==, i == 8 || i == 9 ? 6 : 0);
    g_assert_cmpint(m->later, ==, 0);
    g_assert_cmpuint(beliefs->groups[0].n_furthest, ==, 1);
    g_assert_cmpuint(beliefs->groups[0].n_right, ==, 0);
    g_assert_null(beliefs->groups[0].ranking); /* one moment has no order */
}

/* Those decided, by size, ties in order; what is not decided is in no list. */
static void test_furthest(void)
{
    static const struct {
        const char *point, *one, *other;
        guint fine;
    } rows[] = {{"a", "8", "8", 40}, {"b", "2", "3", 85}, {"c", "9", "9", 50},
                {"d", "5", "5", 50}, {"e", "9", "9", 10}, {"f", "6", "7", 53}};
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_set_population(w->map, "leader", 12, &error));
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        guess_at(w, rows[i].point, rows[i].one, rows[i].other);
        for (guint times = 0; times < 5; times++)
            fine_of_100(w, rows[i].point, rows[i].fine);
    }
    g_autoptr(plx_beliefs) beliefs = look(w, NULL);
    const struct plx_beliefs_group *group = &beliefs->groups[0];
    g_assert_cmpuint(group->n_furthest, ==, 3);
    g_assert_cmpstr(group->moments[group->furthest[0]].point->point, ==, "e"); /* 80 */
    g_assert_cmpstr(group->moments[group->furthest[1]].point->point, ==, "b"); /* -60 */
    g_assert_cmpstr(group->moments[group->furthest[2]].point->point, ==, "a"); /* 40, before c */
    g_assert_cmpuint(group->n_right, ==, 1);
    g_assert_cmpstr(group->moments[group->right[0]].point->point, ==, "d");
    g_assert_cmpint(group->moments[5].belief->verdict, ==, PLX_VERDICT_NOT_ENOUGH_YET); /* f: 12 */
    g_assert_cmpuint(group->ranking->points, ==, 6);
}

/* Later guesses, and those of people who had seen results, are counted and left out; then the
 * counts of all guesses are not those compared, and are not shown. */
static void test_later_guesses(void)
{
    g_autoptr(world) w = world_new();
    for (guint i = 0; i < 10; i++) {
        g_autofree char *who = g_strdup_printf("l%u", i);
        struct world_row row = {.audience = "leader", .who = who, .point = "door"};
        row.time = "2025-06-01", row.believed = i % 2 ? "8" : "9";
        world_add(w, row, 1);
        row.time = "2025-01-01", row.believed = "1", row.seen = "1";
        world_add(w, row, 1);
        row.time = "2025-09-01", row.believed = "2", row.seen = "0";
        world_add(w, row, 1);
    }
    fine_of_100(w, "door", 40);
    g_autoptr(plx_beliefs) beliefs = look(w, NULL);
    const struct plx_moment *m = only(beliefs);
    NEAR(m->belief->believed, 0.85);
    g_assert_cmpint(m->belief->n, ==, 10);
    g_assert_cmpint(m->later, ==, 20);
    g_assert_null(m->spread);
}

/* `n` leaders of a workshop guess: three in four of them 7, the others 8. */
static void guess_in(world *w, const char *workshop, guint n, const char *seen)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *who = g_strdup_printf("%s-%u", workshop, i);
        const struct world_row row = {.audience = "leader",
                                      .who = who,
                                      .point = "door",
                                      .believed = i % 4 ? "7" : "8",
                                      .seen = seen,
                                      .workshop = workshop};
        world_add(w, row, 1);
    }
}

/* A room is told its own guesses, and answers stay whole. What one could reckon of others from the
 * guesses of the room and those of all is not shown, nor more exactly than of few. */
static void test_room(void)
{
    static const struct {
        guint may, june;
        const char *seen, *room;
        guint moments;
        enum plx_suppression suppressed;
        double believed;
    } cases[] = {{10, 12, "0", "june", 1, PLX_SHOWN, 0.725},
                 {16, 12, "0", "may", 1, PLX_SHOWN, 0.725},
                 {16, 12, "1", "june", 0, PLX_SHOWN, NAN}, /* all of them had seen results */
                 {10, 4, "0", "june", 1, PLX_HIDDEN_FEW, NAN},
                 {3, 12, "0", "june", 1, PLX_HIDDEN_COMPLEMENTARY, NAN},
                 {6, 12, "0", "june", 1, PLX_SHOWN, 0.7},
                 {0, 12, "0", "june", 1, PLX_SHOWN, 0.725},
                 {10, 12, "0", "july", 0, PLX_SHOWN, NAN}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(world) w = world_new();
        guess_in(w, "may", cases[i].may, "0");
        guess_in(w, "june", cases[i].june, cases[i].seen);
        fine_of_100(w, "door", 40);
        const struct plx_gaps_options options = {.room = cases[i].room};
        g_autoptr(plx_beliefs) beliefs = look(w, &options);
        const struct plx_beliefs_group *const group = &beliefs->groups[0];
        g_assert_cmpuint(group->n_moments, ==, cases[i].moments);
        g_assert_cmpuint(group->n_unguessed, ==, 1 - cases[i].moments);
        NEAR(world_voice(beliefs->gaps, NULL, "door", "customer")->desired_share, 0.4);
        if (cases[i].moments == 0)
            continue;
        g_assert_cmpint(group->moments[0].belief->suppressed, ==, cases[i].suppressed);
        if (isnan(cases[i].believed))
            g_assert_true(isnan(group->moments[0].belief->believed));
        else
            NEAR(group->moments[0].belief->believed, cases[i].believed);
        g_assert_null(group->moments[0].spread); /* which would be of all rooms */
    }
}

static void test_room_is_a_part(void)
{
    g_autoptr(world) w = world_new();
    guess_in(w, "may", 10, "0");
    fine_of_100(w, "door", 40);
    const char *const where[] = {"channel=web", NULL};
    const struct plx_gaps_options of_part = {.room = "may", .where = where};
    const struct plx_gaps_options split = {.room = "may", .by = "channel"};
    world_fails(w, &of_part, PLX_ERROR_USAGE, NULL);
    world_fails(w, &split, PLX_ERROR_USAGE, NULL);
}

/* Neither dates nor places apply to guesses, so they do not apply to their spread. */
static void test_whole_guesses(void)
{
    g_autoptr(world) w = world_new();
    static const struct {
        const char *time, *place, *level;
    } parts[] = {{"2026-02-01", "A", "4"}, {"2025-02-01", "B", "2"}};
    for (guint i = 0; i < 12; i++) {
        g_autofree char *who = g_strdup_printf("l%u", i);
        world_add(w,
                  (struct world_row){.audience = "leader",
                                     .who = who,
                                     .time = "2024-06-01",
                                     .place = "HQ",
                                     .point = "door",
                                     .believed = i % 2 ? "8" : "7"},
                  1);
    }
    for (guint p = 0; p < 2; p++)
        world_add(w,
                  (struct world_row){.audience = "customer",
                                     .time = parts[p].time,
                                     .place = parts[p].place,
                                     .point = "door",
                                     .level = parts[p].level},
                  20);
    const char *const where[] = {"place=A", NULL};
    const struct plx_gaps_options part = {.since = "2026-01-01", .where = where};
    g_autoptr(plx_beliefs) beliefs = look(w, &part);
    NEAR(only(beliefs)->served->desired_share, 1);
    g_assert_cmpint(only(beliefs)->spread->counts[7], ==, 6);

    const struct plx_gaps_options split = {.by = "place"};
    g_autoptr(plx_beliefs) by_place = look(w, &split);
    guint told = 0;
    for (guint g = 0; g < by_place->n_groups; g++) {
        g_assert_cmpuint(by_place->groups[g].n_moments, ==, 1);
        const struct plx_moment *m = &by_place->groups[g].moments[0];
        told += m->served != NULL;
        g_assert_cmpint(m->spread->counts[8], ==, 6);
    }
    g_assert_cmpuint(told, ==, 2);
}

/* Guesses know nothing of the channel by which answers are split: then there is no spread, and no
 * error. */
static void test_split_unknown_to_guesses(void)
{
    g_autoptr(world) w = world_new();
    guess_at(w, "door", "8", "9");
    static const char *const channels[] = {"web", "app"};
    for (guint i = 0; i < 2; i++)
        world_add(
            w,
            (struct world_row){
                .audience = "customer", .point = "door", .channel = channels[i], .level = "4"},
            20);
    const struct plx_gaps_options split = {.by = "channel"};
    g_autoptr(plx_beliefs) beliefs = look(w, &split);
    g_assert_cmpuint(beliefs->n_groups, ==, 3); /* app, web, and those without */
    for (guint g = 0; g < 3; g++)
        for (guint m = 0; m < beliefs->groups[g].n_moments; m++)
            g_assert_cmpint(beliefs->groups[g].moments[m].belief->n, ==, 12);
}

static void test_masked(void)
{
    g_autoptr(world) w = world_new();
    static const char *const guesses[] = {"8", "9"};
    guess(w, "leader", "door", guesses, 7);
    fine_of_100(w, "door", 40);
    g_autoptr(plx_beliefs) beliefs = look(w, NULL);
    const struct plx_moment *m = only(beliefs);
    NEAR(m->belief->believed, 0.8); /* 59/70 to a tenth */
    g_assert_true(isnan(m->belief->believed_range.lo));
    g_assert_null(m->spread);
    g_assert_cmpuint(beliefs->groups[0].n_furthest, ==, 1); /* decided from exact values */
}

/* Three leaders are hidden and not replaced by the staff, who guessed too; staff can be asked for,
 * and then the people served come along. */
static void test_hidden_are_not_replaced(void)
{
    g_autoptr(world) w = world_new();
    static const char *const leaders[] = {"8", "9"}, *const staff[] = {"4", "5"};
    guess(w, "leader", "door", leaders, 3);
    guess(w, "staff", "door", staff, 12);
    fine_of_100(w, "door", 40);
    g_autoptr(plx_beliefs) beliefs = look(w, NULL);
    const struct plx_moment *m = only(beliefs);
    g_assert_cmpstr(beliefs->gaps->audiences[beliefs->by], ==, "leader");
    g_assert_cmpint(m->belief->suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_true(isnan(m->belief->believed));
    NEAR(m->served->desired_share, 0.4); /* everybody may see it beside an own guess */
    g_assert_null(m->spread);
    g_assert_cmpint(m->later, ==, PLX_NO_COUNT);
    g_assert_cmpuint(beliefs->groups[0].n_furthest, ==, 0);

    const char *const audiences[] = {"staff", NULL};
    const struct plx_gaps_options options = {.audiences = audiences};
    g_autoptr(plx_beliefs) of_staff = look(w, &options);
    g_assert_cmpstr(of_staff->gaps->audiences[of_staff->by], ==, "staff");
    g_assert_cmpstr(of_staff->gaps->audiences[of_staff->about], ==, "customer");
    NEAR(only(of_staff)->belief->believed, 0.45);
    g_assert_cmpint(only(of_staff)->spread->counts[4], ==, 6);
}

/* Where only staff guessed, they are the room. */
static void test_staff_alone(void)
{
    g_autoptr(world) w = world_new();
    static const char *const staff[] = {"4", "5"};
    guess(w, "staff", "door", staff, 12);
    world_levels(w, "leader", "door", (guint[6]){0, 0, 0, 6, 6, 0}); /* rated, did not guess */
    fine_of_100(w, "door", 40);
    g_autoptr(plx_beliefs) beliefs = look(w, NULL);
    g_assert_cmpstr(beliefs->gaps->audiences[beliefs->by], ==, "staff");
}

static void test_nobody_guessed(void)
{
    g_autoptr(world) w = world_new();
    fine_of_100(w, "door", 40);
    fine_of_100(w, "desk", 40);
    g_autoptr(plx_beliefs) beliefs = look(w, NULL);
    g_assert_cmpint(beliefs->by, ==, -1);
    g_assert_cmpstr(beliefs->gaps->audiences[beliefs->about], ==, "customer");
    g_assert_cmpuint(beliefs->groups[0].n_moments, ==, 0);
    g_assert_cmpuint(beliefs->groups[0].n_unguessed, ==, 2);
    g_assert_null(beliefs->spread);
}

static void test_nobody_answered_there(void)
{
    g_autoptr(world) w = world_new();
    guess_at(w, "door", "8", "9");
    guess_at(w, "window", "8", "9");
    fine_of_100(w, "door", 40);
    fine_of_100(w, "desk", 40);
    g_autoptr(plx_beliefs) beliefs = look(w, NULL);
    const struct plx_beliefs_group *group = &beliefs->groups[0];
    g_assert_cmpuint(group->n_moments, ==, 2);
    g_assert_nonnull(group->moments[0].served);
    g_assert_null(group->moments[1].served);
    g_assert_true(isnan(group->moments[1].belief->difference));
    g_assert_cmpuint(group->n_unguessed, ==, 1);
    g_assert_cmpstr(group->unguessed[0]->point, ==, "desk");
}

/* On a scale that does not say what is desired there is no share, but there are answers. */
static void test_no_cut(void)
{
    g_autoptr(world) w = world_new_map("parallax: 1\ntitle: Marks\nscales:\n  marks: {min: 1, max: "
                                       "6}\naudiences:\n  customer: {scale: marks}\n");
    guess_at(w, "door", "8", "9");
    fine_of_100(w, "door", 40);
    g_autoptr(plx_beliefs) beliefs = look(w, NULL);
    const struct plx_moment *m = only(beliefs);
    g_assert_true(isnan(m->served->desired_share));
    g_assert_cmpint(m->served->counts[3], ==, 40);
    g_assert_cmpint(m->belief->verdict, ==, PLX_VERDICT_NONE);
}

static void test_other_measure(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    fine_of_100(w, "door", 40);
    const struct plx_gaps_options options = {.measure = "effort"};
    g_assert_null(plx_beliefs_read(world_source(w), &options, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==,
                    "--measure \"effort\": guesses are compared with the level at which a moment "
                    "is desired: leave --measure out");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/beliefs/spread", test_spread);
    g_test_add_func("/beliefs/furthest", test_furthest);
    g_test_add_func("/beliefs/later-guesses", test_later_guesses);
    g_test_add_func("/beliefs/room", test_room);
    g_test_add_func("/beliefs/room-is-a-part", test_room_is_a_part);
    g_test_add_func("/beliefs/whole-guesses", test_whole_guesses);
    g_test_add_func("/beliefs/split-unknown-to-guesses", test_split_unknown_to_guesses);
    g_test_add_func("/beliefs/masked", test_masked);
    g_test_add_func("/beliefs/hidden-are-not-replaced", test_hidden_are_not_replaced);
    g_test_add_func("/beliefs/staff-alone", test_staff_alone);
    g_test_add_func("/beliefs/nobody-guessed", test_nobody_guessed);
    g_test_add_func("/beliefs/nobody-answered-there", test_nobody_answered_there);
    g_test_add_func("/beliefs/no-cut", test_no_cut);
    g_test_add_func("/beliefs/other-measure", test_other_measure);
    return g_test_run();
}
