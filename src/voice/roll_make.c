/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From workers' rows to a roll: sorted by unit and encounter, classes and kinds numbered. */

#include "base/parallel.h"
#include "voice/roll_private.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 256     /* of an audience, by the first byte of a unit */
#define CHUNK_RUNS 8191 /* no more units than PLX_ROLL_PLACE */

/* A worker's run on its way into the order. */
struct entry {
    guint64 unit, encounter;
    guint32 worker, run;
};

struct making {
    plx_roll *roll;
    struct plx_roll_worker *workers;
    guint n_workers;
    const plx_map *map;
    const struct plx_dims *dims;
    struct entry *entries;
    guint n_buckets;
    guint32 *bucket;   /* n_buckets + 1 */
    guint32 **classes; /* by worker: from its classes to the roll's */
};

static const struct plx_roll_run *run_of(const struct making *m, const struct entry *entry)
{
    return &g_array_index(m->workers[entry->worker].runs, struct plx_roll_run, entry->run);
}

/* What workers have ------------------------------------------------------------------------- */

/* FALSE when there is nothing or too much. */
static gboolean take_heads(struct making *m)
{
    plx_roll *const roll = m->roll;
    guint64 rows = 0, runs = 0;
    for (guint w = 0; w < m->n_workers; w++) {
        const struct plx_roll_worker *const worker = &m->workers[w];
        if (worker->full || (worker->dims && m->dims && worker->dims != m->dims))
            return FALSE;
        m->dims = worker->dims ? worker->dims : m->dims;
        rows += worker->n_rows;
        runs += worker->runs->len;
        roll->n_blocks += worker->blocks->len;
        roll->columns |= worker->columns;
        roll->values |= worker->values;
        roll->weighted |= worker->weighted;
        roll->timed |= worker->timed;
    }
    roll->n_audiences = m->map->n_audiences + 1;
    roll->n_rows = (guint32)rows;
    roll->n_runs = (guint32)runs;
    return rows > 0 && rows < G_MAXUINT32 && m->map->n_journeys <= PLX_ROLL_JOURNEYS;
}

static int compare_blocks(const void *a, const void *b)
{
    const guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

static void take_blocks(const struct making *m)
{
    gsize n = 0;
    m->roll->block = g_new(guint64, m->roll->n_blocks);
    for (guint w = 0; w < m->n_workers; w++) {
        const GArray *const blocks = m->workers[w].blocks;
        for (guint b = 0; b < blocks->len; b++)
            m->roll->block[n++] = g_array_index(blocks, guint64, b);
    }
    qsort(m->roll->block, n, sizeof(guint64), compare_blocks);
}

/* Order -------------------------------------------------------------------------------------- */

static int compare_entries(const void *a, const void *b)
{
    const struct entry *const x = a, *const y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->encounter != y->encounter)
        return x->encounter < y->encounter ? -1 : 1;
    if (x->worker != y->worker)
        return x->worker < y->worker ? -1 : 1;
    return (x->run > y->run) - (x->run < y->run);
}

static void sort_bucket(gsize index, guint thread, gpointer data)
{
    (void)thread;
    const struct making *const m = data;
    qsort(m->entries + m->bucket[index], m->bucket[index + 1] - m->bucket[index],
          sizeof *m->entries, compare_entries);
}

static guint bucket_of(const struct plx_roll_run *run)
{
    return run->audience * BUCKETS + (guint)(run->unit >> 56);
}

static void sort_entries(struct making *m)
{
    m->n_buckets = m->roll->n_audiences * BUCKETS;
    m->bucket = g_new0(guint32, m->n_buckets + 1);
    g_autofree guint32 *at = g_new0(guint32, m->n_buckets + 1);
    for (guint w = 0; w < m->n_workers; w++)
        for (guint r = 0; r < m->workers[w].runs->len; r++)
            at[bucket_of(&g_array_index(m->workers[w].runs, struct plx_roll_run, r))]++;
    for (guint b = 0; b < m->n_buckets; b++) {
        m->bucket[b + 1] = m->bucket[b] + at[b];
        at[b] = m->bucket[b];
    }
    m->entries = g_new(struct entry, m->roll->n_runs);
    for (guint w = 0; w < m->n_workers; w++)
        for (guint r = 0; r < m->workers[w].runs->len; r++) {
            const struct plx_roll_run *const run =
                &g_array_index(m->workers[w].runs, struct plx_roll_run, r);
            m->entries[at[bucket_of(run)]++] = (struct entry){run->unit, run->encounter, w, r};
        }
    plx_parallel_for(m->n_workers, m->n_buckets, sort_bucket, m);
}

/* Classes and cells -------------------------------------------------------------------------- */

