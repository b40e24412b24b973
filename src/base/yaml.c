/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libyaml events to a tree. The getters are in base/yaml_get.c. */
#include "base/yaml.h"

#include "base/slurp.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

struct plx_yaml {
    char *name;
    GPtrArray *nodes;    /* owns every struct plx_yaml_node */
    GPtrArray *arrays;   /* owns the arrays of keys and values */
    GStringChunk *texts; /* owns scalars */
    const struct plx_yaml_node *root;
};

/* An open sequence or mapping while its events come in. */
struct level {
    struct plx_yaml_node *node;
    GPtrArray *keys, *values;
    GHashTable *seen;                /* mapping: key text -> key node */
    const struct plx_yaml_node *key; /* mapping: key that waits for its value */
};

struct builder {
    plx_yaml *yaml;
    yaml_parser_t parser;
    const char *text;
    gsize length;
    GArray *lines;  /* gsize: offset of each line's first byte */
    GArray *levels; /* struct level */
    /* Last place converted: events come in order, so that finding byte columns stays linear. */
    gsize line, character, offset;
    gboolean ended;
};

/* ---- places ---- */

/* Breaks as libyaml counts them: LF, CR, CRLF, NEL, LS, PS. */
static GArray *find_lines(const char *text, gsize length)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize start = 0;
    g_array_append_val(lines, start);
    const unsigned char *t = (const unsigned char *)text;
    for (gsize i = 0; i < length; i++) {
        gsize width = 0;
        if (t[i] == '\n' || t[i] == '\r')
            width = t[i] == '\r' && i + 1 < length && t[i + 1] == '\n' ? 2 : 1;
        else if (t[i] == 0xC2 && i + 1 < length && t[i + 1] == 0x85)
            width = 2;
        else if (t[i] == 0xE2 && i + 2 < length && t[i + 1] == 0x80 &&
                 (t[i + 2] == 0xA8 || t[i + 2] == 0xA9))
            width = 3;
        if (width == 0)
            continue;
        i += width - 1;
        start = i + 1;
        g_array_append_val(lines, start);
    }
    return lines;
}

/* libyaml's line and character column (from 0) as our line and byte column (from 1). */
static struct plx_loc locate(struct builder *b, yaml_mark_t mark)
{
    gsize line = MIN(mark.line, (gsize)b->lines->len - 1);
    if (line != b->line || mark.column < b->character) {
        b->line = line;
        b->character = 0;
        b->offset = g_array_index(b->lines, gsize, line);
    }
    while (b->character < mark.column && b->offset < b->length) {
        const char *next = g_utf8_next_char(b->text + b->offset);
        b->offset = (gsize)(next - b->text);
        b->character++;
    }
    gsize start = g_array_index(b->lines, gsize, line);
    return (struct plx_loc){b->yaml->name, line + 1, b->offset - start + 1};
}

static gboolean fail(struct builder *b, yaml_mark_t mark, GError **error, const char *message)
{
    struct plx_loc loc = locate(b, mark);
    return plx_error_at(error, PLX_ERROR_INPUT, &loc, "%s", message);
}

/* ---- the tree ---- */

static void level_clear(gpointer data)
{
    struct level *level = data;
    g_clear_pointer(&level->keys, g_ptr_array_unref);
    g_clear_pointer(&level->values, g_ptr_array_unref);
    g_clear_pointer(&level->seen, g_hash_table_unref);
}

static gboolean add_key(struct level *level, const struct plx_yaml_node *node, GError **error)
{
    if (node->kind != PLX_YAML_SCALAR || plx_yaml_is_null(node) || node->length == 0)
        return plx_yaml_error(node, error, "a key must be a text, not %s",
                              plx_yaml_kind_name(node));
    const struct plx_yaml_node *first = g_hash_table_lookup(level->seen, node->text);
    if (first) {
        g_autofree char *shown = plx_yaml_quote(node->text);
        return plx_yaml_error(node, error, "%s is here twice; first on line %" G_GUINT64_FORMAT,
                              shown, first->loc.line);
    }
    g_hash_table_insert(level->seen, (gpointer)(guintptr)node->text, (gpointer)(guintptr)node);
    level->key = node;
    return TRUE;
}

