/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys (design section 2): who, on which occasion, saying what about which thing.
 *
 * Hashes of exact text, the same in every worker and every pass; what comes from dictionaries goes
 * through the hash of its text, never through its code. */

#include "ingest/worker_private.h"

/* Kinds of keys must never meet: each mixes in a salt of its own. */
enum { SALT_EXPLICIT = 0x45, SALT_IMPLICIT = 0x49, SALT_ROW = 0x52, SALT_UNIT = 0x55 };

static gboolean has_column(const struct plx_bound *bound)
{
    return bound->set && bound->column >= 0;
}

static guint64 text_hash(const char *text)
{
    char padded[PLX_TEXT_MAX + 17] = {0};
    const gsize n = MIN(strlen(text), PLX_TEXT_MAX);
    memcpy(padded, text, n);
    return plx_hash(padded, (guint32)n);
}

void plx_keys_update(plx_worker *worker)
{
    const GArray *const list = worker->subjects.list;
    for (guint code = worker->subject_hash->len; code < list->len; code++) {
        const struct plx_subject *const subject = &g_array_index(list, struct plx_subject, code);
        const guint64 hash = plx_mix(text_hash(subject->id), subject->kind);
        g_array_append_val(worker->subject_hash, hash);
        worker->subject_kinds |= 1u << subject->kind;
    }
    plx_dict *const journeys = worker->dims.dict[PLX_DIM_JOURNEY];
    for (guint code = worker->journey_hash->len; code < plx_dict_size(journeys); code++) {
        const char *const id = plx_dict_text(journeys, code);
        const guint64 hash = code > 0 ? text_hash(id) : 0;
        g_array_append_val(worker->journey_hash, hash);
    }
}

/* The parts of an encounter key, folded; 0 when all are empty. */
static void read_encounter(plx_worker *worker)
{
    const plx_binding *const b = worker->binding;
    for (guint k = 0; k < b->n_encounter; k++) {
        if (!has_column(&b->encounter[k]))
            continue;
        if (k == 0) {
            plx_hash_column_read(&b->encounter[0], &worker->chunk, worker->encounter_text);
            continue;
        }
        plx_hash_column_read(&b->encounter[k], &worker->chunk, worker->encounter_part);
        for (guint32 i = 0; i < worker->chunk.rows.n; i++)
            if (worker->encounter_text[i] | worker->encounter_part[i])
                worker->encounter_text[i] =
                    plx_mix(worker->encounter_text[i], worker->encounter_part[i] + k);
    }
}

static gboolean needs_time_text(const plx_worker *worker)
{
    if (!worker->respondent || !worker->time_text)
        return FALSE;
    if (!worker->is_explicit)
        return TRUE;
    guint64 lowest = G_MAXUINT64;
    for (guint32 i = 0; i < worker->chunk.rows.n; i++)
        lowest = MIN(lowest, worker->encounter_text[i]);
    return lowest == 0;
}

void plx_keys_read(plx_worker *worker)
{
    const plx_binding *const b = worker->binding;
    struct plx_chunk *const chunk = &worker->chunk;
    if (worker->respondent)
        plx_hash_column_read(&b->respondent, chunk, worker->respondent);
    if (worker->dataset_text)
        plx_hash_column_read(&b->dataset_of_row, chunk, worker->dataset_text);
    if (worker->is_explicit)
        read_encounter(worker);
    if (needs_time_text(worker))
        plx_hash_column_read(&b->time, chunk, worker->time_text);
    if (worker->workshop)
        plx_hash_column_read(&b->workshop, chunk, worker->workshop);
    if (worker->table)
        plx_hash_column_read(&b->table, chunk, worker->table);
    if (worker->source_text)
        plx_hash_column_read(&b->source, chunk, worker->source_text);
    if (worker->language_text)
        plx_hash_column_read(&b->language, chunk, worker->language_text);
    if (has_column(&b->group_size))
        plx_group_size_column_read(&b->group_size, chunk, worker->group_size);
    if (has_column(&b->weight))
        plx_weight_column_read(&b->weight, chunk, b->decimal_comma, worker->weight);
    if (has_column(&b->asked_p))
        plx_asked_p_column_check(&b->asked_p, chunk, b->decimal_comma);
}

