/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/content.h"

#include "store/block.h"
#include "store/late.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* SplitMix64's finaliser (Steele, Lea, Flood 2014). */
static inline guint64 scramble(guint64 x)
{
    x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* The two numbers by which a column tells its values from those of others. */
struct salt {
    guint64 a, b;
};

static struct salt salt_of(guint64 column)
{
    const guint64 a = scramble(column * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) + 1);
    return (struct salt){a, scramble(a)};
}

static inline wide product_of(struct salt salt, guint64 value)
{
    return (wide)(value + salt.a) * (value ^ salt.b);
}

static inline void add(guint64 sum[2], struct salt salt, guint64 value)
{
    const wide product = product_of(salt, value);
    sum[0] += (guint64)product;
    sum[1] += (guint64)(product >> 64);
}

static gboolean is_key(guint dim)
{
    return dim == PLX_DIM_SUBJECT || dim == PLX_DIM_JOURNEY || dim == PLX_DIM_PROMPT ||
           dim == PLX_DIM_ITEM || dim == PLX_DIM_CLOCK;
}

static void add_dims(const struct plx_rowset *rows, struct plx_content *out)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++) {
        const struct salt salt = salt_of(plx_word_kind_of_dim(d));
        for (guint32 i = 0; rows->dim[d] && i < rows->n; i++) {
            if (rows->dim[d][i] == 0)
                continue;
            add(out[i].content, salt, rows->dim[d][i]);
            if (is_key(d))
                add(out[i].key, salt, rows->dim[d][i]);
        }
    }
}

static void add_flags(const gint8 *values, guint column, guint32 n, struct plx_content *out)
{
    const struct salt salt = salt_of(column);
    for (guint32 i = 0; values && i < n; i++)
        if (values[i] != PLX_CELL_EMPTY)
            add(out[i].content, salt, (guint8)values[i]);
}

/* That a row came late is nothing that it says. */
static void add_seen(const gint8 *seen, guint32 n, struct plx_content *out)
{
    const struct salt salt = salt_of(PLX_BLOCK_SEEN);
    for (guint32 i = 0; seen && i < n; i++)
        if (seen[i] != PLX_CELL_EMPTY && seen[i] != PLX_SEEN_LATE)
            add(out[i].content, salt, (guint8)seen[i]);
}

static void add_keys(const struct plx_rowset *rows, gboolean with_encounter,
                     struct plx_content *out)
{
    const struct salt encounter = salt_of(PLX_BLOCK_ENCOUNTER), unit = salt_of(PLX_BLOCK_UNIT);
    for (guint32 i = 0; i < rows->n; i++) {
        if (!with_encounter && !(rows->known && rows->known[i]))
            continue;
        add(out[i].content, encounter, rows->encounter[i]);
        add(out[i].content, unit, rows->unit[i]);
        add(out[i].key, encounter, rows->encounter[i]);
    }
}

static void add_numbers(const struct plx_rowset *rows, struct plx_content *out)
{
    const struct salt size = salt_of(PLX_BLOCK_GROUP_SIZE), weight = salt_of(PLX_BLOCK_WEIGHT);
    const struct salt seconds = salt_of(PLX_BLOCK_SECONDS);
    for (guint32 i = 0; rows->group_size && i < rows->n; i++)
        if (rows->group_size[i] != 1)
            add(out[i].content, size, rows->group_size[i]);
    for (guint32 i = 0; rows->weight && i < rows->n; i++)
        if (rows->weight[i] != PLX_WEIGHT_ONE)
            add(out[i].content, weight, rows->weight[i]);
    for (guint32 i = 0; rows->seconds && i < rows->n; i++) {
        if (rows->seconds[i] == PLX_NO_TIME)
            continue;
        add(out[i].content, seconds, (guint64)rows->seconds[i]);
        add(out[i].key, seconds, (guint64)rows->seconds[i]);
    }
}

static guint64 hash_text(const char *text, guint32 n)
{
    guint64 hash = n;
    for (guint32 at = 0; at < n; at += 8) {
        guint64 part = 0;
        memcpy(&part, text + at, MIN(8, n - at));
        hash = scramble(hash ^ part) + part;
    }
    return hash;
}

static void add_notes(const struct plx_rowset *rows, struct plx_content *out)
{
    const guint32 *const subject = rows->dim[PLX_DIM_SUBJECT];
    const struct salt salt = salt_of(PLX_BLOCK_COLUMNS);
    for (guint32 i = 0; rows->note && i < rows->n; i++) {
        if (rows->note[i].length == 0)
            continue;
        const guint64 words = hash_text(rows->note[i].text, rows->note[i].length);
        add(out[i].content, salt, words);
        if (!subject || subject[i] == 0)
            add(out[i].key, salt, words);
    }
}

