/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yaml.h"

#include <glib/gstdio.h>
#include <string.h>

static plx_yaml *read_text(const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_yaml *yaml = plx_yaml_read_memory(text, strlen(text), "f.yaml", &error);
    g_assert_no_error(error);
    return yaml;
}

static void expect_refused(const char *text, gsize length, const char *message)
{
    g_autoptr(GError) error = NULL;
    plx_yaml *yaml = plx_yaml_read_memory(text, length, "f.yaml", &error);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_null(yaml);
}

static void test_tree(void)
{
    g_autoptr(plx_yaml) yaml = read_text("# first\ntitle: Ordér\n"
                                         "list: [é, 'b', {c: 1}]\n"
                                         "empty:\n");
    const struct plx_yaml_node *root = plx_yaml_root(yaml);
    g_assert_cmpint(root->kind, ==, PLX_YAML_MAPPING);
    g_assert_cmpuint(root->n, ==, 3);
    g_assert_cmpstr(root->keys[1]->text, ==, "list");
    g_assert_cmpuint(root->keys[1]->loc.line, ==, 3);
    const struct plx_yaml_node *list = plx_yaml_get(root, "list");
    g_assert_cmpint(list->kind, ==, PLX_YAML_SEQUENCE);
    g_assert_cmpuint(list->n, ==, 3);
    g_assert_true(list->values[0]->plain);
    g_assert_false(list->values[1]->plain);
    g_assert_cmpuint(list->values[0]->loc.column, ==, 8);
    g_assert_cmpuint(list->values[1]->loc.column, ==, 12); /* bytes: é has two */
    const struct plx_yaml_node *c = plx_yaml_get(list->values[2], "c");
    g_assert_cmpstr(c->text, ==, "1");
    g_assert_cmpuint(c->loc.column, ==, 21);
    g_assert_cmpstr(c->loc.file, ==, "f.yaml");
    g_assert_true(plx_yaml_is_null(plx_yaml_get(root, "empty")));
    g_assert_null(plx_yaml_get(root, "absent"));
    g_assert_cmpstr(plx_yaml_get_key(root, "title")->text, ==, "title");
}

static void test_getters(void)
{
    g_autoptr(plx_yaml) yaml = read_text("text: no\nint: -3\ndouble: 0.25\nyes: yes\nchoice: up\n"
                                         "one: a\nmany: [a, b]\n");
    const struct plx_yaml_node *root = plx_yaml_root(yaml);
    g_autoptr(GError) error = NULL;
    const char *text = "default";
    g_assert_true(plx_yaml_get_text(root, "absent", &text, &error));
    g_assert_cmpstr(text, ==, "default");
    g_assert_true(plx_yaml_get_text(root, "text", &text, &error));
    g_assert_cmpstr(text, ==, "no"); /* the word, not a boolean */
    gint64 number = 0;
    g_assert_true(plx_yaml_get_int(root, "int", -5, 5, &number, &error));
    g_assert_cmpint(number, ==, -3);
    double real = 0;
    g_assert_true(plx_yaml_get_double(root, "double", 0, 1, &real, &error));
    g_assert_cmpfloat(real, ==, 0.25);
    gboolean yes = FALSE;
    g_assert_true(plx_yaml_get_bool(root, "yes", &yes, &error));
    g_assert_true(yes);
    static const char *const names[] = {"down", "up", NULL};
    int index = 0;
    g_assert_true(plx_yaml_get_choice(root, "choice", names, &index, &error));
    g_assert_cmpint(index, ==, 1);
    g_auto(GStrv) one = NULL, many = NULL;
    g_assert_true(plx_yaml_get_texts(root, "one", &one, &error));
    g_assert_true(plx_yaml_get_texts(root, "many", &many, &error));
    g_assert_cmpuint(g_strv_length(one), ==, 1);
    g_assert_cmpstr(many[1], ==, "b");
    g_assert_no_error(error);
}

