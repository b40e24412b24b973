/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people wrote, as every engine must say it: like the file it came from (store/engine.h). */

#include "contest.h"
#include "desk.h"
#include "form.h"
#include "voice/heard.h"

#include "ingest/file_source.h"
#include "map/map_file.h"

#include <string.h>

/* A workshop of three tables and some comments; what is on the sheets is partly the same. Staff is
 * anonymous. */
#define HEAD                                                                                       \
    "audience,encounter,respondent,time,workshop,table,group_size,point,prompt,surprise,level,"    \
    "note\n"
static const char *const sheets[] = {
    "leader,t1,,2026-03-01T10:00Z,w,1,7,,well,,,staff are kind\n",
    "leader,t1,,2026-03-01T10:00Z,w,1,7,cart,improve,,3,queues\n",
    "leader,t1,,2026-03-01T10:00Z,w,1,7,,competitors,good,,faster\n",
    "staff,t2,,2026-03-01T10:00Z,w,2,6,,well,,,staff are kind\n",
    "staff,t2,,2026-03-01T10:00Z,w,2,6,,improve,,,queues\n",
    "staff,t3,,2026-03-01T10:00Z,w,3,6,,well,,,staff are kind\n",
    "staff,t3,,2026-03-01T10:00Z,w,3,6,,improve,,,signs\n",
    "customer,c1,ann,2026-03-02,,,,page,comment,,6,fine\n",
    "customer,c2,ann,2026-03-03,,,,page,comment,,na,fine\n",
    "customer,c3,bob,2026-03-03,,,,page,comment,bad,2,fine\n",
    "customer,c4,,,,,,page,,,4,\n",
};

static char *text_of(guint32 shuffle)
{
    const char *lines[G_N_ELEMENTS(sheets)];
    g_autoptr(GRand) random = g_rand_new_with_seed(shuffle);
    memcpy(lines, sheets, sizeof lines);
    for (guint i = G_N_ELEMENTS(sheets); shuffle && i > 1; i--) {
        const guint k = (guint)g_rand_int_range(random, 0, (gint32)i);
        const char *const other = lines[k];
        lines[k] = lines[i - 1];
        lines[i - 1] = other;
    }
    GString *const text = g_string_new(HEAD);
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
        g_string_append(text, lines[i]);
    return g_string_free(text, FALSE);
}

static const char expected[] =
    "0/0 / customer comment \"fine\" on page at  in  day=20515 by 1 known\n"
    "0/1 / customer comment \"fine\" on page at  in  level=6 day=20514 by 1 known\n"
    "1/2 / customer comment \"fine\" on page at  in  surprise=-1 level=2 day=20515 by 1 known\n"
    "2/3 w/1 leader competitors \"faster\" on - at  in  surprise=1 day=20513 by 7\n"
    "2/3 w/1 leader improve \"queues\" on cart at  in  level=3 day=20513 by 7\n"
    "2/3 w/1 leader well \"staff are kind\" on - at  in  day=20513 by 7\n"
    "3/4 w/2 staff improve \"queues\" on - at  in  day=20513 by 6\n"
    "3/4 w/2 staff well \"staff are kind\" on - at  in  day=20513 by 6\n"
    "4/5 w/3 staff improve \"signs\" on - at  in  day=20513 by 6\n"
    "4/5 w/3 staff well \"staff are kind\" on - at  in  day=20513 by 6\n"
    "6 sheets, 5 units\n";

static char *file_sayings(const char *text, guint threads)
{
    static const struct plx_listen all = {0};
    g_autoptr(GError) error = NULL;
    struct plx_sayings *sayings = NULL;
    const struct plx_file_options options = {.threads = threads};
    g_autoptr(plx_map) map = plx_map_read_memory(desk_map, strlen(desk_map), "m.yaml", &error);
    g_assert_no_error(error);
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(text, strlen(text), "f.csv", map, &options, &error);
    g_assert_no_error(error);
    plx_source_listen(source, &all, &sayings, &error);
    g_assert_no_error(error);
    char *const found = heard_text(map, sayings);
    plx_sayings_free(sayings);
    return found;
}

/* What the first engine says to all prompts; the steps compare the others with it. */
static void assert_says(struct contest *contest, const char *text)
{
    g_autofree char *found = contest_sayings(contest->engine[0], 1);
    g_assert_true(g_str_has_prefix(found, text));
}

static void take(struct contest *contest, const char *text, const char *dataset, guint threads)
{
    const struct contest_import import = {.text = text, .dataset = dataset, .threads = threads};
    g_autofree char *found = contest_import(contest, &import);
    g_assert_true(g_str_has_prefix(found, "import "));
}

/* Tests ------------------------------------------------------------------------------------- */

static void test_like_the_file(void)
{
    for (guint32 shuffle = 0; shuffle < 4; shuffle++) {
        struct contest contest;
        g_autofree char *text = text_of(shuffle);
        for (guint threads = 1; threads <= 3; threads += 2) {
            g_autofree char *read = file_sayings(text, threads);
            g_assert_cmpstr(read, ==, expected);
        }
        contest_init(&contest, desk_map);
        take(&contest, text, NULL, shuffle % 2 ? 3 : 1);
        assert_says(&contest, expected);
        contest_clear(&contest);
    }
}

