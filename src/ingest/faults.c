/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/faults.h"

#include "base/csv.h"
#include "base/save.h"

#include <string.h>

struct plx_line_table {
    guint64 first; /* lines before block 0 */
    guint64 n;
    guint64 *before; /* by block */
};

static void clear_fault(gpointer data)
{
    struct plx_fault *const fault = data;
    g_free(fault->message);
    g_free(fault->raw);
}

void plx_faults_init(struct plx_faults *faults)
{
    faults->list = g_array_new(FALSE, FALSE, sizeof(struct plx_fault));
    g_array_set_clear_func(faults->list, clear_fault);
    faults->lines = g_array_new(FALSE, FALSE, sizeof(struct plx_block_lines));
}

void plx_faults_clear(struct plx_faults *faults)
{
    g_clear_pointer(&faults->list, g_array_unref);
    g_clear_pointer(&faults->lines, g_array_unref);
}

void plx_faults_add(struct plx_faults *faults, const struct plx_fault *fault)
{
    g_array_append_val(faults->list, *fault);
}

plx_line_table *plx_line_table_new(const struct plx_faults *const *faults, guint n,
                                   guint64 lines_before)
{
    plx_line_table *const table = g_new0(plx_line_table, 1);
    table->first = lines_before;
    for (guint i = 0; i < n; i++)
        table->n += faults[i]->lines->len;
    table->before = g_new0(guint64, table->n + 1);
    for (guint i = 0; i < n; i++) {
        for (guint k = 0; k < faults[i]->lines->len; k++) {
            const struct plx_block_lines *const lines =
                &g_array_index(faults[i]->lines, struct plx_block_lines, k);
            if (lines->block < table->n)
                table->before[lines->block + 1] = lines->lines;
        }
    }
    table->before[0] = lines_before;
    for (guint64 b = 1; b <= table->n; b++)
        table->before[b] += table->before[b - 1];
    return table;
}

void plx_line_table_free(plx_line_table *table)
{
    if (!table)
        return;
    g_free(table->before);
    g_free(table);
}

guint64 plx_line_table_find(const plx_line_table *table, guint64 block, guint64 line)
{
    return table->before[MIN(block, table->n)] + line + 1;
}

static gint compare_faults(gconstpointer a, gconstpointer b)
{
    const struct plx_fault *const x = *(const struct plx_fault *const *)a;
    const struct plx_fault *const y = *(const struct plx_fault *const *)b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return strcmp(x->message, y->message);
}

GPtrArray *plx_faults_sorted(const struct plx_faults *const *faults, guint n)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < n; i++)
        for (guint k = 0; k < faults[i]->list->len; k++)
            g_ptr_array_add(all, &g_array_index(faults[i]->list, struct plx_fault, k));
    g_ptr_array_sort(all, compare_faults);
    GPtrArray *const sorted = g_ptr_array_new();
    const struct plx_fault *last = NULL;
    for (guint i = 0; i < all->len; i++) {
        struct plx_fault *const fault = all->pdata[i];
        if (!last || fault->fatal || last->fatal || last->block != fault->block ||
            last->row != fault->row)
            g_ptr_array_add(sorted, fault);
        last = fault;
    }
    return sorted;
}

static struct plx_loc place_of(const struct plx_fault *fault, const plx_line_table *lines,
                               const char *file)
{
    struct plx_loc loc = {file, 0, 0};
    if (!fault->placeless) {
        loc.line = plx_line_table_find(lines, fault->block, fault->line);
        loc.column = fault->column;
    }
    return loc;
}

static gboolean same_fault(const struct plx_fault *a, const struct plx_fault *b)
{
    return !a->placeless && !b->placeless && a->column == b->column &&
           strcmp(a->message, b->message) == 0;
}

/* " (also on lines 8, 12)" where others say the same of their rows; marks those as told. */
static void append_alike(GString *message, const GPtrArray *sorted, const plx_line_table *lines,
                         guint i, gboolean *told)
{
    const struct plx_fault *const fault = sorted->pdata[i];
    g_autoptr(GString) numbers = g_string_new(NULL);
    told[i] = TRUE;
    for (guint k = i + 1; k < MIN(sorted->len, PLX_FAULTS_SHOWN); k++) {
        const struct plx_fault *const other = sorted->pdata[k];
        if (told[k] || !same_fault(fault, other))
            continue;
        told[k] = TRUE;
        g_string_append_printf(numbers, "%s%" G_GUINT64_FORMAT, numbers->len > 0 ? ", " : "",
                               plx_line_table_find(lines, other->block, other->line));
    }
    if (numbers->len > 0)
        g_string_append_printf(message, " (also on line%s %s)",
                               strchr(numbers->str, ',') ? "s" : "", numbers->str);
}

