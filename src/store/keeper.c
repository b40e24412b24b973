/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/keeper.h"

#include "base/date.h"
#include "base/error.h"

#include <string.h>

static gboolean any_anonymous(const plx_map *map)
{
    for (guint a = 0; a < map->n_audiences; a++)
        if (map->audiences[a].identity == PLX_IDENTITY_ANONYMOUS)
            return TRUE;
    return FALSE;
}

void plx_keeper_init(struct plx_keeper *keeper, const plx_map *map,
                     const guint8 secret[PLX_SECRET_BYTES], const guint8 nobody[PLX_SECRET_BYTES])
{
    *keeper = (struct plx_keeper){
        .map = map, .secret = secret, .nobody = nobody, .hides = any_anonymous(map)};
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        keeper->to[d] = g_array_new(FALSE, TRUE, sizeof(guint32));
    keeper->unit = g_array_new(FALSE, FALSE, sizeof(guint64));
    keeper->encounter = g_array_new(FALSE, FALSE, sizeof(guint64));
    keeper->seconds = g_array_new(FALSE, FALSE, sizeof(gint64));
    keeper->known = g_array_new(FALSE, FALSE, sizeof(guint8));
    keeper->clock = g_array_new(FALSE, FALSE, sizeof(guint32));
}

void plx_keeper_clear(struct plx_keeper *keeper)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        g_array_unref(keeper->to[d]);
    g_array_unref(keeper->unit);
    g_array_unref(keeper->encounter);
    g_array_unref(keeper->seconds);
    g_array_unref(keeper->known);
    g_array_unref(keeper->clock);
}

/* Words ------------------------------------------------------------------------------------- */

struct word {
    guint kind, about;
    const char *text, *title;
};

static gboolean give_code(plx_words *words, plx_db *db, GArray *to, const struct word *word,
                          GError **error)
{
    guint32 code;
    if (!plx_words_number(words, db, word->kind, word->about, word->text, word->title, &code,
                          error))
        return FALSE;
    g_array_append_val(to, code);
    return TRUE;
}

/* Where the reader's segments are in the file. */
static gboolean place_segments(struct plx_keeper *keeper, plx_words *words, plx_db *db,
                               GError **error)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        keeper->file_dim[d] = d;
    for (guint d = PLX_DIM_SEGMENT; d < keeper->dims->n_dims; d++) {
        const char *const key = keeper->dims->segment[d - PLX_DIM_SEGMENT];
        guint32 code;
        if (!plx_words_number(words, db, PLX_WORD_SEGMENT_KEY, 0, key, key, &code, error))
            return FALSE;
        if (PLX_DIM_SEGMENT + code > PLX_DIMS_MAX)
            return plx_error(error, PLX_ERROR_INPUT,
                             "the segment \"%s\" is one too many: a workspace holds %d", key,
                             PLX_DIMS_MAX - PLX_DIM_SEGMENT);
        keeper->file_dim[d] = PLX_DIM_SEGMENT + code - 1;
    }
    return TRUE;
}

static struct word word_of(const struct plx_keeper *keeper, guint dim, guint32 code)
{
    const struct plx_dims *const dims = keeper->dims;
    if (dim == PLX_DIM_AUDIENCE) {
        const struct plx_audience *const audience = &keeper->map->audiences[code - 1];
        return (struct word){PLX_WORD_AUDIENCE, 0, audience->id, audience->id};
    }
    if (dim == PLX_DIM_SUBJECT) {
        const struct plx_subject *const subject =
            &g_array_index(dims->subjects, struct plx_subject, code);
        return (struct word){PLX_WORD_SUBJECT, subject->kind, subject->id, subject->title};
    }
    return (struct word){0, 0, plx_dict_text(dims->dict[dim], code),
                         plx_dict_title(dims->dict[dim], code)};
}

/* Is what people read not what is compared? */
static gboolean is_spelled(guint dim)
{
    return dim == PLX_DIM_SUBJECT || dim == PLX_DIM_JOURNEY;
}

