/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map file: frame, definitions and what stands beside the journeys (map/map_write_journeys.c).
 */
#include "map/map_write.h"

#include "base/number.h"
#include "map/builtin.h"
#include "map/map_same.h"
#include "map/map_write_private.h"

#include <string.h>

/* ---- lines (shared) ---- */

void plx_map_write_indent(GString *out, guint indent, const char *text)
{
    g_string_append_printf(out, "%*s%s", (int)indent, "", text);
}

static gint compare_languages(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void plx_map_write_text(const plx_map *map, const char *text, gboolean flow, GString *out)
{
    const GPtrArray *labels = g_hash_table_lookup(map->index->labels, text);
    if (!labels) {
        plx_yaml_append(out, text, flow);
        return;
    }
    g_autoptr(GPtrArray) languages = g_ptr_array_new();
    for (guint i = 0; i < labels->len; i += 2)
        g_ptr_array_add(languages, g_ptr_array_index(labels, i));
    g_ptr_array_sort(languages, compare_languages);
    g_string_append_c(out, '{');
    plx_yaml_append(out, map->language, TRUE);
    g_string_append(out, ": ");
    plx_yaml_append(out, text, TRUE);
    for (guint i = 0; i < languages->len; i++) {
        g_string_append(out, ", ");
        plx_yaml_append(out, g_ptr_array_index(languages, i), TRUE);
        g_string_append(out, ": ");
        plx_yaml_append(out, plx_map_text(map, text, g_ptr_array_index(languages, i)), TRUE);
    }
    g_string_append_c(out, '}');
}

void plx_map_write_key(const plx_map *map, guint indent, const char *key, const char *text,
                       GString *out)
{
    if (!text)
        return;
    plx_map_write_indent(out, indent, key);
    g_string_append(out, ": ");
    plx_map_write_text(map, text, FALSE, out);
    g_string_append_c(out, '\n');
}

void plx_map_write_list(guint indent, const char *key, char *const *texts, GString *out)
{
    if (!texts || !texts[0])
        return;
    plx_map_write_indent(out, indent, key);
    g_string_append(out, ": ");
    plx_yaml_append_list(out, texts);
    g_string_append_c(out, '\n');
}

static void write_number(guint indent, const char *key, gint64 value, GString *out)
{
    plx_map_write_indent(out, indent, key);
    g_string_append_printf(out, ": %" G_GINT64_FORMAT "\n", value);
}

/* The line "id:" that begins an entry of a section. */
static void write_entry(const char *id, GString *out)
{
    g_string_append(out, "  ");
    plx_yaml_append(out, id, FALSE);
    g_string_append(out, ":\n");
}

/* A section appears with its first entry. */
static void write_section(const char *key, gboolean *open, GString *out)
{
    if (!*open)
        g_string_append_printf(out, "\n%s:\n", key);
    *open = TRUE;
}

/* ---- scales ---- */

static void write_labels(const plx_map *map, const char *key, char *const *texts, guint n,
                         GString *out)
{
    gboolean any = FALSE;
    for (guint i = 0; i < n; i++)
        any |= g_hash_table_contains(map->index->labels, texts[i]);
    g_autoptr(GString) line = g_string_new("      ");
    g_string_append_printf(line, "%s: ", key);
    if (!any)
        plx_yaml_append_list(line, texts);
    if (!any && line->len <= PLX_MAP_LINE) {
        g_string_append_printf(out, "%s\n", line->str);
        return;
    }
    g_string_append_printf(out, "      %s:\n", key);
    for (guint i = 0; i < n; i++) {
        g_string_append(out, "        - ");
        plx_map_write_text(map, texts[i], FALSE, out);
        g_string_append_c(out, '\n');
    }
}

/* Of a built-in scale only what differs from `usual`, which is NULL for a declared one. */
static void write_all_labels(const plx_map *map, const struct plx_scale *scale,
                             const plx_map *defaults, const struct plx_scale *usual, GString *out)
{
    struct plx_scale words = *scale, sentences = *scale;
    if (usual) { /* compare one kind at a time: the other is made the same */
        words.sentences = usual->sentences;
        sentences.words = usual->words;
    }
    gboolean say_words = scale->words != NULL, say_sentences = scale->sentences != NULL;
    if (usual) {
        say_words = say_words && !plx_map_same_labels(map, &words, defaults, usual);
        say_sentences = say_sentences && !plx_map_same_labels(map, &sentences, defaults, usual);
    }
    if (say_words || say_sentences)
        g_string_append(out, "    labels:\n");
    if (say_words)
        write_labels(map, "words", scale->words, plx_scale_width(scale), out);
    if (say_sentences)
        write_labels(map, "sentences", scale->sentences, plx_scale_width(scale), out);
}

static void write_scale(const plx_map *map, const struct plx_scale *scale, GString *out)
{
    const struct {
        const char *key;
        gint8 value;
    } cuts[] = {{"floor", scale->floor},
                {"met", scale->met},
                {"desired", scale->desired},
                {"top", scale->top}};
    write_number(4, "min", scale->min, out);
    write_number(4, "max", scale->max, out);
    for (guint i = 0; i < G_N_ELEMENTS(cuts); i++)
        if (cuts[i].value != PLX_NO_CUT)
            write_number(4, cuts[i].key, cuts[i].value, out);
    if (scale->down)
        g_string_append(out, "    direction: down\n");
    write_all_labels(map, scale, NULL, NULL, out);
}

static void write_scales(const plx_map *map, const plx_map *defaults, GString *out)
{
    gboolean open = FALSE;
    for (guint i = 0; i < map->n_scales; i++) {
        const struct plx_scale *scale = map->scales[i];
        const struct plx_scale *usual =
            plx_builtin_is_scale(scale->id) ? plx_map_find_scale(defaults, scale->id) : NULL;
        if (usual && plx_map_same_labels(map, scale, defaults, usual))
            continue;
        write_section("scales", &open, out);
        write_entry(scale->id, out);
        if (usual)
            write_all_labels(map, scale, defaults, usual, out);
        else
            write_scale(map, scale, out);
    }
}

/* ---- measures and audiences ---- */

static const char *subject_name(guint subjects)
{
    for (guint kind = PLX_SUBJECT_POINT; kind <= PLX_SUBJECT_PROMISE; kind++)
        if (subjects == 1u << kind)
            return plx_map_kind_name(kind);
    return NULL;
}

static void write_measures(const plx_map *map, const plx_map *defaults, GString *out)
{
    gboolean open = FALSE;
    for (guint i = 0; i < map->n_measures; i++) {
        const struct plx_measure_def *measure = &map->measures[i];
        const struct plx_measure_def *usual =
            i < PLX_MEASURE_DECLARED ? &defaults->measures[i] : NULL;
        gboolean title =
            !plx_map_same_text(map, measure->title, defaults, usual ? usual->title : measure->id);
        gboolean scale = !usual || strcmp(measure->scale->id, usual->scale->id) != 0;
        if (!title && !scale)
            continue;
        write_section("measures", &open, out);
        write_entry(measure->id, out);
        if (title)
            plx_map_write_key(map, 4, "title", measure->title, out);
        if (scale)
            plx_map_write_key(map, 4, "scale", measure->scale->id, out);
        if (!usual && measure->subjects != 1u << PLX_SUBJECT_POINT)
            plx_map_write_key(map, 4, "of", subject_name(measure->subjects), out);
    }
}

static void write_flag(const char *key, gboolean value, gboolean usual, GString *out)
{
    if (!value != !usual)
        g_string_append_printf(out, "    %s: %s\n", key, value ? "true" : "false");
}

static void write_audience(const plx_map *map, const struct plx_audience *audience,
                           const plx_map *defaults, const struct plx_audience *usual, GString *out)
{
    if (!plx_map_same_text(map, audience->title, defaults, usual->title))
        plx_map_write_key(map, 4, "title", audience->title, out);
    write_flag("served", audience->served, usual->served, out);
    write_flag("protected", audience->protected_, usual->protected_, out);
    write_flag("named", audience->named, usual->named, out);
    if (audience->population > 0)
        write_number(4, "population", audience->population, out);
    if (audience->minimum != usual->minimum)
        write_number(4, "minimum", audience->minimum, out);
    if (audience->identity != usual->identity)
        g_string_append_printf(out, "    identity: %s\n",
                               plx_identity_name((int)audience->identity));
    if (strcmp(audience->scale->id, usual->scale->id) != 0)
        plx_map_write_key(map, 4, "scale", audience->scale->id, out);
    plx_map_write_list(4, "was", audience->was, out);
}

static void write_audiences(const plx_map *map, const plx_map *defaults, GString *out)
{
    gboolean open = FALSE;
    for (guint i = 0; i < map->n_audiences; i++) {
        const struct plx_audience *audience = &map->audiences[i];
        const struct plx_audience plain = {.title = audience->id,
                                           .minimum = PLX_MINIMUM_DEFAULT,
                                           .identity = PLX_IDENTITY_VISIT,
                                           .scale = defaults->scales[0]};
        gboolean known = i < defaults->n_audiences;
        g_autoptr(GString) keys = g_string_new(NULL);
        write_audience(map, audience, defaults, known ? &defaults->audiences[i] : &plain, keys);
        if (known && keys->len == 0)
            continue;
        write_section("audiences", &open, out);
        write_entry(audience->id, out);
        g_string_append(out, keys->str);
    }
}

/* ---- the whole ---- */

void plx_map_write(const plx_map *map, GString *out)
{
    static const char *const untitled = "Map";
    g_autoptr(plx_map) defaults = plx_map_new_open();
    g_string_append(out, "parallax: 1\n");
    plx_map_write_key(map, 0, "title", map->title ? map->title : untitled, out);
    plx_map_write_key(map, 0, "about", map->about, out);
    if (strcmp(map->language, defaults->language) != 0)
        plx_map_write_key(map, 0, "language", map->language, out);
    char margin[PLX_NUMBER_SIZE];
    if (map->margin < defaults->margin || map->margin > defaults->margin)
        g_string_append_printf(out, "margin: %s\n", plx_number_format(map->margin, 17, margin));
    write_scales(map, defaults, out);
    write_measures(map, defaults, out);
    write_audiences(map, defaults, out);
    plx_map_write_journeys(map, out);
    plx_map_write_beside(map, out);
}