static void decode_class(const plx_roll *roll, const guint32 *key, struct plx_roll_class *class)
{
    *class = (struct plx_roll_class){.audience = key[0], .subject = key[1], .cell = PLX_NO_CELL};
    for (guint h = 0; h < PLX_ROLL_MEASURES; h++)
        class->value[h] =
            h < roll->n_held ? (gint8)(key[2] >> 8 * (roll->n_held - 1 - h)) : PLX_CELL_EMPTY;
}

static void number_cells(plx_roll *roll)
{
    struct plx_word_map cells = {0};
    for (guint32 c = 0; c < roll->n_classes; c++) {
        const guint32 key[] = {roll->classes[c].audience, roll->classes[c].subject};
        if (key[0] && key[1]) /* as plx_cells_find */
            roll->classes[c].cell = plx_word_map_number(&cells, key, G_N_ELEMENTS(key));
    }
    roll->n_cells = plx_word_map_size(&cells);
    roll->cells = g_new(struct plx_roll_cell, roll->n_cells + 1);
    for (guint32 c = 0; c < roll->n_classes; c++)
        if (roll->classes[c].cell != PLX_NO_CELL)
            roll->cells[roll->classes[c].cell] =
                (struct plx_roll_cell){roll->classes[c].audience, roll->classes[c].subject};
    plx_word_map_clear(&cells);
}

/* By code of a subject: the first code that means the same. A map may have made one of several. */
static guint32 *same_subjects(const struct plx_dims *dims)
{
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint32 *const same = g_new0(guint32, dims->subjects->len + 1);
    for (guint32 code = 1; code < dims->subjects->len; code++) {
        const struct plx_subject *const subject =
            &g_array_index(dims->subjects, struct plx_subject, code);
        char *const name = g_strdup_printf("%d %s", subject->kind, subject->id);
        gpointer known;
        same[code] = g_hash_table_lookup_extended(first, name, NULL, &known)
                         ? GPOINTER_TO_UINT(known)
                         : code;
        if (same[code] == code)
            g_hash_table_insert(first, name, GUINT_TO_POINTER(code));
        else
            g_free(name);
    }
    return same;
}

static void number_classes(struct making *m)
{
    struct plx_word_map all = {0};
    g_autofree guint32 *same = same_subjects(m->dims);
    m->classes = g_new0(guint32 *, m->n_workers);
    for (guint w = 0; w < m->n_workers; w++) {
        const struct plx_word_map *const own = &m->workers[w].classes;
        m->classes[w] = g_new(guint32, plx_word_map_size(own) + 1);
        for (guint32 c = 0; c < plx_word_map_size(own); c++) {
            guint n;
            const guint32 *const own_key = plx_word_map_words(own, c, &n);
            const guint32 key[] = {own_key[0], same[own_key[1]], own_key[2]};
            m->classes[w][c] = plx_word_map_number(&all, key, n);
        }
    }
    m->roll->n_classes = plx_word_map_size(&all);
    m->roll->classes = g_new(struct plx_roll_class, m->roll->n_classes + 1);
    for (guint32 c = 0; c < m->roll->n_classes; c++) {
        guint n;
        decode_class(m->roll, plx_word_map_words(&all, c, &n), &m->roll->classes[c]);
    }
    plx_word_map_clear(&all);
    number_cells(m->roll);
}

/* Rows, runs, units -------------------------------------------------------------------------- */

static void begin_unit(plx_roll *roll, guint32 run, const struct plx_roll_run *from)
{
    const guint32 u = roll->n_units++;
    roll->unit[u] = from->unit;
    roll->unit_run[u] = run;
    roll->known[u] = from->known;
    roll->first_unit[from->audience + 1] = u + 1;
}

/* Audiences without units begin where the next one does. */
static void end_audiences(plx_roll *roll)
{
    for (guint a = 1; a <= roll->n_audiences; a++)
        roll->first_unit[a] = MAX(roll->first_unit[a], roll->first_unit[a - 1]);
}

static void take_day(plx_roll *roll, guint32 run, gint32 day)
{
    roll->day[run] = day;
    if (day == PLX_NO_DAY)
        return;
    roll->first_day = MIN(roll->first_day, day);
    roll->last_day = MAX(roll->last_day, day);
}

/* Does a unit begin with a run? */
static gboolean begins(const struct making *m, guint32 i)
{
    return i == 0 || m->entries[i].unit != m->entries[i - 1].unit ||
           run_of(m, &m->entries[i])->audience != run_of(m, &m->entries[i - 1])->audience;
}

static guint32 count_units(const struct making *m)
{
    guint32 n = 0;
    for (guint32 i = 0; i < m->roll->n_runs; i++)
        n += begins(m, i) ? 1 : 0;
    return n;
}

