/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A brand as a file, and as JSON. */
#include "base/yaml_write.h"
#include "report/brand.h"

#include <string.h>

static gint compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "de/closing", "de/title", "en/title": in this order; names are borrowed. */
static GPtrArray *word_names(const plx_brand *brand)
{
    GPtrArray *const names = g_ptr_array_new();
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, brand->words);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_ptr_array_add(names, name);
    g_ptr_array_sort(names, compare);
    return names;
}

/* Is it of another language than the one before it? */
static gboolean begins(const GPtrArray *names, guint i)
{
    const char *const name = names->pdata[i];
    const gsize n = strcspn(name, "/") + 1;
    return i == 0 || strncmp(names->pdata[i - 1], name, n) != 0;
}

static void write_key(GString *out, const char *key, const char *text)
{
    if (!text)
        return;
    g_string_append_printf(out, "%s: ", key);
    plx_yaml_append(out, text, FALSE);
    g_string_append_c(out, '\n');
}

void plx_brand_write(const plx_brand *brand, GString *out)
{
    g_autoptr(GPtrArray) names = word_names(brand);
    const gsize before = out->len;
    write_key(out, "name", brand->name);
    write_key(out, "colour", brand->colour);
    if (names->len > 0)
        g_string_append(out, "words:\n");
    for (guint i = 0; i < names->len; i++) {
        const char *const name = names->pdata[i];
        const gsize n = strcspn(name, "/");
        if (begins(names, i))
            g_string_append_printf(out, "  \"%.*s\":\n", (int)n, name);
        g_string_append_printf(out, "    %s: ", name + n + 1);
        plx_yaml_append(out, g_hash_table_lookup(brand->words, name), FALSE);
        g_string_append_c(out, '\n');
    }
    write_key(out, "logo", brand->logo);
    if (out->len == before)
        g_string_append(out, "{}\n");
}

static void write_contrast(plx_json *json, const char *key, double contrast, gboolean text)
{
    plx_json_begin_object(json, key);
    plx_json_number(json, "contrast",
                    (double)(gint64)(contrast * 100) / 100); /* never rounded up */
    plx_json_boolean(json, "text", text);
    plx_json_end_object(json);
}

void plx_brand_json(const plx_brand *brand, plx_json *json)
{
    g_autoptr(GPtrArray) names = word_names(brand);
    plx_json_begin_object(json, "brand");
    plx_json_string(json, "name", brand->name);
    plx_json_string(json, "colour", brand->colour);
    plx_json_string(json, "logo", brand->logo);
    plx_json_begin_object(json, "words");
    for (guint i = 0; i < names->len; i++) {
        const char *const name = names->pdata[i];
        const gsize n = strcspn(name, "/");
        g_autofree char *language = g_strndup(name, n);
        if (begins(names, i) && i > 0)
            plx_json_end_object(json);
        if (begins(names, i))
            plx_json_begin_object(json, language);
        plx_json_string(json, name + n + 1, g_hash_table_lookup(brand->words, name));
    }
    if (names->len > 0)
        plx_json_end_object(json);
    plx_json_end_object(json);
    if (brand->colour) {
        write_contrast(json, "on_light", brand->contrast_light, brand->text_on_light);
        write_contrast(json, "on_dark", brand->contrast_dark, brand->text_on_dark);
    }
    plx_json_end_object(json);
}
