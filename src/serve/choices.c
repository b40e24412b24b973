/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /app/data/choices: what the picture can be asked for: days, places, channels, segments.
 *
 * Counted are answers of those who are served and not protected, so that no number tells of anybody
 * else; a value with fewer than their minimum has none. Of a key with more values than anybody
 * picks from a list (numbers of orders) only the name is told. Test: tests/serve/test_choices.py.
 */

#include "serve/routes.h"
#include "serve/server_private.h"

#include "base/json.h"
#include "reading/question.h"
#include "store/words.h"

#include <string.h>

#define VALUES_MAX 400
#define KEYS_MAX (PLX_DIMS_MAX + 4)

/* A key by which answers are chosen, as --where names it. */
struct key {
    const char *name; /* "channel"; of a segment its own */
    enum plx_dim dim;
    guint kind; /* enum plx_word_kind */
};

struct choices {
    plx_store *store;
    const plx_map *map;
    plx_words *words;
    plx_filter *filter; /* rows that are counted; NULL: nobody's may be */
    guint64 minimum;
    guint n_keys;
    struct key keys[KEYS_MAX];
};

static gboolean is_counted(const struct plx_audience *audience)
{
    return audience->served && (!audience->protected_ || audience->named);
}

static plx_filter *counted_rows(struct choices *choices)
{
    const plx_map *const map = choices->map;
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint a = 0; a < map->n_audiences; a++) {
        if (!is_counted(&map->audiences[a]))
            continue;
        g_ptr_array_add(ids, map->audiences[a].id);
        choices->minimum = MAX(choices->minimum, map->audiences[a].minimum);
    }
    if (ids->len == 0)
        return NULL;
    g_ptr_array_add(ids, NULL);
    plx_filter *both[2] = {plx_filter_in(PLX_DIM_AUDIENCE, NULL, (const char *const *)ids->pdata),
                           plx_question_points(map)};
    return plx_filter_all(both, both[1] ? 2 : 1);
}

static void add_key(struct choices *choices, const char *name, enum plx_dim dim, guint kind)
{
    if (choices->n_keys < KEYS_MAX)
        choices->keys[choices->n_keys++] = (struct key){name, dim, kind};
}

static gboolean choices_init(struct choices *choices, plx_store *store, GError **error)
{
    *choices = (struct choices){.store = store, .map = plx_store_map(store)};
    choices->words = plx_words_load(plx_store_db(store), error);
    if (!choices->words)
        return FALSE;
    choices->filter = counted_rows(choices);
    add_key(choices, "place", PLX_DIM_PLACE, PLX_WORD_PLACE);
    add_key(choices, "channel", PLX_DIM_CHANNEL, PLX_WORD_CHANNEL);
    add_key(choices, "source", PLX_DIM_SOURCE, PLX_WORD_SOURCE);
    add_key(choices, "language", PLX_DIM_LANGUAGE, PLX_WORD_LANGUAGE);
    const guint32 n = plx_words_size(choices->words, PLX_WORD_SEGMENT_KEY);
    for (guint32 i = 0; i < n && PLX_WORD_SEGMENT + i < PLX_WORD_KINDS; i++)
        add_key(choices, plx_words_get(choices->words, PLX_WORD_SEGMENT_KEY, i + 1)->text,
                PLX_DIM_SEGMENT, PLX_WORD_SEGMENT + i);
    return TRUE;
}

static void choices_clear(struct choices *choices)
{
    plx_words_free(choices->words);
    plx_filter_free(choices->filter);
}

static gboolean is_listed(const struct choices *choices, const struct key *key)
{
    const guint32 n = plx_words_size(choices->words, key->kind);
    return n > 0 && n <= VALUES_MAX;
}

/* Asks for some keys at once; the first need has the days. NULL: error. */
static struct plx_answer *ask(const struct choices *choices, guint first, guint n, GError **error)
{
    g_autofree struct plx_split *splits = g_new0(struct plx_split, n);
    g_autofree struct plx_need *needs = g_new0(struct plx_need, n);
    for (guint i = 0; i < n; i++) {
        const struct key *const key = &choices->keys[first + i];
        splits[i] = (struct plx_split){.kind = PLX_SPLIT_DIM,
                                       .dim = key->dim,
                                       .segment = key->dim == PLX_DIM_SEGMENT ? key->name : NULL};
        needs[i] = (struct plx_need){.kinds = PLX_NEED_COUNTS,
                                     .measures = 1u << PLX_MEASURE_LEVEL,
                                     .filter = choices->filter,
                                     .splits = &splits[i],
                                     .n_splits = is_listed(choices, key) ? 1 : 0};
    }
    g_autoptr(plx_source) source = plx_store_source(choices->store, 1);
    struct plx_answer *answer = NULL;
    return plx_source_ask(source, needs, n, &answer, error) ? answer : NULL;
}

