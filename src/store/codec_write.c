/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/codec_private.h"

/* What decides between the encodings. */
struct facts {
    guint64 min, max;
    guint32 runs;                /* of equal neighbours */
    gint64 delta_min, delta_max; /* of v[i] - v[i - 1], modulo 2^64 */
};

struct leaf_plan {
    guint64 min, step;
    guint width;
    gsize bytes;
};

void plx_write_number(GByteArray *out, guint64 value, guint size)
{
    const guint64 little = GUINT64_TO_LE(value);
    g_byte_array_append(out, (const guint8 *)&little, size);
}

void plx_keep_shorter(GByteArray *out, guint at, guint second)
{
    const guint first_length = second - at, second_length = out->len - second;
    if (second_length && second_length < first_length)
        g_byte_array_remove_range(out, at, first_length);
    else
        g_byte_array_set_size(out, second);
}

static struct facts look_at(const guint64 *v, guint32 m)
{
    struct facts facts = {.min = v[0], .max = v[0], .runs = 1};
    if (m > 1)
        facts.delta_min = facts.delta_max = (gint64)(v[1] - v[0]);
    for (guint32 i = 1; i < m; i++) {
        const gint64 delta = (gint64)(v[i] - v[i - 1]);
        facts.min = MIN(facts.min, v[i]);
        facts.max = MAX(facts.max, v[i]);
        facts.delta_min = MIN(facts.delta_min, delta);
        facts.delta_max = MAX(facts.delta_max, delta);
        facts.runs += delta != 0;
    }
    return facts;
}

/* The greatest number that divides every v - min: times to the minute are multiples of 60. */
static guint64 common_step(const guint64 *v, guint32 m, guint64 min)
{
    guint64 step = 0;
    struct plx_divisor divisor = {0};
    for (guint32 i = 0; i < m && step != 1; i++) {
        guint64 a = step, b = v[i] - min;
        if (a ? plx_divides(&divisor, b) : b == 0)
            continue;
        while (b) {
            const guint64 rest = a % b;
            a = b;
            b = rest;
        }
        step = a;
        divisor = plx_divisor_of(step);
    }
    return MAX(step, 1);
}

/* range 0: CONSTANT. With all bits in use the values stand as they are. */
static struct leaf_plan plan_leaf(const struct plx_writing *writing, const guint64 *v, guint32 m,
                                  guint64 min, guint64 range)
{
    const guint size = writing->size;
    struct leaf_plan plan = {.min = min, .step = 1, .bytes = 1 + size};
    if (range == 0)
        return plan;
    plan.step = common_step(v, m, min);
    plan.width = plx_bits(range / plan.step);
    if (plan.width > PLX_PACK_WIDTH_MAX || plan.width >= 8 * size) {
        plan.min = writing->bias;
        plan.step = 1;
        plan.width = 8 * size;
    }
    plan.bytes = 2 + 2 * size + plx_packed_bytes(m, plan.width);
    return plan;
}

static void write_leaf(const struct plx_writing *writing, const guint64 *v, guint32 m,
                       const struct leaf_plan *plan)
{
    GByteArray *const out = writing->out;
    plx_write_number(out, plan->width ? PLX_ENCODING_PACKED : PLX_ENCODING_CONSTANT, 1);
    if (plan->width)
        plx_write_number(out, plan->width, 1);
    plx_write_number(out, plan->min ^ writing->bias, writing->size);
    if (!plan->width)
        return;
    plx_write_number(out, plan->step, writing->size);
    plx_pack(v, m, plan->min, plan->step, plan->width, out);
}

/* Differences of neighbours, of the first two on; their own "bias" is none. */
static void write_delta(const struct plx_writing *writing, const guint64 *v, guint32 m,
                        const struct facts *facts, gsize best)
{
    guint64 *const deltas = writing->encoder->deltas;
    const guint64 min = (guint64)facts->delta_min;
    const guint64 range = (guint64)facts->delta_max - min;
    const struct plx_writing plain = {writing->encoder, writing->out, writing->size, 0};
    for (guint32 i = 1; i < m; i++)
        deltas[i - 1] = v[i] - v[i - 1];
    const struct leaf_plan plan = plan_leaf(&plain, deltas, m - 1, min, range);
    if (1 + writing->size + plan.bytes >= best)
        return;
    plx_write_number(writing->out, PLX_ENCODING_DELTA, 1);
    plx_write_number(writing->out, v[0] ^ writing->bias, writing->size);
    write_leaf(&plain, deltas, m - 1, &plan);
}

static void write_lengths(const struct plx_writing *writing, const guint64 *v, guint32 m)
{
    plx_encoder *const encoder = writing->encoder;
    guint32 n = 0;
    for (guint32 i = 0, from = 0; i < m; i++) {
        if (i + 1 < m && v[i + 1] == v[i])
            continue;
        encoder->runs[n] = v[i];
        encoder->lengths[n++] = i - from;
        from = i + 1;
    }
    plx_write_number(writing->out, PLX_ENCODING_LENGTHS, 1);
    plx_write_number(writing->out, n, 4);
    plx_stream_write(writing, encoder->runs, n, PLX_ENCODING_LENGTHS);
    const struct plx_writing plain = {encoder, writing->out, 4, 0};
    plx_stream_write(&plain, encoder->lengths, n, PLX_ENCODING_PACKED + 1);
}

/* Whether differences can need fewer bits than the values do. */
static gboolean may_differ_less(const struct facts *facts, guint32 m)
{
    const guint64 range = (guint64)facts->delta_max - (guint64)facts->delta_min;
    return m > 2 && range / 2 < facts->max - facts->min;
}

void plx_stream_write(const struct plx_writing *writing, const guint64 *v, guint32 m, guint limit)
{
    GByteArray *const out = writing->out;
    const struct facts facts = m ? look_at(v, m) : (struct facts){.min = writing->bias};
    const guint64 range = facts.max >= facts.min ? facts.max - facts.min : 0;
    const struct leaf_plan leaf = plan_leaf(writing, v, m, facts.min, range);
    const guint at = out->len;
    gsize best = leaf.bytes;
    if (limit > PLX_ENCODING_DELTA && range && may_differ_less(&facts, m))
        write_delta(writing, v, m, &facts, best);
    if (out->len == at)
        write_leaf(writing, v, m, &leaf);
    best = out->len - at;
    guint second = out->len;
    if (limit > PLX_ENCODING_DIGITS && range) {
        plx_words_write(writing, v, m, limit, facts.min, range, best);
        plx_keep_shorter(out, at, second);
        second = out->len;
    }
    /* A run costs a value and, as a rule, a bit at least for its length. */
    if (limit > PLX_ENCODING_LENGTHS && (guint64)facts.runs * (leaf.width + 1) < 8 * best) {
        write_lengths(writing, v, m);
        plx_keep_shorter(out, at, second);
    }
}
