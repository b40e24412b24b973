/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/worker_private.h"

gpointer plx_worker_column(plx_worker *worker, gsize bytes)
{
    gpointer const column = g_malloc0(bytes);
    g_ptr_array_add(worker->columns, column);
    return column;
}

/* Making a worker --------------------------------------------------------------------------- */

gboolean plx_worker_constant(struct plx_coder *coder, guint32 *code, GError **error)
{
    g_autofree char *why = NULL;
    const guint32 found = plx_coder_code(coder, "", 0, &why);
    if (found == PLX_CODE_BAD)
        return coder->bound->option
                   ? plx_error(error, PLX_ERROR_USAGE, "--set %s: %s", coder->bound->option, why)
                   : plx_error(error, PLX_ERROR_INPUT,
                               "the recipe names what the map does not know: %s", why);
    *code = found;
    return TRUE;
}

/* A text dimension: a column of codes, or the code of a constant. */
static gboolean init_dim(plx_worker *worker, guint dim, const struct plx_bound *bound,
                         GError **error)
{
    if (!bound->set)
        return TRUE;
    struct plx_coder *const coder =
        plx_coder_new(PLX_CODER_TEXT, bound, worker->binding->map, &worker->subjects,
                      PLX_SUBJECT_NONE, worker->dims.dict[dim]);
    if (bound->column >= 0) {
        worker->dim[dim] = coder;
        worker->dim_code[dim] = PLX_COLUMN(worker, guint32);
        return TRUE;
    }
    const gboolean ok = plx_worker_constant(coder, &worker->dim_constant[dim], error);
    plx_coder_free(coder);
    return ok;
}

static gboolean init_audience(plx_worker *worker, GError **error)
{
    const struct plx_bound *const bound = &worker->binding->audience;
    worker->audience_code = PLX_COLUMN(worker, guint32);
    if (!bound->set)
        return TRUE;
    struct plx_coder *const coder = plx_coder_new(PLX_CODER_AUDIENCE, bound, worker->binding->map,
                                                  NULL, PLX_SUBJECT_NONE, NULL);
    if (bound->column >= 0) {
        worker->audience = coder;
        return TRUE;
    }
    const gboolean ok = plx_worker_constant(coder, &worker->audience_constant, error);
    plx_coder_free(coder);
    for (guint i = 0; i < PLX_CHUNK_ROWS; i++)
        worker->audience_code[i] = worker->audience_constant;
    return ok;
}

static gboolean init_dims(plx_worker *worker, GError **error)
{
    const plx_binding *const b = worker->binding;
    struct plx_dims *const dims = &worker->dims;
    const gboolean sits = worker->keeps || (b->workshop.set && b->table.set);
    dims->n_dims = PLX_DIM_SEGMENT + b->n_segments;
    dims->subjects = worker->subjects.list;
    dims->map = b->map;
    for (guint d = PLX_DIM_JOURNEY; d < dims->n_dims; d++)
        dims->dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
    const struct plx_bound *const bounds[PLX_DIM_SEGMENT] = {
        [PLX_DIM_PLACE] = &b->place,
        [PLX_DIM_CHANNEL] = &b->channel,
        [PLX_DIM_SOURCE] = &b->source,
        [PLX_DIM_LANGUAGE] = &b->language,
        [PLX_DIM_DATASET] = worker->keeps ? &b->dataset_of_row : NULL,
        [PLX_DIM_WORKSHOP] = sits ? &b->workshop : NULL,
        [PLX_DIM_TABLE] = sits ? &b->table : NULL,
        [PLX_DIM_ASKED_P] = &b->asked_p,
    };
    for (guint d = 0; d < dims->n_dims; d++) {
        const struct plx_bound *const bound =
            d < PLX_DIM_SEGMENT ? bounds[d] : &b->segments[d - PLX_DIM_SEGMENT];
        if (bound && !init_dim(worker, d, bound, error))
            return FALSE;
    }
    for (guint s = 0; s < b->n_segments; s++)
        dims->segment[s] =
            g_strdup(g_array_index(b->plan->segments, struct plx_plan_segment, s).key);
    plx_extras_init(worker);
    return init_audience(worker, error);
}

