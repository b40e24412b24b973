/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importing again (store/engine.h): what counts once, what is refused and in which words. */

#include "contest.h"
#include "desk.h"

#define KEYED "audience,encounter,point,level\n"
#define ONE "customer,e1,page,3\n"
#define TWO "leader,e2,cart,4\n"
#define THREE "customer,e3,page,5\n"

static char *bring(struct contest *contest, const char *text, enum plx_import_repeat repeat)
{
    const struct contest_import import = {.text = text, .repeat = repeat};
    return contest_import(contest, &import);
}

static void test_keys(void)
{
    struct contest c;
    contest_init(&c, desk_map);
    contest_expect(bring(&c, KEYED ONE TWO, PLX_REPEAT_REFUSE),
                   "import 1: 2 taken, 0 known, 0 replaced, 0 repeated");
    contest_expect(bring(&c, KEYED TWO ONE, PLX_REPEAT_REFUSE), "same");
    contest_expect(bring(&c, KEYED TWO, PLX_REPEAT_REPLACE), "same");
    contest_expect(bring(&c, KEYED TWO THREE, PLX_REPEAT_REFUSE),
                   "import 2: 1 taken, 1 known, 0 replaced, 0 repeated");
    contest_expect(bring(&c, KEYED "leader,e2,cart,5\n" ONE, PLX_REPEAT_REFUSE),
                   "error 2: f.csv: 1 observation of \"d\" is here already and said something "
                   "else (first: Cart); nothing was changed. --replace takes the new ones, "
                   "--only-new leaves these out");
    contest_expect(
        bring(&c, KEYED "leader,e2,cart,5\n" ONE "leader,e7,page,1\n", PLX_REPEAT_ONLY_NEW),
        "import 3: 1 taken, 2 known, 0 replaced, 0 repeated");
    contest_expect(bring(&c, KEYED "leader,e2,cart,5\n" ONE, PLX_REPEAT_REPLACE),
                   "import 4: 1 taken, 1 known, 1 replaced, 0 repeated");
    contest_expect(bring(&c, KEYED ONE, PLX_REPEAT_ALLOW),
                   "import 5: 1 taken, 0 known, 0 replaced, 0 repeated");
    contest_clear(&c);
}

/* A file of which something was replaced is not all there any more; nor one that left out what
 * another had, when that is undone. */
static void test_not_all_there(void)
{
    struct contest c;
    contest_init(&c, desk_map);
    g_free(bring(&c, KEYED ONE TWO, PLX_REPEAT_REFUSE));
    g_free(bring(&c, KEYED "customer,e1,page,6\n", PLX_REPEAT_REPLACE));
    contest_expect(bring(&c, KEYED ONE TWO, PLX_REPEAT_REPLACE),
                   "import 3: 1 taken, 1 known, 1 replaced, 0 repeated");
    g_free(bring(&c, KEYED TWO THREE, PLX_REPEAT_REFUSE)); /* takes THREE */
    g_free(contest_undo(&c, 1));                           /* takes TWO away */
    contest_expect(bring(&c, KEYED TWO THREE, PLX_REPEAT_REFUSE),
                   "import 5: 1 taken, 1 known, 0 replaced, 0 repeated");
    contest_clear(&c);
}

static void test_many_differ(void)
{
    struct contest c;
    const struct contest_import later = {
        .text = "audience,encounter,time,point,level\ncustomer,e1,2026-03-02,page,4\n"
                "customer,e1,2026-03-01,cart,4\ncustomer,e2,2026-03-01,search,4\n",
        .threads = 3};
    contest_init(&c, desk_map);
    g_free(bring(&c,
                 "audience,encounter,time,point,level\ncustomer,e1,2026-03-02,page,3\n"
                 "customer,e2,2026-03-01,search,3\ncustomer,e1,2026-03-01,cart,3\n",
                 PLX_REPEAT_REFUSE));
    contest_expect(contest_import(&c, &later),
                   "error 2: f.csv: 3 observations of \"d\" are here already and said something "
                   "else (first: Cart, 2026-03-01); nothing was changed. --replace takes the new "
                   "ones, --only-new leaves these out");
    contest_clear(&c);
}

