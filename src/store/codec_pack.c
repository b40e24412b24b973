/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/codec_private.h"

#define GROUPS 64 /* of eight values: packed or unpacked at a time */

static guint8 *put64(guint8 *out, guint64 x)
{
    x = GUINT64_TO_LE(x);
    memcpy(out, &x, sizeof x);
    return out + sizeof x;
}

struct plx_divisor plx_divisor_of(guint64 divisor)
{
    const guint shift = (guint)__builtin_ctzll(divisor);
    const guint64 odd = divisor >> shift;
    guint64 inverse = odd; /* right in three bits; each step doubles them */
    for (guint i = 0; i < 5; i++)
        inverse *= 2 - odd * inverse;
    return (struct plx_divisor){inverse, G_MAXUINT64 / divisor, shift};
}

/* All bits, or whole bytes. */
static gsize pack_whole(const guint64 *v, guint32 n, guint64 min, guint width, guint8 *to)
{
    for (guint32 i = 0; width == 64 && i < n; i++)
        put64(to + 8 * (gsize)i, v[i] - min);
    for (guint32 i = 0; width == 8 && i < n; i++)
        to[i] = (guint8)(v[i] - min);
    return (gsize)n * width / 8;
}

/* Groups of eight take whole bytes, so all of them are one stream of bits. */
static gsize pack_bits(const guint64 *v, guint32 n, guint64 min, const struct plx_divisor *step,
                       guint width, guint8 *to)
{
    const guint64 mask = width == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT(1) << width) - 1;
    const guint8 *const from = to;
    guint64 bits = 0;
    guint filled = 0;
    for (guint32 i = 0; i < n; i++) {
        const guint64 x = ((v[i] - min) >> step->shift) * step->inverse & mask;
        bits |= x << filled;
        filled += width;
        if (filled >= 64) {
            to = put64(to, bits);
            filled -= 64;
            bits = filled ? x >> (width - filled) : 0;
        }
    }
    return (gsize)(put64(to, bits) - from);
}

void plx_pack(const guint64 *v, guint32 m, guint64 min, guint64 step, guint width, GByteArray *out)
{
    const struct plx_divisor divisor = plx_divisor_of(step);
    const gboolean whole = step == 1 && (width == 64 || width == 8);
    for (guint32 from = 0; from < m; from += 8 * GROUPS) {
        guint8 bytes[GROUPS * 64 + 8];
        const guint32 n = MIN(m - from, 8 * GROUPS);
        const gsize filled = whole ? pack_whole(v + from, n, min, width, bytes)
                                   : pack_bits(v + from, n, min, &divisor, width, bytes);
        const gsize length = plx_packed_bytes(n, width);
        if (length > filled)
            memset(bytes + filled, 0, length - filled);
        g_byte_array_append(out, bytes, (guint)length);
    }
}

static inline __attribute__((always_inline)) void put(guint8 *out, gsize i, const guint size,
                                                      guint64 value)
{
    const guint16 v16 = (guint16)value;
    const guint32 v32 = (guint32)value;
    switch (size) {
    case 1:
        out[i] = (guint8)value;
        break;
    case 2:
        memcpy(out + 2 * i, &v16, 2);
        break;
    case 4:
        memcpy(out + 4 * i, &v32, 4);
        break;
    default:
        memcpy(out + 8 * i, &value, 8);
        break;
    }
}

/* Eight values at a time: each lies within eight bytes. */
static inline __attribute__((always_inline)) void unpack_groups(const struct plx_leaf *leaf,
                                                                const guint8 *in, gsize groups,
                                                                guint8 *out, const guint size)
{
    const guint64 base = leaf->base, step = leaf->step;
    const guint64 mask = (G_GUINT64_CONSTANT(1) << leaf->width) - 1;
    guint offset[8], shift[8];
    for (guint i = 0; i < 8; i++) {
        offset[i] = i * leaf->width / 8;
        shift[i] = i * leaf->width % 8;
    }
    for (gsize g = 0; g < groups; g++, in += leaf->width, out += 8 * size)
        for (guint i = 0; i < 8; i++)
            put(out, i, size, base + step * (plx_load64(in + offset[i]) >> shift[i] & mask));
}

/* All bits: nothing to shift. */
static inline __attribute__((always_inline)) void
copy_groups(const struct plx_leaf *leaf, const guint8 *in, gsize groups, guint8 *out)
{
    for (gsize i = 0; i < 8 * groups; i++)
        put(out, i, 8, leaf->base + leaf->step * plx_load64(in + 8 * i));
}

static void unpack_some(const struct plx_leaf *leaf, const guint8 *in, gsize groups, guint8 *out)
{
    switch (leaf->size) {
    case 1:
        unpack_groups(leaf, in, groups, out, 1);
        break;
    case 2:
        unpack_groups(leaf, in, groups, out, 2);
        break;
    case 4:
        unpack_groups(leaf, in, groups, out, 4);
        break;
    default:
        if (leaf->width == 64)
            copy_groups(leaf, in, groups, out);
        else
            unpack_groups(leaf, in, groups, out, 8);
        break;
    }
}

static void fill(const struct plx_leaf *leaf, guint32 n, guint8 *out)
{
    for (guint32 i = 0; i < n; i++)
        put(out, i, leaf->size, leaf->base);
}

void plx_leaf_unpack(const struct plx_leaf *leaf, guint32 from, guint32 n, void *out)
{
    guint8 *to = out;
    if (leaf->width == 0) {
        fill(leaf, n, to);
        return;
    }
    const guint width = leaf->width;
    const guint8 *in = leaf->bytes + (gsize)from / 8 * width;
    /* A group is read up to eight bytes past its end. */
    const gsize left = (gsize)(leaf->end - in);
    const gsize safe = left > 8 ? (left - 8) / width : 0;
    const gsize groups = MIN(n / 8, safe);
    unpack_some(leaf, in, groups, to);
    for (guint32 done = (guint32)(8 * groups); done < n; done += 8) {
        guint8 bytes[64 + 8] = {0};
        guint8 values[8 * 8];
        memcpy(bytes, in + (gsize)done / 8 * width, width);
        unpack_some(leaf, bytes, 1, values);
        memcpy(to + (gsize)done * leaf->size, values, (gsize)MIN(n - done, 8) * leaf->size);
    }
}
