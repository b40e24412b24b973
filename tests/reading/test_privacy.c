/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Privacy: one test per sentence of design.md section 3, and differencing by exhaustive pairs. */
#include "world.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon(a, b, 1e-9)

static const guint many[6] = {3, 5, 9, 8, 4, 2};

static void test_minimum_of_persons(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "customer", "four", (guint[6]){0, 0, 2, 2, 0, 0});
    world_levels(w, "customer", "five", (guint[6]){0, 0, 3, 2, 0, 0});
    /* nine answers of four persons are four persons */
    for (guint i = 0; i < 9; i++) {
        g_autofree char *who = g_strdup_printf("x%u", i % 4);
        world_add(
            w,
            (struct world_row){.audience = "customer", .who = who, .point = "often", .level = "3"},
            1);
    }
    /* a table of seven is seven persons */
    world_add(
        w,
        (struct world_row){
            .audience = "customer", .who = "", .point = "table", .level = "3", .group_size = "7"},
        1);
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpint(world_voice(gaps, NULL, "four", "customer")->suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(world_voice(gaps, NULL, "often", "customer")->suppressed, ==, PLX_HIDDEN_FEW);
    const struct plx_voice *five = world_voice(gaps, NULL, "five", "customer");
    g_assert_cmpint(five->suppressed, ==, PLX_SHOWN);
    g_assert_nonnull(five->counts); /* customers are not protected: exact */
    const struct plx_voice *table = world_voice(gaps, NULL, "table", "customer");
    g_assert_cmpint(table->suppressed, ==, PLX_SHOWN);
    g_assert_cmpint(table->persons, ==, 7);
    g_assert_cmpint(table->n, ==, 1);
    const struct plx_voice *four = world_voice(gaps, NULL, "four", "customer");
    g_assert_cmpint(four->n, ==, PLX_NO_COUNT);
    g_assert_cmpint(four->persons, ==, PLX_NO_COUNT);
    g_assert_cmpint(four->na, ==, PLX_NO_COUNT);
    g_assert_true(isnan(four->mean) && isnan(four->n_eff) && isnan(four->desired_ci.lo));
    g_assert_null(four->counts);
    const struct plx_gaps_note *note = world_note(gaps, "cells_hidden", "customer");
    g_assert_cmpint(note->count, ==, 2);
    g_assert_cmpstr(note->detail, ==, "few_persons");
}

static void test_hidden_leaders(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "leader", "door", (guint[6]){0, 0, 0, 1, 2, 0});
    world_levels(w, "customer", "door", many);
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpint(gaps->headline.kind, ==, PLX_HEADLINE_SERVED);
    g_assert_cmpstr(gaps->audiences[gaps->headline.by], ==, "leader");
    g_assert_cmpint(gaps->headline.hidden_persons, ==, 3);
    g_assert_cmpint(gaps->headline.hidden_minimum, ==, 5);
    NEAR(gaps->headline.about_value, 14 / 31.0);
    g_assert_cmpint(world_note(gaps, "audience_hidden", "leader")->count, ==, 3);
    g_assert_cmpstr(world_note(gaps, "audience_hidden", "leader")->detail, ==, "5");
    g_assert_cmpuint(world_point(gaps, NULL, "door")->n_gaps, ==, 0);
    g_assert_cmpuint(gaps->family_size, ==, 0);
}

static void test_nothing_shown(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "leader", "door", (guint[6]){0, 0, 0, 1, 2, 0});
    world_levels(w, "customer", "door", many);
    const char *const only[] = {"leader", NULL};
    const struct plx_gaps_options options = {.audiences = only};
    world_fails(w, &options, PLX_ERROR_NOT_SHOWN,
                "nothing that was asked for may be shown; leader: 3 people have answered; "
                "shown from 5 on (or, if all of them agree: --named leader)");
}

static void test_named(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_set_named(w->map, "leader", &error));
    world_levels(w, "leader", "door", (guint[6]){0, 0, 0, 1, 2, 0});
    world_levels(w, "customer", "door", many);
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_voice *v = world_voice(gaps, NULL, "door", "leader");
    g_assert_cmpint(v->suppressed, ==, PLX_SHOWN);
    g_assert_false(v->rounded);
    NEAR(v->mean, 14 / 3.0);
    g_assert_nonnull(world_note(gaps, "named", "leader"));
    g_assert_cmpint(gaps->headline.kind, ==, PLX_HEADLINE_LEVEL);
}

