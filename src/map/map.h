/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The map: journeys > transactions > perception points, with tasks and promises beside them, and
 * the declared audiences, scales and measures.
 *
 * A map is read whole (map/map_file.h), checked whole, and then only read: structs are open for
 * reading, and nothing outside map/ writes to them. All strings and arrays belong to the map.
 * Every map, also the empty one without journeys, has the four audiences leader, staff, shopper,
 * customer, the scale "six-levels" and the built-in measures (enum plx_measure).
 * Test: tests/map/test_map.c. */

#include "map/scale.h"

#include <glib.h>

typedef struct plx_map plx_map;

/* What can be asked. Built-in measures have fixed places; declared ones follow from
 * PLX_MEASURE_DECLARED on, in the order of the map file. The two flags that are noted down beside
 * an answer count like measures, on scales that nobody changes, and are none of the map's
 * n_measures: no file and no option names them so. They stand last, as numbers of measures are
 * kept in files. */
enum plx_measure {
    PLX_MEASURE_LEVEL,
    PLX_MEASURE_BELIEVED,
    PLX_MEASURE_EFFORT,
    PLX_MEASURE_FEELING,
    PLX_MEASURE_IMPORTANCE,
    PLX_MEASURE_PREDICTED,
    PLX_MEASURE_EXPECTED,
    PLX_MEASURE_DONE,
    PLX_MEASURE_KNOWN,
    PLX_MEASURE_KEPT,
    PLX_MEASURE_CARD,
    PLX_MEASURE_OVERALL,
    PLX_MEASURE_RECOMMEND,
    PLX_MEASURE_DECLARED,
    PLX_MEASURE_SURPRISE = 29, /* -1 bad, 0 none, 1 good */
    PLX_MEASURE_HESITATION     /* 0, 1 */
};
#define PLX_MEASURES_MAX 31 /* so that a mask of them, shifted until nothing is left, ends */
#define PLX_MEASURE_FLAGS (1u << PLX_MEASURE_SURPRISE | 1u << PLX_MEASURE_HESITATION)
#define PLX_AUDIENCES_MAX 32
#define PLX_POINTS_MAX 65000 /* so that an index fits 16 bits */
#define PLX_LEVELS 6
#define PLX_MAP_VIGNETTES_MAX 20 /* as many as stats/vignettes.h compares */
#define PLX_MINIMUM_DEFAULT 5

/* What an observation can be about. */
enum plx_subject_kind {
    PLX_SUBJECT_NONE,
    PLX_SUBJECT_POINT,
    PLX_SUBJECT_JOURNEY,
    PLX_SUBJECT_TASK,
    PLX_SUBJECT_PROMISE
};

struct plx_measure_def {
    char *id; /* column name in the canonical file */
    char *title;
    guint subjects;                /* bit mask: 1 << enum plx_subject_kind */
    const struct plx_scale *scale; /* level, predicted, expected follow the audience's scale */
};

enum plx_identity { PLX_IDENTITY_ANONYMOUS, PLX_IDENTITY_VISIT, PLX_IDENTITY_PANEL };

struct plx_audience {
    char *id;
    char *title;
    gboolean served;
    gboolean protected_;
    gboolean named;    /* all agreed to be shown: lifts minimum, rounding, masking */
    gint64 population; /* 0 = unknown */
    guint minimum;     /* smallest group shown; default 5 */
    enum plx_identity identity;
    const struct plx_scale *scale; /* of its levels; default six-levels */
    char **was;                    /* earlier ids, or NULL; so everywhere below */
};

struct plx_point {
    char *id;
    char *title;
    guint journey, transaction; /* home: index into journeys and its transactions */
    guint order;                /* place in map order */
    guint senses;               /* bit mask, enum plx_sense */
    char **channels;
    int value;     /* enum plx_value or -1 */
    char **levels; /* anchor text per level (index 0 = level 1), or NULL; entries may be NULL */
    int target;    /* target level or 0 */
    int effort;    /* enum plx_effort or -1 = not set */
    char **was;    /* earlier ids, or NULL */
    /* Of a vignette: the points whose levels it explains, in map order; none: of all points. */
    guint *stands_for;
    guint n_stands_for;
};

enum plx_sense {
    PLX_SENSE_SEE = 1,
    PLX_SENSE_HEAR = 2,
    PLX_SENSE_TOUCH = 4,
    PLX_SENSE_TASTE = 8,
    PLX_SENSE_SMELL = 16,
    PLX_SENSE_FEEL = 32
};
enum plx_value { PLX_VALUE_PRODUCT, PLX_VALUE_DELIVERY, PLX_VALUE_MINDSET, PLX_VALUE_RELATIONSHIP };
enum plx_effort { PLX_EFFORT_TODAY, PLX_EFFORT_WEEK, PLX_EFFORT_QUARTER, PLX_EFFORT_PROJECT };

struct plx_transaction {
    char *id;
    char *title;
    guint *points; /* indices into plx_map.points, home and used ones, in map order */
    guint n_points;
};

struct plx_journey {
    char *id;
    char *title;
    struct plx_transaction *transactions;
    guint n_transactions;
    char **was;
};

