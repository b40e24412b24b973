/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bad input: every message, word for word, and where it points. */

#include "base/error.h"
#include "map/map_file.h"
#include "reading.h"

#include <glib/gstdio.h>

#define HEAD "audience,point,level\n"

/* The message; a last line on how many rows are wrong has its own test. */
static void check(const char *text, const char *expected)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    for (guint threads = 1; threads <= 2; threads++) {
        const struct plx_file_options options = {.threads = threads};
        struct reading reading = read_bytes(map, text, strlen(text), &options);
        g_assert_nonnull(reading.error);
        g_autofree char *first = g_strndup(reading.error, strcspn(reading.error, "\n"));
        g_assert_cmpstr(first, ==, expected);
        g_assert_cmpint(reading.code, ==, PLX_ERROR_INPUT);
        g_assert_null(reading.text);
        reading_clear(&reading);
    }
}

static void test_header(void)
{
    check("", "f.csv: is empty; a header and rows were expected");
    check(HEAD, "f.csv: has a header but no rows");
    check("point,level\na,4\n",
          "f.csv:1: there is no column \"audience\"; the smallest useful file has "
          "audience,point,level (if all rows are of one: --set audience=customer; a foreign file "
          "needs a recipe)");
    check("audience,level\nleader,4\n",
          "f.csv:1:10: \"level\" is asked of a point, but there is no column \"point\"");
    check("audience,point,overall\nleader,a,4\n",
          "f.csv:1:16: \"overall\" is asked of a journey, but there is no column \"journey\"");
    check("audience,point,done\nleader,a,1\n",
          "f.csv:1:16: \"done\" is asked of a task, but there is no column \"task\"");
    check("audience,point,kept\nleader,a,1\n",
          "f.csv:1:16: \"kept\" is asked of a promise, but there is no column \"promise\"");
    check("audience,point\nleader,a\n",
          "f.csv:1: there is no measure (such as \"level\") and no \"note\" to read");
    check("audience,point,levle\nleader,a,4\n",
          "f.csv:1:16: unknown column \"levle\"; did you mean \"level\"? (a foreign file needs a "
          "recipe; a column that does not matter: --ignore-column \"levle\")");
    check("audience,point,level,level\nleader,a,4,4\n",
          "f.csv:1:22: column \"level\" is there twice (before: column 3)");
    check("audience,\"point\nleader,a,4\n", "f.csv:1:10: a quote is opened here and not closed");
    check("audience,po\"int,level\n",
          "f.csv:1:12: a quote within a field that does not begin with one");
    check("audience,\"point\"x,level\n", "f.csv:1:17: text behind a closing quote");
    check("audience,\"po\nint\",le\"vel\ncustomer,a,3\n",
          "f.csv:2:8: a quote within a field that does not begin with one");
    check("audience,point,level\rcustomer,a,3\r",
          "f.csv:1:21: a carriage return alone; lines must end in a newline (save the file again "
          "as CSV, with the line ends of Unix or Windows)");
    check("audi\xE9nce,point,level\n",
          "f.csv:1:5: byte 0xE9 is not valid UTF-8 (perhaps --encoding windows-1252)");
}

static void test_audience(void)
{
    check(HEAD "leader,a,4\npatient,a,4\n",
          "f.csv:3:1: unknown audience \"patient\" (to add it: --declare patient:served; "
          "if it is not served, leave out \":served\")");
    check(HEAD "Costumers,a,4\n",
          "f.csv:2:1: unknown audience \"Costumers\"; did you mean \"customer\"? (to add it: "
          "--declare costumers:served; if it is not served, leave out \":served\")");
    check(HEAD ",a,4\n", "f.csv:2:1: the audience is missing");
}

