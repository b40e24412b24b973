/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked for of a step, checked against the map and the places that occur. */
#include "base/error.h"
#include "base/id.h"
#include "base/number.h"
#include "base/suggest.h"
#include "map/map_owner.h"
#include "step/step_private.h"

#include <string.h>

gboolean plx_step_missing(GError **error, const char *option)
{
    return plx_error(error, PLX_ERROR_USAGE, "a step needs --%s", option);
}

/* Those that a terminal would obey, and that JSON could not bring back through YAML. */
static gboolean is_control(gunichar c)
{
    return (g_unichar_iscntrl(c) && c != '\n' && c != '\t') || c == 0xFEFF || c == 0xFFFE ||
           c == 0xFFFF;
}

gboolean plx_step_check_words(const char *option, const char *text, GError **error)
{
    gboolean empty = TRUE;
    if (!g_utf8_validate(text, -1, NULL))
        return plx_error(error, PLX_ERROR_USAGE, "--%s is not UTF-8", option);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (is_control(c))
            return plx_error(error, PLX_ERROR_USAGE, "--%s has a control character (U+%04X)",
                             option, c);
        empty = empty && g_unichar_isspace(c);
    }
    return !empty || plx_error(error, PLX_ERROR_USAGE, "--%s is empty", option);
}

/* Point ------------------------------------------------------------------------------------- */

static const char *find_titled(const plx_map *map, const char *id)
{
    for (guint i = 0; i < map->n_points; i++) {
        g_autofree char *titled = plx_id_new(map->points[i].title, strlen(map->points[i].title));
        if (titled && strcmp(titled, id) == 0)
            return map->points[i].id;
    }
    return NULL;
}

static gboolean unknown_point(const plx_map *map, const char *text, const char *id, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < map->n_points; i++)
        g_ptr_array_add(ids, map->points[i].id);
    g_autofree char *near =
        plx_suggest_text(id ? id : text, (const char *const *)ids->pdata, ids->len);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no point \"%s\"%s", text, near);
}

gboolean plx_step_find_point(const plx_map *map, const char *text,
                             const struct plx_step_point_words *words, char **found, GError **error)
{
    g_autofree char *id = plx_id_new(text, strlen(text));
    const struct plx_owner owner = id ? plx_map_resolve(map, PLX_SUBJECT_POINT, id)
                                      : (struct plx_owner){PLX_OWNER_NONE, 0, NULL};
    const char *called = owner.id;
    if (owner.state == PLX_OWNER_NONE)
        called = id ? find_titled(map, id) : NULL;
    if (!called)
        return unknown_point(map, text, id, error);
    if (owner.state == PLX_OWNER_RETIRED && words->retired)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "point \"%s\" is retired: nobody is asked about it any more, so %s", text,
                         words->retired);
    if (owner.state == PLX_OWNER_CURRENT && plx_map_is_vignette(map, (gint)owner.index))
        return plx_error(error, PLX_ERROR_NOT_FOUND, "\"%s\" is a vignette, which is no point: %s",
                         text, words->vignette);
    *found = g_strdup(called);
    return TRUE;
}

static gboolean resolve_point(const plx_map *map, const char *text, char **found, GError **error)
{
    static const struct plx_step_point_words lifted = {"no step can be seen there",
                                                       "no step can lift it"};
    return plx_step_find_point(map, text, &lifted, found, error);
}

static gboolean make_point(struct plx_step_making *m, GError **error)
{
    if (m->before)
        m->plan->point = g_strdup(m->before->point);
    else if (!m->ask->point)
        return plx_step_missing(error, "point POINT");
    return m->plan->point || resolve_point(m->map, m->ask->point, &m->plan->point, error);
}

/* The other points of the transaction: what should not move is seen there first. */
static char **neighbours(const plx_map *map, const char *id)
{
    GPtrArray *const found = g_ptr_array_new();
    const gint p = plx_map_find_point(map, id);
    if (p >= 0) {
        const struct plx_point *const point = &map->points[p];
        const struct plx_transaction *const home =
            &map->journeys[point->journey].transactions[point->transaction];
        for (guint i = 0; i < home->n_points; i++)
            if (home->points[i] != (guint)p)
                g_ptr_array_add(found, g_strdup(map->points[home->points[i]].id));
    }
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}

/* "none", alone: an empty list. */
static gboolean is_none(const char *const *asked)
{
    return strcmp(asked[0], "none") == 0 && !asked[1];
}

