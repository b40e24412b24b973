/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_walk.h"

#include "base/csv_table.h"
#include "base/error.h"
#include "base/id.h"
#include "base/yaml_write.h"
#include "map/map.h"
#include "map/walk_words.h"

#include <string.h>

/* In the order of the file, each list by first appearance. */
struct moment {
    char *id, *title;
    guint senses;
    GPtrArray *channels; /* texts of the table */
    GString *noted;      /* comment lines */
};

struct part { /* a journey, or a transaction within one */
    char *id;
    const char *title;
    GPtrArray *parts; /* transactions (struct part), or points (struct moment) */
};

struct walk {
    const plx_csv_table *table;
    gint words, sense, level, title, journey, transaction, channel; /* columns, or -1 */
    const char *in_journey, *in_transaction;
    GPtrArray *journeys;
    GHashTable *points; /* ids of all points */
};

/* Making and freeing ----------------------------------------------------------------------------
 */

static void free_moment(gpointer data)
{
    struct moment *const moment = data;
    g_free(moment->id);
    g_free(moment->title);
    g_ptr_array_unref(moment->channels);
    g_string_free(moment->noted, TRUE);
    g_free(moment);
}

static void free_part(gpointer data)
{
    struct part *const part = data;
    g_free(part->id);
    g_ptr_array_unref(part->parts);
    g_free(part);
}

/* The part of a list with such a title, made when there is none. NULL: the title says nothing. */
static struct part *find_part(GPtrArray *list, const char *title, GDestroyNotify free_inner)
{
    g_autofree char *id = plx_id_new(title, strlen(title));
    for (guint i = 0; id && i < list->len; i++) {
        struct part *const part = list->pdata[i];
        if (strcmp(part->id, id) == 0)
            return part;
    }
    if (!id)
        return NULL;
    struct part *const part = g_new0(struct part, 1);
    part->id = g_steal_pointer(&id);
    part->title = title;
    part->parts = g_ptr_array_new_with_free_func(free_inner);
    g_ptr_array_add(list, part);
    return part;
}

/* Ids of points are unique over the map: the same title elsewhere gets a number. */
static char *free_id(const struct walk *walk, const char *title)
{
    char *id = plx_id_new(title, strlen(title));
    for (guint n = 2; id && g_hash_table_contains(walk->points, id); n++) {
        g_autofree char *numbered = g_strdup_printf("%s %u", title, n);
        g_free(id);
        id = plx_id_new(numbered, strlen(numbered));
    }
    return id;
}

static struct moment *find_moment(struct walk *walk, struct part *transaction, const char *title)
{
    g_autofree char *plain = plx_id_new(title, strlen(title));
    for (guint i = 0; plain && i < transaction->parts->len; i++) {
        struct moment *const moment = transaction->parts->pdata[i];
        g_autofree char *its = plx_id_new(moment->title, strlen(moment->title));
        if (strcmp(its, plain) == 0)
            return moment;
    }
    if (!plain)
        return NULL;
    struct moment *const moment = g_new0(struct moment, 1);
    moment->id = free_id(walk, title);
    moment->title = g_strdup(title);
    moment->channels = g_ptr_array_new();
    moment->noted = g_string_new(NULL);
    g_hash_table_add(walk->points, moment->id);
    g_ptr_array_add(transaction->parts, moment);
    return moment;
}

/* Rows ------------------------------------------------------------------------------------------
 */

static gboolean read_senses(const struct walk *walk, guint row, guint *senses, GError **error)
{
    const char *const cell = plx_csv_table_cell(walk->table, row, walk->sense);
    g_auto(GStrv) words = g_strsplit_set(cell, ";+/,", -1);
    guint found = 0;
    for (guint i = 0; words[i]; i++) {
        const char *const word = g_strstrip(words[i]);
        const guint sense = *word ? plx_walk_sense(word) : 0;
        if (*word && sense == 0) {
            g_autofree char *near = plx_walk_near(word);
            return plx_csv_table_error(walk->table, row, walk->sense, error,
                                       "\"%s\" is no sense: see, hear, touch, taste, smell or feel "
                                       "was expected%s",
                                       word, near);
        }
        found |= sense;
    }
    *senses = found;
    return TRUE;
}