static void test_level(void)
{
#define EXPECTED "expected a whole number from 1 to 6, \"na\", \"declined\" or nothing"
    check(HEAD "leader,a,0\n", "f.csv:2:10: level is \"0\"; " EXPECTED);
    check(HEAD "leader,a,4\nleader,b,7\n", "f.csv:3:10: level is \"7\"; " EXPECTED);
    check(HEAD "leader,a,3.5\n", "f.csv:2:10: level is \"3.5\"; " EXPECTED);
    check(HEAD "leader,a,four\n", "f.csv:2:10: level is \"four\"; " EXPECTED);
    check(HEAD "leader,a,NA\n", "f.csv:2:10: level is \"NA\"; " EXPECTED "; did you mean \"na\"?");
    check(HEAD "leader,a,-1\n", "f.csv:2:10: level is \"-1\"; " EXPECTED);
    check("audience,point,believed\nleader,a,11\n",
          "f.csv:2:10: believed is \"11\"; expected a whole number from 0 to 10, \"na\", "
          "\"declined\" or nothing");
    check(HEAD "leader,,4\n", "f.csv:2:9: level is asked of a point; this row names none");
    check(HEAD "leader,---,4\n", "f.csv:2:8: point \"---\" has no letter and no digit");
    check("audience,point,journey,overall\nleader,a,b,4\n",
          "f.csv:2:12: overall is asked of a journey, not of a point as this row does");
    check("audience,point,surprise,level\nleader,,good,\n",
          "f.csv:2:9: surprise is asked of a point; this row names none");
    check("audience,point,prompt,surprise,note\nleader,,competitors,good,faster\n"
          "leader,,competitors,bad,\n",
          "f.csv:3:21: surprise is asked of a point; this row names none");
    check("audience,point,surprise,level\nleader,a,great,\n",
          "f.csv:2:10: surprise is \"great\"; expected \"good\", \"bad\", \"none\", or nothing");
}

/* A table of a workshop has one audience and is one group, wherever its rows stand. */
static void test_tables(void)
{
#define TABLES "audience,encounter,workshop,table,group_size,prompt,note\n"
    check(TABLES "leader,e1,spring,2,7,well,a\nstaff,e2,spring,3,7,well,a\n"
                 "leader,e1,spring,2,7,improve,a\nstaff,e3,spring,2,7,well,a\n",
          "f.csv:5:1: audience is \"staff\" here but \"leader\" on line 2; table \"2\" of workshop "
          "\"spring\" has one audience");
    check(TABLES "leader,e1,spring,2,1,well,a\nleader,e2,spring,2,7,well,a\n"
                 "leader,e3,spring,2,,well,a\nleader,e4,spring,2,6,improve,a\n",
          "f.csv:5:20: group_size is 6 here but 7 on line 3; table \"2\" of workshop \"spring\" is "
          "one group");
    /* Cells that are wrong are told first; their rows are at no table. */
    check(TABLES "leader,e1,spring,2,0,well,a\nstaff,e2,spring,2,7,well,a\n"
                 "leader,e3,spring,2,7,well,a\n",
          "f.csv:2:20: group_size is \"0\"; expected a whole number from 1 to 65535");
}