static void init_time(plx_worker *worker)
{
    const plx_binding *const b = worker->binding;
    if (!b->time.set)
        return;
    worker->day = PLX_COLUMN(worker, gint32);
    worker->month = PLX_COLUMN(worker, gint32);
    worker->seconds = PLX_COLUMN(worker, gint64);
    worker->time_text = PLX_COLUMN(worker, guint64);
    if (worker->is_explicit)
        worker->time_identity = PLX_COLUMN(worker, guint32);
    if (b->time.column >= 0) {
        worker->time = g_new0(struct plx_time_column, 1);
        worker->time->bound = &b->time;
        worker->time->format = b->plan->time_format;
        return;
    }
    for (guint i = 0; i < PLX_CHUNK_ROWS; i++) {
        worker->day[i] = b->time_constant.day;
        worker->month[i] = b->time_constant.month;
        worker->seconds[i] = b->time_constant.seconds;
        if (worker->time_identity)
            worker->time_identity[i] = plx_time_identity(&b->time_constant);
    }
}

/* Numbers that every row has, until its own is read. */
static void init_numbers(plx_worker *worker)
{
    const plx_binding *const b = worker->binding;
    if (b->weight.set)
        worker->weight = PLX_COLUMN(worker, guint64);
    if (b->group_size.set)
        worker->group_size = PLX_COLUMN(worker, guint16);
    for (guint i = 0; i < PLX_CHUNK_ROWS; i++) {
        if (worker->weight)
            worker->weight[i] = b->weight_constant;
        if (worker->group_size)
            worker->group_size[i] = b->group_size_constant;
    }
}

static void init_keys(plx_worker *worker)
{
    const plx_binding *const b = worker->binding;
    for (guint k = 0; k < b->n_encounter; k++)
        worker->is_explicit |= b->encounter[k].set;
    if (worker->is_explicit) {
        worker->encounter_text = PLX_COLUMN(worker, guint64);
        worker->encounter_part = PLX_COLUMN(worker, guint64);
    }
    if (b->respondent.set) {
        worker->respondent = PLX_COLUMN(worker, guint64);
        worker->known = PLX_COLUMN(worker, guint8);
    }
    if (b->dataset_of_row.set)
        worker->dataset_text = PLX_COLUMN(worker, guint64);
    if (worker->is_explicit && b->source.set)
        worker->source_text = PLX_COLUMN(worker, guint64);
    if (worker->is_explicit && b->language.set)
        worker->language_text = PLX_COLUMN(worker, guint64);
    if (b->workshop.set)
        worker->workshop = PLX_COLUMN(worker, guint64);
    if (b->table.set)
        worker->table = PLX_COLUMN(worker, guint64);
    worker->keys.unit = PLX_COLUMN(worker, guint64);
    worker->keys.encounter = PLX_COLUMN(worker, guint64);
    if (worker->is_explicit || (b->group_size.set && worker->respondent)) {
        worker->keys.constancy = PLX_COLUMN(worker, guint64);
        worker->keys.constancy_short = PLX_COLUMN(worker, guint32);
    }
    char padded[PLX_TEXT_MAX + 17] = {0};
    const gsize n = MIN(strlen(b->dataset), PLX_TEXT_MAX);
    memcpy(padded, b->dataset, n);
    worker->dataset = plx_hash(padded, (guint32)n);
}