#define PERSONS "audience,respondent,time,point,level\n"
#define ANN "customer,ann,2026-03-01,page,3\n"
#define BOB "customer,bob,2026-03-01,page,3\n"
#define CAT "customer,,2026-03-02,cart,4\n"

static void test_persons(void)
{
    struct contest c;
    contest_init(&c, desk_map);
    g_free(bring(&c, PERSONS ANN BOB CAT, PLX_REPEAT_REFUSE));
    contest_expect(bring(&c, PERSONS CAT BOB ANN, PLX_REPEAT_REFUSE), "same");
    contest_expect(bring(&c, PERSONS CAT ANN "leader,dan,2026-03-01,page,2\n", PLX_REPEAT_REFUSE),
                   "error 2: f.csv: 2 of 3 rows of \"d\" are here already; nothing was changed. "
                   "--only-new takes the others, --allow-repeat takes all");
    contest_expect(bring(&c, PERSONS CAT ANN "leader,dan,2026-03-01,page,2\n", PLX_REPEAT_REPLACE),
                   "error 2: f.csv: 2 of 3 rows of \"d\" are here already; nothing was changed. "
                   "--only-new takes the others, --allow-repeat takes all");
    contest_expect(bring(&c, PERSONS CAT CAT "leader,eve,2026-03-01,page,2\n", PLX_REPEAT_REFUSE),
                   "import 2: 3 taken, 0 known, 0 replaced, 1 repeated");
    contest_expect(bring(&c, PERSONS CAT ANN "leader,dan,2026-03-01,page,2\n", PLX_REPEAT_ONLY_NEW),
                   "import 3: 1 taken, 2 known, 0 replaced, 0 repeated");
    contest_expect(bring(&c, PERSONS ANN, PLX_REPEAT_ALLOW),
                   "import 4: 1 taken, 0 known, 0 replaced, 0 repeated");
    contest_clear(&c);
}

#define PLAIN "audience,point,level\n"

static void test_no_keys(void)
{
    struct contest c;
    contest_init(&c, desk_map);
    g_free(bring(&c, PLAIN "customer,page,3\ncustomer,page,3\nleader,page,4\n", PLX_REPEAT_REFUSE));
    contest_expect(
        bring(&c, PLAIN "customer,page,3\nleader,page,4\ncustomer,page,3\n", PLX_REPEAT_REFUSE),
        "error 2: f.csv: import 1 has exactly these rows, and they have no keys that could tell "
        "them apart; nothing was changed. --allow-repeat takes them once more");
    contest_expect(
        bring(&c, PLAIN "customer,page,3\nleader,page,4\ncustomer,page,3\n", PLX_REPEAT_ONLY_NEW),
        "same");
    contest_expect(bring(&c, PLAIN "customer,page,3\nleader,page,4\n", PLX_REPEAT_REFUSE),
                   "import 2: 2 taken, 0 known, 0 replaced, 0 repeated");
    contest_expect(
        bring(&c, PLAIN "customer,page,3\nleader,page,4\ncustomer,page,3\n", PLX_REPEAT_ALLOW),
        "import 3: 3 taken, 0 known, 0 replaced, 0 repeated");
    contest_clear(&c);
}

/* Encounters of the anonymous are not kept: the same file is known as a whole, others row by row.
 */
