/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_write.h"

#include "base/yaml_write.h"
#include "map/map_file.h"
#include "map/map_same.h"
#include "map/template.h"

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

/* Written, read, written: the same map, the same bytes. */
static char *check_back(const plx_map *map)
{
    g_autoptr(GString) once = g_string_new(NULL);
    plx_map_write(map, once);
    g_autoptr(plx_map) back = read_text(once->str);
    g_autoptr(GString) twice = g_string_new(NULL);
    plx_map_write(back, twice);
    if (!plx_map_same(map, back))
        g_test_message("%s", once->str);
    g_assert_true(plx_map_same(map, back));
    g_assert_cmpstr(once->str, ==, twice->str);
    return g_strdup(once->str);
}

static void test_templates(void)
{
    gsize n;
    const struct plx_template *templates = plx_template_list(&n);
    for (gsize i = 0; i < n; i++) {
        g_autoptr(plx_map) map = plx_template_load(templates[i].id, NULL);
        g_autofree char *text = check_back(map);
        g_assert_cmpuint(strlen(text), >, 5000);
    }
}

static void test_examples(void)
{
    static const char *const names[] = {"clinic.yaml", "smallest.yaml"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(PLX_EXAMPLES, "maps", names[i], NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(plx_map) map = plx_map_read(path, &error);
        g_assert_no_error(error);
        g_autofree char *text = check_back(map);
        g_assert_true(g_str_has_prefix(text, "parallax: 1\ntitle: "));
    }
}

static const char whole[] = "parallax: 1\n"
                            "title: {en: Small shop, de: Kleiner Laden}\n"
                            "about: \"Open: always\"\n"
                            "margin: 0.4\n"
                            "\n"
                            "scales:\n"
                            "  six-levels:\n"
                            "    labels:\n"
                            "      words:\n"
                            "        - {en: A, de: Ä}\n"
                            "        - B\n"
                            "        - C\n"
                            "        - D\n"
                            "        - E\n"
                            "        - F\n"
                            "  pain:\n"
                            "    min: 0\n"
                            "    max: 2\n"
                            "    floor: 2\n"
                            "    met: 1\n"
                            "    desired: 1\n"
                            "    top: 0\n"
                            "    direction: down\n"
                            "    labels:\n"
                            "      words: [\"no\", some, all]\n"
                            "\n"
                            "measures:\n"
                            "  effort:\n"
                            "    title: Ease\n"
                            "    scale: feeling\n"
                            "  pain-felt:\n"
                            "    title: Pain felt\n"
                            "    scale: pain\n"
                            "    of: journey\n"
                            "\n"
                            "audiences:\n"
                            "  leader:\n"
                            "    named: true\n"
                            "    population: 9\n"
                            "  customer:\n"
                            "    title: {en: Guests, de: Gäste}\n"
                            "    served: false\n"
                            "    minimum: 3\n"
                            "    identity: anonymous\n"
                            "  partner:\n"
                            "    title: Partners\n"
                            "    served: true\n"
                            "    scale: pain\n"
                            "    was: [friend]\n"
                            "  neighbour:\n"
                            "\n"
                            "journeys:\n"
                            "  - id: order\n"
                            "    title: Order\n"
                            "    was: [buy]\n"
                            "    transactions:\n"
                            "      - id: find\n"
                            "        title: Find it\n"
                            "        points:\n"
                            "          - id: door\n"
                            "            title: {en: At the door, de: An der Tür, fr: À la porte}\n"
                            "            senses: [see, hear]\n"
                            "            channels: [van, \"24/7: shop\"]\n"
                            "            value: delivery\n"
                            "            levels:\n"
                            "              1: Broken\n"
                            "              6: {en: Wow, de: Toll}\n"
                            "            target: 4\n"
                            "            effort: week\n"
                            "            was: [front-door, gate]\n"
                            "  - id: return\n"
                            "    title: Return\n"
                            "    transactions:\n"
                            "      - id: back\n"
                            "        title: Send back\n"
                            "        points:\n"
                            "          - use: door\n"
                            "          - id: label\n"
                            "            title: Label\n"
                            "            was: [gate]\n"
                            "\n"
                            "tasks:\n"
                            "  - {id: drive, title: Drive, owner: \"Operations, night\", event: "
                            "drv, points: [door, label]}\n"
                            "  - {id: rest, title: Rest, was: [sleep]}\n"
                            "\n"
                            "promises:\n"
                            "  - id: next-day\n"
                            "    words: Tomorrow, at the door, by one who knows the way and rings "
                            "before he leaves the house\n"
                            "    where: Web\n"
                            "    since: 2024-02-29\n"
                            "    points: [door]\n"
                            "  - {id: cheap, words: Cheap, points: [label]}\n"
                            "\n"
                            "retired:\n"
                            "  points:\n"
                            "    - fax\n"
                            "    - {id: porter, title: The porter, was: [doorman]}\n"
                            "  tasks:\n"
                            "    - {id: pack, title: Packing}\n";

/* The form is fixed, and every key has its place in it. */
static void test_form(void)
{
    g_autoptr(plx_map) map = read_text(whole);
    g_autofree char *text = check_back(map);
    g_assert_cmpstr(text, ==, whole);
}

/* Every line matters to plx_map_same, but for the frame. */
static void test_same_sees(void)
{
    static const struct {
        const char *from, *to;
    } edits[] = {
        {"Kleiner", "Kleines"},
        {"always", "never"},
        {"0.4", "0.5"},
        {"de: Ä", "de: Ö"},
        {"- F", "- G"},
        {"top: 0", "top: 1"},
        {"[\"no\"", "[\"yes\""},
        {"Ease", "Easy"},
        {"scale: feeling", "scale: effort"},
        {"of: journey", "of: point"},
        {"named: true", "named: false"},
        {"population: 9", "population: 8"},
        {"minimum: 3", "minimum: 4"},
        {"anonymous", "panel"},
        {"Gäste", "Leute"},
        {"    was: [friend]\n", ""},
        {"  neighbour:\n", ""},
        {"[buy]", "[buys]"},
        {"title: Find it", "title: Find"},
        {"id: find", "id: finds"},
        {"fr: À", "it: À"},
        {"[see, hear]", "[see, feel]"},
        {"[van, ", "["},
        {"value: delivery", "value: product"},
        {"1: Broken", "2: Broken"},
        {"de: Toll", "de: Super"},
        {"target: 4", "target: 5"},
        {"effort: week", "effort: today"},
        {"[front-door, gate]", "[front-door]"},
        {"          - use: door\n", ""},
        {"night", "day"},
        {"drv", "drive"},
        {"[door, label]", "[door]"},
        {"was: [sleep]", "was: [nap]"},
        {"knows", "finds"},
        {"where: Web", "where: TV"},
        {"02-29", "02-28"},
        {"points: [label]", "points: [door]"},
        {"- fax", "- telefax"},
        {"The porter", "Porter"},
        {"[doorman]", "[doormen]"},
        {"  tasks:\n    - {id: pack", "  promises:\n    - {id: pack"},
    };
    g_autoptr(plx_map) map = read_text(whole);
    for (gsize i = 0; i < G_N_ELEMENTS(edits); i++) {
        g_autoptr(GString) text = g_string_new(whole);
        g_assert_cmpuint(g_string_replace(text, edits[i].from, edits[i].to, 1), ==, 1);
        g_autoptr(plx_map) other = read_text(text->str);
        if (plx_map_same(map, other) || plx_map_same(other, map))
            g_test_message("%s", edits[i].from);
        g_assert_false(plx_map_same(map, other));
        g_assert_false(plx_map_same(other, map));
        g_free(check_back(other));
    }
    g_autoptr(plx_map) again = read_text(whole);
    g_assert_true(plx_map_same(map, again));
}

static void test_open(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GString) text = g_string_new(NULL);
    plx_map_write(map, text);
    g_assert_cmpstr(text->str, ==, "parallax: 1\ntitle: Map\n");
}

