/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/beside.h"

#include "base/csv.h"
#include "ingest/reader.h"

#include <stdlib.h>

struct looking {
    struct plx_beside **rows; /* by line */
    guint n, found, told;     /* of them: reached; with what is behind them */
    char quote;
    guint64 line;    /* of the next record */
    GString *before; /* the last record with a byte */
    guint64 before_line;
};

static gint compare_lines(gconstpointer a, gconstpointer b)
{
    const struct plx_beside *const x = *(const struct plx_beside *const *)a;
    const struct plx_beside *const y = *(const struct plx_beside *const *)b;
    return x->line < y->line ? -1 : x->line > y->line;
}

static void see_record(struct looking *l, const char *text, gsize n, guint64 last_line)
{
    for (; l->told < l->found; l->told++)
        l->rows[l->told]->after = (struct plx_neighbour){l->line, g_strndup(text, n)};
    for (; l->found < l->n && l->rows[l->found]->line <= last_line; l->found++)
        if (l->before_line > 0)
            l->rows[l->found]->before =
                (struct plx_neighbour){l->before_line, g_strdup(l->before->str)};
    g_string_truncate(l->before, 0);
    g_string_append_len(l->before, text, (gssize)n);
    l->before_line = l->line;
}

static void see_block(struct looking *l, const struct plx_block *block)
{
    for (gsize at = 0, next; at < block->length && l->told < l->n; at += next) {
        const char *const text = block->text + at;
        const gsize n = plx_csv_record(text, block->length - at, l->quote, &next);
        guint64 lines = 0;
        for (gsize i = 0; i < next; i++)
            lines += text[i] == '\n';
        if (n > 0)
            see_record(l, text, n, l->line + MAX(lines, 1) - 1);
        l->line += lines;
    }
}

gboolean plx_beside_read(const char *path, const char *encoding, char quote,
                         gboolean (*stopped)(void), struct plx_beside *rows, guint n,
                         GError **error)
{
    g_autoptr(plx_input) input = plx_input_new(path, encoding, stopped, error);
    if (!input || !plx_input_rewind(input, error))
        return FALSE;
    g_autoptr(plx_reader) reader = plx_reader_new(input, quote);
    g_autofree struct plx_beside **order = g_new(struct plx_beside *, MAX(n, 1));
    for (guint i = 0; i < n; i++)
        order[i] = &rows[i];
    qsort(order, n, sizeof *order, compare_lines);
    guint nowhere = 0; /* faults of the file as a whole, whose line is 0 */
    while (nowhere < n && order[nowhere]->line == 0)
        nowhere++;
    struct looking looking = {.rows = order,
                              .n = n,
                              .found = nowhere,
                              .told = nowhere,
                              .quote = quote,
                              .line = 1,
                              .before = g_string_new(NULL)};
    struct plx_block block = {0};
    struct plx_faults faults; /* told by whoever read the file for its answers */
    plx_faults_init(&faults);
    while (looking.told < n && plx_reader_next(reader, &block, &faults))
        see_block(&looking, &block);
    plx_faults_clear(&faults);
    plx_block_clear(&block);
    g_string_free(looking.before, TRUE);
    return TRUE;
}

void plx_beside_clear(struct plx_beside *rows, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_clear_pointer(&rows[i].before.raw, g_free);
        g_clear_pointer(&rows[i].after.raw, g_free);
    }
}
