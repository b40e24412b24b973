/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes into a workspace as a server does: encounters arrive by the clock, whatever the file does
 * (an open loop), and what has arrived is taken in one transaction.
 * Usage: bench-writer WS RATE SECONDS LOG
 * RATE encounters of ROWS rows a second. LOG gets a line for each transaction when it is on the
 * disk: the clock (CLOCK_MONOTONIC, seconds) and how many rows were acknowledged so far. At the end
 * the time from an encounter's arrival to its acknowledgement is printed as JSON. */
#include "store/inbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 5    /* of an encounter */
#define MOST 1000 /* encounters in a transaction */
#define N_POINTS 40
#define N_PLACES 200

/* One encounter; columns that are the same in all rows are constants of the batch. */
struct encounter {
    guint32 subject[ROWS];
    gint8 level[ROWS];
    guint64 unit[ROWS], key[ROWS];
    guint8 known[ROWS];
    gint64 seconds[ROWS];
    gint32 day[ROWS], month[ROWS];
    struct plx_batch batch;
};

struct intake {
    plx_store *store;
    struct plx_dims dims;
    guint32 place[N_PLACES];
    guint audience;
    struct encounter *encounters;
    struct plx_batch *batches;
    guint64 *waited; /* microseconds of each encounter */
    guint64 n_commits, most;
    FILE *log;
};

static guint32 word(plx_dict *dict, const char *text)
{
    char padded[64] = {0}; /* plx_dict_code reads 16 bytes whatever the length */
    g_strlcpy(padded, text, sizeof padded);
    return plx_dict_code(dict, padded, (guint32)strlen(padded));
}

static void init_dims(struct intake *intake, const plx_map *map)
{
    struct plx_dims *const dims = &intake->dims;
    dims->n_dims = PLX_DIM_SEGMENT;
    dims->map = map;
    dims->subjects = g_array_new(FALSE, TRUE, sizeof(struct plx_subject));
    g_array_set_size(dims->subjects, 1);
    for (guint p = 0; p < N_POINTS; p++) {
        char *const id = g_strdup_printf("live-%02u", p); /* lives as long as the program */
        const struct plx_subject subject = {PLX_SUBJECT_POINT, id, id, -1};
        g_array_append_val(dims->subjects, subject);
    }
    for (guint d = PLX_DIM_JOURNEY; d < PLX_DIM_SEGMENT; d++)
        dims->dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
    for (guint p = 0; p < N_PLACES; p++) {
        g_autofree char *name = g_strdup_printf("place-%03u", p + 1);
        intake->place[p] = word(dims->dict[PLX_DIM_PLACE], name);
    }
    for (guint a = 0; a < map->n_audiences; a++)
        if (strcmp(map->audiences[a].id, "customer") == 0)
            intake->audience = a;
}

/* Encounter number `number`, answered now. */
static void fill(const struct intake *intake, struct encounter *e, guint64 number)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(now);
    const gint month = g_date_time_get_year(date) * 12 + g_date_time_get_month(date) - 1;
    for (guint i = 0; i < ROWS; i++) {
        e->subject[i] = 1 + (guint32)(number * 7 + i) % N_POINTS;
        e->level[i] = (gint8)(1 + (number * 3 + i) % 6);
        e->unit[i] = number * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) + 1;
        e->key[i] = number * G_GUINT64_CONSTANT(0xd1b54a32d192ed03) + 2;
        e->known[i] = 1;
        e->seconds[i] = now;
        e->day[i] = (gint32)(now / 86400);
        e->month[i] = month;
    }
    e->batch = (struct plx_batch){.n = ROWS, .dims = &intake->dims, .block = number};
    e->batch.dim_constant[PLX_DIM_AUDIENCE] = intake->audience + 1;
    e->batch.dim[PLX_DIM_SUBJECT] = e->subject;
    e->batch.dim_constant[PLX_DIM_PLACE] = intake->place[number % N_PLACES];
    e->batch.dim_constant[PLX_DIM_CLOCK] = word(intake->dims.dict[PLX_DIM_CLOCK], "second");
    e->batch.measure[PLX_MEASURE_LEVEL] = e->level;
    e->batch.unit = e->unit;
    e->batch.encounter = e->key;
    e->batch.known = e->known;
    e->batch.seconds = e->seconds;
    e->batch.day = e->day;
    e->batch.month = e->month;
}

/* Takes in what is due, encounters `from` on; returns how many. */
static guint64 take(struct intake *intake, gint64 begin, guint64 rate, guint64 from, guint64 all)
{
    g_autoptr(GError) error = NULL;
    const guint64 elapsed = (guint64)(g_get_monotonic_time() - begin);
    const guint64 due = MIN(elapsed * rate / G_USEC_PER_SEC, all);
    const guint n = (guint)MIN(due - from, MOST);
    if (n == 0) {
        g_usleep(G_USEC_PER_SEC / rate / 2);
        return 0;
    }
    for (guint i = 0; i < n; i++) {
        fill(intake, &intake->encounters[i], from + i);
        intake->batches[i] = intake->encounters[i].batch;
    }
    if (!plx_inbox_append(intake->store, intake->batches, n, &error))
        g_error("%s", error->message);
    const gint64 now = g_get_monotonic_time();
    for (guint i = 0; i < n; i++) /* encounter k arrives at k + 1 intervals */
        intake->waited[from + i] = (guint64)(now - begin) - (from + i + 1) * G_USEC_PER_SEC / rate;
    fprintf(intake->log, "%.6f %" G_GUINT64_FORMAT "\n", (double)now / G_USEC_PER_SEC,
            (from + n) * ROWS);
    fflush(intake->log);
    intake->n_commits++;
    intake->most = MAX(intake->most, n);
    return n;
}

static int compare(const void *a, const void *b)
{
    const guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

static void tell(const struct intake *intake, guint64 n, double seconds)
{
    qsort(intake->waited, n, sizeof *intake->waited, compare);
    printf("{\"encounters\": %" G_GUINT64_FORMAT ", \"rows\": %" G_GUINT64_FORMAT
           ", \"seconds\": %.2f, \"transactions\": %" G_GUINT64_FORMAT
           ", \"largest\": %" G_GUINT64_FORMAT
           ", \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f}\n",
           n, n * ROWS, seconds, intake->n_commits, intake->most,
           (double)intake->waited[n / 2] / 1e3, (double)intake->waited[n * 99 / 100] / 1e3,
           (double)intake->waited[n - 1] / 1e3);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        g_error("usage: bench-writer WS RATE SECONDS LOG");
    g_autoptr(GError) error = NULL;
    const guint64 rate = CLAMP(strtoull(argv[2], NULL, 10), 1, 100000);
    const guint64 all = rate * MAX(strtoull(argv[3], NULL, 10), 1);
    g_autoptr(plx_store) store = plx_store_open(argv[1], PLX_STORE_WRITE, &error);
    if (!store)
        g_error("%s", error->message);
    struct intake intake = {.store = store, .log = fopen(argv[4], "w")};
    if (!intake.log)
        g_error("cannot write %s", argv[4]);
    init_dims(&intake, plx_store_map(store));
    intake.encounters = g_new0(struct encounter, MOST);
    intake.batches = g_new0(struct plx_batch, MOST);
    intake.waited = g_new0(guint64, all);
    const gint64 begin = g_get_monotonic_time();
    for (guint64 done = 0; done < all;)
        done += take(&intake, begin, rate, done, all);
    tell(&intake, all, (double)(g_get_monotonic_time() - begin) / G_USEC_PER_SEC);
    fclose(intake.log);
    return 0;
}
