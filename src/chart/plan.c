/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/plan.h"

#include "chart/picture_layout.h"

#define BOX 256.0 /* width of a transaction */
#define GAP 24.0  /* between boxes: room for an arrow */
#define ACROSS 4  /* boxes side by side */
#define MARGIN 20.0
#define PAD 12.0
#define LINE 16.0
#define SIZE 12.5
#define HEAD 14.0
#define FLAG 22.0 /* room for a flag before a title */
#define WIDTH (2 * MARGIN + ACROSS * BOX + (ACROSS - 1) * GAP)

/* Alone in a file: page.css is not there. */
static const char style[] =
    "svg{--paper:#fff;--panel:#f5f5f1;--ink:#17202b;--muted:#525c68;--line:#d5d8d2;--flag:#0961a8;"
    "background:var(--paper);font:12.5px/1.3 Inter,\"Segoe UI\",system-ui,\"Noto Sans\",sans-serif}"
    "@media(prefers-color-scheme:dark){svg{--paper:#12171d;--panel:#1b222a;--ink:#edf0f3;"
    "--muted:#abb5c0;--line:#38424d;--flag:#72bbf5}}"
    "@media print{svg{--paper:#fff;--panel:#f5f5f1;--ink:#17202b;--muted:#525c68;--line:#d5d8d2;"
    "--flag:#0961a8}}"
    ".ground{fill:var(--paper)}text{fill:var(--ink);unicode-bidi:plaintext}"
    ".title{font-size:20px;font-weight:700}.journey{font-size:16px;font-weight:700}"
    ".transaction{font-size:14px;font-weight:650}.senses,.about{fill:var(--muted);font-size:11.5px}"
    ".box{fill:var(--panel);stroke:var(--line)}.rule,.arrow{stroke:var(--muted);stroke-width:1.5;"
    "fill:none}.pole{stroke:var(--flag);stroke-width:1.5}.cloth{fill:var(--flag)}"
    ".number{fill:var(--flag);font-size:11px;font-weight:700}";

static guint count_lines(const char *text, double width, double size)
{
    g_auto(GStrv) lines = plx_layout_wrap(text, width, size, 3);
    return g_strv_length(lines);
}

/* The same room whether or not there is a flag, so that titles stand below one another. */
static double point_width(void)
{
    return BOX - 2 * PAD - FLAG;
}

static double box_height(const struct plx_plan_box *box)
{
    double height = PAD + LINE * count_lines(box->title, BOX - 2 * PAD, HEAD) + 10;
    for (guint i = 0; i < box->n_points; i++) {
        height += LINE * count_lines(box->points[i].title, point_width(), SIZE) + 6;
        height += *box->points[i].senses || box->points[i].elsewhere ? LINE - 2 : 0;
    }
    return height + PAD;
}

static double draw_lines(plx_svg *svg, const char *class_name, const char *text, double x, double y,
                         double width, double size)
{
    g_auto(GStrv) lines = plx_layout_wrap(text, width, size, 3);
    for (guint i = 0; lines[i]; i++, y += LINE)
        plx_svg_label(svg, class_name, x, y + 12, "start", lines[i]);
    return y;
}

static void draw_flag(plx_svg *svg, double x, double y, const char *numbers)
{
    g_autoptr(GString) d = g_string_new(NULL);
    plx_svg_line(svg, "pole", x, y, x, y + 13);
    plx_svg_move(d, x, y);
    plx_svg_to(d, x + 10, y + 3);
    plx_svg_to(d, x, y + 6.5);
    plx_svg_path(svg, "cloth", d);
    plx_svg_label(svg, "number", x + 3, y + 16.5, "start", numbers);
}

static double draw_point(plx_svg *svg, const struct plx_plan_point *point, double x, double y)
{
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", "point");
    if (point->promises)
        draw_flag(svg, x + PAD, y, point->promises);
    y = draw_lines(svg, "name", point->title, x + PAD + FLAG, y, point_width(), SIZE);
    if (*point->senses || point->elsewhere) {
        g_autofree char *text =
            g_strdup_printf("%s%s%s", point->elsewhere ? "→ as in its own journey" : "",
                            point->elsewhere && *point->senses ? " · " : "", point->senses);
        plx_svg_label(svg, "senses", x + PAD + FLAG, y + 10, "start", text);
        y += LINE - 2;
    }
    plx_svg_close(svg);
    plx_svg_break(svg);
    return y + 6;
}

