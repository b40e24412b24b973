/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_change.h"

#include "base/error.h"
#include "map/map_file.h"
#include "map/map_same.h"

#include <string.h>

static plx_map *read_text(const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = plx_map_read_memory(text, strlen(text), "m.yaml", &error);
    if (error)
        g_test_message("%s", text);
    g_assert_no_error(error);
    return map;
}

#define HEAD "parallax: 1\ntitle: T\n"
#define ORDER "journeys:\n- title: Order\n  transactions:\n  - title: Find\n    points:\n"
#define PAGE "    - {id: page, title: Campaign page}\n"
#define DOOR "    - {id: door, title: At the door}\n"
#define PAY "  - title: Pay\n    points:\n"
#define CASH "    - {id: cash, title: The till}\n"
#define THREE ORDER PAGE DOOR PAY CASH

/* What was answered in all these tests. */
static const struct plx_map_data answers[] = {
    {PLX_THING_POINT, "door", 120},    {PLX_THING_POINT, "cash", 1},
    {PLX_THING_AUDIENCE, "guest", 64}, {PLX_THING_MEASURE, "pain", 30},
    {PLX_THING_JOURNEY, "order", 7},   {PLX_THING_TASK, "drive", 9},
    {PLX_THING_PROMISE, "soon", 8},
};

static GPtrArray *compare(const char *from, const char *to, GError **error)
{
    g_autoptr(plx_map) a = read_text(from);
    g_autoptr(plx_map) b = read_text(to);
    GPtrArray *changes = plx_map_compare(a, b, answers, 2, error);
    if (changes)
        g_assert_true((changes->len == 0) == plx_map_same(a, b));
    return changes;
}

/* One line per change: "code thing id other answers: sentence". */
static void check_changes(const char *from, const char *to, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) changes = compare(from, to, &error);
    g_assert_no_error(error);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < changes->len; i++) {
        const struct plx_map_change *change = g_ptr_array_index(changes, i);
        g_string_append_printf(text, "%s %s %s %s %" G_GUINT64_FORMAT ": %s\n",
                               plx_map_change_name(change->code), plx_thing_name(change->kind),
                               change->id ? change->id : "-", change->other ? change->other : "-",
                               change->answers, change->sentence);
    }
    g_assert_cmpstr(text->str, ==, expected);
}

static void test_history(void)
{
    check_changes(HEAD THREE, HEAD THREE, "");
    check_changes(
        HEAD THREE, HEAD ORDER PAGE "    - {id: step, title: At the door, was: door}\n" PAY CASH,
        "renamed point step door 120: The point \"door\" has the id \"step\" now; its 120 answers "
        "go with it.\n");
    check_changes(HEAD THREE, HEAD ORDER PAGE "    - {id: door, title: The door}\n" PAY CASH,
                  "retitled point door - 0: The point [door] is called \"The door\" now, before "
                  "\"At the door\".\n");
    check_changes(HEAD THREE, HEAD ORDER PAGE PAY DOOR CASH,
                  "moved point door order/find 0: The point \"At the door\" [door] moved from "
                  "order/find to order/pay.\n");
    check_changes(HEAD THREE, HEAD ORDER DOOR PAGE PAY CASH,
                  "reordered transaction order/find - 0: The points of \"Find\" [order/find] "
                  "stand in another order.\n");
    check_changes(
        HEAD THREE,
        HEAD ORDER PAGE
        "    - {id: a, title: A, was: door}\n    - {id: b, title: B, was: door}\n" PAY CASH,
        "added point a - 0: New point: \"A\" [a].\n"
        "added point b - 0: New point: \"B\" [b].\n"
        "split point door a, b 120: The point \"At the door\" [door] is followed by a, b and "
        "retired; its 120 answers stay with it.\n");
    check_changes(HEAD THREE,
                  HEAD ORDER PAGE PAY "    - {id: cash, title: The till, was: [door]}\n",
                  "merged point cash door 120: The point \"The till\" [cash] now stands for door, "
                  "too, with 120 answers.\n");
    check_changes(HEAD THREE, HEAD ORDER PAGE PAY "    - {id: both, title: X, was: [door, cash]}\n",
                  "merged point both door, cash 121: The point \"X\" [both] now stands for door, "
                  "cash, too, with 121 answers.\n"
                  "retitled point both - 0: The point [both] is called \"X\" now, before \"At the "
                  "door\".\n"
                  "moved point both order/find 0: The point \"X\" [both] moved from order/find to "
                  "order/pay.\n");
}

