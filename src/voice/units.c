/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/parallel.h"
#include "voice/batch.h"
#include "voice/units_private.h"

#include <string.h>

struct task {
    struct worker *workers;
    guint n_streams;
};

/* ---- gathering a partition's runs by unit ---- */

static struct unit *unit_at(const struct worker *worker, guint32 number)
{
    return (struct unit *)(gpointer)worker->units.data + (number - 1);
}

static void grow_slots(struct worker *worker)
{
    worker->slot_bits++;
    gsize mask = ((gsize)1 << worker->slot_bits) - 1;
    g_free(worker->slots);
    worker->slots = g_new0(guint32, mask + 1);
    for (guint32 u = 1; u <= worker->n_units; u++) {
        gsize at = unit_at(worker, u)->key * PLX_HASH_FACTOR >> (64 - worker->slot_bits);
        while (worker->slots[at])
            at = (at + 1) & mask;
        worker->slots[at] = u;
    }
}

static inline struct unit *find_unit(struct worker *worker, guint64 key)
{
    gsize mask = ((gsize)1 << worker->slot_bits) - 1;
    gsize at = key * PLX_HASH_FACTOR >> (64 - worker->slot_bits);
    for (; worker->slots[at]; at = (at + 1) & mask)
        if (unit_at(worker, worker->slots[at])->key == key)
            return unit_at(worker, worker->slots[at]);
    worker->slots[at] = ++worker->n_units;
    struct unit *unit = unit_at(worker, worker->n_units);
    *unit = (struct unit){.key = key};
    return unit;
}

/* Reads one run; returns what follows it. */
static inline const guint8 *read_run(struct worker *worker, guint partition, guint32 source,
                                     guint stride, const guint8 *at)
{
    guint64 head;
    memcpy(&head, at, 8);
    at += 8;
    struct run *run = run_at(worker, ++worker->n_runs);
    *run = (struct run){.source = source, .group_size = 1, .n = head & PLX_RUN_ROWS};
    if (head & PLX_RUN_SAME) {
        run->encounter = plx_run_hash(partition, head) * PLX_HASH_INVERSE;
    } else {
        memcpy(&run->encounter, at, 8);
        at += 8;
    }
    if (head & PLX_RUN_MORE) {
        guint32 rest;
        memcpy(&rest, at, 4);
        at += 4;
        run->group_size = (guint16)(rest >> 2);
        run->rest = rest & (PLX_RUN_BACK | PLX_RUN_TABLE);
        at += rest & PLX_RUN_TABLE ? 8 : 0;
    }
    run->rows = at;
    struct unit *unit = find_unit(worker, head >> 8);
    if (unit->first)
        run_at(worker, unit->last)->next = worker->n_runs;
    else
        unit->first = worker->n_runs;
    unit->last = worker->n_runs;
    unit->n_rows += run->n;
    unit->known |= head & PLX_RUN_KNOWN ? 1 : 0;
    unit->back |= run->rest & PLX_RUN_BACK;
    unit->table |= run->rest & PLX_RUN_TABLE;
    unit->more |= run->group_size != 1;
    return at + (gsize)run->n * stride;
}

/* Room is made before each chunk for as many runs as may be in it. */
static void read_chunk(struct worker *worker, guint partition, guint32 source,
                       const struct plx_record_chunk *chunk)
{
    gsize most = chunk->used / 8 + 1;
    plx_pages_need(&worker->runs, (worker->n_runs + most) * sizeof(struct run));
    plx_pages_need(&worker->units, (worker->n_units + most) * sizeof(struct unit));
    while (2 * (worker->n_units + most) >= (gsize)1 << worker->slot_bits)
        grow_slots(worker);
    const guint8 *end = chunk->data + chunk->used;
    for (const guint8 *at = chunk->data; at < end;)
        at = read_run(worker, partition, source, chunk->format->stride, at);
}

