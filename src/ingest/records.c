/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the separators of a block to rows of cells. Mostly every n-th separator is a newline and
 * the index serves as it is; else (blank lines, rows too short or too long, runs of blanks) the
 * rows that can be read are copied into a table of their own. */

#include "ingest/worker_private.h"

void plx_worker_place(plx_worker *worker, gsize offset, guint64 *line, guint64 *column)
{
    const char *const text = worker->block.text;
    /* Places come in the order of the rows: counting goes on from the last one. */
    if (offset < worker->placed)
        worker->placed = worker->placed_lines = 0;
    for (; worker->placed < offset; worker->placed++)
        worker->placed_lines += text[worker->placed] == '\n';
    const char *const newline = offset > 0 ? memrchr(text, '\n', offset) : NULL;
    *line = worker->placed_lines;
    *column = (guint64)(text + offset - (newline ? newline + 1 : text)) + 1;
}

static gboolean quiet(const plx_worker *worker)
{
    return worker->pass->kind != PLX_PASS_ADD;
}

/* A fault of a record from `begin` to `end`, standing at `at`; takes the message. */
static void record_fault(plx_worker *worker, guint32 row, gsize begin, gsize end, gsize at,
                         gboolean fatal, char *message)
{
    if (!fatal && !quiet(worker))
        atomic_fetch_add(&worker->pass->wrong_rows, 1);
    if (quiet(worker) || (worker->told_enough && !fatal)) {
        g_free(message);
        return;
    }
    struct plx_fault fault = {.block = worker->block.number,
                              .row = row,
                              .fatal = fatal,
                              .code = PLX_ERROR_INPUT,
                              .message = message};
    plx_worker_place(worker, at, &fault.line, &fault.column);
    if (worker->pass->keep_raw && !fatal) {
        if (end > begin && worker->block.text[end - 1] == '\r')
            end--;
        fault.raw = g_memdup2(worker->block.text + begin, end - begin + 1);
        fault.raw_length = end - begin;
    }
    plx_faults_add(&worker->faults, &fault);
    worker->told += !fatal;
}

static gboolean is_regular(const plx_worker *worker)
{
    const struct plx_csv_index *const index = &worker->index;
    const gsize n = worker->binding->n_columns;
    if (worker->binding->delimiter == PLX_DELIMITER_SPACES || index->misplaced != G_MAXSIZE ||
        index->n != index->rows * n)
        return FALSE;
    gboolean regular = TRUE;
    for (gsize i = 1; i <= index->rows; i++)
        regular &= worker->block.text[index->at[i * n]] == '\n';
    return regular;
}

/* Room for one more row of the table. */
static guint32 *next_ragged(plx_worker *worker, gsize n)
{
    const gsize stride = worker->binding->n_columns + 1;
    if ((n + 1) * stride > worker->ragged_capacity) {
        worker->ragged_capacity = MAX(2 * worker->ragged_capacity, (n + 1) * stride);
        worker->ragged = g_renew(guint32, worker->ragged, worker->ragged_capacity);
    }
    if (n + 1 > worker->ragged_numbers_capacity) {
        worker->ragged_numbers_capacity = MAX(2 * worker->ragged_numbers_capacity, n + 64);
        worker->ragged_number =
            g_renew(guint32, worker->ragged_number, worker->ragged_numbers_capacity);
    }
    return worker->ragged + n * stride;
}

static void length_fault(plx_worker *worker, guint32 row, gsize begin, gsize end, gsize fields)
{
    const guint expected = worker->binding->n_columns;
    record_fault(worker, row, begin, end, begin, FALSE,
                 g_strdup_printf("this row is too %s: it has %" G_GSIZE_FORMAT
                                 " field%s; %u were expected",
                                 fields < expected ? "short" : "long", fields,
                                 fields == 1 ? "" : "s", expected));
}

static gboolean is_blank(const char *text, gsize begin, gsize end)
{
    return begin == end || (end == begin + 1 && text[begin] == '\r');
}

