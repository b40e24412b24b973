/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/picture.h"
#include "chart/picture_layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A picture of n points in sections of `per_section`, in journeys of `per_chapter`. */
struct world {
    struct plx_picture picture;
    struct plx_picture_level levels[6];
    struct plx_picture_point points[64];
    char sections[64][16], chapters[64][16];
};

static struct world *world_new(guint n, guint per_section, guint per_chapter)
{
    struct world *w = g_new0(struct world, 1);
    for (guint i = 0; i < 6; i++)
        w->levels[i] = (struct plx_picture_level){i + 1.0, "Level <&>", i == 2};
    for (guint i = 0; i < n; i++) {
        g_snprintf(w->sections[i], sizeof w->sections[i], "s%u", i / per_section);
        g_snprintf(w->chapters[i], sizeof w->chapters[i], "j%u", i / per_chapter);
        w->points[i] = (struct plx_picture_point){.title = "A title <i> with several words & more",
                                                  .section = w->sections[i],
                                                  .heading = w->sections[i],
                                                  .chapter = w->chapters[i],
                                                  .href = "#x",
                                                  .label = "label",
                                                  .below = 0.25,
                                                  .friction = (double)NAN};
        w->points[i].marks[0] =
            (struct plx_picture_mark){4.5 - (i % 3), (double)NAN, (double)NAN, "leaders"};
        w->points[i].marks[1] = (struct plx_picture_mark){3.5, 3.2, 3.8, "customers"};
    }
    w->picture = (struct plx_picture){.id = "p",
                                      .title = "title",
                                      .about = "about",
                                      .min = 1,
                                      .max = 6,
                                      .levels = w->levels,
                                      .n_levels = 6,
                                      .n_voices = 2,
                                      .base = 1,
                                      .front = 0,
                                      .below_label = "below Expected, of 100 customers",
                                      .points = w->points,
                                      .n_points = n};
    w->picture.voices[0] = (struct plx_picture_voice){"leaders", PLX_SHAPE_DIAMOND, FALSE};
    w->picture.voices[1] = (struct plx_picture_voice){"customers", PLX_SHAPE_CIRCLE, FALSE};
    return w;
}

static guint count_of(const char *text, const char *what)
{
    guint n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void assert_well_formed(const char *text)
{
    static const GMarkupParser parser = {NULL, NULL, NULL, NULL, NULL};
    g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, NULL, NULL);
    g_autoptr(GError) error = NULL;
    g_markup_parse_context_parse(context, text, -1, &error);
    g_assert_no_error(error);
    g_markup_parse_context_end_parse(context, &error);
    g_assert_no_error(error);
    g_assert_null(strstr(text, "nan"));
    g_assert_null(strstr(text, "inf"));
}

/* Every count of points draws every point once, inside the drawing. */
static void test_any_number_of_points(void)
{
    for (guint n = 1; n <= 60; n++) {
        g_autofree struct world *w = world_new(n, 4, 17);
        g_autoptr(plx_svg) svg = plx_picture_draw(&w->picture);
        const char *text = plx_svg_finish(svg);
        assert_well_formed(text);
        g_assert_cmpuint(count_of(text, "class=\"point\""), ==, n);
        g_assert_cmpuint(count_of(text, "<circle"), ==, n);
        struct plx_layout layout;
        plx_layout_init(&layout, &w->picture);
        for (guint i = 0; i < n; i++) {
            g_assert_cmpfloat(layout.places[i].x, >, layout.left);
            g_assert_cmpfloat(layout.places[i].x, <, layout.width);
        }
        for (guint r = 0; r < layout.n_rows; r++) {
            g_assert_cmpuint(layout.rows[r].n, <=, PLX_PICTURE_ROW);
            g_assert_cmpfloat(layout.rows[r].plot_bottom, <, layout.height);
        }
        plx_layout_clear(&layout);
    }
}

static void test_rows(void)
{
    static const struct {
        guint n, per_section, per_chapter, rows, longest;
    } cases[] = {{28, 28, 60, 1, 28}, {29, 5, 60, 2, 15},  {30, 6, 60, 2, 18},
                 {60, 60, 60, 3, 28}, {60, 10, 10, 6, 10}, {10, 1, 5, 2, 5}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree struct world *w =
            world_new(cases[i].n, cases[i].per_section, cases[i].per_chapter);
        struct plx_layout layout;
        plx_layout_init(&layout, &w->picture);
        guint longest = 0;
        for (guint r = 0; r < layout.n_rows; r++)
            longest = MAX(longest, layout.rows[r].n);
        g_assert_cmpuint(layout.n_rows, ==, cases[i].rows);
        g_assert_cmpuint(longest, ==, cases[i].longest);
        plx_layout_clear(&layout);
    }
}

/* Lines stop at the end of a section: as many lines as sections, per voice. */
static void test_no_line_across_sections(void)
{
    g_autofree struct world *w = world_new(12, 4, 60);
    g_autoptr(plx_svg) svg = plx_picture_draw(&w->picture);
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "class=\"line-base "), ==, 3);
    g_assert_cmpuint(count_of(text, "class=\"line-front "), ==, 3);
}

