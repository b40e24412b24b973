/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visits.h"

#include "base/date.h"
#include "base/error.h"
#include "form/visit_brief.h"

#include <string.h>

/* Acts on visits ------------------------------------------------------------------------------ */

static void must_not(plx_visit_list *list, gint64 visit, const char *act, const char *body,
                     const char *message)
{
    g_autoptr(GError) error = NULL;
    const guint n = list->visits->len;
    g_assert_false(plx_visit_apply(list, visit, VISITS_WHEN, "anna", act, body, &error));
    g_assert_nonnull(error);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_cmpuint(list->visits->len, ==, n);
}

static void check_state(const plx_visit_list *list, guint visit, const char *state)
{
    const plx_visit *const found = list->visits->pdata[visit - 1];
    g_assert_cmpstr(plx_visit_state_name(found->state), ==, state);
}

/* From the plan over a report that is returned to one that is accepted. */
static void test_told(void)
{
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    g_autofree char *sent = plx_visit_send_text("report-1", FALSE);
    g_autofree char *again = plx_visit_send_text("report-2", FALSE);
    g_autofree char *back = plx_visit_review_text(PLX_VISIT_RETURNED, "When was it?");
    g_autofree char *accepted = plx_visit_review_text(PLX_VISIT_ACCEPTED, NULL);
    visits_must(list, 1, "plan", VISITS_PLAN);
    check_state(list, 1, "planned");
    must_not(list, 1, "send", sent,
             "visit 1 is planned and has no shopper yet: nothing more can be told");
    visits_assign(list, 1, 3, "h1");
    visits_assign(list, 1, 4, "h2");
    check_state(list, 1, "assigned");
    g_assert_null(plx_visit_linked(list, "h1"));
    const plx_visit *const visit = plx_visit_linked(list, "h2");
    g_assert_true(visit == list->visits->pdata[0] && plx_visit_is_open(visit));
    g_assert_cmpint(visit->shopper, ==, 4);
    must_not(list, 1, "review", accepted,
             "visit 1 is assigned, and nothing has been sent yet: there is no report to review");
    visits_must(list, 1, "send", sent);
    must_not(list, 1, "send", again,
             "visit 1 was told and waits for a review: nothing more can be told");
    visits_must(list, 1, "review", back);
    check_state(list, 1, "returned");
    must_not(list, 1, "assign", "{\"shopper\": 5, \"hash\": \"h3\"}",
             "visit 1 was returned to its shopper: only the same shopper can tell it again");
    visits_must(list, 1, "send", again);
    visits_must(list, 1, "review", accepted);
    check_state(list, 1, "accepted");
    g_assert_cmpstr(visit->report, ==, "report-2");
    g_assert_cmpuint(visit->reports, ==, 2);
    g_assert_cmpuint(visit->events->len, ==, 7);
    const struct plx_visit_event *const event = visit->events->pdata[4];
    g_assert_cmpstr(event->words, ==, "When was it?");
    g_assert_cmpstr(event->author, ==, "anna");
    g_assert_cmpint(event->utc_seconds, ==, VISITS_WHEN);
    g_assert_cmpstr(plx_visit_closed_key(visit), ==, "visit.closed.accepted");
}

static void test_withdrawn(void)
{
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    g_autofree char *sent = plx_visit_send_text("report-1", FALSE);
    g_autofree char *off = plx_visit_review_text(PLX_VISIT_WITHDRAWN, "Closed for repairs");
    visits_must(list, 1, "plan", VISITS_PLAN);
    visits_assign(list, 1, 1, "h1");
    visits_must(list, 1, "review", off);
    check_state(list, 1, "withdrawn");
    must_not(list, 1, "send", sent, "visit 1 was withdrawn: nothing more can be told");
    must_not(list, 1, "review", off, "visit 1 was withdrawn: it cannot be withdrawn");
    must_not(list, 1, "assign", "{\"shopper\": 1, \"hash\": \"h3\"}",
             "visit 1 was withdrawn: it cannot be assigned");
    g_assert_cmpstr(plx_visit_closed_key(list->visits->pdata[0]), ==, "visit.closed.withdrawn");
}

