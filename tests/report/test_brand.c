/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/brand.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>

static const char png[] = "\x89PNG\r\n\x1a\n....";

struct folder {
    char *path;
};

static void folder_up(struct folder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    folder->path = g_dir_make_tmp("brand-XXXXXX", &error);
    g_assert_no_error(error);
    g_assert_cmpint(g_chdir(folder->path), ==, 0);
}

static void folder_down(struct folder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr(GDir) dir = g_dir_open(folder->path, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(dir)))
        g_assert_cmpint(g_unlink(name), ==, 0);
    g_assert_cmpint(g_chdir("/"), ==, 0);
    g_assert_cmpint(g_rmdir(folder->path), ==, 0);
    g_free(folder->path);
}

static void put(const char *name, const char *bytes, gsize n)
{
    g_autoptr(GError) error = NULL;
    g_file_set_contents(name, bytes, (gssize)n, &error);
    g_assert_no_error(error);
}

static plx_brand *read_brand(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    put("b.yaml", yaml, strlen(yaml));
    plx_brand *brand = plx_brand_read("b.yaml", FALSE, &error);
    g_assert_no_error(error);
    return brand;
}

static void expect_refused(const char *yaml, enum plx_error code, const char *message)
{
    g_autoptr(GError) error = NULL;
    put("b.yaml", yaml, strlen(yaml));
    g_assert_null(plx_brand_read("b.yaml", FALSE, &error));
    g_assert_error(error, PLX_ERROR, (gint)code);
    g_assert_cmpstr(error->message, ==, message);
}

static void test_whole(struct folder *folder, gconstpointer data)
{
    (void)folder, (void)data;
    put("logo.bin", png, sizeof png - 1);
    g_autoptr(plx_brand) brand =
        read_brand("name: Café Sonne\nlogo: logo.bin\ncolour: \"#0B7A75\"\n"
                   "words:\n  en: {title: A morning}\n"
                   "  pt-BR: {closing: Obrigado}\n");
    g_assert_cmpstr(brand->name, ==, "Café Sonne");
    g_assert_cmpstr(brand->logo, ==, "data:image/png;base64,iVBORw0KGgouLi4u");
    g_assert_cmpstr(brand->colour, ==, "#0b7a75");
    g_assert_cmpstr(plx_brand_word(brand, "en", "title"), ==, "A morning");
    g_assert_cmpstr(plx_brand_word(brand, "pt-br", "closing"), ==, "Obrigado");
    g_assert_null(plx_brand_word(brand, "en", "closing"));
    g_assert_null(plx_brand_word(brand, "de", "title"));
    g_assert_null(plx_brand_word(NULL, "en", "title"));
}

/* Of somebody else's brand no path is followed. */
static void test_beside(struct folder *folder, gconstpointer data)
{
    (void)folder, (void)data;
    static const char *const paths[] = {"name: x\nlogo: /logo.bin\n", "name: x\nlogo: ./logo.bin\n",
                                        "name: x\nlogo: ..\n"};
    put("logo.bin", png, sizeof png - 1);
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GError) error = NULL;
        put("b.yaml", paths[i], strlen(paths[i]));
        g_assert_null(plx_brand_read("b.yaml", TRUE, &error));
        g_assert_cmpstr(error->message, ==,
                        "b.yaml:2:7: logo: expected the name of a file beside this one");
    }
    g_autoptr(GError) error = NULL;
    put("b.yaml", "logo: logo.bin\n", 15);
    g_autoptr(plx_brand) brand = plx_brand_read("b.yaml", TRUE, &error);
    g_assert_no_error(error);
    g_assert_nonnull(brand->logo);
}

/* WCAG's own landmarks: #767676 on white is the lightest grey with 4.5, #777777 just misses. */
static void test_contrast(struct folder *folder, gconstpointer data)
{
    (void)folder, (void)data;
    g_autoptr(plx_brand) grey = read_brand("colour: \"#767676\"\n");
    g_assert_true(grey->text_on_light);
    g_autoptr(plx_brand) lighter = read_brand("colour: \"#777777\"\n");
    g_assert_false(lighter->text_on_light);
    g_autoptr(plx_brand) yellow = read_brand("colour: \"#fd0\"\n");
    g_assert_cmpstr(yellow->colour, ==, "#ffdd00");
    g_assert_false(yellow->text_on_light);
    g_assert_true(yellow->text_on_dark);
    g_autofree char *css = plx_brand_css(yellow);
    g_assert_cmpstr(css, ==,
                    ":root { --brand: #ffdd00; --brand-text: var(--ink); }\n"
                    "@media (prefers-color-scheme: dark) { :root { --brand-text: #ffdd00; } }\n");
    g_autofree char *none = plx_brand_css(NULL);
    g_assert_cmpstr(none, ==, ":root { --brand: var(--line); --brand-text: var(--ink); }\n");
}

