/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/question.h"

#include "base/date.h"
#include "base/error.h"
#include "base/id.h"
#include "base/suggest.h"
#include "map/map_owner.h"

#include <stdlib.h>
#include <string.h>

#define SEGMENT_PREFIX "segment."

static const struct plx_key keys[] = {
    {PLX_KEY_PLACE, PLX_DIM_PLACE, NULL, "place"},
    {PLX_KEY_DIM, PLX_DIM_CHANNEL, NULL, "channel"},
    {PLX_KEY_JOURNEY, PLX_DIM_JOURNEY, NULL, "journey"},
    {PLX_KEY_TRANSACTION, PLX_DIM_SUBJECT, NULL, "transaction"},
    {PLX_KEY_POINT, PLX_DIM_SUBJECT, NULL, "point"},
    {PLX_KEY_DIM, PLX_DIM_SOURCE, NULL, "source"},
    {PLX_KEY_DIM, PLX_DIM_LANGUAGE, NULL, "language"},
    {PLX_KEY_MONTH, PLX_DIM_AUDIENCE, NULL, "month"},
    {PLX_KEY_WEEK, PLX_DIM_AUDIENCE, NULL, "week"},
};

gboolean plx_key_splits_rows(const struct plx_key *key)
{
    return key->kind == PLX_KEY_PLACE || key->kind == PLX_KEY_DIM || key->kind == PLX_KEY_MONTH ||
           key->kind == PLX_KEY_WEEK;
}

struct plx_split plx_key_split(const struct plx_key *key)
{
    const enum plx_split_kind kind = key->kind == PLX_KEY_MONTH  ? PLX_SPLIT_MONTH
                                     : key->kind == PLX_KEY_WEEK ? PLX_SPLIT_WEEK
                                                                 : PLX_SPLIT_DIM;
    return (struct plx_split){kind, key->dim, key->segment, NULL};
}

gboolean plx_key_is_further(const struct plx_key *key)
{
    return key->kind == PLX_KEY_DIM || key->kind == PLX_KEY_JOURNEY;
}

static const char *keep(plx_question *q, char *text)
{
    g_ptr_array_add(q->memory, text);
    return text;
}

static gboolean unknown(GError **error, const char *what, const char *word,
                        const GPtrArray *candidates)
{
    g_autofree char *near =
        plx_suggest_text(word, (const char *const *)candidates->pdata, candidates->len);
    return plx_error(error, PLX_ERROR_USAGE, "unknown %s \"%s\"%s", what, word, near);
}

static gboolean parse_key(plx_question *q, const char *option, const char *word,
                          struct plx_key *key, GError **error)
{
    const gboolean where = strcmp(option, "--where") == 0;
    if (g_str_has_prefix(word, SEGMENT_PREFIX) && word[strlen(SEGMENT_PREFIX)]) {
        const char *name = keep(q, g_strdup(word));
        *key = (struct plx_key){PLX_KEY_DIM, PLX_DIM_SEGMENT, name + strlen(SEGMENT_PREFIX), name};
        return TRUE;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GString) list = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (where && (keys[i].kind == PLX_KEY_MONTH || keys[i].kind == PLX_KEY_WEEK))
            continue;
        if (strcmp(word, keys[i].name) == 0) {
            *key = keys[i];
            return TRUE;
        }
        g_ptr_array_add(names, (gpointer)(guintptr)keys[i].name);
        g_string_append_printf(list, "%s, ", keys[i].name);
    }
    g_autofree char *near = plx_suggest_text(word, (const char *const *)names->pdata, names->len);
    return plx_error(error, PLX_ERROR_USAGE, "%s: unknown key \"%s\", expected %ssegment.NAME%s",
                     option, word, list->str, near);
}

