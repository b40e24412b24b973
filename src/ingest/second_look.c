/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/second_look.h"

#include "base/csv.h"
#include "ingest/cells.h"

#include <stdlib.h>
#include <string.h>

#define SLICE 1000000

/* A later row that contradicts an earlier one. */
struct conflict {
    struct plx_signature row, first;
    gboolean constancy; /* else: the same observation with other content */
};

static gint by_position(const struct plx_signature *x, const struct plx_signature *y)
{
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->view == y->view ? 0 : x->view < y->view ? -1 : 1;
}

static gint by_encounter(gconstpointer a, gconstpointer b)
{
    const struct plx_signature *const x = a, *const y = b;
    if (x->encounter != y->encounter)
        return x->encounter < y->encounter ? -1 : 1;
    if (x->identity != y->identity)
        return x->identity < y->identity ? -1 : 1;
    return by_position(x, y);
}

static gint conflicts_by_position(gconstpointer a, gconstpointer b)
{
    return by_position(&((const struct conflict *)a)->row, &((const struct conflict *)b)->row);
}

static gint retractions_by_position(gconstpointer a, gconstpointer b)
{
    const struct plx_retraction *const x = a, *const y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->view == y->view ? 0 : x->view < y->view ? -1 : 1;
}

static void add_conflict(GArray *conflicts, const struct plx_signature *row,
                         const struct plx_signature *first, gboolean constancy)
{
    const struct conflict conflict = {*row, *first, constancy};
    g_array_append_val(conflicts, conflict);
}

/* One encounter's rows, sorted by identity and position. */
static void judge_encounter(const struct plx_signature *rows, gsize n, GArray *conflicts,
                            GArray *equal)
{
    const struct plx_signature *first = rows;
    for (gsize i = 1; i < n; i++)
        if (by_position(&rows[i], first) < 0)
            first = &rows[i];
    for (gsize i = 0; i < n; i++)
        if (rows[i].constancy != first->constancy)
            add_conflict(conflicts, &rows[i], first, TRUE);
    for (gsize i = 0, same = 0; i < n; i++) {
        if (rows[i].identity != rows[same].identity)
            same = i;
        if (i == same || rows[i].identity == 0 || rows[i].constancy != first->constancy)
            continue;
        if (memcmp(rows[i].content, rows[same].content, sizeof rows[i].content) == 0) {
            const struct plx_retraction retraction = {rows[i].block, rows[i].row, rows[i].view};
            g_array_append_val(equal, retraction);
        } else {
            add_conflict(conflicts, &rows[i], &rows[same], FALSE);
        }
    }
}

/* Telling ----------------------------------------------------------------------------------- */

static gint fetches_by_position(gconstpointer a, gconstpointer b)
{
    const struct plx_fetch *const x = a, *const y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return x->row == y->row ? 0 : x->row < y->row ? -1 : 1;
}

/* A row among the fetched, which are sorted; the same row may be there twice. */
static const struct plx_fetch *find_fetch(const GArray *fetches, const struct plx_signature *row)
{
    const struct plx_fetch wanted = {row->block, row->row, NULL, 0};
    return bsearch(&wanted, fetches->data, fetches->len, sizeof wanted, fetches_by_position);
}

static GArray *split(const plx_binding *binding, const struct plx_fetch *fetch)
{
    GArray *fields = NULL;
    gsize at;
    if (!fetch || !fetch->raw ||
        plx_csv_split(fetch->raw, fetch->length, binding->delimiter, binding->quote, &fields,
                      &at) != PLX_CSV_WELL)
        return NULL;
    return fields;
}

static gboolean is_constant_part(const plx_binding *b, gint column)
{
    return column == b->respondent.column || column == b->audience.column ||
           column == b->group_size.column || column == b->source.column ||
           column == b->language.column || column == b->workshop.column ||
           column == b->table.column;
}

/* The first column in which two rows differ and that may be to blame; -1: none. */
static gint differing(const plx_binding *b, const GArray *x, const GArray *y, gboolean constancy)
{
    for (guint c = 0; x && y && c < MIN(x->len, y->len); c++) {
        if (strcmp(g_array_index(x, struct plx_csv_field, c).text,
                   g_array_index(y, struct plx_csv_field, c).text) == 0)
            continue;
        if (is_constant_part(b, (gint)c) == constancy)
            return (gint)c;
    }
    return -1;
}

