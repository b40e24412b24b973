/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/reader.h"

#include "base/csv.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

/* How a thread waits for its turn: first for one that copies a block, then for one that unpacks it
 * or that has lost its core to another program. Asking again and again would take time from both.
 */
#define WAIT_SPINS 64
#define WAIT_YIELDS 256
#define WAIT_SLEEP_US 50

struct plx_reader {
    plx_input *input;
    char quote;
    gsize skipped; /* bytes before the data */
    guint peeks;   /* pieces read before the first block: they decide where blocks end */
    guint64 lines_skipped;
    /* The ticket: drawn in order, served in order. */
    atomic_ullong drawn, serving;
    atomic_bool stopped;
    /* Only touched by the holder of the ticket: */
    char *carry; /* begins at the start of a record */
    gsize carry_n, carry_capacity;
    guint64 blocks;
    gboolean ended;  /* nothing behind the carry */
    GError *failure; /* why not */
    gboolean told;   /* in a fault */
};

plx_reader *plx_reader_new(plx_input *input, char quote)
{
    plx_reader *const reader = g_new0(plx_reader, 1);
    reader->input = input;
    reader->quote = quote;
    return reader;
}

void plx_reader_free(plx_reader *reader)
{
    if (!reader)
        return;
    g_clear_error(&reader->failure);
    g_free(reader->carry);
    g_free(reader);
}

static void set_carry(plx_reader *reader, const char *text, gsize n)
{
    if (n > reader->carry_capacity) {
        reader->carry_capacity = n;
        g_free(reader->carry);
        reader->carry = g_malloc(n);
    }
    if (n > 0)
        memcpy(reader->carry, text, n);
    reader->carry_n = n;
}

/* Reads one more piece behind the carry. */
static gboolean carry_more(plx_reader *reader, GError **error)
{
    gsize got = 0;
    g_autofree char *bytes = g_malloc(reader->carry_n + PLX_READER_BLOCK);
    if (reader->carry_n > 0)
        memcpy(bytes, reader->carry, reader->carry_n);
    plx_input_read(reader->input, bytes + reader->carry_n, PLX_READER_BLOCK, &got,
                   &reader->failure);
    if (reader->failure && reader->carry_n + got == 0) {
        g_propagate_error(error, g_steal_pointer(&reader->failure));
        return FALSE;
    }
    /* What failed behind good text is told when that has been read. */
    reader->ended = got == 0 || reader->failure;
    set_carry(reader, bytes, reader->carry_n + got);
    return TRUE;
}

gboolean plx_reader_peek(plx_reader *reader, gsize least, const char **text, gsize *n,
                         GError **error)
{
    while (reader->carry_n <= least && !reader->ended) {
        reader->peeks++;
        if (!carry_more(reader, error))
            return FALSE;
    }
    *text = reader->carry;
    *n = reader->carry_n;
    return TRUE;
}

static guint64 count_lines(const char *text, gsize n)
{
    guint64 lines = 0;
    for (gsize i = 0; i < n; i++)
        lines += text[i] == '\n';
    return lines;
}

void plx_reader_skip(plx_reader *reader, gsize n)
{
    reader->lines_skipped += count_lines(reader->carry, n);
    reader->skipped += n;
    reader->carry_n -= n;
    if (n > 0)
        memmove(reader->carry, reader->carry + n, reader->carry_n);
}

guint64 plx_reader_lines_skipped(const plx_reader *reader)
{
    return reader->lines_skipped;
}

static void take_ticket(plx_reader *reader)
{
    const unsigned long long mine =
        atomic_fetch_add_explicit(&reader->drawn, 1, memory_order_relaxed);
    for (guint spins = 0; atomic_load_explicit(&reader->serving, memory_order_acquire) != mine;
         spins++) {
        if (spins > WAIT_YIELDS)
            g_usleep(WAIT_SLEEP_US);
        else if (spins > WAIT_SPINS)
            sched_yield();
    }
}

static void pass_ticket(plx_reader *reader)
{
    atomic_fetch_add_explicit(&reader->serving, 1, memory_order_release);
}

static void ensure(struct plx_block *block, gsize capacity)
{
    if (capacity <= block->capacity)
        return;
    block->capacity = capacity;
    block->text = g_realloc(block->text, capacity);
}

/* A fault at an offset of the block's text. */
static void fault_at(struct plx_faults *faults, const struct plx_block *block, gsize offset,
                     const struct plx_fault *what)
{
    struct plx_fault fault = *what;
    fault.block = block->number;
    fault.row = G_MAXUINT32;
    fault.fatal = TRUE;
    fault.line = count_lines(block->text, offset);
    const char *const line = offset > 0 ? memrchr(block->text, '\n', offset) : NULL;
    fault.column = (guint64)(block->text + offset - (line ? line + 1 : block->text)) + 1;
    plx_faults_add(faults, &fault);
}