static void test_five_to_nine(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "staff", "door", (guint[6]){0, 0, 1, 1, 3, 2}); /* mean 34/7 = 4.857 */
    world_levels(w, "staff", "same", (guint[6]){0, 0, 0, 7, 0, 0});
    world_levels(w, "staff", "ten", (guint[6]){0, 0, 1, 2, 4, 3});
    for (guint i = 0; i < 6; i++) {
        world_levels(w, "customer", "door", (guint[6]){9, 9, 3, 1, 0, 0});
        world_levels(w, "customer", "same", (guint[6]){9, 9, 3, 1, 0, 0});
    }
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_voice *v = world_voice(gaps, NULL, "door", "staff");
    g_assert_true(v->rounded);
    g_assert_cmpint(v->n, ==, 7);
    g_assert_cmpint(v->persons, ==, 7);
    NEAR(v->mean, 5);
    NEAR(v->desired_share, 0.9); /* 6/7 */
    NEAR(v->met_share, 1);
    NEAR(v->floor_share, 0);
    NEAR(v->top_share, 0.7); /* 5/7 */
    g_assert_null(v->counts);
    g_assert_cmpint(v->na, ==, PLX_NO_COUNT);
    g_assert_true(isnan(v->n_eff) && isnan(v->median) && isnan(v->agreement) &&
                  isnan(v->mean_ci.lo) && isnan(v->desired_ci.lo) && isnan(v->mean_range.lo));
    const struct plx_gap *gap = world_gap(gaps, "door", "staff", "customer");
    const struct plx_voice *c = world_voice(gaps, NULL, "door", "customer");
    NEAR(gap->difference, 5 - c->mean);                        /* of the rounded values */
    g_assert_cmpint(gap->verdict, ==, PLX_VERDICT_BLIND_SPOT); /* from the exact ones */
    g_assert_true(isnan(gap->ci.lo) && isnan(gap->ci_adjusted.lo) && isnan(gap->p) &&
                  isnan(gap->superiority) && isnan(gap->cliff_delta));
    g_assert_null(gap->p_method);
    /* all of one opinion: nothing but n */
    const struct plx_voice *same = world_voice(gaps, NULL, "same", "staff");
    g_assert_cmpint(same->n, ==, 7);
    g_assert_cmpint(same->persons, ==, PLX_NO_COUNT);
    g_assert_true(isnan(same->mean) && isnan(same->desired_share));
    g_assert_cmpint(world_gap(gaps, "same", "staff", "customer")->verdict, ==, PLX_VERDICT_NONE);
    g_assert_true(isnan(world_gap(gaps, "same", "staff", "customer")->difference));
    /* ten are exact */
    const struct plx_voice *ten = world_voice(gaps, NULL, "ten", "staff");
    g_assert_false(ten->rounded);
    NEAR(ten->mean, 4.9);
    g_assert_cmpint(world_note(gaps, "rounded", "staff")->count, ==, 2);
}

static void add_place(world *w, const char *audience, const char *place, const char *point,
                      guint persons)
{
    static const char *const levels[] = {"2", "3", "4", "5", "3"};
    for (guint i = 0; i < persons; i++)
        world_add(w,
                  (struct world_row){
                      .audience = audience, .place = place, .point = point, .level = levels[i % 5]},
                  1);
}

