/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/coder.h"

#include "base/id.h"
#include "base/suggest.h"
#include "ingest/repeats.h"
#include "map/map_item.h"
#include "map/map_owner.h"

#include <string.h>

/* Subjects ---------------------------------------------------------------------------------- */

#define REASONS_KEPT 1024 /* of values that are wrong */
#define IDS_SHOWN 6       /* that the map has, where something is unknown */

static const char *const KIND_NAMES[] = {"subject", "point", "journey", "task", "promise"};

void plx_subjects_init(struct plx_subjects *subjects, const plx_map *map)
{
    subjects->map = map;
    subjects->list = g_array_new(FALSE, TRUE, sizeof(struct plx_subject));
    const struct plx_subject none = {PLX_SUBJECT_NONE, "", "", -1};
    g_array_append_val(subjects->list, none);
    subjects->written = g_ptr_array_new();
    g_ptr_array_add(subjects->written, (gpointer)(gsize)none.id);
    for (guint kind = PLX_SUBJECT_POINT; kind <= PLX_SUBJECT_PROMISE; kind++) {
        subjects->ids[kind] = plx_dict_new(PLX_DICT_ID);
        subjects->code_of_id[kind] = g_array_new(FALSE, TRUE, sizeof(guint32));
        subjects->code_of_map[kind] = g_array_new(FALSE, TRUE, sizeof(guint32));
    }
}

void plx_subjects_clear(struct plx_subjects *subjects)
{
    g_clear_pointer(&subjects->list, g_array_unref);
    g_clear_pointer(&subjects->written, g_ptr_array_unref);
    for (guint kind = PLX_SUBJECT_POINT; kind <= PLX_SUBJECT_PROMISE; kind++) {
        g_clear_pointer(&subjects->ids[kind], plx_dict_free);
        g_clear_pointer(&subjects->code_of_id[kind], g_array_unref);
        g_clear_pointer(&subjects->code_of_map[kind], g_array_unref);
    }
}

/* Ids of all things of one kind on the map, for suggestions. */
static GPtrArray *ids_on_map(const plx_map *map, enum plx_subject_kind kind)
{
    GPtrArray *const ids = g_ptr_array_new();
    for (guint i = 0; i < plx_map_n_items(map, kind); i++)
        g_ptr_array_add(ids, (gpointer)(gsize)plx_map_item(map, kind, i).id);
    return ids;
}

/* "; did you mean …?": what has such a title, though another id; else the nearest id. */
static char *meant(const plx_map *map, enum plx_subject_kind kind, const char *id,
                   const GPtrArray *ids)
{
    for (guint i = 0; i < plx_map_n_items(map, kind); i++) {
        const struct plx_map_item item = plx_map_item(map, kind, i);
        g_autofree char *of_title = item.title ? plx_id_new(item.title, strlen(item.title)) : NULL;
        if (g_strcmp0(of_title, id) == 0)
            return g_strdup_printf("; did you mean \"%s\", which is called so?", item.id);
    }
    return plx_suggest_text(id, (const char *const *)ids->pdata, ids->len);
}

static char *unknown_subject(const plx_map *map, enum plx_subject_kind kind, const char *id,
                             const char *text, gsize n)
{
    g_autofree char *shown = plx_shown(text, n);
    g_autoptr(GPtrArray) ids = ids_on_map(map, kind);
    g_autofree char *hint = meant(map, kind, id, ids);
    if (ids->len == 0 || ids->len > IDS_SHOWN)
        return g_strdup_printf("unknown %s %s%s (the map has %u)", KIND_NAMES[kind], shown, hint,
                               ids->len);
    g_ptr_array_add(ids, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)ids->pdata);
    return g_strdup_printf("unknown %s %s%s (the map has %s)", KIND_NAMES[kind], shown, hint, list);
}

static struct plx_subject on_map(const plx_map *map, enum plx_subject_kind kind, gint at)
{
    const struct plx_map_item item = plx_map_item(map, kind, (guint)at);
    return (struct plx_subject){kind, item.id, item.title, at};
}

/* Entry `i` of a list of codes, which grows to hold it. */
static guint32 *code_slot(GArray *codes, guint i)
{
    if (i >= codes->len)
        g_array_set_size(codes, i + 1);
    return &g_array_index(codes, guint32, i);
}

/* What a cell names on a map. */
struct named {
    gint at;        /* index on the map, -1: allowed though not on it, -2: *why */
    const char *id; /* of its owner where that is another than the cell's own, else NULL */
};