/* The ids of all that is of a kind; titles, where wanted, in the same order. */
static GPtrArray *known_ids(const plx_map *map, enum plx_key_kind kind, GPtrArray *titles)
{
    GPtrArray *const ids = g_ptr_array_new();
    g_autoptr(GPtrArray) unwanted = g_ptr_array_new();
    GPtrArray *const called = titles ? titles : unwanted;
    for (guint j = 0; j < map->n_journeys; j++) {
        const struct plx_journey *const journey = &map->journeys[j];
        if (kind == PLX_KEY_JOURNEY) {
            g_ptr_array_add(ids, journey->id);
            g_ptr_array_add(called, journey->title);
        }
        for (guint t = 0; kind == PLX_KEY_TRANSACTION && t < journey->n_transactions; t++) {
            g_ptr_array_add(ids, journey->transactions[t].id);
            g_ptr_array_add(called, journey->transactions[t].title);
        }
    }
    for (guint p = 0; kind == PLX_KEY_POINT && p < map->n_points; p++) {
        g_ptr_array_add(ids, map->points[p].id);
        g_ptr_array_add(called, map->points[p].title);
    }
    return ids;
}

/* Whose title this is, capitals and punctuation aside; NULL also where several bear it. */
static const char *find_called(const plx_map *map, enum plx_key_kind kind, const char *id)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    g_autoptr(GPtrArray) ids = known_ids(map, kind, titles);
    const char *found = NULL;
    for (guint i = 0; i < ids->len; i++) {
        const char *const title = titles->pdata[i];
        g_autofree char *own = plx_id_new(title, strlen(title));
        if (!own || strcmp(own, id) != 0 || (found && strcmp(found, ids->pdata[i]) == 0))
            continue;
        if (found)
            return NULL;
        found = ids->pdata[i];
    }
    return found;
}

/* Titles become ids; what a closed map does not know is an error. */
static gboolean resolve_id(plx_question *q, const struct plx_key *key, char **value, GError **error)
{
    g_autofree char *id = plx_id_new(*value, strlen(*value));
    if (!id)
        return plx_error(error, PLX_ERROR_USAGE, "--where: \"%s\" names no %s", *value, key->name);
    const gint found = key->kind == PLX_KEY_POINT ? plx_map_find_point(q->map, id) : -1;
    if (found >= 0) { /* perhaps by an earlier id */
        g_free(id);
        id = g_strdup(q->map->points[found].id);
    }
    if (plx_map_is_closed(q->map)) {
        g_autoptr(GPtrArray) ids = known_ids(q->map, key->kind, NULL);
        const gboolean is_id = g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL);
        const char *const called = is_id ? id : find_called(q->map, key->kind, id);
        if (!called)
            return unknown(error, key->name, id, ids);
        if (!is_id) {
            g_free(id);
            id = g_strdup(called);
        }
    } else if (key->kind == PLX_KEY_TRANSACTION) {
        return plx_error(error, PLX_ERROR_USAGE,
                         "--where transaction=%s: only a map has transactions; give one by --map",
                         *value);
    }
    g_free(*value);
    *value = g_steal_pointer(&id);
    return TRUE;
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "a|b\\|c" as {"a", "b|c"}; nothing at all is one empty value: those without one. */
static char **split_values(const char *text)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    g_autoptr(GString) value = g_string_new(NULL);
    for (const char *at = text; *at; at++) {
        if (at[0] == '\\' && at[1] == '|') {
            g_string_append_c(value, *++at);
        } else if (*at == '|') {
            g_ptr_array_add(values, g_strdup(value->str));
            g_string_truncate(value, 0);
        } else {
            g_string_append_c(value, *at);
        }
    }
    g_ptr_array_add(values, g_strdup(value->str));
    g_ptr_array_add(values, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&values), FALSE);
}

