/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/brand.h"

#include "base/yaml.h"

#include <math.h>
#include <string.h>

/* What may be said in the client's words. */
static const char *const word_keys[] = {"title", "closing", NULL};

#define TEXT_CONTRAST 4.5
#define LIGHT_GROUND 1.0       /* luminance of --paper in chart/picture.css: #ffffff */
#define DARK_GROUND 0.0082     /* #12171d */
#define LANGUAGE_MAX 12        /* bytes: "pt-br", "zh-hant-tw" */
#define NAME_MAX_CHARACTERS 80 /* more is no name and fits no cover */

void plx_brand_free(plx_brand *brand)
{
    if (!brand)
        return;
    g_free(brand->name);
    g_free(brand->logo);
    g_free(brand->colour);
    if (brand->words)
        g_hash_table_unref(brand->words);
    g_free(brand);
}

/* WCAG 2.2, "relative luminance", of one channel. */
static double linear(int channel)
{
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour)
{
    int channel[3];
    for (int i = 0; i < 3; i++)
        channel[i] =
            g_ascii_xdigit_value(colour[1 + 2 * i]) * 16 + g_ascii_xdigit_value(colour[2 + 2 * i]);
    return 0.2126 * linear(channel[0]) + 0.7152 * linear(channel[1]) + 0.0722 * linear(channel[2]);
}

