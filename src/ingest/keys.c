/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys (docs/ratings.md): who, on which occasion, saying what about which thing.
 *
 * Hashes of exact text, the same in every worker and every pass; what comes from dictionaries goes
 * through the hash of its text, never through its code. */

#include "ingest/keys.h"
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
        const char *const written = worker->subjects.written->pdata[code];
        const guint64 hash = plx_mix(text_hash(written), subject->kind);
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
    gboolean begun = FALSE;
    for (guint k = 0; k < b->n_encounter; k++) {
        if (!begun) {
            begun = TRUE;
            plx_hash_column_read(&b->encounter[k], &worker->chunk, worker->encounter_text);
            continue;
        }
        plx_hash_column_read(&b->encounter[k], &worker->chunk, worker->encounter_part);
        for (guint32 i = 0; i < worker->chunk.about->n; i++)
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
    gboolean missing = FALSE;
    for (guint32 k = 0; k < worker->chunk.about->n; k++)
        missing |= worker->encounter_text[k] == 0;
    return missing;
}

static void read_respondents(plx_worker *worker)
{
    struct plx_chunk *const chunk = &worker->chunk;
    const struct plx_fresh *const about = chunk->about;
    guint8 known[PLX_CHUNK_ROWS];
    plx_hash_column_read(&worker->binding->respondent, chunk, worker->respondent);
    for (guint32 k = 0; k < about->n; k++)
        known[k] = worker->respondent[k] != 0;
    plx_spread8(about, known, worker->known);
}