struct plx_task {
    char *id;
    char *title;
    char *owner; /* or NULL */
    char *event; /* the system's name for it, or NULL */
    guint *points;
    guint n_points;
    char **was;
};

struct plx_promise {
    char *id;
    char *title; /* the words of the promise */
    char *where; /* or NULL */
    char *since; /* ISO date or NULL */
    guint *points;
    guint n_points;
    char **was;
};

/* What the map no longer asks about; its answers stay with it. */
struct plx_retired {
    enum plx_subject_kind kind;
    char *id;
    char *title;    /* or NULL */
    char **was;     /* earlier ids, or NULL */
    gboolean split; /* not listed under `retired`: several claim its id in their `was` */
};

struct plx_map {
    char *title;
    char *about;    /* one line, or NULL */
    char *language; /* of every text in the structs but what comes with the program; default "en" */
    double margin;  /* of a level gap, in levels of a six-level scale; default 0.5 */
    struct plx_scale **scales;
    guint n_scales;
    struct plx_measure_def *measures; /* n_measures >= PLX_MEASURE_DECLARED; and the flags */
    guint n_measures;
    struct plx_audience *audiences; /* leader, staff, shopper, customer, then declared ones */
    guint n_audiences;
    struct plx_journey *journeys;
    guint n_journeys;
    struct plx_point *points; /* n_points, and behind them n_vignettes */
    guint n_points;           /* points of journeys: what readings, pages and sheets walk */
    /* Anchoring vignettes: described situations, lowest first, that everybody rates on the same
     * levels. Their answers are kept as those of points (PLX_SUBJECT_POINT) with an index from
     * n_points on; they are in no transaction and count in no reading but `vignettes`. Their home
     * is that of the first point they stand for, else the first of the map. */
    guint n_vignettes;
    struct plx_task *tasks;
    guint n_tasks;
    struct plx_promise *promises;
    guint n_promises;
    struct plx_retired *retired; /* as listed, kind by kind, then the split ones in map order */
    guint n_retired;
    struct plx_map_index *index; /* private: ids and other languages */
};

/* A map that accepts any point: no journeys, the four audiences, built-in scales and measures. */
plx_map *plx_map_new_open(void);
void plx_map_free(plx_map *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_map, plx_map_free)

/* A text of this map (title, anchor, word, sentence: the pointer itself, not a copy) in another
 * language, or the text itself where it was not given. */
const char *plx_map_text(const plx_map *map, const char *text, const char *language);

/* The language that the label of a value is in, as it stands in the scale: the map's, but "en" of a
 * label that comes with the program (a map in German does not make "Very good" German). */
const char *plx_map_label_language(const plx_map *map, const struct plx_scale *scale, gint value,
                                   const char *label);

/* The language of the map and all others in which it has a text, in byte order; to be freed with
 * g_strfreev(). */
char **plx_map_languages(const plx_map *map);

/* Names as the map file writes them: "see", "product", "today", "visit". NULL out of range. */
const char *plx_sense_name(enum plx_sense sense);
const char *plx_value_name(int value);
const char *plx_effort_name(int effort);
const char *plx_identity_name(int identity);

/* Index by id, or -1. Also found by an earlier id (`was`) that only one claims and that is not
 * retired (map/map_owner.h tells more). */
gint plx_map_find_point(const plx_map *map, const char *id);
gint plx_map_find_journey(const plx_map *map, const char *id);
gint plx_map_find_task(const plx_map *map, const char *id);
gint plx_map_find_promise(const plx_map *map, const char *id);
/* Also vignettes are found as points; this tells them apart (FALSE below 0). */
gboolean plx_map_is_vignette(const plx_map *map, gint point);
gint plx_map_find_audience(const plx_map *map, const char *id);
gint plx_map_find_measure(const plx_map *map, const char *id);

/* TRUE when observations may only name points of the map. */
gboolean plx_map_is_closed(const plx_map *map);

/* What the options --population ID=N, --named ID, --declare SPEC,… (SPEC = ID[:served][:protected])
 * do. Errors: PLX_ERROR_USAGE naming the audience, with "did you mean". */
gboolean plx_map_set_population(plx_map *map, const char *audience, gint64 n, GError **error);
gboolean plx_map_set_named(plx_map *map, const char *audience, GError **error);
gboolean plx_map_declare(plx_map *map, const char *specs, GError **error);

/* The scale of a measure as an audience (by index) answers it. */
const struct plx_scale *plx_map_scale(const plx_map *map, guint measure, guint audience);

/* Is it level, predicted or expected, which are on the scale of their audience? */
gboolean plx_measure_follows(guint measure);

/* Puts a scale (copied) on a measure: level, predicted and expected share the scale of their
 * audience (NULL: of every audience). What a recipe does for foreign answers. Errors
 * (PLX_ERROR_INPUT): unknown audience; an audience for another measure.
 * Test: tests/ingest/test_recipe.c. */
gboolean plx_map_set_scale(plx_map *map, guint measure, const char *audience,
                           const struct plx_scale *scale, GError **error);