/* Whose shopper was erased has no link; what was not told is planned for somebody else. */
static void test_void(void)
{
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    g_autofree char *sent = plx_visit_send_text("report-1", FALSE);
    g_autofree char *returned = plx_visit_review_text(PLX_VISIT_RETURNED, "When?");
    g_autofree char *accepted = plx_visit_review_text(PLX_VISIT_ACCEPTED, NULL);
    g_autofree char *done = plx_visit_close_text();
    visits_must(list, 1, "plan", VISITS_PLAN);
    visits_assign(list, 1, 1, "h1");
    visits_must(list, 1, "send", sent);
    visits_must(list, 1, "review", returned);
    visits_must(list, 1, "close", done);
    check_state(list, 1, "planned");
    g_assert_null(plx_visit_linked(list, "h1"));
    visits_assign(list, 1, 2, "h2");
    g_assert_nonnull(plx_visit_linked(list, "h2"));
    visits_must(list, 1, "send", sent);
    visits_must(list, 1, "review", accepted);
    visits_must(list, 1, "close", done);
    check_state(list, 1, "accepted");
    g_assert_null(plx_visit_linked(list, "h2"));
}

/* A walk is open from the start, and takes one report after another. */
static void test_walk(void)
{
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    char title[] = "Market \"day\"";
    const struct plx_visit_plan plan = {.journey = title, .until = PLX_VISIT_NO_DAY};
    g_autofree char *walk = plx_visit_walk_text(&plan, "h1");
    g_autofree char *sent = plx_visit_send_text("report-1", FALSE);
    g_autofree char *accepted = plx_visit_review_text(PLX_VISIT_ACCEPTED, NULL);
    visits_must(list, 1, "walk", walk);
    visits_must(list, 1, "send", sent);
    visits_must(list, 1, "send", sent);
    const plx_visit *const visit = plx_visit_linked(list, "h1");
    g_assert_cmpstr(visit->plan.journey, ==, "Market \"day\"");
    g_assert_cmpuint(visit->reports, ==, 2);
    g_assert_true(plx_visit_is_open(visit));
    g_assert_null(plx_visit_closed_key(visit));
    must_not(list, 1, "review", accepted, "visit 1 is a walk: there is no report to review");
    must_not(list, 1, "assign", "{\"shopper\": 1, \"hash\": \"h\"}",
             "visit 1 is a walk: it cannot be assigned");
}

/* A walk that was closed takes nothing more; it may end by itself. */
static void test_walk_closed(void)
{
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *sent = plx_visit_send_text("report-1", FALSE);
    g_autofree char *done = plx_visit_close_text();
    const struct plx_visit_ask ask = {.journey = "Market", .until = "2026-12-05"};
    struct plx_visit_plan plan;
    g_assert_true(plx_visit_walk_ask(&ask, &plan, &error));
    g_assert_no_error(error);
    g_autofree char *walk = plx_visit_walk_text(&plan, "h1");
    visits_must(list, 1, "walk", walk);
    visits_must(list, 1, "send", sent);
    const plx_visit *const visit = list->visits->pdata[0];
    g_assert_false(plx_visit_is_outside(visit, plan.until));
    g_assert_true(plx_visit_is_outside(visit, plan.until + 1));
    plx_visit_plan_clear(&plan);
    visits_must(list, 1, "close", done);
    check_state(list, 1, "closed");
    g_assert_cmpstr(plx_visit_closed_key(visit), ==, "walk.closed");
    must_not(list, 1, "send", sent, "walk 1 is closed: nothing more can be told");
    must_not(list, 1, "close", done, "walk 1 is closed: it cannot be closed");
    visits_must(list, 2, "plan", VISITS_PLAN);
    must_not(list, 2, "close", done,
             "visit 2 is planned and has no shopper yet: it cannot be closed");
    const struct plx_visit_ask none = {.until = "2026-12-05"};
    g_assert_false(plx_visit_walk_ask(&none, &plan, &error));
    g_assert_cmpstr(error->message, ==, "say what is walked through: --journey TITLE");
    g_clear_error(&error);
    const struct plx_visit_ask soon = {.journey = "Market", .until = "soon"};
    g_assert_false(plx_visit_walk_ask(&soon, &plan, &error));
    g_assert_cmpstr(error->message, ==, "--until \"soon\": expected a day like 2026-01-31");
}