static void test_anonymous(void)
{
    struct contest c;
    contest_init(&c, desk_map);
    const char *const first = KEYED ONE "staff,s1,page,3\nstaff,s2,page,3\nstaff,s2,cart,4\n";
    contest_expect(bring(&c, first, PLX_REPEAT_REFUSE),
                   "import 1: 4 taken, 0 known, 0 replaced, 0 repeated");
    contest_expect(bring(&c, first, PLX_REPEAT_REFUSE), "same");
    contest_expect(bring(&c, KEYED TWO "staff,s1,page,3\nstaff,s4,page,6\nstaff,s5,search,6\n",
                         PLX_REPEAT_REFUSE),
                   "import 2: 4 taken, 0 known, 0 replaced, 1 repeated");
    contest_expect(bring(&c, KEYED ONE "staff,s1,page,3\nstaff,s2,page,3\n", PLX_REPEAT_REFUSE),
                   "error 2: f.csv: 2 of 2 rows of \"d\" whose keys are not kept are here already; "
                   "nothing was changed. "
                   "--only-new takes the others, --allow-repeat takes all");
    contest_expect(bring(&c, KEYED ONE THREE "staff,s1,page,3\nstaff,s9,page,1\nstaff,s2,cart,4\n",
                         PLX_REPEAT_ONLY_NEW),
                   "import 3: 2 taken, 3 known, 0 replaced, 0 repeated");
    contest_clear(&c);
}

/* Rows of a file may name their data sets themselves. */
static void test_datasets(void)
{
    struct contest c;
    contest_init(&c, desk_map);
    const char *const first = "audience,dataset,encounter,point,level\ncustomer,a,e1,page,3\n"
                              "customer,b,e1,page,4\ncustomer,,e1,page,5\n";
    contest_expect(bring(&c, first, PLX_REPEAT_REFUSE),
                   "import 1: 3 taken, 0 known, 0 replaced, 0 repeated");
    contest_expect(bring(&c, first, PLX_REPEAT_REFUSE), "same");
    const struct contest_import elsewhere = {
        .text = "audience,dataset,encounter,point,level\ncustomer,a,e1,page,3\n"
                "customer,b,e1,page,6\ncustomer,d,e1,page,1\n",
        .dataset = "b"};
    contest_expect(contest_import(&c, &elsewhere),
                   "error 2: f.csv: 2 observations of \"b\" are here already and said something "
                   "else (first: Page); nothing was changed. --replace takes the new ones, "
                   "--only-new leaves these out");
    const struct contest_import new_name = {
        .text = "audience,dataset,encounter,point,level\ncustomer,a,e1,page,3\n"
                "customer,b,e1,page,6\n",
        .dataset = "never seen",
        .repeat = PLX_REPEAT_REPLACE};
    contest_expect(contest_import(&c, &new_name),
                   "import 2: 1 taken, 1 known, 1 replaced, 0 repeated");
    contest_clear(&c);
}

static void test_notes(void)
{
    struct contest c;
    contest_init(&c, desk_map);
    const char *const first = "audience,encounter,point,prompt,note\ncustomer,e1,page,well,fine\n"
                              "customer,e1,,well,fine\ncustomer,e1,,well,better\n";
    contest_expect(bring(&c, first, PLX_REPEAT_REFUSE),
                   "import 1: 3 taken, 0 known, 0 replaced, 0 repeated");
    contest_expect(bring(&c,
                         "audience,encounter,point,prompt,note\ncustomer,e1,page,well,bad\n"
                         "customer,e1,,well,best\ncustomer,e1,,well,fine\n",
                         PLX_REPEAT_REPLACE),
                   "import 2: 2 taken, 1 known, 1 replaced, 0 repeated");
    contest_clear(&c);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conformance-again/keys", test_keys);
    g_test_add_func("/conformance-again/not-all-there", test_not_all_there);
    g_test_add_func("/conformance-again/many-differ", test_many_differ);
    g_test_add_func("/conformance-again/persons", test_persons);
    g_test_add_func("/conformance-again/no-keys", test_no_keys);
    g_test_add_func("/conformance-again/anonymous", test_anonymous);
    g_test_add_func("/conformance-again/datasets", test_datasets);
    g_test_add_func("/conformance-again/notes", test_notes);
    return g_test_run();
}
