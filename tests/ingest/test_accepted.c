/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a canonical file may look like, and what becomes of it. */

#include "base/error.h"
#include "map/map_file.h"
#include "reading.h"

#define HEAD "audience,point,level\n"

static void check_with(const char *text, gsize n, const struct plx_file_options *options,
                       const char *expected)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    struct reading reading = read_bytes(map, text, n, options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpstr(reading.text, ==, expected);
    reading_clear(&reading);
}

static void check(const char *text, const char *expected)
{
    check_with(text, strlen(text), NULL, expected);
}

#define ONE "leader|p:a||||||| level=4\n"

static void test_forms(void)
{
    check(HEAD "leader,a,4\n", ONE);
    check(HEAD "leader,a,4", ONE);
    check("audience,point,level\r\nleader,a,4\r\n", ONE);
    check("audience,point,level\r\nleader,a,4", ONE);
    check("\xEF\xBB\xBF" HEAD "leader,a,4\n", ONE);
    check("audience;point;level\nleader;a;4\n", ONE);
    check("audience\tpoint\tlevel\nleader\ta\t4\n", ONE);
    check("level,audience,point\n4,leader,a\n", ONE);
    check("\"audience\",\"point\",\"level\"\n\"leader\",\"a\",\"4\"\r\n", ONE);
    check(HEAD "\n\nleader,a,4\n\n\r\n", ONE);
    check(HEAD "Leader, A ,4.0\n", ONE);
    check(HEAD "leader,a, 4 \n", ONE);
    check(HEAD "leader,a,na\nleader,a,declined\nleader,a,\n",
          "leader|p:a|||||||\nleader|p:a||||||| level=declined\nleader|p:a||||||| level=na\n");
}

/* What the map has retired, or split, still has answers; they keep their id. */
static void test_retired(void)
{
    static const char yaml[] =
        "parallax: 1\ntitle: T\njourneys:\n  - title: J\n    transactions:\n      - title: X\n"
        "        points: [{title: A1, was: [a]}, {title: A2, was: [a]}, {title: C, was: [d]}]\n"
        "retired: {points: [{id: b, was: [older]}]}\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(yaml, strlen(yaml), "m.yaml", &error);
    g_assert_no_error(error);
    static const char text[] = HEAD "leader,A,4\nleader,B,4\nleader,Older,4\nleader,d,4\n";
    struct reading reading = read_bytes(map, text, strlen(text), NULL);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpstr(reading.text, ==,
                    "leader|p:a||||||| level=4\nleader|p:b||||||| level=4\n"
                    "leader|p:b||||||| level=4\nleader|p:c||||||| level=4\n");
    reading_clear(&reading);
    reading = read_bytes(map, HEAD "leader,e,4\n", strlen(HEAD "leader,e,4\n"), NULL);
    g_assert_nonnull(strstr(reading.error, "unknown point \"e\""));
    reading_clear(&reading);
}

static void test_quotes(void)
{
    check("audience,note\nleader,\"one, two\nthree \"\"four\"\"\"\nleader,five\n",
          "leader|-:||||||| note=<five>\n"
          "leader|-:||||||| note=<one, two\nthree \"four\">\n");
    check("audience,point,level,place\nleader,a,4,\"Berlin, \"\"Mitte\"\"\"\n",
          "leader|p:a||Berlin, \"Mitte\"||||| level=4\n");
}

