/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every engine must do alike: taking in, undoing, letting go, maps (store/engine.h). */

#include "contest.h"
#include "desk.h"
#include "form.h"
#include "light.h"

#include "base/error.h"
#include "map/scale.h"

#include <string.h>

/* Imports ----------------------------------------------------------------------------------- */

static void take(struct contest *contest, const char *text, const char *dataset, guint threads,
                 guint n)
{
    const struct contest_import import = {.text = text, .dataset = dataset, .threads = threads};
    g_autofree char *found = contest_import(contest, &import);
    g_autofree char *expected = g_strdup_printf(": %u taken, 0 known, 0 replaced, 0 repeated", n);
    g_assert_cmpstr(strchr(found, ':'), ==, expected);
}

static void test_files(void)
{
    struct contest contest;
    const guint n = effort(900, 900, 200);
    g_autofree char *first = desk_rows(1, n, 0);
    g_autofree char *second = desk_rows(2, n / 2, 0);
    contest_init(&contest, desk_map);
    take(&contest, first, NULL, 1, n);
    take(&contest, second, "other", 3, n / 2);
    take(&contest, "audience,point,level\nleader,page,4\nleader,Cart,na\n", "third", 1, 2);
    contest_clear(&contest);
}

/* The same rows in any order, by any number of threads, into the same state. */
static void test_order(void)
{
    const guint n = effort(700, 700, 200);
    g_autofree char *first = NULL;
    for (guint shuffle = 0; shuffle < 3; shuffle++) {
        struct contest contest;
        g_autofree char *text = desk_rows(3, n, shuffle);
        contest_init(&contest, desk_map);
        take(&contest, text, NULL, 1 + 2 * (shuffle % 2), n);
        if (!first)
            first = g_strdup(contest.state);
        g_assert_cmpstr(contest.state, ==, first);
        contest_clear(&contest);
    }
}

static void test_open_map(void)
{
    struct contest contest;
    contest_init(&contest, NULL);
    take(&contest, "audience,point,level\ncustomer,zebra,3\nleader,Apple,4\n", NULL, 1, 2);
    take(&contest, "audience,point,level,segment.kind\nstaff,ZEBRA,3,x\nleader,pear,declined,y\n",
         "two", 1, 2);
    contest_expect(contest_undo(&contest, 2), "2 undone");
    g_assert_nonnull(strstr(contest.state, "1:zebra \"ZEBRA\""));
    contest_clear(&contest);
}

static void test_duplicates(void)
{
    struct contest contest;
    contest_init(&contest, desk_map);
    const struct contest_import twice = {
        .text = "audience,encounter,point,level,note\n"
                "customer,e1,page,3,so\ncustomer,e1,page,3,so\ncustomer,e1,cart,4,\n"
                "staff,e2,page,3,\nstaff,e2,page,3,\nstaff,e3,page,3,\n"};
    contest_expect(contest_import(&contest, &twice),
                   "import 1: 4 taken, 0 known, 0 replaced, 0 repeated");
    contest_expect(contest_import(&contest, &twice), "same");
    const struct contest_import once = {
        .text = "audience,encounter,point,level,note\ncustomer,e1,page,3,so\n"
                "customer,e1,cart,4,\nstaff,e2,page,3,\nstaff,e3,page,3,\n"};
    contest_expect(contest_import(&contest, &once), "same");
    const struct contest_import wrong = {
        .text = "audience,encounter,point,level\ncustomer,e9,page,3\ncustomer,e8,page,17\n",
        .max_errors = 5};
    contest_expect(contest_import(&contest, &wrong),
                   "import 2: 1 taken, 0 known, 0 replaced, 0 repeated");
    g_assert_nonnull(strstr(contest.state, "2 file done f.csv d -: 2 rows, 1 observations, "
                                           "1 rejected, 0 duplicates"));
    contest_clear(&contest);
}

static void test_nothing_before_finish(void)
{
    struct contest contest;
    contest_init(&contest, NULL);
    take(&contest, "audience,point,level\ncustomer,page,3\n", "a", 1, 1);
    const struct contest_import left = {.text =
                                            "audience,point,level\ncustomer,PAGE,3\nguest,new,2\n",
                                        .declare = "guest",
                                        .abandon = TRUE};
    const struct contest_import dry = {
        .text = "audience,point,level\nleader,Page,1\n", .dataset = "b", .dry_run = TRUE};
    const struct contest_import bad = {.text = "audience,point,level\nleader,PAGE,1\nleader,a,9\n"};
    contest_expect(contest_import(&contest, &left), "abandoned");
    contest_expect(contest_import(&contest, &dry),
                   "import 0: 1 taken, 0 known, 0 replaced, 0 repeated");
    contest_expect(
        contest_import(&contest, &bad),
        "error 2: f.csv:3:10: level is \"9\"; expected a whole number from 1 to 6, \"na\", "
        "\"declined\" or nothing");
    take(&contest, "audience,point,level\nleader,Page,1\n", "b", 3, 1);
    contest_clear(&contest);
}

