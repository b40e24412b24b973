/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_suggest.h"

#include "base/id.h"
#include "ingest/recipe_draft.h"

#include <string.h>

static void append_file(const struct plx_draft *d)
{
    const char *name = d->look->delimiter == ';'    ? "semicolon"
                       : d->look->delimiter == '\t' ? "tab"
                       : d->look->delimiter == '|'  ? "pipe"
                       : d->look->delimiter == ' '  ? "spaces"
                                                    : NULL;
    gboolean comma = FALSE;
    for (guint i = 0; i < d->look->n; i++)
        comma = comma || d->look->columns[i].commas > 0;
    if (!name && !d->look->encoding && !comma && d->look->skip == 0 && d->look->after == 0)
        return;
    g_string_append(d->out, "file:\n");
    if (name)
        g_string_append_printf(d->out, "  delimiter: %s\n", name);
    if (d->look->encoding)
        g_string_append_printf(d->out, "  encoding: %s%s\n", d->look->encoding,
                               d->look->guessed ? " # a guess: are the letters right?" : "");
    if (comma)
        g_string_append(d->out, "  decimal-comma: true\n");
    if (d->look->skip > 0)
        g_string_append_printf(d->out, "  skip-before: %u\n", d->look->skip);
    if (d->look->after > 0)
        g_string_append_printf(d->out, "  skip-after: %u\n", d->look->after);
    if (d->look->row_names)
        g_string_append(d->out, "  row-names: true\n");
    g_string_append_c(d->out, '\n');
}

/* ", values: {a: x, b: y}}" behind an open pick; a word that says nothing is left to be filled in.
 */
static void append_values(const struct plx_draft *d, guint i)
{
    g_autoptr(GList) words =
        g_list_sort(g_hash_table_get_keys(d->look->columns[i].values), plx_draft_compare);
    g_string_append(d->out, ", values: {");
    for (GList *word = words; word; word = word->next) {
        char number[24];
        const char *const to = plx_draft_meaning(d, i, word->data, number);
        plx_draft_text(d->out, word->data);
        g_string_append_printf(d->out, ": %s%s", to ? to : "\"?\"", word->next ? ", " : "");
    }
    g_string_append(d->out, "}}");
}

static void append_unknown_roles(const struct plx_draft *d, guint i)
{
    const struct plx_look_column *const c = &d->look->columns[i];
    g_autoptr(GList) words = g_list_sort(g_hash_table_get_keys(c->values), plx_draft_compare);
    gboolean first = TRUE;
    for (GList *word = words; word; word = word->next) {
        char number[24];
        if (plx_draft_meaning(d, i, word->data, number))
            continue;
        g_string_append(d->out, first ? "# To be finished: who is \"" : ", \"");
        plx_draft_escape(d->out, word->data, TRUE);
        g_string_append_c(d->out, '"');
        first = FALSE;
    }
    if (!first)
        g_string_append(d->out, "? Write leader, staff, customer or shopper for each \"?\".\n");
}

static void append_audience(const struct plx_draft *d)
{
    const gint i = plx_draft_find(d, PLX_ROLE_AUDIENCE);
    if (i < 0 && d->choices && d->choices->audience) {
        g_string_append(d->out, "audience: {constant: ");
        plx_draft_text(d->out, d->choices->audience);
        g_string_append(d->out, "}\n");
        return;
    }
    if (i < 0) {
        g_string_append(d->out, "# A guess, since no column says who is answering: everybody is a "
                                "customer.\n# Others: leader, staff, shopper.\n"
                                "audience: {constant: customer}\n");
        return;
    }
    append_unknown_roles(d, (guint)i);
    g_string_append(d->out, "audience: ");
    plx_draft_open_pick(d, (guint)i);
    append_values(d, (guint)i);
    g_string_append_c(d->out, '\n');
}

