/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibrate_documents.h"

#include "bench/calibration_document.h"

#include <math.h>
#include <stdio.h>

static const struct plx_crowd crowds[] = {
    {.title = "Every row another person, n leaders, n staff, n customers"},
    {.title = "Persons who rate every point in one mood, n each", .people = TRUE},
    {.title = "The same, n leaders and n staff beside 200 customers",
     .people = TRUE,
     .customers = 200},
    {.title = "The same, n each, and the leaders are all there are",
     .people = TRUE,
     .complete = TRUE},
    {.title = "Persons who answer a point 1 to 4 times, n each",
     .people = TRUE,
     .plain_weights = TRUE,
     .least = 1,
     .most = 4},
    {.title = "Workshop tables of 6 to 8 persons, n tables each",
     .people = TRUE,
     .tables = TRUE,
     .plain_weights = TRUE,
     .least = 6,
     .most = 8,
     .largest = 100},
    {.title = "Persons with weights 1/2, 1 and 3, n each", .people = TRUE, .weighted = TRUE},
};

/* The results of one crowd, by size. */
struct results {
    const guint *sizes;
    guint n;
    struct plx_calibrated *result;
};

static void print_percent(double share, guint digits)
{
    if (isnan(share))
        printf(" - |");
    else
        printf(" %.*f |", (int)digits, 100 * share);
}

static void print_covers(const struct plx_watch *w)
{
    print_percent(w->coverage, 1);
    print_percent(w->lowest, 1);
}

static void print_gaps(const struct results *r)
{
    printf("\n| n | ci covers %% | lowest | where | width | decided %% | of them ci_adjusted "
           "misses %% |"
           " decided wrongly, of decided %% | of all %% | at worst point %% | other word %% |\n");
    printf("|--:|--:|--:|:--|--:|--:|--:|--:|--:|--:|--:|\n");
    static const char *const pairs[][2] = {
        {"leaders", "staff"}, {"leaders", "customers"}, {"staff", "customers"}};
    static const guint sides[][2] = {{0, 1}, {0, 2}, {1, 2}};
    for (guint i = 0; i < r->n; i++) {
        const struct plx_watch *w = &r->result[i].watch[PLX_WATCH_GAP];
        const struct plx_decisions *d = &r->result[i].gaps;
        const guint pair = w->lowest_side;
        printf("| %u | %.1f ± %.1f |", r->sizes[i], 100 * w->coverage, 100 * w->error);
        print_percent(w->lowest, 1);
        printf(" %s %s, %s %s | %.2f |", pairs[pair][0],
               plx_world_get(plx_crowd_world(sides[pair][0], w->lowest_point))->name,
               pairs[pair][1],
               plx_world_get(plx_crowd_world(sides[pair][1], w->lowest_point))->name, w->width);
        print_percent(d->decided, 1);
        print_percent(d->non_covering, 2);
        print_percent(d->wrong_decided, 2);
        print_percent(d->wrong, 3);
        print_percent(d->worst, 2);
        print_percent(r->result[i].words_off, 1);
        printf("\n");
    }
}

static void print_beliefs(const struct results *r)
{
    printf("\n| n | belief covers %% | lowest | rest | decided %% | wrongly, of decided %% |"
           " of all %% | at worst point %% | headline covers %% |\n");
    printf("|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (guint i = 0; i < r->n; i++) {
        const struct plx_watch *w = r->result[i].watch;
        const struct plx_decisions *d = &r->result[i].beliefs;
        printf("| %u |", r->sizes[i]);
        print_covers(&w[PLX_WATCH_BELIEF]);
        print_percent(w[PLX_WATCH_BELIEF].rest, 1);
        print_percent(d->decided, 1);
        print_percent(d->wrong_decided, 2);
        print_percent(d->wrong, 2);
        print_percent(d->worst, 2);
        print_percent(w[PLX_WATCH_HEADLINE].coverage, 1);
        printf("\n");
    }
}

static void print_voices(const struct results *r)
{
    static const enum plx_watched shares[] = {PLX_WATCH_FLOOR, PLX_WATCH_MET, PLX_WATCH_DESIRED};
    printf("\n| n | mean covers %% | lowest | floor | rest | met | rest | desired | rest |"
           " superiority | lowest |\n");
    printf("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (guint i = 0; i < r->n; i++) {
        const struct plx_watch *w = r->result[i].watch;
        printf("| %u |", r->sizes[i]);
        print_covers(&w[PLX_WATCH_MEAN]);
        for (guint s = 0; s < G_N_ELEMENTS(shares); s++) {
            print_percent(w[shares[s]].coverage, 1);
            print_percent(w[shares[s]].rest, 1);
        }
        print_covers(&w[PLX_WATCH_SUPERIORITY]);
        printf("\n");
    }
}

static gboolean print_broken(const struct results *r, const char *title)
{
    gboolean held = TRUE;
    for (guint i = 0; i < r->n; i++) {
        g_autofree char *broken = plx_calibrated_broken(&r->result[i], r->sizes[i]);
        if (!broken)
            continue;
        printf("%s**Promise broken**\n\n%s", held ? "\n" : "", broken);
        fprintf(stderr, "%s: promise broken: %s", title, broken);
        held = FALSE;
    }
    return held;
}

static gboolean print_crowd(const struct plx_crowd *crowd, struct results *r, guint runs,
                            guint64 seed, guint threads)
{
    guint all = r->n;
    for (guint i = 0; i < all; i++) {
        if (crowd->largest && r->sizes[i] > crowd->largest) {
            r->n = i;
            break;
        }
        plx_calibrate_documents(crowd, r->sizes[i], runs, seed, threads, &r->result[i]);
    }
    printf("\n### %s\n", crowd->title);
    print_gaps(r);
    print_beliefs(r);
    print_voices(r);
    const gboolean held = print_broken(r, crowd->title);
    fflush(stdout);
    r->n = all;
    return held;
}

gboolean plx_print_documents(const guint *sizes, guint n_sizes, guint runs, guint64 seed,
                             guint threads)
{
    g_autofree struct plx_calibrated *result = g_new0(struct plx_calibrated, n_sizes);
    struct results r = {sizes, n_sizes, result};
    gboolean held = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(crowds); i++)
        held = print_crowd(&crowds[i], &r, runs, seed + i, threads) && held;
    return held;
}