static void test_complementary_in_a_split(void)
{
    g_autoptr(world) w = world_new();
    add_place(w, "customer", "A", "door", 3);
    add_place(w, "customer", "B", "door", 30);
    add_place(w, "customer", "C", "door", 12);
    add_place(w, "customer", "D", "door", 20);
    add_place(w, "customer", "A", "taxi", 9);
    add_place(w, "customer", "B", "taxi", 9);
    const struct plx_gaps_options by = {.by = "place"};
    g_autoptr(plx_gaps) gaps = world_read(w, &by);
    g_assert_cmpint(world_voice(gaps, "A", "door", "customer")->suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(world_voice(gaps, "C", "door", "customer")->suppressed, ==,
                    PLX_HIDDEN_COMPLEMENTARY);
    g_assert_cmpint(world_voice(gaps, "B", "door", "customer")->suppressed, ==, PLX_SHOWN);
    g_assert_cmpint(world_voice(gaps, "D", "door", "customer")->suppressed, ==, PLX_SHOWN);
    /* another point is another cell */
    g_assert_cmpint(world_voice(gaps, "A", "taxi", "customer")->suppressed, ==, PLX_SHOWN);
    g_assert_cmpint(gaps->headline.kind, ==, PLX_HEADLINE_NONE);
    g_assert_nonnull(world_note(gaps, "headline_needs_one", NULL));
}

/* Small groups of one audience do not hide another's. */
static void test_complementary_within_one_audience(void)
{
    g_autoptr(world) w = world_new();
    add_place(w, "customer", "A", "door", 30);
    add_place(w, "customer", "B", "door", 30);
    add_place(w, "shopper", "A", "door", 2);
    add_place(w, "shopper", "B", "door", 8);
    const struct plx_gaps_options by = {.by = "place"};
    g_autoptr(plx_gaps) gaps = world_read(w, &by);
    g_assert_cmpint(world_voice(gaps, "B", "door", "shopper")->suppressed, ==,
                    PLX_HIDDEN_COMPLEMENTARY);
    g_assert_cmpint(world_voice(gaps, "A", "door", "customer")->suppressed, ==, PLX_SHOWN);
    g_assert_cmpint(world_voice(gaps, "B", "door", "customer")->suppressed, ==, PLX_SHOWN);
}

static void test_places_join(void)
{
    g_autoptr(world) w = world_new();
    static const char *const places[] = {"A", "B", "C", "D"};
    const guint staff[] = {3, 3, 6, 2};
    for (guint i = 0; i < 4; i++) {
        add_place(w, "staff", places[i], "door", staff[i]);
        add_place(w, "customer", places[i], "door", 20);
    }
    const struct plx_gaps_options by = {.by = "place"};
    g_autoptr(plx_gaps) gaps = world_read(w, &by);
    g_assert_cmpuint(fake_source_asked(w->source), ==, 2);
    g_assert_cmpuint(gaps->n_groups, ==, 4); /* customers keep their own */
    const struct plx_voice *a = world_voice(gaps, "A", "door", "staff");
    const struct plx_voice *b = world_voice(gaps, "B", "door", "staff");
    const struct plx_voice *c = world_voice(gaps, "C", "door", "staff");
    const struct plx_voice *d = world_voice(gaps, "D", "door", "staff");
    g_assert_cmpstr(a->label, ==, "A + B"); /* below the minimum: join the next */
    g_assert_cmpint(a->n, ==, 6);
    g_assert_cmpint(b->n, ==, 6);
    g_assert_cmpstr(c->label, ==, "C + D"); /* the rest joins the last */
    g_assert_cmpint(d->n, ==, 8);
    g_assert_null(world_voice(gaps, "A", "door", "customer")->label);
    g_assert_nonnull(world_note(gaps, "merged", "staff"));
    /* asking for one shows the merged group */
    const char *const where[] = {"place=A", NULL};
    const struct plx_gaps_options one = {.where = where};
    g_autoptr(plx_gaps) asked = world_read(w, &one);
    g_assert_cmpint(world_voice(asked, NULL, "door", "staff")->n, ==, 6);
    g_assert_cmpint(world_voice(asked, NULL, "door", "customer")->n, ==, 20);
    g_assert_cmpstr(world_note(asked, "merged", "staff")->detail, ==, "A + B");
}

/* Of the staff of one place nobody knows how many there are. */
static void test_population_of_a_part(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_set_population(w->map, "staff", 40, &error));
    g_assert_true(plx_map_set_population(w->map, "leader", 15, &error));
    add_place(w, "staff", "A", "door", 12);
    add_place(w, "staff", "B", "door", 13);
    world_levels(w, "leader", "door", (guint[6]){0, 0, 2, 3, 4, 3});
    g_autoptr(plx_gaps) whole = world_read(w, NULL);
    g_assert_cmpint(world_voice(whole, NULL, "door", "staff")->population, ==, 40);
    g_assert_false(isnan(world_voice(whole, NULL, "door", "staff")->mean_range.lo));
    g_assert_cmpint(world_note(whole, "some_answered", "staff")->count, ==, 25);
    const char *const where[] = {"place=A", NULL};
    const struct plx_gaps_options one = {.where = where}, by = {.by = "place"};
    const struct plx_gaps_options *const parts[] = {&one, &by};
    for (guint i = 0; i < 2; i++) {
        g_autoptr(plx_gaps) part = world_read(w, parts[i]);
        const char *key = i ? "A" : NULL;
        g_assert_cmpint(world_voice(part, key, "door", "staff")->n, ==, 12);
        g_assert_cmpint(world_voice(part, key, "door", "staff")->population, ==, PLX_NO_COUNT);
        g_assert_true(isnan(world_voice(part, key, "door", "staff")->mean_range.lo));
        g_assert_null(world_note(part, "some_answered", "staff"));
        g_assert_cmpint(world_voice(part, key, "door", "leader")->population, ==, 15);
        g_assert_nonnull(world_note(part, "some_answered", "leader"));
    }
}

