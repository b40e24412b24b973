/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/picture.h"

#include "chart/picture_layout.h"
#include "chart/picture_shape.h"

#include <math.h>

struct drawing {
    plx_svg *svg;
    const struct plx_picture *picture;
    struct plx_layout layout;
};

static double height_of(const struct drawing *d, const struct plx_row *row, double value)
{
    const double share = (value - d->picture->min) / (d->picture->max - d->picture->min);
    return row->plot_bottom - CLAMP(share, 0, 1) * (row->plot_bottom - row->plot_top);
}

static double mark_value(const struct drawing *d, guint point, gint voice)
{
    return voice < 0 ? (double)NAN : d->picture->points[point].marks[voice].value;
}

static void open_group(plx_svg *svg, const char *class_name)
{
    plx_svg_break(svg);
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", class_name);
}

/* The area between the two voices over one stretch of two neighbours, cut where they cross. */
static void append_stretch(GString *above, GString *below, const double x[2], const double base[2],
                           const double front[2])
{
    /* Screen heights grow downwards: front above base where it is smaller. */
    const double d0 = base[0] - front[0], d1 = base[1] - front[1];
    if (d0 * d1 >= 0) {
        GString *path = d0 + d1 >= 0 ? above : below;
        plx_svg_move(path, x[0], front[0]);
        plx_svg_to(path, x[1], front[1]);
        plx_svg_to(path, x[1], base[1]);
        plx_svg_to(path, x[0], base[0]);
        g_string_append_c(path, 'Z');
        return;
    }
    const double t = d0 / (d0 - d1);
    const double cross_x = x[0] + t * (x[1] - x[0]), cross_y = base[0] + t * (base[1] - base[0]);
    for (int side = 0; side < 2; side++) {
        GString *path = (side ? d1 : d0) > 0 ? above : below;
        plx_svg_move(path, x[side], front[side]);
        plx_svg_to(path, cross_x, cross_y);
        plx_svg_to(path, x[side], base[side]);
        g_string_append_c(path, 'Z');
    }
}

static gboolean both_at(const struct drawing *d, guint point)
{
    return !d->picture->points[point].among && isfinite(mark_value(d, point, d->picture->base)) &&
           isfinite(mark_value(d, point, d->picture->front));
}

static void draw_parallax(struct drawing *d, const struct plx_section *section)
{
    const struct plx_picture *picture = d->picture;
    const struct plx_row *row = &d->layout.rows[section->row];
    g_autoptr(GString) above = g_string_new(NULL);
    g_autoptr(GString) below = g_string_new(NULL);
    for (guint i = section->first; i < section->first + section->n; i++) {
        if (!both_at(d, i))
            continue;
        const gboolean before = !picture->apart && i > section->first && both_at(d, i - 1);
        const gboolean after =
            !picture->apart && i + 1 < section->first + section->n && both_at(d, i + 1);
        double x[2] = {d->layout.places[i].x, 0}, base[2], front[2];
        base[0] = height_of(d, row, mark_value(d, i, picture->base));
        front[0] = height_of(d, row, mark_value(d, i, picture->front));
        if (after) {
            x[1] = d->layout.places[i + 1].x;
            base[1] = height_of(d, row, mark_value(d, i + 1, picture->base));
            front[1] = height_of(d, row, mark_value(d, i + 1, picture->front));
        } else if (!before) {
            /* Alone in its section, or apart: a narrow column says the same. */
            x[1] = x[0] + 8;
            x[0] -= 8;
            base[1] = base[0];
            front[1] = front[0];
        } else {
            continue;
        }
        append_stretch(above, below, x, base, front);
    }
    plx_svg_path(d->svg, "parallax", above);
    if (below->len) {
        g_autofree char *fill = g_strdup_printf("url(#%s-hatch)", picture->id);
        plx_svg_open(d->svg, "path");
        plx_svg_attribute(d->svg, "class", "parallax-below");
        plx_svg_attribute(d->svg, "fill", fill);
        plx_svg_attribute(d->svg, "d", below->str);
        plx_svg_close(d->svg);
    }
}

/* A voice's line through the points of one section; a missing value interrupts it. */
static void draw_voice_line(struct drawing *d, const struct plx_section *section, gint voice,
                            const char *class_name)
{
    if (voice < 0 || d->picture->apart)
        return;
    g_autofree char *name =
        g_strdup_printf("%s voice-%d colour-%s", class_name, voice,
                        plx_picture_shape_name(d->picture->voices[voice].shape));
    g_autoptr(GString) path = g_string_new(NULL);
    gboolean drawing = FALSE;
    for (guint i = section->first; i < section->first + section->n; i++) {
        const double value = mark_value(d, i, voice);
        if (isfinite(value)) {
            const double y = height_of(d, &d->layout.rows[section->row], value);
            if (drawing)
                plx_svg_to(path, d->layout.places[i].x, y);
            else
                plx_svg_move(path, d->layout.places[i].x, y);
        }
        drawing = isfinite(value);
    }
    plx_svg_path(d->svg, name, path);
}

