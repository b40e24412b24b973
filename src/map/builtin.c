/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/builtin.h"

#include <string.h>

#define NONE PLX_NO_CUT

struct scale_row {
    const char *id;
    gint8 min, max, floor, met, desired, top;
    const char *const *words;
};

static const char *const effort_words[] = {
    "Strongly disagree", "Disagree", "Somewhat disagree", "Neither",
    "Somewhat agree",    "Agree",    "Strongly agree",    NULL};
static const char *const feeling_words[] = {"Very bad", "Bad",       "Neither",
                                            "Good",     "Very good", NULL};
static const char *const importance_words[] = {"Not important",        "Slightly important",
                                               "Moderately important", "Important",
                                               "Very important",       NULL};
static const char *const done_words[] = {"Not done", "Done", NULL};
static const char *const known_words[] = {"Not known", "Known", NULL};
static const char *const kept_words[] = {"Broken", "Kept", NULL};
static const char *const card_words[] = {"Fell short", "Nothing special", "Delighted", NULL};
static const char *const surprise_words[] = {"A bad surprise", "No surprise", "A good surprise",
                                             NULL};
static const char *const hesitation_words[] = {"Did not hesitate", "Hesitated", NULL};

/* A measure's own scale has the measure's id. Why these cuts:
 * believed   a count of 10 customers, no good or bad: none.
 * effort     "made it easy", CES 2.0 (Dixon, Toman, DeLisi 2013), usually reported as % 5-7: met 5.
 *            1-3 disagree: floor 3.
 * feeling    1-2 are bad, 3 is neither.
 * importance is no quality: none.
 * recommend  0-6, 7-8, 9-10 (Reichheld 2003), so that desired minus floor share is the usual score.
 */
static const struct scale_row scale_rows[] = {
    {"believed", 0, 10, NONE, NONE, NONE, NONE, NULL},
    {"effort", 1, 7, 3, 5, 6, 7, effort_words},
    {"feeling", 1, 5, 2, 3, 4, 5, feeling_words},
    {"importance", 1, 5, NONE, NONE, NONE, NONE, importance_words},
    {"done", 0, 1, 0, 1, NONE, NONE, done_words},
    {"known", 0, 1, 0, 1, NONE, NONE, known_words},
    {"kept", 0, 1, 0, 1, NONE, NONE, kept_words},
    {"card", -1, 1, -1, 0, 1, 1, card_words},
    {"recommend", 0, 10, 6, 7, 9, 10, NULL},
};

#define POINT (1u << PLX_SUBJECT_POINT)
#define JOURNEY (1u << PLX_SUBJECT_JOURNEY)
#define TASK (1u << PLX_SUBJECT_TASK)
#define PROMISE (1u << PLX_SUBJECT_PROMISE)

static const struct {
    const char *id, *title;
    guint subjects;
    const char *scale;
} measure_rows[PLX_MEASURE_DECLARED] = {
    [PLX_MEASURE_LEVEL] = {"level", "Level of service", POINT, "six-levels"},
    [PLX_MEASURE_BELIEVED] = {"believed", "Of 10 customers, how many say Desired or better", POINT,
                              "believed"},
    [PLX_MEASURE_EFFORT] = {"effort", "Made it easy", POINT, "effort"},
    [PLX_MEASURE_FEELING] = {"feeling", "Feeling", POINT, "feeling"},
    [PLX_MEASURE_IMPORTANCE] = {"importance", "Importance", POINT, "importance"},
    [PLX_MEASURE_PREDICTED] = {"predicted", "Level customers will give", POINT, "six-levels"},
    [PLX_MEASURE_EXPECTED] = {"expected", "Level expected before", POINT, "six-levels"},
    [PLX_MEASURE_DONE] = {"done", "Task done", TASK, "done"},
    [PLX_MEASURE_KNOWN] = {"known", "Promise known", PROMISE, "known"},
    [PLX_MEASURE_KEPT] = {"kept", "Promise kept", PROMISE, "kept"},
    [PLX_MEASURE_CARD] = {"card", "The whole journey", POINT | JOURNEY, "card"},
    [PLX_MEASURE_OVERALL] = {"overall", "Level of the whole journey", JOURNEY, "six-levels"},
    [PLX_MEASURE_RECOMMEND] = {"recommend", "Would recommend", JOURNEY, "recommend"},
};

/* From PLX_MEASURE_SURPRISE on. The scales of the flags are theirs alone: no map can name them, nor
 * take their names away. */
static const struct {
    const char *title;
    struct scale_row scale;
} flag_rows[] = {
    {"Surprise", {"surprise", -1, 1, NONE, NONE, NONE, NONE, surprise_words}},
    {"Hesitation", {"hesitation", 0, 1, NONE, NONE, NONE, NONE, hesitation_words}},
};