/* Points in no order: every point has its own shade, and no line leads to the next. */
static void test_apart(void)
{
    g_autofree struct world *w = world_new(12, 4, 60);
    w->picture.apart = TRUE;
    g_autoptr(plx_svg) svg = plx_picture_draw(&w->picture);
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "class=\"line-"), ==, 0);
    g_assert_cmpuint(count_of(text, "class=\"parallax"), >, 0);
    g_assert_cmpuint(count_of(text, "class=\"point\""), ==, 12);
}

/* Leaders above, below and across: both areas; accents only where decided. */
static void test_parallax(void)
{
    g_autofree struct world *w = world_new(3, 3, 60);
    w->points[0].title = "A";
    w->points[0].accent = PLX_ACCENT_ABOVE;
    g_autoptr(plx_svg) svg = plx_picture_draw(&w->picture);
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "class=\"parallax\""), ==, 1);
    g_assert_cmpuint(count_of(text, "class=\"parallax-below\""), ==, 1);
    g_assert_cmpuint(count_of(text, "accent-above"), ==, 1);
    g_assert_cmpuint(count_of(text, "accent-below"), ==, 0);
    g_assert_cmpuint(count_of(text, "point-label told"), ==, 1);
}

/* The levels are where they belong: 4.5 lies 0.7 of the plot above the bottom. */
static void test_heights(void)
{
    g_autofree struct world *w = world_new(1, 1, 60);
    struct plx_layout layout;
    plx_layout_init(&layout, &w->picture);
    const struct plx_row row = layout.rows[0];
    plx_layout_clear(&layout);
    g_autoptr(plx_svg) svg = plx_picture_draw(&w->picture);
    const char *circle = strstr(plx_svg_finish(svg), "cy=\"");
    const double y = g_ascii_strtod(circle + strlen("cy=\""), NULL);
    g_assert_cmpfloat(fabs(y - (row.plot_bottom - 0.5 * (row.plot_bottom - row.plot_top))), <,
                      0.011);
}

static void test_missing_voices(void)
{
    g_autofree struct world *w = world_new(5, 5, 60);
    for (guint i = 0; i < 5; i++)
        w->points[i].marks[0].value = (double)NAN;
    w->points[2].marks[1].value = (double)NAN;
    w->points[2].below = (double)NAN;
    w->points[3].flag = "Promised: <b>";
    g_autoptr(plx_svg) svg = plx_picture_draw(&w->picture);
    const char *text = plx_svg_finish(svg);
    assert_well_formed(text);
    g_assert_cmpuint(count_of(text, "class=\"point\""), ==, 5);
    g_assert_cmpuint(count_of(text, "<circle"), ==, 4);
    g_assert_cmpuint(count_of(text, "line-front"), ==, 0);
    g_assert_cmpuint(count_of(text, "parallax"), ==, 0);
    g_assert_cmpuint(count_of(text, "class=\"track\""), ==, 4);
    g_assert_cmpuint(count_of(text, "Promised: &lt;b&gt;"), ==, 1);
    w->picture.front = -1;
    g_autoptr(plx_svg) alone = plx_picture_draw(&w->picture);
    assert_well_formed(plx_svg_finish(alone));
}

/* Several points in one column: a range of each of the two voices, no line, no shade, no bars. */
static void test_several(void)
{
    g_autofree struct world *w = world_new(3, 1, 3);
    w->picture.below_label = NULL;
    w->points[1].among = 8;
    w->points[1].marks[0] = (struct plx_picture_mark){4, 3, 5, "leaders from 3.0 to 5.0"};
    w->points[1].marks[1] = (struct plx_picture_mark){3, 3, 3, NULL};
    g_autoptr(plx_svg) svg = plx_picture_draw(&w->picture);
    const char *text = plx_svg_finish(svg);
    assert_well_formed(text);
    g_assert_cmpuint(count_of(text, "class=\"point several\""), ==, 1);
    g_assert_cmpuint(count_of(text, "class=\"reach-bar\""), ==, 2);
    g_assert_cmpuint(count_of(text, "<title>leaders from 3.0 to 5.0</title>"), ==, 1);
    g_assert_cmpuint(count_of(text, "class=\"track\""), ==, 0);
    /* The two other points are shaded, as one path each. */
    g_assert_cmpuint(count_of(text, "class=\"parallax\""), ==, 1);
    w->picture.front = -1; /* one voice stands in the middle */
    g_autoptr(plx_svg) alone = plx_picture_draw(&w->picture);
    assert_well_formed(plx_svg_finish(alone));
}