static gboolean check_level(const struct walk *walk, guint row, GError **error)
{
    const char *const cell = plx_csv_table_cell(walk->table, row, walk->level);
    if (!*cell || (strlen(cell) == 1 && *cell >= '1' && *cell <= '6'))
        return TRUE;
    return plx_csv_table_error(walk->table, row, walk->level, error,
                               "\"%s\" is no level: 1 to 6 was expected", cell);
}

/* Words on one line, so that they are one comment, of characters that YAML allows. */
static void append_line(GString *out, const char *words)
{
    for (const char *at = words; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
            c == 0xFFFF)
            g_string_append_c(out, ' ');
        else
            g_string_append_unichar(out, c);
    }
}

static void note(const struct walk *walk, guint row, struct moment *moment)
{
    const char *const level = plx_csv_table_cell(walk->table, row, walk->level);
    g_string_append(moment->noted, "          # ");
    if (*level)
        g_string_append_printf(moment->noted, "level %s: ", level);
    append_line(moment->noted, plx_csv_table_cell(walk->table, row, walk->words));
    g_string_append_c(moment->noted, '\n');
}

static void add_channel(struct moment *moment, const char *channel)
{
    for (guint i = 0; i < moment->channels->len; i++)
        if (strcmp(moment->channels->pdata[i], channel) == 0)
            return;
    if (*channel)
        g_ptr_array_add(moment->channels, (gpointer)(guintptr)channel);
}

/* Where the row is: what it says, else as in the row before. */
static struct part *place_of(struct walk *walk, guint row)
{
    const char *const journey = plx_csv_table_cell(walk->table, row, walk->journey);
    const char *const transaction = plx_csv_table_cell(walk->table, row, walk->transaction);
    if (*journey && strcmp(journey, walk->in_journey) != 0) {
        walk->in_journey = journey;
        walk->in_transaction = "All of it";
    }
    if (*transaction)
        walk->in_transaction = transaction;
    struct part *const home = find_part(walk->journeys, walk->in_journey, free_part);
    return home ? find_part(home->parts, walk->in_transaction, free_moment) : NULL;
}

static gboolean take_row(struct walk *walk, guint row, GError **error)
{
    const char *const words = plx_csv_table_cell(walk->table, row, walk->words);
    const char *const given = plx_csv_table_cell(walk->table, row, walk->title);
    guint senses = 0;
    if (!*words)
        return plx_csv_table_error(walk->table, row, walk->words, error,
                                   "a moment needs words: what was seen, heard, felt?");
    if (!read_senses(walk, row, &senses, error) || !check_level(walk, row, error))
        return FALSE;
    struct part *const transaction = place_of(walk, row);
    g_autofree char *first = plx_walk_title(words);
    struct moment *const moment =
        transaction ? find_moment(walk, transaction, *given ? given : first) : NULL;
    const gboolean nameless = *plx_csv_table_cell(walk->table, row, walk->transaction) != '\0';
    if (!transaction)
        return plx_csv_table_error(walk->table, row, nameless ? walk->transaction : walk->journey,
                                   error, "a journey or transaction needs a letter or a digit");
    if (!moment)
        return plx_csv_table_error(walk->table, row, *given ? walk->title : walk->words, error,
                                   "a moment needs a letter or a digit");
    moment->senses |= senses;
    add_channel(moment, plx_csv_table_cell(walk->table, row, walk->channel));
    note(walk, row, moment);
    return TRUE;
}

/* Lines -----------------------------------------------------------------------------------------
 */

static void write_named(GString *out, const char *begin, const char *id, const char *title)
{
    g_string_append_printf(out, "%*s- id: ", (int)strlen(begin) - 2, "");
    plx_yaml_append(out, id, FALSE);
    g_string_append_printf(out, "\n%stitle: ", begin);
    plx_yaml_append(out, title, FALSE);
    g_string_append_c(out, '\n');
}

