/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/alike.h"

#include <string.h>

/* Groups as "title: text | text" lines. */
static char *groups_of(const struct plx_alike_text *texts, guint n)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) groups = plx_alike_groups(texts, n, &error);
    g_assert_no_error(error);
    GString *const out = g_string_new(NULL);
    for (guint g = 0; g < groups->len; g++) {
        const struct plx_alike_group *const group = groups->pdata[g];
        g_string_append_printf(out, "%s:", group->title);
        for (guint i = 0; i < group->n; i++)
            g_string_append_printf(out, "%s %s", i > 0 ? " |" : "", texts[group->members[i]].text);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static const struct plx_alike_text ROOM[] = {
    {"Queues at the till are too long", "en"},
    {"Everybody smiles", "en"},
    {"The queue at the till", "en"},
    {"Long queues", "en"},
    {"People smile at you", "en"},
    {"Free parking", "en"},
    {"The and of it", "en"},
};

static void test_shared_words(void)
{
    g_autofree char *groups = groups_of(ROOM, G_N_ELEMENTS(ROOM));
    g_assert_cmpstr(groups, ==,
                    "queue, long, till: Queues at the till are too long | The queue at the till | "
                    "Long queues\n"
                    "smile: Everybody smiles | People smile at you\n");
}

/* The first texts stay the first of their group, so that all that differs is the order. */
static void test_order_does_not_count(void)
{
    struct plx_alike_text turned[G_N_ELEMENTS(ROOM)];
    for (gsize i = 0; i < G_N_ELEMENTS(ROOM); i++)
        turned[i] = ROOM[G_N_ELEMENTS(ROOM) - 1 - i];
    g_autofree char *groups = groups_of(turned, G_N_ELEMENTS(turned));
    g_assert_cmpstr(groups, ==,
                    "smile: People smile at you | Everybody smiles\n"
                    "queue, long, till: Long queues | The queue at the till | "
                    "Queues at the till are too long\n");
}

static void test_languages(void)
{
    static const struct plx_alike_text texts[] = {
        {"Die Wartezeit an der Kasse", "de"},
        {"レジの待ち時間が長い", "ja"},
        {"Lange Wartezeiten", "de"},
        {"待ち時間", "ja"},
    };
    g_autofree char *groups = groups_of(texts, G_N_ELEMENTS(texts));
    g_assert_cmpstr(groups, ==,
                    "Wartezeit: Die Wartezeit an der Kasse | Lange Wartezeiten\n"
                    "待ち時間: レジの待ち時間が長い | 待ち時間\n");
}

/* By hand: {a b} and {b c}, two texts, df(b) = 2: weights ln 3 for a and c, ln 2 for b; the cosine
 * is ln² 2 / (ln² 3 + ln² 2) = 0.285; with another word each, 0.166. */
static void test_threshold(void)
{
    static const struct plx_alike_text near[] = {{"apple banana", ""}, {"banana cherry", ""}};
    static const struct plx_alike_text far[] = {{"apple banana date", ""},
                                                {"banana cherry elder", ""}};
    g_autofree char *one = groups_of(near, 2), *none = groups_of(far, 2);
    g_assert_cmpstr(one, ==, "banana: apple banana | banana cherry\n");
    g_assert_cmpstr(none, ==, "");
}

static void test_nothing(void)
{
    static const struct plx_alike_text same[] = {{"so", "de"}, {"so", "de"}};
    g_autofree char *empty = groups_of(NULL, 0), *common = groups_of(same, 2);
    g_assert_cmpstr(empty, ==, "");
    g_assert_cmpstr(common, ==, "");
}

/* Many texts, of three words out of 30: whole groups, each text in one at most, at all orders. */
static void test_many(void)
{
    enum { N = 300 };
    struct plx_alike_text texts[N];
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    g_autofree guint *seen = g_new0(guint, N);
    guint32 random = 1;
    for (guint i = 0; i < N; i++) {
        random = random * 1664525 + 1013904223;
        char *const text = g_strdup_printf("word%u word%u word%u", (random >> 8) % 30,
                                           (random >> 14) % 30, (random >> 20) % 30);
        g_ptr_array_add(memory, text);
        texts[i] = (struct plx_alike_text){text, "en"};
    }
    g_autoptr(GPtrArray) groups = plx_alike_groups(texts, N, NULL);
    g_assert_cmpuint(groups->len, >, 5);
    for (guint g = 0; g < groups->len; g++) {
        const struct plx_alike_group *const group = groups->pdata[g];
        g_assert_cmpuint(group->n, >=, 2);
        for (guint i = 0; i < group->n; i++)
            g_assert_cmpuint(seen[group->members[i]]++, ==, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/alike/shared-words", test_shared_words);
    g_test_add_func("/text/alike/order", test_order_does_not_count);
    g_test_add_func("/text/alike/languages", test_languages);
    g_test_add_func("/text/alike/threshold", test_threshold);
    g_test_add_func("/text/alike/nothing", test_nothing);
    g_test_add_func("/text/alike/many", test_many);
    return g_test_run();
}
