/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/ledger.h"

#include "base/date.h"
#include "report/ledger.h"
#include "stats/random.h"
#include "trial_world.h"

#include <math.h>
#include <string.h>

static const char shop[] =
    "parallax: 1\n"
    "title: Shop\n"
    "journeys:\n"
    "  - title: Visit\n"
    "    transactions:\n"
    "      - title: In\n"
    "        points:\n"
    "          - {id: door, title: The door}\n"
    "          - {id: desk, title: The desk, value: mindset, senses: [see, hear], effort: week}\n"
    "          - {id: till, title: The till}\n";

/* The places with the step and four of the others; four of these against the rest. */
static const struct world_ask lifted = {.weeks = -9, .compare = "c0,c1,c2,c3"};
static const struct world_ask idle = {
    .weeks = -9, .places = "c0,c1,c2,c3", .compare = "c4,c5,c6,c7"};
static const struct world_ask late = {.weeks = 1, .compare = "c0,c1,c2,c3"};

static void add(GPtrArray *steps, const world *w, const plx_map *map, const struct world_ask *ask,
                enum plx_step_repair repair)
{
    g_autoptr(GPtrArray) one = world_step(w, map, ask);
    struct plx_step *const step = g_ptr_array_steal_index(one, 0);
    step->id = (gint64)steps->len + 1;
    step->plan->repair = repair;
    g_ptr_array_add(steps, step);
}

static world quiet_world(void)
{
    world w = world_new();
    w.compared = 8;
    w.lift = 0.9;
    w.per_week = 3;
    return w;
}

static plx_ledger *read_all(paper *p, const GPtrArray *steps, gint weeks)
{
    g_autoptr(GError) error = NULL;
    plx_source *const source = paper_source(p); /* owned by the paper */
    const struct plx_trial_options options = {
        .today = world_start() + 7 * weeks, .seed = 1, .steps = steps};
    plx_ledger *const ledger = plx_ledger_read(source, steps, &options, &error);
    g_assert_no_error(error);
    return ledger;
}

/* All zero: there is none. */
static struct plx_ledger_group find(const plx_ledger *ledger, enum plx_ledger_kind kind,
                                    const char *name)
{
    for (guint i = 0; i < ledger->n_groups; i++)
        if (ledger->groups[i].kind == kind && strcmp(ledger->groups[i].name, name) == 0)
            return ledger->groups[i];
    return (struct plx_ledger_group){.name = NULL};
}

static void test_counts(void)
{
    const world w = quiet_world();
    g_autoptr(paper) p = world_write(&w, shop);
    g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func(plx_step_free);
    add(steps, &w, p->map, &lifted, PLX_STEP_DELIVERY);
    add(steps, &w, p->map, &idle, PLX_STEP_DELIVERY);
    add(steps, &w, p->map, &late, PLX_STEP_PROMISE);
    g_autoptr(plx_ledger) ledger = read_all(p, steps, 13);
    g_assert_cmpuint(ledger->n, ==, 3);
    g_assert_cmpuint(ledger->judged, ==, 2);
    g_assert_cmpuint(ledger->up, ==, 1);
    g_assert_cmpuint(ledger->not_shown, ==, 1);
    g_assert_cmpuint(ledger->looks_up, ==, 1);
    g_assert_false(ledger->entries[2].judged);
    const struct plx_ledger_group hear = find(ledger, PLX_LEDGER_SENSE, "hear");
    g_assert_cmpuint(hear.steps, ==, 3);
    g_assert_cmpuint(hear.judged, ==, 2);
    const double lived = ledger->entries[0].trial->decision.change.estimate;
    const double idled = ledger->entries[1].trial->decision.change.estimate;
    g_assert_cmpfloat_with_epsilon(hear.change, (lived + idled) / 2, 1e-12);
    g_assert_true(isnan(hear.apart.lo)); /* there are no others */
    g_assert_cmpuint(find(ledger, PLX_LEDGER_VALUE, "mindset").up, ==, 1);
    g_assert_cmpuint(find(ledger, PLX_LEDGER_EFFORT, "week").steps, ==, 3);
    g_assert_cmpuint(find(ledger, PLX_LEDGER_REPAIR, "promise").judged, ==, 0);
    g_assert_cmpuint(find(ledger, PLX_LEDGER_VALUE, "product").steps, ==, 0);
}

/* What never began is not judged, and holds nothing open. */
static void test_given_up(void)
{
    const world w = quiet_world();
    g_autoptr(paper) p = world_write(&w, shop);
    g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func(plx_step_free);
    g_autoptr(GError) error = NULL;
    add(steps, &w, p->map, &lifted, PLX_STEP_DELIVERY);
    const gint64 when = (gint64)(world_start() - 7) * PLX_DAY_SECONDS;
    plx_step_apply(steps, 1, when, "anna", "stop", "{}", "act", &error);
    g_assert_no_error(error);
    g_autoptr(plx_ledger) ledger = read_all(p, steps, 13);
    g_assert_cmpuint(ledger->given_up, ==, 1);
    g_assert_cmpuint(ledger->judged, ==, 0);
    g_assert_false(ledger->entries[0].judged);
    g_assert_cmpuint(find(ledger, PLX_LEDGER_EFFORT, "week").judged, ==, 0);
}

