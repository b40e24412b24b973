/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The same operations on every engine, and whether all say the same: what happened, what is
 * refused and in which words, every answer byte by byte, all rows, the list of imports. */

#include "store/engine.h"

#define CONTEST_ENGINES 4

/* How an engine is made; `folder` is one that it may use. */
struct contestant {
    const char *name;
    guint threads; /* that ask */
    plx_engine *(*make)(const char *folder, const char *yaml, gpointer *own);
    void (*unmake)(gpointer own);
    void (*look)(gpointer own); /* before it is looked at; or NULL */
};
extern const struct contestant contestants[CONTEST_ENGINES]; /* the first one is the memory's */

struct contest {
    char *folder[CONTEST_ENGINES];
    gpointer own[CONTEST_ENGINES];
    plx_engine *engine[CONTEST_ENGINES];
    char *state; /* as it was after the last step */
};

/* `yaml` NULL: a map that takes any point. */
void contest_init(struct contest *contest, const char *yaml);
void contest_clear(struct contest *contest);

/* All that can be seen of an engine, as text; compared over all of them. Every step ends so. */
const char *contest_state(struct contest *contest);

struct contest_import {
    const char *text; /* of a file; or else: */
    void (*feed)(plx_sink *sink, gpointer data, void (*finished)(gpointer), gpointer import);
    gpointer data;
    const char *dataset;           /* NULL: "d" */
    const char *declare;           /* or NULL */
    const struct plx_scale *scale; /* of the level of `audience`, or NULL */
    const char *audience;
    enum plx_import_repeat repeat;
    const struct plx_shown *reveals;
    guint n_reveals;
    gboolean dry_run, abandon; /* abandon: freed before it is finished */
    guint threads;             /* 0: 1 */
    guint64 max_errors;
};

/* Steps. They return what happened ("import 1: 3 taken", "error 2: …"), to be freed; what changed
 * nothing must have left everything as it was. */
char *contest_import(struct contest *contest, const struct contest_import *import);
char *contest_append(struct contest *contest, const struct plx_batch *batches, guint n);
char *contest_seal(struct contest *contest);
char *contest_undo(struct contest *contest, gint64 import);
char *contest_erase(struct contest *contest, const guint64 *keys, gsize n);
/* The same by a respondent's text, in all data sets and audiences. */
char *contest_forget(struct contest *contest, const char *respondent);
char *contest_fade(struct contest *contest, gint32 day);
char *contest_apply(struct contest *contest, const char *yaml, gboolean dry_run);

/* Frees `found` and compares. */
void contest_expect(char *found, const char *expected);

/* The questions that are asked: imports keep their answer for the first one who does. */
extern const struct plx_need contest_needs[];
extern const guint contest_n_needs;

/* Of one engine (contest_look.c): every question's answer, what people wrote, all rows, the
 * imports.
 */
char *contest_answers(plx_engine *engine, guint threads);
char *contest_sayings(plx_engine *engine, guint threads);
char *contest_rows(plx_engine *engine);
char *contest_imports(plx_engine *engine);
