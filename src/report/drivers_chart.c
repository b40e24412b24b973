/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drivers.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define WIDTH 720.0
#define LABELS 280.0 /* room for the titles */
#define ROW 24.0
#define TOP 34.0
#define LETTERS 35 /* of a title that is drawn */

static double extent(const struct plx_drivers_part *p)
{
    double most = 0.01;
    for (guint i = 0; i < p->n_points; i++) {
        const struct plx_driver *d = &p->points[i];
        if (!d->rank)
            continue;
        most = MAX(most, d->share);
        if (!isnan(d->share_ci.hi))
            most = MAX(most, d->share_ci.hi);
    }
    return most;
}

static char *short_title(const char *title)
{
    if (g_utf8_strlen(title, -1) <= LETTERS)
        return g_strdup(title);
    g_autofree char *head = g_utf8_substring(title, 0, LETTERS - 1);
    return g_strconcat(head, "…", NULL);
}

static gboolean thought(const plx_drivers *drivers, guint part, guint point)
{
    const struct plx_driver_view *view = drivers->n_views ? &drivers->views[0] : NULL;
    for (guint i = 0; view && i < view->n_opinions; i++)
        if (view->opinions[i].part == part && view->opinions[i].point == point)
            return view->opinions[i].opinion == PLX_OPINION_BOTH ||
                   view->opinions[i].opinion == PLX_OPINION_THOUGHT;
    return FALSE;
}

static void draw_diamond(plx_svg *svg, double x, double y)
{
    g_autoptr(GString) d = g_string_new(NULL);
    plx_svg_move(d, x, y - 6);
    plx_svg_to(d, x + 6, y);
    plx_svg_to(d, x, y + 6);
    plx_svg_to(d, x - 6, y);
    g_string_append(d, "Z");
    plx_svg_path(svg, "shape-diamond", d);
}

static void draw_row(plx_svg *svg, const struct plx_driver *d, double y, double most, gboolean told)
{
    const double unit = (WIDTH - LABELS - 90) / most;
    g_autofree char *title = short_title(d->title);
    g_autoptr(GString) share = g_string_new(NULL);
    plx_words_percent(share, d->share);
    plx_svg_label(svg, d->named ? "driver-title named" : "driver-title", LABELS - 22, y + 4, "end",
                  title);
    if (told)
        draw_diamond(svg, LABELS - 9, y);
    plx_svg_rect(svg, d->named ? "driver-bar named" : "driver-bar", LABELS, y - 7, d->share * unit,
                 14, 2);
    if (!isnan(d->share_ci.lo))
        plx_svg_line(svg, "driver-range", LABELS + d->share_ci.lo * unit, y,
                     LABELS + d->share_ci.hi * unit, y);
    if (!isnan(d->mood_share))
        plx_svg_line(svg, "driver-mood", LABELS + d->mood_share * unit, y - 10,
                     LABELS + d->mood_share * unit, y + 10);
    const double end = isnan(d->share_ci.hi) ? d->share : MAX(d->share_ci.hi, d->share);
    /* fmax: without a share of mood (NaN) there is no tick to stand clear of. */
    plx_svg_label(svg, "driver-share", LABELS + fmax(end, d->mood_share) * unit + 8, y + 4, "start",
                  share->str);
    plx_svg_break(svg);
}

static void add_words(plx_svg *svg, const plx_drivers *drivers, const struct plx_drivers_part *p)
{
    g_autofree char *title =
        g_strdup_printf("What goes with %s: %s", drivers->outcome, p->journey_title);
    g_autoptr(GString) words = g_string_new(
        "A bar per point: its share of the differences in the whole; a thin line for its range; a "
        "tick at what mood alone would give. The table below says the same in numbers.");
    for (guint i = 0; i < p->n_points && i < 3; i++) {
        const struct plx_driver *d = &p->points[i];
        if (!d->rank)
            break;
        g_string_append_printf(words, " %s: ", d->title);
        plx_words_percent(words, d->share);
        g_string_append(words, d->named ? ", beyond mood." : ".");
    }
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-label", title);
    plx_svg_element(svg, "title", title);
    plx_svg_element(svg, "desc", words->str);
    plx_svg_break(svg);
}

plx_svg *plx_drivers_chart(const plx_drivers *drivers, guint part)
{
    const struct plx_drivers_part *p = &drivers->parts[part];
    guint rows = 0;
    for (guint i = 0; i < p->n_points; i++)
        rows += p->points[i].rank ? 1 : 0;
    if (rows == 0)
        return NULL;
    plx_svg *svg = plx_svg_new(WIDTH, TOP + ROW * rows + 6, "drivers", NULL);
    add_words(svg, drivers, p);
    g_autoptr(GString) key = g_string_new("bar: share · line: range · tick: what mood alone gives");
    if (drivers->n_views) {
        g_string_append(key, " · diamond: important to ");
        g_string_append(key,
                        plx_words_audience(drivers->views[0].audience, drivers->views[0].title));
    }
    plx_svg_label(svg, "driver-key", 4, 14, "start", key->str);
    const double most = extent(p);
    for (guint i = 0; i < rows; i++)
        draw_row(svg, &p->points[i], TOP + ROW * i, most, thought(drivers, part, i));
    return svg;
}