guint64 plx_key_constancy(const plx_worker *worker, guint32 i, guint32 audience)
{
    guint64 key = worker->group_size ? worker->group_size[i] : 0;
    /* Encounters without a name are made of respondent and time: only their size can change. */
    if (!worker->is_explicit || worker->encounter_text[i] == 0)
        return key;
    key = plx_mix(key, audience);
    if (worker->respondent)
        key = plx_mix(key, worker->respondent[i]);
    if (worker->source_text)
        key = plx_mix(key, worker->source_text[i]);
    if (worker->language_text)
        key = plx_mix(key, worker->language_text[i]);
    if (worker->workshop)
        key = plx_mix(key, worker->workshop[i]);
    if (worker->table)
        key = plx_mix(key, worker->table[i] + 1);
    return key;
}

void plx_keys_of_rows(plx_worker *worker, gint audience, guint64 *unit, guint64 *encounter,
                      guint32 *constancy)
{
    const struct plx_rows *const rows = &worker->chunk.rows;
    const guint64 block = worker->block.number << 32;
    for (guint32 i = 0; i < rows->n; i++) {
        const guint32 who = audience >= 0           ? (guint32)audience + 1
                            : worker->audience_code ? worker->audience_code[i]
                                                    : worker->audience_constant;
        const guint64 scope = worker->dataset_text && worker->dataset_text[i]
                                  ? worker->dataset_text[i]
                                  : worker->dataset;
        const guint64 respondent = worker->respondent ? worker->respondent[i] : 0;
        const guint64 named = worker->is_explicit ? worker->encounter_text[i] : 0;
        if (named)
            /* A view's own audience makes an encounter of its own of the same sheet of answers. */
            encounter[i] =
                plx_mix(named, scope + SALT_EXPLICIT + (audience >= 0 ? (guint64)who << 8 : 0));
        else if (respondent)
            encounter[i] =
                plx_mix(respondent + (worker->time_text ? worker->time_text[i] : 0) * PLX_K2,
                        scope + SALT_IMPLICIT + ((guint64)who << 8));
        else
            encounter[i] =
                plx_mix(block | plx_row_number(rows, i),
                        worker->dataset + SALT_ROW + (audience >= 0 ? (guint64)who << 8 : 0));
        unit[i] = respondent ? plx_mix(respondent, scope + SALT_UNIT + ((guint64)who << 8))
                             : encounter[i];
        if (constancy)
            constancy[i] = (guint32)plx_key_constancy(worker, i, who);
    }
}

guint64 plx_key_identity(const plx_worker *worker, const struct worker_view *view, guint32 i)
{
    if (worker->encounter_text[i] == 0)
        return 0;
    const guint32 subject = view->subject[i];
    guint64 key = g_array_index(worker->subject_hash, guint64, subject);
    /* Two columns of one row about one point are two answers. */
    key += (guint64)(view - worker->views) * PLX_K3;
    if (view->journey_code)
        key ^= g_array_index(worker->journey_hash, guint64, view->journey_code[i]) * PLX_K1;
    if (worker->time_identity)
        key += (guint64)worker->time_identity[i] << 7;
    if (view->prompt_code && view->prompt_code[i])
        key = plx_mix(
            key, text_hash(plx_dict_text(worker->dims.dict[PLX_DIM_PROMPT], view->prompt_code[i])));
    if (view->item)
        key = plx_mix(key, view->item[i]);
    /* Notes without anything else are never the same unless their words are. */
    if (subject == 0 && view->note && view->note[i].length > 0) {
        guint64 words = view->note[i].length;
        const char *text = view->note[i].text;
        guint32 left = view->note[i].length;
        for (; left > 16; left -= 16, text += 16)
            words = plx_mix(words, plx_hash(text, 16));
        key = plx_mix(key, plx_mix(words, plx_hash(text, left)));
    }
    return key ? key : 1;
}

void plx_keys_of_view(plx_worker *worker, struct worker_view *view)
{
    if (!worker->is_explicit)
        return;
    const struct plx_rows *const rows = &worker->chunk.rows;
    for (guint32 i = 0; i < rows->n; i++) {
        guint64 key = plx_key_identity(worker, view, i);
        if (key == 0) /* not named: unlike any other row */
            key = plx_mix(worker->block.number, plx_row_number(rows, i));
        view->identity[i] = (guint32)(key ^ key >> 32);
    }
}