static void test_columns(void)
{
    check("audience,point,level,time,place,channel,source,language,segment.tier,weight,group_size,"
          "surprise,hesitation,seen,note,prompt,journey,item,workshop,table,asked_p,respondent,"
          "dataset\n"
          "staff,a,5,2024-03-17T14:05,Berlin,web,form,de,gold,1.5,7,good,1,0,nice,comment,Trip,1,"
          "w1,t1,0.5,r1,d1\n",
          "staff|p:a|trip|Berlin|web|form|de|comment|gold| 2024-03-17+50700 level=5 seen=0 "
          "surprise=1 hesitation=1 group=7 weight=1.5 note=<nice>\n");
    check("audience;point;level;weight\nleader;a;4;1,5\n",
          "leader|p:a||||||| level=4 weight=1.5\n");
    /* A journey's own measures; a task's and a point's in one row; a promise's. */
    check("audience,journey,point,task,promise,level,overall,done,kept\n"
          "customer,trip,,,,,5,,\nshopper,trip,door,greet,,4,,1,\ncustomer,,,,on time,,,,0\n",
          "customer|j:trip|trip|||||| overall=5\n"
          "customer|k:on-time||||||| kept=0\n"
          "shopper|p:door|trip|||||| level=4\n"
          "shopper|t:greet|trip|||||| done=1\n");
    const struct plx_file_options options = {.ignore = (const char *const[]){"internal id", NULL}};
    static const char ignored[] = "audience,internal id,point,level\nleader,7,a,4\n";
    check_with(ignored, strlen(ignored), &options, ONE);
}

static void test_encodings(void)
{
    static const char text[] = "audience,point,level,place\nleader,a,4,Köln\n";
    static const char expected[] = "leader|p:a||Köln||||| level=4\n";
    check(text, expected);
    const struct {
        const char *name;
        const char *mark;
        gsize mark_length;
        const char *option;
    } cases[] = {
        {"UTF-16LE", "\xFF\xFE", 2, NULL},           {"UTF-16BE", "\xFE\xFF", 2, NULL},
        {"UTF-16LE", "\xFF\xFE", 2, "UTF-16"},       {"UTF-16LE", "\xFF\xFE", 2, "utf-16le"},
        {"UTF-16BE", "\xFE\xFF", 2, "UTF-16BE"},     {"UTF-16BE", "", 0, "UTF-16BE"},
        {"UTF-32LE", "\xFF\xFE\0\0", 4, "UTF-32LE"}, {"UTF-32BE", "\0\0\xFE\xFF", 4, "UTF-32BE"},
        {"ISO-8859-1", "", 0, "ISO-8859-1"},         {"UTF-8", "", 0, "UTF-8"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize n;
        g_autofree char *converted = g_convert(text, -1, cases[i].name, "UTF-8", NULL, &n, NULL);
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_byte_array_append(bytes, (const guint8 *)cases[i].mark, (guint)cases[i].mark_length);
        g_byte_array_append(bytes, (const guint8 *)converted, (guint)n);
        const struct plx_file_options options = {.encoding = cases[i].option};
        check_with((const char *)bytes->data, bytes->len, &options, expected);
    }
}

static void check_keys(const char *text, guint encounters, guint units)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    struct reading reading = read_bytes(map, text, strlen(text), NULL);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpuint(reading.encounters, ==, encounters);
    g_assert_cmpuint(reading.units, ==, units);
    reading_clear(&reading);
}

/* design section 2, "Encounter". */
static void test_keys(void)
{
    check_keys(HEAD "leader,a,4\nleader,a,4\nleader,b,4\n", 3, 3);
    check_keys("audience,respondent,point,level\ncustomer,r,a,4\ncustomer,r,b,4\nstaff,r,a,4\n"
               "customer,,a,4\n",
               3, 3);
    check_keys("audience,respondent,time,point,level\n"
               "customer,r,2024-01-01,a,4\ncustomer,r,2024-01-01,b,4\ncustomer,r,2024-01-02,a,4\n"
               "customer,r,,a,4\n",
               3, 1);
    check_keys("audience,encounter,respondent,point,level\n"
               "customer,e1,r,a,4\ncustomer,e1,r,b,4\ncustomer,e2,r,a,4\ncustomer,e3,,a,4\n"
               "customer,,,a,4\ncustomer,,,a,4\n",
               5, 4);
    check_keys("audience,encounter,dataset,point,level\ncustomer,e1,d1,a,4\ncustomer,e1,d2,a,4\n",
               2, 2);
}

