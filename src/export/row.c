/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/row.h"

#include "base/date.h"
#include "base/id.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

/* Keys -------------------------------------------------------------------------------------- */

static gboolean is_known(const struct plx_batch *batch, guint32 i)
{
    return batch->known && batch->known[i];
}

gboolean plx_export_is_named(const struct plx_batch *batch, enum plx_row_keys keys, guint32 i)
{
    return keys == PLX_ROW_KEYS_ENCOUNTER || (keys == PLX_ROW_KEYS_PERSON && !is_known(batch, i));
}

static gboolean is_to_the_second(const struct plx_batch *batch, guint32 i)
{
    const plx_dict *const clocks = batch->dims->dict[PLX_DIM_CLOCK];
    return batch->seconds && batch->seconds[i] != PLX_NO_TIME &&
           g_str_has_prefix(plx_dict_text(clocks, plx_export_code(batch, PLX_DIM_CLOCK, i)),
                            "second");
}

static guint64 moment_of(const struct plx_batch *batch, guint32 i)
{
    guint64 key = plx_twins_mix(batch->unit[i], (guint64)batch->seconds[i]);
    key = plx_twins_mix(key, plx_export_code(batch, PLX_DIM_CLOCK, i));
    return key ? key : 1;
}

static guint64 constancy_of(const struct plx_batch *batch, guint32 i)
{
    static const enum plx_dim dims[] = {PLX_DIM_AUDIENCE, PLX_DIM_SOURCE, PLX_DIM_LANGUAGE,
                                        PLX_DIM_WORKSHOP, PLX_DIM_TABLE};
    guint64 key = is_known(batch, i) ? batch->unit[i] : 0;
    key = plx_twins_mix(key, batch->group_size ? batch->group_size[i] : 1);
    for (gsize d = 0; d < G_N_ELEMENTS(dims); d++)
        key = plx_twins_mix(key, plx_export_code(batch, dims[d], i));
    return key;
}

static guint64 text_key(const char *text, gsize length)
{
    guint64 key = length;
    for (gsize k = 0; k < length; k++)
        key = plx_twins_mix(key, (guint8)text[k]);
    return key;
}

/* Notes about nothing are the same only when their words are. */
static guint64 subject_of(const struct plx_export_view *view, guint32 i)
{
    const struct plx_batch *const batch = view->batch;
    const guint32 code = plx_export_code(batch, PLX_DIM_SUBJECT, i);
    guint64 key = g_array_index(view->subject_key, guint64, code);
    key = plx_twins_mix(key, plx_export_code(batch, PLX_DIM_JOURNEY, i));
    key = plx_twins_mix(key, plx_export_code(batch, PLX_DIM_PROMPT, i));
    key = plx_twins_mix(key, batch->seconds ? (guint64)batch->seconds[i] : 0);
    key = plx_twins_mix(key, plx_export_code(batch, PLX_DIM_CLOCK, i));
    if (code == 0 && batch->note)
        key = plx_twins_mix(key, text_key(batch->note[i].text, batch->note[i].length));
    return key;
}

struct plx_twin plx_export_twin(const struct plx_export_view *view, guint32 i)
{
    const struct plx_batch *const batch = view->batch;
    struct plx_twin row = {.named = plx_export_is_named(batch, view->keys, i),
                           .encounter = batch->encounter[i]};
    if (row.named) {
        row.constancy = constancy_of(batch, i);
        row.subject = subject_of(view, i);
        row.item = plx_export_code(batch, PLX_DIM_ITEM, i);
    } else if (is_known(batch, i) && is_to_the_second(batch, i)) {
        row.moment = moment_of(batch, i);
    }
    return row;
}

/* Views ------------------------------------------------------------------------------------- */

void plx_export_view_init(struct plx_export_view *view, plx_twins *twins)
{
    *view = (struct plx_export_view){.twins = twins};
    view->subject_text = g_ptr_array_new_with_free_func(g_free);
    view->journey_text = g_ptr_array_new_with_free_func(g_free);
    view->subject_key = g_array_new(FALSE, FALSE, sizeof(guint64));
}

void plx_export_view_clear(struct plx_export_view *view)
{
    g_clear_pointer(&view->subject_text, g_ptr_array_unref);
    g_clear_pointer(&view->journey_text, g_ptr_array_unref);
    g_clear_pointer(&view->subject_key, g_array_unref);
}