/* Vignettes keep their answers like points; they have no home to move from. */
static void test_vignettes(void)
{
    check_changes(HEAD THREE, HEAD THREE "vignettes: [Late]\n",
                  "added point late - 0: New vignette: \"Late\" [late].\n");
    check_changes(HEAD THREE "vignettes: [Late, Lost]\n", HEAD THREE "vignettes: [Late]\n",
                  "removed point lost - 0: The vignette \"Lost\" [lost] is gone; it had no "
                  "answers.\n");
    check_changes(
        HEAD THREE "vignettes: [Late]\n",
        HEAD THREE "vignettes: [{id: late, words: Very late, for: cash}]\n",
        "retitled point late - 0: The vignette [late] is called \"Very late\" now, before "
        "\"Late\".\n"
        "edited point late - 0: What is said of the vignette \"Very late\" [late] "
        "changed.\n");
    check_changes(HEAD ORDER PAGE PAY CASH "vignettes: [{id: door, words: Late}]\n",
                  HEAD ORDER PAGE PAY CASH "vignettes: [{id: late, words: Late, was: door}]\n",
                  "renamed point late door 120: The vignette \"door\" has the id \"late\" now; its "
                  "120 answers go with it.\n");
    check_changes(
        HEAD ORDER PAGE PAY CASH "vignettes: [{id: door, words: Late}]\n",
        HEAD ORDER PAGE PAY CASH "retired: {points: door}\n",
        "retired point door - 120: The vignette \"Late\" [door] is retired; its 120 answers "
        "stay with it.\n");
    check_changes(HEAD THREE "vignettes: [Late, Lost]\n", HEAD THREE "vignettes: [Lost, Late]\n",
                  "edited map - - 0: Earlier ids, or the order of journeys, tasks, promises or "
                  "definitions changed.\n");
}

static void test_retired(void)
{
    const char retired[] = HEAD ORDER PAGE PAY CASH "retired: {points: [door]}\n";
    check_changes(HEAD THREE, retired,
                  "retired point door - 120: The point \"At the door\" [door] is retired; its 120 "
                  "answers stay with it.\n");
    check_changes(retired, HEAD THREE,
                  "unretired point door - 120: The point \"At the door\" [door] is asked again; "
                  "its 120 answers count again.\n");
    check_changes(retired, HEAD ORDER PAGE PAY "    - {id: cash, title: The till, was: door}\n",
                  "unretired point door cash 120: The retired point \"door\" is continued by "
                  "\"cash\"; its 120 answers count there.\n");
    /* A merge is taken back by a point that names itself. */
    check_changes(HEAD ORDER PAGE PAY "    - {id: cash, title: The till, was: door}\n",
                  HEAD ORDER PAGE "    - {id: door, title: At the door, was: door}\n" PAY CASH,
                  "restored point door cash 0: The point \"At the door\" [door] takes back its own "
                  "answers, which were with \"cash\".\n");
    check_changes(HEAD THREE, HEAD ORDER DOOR PAY CASH,
                  "removed point page - 0: The point \"Campaign page\" [page] is gone; it had no "
                  "answers.\n");
    check_changes(HEAD THREE "retired: {points: [x]}\n", HEAD THREE,
                  "removed point x - 0: The retired point \"x\" is forgotten.\n");
    check_changes(HEAD THREE, HEAD THREE "retired: {tasks: [x]}\n",
                  "retired task x - 0: The task \"x\" [x] is retired.\n");
}