static gboolean parse_test(plx_question *q, const char *text, struct plx_test *test, GError **error)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--where \"%s\": expected KEY=VALUE, KEY=A|B or KEY!=VALUE", text);
    const gboolean negate = equals[-1] == '!';
    g_autofree char *word = g_strndup(text, (gsize)(equals - text) - (negate ? 1 : 0));
    struct plx_key key;
    if (!parse_key(q, "--where", g_strstrip(word), &key, error))
        return FALSE;
    g_auto(GStrv) values = split_values(equals + 1);
    const gboolean ids = !plx_key_splits_rows(&key);
    for (guint i = 0; ids && values[i]; i++)
        if (!resolve_id(q, &key, &values[i], error))
            return FALSE;
    qsort(values, g_strv_length(values), sizeof *values, compare_text);
    const char **kept = g_new0(const char *, g_strv_length(values) + 1);
    g_ptr_array_add(q->memory, kept);
    for (guint i = 0, n = 0; values[i]; i++)
        if (n == 0 || strcmp(kept[n - 1], values[i]) != 0)
            kept[n++] = keep(q, g_strdup(values[i]));
    *test = (struct plx_test){key, negate, kept};
    return TRUE;
}

static gboolean parse_tests(plx_question *q, const char *const *where, GError **error)
{
    const guint n = where ? g_strv_length((char **)(guintptr)where) : 0;
    struct plx_test *tests = g_new0(struct plx_test, n + 1);
    g_ptr_array_add(q->memory, tests);
    q->where = g_new0(const char *, n + 1);
    g_ptr_array_add(q->memory, q->where);
    for (guint i = 0; i < n; i++) {
        if (!parse_test(q, where[i], &tests[i], error))
            return FALSE;
        g_autoptr(GString) text = g_string_new(tests[i].key.name);
        g_string_append(text, tests[i].negate ? "!=" : "=");
        for (const char *const *value = tests[i].values; *value; value++) {
            g_auto(GStrv) parts = g_strsplit(*value, "|", -1);
            g_autofree char *escaped = g_strjoinv("\\|", parts);
            g_string_append_printf(text, "%s%s", value == tests[i].values ? "" : "|", escaped);
        }
        q->where[i] = keep(q, g_strdup(text->str));
    }
    q->tests = tests;
    q->n_tests = n;
    return TRUE;
}

static gboolean parse_day(const char *option, const char *text, gint32 *day, GError **error)
{
    return plx_day_parse(text, day) ||
           plx_error(error, PLX_ERROR_USAGE, "%s \"%s\": expected a day like 2026-01-31", option,
                     text);
}

static gboolean parse_dates(plx_question *q, const struct plx_gaps_options *o, GError **error)
{
    q->since = G_MININT32;
    q->until = G_MAXINT32;
    if (o->since && !parse_day("--since", o->since, &q->since, error))
        return FALSE;
    if (o->until && !parse_day("--until", o->until, &q->until, error))
        return FALSE;
    if (q->since > q->until)
        return plx_error(error, PLX_ERROR_USAGE, "--since %s is after --until %s", o->since,
                         o->until);
    q->dated = o->since || o->until;
    q->since_text = o->since ? keep(q, g_strdup(o->since)) : NULL;
    q->until_text = o->until ? keep(q, g_strdup(o->until)) : NULL;
    return TRUE;
}

static gboolean parse_audiences(plx_question *q, const char *const *asked, GError **error)
{
    q->audiences = g_new0(gboolean, q->map->n_audiences);
    g_ptr_array_add(q->memory, q->audiences);
    for (guint a = 0; a < q->map->n_audiences; a++)
        q->audiences[a] = !asked || !asked[0];
    for (guint i = 0; asked && asked[i]; i++) {
        const gint a = plx_map_find_audience(q->map, asked[i]);
        if (a < 0) {
            g_autoptr(GPtrArray) ids = g_ptr_array_new();
            for (guint k = 0; k < q->map->n_audiences; k++)
                g_ptr_array_add(ids, q->map->audiences[k].id);
            return unknown(error, "audience", asked[i], ids);
        }
        q->audiences[a] = TRUE;
    }
    return TRUE;
}