plx_worker *plx_worker_new(const plx_binding *binding, guint number, enum plx_csv_kernel kernel,
                           gboolean keeps, GError **error)
{
    g_autoptr(plx_worker) worker = g_new0(plx_worker, 1);
    worker->binding = binding;
    worker->number = number;
    worker->kernel = kernel;
    worker->keeps = keeps;
    plx_faults_init(&worker->faults);
    worker->signatures = g_array_new(FALSE, FALSE, sizeof(struct plx_signature));
    worker->suspect_bits = g_new0(guint64, 65536 / 64);
    worker->columns = g_ptr_array_new_with_free_func(g_free);
    worker->gathered = g_ptr_array_new_with_free_func(g_free);
    worker->chunk.faults = g_array_new(FALSE, FALSE, sizeof(struct plx_cell_fault));
    worker->chunk.bad = PLX_COLUMN(worker, guint8);
    worker->keep = PLX_COLUMN(worker, guint32);
    worker->subject_hash = g_array_new(FALSE, FALSE, sizeof(guint64));
    worker->journey_hash = g_array_new(FALSE, FALSE, sizeof(guint64));
    worker->journey_subject = g_array_new(FALSE, TRUE, sizeof(guint32));
    plx_subjects_init(&worker->subjects, binding->map);
    plx_repeats_init(&worker->repeats, binding, kernel);
    init_keys(worker);
    init_time(worker);
    init_numbers(worker);
    plx_seats_init(worker);
    gboolean ok = init_dims(worker, error);
    worker->views = g_new0(struct worker_view, binding->n_views);
    for (guint v = 0; ok && v < binding->n_views; v++)
        ok = plx_view_init(worker, &worker->views[v], &binding->views[v], error);
    return ok ? g_steal_pointer(&worker) : NULL;
}

void plx_worker_free(plx_worker *worker)
{
    if (!worker)
        return;
    for (guint v = 0; worker->views && v < worker->binding->n_views; v++)
        plx_view_clear(&worker->views[v]);
    g_free(worker->views);
    for (guint d = 0; d < PLX_DIMS_MAX; d++) {
        plx_coder_free(worker->dim[d]);
        plx_dict_free(worker->dims.dict[d]);
        g_free(worker->dims.segment[d]);
    }
    plx_coder_free(worker->audience);
    g_free(worker->time);
    plx_subjects_clear(&worker->subjects);
    g_array_unref(worker->subject_hash);
    g_array_unref(worker->journey_hash);
    g_array_unref(worker->journey_subject);
    g_ptr_array_unref(worker->columns);
    g_ptr_array_unref(worker->gathered);
    g_array_unref(worker->chunk.faults);
    g_array_unref(worker->signatures);
    plx_faults_clear(&worker->faults);
    plx_scratch_clear(&worker->scratch);
    plx_repeats_clear(&worker->repeats);
    plx_seats_clear(&worker->seats);
    plx_block_clear(&worker->block);
    plx_csv_index_clear(&worker->index);
    g_free(worker->row_number);
    g_free(worker->ragged);
    g_free(worker->ragged_number);
    g_free(worker->block_bad);
    g_free(worker->suspect_bits);
    g_free(worker);
}

/* Reading ----------------------------------------------------------------------------------- */

static gint compare_cell_faults(gconstpointer a, gconstpointer b)
{
    const struct plx_cell_fault *const x = a, *const y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column == y->column ? 0 : x->column < y->column ? -1 : 1;
}

/* From faults of cells to faults of the file: one per row, the leftmost, with its place. */
static void settle_faults(plx_worker *worker)
{
    GArray *const list = worker->chunk.faults;
    const struct plx_rows *const rows = &worker->chunk.rows;
    const gboolean wanted = worker->pass->kind == PLX_PASS_ADD;
    const gboolean quiet = worker->chunk.quiet;
    g_array_sort(list, compare_cell_faults);
    for (guint k = 0; k < list->len; k++) {
        struct plx_cell_fault *const from = &g_array_index(list, struct plx_cell_fault, k);
        const gboolean again =
            k > 0 && g_array_index(list, struct plx_cell_fault, k - 1).row == from->row;
        if (quiet || again) {
            g_free(from->message);
            continue;
        }
        const guint32 *const at = rows->at + from->row * rows->stride;
        struct plx_fault fault = {.block = worker->block.number,
                                  .row = plx_row_number(rows, from->row),
                                  .code = PLX_ERROR_INPUT,
                                  .message = from->message};
        plx_worker_place(worker, (gsize)(guint32)(at[from->column] + 1), &fault.line,
                         &fault.column);
        if (worker->pass->keep_raw) {
            const gsize begin = (gsize)(guint32)(at[0] + 1);
            gsize end = at[worker->binding->n_columns];
            if (end > begin && rows->text[end - 1] == '\r')
                end--;
            fault.raw = g_memdup2(rows->text + begin, end - begin + 1);
            fault.raw_length = end - begin;
        }
        plx_faults_add(&worker->faults, &fault);
        worker->told++;
    }
    if (wanted)
        atomic_fetch_add(&worker->pass->wrong_rows, worker->chunk.n_bad);
    g_array_set_size(list, 0);
}