static void test_undo(void)
{
    struct contest contest;
    contest_init(&contest, desk_map);
    take(&contest, "audience,encounter,point,level\ncustomer,a,page,3\n", "a", 1, 1);
    take(&contest, "audience,encounter,point,believed\nleader,a,page,3\n", "b", 1, 1);
    contest_expect(contest_undo(&contest, 2), "1 undone");
    contest_expect(contest_undo(&contest, 2), "error 1: import 2 is undone already");
    contest_expect(contest_undo(&contest, 7),
                   "error 3: there is no import 7 (parallax imports list)");
    take(&contest, "audience,encounter,point,believed\nleader,a,page,3\n", "b", 1, 1);
    contest_clear(&contest);
}

/* What arrives ------------------------------------------------------------------------------ */

static void append_forms(struct contest *contest, guint64 first, guint n)
{
    struct form form;
    form_init(&form, contest->engine[0]->map(contest->engine[0]));
    for (guint64 number = first; number < first + n; number++) {
        const struct plx_batch batch = form_fill(&form, number);
        contest_expect(contest_append(contest, &batch, 1), "appended");
    }
    form_clear(&form);
}

static void test_inbox(void)
{
    struct contest contest;
    contest_init(&contest, NULL);
    append_forms(&contest, 0, 5);
    contest_expect(contest_seal(&contest), "10 sealed");
    append_forms(&contest, 5, 3);
    take(&contest, "audience,point,level\nleader,a,4\n", "x", 1, 1);
    contest_expect(contest_undo(&contest, 1),
                   "error 1: import 1 holds answers that were collected, no file's");
    contest_expect(contest_seal(&contest), "6 sealed");
    contest_expect(contest_seal(&contest), "0 sealed");
    append_forms(&contest, 8, 2);
    const guint64 keys[] = {3, 5};
    contest_expect(contest_erase(&contest, keys, 2), "8 of 4 encounters erased");
    append_forms(&contest, 10, 1);
    contest_expect(contest_fade(&contest, 20003), "6 faded");
    contest_clear(&contest);
}

/* Sealing is nobody's business: all but the list of imports stays as it was. */
static void test_sealing_is_not_seen(void)
{
    struct contest contest;
    contest_init(&contest, NULL);
    append_forms(&contest, 0, 4);
    g_autofree char *before = contest_rows(contest.engine[0]);
    contest_expect(contest_seal(&contest), "8 sealed");
    g_autofree char *after = contest_rows(contest.engine[0]);
    g_assert_cmpstr(after, ==, before);
    contest_clear(&contest);
}

/* Letting go -------------------------------------------------------------------------------- */

static void test_erase(void)
{
    struct contest contest;
    contest_init(&contest, desk_map);
    const struct contest_import mixed = {
        .text = "audience,encounter,respondent,point,level\n"
                "customer,e1,ann,page,3\nleader,e2,bob,page,4\ncustomer,e3,ann,cart,2\n"
                "customer,e1,ann,cart,5\nstaff,e4,ann,page,6\n"};
    contest_expect(contest_import(&contest, &mixed),
                   "import 1: 5 taken, 0 known, 0 replaced, 0 repeated");
    contest_expect(contest_forget(&contest, "carl"), "error 3: no answers have this key");
    contest_expect(contest_forget(&contest, "ann"), "3 of 2 encounters erased");
    contest_expect(contest_forget(&contest, "ann"), "error 3: no answers have this key");
    contest_clear(&contest);
}

static void test_erase_of_many(void)
{
    struct contest contest;
    const guint n = effort(900, 900, 200);
    g_autofree char *text = desk_rows(7, n, 2);
    contest_init(&contest, desk_map);
    take(&contest, text, NULL, 3, n);
    for (guint person = 1; person < 12; person += 3) {
        g_autofree char *respondent = g_strdup_printf("p%u", person);
        g_free(contest_forget(&contest, respondent));
    }
    contest_clear(&contest);
}

static void test_fade(void)
{
    struct contest contest;
    const guint n = effort(800, 800, 200);
    g_autofree char *text = desk_rows(8, n, 0);
    contest_init(&contest, desk_map);
    take(&contest, text, NULL, 1, n);
    g_free(contest_fade(&contest, 20600));
    g_free(contest_fade(&contest, 20500));
    contest_expect(contest_fade(&contest, -5), "0 faded");
    g_free(contest_forget(&contest, "p1"));
    contest_clear(&contest);
}

/* Maps -------------------------------------------------------------------------------------- */