static gboolean parse_measure(plx_question *q, const char *word, GError **error)
{
    const gint m = word ? plx_map_find_measure(q->map, word) : (gint)PLX_MEASURE_LEVEL;
    const guint askable = 1U << PLX_SUBJECT_POINT | 1U << PLX_SUBJECT_JOURNEY;
    if (m < 0 || !(q->map->measures[m].subjects & askable)) {
        g_autoptr(GPtrArray) ids = g_ptr_array_new();
        for (guint k = 0; k < q->map->n_measures; k++)
            if (q->map->measures[k].subjects & askable)
                g_ptr_array_add(ids, q->map->measures[k].id);
        return unknown(error, "measure", word, ids);
    }
    q->measure = (enum plx_measure)m;
    /* Of the card, which is of both, this is about whole journeys. */
    q->kind = q->map->measures[m].subjects & 1U << PLX_SUBJECT_JOURNEY ? PLX_SUBJECT_JOURNEY
                                                                       : PLX_SUBJECT_POINT;
    return TRUE;
}

static gboolean parse_by(plx_question *q, const char *by, GError **error)
{
    q->split = by != NULL;
    if (!by)
        return TRUE;
    if (!parse_key(q, "--by", by, &q->by, error))
        return FALSE;
    if (q->by.kind == PLX_KEY_TRANSACTION && !plx_map_is_closed(q->map))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--by transaction: only a map has transactions; give one by --map");
    return TRUE;
}

static gboolean parse_point(plx_question *q, const char *point, GError **error)
{
    if (!point)
        return TRUE;
    g_autofree char *id = plx_id_new(point, strlen(point));
    const struct plx_owner owner = id ? plx_map_resolve(q->map, PLX_SUBJECT_POINT, id)
                                      : (struct plx_owner){PLX_OWNER_NONE, 0, NULL};
    const char *const called =
        id && owner.state == PLX_OWNER_NONE ? find_called(q->map, PLX_KEY_POINT, id) : NULL;
    if (owner.state == PLX_OWNER_NONE && !called) {
        g_autoptr(GPtrArray) ids = known_ids(q->map, PLX_KEY_POINT, NULL);
        g_autofree char *near =
            plx_suggest_text(id ? id : point, (const char *const *)ids->pdata, ids->len);
        return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no point \"%s\"%s", point, near);
    }
    if (owner.state == PLX_OWNER_CURRENT && plx_map_is_vignette(q->map, (gint)owner.index))
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "\"%s\" is a vignette, which is no point: the reading \"vignettes\" "
                         "tells how it is rated",
                         owner.id);
    q->point_text = keep(q, g_strdup(point));
    q->point = keep(q, g_strdup(called ? called : owner.id));
    return TRUE;
}

static gboolean parse_room(plx_question *q, const char *room, GError **error)
{
    if (room && (q->n_tests || q->split))
        return plx_error(error, PLX_ERROR_USAGE, "the guesses of one workshop are a part already");
    q->room = room ? keep(q, g_strdup(room)) : NULL;
    return TRUE;
}

plx_question *plx_question_new(const plx_map *map, const struct plx_gaps_options *options,
                               GError **error)
{
    g_autoptr(plx_question) q = g_new0(plx_question, 1);
    q->map = map;
    q->memory = g_ptr_array_new_with_free_func(g_free);
    if (!parse_dates(q, options, error) || !parse_tests(q, options->where, error) ||
        !parse_by(q, options->by, error) || !parse_audiences(q, options->audiences, error) ||
        !parse_measure(q, options->measure, error) || !parse_point(q, options->point, error) ||
        !parse_room(q, options->room, error))
        return NULL;
    return g_steal_pointer(&q);
}

void plx_question_free(plx_question *question)
{
    if (!question)
        return;
    g_ptr_array_unref(question->memory);
    g_free(question);
}

static const char *home(const plx_map *map, enum plx_key_kind kind,
                        const struct plx_subject *subject)
{
    if (subject->kind == PLX_SUBJECT_JOURNEY)
        return kind == PLX_KEY_JOURNEY ? subject->id : NULL;
    if (kind == PLX_KEY_POINT)
        return subject->id;
    if (subject->map_index < 0 || map->n_journeys == 0)
        return NULL;
    const struct plx_point *point = &map->points[subject->map_index];
    const struct plx_journey *journey = &map->journeys[point->journey];
    return kind == PLX_KEY_JOURNEY ? journey->id : journey->transactions[point->transaction].id;
}