static void test_kinds(void)
{
    const world w = quiet_world();
    g_autoptr(paper) p = world_write(&w, shop);
    g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func(plx_step_free);
    for (guint i = 0; i < 6; i++) {
        add(steps, &w, p->map, &lifted, PLX_STEP_DELIVERY);
        add(steps, &w, p->map, &idle, PLX_STEP_PROMISE);
    }
    g_autoptr(plx_ledger) ledger = read_all(p, steps, 13);
    const struct plx_ledger_group delivery = find(ledger, PLX_LEDGER_REPAIR, "delivery");
    const struct plx_ledger_group promise = find(ledger, PLX_LEDGER_REPAIR, "promise");
    g_assert_cmpuint(delivery.up, ==, 6);
    g_assert_cmpuint(promise.up, ==, 0);
    g_assert_true(delivery.stands_out && delivery.apart.lo > 0);
    g_assert_true(promise.stands_out && promise.apart.hi < 0);
    g_assert_cmpfloat_with_epsilon(ledger->level, 1 - 0.05 / 2, 1e-12); /* two kinds to compare */
    g_autoptr(plx_story) story = plx_ledger_story(ledger);
    g_autoptr(GString) text = g_string_new(NULL);
    const struct plx_table_options options = {.width = 80, .unicode = TRUE};
    plx_story_text(story, &options, text);
    g_assert_nonnull(strstr(text->str, "12 steps judged: 6 up, 6 not shown, 0 down."));
    g_assert_nonnull(strstr(text->str, "What kind of step works here"));
    g_assert_nonnull(strstr(text->str, "6 of 6 judged steps went up, of all others 0 of 6."));
}

/* One person's answers to three points and to the whole, which goes by the desk: a level for each
 * level that it is below Expected. */
static void add_person(paper *p, struct plx_random *random, guint i, gint32 day)
{
    char date[PLX_DATE_SIZE];
    static const char *const points[] = {"door", "desk", "till"};
    int whole = 2 + (int)plx_random_below(random, 2);
    plx_date_format(day, date);
    for (guint point = 0; point < 3; point++) {
        const int level = 1 + (int)plx_random_below(random, 6);
        whole += point == 1 ? MIN(level, 3) : 0;
        g_string_append_printf(p->csv, "customer,p%u,t%u,%s,visit,%s,%d,\n", i, i % 4, date,
                               points[point], level);
    }
    g_string_append_printf(p->csv, "customer,p%u,t%u,%s,visit,,,%d\n", i, i % 4, date, whole);
}

/* What went with the whole before the start; what came after is not looked at. */
static void test_association(void)
{
    const world w = quiet_world();
    struct plx_random random;
    g_autoptr(paper) p =
        paper_new(shop, "audience,encounter,place,time,journey,point,level,overall");
    plx_random_seed(&random, 5);
    for (guint i = 0; i < 600; i++)
        add_person(p, &random, i, world_start() - 1 - (gint32)(i % 50));
    g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func(plx_step_free);
    add(steps, &w, p->map, &lifted, PLX_STEP_DELIVERY);
    g_autoptr(plx_ledger) before = read_all(p, steps, 13);
    const struct plx_ledger_entry entry = before->entries[0];
    g_assert_false(entry.above); /* 3 to 4: up to Desired */
    g_assert_cmpstr(entry.outcome, ==, "overall");
    g_assert_cmpfloat_with_epsilon(entry.associated, 1.5, 0.25); /* mean of 1 and 2 levels */
    g_assert_cmpfloat(entry.associated_ci.lo, >, 1);
    for (guint i = 0; i < 600; i++) /* afterwards all is as if nothing mattered */
        g_string_append_printf(p->csv, "customer,q%u,t0,2026-01-01,visit,,,%u\n", i, 1 + i % 6);
    g_autoptr(plx_ledger) after = read_all(p, steps, 13);
    g_assert_cmpfloat(after->entries[0].associated, ==, entry.associated);
}

/* Too few answers for anything: nothing is said to be known. */
static void test_little(void)
{
    world w = quiet_world();
    w.per_week = 1;
    w.from_week = -1;
    w.until_week = 0;
    g_autoptr(paper) p = world_write(&w, shop);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(plx_ledger) empty = read_all(p, none, 13);
    g_assert_cmpuint(empty->n_groups, ==, 0);
    g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func(plx_step_free);
    add(steps, &w, p->map, &lifted, PLX_STEP_DELIVERY);
    g_autoptr(plx_ledger) ledger = read_all(p, steps, 13);
    g_assert_cmpuint(ledger->judged, ==, 0);
    g_assert_true(isnan(ledger->entries[0].associated));
    g_assert_null(ledger->entries[0].outcome);
    g_assert_true(isnan(find(ledger, PLX_LEDGER_REPAIR, "delivery").change));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ledger/counts", test_counts);
    g_test_add_func("/ledger/given-up", test_given_up);
    g_test_add_func("/ledger/kinds", test_kinds);
    g_test_add_func("/ledger/association", test_association);
    g_test_add_func("/ledger/little", test_little);
    return g_test_run();
}
