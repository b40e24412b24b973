/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Small random worlds of observations, fed to a sink in any order, by any number of workers, and
 * counted a second time in the plainest way: what the tests of the counting sink compare with. */

#include "voice/sink.h"

struct row {
    guint audience; /* map index */
    guint subject;  /* into world_subjects */
    const char *place, *channel, *tier;
    const char *workshop, *table; /* "": none */
    gint32 day;
    gint64 seconds;
    gint8 value[PLX_MEASURES_MAX];
    guint64 weight;
    guint64 unit, encounter;
    guint8 known;
    guint16 group_size;
    gint8 seen;
    guint32 identity, constancy;
};

struct world {
    plx_map *map;
    GArray *rows; /* struct row */
    gboolean weighted, identified, timed;
    guint32 measures; /* columns */
    gboolean narrow;  /* batches lack those that none of their rows fills */
    gboolean tables;  /* batches say who sat at which */
};

extern const char world_map_text[];
extern const struct plx_subject world_subjects[];
extern const guint world_n_subjects;

struct world *world_new(guint32 seed, guint n_rows, guint n_units, gboolean weighted);
/* Seats people: at a table, at one of no workshop, or nowhere; and some rows of theirs nowhere, or
 * (`moving`) at another table. */
void world_seat(struct world *world, gboolean moving);
void world_free(struct world *world);

struct feeding {
    guint n_workers;
    guint cut; /* rows of a batch at most */
    gboolean shuffled;
    gboolean twice;         /* every block is given again, with other identities */
    const struct row *back; /* rows to add first and take back at the end */
    guint n_back;
    /* Called when the sink has finished, while what batches pointed to is still there; or NULL. */
    void (*finished)(gpointer data);
    gpointer data;
};

/* Gives the world to any sink, and finishes it. *suspects may be NULL. */
void world_feed(const struct world *world, plx_sink *sink, const struct feeding *feeding,
                guint32 seed, struct plx_suspect **suspects, gsize *n_suspects);

/* Counts the world through the sink. *suspects may be NULL. */
struct plx_answer *world_ask(const struct world *world, const struct plx_need *needs, guint n_needs,
                             const struct feeding *feeding, guint32 seed,
                             struct plx_suspect **suspects, gsize *n_suspects);

/* Everything in an answer as text, cell by cell. */
char *answer_text(const struct world *world, const struct plx_answer *answer,
                  const struct plx_need *needs);
char *sorted_lines(const char *text);

/* The same, sorted, counted plainly (naive.c). `passes` stands for the needs' filters. */
char *naive_text(const struct world *world, const struct plx_need *needs, guint n_needs,
                 gboolean (*passes)(guint need, const struct row *row));

/* What naive.c and naive_linked.c share: the texts of a row's splits; which measures are columns,
 * as flags are when somebody has them. */
char *naive_group(const struct plx_need *need, const struct row *row);
guint32 naive_columns(const struct world *world);
/* Lines for LINKED. */
void naive_linked(GPtrArray *lines, const struct world *world, guint t, const struct plx_need *need,
                  gboolean (*passes)(guint need, const struct row *row));

/* Every kind of need, alone and together, over several groupings (needs.c); and no filter. */
#define WORLD_LEVEL (1u << PLX_MEASURE_LEVEL)
#define WORLD_BELIEVED (1u << PLX_MEASURE_BELIEVED)
#define WORLD_EFFORT (1u << PLX_MEASURE_EFFORT)
#define WORLD_EXPECTED (1u << PLX_MEASURE_EXPECTED)
#define WORLD_SURPRISE (1u << PLX_MEASURE_SURPRISE)
#define WORLD_HESITATION (1u << PLX_MEASURE_HESITATION)
#define WORLD_NEEDS 16
extern const struct plx_need world_needs[WORLD_NEEDS];
gboolean world_all_pass(guint need, const struct row *row);

char *subject_prefix(const struct plx_subject *subject);