/* A map without journeys takes any point: what it does not list stays. */
static void test_unlisted(void)
{
    check_changes(
        HEAD THREE, HEAD,
        "removed journey order - 0: The journey \"Order\" [order] is gone; it had no "
        "answers.\n"
        "removed point page - 0: The point \"Campaign page\" [page] is gone; it had no "
        "answers.\n"
        "removed point door - 0: The point \"At the door\" [door] is no longer listed; its "
        "120 answers stay.\n"
        "removed point cash - 0: The point \"The till\" [cash] is no longer listed; its 1 "
        "answer stays.\n");
    check_changes(HEAD ORDER PAGE "retired:\n  points: [door]\n", HEAD,
                  "removed journey order - 0: The journey \"Order\" [order] is gone; it had no "
                  "answers.\n"
                  "removed point page - 0: The point \"Campaign page\" [page] is gone; it had no "
                  "answers.\n"
                  "removed point door - 120: The retired point \"door\" is forgotten; its 120 "
                  "answers count again.\n");
}

static void test_definitions(void)
{
    check_changes(HEAD "margin: 0.4\nabout: A\n", "parallax: 1\ntitle: U\n",
                  "edited map - - 0: The map has another title, about, margin.\n");
    check_changes(HEAD "scales: {s: {min: 1, max: 3}, t: {min: 0, max: 1}}\n"
                       "measures: {m: {scale: s}, o: {scale: s}}\n",
                  HEAD "scales: {s: {min: 1, max: 4}, u: {min: 0, max: 1}, "
                       "done: {labels: {words: [No, Yes]}}}\n"
                       "measures: {m: {scale: s, title: M, of: task}, n: {scale: s}}\n",
                  "edited scale done - 0: The scale \"done\" has other labels.\n"
                  "scale scale s - 0: The scale \"s\" has other values or cuts.\n"
                  "added scale u - 0: New scale \"u\", 0 to 1.\n"
                  "removed scale t - 0: The scale \"t\" is gone.\n"
                  "retitled measure m - 0: The measure \"m\" is called \"M\" now, before \"m\".\n"
                  "scale measure m s 0: The measure \"m\" is asked on the scale \"s\" now.\n"
                  "edited measure m - 0: The measure \"m\" is asked of something else now.\n"
                  "added measure n - 0: New measure: \"n\" [n].\n"
                  "removed measure o - 0: The measure \"o\" is gone.\n");
    check_changes(HEAD "audiences: {a: {served: true}, b: }\n",
                  HEAD "audiences: {a: {served: false, protected: true, population: 9, "
                       "identity: panel, scale: feeling}, c: {was: b, title: b}}\n",
                  "served audience a - 0: The audience \"a\" is no longer among those whose view "
                  "decides.\n"
                  "protected audience a - 0: The audience \"a\" is now protected.\n"
                  "identity audience a visit 0: Of the audience \"a\" new answers are kept with "
                  "identity panel, before visit.\n"
                  "scale audience a six-levels 0: The audience \"a\" gives levels on the scale "
                  "\"feeling\" now.\n"
                  "edited audience a - 0: The audience \"a\" has another population, minimum or "
                  "consent to be named.\n"
                  "renamed audience c b 0: The audience \"b\" has the id \"c\" now.\n");
}

static void test_beside(void)
{
    check_changes(
        HEAD THREE "tasks: [{title: Drive}, {title: Rest}]\n"
                   "promises: [{words: Soon, points: door}]\n",
        HEAD "journeys:\n- {title: Buy, was: order, transactions: [{title: Pay, points: [Cash, "
             "Page]}, {title: Find, points: [Door]}]}\n"
             "- {title: Back, transactions: [{title: Go, points: [{use: cash}, Label]}]}\n"
             "tasks: [{title: Drive, owner: Me}, {title: Sleep, was: rest}]\n"
             "promises: [{words: Later, id: soon, points: [door, label]}]\n",
        "renamed journey buy order 0: The journey \"order\" has the id \"buy\" now.\n"
        "retitled journey buy - 0: The journey [buy] is called \"Buy\" now, before \"Order\".\n"
        "added journey back - 0: New journey: \"Back\" [back].\n"
        "reordered journey buy - 0: The transactions of \"Buy\" [buy] stand in another order.\n"
        "added transaction back/go - 0: New transaction: \"Go\" [back/go].\n"
        "retitled point cash - 0: The point [cash] is called \"Cash\" now, before \"The till\".\n"
        "retitled point page - 0: The point [page] is called \"Page\" now, before \"Campaign "
        "page\".\n"
        "moved point page buy/find 0: The point \"Page\" [page] moved from buy/find to buy/pay.\n"
        "retitled point door - 0: The point [door] is called \"Door\" now, before \"At the "
        "door\".\n"
        "added point label - 0: New point: \"Label\" [label].\n"
        "edited task drive - 0: What is said of the task \"Drive\" [drive] changed.\n"
        "renamed task sleep rest 0: The task \"rest\" has the id \"sleep\" now.\n"
        "retitled task sleep - 0: The task [sleep] is called \"Sleep\" now, before \"Rest\".\n"
        "retitled promise soon - 0: The promise [soon] is called \"Later\" now, before \"Soon\".\n"
        "edited promise soon - 0: What is said of the promise \"Later\" [soon] changed.\n");
    check_changes(HEAD THREE "- {title: B, transactions: [{title: X, points: [Y, {use: door}]}]}\n",
                  HEAD THREE "- {title: B, transactions: [{title: X, points: [Y]}]}\n",
                  "edited transaction b/x - 0: \"X\" [b/x] uses other points of other journeys.\n");
}

