/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files that put units together share: units.c finds them, unit_rows.c reads their rows,
 * unit_plain.c those of most units, unit_keys.c counts and compares keys. Private to them. */

#include "voice/units.h"

/* Up to PLX_RUN_ROWS rows of a unit, where they lie. */
struct run {
    const guint8 *rows; /* behind the hash of the table, where there is one */
    guint64 encounter;
    guint32 next;   /* of the same unit: number + 1 */
    guint32 source; /* into sources */
    guint16 group_size;
    guint8 n;
    guint8 rest; /* enum plx_run_rest */
};

/* A key record, where it lies. */
struct key_record {
    guint64 head;
    const guint8 *rest; /* what follows the head */
    guint32 next;       /* an earlier one of the same key, or 0; they count from 1 */
    guint32 has_later;
};

/* A part and one of its formats. */
struct source {
    guint part;
    const struct plx_record_format *format;
    /* Of the stream's first group: */
    const guint32 *map; /* from the part's cells to ours */
    guint n_wanted;     /* its unit measures that rows have */
    guint32 all;        /* bits of their places among the unit measures */
    struct {
        guint8 at, measure, place; /* byte of a row */
    } wanted[PLX_MEASURES_MAX];
};

struct unit {
    guint64 key;
    guint32 first, last; /* runs: number + 1 */
    guint32 n_rows;
    guint8 known, back, more, table; /* more: group sizes; table: sat at one */
};

/* One thread's room. */
struct worker {
    const struct plx_count_plan *plan;
    const struct plx_canon *canon;
    const GPtrArray *parts;
    guint stream;
    struct plx_pages runs, units; /* struct run, struct unit */
    guint32 n_runs, n_units;
    GArray *sources;
    guint32 *slots; /* unit number + 1 */
    guint slot_bits;
    struct plx_pages keys; /* struct key_record */
    guint32 n_keys;
    struct plx_pages key_slots; /* guint32: key number + 1 */
    GArray *encounters;         /* guint64 */
    struct plx_unit_rows rows;
    struct plx_unit_totals *totals;
};

static inline struct run *run_at(const struct worker *worker, guint32 number)
{
    return (struct run *)(gpointer)worker->runs.data + (number - 1);
}

/* unit_rows.c */
void plx_unit_rows_room(struct plx_unit_rows *rows, guint n, guint n_cells);
void plx_unit_rows_clear(struct plx_unit_rows *rows, guint n_cells);
void plx_unit_rows_read(struct worker *worker, const struct unit *unit);
gint plx_unit_compare(const void *a, const void *b);

/* Where one unit has values: (group, audience) << 32 | measures by place among the unit measures.
 */
struct found {
    guint64 *codes;
    guint n;
};

static inline void plx_unit_find(struct found *found, guint32 place, guint32 measures)
{
    if (!measures)
        return;
    if (found->n && found->codes[found->n - 1] >> 32 == place)
        found->codes[found->n - 1] |= measures;
    else
        found->codes[found->n++] = (guint64)place << 32 | measures;
}

static inline gboolean plx_unit_is_value(const struct plx_count_plan *plan, guint m, guint audience,
                                         gint8 value)
{
    return plan->slot[m][(audience + 1u) * 256 + (guint8)value] < plan->width[m];
}

/* unit_people.c: adds them. */
void plx_unit_add_found(struct plx_unit_sums *sums, const struct found *found, guint64 persons);

/* unit_plain.c: most units say each thing once; then there is little to add, and their rows stay
 * packed. FALSE: the unit must be unpacked. */
gboolean plx_unit_resolve_plain(struct worker *worker, const struct unit *unit);
struct source plx_unit_source(const struct worker *worker, guint part,
                              const struct plx_record_format *format);

/* unit_tables.c: adds what was said at tables to the sums of the first thread. */
void plx_unit_tables_join(const struct plx_count_plan *plan, const struct plx_canon *canon,
                          struct plx_unit_index *units);

/* unit_links.c: what people at one table said becomes one unit. */
void plx_unit_links_join(const struct plx_count_plan *plan, const struct plx_canon *canon,
                         struct plx_unit_index *units);

/* unit_keys.c */
void plx_unit_keys_encounters(struct worker *worker, guint partition);
void plx_unit_keys_respondents(struct worker *worker, guint partition);
