/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "form.h"

#include "base/error.h"
#include "map/map_file.h"
#include "store/inbox.h"
#include "store/map_log.h"
#include "store/usage.h"

#include <string.h>

#define HEAD                                                                                       \
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Order\n    transactions:\n"                   \
    "      - title: Find\n        points:\n"
#define PAGE "          - {id: page, title: Page}\n"
#define DOOR "          - {id: door, title: Door}\n"
#define ROWS "audience,encounter,point,level\n"

/* What the workspace says under another map is what the file says with the new ids. */
static void check_apply(const char *yaml, const char *as_if)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) changes = NULL;
    desk_init(&desk, HEAD PAGE DOOR);
    desk_take(&desk, ROWS "customer,e1,page,4\ncustomer,e1,door,2\ncustomer,e2,door,3\n");
    plx_map_log_apply(desk.store, yaml, "new.yaml", FALSE, &changes, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(changes->len, >, 0);
    desk_assert_reads(&desk, yaml, as_if);
    desk_reopen(&desk);
    desk_assert_reads(&desk, yaml, as_if);
    desk_clear(&desk);
}

static void test_applied(void)
{
    check_apply(HEAD PAGE "          - {id: step, title: Step, was: door}\n",
                ROWS "customer,e1,page,4\ncustomer,e1,step,2\ncustomer,e2,step,3\n");
    check_apply(HEAD PAGE DOOR "          - {id: sill, title: Sill}\n",
                ROWS "customer,e1,page,4\ncustomer,e1,door,2\ncustomer,e2,door,3\n");
    check_apply(HEAD DOOR PAGE,
                ROWS "customer,e1,page,4\ncustomer,e1,door,2\ncustomer,e2,door,3\n");
}

static gboolean refuses(const char *yaml, const char *said)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) changes = NULL;
    desk_init(&desk, HEAD PAGE DOOR);
    desk_take(&desk, ROWS "customer,e1,door,2\n");
    const gboolean ok = plx_map_log_apply(desk.store, yaml, "new.yaml", FALSE, &changes, &error);
    g_assert_true(ok || strstr(error->message, said));
    g_assert_true(ok || changes == NULL);
    desk_assert_reads(&desk, ok ? yaml : HEAD PAGE DOOR, ROWS "customer,e1,door,2\n");
    g_autoptr(GPtrArray) list = plx_map_log_list(desk.store, NULL);
    g_assert_cmpuint(list->len, ==, ok ? 2 : 1);
    desk_clear(&desk);
    return !ok;
}

/* Only onto the map that is in force, which is said otherwise; nothing is done then. */
static void test_onto(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) first = NULL, late = NULL, second = NULL;
    gint64 number;
    desk_init(&desk, HEAD PAGE DOOR);
    const struct plx_map_terms onto[] = {{.onto = 1}, {.onto = 2}};
    g_assert_true(
        plx_map_log_apply_on(desk.store, HEAD DOOR PAGE, "a.yaml", &onto[0], &first, &error));
    g_assert_cmpuint(first->len, ==, 1);
    g_assert_true(plx_map_log_apply_on(desk.store, HEAD DOOR, "b.yaml", &onto[0], &late, &error));
    g_assert_no_error(error);
    g_assert_null(late);
    g_assert_true(plx_map_log_number(desk.store, &number, &error) && number == 2);
    g_assert_cmpstr(plx_store_map(desk.store)->points[1].id, ==, "page");
    g_assert_true(plx_map_log_apply_on(desk.store, HEAD DOOR, "b.yaml", &onto[1], &second, &error));
    g_assert_cmpuint(second->len, >, 0);
    desk_clear(&desk);
}

static gboolean may(struct desk *desk, const char *audiences)
{
    static const struct plx_map_terms guarded = {.guarded = TRUE};
    g_autofree char *yaml =
        g_strconcat(HEAD PAGE DOOR "audiences:\n  staff: {minimum: 8}\n", audiences, NULL);
    g_autoptr(GPtrArray) changes = NULL;
    g_autoptr(GError) error = NULL;
    const gboolean done =
        plx_map_log_apply_on(desk->store, yaml, "m.yaml", &guarded, &changes, &error);
    g_assert_true(done || g_error_matches(error, PLX_ERROR, PLX_ERROR_USAGE));
    return done;
}

