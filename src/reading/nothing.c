/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/nothing.h"

#include "base/date.h"
#include "base/error.h"
#include "base/suggest.h"

#include <string.h>

#define VALUES_MAX 8 /* named in a message */

/* Keys of which a message can say that the file has them. */
static const struct {
    const char *name;
    enum plx_dim dim;
} known_keys[] = {{"place", PLX_DIM_PLACE},
                  {"channel", PLX_DIM_CHANNEL},
                  {"source", PLX_DIM_SOURCE},
                  {"language", PLX_DIM_LANGUAGE}};

/* What is asked once more: everything, what passes, and everything by each key in question. */
struct again {
    const plx_question *question;
    GArray *needs;
    GArray *splits; /* fixed storage: one per need */
    GPtrArray *filters;
    struct plx_answer *answer;
};

static gboolean has_measure(const struct plx_cell *cell, enum plx_measure measure)
{
    const struct plx_tally *tally = plx_cell_tally(cell, measure);
    return tally && tally->total + tally->na + tally->declined > 0;
}

/* Did a row of this audience pass the question's own filter? */
static gboolean side_matches(const struct plx_collected *c, const struct plx_side *side,
                             gboolean places)
{
    const plx_question *q = c->question;
    if (!side->asked || side->hidden || side->table == PLX_NO_TABLE ||
        (places && strcmp(q->map->audiences[side->audience].id, "leader") == 0))
        return FALSE;
    const struct plx_table *table = &c->answer->tables[side->table];
    for (guint i = 0; i < table->n_cells; i++)
        if (table->cells[i].audience == side->audience && table->cells[i].rows &&
            (q->measure == PLX_MEASURE_LEVEL || has_measure(&table->cells[i], q->measure)))
            return TRUE;
    return FALSE;
}

static gboolean some_match(const struct plx_collected *c)
{
    const plx_question *q = c->question;
    gboolean places = FALSE, match = FALSE;
    for (guint i = 0; i < q->n_tests; i++)
        places = places || q->tests[i].key.kind == PLX_KEY_PLACE;
    for (guint a = 0; a < q->map->n_audiences; a++)
        match = match || side_matches(c, &c->sides[a], places);
    return match;
}

/* A split of rows by something that no row has? */
static gboolean splits_nothing(const struct plx_collected *c)
{
    const plx_question *q = c->question;
    if (!q->split || !plx_key_splits_rows(&q->by))
        return FALSE;
    for (guint i = 0; i < c->keys->len; i++)
        if (*(const char *)g_ptr_array_index(c->keys, i))
            return FALSE;
    return TRUE;
}

static plx_filter *audiences_filter(const plx_question *q)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint a = 0; a < q->map->n_audiences; a++)
        if (q->audiences[a])
            g_ptr_array_add(ids, q->map->audiences[a].id);
    g_ptr_array_add(ids, NULL);
    plx_filter *own[] = {plx_filter_in(PLX_DIM_AUDIENCE, NULL, (const char *const *)ids->pdata),
                         plx_question_points(q->map)};
    return plx_filter_all(own, own[1] ? 2 : 1);
}

static plx_filter *whole_filter(const plx_question *q)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_ptr_array_add(all, audiences_filter(q));
    if (q->dated)
        g_ptr_array_add(all, plx_filter_days(q->since, q->until));
    for (guint i = 0; i < q->n_tests; i++) {
        plx_filter *filter = plx_test_filter(q->map, &q->tests[i]);
        if (filter)
            g_ptr_array_add(all, filter);
    }
    return plx_filter_all((plx_filter **)all->pdata, all->len);
}

/* Returns the number of its table. */
static guint add_need(struct again *again, plx_filter *filter, const struct plx_split *split)
{
    const guint32 all = (1U << again->question->map->n_measures) - 1;
    struct plx_need need = {.kinds = PLX_NEED_COUNTS,
                            .filter = filter,
                            .measures = split ? 1U << again->question->measure : all};
    if (split) {
        g_array_append_val(again->splits, *split);
        need.splits = &g_array_index(again->splits, struct plx_split, again->splits->len - 1);
        need.n_splits = 1;
    }
    g_ptr_array_add(again->filters, filter);
    g_array_append_val(again->needs, need);
    return again->needs->len - 1;
}

