/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/visit_report.h"
#include "visits.h"

#include <string.h>

static const char shop[] =
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Buy\n    transactions:\n      - title: Come\n"
    "        points: [{title: Door, was: [gate]}, Greeting, Till]\n"
    "tasks:\n  - {title: Greet, points: [greeting]}\n"
    "promises:\n  - {id: fast, words: Nobody waits, points: [till]}\n";

#define HEAD                                                                                       \
    "{\"report\": \"rep_-0001\", \"conflict\": null, \"began\": \"2026-12-01T10:00+01:00\", "
#define AT "\"at\": \"2026-12-01T10:01+01:00\", "

static plx_visit_report *must_read(const char *text, const plx_map *map)
{
    GPtrArray *faults = NULL;
    plx_visit_report *const report = plx_visit_report_read(text, strlen(text), map, &faults);
    g_assert_null(faults);
    g_assert_nonnull(report);
    return report;
}

static const char told[] = HEAD
    "\"moments\": ["
    "{" AT "\"point\": \"gate\", \"level\": 2, \"surprise\": -1, \"hesitation\": 1, "
    "\"words\": \"  stuck \", \"photos\": [\"photo-01\", \"photo-02\"]}, "
    "{" AT "\"title\": \"A dog\", \"level\": 6, \"words\": \"It barked\"}, "
    "{\"at\": \"2026-12-01T09:05Z\", \"point\": \"greeting\", \"level\": \"na\"}, "
    "{\"at\": \"2026-12-01T10:06+01:00\", \"point\": \"door\", \"level\": \"declined\"}, "
    "{\"at\": \"2026-12-01T10:07+01:00\", \"point\": \"lift\", \"title\": \"The lift\", \"level\": "
    "null}], \"tasks\": {\"greet\": false}, \"promises\": {\"fast\": true}, \"overall\": 3, "
    "\"words\": \"Fine\"}";

/* In order of time, whatever the offsets; a point by an earlier id; one that is gone by its title.
 */
static void test_read(void)
{
    g_autoptr(plx_map) map = visits_map(shop);
    g_autoptr(plx_visit_report) report = must_read(told, map);
    g_assert_cmpstr(report->id, ==, "rep_-0001");
    g_assert_null(report->conflict);
    g_assert_cmpint(report->time.day, ==, plx_date_days(2026, 12, 1));
    g_assert_cmpuint(report->moments->len, ==, 5);
    const struct plx_visit_moment *const door = report->moments->pdata[0];
    g_assert_cmpint(door->point, ==, 0);
    g_assert_cmpint(door->level, ==, 2);
    g_assert_cmpint(door->surprise, ==, -1);
    g_assert_cmpint(door->hesitation, ==, 1);
    g_assert_cmpstr(door->words, ==, "stuck");
    g_assert_cmpstr(door->photos[1], ==, "photo-02");
    g_assert_null(door->photos[2]);
    const struct plx_visit_moment *const dog = report->moments->pdata[1];
    g_assert_cmpint(dog->point, ==, -1);
    g_assert_cmpint(dog->surprise, ==, PLX_CELL_EMPTY);
    g_assert_cmpstr(dog->title, ==, "A dog");
    const struct plx_visit_moment *const greeting = report->moments->pdata[2];
    g_assert_cmpint(greeting->level, ==, PLX_CELL_NA);
    const struct plx_visit_moment *const lift = report->moments->pdata[4];
    g_assert_cmpint(lift->point, ==, -1);
    g_assert_cmpstr(lift->title, ==, "The lift");
}

static const struct plx_builder_row *row_at(const GArray *rows, guint i)
{
    return &g_array_index(rows, struct plx_builder_row, i);
}