#define HEAD "parallax: 1\ntitle: Shop\naudiences: {staff: {identity: anonymous}}\njourneys:\n"
#define BEFORE                                                                                     \
    HEAD "  - title: Order\n    transactions:\n"                                                   \
         "      - {title: Find, points: [Page, Search, Menu, Shelf]}\n"

static const char rows_before[] = "audience,encounter,journey,point,level\n"
                                  "customer,e1,order,page,3\ncustomer,e1,order,search,4\n"
                                  "customer,e2,order,menu,2\ncustomer,e2,order,shelf,5\n"
                                  "leader,e3,order,search,6\nstaff,e4,order,menu,1\n";

static void test_maps(void)
{
    struct contest contest;
    const struct contest_import again = {.text = rows_before};
    contest_init(&contest, BEFORE);
    take(&contest, rows_before, NULL, 1, 6);
    g_free(contest_apply(&contest, BEFORE, FALSE));
    g_free(contest_apply(&contest,
                         HEAD "  - title: Order\n    transactions:\n"
                              "      - {title: Find, points: [Page, Menu, Shelf]}\n",
                         FALSE)); /* refused: answers would lose their place */
    const char *const renamed = HEAD
        "  - title: Order\n    transactions:\n"
        "      - {title: Find, points: [Page, {title: Find it, was: [search]}, Menu, Shelf]}\n";
    g_free(contest_apply(&contest, renamed, TRUE));
    g_free(contest_apply(&contest, renamed, FALSE));
    contest_expect(contest_import(&contest, &again), "same");
    g_free(contest_apply(
        &contest,
        HEAD "  - {title: Buying, was: [order], transactions: [{title: Find, points: [Page, "
             "{title: Look, was: [find-it, search, menu]}, {title: Upper, was: [shelf]}, "
             "{title: Lower, was: [shelf]}]}]}\n",
        FALSE)); /* merges, splits, renames the journey */
    g_free(contest_apply(&contest,
                         HEAD "  - {title: Buying, was: [order], transactions: [{title: Find, "
                              "points: [{title: Look, was: [find-it, search, menu]}, {title: "
                              "Upper, was: [shelf]}, {title: Lower, was: [shelf]}]}]}\n"
                              "retired: {points: [page]}\n",
                         FALSE));
    contest_clear(&contest);
}

/* What was merged is one: also of files without keys, that are only known as a whole. */
static void test_merged_files(void)
{
    struct contest contest;
    const char *const plain = "audience,point,level\ncustomer,search,3\ncustomer,menu,4\n";
    const char *const persons = "audience,respondent,point,level\ncustomer,a,search,3\n"
                                "leader,b,menu,4\nstaff,c,menu,4\nstaff,c,menu,4\n";
    const struct contest_import again[] = {{.text = plain, .dataset = "plain"},
                                           {.text = persons, .dataset = "persons"},
                                           {.text = rows_before}};
    contest_init(&contest, BEFORE);
    take(&contest, plain, "plain", 1, 2);
    take(&contest, persons, "persons", 1, 4);
    take(&contest, rows_before, NULL, 1, 6);
    g_free(contest_apply(&contest,
                         HEAD "  - title: Order\n    transactions:\n"
                              "      - {title: Find, points: [Page, {title: Look, was: [search, "
                              "menu]}, Shelf]}\n",
                         FALSE));
    contest_expect(contest_import(&contest, &again[0]),
                   "error 2: f.csv: import 1 has exactly these rows, and they have no keys that "
                   "could tell them apart; nothing was changed. --allow-repeat takes them once "
                   "more");
    contest_expect(contest_import(&contest, &again[1]), "same");
    contest_expect(contest_import(&contest, &again[2]), "same");
    /* Who answers as customer cannot be known any more: what was said still can. */
    g_free(contest_apply(&contest,
                         "parallax: 1\ntitle: Shop\naudiences: {staff: {identity: anonymous}, "
                         "customer: {identity: anonymous}}\njourneys:\n"
                         "  - title: Order\n    transactions:\n"
                         "      - {title: Find, points: [Page, {title: Look, was: [search, menu]}, "
                         "Shelf]}\n",
                         FALSE));
    contest_expect(contest_import(&contest, &again[1]), "same");
    contest_expect(contest_import(&contest, &again[2]), "same");
    contest_clear(&contest);
}

/* From a map that takes any point to one that knows them. */
static void test_first_map(void)
{
    struct contest contest;
    contest_init(&contest, NULL);
    take(&contest, rows_before, NULL, 1, 6);
    g_free(contest_apply(&contest, BEFORE, FALSE));
    append_forms(&contest, 0, 1);
    contest_clear(&contest);
}

