/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/file_source.h"

#include "base/error.h"
#include "ingest/cells.h"
#include "ingest/head.h"
#include "ingest/seats.h"
#include "ingest/second_look.h"

#include <string.h>

struct file_source {
    plx_source base;
    plx_input *input;
    plx_reader *reader;
    struct plx_head head;
    plx_binding *binding;
    guint64 max_errors;
    char *rejects;
    void (*heard)(const struct plx_wrong_row *row, gpointer data);
    gpointer heard_data;
    guint n_workers;
    plx_worker **workers; /* of the last run: a sink looks into their dictionaries */
    gboolean begun;       /* the reader must be rewound */
};

static void free_workers(struct file_source *self)
{
    for (guint w = 0; self->workers && w < self->n_workers; w++)
        plx_worker_free(self->workers[w]);
    g_clear_pointer(&self->workers, g_free);
}

static void source_free(plx_source *source)
{
    struct file_source *const self = (struct file_source *)(void *)source;
    free_workers(self);
    plx_binding_free(self->binding);
    plx_head_clear(&self->head);
    plx_reader_free(self->reader);
    plx_input_free(self->input);
    g_free(self->rejects);
    g_free(self);
}

/* Reading ----------------------------------------------------------------------------------- */

static gboolean begin(struct file_source *self, gboolean keeps, GError **error)
{
    if (self->begun && !plx_reader_rewind(self->reader, error))
        return FALSE;
    self->begun = TRUE;
    free_workers(self);
    self->workers = g_new0(plx_worker *, self->n_workers);
    for (guint w = 0; w < self->n_workers; w++) {
        self->workers[w] = plx_worker_new(self->binding, w, PLX_CSV_BEST, keeps, error);
        if (!self->workers[w])
            return FALSE;
    }
    return TRUE;
}

/* What one run passes along. */
struct run {
    struct file_source *self;
    const struct plx_faults **faults; /* of the workers, then of the second look */
    struct plx_faults looked;
    plx_line_table *lines;
};

/* Tells who listens of each row. */
static void let_hear(const struct run *run, const GPtrArray *sorted, guint64 wrong)
{
    const struct file_source *const self = run->self;
    for (guint i = 0; self->heard && i < sorted->len; i++) {
        const struct plx_fault *const fault = sorted->pdata[i];
        const struct plx_wrong_row row = {
            .line =
                fault->placeless ? 0 : plx_line_table_find(run->lines, fault->block, fault->line),
            .column = fault->placeless ? 0 : fault->column,
            .message = fault->message,
            .raw = fault->raw,
            .raw_length = fault->raw_length,
            .header = self->head.raw,
            .delimiter = self->binding->delimiter,
            .of = wrong};
        self->heard(&row, self->heard_data);
    }
}

/* FALSE when the faults so far may not stand; `wrong`, `rows` as in plx_faults_report. */
static gboolean judge(const struct run *run, guint64 wrong, guint64 rows, GError **error)
{
    const struct file_source *const self = run->self;
    g_autoptr(GPtrArray) sorted = plx_faults_sorted(run->faults, self->n_workers + 1);
    gboolean fatal = FALSE;
    for (guint i = 0; i < sorted->len; i++)
        fatal |= ((const struct plx_fault *)sorted->pdata[i])->fatal;
    if (!fatal && sorted->len <= self->max_errors)
        return TRUE;
    let_hear(run, sorted, wrong);
    return plx_faults_report(sorted, run->lines, self->base.name, self->max_errors, wrong, rows,
                             error);
}

static gboolean look_again(struct run *run, plx_sink *sink, struct plx_file_summary *summary,
                           GError **error)
{
    struct file_source *const self = run->self;
    g_autofree struct plx_suspect *suspects = NULL;
    gsize n = 0;
    if (!sink->suspects(sink, &suspects, &n, error))
        return FALSE;
    if (n == 0)
        return TRUE;
    guint64 wrong = 0;
    for (guint w = 0; w < self->n_workers; w++)
        wrong += run->faults[w]->list->len;
    struct plx_look look = {.binding = self->binding,
                            .reader = self->reader,
                            .workers = self->workers,
                            .n_workers = self->n_workers,
                            .sink = sink,
                            .lines = run->lines,
                            .max_errors = self->max_errors - wrong,
                            .faults = &run->looked};
    if (!plx_second_look(&look, suspects, n, error))
        return FALSE;
    summary->duplicates = look.duplicates;
    return judge(run, /* wrong= */ 0, summary->rows, error);
}