/* What is not on the map becomes words of the journey; a point met again is told from the first. */
static void test_rows(void)
{
    g_autoptr(plx_map) map = visits_map(shop);
    g_autoptr(plx_visit_report) report = must_read(told, map);
    GPtrArray *texts = NULL;
    g_autoptr(GArray) rows = plx_visit_rows(report, 0, &texts);
    g_assert_cmpuint(rows->len, ==, 8);
    g_assert_cmpint(row_at(rows, 0)->kind, ==, PLX_SUBJECT_POINT);
    g_assert_cmpint(row_at(rows, 0)->journey, ==, 0);
    g_assert_cmpint(row_at(rows, 0)->value[PLX_MEASURE_LEVEL], ==, 2);
    g_assert_cmpint(row_at(rows, 0)->surprise, ==, -1);
    g_assert_cmpstr(row_at(rows, 0)->note, ==, "stuck");
    g_assert_cmpstr(row_at(rows, 0)->prompt, ==, "comment");
    g_assert_null(row_at(rows, 0)->item);
    g_assert_cmpint(row_at(rows, 1)->kind, ==, PLX_SUBJECT_JOURNEY);
    g_assert_cmpint(row_at(rows, 1)->value[PLX_MEASURE_LEVEL], ==, PLX_CELL_EMPTY);
    g_assert_cmpstr(row_at(rows, 1)->note, ==, "A dog (level 6): It barked");
    g_assert_cmpstr(row_at(rows, 1)->prompt, ==, "moment");
    g_assert_cmpint(row_at(rows, 2)->value[PLX_MEASURE_LEVEL], ==, PLX_CELL_NA);
    g_assert_null(row_at(rows, 2)->prompt);
    g_assert_cmpstr(row_at(rows, 3)->item, ==, "2");
    g_assert_cmpstr(row_at(rows, 4)->note, ==, "The lift");
    g_assert_cmpint(row_at(rows, 5)->kind, ==, PLX_SUBJECT_TASK);
    g_assert_cmpint(row_at(rows, 5)->value[PLX_MEASURE_DONE], ==, 0);
    g_assert_cmpint(row_at(rows, 6)->kind, ==, PLX_SUBJECT_PROMISE);
    g_assert_cmpint(row_at(rows, 6)->value[PLX_MEASURE_KEPT], ==, 1);
    g_assert_cmpint(row_at(rows, 7)->kind, ==, PLX_SUBJECT_JOURNEY);
    g_assert_cmpint(row_at(rows, 7)->value[PLX_MEASURE_OVERALL], ==, 3);
    g_assert_cmpstr(row_at(rows, 7)->note, ==, "Fine");
    g_ptr_array_unref(texts);
}

#define MOMENT(text) HEAD "\"moments\": [{" AT text "}]}"

static const struct {
    const char *text, *faults;
} faulty[] = {
    {"", "no JSON: line 1, column 0: '[' or '{' expected near end of file"},
    {"[]", "expected an object"},
    {"{\"report\": \"x\"}",
     "report: expected an id: 8 to 64 of A-Z a-z 0-9 _ -; conflict: expected what ties you to this "
     "place, or null; began: expected a time like 2026-01-31T14:05+01:00; moments: expected one at "
     "least"},
    {HEAD "\"moments\": [], \"level\": 3}",
     "level: no member of this name is known; moments: expected one at least"},
    {HEAD "\"moments\": []}", "moments: expected one at least"},
    {HEAD "\"moments\": {}}", "moments: expected a list"},
    {HEAD "\"moments\": [3]}", "moments[0]: expected an object"},
    {MOMENT("\"level\": 3"), "moments[0]: expected a point of the map, or a title"},
    {MOMENT("\"point\": \"lift\""), "moments[0]: the point \"lift\" is not on the map"},
    {MOMENT("\"point\": \"door\", \"level\": 7"),
     "moments[0].level: expected a whole number from 1 to 6"},
    {MOMENT("\"point\": \"door\", \"level\": \"6\""),
     "moments[0].level: expected a whole number from 1 to 6"},
    {MOMENT("\"point\": \"door\", \"surprise\": 2, \"hesitation\": -1"),
     "moments[0].surprise: expected a whole number from -1 to 1; moments[0].hesitation: expected a "
     "whole number from 0 to 1"},
    {MOMENT("\"point\": \"door\", \"words\": \"a\\u0007b\""),
     "moments[0].words: has control characters"},
    {MOMENT("\"point\": \"door\", \"words\": 7"), "moments[0].words: expected a text"},
    {MOMENT("\"point\": \"door\", \"photos\": [\"../../etc\"]"),
     "moments[0].photos[0]: expected an id: 8 to 64 of A-Z a-z 0-9 _ -"},
    {MOMENT("\"point\": \"door\", \"photos\": [\"photo-01\", \"photo-01\"]"),
     "moments[0].photos[1]: a picture belongs to one moment only"},
    {MOMENT("\"point\": \"door\", \"sense\": \"see; iron + hear\""),
     "moments[0]: \"iron\" is no sense: see, hear, touch, taste, smell or feel"},
    {MOMENT("\"point\": \"door\", \"colour\": 1"),
     "moments[0].colour: no member of this name is known"},
    {HEAD "\"moments\": [{" AT "\"point\": \"door\"}, {\"at\": \"2026-12-01T10:02+02:00\", "
          "\"point\": \"till\"}]}",
     "moments[1]: is before the one that stands above it"},
    {HEAD "\"moments\": [{\"at\": \"2026-12-01\", \"point\": \"door\"}]}",
     "moments[0].at: expected a time like 2026-01-31T14:05+01:00"},
    {HEAD "\"moments\": [{" AT "\"point\": \"door\"}], \"tasks\": {\"sleep\": true}, "
          "\"promises\": {\"fast\": 1}}",
     "tasks.sleep: is not on the map; promises.fast: expected true, false or null"},
};

