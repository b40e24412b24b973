/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_insert.h"

#include "base/error.h"
#include "map/map_file.h"
#include "map/map_write.h"
#include "map/template.h"

#include <string.h>

#define HEAD "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"

/* The text with "New" in `transaction`, behind `after`. */
static char *insert(const char *text, const char *transaction, const char *after, const char *title)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(text, strlen(text), "m.yaml", &error);
    g_assert_no_error(error);
    struct plx_map_spot place;
    plx_map_find_spot(map, transaction, after, &place, &error);
    g_assert_no_error(error);
    char *const out = plx_map_insert(text, "m.yaml", &place, title, &error);
    g_assert_no_error(error);
    return out;
}

static void expect(const char *before, const char *after, const char *title, const char *wanted)
{
    g_autofree char *text = g_strconcat(HEAD, before, NULL);
    g_autofree char *all = g_strconcat(HEAD, wanted, NULL);
    g_autofree char *out = insert(text, "pay", after, title);
    g_assert_cmpstr(out, ==, all);
}

/* Lines: behind all of an entry, before the comments of the next; comments stay. */
static void test_lines(void)
{
    static const char text[] = "      - title: Pay # the till\n"
                               "        points:\n"
                               "          # first\n"
                               "          - id: queue\n"
                               "            title: The queue\n"
                               "            # what we aim at\n"
                               "            target: 4\n"
                               "\n"
                               "          # second\n"
                               "          - At the till\n"
                               "\n"
                               "# the end\n";
    expect(text, "The QUEUE", "New",
           "      - title: Pay # the till\n"
           "        points:\n"
           "          # first\n"
           "          - id: queue\n"
           "            title: The queue\n"
           "            # what we aim at\n"
           "            target: 4\n"
           "          - New\n"
           "\n"
           "          # second\n"
           "          - At the till\n"
           "\n"
           "# the end\n");
    expect(text, NULL, "New: dear",
           "      - title: Pay # the till\n"
           "        points:\n"
           "          # first\n"
           "          - id: queue\n"
           "            title: The queue\n"
           "            # what we aim at\n"
           "            target: 4\n"
           "\n"
           "          # second\n"
           "          - At the till\n"
           "          - \"New: dear\"\n"
           "\n"
           "# the end\n");
    expect("      - title: Pay\n        points:\n        - A", NULL, "New",
           "      - title: Pay\n        points:\n        - A\n        - New");
    expect("      - title: Pay\r\n        points:\r\n        - A\r\n        - B\r\n", "a", "New",
           "      - title: Pay\r\n        points:\r\n        - A\r\n        - New\r\n"
           "        - B\r\n");
}

/* Brackets: quotes, commas and comments within them are seen for what they are. */
static void test_brackets(void)
{
    expect("      - {title: Pay, points: [A, {title: 'B]', id: b}, \"C, d\"]}\n", "a", "New",
           "      - {title: Pay, points: [A, New, {title: 'B]', id: b}, \"C, d\"]}\n");
    expect("      - {title: Pay, points: [Don't go, {title: 'B]', id: b}, \"C\\\"], d\"]}\n", NULL,
           "New, x",
           "      - {title: Pay, points: [Don't go, {title: 'B]', id: b}, \"C\\\"], d\", \"New, "
           "x\"]}\n");
    expect("      - title: Pay\n        points: [\n          A, # ]\n          B, # last\n"
           "        ]\n",
           NULL, "New",
           "      - title: Pay\n        points: [\n          A, # ]\n          B, New # last\n"
           "        ]\n");
    expect("      - title: Pay\n        points: [A # it's\n          ]\n", NULL, "New",
           "      - title: Pay\n        points: [A, New # it's\n          ]\n");
}

static void refuse(const char *text, const char *transaction, const char *after, gint code,
                   const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(text, strlen(text), "m.yaml", &error);
    g_assert_no_error(error);
    struct plx_map_spot place = {7, 7, 7};
    g_assert_false(plx_map_find_spot(map, transaction, after, &place, &error));
    g_assert_error(error, PLX_ERROR, code);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_cmpuint(place.journey, ==, 7);
}

