/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is seen of a column without widening its values: most columns of a survey are one value per
 * encounter or a few distinct bytes, and then there is no need to. */
#include "store/codec_private.h"

gboolean plx_is_constant(const void *values, guint size, guint32 n)
{
    const guint8 *const bytes = values;
    return n < 2 || memcmp(bytes, bytes + size, (gsize)(n - 1) * size) == 0;
}

/* ---- one value per run ---- */

#define COUNT_CHANGES(name, type)                                                                  \
    static inline __attribute__((always_inline)) guint32 name(const type *v, guint32 n)            \
    {                                                                                              \
        guint32 changes = 0;                                                                       \
        for (guint32 i = 1; i < n; i++)                                                            \
            changes += v[i] != v[i - 1];                                                           \
        return changes;                                                                            \
    }
COUNT_CHANGES(changes8, guint8)
COUNT_CHANGES(changes16, guint16)
COUNT_CHANGES(changes32, guint32)
COUNT_CHANGES(changes64, guint64)

static inline __attribute__((always_inline)) guint32 count_changes(const void *values, guint size,
                                                                   guint32 n)
{
    switch (size) {
    case 1:
        return changes8(values, n);
    case 2:
        return changes16(values, n);
    case 4:
        return changes32(values, n);
    default:
        return changes64(values, n);
    }
}

static guint32 changes_portable(const void *values, guint size, guint32 n)
{
    return count_changes(values, size, n);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static guint32 changes_avx2(const void *values, guint size,
                                                            guint32 n)
{
    return count_changes(values, size, n);
}
#endif

/* Values that are not the one before. */
static guint32 changes_of(const void *values, guint size, guint32 n)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return changes_avx2(values, size, n);
#endif
    return changes_portable(values, size, n);
}

/* Of them, those where a run begins. */
#define COUNT_BETWEEN(name, type)                                                                  \
    static guint32 name(const type *v, const struct plx_runs *runs)                                \
    {                                                                                              \
        guint32 changes = 0;                                                                       \
        for (guint32 r = 1; r < runs->n_runs; r++)                                                 \
            changes += v[runs->begin[r]] != v[runs->begin[r] - 1];                                 \
        return changes;                                                                            \
    }
COUNT_BETWEEN(between8, guint8)
COUNT_BETWEEN(between16, guint16)
COUNT_BETWEEN(between32, guint32)
COUNT_BETWEEN(between64, guint64)

static guint32 changes_between(const void *values, guint size, const struct plx_runs *runs)
{
    switch (size) {
    case 1:
        return between8(values, runs);
    case 2:
        return between16(values, runs);
    case 4:
        return between32(values, runs);
    default:
        return between64(values, runs);
    }
}

gboolean plx_runs_hold(const struct plx_runs *runs, const void *values, guint size)
{
    return changes_of(values, size, runs->begin[runs->n_runs]) ==
           changes_between(values, size, runs);
}

/* ---- bytes ---- */

struct byte_facts {
    guint8 words[PLX_DIGITS_MAX]; /* in order of first appearance */
    guint8 number[256];           /* of each word, from 1 */
    guint d;
    guint8 min, max, step;
    guint32 runs;                /* of equal neighbours */
    gint16 delta_min, delta_max; /* of neighbours */
};

/* FALSE: there are too many words. */
static gboolean find_words(const guint8 *v, guint32 m, struct byte_facts *facts)
{
    for (guint32 i = 0; i < m; i++) {
        if (facts->number[v[i]])
            continue;
        if (facts->d == PLX_DIGITS_MAX)
            return FALSE;
        facts->words[facts->d++] = v[i];
        facts->number[v[i]] = (guint8)facts->d;
    }
    return TRUE;
}

static void find_step(struct byte_facts *facts)
{
    facts->min = G_MAXUINT8;
    for (guint w = 0; w < facts->d; w++) {
        facts->min = MIN(facts->min, facts->words[w]);
        facts->max = MAX(facts->max, facts->words[w]);
    }
    for (guint w = 0; w < facts->d; w++) {
        guint8 rest = (guint8)(facts->words[w] - facts->min);
        while (rest) {
            const guint8 next = facts->step % rest;
            facts->step = rest;
            rest = next;
        }
    }
}

static void find_deltas(const guint8 *v, guint32 m, struct byte_facts *facts)
{
    gint16 least = G_MAXINT16, most = G_MININT16;
    for (guint32 i = 1; i < m; i++) {
        const gint16 delta = (gint16)(v[i] - v[i - 1]);
        least = MIN(least, delta);
        most = MAX(most, delta);
    }
    facts->delta_min = least;
    facts->delta_max = most;
    facts->runs = 1 + changes_of(v, 1, m);
}

static guint32 longest_run(const guint8 *v, guint32 m)
{
    guint32 most = 0, length = 0;
    for (guint32 i = 1; i < m; i++) {
        length = v[i] == v[i - 1] ? length + 1 : 0;
        most = MAX(most, length);
    }
    return most + 1;
}

