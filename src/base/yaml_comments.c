/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yaml_comments.h"

#include <string.h>
#include <yaml.h>

/* A scalar, from its first character to behind its last: lines and characters from 0. */
struct span {
    yaml_mark_t start, end;
};

static void comment_free(gpointer data)
{
    struct plx_yaml_comment *const comment = data;
    g_free(comment->text);
    g_free(comment);
}

/* libyaml counts these as breaks, too. */
static gboolean has_other_breaks(const char *text)
{
    for (const char *at = text; *at; at++)
        if (*at == '\r' && at[1] != '\n')
            return TRUE;
    return strstr(text, "\xc2\x85") || strstr(text, "\xe2\x80\xa8") || strstr(text, "\xe2\x80\xa9");
}

static GArray *find_scalars(const char *text)
{
    GArray *const spans = g_array_new(FALSE, FALSE, sizeof(struct span));
    yaml_parser_t parser;
    gboolean more = TRUE;
    if (!yaml_parser_initialize(&parser))
        return spans;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, strlen(text));
    while (more) {
        yaml_token_t token;
        if (!yaml_parser_scan(&parser, &token))
            break;
        more = token.type != YAML_STREAM_END_TOKEN;
        if (token.type == YAML_SCALAR_TOKEN) {
            const struct span span = {token.start_mark, token.end_mark};
            g_array_append_val(spans, span);
        }
        yaml_token_delete(&token);
    }
    yaml_parser_delete(&parser);
    return spans;
}

static gboolean is_before(gsize line, gsize column, yaml_mark_t mark)
{
    return line < mark.line || (line == mark.line && column < mark.column);
}

/* *next: the first scalar that does not end before this place; places come in order. */
static gboolean is_within(const GArray *spans, guint *next, gsize line, gsize column)
{
    while (*next < spans->len &&
           !is_before(line, column, g_array_index(spans, struct span, *next).end))
        ++*next;
    return *next < spans->len &&
           !is_before(line, column, g_array_index(spans, struct span, *next).start);
}

/* Where the comment of a line begins; NULL: it has none. */
static const char *find_mark(const char *line, const GArray *spans, guint *next, gsize number)
{
    gsize column = 0;
    for (const char *at = line; *at; at = g_utf8_next_char(at), column++)
        if (*at == '#' && (at == line || at[-1] == ' ' || at[-1] == '\t') &&
            !is_within(spans, next, number, column))
            return at;
    return NULL;
}

GPtrArray *plx_yaml_comments(const char *text)
{
    GPtrArray *const comments = g_ptr_array_new_with_free_func(comment_free);
    if (!g_utf8_validate(text, -1, NULL) || has_other_breaks(text))
        return comments;
    g_autoptr(GArray) spans = find_scalars(text);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint next = 0;
    for (guint i = 0; lines[i]; i++) {
        const char *const mark = find_mark(lines[i], spans, &next, i);
        if (!mark)
            continue;
        struct plx_yaml_comment *const comment = g_new(struct plx_yaml_comment, 1);
        char *const words = g_strdup(mark);
        *comment = (struct plx_yaml_comment){
            i + 1, strspn(lines[i], " \t") == (gsize)(mark - lines[i]), g_strchomp(words)};
        g_ptr_array_add(comments, comment);
    }
    return comments;
}