static void check_duplicates(const char *text, guint64 duplicates, const char *expected)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    for (guint threads = 1; threads <= 2; threads++) {
        const struct plx_file_options options = {.threads = threads};
        struct reading reading = read_bytes(map, text, strlen(text), &options);
        g_assert_cmpstr(reading.error, ==, NULL);
        g_assert_cmpstr(reading.text, ==, expected);
        g_assert_cmpuint(reading.summary.duplicates, ==, duplicates);
        reading_clear(&reading);
    }
}

static void test_duplicates(void)
{
    check_duplicates("audience,encounter,point,level\ncustomer,e1,a,4\ncustomer,e1,a,4.0\n"
                     "customer,e1,A,4\ncustomer,e2,a,4\n",
                     2, "customer|p:a||||||| level=4\ncustomer|p:a||||||| level=4\n");
    check_duplicates("audience,encounter,point,item,level\ncustomer,e1,a,1,4\ncustomer,e1,a,2,4\n",
                     0, "customer|p:a||||||| level=4\ncustomer|p:a||||||| level=4\n");
    /* Without an encounter column no row is a duplicate. */
    check_duplicates("audience,respondent,point,level\ncustomer,r,a,4\ncustomer,r,a,4\n", 0,
                     "customer|p:a||||||| level=4\ncustomer|p:a||||||| level=4\n");
    /* Notes alone are the same only if their words are. */
    check_duplicates("audience,encounter,note\ncustomer,e1,good\ncustomer,e1,bad\n"
                     "customer,e1,good\n",
                     1, "customer|-:||||||| note=<bad>\ncustomer|-:||||||| note=<good>\n");
}

/* One row, with the columns that repeat side by side or each alone. */
static void append_row(GString *out, gboolean together, const char *const *cell)
{
    static const guint apart[] = {0, 6, 1, 7, 2, 8, 3, 5, 4};
    for (guint i = 0; i < 9; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? "," : "", cell[together ? i : apart[i]]);
    g_string_append(out, "\r\n");
}

/* Rows that repeat what the row above says are read as if each stood alone. */
static void test_repeats(void)
{
    static const char *const titles[] = {"encounter", "respondent", "time",  "audience", "place",
                                         "note",      "point",      "level", "expected"};
    static const char *const values[][4] = {
        {"e1", "e-and-more-than-sixteen-bytes", "\"e,3\"", ""},
        {"r1", "r2", "\"r\"\"3\"", ""},
        {"2024-01-01", "2024-01-01T10:00", "2024-02-29 23:59:59", ""},
        {"customer", "customer", "customer", "customer"},
        {"here", "there, but in a place of many words", "\"here\"", ""},
        {"", "", "a note", "\"two\nlines\""},
        {"a", "b", "c", "\"d\""},
        {"1", "6", "na", ""},
        {"", "5", "", "declined"},
    };
    g_autoptr(GString) side_by_side = g_string_new(NULL);
    g_autoptr(GString) alone = g_string_new(NULL);
    append_row(side_by_side, TRUE, titles);
    append_row(alone, FALSE, titles);
    const char *cell[9] = {"e1", "r1", "", "customer", "here", "", "a", "1", ""};
    guint32 state = 7;
    for (guint row = 0; row < 6000; row++) {
        for (guint c = 0; c < 9; c++) {
            state = state * 1664525u + 1013904223u;
            if (c >= 5 || state >> 29 == 0) /* keys and places mostly stay */
                cell[c] = values[c][state >> 24 & 3];
        }
        g_autofree char *encounter = g_strdup_printf("e%u", row / 4);
        cell[0] = row % 1000 < 500 ? encounter : cell[0];
        append_row(side_by_side, TRUE, cell);
        append_row(alone, FALSE, cell);
        cell[0] = "e1";
    }
    g_autoptr(plx_map) map = plx_map_new_open();
    const struct plx_file_options options = {.threads = 1, .max_errors = 6000};
    struct reading together = read_bytes(map, side_by_side->str, side_by_side->len, &options);
    struct reading apart = read_bytes(map, alone->str, alone->len, &options);
    g_assert_cmpstr(together.error, ==, NULL);
    g_assert_cmpstr(together.text, ==, apart.text);
    g_assert_cmpuint(together.summary.rejected, ==, apart.summary.rejected);
    g_assert_cmpuint(together.summary.rejected, <, 5000);
    g_assert_cmpuint(together.summary.duplicates, ==, apart.summary.duplicates);
    g_assert_cmpuint(together.encounters, ==, apart.encounters);
    g_assert_cmpuint(together.units, ==, apart.units);
    reading_clear(&together);
    reading_clear(&apart);
}

