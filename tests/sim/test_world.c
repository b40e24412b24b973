/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/world.h"

#include "ingest/file_source.h"
#include "sim/demo_map.h"
#include "sim/outcome.h"
#include "sim/row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The file as a table of texts; made anew in each test. */
struct table {
    GString *csv;
    char **title;
    guint n_columns;
    GHashTable *column; /* title to number */
    GPtrArray *rows;    /* of char **, n_columns cells each */
};

/* Reads one line of RFC 4180 without line ends in cells; *at is moved behind it. */
static char **read_line(const char **at, guint *n)
{
    g_autoptr(GPtrArray) cells = g_ptr_array_new();
    const char *p = *at;
    for (;;) {
        GString *cell = g_string_new(NULL);
        const gboolean quoted = *p == '"';
        for (p += quoted; quoted ? *p != '"' || p[1] == '"' : *p != ',' && *p != '\n'; p++) {
            g_assert_cmpint(*p, !=, '\0');
            p += quoted && *p == '"';
            g_string_append_c(cell, *p);
        }
        p += quoted;
        g_ptr_array_add(cells, g_string_free(cell, FALSE));
        g_assert_true(*p == ',' || *p == '\n');
        if (*p++ == '\n')
            break;
    }
    *at = p;
    *n = cells->len;
    g_ptr_array_add(cells, NULL);
    return (char **)g_ptr_array_steal(cells, NULL);
}

static struct table *table_new(guint64 seed)
{
    struct table *table = g_new0(struct table, 1);
    table->csv = g_string_new(NULL);
    plx_world_write(plx_truth(), seed, table->csv);
    const char *at = table->csv->str;
    table->title = read_line(&at, &table->n_columns);
    table->column = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint c = 0; c < table->n_columns; c++)
        g_hash_table_insert(table->column, table->title[c], GUINT_TO_POINTER(c));
    table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    while (*at) {
        guint n;
        g_ptr_array_add(table->rows, read_line(&at, &n));
        g_assert_cmpuint(n, ==, table->n_columns);
    }
    return table;
}

static void table_free(struct table *table)
{
    g_string_free(table->csv, TRUE);
    g_hash_table_unref(table->column);
    g_strfreev(table->title);
    g_ptr_array_unref(table->rows);
    g_free(table);
}

static char *cell(const struct table *table, guint row, const char *title)
{
    gpointer column;
    g_assert_true(g_hash_table_lookup_extended(table->column, title, NULL, &column));
    return ((char **)g_ptr_array_index(table->rows, row))[GPOINTER_TO_UINT(column)];
}

static gboolean is(const struct table *table, guint row, const char *title, const char *text)
{
    return strcmp(cell(table, row, title), text) == 0;
}

/* NaN for an empty cell, na and declined. */
static double number(const struct table *table, guint row, const char *title)
{
    char *end;
    const char *text = cell(table, row, title);
    const double value = g_ascii_strtod(text, &end);
    return end == text ? (double)NAN : value;
}

/* Which rows: those whose cells are as said; NULL: any. */
struct wanted {
    const char *audience, *point, *place;
    gint group;        /* enum plx_truth_group of the place, or -1 */
    const char *since; /* month, "" = from the beginning */
    const char *until; /* month before which, "~" = to the end */
};

static struct wanted all_of(const char *audience, const char *point)
{
    return (struct wanted){audience, point, NULL, -1, "", "~"};
}

static gint group_of(const char *place)
{
    const struct plx_truth *truth = plx_truth();
    for (guint i = 0; i < truth->n_places; i++)
        if (strcmp(truth->places[i].name, place) == 0)
            return (gint)truth->places[i].group;
    return -1;
}

static gboolean fits(const struct table *table, guint row, const struct wanted *w)
{
    if (w->point && !is(table, row, "point", w->point))
        return FALSE;
    const char *time = cell(table, row, "time");
    return is(table, row, "audience", w->audience) &&
           (!w->place || is(table, row, "place", w->place)) &&
           (w->group < 0 || group_of(cell(table, row, "place")) == w->group) &&
           strncmp(time, w->since, 7) >= 0 && strncmp(time, w->until, 7) < 0;
}

