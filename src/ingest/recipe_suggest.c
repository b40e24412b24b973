/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_suggest.h"

#include "base/id.h"
#include "base/yaml.h"

#include <string.h>

enum role {
    ROLE_OTHER, /* left out, and listed */
    ROLE_AUDIENCE,
    ROLE_RESPONDENT,
    ROLE_TIME,
    ROLE_PLACE,
    ROLE_CHANNEL,
    ROLE_LANGUAGE,
    ROLE_WEIGHT,
    ROLE_POINT, /* names the point of its row: a long file */
    ROLE_SEGMENT,
    ROLE_NOTE,
    ROLE_RATING
};

/* Words in a title that give a column away, besides what it holds. */
static const struct {
    enum role role;
    const char *words;
} clues[] = {
    {ROLE_AUDIENCE, "audience role voice"},
    {ROLE_RESPONDENT, "id respondent user customer passenger patient student guest person "
                      "respondentid userid responseid customerid uuid"},
    {ROLE_TIME, "time date day timestamp submitted created enddate startdate"},
    {ROLE_PLACE, "place store branch shop location site region city trust ward clinic hotel"},
    {ROLE_CHANNEL, "channel device"},
    {ROLE_LANGUAGE, "language lang locale userlanguage"},
    {ROLE_WEIGHT, "weight"},
    {ROLE_POINT, "point touchpoint item question moment lecturer"},
};

struct draft {
    const struct plx_look *look;
    const plx_map *map;
    enum role *roles;
    GString *out;
};

static gboolean has_word(const char *title, const char *words)
{
    g_autofree char *id = plx_id_new(title, strlen(title));
    if (!id)
        return FALSE;
    g_auto(GStrv) parts = g_strsplit(id, "-", -1);
    g_auto(GStrv) known = g_strsplit(words, " ", -1);
    for (char **part = parts; *part; part++)
        if (g_strv_contains((const char *const *)known, *part))
            return TRUE;
    return FALSE;
}

static enum role clue_of(const char *title)
{
    for (gsize i = 0; i < G_N_ELEMENTS(clues); i++)
        if (has_word(title, clues[i].words))
            return clues[i].role;
    return ROLE_OTHER;
}

static gboolean is_unique(const struct plx_look_column *c)
{
    guint distinct = plx_look_distinct(c);
    return c->filled > 0 && (distinct >= PLX_LOOK_DISTINCT || distinct * 50 >= c->filled * 49);
}

/* Whole numbers from a small range, apart from a few codes. */
static gboolean is_rating(const struct plx_look_column *c)
{
    return c->integers >= 2 && c->integers * 10 >= c->filled * 8 && c->min >= 0 && c->max <= 10 &&
           c->max >= 3 && plx_look_distinct(c) <= 16;
}

static enum role role_of(const struct plx_look_column *c)
{
    enum role clue = clue_of(c->title);
    guint distinct = plx_look_distinct(c);
    gboolean dated = c->filled > 0 && (c->dates + c->slashed) * 10 >= c->filled * 9;
    if (dated)
        return ROLE_TIME;
    if (clue == ROLE_RESPONDENT && c->filled > 0 && distinct > 16)
        return ROLE_RESPONDENT;
    if (clue == ROLE_POINT && distinct > 1 && !is_unique(c))
        return ROLE_POINT;
    if (clue != ROLE_OTHER && clue != ROLE_RESPONDENT && clue != ROLE_TIME && clue != ROLE_POINT &&
        distinct > 0)
        return clue;
    if (is_rating(c))
        return ROLE_RATING;
    if (c->words * 3 >= c->filled && c->filled > 0 && distinct > 20)
        return ROLE_NOTE;
    if (distinct >= 2 && distinct <= 30 && !is_unique(c))
        return ROLE_SEGMENT;
    return ROLE_OTHER;
}

static gint find_role(const struct draft *d, enum role role)
{
    for (guint i = 0; i < d->look->n; i++)
        if (d->roles[i] == role)
            return (gint)i;
    return -1;
}

/* Only the first column can be who, when, where. */
static void settle_roles(struct draft *d)
{
    guint seen[ROLE_RATING + 1] = {0};
    for (guint i = 0; i < d->look->n; i++) {
        enum role role = role_of(&d->look->columns[i]);
        gboolean single = role != ROLE_SEGMENT && role != ROLE_RATING && role != ROLE_OTHER;
        if (single && seen[role]++ > 0)
            role = role == ROLE_PLACE || role == ROLE_CHANNEL ? ROLE_SEGMENT : ROLE_OTHER;
        d->roles[i] = role;
    }
}