/* What is told of another day than was planned is marked, until it is told again. */
static void test_outside(void)
{
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    g_autofree char *early = plx_visit_send_text("report-1", TRUE);
    g_autofree char *again = plx_visit_send_text("report-2", FALSE);
    g_autofree char *back = plx_visit_review_text(PLX_VISIT_RETURNED, "When was it?");
    visits_must(list, 1, "plan", VISITS_PLAN);
    visits_assign(list, 1, 1, "h1");
    visits_must(list, 1, "send", early);
    const plx_visit *const visit = list->visits->pdata[0];
    g_assert_true(visit->outside);
    visits_must(list, 1, "review", back);
    visits_must(list, 1, "send", again);
    g_assert_false(visit->outside);
    const struct plx_visit_event *const event = visit->events->pdata[2];
    g_assert_true(event->outside);
    g_assert_true(plx_visit_is_outside(visit, visit->plan.from - 1));
    g_assert_false(plx_visit_is_outside(visit, visit->plan.from));
    g_assert_false(plx_visit_is_outside(visit, visit->plan.until));
    g_assert_true(plx_visit_is_outside(visit, visit->plan.until + 1));
}

/* The acts of one visit alone say the same of it. */
static void test_alone(void)
{
    g_autoptr(plx_visit_list) list = plx_visit_list_new_one(7);
    g_autoptr(GError) error = NULL;
    visits_must(list, 7, "plan", VISITS_PLAN);
    visits_assign(list, 7, 3, "h");
    must_not(list, 6, "plan", VISITS_PLAN, "visit 6 is planned twice");
    must_not(list, 8, "assign", "{\"shopper\": 1, \"hash\": \"h\"}", "there is no visit 8");
    const plx_visit *const visit = plx_visit_linked(list, "h");
    g_assert_cmpint(visit->id, ==, 7);
    g_assert_true(plx_visit_find(list, "7", FALSE, &error) == visit);
    g_assert_null(plx_visit_find(list, "1", FALSE, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
}

/* What no act of ours says is damage, and changes nothing. */
static void test_strange_acts(void)
{
    static const char none[] = "an act on a visit does not say what it must";
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    must_not(list, 2, "plan", VISITS_PLAN, "visit 2 is planned twice");
    must_not(list, 1, "plan", "{\"journey\": \"buy\", \"place\": \"Bonn\"}", none);
    must_not(list, 1, "plan", "{", none);
    must_not(list, 1, "walk", "{\"title\": \"Market\"}", none);
    must_not(list, 1, "send", "{}", "there is no visit 1");
    visits_must(list, 1, "plan", VISITS_PLAN);
    must_not(list, 1, "plan", VISITS_PLAN, "visit 1 is planned twice");
    must_not(list, 1, "assign", "{\"shopper\": \"x\", \"hash\": \"h\"}", none);
    must_not(list, 1, "review", "{\"review\": \"withdrawn\"}", none);
    must_not(list, 1, "review", "{\"review\": \"praised\"}", none);
    must_not(list, 1, "dance", "{}", "\"dance\" is no act on a visit");
    must_not(list, -1, "send", "{}", "there is no visit -1");
    check_state(list, 1, "planned");
}

static void check_not_found(const plx_visit_list *list, const char *number, gboolean walk,
                            const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_visit_find(list, number, walk, &error));
    g_assert_cmpstr(error->message, ==, message);
}

static void test_find(void)
{
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    visits_must(list, 1, "plan", VISITS_PLAN);
    g_assert_true(plx_visit_find(list, "1", FALSE, NULL) == list->visits->pdata[0]);
    check_not_found(list, "2", FALSE, "there is no visit 2");
    check_not_found(list, "1", TRUE, "there is no walk 1: it is a visit");
    check_not_found(list, "x", FALSE, "\"x\": expected the number of a visit ('visit list')");
}

/* Plans ---------------------------------------------------------------------------------------- */

static void test_plan(void)
{
    static const struct plx_visit_ask ask = {"BUY",        "Köln \"1\"",        "2026-12-01",
                                             "2026-12-05", "Ask for\nthe lamp", "de"};
    g_autoptr(plx_map) map = visits_map(visits_shop);
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    struct plx_visit_plan plan;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_visit_plan_ask(map, &ask, &plan, &error));
    g_assert_no_error(error);
    g_autofree char *text = plx_visit_plan_text(&plan);
    visits_must(list, 1, "plan", text);
    const plx_visit *const visit = list->visits->pdata[0];
    g_assert_cmpstr(visit->plan.journey, ==, "buy");
    g_assert_cmpstr(visit->plan.place, ==, ask.place);
    g_assert_cmpstr(visit->plan.note, ==, ask.note);
    g_assert_cmpstr(visit->plan.language, ==, "de");
    g_assert_cmpint(visit->plan.from, ==, plx_date_days(2026, 12, 1));
    g_assert_cmpint(visit->plan.until, ==, plx_date_days(2026, 12, 5));
    plx_visit_plan_clear(&plan);
}

