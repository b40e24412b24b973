/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare: any reading for two groups, two periods or two sources (docs/readings.md). */
#include "base/date.h"
#include "base/error.h"
#include "cli/cmd_report.h"
#include "cli/reading.h"
#include "report/compare.h"

#include <string.h>

/* One side as it was asked for. */
struct side {
    const char *option; /* "--a" */
    char *label;
    char *since, *until; /* or NULL */
    GPtrArray *where;    /* char *, ended by NULL */
    plx_invocation *invocation;
    plx_cmd_source *source;
    gpointer reading;
    GArray *figures;
};

static void side_clear(struct side *side, const struct plx_reading_view *view)
{
    if (side->reading)
        view->free(side->reading);
    g_clear_pointer(&side->figures, g_array_unref);
    plx_cmd_source_free(side->source);
    plx_invocation_free(side->invocation);
    g_clear_pointer(&side->where, g_ptr_array_unref);
    g_free(side->label);
    g_free(side->since);
    g_free(side->until);
}

/* "2026-02" is its first or its last day; a whole date stays. NULL: no date. */
static char *day_of(const char *text, gboolean last)
{
    struct plx_time time;
    if (strlen(text) == 10 && plx_time_parse(text, 10, &time))
        return g_strdup(text);
    g_autofree char *first = g_strconcat(text, "-01", NULL);
    if (strlen(text) != 7 || !plx_time_parse(first, 10, &time))
        return NULL;
    const guint days = plx_date_month_days(time.month / 12, time.month % 12 + 1);
    return g_strdup_printf("%s-%02u", text, last ? days : 1);
}

static gboolean take_period(struct side *side, const char *text, const char *dots, GError **error)
{
    g_autofree char *from = g_strndup(text, (gsize)(dots - text));
    if (side->since)
        return plx_error(error, PLX_ERROR_USAGE, "%s \"%s\": a side has one period", side->option,
                         text);
    side->since = day_of(from, FALSE);
    side->until = day_of(dots + 2, TRUE);
    if (!side->since || !side->until)
        return plx_error(error, PLX_ERROR_USAGE,
                         "%s \"%s\": expected a period such as 2026-01..2026-03 or "
                         "2026-01-15..2026-02-14",
                         side->option, text);
    return TRUE;
}

/* A period or a test; a single month is a period too. */
static gboolean take_word(struct side *side, const char *text, GError **error)
{
    const char *dots = strstr(text, "..");
    if (strchr(text, '=')) {
        g_ptr_array_insert(side->where, (gint)side->where->len - 1, g_strdup(text));
        return TRUE;
    }
    if (dots)
        return take_period(side, text, dots, error);
    g_autofree char *first = day_of(text, FALSE);
    if (first && side->since)
        return plx_error(error, PLX_ERROR_USAGE, "%s \"%s\": a side has one period", side->option,
                         text);
    if (!first)
        return plx_error(error, PLX_ERROR_USAGE,
                         "%s \"%s\": expected a test such as place=Graz, or a period such as "
                         "2026-01..2026-03",
                         side->option, text);
    side->since = g_steal_pointer(&first);
    side->until = day_of(text, TRUE);
    return TRUE;
}

static gboolean side_init(struct side *side, const plx_invocation *invocation,
                          enum plx_option_id id, guint argument, GError **error)
{
    *side = (struct side){.option = id == PLX_OPTION_A ? "--a" : "--b",
                          .where = g_ptr_array_new_with_free_func(g_free)};
    g_ptr_array_add(side->where, NULL);
    const char *const *words = plx_invocation_list(invocation, id);
    GString *label = g_string_new(NULL);
    for (guint i = 0; words[i]; i++)
        g_string_append_printf(label, "%s%s", i ? ", " : "", words[i]);
    side->label = g_string_free(label, FALSE);
    if (!words[0]) {
        g_free(side->label);
        side->label = g_path_get_basename(plx_invocation_argument(invocation, argument));
    }
    for (guint i = 0; words[i]; i++)
        if (!take_word(side, words[i], error))
            return FALSE;
    side->invocation = plx_invocation_side(invocation, argument, side->since, side->until,
                                           (const char *const *)side->where->pdata);
    return TRUE;
}

static gpointer read_gaps(const plx_cmd_source *source, const plx_invocation *invocation,
                          GError **error)
{
    return plx_cmd_source_gaps(source, invocation, /* point= */ NULL, error);
}