/* ---- random maps ---- */

static void add_text(GString *out, GRand *rand)
{
    static const char *const words[] = {"door", "the", "no", ": ", " #",          ", ",
                                        "Ä",    "[",   "}",  "\"", "'",           "-",
                                        "\\",   "\n",  "7",  "~",  "\xE2\x80\xA8"};
    g_autoptr(GString) text = g_string_new("x");
    for (gint n = g_rand_int_range(rand, 0, 6); n > 0; n--)
        g_string_append(text, words[g_rand_int_range(rand, 0, G_N_ELEMENTS(words))]);
    if (g_rand_int_range(rand, 0, 2)) /* so that the first letter can be any */
        g_string_erase(text, 0, text->len > 1 ? 1 : 0);
    plx_yaml_append(out, text->str, TRUE);
}

static void add_texts(GString *out, GRand *rand, const char *key)
{
    static const char *const languages[] = {"de", "no", "pt-BR"};
    if (g_rand_int_range(rand, 0, 3) == 0)
        return;
    g_string_append_printf(out, ", %s: ", key);
    if (g_rand_int_range(rand, 0, 2)) {
        add_text(out, rand);
        return;
    }
    g_string_append(out, "{en: ");
    add_text(out, rand);
    for (gsize i = G_N_ELEMENTS(languages); i > 0; i--) {
        g_string_append_printf(out, ", \"%s\": ", languages[i - 1]);
        add_text(out, rand);
    }
    g_string_append_c(out, '}');
}