struct moments {
    double n, mean, sd;
};

static struct moments moments(const struct table *table, const char *measure, struct wanted wanted)
{
    double n = 0, sum = 0, sum2 = 0;
    for (guint i = 0; i < table->rows->len; i++) {
        const double x = fits(table, i, &wanted) ? number(table, i, measure) : (double)NAN;
        if (isnan(x))
            continue;
        n++;
        sum += x;
        sum2 += x * x;
    }
    g_assert_cmpfloat(n, >, 1);
    return (struct moments){n, sum / n, sqrt((sum2 - sum * sum / n) / (n - 1))};
}

static double se(struct moments m)
{
    return m.sd / sqrt(m.n);
}

static void test_same_seed_same_bytes(void)
{
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);
    g_autoptr(GString) other = g_string_new(NULL);
    plx_world_write(plx_truth(), 1, first);
    plx_world_write(plx_truth(), 1, second);
    plx_world_write(plx_truth(), 2, other);
    g_assert_true(g_string_equal(first, second));
    g_assert_false(g_string_equal(first, other));
    /* Leaders are all there: no seed changes what they say. */
    const gsize leaders = (gsize)(strstr(first->str, "\nstaff,") - first->str);
    g_assert_cmpuint(leaders, >, 10000);
    g_assert_cmpint(strncmp(first->str, other->str, leaders), ==, 0);
    g_assert_cmpuint(first->len, <, 3000000);
}

static void test_sizes(void)
{
    struct table *table = table_new(1);
    g_assert_cmpuint(table->rows->len, >=, 15000);
    g_assert_cmpuint(table->rows->len, <=, 25000);
    const guint n_points = plx_truth()->n_points;
    g_assert_cmpfloat(moments(table, "level", all_of("leader", NULL)).n, ==,
                      PLX_TRUTH_LEADERS * n_points);
    g_assert_cmpfloat(moments(table, "believed", all_of("leader", "doorstep")).n, ==,
                      2 * PLX_TRUTH_LEADERS); /* one before, one after the reveal */
    g_assert_cmpfloat(moments(table, "level", all_of("shopper", "doorstep")).n, ==,
                      PLX_TRUTH_VISITS * plx_truth()->n_places);
    table_free(table);
}

/* Constant within an encounter: what the data contract says must be. */
static void test_constant_in_encounters(void)
{
    static const char *const constant[] = {"audience",   "respondent", "source", "language",
                                           "group_size", "workshop",   "table"};
    struct table *table = table_new(3);
    g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < table->rows->len; i++) {
        char *key = cell(table, i, "encounter");
        g_assert_cmpstr(key, !=, "");
        gpointer row;
        if (!g_hash_table_lookup_extended(first, key, NULL, &row)) {
            g_hash_table_insert(first, key, GUINT_TO_POINTER(i));
            continue;
        }
        for (guint c = 0; c < G_N_ELEMENTS(constant); c++)
            g_assert_cmpstr(cell(table, i, constant[c]), ==,
                            cell(table, GPOINTER_TO_UINT(row), constant[c]));
    }
    table_free(table);
}

static void test_no_duplicates(void)
{
    struct table *table = table_new(3);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < table->rows->len; i++) {
        char *key =
            g_strjoin("|", cell(table, i, "encounter"), cell(table, i, "point"),
                      cell(table, i, "journey"), cell(table, i, "task"), cell(table, i, "promise"),
                      cell(table, i, "time"), cell(table, i, "prompt"), NULL);
        g_assert_true(g_hash_table_add(seen, key));
    }
    table_free(table);
}

/* Six points each, drawn at random: the chance that is written is the one they were drawn with, so
 * that 1 / asked_p adds up to the persons who passed the point. */
