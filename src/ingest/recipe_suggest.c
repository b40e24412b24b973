/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_suggest.h"

#include "base/id.h"
#include "ingest/recipe_words.h"
#include "voice/batch.h"

#include <string.h>

struct draft {
    const struct plx_look *look;
    const plx_map *map;
    enum plx_role *roles;
    GString *out;
};

static gboolean is_unique(const struct plx_look_column *c)
{
    guint distinct = plx_look_distinct(c);
    return c->filled > 0 && (distinct >= PLX_LOOK_DISTINCT || distinct * 50 >= c->filled * 49);
}

/* Whole numbers from a small range, apart from a few codes. */
static gboolean is_rating(const struct plx_look_column *c)
{
    return c->integers >= 2 && (c->integers + c->codes) * 10 >= c->filled * 8 && c->min >= 0 &&
           c->max <= 10 && c->max >= 3 && plx_look_distinct(c) <= 16;
}

/* Every text is a word for an audience, in a few languages. */
static gboolean names_audiences(const struct plx_look_column *c)
{
    GHashTableIter iter;
    gpointer text;
    g_hash_table_iter_init(&iter, c->values);
    while (g_hash_table_iter_next(&iter, &text, NULL))
        if (!plx_audience_of_word(text))
            return FALSE;
    return c->filled > 0;
}

static enum plx_role role_by_title(const struct plx_look_column *c)
{
    enum plx_role clue = plx_role_of_title(c->title);
    guint distinct = plx_look_distinct(c);
    if (clue == PLX_ROLE_RESPONDENT)
        return is_unique(c) || distinct > 16 ? clue : PLX_ROLE_OTHER;
    if (clue == PLX_ROLE_POINT)
        return distinct > 1 && !is_unique(c) ? clue : PLX_ROLE_OTHER;
    return clue == PLX_ROLE_TIME || clue == PLX_ROLE_AUDIENCE ? PLX_ROLE_OTHER : clue;
}

static enum plx_role role_of(const struct plx_look_column *c)
{
    guint distinct = plx_look_distinct(c);
    enum plx_role clue = role_by_title(c);
    if (c->filled == 0 || *c->title == '\0')
        return PLX_ROLE_OTHER;
    if ((c->dates + c->slashed + c->dotted) * 10 >= c->filled * 9)
        return PLX_ROLE_TIME;
    if (names_audiences(c))
        return PLX_ROLE_AUDIENCE;
    if (clue != PLX_ROLE_OTHER)
        return clue;
    if (is_rating(c))
        return PLX_ROLE_RATING;
    if (c->words * 3 >= c->filled && distinct > 20)
        return PLX_ROLE_NOTE;
    if (distinct >= 2 && distinct <= 30 && !is_unique(c))
        return PLX_ROLE_SEGMENT;
    return PLX_ROLE_OTHER;
}

static gint find_role(const struct draft *d, enum plx_role role)
{
    for (guint i = 0; i < d->look->n; i++)
        if (d->roles[i] == role)
            return (gint)i;
    return -1;
}

/* Only the first column can be who, when, where; only so many segments can be read at once. */
static void settle_roles(struct draft *d)
{
    guint seen[PLX_ROLE_RATING + 1] = {0}, segments = 0;
    for (guint i = 0; i < d->look->n; i++) {
        enum plx_role role = role_of(&d->look->columns[i]);
        gboolean single =
            role != PLX_ROLE_SEGMENT && role != PLX_ROLE_RATING && role != PLX_ROLE_OTHER;
        if (single && seen[role]++ > 0)
            role = role == PLX_ROLE_PLACE || role == PLX_ROLE_CHANNEL ? PLX_ROLE_SEGMENT
                                                                      : PLX_ROLE_OTHER;
        if (role == PLX_ROLE_SEGMENT && ++segments > PLX_DIMS_MAX - PLX_DIM_SEGMENT)
            role = PLX_ROLE_OTHER;
        d->roles[i] = role;
    }
}

/* What YAML does not take as it is, or takes for the end of a line. */
static gboolean is_odd(gunichar c)
{
    return !g_unichar_isprint(c) || c == 0x2028 || c == 0x2029;
}