/* `encounter "e1"`, or `answers of respondent "r1"`. */
static char *describe(const plx_binding *b, const GArray *fields)
{
    GString *const out = g_string_new("encounter");
    gboolean any = FALSE;
    for (guint k = 0; k < b->n_encounter; k++) {
        if (!fields || b->encounter[k].column < 0)
            continue;
        const struct plx_csv_field *const field =
            &g_array_index(fields, struct plx_csv_field, b->encounter[k].column);
        g_autofree char *shown = plx_shown(field->text, field->length);
        g_string_append_printf(out, " %s", shown);
        any = TRUE;
    }
    if (!any && fields && b->respondent.column >= 0) {
        const struct plx_csv_field *const field =
            &g_array_index(fields, struct plx_csv_field, b->respondent.column);
        g_autofree char *shown = plx_shown(field->text, field->length);
        g_string_append_printf(out, " of respondent %s", shown);
    }
    return g_string_free(out, FALSE);
}

static char *conflict_message(const struct plx_look *look, const struct conflict *conflict,
                              const GArray *fields, const GArray *others, gint column)
{
    const guint64 line =
        plx_line_table_find(look->lines, conflict->first.block, conflict->first.line);
    g_autofree char *encounter = describe(look->binding, fields);
    if (column < 0)
        return g_strdup_printf("%s contradicts line %" G_GUINT64_FORMAT, encounter, line);
    const struct plx_csv_field *const here = &g_array_index(fields, struct plx_csv_field, column);
    const struct plx_csv_field *const there = &g_array_index(others, struct plx_csv_field, column);
    g_autofree char *a = plx_shown(here->text, here->length);
    g_autofree char *b = plx_shown(there->text, there->length);
    const char *const name = look->binding->names[column];
    if (conflict->constancy)
        return g_strdup_printf("%s is %s here but %s on line %" G_GUINT64_FORMAT
                               "; it must not change within %s",
                               name, a, b, line, encounter);
    return g_strdup_printf("%s is %s here but %s on line %" G_GUINT64_FORMAT
                           ", which is the same observation of %s (two answers need different "
                           "\"item\" numbers)",
                           name, a, b, line, encounter);
}

static void tell_conflict(struct plx_look *look, const struct conflict *conflict,
                          const GArray *fetches)
{
    const struct plx_fetch *const fetch = find_fetch(fetches, &conflict->row);
    g_autoptr(GArray) fields = split(look->binding, fetch);
    g_autoptr(GArray) others = split(look->binding, find_fetch(fetches, &conflict->first));
    const gint column = differing(look->binding, fields, others, conflict->constancy);
    struct plx_fault fault = {.block = conflict->row.block,
                              .row = conflict->row.row,
                              .line = conflict->row.line,
                              .code = PLX_ERROR_INPUT};
    if (column >= 0)
        fault.column = g_array_index(fields, struct plx_csv_field, column).offset + 1;
    fault.message = conflict_message(look, conflict, fields, others, column);
    if (fetch && fetch->raw) {
        fault.raw = g_memdup2(fetch->raw, fetch->length + 1);
        fault.raw_length = fetch->length;
    }
    plx_faults_add(look->faults, &fault);
}

static void clear_fetch(gpointer data)
{
    g_free(((struct plx_fetch *)data)->raw);
}

/* Reads the rows of all conflicts again and turns them into faults. */
static gboolean tell_conflicts(struct plx_look *look, const GArray *conflicts, GError **error)
{
    g_autoptr(GArray) fetches = g_array_new(FALSE, TRUE, sizeof(struct plx_fetch));
    g_array_set_clear_func(fetches, clear_fetch);
    for (guint k = 0; k < conflicts->len; k++) {
        const struct conflict *const conflict = &g_array_index(conflicts, struct conflict, k);
        const struct plx_fetch wanted[] = {{conflict->row.block, conflict->row.row, NULL, 0},
                                           {conflict->first.block, conflict->first.row, NULL, 0}};
        g_array_append_vals(fetches, wanted, 2);
    }
    g_array_sort(fetches, fetches_by_position);
    struct plx_pass pass = {.kind = PLX_PASS_FETCH,
                            .fetches = (struct plx_fetch *)(void *)fetches->data,
                            .n_fetches = fetches->len};
    if (!plx_reader_rewind(look->reader, error) ||
        !plx_workers_run(look->workers, 1, look->reader, &pass, error))
        return FALSE;
    for (guint k = 0; k < conflicts->len; k++)
        tell_conflict(look, &g_array_index(conflicts, struct conflict, k), fetches);
    return TRUE;
}

/* Looking ----------------------------------------------------------------------------------- */