static guint32 size_of(const struct plx_keeper *keeper, guint dim)
{
    const struct plx_dims *const dims = keeper->dims;
    if (dim == PLX_DIM_AUDIENCE)
        return keeper->map->n_audiences + 1;
    if (dim == PLX_DIM_SUBJECT)
        return dims->subjects->len;
    return dims->dict[dim] ? plx_dict_size(dims->dict[dim]) : 1;
}

gboolean plx_keeper_is_complete(const struct plx_keeper *keeper)
{
    if (keeper->to[0]->len == 0)
        return FALSE;
    for (guint d = 0; d < keeper->dims->n_dims; d++)
        if (keeper->to[keeper->file_dim[d]]->len < size_of(keeper, d))
            return FALSE;
    return TRUE;
}

gboolean plx_keeper_number(struct plx_keeper *keeper, plx_words *words, plx_db *db, GError **error)
{
    if (keeper->to[0]->len == 0 && !place_segments(keeper, words, db, error))
        return FALSE;
    for (guint d = 0; d < keeper->dims->n_dims; d++) {
        GArray *const to = keeper->to[keeper->file_dim[d]];
        if (to->len == 0)
            g_array_set_size(to, 1); /* missing is missing */
        for (guint32 code = to->len; code < size_of(keeper, d); code++) {
            struct word word = word_of(keeper, d, code);
            word.kind = plx_word_kind_of_dim(keeper->file_dim[d]);
            if (keeper->untitled && is_spelled(d))
                word.title = "";
            if (!give_code(words, db, to, &word, error))
                return FALSE;
        }
    }
    return TRUE;
}

gboolean plx_keeper_measures(const plx_map *map, plx_words *words, plx_db *db, guint32 *codes,
                             GError **error)
{
    for (guint m = 0; m < map->n_measures; m++) {
        const char *const id = map->measures[m].id;
        if (!plx_words_number(words, db, PLX_WORD_MEASURE, 0, id, id, &codes[m], error))
            return FALSE;
        if (codes[m] > PLX_WORD_MEASURES)
            return plx_error(error, PLX_ERROR_INPUT,
                             "the measure \"%s\" is one too many: a workspace holds %d", id,
                             PLX_WORD_MEASURES);
    }
    return TRUE;
}

gboolean plx_keeper_title(const struct plx_keeper *keeper, plx_words *words, plx_db *db,
                          GError **error)
{
    for (guint d = 0; keeper->dims && d < PLX_DIM_SEGMENT; d++) {
        for (guint32 code = 1; is_spelled(d) && code < size_of(keeper, d); code++) {
            const struct word word = word_of(keeper, d, code);
            guint32 found;
            if (!plx_words_number(words, db, plx_word_kind_of_dim(d), word.about, word.text,
                                  word.title, &found, error))
                return FALSE;
        }
    }
    return TRUE;
}

/* Rows -------------------------------------------------------------------------------------- */

static gboolean is_anonymous(const struct plx_keeper *keeper, const struct plx_batch *batch,
                             guint32 row)
{
    const guint32 *const column = batch->dim[PLX_DIM_AUDIENCE];
    const guint32 code = column ? column[row] : batch->dim_constant[PLX_DIM_AUDIENCE];
    return code && keeper->map->audiences[code - 1].identity == PLX_IDENTITY_ANONYMOUS;
}

/* Keys as the file has them: hashed under its secret. Neighbours often have the same. */
static void hash_keys(const guint8 *secret, const guint64 *keys, guint32 n, GArray *out)
{
    g_array_set_size(out, n);
    guint64 *const hashed = (guint64 *)(gpointer)out->data;
    for (guint32 i = 0; i < n; i++)
        hashed[i] =
            i > 0 && keys[i] == keys[i - 1] ? hashed[i - 1] : plx_store_key(secret, keys[i]);
}