struct byte_plan {
    guint leaf_width;             /* at most 8 */
    guint together, digits_width; /* 0: no digits */
    gsize leaf_bytes, bytes;
};

static struct byte_plan plan_bytes(guint32 m, const struct byte_facts *facts)
{
    struct byte_plan plan = {.leaf_width =
                                 plx_bits((guint64)(facts->max - facts->min) / facts->step)};
    guint width;
    const guint together = plx_digits_together(facts->d, &width);
    plan.bytes = plan.leaf_bytes = 4 + plx_packed_bytes(m, plan.leaf_width);
    const gsize digits = 2 + facts->d + plx_packed_bytes((m + together - 1) / together, width);
    if (digits < plan.bytes && facts->d <= m / 2 + 1) {
        plan.together = together;
        plan.digits_width = width;
        plan.bytes = digits;
    }
    return plan;
}

/* May LENGTHS be shorter? Not if their values, packed as well as all are, and lengths are not. */
static gboolean may_be_lengths(const guint8 *v, guint32 m, const struct byte_facts *facts,
                               const struct byte_plan *plan)
{
    const guint32 n = facts->runs;
    if ((guint64)n * (plan->leaf_width + 1) >= 8 * plan->leaf_bytes)
        return FALSE;
    guint width;
    const guint together = plx_digits_together(facts->d, &width);
    const gsize values = MIN(plx_packed_bytes(n, plan->leaf_width),
                             plx_packed_bytes((n + together - 1) / together, width));
    const gsize left = plan->bytes > values ? plan->bytes - values : 0;
    return plx_packed_bytes(n, plx_bits((m - 1) / n)) < left &&
           plx_packed_bytes(n, plx_bits(longest_run(v, m) - 1)) < left;
}

/* Numbers of `together` values each. */
static inline __attribute__((always_inline)) guint32 put_digits(const guint8 *v, guint32 m,
                                                                const struct byte_facts *facts,
                                                                const guint together, guint64 *out)
{
    guint32 n = 0, i = 0;
    for (; i + together <= m; i += together) {
        guint number = 0;
        for (guint k = together; k-- > 0;)
            number = number * facts->d + facts->number[v[i + k]] - 1;
        out[n++] = number;
    }
    if (i == m)
        return n;
    guint number = 0;
    for (guint k = m - i; k-- > 0;)
        number = number * facts->d + facts->number[v[i + k]] - 1;
    out[n++] = number;
    return n;
}

static guint32 digits_of(const guint8 *v, guint32 m, const struct byte_facts *facts, guint together,
                         guint64 *out)
{
    switch (together) {
    case 2:
        return put_digits(v, m, facts, 2, out);
    case 3:
        return put_digits(v, m, facts, 3, out);
    case 4:
        return put_digits(v, m, facts, 4, out);
    case 5:
        return put_digits(v, m, facts, 5, out);
    default:
        return put_digits(v, m, facts, together, out);
    }
}

static void write_bytes(const struct plx_writing *writing, const guint8 *v, guint32 m,
                        const struct byte_facts *facts, const struct byte_plan *plan)
{
    GByteArray *const out = writing->out;
    guint64 *const codes = writing->encoder->codes;
    const guint8 bias = (guint8)writing->bias;
    if (plan->together) {
        const guint8 head[] = {PLX_ENCODING_DIGITS, (guint8)facts->d};
        g_byte_array_append(out, head, sizeof head);
        for (guint w = 0; w < facts->d; w++)
            plx_write_number(out, facts->words[w] ^ bias, 1);
        plx_pack(codes, digits_of(v, m, facts, plan->together, codes), 0, 1, plan->digits_width,
                 out);
        return;
    }
    const gboolean full = plan->leaf_width == 8; /* then they stand as they are */
    const guint8 min = full ? bias : facts->min, step = full ? 1 : facts->step;
    const guint8 head[] = {PLX_ENCODING_PACKED, (guint8)plan->leaf_width, min ^ bias, step};
    g_byte_array_append(out, head, sizeof head);
    for (guint32 i = 0; i < m; i++)
        codes[i] = v[i];
    plx_pack(codes, m, min, step, plan->leaf_width, out);
}

gboolean plx_bytes_write(const struct plx_writing *writing, const guint8 *values, guint32 m)
{
    guint8 *const v = (guint8 *)(gpointer)writing->encoder->values;
    struct byte_facts facts = {0};
    for (guint32 i = 0; i < m; i++)
        v[i] = values[i] ^ (guint8)writing->bias;
    if (m < 3 || !find_words(v, m, &facts) || facts.d < 2)
        return FALSE;
    find_step(&facts);
    find_deltas(v, m, &facts);
    if ((facts.delta_max - facts.delta_min) / 2 < facts.max - facts.min)
        return FALSE;
    const struct byte_plan plan = plan_bytes(m, &facts);
    if (may_be_lengths(v, m, &facts, &plan))
        return FALSE;
    write_bytes(writing, v, m, &facts, &plan);
    return TRUE;
}
