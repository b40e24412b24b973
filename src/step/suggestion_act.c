/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to suggestions: asked for, as text, and folded. */
#include "base/error.h"
#include "base/json.h"
#include "base/yaml.h"
#include "step/step_private.h"
#include "step/suggestion.h"

#include <string.h>

/* Asking ------------------------------------------------------------------------------------ */

static gboolean check_state(const char *name, GError **error)
{
    enum plx_suggestion_state state;
    if (!plx_suggestion_state_find(name, &state, error))
        return FALSE;
    return state != PLX_SUGGESTION_RECEIVED ||
           plx_error(error, PLX_ERROR_USAGE,
                     "--state received: that is what it is before anybody has looked at it");
}

static gboolean check_step(const char *text, const GPtrArray *steps, gint64 *step, GError **error)
{
    if (!g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, step, NULL))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--step \"%s\": expected the number of a step ('step list')", text);
    return plx_step_find(steps, *step, error) != NULL;
}

char *plx_suggestion_answer_text(const struct plx_suggestion_ask *ask, const plx_map *map,
                                 const GPtrArray *steps, GError **error)
{
    static const struct plx_step_point_words words = {"no suggestion is tied to it",
                                                      "no suggestion is tied to it"};
    g_autofree char *point = NULL;
    gint64 step = 0;
    if (!ask->state && !ask->text && !ask->point && !ask->step) {
        plx_error(error, PLX_ERROR_USAGE,
                  "an answer needs --text, --state, --point or --step: nothing was changed");
        return NULL;
    }
    if ((ask->state && !check_state(ask->state, error)) ||
        (ask->text && !plx_step_check_words("text", ask->text, error)) ||
        (ask->point && !plx_step_find_point(map, ask->point, &words, &point, error)) ||
        (ask->step && !check_step(ask->step, steps, &step, error)))
        return NULL;
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    if (ask->state)
        plx_json_string(json, "state", ask->state);
    if (ask->text)
        plx_json_string(json, "text", ask->text);
    if (point)
        plx_json_string(json, "point", point);
    if (step)
        plx_json_integer(json, "step", step);
    plx_json_end_object(json);
    return g_string_free(out, FALSE);
}

char *plx_suggestion_link_text(const char *hash)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "hash", hash);
    plx_json_end_object(json);
    return g_string_free(out, FALSE);
}

/* Folding ----------------------------------------------------------------------------------- */

/* What an answer says. Texts are the tree's. */
struct said {
    const char *state, *text, *point;
    gint64 step;
};

static gboolean read_answer(const plx_yaml *yaml, struct said *said, GError **error)
{
    static const char *const keys[] = {"state", "text", "point", "step", NULL};
    const struct plx_yaml_node *const root = plx_yaml_root(yaml);
    return plx_yaml_only(root, "an answer", keys, error) &&
           plx_yaml_get_text(root, "state", &said->state, error) &&
           plx_yaml_get_text(root, "text", &said->text, error) &&
           plx_yaml_get_text(root, "point", &said->point, error) &&
           plx_yaml_get_int(root, "step", 1, G_MAXINT64, &said->step, error);
}

static gboolean is_new(const char *said, const char *before)
{
    return said && g_strcmp0(said, before) != 0;
}

/* What it is from then on. */
static gboolean next_state(const struct plx_suggestion *suggestion, const struct said *said,
                           enum plx_suggestion_state *state, GError **error)
{
    g_autofree char *number = plx_suggestion_number(suggestion);
    *state = MAX(suggestion->state, PLX_SUGGESTION_CONSIDERED);
    if (said->state && !plx_suggestion_state_find(said->state, state, error))
        return FALSE;
    if (*state == PLX_SUGGESTION_DECLINED && !said->text && !suggestion->text)
        return plx_error(error, PLX_ERROR_USAGE, "suggestion %s: say why it is declined, by --text",
                         number);
    return (said->state && *state != suggestion->state) || is_new(said->text, suggestion->text) ||
           is_new(said->point, suggestion->point) ||
           (said->step && said->step != suggestion->step) ||
           plx_error(error, PLX_ERROR_USAGE,
                     "suggestion %s is as asked for already; nothing was changed", number);
}

static gboolean do_answer(struct plx_suggestion *suggestion, const plx_yaml *yaml,
                          gint64 utc_seconds, const char *author, GError **error)
{
    struct said said = {0};
    enum plx_suggestion_state state;
    if (!read_answer(yaml, &said, error) || !next_state(suggestion, &said, &state, error))
        return FALSE;
    struct plx_suggestion_answer *const answer = g_new0(struct plx_suggestion_answer, 1);
    answer->utc_seconds = utc_seconds;
    answer->author = g_strdup(author);
    answer->state = suggestion->state = state;
    answer->text = g_strdup(said.text);
    answer->point = g_strdup(said.point);
    answer->step = said.step;
    suggestion->text = answer->text ? answer->text : suggestion->text;
    suggestion->point = answer->point ? answer->point : suggestion->point;
    suggestion->step = answer->step ? answer->step : suggestion->step;
    g_ptr_array_add(suggestion->answers, answer);
    return TRUE;
}

static gboolean do_link(struct plx_suggestion *suggestion, const plx_yaml *yaml, gint64 utc_seconds,
                        GError **error)
{
    static const char *const keys[] = {"hash", NULL};
    const struct plx_yaml_node *const root = plx_yaml_root(yaml);
    const char *hash = NULL;
    if (!plx_yaml_only(root, "a link", keys, error) ||
        !plx_yaml_require(root, "a link", "hash", error) ||
        !plx_yaml_get_text(root, "hash", &hash, error))
        return FALSE;
    g_free(suggestion->hash);
    suggestion->hash = g_strdup(hash);
    suggestion->linked = utc_seconds;
    return TRUE;
}

gboolean plx_suggestion_apply(plx_suggestion_list *list, guint64 number, gint64 utc_seconds,
                              const char *author, const char *act, const char *body,
                              const char *name, GError **error)
{
    struct plx_suggestion *const suggestion = g_hash_table_lookup(list->by_number, &number);
    const gboolean is_link = strcmp(act, "link") == 0;
    if (!is_link && strcmp(act, "answer") != 0)
        return plx_error(error, PLX_ERROR_INPUT, "%s: a suggestion is not \"%s\"", name, act);
    if (!suggestion)
        return TRUE;
    g_autoptr(plx_yaml) yaml = plx_yaml_read_memory(body, strlen(body), name, error);
    if (!yaml)
        return FALSE;
    return is_link ? do_link(suggestion, yaml, utc_seconds, error)
                   : do_answer(suggestion, yaml, utc_seconds, author, error);
}
