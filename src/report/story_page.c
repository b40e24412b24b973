/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A story on a page. */
#include "chart/picture.h"
#include "report/page.h"
#include "report/story_parts.h"

/* What a table is called: its caption, else the heading it stands under. */
static const char *table_name(const plx_story *story, guint at)
{
    const struct plx_block *table = story->blocks->pdata[at];
    if (table->title)
        return table->title;
    for (guint i = at; i-- > 0;) {
        const struct plx_block *block = story->blocks->pdata[i];
        if (block->kind == PLX_BLOCK_HEADING)
            return block->text;
    }
    return story->title;
}

/* What a table or drawing stands under: a page holds several stories, and each has like headings.
 */
static char *place_name(const plx_story *story, guint at)
{
    const struct plx_block *table = story->blocks->pdata[at];
    const char *heading = NULL;
    GString *name = g_string_new(story->title);
    for (guint i = at; i-- > 0 && !heading;) {
        const struct plx_block *block = story->blocks->pdata[i];
        heading = block->kind == PLX_BLOCK_HEADING ? block->text : NULL;
    }
    if (heading)
        g_string_append_printf(name, ": %s", heading);
    if (table->kind == PLX_BLOCK_TABLE && table->title && g_strcmp0(table->title, heading) != 0)
        g_string_append_printf(name, ": %s", table->title);
    return g_string_free(name, FALSE);
}

/* What a drawing is called: what is said below it, else as a table there would be, as it has a
 * table twin. */
static char *drawing_name(const plx_story *story, guint at)
{
    const struct plx_block *next =
        at + 1 < story->blocks->len ? story->blocks->pdata[at + 1] : NULL;
    if (next && next->kind == PLX_BLOCK_LEGEND)
        return g_strdup(next->text);
    g_autofree char *name = place_name(story, at);
    return g_strconcat(name, ", drawn", NULL);
}

static char *block_name(const plx_story *story, guint at)
{
    const struct plx_block *block = story->blocks->pdata[at];
    return block->kind == PLX_BLOCK_DRAWING ? drawing_name(story, at)
           : block->kind == PLX_BLOCK_TABLE ? place_name(story, at)
                                            : NULL;
}

/* Regions that scroll are told apart by their names: "Places", "Places (2)"; NULL of other blocks.
 */
static char *region_name(const plx_story *story, guint at)
{
    g_autofree char *name = block_name(story, at);
    guint before = 0;
    for (guint i = 0; name && i < at; i++) {
        g_autofree char *other = block_name(story, i);
        before += g_strcmp0(other, name) == 0;
    }
    return before > 0 ? g_strdup_printf("%s (%u)", name, before + 1) : g_steal_pointer(&name);
}

static void write_table(plx_html *html, const struct plx_block *table, const char *region,
                        const char *name)
{
    g_assert(table->n_columns > 0);
    plx_html_open_class(html, "div", "scroll");
    plx_html_attribute(html, "role", "region");
    plx_html_attribute(html, "aria-label", region);
    plx_html_attribute(html, "tabindex", "0");
    plx_html_open_class(html, "table", "story-table");
    plx_html_attribute(html, "aria-label", table->title ? NULL : name);
    if (table->title)
        plx_html_title(html, "caption", NULL, table->title);
    plx_html_open(html, "thead");
    plx_html_open(html, "tr");
    for (guint c = 0; c < table->n_columns; c++) {
        const gboolean number = table->columns[c].align == PLX_STORY_NUMBER;
        plx_html_open_class(html, "th", number ? "num" : NULL);
        plx_html_attribute(html, "scope", "col");
        plx_html_text(html, table->columns[c].title);
        plx_html_close(html);
    }
    plx_html_close(html);
    plx_html_close(html);
    plx_html_open(html, "tbody");
    for (guint i = 0; i < table->cells->len; i++) {
        const guint c = i % table->n_columns;
        const gboolean number = table->columns[c].align == PLX_STORY_NUMBER;
        if (c == 0)
            plx_html_open(html, "tr");
        plx_html_open_class(html, c ? "td" : "th", number ? "num" : c ? NULL : "point");
        if (c == 0)
            plx_html_attribute(html, "scope", "row");
        plx_html_attribute(html, "dir", number ? NULL : "auto");
        plx_html_text(html, table->cells->pdata[i]);
        plx_html_close(html);
        if (c + 1 == table->n_columns)
            plx_html_close(html);
    }
    plx_html_close(html);
    plx_html_close(html);
    plx_html_close(html);
}

/* A long table is folded up on a phone (page.css), where it is many screens. */
static void write_folded(plx_html *html, const struct plx_block *table, const char *region,
                         const char *name)
{
    const guint rows = table->cells->len / table->n_columns;
    if (rows <= PLX_PAGE_LONG) {
        write_table(html, table, region, name);
        return;
    }
    plx_html_open_class(html, "details", "fold");
    plx_html_open(html, "summary");
    plx_html_title(html, "span", NULL, name);
    plx_html_textf(html, " (%u)", rows);
    plx_html_close(html);
    write_table(html, table, region, name);
    plx_html_close(html);
}

static void write_item(plx_html *html, const struct plx_block *block)
{
    plx_html_open(html, "li");
    if (block->title)
        plx_html_title(html, "strong", NULL, block->title);
    g_auto(GStrv) lines = g_strsplit(block->text ? block->text : "", "\n", -1);
    for (guint i = 0; lines[i]; i++)
        plx_html_title(html, "span", NULL, lines[i]);
    if (!lines[0])
        plx_html_title(html, "span", NULL, "");
    plx_html_close(html);
}

