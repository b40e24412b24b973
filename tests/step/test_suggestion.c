/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/suggestion.h"

#include "base/date.h"
#include "base/error.h"
#include "map/map_file.h"
#include "voice/batch.h"

#include <string.h>

#define DAY G_GINT64_CONSTANT(86400)
#define TODAY 20600
#define FIRST G_GUINT64_CONSTANT(0x3f9a1c2e00000001)
#define SECOND G_GUINT64_CONSTANT(0x3f9a1c2f00000002)
#define THIRD G_GUINT64_CONSTANT(0xab00000000000003)
#define UNDATED G_GUINT64_CONSTANT(0xcd00000000000004)

static const char yaml[] = "parallax: 1\n"
                           "title: Shop\n"
                           "journeys:\n"
                           "  - title: Visit\n"
                           "    transactions:\n"
                           "      - title: Arrive\n"
                           "        points:\n"
                           "          - {id: door, title: At the door, was: [gate]}\n"
                           "          - {id: queue, title: The queue}\n"
                           "vignettes:\n"
                           "  - {id: late-room, title: The room is ready an hour late}\n"
                           "retired:\n"
                           "  points:\n"
                           "    - {id: fax, title: The fax}\n";

static plx_map *read_map(void)
{
    g_autoptr(GError) error = NULL;
    plx_map *const map = plx_map_read_memory(yaml, strlen(yaml), "map.yaml", &error);
    g_assert_no_error(error);
    return map;
}

static plx_suggestion_list *make_list(const plx_map *map)
{
    static const struct plx_letter letters[] = {
        {.number = FIRST, .prompt = "complaint", .text = "Dark", .day = TODAY - 30},
        {.number = SECOND,
         .prompt = "suggestion",
         .text = "Ring",
         .day = TODAY - 15,
         .kind = PLX_SUBJECT_POINT,
         .about = "door",
         .title = "At the door"},
        {.number = THIRD, .prompt = "suggestion", .text = "Sing", .day = TODAY - 14},
        {.number = UNDATED, .prompt = "suggestion", .text = "Swing", .day = PLX_NO_DAY}};
    plx_letters *const made = g_new0(plx_letters, 1);
    made->map = map;
    made->memory = g_ptr_array_new_with_free_func(g_free);
    made->n = G_N_ELEMENTS(letters);
    made->letters = g_memdup2(letters, sizeof letters);
    g_ptr_array_add(made->memory, made->letters);
    return plx_suggestion_list_new(made);
}

static void apply(plx_suggestion_list *list, guint64 number, gint32 day, const char *act,
                  const char *body)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(
        plx_suggestion_apply(list, number, day * DAY + 60, "anna", act, body, "w.plx", &error));
    g_assert_no_error(error);
}

static void refuse(plx_suggestion_list *list, guint64 number, const char *act, const char *body,
                   gint code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(
        plx_suggestion_apply(list, number, TODAY * DAY, "anna", act, body, "w.plx", &error));
    g_assert_error(error, PLX_ERROR, code);
    g_assert_nonnull(strstr(error->message, message));
}

static const struct plx_suggestion *find(const plx_suggestion_list *list, const char *text)
{
    g_autoptr(GError) error = NULL;
    const struct plx_suggestion *const found = plx_suggestion_find(list, text, &error);
    g_assert_no_error(error);
    return found;
}