static void test_numbers(void)
{
#define WEIGHT "expected a number from 0 to 1000000"
    check("audience,point,level,weight\nleader,a,4,-1\n", "f.csv:2:12: weight is \"-1\"; " WEIGHT);
    check("audience,point,level,weight\nleader,a,4,nan\n",
          "f.csv:2:12: weight is \"nan\"; " WEIGHT);
    check("audience,point,level,weight\nleader,a,4,inf\n",
          "f.csv:2:12: weight is \"inf\"; " WEIGHT);
    check("audience,point,level,weight\nleader,a,4,\"1,5\"\n",
          "f.csv:2:12: weight is \"1,5\"; " WEIGHT "; decimal commas are read where semicolons "
          "separate the columns, or with decimal-comma: true in a recipe");
    check("audience,point,level,group_size\nleader,a,4,0\n",
          "f.csv:2:12: group_size is \"0\"; expected a whole number from 1 to 65535");
    check("audience,point,level,item\nleader,a,4,x\n",
          "f.csv:2:12: item is \"x\"; expected a whole number from 0 to 1000000000");
    check("audience,point,level,asked_p\nleader,a,4,0\n",
          "f.csv:2:12: asked_p is \"0\"; expected a probability above 0, at most 1");
#define DATE "expected a date like 2024-03-17 or 2024-03-17T14:05"
    check("audience,point,time,level\nleader,a,2026-13-40,4\n",
          "f.csv:2:10: time is \"2026-13-40\"; " DATE);
    check("audience,point,time,level\nleader,a,2026-02-29,4\n",
          "f.csv:2:10: time is \"2026-02-29\"; " DATE);
    check("audience,point,time,level\nleader,a,2024-02-29T24:00,4\n",
          "f.csv:2:10: time is \"2024-02-29T24:00\"; " DATE);
    check("audience,point,time,level\nleader,a,24.12.2025,4\n",
          "f.csv:2:10: time is \"24.12.2025\"; " DATE "; a recipe reads other forms (time-format)");
    g_autofree char *place = g_strnfill(256, 'x');
    g_autofree char *text = g_strdup_printf("audience,point,place,level\nleader,a,%s,4\n", place);
    check(text, "f.csv:2:10: place has 256 bytes; at most 255 are allowed");
}

static void test_rows(void)
{
    check(HEAD "leader,a,4\nleader,a\nleader,b,4\n",
          "f.csv:3:1: this row is too short: it has 2 fields; 3 were expected");
    check(HEAD "leader,a,4,5\n",
          "f.csv:2:1: this row is too long: it has 4 fields; 3 were expected");
    check(HEAD "leader,a,4\n\nleader\n",
          "f.csv:4:1: this row is too short: it has 1 field; 3 were expected");
    /* As many separators as two whole rows have. */
    check(HEAD "leader,a\nleader,b,4,5\n",
          "f.csv:2:1: this row is too short: it has 2 fields; 3 were expected");
}

static void test_quotes(void)
{
    check(HEAD "leader,a,4\nleader,\"b,4\nleader,c,4\n",
          "f.csv:3:8: a quote is opened here and not closed");
    check(HEAD "leader,5\" pipe,4\n", "f.csv:2:9: a quote is opened here and not closed");
    check(HEAD "leader,5\" pipe 6\",4\n",
          "f.csv:2:9: a quote within a field that does not begin with one");
    check(HEAD "leader,\"a\"b,4\n", "f.csv:2:11: text behind a closing quote");
    check(HEAD "leader,\"a\"\"b,4\n", "f.csv:2:8: a quote is opened here and not closed");
    check("audience,note\nleader,\"one\ntwo\"\nleader,\"three\nfour\n",
          "f.csv:4:8: a quote is opened here and not closed");
    /* The first fault by position, whatever kind. */
    check(HEAD "leader,a,9\nleader,b\"c,4\n", "f.csv:2:10: level is \"9\"; " EXPECTED);
    /* Lines within quotes count. */
    check("audience,note,point,level\nleader,\"one\ntwo\",a,9\n",
          "f.csv:3:8: level is \"9\"; " EXPECTED);
}

static void test_encoding(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    static const char nul[] = HEAD "leader,a\0b,4\n";
    struct reading reading = read_bytes(map, nul, sizeof nul - 1, NULL);
    g_assert_cmpstr(reading.error, ==,
                    "f.csv:2:9: a NUL byte; this is no text (or UTF-16 without a byte order mark: "
                    "--encoding UTF-16LE)");
    reading_clear(&reading);
    check(HEAD "leader,b,4\nleader,caf\xE9,4\n",
          "f.csv:3:11: byte 0xE9 is not valid UTF-8 (perhaps --encoding windows-1252)");
    check(HEAD "leader,\xC7\xD1\xB1\xDB,4\n",
          "f.csv:2:8: byte 0xC7 is not valid UTF-8 (perhaps --encoding CP949)");
    const struct plx_file_options options = {.encoding = "SHIFT_JIS"};
    static const char text[] = HEAD "leader,b,4\nleader,\x81,4\n";
    reading = read_bytes(map, text, sizeof text - 1, &options);
    g_assert_cmpstr(reading.error, ==, "f.csv:3:8: byte 0x81 cannot stand here in SHIFT_JIS");
    reading_clear(&reading);
}

