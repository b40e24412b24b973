/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_merge.h"

#include "map/map_file.h"
#include "map/map_same.h"
#include "map/map_write.h"

#include <string.h>

#define HEAD "parallax: 1\ntitle: Shop\n"
#define BASE                                                                                       \
    HEAD "journeys:\n"                                                                             \
         "  - {id: visit, title: Visit, transactions: [\n"                                         \
         "      {id: come, title: Come, points: [{id: door, title: Door, target: 4}, "             \
         "{id: smell, title: Smell}, {id: hello, title: Hello}]},\n"                               \
         "      {id: pay, title: Pay, points: [{id: till, title: Till, senses: [see]}, "           \
         "{id: bye, title: Bye}]}]}\n"                                                             \
         "tasks: [{id: clean, title: Clean, points: [door]}]\n"

static plx_map *read_map(const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_map *const map = plx_map_read_memory(text, strlen(text), "m.yaml", &error);
    g_assert_no_error(error);
    return map;
}

/* BASE with pairs of texts exchanged. */
static char *edit(const char *const *pairs)
{
    GString *const text = g_string_new(BASE);
    for (guint i = 0; pairs[i]; i += 2)
        g_assert_cmpuint(g_string_replace(text, pairs[i], pairs[i + 1], 0), >, 0);
    return g_string_free(text, FALSE);
}
#define EDIT(...) edit((const char *const[]){__VA_ARGS__, NULL})

/* What two make of BASE: the map's text, or the names of the conflicts, a line each. */
static char *merge(const char *theirs, const char *ours, const struct plx_map_choices *choices)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) b = read_map(BASE), t = read_map(theirs), o = read_map(ours), merged = NULL;
    g_autoptr(GPtrArray) conflicts = NULL;
    plx_map_merge(b, t, o, choices, &merged, &conflicts, &error);
    g_assert_no_error(error);
    GString *const out = g_string_new(NULL);
    if (merged)
        plx_map_write(merged, out);
    for (guint i = 0; i < conflicts->len; i++)
        g_string_append_printf(out, "%s\n",
                               ((const struct plx_map_conflict *)conflicts->pdata[i])->name);
    return g_string_free(out, FALSE);
}

static char *canonical(const char *text)
{
    g_autoptr(plx_map) map = read_map(text);
    GString *const out = g_string_new(NULL);
    plx_map_write(map, out);
    return g_string_free(out, FALSE);
}

static char **edits(void)
{
    char *all[] = {
        EDIT("Door", "The door"),
        EDIT("title: Door", "title: {en: Door, de: Die Tür}"),
        EDIT("target: 4", "target: 5"),
        EDIT("{id: smell, title: Smell}, ", ""),
        EDIT("{id: smell, title: Smell}, ", "", "{id: bye", "{id: smell, title: Smell}, {id: bye"),
        EDIT("{id: hello, title: Hello}", "{id: hello, title: Hello}, {id: new, title: New}"),
        EDIT("{id: hello, title: Hello}", "{id: hello, title: Hello}, {id: other, title: Other}"),
        EDIT("[see]", "[see, hear]", "Till", "The till"),
        EDIT("tasks: [", "tasks: [{id: open, title: Open}, "),
        EDIT(
            "tasks: [{id: clean, title: Clean, points: [door]}]",
            "promises: [{id: fresh, words: Fresh, where: Wall, since: 2025-01-02, points: [hello]}]"
            "\nretired: {points: [old, {id: gone, title: Gone}]}\nvignettes: [{id: v, words: V}]"
            "\naudiences: {guest: {title: {en: Guests, de: Gäste}}, leader: {population: 7}, "
            "other: {}}"
            "\nscales: {s: {min: 1, max: 2, labels: {words: [a, {en: b, de: c}]}}}"),
        EDIT("id: visit, title: Visit", "id: visit, was: [old-visit], title: Our visit"),
        EDIT("{id: door, title: Door, target: 4}, {id: smell, title: Smell}",
             "{id: smell, title: Smell}, {id: door, title: Door, target: 4}"),
        EDIT("title: Shop\n", "title: Shop\nmargin: 0.25\nabout: All of it\n"),
    };
    char **list = g_new0(char *, G_N_ELEMENTS(all) + 1);
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        list[i] = all[i];
    return list;
}

/* What one alone did is what comes out; twice the same is no conflict; who is who says nothing. */
static void test_laws(void)
{
    g_auto(GStrv) list = edits();
    for (guint i = 0; list[i]; i++) {
        g_autofree char *wanted = canonical(list[i]);
        g_autofree char *left = merge(list[i], BASE, NULL), *right = merge(BASE, list[i], NULL),
                        *both = merge(list[i], list[i], NULL);
        g_assert_cmpstr(left, ==, wanted);
        g_assert_cmpstr(right, ==, wanted);
        g_assert_cmpstr(both, ==, wanted);
        for (guint k = 0; list[k]; k++) {
            g_autofree char *one = merge(list[i], list[k], NULL),
                            *other = merge(list[k], list[i], NULL);
            g_assert_cmpstr(one, ==, other);
        }
    }
}