static gboolean add_all(struct run *run, plx_sink *sink, struct plx_file_summary *summary,
                        GError **error)
{
    struct file_source *const self = run->self;
    struct plx_pass pass = {.kind = PLX_PASS_ADD,
                            .sink = sink,
                            .max_errors = self->max_errors,
                            .keep_raw = self->rejects || self->heard};
    if (!plx_workers_run(self->workers, self->n_workers, self->reader, &pass, error))
        return FALSE;
    for (guint w = 0; w < self->n_workers; w++) {
        run->faults[w] = plx_worker_faults(self->workers[w]);
        summary->rows += plx_worker_rows(self->workers[w]);
    }
    run->faults[self->n_workers] = &run->looked;
    run->lines =
        plx_line_table_new(run->faults, self->n_workers, plx_reader_lines_skipped(self->reader));
    if (!judge(run, atomic_load(&pass.wrong_rows), summary->rows, error))
        return FALSE;
    const struct plx_loc loc = {self->base.name, 0, 0};
    if (summary->rows == 0)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "has a header but no rows");
    plx_seats_judge(self->workers, self->n_workers, self->binding, run->lines, &run->looked);
    if (!judge(run, /* wrong= */ 0, summary->rows, error))
        return FALSE;
    return look_again(run, sink, summary, error);
}

static gboolean finish_rejects(const struct run *run, struct plx_file_summary *summary,
                               GError **error)
{
    const struct file_source *const self = run->self;
    g_autoptr(GPtrArray) sorted = plx_faults_sorted(run->faults, self->n_workers + 1);
    summary->rejected = sorted->len;
    let_hear(run, sorted, sorted->len);
    if (!self->rejects)
        return TRUE;
    return plx_faults_write_rejects(sorted, run->lines, self->rejects, self->head.raw,
                                    self->binding->delimiter, error);
}

gboolean plx_file_source_run(plx_source *source, plx_sink *sink, struct plx_file_summary *summary,
                             GError **error)
{
    struct file_source *const self = (struct file_source *)(void *)source;
    struct plx_file_summary found = {0};
    g_autofree const struct plx_faults **faults =
        g_new0(const struct plx_faults *, self->n_workers + 1);
    struct run run = {.self = self, .faults = faults};
    plx_faults_init(&run.looked);
    const gboolean ok = begin(self, sink->keeps, error) && add_all(&run, sink, &found, error) &&
                        finish_rejects(&run, &found, error);
    plx_faults_clear(&run.looked);
    plx_line_table_free(run.lines);
    if (ok)
        *summary = found;
    return ok;
}

guint plx_file_source_workers(const plx_source *source)
{
    return ((const struct file_source *)(const void *)source)->n_workers;
}

/* Answering --------------------------------------------------------------------------------- */

static gint compare_notes(gconstpointer a, gconstpointer b)
{
    const struct plx_note *const x = a, *const y = b;
    return strcmp(x->code, y->code);
}

static void add_note(GArray *notes, struct plx_answer *answer, const char *code, guint64 count,
                     const char *detail)
{
    if (count == 0)
        return;
    char *const copy = g_strdup(detail);
    if (copy)
        g_ptr_array_add(answer->memory, copy);
    const struct plx_note note = {code, (gint64)count, copy};
    g_array_append_val(notes, note);
}

static void add_notes(const struct file_source *self, const struct plx_file_summary *summary,
                      struct plx_answer *answer)
{
    GArray *const notes = g_array_new(FALSE, FALSE, sizeof(struct plx_note));
    g_array_append_vals(notes, answer->notes, answer->n_notes);
    add_note(notes, answer, "duplicate_rows", summary->duplicates, NULL);
    add_note(notes, answer, "rejected_rows", summary->rejected, self->rejects);
    add_note(notes, answer, "ignored_columns", self->binding->n_ignored, self->binding->ignored);
    if (answer->without_time < answer->observations)
        add_note(notes, answer, "rows_without_time", answer->without_time, NULL);
    g_array_sort(notes, compare_notes);
    answer->rejected = summary->rejected;
    answer->n_notes = notes->len;
    answer->notes = (struct plx_note *)(void *)g_array_free(notes, FALSE);
    if (answer->notes)
        g_ptr_array_add(answer->memory, answer->notes);
}

static gboolean source_ask(plx_source *source, const struct plx_need *needs, guint n_needs,
                           struct plx_answer **answer, GError **error)
{
    struct file_source *const self = (struct file_source *)(void *)source;
    plx_sink *const sink = plx_count_sink_new(source->map, needs, n_needs, self->n_workers);
    if (source->weighting)
        plx_count_sink_weigh(sink, source->weighting);
    struct plx_file_summary summary;
    gboolean ok = plx_file_source_run(source, sink, &summary, error) && sink->finish(sink, error);
    if (ok) {
        *answer = plx_count_sink_take(sink);
        add_notes(self, &summary, *answer);
    }
    sink->free(sink);
    free_workers(self);
    return ok;
}