/* A large file whose last row opens a quote: the error stands there, not where reading stopped. */
static void test_late_quote(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GString) text = g_string_new(HEAD);
    guint line = 1;
    for (; text->len < 40 * 1024 * 1024; line++)
        g_string_append(text, "customer,parcel condition at the door,4\n");
    g_string_append(text, "customer,\"parcel,4\n");
    g_autofree char *expected =
        g_strdup_printf("f.csv:%u:10: a quote is opened here and not closed", line + 1);
    struct reading reading = read_bytes(map, text->str, text->len, NULL);
    g_assert_cmpstr(reading.error, ==, expected);
    reading_clear(&reading);
    /* Early in a large file: given up after 16 MiB. */
    g_string_insert(text, sizeof HEAD - 1, "customer,\"open,4\n");
    g_string_truncate(text, text->len - strlen("customer,\"parcel,4\n"));
    reading = read_bytes(map, text->str, text->len, NULL);
    g_assert_cmpstr(reading.error, ==, "f.csv:2:10: a quote is opened here and not closed");
    reading_clear(&reading);
}

static void test_closed_map(void)
{
    static const char yaml[] = "parallax: 1\n"
                               "title: Trips\n"
                               "journeys:\n"
                               "  - title: Trip\n"
                               "    transactions:\n"
                               "      - title: Flight\n"
                               "        points:\n"
                               "          - title: Seat comfort\n"
                               "          - title: Food\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(yaml, sizeof yaml - 1, "map.yaml", &error);
    g_assert_no_error(error);
    static const char text[] = HEAD "leader,Seat Comfort,4\nleader,seat-confort,4\n";
    struct reading reading = read_bytes(map, text, sizeof text - 1, NULL);
    g_assert_cmpstr(reading.error, ==,
                    "f.csv:3:8: unknown point \"seat-confort\"; did you mean \"seat-comfort\"? "
                    "(the map has seat-comfort, food)");
    reading_clear(&reading);
    static const char journey[] = "audience,journey,overall\nleader,trips,4\n";
    reading = read_bytes(map, journey, sizeof journey - 1, NULL);
    g_assert_cmpstr(
        reading.error, ==,
        "f.csv:2:8: unknown journey \"trips\"; did you mean \"trip\"? (the map has trip)");
    reading_clear(&reading);
}

static void test_duplicates(void)
{
#define KEYED "audience,encounter,respondent,point,level\n"
    check(KEYED "customer,e1,r1,a,4\ncustomer,e2,r1,a,4\ncustomer,e1,r1,a,5\n",
          "f.csv:4:18: level is \"5\" here but \"4\" on line 2, which is the same observation of "
          "encounter \"e1\" (two answers need different \"item\" numbers)");
    check(KEYED "customer,e1,r1,a,4\ncustomer,e1,r2,b,4\n",
          "f.csv:3:13: respondent is \"r2\" here but \"r1\" on line 2; it must not change within "
          "encounter \"e1\"");
    check("audience,respondent,group_size,point,level\nstaff,r1,3,a,4\nstaff,r1,4,b,4\n",
          "f.csv:3:10: group_size is \"4\" here but \"3\" on line 2; it must not change within "
          "encounter of respondent \"r1\"");
    check(KEYED "customer,e1,r1,a,4\nstaff,e1,r1,b,4\n",
          "f.csv:3:1: audience is \"staff\" here but \"customer\" on line 2; it must not change "
          "within encounter \"e1\"");
}