static void append_time(const struct plx_draft *d)
{
    const gint i = plx_draft_find(d, PLX_ROLE_TIME);
    if (i < 0)
        return;
    plx_draft_column(d, "time", PLX_ROLE_TIME);
    if (d->choices && d->choices->time_format) {
        g_string_append(d->out, "time-format: ");
        plx_draft_text(d->out, d->choices->time_format);
        g_string_append_c(d->out, '\n');
        return;
    }
    const struct plx_look_column *c = &d->look->columns[i];
    const guint shape = plx_look_shape(c), swapped = plx_look_shape_swapped(shape);
    if (c->shape[shape] <= c->dates)
        return;
    g_autofree char *format = plx_look_shape_format(shape);
    if (swapped != shape && c->shape[swapped] == c->shape[shape]) {
        g_autofree char *other = plx_look_shape_format(swapped);
        g_string_append_printf(d->out,
                               "# A guess: day before month; no day above 12 tells. Is it month "
                               "before day? Then: \"%s\"\n",
                               other);
    }
    g_string_append_printf(d->out, "time-format: \"%s\"\n", format);
}

static void append_codes(const struct plx_draft *d, const char *kind)
{
    g_autoptr(GList) texts = plx_draft_codes(d, kind);
    if (!texts)
        return;
    const gboolean zero = strcmp(kind, "na") == 0 && strcmp(texts->data, "0") == 0 && !texts->next;
    if (zero && !(d->choices && d->choices->na))
        g_string_append(d->out,
                        "# A guess: 0 stands for \"not applicable\". If 0 is a mark, delete "
                        "this line and set min to 0.\n");
    g_string_append_printf(d->out, "%s: [", kind);
    for (GList *text = texts; text; text = text->next) {
        plx_draft_text(d->out, text->data);
        g_string_append(d->out, text->next ? ", " : "]\n");
    }
}

static const gint64 six_levels[PLX_CHOICE_SCALE] = {1, 6, 1, 4, 5, 6};

static void append_numbers(GString *out, const gint64 s[PLX_CHOICE_SCALE])
{
    g_string_append_printf(out,
                           "{min: %" G_GINT64_FORMAT ", max: %" G_GINT64_FORMAT
                           ", floor: %" G_GINT64_FORMAT ", met: %" G_GINT64_FORMAT
                           ", desired: %" G_GINT64_FORMAT ", top: %" G_GINT64_FORMAT "}",
                           s[0], s[1], s[2], s[3], s[4], s[5]);
}

/* Marks of the whole are on six levels unless it is said; here on the scale that they fit. */
static void append_overall(const struct plx_draft *d)
{
    gint64 s[PLX_CHOICE_SCALE];
    if (!plx_draft_overall(d, s) || memcmp(s, six_levels, sizeof six_levels) == 0)
        return;
    g_string_append(d->out, "scales: {overall: ");
    append_numbers(d->out, s);
    g_string_append(d->out, "}\n");
}

/* The marks go from low to high; six of them are the six levels, with the cuts those have. */
static void append_scale(const struct plx_draft *d)
{
    gint64 s[PLX_CHOICE_SCALE];
    append_codes(d, "missing");
    append_codes(d, "declined");
    append_codes(d, "na");
    if (!plx_draft_scale(d, s))
        return;
    if (memcmp(s, six_levels, sizeof six_levels) == 0) {
        g_string_append(d->out, "# Marks from 1 to 6 are taken for the six levels of service. If "
                                "they are not:\n# scale: {min: 1, max: 6, floor: 1, met: 4, "
                                "desired: 5, top: 6}\n");
        return;
    }
    if (!d->choices || !d->choices->has_scale)
        g_string_append(d->out, "# Where the cuts lie is yours to say: at or above met = as "
                                "expected, desired = as hoped.\n");
    g_string_append(d->out, "scale: ");
    append_numbers(d->out, s);
    g_string_append_c(d->out, '\n');
}

static void append_segments(struct plx_draft *d)
{
    gboolean first = TRUE;
    g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < d->look->n; i++) {
        if (d->columns[i].role != PLX_ROLE_SEGMENT)
            continue;
        const char *title = d->look->columns[i].title;
        char *id = plx_id_new(title, strlen(title));
        if (!id || !g_hash_table_add(used, id)) {
            d->columns[i].role = PLX_ROLE_OTHER;
            continue;
        }
        if (first)
            g_string_append(d->out, "\nsegments:\n");
        first = FALSE;
        g_string_append(d->out, "  ");
        plx_draft_text(d->out, id);
        g_string_append(d->out, ": ");
        plx_draft_pick(d, i);
        g_string_append_c(d->out, '\n');
    }
}