/* Puts a new node where it belongs: root, item, key or value. */
static gboolean place(struct builder *b, struct plx_yaml_node *node, GError **error)
{
    if (b->levels->len == 0) {
        if (b->yaml->root)
            return plx_yaml_error(node, error, "only one document may be in a file");
        b->yaml->root = node;
        return TRUE;
    }
    struct level *level = &g_array_index(b->levels, struct level, b->levels->len - 1);
    if (level->node->kind == PLX_YAML_MAPPING && !level->key)
        return add_key(level, node, error);
    if (level->node->kind == PLX_YAML_MAPPING)
        g_ptr_array_add(level->keys, (gpointer)(guintptr)level->key);
    level->key = NULL;
    g_ptr_array_add(level->values, node);
    return TRUE;
}

static struct plx_yaml_node *new_node(struct builder *b, const yaml_event_t *event,
                                      enum plx_yaml_kind kind, GError **error)
{
    if (b->yaml->nodes->len >= PLX_YAML_NODES_MAX) {
        fail(b, event->start_mark, error,
             "more than " G_STRINGIFY(PLX_YAML_NODES_MAX) " values in one file");
        return NULL;
    }
    struct plx_yaml_node *node = g_new0(struct plx_yaml_node, 1);
    node->kind = kind;
    node->loc = locate(b, event->start_mark);
    g_ptr_array_add(b->yaml->nodes, node);
    return node;
}

static gboolean add_scalar(struct builder *b, const yaml_event_t *event, GError **error)
{
    const char *text = (const char *)event->data.scalar.value;
    gsize length = event->data.scalar.length;
    if (memchr(text, 0, length))
        return fail(b, event->start_mark, error, "a text must not hold a NUL character");
    struct plx_yaml_node *node = new_node(b, event, PLX_YAML_SCALAR, error);
    if (!node)
        return FALSE;
    node->text = g_string_chunk_insert_len(b->yaml->texts, text, (gssize)length);
    node->length = length;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return place(b, node, error);
}

static gboolean open_level(struct builder *b, const yaml_event_t *event, enum plx_yaml_kind kind,
                           GError **error)
{
    if (b->levels->len >= PLX_YAML_DEPTH_MAX)
        return fail(b, event->start_mark, error,
                    "nested deeper than " G_STRINGIFY(PLX_YAML_DEPTH_MAX) " levels");
    struct plx_yaml_node *node = new_node(b, event, kind, error);
    if (!node || !place(b, node, error))
        return FALSE;
    struct level level = {.node = node, .values = g_ptr_array_new()};
    if (kind == PLX_YAML_MAPPING) {
        level.keys = g_ptr_array_new();
        level.seen = g_hash_table_new(g_str_hash, g_str_equal);
    }
    g_array_append_val(b->levels, level);
    return TRUE;
}

static const struct plx_yaml_node *const *keep(plx_yaml *yaml, GPtrArray *array)
{
    gpointer *kept = g_ptr_array_steal(array, NULL);
    g_ptr_array_add(yaml->arrays, kept);
    return (const struct plx_yaml_node *const *)kept;
}

static void close_level(struct builder *b)
{
    struct level *level = &g_array_index(b->levels, struct level, b->levels->len - 1);
    level->node->n = level->values->len;
    level->node->values = keep(b->yaml, level->values);
    if (level->keys)
        level->node->keys = keep(b->yaml, level->keys);
    g_array_set_size(b->levels, b->levels->len - 1);
}

/* ---- events ---- */

static gboolean is_decorated(const yaml_event_t *event, const char **what)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (event->type == YAML_ALIAS_EVENT)
        *what = "aliases (*name) are not read here; write the value out";
    else if (anchor)
        *what = "anchors (&name) are not read here; write the value out";
    else if (tag)
        *what = "tags (!name) are not read here";
    return *what != NULL;
}

static gboolean take_event(struct builder *b, const yaml_event_t *event, GError **error)
{
    const char *refused = NULL;
    if (is_decorated(event, &refused))
        return fail(b, event->start_mark, error, refused);
    switch ((int)event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (b->yaml->root)
            return fail(b, event->start_mark, error, "only one document may be in a file");
        return TRUE;
    case YAML_SCALAR_EVENT:
        return add_scalar(b, event, error);
    case YAML_SEQUENCE_START_EVENT:
        return open_level(b, event, PLX_YAML_SEQUENCE, error);
    case YAML_MAPPING_START_EVENT:
        return open_level(b, event, PLX_YAML_MAPPING, error);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_level(b);
        return TRUE;
    case YAML_STREAM_END_EVENT:
        b->ended = TRUE;
        return TRUE;
    default:
        return TRUE;
    }
}