static void test_letting_go(void)
{
    struct contest contest;
    g_autofree char *text = text_of(0);
    contest_init(&contest, desk_map);
    take(&contest, text, NULL, 1);
    take(&contest, HEAD "leader,t9,,2026-03-01T11:00Z,w,9,7,,well,,,alone\n", "late", 1);
    contest_expect(contest_forget(&contest, "ann"), "2 of 2 encounters erased");
    assert_says(
        &contest,
        "0/0 / customer comment \"fine\" on page at  in  surprise=-1 level=2 day=20515 by 1 "
        "known\n1/1 w/1 leader competitors");
    contest_expect(contest_undo(&contest, 2), "1 undone");
    /* From now on nobody knows who bob is. */
    contest_expect(contest_fade(&contest, 20600), "8 faded");
    assert_says(&contest,
                "0/0 / customer comment \"fine\" on page at  in  surprise=-1 level=2 day=20515 by "
                "1\n1/1 w/1 leader competitors \"faster\" on - at  in  surprise=1 day=20513 by 7\n"
                "1/1 w/1 leader improve");
    contest_expect(contest_undo(&contest, 1), "9 undone");
    assert_says(&contest, "0 sheets, 0 units\n");
    contest_clear(&contest);
}

/* Subjects are called as the map in force calls them; words that arrive stand beside files. */
static void test_maps_and_inbox(void)
{
    struct contest contest;
    struct form form;
    g_autofree char *text = text_of(1);
    contest_init(&contest, NULL);
    take(&contest, text, NULL, 3);
    form_init(&form, contest.engine[0]->map(contest.engine[0]));
    const struct plx_batch batch = form_fill(&form, 4);
    contest_expect(contest_append(&contest, &batch, 1), "appended");
    form_clear(&form);
    g_autofree char *before = contest_sayings(contest.engine[0], 1);
    contest_expect(contest_seal(&contest), "2 sealed");
    assert_says(&contest, before);
    g_free(contest_apply(&contest,
                         "parallax: 1\ntitle: Shop\njourneys: [{title: Order, transactions: "
                         "[{title: Find, points: [A, B, {title: Till, was: [cart]}, Page]}]}]\n",
                         FALSE));
    g_autofree char *after = contest_sayings(contest.engine[0], 1);
    g_assert_nonnull(strstr(before, "improve \"queues\" on cart"));
    g_assert_nonnull(strstr(after, "improve \"queues\" on till"));
    contest_clear(&contest);
}

/* A table of an anonymous audience, whose answers came in two files: still one sheet. */
static void test_parts(void)
{
    struct contest contest;
    const struct contest_import more = {.text = HEAD
                                        "staff,t2,,2026-03-01T10:00Z,w,2,7,,well,,,kind\n"
                                        "staff,t2,,2026-03-01T10:00Z,w,2,7,,improve,,,signs\n",
                                        .repeat = PLX_REPEAT_ONLY_NEW};
    contest_init(&contest, desk_map);
    take(&contest, HEAD "staff,t2,,2026-03-01T10:00Z,w,2,7,,well,,,kind\n", NULL, 1);
    contest_expect(contest_import(&contest, &more),
                   "import 2: 1 taken, 1 known, 0 replaced, 0 repeated");
    assert_says(&contest, "0/0 w/2 staff improve \"signs\" on - at  in  day=20513 by 7\n"
                          "0/0 w/2 staff well \"kind\" on - at  in  day=20513 by 7\n"
                          "1 sheets, 1 units\n");
    /* In another data set it is another table. */
    take(&contest, HEAD "staff,t2,,2026-03-01T10:00Z,w,2,7,,well,,,kind\n", "other", 1);
    g_autofree char *found = contest_sayings(contest.engine[0], 1);
    g_assert_nonnull(strstr(found, "2 sheets, 2 units\n"));
    contest_clear(&contest);
}

/* Many rows, few of them with words. */
static void test_many(void)
{
    g_autofree char *first = NULL;
    for (guint shuffle = 0; shuffle < 3; shuffle++) {
        struct contest contest;
        g_autofree char *text = desk_rows(5, 1200, shuffle);
        g_autofree char *read = file_sayings(text, 1 + shuffle);
        contest_init(&contest, desk_map);
        take(&contest, text, NULL, 1 + 2 * (shuffle % 2));
        if (!first)
            first = g_strdup(read);
        g_assert_cmpstr(read, ==, first);
        contest_clear(&contest);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conformance-sayings/like-the-file", test_like_the_file);
    g_test_add_func("/conformance-sayings/letting-go", test_letting_go);
    g_test_add_func("/conformance-sayings/maps-and-inbox", test_maps_and_inbox);
    g_test_add_func("/conformance-sayings/parts", test_parts);
    g_test_add_func("/conformance-sayings/many", test_many);
    return g_test_run();
}