static void check(GError **error, const char *message)
{
    g_assert_error(*error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr((*error)->message, ==, message);
    g_clear_error(error);
}

static void test_getter_errors(void)
{
    g_autoptr(plx_yaml) yaml =
        read_text("a: x7\nb:\nc: {d: 1}\ne: dwon\nf: [a, {b: c}]\ng: 1e400\n");
    const struct plx_yaml_node *root = plx_yaml_root(yaml);
    GError *error = NULL;
    gint64 number = 42;
    g_assert_false(plx_yaml_get_int(root, "a", 1, 6, &number, &error));
    check(&error, "f.yaml:1:4: a must be a whole number from 1 to 6, not \"x7\"");
    g_assert_false(plx_yaml_get_int(root, "c", 1, 6, &number, &error));
    check(&error, "f.yaml:3:4: c must be a whole number from 1 to 6, not a mapping");
    g_assert_cmpint(number, ==, 42);
    const char *text = NULL;
    g_assert_false(plx_yaml_get_text(root, "b", &text, &error));
    check(&error, "f.yaml:2:3: b must be a text, not nothing");
    gboolean flag;
    g_assert_false(plx_yaml_get_bool(root, "a", &flag, &error));
    check(&error, "f.yaml:1:4: a must be true or false, not \"x7\"");
    double real;
    g_assert_false(plx_yaml_get_double(root, "g", 0, 2.5, &real, &error));
    check(&error, "f.yaml:6:4: g must be a number from 0 to 2.5, not \"1e400\"");
    static const char *const names[] = {"down", "up", NULL};
    int index;
    g_assert_false(plx_yaml_get_choice(root, "e", names, &index, &error));
    check(&error, "f.yaml:4:4: e must be one of down, up, not \"dwon\"; did you mean \"down\"?");
    char **texts;
    g_assert_false(plx_yaml_get_texts(root, "f", &texts, &error));
    check(&error, "f.yaml:5:8: f must be a text, not a mapping");
    g_assert_false(plx_yaml_get_texts(root, "c", &texts, &error));
    check(&error, "f.yaml:3:4: c must be a list of texts, not a mapping");
    g_assert_false(plx_yaml_is(plx_yaml_get(root, "a"), "a", PLX_YAML_SEQUENCE, &error));
    check(&error, "f.yaml:1:4: a must be a list (lines that begin with \"- \"), not \"x7\"");
    g_assert_null(plx_yaml_require(root, "map", "title", &error));
    check(&error, "f.yaml:1:1: map needs \"title\"");
}

static void test_only(void)
{
    g_autoptr(plx_yaml) yaml = read_text("title: a\nsenzes: b\n");
    const struct plx_yaml_node *root = plx_yaml_root(yaml);
    GError *error = NULL;
    static const char *const fine[] = {"title", "senzes", NULL};
    static const char *const near[] = {"title", "senses", NULL};
    static const char *const far[] = {"title", "value", NULL};
    g_assert_true(plx_yaml_only(root, "point", fine, &error));
    g_assert_false(plx_yaml_only(root, "point", near, &error));
    check(&error, "f.yaml:2:1: unknown key \"senzes\" in point; did you mean \"senses\"?");
    g_assert_false(plx_yaml_only(root, "point", far, &error));
    check(&error, "f.yaml:2:1: unknown key \"senzes\" in point; known: title, value");
    g_assert_false(plx_yaml_only(root->values[0], "point", far, &error));
    check(&error, "f.yaml:1:8: point must be a mapping (lines of \"key: value\"), not \"a\"");
}

static const struct {
    const char *text, *message;
} refused[] = {
    {"", "f.yaml: the file is empty"},
    {"# only words\n", "f.yaml: the file is empty"},
    {"a: 1\nb: 2\na: 3\n", "f.yaml:3:1: \"a\" is here twice; first on line 1"},
    {"a: &x 1\nb: *x\n", "f.yaml:1:4: anchors (&name) are not read here; write the value out"},
    {"a: *x\n", "f.yaml:1:4: aliases (*name) are not read here; write the value out"},
    {"é: !!int 3\n", "f.yaml:1:5: tags (!name) are not read here"},
    {"a: 1\n---\nb: 2\n", "f.yaml:2:1: only one document may be in a file"},
    {"[a]: 1\n", "f.yaml:1:1: a key must be a text, not a list"},
    {"~: 1\n", "f.yaml:1:1: a key must be a text, not nothing"},
    {"a: \"x\\0y\"\n", "f.yaml:1:4: a text must not hold a NUL character"},
    {"a: b: c\n", "f.yaml:1:5: not YAML: mapping values are not allowed in this context; "
                  "a text with \": \" in it needs quotes"},
    {"a: caf\xE9\n", "f.yaml:1:7: byte 0xE9 is not UTF-8; save the file as UTF-8"},
    {"\xFF\xFE"
     "a",
     "f.yaml: is UTF-16; save it as UTF-8"},
};

static void test_refused(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++)
        expect_refused(refused[i].text, strlen(refused[i].text), refused[i].message);
    expect_refused("a: 1\n\0", 6, "f.yaml:2:1: a NUL byte; this is no text file");
}