static void test_max_errors(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "parallax-test-rejects.csv", NULL);
    static const char text[] = "audience,encounter,point,level\n"
                               "customer,e1,a,4\n"
                               "customer,e2,a,9\r\n"
                               "customer,e3,a\n"
                               "customer,e1,a,5\n"
                               "customer,e4,\xE9,5\n"
                               "customer,e5,a,6\n";
    struct plx_file_options options = {.max_errors = 4, .rejects = path, .threads = 2};
    struct reading reading = read_bytes(map, text, sizeof text - 1, &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpstr(reading.text, ==,
                    "customer|p:a||||||| level=4\n"
                    "customer|p:a||||||| level=6\n");
    g_assert_cmpuint(reading.summary.rejected, ==, 4);
    reading_clear(&reading);
    g_autofree char *rejects = NULL;
    g_assert_true(g_file_get_contents(path, &rejects, NULL, NULL));
    g_assert_cmpstr(
        rejects, ==,
        "reject_line,reject_reason,audience,encounter,point,level\n"
        "3,\"level is \"\"9\"\"; expected a whole number from 1 to 6, \"\"na\"\", \"\"declined\"\" "
        "or "
        "nothing\",customer,e2,a,9\n"
        "4,this row is too short: it has 3 fields; 4 were expected,customer,e3,a\n"
        "5,\"level is \"\"5\"\" here but \"\"4\"\" on line 2, which is the same observation of "
        "encounter "
        "\"\"e1\"\" (two answers need different \"\"item\"\" numbers)\",customer,e1,a,5\n"
        "6,byte 0xE9 is not valid UTF-8 (perhaps --encoding windows-1252),customer,e4,\xE9,5\n");
    g_unlink(path);
    options.max_errors = 3;
    reading = read_bytes(map, text, sizeof text - 1, &options);
    g_assert_cmpstr(reading.error, ==,
                    "f.csv:3:15: level is \"9\"; " EXPECTED
                    " (the first of more than the 3 wrong rows that --max-errors allows)");
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    reading_clear(&reading);
    /* What cannot be left out is told at once. */
    static const char quote[] = HEAD "leader,a,9\nleader,b\"c\"d,4\nleader,a,9\n";
    reading = read_bytes(map, quote, sizeof quote - 1, &options);
    g_assert_cmpstr(reading.error, ==,
                    "f.csv:3:9: a quote within a field that does not begin with one");
    reading_clear(&reading);
}

#define LEAVE_OUT "To leave them out on purpose, and see each with its reason: "

/* Many rows are wrong: the first are told, and how many there are, whoever read them. */
static void test_many_errors(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GString) text = g_string_new(HEAD "customer,a,4\n");
    for (int i = 0; i < 100000; i++)
        g_string_append(text, i % 4 == 1 ? "customer,a,9\n" : "customer,a,5\n");
    g_string_append(text, "customer,a\ncustomer,\xE9,\xE9\n");
    g_autoptr(GString) expected = g_string_new(NULL);
    g_string_append(expected, "f.csv:4:12: level is \"9\"; " EXPECTED " (also on lines 8");
    for (guint i = 2; i < 20; i++)
        g_string_append_printf(expected, ", %u", 4 + 4 * i);
    g_string_append(expected, ")\n25002 rows are wrong (these are the first 20). " LEAVE_OUT
                              "--max-errors 25002 --rejects FILE");
    for (guint threads = 1; threads <= 7; threads += 3) {
        const struct plx_file_options options = {.threads = threads};
        struct reading reading = read_bytes(map, text->str, text->len, &options);
        g_assert_cmpstr(reading.error, ==, expected->str);
        reading_clear(&reading);
    }
    const struct plx_file_options all = {.max_errors = 25002, .threads = 2};
    struct reading reading = read_bytes(map, text->str, text->len, &all);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpuint(reading.summary.rejected, ==, 25002);
    reading_clear(&reading);
    /* --max-errors does not help where the file itself is broken. */
    g_string_append(text, "customer,a\"b\",4\n");
    const struct plx_file_options none = {.threads = 2};
    reading = read_bytes(map, text->str, text->len, &none);
    g_assert_cmpstr(reading.error, ==, "f.csv:4:12: level is \"9\"; " EXPECTED);
    reading_clear(&reading);
}