static guint add_key(struct again *again, enum plx_dim dim, const char *segment)
{
    const struct plx_split split = {PLX_SPLIT_DIM, dim, segment, NULL};
    return add_need(again, audiences_filter(again->question), &split);
}

static gboolean has_values(const struct plx_table *table)
{
    for (guint g = 0; g < table->n_groups; g++)
        if (*table->groups[g][0])
            return TRUE;
    return FALSE;
}

/* "; there are Graz, Linz, Wien"; nothing when there is none. */
static void append_list(GString *out, const char *before, const GPtrArray *names)
{
    for (guint i = 0; i < names->len && i < VALUES_MAX; i++)
        g_string_append_printf(out, "%s%s", i ? ", " : before,
                               (const char *)g_ptr_array_index(names, i));
    if (names->len > VALUES_MAX)
        g_string_append_printf(out, " and %u more", names->len - VALUES_MAX);
}

static gboolean say_values(const struct plx_test *test, const struct plx_table *table,
                           GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint g = 0; g < table->n_groups; g++)
        if (*table->groups[g][0])
            g_ptr_array_add(names, table->groups[g][0]);
    g_string_append_printf(text, test->negate ? "every answer has %s" : "no answer has %s",
                           test->key.name);
    for (const char *const *value = test->values; *value; value++)
        g_string_append_printf(text, "%s \"%s\"", value == test->values ? "" : " or", *value);
    if (names->len == 0) {
        g_string_append_printf(text, "; none has a %s at all", test->key.name);
    } else if (!test->negate) {
        g_autofree char *near =
            plx_suggest_text(test->values[0], (const char *const *)names->pdata, names->len);
        g_string_append(text, near);
        append_list(text, *near ? " there are " : "; there are ", names);
    }
    return plx_error(error, PLX_ERROR_NOT_FOUND, "%s", text->str);
}

/* A test that nothing passes on its own. */
static gboolean check_test(const struct again *again, const struct plx_test *test, guint at,
                           GError **error)
{
    static const struct plx_subject none = {.kind = PLX_SUBJECT_NONE, .map_index = -1};
    const struct plx_table *table = &again->answer->tables[at];
    for (guint g = 0; g < table->n_groups; g++)
        if (plx_test_passes(again->question->map, test, table->groups[g][0], &none))
            return TRUE;
    return say_values(test, table, error);
}

static gboolean check_days(const struct again *again, GError **error)
{
    const plx_question *q = again->question;
    const struct plx_answer *answer = again->answer;
    char first[PLX_DATE_SIZE], last[PLX_DATE_SIZE];
    if (!q->dated)
        return TRUE;
    if (!answer->has_days)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "no answer has a time, so none lies between dates");
    if (answer->first_day <= q->until && answer->last_day >= q->since)
        return TRUE;
    plx_date_format(answer->first_day, first);
    plx_date_format(answer->last_day, last);
    if (q->since_text && q->until_text)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "no answer lies between %s and %s: the data run from %s to %s",
                         q->since_text, q->until_text, first, last);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "no answer lies %s %s: the data run from %s to %s",
                     q->since_text ? "on or after" : "on or before",
                     q->since_text ? q->since_text : q->until_text, first, last);
}

static gboolean check_measure(const struct again *again, GError **error)
{
    const plx_question *q = again->question;
    const struct plx_table *table = &again->answer->tables[0];
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint m = 0; m < q->map->n_measures; m++) {
        gboolean any = FALSE;
        for (guint i = 0; i < table->n_cells; i++)
            any = any || has_measure(&table->cells[i], (enum plx_measure)m);
        if (any && m == q->measure)
            return TRUE;
        if (any)
            g_ptr_array_add(names, q->map->measures[m].id);
    }
    if (q->measure == PLX_MEASURE_LEVEL)
        return TRUE; /* beliefs and predictions are read without it */
    g_autoptr(GString) text = g_string_new(NULL);
    append_list(text, "; there are ", names);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "no answer has the measure %s%s",
                     q->map->measures[q->measure].id, text->str);
}