static void read_audience(plx_worker *worker)
{
    struct plx_chunk *const chunk = &worker->chunk;
    const guint column = (guint)worker->binding->audience.column;
    const struct plx_fresh *const fresh = chunk->fresh[column];
    plx_coder_column(worker->audience, chunk, worker->audience_code);
    const guint faults = chunk->faults->len;
    for (guint32 k = 0; k < fresh->n; k++) {
        const guint32 i = fresh->row[k];
        if (G_UNLIKELY(worker->audience_code[i] == 0) && !chunk->bad[i])
            plx_chunk_fault(chunk, i, column, g_strdup("the audience is missing"));
    }
    plx_repeats_fault(chunk, fresh, faults);
}

static void read_shared(plx_worker *worker)
{
    struct plx_chunk *const chunk = &worker->chunk;
    if (worker->audience)
        read_audience(worker);
    for (guint d = 0; d < worker->dims.n_dims; d++)
        if (worker->dim[d])
            plx_coder_column(worker->dim[d], chunk, worker->dim_code[d]);
    if (worker->time)
        plx_time_column_read(worker->time, chunk, worker->day, worker->month, worker->seconds,
                             worker->time_identity, worker->clock_code);
    plx_extras_read(worker);
    plx_keys_read(worker);
    plx_keys_of_rows(worker, -1, &worker->keys);
}

static gboolean run_chunk(plx_worker *worker, GError **error)
{
    struct plx_chunk *const chunk = &worker->chunk;
    chunk->n_bad = 0;
    plx_repeats_find(&worker->repeats, chunk);
    read_shared(worker);
    for (guint v = 0; v < worker->binding->n_views; v++)
        plx_view_read(worker, &worker->views[v]);
    if (chunk->faults->len > 0)
        settle_faults(worker);
    if (worker->pass->kind == PLX_PASS_ADD) {
        plx_seats_note(worker);
        worker->rows += chunk->rows.n;
        if (atomic_load(&worker->pass->wrong_rows) > worker->pass->max_errors)
            return TRUE; /* all that matters now is the first fault, and how many there are */
    }
    for (guint v = 0; v < worker->binding->n_views; v++)
        if (!plx_worker_emit(worker, v, error))
            return FALSE;
    return TRUE;
}

static void fetch_row(const plx_worker *worker, const struct plx_rows *rows, guint32 i,
                      struct plx_fetch *fetch)
{
    const guint32 *const at = rows->at + i * rows->stride;
    const gsize begin = (gsize)(guint32)(at[0] + 1);
    gsize end = at[worker->binding->n_columns];
    if (end > begin && rows->text[end - 1] == '\r')
        end--;
    fetch->length = end - begin;
    g_free(fetch->raw);
    fetch->raw = g_strndup(rows->text + begin, fetch->length);
}

/* Copies the wanted rows of this block; both they and the rows are in order. */
static void fetch_rows(plx_worker *worker, const struct plx_rows *rows)
{
    struct plx_pass *const pass = worker->pass;
    gsize low = 0, high = pass->n_fetches;
    while (low < high) {
        const gsize middle = low + (high - low) / 2;
        if (pass->fetches[middle].block < worker->block.number)
            low = middle + 1;
        else
            high = middle;
    }
    for (guint32 i = 0; i < rows->n; i++)
        for (; low < pass->n_fetches && pass->fetches[low].block == worker->block.number &&
               pass->fetches[low].row <= plx_row_number(rows, i);
             low++)
            if (pass->fetches[low].row == plx_row_number(rows, i))
                fetch_row(worker, rows, i, &pass->fetches[low]);
}