static void fill_runs(const struct making *m)
{
    plx_roll *const roll = m->roll;
    const guint32 n_units = count_units(m);
    roll->unit = g_new(guint64, n_units);
    roll->unit_run = g_new(guint32, n_units + 1);
    roll->first_unit = g_new0(guint32, roll->n_audiences + 1);
    roll->known = g_new(guint8, n_units);
    roll->encounter = g_new(guint64, roll->n_runs);
    roll->run_row = g_new(guint32, roll->n_runs + 1);
    roll->day = roll->timed ? g_new(gint32, roll->n_runs) : NULL;
    roll->row = g_new(guint32, roll->n_rows);
    roll->first_day = G_MAXINT32;
    roll->last_day = G_MININT32;
    guint32 row = 0;
    for (guint32 i = 0; i < roll->n_runs; i++) {
        const struct entry *const entry = &m->entries[i];
        const struct plx_roll_run *const run = run_of(m, entry);
        const guint32 *const rows =
            (const guint32 *)(gpointer)m->workers[entry->worker].rows.data + run->row;
        if (begins(m, i))
            begin_unit(roll, i, run);
        roll->encounter[i] = run->encounter;
        roll->run_row[i] = row;
        if (roll->day)
            take_day(roll, i, run->day);
        for (guint32 r = 0; r < run->n; r++)
            roll->row[row++] = m->classes[entry->worker][rows[r]];
    }
    roll->run_row[roll->n_runs] = row;
    roll->unit_run[n_units] = roll->n_runs;
    end_audiences(roll);
}

/* Columns of runs ---------------------------------------------------------------------------- */

static guint32 code_of(const struct making *m, guint32 i, guint c)
{
    const struct entry *const entry = &m->entries[i];
    const struct plx_roll_worker *const worker = &m->workers[entry->worker];
    return g_array_index(worker->codes, guint32, (gsize)entry->run * worker->n_columns + c);
}

static void fill_column(const struct making *m, guint c, struct plx_roll_column *column)
{
    const guint32 n = m->roll->n_runs, first = code_of(m, 0, c);
    guint32 most = 0;
    gboolean differ = FALSE;
    for (guint32 i = 0; i < n; i++) {
        most = MAX(most, code_of(m, i, c));
        differ |= code_of(m, i, c) != first;
    }
    column->constant = first;
    if (!differ)
        return;
    column->bytes = most <= G_MAXUINT8 ? 1 : most <= G_MAXUINT16 ? 2 : 4;
    guint8 *const out = g_malloc((gsize)n * column->bytes);
    for (guint32 i = 0; i < n; i++) {
        const guint32 code = code_of(m, i, c);
        memcpy(out + (gsize)i * column->bytes, &code, column->bytes); /* little-endian */
    }
    column->code = out;
}

static void fill_columns(const struct making *m)
{
    const struct plx_roll_worker *const worker = &m->workers[m->entries[0].worker];
    m->roll->n_columns = worker->n_columns;
    for (guint c = 0; c < worker->n_columns; c++) {
        m->roll->column[c].dim = worker->dim[c];
        fill_column(m, c, &m->roll->column[c]);
    }
}

/* Kinds of runs ------------------------------------------------------------------------------ */

/* Where the encounters of a row's point count. */
static guint64 journeys_of(const struct making *m, guint32 subject)
{
    const struct plx_subject *const s =
        &g_array_index(m->dims->subjects, struct plx_subject, subject);
    if (s->kind != PLX_SUBJECT_POINT)
        return 0;
    const guint n = m->map->n_journeys;
    const guint home = n && s->map_index >= 0 ? m->map->points[s->map_index].journey : n;
    return PLX_ROLL_SOME | (home < n ? G_GUINT64_CONSTANT(1) << home : 0);
}

static struct plx_roll_kind kind_of_class(const struct making *m,
                                          const struct plx_roll_class *class)
{
    struct plx_roll_kind kind = {.audience = class->audience};
    if (class->cell == PLX_NO_CELL)
        return kind;
    kind.journeys = journeys_of(m, class->subject);
    for (guint h = 0; h < m->roll->n_held; h++)
        kind.values |= class->value[h] > PLX_CELL_DECLINED ? 1u << h : 0;
    return kind;
}