/* A text with what is odd written as escapes, which comments and double quotes can hold. */
static void append_escaped(GString *out, const char *text, gboolean quotes)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (is_odd(c)) {
            g_string_append_printf(out, c > 0xFFFF ? "\\U%08X" : "\\u%04X", c);
            continue;
        }
        if (quotes && (c == '"' || c == '\\'))
            g_string_append_c(out, '\\');
        g_string_append_unichar(out, c);
    }
}

static gboolean may_be_plain(const char *text)
{
    if (!g_ascii_isalpha(text[0]) || strpbrk(text, ":#,[]{}\"'\\&*!|>%@`") ||
        g_str_has_suffix(text, " ") || g_str_equal(text, "null"))
        return FALSE;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        if (is_odd(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

/* A text as YAML: quoted wherever plain could be misread. */
static void append_text(GString *out, const char *text)
{
    if (may_be_plain(text)) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    append_escaped(out, text, TRUE);
    g_string_append_c(out, '"');
}

static gboolean has_namesake(const struct draft *d, guint i)
{
    for (guint k = 0; k < d->look->n; k++)
        if (k != i && strcmp(d->look->columns[k].title, d->look->columns[i].title) == 0)
            return TRUE;
    return FALSE;
}

/* A column by its title, or by its number where another has the same one. */
static void append_pick(const struct draft *d, guint i)
{
    if (has_namesake(d, i))
        g_string_append_printf(d->out, "{number: %u}", i + 1);
    else
        append_text(d->out, d->look->columns[i].title);
}

static void append_column(const struct draft *d, const char *key, enum plx_role role)
{
    gint i = find_role(d, role);
    if (i < 0)
        return;
    g_string_append_printf(d->out, "%s: ", key);
    append_pick(d, (guint)i);
    g_string_append_c(d->out, '\n');
}

static void append_file(const struct draft *d)
{
    const char *name = d->look->delimiter == ';'    ? "semicolon"
                       : d->look->delimiter == '\t' ? "tab"
                       : d->look->delimiter == '|'  ? "pipe"
                       : d->look->delimiter == ' '  ? "spaces"
                                                    : NULL;
    gboolean comma = FALSE;
    for (guint i = 0; i < d->look->n; i++)
        comma = comma || d->look->columns[i].commas > 0;
    if (!name && !d->look->encoding && !comma && d->look->skip == 0)
        return;
    g_string_append(d->out, "file:\n");
    if (name)
        g_string_append_printf(d->out, "  delimiter: %s\n", name);
    if (d->look->encoding)
        g_string_append_printf(d->out, "  encoding: %s\n", d->look->encoding);
    if (comma)
        g_string_append(d->out, "  decimal-comma: true\n");
    if (d->look->skip > 0)
        g_string_append_printf(d->out, "  skip-before: %u\n", d->look->skip);
    if (d->look->row_names)
        g_string_append(d->out, "  row-names: true\n");
    g_string_append_c(d->out, '\n');
}

static void append_audience(const struct draft *d)
{
    gint i = find_role(d, PLX_ROLE_AUDIENCE);
    if (i < 0) {
        g_string_append(d->out, "# A guess: everybody in the file is a customer. Others: leader, "
                                "staff, shopper.\naudience: {constant: customer}\n");
        return;
    }
    const struct plx_look_column *c = &d->look->columns[i];
    g_autoptr(GList) words = g_list_sort(g_hash_table_get_keys(c->values), (GCompareFunc)strcmp);
    g_string_append(d->out, "audience: {");
    if (has_namesake(d, (guint)i)) {
        g_string_append_printf(d->out, "number: %d", i + 1);
    } else {
        g_string_append(d->out, "column: ");
        append_text(d->out, c->title);
    }
    g_string_append(d->out, ", values: {");
    for (GList *word = words; word; word = word->next) {
        append_text(d->out, word->data);
        g_string_append_printf(d->out, ": %s%s", plx_audience_of_word(word->data),
                               word->next ? ", " : "");
    }
    g_string_append(d->out, "}}\n");
}

static void append_time(const struct draft *d)
{
    gint i = find_role(d, PLX_ROLE_TIME);
    if (i < 0)
        return;
    append_column(d, "time", PLX_ROLE_TIME);
    if (d->look->columns[i].dotted > d->look->columns[i].dates)
        g_string_append(d->out, "time-format: \"%d.%m.%Y\"\n");
    else if (d->look->columns[i].slashed > d->look->columns[i].dates)
        g_string_append(d->out, "# A guess: day before month. If not, write %m/%d/%Y.\n"
                                "time-format: \"%d/%m/%Y\"\n");
}

/* Codes of no answer that stand among the marks. */
static void append_codes(const struct draft *d, const char *kind)
{
    g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < d->look->n; i++) {
        GHashTableIter iter;
        gpointer text;
        g_hash_table_iter_init(&iter, d->look->columns[i].values);
        while (d->roles[i] == PLX_ROLE_RATING && g_hash_table_iter_next(&iter, &text, NULL))
            if (g_strcmp0(plx_code_of_text(text), kind) == 0)
                g_hash_table_add(found, text);
    }
    if (g_hash_table_size(found) == 0)
        return;
    g_autoptr(GList) texts = g_list_sort(g_hash_table_get_keys(found), (GCompareFunc)strcmp);
    g_string_append_printf(d->out, "%s: [", kind);
    for (GList *text = texts; text; text = text->next) {
        append_text(d->out, text->data);
        g_string_append(d->out, text->next ? ", " : "]\n");
    }
}

/* The marks go from low to high; six of them are the six levels, with the cuts those have. */
static void append_cuts(const struct draft *d, gint64 low, gint64 high)
{
    if (low == 1 && high == 6) {
        g_string_append(d->out, "# Marks from 1 to 6 are taken for the six levels of service. If "
                                "they are not:\n# scale: {min: 1, max: 6, floor: 1, met: 4, "
                                "desired: 5, top: 6}\n");
        return;
    }
    gint64 range = high - low;
    g_string_append_printf(d->out,
                           "# Where the cuts lie is yours to say: at or above met = as expected, "
                           "desired = as hoped.\n"
                           "scale: {min: %" G_GINT64_FORMAT ", max: %" G_GINT64_FORMAT
                           ", floor: %" G_GINT64_FORMAT ", met: %" G_GINT64_FORMAT
                           ", desired: %" G_GINT64_FORMAT ", top: %" G_GINT64_FORMAT "}\n",
                           low, high, low, low + (range + 1) / 2, low + (3 * range + 3) / 4, high);
}

/* The range that the ratings share: from the smallest to the largest mark of any of them. */
static void append_scale(const struct draft *d)
{
    gint64 min = G_MAXINT64, max = G_MININT64;
    for (guint i = 0; i < d->look->n; i++) {
        if (d->roles[i] != PLX_ROLE_RATING)
            continue;
        min = MIN(min, d->look->columns[i].min);
        max = MAX(max, d->look->columns[i].max);
    }
    append_codes(d, "missing");
    append_codes(d, "declined");
    if (min == 0 && max <= 7)
        g_string_append(d->out,
                        "# A guess: 0 stands for \"not applicable\". If 0 is a mark, delete "
                        "this line and set min to 0.\nna: [\"0\"]\n");
    else
        append_codes(d, "na");
    if (max != G_MININT64)
        append_cuts(d, min == 0 && max > 7 ? 0 : 1, max);
}

static void append_segments(const struct draft *d)
{
    gboolean first = TRUE;
    g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < d->look->n; i++) {
        if (d->roles[i] != PLX_ROLE_SEGMENT)
            continue;
        const char *title = d->look->columns[i].title;
        char *id = plx_id_new(title, strlen(title));
        if (!id || !g_hash_table_add(used, id)) {
            d->roles[i] = PLX_ROLE_OTHER;
            continue;
        }
        if (first)
            g_string_append(d->out, "\nsegments:\n");
        first = FALSE;
        g_string_append(d->out, "  ");
        append_text(d->out, id);
        g_string_append(d->out, ": ");
        append_pick(d, i);
        g_string_append_c(d->out, '\n');
    }
}

/* Shared words of two titles, as a share of all their words. */
static double likeness(const char *a, const char *b)
{
    g_autofree char *ia = plx_id_new(a, strlen(a));
    g_autofree char *ib = plx_id_new(b, strlen(b));
    if (!ia || !ib)
        return 0;
    g_auto(GStrv) wa = g_strsplit(ia, "-", -1);
    g_auto(GStrv) wb = g_strsplit(ib, "-", -1);
    guint shared = 0;
    for (char **word = wa; *word; word++)
        shared += g_strv_contains((const char *const *)wb, *word) ? 1 : 0;
    guint all = g_strv_length(wa) + g_strv_length(wb) - shared;
    return all > 0 ? (double)shared / (double)all : 0;
}

static const struct plx_point *match_point(const struct draft *d, const char *title)
{
    const struct plx_point *best = NULL;
    double most = 0.3; /* below that the words are chance */
    for (guint i = 0; i < d->map->n_points; i++) {
        double like = likeness(title, d->map->points[i].title);
        if (like > most) {
            most = like;
            best = &d->map->points[i];
        }
    }
    return best;
}

/* A wide file: one point per column of marks. */
static void append_points(const struct draft *d)
{
    gboolean closed = plx_map_is_closed(d->map);
    g_string_append(d->out, "\n# Each column of marks is a point. Two measures of one point are "
                            "written\n#   Title: {level: COLUMN, expected: COLUMN}\npoints:\n");
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < d->look->n; i++) {
        const char *title = d->look->columns[i].title;
        if (d->roles[i] != PLX_ROLE_RATING || !g_hash_table_add(used, (gpointer)(guintptr)title))
            continue;
        const struct plx_point *point = closed ? match_point(d, title) : NULL;
        if (point && !g_hash_table_add(used, point->id))
            point = NULL;
        if (closed && !point) {
            g_string_append(d->out, "  # no point of the map shares its words: ");
            append_text(d->out, title);
            g_string_append_c(d->out, '\n');
            continue;
        }
        g_string_append(d->out, "  ");
        append_text(d->out, point ? point->id : title);
        g_string_append(d->out, ": {level: ");
        append_pick(d, i);
        g_string_append(d->out, "}\n");
    }
}