/* ---- refused ---- */

#define MORE                                                                                       \
    "scales: {s: {min: 1, max: 3}}\nmeasures: {pain: {scale: s}}\naudiences: {guest: {scale: "     \
    "s}}\n"
#define BESIDE "tasks: [{title: Drive}]\npromises: [{words: Soon, points: page}]\n"

static const struct {
    const char *from, *to, *message;
} refused[] = {
    /* gone: with a near title, or at the transaction where it was */
    {THREE, ORDER PAGE "    - {id: entry, title: At the doors}\n" PAY CASH,
     "m.yaml:9:12: the point \"door\" has 120 answers and is no longer on the map; add `was: "
     "[door]` to the point that continues it, or list it under `retired: points:`; did you mean "
     "\"entry\" to continue it?"},
    {THREE, ORDER PAGE PAY CASH,
     "m.yaml:6:12: the point \"door\" has 120 answers and is no longer on the map; add `was: "
     "[door]` to the point that continues it, or list it under `retired: points:`"},
    {THREE, ORDER PAGE,
     "m.yaml: the point \"cash\" has 1 answer and is no longer on the map; add `was: [cash]` "
     "to the point that continues it, or list it under `retired: points:`; the same is to be "
     "settled for \"door\""},
    {ORDER PAGE PAY CASH "retired: {points: [door]}\n", ORDER PAGE PAY CASH,
     "m.yaml: the retired point \"door\" has 120 answers and is no longer on the map; add `was: "
     "[door]` to the point that continues it, or list it under `retired: points:`"},
    {"", ORDER PAGE PAY CASH,
     "m.yaml: there are 120 answers of the point \"door\", which is not on the map; add `was: "
     "[door]` to the point that continues it, or list it under `retired: points:`"},
    /* an earlier id is forgotten, used again, or claimed by another one */
    {ORDER PAGE "    - {id: new, title: N, was: door}\n" PAY CASH,
     ORDER PAGE "    - {id: new, title: N}\n" PAY CASH,
     "m.yaml:9:12: the point \"new\" has 120 answers under its earlier id \"door\"; name \"door\" "
     "in the `was` of \"new\", and nowhere else"},
    {ORDER PAGE "    - {id: new, title: N, was: door}\n" PAY CASH,
     ORDER "    - {id: new, title: N}\n" DOOR PAY CASH,
     "m.yaml:9:12: \"door\" is an earlier id of the point \"new\", with 120 answers; give the new "
     "one another id and name \"door\" in the `was` of \"new\", or write `was: [door]` here to "
     "take them back"},
    {ORDER PAGE "    - {id: new, title: N, was: door}\n" PAY CASH,
     ORDER "    - {id: new, title: N}\n    - {id: b, title: B, was: door}\n" PAY CASH,
     "m.yaml:8:12: the point \"new\" has 120 answers under its earlier id \"door\"; name \"door\" "
     "in the `was` of \"new\", and nowhere else"},
    {ORDER PAGE "    - {id: new, title: N, was: door}\n" PAY CASH,
     ORDER "    - {id: new, title: N, was: door}\n    - {id: b, title: B, was: door}\n" PAY CASH,
     "m.yaml:8:32: the point \"new\" has 120 answers under its earlier id \"door\"; name \"door\" "
     "in the `was` of \"new\", and nowhere else"},
    {ORDER PAGE "    - {id: new, title: N, was: door}\n" PAY CASH,
     ORDER PAGE PAY CASH "retired: {points: [new]}\n",
     "m.yaml:12:20: the point \"new\" has 120 answers under its earlier id \"door\"; name \"door\" "
     "in the `was` of \"new\", and nowhere else"},
    /* the last of two must not inherit what could not be told apart */
    {ORDER "    - {id: a, title: A, was: door}\n    - {id: b, title: B, was: door}\n" PAY CASH,
     ORDER "    - {id: a, title: A, was: door}\n" PAY CASH,
     "m.yaml:8:30: the point \"door\" was split, and its 120 answers would all go to \"a\" now; "
     "list \"door\" under `retired: points:`"},
};