void plx_content_of(const struct plx_rowset *rows, const guint32 *measure_code,
                    gboolean with_encounter, struct plx_content *out)
{
    memset(out, 0, sizeof *out * rows->n);
    add_dims(rows, out);
    add_keys(rows, with_encounter, out);
    add_numbers(rows, out);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        add_flags(rows->measure[m], PLX_BLOCK_MEASURE + measure_code[m] - 1, rows->n, out);
    add_seen(rows->seen, rows->n, out);
    add_flags(rows->surprise, PLX_BLOCK_SURPRISE, rows->n, out);
    add_flags(rows->hesitation, PLX_BLOCK_HESITATION, rows->n, out);
    add_notes(rows, out);
}

void plx_content_forget_keys(const struct plx_rowset *rows, guint32 row,
                             struct plx_content *content)
{
    const wide encounter = product_of(salt_of(PLX_BLOCK_ENCOUNTER), rows->encounter[row]);
    const wide unit = product_of(salt_of(PLX_BLOCK_UNIT), rows->unit[row]);
    content->content[0] -= (guint64)encounter + (guint64)unit;
    content->content[1] -= (guint64)(encounter >> 64) + (guint64)(unit >> 64);
    memcpy(content->key, content->content, sizeof content->key);
}

void plx_content_forget_seen(const struct plx_rowset *rows, guint32 row,
                             struct plx_content *content)
{
    const wide seen = product_of(salt_of(PLX_BLOCK_SEEN), (guint8)rows->seen[row]);
    content->content[0] -= (guint64)seen;
    content->content[1] -= (guint64)(seen >> 64);
}

static inline void add_row(const guint64 content[2], guint64 sum[2])
{
    sum[0] += scramble(content[0] ^ content[1] << 1);
    sum[1] += scramble(content[1] + content[0] * 3);
}

void plx_content_sum(const struct plx_content *contents, guint32 n, guint64 sum[2])
{
    for (guint32 i = 0; i < n; i++)
        add_row(contents[i].content, sum);
}

/* Adding up without keeping ------------------------------------------------------------------ */

/* A column as plx_content_of takes it: values that are `nothing` are not added. */
struct summand {
    const void *values;
    guint size; /* of a value */
    struct salt salt;
    guint64 nothing;
    gboolean any; /* nothing is nothing */
    gboolean by_run;
};

#define SUMMANDS_MOST (PLX_DIMS_MAX + PLX_MEASURES_MAX + 8)
#define ROWS_AT_ONCE 1024 /* whose sums stay in the nearest cache */

struct adding {
    struct summand summands[SUMMANDS_MOST];
    guint n;
    struct plx_runs runs;
    guint64 (*run_sums)[2], (*row_sums)[2];
};

static void put_summand(struct adding *adding, const void *values, guint size, guint column,
                        guint64 nothing)
{
    if (!values)
        return;
    adding->summands[adding->n++] =
        (struct summand){.values = values,
                         .size = size,
                         .salt = salt_of(column),
                         .nothing = nothing,
                         .by_run = plx_runs_hold(&adding->runs, values, size)};
}

static void put_summands(struct adding *adding, const struct plx_rowset *rows,
                         const guint32 *measure_code)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        put_summand(adding, rows->dim[d], 4, plx_word_kind_of_dim(d), 0);
    const guint keys = adding->n;
    put_summand(adding, rows->encounter, 8, PLX_BLOCK_ENCOUNTER, 0);
    put_summand(adding, rows->unit, 8, PLX_BLOCK_UNIT, 0);
    for (guint i = keys; i < adding->n; i++)
        adding->summands[i].any = TRUE;
    put_summand(adding, rows->group_size, 2, PLX_BLOCK_GROUP_SIZE, 1);
    put_summand(adding, rows->weight, 8, PLX_BLOCK_WEIGHT, PLX_WEIGHT_ONE);
    put_summand(adding, rows->seconds, 8, PLX_BLOCK_SECONDS, (guint64)PLX_NO_TIME);
    const guint8 empty = (guint8)PLX_CELL_EMPTY;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (rows->measure[m])
            put_summand(adding, rows->measure[m], 1, PLX_BLOCK_MEASURE + measure_code[m] - 1,
                        empty);
    put_summand(adding, rows->seen, 1, PLX_BLOCK_SEEN, empty);
    put_summand(adding, rows->surprise, 1, PLX_BLOCK_SURPRISE, empty);
    put_summand(adding, rows->hesitation, 1, PLX_BLOCK_HESITATION, empty);
}