static void test_wide_plan(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_plan) plan = plx_plan_new();
    plan->ignore_others = TRUE;
    plx_pick_column(&plan->place, "Shop");
    plx_pick_value(&plan->place, "1", "Berlin");
    static const struct {
        const char *audience, *point, *column;
    } views[] = {{"customer", "Seat Comfort", "c_seat"},
                 {"leader", "Seat Comfort", "l_seat"},
                 {"customer", "Food", "c_food"}};
    for (gsize i = 0; i < G_N_ELEMENTS(views); i++) {
        struct plx_view *const view = plx_plan_add_view(plan);
        plx_pick_constant(&view->audience, views[i].audience);
        plx_pick_constant(&view->point, views[i].point);
        struct plx_ask *const ask = plx_view_add_ask(view, PLX_MEASURE_LEVEL);
        plx_pick_column(&ask->cell, views[i].column);
        plx_pick_value(&ask->cell, "0", "na");
        plx_pick_value(&ask->cell, "-", "");
    }
    const struct plx_file_options options = {.plan = plan};
    static const char text[] = "id,Shop,c_seat,l_seat,c_food\n"
                               "1,1,5,4,0\n"
                               "2,2,-,3,\n";
    struct reading reading = read_bytes(map, text, strlen(text), &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpstr(reading.text, ==,
                    "customer|p:food||Berlin||||| level=na\n"
                    "customer|p:seat-comfort||Berlin||||| level=5\n"
                    "leader|p:seat-comfort||2||||| level=3\n"
                    "leader|p:seat-comfort||Berlin||||| level=4\n");
    g_assert_cmpuint(reading.encounters, ==, 3);
    reading_clear(&reading);
    static const char missing[] = "id,Shop,c_seat,l_sea,c_food\n1,1,1,1,1\n";
    reading = read_bytes(map, missing, strlen(missing), &options);
    g_assert_cmpstr(reading.error, ==,
                    "f.csv:1: there is no column \"l_seat\"; did you mean \"c_seat\"?");
    reading_clear(&reading);
}

/* An encounter named by a constant and a column: the second chunk of rows names those of the first
 * again. */
static void test_encounter_by_plan(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_plan) plan = plx_plan_new();
    plx_pick_constant(&plan->audience, "customer");
    plx_pick_constant(plx_plan_add_encounter(plan), "wave 1");
    plx_pick_column(plx_plan_add_encounter(plan), "visit");
    struct plx_view *const view = plx_plan_add_view(plan);
    plx_pick_column(&view->point, "point");
    plx_pick_column(&plx_view_add_ask(view, PLX_MEASURE_LEVEL)->cell, "level");
    const struct plx_file_options options = {.plan = plan};
    g_autoptr(GString) text = g_string_new("visit,point,level\n");
    for (guint row = 0; row < 2 * 2500; row++)
        g_string_append_printf(text, "v%u,%c,4\n", row % 2500, row < 2500 ? 'a' : 'b');
    struct reading reading = read_bytes(map, text->str, text->len, &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpuint(reading.encounters, ==, 2500);
    reading_clear(&reading);
}