/* Of whom nothing is shown and nothing hidden, the notes say nothing, nor his places. */
static void test_no_notes_of_the_silent(void)
{
    g_autoptr(world) w = world_new();
    add_place(w, "staff", "A", "door", 3);
    add_place(w, "staff", "B", "door", 4);
    world_add(
        w,
        (struct world_row){.audience = "customer", .place = "A", .point = "door", .expected = "4"},
        12);
    const struct plx_gaps_options expected = {.by = "place", .measure = "expected"};
    g_autoptr(plx_gaps) gaps = world_read(w, &expected);
    g_assert_cmpint(world_voice(gaps, "A", "door", "customer")->n, ==, 12);
    for (guint i = 0; i < gaps->n_notes; i++) {
        g_assert_cmpstr(gaps->notes[i].code, !=, "merged");
        g_assert_cmpstr(gaps->notes[i].code, !=, "whole_audience");
    }
}

static void test_leaders_stay_whole(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "leader", "door", (guint[6]){0, 0, 2, 3, 4, 3});
    add_place(w, "customer", "A", "door", 20);
    add_place(w, "customer", "B", "door", 20);
    const char *const where[] = {"place=A", NULL};
    const struct plx_gaps_options filter = {.where = where}, by = {.by = "place"};
    g_autoptr(plx_gaps) filtered = world_read(w, &filter);
    g_assert_cmpint(world_voice(filtered, NULL, "door", "leader")->n, ==, 12);
    g_assert_cmpint(world_voice(filtered, NULL, "door", "customer")->n, ==, 20);
    g_assert_cmpstr(world_note(filtered, "whole_audience", "leader")->detail, ==, "place");
    g_autoptr(plx_gaps) split = world_read(w, &by);
    g_assert_cmpuint(split->n_groups, ==, 2);
    g_assert_cmpint(world_voice(split, "A", "door", "leader")->n, ==, 12);
    g_assert_cmpint(world_voice(split, "B", "door", "leader")->n, ==, 12);
    g_assert_cmpuint(split->family_size, ==, 2); /* over all groups */
}

static void add_month(world *w, const char *audience, const char *day, guint persons)
{
    static const char *const levels[] = {"2", "3", "4", "5", "3"};
    for (guint i = 0; i < persons; i++)
        world_add(w,
                  (struct world_row){
                      .audience = audience, .time = day, .point = "door", .level = levels[i % 5]},
                  1);
}

static void add_channel(world *w, const char *channel, const char *place, guint persons)
{
    static const char *const levels[] = {"2", "3", "4", "5", "3"};
    for (guint i = 0; i < persons; i++)
        world_add(w,
                  (struct world_row){.audience = "staff",
                                     .channel = channel,
                                     .place = place,
                                     .point = "door",
                                     .level = levels[i % 5]},
                  1);
}

