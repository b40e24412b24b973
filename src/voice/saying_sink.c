/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows with words, copied out of the batches that pass; what they make together is found out at the
 * end (saying.c). */

#include "voice/saying_private.h"
#include "voice/sink.h"

#include <string.h>

/* What one worker heard. */
struct ear {
    struct plx_arena arena;
    GArray *heard, *taken_back;        /* struct plx_heard */
    guint8 *passes;                    /* PLX_BATCH_ROWS */
    const char *last[PLX_DIM_SEGMENT]; /* the text met last: rows that follow often have the same */
    gpointer with;                     /* what it reads with, if it only reads */
    GString *read;
};

struct saying_sink {
    plx_sink base;
    const struct plx_listen *listen;
    guint n_workers;
    struct ear *ears;
    struct plx_sayings *sayings;
};

static struct saying_sink *self_of(plx_sink *sink)
{
    return (struct saying_sink *)(void *)sink;
}

static const char *held(struct ear *ear, enum plx_dim dim, const char *text)
{
    if (!ear->last[dim] || strcmp(ear->last[dim], text) != 0)
        ear->last[dim] = plx_arena_text(&ear->arena, text);
    return ear->last[dim];
}

/* Rows -------------------------------------------------------------------------------------- */

static guint32 code_of(const struct plx_batch *batch, enum plx_dim dim, guint32 row)
{
    return batch->dim[dim] ? batch->dim[dim][row] : batch->dim_constant[dim];
}

static const char *text_of(struct ear *ear, const struct plx_batch *batch, enum plx_dim dim,
                           guint32 row)
{
    const guint32 code = code_of(batch, dim, row);
    return code ? held(ear, dim, plx_dict_text(batch->dims->dict[dim], code)) : "";
}

static const char *words_of(struct ear *ear, const struct plx_span *note)
{
    char *const text = plx_arena_take(&ear->arena, (gsize)note->length + 1);
    memcpy(text, note->text, note->length);
    return text;
}

static const struct plx_subject *subject_of(const struct plx_batch *batch, guint32 row)
{
    return &g_array_index(batch->dims->subjects, struct plx_subject,
                          code_of(batch, PLX_DIM_SUBJECT, row));
}

/* Only numbers of the scale are levels here: no one is told by a word why there is none. */
static gint8 level_of(const struct plx_batch *batch, guint32 row)
{
    const gint8 *const levels = batch->measure[PLX_MEASURE_LEVEL];
    return levels && levels[row] > PLX_CELL_DECLINED ? levels[row] : PLX_CELL_EMPTY;
}

/* The words, or what they come to. */
static gboolean read_words(struct ear *ear, const struct plx_text_reader *reader,
                           const struct plx_span *note, struct plx_saying *saying, GError **error)
{
    if (!reader) {
        saying->text = words_of(ear, note);
        return TRUE;
    }
    saying->text = "";
    g_string_truncate(ear->read, 0);
    g_string_append_len(ear->read, note->text, note->length);
    return reader->read(ear->with, saying->language, ear->read->str, &saying->mark, error);
}

static gboolean hear(struct ear *ear, const struct plx_text_reader *reader,
                     const struct plx_batch *batch, guint32 row, GArray *to, GError **error)
{
    const struct plx_subject *const subject = subject_of(batch, row);
    struct plx_heard heard = {
        .saying = {.audience = code_of(batch, PLX_DIM_AUDIENCE, row) - 1,
                   .kind = subject->kind,
                   .subject = subject->kind == PLX_SUBJECT_NONE
                                  ? NULL
                                  : held(ear, PLX_DIM_SUBJECT, subject->id),
                   .prompt = text_of(ear, batch, PLX_DIM_PROMPT, row),
                   .workshop = text_of(ear, batch, PLX_DIM_WORKSHOP, row),
                   .table = text_of(ear, batch, PLX_DIM_TABLE, row),
                   .place = text_of(ear, batch, PLX_DIM_PLACE, row),
                   .language = text_of(ear, batch, PLX_DIM_LANGUAGE, row),
                   .surprise = batch->surprise ? batch->surprise[row] : PLX_CELL_EMPTY,
                   .level = level_of(batch, row),
                   .day = batch->day ? batch->day[row] : PLX_NO_DAY,
                   .known = batch->known && batch->known[row],
                   .group_size = batch->group_size ? MAX(batch->group_size[row], 1) : 1},
        .unit = batch->unit[row],
        .encounter = batch->encounter[row]};
    if (*heard.saying.workshop && *heard.saying.table && heard.saying.group_size > 1 &&
        !heard.saying.known)
        heard.dataset = text_of(ear, batch, PLX_DIM_DATASET, row);
    if (!read_words(ear, reader, &batch->note[row], &heard.saying, error))
        return FALSE;
    g_array_append_val(to, heard);
    return TRUE;
}

/* Batches ----------------------------------------------------------------------------------- */

/* Codes of the prompts asked for, as this batch has them; those that it lacks are left out. */
static GArray *find_prompts(const struct plx_listen *listen, const struct plx_batch *batch)
{
    GArray *const codes = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint p = 0; listen->prompts[p]; p++) {
        const char *const prompt = listen->prompts[p];
        const guint32 code = plx_dict_find(batch->dims->dict[PLX_DIM_PROMPT], prompt);
        if (code || *prompt == '\0')
            g_array_append_val(codes, code);
    }
    return codes;
}