/* The record at `from` does not end: says where its open quote stands. */
static void unclosed(const plx_reader *reader, struct plx_faults *faults,
                     const struct plx_block *block, gsize from, gsize n)
{
    gsize opened = G_MAXSIZE;
    gboolean inside = FALSE;
    for (gsize i = from; i < n; i++) {
        if (reader->quote && block->text[i] == reader->quote) {
            inside = !inside;
            /* Behind a quote that just closed it is the second of a doubled one. */
            if (inside && (i == from || block->text[i - 1] != reader->quote))
                opened = i;
        }
    }
    struct plx_fault fault = {.code = PLX_ERROR_INPUT};
    if (inside) {
        fault.message = g_strdup("a quote is opened here and not closed");
        fault_at(faults, block, opened, &fault);
    } else {
        fault.message = g_strdup_printf("this row is longer than %d MiB",
                                        PLX_READER_RECORD_MAX / (1024 * 1024));
        fault_at(faults, block, from, &fault);
    }
}

static void failed(plx_reader *reader, struct plx_faults *faults, const struct plx_block *block,
                   gsize n)
{
    struct plx_fault fault = {.code = PLX_ERROR_IO};
    reader->told = TRUE;
    if (g_error_matches(reader->failure, PLX_ERROR, PLX_ERROR_INPUT))
        fault.code = PLX_ERROR_INPUT;
    /* Failures of the encoding have a place; all others name the file themselves. */
    const char *const name = plx_input_name(reader->input);
    fault.placeless = g_str_has_prefix(reader->failure->message, name);
    fault.message = g_strdup(reader->failure->message + (fault.placeless ? strlen(name) + 2 : 0));
    fault_at(faults, block, n, &fault);
}

/* Reads until the block has a whole row or there is no more; returns the end of the last whole row.
 * With the ticket held. */
static gsize fill(plx_reader *reader, struct plx_block *block, struct plx_faults *faults)
{
    gsize n = reader->carry_n;
    /* Of the input alone, not of the buffer at hand: blocks must be the same in every pass. */
    gsize target = n + PLX_READER_BLOCK;
    ensure(block, target + 1 + PLX_CSV_PAD);
    if (n > 0)
        memcpy(block->text, reader->carry, n);
    reader->carry_n = 0;
    for (;;) {
        gsize got = 0;
        if (!reader->ended) {
            plx_input_read(reader->input, block->text + n, target - n, &got, &reader->failure);
            reader->ended = got == 0 || reader->failure;
        }
        n += got;
        gboolean open;
        gsize end = plx_csv_last_row_end(block->text, n, reader->quote, &open, PLX_CSV_BEST);
        if (reader->failure) {
            failed(reader, faults, block, n);
        } else if (reader->ended && open) {
            unclosed(reader, faults, block, end, n);
        } else if (reader->ended && n > end) {
            block->text[n] = '\n'; /* the last row needs no newline */
            end = n + 1;
        } else if (end == 0 && !reader->ended && n > PLX_READER_RECORD_MAX) {
            unclosed(reader, faults, block, 0, n);
            reader->ended = TRUE;
        } else if (end == 0 && !reader->ended) {
            target *= 2;
            ensure(block, target + 1 + PLX_CSV_PAD);
            continue;
        } else if (!reader->ended || n > end) {
            set_carry(reader, block->text + end, n - end);
        }
        return end;
    }
}

gboolean plx_reader_next(plx_reader *reader, struct plx_block *block, struct plx_faults *faults)
{
    take_ticket(reader);
    const gboolean done =
        (reader->ended && reader->carry_n == 0 && (!reader->failure || reader->told)) ||
        atomic_load_explicit(&reader->stopped, memory_order_relaxed);
    if (!done) {
        block->number = reader->blocks++;
        block->length = fill(reader, block, faults);
    }
    pass_ticket(reader);
    if (done)
        return FALSE;
    memset(block->text + block->length, 0, PLX_CSV_PAD);
    return TRUE;
}

void plx_block_clear(struct plx_block *block)
{
    g_free(block->text);
    memset(block, 0, sizeof *block);
}

void plx_reader_stop(plx_reader *reader)
{
    atomic_store_explicit(&reader->stopped, true, memory_order_relaxed);
}

gboolean plx_reader_rewind(plx_reader *reader, GError **error)
{
    if (!plx_input_rewind(reader->input, error))
        return FALSE;
    reader->carry_n = 0;
    reader->blocks = 0;
    reader->ended = reader->told = FALSE;
    g_clear_error(&reader->failure);
    atomic_store(&reader->drawn, 0);
    atomic_store(&reader->serving, 0);
    atomic_store(&reader->stopped, false);
    const gsize skip = reader->skipped;
    const guint64 lines = reader->lines_skipped;
    for (guint i = 0; i < reader->peeks && !reader->ended; i++)
        if (!carry_more(reader, error))
            return FALSE;
    reader->skipped = 0;
    reader->lines_skipped = 0;
    plx_reader_skip(reader, MIN(skip, reader->carry_n));
    reader->lines_skipped = lines;
    reader->skipped = skip;
    return TRUE;
}
