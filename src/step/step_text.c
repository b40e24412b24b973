/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan as text, as a workspace keeps it, and back. */
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "base/yaml.h"
#include "step/step.h"

#include <string.h>

void plx_step_plan_free(struct plx_step_plan *plan)
{
    if (!plan)
        return;
    for (guint i = 0; i < plan->n_looks; i++)
        g_free(plan->looks[i].after);
    g_free(plan->looks);
    g_strfreev(plan->places);
    g_strfreev(plan->compare);
    g_strfreev(plan->untouched);
    g_free(plan->window);
    g_free(plan->note);
    g_free(plan->owner);
    g_free(plan->point);
    g_free(plan);
}

/* Characters that JSON may have as they are, but YAML not, or not keep: DEL, C1 controls, line
 * separators, noncharacters. */
static gboolean is_lost(gunichar c)
{
    return (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe ||
           c == 0xffff;
}

/* Owns `json`. They stand within strings only, where an escape says the same. */
static char *escape(GString *json)
{
    GString *const out = g_string_sized_new(json->len);
    for (const char *at = json->str; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (is_lost(c))
            g_string_append_printf(out, "\\u%04x", c);
        else
            g_string_append_len(out, at, g_utf8_next_char(at) - at);
    }
    g_string_free(json, TRUE);
    return g_string_free(out, FALSE);
}

static void write_looks(plx_json *json, const struct plx_step_plan *plan)
{
    plx_json_begin_array(json, "looks");
    for (guint i = 0; i < plan->n_looks; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "after", plan->looks[i].after);
        plx_json_day(json, "day", plan->looks[i].day);
        plx_json_number(json, "alpha", plan->looks[i].alpha);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

char *plx_step_plan_text(const struct plx_step_plan *plan)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "point", plan->point);
    plx_json_integer(json, "from", plan->from);
    plx_json_integer(json, "to", plan->to);
    plx_json_number(json, "share", plan->share);
    plx_json_string(json, "repair", plx_step_repair_name(plan->repair));
    plx_json_string(json, "owner", plan->owner);
    plx_json_string(json, "note", plan->note);
    plx_json_day(json, "start", plan->start);
    plx_json_string(json, "window", plan->window);
    plx_json_day(json, "baseline", plan->baseline);
    plx_json_number(json, "margin", plan->margin);
    plx_json_number(json, "alpha", plan->alpha);
    plx_json_texts(json, "places", (const char *const *)plan->places);
    plx_json_texts(json, "compare", (const char *const *)plan->compare);
    plx_json_texts(json, "untouched", (const char *const *)plan->untouched);
    write_looks(json, plan);
    plx_json_end_object(json);
    return escape(out);
}

char *plx_step_note_text(const char *note)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    if (note)
        plx_json_string(json, "note", note);
    plx_json_end_object(json);
    return escape(out);
}

/* Reading: JSON is YAML ------------------------------------------------------------------------ */

static gboolean read_text(const struct plx_yaml_node *root, const char *key, char **out,
                          GError **error)
{
    const struct plx_yaml_node *const node = plx_yaml_require(root, "a step", key, error);
    const char *text;
    if (!node || !plx_yaml_text(node, key, &text, error))
        return FALSE;
    *out = g_strdup(text);
    return TRUE;
}

static gboolean read_number(const struct plx_yaml_node *root, const char *key, double max,
                            double *out, GError **error)
{
    const struct plx_yaml_node *const node = plx_yaml_require(root, "a step", key, error);
    return node && plx_yaml_double(node, key, 0, max, out, error);
}

static gboolean read_level(const struct plx_yaml_node *root, const char *key, gint *out,
                           GError **error)
{
    const struct plx_yaml_node *const node = plx_yaml_require(root, "a step", key, error);
    gint64 level;
    if (!node || !plx_yaml_int(node, key, -100, 100, &level, error))
        return FALSE;
    *out = (gint)level;
    return TRUE;
}