static void test_whole_months(void)
{
    g_autoptr(world) w = world_new();
    add_month(w, "staff", "2026-01-20", 6);
    add_month(w, "staff", "2026-02-03", 7);
    add_month(w, "staff", "2026-03-09", 8);
    add_month(w, "customer", "2026-01-20", 10);
    add_month(w, "customer", "2026-02-03", 10);
    const struct plx_gaps_options dates = {.since = "2026-01-15", .until = "2026-03-30"};
    g_autoptr(plx_gaps) gaps = world_read(w, &dates);
    g_assert_cmpint(world_voice(gaps, NULL, "door", "staff")->n, ==, 7);
    g_assert_cmpint(world_voice(gaps, NULL, "door", "customer")->n, ==, 20);
    g_assert_cmpstr(world_note(gaps, "whole_months", "staff")->detail, ==, "2026-02..2026-02");
    /* until includes its whole day, so March is whole here */
    const struct plx_gaps_options whole = {.since = "2026-02-01", .until = "2026-03-31"};
    g_autoptr(plx_gaps) both = world_read(w, &whole);
    g_assert_cmpint(world_voice(both, NULL, "door", "staff")->n, ==, 15);
    g_assert_cmpstr(both->asked_until, ==, "2026-03-31");
    const struct plx_gaps_options none = {.since = "2026-01-15", .until = "2026-02-20"};
    g_autoptr(plx_gaps) hidden = world_read(w, &none);
    g_assert_null(world_voice(hidden, NULL, "door", "staff"));
    g_assert_cmpstr(world_note(hidden, "filter_not_allowed", "staff")->detail, ==,
                    "no_whole_month");
    /* a whole month, open at its end, in which none of them answered */
    add_month(w, "customer", "2026-04-09", 10);
    g_clear_pointer(&w->source, plx_source_free);
    const struct plx_gaps_options later = {.since = "2026-03-15"};
    g_autoptr(plx_gaps) april = world_read(w, &later);
    g_assert_null(world_note(april, "filter_not_allowed", "staff"));
    g_assert_nonnull(world_note(april, "none_pass", "staff"));
}

static void test_months_join_forward(void)
{
    g_autoptr(world) w = world_new();
    add_month(w, "staff", "2026-01-20", 3);
    add_month(w, "staff", "2026-02-03", 4);
    add_month(w, "staff", "2026-03-09", 8);
    add_month(w, "staff", "2026-04-09", 2);
    add_month(w, "customer", "2026-01-20", 10);
    const struct plx_gaps_options by = {.by = "month"};
    g_autoptr(plx_gaps) gaps = world_read(w, &by);
    const struct plx_voice *january = world_voice(gaps, "2026-01", "door", "staff");
    g_assert_cmpstr(january->label, ==, "2026-01..2026-02");
    g_assert_cmpint(january->n, ==, 7);
    g_assert_cmpstr(world_voice(gaps, "2026-04", "door", "staff")->label, ==, "2026-03..2026-04");
    /* January alone is inside no class */
    const struct plx_gaps_options dates = {.since = "2026-01-01", .until = "2026-01-31"};
    g_autoptr(plx_gaps) asked = world_read(w, &dates);
    g_assert_null(world_voice(asked, NULL, "door", "staff"));
    g_assert_null(world_note(asked, "filter_not_allowed", "staff"));
    g_assert_cmpstr(world_note(asked, "months_joined", "staff")->detail, ==, "2026-01..2026-02");
    /* what is open is no part of a month */
    const struct plx_gaps_options open = {.since = "2026-03-01"};
    g_autoptr(plx_gaps) since = world_read(w, &open);
    g_assert_cmpint(world_voice(since, NULL, "door", "staff")->n, ==, 10);
    g_assert_cmpstr(world_note(since, "whole_months", "staff")->detail, ==, "2026-03..2026-04");
}

/* Guesses out of ten: the mean of a few says no more than the share believed, in tenths. */
static void test_guesses_as_coarse_as_shares(void)
{
    g_autoptr(world) w = world_new();
    static const char *const guesses[] = {"7", "8", "8", "9", "7", "7", "5"}; /* 51/7 = 7.29 */
    for (guint i = 0; i < 7; i++)
        world_add(
            w, (struct world_row){.audience = "staff", .point = "door", .believed = guesses[i]}, 1);
    world_levels(w, "customer", "door", (guint[6]){2, 4, 6, 5, 2, 1});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    NEAR(world_belief(gaps, "door", "staff")->believed, 0.7);
    const struct plx_gaps_options believed = {.measure = "believed"};
    g_autoptr(plx_gaps) levels = world_read(w, &believed);
    NEAR(world_voice(levels, NULL, "door", "staff")->mean, 7); /* not 7.5 */
}

/* A protected voice that the filter leaves out altogether is said to be so. */
static void test_left_out_is_said(void)
{
    g_autoptr(world) w = world_new();
    add_channel(w, "", "A", 12);
    world_add(
        w,
        (struct world_row){.audience = "customer", .channel = "app", .point = "door", .level = "3"},
        20);
    const char *const app[] = {"channel=app", NULL};
    const struct plx_gaps_options options = {.where = app};
    g_autoptr(plx_gaps) gaps = world_read(w, &options);
    g_assert_null(world_voice(gaps, NULL, "door", "staff"));
    g_assert_nonnull(world_note(gaps, "none_pass", "staff"));
    for (guint i = 0; i < gaps->n_notes; i++) /* every note can name its audience */
        g_assert_cmpint(gaps->notes[i].audience, <, (gint)gaps->n_audiences);
}