static void read_partition(struct worker *worker, guint partition)
{
    if (worker->n_units)
        memset(worker->slots, 0, sizeof(guint32) << worker->slot_bits);
    worker->n_runs = worker->n_units = 0;
    g_array_set_size(worker->sources, 0);
    for (guint p = 0; p < worker->parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(worker->parts, p);
        const struct plx_records *records = &part->streams[worker->stream];
        const struct plx_record_chunk *chunk = records->partitions[partition].first;
        const struct plx_record_format *format = NULL;
        for (; chunk; chunk = chunk->next) {
            for (guint line = 0; chunk->next && line < 8; line++)
                __builtin_prefetch((const guint8 *)chunk->next + 64 * line);
            if (chunk->format != format) {
                format = chunk->format;
                const struct source source = plx_unit_source(worker, p, format);
                g_array_append_val(worker->sources, source);
            }
            read_chunk(worker, partition, worker->sources->len - 1, chunk);
        }
    }
}

/* ---- one unit ---- */

static guint64 count_distinct(GArray *numbers)
{
    plx_unit_sort((guint64 *)(gpointer)numbers->data, numbers->len);
    guint64 n = 0;
    for (guint i = 0; i < numbers->len; i++)
        n += i == 0 || g_array_index(numbers, guint64, i) != g_array_index(numbers, guint64, i - 1);
    return n;
}

/* Distinct encounters of a unit; *stretches: times that runs go over to another encounter. Equal
 * numbers mean that each encounter's runs stand together. */
static guint64 distinct_encounters(struct worker *worker, const struct unit *unit,
                                   guint64 *stretches)
{
    *stretches = 1;
    if (unit->first == unit->last)
        return 1;
    g_array_set_size(worker->encounters, 0);
    guint64 last = 0;
    for (guint32 r = unit->first; r;) {
        const struct run *run = run_at(worker, r);
        if (r == unit->first || run->encounter != last)
            g_array_append_val(worker->encounters, run->encounter);
        last = run->encounter;
        r = run->next;
    }
    *stretches = worker->encounters->len;
    return *stretches == 1 ? 1 : count_distinct(worker->encounters);
}

static void resolve_unit(struct worker *worker, const struct unit *unit)
{
    const struct plx_count_stream *stream = &worker->plan->streams[worker->stream];
    struct plx_unit_rows *rows = &worker->rows;
    gboolean counted = worker->stream == 0;
    guint64 stretches;
    guint64 n_encounters = distinct_encounters(worker, unit, &stretches);
    if (!unit->back)
        worker->totals->respondents += counted && unit->known ? 1 : 0;
    if (n_encounters == stretches && plx_unit_resolve_plain(worker, unit))
        return;
    plx_unit_rows_read(worker, unit);
    if (rows->n == 0)
        return;
    if (unit->back) {
        g_array_set_size(worker->encounters, 0);
        g_array_append_vals(worker->encounters, rows->encounter, rows->n);
        n_encounters = count_distinct(worker->encounters);
        worker->totals->respondents += counted && unit->known ? 1 : 0;
    }
    for (guint c = 0; c < stream->groups->len; c++) {
        guint g = g_array_index(stream->groups, guint, c);
        struct plx_unit_sums *sums = &worker->totals->groups[g];
        if (worker->plan->groups[g].is_linked)
            plx_unit_links_add(sums, worker->plan, worker->canon, g, rows);
        if (!worker->plan->groups[g].sums)
            continue;
        if (sums->journeys)
            plx_unit_sums_journeys(sums, worker->plan, worker->canon, g, rows, n_encounters == 1);
        plx_unit_people(sums, worker->plan, worker->canon, g, rows);
        plx_unit_sums_add(sums, worker->plan, worker->canon, g, rows);
    }
}

