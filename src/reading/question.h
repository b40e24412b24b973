/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a reading is asked, understood: dates, tests, split, audiences, measure, point.
 *
 * Keys of --where: place, channel, journey, transaction, point, source, language, segment.KEY; of
 * --by these and month, week. `point` and `transaction` choose among the points of the document and
 * never change a cell; `journey` means the journey in whose context a row was given, else the home
 * of its point; as a split it means the home. Repeated tests must all hold; "a|b" means either;
 * rows without a value pass "!=". Test: tests/reading/test_question.c. */

#include "reading/gaps.h"

enum plx_key_kind {
    PLX_KEY_PLACE,
    PLX_KEY_DIM, /* channel, source, language, segment.KEY */
    PLX_KEY_JOURNEY,
    PLX_KEY_MONTH,
    PLX_KEY_WEEK,
    PLX_KEY_TRANSACTION,
    PLX_KEY_POINT
};

struct plx_key {
    enum plx_key_kind kind;
    enum plx_dim dim;    /* of PLACE, DIM, JOURNEY */
    const char *segment; /* KEY of segment.KEY, else NULL */
    const char *name;    /* as users write it */
};

struct plx_test {
    struct plx_key key;
    gboolean negate;
    const char *const *values; /* NULL-terminated, sorted; ids where the key names ids */
};

typedef struct plx_question plx_question;

struct plx_question {
    const plx_map *map;
    enum plx_measure measure;
    enum plx_subject_kind kind; /* what the rows of the document are: points, else journeys */
    gboolean dated;
    gint32 since, until; /* days; G_MININT32, G_MAXINT32 = open */
    const char *since_text, *until_text;
    guint n_tests;
    const struct plx_test *tests;
    const char **where; /* canonical, one per test */
    gboolean split;     /* by is set */
    struct plx_key by;
    gboolean *audiences;    /* by map index: asked for */
    const char *point;      /* id, or NULL */
    const char *point_text; /* as asked */
    const char *room;       /* the workshop whose guesses are meant, or NULL */
    GPtrArray *memory;
};

/* Errors: PLX_ERROR_USAGE with what was expected and "did you mean". */
plx_question *plx_question_new(const plx_map *map, const struct plx_gaps_options *options,
                               GError **error);

/* What a reading of levels that splits by itself says to other options: the words after
 * "--measure "x": " and "--by "x": "; NULL-ended, the names of --by that it takes. */
struct plx_question_own {
    const char *measure, *split;
    const char *const *splits;
};
/* The question of such a reading, without a split. Errors: PLX_ERROR_USAGE with these words; those
 * of plx_question_new. Test: tests/cli/cases/promises-errors, trend-errors. */
plx_question *plx_question_of_levels(const plx_map *map, const struct plx_gaps_options *options,
                                     const struct plx_question_own *own, GError **error);
void plx_question_free(plx_question *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_question, plx_question_free)

/* TRUE when the key splits rows (place, month ...), FALSE when it only sorts points. */
gboolean plx_key_splits_rows(const struct plx_key *key);
/* The split of a need by a key that splits rows. */
struct plx_split plx_key_split(const struct plx_key *key);
/* One further key in the sense of the privacy rules: neither place, nor time, nor a choice of
 * points. */
gboolean plx_key_is_further(const struct plx_key *key);

/* Of the kind asked for, but no longer asked about: the map lists it as retired. Shown only when it
 * is the one point asked for. */
gboolean plx_question_is_retired(const plx_question *question, const struct plx_subject *subject);

/* Does the document show this subject? */
gboolean plx_question_takes(const plx_question *question, const struct plx_subject *subject);
/* Would a row with this text in the test's dimension pass? */
gboolean plx_test_passes(const plx_map *map, const struct plx_test *test, const char *text,
                         const struct plx_subject *subject);
/* All rows but those about vignettes, which count in the reading `vignettes` alone; NULL where the
 * map has none. Every filter of rows of another reading begins with it. */
plx_filter *plx_question_points(const plx_map *map);
/* The test as a filter of rows; NULL for tests that only choose points. */
plx_filter *plx_test_filter(const plx_map *map, const struct plx_test *test);