static void test_one_further_key(void)
{
    g_autoptr(world) w = world_new();
    add_channel(w, "web", "A", 12);
    add_channel(w, "app", "A", 11);
    world_add(w,
              (struct world_row){.audience = "customer",
                                 .channel = "web",
                                 .point = "door",
                                 .level = "3",
                                 .time = "2026-02-03"},
              20);
    const char *const one[] = {"channel=web", NULL};
    const char *const same[] = {"channel=web|app", "channel!=app", NULL};
    const char *const two[] = {"channel=web", "source!=x", NULL};
    const char *const place[] = {"channel=web", "place=A", NULL};
    const char *const other[] = {"source!=x", NULL};
    const struct plx_gaps_options a = {.where = one}, b = {.where = two}, c = {.where = place},
                                  d = {.where = other, .by = "channel"}, e = {.where = same},
                                  f = {.by = "week"};
    g_autoptr(plx_gaps) allowed = world_read(w, &a);
    g_assert_cmpint(world_voice(allowed, NULL, "door", "staff")->n, ==, 12);
    g_autoptr(plx_gaps) more = world_read(w, &b);
    g_assert_cmpint(world_voice(more, NULL, "door", "staff")->suppressed, ==, PLX_HIDDEN_FILTER);
    g_assert_cmpstr(world_note(more, "filter_not_allowed", "staff")->detail, ==, "keys");
    g_autoptr(plx_gaps) besides = world_read(w, &c);
    g_assert_cmpint(world_voice(besides, NULL, "door", "staff")->n, ==, 12);
    g_autoptr(plx_gaps) split = world_read(w, &d);
    for (guint g = 0; g < split->n_groups; g++) {
        const struct plx_voice *v = world_voice(split, split->groups[g].key, "door", "staff");
        g_assert_true(!v || v->suppressed == PLX_HIDDEN_FILTER);
    }
    g_autoptr(plx_gaps) twice = world_read(w, &e);
    g_assert_cmpint(world_voice(twice, NULL, "door", "staff")->n, ==, 12);
    g_assert_null(world_note(more, "filter_not_allowed", "leader")); /* there are none */
    g_autoptr(plx_gaps) week = world_read(w, &f);
    g_assert_cmpstr(world_note(week, "filter_not_allowed", "staff")->detail, ==, "week");
}

/* A filter may not cut off what a split would not show. */
static void test_filter_respects_the_pool(void)
{
    g_autoptr(world) w = world_new();
    add_channel(w, "app", "A", 3);
    add_channel(w, "desk", "A", 8);
    add_channel(w, "web", "A", 12);
    static const char *const all[] = {"app", "desk", "web"};
    for (guint i = 0; i < 3; i++)
        world_add(w,
                  (struct world_row){
                      .audience = "customer", .channel = all[i], .point = "door", .level = "3"},
                  20);
    const struct {
        const char *where;
        enum plx_suppression suppressed;
    } cases[] = {{"channel=app", PLX_HIDDEN_FEW},
                 {"channel!=app", PLX_HIDDEN_COMPLEMENTARY},
                 {"channel=web", PLX_SHOWN},
                 {"channel=app|desk", PLX_SHOWN},
                 {"channel=app|web", PLX_HIDDEN_COMPLEMENTARY},
                 {"channel=desk", PLX_HIDDEN_COMPLEMENTARY}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *const where[] = {cases[i].where, NULL};
        const struct plx_gaps_options options = {.where = where};
        g_autoptr(plx_gaps) gaps = world_read(w, &options);
        g_test_message("%s", cases[i].where);
        g_assert_cmpint(world_voice(gaps, NULL, "door", "staff")->suppressed, ==,
                        cases[i].suppressed);
    }
}

/* --- Differencing by exhaustive pairs ---
 *
 * Every staff member gives a level of his own on a wide scale, so released counts tell who is in a
 * table; the minimum is ten, so that no table is rounded. Every question over places, windows of
 * months and channels is asked; of every two released tables of which one was asked within the
 * other, and of every split against its total, the difference must hold nobody or ten. */