static void test_planned_missingness(void)
{
    struct table *table = table_new(1);
    double estimated = 0, orders = 0;
    g_autoptr(GHashTable) encounters = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) points = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < table->rows->len; i++) {
        if (!is(table, i, "audience", "customer") || !is(table, i, "journey", "order") ||
            is(table, i, "point", ""))
            continue;
        char *key = cell(table, i, "encounter");
        const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(points, key));
        g_hash_table_insert(points, key, GUINT_TO_POINTER(n + 1));
        if (g_hash_table_add(encounters, key))
            orders++;
        if (is(table, i, "point", "delay-message"))
            estimated += 1 / number(table, i, "asked_p");
    }
    GHashTableIter iter;
    gpointer n;
    g_hash_table_iter_init(&iter, points);
    while (g_hash_table_iter_next(&iter, NULL, &n))
        g_assert_cmpuint(GPOINTER_TO_UINT(n), ==, plx_truth()->asked);
    /* Late half of the time, told in 95 of 100: 0.475, here within four standard errors. */
    g_assert_cmpfloat_with_epsilon(estimated / orders, 0.475, 0.08);
    table_free(table);
}

/* Every mean level of every voice lies near its truth: within five standard errors, widened for the
 * few who answer twice. */
static void test_means(void)
{
    const struct plx_truth *truth = plx_truth();
    struct table *table = table_new(5);
    for (guint p = 0; p < truth->n_points; p++) {
        const char *id = truth->points[p].id;
        const struct moments customer = moments(table, "level", all_of("customer", id));
        g_assert_cmpfloat_with_epsilon(customer.mean,
                                       plx_outcome_customers(truth, p, plx_outcome_everybody).mean,
                                       5.5 * se(customer));
        const struct moments leader = moments(table, "level", all_of("leader", id));
        g_assert_cmpfloat_with_epsilon(leader.mean, plx_outcome_leaders(truth, p).mean, 1e-12);
        const struct moments staff = moments(table, "level", all_of("staff", id));
        g_assert_cmpfloat_with_epsilon(staff.mean, plx_outcome_staff(truth, p).mean,
                                       5.5 * se(staff));
        if (isnan(truth->points[p].shopper))
            continue;
        const struct moments shopper = moments(table, "level", all_of("shopper", id));
        g_assert_cmpfloat_with_epsilon(shopper.mean, plx_outcome_shoppers(truth, p).mean,
                                       5.5 * se(shopper));
    }
    table_free(table);
}

static void test_story(void)
{
    struct table *table = table_new(1);
    /* Leaders float above customers at the doorstep, by about two levels. */
    const double door = moments(table, "level", all_of("leader", "doorstep")).mean -
                        moments(table, "level", all_of("customer", "doorstep")).mean;
    g_assert_cmpfloat(door, >, 1.5);
    /* The promise is kept for half. */
    const struct moments kept = moments(table, "kept", all_of("customer", NULL));
    g_assert_cmpfloat_with_epsilon(kept.mean, 0.5, 4 * se(kept));
    /* Payment: hard, and seen to be hard. */
    const struct moments pay = moments(table, "effort", all_of("customer", "payment-page"));
    const struct moments others = moments(table, "effort", all_of("customer", NULL));
    g_assert_cmpfloat(pay.mean, <, others.mean - 1);
    const struct moments hesitate =
        moments(table, "hesitation", all_of("customer", "payment-page"));
    g_assert_cmpfloat_with_epsilon(hesitate.mean, 0.34, 4 * se(hesitate));
    /* A return whose every step is fine and whose whole is not. */
    double n = 0, overall = 0;
    for (guint i = 0; i < table->rows->len; i++) {
        const double x = number(table, i, "overall");
        if (isnan(x) || !is(table, i, "journey", "return"))
            continue;
        n++;
        overall += x;
    }
    g_assert_cmpfloat(overall / n, <, 3.2);
    for (guint p = 0; p < plx_truth()->n_points; p++)
        if (plx_truth_journey_of(plx_truth(), p) == 1)
            g_assert_cmpfloat(
                moments(table, "level", all_of("customer", plx_truth()->points[p].id)).mean, >,
                3.8);
    table_free(table);
}

