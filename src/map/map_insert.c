/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_insert.h"

#include "base/error.h"
#include "base/id.h"
#include "base/suggest.h"
#include "base/yaml.h"
#include "base/yaml_write.h"
#include "map/map_file.h"

#include <string.h>

/* Names ------------------------------------------------------------------------------------- */

static gboolean is_called(const char *id, const char *title, const char *wanted)
{
    g_autofree char *own = plx_id_new(title, strlen(title));
    return g_strcmp0(wanted, id) == 0 || g_strcmp0(wanted, own) == 0;
}

static const struct plx_transaction *transaction_at(const plx_map *map,
                                                    const struct plx_map_spot *place)
{
    return &map->journeys[place->journey].transactions[place->transaction];
}

static gboolean no_transaction(const plx_map *map, const char *name, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint j = 0; j < map->n_journeys; j++)
        for (guint t = 0; t < map->journeys[j].n_transactions; t++) {
            g_ptr_array_add(names, map->journeys[j].transactions[t].id);
            g_ptr_array_add(names, map->journeys[j].transactions[t].title);
        }
    g_autofree char *near = plx_suggest_text(name, (const char *const *)names->pdata, names->len);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "the map has no transaction \"%s\"%s", name, near);
}

static gboolean find_transaction(const plx_map *map, const char *name, struct plx_map_spot *place,
                                 GError **error)
{
    g_autofree char *wanted = plx_id_new(name, strlen(name));
    guint n = 0;
    for (guint j = 0; j < map->n_journeys; j++)
        for (guint t = 0; t < map->journeys[j].n_transactions; t++) {
            const struct plx_transaction *const found = &map->journeys[j].transactions[t];
            if (!wanted || !is_called(found->id, found->title, wanted))
                continue;
            if (n++ > 0)
                return plx_error(error, PLX_ERROR_USAGE,
                                 "\"%s\" is a transaction of \"%s\" and of \"%s\": give one of "
                                 "them another title or id first",
                                 name, map->journeys[place->journey].title, map->journeys[j].title);
            *place = (struct plx_map_spot){j, t, found->n_points - 1};
        }
    return n > 0 || no_transaction(map, name, error);
}

static gboolean find_after(const plx_map *map, const char *name, struct plx_map_spot *place,
                           GError **error)
{
    const struct plx_transaction *const transaction = transaction_at(map, place);
    g_autofree char *wanted = plx_id_new(name, strlen(name));
    g_autofree const char **names = g_new0(const char *, 2 * (gsize)transaction->n_points);
    for (guint i = 0; i < transaction->n_points; i++) {
        const struct plx_point *const point = &map->points[transaction->points[i]];
        names[2 * i] = point->id;
        names[2 * i + 1] = point->title;
        if (wanted && is_called(point->id, point->title, wanted)) {
            place->after = i;
            return TRUE;
        }
    }
    g_autofree char *near = plx_suggest_text(name, names, 2 * (gsize)transaction->n_points);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "the transaction \"%s\" has no point \"%s\"%s",
                     transaction->title, name, near);
}

gboolean plx_map_find_spot(const plx_map *map, const char *transaction, const char *after,
                           struct plx_map_spot *place, GError **error)
{
    struct plx_map_spot found = {0};
    if (!find_transaction(map, transaction, &found, error) ||
        (after && !find_after(map, after, &found, error)))
        return FALSE;
    *place = found;
    return TRUE;
}

char *plx_map_new_point(const plx_map *map, const char *title, GError **error)
{
    g_autofree char *id = plx_id_new(title, strlen(title));
    const gint found = id ? plx_map_find_point(map, id) : -1;
    if (!id)
        plx_error(error, PLX_ERROR_USAGE,
                  "\"%s\" is no title of a point: it needs a letter or a digit", title);
    else if (found >= 0)
        plx_error(error, PLX_ERROR_USAGE, "the map has a point \"%s\" already: \"%s\"",
                  map->points[found].id, map->points[found].title);
    return found >= 0 ? NULL : g_steal_pointer(&id);
}

/* Where in the text ------------------------------------------------------------------------- */