static void free_gaps(gpointer gaps)
{
    plx_gaps_free(gaps);
}

static void gaps_figures(gconstpointer reading, GArray *figures)
{
    plx_gaps_figures(reading, figures);
}

static const struct plx_reading_view gaps_view = {
    .name = "gaps", .read = read_gaps, .free = free_gaps, .figures = gaps_figures};

static gboolean side_read(struct side *side, plx_app *app, const struct plx_reading_view *view,
                          GError **error)
{
    if (!plx_reading_check_weights(view->name, view->alike, side->invocation, error))
        return FALSE;
    side->source = plx_cmd_source_open(app, side->invocation, error);
    side->reading = side->source ? view->read(side->source, side->invocation, error) : NULL;
    if (!side->reading) {
        g_prefix_error(error, "%s: ", side->label);
        return FALSE;
    }
    side->figures = g_array_new(FALSE, TRUE, sizeof(struct plx_figure));
    view->figures(side->reading, side->figures);
    return TRUE;
}

static const struct plx_reading_view *find_view(const plx_invocation *invocation, GError **error)
{
    const char *const *asked = plx_invocation_list(invocation, PLX_OPTION_READING);
    if (!asked[0] || (strcmp(asked[0], "gaps") == 0 && !asked[1]))
        return &gaps_view;
    const struct plx_reading_view *const named = plx_reading_view_find(asked[0]);
    if (named && named->not_compared && !asked[1]) {
        plx_error(error, PLX_ERROR_USAGE, "--reading \"%s\" is not compared: %s", asked[0],
                  named->not_compared);
        return NULL;
    }
    g_autoptr(GString) list = g_string_new("gaps");
    const struct plx_reading_view *found = NULL;
    for (guint i = 0; plx_reading_views[i]; i++) {
        if (!plx_reading_views[i]->figures)
            continue;
        g_string_append_printf(list, ", %s", plx_reading_views[i]->name);
        if (strcmp(plx_reading_views[i]->name, asked[0]) == 0 && !asked[1])
            found = plx_reading_views[i];
    }
    if (!found)
        plx_error(error, PLX_ERROR_USAGE, "--reading \"%s\": expected one of %s", asked[0],
                  list->str);
    return found;
}

static gboolean check_sides(const plx_invocation *invocation, GError **error)
{
    const gboolean two = plx_invocation_n_arguments(invocation) == 2;
    const gboolean a = plx_invocation_has(invocation, PLX_OPTION_A);
    const gboolean b = plx_invocation_has(invocation, PLX_OPTION_B);
    if (!two && !(a && b))
        return plx_error(error, PLX_ERROR_USAGE,
                         "compare needs two sides: two sources, or --a SIDE and --b SIDE "
                         "(place=Graz, channel=web, 2026-01..2026-03)");
    if (plx_invocation_has(invocation, PLX_OPTION_BY))
        return plx_error(error, PLX_ERROR_USAGE,
                         "compare has two sides instead of --by: --a place=Graz --b place=Wien");
    return TRUE;
}

static const char *const *tests_of(const struct side *side)
{
    return (const char *const *)side->where->pdata;
}

/* A side against itself is a mistake, not a finding. */
static gboolean check_different(const plx_invocation *invocation, const struct side *a,
                                const struct side *b, GError **error)
{
    const guint second = plx_invocation_n_arguments(invocation) - 1;
    const gboolean same = strcmp(plx_invocation_argument(invocation, 0),
                                 plx_invocation_argument(invocation, second)) == 0 &&
                          g_strcmp0(a->since, b->since) == 0 &&
                          g_strcmp0(a->until, b->until) == 0 &&
                          g_strv_equal(tests_of(a), tests_of(b));
    return !same ||
           plx_error(error, PLX_ERROR_USAGE,
                     "both sides are the same (%s): there is nothing to compare", a->label);
}

static gboolean is_page(const plx_invocation *invocation)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    g_autofree char *lower = path ? g_ascii_strdown(path, -1) : NULL;
    return lower && (g_str_has_suffix(lower, ".html") || g_str_has_suffix(lower, ".htm"));
}