/* The wrong rows after the first, a line for each that says something new. */
static void append_others(GString *message, const GPtrArray *sorted, const plx_line_table *lines,
                          const char *file)
{
    gboolean told[PLX_FAULTS_SHOWN] = {FALSE};
    append_alike(message, sorted, lines, 0, told);
    for (guint i = 1; i < MIN(sorted->len, PLX_FAULTS_SHOWN); i++) {
        const struct plx_fault *const fault = sorted->pdata[i];
        const struct plx_loc loc = place_of(fault, lines, file);
        g_autoptr(GError) line = NULL;
        g_autoptr(GString) text = g_string_new(fault->message);
        if (told[i])
            continue;
        append_alike(text, sorted, lines, i, told);
        plx_error_at(&line, fault->code, &loc, "%s", text->str);
        g_string_append_printf(message, "\n%s", line->message);
    }
}

/* What to do about many: the last line of the message. Where most rows are wrong, it is not the
 * rows. */
static void append_hint(GString *message, guint64 wrong, guint64 rows, guint64 max_errors)
{
    const gboolean most = max_errors == 0 && wrong > rows / 2;
    g_string_append_printf(message, "\n%" G_GUINT64_FORMAT, wrong);
    if (most)
        g_string_append_printf(message, " of %" G_GUINT64_FORMAT, rows);
    g_string_append(message, " rows are wrong");
    if (wrong > PLX_FAULTS_SHOWN)
        g_string_append_printf(message, " (these are the first %d)", PLX_FAULTS_SHOWN);
    if (max_errors > 0)
        g_string_append_printf(message, ", --max-errors allows %" G_GUINT64_FORMAT, max_errors);
    if (most)
        g_string_append(message, ". Perhaps it is another map, audience, scale or recipe that they "
                                 "are made for");
    else
        g_string_append_printf(message,
                               ". To leave them out on purpose, and see each with its reason: "
                               "--max-errors %" G_GUINT64_FORMAT " --rejects FILE",
                               wrong);
}

gboolean plx_faults_report(const GPtrArray *sorted, const plx_line_table *lines, const char *file,
                           guint64 max_errors, guint64 wrong, guint64 rows, GError **error)
{
    const struct plx_fault *shown = sorted->pdata[0];
    guint64 so_far = 0;
    gboolean fatal = FALSE;
    for (guint i = 0; i < sorted->len; i++) {
        const struct plx_fault *const fault = sorted->pdata[i];
        so_far += !fault->fatal;
        /* Within the allowance only what cannot be left out is worth telling. */
        if (fault->fatal && !fatal && so_far <= max_errors)
            shown = fault;
        fatal |= fault->fatal;
    }
    const struct plx_loc loc = place_of(shown, lines, file);
    g_autoptr(GString) message = g_string_new(shown->message);
    if (!fatal && wrong > MAX(max_errors, 1)) {
        append_others(message, sorted, lines, file);
        append_hint(message, wrong, rows, max_errors);
    } else if (max_errors > 0 && !shown->fatal)
        g_string_append_printf(message,
                               " (the first of more than the %" G_GUINT64_FORMAT
                               " wrong rows that --max-errors allows)",
                               max_errors);
    return plx_error_at(error, shown->code, &loc, "%s", message->str);
}

gboolean plx_faults_write_rejects(const GPtrArray *sorted, const plx_line_table *lines,
                                  const char *path, const char *header, char delimiter,
                                  GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_string_append_printf(out, "reject_line%creject_reason", delimiter);
    if (header)
        g_string_append_printf(out, "%c%s", delimiter, header);
    g_string_append_c(out, '\n');
    for (guint i = 0; i < sorted->len; i++) {
        const struct plx_fault *const fault = sorted->pdata[i];
        g_string_append_printf(out, "%" G_GUINT64_FORMAT "%c",
                               plx_line_table_find(lines, fault->block, fault->line), delimiter);
        plx_csv_append(out, fault->message, strlen(fault->message), delimiter);
        g_string_append_c(out, delimiter);
        if (fault->raw)
            g_string_append_len(out, fault->raw, (gssize)fault->raw_length);
        g_string_append_c(out, '\n');
    }
    return plx_save(path, out->str, out->len, error);
}