/* A text as YAML: quoted wherever plain could be misread. */
static void append_text(GString *out, const char *text)
{
    gboolean plain = g_ascii_isalpha(text[0]) && !strpbrk(text, ":#,[]{}\"'\\\n\t&*!|>%@`");
    gsize length = strlen(text);
    if (plain && text[length - 1] != ' ') {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_c(out, '\\');
        if ((guchar)*p < ' ')
            g_string_append_printf(out, "\\x%02x", (guint)(guchar)*p);
        else
            g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

static void append_column(const struct draft *d, const char *key, enum role role)
{
    gint i = find_role(d, role);
    if (i < 0)
        return;
    g_string_append_printf(d->out, "%s: ", key);
    append_text(d->out, d->look->columns[i].title);
    g_string_append_c(d->out, '\n');
}

static void append_file(const struct draft *d)
{
    const char *name = d->look->delimiter == ';'    ? "semicolon"
                       : d->look->delimiter == '\t' ? "tab"
                       : d->look->delimiter == '|'  ? "pipe"
                       : d->look->delimiter == ' '  ? "spaces"
                                                    : NULL;
    if (!name && !d->look->encoding)
        return;
    g_string_append(d->out, "file:\n");
    if (name)
        g_string_append_printf(d->out, "  delimiter: %s\n", name);
    if (d->look->encoding)
        g_string_append_printf(d->out, "  encoding: %s\n", d->look->encoding);
    if (d->look->row_names)
        g_string_append(d->out, "  row-names: true\n");
    g_string_append_c(d->out, '\n');
}

static void append_audience(const struct draft *d)
{
    gint i = find_role(d, ROLE_AUDIENCE);
    if (i < 0) {
        g_string_append(d->out, "# A guess: everybody in the file is a customer. Others: leader, "
                                "staff, shopper.\naudience: {constant: customer}\n");
        return;
    }
    append_column(d, "audience", ROLE_AUDIENCE);
    g_string_append(d->out,
                    "# Other words for an audience:\n"
                    "# audience: {column: …, values: {Management: leader, Guest: customer}}\n");
}

static void append_time(const struct draft *d)
{
    gint i = find_role(d, ROLE_TIME);
    if (i < 0)
        return;
    append_column(d, "time", ROLE_TIME);
    if (d->look->columns[i].slashed > d->look->columns[i].dates)
        g_string_append(d->out, "# A guess: day before month. If not, write %m/%d/%Y.\n"
                                "time-format: \"%d/%m/%Y\"\n");
}

/* The range that the ratings share: from the smallest to the largest mark of any of them. */
static void append_scale(const struct draft *d)
{
    gint64 min = G_MAXINT64, max = G_MININT64;
    gboolean zeros = FALSE, codes = FALSE;
    for (guint i = 0; i < d->look->n; i++) {
        const struct plx_look_column *c = &d->look->columns[i];
        if (d->roles[i] != ROLE_RATING)
            continue;
        min = MIN(min, c->min);
        max = MAX(max, c->max);
        zeros = zeros || c->min == 0;
        codes = codes || g_hash_table_contains(c->values, "NA");
    }
    if (max == G_MININT64)
        return;
    gboolean absent = zeros && max <= 7;
    if (absent)
        g_string_append(d->out,
                        "# A guess: 0 stands for \"not applicable\". If 0 is a mark, delete "
                        "this line and set min to 0.\nna: [\"0\"]\n");
    if (codes)
        g_string_append(d->out, "missing: [NA]\n");
    gint64 low = absent || min > 0 ? 1 : 0;
    gint64 range = max - low;
    g_string_append_printf(d->out,
                           "# Where the cuts lie is yours to say: at or above met = as expected, "
                           "desired = as hoped.\n"
                           "scale: {min: %" G_GINT64_FORMAT ", max: %" G_GINT64_FORMAT
                           ", floor: %" G_GINT64_FORMAT ", met: %" G_GINT64_FORMAT
                           ", desired: %" G_GINT64_FORMAT ", top: %" G_GINT64_FORMAT "}\n",
                           low, max, low, low + (range + 1) / 2, low + (3 * range + 3) / 4, max);
}

static void append_segments(const struct draft *d)
{
    gboolean first = TRUE;
    for (guint i = 0; i < d->look->n; i++) {
        if (d->roles[i] != ROLE_SEGMENT)
            continue;
        const char *title = d->look->columns[i].title;
        g_autofree char *id = plx_id_new(title, strlen(title));
        if (!id)
            continue;
        if (first)
            g_string_append(d->out, "\nsegments:\n");
        first = FALSE;
        g_string_append(d->out, "  ");
        append_text(d->out, id);
        g_string_append(d->out, ": ");
        append_text(d->out, title);
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
        if (d->roles[i] != ROLE_RATING || !g_hash_table_add(used, (gpointer)(guintptr)title))
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
        append_text(d->out, title);
        g_string_append(d->out, "}\n");
    }
}

static void append_answers(const struct draft *d)
{
    gint rating = find_role(d, ROLE_RATING);
    if (find_role(d, ROLE_POINT) >= 0 && rating >= 0) {
        g_string_append(d->out,
                        "\n# One row is one answer: the column that names the point, and the "
                        "one with the mark.\n");
        append_column(d, "point", ROLE_POINT);
        append_column(d, "level", ROLE_RATING);
        append_column(d, "note", ROLE_NOTE);
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
        if (d->roles[i] != ROLE_OTHER)
            continue;
        if (first)
            g_string_append(d->out, "\n# Columns left aside:\n");
        first = FALSE;
        g_autofree char *title = plx_yaml_quote(d->look->columns[i].title);
        g_string_append_printf(d->out, "#   %s\n", title);
    }
}

GString *plx_recipe_suggest(const struct plx_look *look, const char *path, const plx_map *map)
{
    struct draft d = {.look = look, .map = map, .out = g_string_new(NULL)};
    g_autofree enum role *roles = g_new0(enum role, look->n);
    d.roles = roles;
    settle_roles(&d);
    g_autofree char *name = g_path_get_basename(path);
    g_string_append_printf(d.out,
                           "# A first draft for %s, from its first %u rows. Check every "
                           "line.\nparallax-recipe: 1\n\n",
                           name, look->rows);
    append_file(&d);
    append_audience(&d);
    append_column(&d, "respondent", ROLE_RESPONDENT);
    append_time(&d);
    append_column(&d, "place", ROLE_PLACE);
    append_column(&d, "channel", ROLE_CHANNEL);
    append_column(&d, "language", ROLE_LANGUAGE);
    append_column(&d, "weight", ROLE_WEIGHT);
    append_scale(&d);
    append_segments(&d);
    append_answers(&d);
    append_rest(&d);
    return d.out;
}
