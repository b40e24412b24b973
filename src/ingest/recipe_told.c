/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft as JSON, for programs that let people choose: `recipe suggest --format json`. */
#include "base/json.h"
#include "ingest/point_match.h"
#include "ingest/recipe_draft.h"
#include "ingest/recipe_suggest.h"

#include <string.h>

enum {
    SAMPLES = 3, /* of a column */
    VALUES = 24, /* texts of a column that may stand for something */
    MATCHES = 5  /* points of a column */
};

/* What else a column may be taken for, in the order of how likely that is. */
static void put_also(plx_json *json, const struct plx_look_column *c, enum plx_role role)
{
    static const enum plx_role of_marks[] = {PLX_ROLE_RATING,  PLX_ROLE_RECOMMEND, PLX_ROLE_OVERALL,
                                             PLX_ROLE_SEGMENT, PLX_ROLE_OTHER,     PLX_ROLES};
    static const enum plx_role of_texts[] = {PLX_ROLE_AUDIENCE, PLX_ROLE_PLACE, PLX_ROLE_SEGMENT,
                                             PLX_ROLE_RATING,   PLX_ROLE_NOTE,  PLX_ROLE_OTHER,
                                             PLX_ROLES};
    static const enum plx_role of_dates[] = {PLX_ROLE_TIME, PLX_ROLE_OTHER, PLX_ROLES};
    const enum plx_role *roles = c->integers * 2 > c->filled              ? of_marks
                                 : (c->dates + c->shaped) * 2 > c->filled ? of_dates
                                                                          : of_texts;
    plx_json_begin_array(json, "also");
    for (; *roles != PLX_ROLES; roles++)
        if (*roles != role)
            plx_json_string(json, NULL, plx_column_role_name(*roles));
    plx_json_end_array(json);
}

/* A text and how often it was seen. */
struct seen {
    const char *text;
    guint n;
};