/* Answers are added to each other; the last of each kind is in force, the older are history. */
static void test_answered(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_suggestion_list) list = make_list(map);
    const struct plx_suggestion *const ring = find(list, "3f9a1c2f");
    g_assert_cmpint(ring->state, ==, PLX_SUGGESTION_RECEIVED);
    g_assert_null(ring->text);
    apply(list, SECOND, TODAY - 5, "answer", "{\"point\": \"gate\"}");
    g_assert_cmpint(ring->state, ==, PLX_SUGGESTION_CONSIDERED);
    g_assert_null(ring->text);
    apply(list, SECOND, TODAY - 3, "answer",
          "{\"state\": \"doing\", \"text\": \"From May on\", \"step\": 2}");
    apply(list, SECOND, TODAY - 1, "answer", "{\"state\": \"done\"}");
    apply(list, SECOND, TODAY, "answer", "{\"text\": \"It rings\"}");
    g_assert_cmpint(ring->state, ==, PLX_SUGGESTION_DONE);
    g_assert_cmpstr(ring->text, ==, "It rings");
    g_assert_cmpstr(ring->point, ==, "gate");
    g_assert_cmpint(ring->step, ==, 2);
    g_assert_cmpuint(ring->answers->len, ==, 4);
    const struct plx_suggestion_answer *const first = ring->answers->pdata[1];
    g_assert_cmpstr(first->text, ==, "From May on");
    g_assert_cmpstr(first->author, ==, "anna");
    g_assert_cmpint(first->state, ==, PLX_SUGGESTION_DOING);
    g_assert_cmpint(first->utc_seconds, ==, (TODAY - 3) * DAY + 60);
    g_assert_cmpint(plx_suggestion_days(ring, TODAY), ==, 12); /* until the first words */
    g_assert_null(find(list, "ab00")->text);
}

/* More than 14 days, no words, a date: exactly these are late. */
static void test_waiting(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_suggestion_list) list = make_list(map);
    g_assert_cmpint(plx_suggestion_days(find(list, "3f9a1c2e"), TODAY), ==, 30);
    g_assert_cmpint(plx_suggestion_days(find(list, "cd00"), TODAY), ==, PLX_SUGGESTION_NO_DAYS);
    g_assert_cmpint(plx_suggestion_days(find(list, "ab00"), TODAY - 20), ==,
                    PLX_SUGGESTION_NO_DAYS);
    g_assert_cmpuint(plx_suggestion_waiting(list, TODAY, PLX_SUGGESTION_LATE), ==, 2);
    g_assert_cmpuint(plx_suggestion_waiting(list, TODAY + 1, PLX_SUGGESTION_LATE), ==, 3);
    g_assert_cmpuint(plx_suggestion_waiting(list, TODAY - 30, PLX_SUGGESTION_LATE), ==, 0);
    apply(list, FIRST, TODAY, "answer", "{\"state\": \"doing\"}"); /* says nothing to anybody */
    g_assert_cmpuint(plx_suggestion_waiting(list, TODAY, PLX_SUGGESTION_LATE), ==, 2);
    apply(list, FIRST, TODAY, "answer", "{\"text\": \"A lamp is ordered\"}");
    g_assert_cmpuint(plx_suggestion_waiting(list, TODAY, PLX_SUGGESTION_LATE), ==, 1);
}

static void test_refused(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_suggestion_list) list = make_list(map);
    refuse(list, FIRST, "answer", "{\"state\": \"declined\"}", PLX_ERROR_USAGE,
           "suggestion 3f9a1c2e00000001: say why it is declined, by --text");
    apply(list, FIRST, TODAY, "answer", "{\"state\": \"declined\", \"text\": \"No room\"}");
    refuse(list, FIRST, "answer", "{\"text\": \"No room\"}", PLX_ERROR_USAGE,
           "is as asked for already");
    refuse(list, FIRST, "answer", "{\"state\": \"declined\"}", PLX_ERROR_USAGE,
           "is as asked for already");
    refuse(list, FIRST, "answer", "{\"mood\": 3}", PLX_ERROR_INPUT, "mood");
    refuse(list, FIRST, "answer", "{", PLX_ERROR_INPUT, "w.plx");
    refuse(list, FIRST, "answer", "{\"state\": \"ready\"}", PLX_ERROR_USAGE, "\"ready\": expected");
    refuse(list, FIRST, "link", "{}", PLX_ERROR_INPUT, "hash");
    refuse(list, FIRST, "forget", "{}", PLX_ERROR_INPUT, "a suggestion is not \"forget\"");
    g_assert_cmpuint(find(list, "3f9a1c2e")->answers->len, ==, 1);
    g_assert_cmpstr(find(list, "3f9a1c2e")->text, ==, "No room");
    /* of one that is erased, or may not be shown */
    apply(list, 77, TODAY, "answer", "{\"text\": \"Yes\"}");
}

