/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/question.h"

#include "base/error.h"
#include "map/map_file.h"

#include <string.h>

static const char shop[] = "parallax: 1\ntitle: Shop\n"
                           "journeys:\n"
                           "  - title: Order\n    transactions:\n"
                           "      - title: Choose\n        points:\n"
                           "          - title: Search\n          - title: Photos\n"
                           "      - title: Pay\n        points:\n"
                           "          - {id: card, title: At the till}\n"
                           "  - title: Return\n    transactions:\n"
                           "      - title: Send back\n        points:\n"
                           "          - title: Label\n";

static plx_map *shop_map(void)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = plx_map_read_memory(shop, strlen(shop), "shop.yaml", &error);
    g_assert_no_error(error);
    return map;
}

static void fails(const struct plx_gaps_options *options, const plx_map *map, int code,
                  const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_question) q = plx_question_new(map, options, &error);
    g_assert_null(q);
    g_assert_error(error, PLX_ERROR, code);
    g_assert_cmpstr(error->message, ==, message);
}

static void test_canonical(void)
{
    g_autoptr(plx_map) map = shop_map();
    g_autoptr(GError) error = NULL;
    const char *const where[] = {"place=Wien|Graz|Wien", "segment.tier!=gold", "channel=",
                                 "journey=Order",        "source=a\\|b",       NULL};
    const struct plx_gaps_options options = {.where = where, .by = "segment.tier"};
    g_autoptr(plx_question) q = plx_question_new(map, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(q->where[0], ==, "place=Graz|Wien");
    g_assert_cmpstr(q->where[1], ==, "segment.tier!=gold");
    g_assert_cmpstr(q->where[2], ==, "channel=");
    g_assert_cmpstr(q->where[3], ==, "journey=order");
    g_assert_cmpstr(q->where[4], ==, "source=a\\|b");
    g_assert_cmpstr(q->tests[4].values[0], ==, "a|b");
    g_assert_cmpstr(q->by.segment, ==, "tier");
    g_assert_true(plx_key_is_further(&q->by) && plx_key_splits_rows(&q->by));
    g_assert_cmpstr(q->tests[2].values[0], ==, "");
}

static void test_errors(void)
{
    g_autoptr(plx_map) map = shop_map();
    const char *const key[] = {"plce=Graz", NULL}, *const text[] = {"place", NULL};
    const char *const journey[] = {"journey=Ordr", NULL};
    const char *const audience[] = {"custmer", NULL};
    fails(&(struct plx_gaps_options){.where = key}, map, PLX_ERROR_USAGE,
          "--where: unknown key \"plce\", expected place, channel, journey, transaction, point, "
          "source, language, segment.NAME; did you mean \"place\"?");
    fails(&(struct plx_gaps_options){.where = text}, map, PLX_ERROR_USAGE,
          "--where \"place\": expected KEY=VALUE, KEY=A|B or KEY!=VALUE");
    fails(&(struct plx_gaps_options){.where = journey}, map, PLX_ERROR_USAGE,
          "unknown journey \"ordr\"; did you mean \"order\"?");
    fails(&(struct plx_gaps_options){.by = "monht"}, map, PLX_ERROR_USAGE,
          "--by: unknown key \"monht\", expected place, channel, journey, transaction, point, "
          "source, language, month, week, segment.NAME; did you mean \"month\"?");
    fails(&(struct plx_gaps_options){.audiences = audience}, map, PLX_ERROR_USAGE,
          "unknown audience \"custmer\"; did you mean \"customer\"?");
    fails(&(struct plx_gaps_options){.measure = "levl"}, map, PLX_ERROR_USAGE,
          "unknown measure \"levl\"; did you mean \"level\"?");
    fails(&(struct plx_gaps_options){.since = "2026-13-40"}, map, PLX_ERROR_USAGE,
          "--since \"2026-13-40\": expected a day like 2026-01-31");
    fails(&(struct plx_gaps_options){.since = "2026-02-01", .until = "2026-01-01"}, map,
          PLX_ERROR_USAGE, "--since 2026-02-01 is after --until 2026-01-01");
    fails(&(struct plx_gaps_options){.point = "fotos"}, map, PLX_ERROR_NOT_FOUND,
          "there is no point \"fotos\"; did you mean \"photos\"?");
    g_autoptr(plx_map) open = plx_map_new_open();
    fails(&(struct plx_gaps_options){.by = "transaction"}, open, PLX_ERROR_USAGE,
          "--by transaction: only a map has transactions; give one by --map");
}

/* What the help promises: a point is its id or its title, also where the id is no form of it. */
static void test_titles(void)
{
    g_autoptr(plx_map) map = shop_map();
    g_autoptr(GError) error = NULL;
    const char *const where[] = {"point=At the Till|search", "transaction=send back", NULL};
    const struct plx_gaps_options options = {.where = where, .point = "At the till"};
    g_autoptr(plx_question) q = plx_question_new(map, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(q->point, ==, "card");
    g_assert_cmpstr(q->point_text, ==, "At the till");
    g_assert_cmpstr(q->where[0], ==, "point=card|search");
    g_assert_cmpstr(q->where[1], ==, "transaction=send-back");
    fails(&(struct plx_gaps_options){.point = "At the door"}, map, PLX_ERROR_NOT_FOUND,
          "there is no point \"At the door\"");
}

static struct plx_subject point_of(const plx_map *map, const char *id)
{
    const gint at = plx_map_find_point(map, id);
    return (struct plx_subject){PLX_SUBJECT_POINT, id, id, at};
}

/* point and transaction choose among the points of the document; journey looks at the row, and at
 * the home of its point where the row does not say. */
static void test_choices(void)
{
    g_autoptr(plx_map) map = shop_map();
    g_autoptr(GError) error = NULL;
    const char *const where[] = {"transaction=choose", "point!=Photos", "journey=order", NULL};
    const struct plx_gaps_options options = {.where = where};
    g_autoptr(plx_question) q = plx_question_new(map, &options, &error);
    g_assert_no_error(error);
    const struct plx_subject search = point_of(map, "search"), photos = point_of(map, "photos"),
                             card = point_of(map, "card"), label = point_of(map, "label");
    g_assert_true(plx_question_takes(q, &search));
    g_assert_false(plx_question_takes(q, &photos));
    g_assert_false(plx_question_takes(q, &card));
    g_assert_null(plx_test_filter(map, &q->tests[0]));
    g_assert_true(plx_test_passes(map, &q->tests[2], "order", &label));
    g_assert_true(plx_test_passes(map, &q->tests[2], "", &card));
    g_assert_false(plx_test_passes(map, &q->tests[2], "", &label));
    g_assert_false(plx_test_passes(map, &q->tests[2], "return", &card));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/question/canonical", test_canonical);
    g_test_add_func("/question/errors", test_errors);
    g_test_add_func("/question/choices", test_choices);
    g_test_add_func("/question/titles", test_titles);
    return g_test_run();
}