static gboolean among(const char *const *values, const char *text)
{
    return text && g_strv_contains(values, text);
}

gboolean plx_question_is_retired(const plx_question *question, const struct plx_subject *subject)
{
    return subject->kind == question->kind && subject->map_index < 0 &&
           plx_map_is_closed(question->map);
}

gboolean plx_question_takes(const plx_question *question, const struct plx_subject *subject)
{
    if (subject->kind != question->kind ||
        (question->point && strcmp(question->point, subject->id) != 0) ||
        (subject->kind == PLX_SUBJECT_POINT &&
         plx_map_is_vignette(question->map, subject->map_index)))
        return FALSE;
    if (plx_question_is_retired(question, subject) && !question->point)
        return FALSE;
    for (guint i = 0; i < question->n_tests; i++) {
        const struct plx_test *test = &question->tests[i];
        const enum plx_key_kind kind = test->key.kind;
        if ((kind == PLX_KEY_TRANSACTION || kind == PLX_KEY_POINT) &&
            among(test->values, home(question->map, kind, subject)) == test->negate)
            return FALSE;
    }
    return TRUE;
}

gboolean plx_test_passes(const plx_map *map, const struct plx_test *test, const char *text,
                         const struct plx_subject *subject)
{
    if (test->key.kind == PLX_KEY_TRANSACTION || test->key.kind == PLX_KEY_POINT)
        return TRUE;
    if (test->key.kind == PLX_KEY_JOURNEY && !*text)
        text = home(map, PLX_KEY_JOURNEY, subject);
    return among(test->values, text) != test->negate;
}

/* Rows given in one of the journeys; rows that do not say in which, by the home of their point. */
static plx_filter *journey_filter(const plx_map *map, const struct plx_test *test)
{
    g_autoptr(GPtrArray) points = g_ptr_array_new();
    for (guint p = 0; map->n_journeys && p < map->n_points; p++)
        if (among(test->values, map->journeys[map->points[p].journey].id))
            g_ptr_array_add(points, map->points[p].id);
    for (guint i = 0; !test->negate && i < map->n_vignettes; i++) /* are part of every journey */
        g_ptr_array_add(points, map->points[map->n_points + i].id);
    g_ptr_array_add(points, NULL);
    static const char *const none[] = {"", NULL};
    plx_filter *by_home[] = {
        plx_filter_in(PLX_DIM_JOURNEY, NULL, none),
        plx_filter_in(PLX_DIM_SUBJECT, NULL, (const char *const *)points->pdata)};
    plx_filter *either[] = {plx_filter_in(PLX_DIM_JOURNEY, NULL, test->values),
                            plx_filter_all(by_home, 2)};
    return plx_filter_any(either, 2);
}

plx_filter *plx_question_points(const plx_map *map)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < map->n_vignettes; i++)
        g_ptr_array_add(ids, map->points[map->n_points + i].id);
    if (ids->len == 0)
        return NULL;
    g_ptr_array_add(ids, NULL);
    plx_filter *vignettes[] = {
        plx_filter_kinds(1U << PLX_SUBJECT_POINT),
        plx_filter_in(PLX_DIM_SUBJECT, NULL, (const char *const *)ids->pdata)};
    return plx_filter_not(plx_filter_all(vignettes, 2));
}

plx_filter *plx_test_filter(const plx_map *map, const struct plx_test *test)
{
    if (test->key.kind == PLX_KEY_TRANSACTION || test->key.kind == PLX_KEY_POINT)
        return NULL;
    plx_filter *filter = test->key.kind == PLX_KEY_JOURNEY
                             ? journey_filter(map, test)
                             : plx_filter_in(test->key.dim, test->key.segment, test->values);
    return test->negate ? plx_filter_not(filter) : filter;
}