static struct named look_up(const plx_map *map, enum plx_subject_kind kind, const char *text,
                            gsize n, char **why)
{
    g_autofree char *id = plx_id_new(text, n);
    if (!id) {
        g_autofree char *shown = why ? plx_shown(text, n) : NULL;
        if (why)
            *why = g_strdup_printf("%s %s has no letter and no digit", KIND_NAMES[kind], shown);
        return (struct named){-2, NULL};
    }
    const struct plx_owner owner = plx_map_resolve(map, kind, id);
    if (owner.state == PLX_OWNER_NONE) {
        if (why)
            *why = unknown_subject(map, kind, id, text, n);
        return (struct named){-2, NULL};
    }
    const gboolean current = owner.state == PLX_OWNER_CURRENT;
    return (struct named){current ? (gint)owner.index : -1,
                          strcmp(owner.id, id) == 0 ? NULL : owner.id};
}

/* The title that the map gives to what it lists as retired, or NULL. */
static const char *retired_title(const plx_map *map, enum plx_subject_kind kind, const char *id)
{
    const struct plx_owner owner = plx_map_resolve(map, kind, id);
    return owner.state == PLX_OWNER_RETIRED ? map->retired[owner.index].title : NULL;
}

/* The code is to be found under the cell's own id where the map knows it by another one now: two
 * answers of an encounter to what was merged since are still two. */
static guint32 *find_slot(struct plx_subjects *subjects, enum plx_subject_kind kind,
                          const struct named *named, const char *text, gsize n, guint32 *word)
{
    if (named->at >= 0 && !named->id)
        return code_slot(subjects->code_of_map[kind], (guint)named->at);
    *word = named->at < 0 && named->id
                ? plx_dict_add(subjects->ids[kind], named->id, (guint32)strlen(named->id))
                : plx_dict_add(subjects->ids[kind], text, (guint32)n);
    return code_slot(subjects->code_of_id[kind], *word);
}

guint32 plx_subjects_code(struct plx_subjects *subjects, enum plx_subject_kind kind,
                          const char *text, gsize n, char **why)
{
    const plx_map *const map = subjects->map;
    const struct named named = look_up(map, kind, text, n, why);
    const gint at = named.at;
    if (at < -1)
        return PLX_CODE_BAD;
    guint32 word = 0;
    guint32 *const slot = find_slot(subjects, kind, &named, text, n, &word);
    const char *const id = word ? plx_dict_text(subjects->ids[kind], word) : NULL;
    if (*slot == 0) {
        const struct plx_subject subject =
            at >= 0 ? on_map(map, kind, at) : (struct plx_subject){kind, id, NULL, -1};
        *slot = subjects->list->len;
        g_array_append_val(subjects->list, subject);
        g_ptr_array_add(subjects->written, (gpointer)(gsize)(id ? id : subject.id));
    }
    if (at < 0) { /* a smaller spelling may have come */
        struct plx_subject *const subject =
            &g_array_index(subjects->list, struct plx_subject, *slot);
        const char *const title = retired_title(map, kind, subject->id);
        subject->title = title ? title : plx_dict_title(subjects->ids[kind], word);
    }
    return *slot;
}

/* Coders ------------------------------------------------------------------------------------ */

/* The code of a text that is neither empty nor to be replaced. */
static guint32 final_code(struct plx_coder *coder, const char *text, gsize n, char **why)
{
    if (n > PLX_TEXT_MAX && coder->kind == PLX_CODER_TEXT) {
        if (why)
            *why = g_strdup_printf("%s has %" G_GSIZE_FORMAT " bytes; at most %d are allowed",
                                   coder->bound->name, n, PLX_TEXT_MAX);
        return PLX_CODE_BAD;
    }
    if (coder->kind == PLX_CODER_TEXT)
        return plx_dict_add(coder->dict, text, (guint32)n);
    if (coder->kind == PLX_CODER_SUBJECT && coder->dict) { /* the journey as context */
        const struct named named = look_up(coder->map, coder->subject, text, n, why);
        if (named.at < -1)
            return PLX_CODE_BAD;
        return named.id ? plx_dict_add(coder->dict, named.id, (guint32)strlen(named.id))
                        : plx_dict_add(coder->dict, text, (guint32)n);
    }
    if (coder->kind == PLX_CODER_SUBJECT)
        return plx_subjects_code(coder->subjects, coder->subject, text, n, why);
    g_autofree char *id = plx_id_new(text, n);
    const gint audience = id ? plx_map_find_audience(coder->map, id) : -1;
    if (audience >= 0)
        return (guint32)audience + 1;
    if (why)
        *why = plx_unknown_audience(coder->map, text, n);
    return PLX_CODE_BAD;
}

guint32 plx_coder_code(struct plx_coder *coder, const char *text, gsize n, char **why)
{
    gsize length = n;
    g_autofree char *owned = NULL;
    if (!coder->bound->simple) {
        text = plx_bound_resolve(coder->bound, text, n, &length, &owned, why);
        if (!text)
            return PLX_CODE_BAD;
    }
    return length == 0 ? 0 : final_code(coder, text, length, why);
}