/* A title is nicer to read, but only where a reader makes the same id of it. */
static char *title_or_id(const char *title, const char *id)
{
    g_autofree char *again = plx_id_new(title, strlen(title));
    return g_strdup(again && strcmp(again, id) == 0 ? title : id);
}

static const char *journey_title(const struct plx_dims *dims, guint32 code)
{
    const plx_dict *const dict = dims->dict[PLX_DIM_JOURNEY];
    const gint index = plx_map_find_journey(dims->map, plx_dict_text(dict, code));
    return index >= 0 ? dims->map->journeys[index].title : plx_dict_title(dict, code);
}

static char *journey_text(const struct plx_dims *dims, guint32 code)
{
    return title_or_id(journey_title(dims, code), plx_dict_text(dims->dict[PLX_DIM_JOURNEY], code));
}

void plx_export_view_set(struct plx_export_view *view, const struct plx_batch *batch,
                         enum plx_row_keys keys)
{
    const GArray *const subjects = batch->dims->subjects;
    const plx_dict *const journeys = batch->dims->dict[PLX_DIM_JOURNEY];
    view->batch = batch;
    view->keys = keys;
    for (guint s = view->subject_text->len; s < subjects->len; s++) {
        const struct plx_subject *const subject = &g_array_index(subjects, struct plx_subject, s);
        const char *const id = subject->id ? subject->id : "";
        const guint64 key = plx_twins_mix(text_key(id, strlen(id)), subject->kind);
        g_ptr_array_add(view->subject_text, s ? title_or_id(subject->title, id) : g_strdup(""));
        g_array_append_val(view->subject_key, key);
    }
    for (guint32 j = view->journey_text->len; j < plx_dict_size(journeys); j++)
        g_ptr_array_add(view->journey_text, journey_text(batch->dims, j));
}

void plx_export_row_begin(struct plx_export_view *view, guint32 i)
{
    view->twin = plx_export_twin(view, i);
    view->item = plx_twins_item(view->twins, &view->twin);
}

/* Values ------------------------------------------------------------------------------------ */

static void set_text(struct plx_export_value *value, const char *text, gsize length)
{
    value->form = length > 0 ? PLX_FORM_TEXT : PLX_FORM_EMPTY;
    value->text = text;
    value->length = length;
}

static void set_integer(struct plx_export_value *value, gint64 integer)
{
    value->form = PLX_FORM_INTEGER;
    value->integer = integer;
}

static void set_number(struct plx_export_value *value, const char *text, double number)
{
    *value = (struct plx_export_value){
        .form = PLX_FORM_NUMBER, .text = text, .length = strlen(text), .number = number};
}

static void get_encounter(struct plx_export_view *view, struct plx_export_value *value)
{
    if (!view->twin.named)
        return;
    int n = g_snprintf(view->scratch, sizeof view->scratch, "%016" G_GINT64_MODIFIER "x",
                       view->twin.encounter);
    if (plx_twins_is_split(view->twins, view->twin.encounter))
        n += g_snprintf(view->scratch + n, sizeof view->scratch - (gsize)n,
                        "-%08" G_GINT64_MODIFIER "x", view->twin.constancy & 0xFFFFFFFF);
    set_text(value, view->scratch, (gsize)n);
}

static void get_respondent(struct plx_export_view *view, guint32 i, struct plx_export_value *value)
{
    if (!is_known(view->batch, i))
        return;
    const int n = g_snprintf(view->scratch, sizeof view->scratch, "%016" G_GINT64_MODIFIER "x",
                             view->batch->unit[i]);
    set_text(value, view->scratch, (gsize)n);
}

const char *plx_export_offset(const char *clock)
{
    const gsize word = strspn(clock, "abcdefghijklmnopqrstuvwxyz");
    return clock + word;
}

static const char *clock_of(const struct plx_export_view *view, guint32 i)
{
    return plx_dict_text(view->batch->dims->dict[PLX_DIM_CLOCK],
                         plx_export_code(view->batch, PLX_DIM_CLOCK, i));
}

