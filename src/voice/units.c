/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/units.h"

#include "base/parallel.h"
#include "voice/batch.h"

#include <string.h>

struct run {
    const guint8 *rows;
    const struct plx_record_format *format;
    guint64 encounter;
    guint32 next; /* of the same unit: number + 1 */
    guint32 part;
    guint16 group_size;
    guint8 n;
    guint8 back;
};

struct unit {
    guint64 key;
    guint32 first, last;
    guint32 n_rows;
    guint8 known, back, more; /* more: group sizes */
};

/* One thread's room. */
struct worker {
    const struct plx_count_plan *plan;
    const struct plx_canon *canon;
    const GPtrArray *parts;
    guint stream;
    GArray *runs, *units;
    guint32 *slots; /* unit number + 1 */
    guint slot_bits;
    guint64 *check_slots;
    gsize check_room;
    GArray *encounters; /* guint64 */
    struct plx_unit_rows rows;
    struct plx_unit_totals *totals;
};

struct task {
    struct worker *workers;
    guint n_streams;
};

static gint compare_numbers(const void *a, const void *b)
{
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

void plx_unit_sort(guint64 *numbers, gsize n)
{
    if (n > 32) {
        qsort(numbers, n, sizeof *numbers, compare_numbers);
        return;
    }
    for (gsize i = 1; i < n; i++) {
        guint64 number = numbers[i];
        gsize at = i;
        for (; at > 0 && numbers[at - 1] > number; at--)
            numbers[at] = numbers[at - 1];
        numbers[at] = number;
    }
}

gboolean plx_unit_may_repeat(const guint64 *hashes, guint n)
{
    if (n > 96)
        return TRUE;
    guint64 seen[4] = {0};
    gboolean repeats = FALSE;
    for (guint i = 0; i < n; i++) {
        guint64 bit = G_GUINT64_CONSTANT(1) << (hashes[i] >> 56 & 63);
        guint64 *word = &seen[hashes[i] >> 62];
        repeats |= (*word & bit) != 0;
        *word |= bit;
    }
    return repeats;
}

/* ---- gathering a partition's runs by unit ---- */

static void grow_slots(struct worker *worker)
{
    worker->slot_bits++;
    gsize mask = ((gsize)1 << worker->slot_bits) - 1;
    g_free(worker->slots);
    worker->slots = g_new0(guint32, mask + 1);
    for (guint u = 0; u < worker->units->len; u++) {
        guint64 key = g_array_index(worker->units, struct unit, u).key;
        gsize at = key * PLX_HASH_FACTOR >> (64 - worker->slot_bits);
        while (worker->slots[at])
            at = (at + 1) & mask;
        worker->slots[at] = u + 1;
    }
}

static struct unit *find_unit(struct worker *worker, guint64 key)
{
    if (2 * (gsize)worker->units->len >= (gsize)1 << worker->slot_bits)
        grow_slots(worker);
    gsize mask = ((gsize)1 << worker->slot_bits) - 1;
    gsize at = key * PLX_HASH_FACTOR >> (64 - worker->slot_bits);
    for (; worker->slots[at]; at = (at + 1) & mask) {
        struct unit *unit = &g_array_index(worker->units, struct unit, worker->slots[at] - 1);
        if (unit->key == key)
            return unit;
    }
    const struct unit fresh = {.key = key};
    g_array_append_val(worker->units, fresh);
    worker->slots[at] = worker->units->len;
    return &g_array_index(worker->units, struct unit, worker->units->len - 1);
}

/* Reads one run; returns what follows it. */
static const guint8 *read_run(struct worker *worker, guint partition, guint part,
                              const struct plx_record_format *format, const guint8 *at)
{
    guint64 head;
    memcpy(&head, at, 8);
    at += 8;
    guint64 key = head >> 8;
    struct run run = {.format = format, .part = part, .group_size = 1};
    run.n = head & PLX_RUN_ROWS;
    if (head & PLX_RUN_SAME) {
        run.encounter = ((guint64)partition << 56 | key) * PLX_HASH_INVERSE;
    } else {
        memcpy(&run.encounter, at, 8);
        at += 8;
    }
    if (head & PLX_RUN_MORE) {
        guint32 rest;
        memcpy(&rest, at, 4);
        at += 4;
        run.group_size = (guint16)(rest >> 1);
        run.back = rest & 1;
    }
    run.rows = at;
    struct unit *unit = find_unit(worker, key);
    g_array_append_val(worker->runs, run);
    if (unit->first)
        g_array_index(worker->runs, struct run, unit->last - 1).next = worker->runs->len;
    else
        unit->first = worker->runs->len;
    unit->last = worker->runs->len;
    unit->n_rows += run.n;
    unit->known |= head & PLX_RUN_KNOWN ? 1 : 0;
    unit->back |= run.back;
    unit->more |= run.group_size != 1;
    return at + (gsize)run.n * format->stride;
}

static void read_partition(struct worker *worker, guint partition)
{
    g_array_set_size(worker->runs, 0);
    g_array_set_size(worker->units, 0);
    memset(worker->slots, 0, sizeof(guint32) << worker->slot_bits);
    for (guint p = 0; p < worker->parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(worker->parts, p);
        const struct plx_records *records = &part->streams[worker->stream];
        const struct plx_record_chunk *chunk = records->partitions[partition].first;
        for (; chunk; chunk = chunk->next)
            for (const guint8 *at = chunk->data; at < chunk->data + chunk->used;)
                at = read_run(worker, partition, p, chunk->format, at);
    }
}

/* ---- decoding the rows of a unit ---- */

static void make_room(struct plx_unit_rows *rows, guint n, guint n_cells)
{
    if (n <= rows->room)
        return;
    rows->room = MAX(n, 2 * rows->room);
    rows->encounter = g_renew(guint64, rows->encounter, rows->room);
    rows->identity = g_renew(guint32, rows->identity, rows->room);
    rows->flags = g_renew(guint8, rows->flags, rows->room);
    rows->seconds = g_renew(gint64, rows->seconds, rows->room);
    rows->weight = g_renew(guint64, rows->weight, rows->room);
    rows->group_size = g_renew(guint16, rows->group_size, rows->room);
    rows->order = g_renew(guint64, rows->order, 2 * (gsize)rows->room);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        rows->value[m] = g_renew(gint8, rows->value[m], rows->room);
    for (guint c = 0; c < n_cells; c++)
        rows->cell[c] = g_renew(guint32, rows->cell[c], rows->room);
}

static const guint8 *decode_cells(struct worker *worker, const struct run *run, const guint8 *from)
{
    const struct plx_record_format *format = run->format;
    const struct plx_count_stream *stream = &worker->plan->streams[worker->stream];
    struct plx_unit_rows *rows = &worker->rows;
    for (guint c = 0; c < format->n_cells; c++) {
        guint g = g_array_index(stream->groups, guint, c);
        const guint32 *map = worker->canon->groups[g].map[run->part];
        guint32 *cell = &rows->cell[c][rows->n];
        for (guint i = 0; i < run->n; i++) {
            guint32 local = 0;
            memcpy(&local, from + (gsize)i * format->stride, 2);
            guint32 none = G_MAXUINT16;
            if (format->cell_bytes == 4) {
                memcpy(&local, from + (gsize)i * format->stride, 4);
                none = PLX_NO_CELL;
            }
            cell[i] = local == none ? PLX_NO_CELL : map[local];
        }
        from += format->cell_bytes;
    }
    return from;
}

static void decode_values(struct worker *worker, const struct run *run, const guint8 *from)
{
    const struct plx_record_format *format = run->format;
    guint32 wanted = worker->plan->streams[worker->stream].measures;
    for (guint m = 0; wanted >> m; m++) {
        if (!(wanted >> m & 1))
            continue;
        gint8 *value = &worker->rows.value[m][worker->rows.n];
        if (!(format->measures >> m & 1)) {
            memset(value, (guint8)PLX_CELL_EMPTY, run->n);
            continue;
        }
        for (guint i = 0; i < run->n; i++)
            value[i] = (gint8)from[(gsize)i * format->stride];
        from++;
    }
}

static void decode_run(struct worker *worker, const struct run *run)
{
    const struct plx_record_format *format = run->format;
    struct plx_unit_rows *rows = &worker->rows;
    const guint8 *from = decode_cells(worker, run, run->rows);
    guint8 flags = (format->identity ? PLX_ROW_CHECKED : 0) | (run->back ? PLX_ROW_BACK : 0);
    for (guint i = 0; i < run->n; i++) {
        rows->encounter[rows->n + i] = run->encounter;
        rows->flags[rows->n + i] = flags;
        rows->identity[rows->n + i] = 0;
        rows->group_size[rows->n + i] = run->group_size;
    }
    for (guint i = 0; format->identity && i < run->n; i++)
        memcpy(&rows->identity[rows->n + i], from + (gsize)i * format->stride, 4);
    from += format->identity ? 4 : 0;
    for (guint i = 0; format->timed && i < run->n; i++)
        memcpy(&rows->seconds[rows->n + i], from + (gsize)i * format->stride, 8);
    from += format->timed ? 8 : 0;
    for (guint i = 0; format->weighted && i < run->n; i++)
        memcpy(&rows->weight[rows->n + i], from + (gsize)i * format->stride, 8);
    for (guint i = 0; !format->weighted && i < run->n; i++)
        rows->weight[rows->n + i] = PLX_WEIGHT_ONE;
    from += format->weighted ? 8 : 0;
    decode_values(worker, run, from);
    rows->n += run->n;
}

/* ---- rows taken back ---- */

/* Everything that a row in the records is. */
static guint64 hash_row(const struct worker *worker, guint row)
{
    const struct plx_unit_rows *rows = &worker->rows;
    const struct plx_count_stream *stream = &worker->plan->streams[worker->stream];
    guint64 hash = rows->encounter[row];
    const guint64 parts[] = {rows->identity[row], rows->weight[row],
                             stream->timed ? (guint64)rows->seconds[row] : 0};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        hash = ((hash ^ parts[i]) * PLX_HASH_FACTOR) ^ (hash >> 31);
    for (guint c = 0; c < stream->groups->len; c++)
        hash = ((hash ^ rows->cell[c][row]) * PLX_HASH_FACTOR) ^ (hash >> 31);
    for (guint m = 0; stream->measures >> m; m++)
        if (stream->measures >> m & 1)
            hash = ((hash ^ (guint8)rows->value[m][row]) * PLX_HASH_FACTOR) ^ (hash >> 31);
    return hash;
}

static void copy_row(struct worker *worker, guint from, guint to)
{
    struct plx_unit_rows *rows = &worker->rows;
    const struct plx_count_stream *stream = &worker->plan->streams[worker->stream];
    rows->encounter[to] = rows->encounter[from];
    rows->identity[to] = rows->identity[from];
    rows->flags[to] = rows->flags[from];
    rows->seconds[to] = rows->seconds[from];
    rows->weight[to] = rows->weight[from];
    rows->group_size[to] = rows->group_size[from];
    for (guint c = 0; c < stream->groups->len; c++)
        rows->cell[c][to] = rows->cell[c][from];
    for (guint m = 0; stream->measures >> m; m++)
        if (stream->measures >> m & 1)
            rows->value[m][to] = rows->value[m][from];
}

/* Drops each row that takes back together with one equal row (equal rows are interchangeable). */
static void cancel_rows(struct worker *worker)
{
    struct plx_unit_rows *rows = &worker->rows;
    g_autoptr(GArray) back = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (guint i = 0; i < rows->n; i++) {
        guint64 hash = hash_row(worker, i);
        if (rows->flags[i] & PLX_ROW_BACK)
            g_array_append_val(back, hash);
    }
    plx_unit_sort((guint64 *)(gpointer)back->data, back->len);
    g_autofree guint8 *used = g_malloc0(back->len + 1);
    guint kept = 0;
    for (guint i = 0; i < rows->n; i++) {
        if (rows->flags[i] & PLX_ROW_BACK)
            continue;
        guint64 hash = hash_row(worker, i);
        guint low = 0, high = back->len;
        while (low < high) {
            guint middle = low + (high - low) / 2;
            if (g_array_index(back, guint64, middle) < hash)
                low = middle + 1;
            else
                high = middle;
        }
        while (low < back->len && g_array_index(back, guint64, low) == hash && used[low])
            low++;
        if (low < back->len && g_array_index(back, guint64, low) == hash)
            used[low] = 1;
        else
            copy_row(worker, i, kept++);
    }
    rows->n = kept;
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

static void count_encounters(struct worker *worker, guint64 n, gboolean known)
{
    if (worker->stream != 0 || n == 0)
        return;
    worker->totals->encounters += n;
    worker->totals->encounters_unknown += known ? 0 : n;
    worker->totals->respondents += known ? 1 : 0;
}

static void check_duplicates(struct worker *worker)
{
    struct plx_unit_rows *rows = &worker->rows;
    guint n = 0;
    for (guint i = 0; i < rows->n; i++)
        if (rows->flags[i] & PLX_ROW_CHECKED)
            rows->order[n++] =
                (rows->encounter[i] ^ rows->identity[i] * G_GUINT64_CONSTANT(0xff51afd7ed558ccd)) *
                PLX_HASH_FACTOR;
    if (n < 2 || !plx_unit_may_repeat(rows->order, n))
        return;
    plx_unit_sort(rows->order, n);
    for (guint i = 0; i < rows->n; i++) {
        if (!(rows->flags[i] & PLX_ROW_CHECKED))
            continue;
        guint64 hash =
            (rows->encounter[i] ^ rows->identity[i] * G_GUINT64_CONSTANT(0xff51afd7ed558ccd)) *
            PLX_HASH_FACTOR;
        const guint64 *found = bsearch(&hash, rows->order, n, sizeof hash, compare_numbers);
        gsize at = (gsize)(found - rows->order);
        if ((at > 0 && found[-1] == hash) || (at + 1 < n && found[1] == hash))
            g_array_append_val(worker->totals->suspects, rows->encounter[i]);
    }
}

static guint64 distinct_encounters(struct worker *worker, const struct unit *unit)
{
    if (unit->first == unit->last && !unit->back)
        return 1;
    g_array_set_size(worker->encounters, 0);
    if (unit->back) {
        g_array_append_vals(worker->encounters, worker->rows.encounter, worker->rows.n);
        return count_distinct(worker->encounters);
    }
    guint64 last = 0;
    for (guint32 r = unit->first; r;) {
        const struct run *run = &g_array_index(worker->runs, struct run, r - 1);
        if (r == unit->first || run->encounter != last)
            g_array_append_val(worker->encounters, run->encounter);
        last = run->encounter;
        r = run->next;
    }
    return count_distinct(worker->encounters);
}

static void resolve_unit(struct worker *worker, const struct unit *unit)
{
    const struct plx_count_stream *stream = &worker->plan->streams[worker->stream];
    struct plx_unit_rows *rows = &worker->rows;
    const struct run *first = &g_array_index(worker->runs, struct run, unit->first - 1);
    if (first->format->stride == 0 && stream->groups->len == 0 && !unit->back) {
        count_encounters(worker, distinct_encounters(worker, unit), unit->known);
        return;
    }
    make_room(rows, unit->n_rows, worker->plan->n_groups);
    rows->n = 0;
    rows->known = unit->known;
    rows->group_sizes = unit->more;
    for (guint32 r = unit->first; r;) {
        const struct run *run = &g_array_index(worker->runs, struct run, r - 1);
        decode_run(worker, run);
        r = run->next;
    }
    if (unit->back)
        cancel_rows(worker);
    if (rows->n == 0)
        return;
    guint64 n_encounters = distinct_encounters(worker, unit);
    count_encounters(worker, n_encounters, unit->known);
    check_duplicates(worker);
    for (guint c = 0; c < stream->groups->len; c++) {
        guint g = g_array_index(stream->groups, guint, c);
        struct plx_unit_sums *sums = &worker->totals->groups[g];
        if (sums->journeys)
            plx_unit_sums_journeys(sums, worker->plan, worker->canon, g, rows, n_encounters == 1);
        plx_unit_sums_add(sums, worker->plan, worker->canon, g, rows);
    }
}

/* ---- encounters in two units, or whose constants change ---- */

static void resolve_checks(struct worker *worker, guint partition)
{
    gsize n = 0;
    for (guint p = 0; p < worker->parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(worker->parts, p);
        const struct plx_record_chunk *chunk = part->checks.partitions[partition].first;
        for (; chunk; chunk = chunk->next)
            n += chunk->used / 8;
    }
    guint bits = (guint)g_bit_storage(2 * n + 1);
    gsize mask = ((gsize)1 << bits) - 1;
    if (mask + 1 > worker->check_room) {
        worker->check_room = mask + 1;
        worker->check_slots = g_renew(guint64, worker->check_slots, worker->check_room);
    }
    memset(worker->check_slots, 0, (mask + 1) * sizeof(guint64));
    for (guint p = 0; p < worker->parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(worker->parts, p);
        const struct plx_record_chunk *chunk = part->checks.partitions[partition].first;
        for (; chunk; chunk = chunk->next) {
            for (guint64 i = 0; i < chunk->used; i += 8) {
                guint64 record;
                memcpy(&record, chunk->data + i, 8);
                record |= 1; /* 0 is a free slot; 23 bits of check remain */
                guint64 key = record >> 24;
                gsize at = key * PLX_HASH_FACTOR >> (64 - bits);
                while (worker->check_slots[at] && worker->check_slots[at] >> 24 != key)
                    at = (at + 1) & mask;
                guint64 clash = (guint64)partition << 40 | key;
                if (!worker->check_slots[at])
                    worker->check_slots[at] = record;
                else if (worker->check_slots[at] != record)
                    g_array_append_val(worker->totals->clashes, clash);
            }
        }
    }
}

static void resolve_one(gsize index, guint thread, gpointer data)
{
    const struct task *task = data;
    struct worker *worker = &task->workers[thread];
    guint partition = (guint)(index % PLX_PARTITIONS);
    worker->stream = (guint)(index / PLX_PARTITIONS);
    if (worker->stream == task->n_streams) {
        resolve_checks(worker, partition);
        return;
    }
    read_partition(worker, partition);
    for (guint u = 0; u < worker->units->len; u++)
        resolve_unit(worker, &g_array_index(worker->units, struct unit, u));
}

/* ---- all of them ---- */

static void worker_init(struct worker *worker, const struct plx_count_plan *plan,
                        const struct plx_canon *canon, const GPtrArray *parts,
                        struct plx_unit_totals *totals)
{
    *worker = (struct worker){.plan = plan, .canon = canon, .parts = parts, .totals = totals};
    worker->runs = g_array_new(FALSE, FALSE, sizeof(struct run));
    worker->units = g_array_new(FALSE, FALSE, sizeof(struct unit));
    worker->encounters = g_array_new(FALSE, FALSE, sizeof(guint64));
    worker->slot_bits = 11;
    worker->slots = g_new0(guint32, (gsize)1 << worker->slot_bits);
    worker->rows.cell = g_new0(guint32 *, plan->n_groups + 1);
    totals->suspects = g_array_new(FALSE, FALSE, sizeof(guint64));
    totals->clashes = g_array_new(FALSE, FALSE, sizeof(guint64));
    totals->groups = g_new0(struct plx_unit_sums, plan->n_groups + 1);
    for (guint g = 0; g < plan->n_groups; g++)
        if (plan->groups[g].stream != PLX_NO_STREAM)
            plx_unit_sums_init(&totals->groups[g], plan, canon, g);
}

static void worker_clear(struct worker *worker)
{
    struct plx_unit_rows *rows = &worker->rows;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        g_free(rows->value[m]);
    for (guint c = 0; c < worker->plan->n_groups; c++)
        g_free(rows->cell[c]);
    g_free(rows->encounter);
    g_free(rows->identity);
    g_free(rows->flags);
    g_free(rows->seconds);
    g_free(rows->weight);
    g_free(rows->group_size);
    g_free(rows->order);
    g_free(rows->cell);
    g_array_free(worker->runs, TRUE);
    g_array_free(worker->units, TRUE);
    g_array_free(worker->encounters, TRUE);
    g_free(worker->slots);
    g_free(worker->check_slots);
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
        plx_records_seal(&part->checks);
    }
    struct task task = {workers, plan->n_streams};
    plx_parallel_for(units->n_threads, (gsize)PLX_PARTITIONS * (plan->n_streams + 1), resolve_one,
                     &task);
    for (guint t = 0; t < units->n_threads; t++)
        worker_clear(&workers[t]);
    g_free(workers);
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
        g_array_free(units->totals[t].clashes, TRUE);
    }
    g_free(units->totals);
    g_free(units);
}

