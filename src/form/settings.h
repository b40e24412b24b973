/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a link asks for: audience, journey, measures, questions, points per form, language. There is
 * no form builder: all else follows from the map. Kept as a text (form/lines.h) beside the link,
 * and read again under the map of the day. Test: tests/form/test_settings.c. */

#include "map/map.h"

/* Open questions, and what they are called as prompts of notes. */
enum plx_form_question {
    PLX_FORM_COMMENT,
    PLX_FORM_MOMENT,
    PLX_FORM_SUGGESTION,
    PLX_FORM_COMPLAINT,
    PLX_FORM_WELL,
    PLX_FORM_IMPROVE,
    PLX_FORM_COMPETITORS,
    PLX_FORM_CONTINUE,
    PLX_FORM_EASIER,
    PLX_FORM_QUESTIONS,                /* how many; the two below go with a level */
    PLX_FORM_DID = PLX_FORM_QUESTIONS, /* after a top level */
    PLX_FORM_BETTER                    /* below what was expected */
};
/* "comment" ...; NULL out of range. */
const char *plx_form_prompt(guint question);

#define PLX_FORM_POINTS_MIN 5
#define PLX_FORM_POINTS_MAX 8
#define PLX_FORM_POINTS_DEFAULT 6
#define PLX_FORM_ONLY_MAX 100 /* points that are chosen for a link */

struct plx_form_settings {
    guint audience;    /* index in the map */
    gint journey;      /* index in the map; -1: one of all, by lot */
    guint32 measures;  /* mask: of points, and of the journey (overall, recommend) */
    guint32 questions; /* mask: 1 << enum plx_form_question, without did and better */
    gboolean notes;    /* did and better are asked */
    guint points;      /* most points of one form for those who are not asked about all */
    gboolean all;      /* about all points of a journey (leaders and staff) */
    /* Of the journey, which is one then, these points alone, in map order; none: all of them. */
    guint only[PLX_FORM_ONLY_MAX];
    guint n_only;
    char language[36]; /* "": the reader's choice */
    /* Of these alone, "de,en", the first where a reader wishes none of them; "": of all. */
    char languages[128];
};

/* As people write them; what is NULL (0) is not said. */
struct plx_form_ask {
    const char *audience, *journey;   /* ids or titles; audience: NULL is the served one */
    const char *language;             /* one, or several with commas between: the reader's choice */
    const char *measures, *questions; /* "level,effort", "comment,moment" or "none" */
    gint64 points;
    const char *only; /* ids or titles of points, with commas between */
    gboolean gone;    /* points of `only` that the map has no more are left out */
};
/* What is not said follows from the audience: those who are served are asked for level, effort,
 * feeling, overall and the questions comment, moment, suggestion, complaint, about 6 points; others
 * for believed about all points of a journey. Errors: PLX_ERROR_USAGE (with "did you mean"),
 * PLX_ERROR_NOT_FOUND; a map without points. */
gboolean plx_form_settings_ask(const plx_map *map, const struct plx_form_ask *ask,
                               struct plx_form_settings *settings, GError **error);

/* A journey by id or title. Errors: PLX_ERROR_NOT_FOUND (with "did you mean"). */
gboolean plx_form_find_journey(const plx_map *map, const char *name, gint *journey, GError **error);

/* Chooses points (above); without a journey that which has all of them. Errors: PLX_ERROR_USAGE,
 * PLX_ERROR_NOT_FOUND (with "did you mean"). Test: tests/form/test_settings_points.c. */
gboolean plx_form_settings_only(const plx_map *map, const char *text, gboolean gone,
                                struct plx_form_settings *settings, GError **error);
/* Their ids with commas between, to be freed. */
char *plx_form_settings_only_text(const plx_map *map, const struct plx_form_settings *settings);

/* A point by id, an earlier one too, or title. Errors: PLX_ERROR_NOT_FOUND (with "did you mean"). */
gboolean plx_form_find_point(const plx_map *map, const char *name, gint *point, GError **error);

/* The language, or those to choose from: "de,en"; NULL: neither is said. */
const char *plx_form_settings_language(const struct plx_form_settings *settings);

/* As text, with ids; to be freed. */
char *plx_form_settings_text(const plx_map *map, const struct plx_form_settings *settings);
/* Strictly; `name` for errors. PLX_ERROR_INPUT, also when the map has the audience, the journey or
 * a measure no more. */
gboolean plx_form_settings_read(const plx_map *map, const char *text, const char *name,
                                struct plx_form_settings *settings, GError **error);