static void write_moment(GString *out, const struct moment *moment)
{
    g_string_append_len(out, moment->noted->str, (gssize)moment->noted->len);
    write_named(out, "            ", moment->id, moment->title);
    if (moment->senses) {
        g_string_append(out, "            senses: [");
        const char *comma = "";
        for (guint bit = 0; bit < PLX_WALK_SENSES; bit++) {
            if (moment->senses & (1u << bit)) {
                g_string_append_printf(out, "%s%s", comma, plx_walk_sense_name(bit));
                comma = ", ";
            }
        }
        g_string_append(out, "]\n");
    }
    if (moment->channels->len > 0) {
        g_string_append(out, "            channels: [");
        for (guint i = 0; i < moment->channels->len; i++) {
            g_string_append(out, i ? ", " : "");
            plx_yaml_append(out, moment->channels->pdata[i], TRUE);
        }
        g_string_append(out, "]\n");
    }
}

static void write_journey(GString *out, const struct part *journey)
{
    write_named(out, "    ", journey->id, journey->title);
    g_string_append(out, "    transactions:\n");
    for (guint t = 0; t < journey->parts->len; t++) {
        const struct part *const transaction = journey->parts->pdata[t];
        write_named(out, "        ", transaction->id, transaction->title);
        g_string_append(out, "        points:\n");
        for (guint p = 0; p < transaction->parts->len; p++)
            write_moment(out, transaction->parts->pdata[p]);
    }
}

static void write_map(const struct walk *walk, const char *source, const char *title, GString *out)
{
    g_string_append(out, "# A first map, drafted from ");
    append_line(out, source);
    g_string_append(out,
                    ", in the order of the walk. To do, in any order:\n"
                    "# - Put moments together that people meet as one; name them as people would.\n"
                    "# - Divide the way into transactions, its stretches.\n"
                    "# - Say more of a point: value, levels, target, effort (docs/map.md).\n"
                    "# What was noted stands above each point; levels are what one visitor found.\n"
                    "# Then: parallax map check FILE\n"
                    "parallax: 1\ntitle: ");
    plx_yaml_append(out, title, FALSE);
    g_string_append(out, "\n\njourneys:\n");
    for (guint i = 0; i < walk->journeys->len; i++)
        write_journey(out, walk->journeys->pdata[i]);
}

gboolean plx_map_walk_table(const plx_csv_table *table, const char *source, const char *title,
                            GString *out, GError **error)
{
    static const char *const names[] = {"words",   "sense",       "level",   "title",
                                        "journey", "transaction", "channel", NULL};
    if (!plx_csv_table_only(table, names, 1, error))
        return FALSE;
    const guint rows = plx_csv_table_rows(table);
    if (rows == 0)
        return plx_error(error, PLX_ERROR_INPUT, "%s:1: no moment is noted", source);
    struct walk walk = {.table = table, .in_journey = "The journey", .in_transaction = "All of it"};
    gint *const columns[] = {&walk.words,   &walk.sense,       &walk.level,  &walk.title,
                             &walk.journey, &walk.transaction, &walk.channel};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        *columns[i] = plx_csv_table_find(table, names[i]);
    walk.journeys = g_ptr_array_new_with_free_func(free_part);
    walk.points = g_hash_table_new(g_str_hash, g_str_equal);
    gboolean ok = TRUE;
    for (guint row = 0; ok && row < rows; row++)
        ok = take_row(&walk, row, error);
    if (ok)
        write_map(&walk, source, title, out);
    g_hash_table_unref(walk.points);
    g_ptr_array_unref(walk.journeys);
    return ok;
}

gboolean plx_map_walk(const char *path, const char *title, GString *out, GError **error)
{
    g_autoptr(plx_csv_table) table = plx_csv_table_read(path, error);
    return table && plx_map_walk_table(table, path, title, out, error);
}