void plx_keys_read(plx_worker *worker)
{
    const plx_binding *const b = worker->binding;
    struct plx_chunk *const chunk = &worker->chunk;
    if (worker->respondent)
        read_respondents(worker);
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

/* Joins one more column to the keys of named encounters. */
static void join_column(guint64 *key, const guint64 *part, guint32 n)
{
    for (guint32 k = 0; part && k < n; k++)
        key[k] = plx_join(key[k], part[k]);
}

static const guint32 *audience_codes(const plx_worker *worker, gint audience, guint32 *constant)
{
    *constant = (guint32)audience + 1;
    return audience >= 0 ? NULL : worker->audience_code;
}

/* What must not change within an encounter. One without a name is made of respondent and time:
 * only its size can change. */
static void read_constancy(plx_worker *worker, gint audience, const struct worker_keys *keys)
{
    const struct plx_fresh *const about = worker->chunk.about;
    guint32 constant;
    const guint32 *const who = audience_codes(worker, audience, &constant);
    const guint16 *const size = worker->group_size;
    guint64 key[PLX_CHUNK_ROWS];
    guint32 key_short[PLX_CHUNK_ROWS];
    for (guint32 k = 0; k < about->n; k++) {
        const guint32 i = about->row[k];
        key[k] = plx_join(who ? who[i] : constant, size ? size[i] : 1);
    }
    join_column(key, worker->respondent, about->n);
    join_column(key, worker->source_text, about->n);
    join_column(key, worker->language_text, about->n);
    join_column(key, worker->workshop, about->n);
    join_column(key, worker->table, about->n);
    for (guint32 k = 0; k < about->n; k++) {
        if (!worker->is_explicit || !worker->encounter_text[k])
            key[k] = size ? size[about->row[k]] : 1;
        key_short[k] = (guint32)(key[k] ^ key[k] >> 32);
    }
    plx_spread32(about, key_short, keys->constancy_short);
    if (worker->pass->kind == PLX_PASS_LOOK)
        plx_spread64(about, key, keys->constancy);
}

/* What makes keys of different kinds, data sets and audiences different. Audiences by their id: a
 * workspace keeps keys, and another map may number audiences otherwise. `audience` is 0 for none.
 */
static guint64 scope_of(const plx_map *map, guint64 dataset, guint salt, guint32 audience)
{
    return plx_mix(dataset, (audience ? text_hash(map->audiences[audience - 1].id) : 0) ^ salt);
}

/* The same for every audience code, for a dataset; `scopes` holds 2 per audience. */
static void fill_scopes(const plx_worker *worker, guint64 dataset, guint64 *scopes)
{
    const plx_map *const map = worker->binding->map;
    for (guint32 a = 0; a <= map->n_audiences; a++) {
        scopes[2 * a] = scope_of(map, dataset, SALT_UNIT, a);
        scopes[2 * a + 1] = scope_of(map, dataset, SALT_IMPLICIT, a);
    }
}

/* Where every row names its encounter and its respondent and all are of one dataset. */
static void add_scopes(const plx_worker *worker, const guint32 *who, guint32 constant,
                       const guint64 *scopes, guint64 explicit_scope,
                       const struct worker_keys *keys)
{
    const struct plx_fresh *const about = worker->chunk.about;
    const guint64 *const named = worker->encounter_text, *const respondent = worker->respondent;
    guint64 unit[PLX_CHUNK_ROWS], encounter[PLX_CHUNK_ROWS];
    for (guint32 k = 0; k < about->n; k++) {
        encounter[k] = named[k] + explicit_scope;
        unit[k] = respondent[k] + scopes[2 * (who ? who[about->row[k]] : constant)];
    }
    plx_spread64(about, unit, keys->unit);
    plx_spread64(about, encounter, keys->encounter);
}

static gboolean all_named(const plx_worker *worker)
{
    if (!worker->is_explicit || !worker->respondent || worker->dataset_text)
        return FALSE;
    gboolean missing = FALSE;
    for (guint32 k = 0; k < worker->chunk.about->n; k++)
        missing |= (worker->encounter_text[k] == 0) | (worker->respondent[k] == 0);
    return !missing;
}

/* Any rows: some may be unlike all others; FALSE when some are. */
static gboolean mix_scopes(const plx_worker *worker, const guint32 *who, guint32 constant,
                           guint32 own, guint64 *scopes, const struct worker_keys *keys)
{
    const struct plx_rows *const rows = &worker->chunk.rows;
    const plx_map *const map = worker->binding->map;
    const struct plx_fresh *const about = worker->chunk.about;
    const guint64 block = worker->block.number << 32;
    guint64 dataset = worker->dataset, explicit_scope = scope_of(map, dataset, SALT_EXPLICIT, own);
    const guint64 row_scope = scope_of(map, dataset, SALT_ROW, own) ^ worker->binding->row_salt;
    gboolean missing = FALSE;
    for (guint32 k = 0; k < about->n; k++) {
        const guint64 other = worker->dataset_text && worker->dataset_text[k]
                                  ? worker->dataset_text[k]
                                  : worker->dataset;
        if (other != dataset) {
            dataset = other;
            explicit_scope = scope_of(map, dataset, SALT_EXPLICIT, own);
            fill_scopes(worker, dataset, scopes);
        }
        const guint32 a = who ? who[about->row[k]] : constant;
        const guint64 respondent = worker->respondent ? worker->respondent[k] : 0;
        const guint64 named = worker->is_explicit ? worker->encounter_text[k] : 0;
        missing |= !named && !respondent;
        const guint64 implied =
            plx_mix(respondent, (worker->time_text ? worker->time_text[k] : 0) + scopes[2 * a + 1]);
        for (guint32 i = about->row[k]; i < about->row[k + 1]; i++) {
            keys->encounter[i] = named        ? named + explicit_scope
                                 : respondent ? implied
                                              : plx_mix(block | plx_row_number(rows, i), row_scope);
            keys->unit[i] = respondent ? respondent + scopes[2 * a]
                            : named || !worker->is_explicit
                                ? keys->encounter[i]
                                : ~keys->encounter[i]; /* has no key among rows that have */
        }
    }
    return !missing;
}

void plx_keys_of_rows(plx_worker *worker, gint audience, const struct worker_keys *keys)
{
    guint32 constant;
    const guint32 *const who = audience_codes(worker, audience, &constant);
    /* A view's own audience makes an encounter of its own of the same sheet of answers. */
    const guint32 own = audience >= 0 ? constant : 0;
    g_autofree guint64 *scopes = g_new(guint64, 2 * (worker->binding->map->n_audiences + 1));
    fill_scopes(worker, worker->dataset, scopes);
    worker->named_all = worker->keyed_all = all_named(worker);
    if (worker->named_all)
        add_scopes(worker, who, constant, scopes,
                   scope_of(worker->binding->map, worker->dataset, SALT_EXPLICIT, own), keys);
    else
        worker->keyed_all = mix_scopes(worker, who, constant, own, scopes, keys);
    if (keys->constancy)
        read_constancy(worker, audience, keys);
}

/* The words of a note without anything else: only the same words are the same note. */
static guint64 note_hash(const struct plx_span *note)
{
    guint64 words = note->length;
    const char *text = note->text;
    guint32 left = note->length;
    for (; left > 16; left -= 16, text += 16)
        words = plx_mix(words, plx_hash(text, 16));
    return plx_mix(words, plx_hash(text, left));
}

/* The rarer parts of an identity. */
static void join_rare(const plx_worker *worker, const struct worker_view *view, guint64 *key)
{
    const guint32 n = worker->chunk.rows.n;
    for (guint32 i = 0; view->prompt_code && i < n; i++)
        if (view->prompt_code[i])
            key[i] = plx_mix(key[i], text_hash(plx_dict_text(worker->dims.dict[PLX_DIM_PROMPT],
                                                             view->prompt_code[i])));
    for (guint32 i = 0; view->item && i < n; i++)
        key[i] = plx_join(key[i], view->item[i]);
    for (guint32 i = 0; view->note && i < n; i++)
        if (view->subject[i] == 0 && view->note[i].length > 0)
            key[i] = plx_mix(key[i], note_hash(&view->note[i]));
    const struct plx_fresh *const about = worker->chunk.about;
    for (guint32 k = 0; k < about->n; k++)
        for (guint32 i = about->row[k]; !worker->encounter_text[k] && i < about->row[k + 1]; i++)
            key[i] = 0;
}

/* What identities take from the encounter: the journey a thing was met in, and when. */
static void context_parts(const plx_worker *worker, const struct worker_view *view, guint64 *out)
{
    const struct plx_fresh *const about = worker->chunk.about;
    const guint64 *const journey = (const guint64 *)(void *)worker->journey_hash->data;
    const guint32 *const context = view->journey_code, *const time = worker->time_identity;
    guint64 part[PLX_CHUNK_ROWS];
    for (guint32 k = 0; k < about->n; k++) {
        part[k] = context ? journey[context[about->row[k]]] : 0;
        if (time)
            part[k] = plx_join(part[k], time[k]);
    }
    plx_spread64(about, part, out);
}

void plx_keys_of_view(plx_worker *worker, struct worker_view *view)
{
    const struct plx_rows *const rows = &worker->chunk.rows;
    guint64 *const key = view->identity;
    if (!key)
        return;
    const guint64 *const subject = (const guint64 *)(void *)worker->subject_hash->data;
    /* Two columns of one row about one point are two answers. */
    const guint64 number = (guint64)(view - worker->views) * PLX_K3;
    const guint32 *const what = view->subject;
    guint64 part[PLX_CHUNK_ROWS + PLX_SPREAD_SLACK];
    context_parts(worker, view, part);
    for (guint32 i = 0; i < rows->n; i++) {
        key[i] = plx_join(part[i], subject[what[i]] + number);
        view->identity_short[i] = (guint32)(key[i] ^ key[i] >> 32);
    }
    if (worker->named_all && !view->prompt_code && !view->item && !view->note)
        return;
    join_rare(worker, view, key);
    for (guint32 i = 0; i < rows->n; i++) {
        /* A row that is not named is unlike any other. */
        const guint64 whole =
            G_LIKELY(key[i]) ? key[i] : plx_mix(worker->block.number, plx_row_number(rows, i));
        view->identity_short[i] = (guint32)(whole ^ whole >> 32);
    }
}

guint64 plx_key_of_respondent(const char *dataset, const char *audience, const char *respondent)
{
    return text_hash(respondent) +
           plx_mix(text_hash(dataset), text_hash(audience) ^ (guint64)SALT_UNIT);
}

guint64 plx_key_of_encounter(const char *dataset, const char *encounter)
{
    return text_hash(encounter) + plx_mix(text_hash(dataset), (guint64)SALT_EXPLICIT);
}