#define PLACES 4
#define MONTHS 3
#define CHANNELS 3
#define MINIMUM 10

struct asked {
    guint places, months, channels; /* bit masks of what was asked */
    guint64 members;                /* who is in the released table; 0 = not shown */
};

static const char *const place_names[PLACES] = {"A", "B", "C", "D"};
static const char *const channel_names[CHANNELS] = {"app", "desk", "web"};
static const char *const first_days[MONTHS] = {"2026-01-01", "2026-02-01", "2026-03-01"};
static const char *const last_days[MONTHS] = {"2026-01-31", "2026-02-28", "2026-03-31"};

static world *random_world(guint seed)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    world *w = world_new_map("parallax: 1\ntitle: Differences\n"
                             "scales:\n  who: {min: 0, max: 63}\n"
                             "audiences:\n  staff: {scale: who, minimum: 10}\n");
    const guint n = 40 + (guint)g_rand_int_range(random, 0, 24);
    for (guint i = 0; i < n; i++) {
        g_autofree char *level = g_strdup_printf("%u", i);
        /* skewed: small cells in every direction */
        const guint place = (guint)(g_rand_double(random) * PLACES);
        const guint month = (guint)(g_rand_double(random) * MONTHS);
        const guint channel = (guint)(g_rand_double(random) * g_rand_double(random) * CHANNELS);
        world_add(w,
                  (struct world_row){.audience = "staff",
                                     .point = "door",
                                     .place = place_names[place],
                                     .time = first_days[month],
                                     .channel = channel_names[channel],
                                     .level = level},
                  1);
    }
    return w;
}

static guint64 members_of(const struct plx_voice *v)
{
    guint64 members = 0;
    for (guint i = 0; v && v->counts && i < v->k; i++)
        members |= v->counts[i] ? G_GUINT64_CONSTANT(1) << i : 0;
    return members;
}

static char *test_text(const char *key, const char *const *names, guint n, guint mask)
{
    GString *text = g_string_new(key);
    const char *separator = "=";
    for (guint i = 0; i < n; i++) {
        if (!(mask & 1U << i))
            continue;
        g_string_append_printf(text, "%s%s", separator, names[i]);
        separator = "|";
    }
    return g_string_free(text, FALSE);
}

static gboolean fair(guint64 difference)
{
    const guint n = (guint)__builtin_popcountll(difference);
    return n == 0 || n >= MINIMUM;
}

/* One question; where nothing may be shown no table is released. */
static void ask_one(world *w, guint places, guint months, guint channels, const char *by,
                    GArray *tables)
{
    g_autofree char *place = test_text("place", place_names, PLACES, places);
    g_autofree char *channel = test_text("channel", channel_names, CHANNELS, channels);
    const char *where[3] = {NULL};
    guint n = 0;
    if (places != (1U << PLACES) - 1)
        where[n++] = place;
    if (channels != (1U << CHANNELS) - 1)
        where[n++] = channel;
    struct plx_gaps_options options = {.where = where, .by = by};
    if (months != (1U << MONTHS) - 1) {
        options.since = first_days[__builtin_ctz(months)];
        options.until = last_days[31 - __builtin_clz(months)];
    }
    if (!w->source)
        w->source = fake_source_new(w->map, w->csv->str);
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_gaps) gaps = plx_gaps_read(w->source, &options, &error);
    g_assert_true(gaps || g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_SHOWN) ||
                  g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND));
    guint64 together = 0;
    for (guint g = 0; gaps && g < gaps->n_groups; g++) {
        const char *key = gaps->groups[g].key;
        struct asked table = {places, months, channels,
                              members_of(world_voice(gaps, key, "door", "staff"))};
        for (guint i = 0; by && i < PLACES; i++)
            table.places = strcmp(key, place_names[i]) == 0 ? 1U << i : table.places;
        for (guint i = 0; by && i < CHANNELS; i++)
            table.channels = strcmp(key, channel_names[i]) == 0 ? 1U << i : table.channels;
        for (guint i = 0; by && i < MONTHS; i++)
            table.months = strncmp(key, first_days[i], 7) == 0 ? 1U << i : table.months;
        together |= table.members;
        if (table.members)
            g_array_append_val(tables, table);
    }
    if (by && together) {
        const struct asked all = {places, months, channels, together};
        g_array_append_val(tables, all);
    }
}

