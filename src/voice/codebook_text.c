/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A codebook as text, as a workspace keeps it, and back. */
#include "base/json.h"
#include "base/yaml.h"
#include "voice/codebook_private.h"

#include <string.h>

static gint by_prompt_and_answer(gconstpointer a, gconstpointer b)
{
    const struct plx_coding *const x = a, *const y = b;
    const gint order = strcmp(x->prompt, y->prompt);
    return order ? order : (x->answer > y->answer) - (x->answer < y->answer);
}

struct plx_coding *plx_codebook_codings(const plx_codebook *book, guint *n)
{
    g_autoptr(GArray) codings = g_array_new(FALSE, FALSE, sizeof(struct plx_coding));
    GHashTableIter prompts, answers;
    gpointer prompt, of_prompt, answer, theme;
    g_hash_table_iter_init(&prompts, book->codings);
    while (g_hash_table_iter_next(&prompts, &prompt, &of_prompt)) {
        g_hash_table_iter_init(&answers, of_prompt);
        while (g_hash_table_iter_next(&answers, &answer, &theme)) {
            const struct plx_coding coding = {prompt, *(const guint64 *)answer,
                                              GPOINTER_TO_UINT(theme)};
            g_array_append_val(codings, coding);
        }
    }
    g_array_sort(codings, by_prompt_and_answer);
    *n = codings->len;
    return (struct plx_coding *)(gpointer)g_array_free(g_steal_pointer(&codings), FALSE);
}

static void write_theme(plx_json *json, const struct plx_theme *theme)
{
    plx_json_begin_object(json, NULL);
    plx_json_integer(json, "id", theme->id);
    plx_json_string(json, "title", theme->title);
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < theme->n_points; i++)
        plx_json_string(json, NULL, theme->points[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_coding(plx_json *json, const struct plx_coding *coding)
{
    char hash[17];
    g_snprintf(hash, sizeof hash, "%016" G_GINT64_MODIFIER "x", coding->answer);
    plx_json_begin_array(json, NULL);
    plx_json_string(json, NULL, coding->prompt);
    plx_json_string(json, NULL, hash);
    plx_json_integer(json, NULL, coding->theme);
    plx_json_end_array(json);
}

char *plx_codebook_text(const plx_codebook *book)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    guint n;
    g_autofree struct plx_coding *codings = plx_codebook_codings(book, &n);
    plx_json_begin_object(json, NULL);
    plx_json_integer(json, "next", book->next);
    plx_json_begin_array(json, "themes");
    for (guint i = 0; i < book->themes->len; i++)
        write_theme(json, g_ptr_array_index(book->themes, i));
    plx_json_end_array(json);
    plx_json_begin_array(json, "answers");
    for (guint i = 0; i < n; i++)
        write_coding(json, &codings[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
    return g_string_free(out, FALSE);
}

/* Reading: JSON is YAML ------------------------------------------------------------------------ */

static gboolean read_id(const struct plx_yaml_node *node, guint32 *id, GError **error)
{
    gint64 number;
    if (!plx_yaml_int(node, "id", 1, G_MAXUINT32 - 1, &number, error))
        return FALSE;
    *id = (guint32)number;
    return TRUE;
}

static gboolean read_theme(plx_codebook *book, const struct plx_yaml_node *node, GError **error)
{
    const struct plx_yaml_node *const id = plx_yaml_require(node, "a theme", "id", error);
    const struct plx_yaml_node *const title =
        id ? plx_yaml_require(node, "a theme", "title", error) : NULL;
    const struct plx_yaml_node *const points =
        title ? plx_yaml_require(node, "a theme", "points", error) : NULL;
    guint32 number;
    const char *text;
    if (!points || !read_id(id, &number, error) || !plx_yaml_text(title, "title", &text, error))
        return FALSE;
    if (plx_codebook_by_id(book, number))
        return plx_yaml_error(id, error, "theme %u is there twice", number);
    plx_codebook_add(book, number, text, NULL);
    for (guint i = 0; i < points->n; i++) {
        const char *point;
        if (!plx_yaml_text(points->values[i], "point", &point, error))
            return FALSE;
        plx_codebook_tie(book, number, point);
    }
    return TRUE;
}

static gboolean read_coding(plx_codebook *book, const struct plx_yaml_node *node, GError **error)
{
    const char *prompt, *hash;
    guint32 theme;
    guint64 answer;
    if (node->n != 3)
        return plx_yaml_error(node, error, "an answer has a prompt, a hash and a theme");
    if (!plx_yaml_text(node->values[0], "prompt", &prompt, error) ||
        !plx_yaml_text(node->values[1], "answer", &hash, error) ||
        !read_id(node->values[2], &theme, error))
        return FALSE;
    if (strlen(hash) != 16 || !g_ascii_string_to_unsigned(hash, 16, 0, G_MAXUINT64, &answer, NULL))
        return plx_yaml_error(node->values[1], error, "a hash has 16 digits");
    if (!plx_codebook_by_id(book, theme))
        return plx_yaml_error(node->values[2], error, "there is no theme %u", theme);
    plx_codebook_code(book, prompt, answer, theme);
    return TRUE;
}

typedef gboolean (*read_one)(plx_codebook *book, const struct plx_yaml_node *node, GError **error);

static gboolean read_all(plx_codebook *book, const struct plx_yaml_node *root, const char *key,
                         read_one read, GError **error)
{
    const struct plx_yaml_node *const list = plx_yaml_require(root, "a codebook", key, error);
    gboolean ok = list != NULL;
    for (guint i = 0; ok && i < list->n; i++)
        ok = read(book, list->values[i], error);
    return ok;
}

plx_codebook *plx_codebook_read(const guint8 key[PLX_CODEBOOK_KEY], const char *text,
                                const char *name, GError **error)
{
    static const char *const keys[] = {"next", "themes", "answers", NULL};
    g_autoptr(plx_yaml) yaml = plx_yaml_read_memory(text, strlen(text), name, error);
    const struct plx_yaml_node *const root = yaml ? plx_yaml_root(yaml) : NULL;
    if (!root || !plx_yaml_only(root, "a codebook", keys, error))
        return NULL;
    const struct plx_yaml_node *const next = plx_yaml_require(root, "a codebook", "next", error);
    g_autoptr(plx_codebook) book = plx_codebook_new(key);
    guint32 above;
    if (!next || !read_id(next, &above, error) ||
        !read_all(book, root, "themes", read_theme, error) ||
        !read_all(book, root, "answers", read_coding, error))
        return NULL;
    book->next = MAX(book->next, above);
    return g_steal_pointer(&book);
}