static void maybe(GString *out, GRand *rand, const char *text)
{
    if (g_rand_int_range(rand, 0, 3) == 0)
        g_string_append(out, text);
}

/* One point of a list in brackets; its earlier ids are often shared with others. */
static void add_point(GString *out, GRand *rand, guint i)
{
    g_string_append_printf(out, "      {id: p%u, title: x", i);
    maybe(out, rand, ", senses: [feel, see]");
    maybe(out, rand, ", channels: [web, \"a, b\"]");
    maybe(out, rand, ", value: mindset");
    maybe(out, rand, ", target: 6");
    maybe(out, rand, ", effort: project");
    g_string_append(out, ", levels: {3: x");
    add_texts(out, rand, "1");
    add_texts(out, rand, "6");
    g_string_append(out, "}");
    if (g_rand_int_range(rand, 0, 2))
        g_string_append_printf(out, ", was: [w%d, v%u]", g_rand_int_range(rand, 0, 4), i);
    g_string_append(out, "},\n");
}

static char *random_map(GRand *rand)
{
    GString *out = g_string_new("parallax: 1\ntitle: x\n");
    maybe(out, rand, "margin: 0.123456789\n");
    maybe(out, rand, "retired: {points: [{id: old, was: [w1, w9]}, r2], promises: [a]}\n");
    g_string_append(out, "audiences:\n  guest: {served: true");
    add_texts(out, rand, "title");
    maybe(out, rand, ", minimum: 2, identity: panel, scale: feeling");
    g_string_append(out, "}\njourneys:\n");
    guint n = 0;
    for (gint j = g_rand_int_range(rand, 1, 4); j > 0; j--) {
        guint before = n;
        g_string_append_printf(out, "- id: j%d\n  title: x\n  transactions:\n", j);
        for (gint t = g_rand_int_range(rand, 1, 4); t > 0; t--) {
            g_string_append_printf(out, "  - id: t%d\n    title: ", t);
            add_text(out, rand);
            g_string_append(out, "\n    points: [\n");
            for (gint points = g_rand_int_range(rand, 1, 4); points > 0; points--)
                add_point(out, rand, n++);
            g_string_append(out, before > 0 && t == 1 ? "      {use: p0}]\n" : "      ]\n");
        }
    }
    g_string_append(out, "tasks:\n- {id: t, title: ");
    add_text(out, rand);
    g_string_append(out, ", points: [p0], owner: ");
    add_text(out, rand);
    g_string_append(out, "}\npromises:\n- {id: t, points: [p0], words: x, where: ");
    add_text(out, rand);
    g_string_append(out, "}\n");
    return g_string_free(out, FALSE);
}

static void test_random(void)
{
    GRand *rand = g_rand_new_with_seed(11);
    for (int i = 0; i < 300; i++) {
        g_autofree char *text = random_map(rand);
        g_autoptr(plx_map) map = read_text(text);
        g_free(check_back(map));
    }
    g_rand_free(rand);
}

/* ---- the outline ---- */

static void test_csv(void)
{
    g_autoptr(plx_map) map = read_text(
        "parallax: 1\ntitle: T\njourneys:\n- title: Order, pay\n  transactions:\n"
        "  - title: Find\n    points:\n    - {id: a, title: \"=1+1\", senses: [hear, see],"
        " channels: [web, shop], value: product, target: 4, effort: week,"
        " levels: {1: \"say \\\"no\\\"\", 6: Wow}}\n    - B\n");
    g_autoptr(GString) out = g_string_new(NULL);
    plx_map_write_csv(map, out);
    g_assert_cmpstr(out->str, ==,
                    "journey,transaction,point,title,senses,channels,value,target,effort,"
                    "level_1,level_2,level_3,level_4,level_5,level_6\n"
                    "\"Order, pay\",Find,a,'=1+1,see; hear,web; shop,product,4,week,"
                    "\"say \"\"no\"\"\",,,,,Wow\n"
                    "\"Order, pay\",Find,b,B,,,,,,,,,,,\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-write/templates", test_templates);
    g_test_add_func("/map-write/examples", test_examples);
    g_test_add_func("/map-write/form", test_form);
    g_test_add_func("/map-write/same-sees", test_same_sees);
    g_test_add_func("/map-write/open", test_open);
    g_test_add_func("/map-write/random", test_random);
    g_test_add_func("/map-write/csv", test_csv);
    return g_test_run();
}