static void test_wrap(void)
{
    static const struct {
        const char *text;
        double width;
        guint lines;
        const char *joined;
    } cases[] = {
        {"Basket", 100, 3, "Basket"},
        {"Order confirmation", 80, 3, "Order|confirmation"},
        {"one two three four five six", 30, 2, "one|tw…"},
        {"  blanks  ", 100, 3, "blanks  "},
        {"Donaudampfschifffahrt", 50, 2, "Donau-|dampf…"},
        {"Auftragsbestätigung 7", 80, 3, "Auftragsbes-|tätigung 7"},
        {"Order number 4711-8899-1234-5678", 80, 3, "Order|number|4711-8899…"},
        {"confirm", 40, 3, "conf…"}, /* no part is shorter than four letters */
        {"配達時間帯の選択", 53, 2, "配達時間|帯の選択"},
        {"", 50, 3, ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) lines = plx_layout_wrap(cases[i].text, cases[i].width, 12.5, cases[i].lines);
        g_autofree char *joined = g_strjoinv("|", lines);
        g_assert_cmpstr(joined, ==, cases[i].joined);
    }
}

/* What stands left of the bars is whole, however the map calls those who are served; one word that
 * is longer than any margin ends in an ellipsis. Short names leave the picture as it was. */
static void test_long_names(void)
{
    static const struct {
        const char *label, *last, *friction;
        gboolean wider;
    } cases[] = {
        {"below Expected, of 100 customers", "of 100 customers", NULL, FALSE},
        {"below Expected, of 100 Bürgerinnen und Bürger", "Bürger", NULL, TRUE},
        {"below Expected, of 100 Bürgerinnen und Bürger", "und Bürger", "friction", TRUE},
        {"unter den Erwartungen, von 100 Patientinnen und Patienten", "Patienten", NULL, TRUE},
        {"of 100 Donaudampfschifffahrtsgesellschaftsfahrgäste", "…", NULL, TRUE}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct world *w = world_new(8, 3, 8);
        struct plx_layout layout;
        w->picture.below_label = cases[i].label;
        w->picture.friction_label = cases[i].friction;
        plx_layout_init(&layout, &w->picture);
        g_auto(GStrv) lines = plx_layout_below(&w->picture, layout.left);
        const guint n = g_strv_length(lines);
        g_autofree char *whole = g_strjoinv(" ", lines);
        g_assert_true(g_str_has_suffix(lines[n - 1], cases[i].last));
        g_assert_true(g_str_has_suffix(whole, "…") || strcmp(whole, cases[i].label) == 0);
        g_assert_cmpuint(n, <=, cases[i].friction ? 2 : 3);
        for (guint l = 0; l < n; l++)
            g_assert_cmpfloat(plx_layout_text_width(lines[l]) * 12, <=, layout.left - 16);
        g_assert_cmpint(layout.left > 124, ==, cases[i].wider);
        g_assert_cmpfloat(layout.rows[0].right, <=, layout.width);
        plx_layout_clear(&layout);
        g_free(w);
    }
}

/* Headings over single columns have up to three lines; one that is cut even so is whole in a title,
 * and what has room stays as it was. */
static void test_headings(void)
{
    static const struct {
        const char *heading;
        guint lines;
        gboolean cut;
    } cases[] = {{"Pay", 1, FALSE},
                 {"Paying at the counter", 2, FALSE},
                 {"Waiting to be served at the counter", 3, FALSE},
                 {"Waiting to be served at the counter, and <asking> for help", 3, TRUE}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct world *w = world_new(6, 1, 6);
        struct plx_layout layout;
        w->points[4].heading = cases[i].heading;
        plx_layout_init(&layout, &w->picture);
        g_auto(GStrv) lines = plx_layout_heading(&layout, &layout.sections[4], cases[i].heading);
        g_assert_cmpuint(g_strv_length(lines), ==, cases[i].lines);
        g_assert_cmpint(plx_layout_is_cut(lines), ==, cases[i].cut);
        g_assert_cmpfloat(layout.heading_height, ==, 25 + 17 * (cases[i].lines - 1.0));
        plx_layout_clear(&layout);
        g_autoptr(plx_svg) svg = plx_picture_draw(&w->picture);
        const char *const text = plx_svg_finish(svg);
        g_assert_cmpuint(count_of(text, "class=\"heading\""), ==, 5 + cases[i].lines);
        g_assert_cmpuint(count_of(text, "<title>Waiting to be served at the counter, and "
                                        "&lt;asking&gt; for help</title>"),
                         ==, cases[i].cut ? 1 : 0);
        g_free(w);
    }
}

static void test_css(void)
{
    const char *css = plx_picture_css();
    g_assert_nonnull(strstr(css, "prefers-color-scheme: dark"));
    g_assert_true(g_str_has_suffix(css, "}\n"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/picture/any-number-of-points", test_any_number_of_points);
    g_test_add_func("/picture/rows", test_rows);
    g_test_add_func("/picture/apart", test_apart);
    g_test_add_func("/picture/no-line-across-sections", test_no_line_across_sections);
    g_test_add_func("/picture/parallax", test_parallax);
    g_test_add_func("/picture/heights", test_heights);
    g_test_add_func("/picture/missing-voices", test_missing_voices);
    g_test_add_func("/picture/several", test_several);
    g_test_add_func("/picture/wrap", test_wrap);
    g_test_add_func("/picture/long-names", test_long_names);
    g_test_add_func("/picture/headings", test_headings);
    g_test_add_func("/picture/css", test_css);
    return g_test_run();
}