static GArray *ask_all(world *w)
{
    static const guint windows[] = {7, 1, 2, 4, 3, 6};
    GArray *tables = g_array_new(FALSE, FALSE, sizeof(struct asked));
    for (guint p = 1; p < 1U << PLACES; p++)
        for (gsize m = 0; m < G_N_ELEMENTS(windows); m++)
            ask_one(w, p, windows[m], 7, NULL, tables);
    for (guint c = 1; c < 1U << CHANNELS; c++)
        for (gsize m = 0; m < G_N_ELEMENTS(windows); m++)
            ask_one(w, 15, windows[m], c, NULL, tables);
    for (guint p = 1; p < 1U << PLACES; p++)
        for (guint c = 1; c < 1U << CHANNELS; c++)
            ask_one(w, p, 7, c, NULL, tables);
    for (guint p = 1; p < 1U << PLACES; p <<= 1)
        for (guint c = 1; c < 1U << CHANNELS; c <<= 1)
            ask_one(w, p, 3, c, NULL, tables);
    static const char *const splits[] = {"place", "month", "channel"};
    for (gsize b = 0; b < G_N_ELEMENTS(splits); b++) {
        ask_one(w, 15, 7, 7, splits[b], tables);
        ask_one(w, 3, 7, 7, splits[b], tables);
        ask_one(w, 15, 6, 7, splits[b], tables);
        ask_one(w, 15, 7, 3, splits[b], tables);
    }
    return tables;
}

static gboolean within(const struct asked *a, const struct asked *b)
{
    return !(a->places & ~b->places) && !(a->months & ~b->months) && !(a->channels & ~b->channels);
}

static void test_differencing(void)
{
    guint released = 0, compared = 0;
    for (guint seed = 1; seed <= 5; seed++) {
        g_autoptr(world) w = random_world(seed);
        g_autoptr(GArray) tables = ask_all(w);
        for (guint i = 0; i < tables->len; i++) {
            const struct asked *a = &g_array_index(tables, struct asked, i);
            released++;
            g_assert_cmpint(__builtin_popcountll(a->members), >=, MINIMUM);
            for (guint j = 0; j < tables->len; j++) {
                const struct asked *b = &g_array_index(tables, struct asked, j);
                if (i == j || !within(a, b) || (a->members & ~b->members))
                    continue;
                compared++;
                if (!fair(b->members & ~a->members))
                    g_error("world %u: places %x months %x channels %x less places %x months %x "
                            "channels %x leaves %d",
                            seed, b->places, b->months, b->channels, a->places, a->months,
                            a->channels, __builtin_popcountll(b->members & ~a->members));
            }
        }
    }
    g_test_message("%u tables, %u pairs", released, compared);
    /* the worlds are not so small that nothing is shown and nothing tested */
    g_assert_cmpuint(released, >, 300);
    g_assert_cmpuint(compared, >, 3000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/privacy/minimum-of-persons", test_minimum_of_persons);
    g_test_add_func("/privacy/hidden-leaders", test_hidden_leaders);
    g_test_add_func("/privacy/nothing-shown", test_nothing_shown);
    g_test_add_func("/privacy/named", test_named);
    g_test_add_func("/privacy/five-to-nine", test_five_to_nine);
    g_test_add_func("/privacy/complementary-in-a-split", test_complementary_in_a_split);
    g_test_add_func("/privacy/complementary-within-one-audience",
                    test_complementary_within_one_audience);
    g_test_add_func("/privacy/places-join", test_places_join);
    g_test_add_func("/privacy/population-of-a-part", test_population_of_a_part);
    g_test_add_func("/privacy/no-notes-of-the-silent", test_no_notes_of_the_silent);
    g_test_add_func("/privacy/leaders-stay-whole", test_leaders_stay_whole);
    g_test_add_func("/privacy/guesses-as-coarse-as-shares", test_guesses_as_coarse_as_shares);
    g_test_add_func("/privacy/left-out-is-said", test_left_out_is_said);
    g_test_add_func("/privacy/whole-months", test_whole_months);
    g_test_add_func("/privacy/months-join-forward", test_months_join_forward);
    g_test_add_func("/privacy/one-further-key", test_one_further_key);
    g_test_add_func("/privacy/filter-respects-the-pool", test_filter_respects_the_pool);
    g_test_add_func("/privacy/differencing", test_differencing);
    return g_test_run();
}