/* Adds values [from, to) of a column, those at rows at[i] or, without `at`, i. */
static inline __attribute__((always_inline)) void add_some(const struct summand *s,
                                                           const guint32 *at, guint32 from,
                                                           guint32 to, const guint size,
                                                           guint64 (*sums)[2])
{
    const guint8 *const values = s->values;
    for (guint32 i = from; i < to; i++) {
        const gsize row = at ? at[i] : i;
        const guint64 value = size == 1   ? values[row]
                              : size == 2 ? ((const guint16 *)s->values)[row]
                              : size == 4 ? ((const guint32 *)s->values)[row]
                                          : ((const guint64 *)s->values)[row];
        const guint64 mask = s->any || value != s->nothing ? G_MAXUINT64 : 0;
        const wide product = (wide)(value + s->salt.a) * (value ^ s->salt.b);
        sums[i - from][0] += (guint64)product & mask;
        sums[i - from][1] += (guint64)(product >> 64) & mask;
    }
}

static void add_values(const struct summand *s, const guint32 *at, guint32 from, guint32 to,
                       guint64 (*sums)[2])
{
    switch (s->size) {
    case 1:
        add_some(s, at, from, to, 1, sums);
        break;
    case 2:
        add_some(s, at, from, to, 2, sums);
        break;
    case 4:
        add_some(s, at, from, to, 4, sums);
        break;
    default:
        add_some(s, at, from, to, 8, sums);
        break;
    }
}

static void add_words(const struct plx_rowset *rows, guint32 from, guint32 to, guint64 (*sums)[2])
{
    const struct salt salt = salt_of(PLX_BLOCK_COLUMNS);
    for (guint32 i = from; rows->note && i < to; i++)
        if (rows->note[i].length > 0)
            add(sums[i - from], salt, hash_text(rows->note[i].text, rows->note[i].length));
}

/* Runs [first, end): their sums, spread to their rows, and what differs between these. */
static void add_runs(const struct adding *adding, const struct plx_rowset *rows, guint32 first,
                     guint32 end, guint64 sum[2])
{
    const guint32 *const begin = adding->runs.begin;
    const guint32 from = begin[first], to = begin[end];
    memset(adding->run_sums, 0, (end - first) * sizeof *adding->run_sums);
    for (guint s = 0; s < adding->n; s++)
        if (adding->summands[s].by_run)
            add_values(&adding->summands[s], begin, first, end, adding->run_sums);
    for (guint32 r = first; r < end; r++)
        for (guint32 i = begin[r]; i < begin[r + 1]; i++)
            memcpy(adding->row_sums[i - from], adding->run_sums[r - first],
                   sizeof *adding->row_sums);
    for (guint s = 0; s < adding->n; s++)
        if (!adding->summands[s].by_run)
            add_values(&adding->summands[s], NULL, from, to, adding->row_sums);
    add_words(rows, from, to, adding->row_sums);
    for (guint32 i = 0; i < to - from; i++)
        add_row(adding->row_sums[i], sum);
}

void plx_content_add_up(const struct plx_rowset *rows, const guint32 *measure_code, guint64 sum[2])
{
    g_autofree guint32 *begin = g_new(guint32, rows->n + 1);
    struct adding adding = {.runs = {.begin = begin}};
    plx_runs_find(&adding.runs, rows->encounter, rows->n);
    put_summands(&adding, rows, measure_code);
    guint32 most = 0;
    for (guint32 r = 0; r < adding.runs.n_runs; r++)
        most = MAX(most, begin[r + 1] - begin[r]);
    adding.run_sums = g_malloc0(ROWS_AT_ONCE * sizeof *adding.run_sums);
    adding.row_sums = g_malloc0((ROWS_AT_ONCE + (gsize)most) * sizeof *adding.row_sums);
    for (guint32 first = 0, end; first < adding.runs.n_runs; first = end) {
        for (end = first + 1; end < adding.runs.n_runs && begin[end] - begin[first] < ROWS_AT_ONCE;)
            end++;
        add_runs(&adding, rows, first, end, sum);
    }
    g_free(adding.run_sums);
    g_free(adding.row_sums);
}

int plx_content_compare(const void *a, const void *b)
{
    const struct plx_content *const x = a, *const y = b;
    return memcmp(x->content, y->content, sizeof x->content);
}