static void test_limits(void)
{
    g_autoptr(GString) deep = g_string_new(NULL);
    for (int i = 0; i < 40; i++)
        g_string_append_c(deep, '[');
    expect_refused(deep->str, deep->len, "f.yaml:1:33: nested deeper than 32 levels");

    g_autoptr(GString) many = g_string_new("[");
    for (int i = 0; i < PLX_YAML_NODES_MAX; i++)
        g_string_append(many, "1,");
    expect_refused(many->str, many->len, "f.yaml:1:1000000: more than 500000 values in one file");

    g_autofree char *large = g_strnfill(PLX_YAML_BYTES_MAX + 1, ' ');
    expect_refused(large, PLX_YAML_BYTES_MAX + 1, "f.yaml: larger than 8 MiB");
}

static void test_bom_and_breaks(void)
{
    g_autoptr(plx_yaml) yaml = read_text("\xEF\xBB\xBF"
                                         "a: 1\r\nb: 2\r\n");
    const struct plx_yaml_node *root = plx_yaml_root(yaml);
    g_assert_cmpstr(plx_yaml_get(root, "a")->text, ==, "1");
    g_assert_cmpuint(plx_yaml_get(root, "b")->loc.line, ==, 2);
    g_assert_cmpuint(plx_yaml_get(root, "b")->loc.column, ==, 4);
}

static void test_files(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_yaml_read_file("/nonexistent/map.yaml", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpstr(error->message, ==, "/nonexistent/map.yaml: No such file or directory");
    g_clear_error(&error);
    g_assert_null(plx_yaml_read_file("/tmp", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, "/tmp: is a directory; a file was expected");
    g_clear_error(&error);

    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "plx-test-yaml-XXXXXX", NULL);
    int file = g_mkstemp(path);
    g_assert_cmpint(file, >=, 0);
    g_assert_true(g_close(file, NULL));
    g_assert_true(g_file_set_contents(path, "a: 1\n", -1, NULL));
    g_autoptr(plx_yaml) yaml = plx_yaml_read_file(path, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(plx_yaml_root(yaml)->loc.file, ==, path);
    g_unlink(path);
}

static void test_quote(void)
{
    g_autofree char *escaped = plx_yaml_quote("a\nb\t\x1b[31m");
    g_assert_cmpstr(escaped, ==, "\"a\\nb\\t\\u001B[31m\"");
    g_autofree char *words = g_strnfill(100, 'w');
    g_autofree char *cut = plx_yaml_quote(words);
    g_assert_true(g_str_has_suffix(cut, "w…\""));
    g_assert_cmpuint(strlen(cut), <, 70);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/yaml/tree", test_tree);
    g_test_add_func("/yaml/getters", test_getters);
    g_test_add_func("/yaml/getter-errors", test_getter_errors);
    g_test_add_func("/yaml/only", test_only);
    g_test_add_func("/yaml/refused", test_refused);
    g_test_add_func("/yaml/limits", test_limits);
    g_test_add_func("/yaml/bom-and-breaks", test_bom_and_breaks);
    g_test_add_func("/yaml/files", test_files);
    g_test_add_func("/yaml/quote", test_quote);
    return g_test_run();
}