static void test_link(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_suggestion_list) list = make_list(map);
    g_autofree char *body = plx_suggestion_link_text("abc1");
    g_assert_null(plx_suggestion_linked(list, "abc1"));
    apply(list, FIRST, TODAY, "link", body);
    g_assert_true(plx_suggestion_linked(list, "abc1") == find(list, "3f9a1c2e"));
    g_assert_cmpint(find(list, "3f9a1c2e")->linked, ==, TODAY * DAY + 60);
    apply(list, FIRST, TODAY, "link", "{\"hash\": \"abc2\"}");
    g_assert_null(plx_suggestion_linked(list, "abc1"));
    g_assert_null(plx_suggestion_linked(list, "abc"));
    g_assert_null(plx_suggestion_linked(list, ""));
    g_assert_true(plx_suggestion_linked(list, "abc2") == find(list, "3f9a1c2e"));
}

static void check_not_found(const plx_suggestion_list *list, const char *text, gint code)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_suggestion_find(list, text, &error));
    g_assert_error(error, PLX_ERROR, code);
}

static void test_find(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_suggestion_list) list = make_list(map);
    g_autofree char *number = plx_suggestion_number(find(list, "AB00"));
    g_assert_cmpstr(number, ==, "ab00000000000003");
    g_assert_cmpuint(list->digits, ==, 8);
    g_assert_cmpstr(find(list, number)->letter->text, ==, "Sing");
    check_not_found(list, "3f9a1c2", PLX_ERROR_USAGE); /* two begin so */
    check_not_found(list, "ab0", PLX_ERROR_USAGE);     /* too short */
    check_not_found(list, "", PLX_ERROR_USAGE);
    check_not_found(list, "one thing", PLX_ERROR_USAGE);
    check_not_found(list, "ab000000000000031", PLX_ERROR_USAGE);
    check_not_found(list, "abcd", PLX_ERROR_NOT_FOUND);
}

/* Numbers that have more digits in common are shown longer. */
static void test_digits(void)
{
    g_autoptr(plx_map) map = read_map();
    plx_letters *const letters = g_new0(plx_letters, 1);
    letters->map = map;
    letters->memory = g_ptr_array_new_with_free_func(g_free);
    letters->n = 2;
    letters->letters = g_new0(struct plx_letter, 2);
    g_ptr_array_add(letters->memory, letters->letters);
    letters->letters[0].number = FIRST;
    letters->letters[1].number = FIRST + 0x10;
    g_autoptr(plx_suggestion_list) list = plx_suggestion_list_new(letters);
    g_assert_cmpuint(list->digits, ==, 15);
}

static char *chosen(const plx_suggestion_list *list, const struct plx_suggestion_choice *choice)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) found = plx_suggestion_choose(list, choice, &error);
    GString *const out = g_string_new(NULL);
    g_assert_no_error(error);
    for (guint i = 0; i < found->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? " " : "",
                               ((const struct plx_suggestion *)found->pdata[i])->letter->text);
    return g_string_free(out, FALSE);
}

static void check_chosen(const plx_suggestion_list *list, const char *state, const char *point,
                         gboolean waiting, const char *expected)
{
    const struct plx_suggestion_choice choice = {
        .state = state, .point = point, .waiting = waiting};
    g_autofree char *found = chosen(list, &choice);
    g_assert_cmpstr(found, ==, expected);
}

static void test_choose(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_suggestion_list) list = make_list(map);
    const struct plx_suggestion_choice wrong[] = {{.state = "ready"}, {.point = "dor"}};
    const struct plx_suggestion_choice before = {.by_day = TRUE, .day = TODAY - 16};
    const struct plx_suggestion_choice on = {.by_day = TRUE, .day = TODAY - 15};
    apply(list, FIRST, TODAY, "answer", "{\"text\": \"A lamp\", \"point\": \"gate\"}");
    apply(list, THIRD, TODAY, "answer", "{\"state\": \"doing\"}");
    check_chosen(list, NULL, NULL, FALSE, "Ring Sing Swing Dark");
    check_chosen(list, NULL, NULL, TRUE, "Ring Sing Swing");
    check_chosen(list, "received", NULL, FALSE, "Ring Swing");
    check_chosen(list, "doing", NULL, FALSE, "Sing");
    check_chosen(list, "done", NULL, FALSE, "");
    check_chosen(list, NULL, "At the door", FALSE, "Ring Dark");
    check_chosen(list, NULL, "gate", TRUE, "Ring");
    check_chosen(list, NULL, "fax", FALSE, "");
    /* What was there on a day: what has no date was. */
    g_autofree char *early = chosen(list, &before);
    g_autofree char *later = chosen(list, &on);
    g_assert_cmpstr(early, ==, "Swing Dark");
    g_assert_cmpstr(later, ==, "Ring Swing Dark");
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(plx_suggestion_choose(list, &wrong[i], &error));
        g_assert_true(g_error_matches(error, PLX_ERROR,
                                      i == 0 ? (gint)PLX_ERROR_USAGE : (gint)PLX_ERROR_NOT_FOUND));
        g_assert_nonnull(strstr(error->message, i == 0 ? "expected received" : "did you mean"));
    }
}

