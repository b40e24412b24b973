/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words_beliefs.h"

#include "report/room.h"

#include <math.h>

typedef void (*say)(const struct plx_moment *moment, GString *out);

static void says(say what, const struct plx_moment *moment, const char *wanted)
{
    g_autoptr(GString) text = g_string_new(NULL);
    what(moment, text);
    g_assert_cmpstr(text->str, ==, wanted);
}

static struct plx_voice answered(double share, double lo, double hi)
{
    return (struct plx_voice){
        .n = 100, .persons = 100, .desired_share = share, .desired_ci = {lo, hi}};
}

/* "In 10" never contradicts the range beside it: then both are said in percent. */
static void test_in_ten_or_percent(void)
{
    static const struct {
        double guessed, said, lo, hi;
        const char *you, *they;
    } rows[] = {{0.8, 0.32, 0.29, 0.35, "8 in 10", "3 in 10"},
                {0.8, 0.35, 0.32, 0.38, "80 %", "35 %"},
                {0.97, 0.02, 0.01, 0.05, "nearly 10 in 10", "fewer than 1 in 10"},
                {0, 1, 0.96, 1, "0 in 10", "10 in 10"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct plx_voice voice = answered(rows[i].said, rows[i].lo, rows[i].hi);
        const struct plx_belief belief = {.believed = rows[i].guessed};
        const struct plx_moment moment = {.belief = &belief, .served = &voice};
        says(plx_words_guessed, &moment, rows[i].you);
        says(plx_words_said, &moment, rows[i].they);
    }
}

/* Readers who subtract what is printed find what is printed. */
static void test_apart(void)
{
    static const struct {
        double guessed, said, lo, hi;
        const char *words;
    } rows[] = {{0.78, 0.32, 0.42, 0.5, "46 in 100 fewer (42–50)"},
                {0.2, 0.614, -0.47, -0.36, "41 in 100 more (36–47)"},
                {0.776, 0.316, 0.4, 0.52, "46 in 100 fewer (40–52)"},
                {0.7, 0.13, (double)NAN, (double)NAN, "about 6 in 10 fewer"},
                {0.3, 0.9, (double)NAN, (double)NAN, "about 6 in 10 more"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct plx_belief belief = {.believed = rows[i].guessed,
                                          .served = rows[i].said,
                                          .difference = rows[i].guessed - rows[i].said,
                                          .ci = {rows[i].lo, rows[i].hi}};
        const struct plx_moment moment = {.belief = &belief};
        says(plx_words_moment_apart, &moment, rows[i].words);
    }
}

static void test_cut(void)
{
    static char expected[] = "Expected", desired[] = "Desired";
    static char *words[] = {NULL, NULL, expected, desired, NULL, NULL};
    static const struct {
        struct plx_scale scale;
        const char *words;
    } rows[] = {
        {{.min = 1, .max = 6, .desired = 4, .words = words}, "Desired or better (4 to 6 of 6)"},
        {{.min = 1, .max = 5, .desired = 4}, "4 or 5 of 5"},
        {{.min = 0, .max = 10, .desired = 9}, "9 or 10 of 10"},
        {{.min = 1, .max = 7, .desired = 7}, "7 of 7"},
        {{.min = -1, .max = 1, .desired = 1}, "1, of -1 to 1, where 1 is best"},
        {{.min = 1, .max = 5, .desired = 2, .down = TRUE}, "2 or 1, of 1 to 5, where 1 is best"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_cut(&rows[i].scale, text);
        g_assert_cmpstr(text->str, ==, rows[i].words);
    }
}

static char *verdict(const plx_beliefs *beliefs, guint m, enum plx_words_to to)
{
    GString *text = g_string_new(NULL);
    plx_words_moment_verdict(beliefs, &beliefs->groups[0].moments[m], to, text);
    return g_string_free(text, FALSE);
}

/* In the room people are addressed, in a report named; where nothing is compared nothing is said.
 */
static void test_who_is_spoken_to(void)
{
    g_autoptr(room) r = room_new(ROOM_FULL);
    g_autofree char *in_room = verdict(r->beliefs, 0, PLX_WORDS_ROOM);
    g_assert_cmpstr(in_room, ==,
                    "You think it better than they say: 50 in 100 fewer (41–58) than you said.");
    g_autofree char *report = verdict(r->beliefs, 0, PLX_WORDS_REPORT);
    g_assert_cmpstr(report, ==,
                    "Leaders think it better than customers say: 50 in 100 fewer (41–58) than "
                    "leaders said.");
    g_autofree char *right = verdict(r->beliefs, 2, PLX_WORDS_REPORT);
    g_assert_cmpstr(right, ==, "Leaders see it as customers do.");
    g_autofree char *open = verdict(r->beliefs, 4, PLX_WORDS_ROOM);
    g_assert_cmpstr(open, ==,
                    "Not sure yet: anything from 3 in 100 more to 28 fewer than you said.");
    g_autofree char *nothing = verdict(r->beliefs, 5, PLX_WORDS_ROOM);
    g_assert_cmpstr(nothing, ==, "");
}

/* Second guesses, and those of people who had seen results, are left out, and told in a report; the
 * room has that once, behind. */
static void test_later_ones(void)
{
    g_autoptr(room) r = room_new(ROOM_FULL);
    struct plx_moment moment = r->beliefs->groups[0].moments[0];
    static const char *const wanted[] = {"12 guesses, from 7 to 9 in 10",
                                         "12 guesses, from 7 to 9 in 10; 1 left out: given after "
                                         "results were seen, or a second time",
                                         "12 guesses, from 7 to 9 in 10; 2 left out: given after "
                                         "results were seen, or a second time"};
    for (gint64 later = 0; later < 3; later++) {
        g_autoptr(GString) text = g_string_new(NULL);
        moment.later = later;
        plx_words_guess_evidence(r->beliefs, &moment, PLX_WORDS_REPORT, text);
        g_assert_cmpstr(text->str, ==, wanted[later]);
        g_string_truncate(text, 0);
        plx_words_guess_evidence(r->beliefs, &moment, PLX_WORDS_ROOM, text);
        g_assert_cmpstr(text->str, ==, "12 guesses, from 7 to 9 in 10.");
    }
}

static void test_states(void)
{
    g_autoptr(room) full = room_new(ROOM_FULL);
    g_autoptr(room) masked = room_new(ROOM_MASKED);
    g_autoptr(room) hidden = room_new(ROOM_HIDDEN);
    g_autoptr(room) marks = room_new(ROOM_MARKS);
    const struct plx_moment *of_full = full->beliefs->groups[0].moments;
    g_assert_cmpint(plx_guess_state(&of_full[0]), ==, PLX_GUESS_SHOWN);
    g_assert_cmpint(plx_truth_state(&of_full[0]), ==, PLX_TRUTH_SHOWN);
    g_assert_cmpint(plx_truth_state(&of_full[5]), ==, PLX_TRUTH_NOBODY);
    g_assert_cmpint(plx_guess_state(&masked->beliefs->groups[0].moments[1]), ==, PLX_GUESS_MASKED);
    g_assert_cmpint(plx_guess_state(&hidden->beliefs->groups[0].moments[0]), ==, PLX_GUESS_HIDDEN);
    g_assert_cmpint(plx_truth_state(&marks->beliefs->groups[0].moments[0]), ==, PLX_TRUTH_NO_CUT);
    g_assert_true(plx_guesses_shown(&full->beliefs->groups[0]));
    g_assert_false(plx_guesses_shown(&hidden->beliefs->groups[0]));
    struct plx_voice voice = {.n = PLX_NO_COUNT, .suppressed = PLX_HIDDEN_FEW};
    const struct plx_moment of_few = {.served = &voice};
    g_assert_cmpint(plx_truth_state(&of_few), ==, PLX_TRUTH_HIDDEN);
}

/* Asked where it may decide something, and only with a number that is shown anyway. */
static void test_all_guessed(void)
{
    static const struct {
        enum room_kind kind;
        const char *text;
    } rows[] = {{ROOM_FULL, "If these 12 are all your leaders, say --population leader=12: then "
                            "more may be told."},
                {ROOM_HIDDEN, ""},
                {ROOM_STARS, ""}, /* of 42, too many to be all there are */
                {ROOM_EMPTY, ""}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(room) r = room_new(rows[i].kind);
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_all_guessed(r->beliefs, text);
        g_assert_cmpstr(text->str, ==, rows[i].text);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words-beliefs/in-ten-or-percent", test_in_ten_or_percent);
    g_test_add_func("/words-beliefs/apart", test_apart);
    g_test_add_func("/words-beliefs/cut", test_cut);
    g_test_add_func("/words-beliefs/who-is-spoken-to", test_who_is_spoken_to);
    g_test_add_func("/words-beliefs/later-ones", test_later_ones);
    g_test_add_func("/words-beliefs/states", test_states);
    g_test_add_func("/words-beliefs/all-guessed", test_all_guessed);
    return g_test_run();
}