/* libyaml's own words, with the hint that helps most often. */
static gboolean parser_error(struct builder *b, GError **error)
{
    const char *problem = b->parser.problem ? b->parser.problem : "cannot be read";
    const char *hint = "";
    if (strstr(problem, "mapping values are not allowed"))
        hint = "; a text with \": \" in it needs quotes";
    else if (strstr(problem, "cannot start any token"))
        hint = "; indent with blanks, and put a text that begins with @, `, % or a tab in quotes";
    g_autofree char *message =
        g_strdup_printf("not YAML: %s%s%s%s", problem, b->parser.context ? " " : "",
                        b->parser.context ? b->parser.context : "", hint);
    return fail(b, b->parser.problem_mark, error, message);
}

static gboolean build(struct builder *b, GError **error)
{
    gboolean ok = TRUE;
    while (ok && !b->ended) {
        yaml_event_t event;
        if (!yaml_parser_parse(&b->parser, &event))
            return parser_error(b, error);
        ok = take_event(b, &event, error);
        yaml_event_delete(&event);
    }
    if (ok && (!b->yaml->root || plx_yaml_is_null(b->yaml->root))) {
        struct plx_loc loc = {b->yaml->name, 0, 0};
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "the file is empty");
    }
    return ok;
}

/* ---- the text ---- */

static gboolean check_text(const char *text, gsize length, const char *name, GError **error)
{
    struct plx_loc loc = {name, 0, 0};
    if (length > PLX_YAML_BYTES_MAX)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "larger than %d MiB",
                            PLX_YAML_BYTES_MAX / (1024 * 1024));
    if (length >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "is UTF-16; save it as UTF-8");
    const char *bad;
    if (g_utf8_validate_len(text, length, &bad))
        return TRUE;
    const char *line = text;
    loc.line = 1;
    for (const char *at = text; at < bad; at++) {
        if (*at == '\n') {
            loc.line++;
            line = at + 1;
        }
    }
    loc.column = (guint64)(bad - line) + 1;
    if (*bad == 0)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "a NUL byte; this is no text file");
    return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                        "byte 0x%02X is not UTF-8; save the file as UTF-8", (guint)(guchar)*bad);
}

static plx_yaml *parse(GBytes *bytes, const char *name, GError **error)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    if (!text) /* of no length */
        text = "";
    if (!check_text(text, length, name, error))
        return NULL;
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3; /* libyaml would count it as a column of the first line */
        length -= 3;
    }
    g_autoptr(plx_yaml) yaml = g_new0(plx_yaml, 1);
    yaml->name = g_strdup(name);
    yaml->nodes = g_ptr_array_new_with_free_func(g_free);
    yaml->arrays = g_ptr_array_new_with_free_func(g_free);
    yaml->texts = g_string_chunk_new(4096);

    struct builder b = {.yaml = yaml, .text = text, .length = length};
    if (!yaml_parser_initialize(&b.parser))
        g_error("out of memory"); /* as GLib does */
    yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)text, length);
    b.lines = find_lines(text, length);
    b.levels = g_array_new(FALSE, FALSE, sizeof(struct level));
    g_array_set_clear_func(b.levels, level_clear);
    gboolean ok = build(&b, error);
    yaml_parser_delete(&b.parser);
    g_array_unref(b.lines);
    g_array_unref(b.levels);
    return ok ? g_steal_pointer(&yaml) : NULL;
}

plx_yaml *plx_yaml_read_memory(const char *text, gsize length, const char *name, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, length);
    return parse(bytes, name, error);
}

plx_yaml *plx_yaml_read_file(const char *path, GError **error)
{
    g_autoptr(GByteArray) all = plx_slurp(path, PLX_YAML_BYTES_MAX, error);
    if (!all)
        return NULL;
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(g_steal_pointer(&all));
    return parse(bytes, plx_slurp_name(path), error);
}

void plx_yaml_free(plx_yaml *yaml)
{
    if (!yaml)
        return;
    g_ptr_array_unref(yaml->nodes);
    g_ptr_array_unref(yaml->arrays);
    g_string_chunk_free(yaml->texts);
    g_free(yaml->name);
    g_free(yaml);
}

const struct plx_yaml_node *plx_yaml_root(const plx_yaml *yaml)
{
    return yaml->root;
}
