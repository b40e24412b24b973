/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/margins.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static plx_margins *parse(const char *text, GError **error)
{
    return plx_margins_parse(text, strlen(text), "m.csv", PLX_MARGINS_DIMENSIONS, error);
}

static void test_read(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_margins) m = parse("\xef\xbb\xbfkey;value;share\r\nplace;Wien;0.6\r\n"
                                     "segment.age;\"18;\"\"30\";.25\nplace;Graz;.4\n\n"
                                     "segment.age;;0.75\n",
                                     &error);
    g_assert_no_error(error);
    g_assert_cmpuint(plx_margins_count(m), ==, 2);
    g_assert_cmpstr(plx_margins_name(m), ==, "m.csv");
    const struct plx_margin *place = plx_margins_get(m, 0);
    g_assert_cmpstr(place->key, ==, "place");
    g_assert_cmpuint(place->n, ==, 2);
    g_assert_cmpstr(place->value[0], ==, "Graz");
    g_assert_cmpfloat_with_epsilon(place->share[0], .4, 1e-15);
    g_assert_cmpuint(place->line, ==, 2);
    g_assert_cmpuint(place->line_of[0], ==, 4);
    g_assert_cmpint(plx_margin_find(place, "Wien"), ==, 1);
    g_assert_cmpint(plx_margin_find(place, "Linz"), ==, -1);
    g_assert_cmpint(plx_margin_find(place, NULL), ==, -1);
    const struct plx_margin *age = plx_margins_get(m, 1);
    g_assert_cmpstr(age->value[1], ==, "18;\"30");
    g_assert_cmpint(plx_margin_find(age, NULL), ==, 0);
}

/* Only the proportions of counts matter, and printed shares may be off by rounding. */
static void test_sums(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_margins) counts =
        parse("count,key,value\n1200,place,Wien\n0,place,Linz\n400,place,Graz\n", &error);
    g_assert_no_error(error);
    g_assert_cmpfloat(plx_margins_get(counts, 0)->share[0], ==, .25);
    g_assert_cmpfloat(plx_margins_get(counts, 0)->share[1], ==, 0);
    g_autoptr(plx_margins) thirds =
        parse("key,value,share\nplace,a,.333\nplace,b,.333\nplace,c,.333\n", &error);
    g_assert_no_error(error);
    g_assert_cmpfloat_with_epsilon(plx_margins_get(thirds, 0)->share[2], 1 / 3.0, 1e-15);
}

static void refuses(const char *text, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(parse(text, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, message);
}

#define HEADER "key,value,share\n"

static void test_refused(void)
{
    refuses("", "m.csv: no margin in the file; expected rows like place,Graz,0.4 under the header "
                "key,value,share");
    refuses(HEADER, "m.csv: no margin in the file; expected rows like place,Graz,0.4 under the "
                    "header key,value,share");
    refuses("key,valeu,share\n", "m.csv:1:5: column 'valeu'; expected key, value, and share or "
                                 "count; did you mean \"value\"?");
    refuses("key,value,share,count\n", "m.csv:1:17: column 'count' is one too many; expected key, "
                                       "value, and either share or count");
    refuses("key,share\n", "m.csv:1: no column 'value'; expected key, value, and share or count");
    refuses("key,value\n",
            "m.csv:1: no column 'share' or 'count'; expected key, value, and share or count");
    refuses(HEADER "plaec,Graz,1\n",
            "m.csv:2:1: key 'plaec'; expected place, channel, language or segment.NAME; did you "
            "mean \"place\"?");
    refuses(HEADER "segment.,Graz,1\n", "m.csv:2:1: key 'segment.'; expected place, channel, "
                                        "language or segment.NAME; did you mean \"segment.NAME\"?");
    refuses(HEADER "place,Graz,40\n",
            "m.csv:2:12: share '40'; expected a number from 0 to 1, like 0.4 (a column of people "
            "is called count)");
    refuses("key,value,count\nplace,Graz,-1\n",
            "m.csv:2:12: count '-1'; expected a number, 0 or more");
    refuses(HEADER "place,Graz\n", "m.csv:2: 2 cells; expected 3, as in the header");
    refuses(HEADER "place,Graz,.5\nplace,Wien,.4\n",
            "m.csv:2: the shares of 'place' sum to 0.9; expected 1");
    refuses("key,value,count\nplace,Graz,0\n",
            "m.csv:2: all of 'place' sums to 0; expected more than 0");
    refuses(HEADER "place,b,.5\nplace,a,.3\nplace,b,.2\n",
            "m.csv:4:7: 'b' of 'place' stands in line 2 already; expected each value once");
    refuses(HEADER "place,\"b\"x,.5\n",
            "m.csv:2:10: a quote where none may be, or one that is not closed");
    refuses(HEADER "place,\xff,1\n",
            "m.csv:2:7: byte 0xff is not UTF-8; expected a text file in UTF-8");
    g_autofree char *most = g_strnfill(256, 'x');
    g_autofree char *text = g_strdup_printf(HEADER "place,%s,1\n", most);
    refuses(text, "m.csv:2:7: the value has 256 bytes; expected at most 255");
}

static void test_any_key(void)
{
    static const char text[] = HEADER "colour,red,1\n";
    static const char empty[] = HEADER ",red,1\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_margins) m =
        plx_margins_parse(text, strlen(text), "m.csv", PLX_MARGINS_ANY, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(plx_margins_get(m, 0)->key, ==, "colour");
    g_assert_null(plx_margins_parse(empty, strlen(empty), "m.csv", PLX_MARGINS_ANY, &error));
    g_assert_cmpstr(error->message, ==,
                    "m.csv:2:1: the key is empty; expected the name of a column");
}

/* The order of rows has no effect; a file says the same as its text. */
static void test_file(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    const int fd = g_file_open_tmp("plx-margins-XXXXXX", &path, &error);
    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, "share,value,key\n.6,b,place\n.4,a,place\n", -1, NULL));
    g_autoptr(plx_margins) one = plx_margins_read(path, PLX_MARGINS_DIMENSIONS, &error);
    g_assert_no_error(error);
    g_autoptr(plx_margins) two = parse(HEADER "place,a,.4\nplace,b,.6\n", &error);
    for (guint i = 0; i < 2; i++) {
        const struct plx_margin *a = plx_margins_get(one, 0);
        const struct plx_margin *b = plx_margins_get(two, 0);
        g_assert_cmpstr(a->value[i], ==, b->value[i]);
        g_assert_cmpfloat(a->share[i], ==, b->share[i]);
    }
    g_remove(path);
    g_assert_null(plx_margins_read(path, PLX_MARGINS_ANY, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/margins/read", test_read);
    g_test_add_func("/margins/sums", test_sums);
    g_test_add_func("/margins/refused", test_refused);
    g_test_add_func("/margins/any-key", test_any_key);
    g_test_add_func("/margins/file", test_file);
    return g_test_run();
}