static char *ask_for(struct plx_suggestion_ask ask, GError **error)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    return plx_suggestion_answer_text(&ask, map, none, error);
}

static void check_asked(struct plx_suggestion_ask ask, gint code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(ask_for(ask, &error));
    g_assert_error(error, PLX_ERROR, code);
    g_assert_nonnull(strstr(error->message, message));
}

static void test_asked(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_suggestion_list) list = make_list(map);
    g_autoptr(GError) error = NULL;
    g_autofree char *body = ask_for(
        (struct plx_suggestion_ask){"done", "Yes:\n\"größer\" \\ # now", "at the DOOR", NULL},
        &error);
    g_assert_no_error(error);
    apply(list, FIRST, TODAY, "answer", body);
    g_assert_cmpstr(find(list, "3f9a1c2e")->text, ==, "Yes:\n\"größer\" \\ # now");
    g_assert_cmpstr(find(list, "3f9a1c2e")->point, ==, "door");
    check_asked((struct plx_suggestion_ask){0}, PLX_ERROR_USAGE, "an answer needs --text");
    check_asked((struct plx_suggestion_ask){.text = ""}, PLX_ERROR_USAGE, "--text is empty");
    check_asked((struct plx_suggestion_ask){.text = "\xff"}, PLX_ERROR_USAGE,
                "--text is not UTF-8");
    check_asked((struct plx_suggestion_ask){.text = "a\x1b[31m"}, PLX_ERROR_USAGE,
                "--text has a control character");
    check_asked((struct plx_suggestion_ask){.text = "a\x7f"}, PLX_ERROR_USAGE,
                "--text has a control character");
    check_asked((struct plx_suggestion_ask){.text = " \n "}, PLX_ERROR_USAGE, "--text is empty");
    check_asked((struct plx_suggestion_ask){.state = "received"}, PLX_ERROR_USAGE,
                "before anybody has looked at it");
    check_asked((struct plx_suggestion_ask){.state = "doin"}, PLX_ERROR_USAGE,
                "did you mean \"doing\"?");
    check_asked((struct plx_suggestion_ask){.point = "dor"}, PLX_ERROR_NOT_FOUND,
                "there is no point \"dor\"");
    check_asked((struct plx_suggestion_ask){.point = "fax"}, PLX_ERROR_NOT_FOUND,
                "point \"fax\" is retired");
    check_asked((struct plx_suggestion_ask){.point = "late-room"}, PLX_ERROR_NOT_FOUND,
                "is a vignette");
    check_asked((struct plx_suggestion_ask){.step = "1"}, PLX_ERROR_NOT_FOUND,
                "there is no step 1");
    check_asked((struct plx_suggestion_ask){.step = "one"}, PLX_ERROR_USAGE,
                "expected the number of a step");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/suggestion/answered", test_answered);
    g_test_add_func("/suggestion/waiting", test_waiting);
    g_test_add_func("/suggestion/refused", test_refused);
    g_test_add_func("/suggestion/link", test_link);
    g_test_add_func("/suggestion/find", test_find);
    g_test_add_func("/suggestion/digits", test_digits);
    g_test_add_func("/suggestion/choose", test_choose);
    g_test_add_func("/suggestion/asked", test_asked);
    return g_test_run();
}