static gboolean is_item(const plx_story *story, guint i)
{
    const struct plx_block *block = i < story->blocks->len ? story->blocks->pdata[i] : NULL;
    return block && block->kind == PLX_BLOCK_ITEM;
}

static void write_block(const plx_story *story, guint i, plx_html *html)
{
    const struct plx_block *block = story->blocks->pdata[i];
    g_autofree char *name = region_name(story, i);
    switch (block->kind) {
    case PLX_BLOCK_SAY:
        plx_html_title(html, "p", "say", block->text);
        return;
    case PLX_BLOCK_QUIET:
    case PLX_BLOCK_LEGEND:
        plx_html_title(html, "p", "explain", block->text);
        return;
    case PLX_BLOCK_HEADING:
        plx_html_title(html, "h3", block->sheet ? "apart" : NULL, block->text);
        return;
    case PLX_BLOCK_ITEM:
        if (i == 0 || !is_item(story, i - 1))
            plx_html_open_class(html, "ul", "rows");
        write_item(html, block);
        if (!is_item(story, i + 1))
            plx_html_close(html);
        return;
    case PLX_BLOCK_TABLE:
        write_folded(html, block, name, table_name(story, i));
        return;
    case PLX_BLOCK_CODE:
        plx_html_open_class(html, "pre", "code scroll");
        plx_html_attribute(html, "role", "region");
        plx_html_attribute(html, "aria-label", "What to type");
        plx_html_attribute(html, "tabindex", "0");
        plx_html_element(html, "code", NULL, block->text);
        plx_html_close(html);
        return;
    case PLX_BLOCK_DRAWING:
        plx_html_open_class(html, "figure", "scroll");
        plx_html_attribute(html, "role", "region");
        plx_html_attribute(html, "aria-label", name);
        plx_html_attribute(html, "tabindex", "0");
        plx_html_svg(html, block->svg);
        plx_html_close(html);
        return;
    }
}

static void write_notes(const plx_story *story, plx_html *html)
{
    if (!story->notes->len)
        return;
    plx_html_open_class(html, "div", "notes");
    plx_html_element(html, "h3", NULL, "Notes");
    plx_html_open(html, "ul");
    for (guint i = 0; i < story->notes->len; i++)
        plx_html_title(html, "li", NULL, story->notes->pdata[i]);
    plx_html_close(html);
    plx_html_close(html);
}

static void write_methods(const plx_story *story, plx_html *html)
{
    if (!story->methods->len)
        return;
    plx_html_open_class(html, "details", "method");
    plx_html_element(html, "summary", NULL, "How we know");
    plx_html_open(html, "dl");
    for (guint i = 0; i + 1 < story->methods->len; i += 2) {
        plx_html_element(html, "dt", NULL, story->methods->pdata[i]);
        plx_html_element(html, "dd", NULL, story->methods->pdata[i + 1]);
    }
    plx_html_close(html);
    plx_html_close(html);
}

static void write_blocks(const plx_story *story, plx_html *html)
{
    for (guint i = 0; i < story->blocks->len; i++)
        write_block(story, i, html);
    write_notes(story, html);
    write_methods(story, html);
}

void plx_story_section(const plx_story *story, plx_html *html)
{
    plx_html_open_class(html, "section", "story");
    plx_html_attribute(html, "id", story->id);
    plx_html_element(html, "h2", NULL, story->title);
    if (story->lead)
        plx_html_title(html, "p", "lead", story->lead);
    write_blocks(story, html);
    plx_html_close(html);
}

static void write_footer(const struct plx_page_options *options, plx_html *html)
{
    plx_html_open(html, "footer");
    plx_html_open(html, "p");
    plx_html_textf(html, "Parallax %s", options->version ? options->version : "");
    plx_html_close(html);
    if (options->command) {
        plx_html_open(html, "p");
        plx_html_text(html, "To make this page again: ");
        plx_html_element(html, "code", NULL, options->command);
        plx_html_close(html);
    }
    if (!options->language)
        plx_html_element(html, "p", NULL,
                         "What goes together is not yet cause and effect, and nobody is to blame "
                         "for a different view.");
    plx_html_close(html);
}

GString *plx_story_page(const plx_story *story, const struct plx_page_options *options)
{
    g_autofree char *running = plx_page_running(story->context ? story->context : story->title);
    g_autofree char *css =
        g_strconcat(plx_picture_css(), plx_page_resource("page.css"), running, NULL);
    g_autoptr(plx_html) html = plx_html_new();
    plx_page_begin_in(html, options->language ? options->language : "en-GB", options->direction,
                      story->lead ? story->lead : story->title, css, NULL, /* images= */ FALSE);
    plx_html_open_class(html, "body", "told");
    plx_html_open(html, "header");
    plx_html_title(html, "p", "eyebrow", story->context ? story->context : story->title);
    plx_html_open_class(html, "div", "top");
    plx_html_title(html, "h1", NULL, story->lead ? story->lead : story->title);
    plx_html_close(html);
    plx_html_close(html);
    plx_html_open(html, "main");
    plx_html_open_class(html, "section", "story");
    plx_html_element(html, "h2", NULL, story->title);
    write_blocks(story, html);
    plx_html_close(html);
    plx_html_close(html);
    write_footer(options, html);
    plx_html_close(html);
    plx_html_close(html);
    return plx_html_finish(html);
}
