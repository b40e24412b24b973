/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be seen of an engine. */

#include "contest.h"
#include "light.h"

#include "store/answer_blob.h"
#include "voice/heard.h"

#include <string.h>

/* Questions --------------------------------------------------------------------------------- */

#define LEVEL (1u << PLX_MEASURE_LEVEL)
#define BELIEVED (1u << PLX_MEASURE_BELIEVED)
#define EFFORT (1u << PLX_MEASURE_EFFORT)
#define EXPECTED (1u << PLX_MEASURE_EXPECTED)

#define SURPRISE (1u << PLX_MEASURE_SURPRISE)
#define HESITATION (1u << PLX_MEASURE_HESITATION)

static const char *const merge[] = {"Oslo", "Norway", "Bergen", "Norway", NULL};
static const struct plx_split by_place[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                            {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_week[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, merge},
                                           {PLX_SPLIT_WEEK, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_tier[] = {{PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "tier", NULL}};
static const struct plx_split by_none[] = {{PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "nowhere", NULL}};
static const struct plx_split by_journey[] = {{PLX_SPLIT_DIM, PLX_DIM_JOURNEY, NULL, NULL},
                                              {PLX_SPLIT_DIM, PLX_DIM_CHANNEL, NULL, NULL}};
static const struct plx_split by_source[] = {{PLX_SPLIT_DIM, PLX_DIM_SOURCE, NULL, NULL},
                                             {PLX_SPLIT_DIM, PLX_DIM_LANGUAGE, NULL, NULL}};
static const struct plx_split by_day[] = {{PLX_SPLIT_DAY, PLX_DIM_PLACE, NULL, NULL}};

const struct plx_need contest_needs[] = {
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS | PLX_NEED_ENCOUNTERS,
     LEVEL | BELIEVED | EFFORT, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS, LEVEL, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS, BELIEVED, 0, NULL, by_tier, 1, TRUE},
    {PLX_NEED_PAIRS | PLX_NEED_PERSONS, LEVEL | EFFORT, PLX_MEASURE_EXPECTED, NULL, by_journey, 2,
     FALSE},
    {PLX_NEED_COMOMENTS | PLX_NEED_CLUSTERS, LEVEL, 0, NULL, by_tier, 1, FALSE},
    {PLX_NEED_PROFILES, LEVEL | BELIEVED, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_COLUMNS, LEVEL, 0, NULL, by_week, 2, FALSE},
    {PLX_NEED_ENCOUNTERS, LEVEL, 0, NULL, by_day, 1, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS, EXPECTED, 0, NULL, by_none, 1, FALSE},
    {PLX_NEED_COUNTS, LEVEL, 0, NULL, by_source, 2, FALSE},
    {PLX_NEED_COUNTS, LEVEL | SURPRISE | HESITATION, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_CLUSTERS, SURPRISE, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_LINKED, LEVEL | BELIEVED | HESITATION, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_LINKED | PLX_NEED_PERSONS, LEVEL | EXPECTED, 0, NULL, by_place, 2, FALSE},
};

const guint contest_n_needs = G_N_ELEMENTS(contest_needs);

static plx_filter *some_rows(void)
{
    const char *const oslo[] = {"Oslo", NULL};
    const char *const names[] = {"customer", "leader", "staff", NULL};
    plx_filter *all[] = {plx_filter_days(19710, 20540),
                         plx_filter_not(plx_filter_in(PLX_DIM_PLACE, NULL, oslo)),
                         plx_filter_in(PLX_DIM_AUDIENCE, NULL, names)};
    return plx_filter_all(all, G_N_ELEMENTS(all));
}

static void sum_array(GChecksum *sum, gconstpointer array, gsize size)
{
    const guint8 there = array != NULL;
    g_checksum_update(sum, &there, 1);
    if (array)
        g_checksum_update(sum, array, (gssize)size);
}

/* What each unit said is kept nowhere, so that it has no bytes of its own. */
static void add_linked(GString *out, const struct plx_linked *linked)
{
    GChecksum *const sum = g_checksum_new(G_CHECKSUM_SHA256);
    const gsize n_units = linked->n_units, n_answers = linked->n_answers;
    sum_array(sum, linked->unit_first, (n_units + 1) * sizeof(guint32));
    sum_array(sum, linked->encounter_first, (linked->n_encounters + 1) * sizeof(guint32));
    sum_array(sum, linked->audience, n_units);
    sum_array(sum, linked->known, n_units);
    sum_array(sum, linked->persons, n_units * sizeof(guint32));
    sum_array(sum, linked->group, n_answers * sizeof(guint32));
    sum_array(sum, linked->subject, n_answers * sizeof(guint32));
    sum_array(sum, linked->measure, linked->n_measures * sizeof linked->measure[0]);
    for (guint j = 0; j < linked->n_measures; j++)
        sum_array(sum, linked->value[j], n_answers);
    sum_array(sum, linked->weight, n_answers * sizeof(double));
    g_string_append_printf(out, "linked: %lu units, %lu encounters, %lu answers, %s\n",
                           linked->n_units, linked->n_encounters, linked->n_answers,
                           g_checksum_get_string(sum));
    g_checksum_free(sum);
}

static void add_answer(GString *out, plx_source *source, const struct plx_need *asked, guint n)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct plx_answer *answer = NULL;
    plx_source_ask(source, asked, n, &answer, &error);
    g_assert_no_error(error);
    plx_answer_encode(answer, source->map, asked, bytes);
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes->data, bytes->len);
    g_string_append_printf(out,
                           "answer to %u: %u bytes, %s; %" G_GUINT64_FORMAT
                           " observations, %" G_GUINT64_FORMAT " encounters (%" G_GUINT64_FORMAT
                           " unknown), %" G_GUINT64_FORMAT " respondents, measures %x\n",
                           n, bytes->len, sum, answer->observations, answer->encounters,
                           answer->encounters_unknown, answer->respondents, answer->measures);
    for (guint t = 0; t < answer->n_tables; t++)
        if (answer->tables[t].linked)
            add_linked(out, answer->tables[t].linked);
    plx_answer_free(answer);
}

