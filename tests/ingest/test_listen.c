/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people wrote in a file (plx_source_listen): rows that would not count are not heard. */

#include "base/error.h"
#include "ingest/file_source.h"
#include "map/map_file.h"
#include "voice/heard.h"

#include <string.h>

#define HEAD "audience,encounter,group_size,point,prompt,note\n"
#define LINE(numbers, text) numbers " / leader well \"" text "\" on a at  in  by 7\n"

static plx_map *a_map(void)
{
    g_autoptr(GError) error = NULL;
    const char *const yaml = "parallax: 1\ntitle: Shop\n";
    plx_map *const map = plx_map_read_memory(yaml, strlen(yaml), "m.yaml", &error);
    g_assert_no_error(error);
    return map;
}

static const struct plx_listen everything = {0};

/* The sayings, or the message. */
static char *listen_to(plx_source *source)
{
    g_autoptr(GError) error = NULL;
    struct plx_sayings *sayings = NULL;
    if (!plx_source_listen(source, &everything, &sayings, &error)) {
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_null(sayings);
        return g_strdup(error->message);
    }
    g_assert_no_error(error);
    char *const text = heard_text(source->map, sayings);
    plx_sayings_free(sayings);
    return text;
}

static void check(const char *text, guint64 max_errors, const char *expected)
{
    for (guint threads = 1; threads <= 3; threads += 2) {
        g_autoptr(GError) error = NULL;
        g_autoptr(plx_map) map = a_map();
        const struct plx_file_options options = {.threads = threads, .max_errors = max_errors};
        g_autoptr(plx_source) source =
            plx_file_source_new_memory(text, strlen(text), "f.csv", map, &options, &error);
        g_assert_no_error(error);
        g_autofree char *found = listen_to(source);
        g_assert_cmpstr(found, ==, expected);
    }
}

static void test_duplicates(void)
{
    check(HEAD "leader,t1,7,a,well,kind\nleader,t1,7,a,improve,\nleader,t1,7,a,well,kind\n"
               "leader,t2,7,a,well,kind\n",
          0, LINE("0/0", "kind") LINE("1/1", "kind") "2 sheets, 2 units\n");
}

static void test_contradictions(void)
{
    const char *const text = HEAD "leader,t1,7,a,well,kind\nleader,t1,7,a,well,other\n"
                                  "leader,t2,7,a,well,kind\nleader,t2,6,a,improve,signs\n";
    check(
        text, 0,
        "f.csv:3:20: note is \"other\" here but \"kind\" on line 2, which is the same observation "
        "of encounter \"t1\" (two answers need different \"item\" numbers)");
    check(text, 2, LINE("0/0", "kind") LINE("1/1", "kind") "2 sheets, 2 units\n");
}

static void test_rejected(void)
{
    const char *const text = HEAD "leader,t1,7,a,well,kind\npatient,t2,7,a,well,kind\n";
    check(text, 1, LINE("0/0", "kind") "1 sheets, 1 units\n");
    check(text, 0,
          "f.csv:3:1: unknown audience \"patient\" (to add it: --declare patient:served; if it is "
          "not served, leave out \":served\")");
}

/* Asking and listening read the same file, as often as one likes. */
static void test_again(void)
{
    const char *const text = HEAD "leader,t1,7,a,well,kind\nleader,t1,7,a,improve,signs\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = a_map();
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(text, strlen(text), "f.csv", map, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *first = listen_to(source);
    struct plx_answer *answer = NULL;
    g_assert_true(plx_source_ask(source, NULL, 0, &answer, &error));
    g_assert_cmpuint(answer->observations, ==, 2);
    plx_answer_free(answer);
    g_autofree char *second = listen_to(source);
    g_assert_cmpstr(first, ==,
                    "0/0 / leader improve \"signs\" on a at  in  by 7\n" LINE(
                        "0/0", "kind") "1 sheets, 1 units\n");
    g_assert_cmpstr(second, ==, first);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/listen/duplicates", test_duplicates);
    g_test_add_func("/listen/contradictions", test_contradictions);
    g_test_add_func("/listen/rejected", test_rejected);
    g_test_add_func("/listen/again", test_again);
    return g_test_run();
}