/* Times as they were written: as precise, with the offset if there was one. */
static void get_time(struct plx_export_view *view, guint32 i, struct plx_export_value *value)
{
    if (!view->batch->seconds || view->batch->seconds[i] == PLX_NO_TIME)
        return;
    const gint64 seconds = view->batch->seconds[i];
    const char *const clock = clock_of(view, i);
    const gint32 day = plx_date_of_seconds(seconds);
    const guint rest = (guint)(seconds - (gint64)day * PLX_DAY_SECONDS);
    char *const text = view->scratch;
    const gsize size = sizeof view->scratch;
    char date[PLX_DATE_SIZE];
    int n = g_snprintf(text, size, "%s", plx_date_format(day, date));
    value->clock = !g_str_has_prefix(clock, "day");
    if (value->clock)
        n += g_snprintf(text + n, size - (gsize)n, "T%02u:%02u", rest / 3600, rest / 60 % 60);
    if (g_str_has_prefix(clock, "second"))
        n += g_snprintf(text + n, size - (gsize)n, ":%02u", rest % 60);
    if (view->twin.moment && plx_twins_is_crowded(view->twins, view->twin.moment))
        n += g_snprintf(text + n, size - (gsize)n, ".%09u",
                        (guint)(view->twin.encounter % 1000000000));
    if (value->clock)
        n += g_snprintf(text + n, size - (gsize)n, "%s", plx_export_offset(clock));
    set_text(value, text, (gsize)n);
    value->form = PLX_FORM_TIME;
    value->integer = seconds;
}

static void get_offset(const struct plx_export_view *view, guint32 i,
                       struct plx_export_value *value)
{
    if (!view->batch->seconds || view->batch->seconds[i] == PLX_NO_TIME)
        return;
    const char *const offset = plx_export_offset(clock_of(view, i));
    set_text(value, offset, strlen(offset));
}

static const char *subject_text(const struct plx_export_view *view, guint32 i,
                                enum plx_export_words words)
{
    const struct plx_subject *const subject = plx_export_subject(view->batch, i);
    if (words == PLX_EXPORT_READABLE)
        return view->subject_text->pdata[plx_export_code(view->batch, PLX_DIM_SUBJECT, i)];
    const char *const text = words == PLX_EXPORT_ID ? subject->id : subject->title;
    return text ? text : "";
}

static const char *journey_word(const struct plx_export_view *view, guint32 code,
                                enum plx_export_words words)
{
    const struct plx_dims *const dims = view->batch->dims;
    const plx_dict *const dict = dims->dict[PLX_DIM_JOURNEY];
    if (words == PLX_EXPORT_READABLE)
        return view->journey_text->pdata[code];
    const char *const id = plx_dict_text(dict, code);
    return words == PLX_EXPORT_ID ? id : journey_title(dims, code);
}

/* Journeys have measures of their own, and are where points were met. */
static void get_journey(const struct plx_export_view *view, enum plx_export_words words, guint32 i,
                        struct plx_export_value *value)
{
    const gboolean own = plx_export_subject(view->batch, i)->kind == PLX_SUBJECT_JOURNEY;
    const char *const text =
        own ? subject_text(view, i, words)
            : journey_word(view, plx_export_code(view->batch, PLX_DIM_JOURNEY, i), words);
    set_text(value, text, strlen(text));
}

static void get_subject(const struct plx_export_view *view, const struct plx_export_column *column,
                        guint32 i, struct plx_export_value *value)
{
    if (plx_export_subject(view->batch, i)->kind != (enum plx_subject_kind)column->index)
        return;
    const char *const text = subject_text(view, i, column->words);
    set_text(value, text, strlen(text));
}

/* The shortest decimal that is the same weight when read again. */
static void get_weight(struct plx_export_view *view, guint32 i, struct plx_export_value *value)
{
    const guint64 weight = view->batch->weight ? view->batch->weight[i] : PLX_WEIGHT_ONE;
    const double number = (double)weight / (double)PLX_WEIGHT_ONE;
    double again = view->weight_number;
    if (weight != view->weight || !*view->weight_text) {
        for (int digits = 1; digits <= 17; digits++) {
            plx_number_format(number, digits, view->weight_text);
            if (plx_number_parse(view->weight_text, strlen(view->weight_text), &again) &&
                (guint64)floor(again * (double)PLX_WEIGHT_ONE + 0.5) == weight)
                break;
        }
        view->weight = weight;
        view->weight_number = again;
    }
    set_number(value, view->weight_text, again);
}

static void get_dim(const struct plx_export_view *view, guint dim, guint32 i,
                    struct plx_export_value *value)
{
    const char *const text =
        plx_dict_text(view->batch->dims->dict[dim], plx_export_code(view->batch, dim, i));
    set_text(value, text, strlen(text));
}

