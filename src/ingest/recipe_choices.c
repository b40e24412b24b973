/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_choices.h"

#include "base/error.h"
#include "base/suggest.h"

#include <jansson.h>
#include <string.h>

static const char *const scale_keys[PLX_CHOICE_SCALE] = {"min", "max",     "floor",
                                                         "met", "desired", "top"};

/* What is read, and what it is called in messages. */
struct reading {
    const char *name;
    struct plx_choices *choices;
};

static gboolean fail(const struct reading *r, GError **error, const char *what)
{
    return plx_error(error, PLX_ERROR_INPUT, "%s: %s", r->name, what);
}

static gboolean fail_key(const struct reading *r, GError **error, const char *key,
                         const char *expected)
{
    return plx_error(error, PLX_ERROR_INPUT, "%s: \"%s\": expected %s", r->name, key, expected);
}

/* A text, or null. */
static gboolean read_text(const struct reading *r, const json_t *object, const char *key,
                          char **text, GError **error)
{
    const json_t *const value = json_object_get(object, key);
    if (!value || json_is_null(value))
        return TRUE;
    if (!json_is_string(value))
        return fail_key(r, error, key, "a text");
    if (*json_string_value(value))
        *text = g_strdup(json_string_value(value));
    return TRUE;
}

static gboolean read_codes(const struct reading *r, const json_t *object, const char *key,
                           char ***codes, GError **error)
{
    const json_t *const list = json_object_get(object, key);
    if (!list || json_is_null(list))
        return TRUE;
    if (!json_is_array(list))
        return fail_key(r, error, key, "a list of texts");
    g_autoptr(GStrvBuilder) texts = g_strv_builder_new();
    for (gsize i = 0; i < json_array_size(list); i++) {
        const char *const text = json_string_value(json_array_get(list, i));
        if (!text)
            return fail_key(r, error, key, "a list of texts");
        g_strv_builder_add(texts, text);
    }
    *codes = g_strv_builder_end(texts);
    return TRUE;
}

static gboolean read_scale(const struct reading *r, const json_t *root, GError **error)
{
    const json_t *const scale = json_object_get(root, "scale");
    if (!scale || json_is_null(scale))
        return TRUE;
    for (guint i = 0; i < PLX_CHOICE_SCALE; i++) {
        const json_t *const number = json_object_get(scale, scale_keys[i]);
        if (!json_is_integer(number))
            return fail(r, error, "\"scale\": expected min, max, floor, met, desired and top");
        r->choices->scale[i] = json_integer_value(number);
    }
    r->choices->has_scale = TRUE;
    return TRUE;
}

/* [{"from": "Gast", "to": "customer"}, ...] */
static gboolean read_values(const struct reading *r, const json_t *object,
                            struct plx_choice *choice, GError **error)
{
    const json_t *const list = json_object_get(object, "values");
    if (!list || json_is_null(list))
        return TRUE;
    if (!json_is_array(list))
        return fail_key(r, error, "values", "a list");
    g_autoptr(GStrvBuilder) texts = g_strv_builder_new();
    for (gsize i = 0; i < json_array_size(list); i++) {
        const json_t *const pair = json_array_get(list, i);
        const char *const from = json_string_value(json_object_get(pair, "from"));
        const json_t *const to = json_object_get(pair, "to");
        if (!from || (to && !json_is_null(to) && !json_is_string(to)))
            return fail_key(r, error, "values", "\"from\" and \"to\", both texts");
        g_strv_builder_add(texts, from);
        g_strv_builder_add(texts, json_is_string(to) ? json_string_value(to) : "");
    }
    choice->values = g_strv_builder_end(texts);
    return TRUE;
}