/* The records of clashes know only part of the key: the runs know it whole. */
static void add_clashing(GArray *suspects, GArray *clashes, const struct plx_part *part)
{
    plx_unit_sort((guint64 *)(gpointer)clashes->data, clashes->len);
    const struct plx_records *records = &part->streams[0];
    for (guint p = 0; p < PLX_PARTITIONS; p++) {
        const struct plx_record_chunk *chunk = records->partitions[p].first;
        for (; chunk; chunk = chunk->next) {
            for (const guint8 *at = chunk->data; at < chunk->data + chunk->used;) {
                guint64 head, encounter;
                memcpy(&head, at, 8);
                encounter = ((guint64)p << 56 | head >> 8) * PLX_HASH_INVERSE;
                if (!(head & PLX_RUN_SAME))
                    memcpy(&encounter, at + 8, 8);
                at += 8u + (head & PLX_RUN_SAME ? 0 : 8) + (head & PLX_RUN_MORE ? 4 : 0) +
                      (head & PLX_RUN_ROWS) * chunk->format->stride;
                guint64 key = encounter * PLX_HASH_FACTOR >> 16;
                if (bsearch(&key, clashes->data, clashes->len, sizeof key, compare_numbers))
                    g_array_append_val(suspects, encounter);
            }
        }
    }
}

GArray *plx_unit_index_suspects(const struct plx_unit_index *units, const GPtrArray *parts)
{
    GArray *suspects = g_array_new(FALSE, FALSE, sizeof(guint64));
    g_autoptr(GArray) clashes = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (guint t = 0; t < units->n_threads; t++) {
        const struct plx_unit_totals *totals = &units->totals[t];
        g_array_append_vals(suspects, totals->suspects->data, totals->suspects->len);
        g_array_append_vals(clashes, totals->clashes->data, totals->clashes->len);
    }
    for (guint p = 0; clashes->len && p < parts->len; p++)
        add_clashing(suspects, clashes, g_ptr_array_index(parts, p));
    plx_unit_sort((guint64 *)(gpointer)suspects->data, suspects->len);
    guint n = 0;
    for (guint i = 0; i < suspects->len; i++) {
        guint64 encounter = g_array_index(suspects, guint64, i);
        if (n == 0 || g_array_index(suspects, guint64, n - 1) != encounter)
            g_array_index(suspects, guint64, n++) = encounter;
    }
    g_array_set_size(suspects, n);
    return suspects;
}