/* In the file the unit of a row without a key is its encounter. */
static void settle_keyless(const struct plx_keeper *keeper, const struct plx_batch *batch)
{
    guint64 *const unit = (guint64 *)(gpointer)keeper->unit->data;
    const guint64 *const encounter = (const guint64 *)(gpointer)keeper->encounter->data;
    for (guint32 i = 0; i < batch->n; i++)
        if (G_UNLIKELY(batch->unit[i] == ~batch->encounter[i]))
            unit[i] = keeper->marks ? ~encounter[i] : encounter[i];
}

static guint32 day_clock(struct plx_keeper *keeper)
{
    char day[16] = "day";
    return plx_dict_code(keeper->dims->dict[PLX_DIM_CLOCK], day, 3);
}

/* Anonymous rows lose who they are and the time of day, and their encounters get numbers that
 * nobody can work out again. */
static void hide_people(struct plx_keeper *keeper, const struct plx_batch *batch,
                        struct plx_batch *kept)
{
    const guint32 n = batch->n, day = day_clock(keeper);
    guint64 *const unit = (guint64 *)(gpointer)keeper->unit->data;
    guint64 *const encounter = (guint64 *)(gpointer)keeper->encounter->data;
    g_array_set_size(keeper->seconds, n);
    g_array_set_size(keeper->known, n);
    g_array_set_size(keeper->clock, n);
    gint64 *const seconds = (gint64 *)(gpointer)keeper->seconds->data;
    guint8 *const known = (guint8 *)keeper->known->data;
    guint32 *const clock = (guint32 *)(gpointer)keeper->clock->data;
    const guint32 *const clocks = batch->dim[PLX_DIM_CLOCK];
    for (guint32 i = 0; i < n; i++) {
        const gboolean hide = is_anonymous(keeper, batch, i);
        const gboolean timed = batch->seconds && batch->seconds[i] != PLX_NO_TIME;
        known[i] = batch->known && !hide ? batch->known[i] : 0;
        seconds[i] = !timed ? PLX_NO_TIME
                     : hide ? (gint64)batch->day[i] * PLX_DAY_SECONDS
                            : batch->seconds[i];
        clock[i] = clocks ? clocks[i] : batch->dim_constant[PLX_DIM_CLOCK];
        if (!hide)
            continue;
        clock[i] = timed ? day : 0;
        encounter[i] = unit[i] = plx_store_key(keeper->nobody, encounter[i]);
    }
    kept->known = batch->known ? known : NULL;
    kept->seconds = batch->seconds ? seconds : NULL;
    kept->dim[PLX_DIM_CLOCK] = batch->seconds ? clock : NULL;
}

void plx_keeper_batch(struct plx_keeper *keeper, const struct plx_batch *batch,
                      const struct plx_dims *all, struct plx_batch *kept)
{
    *kept = *batch;
    kept->dims = all;
    hash_keys(keeper->secret, batch->encounter, batch->n, keeper->encounter);
    hash_keys(keeper->secret, batch->unit, batch->n, keeper->unit);
    settle_keyless(keeper, batch);
    kept->encounter = (const guint64 *)(gpointer)keeper->encounter->data;
    kept->unit = (const guint64 *)(gpointer)keeper->unit->data;
    if (keeper->hides)
        hide_people(keeper, batch, kept);
    for (guint d = PLX_DIM_SEGMENT; d < PLX_DIMS_MAX; d++) {
        kept->dim[d] = NULL;
        kept->dim_constant[d] = 0;
    }
    for (guint d = PLX_DIM_SEGMENT; d < batch->dims->n_dims; d++) {
        kept->dim[keeper->file_dim[d]] = batch->dim[d];
        kept->dim_constant[keeper->file_dim[d]] = batch->dim_constant[d];
    }
}

void plx_keeper_recode(const struct plx_keeper *keeper, struct plx_rowset *rows)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        if (keeper->to[d]->len > 0)
            plx_rowset_recode(rows, d, (const guint32 *)(gpointer)keeper->to[d]->data);
}