static gboolean read_day(const struct plx_yaml_node *root, const char *key, gint32 *out,
                         GError **error)
{
    const struct plx_yaml_node *const node = plx_yaml_require(root, "a step", key, error);
    const char *text;
    struct plx_time time;
    if (!node || !plx_yaml_text(node, key, &text, error))
        return FALSE;
    if (!plx_time_parse(text, strlen(text), &time))
        return plx_yaml_error(node, error, "%s: expected a date like 2026-01-31", key);
    *out = time.day;
    return TRUE;
}

static gboolean read_texts(const struct plx_yaml_node *root, const char *key, char ***out,
                           GError **error)
{
    const struct plx_yaml_node *const node = plx_yaml_require(root, "a step", key, error);
    return node && plx_yaml_texts(node, key, out, error);
}

static gboolean read_look(struct plx_step_plan *plan, const struct plx_yaml_node *node,
                          GError **error)
{
    static const char *const keys[] = {"after", "day", "alpha", NULL};
    struct plx_step_look *const look = &plan->looks[plan->n_looks++];
    return plx_yaml_only(node, "a look", keys, error) &&
           read_text(node, "after", &look->after, error) &&
           read_day(node, "day", &look->day, error) &&
           read_number(node, "alpha", 1, &look->alpha, error);
}

static gboolean read_looks(struct plx_step_plan *plan, const struct plx_yaml_node *root,
                           GError **error)
{
    const struct plx_yaml_node *const list = plx_yaml_require(root, "a step", "looks", error);
    if (!list || !plx_yaml_is(list, "looks", PLX_YAML_SEQUENCE, error))
        return FALSE;
    if (list->n == 0 || list->n > PLX_STEP_LOOKS_MAX)
        return plx_yaml_error(list, error, "a step has 1 to %d looks", PLX_STEP_LOOKS_MAX);
    plan->looks = g_new0(struct plx_step_look, list->n);
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < list->n; i++)
        ok = read_look(plan, list->values[i], error);
    return ok;
}

static gboolean read_rest(struct plx_step_plan *plan, const struct plx_yaml_node *root,
                          GError **error)
{
    static const char *const repairs[] = {"delivery", "promise", NULL};
    const struct plx_yaml_node *const repair = plx_yaml_require(root, "a step", "repair", error);
    const struct plx_yaml_node *const note = plx_yaml_get(root, "note");
    int chosen = 0;
    if (!repair || !plx_yaml_choice(repair, "repair", repairs, &chosen, error))
        return FALSE;
    plan->repair = chosen == 1 ? PLX_STEP_PROMISE : PLX_STEP_DELIVERY;
    return !note || plx_yaml_is_null(note) || read_text(root, "note", &plan->note, error);
}

static gboolean read_plan(struct plx_step_plan *plan, const struct plx_yaml_node *root,
                          GError **error)
{
    static const char *const keys[] = {
        "point",    "from",   "to",    "share",  "repair",  "owner",     "note",  "start", "window",
        "baseline", "margin", "alpha", "places", "compare", "untouched", "looks", NULL};
    return plx_yaml_only(root, "a step", keys, error) &&
           read_text(root, "point", &plan->point, error) &&
           read_text(root, "owner", &plan->owner, error) &&
           read_text(root, "window", &plan->window, error) &&
           read_level(root, "from", &plan->from, error) &&
           read_level(root, "to", &plan->to, error) &&
           read_number(root, "share", 1, &plan->share, error) &&
           read_number(root, "margin", 100, &plan->margin, error) &&
           read_number(root, "alpha", 1, &plan->alpha, error) &&
           read_day(root, "start", &plan->start, error) &&
           read_day(root, "baseline", &plan->baseline, error) &&
           read_texts(root, "places", &plan->places, error) &&
           read_texts(root, "compare", &plan->compare, error) &&
           read_texts(root, "untouched", &plan->untouched, error) &&
           read_looks(plan, root, error) && read_rest(plan, root, error);
}

struct plx_step_plan *plx_step_plan_read(const char *text, const char *name, GError **error)
{
    g_autoptr(plx_yaml) yaml = plx_yaml_read_memory(text, strlen(text), name, error);
    if (!yaml)
        return NULL;
    struct plx_step_plan *const plan = g_new0(struct plx_step_plan, 1);
    if (read_plan(plan, plx_yaml_root(yaml), error))
        return plan;
    plx_step_plan_free(plan);
    return NULL;
}
