/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What somebody tells of a visit or a walk, moment by moment in order of time: JSON, as the phone's
 * page sends it, to structs; and what it comes to as observations (docs/visits.md has the format).
 * Test: tests/form/test_visit_report.c, fuzz/fuzz_visit.c. */

#include "base/date.h"
#include "voice/builder.h"

#define PLX_VISIT_MOMENTS_MAX 300
#define PLX_VISIT_WORDS_MAX 4000 /* characters */
#define PLX_VISIT_TITLE_MAX 200
#define PLX_VISIT_MOMENT_PHOTOS_MAX 20
#define PLX_VISIT_REPORT_BYTES_MAX (2 * 1024 * 1024)

typedef struct plx_visit_report plx_visit_report;

struct plx_visit_moment {
    gint point;            /* index in the map; -1: a moment that is not on it */
    char *title;           /* then what it is called; else NULL */
    struct plx_time at;    /* with its offset */
    gint8 level;           /* PLX_CELL_EMPTY: not said, PLX_CELL_NA, PLX_CELL_DECLINED */
    gint8 surprise;        /* -1 bad, 0 none, 1 good, PLX_CELL_EMPTY */
    gint8 hesitation;      /* 0, 1, PLX_CELL_EMPTY */
    char *words;           /* or NULL */
    char *sense, *channel; /* of a walk: as said, or NULL */
    char **photos;         /* ids, NULL-ended */
};

/* Was a task done; was a promise kept? */
struct plx_visit_mark {
    enum plx_subject_kind kind; /* task or promise */
    guint subject;              /* index in the map */
    gboolean yes;
};

struct plx_visit_report {
    char *id;       /* made on the phone */
    char *conflict; /* what ties the shopper to this place; NULL: declared that nothing does */
    struct plx_time time; /* when it began */
    GPtrArray *moments;   /* struct plx_visit_moment, in order of time */
    GArray *marks;        /* struct plx_visit_mark */
    gint8 overall;        /* of the journey; PLX_CELL_EMPTY */
    char *words;          /* about all of it; or NULL */
};

/* An id that was made on a phone: 8 to 64 of A-Z a-z 0-9 _ -. */
gboolean plx_visit_is_id(const char *text);

/* NULL with all that is wrong in *faults (of texts; to be freed): "moments[2].level: expected ...".
 * `map` NULL: of a walk, where no moment is on a map. Points, tasks and promises are known by
 * earlier ids as well; a point that is gone is a moment not on the map when it has a title. */
plx_visit_report *plx_visit_report_read(const char *text, gsize length, const plx_map *map,
                                        GPtrArray **faults);
void plx_visit_report_free(plx_visit_report *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_visit_report, plx_visit_report_free)

/* All faults in one sentence, to be freed. */
char *plx_visit_faults_text(const GPtrArray *faults);

/* What it comes to, within `journey`: struct plx_builder_row, whose texts belong to the report or
 * to *texts (both to be freed, before the report). A point that was met again has an `item`. Of a
 * moment that is not on the map the words are a note of the journey (prompt "moment"). */
GArray *plx_visit_rows(const plx_visit_report *report, guint journey, GPtrArray **texts);