/* Listening --------------------------------------------------------------------------------- */

/* Beside what is heard, the rows are counted, as for any answer: that finds the duplicates. */
struct listening {
    plx_sink base;
    plx_sink *counter, *sayings;
};

static gboolean listening_add(plx_sink *sink, guint worker, const struct plx_batch *batch,
                              GError **error)
{
    const struct listening *const self = (const struct listening *)(void *)sink;
    return self->counter->add(self->counter, worker, batch, error) &&
           self->sayings->add(self->sayings, worker, batch, error);
}

static gboolean listening_retract(plx_sink *sink, guint worker, const struct plx_batch *batch,
                                  GError **error)
{
    const struct listening *const self = (const struct listening *)(void *)sink;
    return self->counter->retract(self->counter, worker, batch, error) &&
           self->sayings->retract(self->sayings, worker, batch, error);
}

static gboolean listening_suspects(plx_sink *sink, struct plx_suspect **suspects, gsize *n,
                                   GError **error)
{
    plx_sink *const counter = ((const struct listening *)(void *)sink)->counter;
    return counter->suspects(counter, suspects, n, error);
}

static gboolean source_listen(plx_source *source, const struct plx_listen *listen,
                              struct plx_sayings **sayings, GError **error)
{
    struct file_source *const self = (struct file_source *)(void *)source;
    struct listening both = {.base = {.add = listening_add,
                                      .retract = listening_retract,
                                      .suspects = listening_suspects,
                                      .keeps = TRUE},
                             .counter = plx_count_sink_new(source->map, NULL, 0, self->n_workers),
                             .sayings = plx_saying_sink_new(listen, self->n_workers)};
    struct plx_file_summary summary;
    const gboolean ok = plx_file_source_run(source, &both.base, &summary, error) &&
                        both.sayings->finish(both.sayings, error);
    if (ok)
        *sayings = plx_saying_sink_take(both.sayings);
    both.counter->free(both.counter);
    both.sayings->free(both.sayings);
    free_workers(self);
    return ok;
}

/* Opening ----------------------------------------------------------------------------------- */

static plx_source *open_source(plx_input *input, const char *path, const plx_map *map,
                               const struct plx_file_options *options, GError **error)
{
    struct file_source *const self = g_new0(struct file_source, 1);
    self->input = input;
    self->base.name = plx_input_name(input);
    self->base.map = map;
    self->base.ask = source_ask;
    self->base.listen = source_listen;
    self->base.free = source_free;
    self->max_errors = options->max_errors;
    self->rejects = g_strdup(options->rejects);
    self->heard = options->heard;
    self->heard_data = options->heard_data;
    self->n_workers = CLAMP(options->threads ? options->threads : g_get_num_processors(), 1, 64);
    g_autoptr(plx_source) source = &self->base;
    self->reader = plx_reader_new(input, options->plan ? options->plan->dialect.quote : '"');
    if (!plx_head_read(&self->head, self->reader, self->base.name, map, options, error))
        return NULL;
    self->binding = plx_head_bind(&self->head, map, path, options, error);
    if (!self->binding)
        return NULL;
    self->binding->row_salt = options->row_salt;
    /* Constants that the map does not know are told now, not at the first question. */
    g_autoptr(plx_worker) trial = plx_worker_new(self->binding, 0, PLX_CSV_BEST, FALSE, error);
    if (!trial)
        return NULL;
    return g_steal_pointer(&source);
}

static const char *encoding_of(const struct plx_file_options *options)
{
    if (options->encoding)
        return options->encoding;
    return options->plan ? options->plan->dialect.encoding : NULL;
}

plx_source *plx_file_source_new(const char *path, plx_map *map,
                                const struct plx_file_options *options, GError **error)
{
    static const struct plx_file_options defaults = {0};
    options = options ? options : &defaults;
    plx_input *const input = plx_input_new(path, encoding_of(options), options->stopped, error);
    return input ? open_source(input, path, map, options, error) : NULL;
}

plx_source *plx_file_source_new_memory(const char *text, gsize length, const char *name,
                                       plx_map *map, const struct plx_file_options *options,
                                       GError **error)
{
    static const struct plx_file_options defaults = {0};
    options = options ? options : &defaults;
    plx_input *const input = plx_input_new_memory(text, length, name, encoding_of(options), error);
    return input ? open_source(input, name, map, options, error) : NULL;
}