/* At the inconsistent place the doorstep varies more than anywhere else, from visit to visit. */
static void test_inconsistent_place(void)
{
    const struct plx_truth *truth = plx_truth();
    struct table *table = table_new(1);
    double its = 0, largest_other = 0;
    for (guint i = 0; i < truth->n_places; i++) {
        struct wanted wanted = all_of("customer", "doorstep");
        wanted.place = truth->places[i].name;
        const double sd = moments(table, "level", wanted).sd;
        if (strcmp(truth->places[i].name, truth->inconsistent_place) == 0)
            its = sd;
        else
            largest_other = MAX(largest_other, sd);
    }
    g_assert_cmpfloat(its, >, largest_other);
    table_free(table);
}

/* After - before at treated places, minus the same at comparison places. */
static double difference(const struct table *table, const struct plx_truth_change *change,
                         double *naive, double *error)
{
    char start[8], before[8];
    plx_truth_month_name(plx_truth(), change->start, start);
    plx_truth_month_name(plx_truth(), change->start - PLX_TRUTH_BEFORE, before);
    double rise[2], variance = 0;
    for (guint k = 0; k < 2; k++) {
        const gint group = k ? PLX_TRUTH_COMPARISON : PLX_TRUTH_TREATED;
        const struct moments then = moments(
            table, "level", (struct wanted){"customer", change->point, NULL, group, before, start});
        const struct moments now = moments(
            table, "level", (struct wanted){"customer", change->point, NULL, group, start, "~"});
        rise[k] = now.mean - then.mean;
        variance += se(then) * se(then) + se(now) * se(now);
    }
    *naive = rise[0];
    *error = sqrt(variance);
    return rise[0] - rise[1];
}

static void test_changes(void)
{
    const struct plx_truth *truth = plx_truth();
    struct table *table = table_new(1);
    double naive, error;
    const double real = difference(table, &truth->real, &naive, &error);
    g_assert_cmpfloat(real, >, 2.5 * error);
    g_assert_cmpfloat_with_epsilon(real, plx_outcome_change(truth, &truth->real).difference,
                                   3.5 * error);
    const double apparent = difference(table, &truth->apparent, &naive, &error);
    g_assert_cmpfloat(naive, >, 0.2);
    g_assert_cmpfloat_with_epsilon(apparent, 0, 3 * error);
    table_free(table);
}

/* The program's own reader takes the file without a word, and counts what we count. */
static void test_canonical_reader(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_demo_map(&error);
    g_assert_no_error(error);
    struct table *table = table_new(1);
    const struct plx_file_options options = {.threads = 2};
    g_autoptr(plx_source) source = plx_file_source_new_memory(table->csv->str, table->csv->len,
                                                              "ratings.csv", map, &options, &error);
    g_assert_no_error(error);
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS, .measures = 1u << PLX_MEASURE_LEVEL};
    struct plx_answer *answer = NULL;
    plx_source_ask(source, &need, 1, &answer, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(answer->observations, ==, table->rows->len);
    g_assert_cmpuint(answer->rejected, ==, 0);
    g_assert_cmpuint(answer->without_time, ==, 0);
    g_assert_cmpuint(answer->n_notes, ==, 0);
    g_autoptr(GHashTable) encounters = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < table->rows->len; i++)
        g_hash_table_add(encounters, cell(table, i, "encounter"));
    g_assert_cmpuint(answer->encounters, ==, g_hash_table_size(encounters));
    plx_answer_free(answer);
    table_free(table);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sim/world/same-seed-same-bytes", test_same_seed_same_bytes);
    g_test_add_func("/sim/world/sizes", test_sizes);
    g_test_add_func("/sim/world/constant-in-encounters", test_constant_in_encounters);
    g_test_add_func("/sim/world/no-duplicates", test_no_duplicates);
    g_test_add_func("/sim/world/planned-missingness", test_planned_missingness);
    g_test_add_func("/sim/world/means", test_means);
    g_test_add_func("/sim/world/story", test_story);
    g_test_add_func("/sim/world/inconsistent-place", test_inconsistent_place);
    g_test_add_func("/sim/world/changes", test_changes);
    g_test_add_func("/sim/world/canonical-reader", test_canonical_reader);
    return g_test_run();
}