static void expect(char *theirs, char *ours, const char *wanted)
{
    g_autofree char *text = merge(theirs, ours, NULL);
    g_autofree char *swapped = merge(ours, theirs, NULL);
    g_autofree char *same = g_str_has_prefix(wanted, "parallax:") ? canonical(wanted) : NULL;
    g_assert_cmpstr(text, ==, same ? same : wanted);
    g_assert_cmpstr(swapped, ==, text);
    g_free(theirs);
    g_free(ours);
}

/* Different things, different keys, different languages: both. */
static void test_combines(void)
{
    g_autofree char *both =
        EDIT("title: Door", "title: {en: The door, de: Tür}", "target: 4", "target: 5");
    expect(EDIT("title: Door", "title: {en: Door, de: Tür}"),
           EDIT("Door", "The door", "target: 4", "target: 5"), both);
    g_autofree char *added =
        EDIT("{id: hello, title: Hello}",
             "{id: hello, title: Hello}, {id: a, title: A}, {id: b, title: B}");
    expect(EDIT("{id: hello, title: Hello}", "{id: hello, title: Hello}, {id: a, title: A}"),
           EDIT("{id: hello, title: Hello}", "{id: hello, title: Hello}, {id: b, title: B}"),
           added);
    g_autofree char *moved = EDIT("{id: smell, title: Smell}, ", "", "{id: bye",
                                  "{id: smell, title: The smell}, {id: bye");
    expect(
        EDIT("title: Smell", "title: The smell"),
        EDIT("{id: smell, title: Smell}, ", "", "{id: bye", "{id: smell, title: Smell}, {id: bye"),
        moved);
}

static void test_conflicts(void)
{
    expect(EDIT("Door", "The door"), EDIT("Door", "Our door"), "point/door/title.en\n");
    expect(EDIT("target: 4", "target: 3"), EDIT(", target: 4", ""), "point/door/target\n");
    expect(EDIT("Smell", "The smell"), EDIT("{id: smell, title: Smell}, ", ""), "point/smell\n");
    expect(
        EDIT("{id: smell, title: Smell}, ", "", "{id: bye", "{id: smell, title: Smell}, {id: bye"),
        EDIT(",\n      {id: pay, title: Pay, points: [{id: till, title: Till, senses: [see]}, "
             "{id: bye, title: Bye}]}",
             ""),
        "transaction/visit/pay\n");
    expect(EDIT("{id: door, title: Door, target: 4}, {id: smell, title: Smell}",
                "{id: smell, title: Smell}, {id: door, title: Door, target: 4}"),
           EDIT("{id: smell, title: Smell}, {id: hello, title: Hello}",
                "{id: hello, title: Hello}, {id: smell, title: Smell}"),
           "transaction/visit/come/order\n");
}

/* One of both, as somebody chose. */
static void test_choices(void)
{
    static const char *const names[] = {"point/door/title.en", "point/smell",
                                        "transaction/visit/come/order", NULL};
    const struct plx_map_choices ours = {.ours = names}, theirs = {.theirs = names};
    g_autofree char *a = EDIT("Door", "The door", "{id: smell, title: Smell}, ", "");
    g_autofree char *b = EDIT("Door", "Our door", "Smell", "The smell");
    g_autofree char *as_a = canonical(a), *as_b = canonical(b);
    g_autofree char *took_ours = merge(a, b, &ours), *took_theirs = merge(a, b, &theirs);
    g_assert_cmpstr(took_ours, ==, as_b);
    g_assert_cmpstr(took_theirs, ==, as_a);
}

/* What somebody keeps of what was removed around it keeps that, too. */
static void test_keeps_home(void)
{
    static const char *const names[] = {"point/till", NULL};
    const struct plx_map_choices ours = {.ours = names};
    g_autofree char *without =
        EDIT(",\n      {id: pay, title: Pay, points: [{id: till, title: Till, senses: [see]}, "
             "{id: bye, title: Bye}]}",
             "");
    g_autofree char *changed = EDIT("Till", "The till");
    g_autofree char *conflict = merge(without, changed, NULL);
    g_assert_cmpstr(conflict, ==, "point/till\n");
    g_autofree char *wanted_text = EDIT("Till", "The till", ", {id: bye, title: Bye}", "");
    g_autofree char *wanted = canonical(wanted_text), *kept = merge(without, changed, &ours);
    g_assert_cmpstr(kept, ==, wanted);
}

/* What fits by itself and not together is said. */
static void test_no_map(void)
{
    g_autofree char *gone = EDIT("{id: bye, title: Bye}", "{id: hm, title: Hm}");
    g_autofree char *task = EDIT("points: [door]", "points: [bye]");
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) b = read_map(BASE), t = read_map(gone), o = read_map(task), merged = NULL;
    g_autoptr(GPtrArray) conflicts = NULL;
    g_assert_false(plx_map_merge(b, t, o, NULL, &merged, &conflicts, &error));
    g_assert_nonnull(strstr(error->message, "makes no map together"));
    g_assert_nonnull(strstr(error->message, "bye"));
    g_assert_null(conflicts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map_merge/laws", test_laws);
    g_test_add_func("/map_merge/combines", test_combines);
    g_test_add_func("/map_merge/conflicts", test_conflicts);
    g_test_add_func("/map_merge/choices", test_choices);
    g_test_add_func("/map_merge/keeps_home", test_keeps_home);
    g_test_add_func("/map_merge/no_map", test_no_map);
    return g_test_run();
}