/* Numbers that were kept as they were written, perhaps with a comma (recipes). */
static void get_decimal(struct plx_export_view *view, guint dim, guint32 i,
                        struct plx_export_value *value)
{
    get_dim(view, dim, i, value);
    if (value->form == PLX_FORM_EMPTY || value->length >= sizeof view->scratch)
        return;
    g_strlcpy(view->scratch, value->text, sizeof view->scratch);
    double number;
    if (!plx_number_parse(view->scratch, value->length, &number))
        g_strdelimit(view->scratch, ",", '.');
    if (plx_number_parse(view->scratch, value->length, &number))
        set_number(value, view->scratch, number);
}

static void get_item(struct plx_export_view *view, guint32 i, struct plx_export_value *value)
{
    if (view->item == 0)
        get_decimal(view, PLX_DIM_ITEM, i, value);
    else
        set_integer(value, (gint64)view->item);
}

static void get_flag(const gint8 *column, guint32 i, struct plx_export_value *value)
{
    if (column && column[i] != PLX_CELL_EMPTY)
        set_integer(value, column[i]);
}

static void get_surprise(const gint8 *column, guint32 i, struct plx_export_value *value)
{
    static const char *const words[] = {"bad", "none", "good"};
    if (column && column[i] != PLX_CELL_EMPTY)
        set_text(value, words[column[i] + 1], strlen(words[column[i] + 1]));
}

static void get_measure(const gint8 *column, guint32 i, struct plx_export_value *value)
{
    if (!column || column[i] == PLX_CELL_EMPTY)
        return;
    if (column[i] == PLX_CELL_NA)
        value->form = PLX_FORM_NA;
    else if (column[i] == PLX_CELL_DECLINED)
        value->form = PLX_FORM_DECLINED;
    else
        set_integer(value, column[i]);
}

static void get_audience(const struct plx_batch *batch, guint32 i, struct plx_export_value *value)
{
    const guint32 code = plx_export_code(batch, PLX_DIM_AUDIENCE, i);
    const char *const id = code ? batch->dims->map->audiences[code - 1].id : "";
    set_text(value, id, strlen(id));
}

static void get_note(const struct plx_batch *batch, guint32 i, struct plx_export_value *value)
{
    if (batch->note)
        set_text(value, batch->note[i].text, batch->note[i].length);
}

void plx_export_get(struct plx_export_view *view, const struct plx_export_column *column, guint32 i,
                    struct plx_export_value *value)
{
    const struct plx_batch *const batch = view->batch;
    *value = (struct plx_export_value){.form = PLX_FORM_EMPTY};
    switch (column->kind) {
    case PLX_EXPORT_AUDIENCE:
        get_audience(batch, i, value);
        return;
    case PLX_EXPORT_ENCOUNTER:
        get_encounter(view, value);
        return;
    case PLX_EXPORT_RESPONDENT:
        get_respondent(view, i, value);
        return;
    case PLX_EXPORT_TIME:
        get_time(view, i, value);
        return;
    case PLX_EXPORT_OFFSET:
        get_offset(view, i, value);
        return;
    case PLX_EXPORT_JOURNEY:
        get_journey(view, column->words, i, value);
        return;
    case PLX_EXPORT_SUBJECT:
        get_subject(view, column, i, value);
        return;
    case PLX_EXPORT_ITEM:
        get_item(view, i, value);
        return;
    case PLX_EXPORT_TEXT:
        get_dim(view, column->index, i, value);
        return;
    case PLX_EXPORT_DECIMAL:
        get_decimal(view, column->index, i, value);
        return;
    case PLX_EXPORT_WEIGHT:
        get_weight(view, i, value);
        return;
    case PLX_EXPORT_GROUP_SIZE:
        set_integer(value, batch->group_size ? batch->group_size[i] : 1);
        return;
    case PLX_EXPORT_SEEN:
        get_flag(batch->seen, i, value);
        return;
    case PLX_EXPORT_SURPRISE:
        get_surprise(batch->surprise, i, value);
        return;
    case PLX_EXPORT_HESITATION:
        get_flag(batch->hesitation, i, value);
        return;
    case PLX_EXPORT_NOTE:
        get_note(batch, i, value);
        return;
    case PLX_EXPORT_MEASURE:
        get_measure(batch->measure[column->index], i, value);
        return;
    }
}