static GArray *collect(struct plx_look *look, const struct plx_suspect *suspects, gsize n,
                       GError **error)
{
    struct plx_pass pass = {.kind = PLX_PASS_LOOK, .suspects = suspects, .n_suspects = n};
    if (!plx_reader_rewind(look->reader, error) ||
        !plx_workers_run(look->workers, look->n_workers, look->reader, &pass, error))
        return NULL;
    GArray *const all = g_array_new(FALSE, FALSE, sizeof(struct plx_signature));
    for (guint w = 0; w < look->n_workers; w++) {
        GArray *const part = plx_worker_signatures(look->workers[w]);
        g_array_append_vals(all, part->data, part->len);
        g_array_set_size(part, 0);
    }
    g_array_sort(all, by_encounter);
    return all;
}

/* Keeps one conflict per row, the first ones up to the allowance and one more; their rows go from
 * the sink as a whole. */
static void settle_conflicts(struct plx_look *look, GArray *conflicts, GArray *retractions)
{
    g_array_sort(conflicts, conflicts_by_position);
    guint kept = 0;
    for (guint k = 0; k < conflicts->len; k++) {
        const struct conflict *const conflict = &g_array_index(conflicts, struct conflict, k);
        const struct conflict *const last =
            kept > 0 ? &g_array_index(conflicts, struct conflict, kept - 1) : NULL;
        if (last && last->row.block == conflict->row.block && last->row.row == conflict->row.row)
            continue;
        if (kept > look->max_errors)
            break;
        g_array_index(conflicts, struct conflict, kept++) = *conflict;
        const struct plx_retraction whole = {conflict->row.block, conflict->row.row, G_MAXUINT32};
        g_array_append_val(retractions, whole);
    }
    g_array_set_size(conflicts, kept);
}

static gboolean is_whole(const GArray *sorted, guint n, const struct plx_retraction *wanted)
{
    guint low = 0, high = n;
    struct plx_retraction key = *wanted;
    key.view = G_MAXUINT32;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        const gint order =
            retractions_by_position(&g_array_index(sorted, struct plx_retraction, middle), &key);
        if (order == 0)
            return TRUE;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return FALSE;
}

static gboolean retract(struct plx_look *look, GArray *retractions, GError **error)
{
    g_array_sort(retractions, retractions_by_position);
    struct plx_pass pass = {.kind = PLX_PASS_RETRACT,
                            .sink = look->sink,
                            .retractions = (const struct plx_retraction *)(void *)retractions->data,
                            .n_retractions = retractions->len};
    return plx_reader_rewind(look->reader, error) &&
           plx_workers_run(look->workers, 1, look->reader, &pass, error);
}

static gboolean look_at_slice(struct plx_look *look, const struct plx_suspect *suspects, gsize n,
                              GError **error)
{
    g_autoptr(GArray) rows = collect(look, suspects, n, error);
    if (!rows)
        return FALSE;
    g_autoptr(GArray) conflicts = g_array_new(FALSE, FALSE, sizeof(struct conflict));
    g_autoptr(GArray) equal = g_array_new(FALSE, FALSE, sizeof(struct plx_retraction));
    const struct plx_signature *const list = (const struct plx_signature *)(void *)rows->data;
    for (gsize i = 0, end; i < rows->len; i = end) {
        for (end = i + 1; end < rows->len && list[end].encounter == list[i].encounter;)
            end++;
        judge_encounter(list + i, end - i, conflicts, equal);
    }
    g_autoptr(GArray) retractions = g_array_new(FALSE, FALSE, sizeof(struct plx_retraction));
    settle_conflicts(look, conflicts, retractions);
    if (conflicts->len > 0 && !tell_conflicts(look, conflicts, error))
        return FALSE;
    const gboolean hopeless = conflicts->len > look->max_errors;
    look->max_errors -= MIN(look->max_errors, conflicts->len);
    const guint n_whole = retractions->len;
    for (guint k = 0; k < equal->len; k++) {
        const struct plx_retraction *const one = &g_array_index(equal, struct plx_retraction, k);
        if (is_whole(retractions, n_whole, one))
            continue;
        g_array_append_val(retractions, *one);
        look->duplicates++;
    }
    return hopeless || retractions->len == 0 || retract(look, retractions, error);
}

gboolean plx_second_look(struct plx_look *look, const struct plx_suspect *suspects, gsize n,
                         GError **error)
{
    for (gsize from = 0; from < n; from += SLICE) {
        const guint before = look->faults->list->len;
        const guint64 allowed = look->max_errors;
        if (!look_at_slice(look, suspects + from, MIN(SLICE, n - from), error))
            return FALSE;
        /* Which contradiction is the first is only known when all slices are seen. */
        if (look->faults->list->len - before > allowed)
            look->max_errors = 0;
    }
    return TRUE;
}