static void write_page(const plx_compare *compare, plx_app *app, const plx_invocation *invocation)
{
    g_autofree char *line = plx_written_line(invocation);
    const struct plx_page_options options = {.version = PLX_VERSION, .command = line};
    g_autoptr(plx_story) story = plx_compare_story(compare);
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_string_append_len(plx_app_out(app), page->str, (gssize)page->len);
}

static void write_compare(const plx_compare *compare, plx_app *app,
                          const plx_invocation *invocation)
{
    const char *format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    if (is_page(invocation)) {
        write_page(compare, app, invocation);
        return;
    }
    if (strcmp(format, "json") == 0) {
        plx_compare_json(compare, plx_app_out(app));
        return;
    }
    if (strcmp(format, "csv") == 0) {
        plx_compare_csv(compare, plx_app_out(app));
        return;
    }
    const struct plx_table_options table = {plx_app_width(app), plx_app_colour(app),
                                            plx_app_unicode(app), plx_app_verbose(app)};
    g_autoptr(plx_story) story = plx_compare_story(compare);
    plx_story_text(story, &table, plx_app_out(app));
}

static void compare_sides(const struct side *a, const struct side *b,
                          const struct plx_reading_view *view, plx_app *app,
                          const plx_invocation *invocation)
{
    const guint second = plx_invocation_n_arguments(invocation) - 1;
    const struct plx_compare_side side_a = {.label = a->label,
                                            .figures = a->figures,
                                            .source = plx_invocation_argument(invocation, 0),
                                            .since = a->since,
                                            .until = a->until,
                                            .tests = tests_of(a)};
    const struct plx_compare_side side_b = {.label = b->label,
                                            .figures = b->figures,
                                            .source = plx_invocation_argument(invocation, second),
                                            .since = b->since,
                                            .until = b->until,
                                            .tests = tests_of(b)};
    g_autoptr(plx_compare) compare = plx_compare_new(view->name, &side_a, &side_b);
    write_compare(compare, app, invocation);
}

static gboolean plx_cmd_compare(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const struct plx_reading_view *view = find_view(invocation, error);
    if (!view || !check_sides(invocation, error))
        return FALSE;
    const guint second = plx_invocation_n_arguments(invocation) - 1;
    struct side a = {0}, b = {0};
    const gboolean ok = side_init(&a, invocation, PLX_OPTION_A, 0, error) &&
                        side_init(&b, invocation, PLX_OPTION_B, second, error) &&
                        check_different(invocation, &a, &b, error) &&
                        side_read(&a, app, view, error) && side_read(&b, app, view, error);
    if (ok)
        compare_sides(&a, &b, view, app, invocation);
    side_clear(&a, view);
    side_clear(&b, view);
    return ok;
}

static const enum plx_option_id options[] = {
    PLX_OPTION_A,    PLX_OPTION_B,  PLX_OPTION_READING, PLX_OPTION_OUTPUT, PLX_OPTION_WEIGHTS_FILE,
    PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"compare ratings.csv --a place=Graz --b place=Wien", "two places"},
    {"compare shop.plx --a 2026-01..2026-03 --b 2026-04..2026-06", "two quarters"},
    {"compare 2025.csv 2026.csv", "last year's file and this year's"},
    {"compare shop.plx --a place=Graz --b place=Wien -o places.html", "as a page"},
    {0},
};
static const struct plx_option_help option_help[] = {
    {PLX_OPTION_BY, ""},
    {PLX_OPTION_READING, "Which reading to compare (default: gaps)"},
    {0},
};

const struct plx_command plx_commands_compare[] = {
    {.name = "compare",
     .arguments = "SOURCE [SOURCE]",
     .min_arguments = 1,
     .max_arguments = 2,
     .summary = "Compare two groups, periods or files",
     .details =
         "Any reading for two sides: each number on both, and their difference B - A with its "
         "range. A side is a test (place=Graz, channel=web, segment.tier=gold) or a period "
         "(2026-01..2026-03, 2026-02, 2026-01-15..2026-02-14), or several of them; with two "
         "sources each is a side.\n\n"
         "All differences are looked at together: ranges are widened so that of those that count "
         "one in twenty misses. One counts when its range lies wholly beyond the margin; the sides "
         "are alike when it lies wholly inside; else there is not enough yet. A difference "
         "between two groups or periods does not say where it comes from.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .option_help = option_help,
     .formats = "table json csv",
     .pages = TRUE,
     .run = plx_cmd_compare},
    {0},
};
