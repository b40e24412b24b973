/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/outlook.h"

#include "report/step.h"
#include "trial_world.h"

#include <math.h>
#include <string.h>

static struct plx_step_outlook look(const world *w, const struct world_ask *ask, gint64 self)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(paper) p = world_write(w, NULL);
    g_autoptr(GPtrArray) steps = world_step(w, p->map, ask);
    struct plx_step_outlook outlook = {.known = FALSE};
    const struct plx_step *const step = steps->pdata[0];
    g_assert_true(plx_step_look_back(paper_source(p), step->plan, steps, self, &outlook, &error));
    g_assert_no_error(error);
    return outlook;
}

/* Of 4 and 4 places with ten answers a week each. */
static void test_ready(void)
{
    world w = world_new();
    w.until_week = 0;
    const struct world_ask ask = {.weeks = -1};
    const struct plx_step_outlook all = look(&w, &ask, 1);
    g_assert_true(all.known);
    g_assert_cmpuint(all.places, ==, 4);
    g_assert_cmpuint(all.ready, ==, 4);
    g_assert_cmpuint(all.compared, ==, 4);
    g_assert_cmpuint(all.compared_ready, ==, 4);
    g_assert_cmpfloat(all.share, >, 0);
    g_assert_cmpfloat(all.share, <, 1);
    g_assert_cmpint(all.other, ==, 0);
    g_assert_cmpint(look(&w, &ask, 0).other, ==, 1); /* the step there is another one then */
    const struct world_ask everywhere = {.weeks = -1, .places = "", .compare = ""};
    const struct plx_step_outlook any = look(&w, &everywhere, 1);
    g_assert_cmpuint(any.places, ==, 8);
    g_assert_cmpuint(any.ready, ==, 8);
    g_assert_cmpuint(any.compared, ==, 0);
}

/* Only as long as the baseline is looked back: one answer a week and place, two weeks. */
static void test_short(void)
{
    world w = world_new();
    w.until_week = 0;
    w.per_week = 1;
    const struct world_ask brief = {.weeks = -1, .window = "2w"};
    const struct plx_step_outlook two = look(&w, &brief, 1);
    g_assert_cmpuint(two.ready, ==, 0);
    g_assert_cmpuint(two.compared_ready, ==, 0);
    const struct world_ask usual = {.weeks = -1};
    g_assert_cmpuint(look(&w, &usual, 1).ready, ==, 4);
}

/* Eighty answers a week at eight places. How many it takes is held against what Whitehead's paper
 * gives for the shares that are there, in test_whitehead.c; here that it goes by them. */
static void test_enough(void)
{
    world w = world_new();
    w.until_week = 0;
    const struct world_ask ask = {.weeks = -1};
    const struct plx_step_outlook beside = look(&w, &ask, 1);
    g_assert_cmpfloat(beside.per_week, ==, 80);
    g_assert_cmpfloat(beside.fresh, ==, 6); /* eight at each of eight places, of 80 / 7 a day */
    g_assert_cmpfloat(beside.share_all, >, 0);
    g_assert_cmpfloat(beside.answers, >, 0);
    g_assert_cmpfloat(beside.answers, ==, floor(beside.answers));
    const struct world_ask everywhere = {.weeks = -1, .places = "", .compare = ""};
    const struct plx_step_outlook before = look(&w, &everywhere, 1);
    g_assert_cmpfloat(before.per_week, ==, 80);
    g_assert_cmpfloat(before.answers, ==, beside.answers); /* the same answers, all of them */
    g_assert_true(isnan(before.fresh));
    const gint32 days = (gint32)ceil(7 * beside.answers / 80);
    const gint32 half = (gint32)ceil(7 * beside.answers / 2 / 80);
    g_assert_cmpint(beside.enough - before.enough, ==, days - half);
}

/* Fewer people than may be shown: no share. */
static void test_hidden(void)
{
    world w = world_new();
    w.per_week = 1;
    w.from_week = -1;
    w.until_week = 0;
    const struct world_ask ask = {.weeks = -1};
    const struct plx_step_outlook outlook = look(&w, &ask, 1);
    g_assert_true(outlook.known);
    g_assert_true(isnan(outlook.share));
    g_assert_true(isnan(outlook.share_all));
    g_assert_true(isnan(outlook.answers));
    g_assert_cmpint(outlook.enough, ==, 0);
    g_assert_cmpuint(outlook.ready, ==, 0);
}

static void expect(const struct plx_step_outlook *outlook, const struct plx_step_plan *plan,
                   guint i, const char *code)
{
    struct plx_step_remark remark;
    const gboolean there = plx_step_outlook_remark(outlook, plan, i, &remark);
    g_assert_true(there == (code != NULL));
    if (!there)
        return;
    g_assert_cmpstr(remark.code, ==, code);
    g_free(remark.words);
}

static void test_remarks(void)
{
    char window[] = "8w";
    const struct plx_step_plan plan = {.to = 3, .share = 0.6, .window = window};
    const struct plx_step_outlook fine = {
        .known = TRUE, .places = 5, .compared = 4, .ready = 4, .compared_ready = 4, .share = 0.59};
    expect(&fine, &plan, 0, NULL);
    const struct plx_step_outlook all = {.known = TRUE,
                                         .places = 5,
                                         .compared = 4,
                                         .ready = 3,
                                         .compared_ready = 4,
                                         .share = 0.6,
                                         .other = 7};
    expect(&all, &plan, 0, "few_answers");
    expect(&all, &plan, 1, "met_already");
    expect(&all, &plan, 2, "other_step");
    expect(&all, &plan, 3, NULL);
    const struct plx_step_outlook unknown = {.known = FALSE, .share = NAN};
    expect(&unknown, &plan, 0, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/outlook/ready", test_ready);
    g_test_add_func("/outlook/short", test_short);
    g_test_add_func("/outlook/enough", test_enough);
    g_test_add_func("/outlook/hidden", test_hidden);
    g_test_add_func("/outlook/remarks", test_remarks);
    return g_test_run();
}