/* Nobody hides answers less: of an audience of the map, of one that a file brought, or of a new one
 * that takes the place of one that is gone. */
static void test_guarded(void)
{
    struct desk desk;
    desk_init(&desk, HEAD PAGE DOOR);
    const struct desk_import declared = {.text = ROWS "partner,e1,door,2\npartner,e2,door,3\n",
                                         .declare = "partner:served:protected"};
    struct plx_import_outcome outcome;
    g_autoptr(GError) error = NULL;
    desk_import(&desk, &declared, &outcome, &error);
    g_assert_no_error(error);
    g_assert_true(may(&desk, "  guest: {minimum: 7}\n  club: {minimum: 5}\n"));
    g_assert_false(may(&desk, "  guest: {minimum: 6}\n  club: {minimum: 5}\n"));
    g_assert_false(may(&desk, "  visitor: {minimum: 6, was: [guest]}\n  club: {minimum: 5}\n"));
    g_assert_false(may(&desk, "  partner: {minimum: 1, served: true}\n"));
    g_assert_true(may(&desk, "  club: {minimum: 5}\n"));
    g_assert_false(may(&desk, "  guest: {named: true}\n"));
    g_assert_false(may(&desk, "  guest: {minimum: 4}\n"));
    /* Named, it is shown from one on: three is more. */
    g_autoptr(GPtrArray) changes = NULL;
    plx_map_log_apply(desk.store,
                      HEAD PAGE DOOR "audiences: {staff: {minimum: 8}, club: {named: true}}\n",
                      "m.yaml", FALSE, &changes, &error);
    g_assert_no_error(error);
    g_assert_true(may(&desk, "  club: {minimum: 3}\n"));
    desk_clear(&desk);
}

static void count(const struct plx_map_data *answers, gpointer data)
{
    if (answers->kind == PLX_THING_POINT && strcmp(answers->id, "door") == 0)
        *(guint64 *)data += answers->count;
}

static void count_level(const struct plx_map_data *answers, gpointer data)
{
    if (answers->kind == PLX_THING_MEASURE && strcmp(answers->id, "level") == 0)
        *(guint64 *)data += answers->count;
}

static void test_answers(void)
{
    struct desk desk;
    guint64 n = 0;
    desk_init(&desk, HEAD PAGE DOOR);
    desk_take(&desk, ROWS "customer,e1,door,2\ncustomer,e2,door,3\ncustomer,e3,page,3\n");
    g_assert_true(plx_map_log_answers(desk.store, count, &n, NULL));
    g_assert_cmpuint(n, ==, 2);
    desk_clear(&desk);
}

/* Those that came by themselves and are not sealed yet are readings' already. */
static void test_unsealed(void)
{
    struct desk desk;
    struct form form;
    guint64 n = 0;
    desk_init(&desk, HEAD PAGE DOOR);
    form_init(&form, plx_store_map(desk.store));
    const struct plx_batch batch = form_fill(&form, 1);
    g_assert_true(plx_inbox_append(desk.store, &batch, 1, NULL));
    g_assert_true(plx_map_log_answers(desk.store, count_level, &n, NULL));
    g_assert_cmpuint(n, ==, 2);
    form_clear(&form);
    desk_clear(&desk);
}

static void test_refused(void)
{
    g_assert_true(refuses(HEAD PAGE, "door"));
    g_assert_true(refuses("parallax: 1\nwrong: 2\n", "new.yaml:2:1"));
    g_assert_false(refuses(HEAD DOOR, ""));
}