static gboolean is_wanted(const GArray *codes, const struct plx_batch *batch, guint32 row)
{
    const guint32 code = code_of(batch, PLX_DIM_PROMPT, row);
    gboolean wanted = codes == NULL;
    for (guint c = 0; codes && c < codes->len; c++)
        wanted |= g_array_index(codes, guint32, c) == code;
    return wanted;
}

static gboolean hear_batch(const struct saying_sink *self, guint worker,
                           const struct plx_batch *batch, gboolean back, GError **error)
{
    struct ear *const ear = &self->ears[worker];
    GArray *const to = back ? ear->taken_back : ear->heard;
    if (!batch->note)
        return TRUE;
    g_autoptr(GArray) codes = self->listen->prompts ? find_prompts(self->listen, batch) : NULL;
    gboolean filtered = FALSE; /* most batches have nothing to filter */
    for (guint32 i = 0; i < batch->n; i++) {
        if (batch->note[i].length == 0 || !is_wanted(codes, batch, i))
            continue;
        if (!filtered)
            plx_filter_run(self->listen->filter, batch, ear->passes);
        filtered = TRUE;
        if (ear->passes[i] && !hear(ear, self->listen->reader, batch, i, to, error))
            return FALSE;
    }
    return TRUE;
}

/* The sink ---------------------------------------------------------------------------------- */

static gboolean sink_add(plx_sink *sink, guint worker, const struct plx_batch *batch,
                         GError **error)
{
    return hear_batch(self_of(sink), worker, batch, FALSE, error);
}

static gboolean sink_retract(plx_sink *sink, guint worker, const struct plx_batch *batch,
                             GError **error)
{
    return hear_batch(self_of(sink), worker, batch, TRUE, error);
}

static gboolean sink_suspects(plx_sink *sink, struct plx_suspect **suspects, gsize *n,
                              GError **error)
{
    (void)sink;
    (void)error;
    *suspects = NULL;
    *n = 0;
    return TRUE;
}

static gboolean sink_finish(plx_sink *sink, GError **error)
{
    (void)error;
    struct saying_sink *const self = self_of(sink);
    g_autoptr(GArray) heard = g_array_new(FALSE, FALSE, sizeof(struct plx_heard));
    g_autoptr(GArray) taken_back = g_array_new(FALSE, FALSE, sizeof(struct plx_heard));
    GPtrArray *const memory = g_ptr_array_new_with_free_func(g_free);
    for (guint w = 0; w < self->n_workers; w++) {
        struct ear *const ear = &self->ears[w];
        g_array_append_vals(heard, ear->heard->data, ear->heard->len);
        g_array_append_vals(taken_back, ear->taken_back->data, ear->taken_back->len);
        g_ptr_array_extend_and_steal(memory, g_steal_pointer(&ear->arena.memory));
        g_clear_pointer(&ear->heard, g_array_unref);
        g_clear_pointer(&ear->taken_back, g_array_unref);
    }
    plx_sayings_free(self->sayings);
    self->sayings =
        (self->listen->reader ? plx_sayings_group : plx_sayings_make)(heard, taken_back, memory);
    return TRUE;
}

static void sink_free(plx_sink *sink)
{
    struct saying_sink *const self = self_of(sink);
    for (guint w = 0; w < self->n_workers; w++) {
        struct ear *const ear = &self->ears[w];
        g_clear_pointer(&ear->arena.memory, g_ptr_array_unref);
        g_clear_pointer(&ear->heard, g_array_unref);
        g_clear_pointer(&ear->taken_back, g_array_unref);
        if (self->listen->reader)
            self->listen->reader->stop(ear->with);
        g_string_free(ear->read, TRUE);
        g_free(ear->passes);
    }
    plx_sayings_free(self->sayings);
    g_free(self->ears);
    g_free(self);
}

plx_sink *plx_saying_sink_new(const struct plx_listen *listen, guint n_workers)
{
    struct saying_sink *const self = g_new0(struct saying_sink, 1);
    self->base = (plx_sink){.add = sink_add,
                            .retract = sink_retract,
                            .suspects = sink_suspects,
                            .finish = sink_finish,
                            .free = sink_free,
                            .keeps = TRUE};
    self->listen = listen;
    self->n_workers = n_workers;
    self->ears = g_new0(struct ear, n_workers);
    for (guint w = 0; w < n_workers; w++) {
        self->ears[w].arena.memory = g_ptr_array_new_with_free_func(g_free);
        self->ears[w].heard = g_array_new(FALSE, FALSE, sizeof(struct plx_heard));
        self->ears[w].taken_back = g_array_new(FALSE, FALSE, sizeof(struct plx_heard));
        self->ears[w].passes = g_malloc(PLX_BATCH_ROWS);
        self->ears[w].read = g_string_new(NULL);
        if (listen->reader)
            self->ears[w].with = listen->reader->start(listen->reader->data);
    }
    return &self->base;
}

struct plx_sayings *plx_saying_sink_take(plx_sink *sink)
{
    return g_steal_pointer(&self_of(sink)->sayings);
}
