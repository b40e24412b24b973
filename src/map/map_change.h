/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What changes from one map to the next, and whether answers would lose their place.
 *
 * Answers keep the id under which they were written; plx_map_resolve() says to whom it belongs on
 * a map. plx_map_compare() agrees to a new map only when every id that has answers has an owner on
 * it, and the same as before unless the new map says otherwise: a new `was`, an entry under
 * `retired`, the thing itself back on the map. docs/decisions/0009 says why.
 * Test: tests/map/test_map_change.c, tests/map/test_map_edits.c (10,000 edits in a row). */

#include "base/json.h"
#include "map/map.h"

/* What a change or an answer is about; the first five are those of enum plx_subject_kind. */
enum plx_thing {
    PLX_THING_MAP,
    PLX_THING_POINT,
    PLX_THING_JOURNEY,
    PLX_THING_TASK,
    PLX_THING_PROMISE,
    PLX_THING_AUDIENCE,
    PLX_THING_MEASURE,
    PLX_THING_TRANSACTION,
    PLX_THING_SCALE
};

/* "point", "audience", … */
const char *plx_thing_name(enum plx_thing thing);

/* How many observations were written under an id, whatever has become of it since. A journey counts
 * also as the context of a point. */
struct plx_map_data {
    enum plx_thing kind; /* point, journey, task, promise, audience, measure */
    const char *id;
    guint64 count; /* at least 1 */
};

enum plx_map_change_code {
    PLX_CHANGE_ADDED,
    PLX_CHANGE_REMOVED,
    PLX_CHANGE_RENAMED, /* id, from other */
    PLX_CHANGE_RETITLED,
    PLX_CHANGE_MOVED,  /* a point or transaction: to another home; other = where it was */
    PLX_CHANGE_SPLIT,  /* id is retired; other = into which, "a, b" */
    PLX_CHANGE_MERGED, /* id, from other = "a, b" */
    PLX_CHANGE_RETIRED,
    PLX_CHANGE_UNRETIRED,
    PLX_CHANGE_RESTORED,  /* id takes back its own answers, which were with other */
    PLX_CHANGE_REORDERED, /* of a journey: its transactions; of a transaction: its points */
    PLX_CHANGE_SCALE,     /* of an audience or measure, or a scale's own numbers */
    PLX_CHANGE_IDENTITY,
    PLX_CHANGE_PROTECTED,
    PLX_CHANGE_SERVED,
    PLX_CHANGE_EDITED /* anything else that is said of it */
};

/* "added", "renamed", …: stable, for scripts and the log. */
const char *plx_map_change_name(enum plx_map_change_code code);

struct plx_map_change {
    enum plx_map_change_code code;
    enum plx_thing kind;
    char *id;        /* NULL for the map; "journey/transaction" for a transaction */
    char *other;     /* or NULL */
    guint64 answers; /* observations that this moves or sets aside; 0 where none */
    char *sentence;  /* for people, with its stop */
};

/* The changes in the order map, scales, measures, audiences, journeys, transactions, points, tasks,
 * promises; within a kind in the order of the new map, then what went in the order of the old. An
 * array of struct plx_map_change, which it frees; empty only when plx_map_same(). `old_map` may be
 * the open map (before the first one is applied). `data` in any order, one entry per kind and id.
 * NULL and PLX_ERROR_INPUT, as "FILE:LINE:COLUMN: …" of the new map where there is a place, when
 * answers would lose theirs: the message says what to write instead. */
GPtrArray *plx_map_compare(const plx_map *old_map, const plx_map *new_map,
                           const struct plx_map_data *data, gsize n_data, GError **error);

/* What the log of the map and programs read of changes: an array under `key`; NULL: none. */
void plx_map_changes_json(plx_json *json, const char *key, const GPtrArray *changes);