static void draw_box(plx_svg *svg, const struct plx_plan_box *box, double x, double y,
                     double height)
{
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", "of-transaction");
    plx_svg_rect(svg, "box", x, y, BOX, height, 4);
    double at = draw_lines(svg, "transaction", box->title, x + PAD, y + PAD, BOX - 2 * PAD, HEAD);
    plx_svg_line(svg, "rule", x + PAD, at + 3, x + BOX - PAD, at + 3);
    at += 10;
    for (guint i = 0; i < box->n_points; i++)
        at = draw_point(svg, &box->points[i], x, at);
    plx_svg_close(svg);
    plx_svg_break(svg);
}

static void draw_arrow(plx_svg *svg, double x, double y)
{
    g_autoptr(GString) d = g_string_new(NULL);
    plx_svg_move(d, x + 8, y - 6);
    plx_svg_to(d, x + 15, y);
    plx_svg_to(d, x + 8, y + 6);
    plx_svg_path(svg, "arrow", d);
}

/* Boxes side by side, as high as the highest; where there is an svg they are drawn. */
static double put_row(plx_svg *svg, const struct plx_plan_row *row, double y)
{
    if (svg)
        plx_svg_label(svg, "journey", MARGIN, y + 16, "start", row->title);
    y += 28;
    for (guint first = 0; first < row->n_boxes; first += ACROSS) {
        const guint n = MIN(ACROSS, row->n_boxes - first);
        double height = 0;
        for (guint i = 0; i < n; i++)
            height = MAX(height, box_height(&row->boxes[first + i]));
        for (guint i = 0; svg && i < n; i++) {
            const double x = MARGIN + i * (BOX + GAP);
            draw_box(svg, &row->boxes[first + i], x, y, height);
            if (first + i + 1 < row->n_boxes)
                draw_arrow(svg, x + BOX, y + PAD + LINE / 2);
        }
        y += height + GAP;
    }
    return y;
}

static double put_promises(plx_svg *svg, const struct plx_plan *plan, double y)
{
    if (!plan->n_promises)
        return y;
    if (svg)
        plx_svg_label(svg, "journey", MARGIN, y + 16, "start", "What is promised");
    y += 30;
    for (guint i = 0; i < plan->n_promises; i++, y += 22) {
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        if (!svg)
            continue;
        draw_flag(svg, MARGIN, y, number);
        g_auto(GStrv) line = plx_layout_wrap(plan->promises[i], WIDTH - 2 * MARGIN - FLAG, SIZE, 1);
        plx_svg_label(svg, "name", MARGIN + FLAG, y + 12, "start", line[0] ? line[0] : "");
    }
    return y;
}

static double put_all(plx_svg *svg, const struct plx_plan *plan)
{
    double y = MARGIN;
    if (svg) {
        plx_svg_label(svg, "title", MARGIN, y + 18, "start", plan->title);
        plx_svg_label(svg, "about", MARGIN, y + 38, "start", plan->about);
    }
    y += 60;
    for (guint i = 0; i < plan->n_rows; i++)
        y = put_row(svg, &plan->rows[i], y);
    return put_promises(svg, plan, y);
}

plx_svg *plx_plan_draw(const struct plx_plan *plan)
{
    const double height = put_all(NULL, plan) + MARGIN;
    plx_svg *svg = plx_svg_new(WIDTH, height, "plan", NULL);
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-labelledby", "plan-title plan-about");
    plx_svg_open(svg, "title");
    plx_svg_attribute(svg, "id", "plan-title");
    plx_svg_text(svg, plan->title);
    plx_svg_close(svg);
    plx_svg_open(svg, "desc");
    plx_svg_attribute(svg, "id", "plan-about");
    plx_svg_text(svg, plan->about);
    plx_svg_close(svg);
    plx_svg_element(svg, "style", style);
    plx_svg_rect(svg, "ground", 0, 0, WIDTH, height, 0);
    plx_svg_break(svg);
    put_all(svg, plan);
    return svg;
}