static void test_faults(void)
{
    g_autoptr(plx_map) map = visits_map(shop);
    for (guint i = 0; i < G_N_ELEMENTS(faulty); i++) {
        GPtrArray *faults = NULL;
        g_assert_null(plx_visit_report_read(faulty[i].text, strlen(faulty[i].text), map, &faults));
        g_autofree char *text = plx_visit_faults_text(faults);
        g_assert_cmpstr(text, ==, faulty[i].faults);
        g_ptr_array_unref(faults);
    }
}

static char *many_moments(guint n)
{
    GString *const text = g_string_new(HEAD "\"moments\": [");
    for (guint i = 0; i < n; i++)
        g_string_append_printf(text, "%s{" AT "\"title\": \"t\"}", i > 0 ? ", " : "");
    g_string_append(text, "]}");
    return g_string_free(text, FALSE);
}

/* On a walk every moment is new; there are limits to all that grows. */
static void test_limits(void)
{
    g_autofree char *most = many_moments(PLX_VISIT_MOMENTS_MAX);
    g_autofree char *more = many_moments(PLX_VISIT_MOMENTS_MAX + 1);
    g_autofree char *words = g_strnfill(PLX_VISIT_WORDS_MAX + 1, 'x');
    g_autofree char *large = g_strnfill(PLX_VISIT_REPORT_BYTES_MAX + 1, ' ');
    g_autofree char *long_words =
        g_strdup_printf(HEAD "\"moments\": [{" AT "\"title\": \"t\", \"words\": \"%s\"}]}", words);
    const struct {
        const char *text, *fault;
    } cases[] = {{more, "moments: expected at most 300, there are 301"},
                 {long_words, "moments[0].words: expected at most 4000 characters, there are 4001"},
                 {large, "more than 2097152 bytes"}};
    g_autoptr(plx_visit_report) report = must_read(most, NULL);
    g_assert_cmpuint(report->moments->len, ==, PLX_VISIT_MOMENTS_MAX);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        GPtrArray *faults = NULL;
        g_assert_null(plx_visit_report_read(cases[i].text, strlen(cases[i].text), NULL, &faults));
        g_assert_cmpuint(faults->len, ==, 1);
        g_assert_cmpstr(faults->pdata[0], ==, cases[i].fault);
        g_ptr_array_unref(faults);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/visit-report/read", test_read);
    g_test_add_func("/visit-report/rows", test_rows);
    g_test_add_func("/visit-report/faults", test_faults);
    g_test_add_func("/visit-report/limits", test_limits);
    return g_test_run();
}