static gint compare_seen(gconstpointer a, gconstpointer b)
{
    const struct seen *const x = a, *const y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* The texts of a column, the most frequent first: struct seen. */
static GArray *texts_of(const struct plx_look_column *c)
{
    GArray *const texts = g_array_new(FALSE, FALSE, sizeof(struct seen));
    GHashTableIter iter;
    gpointer text, n;
    g_hash_table_iter_init(&iter, c->values);
    while (g_hash_table_iter_next(&iter, &text, &n)) {
        const struct seen one = {text, GPOINTER_TO_UINT(n)};
        g_array_append_val(texts, one);
    }
    g_array_sort(texts, compare_seen);
    return texts;
}

/* A number, also as 3,0 or 3.5. */
static gboolean stands_for_itself(const char *text)
{
    const char *p = text + (*text == '-' ? 1 : 0);
    const gsize whole = strspn(p, "0123456789");
    p += whole;
    if (*p == '.' || *p == ',')
        p += 1 + strspn(p + 1, "0123456789");
    return whole > 0 && *p == '\0';
}

/* Few texts may be words for roles or marks: with what they are taken for, null where not known. */
static void put_values(plx_json *json, const struct plx_draft *d, guint i, const GArray *texts)
{
    plx_json_begin_array(json, "values");
    for (guint k = 0; texts->len <= VALUES && k < texts->len; k++) {
        const struct seen *const one = &g_array_index(texts, struct seen, k);
        char number[24];
        if (d->columns[i].role == PLX_ROLE_RATING &&
            (stands_for_itself(one->text) || plx_code_of_text(one->text)))
            continue;
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "from", one->text);
        plx_json_string(json, "to", plx_draft_meaning(d, i, one->text, number));
        plx_json_integer(json, "n", one->n);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_matches(plx_json *json, const struct plx_draft *d, guint i,
                        const plx_point_match *match)
{
    plx_json_begin_array(json, "matches");
    if (match) {
        g_autofree char *asked = plx_look_question(&d->look->columns[i]);
        g_autoptr(GArray) found = plx_point_match_find(match, asked);
        for (guint k = 0; k < MIN(found->len, MATCHES); k++) {
            const struct plx_match *const one = &g_array_index(found, struct plx_match, k);
            plx_json_begin_object(json, NULL);
            plx_json_string(json, "point", d->map->points[one->point].id);
            plx_json_number(json, "likeness", one->likeness);
            plx_json_end_object(json);
        }
    }
    plx_json_end_array(json);
}

/* "chosen", "sure", "likely" or "guess". */
static const char *sureness(const struct plx_draft *d, guint i)
{
    const struct plx_draft_column *const column = &d->columns[i];
    if (column->chosen)
        return "chosen";
    g_autofree char *stray = plx_draft_stray(d, i);
    if (column->role == PLX_ROLE_RATING && plx_map_is_closed(d->map))
        return column->likeness >= PLX_MATCH_SURE && !stray ? "sure"
               : column->subject                            ? "likely"
                                                            : "guess";
    return column->role == PLX_ROLE_OTHER || column->role == PLX_ROLE_WORDS ? "guess" : "likely";
}

static void put_column(plx_json *json, const struct plx_draft *d, guint i,
                       const plx_point_match *match)
{
    const struct plx_look_column *const c = &d->look->columns[i];
    const struct plx_draft_column *const column = &d->columns[i];
    g_autoptr(GArray) texts = texts_of(c);
    g_autofree char *stray = plx_draft_stray(d, i);
    plx_json_begin_object(json, NULL);
    plx_json_integer(json, "number", i + 1);
    plx_json_string(json, "title", c->title);
    plx_json_string(json, "asked", c->asked);
    plx_json_integer(json, "filled", c->filled);
    plx_json_integer(json, "distinct", plx_look_distinct(c));
    plx_json_begin_array(json, "samples");
    for (guint k = 0; k < MIN(texts->len, SAMPLES); k++)
        plx_json_string(json, NULL, g_array_index(texts, struct seen, k).text);
    plx_json_end_array(json);
    plx_json_string(json, "is", plx_column_role_name(column->role));
    plx_json_string(json, "sureness", sureness(d, i));
    plx_json_string(json, "why", column->why ? column->why : stray);
    put_also(json, c, column->role);
    plx_json_string(json, "point", column->subject);
    plx_json_string(json, "measure",
                    column->role == PLX_ROLE_RATING ? column->measure ? column->measure : "level"
                                                    : NULL);
    put_matches(json, d, i, match);
    put_values(json, d, i, texts);
    plx_json_end_object(json);
}

static void put_codes(plx_json *json, const struct plx_draft *d, const char *kind)
{
    g_autoptr(GList) texts = plx_draft_codes(d, kind);
    plx_json_begin_array(json, kind);
    for (GList *text = texts; text; text = text->next)
        plx_json_string(json, NULL, text->data);
    plx_json_end_array(json);
}

static void put_scale(plx_json *json, const struct plx_draft *d)
{
    static const char *const keys[PLX_CHOICE_SCALE] = {"min", "max",     "floor",
                                                       "met", "desired", "top"};
    gint64 scale[PLX_CHOICE_SCALE];
    if (!plx_draft_scale(d, scale)) {
        plx_json_null(json, "scale");
        return;
    }
    plx_json_begin_object(json, "scale");
    for (guint i = 0; i < PLX_CHOICE_SCALE; i++)
        plx_json_integer(json, keys[i], scale[i]);
    plx_json_end_object(json);
}

/* What is still to be said before anything is read: {"what": "words", "column": 3}. */
static void put_lacks(plx_json *json, const struct plx_draft *d)
{
    plx_json_begin_array(json, "lacks");
    gboolean marks = FALSE;
    for (guint i = 0; i < d->look->n; i++) {
        const struct plx_draft_column *const column = &d->columns[i];
        const char *what = NULL;
        GHashTableIter iter;
        gpointer text;
        char number[24];
        marks |= column->role == PLX_ROLE_RECOMMEND || column->role == PLX_ROLE_OVERALL ||
                 (column->role == PLX_ROLE_RATING && column->subject);
        marks |= column->role == PLX_ROLE_NOTE;
        if (column->role == PLX_ROLE_AUDIENCE) {
            g_hash_table_iter_init(&iter, d->look->columns[i].values);
            while (g_hash_table_iter_next(&iter, &text, NULL))
                if (!plx_draft_meaning(d, i, text, number))
                    what = "words";
        }
        if (column->role == PLX_ROLE_RATING && !column->subject &&
            plx_draft_find(d, PLX_ROLE_POINT) < 0)
            what = "point";
        if (!what)
            continue;
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "what", what);
        plx_json_integer(json, "column", i + 1);
        plx_json_end_object(json);
    }
    if (!marks && plx_draft_find(d, PLX_ROLE_POINT) < 0) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "what", "marks");
        plx_json_null(json, "column");
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

/* What there is to choose from. */
static void put_map(plx_json *json, const plx_map *map)
{
    plx_json_begin_object(json, "map");
    plx_json_boolean(json, "closed", plx_map_is_closed(map));
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < map->n_points + map->n_vignettes; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "point", map->points[i].id);
        plx_json_string(json, "title", map->points[i].title);
        plx_json_string(json, "journey",
                        map->n_journeys > 0 ? map->journeys[map->points[i].journey].title : NULL);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_begin_array(json, "journeys");
    for (guint i = 0; i < map->n_journeys; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "journey", map->journeys[i].id);
        plx_json_string(json, "title", map->journeys[i].title);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_begin_array(json, "audiences");
    for (guint i = 0; i < map->n_audiences; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "audience", map->audiences[i].id);
        plx_json_string(json, "title", map->audiences[i].title);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void put_draft(plx_json *json, const struct plx_draft *d)
{
    g_autoptr(plx_point_match) match =
        plx_map_is_closed(d->map) ? plx_point_match_new(d->map, NULL) : NULL;
    const char *const audience = d->choices ? d->choices->audience : NULL;
    plx_json_integer(json, "rows", d->look->rows);
    plx_json_string(json, "encoding", d->look->encoding);
    plx_json_boolean(json, "encoding_guessed", d->look->guessed);
    plx_json_boolean(json, "new_map", d->choices && d->choices->new_map);
    plx_json_string(json, "audience",
                    plx_draft_find(d, PLX_ROLE_AUDIENCE) >= 0 ? NULL
                    : audience                                ? audience
                                                              : "customer");
    put_scale(json, d);
    put_codes(json, d, "missing");
    put_codes(json, d, "na");
    put_codes(json, d, "declined");
    put_lacks(json, d);
    plx_json_begin_array(json, "columns");
    for (guint i = 0; i < d->look->n; i++)
        put_column(json, d, i, match);
    plx_json_end_array(json);
}

void plx_recipe_suggest_json(const struct plx_look *look, const char *path, const plx_map *map,
                             const struct plx_choices *choices, gboolean ready, GString *out)
{
    struct plx_draft draft;
    g_autofree char *name = g_path_get_basename(path);
    g_autoptr(plx_json) json = plx_json_new(out);
    g_autoptr(GString) yaml = g_string_new(NULL);
    plx_draft_init(&draft, look, map, choices, yaml);
    plx_draft_write(&draft, path);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.recipe-draft/1");
    plx_json_string(json, "file", name);
    plx_json_boolean(json, "ready", ready);
    put_draft(json, &draft);
    put_map(json, map);
    plx_json_string(json, "recipe", yaml->str);
    plx_json_end_object(json);
    plx_draft_clear(&draft);
}