static gsize line_start(const char *text, guint64 line)
{
    const char *at = text;
    for (guint64 i = 1; i < line && at; i++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    return at ? (gsize)(at - text) : strlen(text);
}

static gsize offset_of(const char *text, const struct plx_yaml_node *node)
{
    const gsize start = line_start(text, node->loc.line);
    return MIN(start + (gsize)node->loc.column - 1, strlen(text));
}

/* Behind the last thing within the brackets that begin here; *comma: it is a comma. A quote is one
 * only where a text begins: "Don't" has none. */
static const char *end_of_list(const char *at, gboolean *comma)
{
    const char *last = at;
    guint depth = 0;
    char quote = 0;
    for (; *at; at++) {
        if (*at == '#' && !quote && g_ascii_isspace(at[-1])) {
            at += strcspn(at, "\n") - 1;
            continue;
        }
        if (quote && *at == '\\' && quote == '"' && at[1])
            at++;
        else if (quote)
            quote = *at == quote ? 0 : quote;
        else if ((*at == '"' || *at == '\'') && strchr("[{,:", *last))
            quote = *at;
        else if (strchr("[{", *at))
            depth++;
        else if (strchr("]}", *at) && --depth == 0)
            break;
        if (!g_ascii_isspace(*at))
            last = at;
    }
    *comma = *last == ',';
    return last + 1;
}

static void insert_in_brackets(GString *text, const struct plx_yaml_node *list, guint after,
                               const char *written)
{
    if (after + 1 < list->n) {
        g_autofree char *entry = g_strconcat(written, ", ", NULL);
        g_string_insert(text, (gssize)offset_of(text->str, list->values[after + 1]), entry);
        return;
    }
    gboolean comma;
    const char *const end = end_of_list(text->str + offset_of(text->str, list), &comma);
    g_autofree char *entry = g_strconcat(comma ? " " : ", ", written, NULL);
    g_string_insert(text, end - text->str, entry);
}

/* Where the lines of an entry end whose dash stands behind `indent` blanks: comments that are not
 * further in belong to what follows. */
static gsize end_of_entry(const char *text, gsize start, gsize indent)
{
    gsize end = start + strcspn(text + start, "\n");
    for (gsize at = end; text[at];) {
        at++;
        const gsize blanks = strspn(text + at, " ");
        const char first = text[at + blanks];
        const gsize next = at + strcspn(text + at, "\n");
        const gboolean empty = first == '\0' || first == '\n' || first == '\r';
        if (!empty && blanks <= indent && first != '#')
            break;
        if (!empty && blanks > indent)
            end = next;
        at = next;
    }
    return end;
}

static gboolean insert_line(GString *text, const struct plx_yaml_node *entry, const char *written,
                            GError **error)
{
    const gsize start = line_start(text->str, entry->loc.line);
    const gsize indent = strspn(text->str + start, " ");
    if (text->str[start + indent] != '-')
        return plx_yaml_error(entry, error,
                              "no line can be put behind this point; write each point of the "
                              "transaction on a line of its own");
    const gsize end = end_of_entry(text->str, start, indent);
    const gboolean returns = end > start && text->str[end - 1] == '\r';
    g_autofree char *blanks = g_strnfill(indent, ' ');
    g_autofree char *line = g_strconcat("\n", blanks, "- ", written, returns ? "\r" : "", NULL);
    g_string_insert(text, (gssize)end, line);
    return TRUE;
}

/* All is as before but for the one point: never trust what was put into somebody's text. */
static gboolean check(const plx_map *before, const GString *text, const char *name,
                      const struct plx_map_spot *place, const char *title, GError **error)
{
    g_autoptr(plx_map) map = plx_map_read_memory(text->str, text->len, name, error);
    if (!map)
        return FALSE;
    gboolean same = map->n_points == before->n_points + 1 && map->n_journeys == before->n_journeys;
    for (guint j = 0; same && j < map->n_journeys; j++)
        same = map->journeys[j].n_transactions == before->journeys[j].n_transactions;
    const struct plx_transaction *const old = transaction_at(before, place);
    const struct plx_transaction *const now = same ? transaction_at(map, place) : NULL;
    same = now && now->n_points == old->n_points + 1 &&
           strcmp(map->points[now->points[place->after + 1]].title, title) == 0;
    return same || plx_error(error, PLX_ERROR_INPUT,
                             "%s: the point cannot be put there; write each point of \"%s\" on a "
                             "line of its own",
                             name, old->title);
}

char *plx_map_insert(const char *yaml, const char *name, const struct plx_map_spot *place,
                     const char *title, GError **error)
{
    g_autoptr(plx_map) map = plx_map_read_memory(yaml, strlen(yaml), name, error);
    g_autoptr(plx_yaml) tree = map ? plx_yaml_read_memory(yaml, strlen(yaml), name, error) : NULL;
    if (!tree)
        return NULL;
    const struct plx_yaml_node *const journeys = plx_yaml_get(plx_yaml_root(tree), "journeys");
    const struct plx_yaml_node *const transactions =
        plx_yaml_get(journeys->values[place->journey], "transactions");
    const struct plx_yaml_node *const list =
        plx_yaml_get(transactions->values[place->transaction], "points");
    const gboolean brackets = yaml[offset_of(yaml, list)] == '[';
    g_autoptr(GString) text = g_string_new(yaml);
    g_autoptr(GString) written = g_string_new(NULL);
    plx_yaml_append(written, title, brackets);
    if (brackets)
        insert_in_brackets(text, list, place->after, written->str);
    else if (!insert_line(text, list->values[place->after], written->str, error))
        return NULL;
    if (!check(map, text, name, place, title, error))
        return NULL;
    return g_string_free(g_steal_pointer(&text), FALSE);
}