static void draw_wrapped(plx_svg *svg, const char *class_name, double x, double y, double leading,
                         char **lines)
{
    for (guint i = 0; lines[i]; i++)
        plx_svg_label(svg, class_name, x, y + i * leading, "middle", lines[i]);
}

/* One that is cut has its whole text for whoever points at it. */
static void draw_heading(struct drawing *d, const struct plx_section *section, const char *heading)
{
    const double rule = d->layout.rows[section->row].plot_top - 12;
    const double pad = d->layout.column * 0.12;
    g_auto(GStrv) lines = plx_layout_heading(&d->layout, section, heading);
    const gboolean cut = plx_layout_is_cut(lines);
    const double above = PLX_LAYOUT_HEADING_LEADING * (g_strv_length(lines) - 1.0);
    if (cut) {
        plx_svg_open(d->svg, "g");
        plx_svg_element(d->svg, "title", heading);
    }
    draw_wrapped(d->svg, "heading", section->x + section->width / 2, rule - 9 - above,
                 PLX_LAYOUT_HEADING_LEADING, lines);
    if (cut)
        plx_svg_close(d->svg);
    plx_svg_line(d->svg, "rule", section->x - pad, rule, section->x + section->width + pad, rule);
}

static void draw_section(struct drawing *d, const struct plx_section *section)
{
    const char *heading = d->picture->points[section->first].heading;
    if (heading)
        draw_heading(d, section, heading);
    draw_parallax(d, section);
    draw_voice_line(d, section, d->picture->front, "line-front");
    draw_voice_line(d, section, d->picture->base, "line-base");
}

/* Panels lie below the level lines, so that a section is one piece and levels run through. */
static void draw_panels(struct drawing *d)
{
    open_group(d->svg, "panels");
    const double pad = d->layout.column * 0.12;
    for (guint i = 0; i < d->layout.n_sections; i++) {
        const struct plx_section *s = &d->layout.sections[i];
        const struct plx_row *row = &d->layout.rows[s->row];
        plx_svg_rect(d->svg, "panel", s->x - pad, row->plot_top - 12, s->width + 2 * pad,
                     row->plot_bottom - row->plot_top + 16, 0);
        for (guint l = 0; l < d->picture->n_levels; l++) {
            if (!d->picture->levels[l].strong)
                continue;
            const double y = height_of(d, row, d->picture->levels[l].value);
            plx_svg_rect(d->svg, "panel-below", s->x - pad, y, s->width + 2 * pad,
                         row->plot_bottom + 4 - y, 0);
        }
    }
    plx_svg_close(d->svg);
}

static void draw_levels(struct drawing *d, const struct plx_row *row)
{
    for (guint i = 0; i < d->picture->n_levels; i++) {
        const struct plx_picture_level *level = &d->picture->levels[i];
        const double y = height_of(d, row, level->value);
        plx_svg_line(d->svg, level->strong ? "level strong" : "level", d->layout.left - 8, y,
                     row->right + 6, y);
        plx_svg_label(d->svg, level->strong ? "level-label strong" : "level-label",
                      d->layout.left - 16, y + 4.5, "end", level->label);
    }
    const double y = row->plot_bottom;
    g_auto(GStrv) lines = plx_layout_below(d->picture, d->layout.left);
    for (guint i = 0; lines[i]; i++)
        plx_svg_label(d->svg, "level-label", d->layout.left - 16, y + 24 + i * 14.0, "end",
                      lines[i]);
    if (d->picture->friction_label)
        plx_svg_label(d->svg, "level-label", d->layout.left - 16, y + 56, "end",
                      d->picture->friction_label);
}

static void draw_interval(struct drawing *d, const struct plx_row *row, double x,
                          const struct plx_picture_mark *mark)
{
    if (!isfinite(mark->lo) || !isfinite(mark->hi))
        return;
    const double lo = height_of(d, row, mark->lo), hi = height_of(d, row, mark->hi);
    plx_svg_line(d->svg, "interval", x, lo, x, hi);
    plx_svg_line(d->svg, "interval", x - 4, lo, x + 4, lo);
    plx_svg_line(d->svg, "interval", x - 4, hi, x + 4, hi);
}