struct plx_coder *plx_coder_new(enum plx_coder_kind kind, const struct plx_bound *bound,
                                const plx_map *map, struct plx_subjects *subjects,
                                enum plx_subject_kind subject, plx_dict *dict)
{
    struct plx_coder *const coder = g_new0(struct plx_coder, 1);
    coder->kind = kind;
    coder->subject = subject;
    coder->bound = bound;
    coder->map = map;
    coder->subjects = subjects;
    coder->dict = dict;
    coder->reasons =
        g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, g_free);
    return coder;
}

void plx_coder_free(struct plx_coder *coder)
{
    if (!coder)
        return;
    g_hash_table_unref(coder->reasons);
    for (gsize i = 0; i < G_N_ELEMENTS(coder->front); i++)
        if (coder->front[i].length > 16)
            g_free((gpointer)(guintptr)coder->front[i].hi);
    g_free(coder);
}

static inline guint32 front_slot(guint64 lo, guint64 hi)
{
    return (guint32)(((lo ^ (hi << 23 | hi >> 41)) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >>
                     (64 - PLX_FRONT_BITS));
}

static void keep(struct plx_front_entry *entry, guint64 lo, guint64 hi, guint32 n, guint32 code)
{
    if (entry->length > 16)
        g_free((gpointer)(guintptr)entry->hi);
    *entry = (struct plx_front_entry){lo, hi, n, code};
}

/* Why a text is wrong: what is said of one is kept for the next of its kind, for it is dear. */
static char *reason_of(struct plx_coder *coder, const char *text, guint32 n)
{
    g_autoptr(GBytes) key = g_bytes_new(text, n);
    const char *const known = g_hash_table_lookup(coder->reasons, key);
    if (known)
        return g_strdup(known);
    char *why = NULL;
    plx_coder_code(coder, text, n, &why);
    if (g_hash_table_size(coder->reasons) == REASONS_KEPT)
        g_hash_table_remove_all(coder->reasons);
    g_hash_table_insert(coder->reasons, g_steal_pointer(&key), g_strdup(why));
    return why;
}

/* Cells that the front table does not have: empty, long or new ones. */
static G_GNUC_NO_INLINE guint32 miss(struct plx_coder *coder, struct plx_chunk *chunk, guint32 row,
                                     const char *text, guint32 n)
{
    guint64 lo = 0, hi = 0;
    if (n > 16)
        lo = plx_hash(text, n);
    else if (n > 0)
        plx_load16(text, n, &lo, &hi);
    struct plx_front_entry *const entry = &coder->front[front_slot(lo, hi)];
    if (n > 16 && entry->length == n && entry->lo == lo &&
        memcmp((gconstpointer)(guintptr)entry->hi, text, n) == 0)
        return entry->code;
    const guint32 code = plx_coder_code(coder, text, n, NULL);
    if (code == PLX_CODE_BAD) {
        char *const why = chunk->quiet ? NULL : reason_of(coder, text, n);
        plx_chunk_fault(chunk, row, (guint)coder->bound->column, why);
        return 0;
    }
    if (n > 16)
        keep(entry, lo, (guint64)(guintptr)g_memdup2(text, n), n, code);
    else if (n > 0)
        keep(entry, lo, hi, n, code);
    return code;
}

static inline guint32 code_of_cell(struct plx_coder *coder, struct plx_chunk *chunk, guint32 row,
                                   const char *text, guint32 n)
{
    if (G_UNLIKELY(n - 1 > 15))
        return n == 0 && coder->bound->simple ? 0 : miss(coder, chunk, row, text, n);
    guint64 lo, hi;
    plx_load16(text, n, &lo, &hi);
    const struct plx_front_entry *const entry = &coder->front[front_slot(lo, hi)];
    if (G_LIKELY(((entry->lo ^ lo) | (entry->hi ^ hi) | (entry->length ^ n)) == 0))
        return entry->code;
    return miss(coder, chunk, row, text, n);
}

void plx_coder_column(struct plx_coder *coder, struct plx_chunk *chunk, guint32 *out)
{
    const struct plx_rows rows = chunk->rows;
    const guint column = (guint)coder->bound->column;
    const struct plx_fresh *const fresh = chunk->fresh[column];
    const guint faults = chunk->faults->len;
    const gboolean plain = plx_rows_plain(&rows, column);
    guint32 buffer[PLX_CHUNK_ROWS];
    guint32 *const values = PLX_FRESH_VALUES(fresh, rows.n, buffer, out);
    for (guint32 k = 0; plain && k < fresh->n; k++) {
        guint32 n;
        const char *const text = plx_cell_plain(&rows, fresh->row[k], column, &n);
        values[k] = code_of_cell(coder, chunk, fresh->row[k], text, n);
    }
    for (guint32 k = 0; !plain && k < fresh->n; k++) {
        guint32 n;
        const char *const text = plx_cell(&rows, fresh->row[k], column, &n);
        values[k] = code_of_cell(coder, chunk, fresh->row[k], text, n);
    }
    plx_repeats_fault(chunk, fresh, faults);
    plx_spread32(fresh, values, out);
}
