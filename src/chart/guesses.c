/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/guesses.h"

#include <math.h>

#define WIDTH 1300.0
#define LEFT 40.0
#define STEP 122.0       /* from one guess to the next */
#define TOWER 118.0      /* room for the highest stack of dots */
#define DOT 11.0         /* radius of a dot where there is room */
#define SMALLEST_DOT 4.0 /* below it a stack becomes a bar */
#define ROW 46.0         /* of the means, below the numbers */

static double at(double share)
{
    return LEFT + STEP * 10 * share;
}

static gint64 most_of(const gint64 *counts, guint k)
{
    gint64 most = 0;
    for (guint i = 0; i < k; i++)
        most = MAX(most, counts[i]);
    return most;
}

static void draw_dots(plx_svg *svg, const gint64 *counts, double base)
{
    const gint64 most = most_of(counts, PLX_GUESSES);
    const double r = most ? MIN(DOT, TOWER / (2.2 * (double)most)) : DOT;
    for (guint i = 0; i < PLX_GUESSES; i++) {
        const double x = LEFT + STEP * i;
        if (counts[i] <= 0)
            continue;
        if (r < SMALLEST_DOT) {
            const double height = TOWER * (double)counts[i] / (double)most;
            plx_svg_rect(svg, "dot", x - 30, base - 4 - height, 60, height, 3);
            continue;
        }
        for (gint64 n = 0; n < counts[i]; n++)
            plx_svg_circle(svg, "dot", x, base - 4 - r * 1.05 - 2.2 * r * (double)n, r);
    }
}

static void draw_axis(plx_svg *svg, double base)
{
    plx_svg_line(svg, "axis", at(0) - 20, base, at(1) + 20, base);
    for (guint i = 0; i < PLX_GUESSES; i++) {
        char number[4];
        g_snprintf(number, sizeof number, "%u", i);
        plx_svg_line(svg, "axis", LEFT + STEP * i, base, LEFT + STEP * i, base + 6);
        plx_svg_label(svg, "number", LEFT + STEP * i, base + 28, "middle", number);
    }
}

static void draw_diamond(plx_svg *svg, double x, double y, double r)
{
    g_autoptr(GString) d = g_string_new(NULL);
    plx_svg_move(d, x, y - r);
    plx_svg_to(d, x + r, y);
    plx_svg_to(d, x, y + r);
    plx_svg_to(d, x - r, y);
    g_string_append_c(d, 'Z');
    plx_svg_path(svg, "mean", d);
}

static void draw_truth(plx_svg *svg, const struct plx_guesses *g, double y)
{
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", "truth");
    if (isfinite(g->guessed)) {
        const double lo = MIN(g->guessed, g->said), hi = MAX(g->guessed, g->said);
        plx_svg_rect(svg, g->guessed > g->said ? "between" : "between below", at(lo), y - 9,
                     at(hi) - at(lo), 18, 0);
    }
    if (isfinite(g->said_lo) && isfinite(g->said_hi))
        plx_svg_rect(svg, "range", at(g->said_lo), y - 4, MAX(at(g->said_hi) - at(g->said_lo), 2),
                     8, 4);
    plx_svg_circle(svg, "said", at(g->said), y, 13);
    plx_svg_close(svg);
}

static void draw_own(plx_svg *svg, double base)
{
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", "own");
    plx_svg_number(svg, "data-step", STEP);
    plx_svg_circle(svg, "dot", LEFT, base - 4 - DOT, DOT);
    plx_svg_close(svg);
}

plx_svg *plx_guesses_draw(const struct plx_guesses *guesses)
{
    const double base = guesses->counts ? TOWER + 12 : guesses->own ? 34 : 8;
    const double y = base + 36 + ROW / 2;
    plx_svg *svg = plx_svg_new(WIDTH, base + 36 + ROW, "guesses", NULL);
    plx_svg_attribute(svg, "aria-hidden", "true");
    draw_axis(svg, base);
    if (guesses->counts)
        draw_dots(svg, guesses->counts, base);
    if (guesses->own)
        draw_own(svg, base);
    if (isfinite(guesses->guessed))
        draw_diamond(svg, at(guesses->guessed), y, 18);
    if (isfinite(guesses->said)) /* above the diamond, whose corners still show */
        draw_truth(svg, guesses, y);
    return svg;
}

plx_svg *plx_guesses_people(double share, const char *class_name, const char *label)
{
    const double step = 26, height = 40;
    plx_svg *svg = plx_svg_new(step * 10, height, "people", NULL);
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-label", label);
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", class_name);
    const int full = isfinite(share) ? (int)round(CLAMP(share, 0, 1) * 10) : 0;
    for (int i = 0; i < 10; i++) {
        const double x = step * i + step / 2;
        plx_svg_open(svg, "g");
        plx_svg_attribute(svg, "class", i < full ? "person full" : "person hollow");
        plx_svg_circle(svg, NULL, x, 8, 6.2);
        plx_svg_rect(svg, NULL, x - 9, 17, 18, 21, 8);
        plx_svg_close(svg);
    }
    plx_svg_close(svg);
    return svg;
}

plx_svg *plx_guesses_answers(const gint64 *counts, const int *values, guint k, guint good,
                             const char *label)
{
    const gboolean many = k > 12;
    const double step = many ? 480.0 / k : 480.0 / MAX(k, 5), tall = 128,
                 left = (480 - step * k) / 2;
    const double gap = many ? step * 0.15 : step * 0.2;
    plx_svg *svg = plx_svg_new(480, tall + 44, "answers", NULL);
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-label", label);
    const gint64 most = MAX(most_of(counts, k), 1);
    for (guint i = 0; i < k; i++) {
        const double h = counts[i] > 0 ? MAX(tall * (double)counts[i] / (double)most, 3) : 1.5;
        const double x = left + step * i;
        plx_svg_rect(svg, i >= good ? "column good" : "column", x + gap / 2, tall + 4 - h,
                     step - gap, h, 2);
        char number[12];
        g_snprintf(number, sizeof number, "%d", values[i]);
        if (!many || i == 0 || i == good || i == k - 1)
            plx_svg_label(svg, i >= good ? "number good" : "number", x + step / 2, tall + 26,
                          "middle", number);
    }
    if (good < k)
        plx_svg_line(svg, "cut", left + step * good + gap / 2, tall + 37, left + step * k - gap / 2,
                     tall + 37);
    return svg;
}