static void draw_mark(struct drawing *d, const struct plx_row *row, guint voice, double x,
                      const struct plx_picture_mark *mark)
{
    if (!isfinite(mark->value))
        return;
    const struct plx_picture_voice *v = &d->picture->voices[voice];
    g_autofree char *name =
        g_strdup_printf("voice voice-%u colour-%s%s", voice, plx_picture_shape_name(v->shape),
                        v->faint ? " faint" : "");
    plx_svg_open(d->svg, "g");
    plx_svg_attribute(d->svg, "class", name);
    if (mark->words)
        plx_svg_element(d->svg, "title", mark->words);
    if (!v->faint)
        draw_interval(d, row, x, mark);
    plx_picture_shape(d->svg, v->shape, x, height_of(d, row, mark->value), v->faint ? 4 : 5.5);
    plx_svg_close(d->svg);
}

/* Several points in one column: the two voices beside each other, the others not at all. */
static void draw_ranges(struct drawing *d, const struct plx_row *row, guint point, double x)
{
    const struct plx_picture *picture = d->picture;
    const double step = picture->front >= 0 ? MIN(12, d->layout.column * 0.24) : 0;
    for (guint v = 0; v < picture->n_voices; v++) {
        const struct plx_picture_mark *mark = &picture->points[point].marks[v];
        if (picture->voices[v].faint || !isfinite(mark->value))
            continue;
        const double ys[3] = {height_of(d, row, mark->value), height_of(d, row, mark->lo),
                              height_of(d, row, mark->hi)};
        const double offset = (gint)v == picture->front ? -step : step;
        plx_picture_range(d->svg, picture->voices[v].shape, x + offset, ys, mark->words);
    }
}

/* Voices that are only shown beside the two stand a little to the left and right of them. */
static void draw_marks(struct drawing *d, const struct plx_row *row, guint point, double x)
{
    const struct plx_picture *picture = d->picture;
    const double step = MIN(11, d->layout.column * 0.27);
    guint beside = 0;
    for (guint v = 0; v < picture->n_voices; v++) {
        if (!picture->voices[v].faint)
            continue;
        const double offset = (beside % 2 ? 1 : -1) * step * (1 + (double)(beside / 2));
        draw_mark(d, row, v, x + offset, &picture->points[point].marks[v]);
        beside++;
    }
    for (guint v = 0; v < picture->n_voices; v++)
        if (!picture->voices[v].faint)
            draw_mark(d, row, v, x, &picture->points[point].marks[v]);
}

static void draw_accent(struct drawing *d, const struct plx_row *row, guint point, double x)
{
    const enum plx_picture_accent accent = d->picture->points[point].accent;
    if (accent == PLX_ACCENT_NONE || !both_at(d, point))
        return;
    const double a = height_of(d, row, mark_value(d, point, d->picture->front));
    const double b = height_of(d, row, mark_value(d, point, d->picture->base));
    const char *name = accent == PLX_ACCENT_ABOVE ? "accent-above" : "accent-below";
    plx_svg_rect(d->svg, name, x - 4, MIN(a, b), 8, fabs(a - b), 0);
}

static void draw_share(struct drawing *d, const char *class_name, double x, double y, double share)
{
    if (!isfinite(share))
        return;
    const double width = MIN(44, d->layout.column - 8);
    plx_svg_rect(d->svg, "track", x - width / 2, y, width, 6, 3);
    const double part = CLAMP(share, 0, 1) * width;
    if (part >= 0.5)
        plx_svg_rect(d->svg, class_name, x - width / 2, y, part, 6, MIN(3, part / 2));
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%.0f", share * 100);
    plx_svg_label(d->svg, "share", x, y + 20, "middle", number);
}

