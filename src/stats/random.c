/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/random.h"

#include <math.h>

static guint64 split_mix(guint64 *state)
{
    guint64 z = (*state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void plx_random_seed(struct plx_random *random, guint64 seed)
{
    for (int i = 0; i < 4; i++)
        random->s[i] = split_mix(&seed);
}

void plx_random_seed_stream(struct plx_random *random, guint64 seed, guint64 stream)
{
    guint64 state = stream;
    plx_random_seed(random, seed ^ split_mix(&state));
}

static guint64 rotate(guint64 x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

guint64 plx_random_next(struct plx_random *random)
{
    guint64 *s = random->s;
    const guint64 result = rotate(s[1] * 5, 7) * 9;
    const guint64 t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

double plx_random_uniform(struct plx_random *random)
{
    return (double)(plx_random_next(random) >> 11) * 0x1p-53;
}

guint64 plx_random_below(struct plx_random *random, guint64 n)
{
    g_assert(n > 0);
    /* The last, incomplete run of n values would favour small numbers. It is shorter than n, so its
     * limit, a slow division, is hardly ever needed. */
    guint64 x;
    do
        x = plx_random_next(random);
    while (x > G_MAXUINT64 - n && x >= G_MAXUINT64 - G_MAXUINT64 % n);
    return x % n;
}

/* Box and Muller (1958); one of the two is thrown away so that there is no hidden state. */
double plx_random_normal(struct plx_random *random)
{
    const double u = 1 - plx_random_uniform(random); /* (0, 1] */
    const double v = plx_random_uniform(random);
    return sqrt(-2 * log(u)) * cos(2 * G_PI * v);
}

guint plx_random_choice(struct plx_random *random, const double *weight, guint n)
{
    double total = 0;
    for (guint i = 0; i < n; i++)
        total += weight[i];
    double left = plx_random_uniform(random) * total;
    guint last = 0;
    for (guint i = 0; i < n; i++) {
        if (weight[i] <= 0)
            continue;
        last = i;
        if (left < weight[i])
            return i;
        left -= weight[i];
    }
    return last; /* rounding */
}

void plx_random_shuffle(struct plx_random *random, guint *items, gsize n)
{
    for (gsize i = n; i > 1; i--) {
        const gsize j = plx_random_below(random, i);
        const guint item = items[i - 1];
        items[i - 1] = items[j];
        items[j] = item;
    }
}