static gboolean check_split(const struct again *again, guint by, guint keys, GError **error)
{
    const plx_question *q = again->question;
    const struct plx_table *tables = again->answer->tables;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const gboolean days = again->answer->has_days;
    if (q->by.kind == PLX_KEY_MONTH || q->by.kind == PLX_KEY_WEEK ? days : has_values(&tables[by]))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(known_keys); i++)
        if (has_values(&tables[keys + i]))
            g_ptr_array_add(names, (gpointer)(guintptr)known_keys[i].name);
    if (days)
        g_ptr_array_add(names, (gpointer)(guintptr) "month");
    g_autoptr(GString) text = g_string_new(NULL);
    append_list(text, "; there are ", names);
    return plx_error(
        error, PLX_ERROR_USAGE, "--by %s: no answer has a %s%s", q->by.name,
        q->by.kind == PLX_KEY_MONTH || q->by.kind == PLX_KEY_WEEK ? "time" : q->by.name, text->str);
}

static gboolean check_all(const struct again *again, const guint *tests, GError **error)
{
    const plx_question *q = again->question;
    if (again->answer->tables[0].n_cells == 0) /* an empty file, or audiences that said nothing */
        return TRUE;
    if (!check_measure(again, error))
        return FALSE;
    if (again->answer->tables[1].n_cells)
        return TRUE;
    for (guint i = 0; i < q->n_tests; i++)
        if (tests[i] && !check_test(again, &q->tests[i], tests[i], error))
            return FALSE;
    if (!check_days(again, error))
        return FALSE;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < q->n_tests; i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "", q->where[i]);
    if (q->dated)
        g_string_append(text, q->n_tests ? ", and the dates" : "the dates");
    return plx_error(error, PLX_ERROR_NOT_FOUND, "no answer passes %s%s",
                     q->n_tests + (q->dated ? 1 : 0) > 1 ? "all of " : "", text->str);
}

static gboolean ask_again(plx_source *source, const plx_question *q, gboolean split, GError **error)
{
    const guint most = q->n_tests + G_N_ELEMENTS(known_keys) + 3;
    struct again again = {q, g_array_new(FALSE, TRUE, sizeof(struct plx_need)),
                          g_array_sized_new(FALSE, TRUE, sizeof(struct plx_split), most),
                          g_ptr_array_new_with_free_func((GDestroyNotify)plx_filter_free), NULL};
    g_autofree guint *tests = g_new0(guint, q->n_tests + 1);
    guint by = 0;
    add_need(&again, audiences_filter(q), NULL);
    add_need(&again, whole_filter(q), NULL);
    for (guint i = 0; i < q->n_tests; i++) {
        const struct plx_key *key = &q->tests[i].key;
        if (key->kind == PLX_KEY_PLACE || key->kind == PLX_KEY_DIM)
            tests[i] = add_key(&again, key->dim, key->segment);
    }
    if (split && (q->by.kind == PLX_KEY_PLACE || q->by.kind == PLX_KEY_DIM))
        by = add_key(&again, q->by.dim, q->by.segment);
    const guint keys = again.needs->len;
    for (guint i = 0; split && i < G_N_ELEMENTS(known_keys); i++)
        add_key(&again, known_keys[i].dim, NULL);
    gboolean ok = plx_source_ask(source, (const struct plx_need *)(void *)again.needs->data,
                                 again.needs->len, &again.answer, error);
    ok = ok && check_all(&again, tests, error);
    if (ok && split && again.answer->tables[0].n_cells)
        ok = check_split(&again, by, keys, error);
    g_clear_pointer(&again.answer, plx_answer_free);
    g_array_unref(again.needs);
    g_array_unref(again.splits);
    g_ptr_array_unref(again.filters);
    return ok;
}

gboolean plx_check_matches(plx_source *source, const struct plx_collected *collected,
                           GError **error)
{
    const plx_question *q = collected->question;
    const gboolean filtered = q->n_tests || q->dated || q->measure != PLX_MEASURE_LEVEL;
    const gboolean split = splits_nothing(collected);
    if (!split && (!filtered || some_match(collected)))
        return TRUE;
    return ask_again(source, q, split, error);
}
