/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The workshop reading: what all tables name, what some, what only leaders, only staff, only
 * customers; where one praises what another wants changed.
 *
 * Sheets are answers of tables (six to eight people of one audience), so tables are counted, never
 * people as if each had answered alone; somebody without a table is counted as one. Persons stand
 * beside as how many sat there. A theme is what people sorted answers into (voice/codebook.h);
 * answers that nobody sorted are themes of equal words, at the end.
 *
 * struct plx_workshop is the RELEASED form (reading/privacy.h). Order of themes: more audiences,
 * more tables, more persons, then title. Counts that may not be shown are PLX_NO_COUNT, shares NaN.
 * Rules and JSON: docs/readings.md. Test: tests/reading/test_workshop.c. */

#include "reading/gaps.h"
#include "voice/codebook.h"

typedef struct plx_workshop plx_workshop;

enum plx_asked {
    PLX_ASKED_WELL,
    PLX_ASKED_IMPROVE,
    PLX_ASKED_COMPETITORS,
    PLX_ASKED_CONTINUE,
    PLX_ASKED_EASIER,
    PLX_ASKED_MOMENT,
    PLX_ASKED
};
/* "well", "improve" ...: the prompt. */
const char *plx_asked_prompt(enum plx_asked asked);

/* Tables (or people alone) of one audience from which on a share has a range. */
#define PLX_WORKSHOP_TABLES 5
#define PLX_WORKSHOP_QUOTES 3

/* Who named a theme: all audiences there are, more than one of them, or one. */
enum plx_naming { PLX_NAMED_BY_ALL, PLX_NAMED_BY_SEVERAL, PLX_NAMED_BY_ONE };
/* "all", "several", "one". */
const char *plx_naming_code(enum plx_naming naming);

struct plx_workshop_audience {
    const char *id, *title;
    gboolean served;
    gint64 tables;  /* with at least one answer */
    gint64 alone;   /* people who answered without a table */
    gint64 persons; /* at tables and alone */
    guint minimum;
    gboolean quoted; /* may its words be shown? */
    enum plx_suppression suppressed;
};

/* One audience about one theme. */
struct plx_named {
    gboolean named;
    gboolean few;         /* by fewer people alone than the minimum: how many is not shown */
    guint asked;          /* under which questions: bits 1 << enum plx_asked */
    gint64 tables, alone; /* that named it; one that says it twice counts once */
    gint64 persons;       /* of those */
    gint64 good, bad;     /* of competitors: tables (and people alone) that said so */
    gint64 of;            /* tables and people alone with an answer to the question */
    double share;         /* (tables + alone) / of; NaN below PLX_WORKSHOP_TABLES */
    struct plx_interval ci;
    guint n_quotes;
    const char **quotes; /* words as written, shortest clear ones first; never whose */
};

struct plx_workshop_theme {
    gint64 id; /* in the codebook; -1: words that nobody has sorted yet */
    const char *title;
    guint n_named; /* audiences */
    enum plx_naming naming;
    struct plx_named *named;       /* by audience of the workshop */
    gint64 tables, alone, persons; /* over the audiences; PLX_NO_COUNT where one is `few` */
    gint64 good, bad;
    guint n_points; /* it is tied to, as far as the gaps show them */
    const struct plx_gaps_point **points;
};

/* The themes of one question, or of several. */
struct plx_workshop_part {
    guint asked; /* bits 1 << enum plx_asked */
    gint64 answers;
    guint n_themes;
    struct plx_workshop_theme *themes;
};

/* A theme that one audience says goes well and another wants improved. */
struct plx_contested {
    const struct plx_workshop_theme *theme;          /* of `overall` */
    const struct plx_workshop_theme *well, *improve; /* the same, of the two questions */
};

struct plx_workshop {
    const char *source;
    const plx_map *map; /* borrowed */
    const char *asked;  /* the workshop asked for, or NULL */
    guint n_workshops;
    const char **workshops;    /* names there are of those asked for; "" where none was given */
    const char *since, *until; /* days of the answers, or NULL */
    guint n_audiences, n_shown;
    struct plx_workshop_audience *audiences;   /* with answers, in order of the map */
    struct plx_workshop_part overall;          /* well, improve, continue, easier */
    struct plx_workshop_part parts[PLX_ASKED]; /* of `moment`: those that are tied to no point */
    guint n_contested;
    struct plx_contested *contested;
    gboolean sorted; /* there is a codebook */
    gint64 unsorted; /* answers that are in no theme of it */
    gint64 withheld; /* of these: words that may not be shown */
    plx_gaps *gaps;  /* of the same source; NULL: no theme is tied to a point, or no ratings */
    guint n_notes;
    struct plx_gaps_note *notes; /* audience: of the workshop */
    GPtrArray *memory;
};

/* Notes: audience_hidden (as of gaps), sheets_left_out (audience; count = workshops with fewer
 * than the minimum; detail = their names), few_tables (audience; count = tables; detail = the
 * least), few_persons (audience; count = themes; detail = minimum), words_withheld (audience;
 * count = answers; detail = persons needed), not_sorted (count = answers), no_answers. */

struct plx_workshop_options {
    const char *workshop;         /* one of several, or NULL = all */
    const char *const *audiences; /* NULL-terminated ids, or NULL = all */
    guint64 seed;                 /* of the gaps beside */
};

/* Listens to the source. `book` may be NULL. Errors: PLX_ERROR_USAGE (unknown audience),
 * PLX_ERROR_NOT_FOUND (no such workshop, with "did you mean"), PLX_ERROR_INPUT (a table with two
 * audiences), PLX_ERROR_NOT_SHOWN (answers, but nobody's may be shown), and the source's own. */
plx_workshop *plx_workshop_read(plx_source *source, const plx_codebook *book,
                                const struct plx_workshop_options *options, GError **error);
void plx_workshop_free(plx_workshop *workshop);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_workshop, plx_workshop_free)