/* Ten maps in a row: the log tells each, and every answer stays. */
static void test_log(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) was = g_string_new("door");
    desk_init(&desk, HEAD PAGE DOOR);
    desk_take(&desk, ROWS "customer,e1,door,2\n");
    for (guint i = 1; i <= 10; i++) {
        g_autofree char *yaml = g_strdup_printf(
            HEAD PAGE "          - {id: door-%u, title: Door %u, was: [%s]}\n", i, i, was->str);
        g_autofree char *rows = g_strdup_printf(ROWS "customer,e1,door-%u,2\n", i);
        g_autoptr(GPtrArray) changes = NULL;
        plx_map_log_apply(desk.store, yaml, "m.yaml", FALSE, &changes, &error);
        g_assert_no_error(error);
        desk_assert_reads(&desk, yaml, rows);
        g_string_append_printf(was, ", door-%u", i);
    }
    g_autoptr(GPtrArray) list = plx_map_log_list(desk.store, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(list->len, ==, 11);
    const struct plx_map_log_entry *const first = list->pdata[0], *const last = list->pdata[10];
    g_assert_cmpint(first->number, ==, 1);
    g_assert_cmpstr(first->name, ==, "map.yaml");
    g_assert_cmpstr(first->changes, ==, "[]");
    g_assert_cmpint(last->number, ==, 11);
    g_assert_nonnull(strstr(last->changes, "\"id\": \"door-10\""));
    desk_clear(&desk);
}

static void test_dry_run_and_nothing(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, HEAD PAGE DOOR);
    const char *const more = HEAD PAGE DOOR "          - {id: sill, title: Sill}\n";
    for (guint i = 0; i < 2; i++) {
        g_autoptr(GPtrArray) changes = NULL;
        g_assert_true(plx_map_log_apply(desk.store, i ? HEAD PAGE DOOR : more, "m.yaml", i == 0,
                                        &changes, &error));
        g_assert_cmpuint(changes->len, ==, i ? 0 : 1);
    }
    g_autofree char *text = plx_map_log_text(desk.store, 0, &error);
    g_assert_cmpstr(text, ==, HEAD PAGE DOOR);
    g_autoptr(GPtrArray) list = plx_map_log_list(desk.store, &error);
    g_assert_cmpuint(list->len, ==, 1);
    desk_clear(&desk);
}

static void test_usage(void)
{
    struct desk desk;
    struct plx_usage usage;
    gint64 generation;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, HEAD PAGE DOOR);
    desk_take(&desk, "audience,encounter,point,level,effort\ncustomer,e1,door,2,\n"
                     "leader,e2,door,2,3\nleader,e2,page,2,4\n");
    g_assert_true(plx_store_refresh(desk.store, &generation, &error));
    g_assert_true(plx_usage_read(desk.store, &usage, &error));
    const plx_words *const words = desk.store->words;
    const guint32 leader = plx_words_find(words, PLX_WORD_AUDIENCE, 0, "leader");
    const guint32 door = plx_words_find(words, PLX_WORD_SUBJECT, PLX_SUBJECT_POINT, "door");
    const guint32 effort = plx_words_find(words, PLX_WORD_MEASURE, 0, "effort");
    const guint32 feeling = plx_words_find(words, PLX_WORD_MEASURE, 0, "feeling");
    g_assert_cmpuint(g_array_index(usage.count[PLX_WORD_AUDIENCE], guint64, leader), ==, 2);
    g_assert_cmpuint(g_array_index(usage.count[PLX_WORD_SUBJECT], guint64, door), ==, 2);
    g_assert_cmpuint(usage.measure[effort - 1], ==, 3);
    g_assert_cmpuint(usage.measure[feeling - 1], ==, 0);
    plx_usage_clear(&usage);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-log/applied", test_applied);
    g_test_add_func("/map-log/onto", test_onto);
    g_test_add_func("/map-log/guarded", test_guarded);
    g_test_add_func("/map-log/answers", test_answers);
    g_test_add_func("/map-log/unsealed", test_unsealed);
    g_test_add_func("/map-log/refused", test_refused);
    g_test_add_func("/map-log/log", test_log);
    g_test_add_func("/map-log/dry-run-and-nothing", test_dry_run_and_nothing);
    g_test_add_func("/map-log/usage", test_usage);
    return g_test_run();
}