/* Rows from the index, one record after the other. */
static guint32 ragged_from_index(plx_worker *worker)
{
    const struct plx_csv_index *const index = &worker->index;
    const char *const text = worker->block.text;
    const guint columns = worker->binding->n_columns;
    guint32 kept = 0, number = 0;
    for (gsize first = 0; first < index->n;) {
        gsize last = first + 1;
        while (text[index->at[last]] != '\n')
            last++;
        const gsize begin = (gsize)(guint32)(index->at[first] + 1), end = index->at[last];
        if (end > index->misplaced)
            break;
        if (last - first == columns) {
            memcpy(next_ragged(worker, kept), index->at + first, (columns + 1) * sizeof(guint32));
            worker->ragged_number[kept++] = number;
        } else if (last - first != 1 || !is_blank(text, begin, end)) {
            length_fault(worker, number, begin, end, last - first);
        }
        number++;
        first = last;
    }
    return kept;
}

static gboolean ends_blank_cell(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Where a cell that begins at `at` ends; within quotes blanks and newlines do not count. What the
 * index says of misplaced quotes knows no tabs: it is found anew here. */
static gsize blank_cell_end(plx_worker *worker, gsize at, gsize end)
{
    const char *const text = worker->block.text;
    const char quote = worker->binding->quote;
    const gboolean quoted = quote && text[at] == quote;
    if (quoted)
        for (at++; at < end; at++)
            if (text[at] == quote && text[++at] != quote)
                break;
    const gsize behind = at;
    for (; at < end && !ends_blank_cell(text[at]); at++) {
        const gboolean wrong = quoted ? at == behind && text[at] != '\r' : text[at] == quote;
        if (quote && wrong && worker->index.misplaced == G_MAXSIZE)
            worker->index.misplaced = at;
    }
    return at;
}

/* Rows of a text whose delimiters are runs of blanks. */
static guint32 ragged_from_blanks(plx_worker *worker)
{
    const char *const text = worker->block.text;
    const guint columns = worker->binding->n_columns;
    const gsize length = worker->block.length;
    guint32 kept = 0, number = 0;
    worker->index.misplaced = G_MAXSIZE;
    for (gsize at = 0; at < length; number++) {
        const gsize begin = at;
        guint32 *const row = next_ragged(worker, kept);
        gsize cells = 0;
        for (;;) {
            while (at < length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r'))
                at++;
            if (cells <= columns)
                row[cells] = (guint32)at - 1;
            if (at >= length || text[at] == '\n')
                break;
            at = blank_cell_end(worker, at, length);
            cells++;
        }
        const gsize end = at++;
        if (end > worker->index.misplaced)
            break;
        if (cells == columns) {
            row[columns] = (guint32)end;
            worker->ragged_number[kept++] = number;
        } else if (cells > 0) {
            length_fault(worker, number, begin, end, cells);
        }
    }
    return kept;
}

/* The encoding that bytes like these probably are in. */
static const char *guess_encoding(const char *text, gsize n)
{
    gsize runs = 0, even = 0, run = 0;
    for (gsize i = 0; i <= n; i++) {
        if (i < n && (guint8)text[i] >= 0x80) {
            run++;
        } else if (run > 0) {
            runs++;
            even += run % 2 == 0;
            run = 0;
        }
    }
    static const char *const doubles[] = {"CP949", "SHIFT_JIS", "GB18030"};
    for (gsize i = 0; even == runs && i < G_N_ELEMENTS(doubles); i++) {
        g_autofree char *converted =
            g_convert(text, (gssize)n, "UTF-8", doubles[i], NULL, NULL, NULL);
        if (converted)
            return doubles[i];
    }
    return "windows-1252";
}

/* The row of the table that holds an offset, G_MAXUINT32: none. */
static guint32 find_row(const plx_worker *worker, const struct plx_rows *rows, gsize offset)
{
    guint32 low = 0, high = rows->n;
    while (low < high) {
        const guint32 middle = low + (high - low) / 2;
        if (rows->at[middle * rows->stride + worker->binding->n_columns] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rows->n && (guint32)(rows->at[low * rows->stride] + 1) <= offset ? low
                                                                                  : G_MAXUINT32;
}

/* What is wrong with a byte that is no text. */
static char *describe_byte(const char *at, gsize n)
{
    if (*at == '\0')
        return g_strdup("a NUL byte; this is no text (or UTF-16 without a byte order mark: "
                        "--encoding UTF-16LE)");
    return g_strdup_printf("byte 0x%02X is not valid UTF-8 (perhaps --encoding %s)",
                           (guint)(guint8)*at, guess_encoding(at, MIN(n, 4096)));
}

/* The row of a byte that is no text is bad; only its first such byte is told. */
static void mark_bad(plx_worker *worker, const struct plx_rows *rows, gsize at)
{
    if (!worker->any_block_bad) {
        if (rows->n > worker->block_bad_capacity) {
            worker->block_bad_capacity = rows->n;
            worker->block_bad = g_renew(guint8, worker->block_bad, rows->n);
        }
        if (rows->n > 0)
            memset(worker->block_bad, 0, rows->n);
        worker->any_block_bad = TRUE;
    }
    const guint32 row = find_row(worker, rows, at);
    if (row == G_MAXUINT32 || worker->block_bad[row])
        return;
    worker->block_bad[row] = 1;
    const guint32 *const entry = rows->at + (gsize)row * rows->stride;
    record_fault(worker, plx_row_number(rows, row), (gsize)(guint32)(entry[0] + 1),
                 entry[worker->binding->n_columns], at, FALSE,
                 describe_byte(worker->block.text + at, worker->block.length - at));
}

/* Bytes that are no text: rows that hold them are bad. */
static void check_bytes(plx_worker *worker, const struct plx_rows *rows)
{
    const char *const text = worker->block.text;
    const gsize n = worker->block.length;
    for (const char *at = text; worker->index.has_nul && at; at = at ? at + 1 : NULL) {
        at = memchr(at, '\0', n - (gsize)(at - text));
        if (at)
            mark_bad(worker, rows, (gsize)(at - text));
    }
    for (const char *at = text; worker->index.has_high && at < text + n;) {
        const char *end;
        if (g_utf8_validate_len(at, (gsize)(text + n - at), &end))
            break;
        if (*end != '\0')
            mark_bad(worker, rows, (gsize)(end - text));
        at = end + 1;
    }
}

void plx_worker_records(plx_worker *worker, struct plx_rows *rows)
{
    const plx_binding *const binding = worker->binding;
    worker->any_block_bad = FALSE;
    worker->placed = worker->placed_lines = 0;
    plx_scratch_reset(&worker->scratch);
    plx_csv_index_run(&worker->index, worker->block.text, worker->block.length, binding->delimiter,
                      binding->quote, worker->kernel);
    *rows = (struct plx_rows){.text = worker->block.text,
                              .last = binding->n_columns - 1,
                              .quote = binding->quote,
                              .blanks = binding->delimiter == PLX_DELIMITER_SPACES,
                              .scratch = &worker->scratch};
    rows->odd = worker->index.has_quote || rows->blanks;
    if (is_regular(worker)) {
        rows->at = worker->index.at;
        rows->stride = binding->n_columns;
        rows->n = (guint32)worker->index.rows;
    } else {
        rows->n = rows->blanks ? ragged_from_blanks(worker) : ragged_from_index(worker);
        rows->at = worker->ragged;
        rows->stride = binding->n_columns + 1;
        rows->number = worker->ragged_number;
    }
    if (worker->index.misplaced != G_MAXSIZE) {
        const char byte = worker->block.text[worker->index.misplaced];
        record_fault(worker, G_MAXUINT32, 0, 0, worker->index.misplaced, TRUE,
                     g_strdup(byte == binding->quote
                                  ? "a quote within a field that does not begin with one"
                                  : "text behind a closing quote"));
    }
    if (worker->index.has_nul || worker->index.has_high)
        check_bytes(worker, rows);
}
