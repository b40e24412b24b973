/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers at places before and after a step, written as a file, and the step. */

#include "paper.h"
#include "step/trial.h"

/* The step: point `desk`, start WORLD_START, window 8w, looks 6w and 12w. */
enum { WORLD_LEVELS = 6 };
#define WORLD_START_YEAR 2025
#define WORLD_START_MONTH 6
#define WORLD_START_DAY 2 /* a Monday */

typedef struct world world;
struct world {
    guint treated, compared;     /* places: t0 ..., c0 ... */
    guint per_week;              /* answers to each point, place and week */
    gint from_week, until_week;  /* of answers, from the start on */
    double lift;                 /* of `desk` at the treated places from the start on */
    double lift_of_door;         /* of `door` there */
    double dip;                  /* of `desk` everywhere in the 8 weeks before the start ... */
    double dip_of_treated;       /* ... and at the treated places only */
    double drift;                /* of `desk` at the treated places, levels per week, always */
    double fade;                 /* of the lift, from week 13 on */
    guint web_before, web_after; /* of 100 answers of the treated places; 50 at the others */
    double importance;           /* rise of it there */
    const char *point;           /* id under which `desk` is written; NULL: desk */
    guint64 seed;
    gboolean backwards; /* rows in the other order */
};

/* 4 and 4 places, 10 a week, from week -40 to 30, nothing happens. */
world world_new(void);
/* The answers; `yaml` NULL: points door, desk, till in one transaction. */
paper *world_write(const world *w, const char *yaml);
gint32 world_start(void);

/* Steps as a workspace keeps them: one added `weeks` after the start (before it: negative). */
struct world_ask {
    gint weeks;
    gint later; /* days that the step begins after WORLD_START */
    const char *window, *untouched, *places, *compare; /* NULL: as usual; places by comma */
};
GPtrArray *world_step(const world *w, const plx_map *map, const struct world_ask *ask);
/* Everything that it says, to compare. */
char *world_text(const plx_trial *trial);
/* The trial `weeks` after the start. */
plx_trial *world_trial(paper *p, const GPtrArray *steps, gint weeks);
