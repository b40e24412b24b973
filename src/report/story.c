/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/story_parts.h"

static void free_block(gpointer data)
{
    struct plx_block *block = data;
    g_free(block->columns);
    g_clear_pointer(&block->titles, g_ptr_array_unref);
    g_clear_pointer(&block->cells, g_ptr_array_unref);
    g_clear_pointer(&block->subjects, g_ptr_array_unref);
    g_strfreev(block->about);
    plx_svg_free(block->svg);
    g_free(block->title);
    g_free(block->text);
    g_free(block);
}

plx_story *plx_story_new(const char *id, const char *title)
{
    plx_story *story = g_new0(plx_story, 1);
    story->id = g_strdup(id);
    story->title = g_strdup(title);
    story->blocks = g_ptr_array_new_with_free_func(free_block);
    story->notes = g_ptr_array_new_with_free_func(g_free);
    story->methods = g_ptr_array_new_with_free_func(g_free);
    return story;
}

void plx_story_free(plx_story *story)
{
    if (!story)
        return;
    g_ptr_array_unref(story->blocks);
    g_ptr_array_unref(story->notes);
    g_ptr_array_unref(story->methods);
    g_free(story->id);
    g_free(story->title);
    g_free(story->context);
    g_free(story->lead);
    g_strfreev(story->about);
    g_free(story);
}

void plx_story_context(plx_story *story, const char *text)
{
    g_free(story->context);
    story->context = g_strdup(text);
}

const char *plx_story_id(const plx_story *story)
{
    return story->id;
}

const char *plx_story_title(const plx_story *story)
{
    return story->title;
}

void plx_story_lead(plx_story *story, const char *text)
{
    g_free(story->lead);
    story->lead = g_strdup(text);
}

static struct plx_block *add(plx_story *story, enum plx_block_kind kind, const char *title,
                             const char *text)
{
    struct plx_block *block = g_new0(struct plx_block, 1);
    block->kind = kind;
    block->title = g_strdup(title);
    block->text = g_strdup(text);
    g_ptr_array_add(story->blocks, block);
    return block;
}

void plx_story_say(plx_story *story, const char *text)
{
    add(story, PLX_BLOCK_SAY, NULL, text)->about = g_steal_pointer(&story->about);
}

void plx_story_quiet(plx_story *story, const char *text)
{
    add(story, PLX_BLOCK_QUIET, NULL, text)->about = g_steal_pointer(&story->about);
}

void plx_story_heading(plx_story *story, const char *text)
{
    add(story, PLX_BLOCK_HEADING, NULL, text);
}

void plx_story_sheet(plx_story *story, const char *text)
{
    add(story, PLX_BLOCK_HEADING, NULL, text)->sheet = TRUE;
}

void plx_story_item(plx_story *story, const char *title, const char *text)
{
    add(story, PLX_BLOCK_ITEM, title, text)->about = g_steal_pointer(&story->about);
}

void plx_story_code(plx_story *story, const char *text)
{
    add(story, PLX_BLOCK_CODE, NULL, text);
}

static void free_ids(gpointer ids)
{
    g_strfreev(ids);
}

void plx_story_table(plx_story *story, const char *caption, const struct plx_story_column *columns,
                     guint n)
{
    g_assert(n > 0);
    struct plx_block *block = add(story, PLX_BLOCK_TABLE, caption, NULL);
    block->n_columns = n;
    block->columns = g_new(struct plx_story_column, n);
    block->titles = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < n; i++) {
        char *copy = g_strdup(columns[i].title);
        g_ptr_array_add(block->titles, copy);
        block->columns[i] = (struct plx_story_column){copy, columns[i].align};
    }
    block->cells = g_ptr_array_new_with_free_func(g_free);
    block->subjects = g_ptr_array_new_with_free_func(free_ids);
}