static double contrast(double a, double b)
{
    return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

/* "#abc" and "#aabbcc", in lower case as the latter; NULL of anything else. */
static char *read_hex(const char *text)
{
    const gsize n = strlen(text);
    if (text[0] != '#' || (n != 4 && n != 7) || strspn(text + 1, "0123456789abcdefABCDEF") != n - 1)
        return NULL;
    GString *colour = g_string_new("#");
    for (gsize i = 1; i < n; i++)
        for (gsize times = n == 4 ? 2 : 1; times > 0; times--)
            g_string_append_c(colour, g_ascii_tolower(text[i]));
    return g_string_free(colour, FALSE);
}

static gboolean read_colour(plx_brand *brand, const struct plx_yaml_node *root, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(root, "colour");
    if (!node)
        return TRUE;
    /* Without quotes a # begins a comment: nothing is left of the value. */
    if (plx_yaml_is_null(node))
        return plx_yaml_error(node, error, "colour is empty: write it in quotes, like \"#0b7a75\"");
    const char *text;
    if (!plx_yaml_text(node, "colour", &text, error))
        return FALSE;
    g_autofree char *shown = plx_yaml_quote(text);
    brand->colour = read_hex(text);
    if (!brand->colour)
        return plx_yaml_error(node, error, "colour: expected one like \"#0b7a75\", not %s", shown);
    const double light = luminance(brand->colour);
    brand->contrast_light = contrast(light, LIGHT_GROUND);
    brand->contrast_dark = contrast(light, DARK_GROUND);
    brand->text_on_light = brand->contrast_light >= TEXT_CONTRAST;
    brand->text_on_dark = brand->contrast_dark >= TEXT_CONTRAST;
    return TRUE;
}

/* An SVG begins with its element, or with a declaration, comments and a doctype before it. */
static gboolean is_svg(const char *bytes, gsize n)
{
    static const char mark[] = "\xef\xbb\xbf";
    const char *at = bytes;
    const char *end = bytes + n;
    if (n >= 3 && memcmp(at, mark, 3) == 0)
        at += 3;
    while (at < end && g_ascii_isspace(*at))
        at++;
    if (at == end || *at != '<' || memchr(bytes, '\0', n) ||
        !g_utf8_validate(bytes, (gssize)n, NULL))
        return FALSE;
    const char *svg = g_strstr_len(at, end - at, "<svg");
    return svg && svg + 4 < end && (g_ascii_isspace(svg[4]) || svg[4] == '>') &&
           (svg == at || at[1] == '?' || at[1] == '!');
}

/* The type by the first bytes, whatever the file is called; NULL: none we show. */
static const char *image_type(const char *bytes, gsize n)
{
    static const char png[] = "\x89PNG\r\n\x1a\n";
    static const char jpeg[] = "\xff\xd8\xff";
    if (n > 8 && memcmp(bytes, png, 8) == 0)
        return "image/png";
    if (n > 3 && memcmp(bytes, jpeg, 3) == 0)
        return "image/jpeg";
    return is_svg(bytes, n) ? "image/svg+xml" : NULL;
}

/* The bytes of "data:…;base64,…"; NULL of anything else. */
static char *read_data(const char *text, gsize *n)
{
    static const char mark[] = ";base64,";
    const char *const base64 = strstr(text, mark);
    if (!base64)
        return NULL;
    guchar *const bytes = g_base64_decode(base64 + strlen(mark), n);
    return (char *)bytes;
}

/* A logo's file lies beside the brand's. */
static char *path_beside(const char *path, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(path);
    return g_path_is_absolute(name) || strcmp(folder, ".") == 0
               ? g_strdup(name)
               : g_build_filename(folder, name, NULL);
}

static char *read_bytes(const char *file, const struct plx_yaml_node *node, gsize *n,
                        GError **error)
{
    g_autoptr(GError) failure = NULL;
    char *bytes = NULL;
    if (g_file_get_contents(file, &bytes, n, &failure))
        return bytes;
    const struct plx_loc loc = node->loc;
    const gboolean lost = g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    plx_error_at(error, PLX_ERROR_IO, &loc, "logo: %s %s", file,
                 lost ? "does not exist" : "cannot be read");
    return NULL;
}

static gboolean take_logo(plx_brand *brand, const char *bytes, gsize n, const char *name,
                          const struct plx_yaml_node *node, GError **error)
{
    if (n > PLX_LOGO_BYTES_MAX)
        return plx_yaml_error(node, error,
                              "logo: %s has %" G_GSIZE_FORMAT " kB; at most 512 go into a page: "
                              "make a smaller picture of it",
                              name, (n + 999) / 1000);
    const char *type = image_type(bytes, n);
    if (!type)
        return plx_yaml_error(node, error,
                              "logo: %s is no picture by its first bytes; expected PNG, JPEG or "
                              "SVG",
                              name);
    g_autofree char *base64 = g_base64_encode((const guchar *)bytes, n);
    brand->logo = g_strconcat("data:", type, ";base64,", base64, NULL);
    return TRUE;
}

static gboolean read_logo(plx_brand *brand, const char *path, const struct plx_yaml_node *root,
                          gboolean beside, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(root, "logo");
    const char *name;
    gsize n = 0;
    if (!node)
        return TRUE;
    if (!plx_yaml_text(node, "logo", &name, error))
        return FALSE;
    const gboolean within = g_str_has_prefix(name, "data:");
    if (beside && !within && (strchr(name, '/') || strcmp(name, "..") == 0))
        return plx_yaml_error(node, error, "logo: expected the name of a file beside this one");
    g_autofree char *file = within ? g_strdup("the picture") : path_beside(path, name);
    g_autofree char *bytes = within ? read_data(name, &n) : read_bytes(file, node, &n, error);
    if (!bytes)
        return within ? plx_yaml_error(node, error, "logo: expected data:…;base64,…") : FALSE;
    return take_logo(brand, bytes, n, file, node, error);
}

/* "en", "pt-br", "zh-hant-tw", in lower case. */
static gboolean is_language(const char *text)
{
    const gsize first = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    const gsize n = strlen(text);
    return first >= 2 && first <= 3 && n <= LANGUAGE_MAX &&
           (n == first || (text[first] == '-' && text[first + 1])) &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static gboolean read_language(plx_brand *brand, const struct plx_yaml_node *key,
                              const struct plx_yaml_node *words, GError **error)
{
    g_autofree char *language = g_ascii_strdown(key->text, -1);
    g_autofree char *shown = plx_yaml_quote(key->text);
    if (!is_language(language))
        return plx_yaml_error(key, error, "words: expected a language like en or pt-br, not %s",
                              shown);
    if (!plx_yaml_only(words, "words of a language", word_keys, error))
        return FALSE;
    for (guint i = 0; i < words->n; i++) {
        const char *text;
        if (!plx_yaml_text(words->values[i], words->keys[i]->text, &text, error))
            return FALSE;
        g_hash_table_insert(brand->words, g_strjoin("/", language, words->keys[i]->text, NULL),
                            g_strdup(text));
    }
    return TRUE;
}

static gboolean read_words(plx_brand *brand, const struct plx_yaml_node *root, GError **error)
{
    const struct plx_yaml_node *words = plx_yaml_get(root, "words");
    if (!words)
        return TRUE;
    if (!plx_yaml_is(words, "words", PLX_YAML_MAPPING, error))
        return FALSE;
    for (guint i = 0; i < words->n; i++)
        if (!read_language(brand, words->keys[i], words->values[i], error))
            return FALSE;
    return TRUE;
}

static gboolean read_name(plx_brand *brand, const struct plx_yaml_node *root, GError **error)
{
    const char *name = NULL;
    if (!plx_yaml_get_text(root, "name", &name, error))
        return FALSE;
    if (name && g_utf8_strlen(name, -1) > NAME_MAX_CHARACTERS)
        return plx_yaml_error(plx_yaml_get(root, "name"), error,
                              "name has more than %d characters; longer texts belong to words",
                              NAME_MAX_CHARACTERS);
    brand->name = g_strdup(name);
    return TRUE;
}

static plx_brand *read_tree(const plx_yaml *yaml, const char *path, gboolean beside, GError **error)
{
    static const char *const keys[] = {"name", "logo", "colour", "words", NULL};
    const struct plx_yaml_node *root = plx_yaml_root(yaml);
    g_autoptr(plx_brand) brand = g_new0(plx_brand, 1);
    brand->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!plx_yaml_only(root, "brand", keys, error) || !read_name(brand, root, error) ||
        !read_colour(brand, root, error) || !read_words(brand, root, error) ||
        !read_logo(brand, path, root, beside, error))
        return NULL;
    return g_steal_pointer(&brand);
}

plx_brand *plx_brand_read(const char *path, gboolean beside, GError **error)
{
    g_autoptr(plx_yaml) yaml = plx_yaml_read_file(path, error);
    return yaml ? read_tree(yaml, path, beside, error) : NULL;
}

plx_brand *plx_brand_read_memory(const char *text, const char *name, GError **error)
{
    g_autoptr(plx_yaml) yaml = plx_yaml_read_memory(text, strlen(text), name, error);
    return yaml ? read_tree(yaml, name, TRUE, error) : NULL;
}

const char *plx_brand_word(const plx_brand *brand, const char *language, const char *key)
{
    if (!brand)
        return NULL;
    g_autofree char *lower = g_ascii_strdown(language, -1);
    g_autofree char *name = g_strjoin("/", lower, key, NULL);
    return g_hash_table_lookup(brand->words, name);
}

char *plx_brand_css(const plx_brand *brand)
{
    if (!brand || !brand->colour)
        return g_strdup(":root { --brand: var(--line); --brand-text: var(--ink); }\n");
    return g_strdup_printf(":root { --brand: %s; --brand-text: %s; }\n"
                           "@media (prefers-color-scheme: dark) { :root { --brand-text: %s; } }\n",
                           brand->colour, brand->text_on_light ? brand->colour : "var(--ink)",
                           brand->text_on_dark ? brand->colour : "var(--ink)");
}