static gboolean read_role(const struct reading *r, const json_t *object, struct plx_choice *choice,
                          GError **error)
{
    const char *const name = json_string_value(json_object_get(object, "is"));
    choice->role = name ? plx_column_role_find(name) : PLX_ROLES;
    if (choice->role < PLX_ROLES)
        return TRUE;
    g_autofree char *near =
        name ? plx_suggest_text(name, plx_column_role_names(), PLX_ROLES) : NULL;
    return plx_error(error, PLX_ERROR_INPUT, "%s: column %u: \"is\": there is no \"%s\"%s", r->name,
                     choice->number, name ? name : "", near ? near : "");
}

static void free_choice(gpointer data)
{
    struct plx_choice *const choice = data;
    g_free(choice->subject);
    g_free(choice->measure);
    g_strfreev(choice->values);
    g_free(choice);
}

static gboolean read_column(const struct reading *r, const json_t *object, GError **error)
{
    const json_t *const number = json_object_get(object, "number");
    if (!json_is_integer(number) || json_integer_value(number) < 1 ||
        json_integer_value(number) > G_MAXINT32)
        return fail(r, error, "\"columns\": expected the \"number\" of each, from 1");
    struct plx_choice *const choice = g_new0(struct plx_choice, 1);
    choice->number = (guint)json_integer_value(number);
    g_ptr_array_add(r->choices->columns, choice);
    return read_role(r, object, choice, error) &&
           read_text(r, object, "point", &choice->subject, error) &&
           read_text(r, object, "measure", &choice->measure, error) &&
           read_values(r, object, choice, error);
}

static gboolean read_columns(const struct reading *r, const json_t *root, GError **error)
{
    const json_t *const list = json_object_get(root, "columns");
    if (list && !json_is_array(list))
        return fail_key(r, error, "columns", "a list");
    for (gsize i = 0; i < json_array_size(list); i++)
        if (!read_column(r, json_array_get(list, i), error))
            return FALSE;
    return TRUE;
}

static gboolean read_root(const struct reading *r, const json_t *root, GError **error)
{
    struct plx_choices *const to = r->choices;
    to->new_map = json_is_true(json_object_get(root, "new_map"));
    return read_text(r, root, "audience", &to->audience, error) &&
           read_text(r, root, "time_format", &to->time_format, error) &&
           read_scale(r, root, error) && read_codes(r, root, "missing", &to->missing, error) &&
           read_codes(r, root, "na", &to->na, error) &&
           read_codes(r, root, "declined", &to->declined, error) && read_columns(r, root, error);
}

struct plx_choices *plx_choices_read_memory(const char *text, gsize length, const char *name,
                                            GError **error)
{
    json_error_t fault;
    json_t *const root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_object(root)) {
        plx_error(error, PLX_ERROR_INPUT,
                  "%s: expected JSON, as 'recipe suggest --format json' "
                  "writes it",
                  name);
        json_decref(root);
        return NULL;
    }
    struct plx_choices *const choices = g_new0(struct plx_choices, 1);
    choices->columns = g_ptr_array_new_with_free_func(free_choice);
    const struct reading reading = {name, choices};
    const gboolean ok = read_root(&reading, root, error);
    json_decref(root);
    if (ok)
        return choices;
    plx_choices_free(choices);
    return NULL;
}

struct plx_choices *plx_choices_read(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *text = NULL;
    gsize length;
    if (g_file_get_contents(path, &text, &length, &cause))
        return plx_choices_read_memory(text, length, path, error);
    plx_error(error, PLX_ERROR_IO, "%s", cause->message);
    return NULL;
}

void plx_choices_free(struct plx_choices *choices)
{
    if (!choices)
        return;
    g_ptr_array_unref(choices->columns);
    g_free(choices->audience);
    g_free(choices->time_format);
    g_strfreev(choices->missing);
    g_strfreev(choices->na);
    g_strfreev(choices->declined);
    g_free(choices);
}

const struct plx_choice *plx_choices_find(const struct plx_choices *choices, guint number)
{
    for (guint i = 0; choices && i < choices->columns->len; i++) {
        const struct plx_choice *const choice = choices->columns->pdata[i];
        if (choice->number == number)
            return choice;
    }
    return NULL;
}