char *contest_answers(plx_engine *engine, guint threads)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_filter) filter = some_rows();
    g_autoptr(plx_source) source = engine->source(engine, threads);
    add_answer(out, source, contest_needs, contest_n_needs);
    for (guint i = 0; i < contest_n_needs; i += effort(1, 1, 4)) {
        struct plx_need some = contest_needs[i];
        some.filter = filter;
        add_answer(out, source, &some, 1);
    }
    add_answer(out, source, &contest_needs[1], 1); /* what needs no units is counted another way */
    add_answer(out, source, NULL, 0);
    return g_string_free(out, FALSE);
}

/* Sayings ----------------------------------------------------------------------------------- */

static void add_sayings(GString *out, plx_source *source, const struct plx_listen *listen)
{
    g_autoptr(GError) error = NULL;
    struct plx_sayings *sayings = NULL;
    plx_source_listen(source, listen, &sayings, &error);
    g_assert_no_error(error);
    g_autofree char *text = heard_text(source->map, sayings);
    g_string_append(out, text);
    plx_sayings_free(sayings);
}

char *contest_sayings(plx_engine *engine, guint threads)
{
    static const char *const prompts[] = {"well", "improve", "competitors", NULL};
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_filter) filter = some_rows();
    g_autoptr(plx_source) source = engine->source(engine, threads);
    const struct plx_listen listens[] = {{0}, {.prompts = prompts}, {.filter = filter}};
    for (guint i = 0; i < G_N_ELEMENTS(listens); i++)
        add_sayings(out, source, &listens[i]);
    return g_string_free(out, FALSE);
}

/* Rows -------------------------------------------------------------------------------------- */

struct seen_row {
    char *text;
    guint64 unit, encounter;
};