static void test_names(void)
{
    static const char text[] = HEAD "      - {title: Pay, points: [The queue, Till]}\n"
                                    "      - {title: Leave, points: [Door]}\n"
                                    "  - title: Return\n"
                                    "    transactions:\n"
                                    "      - {title: Leave, points: [Gate]}\n";
    refuse(text, "Payy", NULL, PLX_ERROR_NOT_FOUND,
           "the map has no transaction \"Payy\"; did you mean \"pay\"?");
    refuse(text, "leave", NULL, PLX_ERROR_USAGE,
           "\"leave\" is a transaction of \"Visit\" and of \"Return\": give one of them another "
           "title or id first");
    refuse(text, "Pay", "Door", PLX_ERROR_NOT_FOUND,
           "the transaction \"Pay\" has no point \"Door\"");
    refuse(text, "Pay", "Tll", PLX_ERROR_NOT_FOUND,
           "the transaction \"Pay\" has no point \"Tll\"; did you mean \"till\"?");
    refuse(text, "?", NULL, PLX_ERROR_NOT_FOUND, "the map has no transaction \"?\"");
}

static void test_new_point(void)
{
    static const char text[] = HEAD "      - {title: Pay, points: [The queue, Till]}\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(text, strlen(text), "m.yaml", &error);
    g_assert_no_error(error);
    g_autofree char *id = plx_map_new_point(map, "Free parking!", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(id, ==, "free-parking");
    g_assert_null(plx_map_new_point(map, "the QUEUE", &error));
    g_assert_cmpstr(error->message, ==, "the map has a point \"the-queue\" already: \"The queue\"");
    g_clear_error(&error);
    g_assert_null(plx_map_new_point(map, "...", &error));
    g_assert_cmpstr(error->message, ==,
                    "\"...\" is no title of a point: it needs a letter or a digit");
}

/* Two dashes on a line: nothing is put where it would mean something else. */
static void test_refused(void)
{
    static const char text[] = "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n"
                               "    transactions:\n      - title: Pay\n        points:\n"
                               "          -\n            A\n          - B\n";
    g_autoptr(GError) error = NULL;
    const struct plx_map_spot first = {0, 0, 0};
    g_assert_null(plx_map_insert(text, "m.yaml", &first, "New", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==,
                    "m.yaml:9:13: no line can be put behind this point; write each point of the "
                    "transaction on a line of its own");
}

/* A point anywhere in `text`, which stays as it is around it. */
static void insert_everywhere(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(text, strlen(text), "m.yaml", &error);
    g_assert_no_error(error);
    for (guint j = 0; j < map->n_journeys; j++)
        for (guint t = 0; t < map->journeys[j].n_transactions; t++)
            for (guint p = 0; p < map->journeys[j].transactions[t].n_points; p++) {
                const struct plx_map_spot spot = {j, t, p};
                g_autofree char *out = plx_map_insert(text, "m.yaml", &spot, "A: new one", &error);
                g_assert_no_error(error);
                const char *const entry = strstr(out, "\"A: new one\"");
                g_assert_nonnull(entry);
                gsize same = 0;
                while (text[same] && text[same] == out[same])
                    same++;
                g_assert_cmpstr(text + same, ==, out + same + strlen(out) - strlen(text));
            }
}

/* Every place of every starter map, by hand and as the program writes it. */
static void test_everywhere(void)
{
    gsize n;
    const struct plx_template *const all = plx_template_list(&n);
    for (gsize i = 0; i < n; i++) {
        g_autoptr(GError) error = NULL;
        const char *const text = plx_template_text(all[i].id, NULL, &error);
        g_assert_no_error(error);
        insert_everywhere(text);
        g_autoptr(plx_map) map = plx_template_load(all[i].id, &error);
        g_assert_no_error(error);
        g_autoptr(GString) written = g_string_new(NULL);
        plx_map_write(map, written);
        insert_everywhere(written->str);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map/insert/lines", test_lines);
    g_test_add_func("/map/insert/brackets", test_brackets);
    g_test_add_func("/map/insert/names", test_names);
    g_test_add_func("/map/insert/new-point", test_new_point);
    g_test_add_func("/map/insert/refused", test_refused);
    g_test_add_func("/map/insert/everywhere", test_everywhere);
    return g_test_run();
}