static void test_images(struct folder *folder, gconstpointer data)
{
    (void)folder, (void)data;
    static const char jpeg[] = "\xff\xd8\xff\xe0 and so on";
    static const char svg[] = "<?xml version=\"1.0\"?>\n<!-- ours -->\n<svg xmlns=\"x\"></svg>";
    put("a", jpeg, sizeof jpeg - 1);
    put("b", svg, sizeof svg - 1);
    g_autoptr(plx_brand) first = read_brand("logo: a\n");
    g_assert_true(g_str_has_prefix(first->logo, "data:image/jpeg;base64,"));
    g_autoptr(plx_brand) second = read_brand("logo: b\n");
    g_assert_true(g_str_has_prefix(second->logo, "data:image/svg+xml;base64,"));
    static const char html[] = "<html><svg ></svg></html>";
    static const char gif[] = "GIF89a..........";
    put("c", html, sizeof html - 1);
    put("d", gif, sizeof gif - 1);
    put("e", "", 0);
    expect_refused("name: x\nlogo: c\n", PLX_ERROR_INPUT,
                   "b.yaml:2:7: logo: c is no picture by its first bytes; expected PNG, JPEG or "
                   "SVG");
    expect_refused("logo: d\n", PLX_ERROR_INPUT,
                   "b.yaml:1:7: logo: d is no picture by its first bytes; expected PNG, JPEG or "
                   "SVG");
    expect_refused("logo: e\n", PLX_ERROR_INPUT,
                   "b.yaml:1:7: logo: e is no picture by its first bytes; expected PNG, JPEG or "
                   "SVG");
}

static void test_large(struct folder *folder, gconstpointer data)
{
    (void)folder, (void)data;
    g_autofree char *bytes = g_malloc0(PLX_LOGO_BYTES_MAX + 1);
    memcpy(bytes, png, sizeof png - 1);
    put("fits", bytes, PLX_LOGO_BYTES_MAX);
    put("large", bytes, PLX_LOGO_BYTES_MAX + 1);
    g_autoptr(plx_brand) brand = read_brand("logo: fits\n");
    g_assert_nonnull(brand->logo);
    expect_refused("logo: large\n", PLX_ERROR_INPUT,
                   "b.yaml:1:7: logo: large has 513 kB; at most 512 go into a page: make a "
                   "smaller picture of it");
}

static void test_refused(struct folder *folder, gconstpointer data)
{
    (void)folder, (void)data;
    expect_refused("nmae: x\n", PLX_ERROR_INPUT,
                   "b.yaml:1:1: unknown key \"nmae\" in brand; did you mean \"name\"?");
    expect_refused("logo: nowhere.png\n", PLX_ERROR_IO,
                   "b.yaml:1:7: logo: nowhere.png does not exist");
    expect_refused("colour: teal\n", PLX_ERROR_INPUT,
                   "b.yaml:1:9: colour: expected one like \"#0b7a75\", not \"teal\"");
    expect_refused("colour: \"#12345\"\n", PLX_ERROR_INPUT,
                   "b.yaml:1:9: colour: expected one like \"#0b7a75\", not \"#12345\"");
    expect_refused("words: {en: {titel: x}}\n", PLX_ERROR_INPUT,
                   "b.yaml:1:14: unknown key \"titel\" in words of a language; did you mean "
                   "\"title\"?");
    expect_refused("words: {German: {title: x}}\n", PLX_ERROR_INPUT,
                   "b.yaml:1:9: words: expected a language like en or pt-br, not \"German\"");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add("/report/brand/" name, struct folder, NULL, folder_up, function, folder_down)
    ADD("whole", test_whole);
    ADD("beside", test_beside);
    ADD("contrast", test_contrast);
    ADD("images", test_images);
    ADD("large", test_large);
    ADD("refused", test_refused);
#undef ADD
    return g_test_run();
}