struct recorder {
    plx_sink base;
    GArray *rows; /* struct seen_row */
    enum plx_row_keys keys;
    char *pass[2];
    guint n_passes;
};

static void put_dims(GString *out, const struct plx_batch *batch, guint32 i)
{
    const struct plx_dims *const dims = batch->dims;
    for (guint d = 0; d < PLX_DIM_SEGMENT; d++) {
        const guint32 code = batch->dim[d] ? batch->dim[d][i] : batch->dim_constant[d];
        if (code == 0)
            continue;
        if (d == PLX_DIM_AUDIENCE)
            g_string_append(out, dims->map->audiences[code - 1].id);
        else if (d == PLX_DIM_SUBJECT) {
            const struct plx_subject *const subject =
                &g_array_index(dims->subjects, struct plx_subject, code);
            g_string_append_printf(out, " %d:%s \"%s\" %d", (int)subject->kind, subject->id,
                                   subject->title, subject->map_index);
        } else {
            g_string_append_printf(out, " %u=%s \"%s\"", MIN(d, (guint)PLX_DIM_SEGMENT),
                                   plx_dict_text(dims->dict[d], code),
                                   plx_dict_title(dims->dict[d], code));
        }
    }
}

/* Segments have other numbers in other engines. */
static void put_segments(GString *out, const struct plx_batch *batch, guint32 i)
{
    static const char *const keys[] = {"tier", "kind"};
    for (gsize k = 0; k < G_N_ELEMENTS(keys); k++)
        for (guint d = PLX_DIM_SEGMENT; d < batch->dims->n_dims; d++)
            if (strcmp(batch->dims->segment[d - PLX_DIM_SEGMENT], keys[k]) == 0 && batch->dim[d] &&
                batch->dim[d][i])
                g_string_append_printf(out, " %s=%s", keys[k],
                                       plx_dict_text(batch->dims->dict[d], batch->dim[d][i]));
}

static void put_flag(GString *out, const char *name, const gint8 *values, guint32 i)
{
    if (values && values[i] != PLX_CELL_EMPTY)
        g_string_append_printf(out, " %s=%d", name, values[i]);
}

static char *row_text(const struct recorder *recorder, const struct plx_batch *batch, guint32 i)
{
    GString *const out = g_string_new(NULL);
    g_string_append_printf(out, "%d ", (int)recorder->keys);
    put_dims(out, batch, i);
    put_segments(out, batch, i);
    for (guint m = 0; m < batch->dims->map->n_measures; m++)
        put_flag(out, batch->dims->map->measures[m].id, batch->measure[m], i);
    put_flag(out, "seen", batch->seen, i);
    put_flag(out, "surprise", batch->surprise, i);
    put_flag(out, "hesitation", batch->hesitation, i);
    if (batch->seconds && batch->seconds[i] != PLX_NO_TIME)
        g_string_append_printf(out, " at %" G_GINT64_FORMAT " %d %d", batch->seconds[i],
                               batch->day[i], batch->month[i]);
    g_string_append_printf(out, " by %u%s weighs %" G_GUINT64_FORMAT,
                           batch->group_size ? batch->group_size[i] : 1,
                           batch->known && batch->known[i] ? " known" : "",
                           batch->weight ? batch->weight[i] : PLX_WEIGHT_ONE);
    if (batch->note && batch->note[i].length > 0)
        g_string_append_printf(out, " \"%.*s\"", (int)batch->note[i].length, batch->note[i].text);
    return g_string_free(out, FALSE);
}

static gboolean record(plx_sink *sink, guint worker, const struct plx_batch *batch, GError **error)
{
    (void)error;
    struct recorder *const self = (struct recorder *)(void *)sink;
    g_assert_cmpuint(worker, ==, 0);
    for (guint32 i = 0; i < batch->n; i++) {
        const struct seen_row row = {row_text(self, batch, i), batch->unit[i], batch->encounter[i]};
        g_array_append_val(self->rows, row);
    }
    return TRUE;
}