static const struct {
    const char *id, *title;
    gboolean served, protected_;
} audience_rows[] = {
    {"leader", "Leaders", FALSE, TRUE},
    {"staff", "Staff", FALSE, TRUE},
    {"shopper", "Secret shoppers", FALSE, FALSE},
    {"customer", "Customers", TRUE, FALSE},
};

static struct plx_scale *new_scale(const struct scale_row *row)
{
    struct plx_scale *scale = g_new0(struct plx_scale, 1);
    *scale = (struct plx_scale){.min = row->min,
                                .max = row->max,
                                .floor = row->floor,
                                .met = row->met,
                                .desired = row->desired,
                                .top = row->top};
    scale->id = g_strdup(row->id);
    scale->words = g_strdupv((char **)(guintptr)row->words);
    return scale;
}

static const struct plx_scale *find_scale(const plx_map *map, const char *id)
{
    for (guint i = 0; i < map->n_scales; i++)
        if (strcmp(map->scales[i]->id, id) == 0)
            return map->scales[i];
    return NULL;
}

static void add_flags(plx_map *map)
{
    for (guint i = 0; i < G_N_ELEMENTS(flag_rows); i++)
        map->measures[PLX_MEASURE_SURPRISE + i] = (struct plx_measure_def){
            .id = g_strdup(flag_rows[i].scale.id),
            .title = g_strdup(flag_rows[i].title),
            .subjects = POINT,
            .scale = new_scale(&flag_rows[i].scale),
        };
}

void plx_builtin_add(plx_map *map)
{
    map->n_scales = 1 + G_N_ELEMENTS(scale_rows);
    map->scales = g_new0(struct plx_scale *, map->n_scales);
    map->scales[0] = plx_scale_new_six_levels();
    for (guint i = 0; i < G_N_ELEMENTS(scale_rows); i++)
        map->scales[i + 1] = new_scale(&scale_rows[i]);

    map->n_measures = PLX_MEASURE_DECLARED;
    map->measures = g_new0(struct plx_measure_def, PLX_MEASURES_MAX);
    for (guint i = 0; i < PLX_MEASURE_DECLARED; i++) {
        map->measures[i] = (struct plx_measure_def){
            .id = g_strdup(measure_rows[i].id),
            .title = g_strdup(measure_rows[i].title),
            .subjects = measure_rows[i].subjects,
            .scale = find_scale(map, measure_rows[i].scale),
        };
    }
    add_flags(map);

    map->n_audiences = G_N_ELEMENTS(audience_rows);
    map->audiences = g_new0(struct plx_audience, PLX_AUDIENCES_MAX);
    for (guint i = 0; i < map->n_audiences; i++) {
        map->audiences[i] = (struct plx_audience){
            .id = g_strdup(audience_rows[i].id),
            .title = g_strdup(audience_rows[i].title),
            .served = audience_rows[i].served,
            .protected_ = audience_rows[i].protected_,
            .minimum = PLX_MINIMUM_DEFAULT,
            .identity = PLX_IDENTITY_VISIT,
            .scale = map->scales[0],
        };
    }
}

gboolean plx_builtin_is_scale(const char *id)
{
    if (strcmp(id, "six-levels") == 0)
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(scale_rows); i++)
        if (strcmp(id, scale_rows[i].id) == 0)
            return TRUE;
    return FALSE;
}

gboolean plx_builtin_is_measure(const char *id)
{
    for (guint i = 0; i < G_N_ELEMENTS(measure_rows); i++)
        if (strcmp(id, measure_rows[i].id) == 0)
            return TRUE;
    return FALSE;
}

gboolean plx_builtin_is_audience(const char *id)
{
    for (guint i = 0; i < G_N_ELEMENTS(audience_rows); i++)
        if (strcmp(id, audience_rows[i].id) == 0)
            return TRUE;
    return FALSE;
}

gboolean plx_builtin_is_label(const struct plx_scale *scale, gint value, const char *label)
{
    if (strcmp(scale->id, "six-levels") == 0)
        return plx_scale_is_six(value, label);
    const struct scale_row *row = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(scale_rows); i++)
        if (strcmp(scale->id, scale_rows[i].id) == 0)
            row = &scale_rows[i];
    for (guint i = 0; i < G_N_ELEMENTS(flag_rows); i++)
        if (strcmp(scale->id, flag_rows[i].scale.id) == 0)
            row = &flag_rows[i].scale;
    return row && row->words && value >= row->min && value <= row->max &&
           strcmp(label, row->words[value - row->min]) == 0;
}