static void append_answers(const struct draft *d)
{
    gint rating = find_role(d, PLX_ROLE_RATING);
    if (find_role(d, PLX_ROLE_POINT) >= 0 && rating >= 0) {
        g_string_append(d->out,
                        "\n# One row is one answer: the column that names the point, and the "
                        "one with the mark.\n");
        append_column(d, "point", PLX_ROLE_POINT);
        append_column(d, "level", PLX_ROLE_RATING);
        append_column(d, "note", PLX_ROLE_NOTE);
        return;
    }
    if (rating >= 0) {
        append_points(d);
        return;
    }
    g_string_append(d->out,
                    "\n# No column looks like marks (whole numbers from 0 to 10). Write the "
                    "title of yours:\npoints:\n  My point: {level: TITLE OF A COLUMN}\n");
}

static void append_rest(const struct draft *d)
{
    gboolean first = TRUE;
    for (guint i = 0; i < d->look->n; i++) {
        if (d->roles[i] != PLX_ROLE_OTHER)
            continue;
        if (first)
            g_string_append(d->out, "\n# Columns left aside:\n");
        first = FALSE;
        g_string_append(d->out, "#   \"");
        append_escaped(d->out, d->look->columns[i].title, TRUE);
        g_string_append(d->out, "\"\n");
    }
}

GString *plx_recipe_suggest(const struct plx_look *look, const char *path, const plx_map *map)
{
    struct draft d = {.look = look, .map = map, .out = g_string_new(NULL)};
    g_autofree enum plx_role *roles = g_new0(enum plx_role, look->n);
    d.roles = roles;
    settle_roles(&d);
    g_autofree char *name = g_path_get_basename(path);
    g_string_append(d.out, "# A first draft for ");
    append_escaped(d.out, name, FALSE);
    g_string_append_printf(d.out,
                           ", from its first %u rows. Check every "
                           "line.\nparallax-recipe: 1\n\n",
                           look->rows);
    append_file(&d);
    append_audience(&d);
    append_column(&d, "respondent", PLX_ROLE_RESPONDENT);
    append_time(&d);
    append_column(&d, "place", PLX_ROLE_PLACE);
    append_column(&d, "channel", PLX_ROLE_CHANNEL);
    append_column(&d, "language", PLX_ROLE_LANGUAGE);
    append_column(&d, "weight", PLX_ROLE_WEIGHT);
    append_scale(&d);
    append_segments(&d);
    append_answers(&d);
    append_rest(&d);
    return d.out;
}