/* Scales: they may change as long as nobody has answered. */
static void test_scales(void)
{
    struct contest contest;
    contest_init(&contest, NULL);
    const struct plx_map *const map = contest.engine[0]->map(contest.engine[0]);
    struct plx_scale *const scale = plx_scale_copy(map->scales[0]);
    scale->max = 5;
    scale->top = 5;
    take(&contest, "audience,point,level\ncustomer,page,3\n", "a", 1, 1);
    const struct contest_import leaders = {.text = "audience,point,level\nleader,page,5\n",
                                           .dataset = "b",
                                           .scale = scale,
                                           .audience = "leader"};
    contest_expect(contest_import(&contest, &leaders),
                   "import 2: 1 taken, 0 known, 0 replaced, 0 repeated");
    const struct contest_import guests = {
        .text = "audience,point,level\nguest,page,5\n", .dataset = "c", .declare = "guest"};
    contest_expect(contest_import(&contest, &guests),
                   "import 3: 1 taken, 0 known, 0 replaced, 0 repeated");
    const struct contest_import customers = {.text = "audience,point,level\ncustomer,page,5\n",
                                             .dataset = "d",
                                             .scale = scale,
                                             .audience = "customer"};
    contest_expect(
        contest_import(&contest, &customers),
        "error 2: customer answered on a scale from 1 to 6 here, and these answers are on one from "
        "1 to 5: give them an audience of their own (in the map, or with --declare)");
    /* Taken back: nobody answered as a leader then, and they are asked as the map has it again. */
    const struct contest_import six = {.text = "audience,point,level\nleader,page,6\n",
                                       .dataset = "e"};
    g_free(contest_undo(&contest, 2));
    contest_expect(contest_import(&contest, &six),
                   "import 4: 1 taken, 0 known, 0 replaced, 0 repeated");
    /* Guests brought none; who was scaled and taken back is asked as a later map says. */
    g_free(contest_undo(&contest, 4));
    g_free(contest_apply(&contest,
                         "parallax: 1\ntitle: Shop\nscales: {ten: {min: 1, max: 10, met: 6}}\n"
                         "audiences: {leader: {scale: ten}, guest: {}}\njourneys:\n"
                         "  - {title: Order, transactions: [{title: Find, points: [Page]}]}\n",
                         FALSE));
    const struct contest_import ten = {.text = "audience,point,level\nleader,page,10\n",
                                       .dataset = "f"};
    contest_expect(contest_import(&contest, &ten),
                   "import 5: 1 taken, 0 known, 0 replaced, 0 repeated");
    plx_scale_free(scale);
    contest_clear(&contest);
}

/* An audience that a dry run, or a file that was refused, declared is nobody's afterwards. */
static void test_declared_for_nothing(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    struct plx_import_outcome outcome = {0};
    const struct desk_import dry = {
        .text = "audience,point,level\nguest,page,3\n", .declare = "guest", .dry_run = TRUE};
    desk_init(&desk, NULL);
    g_assert_true(desk_import(&desk, &dry, &outcome, &error));
    desk_reopen(&desk);
    g_assert_cmpuint(desk_observations(&desk), ==, 0);
    desk_take(&desk, "audience,point,level\nleader,page,3\n");
    desk_assert_reads(&desk, NULL, "audience,point,level\nleader,page,3\n");
    desk_reopen(&desk);
    const struct desk_import real = {
        .text = "audience,point,level\nguest,page,3\n", .declare = "guest", .dataset = "e"};
    g_assert_true(desk_import(&desk, &real, &outcome, &error));
    desk_reopen(&desk);
    g_assert_cmpuint(desk_observations(&desk), ==, 2);
    /* But rows of an audience that nobody declared are damage. */
    desk_sql(&desk, "DELETE FROM amendment; UPDATE fact SET value = 0 WHERE name = 'amendments'");
    desk_reopen(&desk);
    struct plx_store_info info;
    g_assert_false(plx_store_info(desk.store, 1, &info, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "of an audience that is not on the map"));
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conformance/files", test_files);
    g_test_add_func("/conformance/order", test_order);
    g_test_add_func("/conformance/open-map", test_open_map);
    g_test_add_func("/conformance/duplicates", test_duplicates);
    g_test_add_func("/conformance/nothing-before-finish", test_nothing_before_finish);
    g_test_add_func("/conformance/undo", test_undo);
    g_test_add_func("/conformance/inbox", test_inbox);
    g_test_add_func("/conformance/sealing-is-not-seen", test_sealing_is_not_seen);
    g_test_add_func("/conformance/erase", test_erase);
    g_test_add_func("/conformance/erase-of-many", test_erase_of_many);
    g_test_add_func("/conformance/fade", test_fade);
    g_test_add_func("/conformance/maps", test_maps);
    g_test_add_func("/conformance/merged-files", test_merged_files);
    g_test_add_func("/conformance/first-map", test_first_map);
    g_test_add_func("/conformance/scales", test_scales);
    g_test_add_func("/conformance/declared-for-nothing", test_declared_for_nothing);
    return g_test_run();
}
