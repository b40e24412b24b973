/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A story in a terminal. */
#include "report/story_parts.h"
#include "report/term.h"
#include "report/words.h"

#include <string.h>

#define GAP 2        /* blanks between columns */
#define NARROWEST 12 /* of a column of text that must give way */

static const char *cell_at(const struct plx_block *table, guint row, guint column)
{
    return table->cells->pdata[row * table->n_columns + column];
}

static guint rows_of(const struct plx_block *table)
{
    return table->cells->len / table->n_columns;
}

/* What the words need; then columns of text give way, the widest first, until the line fits. */
static void measure(const struct plx_block *table, guint room, guint *width)
{
    guint total = GAP * (table->n_columns - 1);
    for (guint c = 0; c < table->n_columns; c++) {
        width[c] = plx_term_width(table->columns[c].title);
        for (guint r = 0; r < rows_of(table); r++)
            width[c] = MAX(width[c], plx_term_width(cell_at(table, r, c)));
        total += width[c];
    }
    while (total > room) {
        gint widest = -1;
        for (guint c = 0; c < table->n_columns; c++)
            if (table->columns[c].align != PLX_STORY_NUMBER &&
                table->columns[c].align != PLX_STORY_WHOLE && width[c] > NARROWEST &&
                (widest < 0 || width[c] > width[widest]))
                widest = (gint)c;
        if (widest < 0)
            return;
        width[widest]--;
        total--;
    }
}

static void put(GString *out, const char *text, guint width, enum plx_story_align align)
{
    const guint needs = plx_term_width(text);
    for (guint i = needs; align == PLX_STORY_NUMBER && i < width; i++)
        g_string_append_c(out, ' ');
    if (align == PLX_STORY_NUMBER)
        plx_term_safe(out, text);
    else
        plx_term_fit(out, text, width);
}

/* The lines of a cell: one, but where words go on. */
static char **lines_of(const struct plx_block *table, const guint *width, gint row, guint c,
                       const struct plx_table_options *options)
{
    const char *const text = row < 0 ? table->columns[c].title : cell_at(table, (guint)row, c);
    struct plx_table_options narrow = *options;
    g_autoptr(GString) wrapped = g_string_new(NULL);
    narrow.width = width[c];
    if (table->columns[c].align != PLX_STORY_WORDS || plx_term_width(text) <= width[c])
        return g_strdupv((char *[]){(char *)(guintptr)text, NULL});
    plx_term_wrap(wrapped, &narrow, PLX_STYLE_PLAIN, 0, text);
    return g_strsplit(g_strchomp(wrapped->str), "\n", -1);
}

static void put_cells(const struct plx_block *table, const guint *width, char ***lines, guint at,
                      gint row, const struct plx_table_options *options, GString *out)
{
    g_autoptr(GString) line = g_string_new("  ");
    for (guint c = 0; c < table->n_columns; c++) {
        put(line, at < g_strv_length(lines[c]) ? lines[c][at] : "", width[c],
            table->columns[c].align);
        if (c + 1 < table->n_columns)
            g_string_append(line, "  ");
    }
    while (line->len && line->str[line->len - 1] == ' ')
        g_string_truncate(line, line->len - 1);
    if (row < 0)
        plx_term_style(out, options, PLX_STYLE_DIM, line->str);
    else
        g_string_append(out, line->str);
    g_string_append_c(out, '\n');
}

static void put_line(const struct plx_block *table, const guint *width, gint row,
                     const struct plx_table_options *options, GString *out)
{
    g_autofree char ***lines = g_new0(char **, table->n_columns);
    guint n = 1;
    for (guint c = 0; c < table->n_columns; c++) {
        lines[c] = lines_of(table, width, row, c, options);
        n = MAX(n, g_strv_length(lines[c]));
    }
    for (guint at = 0; at < n; at++)
        put_cells(table, width, lines, at, row, options, out);
    for (guint c = 0; c < table->n_columns; c++)
        g_strfreev(lines[c]);
}

static void put_table(const struct plx_block *table, const struct plx_table_options *options,
                      GString *out)
{
    g_autofree guint *width = g_new0(guint, table->n_columns);
    measure(table, MAX(options->width, 40) - 2, width);
    if (table->title)
        plx_term_wrap(out, options, PLX_STYLE_BOLD, 0, table->title);
    put_line(table, width, -1, options, out);
    for (guint r = 0; r < rows_of(table); r++)
        put_line(table, width, (gint)r, options, out);
}