/* Where most rows are wrong, leaving them out is not what is advised. */
static void test_most_wrong(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    struct reading reading = read_bytes(map, HEAD "leader,a,9\nleader,a,4\nleader,a,9\n", 54, NULL);
    g_assert_cmpstr(reading.error, ==,
                    "f.csv:2:10: level is \"9\"; " EXPECTED " (also on line 4)\n"
                    "2 of 3 rows are wrong. Perhaps it is another map, audience, scale or recipe "
                    "that they are made for");
    reading_clear(&reading);
}

#define TIME "time is \"2024-13-01\"; expected a date like 2024-03-17 or 2024-03-17T14:05"
#define NOBODY                                                                                     \
    "unknown audience \"nobody\" (to add it: --declare nobody:served; if it is not served, leave " \
    "out \":served\")"

/* Rows that repeat a wrong cell of the row above are wrong as well. */
static void test_repeated_faults(void)
{
    static const char text[] = "time,audience,place,point,level\n"
                               "2024-01-01,customer,here,a,4\n"
                               "2024-13-01,customer,here,a,4\n"
                               "2024-13-01,customer,here,b,4\n"
                               "2024-13-01,customer,here,\xE9,4\n"
                               "2024-13-01,customer,here,c,4\n"
                               "2024-01-01,nobody,here,a,4\n"
                               "2024-01-01,nobody,here,b,4\n"
                               "2024-01-01,,here,b,4\n"
                               "2024-01-01,,here,c,4\n"
                               "2024-01-01,customer,here,c,5\n";
    g_autoptr(plx_map) map = plx_map_new_open();
    struct plx_file_options options = {.max_errors = 8, .threads = 1};
    struct reading reading = read_bytes(map, text, sizeof text - 1, &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_cmpuint(reading.summary.rejected, ==, 8);
    reading_clear(&reading);
    options.max_errors = 7;
    reading = read_bytes(map, text, sizeof text - 1, &options);
    g_assert_cmpstr(reading.error, ==,
                    "f.csv:3:1: " TIME " (also on lines 4, 6)"
                    "\nf.csv:5:26: byte 0xE9 is not valid UTF-8 (perhaps --encoding windows-1252)"
                    "\nf.csv:7:12: " NOBODY " (also on line 8)"
                    "\nf.csv:9:12: the audience is missing (also on line 10)"
                    "\n8 rows are wrong, --max-errors allows 7. " LEAVE_OUT
                    "--max-errors 8 --rejects FILE");
    reading_clear(&reading);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bad-input/header", test_header);
    g_test_add_func("/bad-input/most-wrong", test_most_wrong);
    g_test_add_func("/bad-input/audience", test_audience);
    g_test_add_func("/bad-input/level", test_level);
    g_test_add_func("/bad-input/tables", test_tables);
    g_test_add_func("/bad-input/numbers", test_numbers);
    g_test_add_func("/bad-input/rows", test_rows);
    g_test_add_func("/bad-input/quotes", test_quotes);
    g_test_add_func("/bad-input/encoding", test_encoding);
    g_test_add_func("/bad-input/late-quote", test_late_quote);
    g_test_add_func("/bad-input/closed-map", test_closed_map);
    g_test_add_func("/bad-input/duplicates", test_duplicates);
    g_test_add_func("/bad-input/max-errors", test_max_errors);
    g_test_add_func("/bad-input/many-errors", test_many_errors);
    g_test_add_func("/bad-input/repeated-faults", test_repeated_faults);
    return g_test_run();
}
