/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "small.h"

static void test_good(void)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"place=Oslo", "10010001"},
        {"place=Oslo|Bergen", "11010011"},
        {"place!=Oslo|Bergen", "00101100"},
        {"place=", "00100100"},
        {"place=Å\\|B", "00001000"},
        {"audience=leader|staff", "10001000"},
        {"segment.tier!=gold", "01011101"},
        {"segment.tier=", "01001101"},
        {"point=search", "01110000"},
        {"point=search|label", "01111000"},
        /* What was met in it; what has its home there and was met in no journey; its own rows. */
        {"journey=order", "11100110"},
        {"journey=return", "00011001"},
        {"journey!=order", "00011001"},
        /* Home points wherever met; used points in its journey. */
        {"transaction=find", "11110010"},
        {"transaction=send", "00011000"},
        {"channel=", "11111111"},
        {"source=x", "00000000"},
        {"language!=de", "11111111"},
    };
    struct small small;
    small_init(&small);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(plx_filter) filter = plx_filter_parse(small.map, cases[i].text, &error);
        g_assert_no_error(error);
        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(small_run(&small, filter), ==, cases[i].expected);
    }
    small_clear(&small);
}

#define KEYS                                                                                       \
    ": expected place, channel, source, language, audience, journey, transaction, point or "       \
    "segment.NAME"

static void test_bad(void)
{
    static const struct {
        const char *text;
        gint code;
        const char *message;
    } cases[] = {
        {"place", PLX_ERROR_USAGE,
         "cannot filter by \"place\": expected KEY=VALUE, KEY=A|B or KEY!=VALUE"},
        {"=x", PLX_ERROR_USAGE,
         "cannot filter by \"=x\": expected KEY=VALUE, KEY=A|B or KEY!=VALUE"},
        {"!=x", PLX_ERROR_USAGE,
         "cannot filter by \"!=x\": expected KEY=VALUE, KEY=A|B or KEY!=VALUE"},
        {"plce=x", PLX_ERROR_USAGE, "cannot filter by \"plce\"" KEYS "; did you mean \"place\"?"},
        {"segment.=x", PLX_ERROR_USAGE,
         "cannot filter by \"segment.\"" KEYS "; did you mean \"segment.\"?"},
        {"audience=custmer", PLX_ERROR_NOT_FOUND,
         "no audience \"custmer\"; did you mean \"customer\"?"},
        {"journey=ordr", PLX_ERROR_NOT_FOUND, "no journey \"ordr\"; did you mean \"order\"?"},
        {"transaction=find|sned", PLX_ERROR_NOT_FOUND,
         "no transaction \"sned\"; did you mean \"send\"?"},
        {"point=Lable", PLX_ERROR_NOT_FOUND, "no point \"Lable\"; did you mean \"label\"?"},
    };
    struct small small;
    small_init(&small);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(plx_filter_parse(small.map, cases[i].text, &error));
        g_assert_error(error, PLX_ERROR, cases[i].code);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
    small_clear(&small);
}

/* An open map knows no journeys: their names are taken as written. */
static void test_open(void)
{
    struct small small;
    small_init(&small);
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_filter) journey = plx_filter_parse(map, "journey=return", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(small_run(&small, journey), ==, "00011001");
    g_autoptr(plx_filter) point = plx_filter_parse(map, "point=nowhere|label", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(small_run(&small, point), ==, "00001000");
    small_clear(&small);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/filter-parse/good", test_good);
    g_test_add_func("/voice/filter-parse/bad", test_bad);
    g_test_add_func("/voice/filter-parse/open", test_open);
    return g_test_run();
}
