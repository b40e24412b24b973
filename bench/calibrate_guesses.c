/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibrate_guesses.h"

#include "bench/calibration_guesses.h"
#include "stats/share.h"

#include <math.h>
#include <stdio.h>

static const guint leaders[] = {3, 5, 8, 12, 20, 30};
static const guint tables[] = {3, 5, 8, 12, 20};

static const struct plx_room rooms[] = {
    {.title = "Guesses of n leaders beside 30 customers", .customers = 30},
    {.title = "Guesses of n leaders beside 100 customers", .customers = 100},
    {.title = "Guesses of n leaders beside 300 customers", .customers = 300},
    {.title = "Guesses of n leaders beside 3,000 customers", .customers = 3000},
    {.title = "Leaders at n tables of 6 to 8, independent, beside 300 customers",
     .customers = 300,
     .tables = TRUE},
    {.title = "Leaders at n tables, correlation 0.3, beside 300 customers",
     .customers = 300,
     .tables = TRUE,
     .alike = 0.3},
    {.title = "Leaders at n tables, correlation 0.5, beside 300 customers",
     .customers = 300,
     .tables = TRUE,
     .alike = 0.5},
    {.title = "Leaders and customers at n tables each, correlation 0.5",
     .tables = TRUE,
     .alike = 0.5},
};

static void print_percent(double share, guint digits)
{
    if (isnan(share))
        printf(" - |");
    else
        printf(" %.*f |", (int)digits, 100 * share);
}

static void print_line(const struct plx_room *room, guint n, const struct plx_guessed *r)
{
    printf("| %u |", n);
    if (isnan(r->belief.coverage))
        printf(" - | - | - |");
    else
        printf(" %.1f ± %.1f | %.1f | %s, %g |", 100 * r->belief.coverage, 100 * r->belief.error,
               100 * r->belief.lowest,
               plx_guess_world_name(r->belief.lowest_moment / PLX_GUESS_SHARES),
               plx_guess_share(r->belief.lowest_moment % PLX_GUESS_SHARES));
    print_percent(r->belief.rest, 1);
    print_percent(r->belief.width, 0);
    print_percent(r->decided, 1);
    print_percent(r->wrong / r->decided, 2);
    print_percent(r->false_apart, 2);
    print_percent(r->false_right, 2);
    print_percent(r->worst, 2);
    if (room->tables) {
        print_percent(r->gap.coverage, 1);
        print_percent(r->gap.lowest, 1);
    }
    printf("\n");
}

static gboolean print_room(const struct plx_room *room, guint runs, guint64 seed, guint threads)
{
    gboolean held = TRUE;
    g_autoptr(GString) all = g_string_new(NULL);
    printf(
        "\n### %s\n\n| n | belief covers %% | lowest | where | rest | width, points | decided %% "
        "| wrongly, of decided %% | false apart, of all %% | false right, of all %% | at worst "
        "moment %% |%s\n",
        room->title, room->tables ? " gap covers % | lowest |" : "");
    printf("|--:|--:|--:|:--|--:|--:|--:|--:|--:|--:|--:|%s\n", room->tables ? "--:|--:|" : "");
    const guint count = room->tables ? G_N_ELEMENTS(tables) : G_N_ELEMENTS(leaders);
    for (guint i = 0; i < count; i++) {
        const guint n = room->tables ? tables[i] : leaders[i];
        struct plx_guessed result;
        plx_calibrate_guesses(room, n, runs, seed, threads, &result);
        print_line(room, n, &result);
        fflush(stdout);
        g_autofree char *broken = plx_guessed_broken(&result, n);
        held = held && !broken;
        g_string_append(all, broken ? broken : "");
    }
    if (all->len) {
        printf("\n**Promise broken**\n\n%s", all->str);
        fprintf(stderr, "%s: promise broken: %s", room->title, all->str);
    }
    return held;
}

static gboolean print_tables(void)
{
    gboolean held = TRUE;
    printf(
        "\n### Share of n tables that name a theme (exact)\n\n"
        "| n | covers %% | lowest share %% | where none names it, up to %% |\n|--:|--:|--:|--:|\n");
    for (guint n = 3; n <= 12; n++) {
        double lowest;
        const double covers = plx_tables_coverage(n, &lowest);
        printf("| %u | %.1f | %.1f | %.0f |\n", n, 100 * covers, 100 * lowest,
               100 * plx_wilson(0, n, 0.95, FALSE).hi);
        held = held && covers >= 0.93;
    }
    return held;
}

gboolean plx_print_guesses(guint runs, guint64 seed, guint threads)
{
    gboolean held = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(rooms); i++)
        held = print_room(&rooms[i], runs, seed + i, threads) && held;
    return print_tables() && held;
}
