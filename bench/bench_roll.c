/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page asks under filters, of a workspace with a roll (store/store_roll.h) and without:
 * seconds of processor and by the clock, and whether both say the same. Nothing stays kept. Usage:
 * bench-roll WS THREADS TIMES [FILTER...], each asked so often of the roll: "place=place-006",
 * "2024-06-29" (from this day on). */
#include "base/date.h"
#include "store/answer_blob.h"
#include "store/store_roll.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static double processor(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec +
           1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static long memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

static void fail(const GError *error)
{
    fprintf(stderr, "%s\n", error->message);
    exit(1);
}

static guint number_of(const char *text)
{
    guint64 number;
    g_autoptr(GError) error = NULL;
    if (!g_ascii_string_to_unsigned(text, 10, 1, 10000, &number, &error))
        fail(error);
    return (guint)number;
}

static plx_filter *filter_of(const plx_map *map, const char *text)
{
    g_autoptr(GError) error = NULL;
    gint32 day;
    const char *const people[] = {"shopper", "customer", NULL};
    plx_filter *all[] = {plx_filter_in(PLX_DIM_AUDIENCE, NULL, people),
                         plx_day_parse(text, &day) ? plx_filter_days(day, G_MAXINT32)
                                                   : plx_filter_parse(map, text, &error)};
    if (error)
        fail(error);
    return plx_filter_all(all, G_N_ELEMENTS(all));
}

/* The answer as bytes. */
static GByteArray *ask(plx_store *store, guint threads, const struct plx_need *need,
                       const char *what)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_source) source = plx_store_source(store, threads);
    struct plx_answer *answer = NULL;
    const gint64 begin = g_get_monotonic_time();
    const double cpu = processor();
    if (!plx_source_ask(source, need, 1, &answer, &error))
        fail(error);
    printf("  %-10s %7.1f ms  %7.1f ms of processor\n", what,
           1e-3 * (double)(g_get_monotonic_time() - begin), 1e3 * (processor() - cpu));
    GByteArray *const bytes = g_byte_array_new();
    plx_answer_encode(answer, plx_store_map(store), need, bytes);
    plx_answer_free(answer);
    if (!plx_db_execute(plx_store_db(store), "DELETE FROM cache WHERE length(answer) > 1000",
                        &error))
        fail(error);
    return bytes;
}

static gboolean compare(plx_store *store, const plx_store_roll *roll, guint threads, guint times,
                        const char *text)
{
    g_autoptr(plx_filter) filter = filter_of(plx_store_map(store), text);
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS |
                                           PLX_NEED_PAIRS | PLX_NEED_ENCOUNTERS,
                                  .measures = 1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_PREDICTED,
                                  .second = PLX_MEASURE_EXPECTED,
                                  .filter = filter};
    printf("%s\n", text);
    plx_store_set_roll(store, NULL);
    g_autoptr(GByteArray) blocks = ask(store, threads, &need, "blocks");
    plx_store_set_roll(store, roll);
    gboolean same = TRUE;
    for (guint i = 0; i < times; i++) {
        g_autoptr(GByteArray) rolled = ask(store, threads, &need, "roll");
        same = same && blocks->len == rolled->len &&
               memcmp(blocks->data, rolled->data, blocks->len) == 0;
    }
    printf("  %s\n", same ? "the same" : "NOT THE SAME");
    return same;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (argc < 4)
        return 1;
    const guint threads = number_of(argv[2]);
    plx_store *const store = plx_store_open(argv[1], PLX_STORE_WRITE, &error);
    plx_store_roll *roll = NULL;
    const gint64 begin = g_get_monotonic_time();
    const double cpu = processor();
    if (!store || !plx_store_roll_make(store, threads, (gsize)4 << 30, &roll, &error))
        fail(error);
    if (!roll) {
        printf("no roll\n");
        return 1;
    }
    printf("a roll of %.1f MB: %.2f s, %.2f s of processor, at most %ld MB\n",
           1e-6 * (double)plx_store_roll_bytes(roll),
           1e-6 * (double)(g_get_monotonic_time() - begin), processor() - cpu, memory());
    gboolean same = TRUE;
    for (int i = 4; i < argc; i++)
        same = compare(store, roll, threads, number_of(argv[3]), argv[i]) && same;
    plx_store_free(store);
    plx_store_roll_free(roll);
    return same ? 0 : 1;
}