static const struct {
    const char *from, *to, *message;
    guint first;
} refused_others[] = {
    {MORE, "scales: {s: {min: 1, max: 3}}\nmeasures: {pain: {scale: s}}\n",
     "m.yaml: the audience \"guest\" has 64 answers and is no longer on the map; keep it, asked or "
     "not, or add `was: [guest]` to the audience that continues it",
     2},
    {MORE, "measures: {pain: {scale: effort}}\naudiences: {guest: {scale: effort}}\n",
     "m.yaml:4:13: the audience \"guest\" has 64 answers on its scale, which cannot change under "
     "them; keep it, and declare another audience for the new scale; the same is to be settled "
     "for \"pain\"",
     2},
    {MORE, "measures: {pain: {scale: effort}}\n",
     "m.yaml:3:12: the measure \"pain\" has 30 answers on its scale, which cannot change under "
     "them; keep it, and declare another measure for the new scale",
     3},
    {MORE, "scales: {s: {min: 1, max: 3}}\nmeasures: {pain: {scale: s, of: task}}\n",
     "m.yaml:4:12: the measure \"pain\" has 30 answers; what it is asked of (`of`) cannot change "
     "under them; keep it, and declare another",
     3},
    {MORE, "",
     "m.yaml: the measure \"pain\" has 30 answers and is no longer on the map; keep it, "
     "asked or not",
     3},
    {ORDER PAGE BESIDE, ORDER PAGE "tasks: [{title: Drives}]\n",
     "m.yaml:9:17: the task \"drive\" has 9 answers and is no longer on the map; add `was: "
     "[drive]` to the task that continues it, or list it under `retired: tasks:`; did you mean "
     "\"drives\" to continue it?; the same is to be settled for \"soon\"",
     5},
};

static void check_refused(const char *from, const char *to, guint first, guint n,
                          const char *message)
{
    g_autofree char *old_text = g_strconcat(HEAD, from, NULL);
    g_autofree char *new_text = g_strconcat(HEAD, to, NULL);
    g_autoptr(plx_map) a = read_text(old_text);
    g_autoptr(plx_map) b = read_text(new_text);
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_map_compare(a, b, answers + first, n, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, message);
}

static void test_refused(void)
{
    check_refused(THREE, ORDER PAGE "    - {id: step, title: The step, was: [dor]}\n" PAY CASH, 0,
                  2,
                  "m.yaml:9:40: the point \"door\" has 120 answers and is no longer on the map; "
                  "\"dor\", which \"step\" names in `was`, was never on a map: did you mean "
                  "\"door\"?");
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++)
        check_refused(refused[i].from, refused[i].to, 0, 2, refused[i].message);
    for (gsize i = 0; i < G_N_ELEMENTS(refused_others); i++)
        check_refused(refused_others[i].from, refused_others[i].to, refused_others[i].first,
                      refused_others[i].first == 2   ? 2
                      : refused_others[i].first == 3 ? 1
                                                     : 2,
                      refused_others[i].message);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-change/history", test_history);
    g_test_add_func("/map-change/retired", test_retired);
    g_test_add_func("/map-change/vignettes", test_vignettes);
    g_test_add_func("/map-change/unlisted", test_unlisted);
    g_test_add_func("/map-change/definitions", test_definitions);
    g_test_add_func("/map-change/beside", test_beside);
    g_test_add_func("/map-change/refused", test_refused);
    return g_test_run();
}