static void resolve_one(gsize index, guint thread, gpointer data)
{
    const struct task *task = data;
    struct worker *worker = &task->workers[thread];
    guint partition = (guint)(index % PLX_PARTITIONS);
    worker->stream = (guint)(index / PLX_PARTITIONS);
    if (worker->stream == task->n_streams) {
        plx_unit_keys_encounters(worker, partition);
        return;
    }
    if (!worker->plan->streams[worker->stream].groups->len) {
        plx_unit_keys_respondents(worker, partition);
        return;
    }
    read_partition(worker, partition);
    for (guint32 u = 1; u <= worker->n_units; u++)
        resolve_unit(worker, unit_at(worker, u));
}

/* ---- all of them ---- */

static void worker_init(struct worker *worker, const struct plx_count_plan *plan,
                        const struct plx_canon *canon, const GPtrArray *parts,
                        struct plx_unit_totals *totals)
{
    *worker = (struct worker){.plan = plan, .canon = canon, .parts = parts, .totals = totals};
    worker->sources = g_array_new(FALSE, FALSE, sizeof(struct source));
    worker->encounters = g_array_new(FALSE, FALSE, sizeof(guint64));
    worker->slot_bits = 11;
    worker->slots = g_new0(guint32, (gsize)1 << worker->slot_bits);
    worker->rows.cell = g_new0(guint32 *, plan->n_groups + 1);
    totals->suspects = g_array_new(FALSE, FALSE, sizeof(guint64));
    totals->groups = g_new0(struct plx_unit_sums, plan->n_groups + 1);
    for (guint g = 0; g < plan->n_groups; g++) {
        if (plan->groups[g].stream != PLX_NO_STREAM)
            plx_unit_sums_init(&totals->groups[g], plan, canon, g);
        if (plan->groups[g].is_linked)
            plx_links_init(&totals->groups[g].links, plan, parts, g);
    }
}

static void worker_clear(struct worker *worker)
{
    plx_unit_rows_clear(&worker->rows, worker->plan->n_groups);
    plx_pages_free(&worker->runs);
    plx_pages_free(&worker->units);
    g_array_free(worker->sources, TRUE);
    g_array_free(worker->encounters, TRUE);
    g_free(worker->slots);
    plx_pages_free(&worker->keys);
    plx_pages_free(&worker->key_slots);
}

struct plx_unit_index *plx_unit_index_resolve(const struct plx_count_plan *plan,
                                              const struct plx_canon *canon, const GPtrArray *parts,
                                              guint n_threads)
{
    struct plx_unit_index *units = g_new0(struct plx_unit_index, 1);
    units->n_threads = CLAMP(n_threads, 1, PLX_THREADS_MAX);
    units->n_groups = plan->n_groups;
    units->totals = g_new0(struct plx_unit_totals, units->n_threads);
    struct worker *workers = g_new0(struct worker, units->n_threads);
    for (guint t = 0; t < units->n_threads; t++)
        worker_init(&workers[t], plan, canon, parts, &units->totals[t]);
    for (guint p = 0; p < parts->len; p++) {
        struct plx_part *part = g_ptr_array_index(parts, p);
        for (guint s = 0; s < plan->n_streams; s++)
            plx_records_seal(&part->streams[s]);
        plx_records_seal(&part->encounters);
        plx_records_seal(&part->respondents);
    }
    struct task task = {workers, plan->n_streams};
    plx_parallel_for(units->n_threads, (gsize)PLX_PARTITIONS * (plan->n_streams + 1), resolve_one,
                     &task);
    for (guint t = 0; t < units->n_threads; t++)
        worker_clear(&workers[t]);
    g_free(workers);
    plx_unit_tables_join(plan, canon, units);
    plx_unit_links_join(plan, canon, units);
    return units;
}

void plx_unit_index_free(struct plx_unit_index *units)
{
    if (!units)
        return;
    for (guint t = 0; t < units->n_threads; t++) {
        for (guint g = 0; g < units->n_groups; g++)
            plx_unit_sums_clear(&units->totals[t].groups[g]);
        g_free(units->totals[t].groups);
        g_array_free(units->totals[t].suspects, TRUE);
    }
    g_free(units->totals);
    g_free(units);
}