/* What a recipe says of a note's texts holds as for all others. */
static void test_notes_by_plan(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_plan) plan = plx_plan_new();
    plan->ignore_others = TRUE;
    plx_pick_constant(&plan->audience, "customer");
    struct plx_view *const view = plx_plan_add_view(plan);
    plx_pick_constant(&view->point, "a");
    plx_pick_column(&plx_view_add_ask(view, PLX_MEASURE_LEVEL)->cell, "a");
    struct plx_view *const other = plx_plan_add_view(plan);
    plx_pick_constant(&other->point, "b");
    plx_pick_column(&plx_view_add_ask(other, PLX_MEASURE_LEVEL)->cell, "b");
    plx_pick_column(&other->note, "why");
    plx_pick_value(&other->note, "-", "");
    plx_pick_value(&other->note, "1", "too loud");
    const struct plx_file_options options = {.plan = plan};
    static const char text[] = "a,b,why\n1,,-\n2,,1\n3,,\"so \"\"so\"\"\"\n";
    struct reading reading = read_bytes(map, text, strlen(text), &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpstr(reading.text, ==,
                    "customer|p:a||||||| level=1\n"
                    "customer|p:a||||||| level=2\n"
                    "customer|p:a||||||| level=3\n"
                    "customer|p:b||||||| note=<so \"so\">\n"
                    "customer|p:b||||||| note=<too loud>\n");
    reading_clear(&reading);
    other->note.pattern = g_strdup("^[a-z]+");
    static const char unlike[] = "a,b,why\n1,,soso\n2,,12\n";
    reading = read_bytes(map, unlike, strlen(unlike), &options);
    g_assert_cmpstr(reading.error, ==,
                    "f.csv:3:4: why is \"12\", which the pattern \"^[a-z]+\" does not match");
    reading_clear(&reading);
}