static void put_item(const struct plx_block *block, const struct plx_table_options *options,
                     GString *out)
{
    if (!block->title) {
        g_autofree char *text = g_strconcat("• ", block->text, NULL);
        plx_term_wrap(out, options, PLX_STYLE_PLAIN, 2, text);
        return;
    }
    plx_term_wrap(out, options, PLX_STYLE_PLAIN, 2, block->title);
    g_auto(GStrv) lines = g_strsplit(block->text ? block->text : "", "\n", -1);
    for (guint i = 0; lines[i] && *lines[i]; i++)
        plx_term_wrap(out, options, PLX_STYLE_PLAIN, 4, lines[i]);
}

static void put_code(const struct plx_block *block, GString *out)
{
    g_auto(GStrv) lines = g_strsplit(block->text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        g_string_append(out, "    ");
        plx_term_safe(out, lines[i]);
        g_string_append_c(out, '\n');
    }
}

static void put_block(const struct plx_story *story, guint i,
                      const struct plx_table_options *options, GString *out)
{
    const struct plx_block *block = story->blocks->pdata[i];
    const struct plx_block *before = i ? story->blocks->pdata[i - 1] : NULL;
    const gboolean together =
        before && (before->kind == PLX_BLOCK_HEADING ||
                   (before->kind == PLX_BLOCK_ITEM && block->kind == PLX_BLOCK_ITEM));
    if (block->kind == PLX_BLOCK_DRAWING || block->kind == PLX_BLOCK_LEGEND)
        return;
    if (!together)
        g_string_append_c(out, '\n');
    switch (block->kind) {
    case PLX_BLOCK_SAY:
        plx_term_wrap(out, options, PLX_STYLE_PLAIN, 0, block->text);
        return;
    case PLX_BLOCK_QUIET:
        plx_term_wrap(out, options, PLX_STYLE_DIM, 0, block->text);
        return;
    case PLX_BLOCK_HEADING:
        plx_term_wrap(out, options, PLX_STYLE_BOLD, 0, block->text);
        return;
    case PLX_BLOCK_ITEM:
        put_item(block, options, out);
        return;
    case PLX_BLOCK_TABLE:
        put_table(block, options, out);
        return;
    case PLX_BLOCK_CODE:
        put_code(block, out);
        return;
    case PLX_BLOCK_DRAWING:
    case PLX_BLOCK_LEGEND:
        return;
    }
}

static void put_methods(const plx_story *story, const struct plx_table_options *options,
                        GString *out)
{
    g_string_append_c(out, '\n');
    plx_term_wrap(out, options, PLX_STYLE_BOLD, 0, "How we know");
    for (guint i = 0; i + 1 < story->methods->len; i += 2) {
        g_autofree char *text = g_strdup_printf("• %s: %s", (char *)story->methods->pdata[i],
                                                (char *)story->methods->pdata[i + 1]);
        plx_term_wrap(out, options, PLX_STYLE_PLAIN, 2, text);
    }
}

void plx_story_text(const plx_story *story, const struct plx_table_options *options, GString *out)
{
    const gsize start = out->len;
    if (story->lead)
        plx_term_wrap(out, options, PLX_STYLE_BOLD, 0, story->lead);
    if (story->context)
        plx_term_wrap(out, options, PLX_STYLE_DIM, 0, story->context);
    for (guint i = 0; i < story->blocks->len; i++)
        put_block(story, i, options, out);
    if (story->notes->len) {
        g_string_append_c(out, '\n');
        plx_term_wrap(out, options, PLX_STYLE_BOLD, 0, "Notes");
    }
    for (guint i = 0; i < story->notes->len; i++) {
        g_autofree char *text = g_strconcat("• ", story->notes->pdata[i], NULL);
        plx_term_wrap(out, options, PLX_STYLE_PLAIN, 2, text);
    }
    if (options->verbose && story->methods->len)
        put_methods(story, options, out);
    if (options->unicode)
        return;
    g_autoptr(GString) ascii = g_string_new(out->str + start);
    plx_words_ascii(ascii);
    g_string_truncate(out, start);
    g_string_append_len(out, ascii->str, (gssize)ascii->len);
}
