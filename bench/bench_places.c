/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The change of treated places less that of the others, with the permutation of places.
 * Usage: bench-places make N FILE       doubles: changes of N treated places, then of N others
 *        bench-places panel FILE        a CSV of 1,000,000 answers: level, place, treated, after
 *        bench-places FILE N REPEATS
 * The last prints processor seconds of one of REPEATS, on one thread, then estimate, t, p of the t
 * and p of the permutation. bench/places.py runs it beside its peers. */
#include "stats/place_change.h"
#include "stats/random.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ANSWERS = 1000000, PLACES = 64, LEVELS = 6 };

static GByteArray *make_changes(guint n)
{
    struct plx_random random;
    GByteArray *out = g_byte_array_new();
    plx_random_seed(&random, 1);
    for (guint i = 0; i < 2 * n; i++) {
        const double change = 0.3 * plx_random_normal(&random) + (i < n ? 0.2 : 0);
        g_byte_array_append(out, (const guint8 *)&change, sizeof change);
    }
    return out;
}

static GByteArray *make_panel(void)
{
    struct plx_random random;
    double shock[PLACES][2];
    g_autoptr(GString) text = g_string_new("level,place,treated,after\n");
    plx_random_seed(&random, 2);
    for (guint p = 0; p < PLACES; p++)
        for (guint after = 0; after < 2; after++)
            shock[p][after] = 0.2 * plx_random_normal(&random);
    for (guint i = 0; i < ANSWERS; i++) {
        const guint p = (guint)plx_random_below(&random, PLACES);
        const guint after = (guint)plx_random_below(&random, 2);
        const guint treated = p < PLACES / 2;
        const double felt = 3.5 + shock[p][after] + 0.3 * treated * after;
        const long level = CLAMP(lround(felt + plx_random_normal(&random)), 1, LEVELS);
        g_string_append_printf(text, "%ld,%u,%u,%u\n", level, p, treated, after);
    }
    GByteArray *out = g_byte_array_new();
    g_byte_array_append(out, (const guint8 *)text->str, (guint)text->len);
    return out;
}

static gboolean make(GByteArray *bytes, const char *path)
{
    g_autoptr(GByteArray) out = bytes;
    return g_file_set_contents(path, (const char *)out->data, out->len, NULL);
}

static int measure(const char *path, guint n, guint repeats)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &bytes, &length, NULL) || length != 2 * n * sizeof(double))
        return 1;
    g_autofree double *change = g_new(double, 2 * (gsize)n);
    memcpy(change, bytes, length);
    struct plx_place_change found = {0};
    const clock_t start = clock();
    for (guint i = 0; i < repeats; i++)
        found = plx_place_change(change, n, change + n, n, 0.95, 1);
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC / repeats;
    printf("%.9f\n%.15g\n%.15g\n%.15g\n%.15g\n", seconds, found.estimate, found.estimate / found.se,
           found.p, found.p_permuted);
    return 0;
}

/* 0: no number. */
static guint count_of(const char *text)
{
    guint64 n = 0;
    return g_ascii_string_to_unsigned(text, 10, 1, 1000000, &n, NULL) ? (guint)n : 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "make") == 0 && count_of(argv[2]))
        return make(make_changes(count_of(argv[2])), argv[3]) ? 0 : 1;
    if (argc == 3 && strcmp(argv[1], "panel") == 0)
        return make(make_panel(), argv[2]) ? 0 : 1;
    if (argc == 4 && count_of(argv[2]) && count_of(argv[3]))
        return measure(argv[1], count_of(argv[2]), count_of(argv[3]));
    fprintf(stderr, "usage: bench-places make N FILE | panel FILE | FILE N REPEATS\n");
    return 1;
}