static void draw_point_label(struct drawing *d, const struct plx_picture_point *point, double x,
                             double y)
{
    const char *name = point->accent == PLX_ACCENT_ABOVE ? "point-label told" : "point-label";
    g_auto(GStrv) lines = plx_layout_label(&d->layout, point->title, x);
    if (!d->layout.slanted) {
        draw_wrapped(d->svg, name, x, y + 10, 15, lines);
        return;
    }
    char across[G_ASCII_DTOSTR_BUF_SIZE], down[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(across, sizeof across, "%.2f", x + 5);
    g_ascii_formatd(down, sizeof down, "%.2f", y + 8);
    g_autofree char *turn = g_strdup_printf("translate(%s,%s) rotate(-40)", across, down);
    plx_svg_open(d->svg, "g");
    plx_svg_attribute(d->svg, "transform", turn);
    const guint n = g_strv_length(lines);
    for (guint i = 0; i < n; i++)
        plx_svg_label(d->svg, name, 0, n == 1 ? 0 : i * 13.0 - 4, "end", lines[i]);
    plx_svg_close(d->svg);
}

static void draw_flag(struct drawing *d, double x, double y, const char *words)
{
    open_group(d->svg, "flag");
    plx_svg_element(d->svg, "title", words);
    g_autoptr(GString) path = g_string_new(NULL);
    plx_svg_move(path, x - 5, y + 14);
    plx_svg_to(path, x - 5, y);
    plx_svg_to(path, x + 6, y + 3.5);
    plx_svg_to(path, x - 5, y + 7);
    plx_svg_path(d->svg, "flag-shape", path);
    plx_svg_close(d->svg);
}

/* The words under a point. They are no part of its link: its label says all of this better. */
static void draw_under(struct drawing *d, guint i)
{
    const struct plx_picture_point *point = &d->picture->points[i];
    const double x = d->layout.places[i].x;
    double y = d->layout.rows[d->layout.places[i].row].plot_bottom + 16;
    plx_svg_break(d->svg);
    if (d->picture->below_label)
        draw_share(d, "share-below", x, y, point->below);
    else
        y -= PLX_LAYOUT_BARS;
    if (d->picture->friction_label) {
        y += 30;
        draw_share(d, "share-friction", x, y, point->friction);
    }
    draw_point_label(d, point, x, y + 28);
}

static void draw_point(struct drawing *d, guint i)
{
    const struct plx_picture_point *point = &d->picture->points[i];
    const struct plx_row *row = &d->layout.rows[d->layout.places[i].row];
    const double x = d->layout.places[i].x, column = d->layout.column;
    plx_svg_break(d->svg);
    plx_svg_open(d->svg, point->href ? "a" : "g");
    plx_svg_attribute(d->svg, "class", point->among ? "point several" : "point");
    plx_svg_attribute(d->svg, "href", point->href);
    if (!point->href) {
        plx_svg_attribute(d->svg, "tabindex", "0");
        plx_svg_attribute(d->svg, "role", "img");
    }
    plx_svg_attribute(d->svg, "aria-label", point->label);
    plx_svg_rect(d->svg, "column", x - column / 2 + 1, row->plot_top - 10, column - 2,
                 row->plot_bottom - row->plot_top + 50, 3);
    if (point->flag)
        draw_flag(d, x, row->plot_top - 9, point->flag);
    draw_accent(d, row, i, x);
    if (point->among)
        draw_ranges(d, row, i, x);
    else
        draw_marks(d, row, i, x);
    plx_svg_close(d->svg);
}

static void draw_patterns(struct drawing *d)
{
    plx_svg_open(d->svg, "defs");
    plx_svg_open(d->svg, "pattern");
    g_autofree char *id = g_strconcat(d->picture->id, "-hatch", NULL);
    plx_svg_attribute(d->svg, "id", id);
    plx_svg_attribute(d->svg, "width", "6");
    plx_svg_attribute(d->svg, "height", "6");
    plx_svg_attribute(d->svg, "patternUnits", "userSpaceOnUse");
    plx_svg_attribute(d->svg, "patternTransform", "rotate(45)");
    plx_svg_line(d->svg, "hatch", 0, 0, 0, 6);
    plx_svg_close(d->svg);
    plx_svg_close(d->svg);
}

static void draw_rows(struct drawing *d)
{
    for (guint r = 0; r < d->layout.n_rows; r++) {
        const struct plx_row *row = &d->layout.rows[r];
        open_group(d->svg, "row");
        plx_svg_attribute(d->svg, "aria-hidden", "true");
        if (row->chapter)
            plx_svg_label(d->svg, "chapter", 0, row->top + 18, "start", row->chapter);
        draw_levels(d, row);
        for (guint i = 0; i < d->layout.n_sections; i++)
            if (d->layout.sections[i].row == r)
                draw_section(d, &d->layout.sections[i]);
        for (guint i = row->first; i < row->first + row->n; i++)
            draw_under(d, i);
        plx_svg_close(d->svg);
    }
}

plx_svg *plx_picture_draw(const struct plx_picture *picture)
{
    g_assert(picture->n_voices <= PLX_PICTURE_VOICES && picture->max > picture->min);
    struct drawing d = {.picture = picture};
    plx_layout_init(&d.layout, picture);
    d.svg = plx_svg_new(d.layout.width, d.layout.height, "picture", picture->id);
    g_autofree char *title_id = g_strconcat(picture->id, "-title", NULL);
    g_autofree char *about_id = g_strconcat(picture->id, "-about", NULL);
    plx_svg_attribute(d.svg, "role", "group");
    plx_svg_attribute(d.svg, "aria-labelledby", title_id);
    plx_svg_attribute(d.svg, "aria-describedby", about_id);
    plx_svg_open(d.svg, "title");
    plx_svg_attribute(d.svg, "id", title_id);
    plx_svg_text(d.svg, picture->title);
    plx_svg_close(d.svg);
    plx_svg_open(d.svg, "desc");
    plx_svg_attribute(d.svg, "id", about_id);
    plx_svg_text(d.svg, picture->about);
    plx_svg_close(d.svg);
    draw_patterns(&d);
    draw_panels(&d);
    draw_rows(&d);
    for (guint i = 0; i < picture->n_points; i++)
        draw_point(&d, i);
    plx_layout_clear(&d.layout);
    return d.svg;
}