/* FALSE: there are more than are numbered. */
static gboolean fill_kinds(const struct making *m)
{
    plx_roll *const roll = m->roll;
    g_autofree struct plx_roll_kind *of = g_new(struct plx_roll_kind, roll->n_classes + 1);
    struct plx_word_map numbers = {0};
    g_autoptr(GArray) kinds = g_array_new(FALSE, FALSE, sizeof(struct plx_roll_kind));
    for (guint32 c = 0; c < roll->n_classes; c++)
        of[c] = kind_of_class(m, &roll->classes[c]);
    roll->kind = g_new(guint16, roll->n_runs);
    for (guint32 i = 0; i < roll->n_runs && kinds->len <= G_MAXUINT16; i++) {
        struct plx_roll_kind kind = {.audience = of[roll->row[roll->run_row[i]]].audience};
        for (guint32 r = roll->run_row[i]; r < roll->run_row[i + 1]; r++) {
            kind.values |= of[roll->row[r]].values;
            kind.journeys |= of[roll->row[r]].journeys;
        }
        const guint32 key[] = {kind.audience, kind.values, (guint32)kind.journeys,
                               (guint32)(kind.journeys >> 32)};
        const guint32 number = plx_word_map_number(&numbers, key, G_N_ELEMENTS(key));
        if (number == kinds->len)
            g_array_append_val(kinds, kind);
        roll->kind[i] = (guint16)number;
    }
    plx_word_map_clear(&numbers);
    roll->n_kinds = kinds->len;
    roll->kinds = g_memdup2(kinds->data, kinds->len * sizeof(struct plx_roll_kind));
    return kinds->len <= G_MAXUINT16;
}

/* Chunks ------------------------------------------------------------------------------------- */

static void place_runs(plx_roll *roll, guint32 first, guint32 end)
{
    for (guint32 u = first; u < end; u++) {
        const gboolean alone = roll->unit_run[u + 1] - roll->unit_run[u] == 1 &&
                               roll->unit_repeat[u + 1] == roll->unit_repeat[u];
        for (guint32 run = roll->unit_run[u]; run < roll->unit_run[u + 1]; run++) {
            const gboolean same =
                run > roll->unit_run[u] && roll->encounter[run] == roll->encounter[run - 1];
            roll->place[run] =
                (guint16)((u - first) | (alone ? PLX_ROLL_ALONE : 0) | (same ? PLX_ROLL_SAME : 0));
        }
    }
}

static void mark_twice(plx_roll *roll)
{
    for (guint32 r = 0; r < roll->n_repeats; r++)
        for (guint32 a = roll->repeat[r] + 1; a < roll->repeat[r + 1]; a++)
            if (roll->again_run[a] == roll->again_run[a - 1])
                roll->place[roll->again_run[a]] |= PLX_ROLL_TWICE;
}

static void cut(plx_roll *roll)
{
    g_autoptr(GArray) chunks = g_array_new(FALSE, FALSE, sizeof(guint32));
    guint32 first = 0;
    roll->place = g_new(guint16, roll->n_runs);
    guint audience = 0;
    g_array_append_val(chunks, first);
    for (guint32 u = 1; u <= roll->n_units; u++) {
        const guint32 n = roll->unit_run[u] - roll->unit_run[first];
        while (roll->first_unit[audience + 1] < u)
            audience++;
        if (n < CHUNK_RUNS && u < roll->first_unit[audience + 1])
            continue;
        roll->most_runs = MAX(roll->most_runs, n);
        place_runs(roll, first, u);
        first = u;
        g_array_append_val(chunks, first);
    }
    mark_twice(roll);
    roll->n_chunks = chunks->len - 1;
    roll->chunk = g_memdup2(chunks->data, chunks->len * sizeof first);
}

gboolean plx_roll_make(plx_roll *roll, struct plx_roll_worker *workers, guint n_workers,
                       const plx_map *map, gsize most_bytes)
{
    struct making m = {.roll = roll, .workers = workers, .n_workers = n_workers, .map = map};
    if (!take_heads(&m))
        return FALSE;
    take_blocks(&m);
    number_classes(&m);
    sort_entries(&m);
    fill_runs(&m);
    fill_columns(&m);
    for (guint w = 0; w < n_workers; w++) {
        plx_pages_free(&workers[w].rows);
        g_free(m.classes[w]);
    }
    g_free(m.classes);
    g_free(m.bucket);
    g_free(m.entries);
    const gboolean few = fill_kinds(&m);
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        roll->size[d] = d < m.dims->n_dims && m.dims->dict[d] ? plx_dict_size(m.dims->dict[d]) : 0;
    roll->size[PLX_DIM_SUBJECT] = m.dims->subjects->len;
    roll->n_dims = m.dims->n_dims;
    plx_roll_meaning(roll, m.dims, map, roll->meaning);
    plx_roll_find_again(roll);
    plx_roll_sum_up(roll);
    cut(roll);
    return few && plx_roll_bytes(roll) <= most_bytes;
}