static gboolean make_untouched(struct plx_step_making *m, GError **error)
{
    const char *const *const asked = m->ask->untouched;
    if (!asked || !asked[0]) {
        m->plan->untouched =
            m->before ? g_strdupv(m->before->untouched) : neighbours(m->map, m->plan->point);
        return TRUE;
    }
    m->plan->untouched = g_new0(char *, g_strv_length((char **)(guintptr)asked) + 1);
    for (guint i = 0; asked[i] && !is_none(asked); i++) {
        g_autofree char *id = NULL;
        if (!resolve_point(m->map, asked[i], &id, error))
            return FALSE;
        if (plx_map_find_point(m->map, id) == plx_map_find_point(m->map, m->plan->point))
            return plx_error(error, PLX_ERROR_USAGE,
                             "--untouched %s: that is the point of the step itself", asked[i]);
        if (g_strv_contains((const char *const *)m->plan->untouched, id))
            return plx_error(error, PLX_ERROR_USAGE, "--untouched names \"%s\" twice", asked[i]);
        m->plan->untouched[i] = g_steal_pointer(&id);
    }
    return TRUE;
}

/* Levels ------------------------------------------------------------------------------------ */

/* Of those who are served: their levels are what a step is about. */
guint plx_step_served(const plx_map *map)
{
    for (guint a = 0; a < map->n_audiences; a++)
        if (map->audiences[a].served)
            return a;
    return 0;
}

static gboolean parse_level(const struct plx_step_making *m, const char *option, const char *text,
                            gint *level, GError **error)
{
    const guint audience = plx_step_served(m->map);
    const struct plx_scale *const scale = plx_map_scale(m->map, PLX_MEASURE_LEVEL, audience);
    gint64 value;
    if (!g_ascii_string_to_signed(text, 10, scale->min, scale->max, &value, NULL))
        return plx_error(error, PLX_ERROR_USAGE, "--%s \"%s\": the levels of %s go from %d to %d",
                         option, text, m->map->audiences[audience].id, scale->min, scale->max);
    *level = (gint)value;
    return TRUE;
}

static gboolean make_levels(struct plx_step_making *m, GError **error)
{
    const struct plx_scale *const scale =
        plx_map_scale(m->map, PLX_MEASURE_LEVEL, plx_step_served(m->map));
    const gint up = scale->down ? -1 : 1;
    struct plx_step_plan *const plan = m->plan;
    const struct plx_step_ask *const ask = m->ask;
    if (!m->before && !ask->from)
        return plx_step_missing(error, "from LEVEL");
    plan->from = m->before ? m->before->from : 0;
    if (ask->from && !parse_level(m, "from", ask->from, &plan->from, error))
        return FALSE;
    plan->to = m->before && !ask->from ? m->before->to : plan->from + up;
    if (ask->to && !parse_level(m, "to", ask->to, &plan->to, error))
        return FALSE;
    if (plan->from == (scale->down ? scale->min : scale->max))
        return plx_error(error, PLX_ERROR_USAGE, "--from %d: there is no level above", plan->from);
    if (plan->to != plan->from + up)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--from %d --to %d: a step goes up by one level, --to %d", plan->from,
                         plan->to, plan->from + up);
    return TRUE;
}

/* Numbers, words ---------------------------------------------------------------------------- */

/* The map has it in levels of the six; here it is held against changes on the scale as it is. */
static double usual_margin(const plx_map *map)
{
    const struct plx_scale *const scale =
        plx_map_scale(map, PLX_MEASURE_LEVEL, plx_step_served(map));
    return map->margin * (scale->max - scale->min) / 5;
}

static gboolean parse_number(const char *option, const char *text, double max, const char *wanted,
                             double *value, GError **error)
{
    double number;
    if (!plx_number_parse(text, strlen(text), &number) || !(number >= 0 && number <= max))
        return plx_error(error, PLX_ERROR_USAGE, "--%s \"%s\": expected %s", option, text, wanted);
    *value = number;
    return TRUE;
}

static gboolean make_numbers(struct plx_step_making *m, GError **error)
{
    struct plx_step_plan *const plan = m->plan;
    const struct plx_step_ask *const ask = m->ask;
    if (!m->before && !ask->share)
        return plx_step_missing(
            error, "share SHARE: of 0 to 1, how many at --to or better would be success");
    plan->share = m->before ? m->before->share : 0;
    plan->margin = m->before ? m->before->margin : usual_margin(m->map);
    plan->alpha = PLX_STEP_ALPHA;
    return (!ask->share || parse_number("share", ask->share, 1, "a share from 0 to 1, like 0.6",
                                        &plan->share, error)) &&
           (!ask->margin ||
            parse_number("margin", ask->margin, 100, "a number of levels from 0 on, like 0.5",
                         &plan->margin, error));
}

static gboolean make_words(struct plx_step_making *m, GError **error)
{
    const struct plx_step_ask *const ask = m->ask;
    const char *const owner = m->before ? m->before->owner : m->author;
    const char *const note = m->before ? m->before->note : NULL;
    if ((ask->owner && !plx_step_check_words("owner", ask->owner, error)) ||
        (ask->note && !plx_step_check_words("note", ask->note, error)))
        return FALSE;
    m->plan->owner = g_strdup(ask->owner ? ask->owner : owner);
    m->plan->note = g_strdup(ask->note ? ask->note : note);
    m->plan->repair = m->before ? m->before->repair : PLX_STEP_DELIVERY;
    if (ask->repair)
        m->plan->repair =
            strcmp(ask->repair, "promise") == 0 ? PLX_STEP_PROMISE : PLX_STEP_DELIVERY;
    return TRUE;
}