static void write_values(const struct choices *choices, const struct plx_table *table,
                         const char *name, plx_json *json)
{
    g_autofree guint64 *rows = g_new0(guint64, table->n_groups + 1);
    for (guint c = 0; c < table->n_cells; c++)
        rows[table->cells[c].group] += table->cells[c].rows;
    plx_json_begin_array(json, name);
    for (guint g = 0; g < table->n_groups; g++) {
        const char *const value = table->groups[g][0];
        if (!*value || rows[g] == 0)
            continue;
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "value", value);
        if (rows[g] >= choices->minimum)
            plx_json_integer(json, "n", (gint64)rows[g]);
        else
            plx_json_null(json, "n");
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_key(const struct choices *choices, const struct plx_answer *answer, guint first,
                      guint i, plx_json *json)
{
    const struct key *const key = &choices->keys[i];
    const gboolean listed = answer && is_listed(choices, key);
    plx_json_begin_object(json, NULL);
    g_autofree char *name = key->dim == PLX_DIM_SEGMENT ? g_strconcat("segment.", key->name, NULL)
                                                        : g_strdup(key->name);
    plx_json_string(json, "key", name);
    plx_json_boolean(json, "listed", listed || plx_words_size(choices->words, key->kind) == 0);
    if (listed) {
        write_values(choices, &answer->tables[i - first], "values", json);
    } else {
        plx_json_begin_array(json, "values");
        plx_json_end_array(json);
    }
    plx_json_end_object(json);
}

static void write_audiences(const plx_map *map, const char *language, plx_json *json)
{
    plx_json_begin_array(json, "audiences");
    for (guint a = 0; a < map->n_audiences; a++) {
        const struct plx_audience *const audience = &map->audiences[a];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "id", audience->id);
        plx_json_string(json, "title",
                        audience->title ? plx_map_text(map, audience->title, language)
                                        : audience->id);
        plx_json_boolean(json, "served", audience->served);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

/* Choosing among these changes no number, only what is looked at. */
static void write_journeys(const plx_map *map, const char *language, plx_json *json)
{
    plx_json_begin_array(json, "journeys");
    for (guint j = 0; j < map->n_journeys; j++) {
        const struct plx_journey *const journey = &map->journeys[j];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "id", journey->id);
        plx_json_string(json, "title", plx_map_text(map, journey->title, language));
        plx_json_begin_array(json, "transactions");
        for (guint t = 0; t < journey->n_transactions; t++) {
            const struct plx_transaction *const transaction = &journey->transactions[t];
            plx_json_begin_object(json, NULL);
            plx_json_string(json, "id", transaction->id);
            plx_json_string(json, "title", plx_map_text(map, transaction->title, language));
            plx_json_integer(json, "points", transaction->n_points);
            plx_json_end_object(json);
        }
        plx_json_end_array(json);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

/* The map's own language first: what is not said in a form's language is asked in that. */
static void write_languages(const plx_map *map, plx_json *json)
{
    g_auto(GStrv) languages = plx_map_languages(map);
    plx_json_string(json, "language", map->language);
    plx_json_begin_array(json, "languages");
    for (char **language = languages; *language; language++)
        plx_json_string(json, NULL, *language);
    plx_json_end_array(json);
}

static void write_days(const struct plx_answer *answer, plx_json *json)
{
    if (answer && answer->has_days) {
        plx_json_day(json, "first_day", answer->first_day);
        plx_json_day(json, "last_day", answer->last_day);
    } else {
        plx_json_null(json, "first_day");
        plx_json_null(json, "last_day");
    }
}

/* Places and days are kept counts; the rest may have to be counted from all rows once: apart, so
 * that the one does not wait for the other. */
static gboolean write_choices(const struct choices *choices, gboolean more, const char *language,
                              GString *out, GError **error)
{
    const guint first = more ? 1 : 0, last = more ? choices->n_keys : 1;
    struct plx_answer *answer = NULL;
    if (choices->filter && !(answer = ask(choices, first, last - first, error)))
        return FALSE;
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.choices/1");
    plx_json_integer(json, "answers", answer ? (gint64)answer->observations : 0);
    if (!more) {
        write_days(answer, json);
        write_audiences(choices->map, language, json);
        write_journeys(choices->map, language, json);
        write_languages(choices->map, json);
        plx_json_integer(json, "vignettes", choices->map->n_vignettes);
    }
    plx_json_begin_array(json, "keys");
    for (guint i = first; i < last; i++)
        write_key(choices, answer, first, i, json);
    plx_json_end_array(json);
    plx_json_end_object(json);
    g_string_append_c(out, '\n');
    plx_answer_free(answer);
    return TRUE;
}

static void tell(plx_call *call, gboolean more)
{
    struct choices choices;
    g_autoptr(GError) error = NULL;
    GString *const text = g_string_new(NULL);
    const gboolean ok = choices_init(&choices, call->store, &error) &&
                        write_choices(&choices, more, plx_call_language(call), text, &error);
    choices_clear(&choices);
    if (ok) {
        plx_call_json(call, 200, text, NULL);
        return;
    }
    g_string_free(text, TRUE);
    plx_call_failed(call, error);
}

static void tell_choices(plx_call *call)
{
    tell(call, FALSE);
}

static void tell_more(plx_call *call)
{
    tell(call, TRUE);
}

const struct plx_route plx_routes_choices[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/app/data/choices",
     .permission = PLX_MAY_VIEW,
     .summary = "What readings can be asked for: days, audiences, parts of the journey, places",
     .handle = tell_choices},
    {.method = PLX_HTTP_GET,
     .pattern = "/app/data/choices/more",
     .permission = PLX_MAY_VIEW,
     .place = PLX_ON_SLOW_WORKER,
     .summary = "The same of channels, sources, languages and segments",
     .handle = tell_more},
    {.pattern = NULL},
};