static gint compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gint compare_encounters(gconstpointer a, gconstpointer b)
{
    const struct seen_row *const x = a, *const y = b;
    if (x->encounter != y->encounter)
        return x->encounter < y->encounter ? -1 : 1;
    return strcmp(x->text, y->text);
}

static gint compare_units(gconstpointer a, gconstpointer b)
{
    const struct seen_row *const x = a, *const y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* Keys differ from engine to engine: each row tells instead what else has the same key. */
static void name_keys(GArray *rows, gint (*compare)(gconstpointer, gconstpointer), gsize offset)
{
    g_array_sort(rows, compare);
    struct seen_row *const row = (struct seen_row *)(gpointer)rows->data;
    for (guint first = 0, end; first < rows->len; first = end) {
        g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_MD5);
        for (end = first; end < rows->len && G_STRUCT_MEMBER(guint64, &row[end], offset) ==
                                                 G_STRUCT_MEMBER(guint64, &row[first], offset);
             end++)
            g_checksum_update(sum, (const guchar *)row[end].text, (gssize)strlen(row[end].text));
        for (guint i = first; i < end; i++) {
            char *const text = g_strdup_printf("%s %.8s", row[i].text, g_checksum_get_string(sum));
            g_free(row[i].text);
            row[i].text = text;
        }
    }
}

static gboolean end_pass(plx_sink *sink, GError **error)
{
    (void)error;
    struct recorder *const self = (struct recorder *)(void *)sink;
    name_keys(self->rows, compare_encounters, G_STRUCT_OFFSET(struct seen_row, encounter));
    name_keys(self->rows, compare_units, G_STRUCT_OFFSET(struct seen_row, unit));
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < self->rows->len; i++)
        g_ptr_array_add(lines, g_array_index(self->rows, struct seen_row, i).text);
    g_array_set_size(self->rows, 0);
    g_ptr_array_sort(lines, compare_texts);
    g_ptr_array_add(lines, NULL);
    self->pass[self->n_passes++] = g_strjoinv("\n", (char **)lines->pdata);
    return TRUE;
}

static gboolean tell(enum plx_row_keys keys, gpointer data)
{
    ((struct recorder *)data)->keys = keys;
    return TRUE;
}

static gboolean is_done(gpointer data)
{
    return ((const struct recorder *)data)->n_passes == 2;
}

char *contest_rows(plx_engine *engine)
{
    g_autoptr(GError) error = NULL;
    struct recorder recorder = {.base = {.add = record, .finish = end_pass, .keeps = TRUE},
                                .rows = g_array_new(FALSE, FALSE, sizeof(struct seen_row))};
    const struct plx_export_scan scan = {&recorder.base, tell, is_done, &recorder};
    g_assert_true(engine->scan(engine, &scan, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(recorder.pass[0], ==, recorder.pass[1]);
    g_array_unref(recorder.rows);
    char *const text = g_strconcat(recorder.pass[0], "\n", NULL);
    g_free(recorder.pass[0]);
    g_free(recorder.pass[1]);
    return text;
}

/* Imports ----------------------------------------------------------------------------------- */

char *contest_imports(plx_engine *engine)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) list = engine->imports(engine, &error);
    g_assert_no_error(error);
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++) {
        const struct plx_imports_entry *const e = list->pdata[i];
        g_assert_cmpuint(strlen(e->started), ==, strlen("2026-11-25T18:02:11Z"));
        g_string_append_printf(
            out,
            "%" G_GINT64_FORMAT " %s %s %s %s %s: %" G_GUINT64_FORMAT " rows, %" G_GUINT64_FORMAT
            " observations, %" G_GUINT64_FORMAT " rejected, %" G_GUINT64_FORMAT " duplicates\n",
            e->id, e->kind, e->state, e->file, e->dataset, e->recipe ? e->recipe : "-", e->rows,
            e->observations, e->rejected, e->duplicates);
    }
    return g_string_free(out, FALSE);
}