static gboolean run_block(plx_worker *worker, GError **error)
{
    struct plx_rows all;
    /* Decided per block: within one, faults are not found in the order of the file. */
    worker->told_enough = worker->told > MAX(worker->pass->max_errors, PLX_FAULTS_SHOWN - 1);
    worker->chunk.quiet = worker->told_enough || worker->pass->kind != PLX_PASS_ADD;
    plx_worker_records(worker, &all);
    if (worker->pass->kind == PLX_PASS_FETCH) {
        fetch_rows(worker, &all);
        return TRUE;
    }
    struct plx_chunk *const chunk = &worker->chunk;
    for (guint32 first = 0; first < all.n; first += PLX_CHUNK_ROWS) {
        chunk->rows = all;
        chunk->rows.at += first * all.stride;
        chunk->rows.n = MIN(PLX_CHUNK_ROWS, all.n - first);
        chunk->rows.first = first;
        if (all.number)
            chunk->rows.number = all.number + first;
        memset(chunk->bad, 0, PLX_CHUNK_ROWS);
        for (guint32 i = 0; worker->any_block_bad && i < chunk->rows.n; i++)
            chunk->bad[i] = worker->block_bad[first + i] ? 2 : 0;
        if (!run_chunk(worker, error))
            return FALSE;
    }
    return TRUE;
}

static void begin_pass(plx_worker *worker, struct plx_pass *pass)
{
    worker->pass = pass;
    g_array_set_size(worker->signatures, 0);
    if (pass->kind == PLX_PASS_ADD) {
        worker->rows = 0;
        worker->told = 0;
        g_array_set_size(worker->faults.list, 0);
        g_array_set_size(worker->faults.lines, 0);
    }
    if (pass->kind != PLX_PASS_LOOK)
        return;
    memset(worker->suspect_bits, 0, 65536 / 8);
    for (gsize i = 0; i < pass->n_suspects; i++) {
        const guint64 bit = pass->suspects[i].encounter & 0xFFFF;
        worker->suspect_bits[bit / 64] |= G_GUINT64_CONSTANT(1) << bit % 64;
    }
}

gboolean plx_worker_run(plx_worker *worker, plx_reader *reader, struct plx_pass *pass,
                        GError **error)
{
    begin_pass(worker, pass);
    const gboolean add = pass->kind == PLX_PASS_ADD;
    struct plx_faults ignored;
    plx_faults_init(&ignored);
    gboolean ok = TRUE;
    while (ok && plx_reader_next(reader, &worker->block, add ? &worker->faults : &ignored)) {
        ok = run_block(worker, error);
        if (add) {
            const struct plx_block_lines lines = {worker->block.number, worker->index.newlines};
            g_array_append_val(worker->faults.lines, lines);
        }
        /* Wrong rows stop nobody: how many there are is told. */
        if (!ok || worker->index.misplaced != G_MAXSIZE)
            plx_reader_stop(reader);
    }
    plx_faults_clear(&ignored);
    return ok;
}

struct plx_faults *plx_worker_faults(plx_worker *worker)
{
    return &worker->faults;
}

guint64 plx_worker_rows(const plx_worker *worker)
{
    return worker->rows;
}

GArray *plx_worker_signatures(plx_worker *worker)
{
    return worker->signatures;
}

/* Threads ----------------------------------------------------------------------------------- */

struct job {
    plx_worker *worker;
    plx_reader *reader;
    struct plx_pass *pass;
    GError *error;
};

static gpointer run_job(gpointer data)
{
    struct job *const job = data;
    plx_worker_run(job->worker, job->reader, job->pass, &job->error);
    return NULL;
}

gboolean plx_workers_run(plx_worker *const *workers, guint n, plx_reader *reader,
                         struct plx_pass *pass, GError **error)
{
    g_autofree struct job *jobs = g_new0(struct job, n);
    g_autofree GThread **threads = g_new0(GThread *, n);
    for (guint i = 0; i < n; i++)
        jobs[i] = (struct job){workers[i], reader, pass, NULL};
    for (guint i = 1; i < n; i++)
        threads[i] = g_thread_new("ingest", run_job, &jobs[i]);
    run_job(&jobs[0]);
    for (guint i = 1; i < n; i++)
        g_thread_join(threads[i]);
    gboolean ok = TRUE;
    for (guint i = 0; i < n; i++) {
        if (!jobs[i].error)
            continue;
        if (ok)
            g_propagate_error(error, jobs[i].error);
        else
            g_error_free(jobs[i].error);
        ok = FALSE;
    }
    return ok;
}