static const struct {
    struct plx_visit_ask ask;
    const char *message;
} refused[] = {
    {{"buy", NULL, "2026-12-01", "2026-12-05", NULL, NULL},
     "a visit needs --journey, --place, --from and --until"},
    {{"bux", "Bonn", "2026-12-01", "2026-12-05", NULL, NULL},
     "the map has no journey \"bux\"; did you mean \"buy\"?"},
    {{"buy", " ", "2026-12-01", "2026-12-05", NULL, NULL}, "--place: the words are missing"},
    {{"buy", "a\033b", "2026-12-01", "2026-12-05", NULL, NULL},
     "--place: the words have control characters"},
    {{"buy", "Bonn", "1.12.2026", "2026-12-05", NULL, NULL},
     "--from \"1.12.2026\": expected a day like 2026-01-31"},
    {{"buy", "Bonn", "2026-12-01", "2026-12-32", NULL, NULL},
     "--until \"2026-12-32\": expected a day like 2026-01-31"},
    {{"buy", "Bonn", "2026-12-05", "2026-12-01", NULL, NULL},
     "--until 2026-12-01 is before --from 2026-12-05"},
    {{"buy", "Bonn", "2026-12-01", "2026-12-05", "\xff", NULL}, "--note: the words are not UTF-8"},
};

static void test_plan_refused(void)
{
    g_autoptr(plx_map) map = visits_map(visits_shop);
    for (guint i = 0; i < G_N_ELEMENTS(refused); i++) {
        struct plx_visit_plan plan;
        g_autoptr(GError) error = NULL;
        g_assert_false(plx_visit_plan_ask(map, &refused[i].ask, &plan, &error));
        g_assert_cmpstr(error->message, ==, refused[i].message);
    }
    g_autofree char *yaml =
        g_strconcat(visits_shop, "audiences:\n  shopper: {identity: anonymous}\n", NULL);
    g_autoptr(plx_map) hidden = visits_map(yaml);
    const struct plx_visit_ask ask = {"buy", "Bonn", "2026-12-01", "2026-12-05", NULL, NULL};
    struct plx_visit_plan plan;
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_visit_plan_ask(hidden, &ask, &plan, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, "shoppers are anonymous on this map"));
}

/* Briefs --------------------------------------------------------------------------------------- */

/* Only what belongs to the journey, with what was promised and is to be done there. */
static void test_brief(void)
{
    g_autoptr(plx_map) map = visits_map(visits_shop);
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    g_autoptr(GError) error = NULL;
    visits_must(list, 1, "plan", VISITS_PLAN);
    visits_must(list, 2, "walk", "{\"title\": \"Market\", \"hash\": \"h\"}");
    g_autoptr(plx_visit_brief) brief = plx_visit_brief_new(map, list->visits->pdata[0], &error);
    g_assert_no_error(error);
    g_assert_cmpint(brief->journey, ==, 0);
    g_assert_cmpuint(brief->points->len, ==, 3);
    g_assert_cmpuint(brief->tasks->len, ==, 1);
    g_assert_cmpuint(g_array_index(brief->tasks, guint, 0), ==, 0);
    g_assert_cmpuint(brief->promises->len, ==, 1);
    g_autoptr(plx_visit_brief) walk = plx_visit_brief_new(map, list->visits->pdata[1], &error);
    g_assert_no_error(error);
    g_assert_cmpint(walk->journey, ==, -1);
    g_assert_cmpuint(walk->points->len, ==, 0);
}

static void test_journey_gone(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    g_autoptr(GError) error = NULL;
    visits_must(list, 1, "plan", VISITS_PLAN);
    g_assert_null(plx_visit_brief_new(map, list->visits->pdata[0], &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==, "visit 1: the map has no journey \"buy\" any more");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/visit/told", test_told);
    g_test_add_func("/visit/withdrawn", test_withdrawn);
    g_test_add_func("/visit/void", test_void);
    g_test_add_func("/visit/walk", test_walk);
    g_test_add_func("/visit/strange-acts", test_strange_acts);
    g_test_add_func("/visit/find", test_find);
    g_test_add_func("/visit/plan", test_plan);
    g_test_add_func("/visit/plan-refused", test_plan_refused);
    g_test_add_func("/visit/brief", test_brief);
    g_test_add_func("/visit/walk-closed", test_walk_closed);
    g_test_add_func("/visit/outside", test_outside);
    g_test_add_func("/visit/alone", test_alone);
    g_test_add_func("/visit/journey-gone", test_journey_gone);
    return g_test_run();
}
