/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Guesses that came after the reveal (store/late.h), as every engine must mark them; and the same
 * file, which is still the same. */

#include "contest.h"
#include "desk.h"

#include "store/late.h"

#include <string.h>

#define HEAD "audience,encounter,respondent,time,point,believed,seen\n"

/* 2026-03-01 10:14:30 UTC, which is also what clocks show here. */
static const struct plx_shown shown[] = {{"leader", 1772360070}, {"staff", 1772360070}};

static char *import(struct contest *contest, const char *text, gboolean late,
                    enum plx_import_repeat repeat)
{
    const struct contest_import one = {.text = text,
                                       .reveals = late ? shown : NULL,
                                       .n_reveals = late ? G_N_ELEMENTS(shown) : 0,
                                       .repeat = repeat,
                                       .threads = late ? 3 : 1};
    return contest_import(contest, &one);
}

/* How many rows of the state (all rows of the first engine) say so. */
static guint count(const struct contest *contest, const char *what)
{
    g_autofree char *rows = contest_rows(contest->engine[0]);
    guint n = 0;
    for (const char *at = rows; (at = strstr(at, what)); at++)
        n++;
    return n;
}

static const char guesses[] = HEAD "leader,e1,a,,page,8,\n"
                                   "leader,e1,a,,cart,na,\n"
                                   "leader,e2,b,,page,7,0\n"
                                   "leader,e3,c,,page,6,1\n"
                                   "leader,e4,d,2026-02-28,page,5,\n"
                                   "leader,e5,e,2026-03-01,page,5,\n"
                                   "leader,e6,f,2026-03-01T10:13Z,page,5,\n"
                                   "leader,e7,g,2026-03-01T10:14Z,page,5,\n"
                                   "customer,e8,h,,page,5,\n"
                                   "staff,e9,i,2026-03-01T09:00Z,page,5,\n"
                                   "staff,e10,j,2026-03-02T09:00Z,page,4,\n";

static void test_marked(void)
{
    struct contest contest;
    contest_init(&contest, desk_map);
    contest_expect(import(&contest, guesses, TRUE, PLX_REPEAT_REFUSE),
                   "import 1: 11 taken, 0 known, 0 replaced, 0 repeated, 4 late");
    g_assert_cmpuint(count(&contest, "seen=1"), ==, 5);
    g_assert_cmpuint(count(&contest, "seen=0"), ==, 1);
    contest_expect(import(&contest, guesses, TRUE, PLX_REPEAT_REFUSE), "same");
    contest_expect(import(&contest, guesses, TRUE, PLX_REPEAT_REPLACE), "same");
    contest_clear(&contest);
}

/* What was there before the reveal stays as it was; only what is new is late. */
static void test_before(void)
{
    struct contest contest;
    g_autofree char *more = g_strconcat(guesses, "leader,e11,k,,page,3,\n", NULL);
    contest_init(&contest, desk_map);
    contest_expect(import(&contest, guesses, FALSE, PLX_REPEAT_REFUSE),
                   "import 1: 11 taken, 0 known, 0 replaced, 0 repeated");
    contest_expect(import(&contest, guesses, TRUE, PLX_REPEAT_REFUSE), "same");
    contest_expect(import(&contest, more, TRUE, PLX_REPEAT_ONLY_NEW),
                   "import 2: 1 taken, 11 known, 0 replaced, 0 repeated, 1 late");
    g_assert_cmpuint(count(&contest, "seen=1"), ==, 2);
    contest_clear(&contest);
}

/* Marked rows that come back from an export say 1; a row of one's own that says something else is
 * another one. */
static void test_said(void)
{
    struct contest contest;
    contest_init(&contest, desk_map);
    contest_expect(import(&contest, HEAD "leader,e1,a,,page,8,\nleader,e2,b,,page,7,\n", TRUE,
                          PLX_REPEAT_REFUSE),
                   "import 1: 2 taken, 0 known, 0 replaced, 0 repeated, 2 late");
    contest_expect(import(&contest, HEAD "leader,e1,a,,page,8,1\nleader,e2,b,,page,7,1\n", TRUE,
                          PLX_REPEAT_REFUSE),
                   "same");
    contest_expect(import(&contest, HEAD "leader,e1,a,,page,8,0\nleader,e2,b,,page,7,\n", TRUE,
                          PLX_REPEAT_REPLACE),
                   "import 2: 1 taken, 1 known, 1 replaced, 0 repeated");
    g_assert_cmpuint(count(&contest, "seen=0"), ==, 1);
    contest_clear(&contest);
}

/* Without encounters rows are compared by all they say; without any keys as a whole file. */
static void test_without_keys(void)
{
    const char *const persons = "audience,respondent,point,believed\nleader,a,page,8\n"
                                "leader,b,page,8\nleader,c,page,7\n";
    const char *const nobody = "audience,point,believed\nleader,page,8\nleader,page,8\n";
    for (guint before = 0; before < 2; before++) {
        struct contest contest;
        const char *const late = before ? "" : ", 3 late";
        g_autofree char *all = g_strconcat(persons, "leader,d,page,7\n", NULL);
        g_autofree char *taken =
            g_strconcat("import 1: 3 taken, 0 known, 0 replaced, 0 repeated", late, NULL);
        contest_init(&contest, desk_map);
        contest_expect(import(&contest, persons, !before, PLX_REPEAT_REFUSE), taken);
        contest_expect(import(&contest, persons, TRUE, PLX_REPEAT_REFUSE), "same");
        contest_expect(import(&contest, all, TRUE, PLX_REPEAT_ONLY_NEW),
                       "import 2: 1 taken, 3 known, 0 replaced, 0 repeated, 1 late");
        const struct contest_import plain = {
            .text = nobody, .dataset = "n", .reveals = before ? NULL : shown, .n_reveals = !before};
        g_free(contest_import(&contest, &plain));
        const struct contest_import again = {
            .text = nobody, .dataset = "n", .reveals = shown, .n_reveals = 1};
        contest_expect(contest_import(&contest, &again),
                       "error 2: f.csv: import 3 has exactly these rows, and they have no keys "
                       "that could tell them apart; nothing was changed. --allow-repeat takes them "
                       "once more");
        contest_clear(&contest);
    }
}

/* Duplicates within a file, a dry run, a file that is given up. */
static void test_nothing_of_it(void)
{
    struct contest contest;
    const char *const twice = HEAD "leader,e1,a,,page,8,\nleader,e2,b,,page,8,\n"
                                   "leader,e1,a,,page,8,\n";
    struct contest_import one = {
        .text = twice, .reveals = shown, .n_reveals = 1, .threads = 3, .dry_run = TRUE};
    contest_init(&contest, desk_map);
    contest_expect(contest_import(&contest, &one),
                   "import 0: 2 taken, 0 known, 0 replaced, 0 repeated, 2 late");
    one.dry_run = FALSE;
    one.abandon = TRUE;
    contest_expect(contest_import(&contest, &one), "abandoned");
    one.abandon = FALSE;
    contest_expect(contest_import(&contest, &one),
                   "import 1: 2 taken, 0 known, 0 replaced, 0 repeated, 2 late");
    contest_clear(&contest);
}

int main(int argc, char **argv)
{
    g_assert_true(g_setenv("TZ", "UTC", TRUE));
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conformance-late/marked", test_marked);
    g_test_add_func("/conformance-late/before", test_before);
    g_test_add_func("/conformance-late/said", test_said);
    g_test_add_func("/conformance-late/without-keys", test_without_keys);
    g_test_add_func("/conformance-late/nothing-of-it", test_nothing_of_it);
    return g_test_run();
}
