/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of fixed answers, as a list of what is drawn where: elements, classes, whole
 * coordinates, texts. Not of pixels: fonts and colours are no concern of it. */
#include "chart/picture.h"
#include "report/gaps_picture.h"
#include "report/golden.h"
#include "report/sample.h"

#include <math.h>
#include <string.h>

struct listing {
    GString *out;
    guint depth;
};

static const char *value_of(const char *name, const char **names, const char **values)
{
    for (guint i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return values[i];
    return NULL;
}

static void append_place(GString *out, const char **names, const char **values)
{
    static const char *const places[] = {"x",  "y",  "cx", "cy",    "x1",
                                         "y1", "x2", "y2", "width", "height"};
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        const char *value = value_of(places[i], names, values);
        if (value)
            g_string_append_printf(out, " %s=%.0f", places[i], g_ascii_strtod(value, NULL));
    }
}

/* Where a path begins, and of how many strokes it is. */
static void append_path(GString *out, const char *d)
{
    guint strokes = 0;
    char *end = NULL;
    if (!d)
        return;
    for (const char *at = d; *at; at++)
        strokes += g_ascii_isalpha(*at) ? 1 : 0;
    const double x = g_ascii_strtod(d + strcspn(d, "0123456789-"), &end);
    const double y = g_ascii_strtod(end + strspn(end, " ,"), NULL);
    g_string_append_printf(out, " from %.0f,%.0f strokes=%u", x, y, strokes);
}

static void on_start(GMarkupParseContext *context, const char *name, const char **names,
                     const char **values, gpointer data, GError **error)
{
    struct listing *listing = data;
    const char *class_name = value_of("class", names, values);
    const char *transform = value_of("transform", names, values);
    (void)context;
    (void)error;
    g_string_append_printf(listing->out, "%*s%s", (int)(2 * listing->depth++), "", name);
    if (class_name)
        g_string_append_printf(listing->out, ".%s", class_name);
    append_place(listing->out, names, values);
    append_path(listing->out, value_of("d", names, values));
    if (transform)
        g_string_append(listing->out, " transformed");
    if (value_of("href", names, values))
        g_string_append_printf(listing->out, " to %s", value_of("href", names, values));
    g_string_append_c(listing->out, '\n');
}

static void on_end(GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
    (void)context;
    (void)name;
    (void)error;
    ((struct listing *)data)->depth--;
}

static void on_text(GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                    GError **error)
{
    struct listing *listing = data;
    g_autofree char *copy = g_strstrip(g_strndup(text, length));
    (void)context;
    (void)error;
    if (*copy)
        g_string_append_printf(listing->out, "%*s“%s”\n", (int)(2 * listing->depth), "", copy);
}

static void check(enum sample_kind kind)
{
    static const GMarkupParser parser = {on_start, on_end, on_text, NULL, NULL};
    plx_gaps *gaps = sample_new(kind);
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(gaps, &gaps->groups[0], "g0");
    g_autoptr(plx_svg) svg = plx_picture_draw(plx_gaps_picture_model(picture));
    struct listing listing = {g_string_new(NULL), 0};
    g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, &listing, NULL);
    g_autoptr(GError) error = NULL;
    g_markup_parse_context_parse(context, plx_svg_finish(svg), -1, &error);
    g_assert_no_error(error);
    g_autofree char *name = g_strdup_printf("picture-%s.txt", sample_name(kind));
    golden_assert(name, listing.out);
    g_string_free(listing.out, TRUE);
    sample_free(gaps);
}

static void test_marketplace(void)
{
    check(SAMPLE_MARKETPLACE);
}

/* Shares instead of levels. */
static void test_five(void)
{
    check(SAMPLE_FIVE);
}

/* A voice that may not be shown. */
static void test_hidden(void)
{
    check(SAMPLE_HIDDEN);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/picture-structure/marketplace", test_marketplace);
    g_test_add_func("/picture-structure/five", test_five);
    g_test_add_func("/picture-structure/hidden", test_hidden);
    return g_test_run();
}