/* R's write.table: runs of blanks, quoted row names that the header does not have. */
static void test_write_table(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_plan) plan = plx_plan_new();
    plan->ignore_others = TRUE;
    plan->dialect.delimiter = PLX_DELIMITER_SPACES;
    plx_pick_constant(&plan->audience, "customer");
    plx_pick_column(&plan->respondent, "perceiver.id");
    struct plx_view *view = plx_plan_add_view(plan);
    plx_pick_column(&view->point, "target.id");
    struct plx_ask *ask = plx_view_add_ask(view, PLX_MEASURE_LEVEL);
    plx_pick_column(&ask->cell, "liking_a");
    plx_pick_value(&ask->cell, "NA", "");
    view = plx_plan_add_view(plan);
    plx_pick_column(&view->point, "perceiver.id");
    ask = plx_view_add_ask(view, PLX_MEASURE_PREDICTED);
    plx_pick_column(&ask->cell, "metaliking_a");
    plx_pick_value(&ask->cell, "NA", "");
    const struct plx_file_options options = {.plan = plan};
    static const char text[] = "\"perceiver.id\" \"target.id\" \"liking_a\" \"metaliking_a\"\n"
                               "\"1\" 1 2 NA 3\n"
                               "\"2 b\"   2  \"1\" 4 2  \r\n";
    struct reading reading = read_bytes(map, text, strlen(text), &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpstr(reading.text, ==,
                    "customer|p:1||||||| level=4\n"
                    "customer|p:1||||||| predicted=3\n"
                    "customer|p:2|||||||\n"
                    "customer|p:2||||||| predicted=2\n");
    g_assert_cmpuint(reading.units, ==, 2);
    reading_clear(&reading);
    /* Tabs part fields as blanks do, also beside quotes. */
    static const char tabs[] = "\"perceiver.id\"\t\"target.id\" \t\"liking_a\" \"metaliking_a\"\r\n"
                               "\"1\"\t\"1 \t\"\"a\"\"\"\t \"2\" NA 3\r\n";
    reading = read_bytes(map, tabs, strlen(tabs), &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpstr(reading.text, ==,
                    "customer|p:1-a||||||| predicted=3\n"
                    "customer|p:2|||||||\n");
    reading_clear(&reading);
    static const char stray[] = "\"perceiver.id\" target.id liking_a metaliking_a\n"
                                "1 2 3 4 5\n\"1\"\t\"2\"x 3 4 5\n";
    reading = read_bytes(map, stray, strlen(stray), &options);
    g_assert_cmpstr(reading.error, ==, "f.csv:3:8: text behind a closing quote");
    reading_clear(&reading);
    static const char within[] = "\"perceiver.id\" target.id liking_a metaliking_a\n"
                                 "1 2\tx\"y 3 4\"5 5\n";
    reading = read_bytes(map, within, strlen(within), &options);
    g_assert_cmpstr(reading.error, ==,
                    "f.csv:2:6: a quote within a field that does not begin with one");
    reading_clear(&reading);
}

static void test_dates_by_pattern(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_plan) plan = plx_plan_new();
    plan->dialect.skip_before = 1;
    plan->dialect.skip_after = 1;
    plx_pick_column(&plan->audience, "who");
    plx_pick_value(&plan->audience, "boss", "leader");
    plan->audience.closed = TRUE;
    plx_pick_column(&plan->time, "when");
    plan->time_format = g_strdup("%d/%m/%Y");
    struct plx_view *const view = plx_plan_add_view(plan);
    plx_pick_column(&view->point, "what");
    view->point.pattern = g_strdup("^[0-9]+ (.*)$");
    plx_pick_column(&plx_view_add_ask(view, PLX_MEASURE_LEVEL)->cell, "how");
    const struct plx_file_options options = {.plan = plan};
    static const char head[] = "Export of today\nwho,when,what,how\nQ1,Q2,Q3,Q4\n";
    g_autofree char *good = g_strconcat(head, "boss,17/03/2024,12 Door,4\n", NULL);
    struct reading reading = read_bytes(map, good, strlen(good), &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpstr(reading.text, ==, "leader|p:door||||||| 2024-03-17+0 level=4\n");
    reading_clear(&reading);
    const struct {
        const char *row, *error;
    } wrong[] = {
        {"boss,03/17/2024,1 a,4",
         "f.csv:4:6: when is \"03/17/2024\"; expected a date that exists, like 17/03/2024 "
         "(%d/%m/%Y)"},
        {"boss,soon,1 a,4",
         "f.csv:4:6: when is \"soon\"; expected a date like 17/03/2024 (%d/%m/%Y)"},
        {"bosss,17/03/2024,1 a,4",
         "f.csv:4:1: who is \"bosss\", which the recipe's values do not name; did you mean "
         "\"boss\"?"},
        {"boss,17/03/2024,a,4",
         "f.csv:4:17: what is \"a\", which the pattern \"^[0-9]+ (.*)$\" does not match"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *text = g_strconcat(head, wrong[i].row, "\n", NULL);
        reading = read_bytes(map, text, strlen(text), &options);
        g_assert_cmpstr(reading.error, ==, wrong[i].error);
        reading_clear(&reading);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/accepted/retired", test_retired);
    g_test_add_func("/accepted/forms", test_forms);
    g_test_add_func("/accepted/quotes", test_quotes);
    g_test_add_func("/accepted/columns", test_columns);
    g_test_add_func("/accepted/encodings", test_encodings);
    g_test_add_func("/accepted/keys", test_keys);
    g_test_add_func("/accepted/duplicates", test_duplicates);
    g_test_add_func("/accepted/repeats", test_repeats);
    g_test_add_func("/accepted/wide-plan", test_wide_plan);
    g_test_add_func("/accepted/notes-by-plan", test_notes_by_plan);
    g_test_add_func("/accepted/encounter-by-plan", test_encounter_by_plan);
    g_test_add_func("/accepted/write-table", test_write_table);
    g_test_add_func("/accepted/dates-by-pattern", test_dates_by_pattern);
    return g_test_run();
}