/* Places ------------------------------------------------------------------------------------ */

static gint by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean check_place(const struct plx_step_making *m, const char *option, const char *place,
                            GError **error)
{
    const guint n = g_strv_length((char **)(guintptr)m->known);
    if (g_strv_contains(m->known, place))
        return TRUE;
    if (n == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "--%s: there is no place \"%s\": no answer says where it was given",
                         option, place);
    g_autofree char *near = plx_suggest_text(place, m->known, n);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "--%s: there is no place \"%s\"%s", option, place,
                     near);
}

/* How many of the next words together are one place, the most that are: "London" and "Strand" of
 * "London, Strand" also where there is a "London". Words that are a place each are places each.
 * *place is that, else the first word. */
static guint match_place(const struct plx_step_making *m, const char *const *words, char **place)
{
    static const char *const between[] = {", ", ","};
    guint most = 1;
    *place = g_strdup(words[0]);
    for (guint k = 0; k < G_N_ELEMENTS(between); k++) {
        g_autoptr(GString) joined = g_string_new(words[0]);
        gboolean all_known = g_strv_contains(m->known, words[0]);
        for (guint n = 1; words[n]; n++) {
            g_string_append_printf(joined, "%s%s", between[k], words[n]);
            all_known = all_known && g_strv_contains(m->known, words[n]);
            if (all_known || n + 1 <= most || !g_strv_contains(m->known, joined->str))
                continue;
            most = n + 1;
            g_free(*place);
            *place = g_strdup(joined->str);
        }
    }
    return most;
}

/* A place may have a comma in its name, at which the list was split. */
static char **join_places(const struct plx_step_making *m, const char *const *words)
{
    GPtrArray *const places = g_ptr_array_new();
    for (guint i = 0; words[i];) {
        char *place;
        i += match_place(m, &words[i], &place);
        g_ptr_array_add(places, place);
    }
    g_ptr_array_add(places, NULL);
    return (char **)g_ptr_array_free(places, FALSE);
}

static gboolean take_places(const struct plx_step_making *m, const char *option,
                            const char *const *asked, char *const *before, char ***out,
                            GError **error)
{
    if (!asked || !asked[0]) {
        *out = before ? g_strdupv((char **)(guintptr)before) : g_new0(char *, 1);
        return TRUE;
    }
    *out = is_none(asked) ? g_new0(char *, 1) : join_places(m, asked);
    const guint n = g_strv_length(*out);
    qsort(*out, n, sizeof **out, by_bytes);
    for (guint i = 0; i < n; i++) {
        if (!check_place(m, option, (*out)[i], error))
            return FALSE;
        if (i > 0 && strcmp((*out)[i - 1], (*out)[i]) == 0)
            return plx_error(error, PLX_ERROR_USAGE, "--%s names \"%s\" twice", option, (*out)[i]);
    }
    return TRUE;
}

static gboolean make_places(struct plx_step_making *m, GError **error)
{
    struct plx_step_plan *const plan = m->plan;
    if (!take_places(m, "places", m->ask->places, m->before ? m->before->places : NULL,
                     &plan->places, error) ||
        !take_places(m, "compare", m->ask->compare, m->before ? m->before->compare : NULL,
                     &plan->compare, error))
        return FALSE;
    if (plan->compare[0] && !plan->places[0])
        return plx_error(error, PLX_ERROR_USAGE,
                         "--compare needs --places: without them the step is done everywhere, and "
                         "nothing is left to compare with");
    for (guint i = 0; plan->places[i]; i++)
        if (g_strv_contains((const char *const *)plan->compare, plan->places[i]))
            return plx_error(error, PLX_ERROR_USAGE,
                             "\"%s\" is in --places and in --compare: a place cannot be compared "
                             "with itself",
                             plan->places[i]);
    return TRUE;
}

gboolean plx_step_plan_make(const struct plx_step_plan *before, const struct plx_step_ask *ask,
                            const plx_map *map, const char *const *known, const char *author,
                            struct plx_step_plan **plan, GError **error)
{
    struct plx_step_making m = {before, ask, map, known, author, g_new0(struct plx_step_plan, 1)};
    if (make_point(&m, error) && make_levels(&m, error) && make_numbers(&m, error) &&
        make_words(&m, error) && plx_step_make_start(&m, error) && make_places(&m, error) &&
        make_untouched(&m, error) && plx_step_make_times(&m, error)) {
        *plan = m.plan;
        return TRUE;
    }
    plx_step_plan_free(m.plan);
    return FALSE;
}