static void add_cell(plx_story *story, char *text)
{
    struct plx_block *last =
        story->blocks->len ? story->blocks->pdata[story->blocks->len - 1] : NULL;
    g_assert(last && last->kind == PLX_BLOCK_TABLE);
    if (last->cells->len % last->n_columns == 0)
        g_ptr_array_add(last->subjects, g_steal_pointer(&story->about));
    g_ptr_array_add(last->cells, text);
}

void plx_story_cell(plx_story *story, const char *text)
{
    add_cell(story, g_strdup(text ? text : "–"));
}

void plx_story_cellf(plx_story *story, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_cell(story, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

void plx_story_subjects(plx_story *story, const char *const *ids, guint n)
{
    g_strfreev(story->about);
    story->about = n > 0 ? g_new0(char *, (gsize)n + 1) : NULL;
    for (guint i = 0; i < n; i++)
        story->about[i] = g_strdup(ids[i]);
}

void plx_story_subject(plx_story *story, const char *id)
{
    plx_story_subjects(story, &id, id ? 1 : 0);
}

static gboolean is_among(char *const *about, const char *id)
{
    return about && g_strv_contains((const char *const *)about, id);
}

static gboolean has_row(const struct plx_block *table, const char *id)
{
    for (guint r = 0; r < table->subjects->len; r++)
        if (is_among(table->subjects->pdata[r], id))
            return TRUE;
    return FALSE;
}

static gboolean is_about(const struct plx_block *block, const char *id)
{
    return block->kind == PLX_BLOCK_TABLE ? has_row(block, id) : is_among(block->about, id);
}

static void copy_rows(const struct plx_block *table, const char *id, plx_story *to)
{
    plx_story_table(to, table->title, table->columns, table->n_columns);
    for (guint i = 0; i < table->cells->len; i++)
        if (is_among(table->subjects->pdata[i / table->n_columns], id))
            plx_story_cell(to, table->cells->pdata[i]);
}

gboolean plx_story_about(const plx_story *story, const char *id, plx_story *to)
{
    gboolean found = FALSE;
    const char *above = NULL; /* what the item before this one is called */
    for (guint i = 0; i < story->blocks->len; i++) {
        const struct plx_block *block = story->blocks->pdata[i];
        if (!is_about(block, id))
            continue;
        if (!found)
            plx_story_heading(to, story->title);
        found = TRUE;
        if (block->kind == PLX_BLOCK_TABLE)
            copy_rows(block, id, to);
        else if (block->kind == PLX_BLOCK_SAY)
            plx_story_say(to, block->text);
        else if (block->kind == PLX_BLOCK_QUIET)
            plx_story_quiet(to, block->text);
        else
            plx_story_item(to, g_strcmp0(block->title, above) == 0 ? NULL : block->title,
                           block->text);
        above = block->kind == PLX_BLOCK_ITEM ? block->title : NULL;
    }
    return found;
}

void plx_story_drawing(plx_story *story, plx_svg *svg)
{
    add(story, PLX_BLOCK_DRAWING, NULL, NULL)->svg = svg;
}

void plx_story_legend(plx_story *story, const char *text)
{
    add(story, PLX_BLOCK_LEGEND, NULL, text);
}

void plx_story_note(plx_story *story, const char *text)
{
    g_ptr_array_add(story->notes, g_strdup(text));
}

void plx_story_method(plx_story *story, const char *heading, const char *text)
{
    g_ptr_array_add(story->methods, g_strdup(heading));
    g_ptr_array_add(story->methods, g_strdup(text));
}

static void take_all(GPtrArray *to, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, g_steal_pointer(&from->pdata[i]));
    g_ptr_array_set_free_func(from, NULL);
    g_ptr_array_set_size(from, 0);
}

void plx_story_take(plx_story *to, plx_story *from)
{
    take_all(to->blocks, from->blocks);
    take_all(to->notes, from->notes);
    take_all(to->methods, from->methods);
}

void plx_story_take_methods(plx_story *to, const plx_story *story)
{
    for (guint i = 0; i + 1 < story->methods->len; i += 2)
        plx_story_method(to, story->methods->pdata[i], story->methods->pdata[i + 1]);
}