/* Answers in words whose order only the reader knows, as lines to be finished. */
static void append_words(const struct plx_draft *d)
{
    if (plx_draft_find(d, PLX_ROLE_WORDS) < 0)
        return;
    g_string_append(d->out,
                    "\n# Answers in words? To read such a column as a point, move its line to "
                    "`points:`, write the\n# number of each word for \"?\" (1 is the worst), and "
                    "set `scale` to the same numbers:\n");
    for (guint i = 0; i < d->look->n; i++) {
        if (d->columns[i].role != PLX_ROLE_WORDS)
            continue;
        g_string_append(d->out, "#   ");
        plx_draft_text(d->out, d->look->columns[i].title);
        g_string_append(d->out, ": {level: ");
        plx_draft_open_pick(d, i);
        append_values(d, i);
        g_string_append(d->out, "}\n");
    }
}

static void append_rest(const struct plx_draft *d)
{
    gboolean first = TRUE;
    for (guint i = 0; i < d->look->n; i++) {
        if (d->columns[i].role != PLX_ROLE_OTHER)
            continue;
        if (first)
            g_string_append(d->out, "\n# Columns left aside:\n");
        first = FALSE;
        g_string_append(d->out, "#   \"");
        plx_draft_escape(d->out, d->look->columns[i].title, TRUE);
        g_string_append_c(d->out, '"');
        if (d->columns[i].why)
            g_string_append_printf(d->out, ": %s", d->columns[i].why);
        g_string_append_c(d->out, '\n');
    }
}

/* A slip among marks is a wrong row until somebody says what it is. */
static void append_strays(const struct plx_draft *d)
{
    gboolean first = TRUE;
    for (guint i = 0; i < d->look->n; i++) {
        g_autofree char *stray = plx_draft_stray(d, i);
        if (!stray)
            continue;
        if (first)
            g_string_append(d->out, "\n# Not like the others of its column:\n");
        first = FALSE;
        g_string_append(d->out, "#   \"");
        plx_draft_escape(d->out, d->look->columns[i].title, TRUE);
        g_string_append(d->out, "\": ");
        plx_draft_escape(d->out, stray, FALSE);
        g_string_append_c(d->out, '\n');
    }
}

static void append_all(struct plx_draft *d, const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    g_string_append(d->out, "# A first draft for ");
    plx_draft_escape(d->out, name, FALSE);
    g_string_append_printf(d->out,
                           ", from its first %u rows. Check every line.\nparallax-recipe: 1\n\n",
                           d->look->rows);
    append_file(d);
    append_audience(d);
    plx_draft_column(d, "respondent", PLX_ROLE_RESPONDENT);
    plx_draft_column(d, "encounter", PLX_ROLE_ENCOUNTER);
    append_time(d);
    plx_draft_column(d, "place", PLX_ROLE_PLACE);
    plx_draft_column(d, "channel", PLX_ROLE_CHANNEL);
    plx_draft_column(d, "language", PLX_ROLE_LANGUAGE);
    plx_draft_column(d, "weight", PLX_ROLE_WEIGHT);
    append_scale(d);
    append_overall(d);
    append_segments(d);
    plx_draft_answers(d);
    append_words(d);
    append_strays(d);
    append_rest(d);
}

void plx_draft_write(struct plx_draft *draft, const char *path)
{
    append_all(draft, path);
}

GString *plx_recipe_suggest(const struct plx_look *look, const char *path, const plx_map *map,
                            const struct plx_choices *choices)
{
    struct plx_draft draft;
    plx_draft_init(&draft, look, map, choices, g_string_new(NULL));
    append_all(&draft, path);
    plx_draft_clear(&draft);
    return draft.out;
}
