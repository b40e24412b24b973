/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "voice/batch.h"
#include "voice/split.h"

static void test_words(void)
{
    static const struct {
        const char *word;
        enum plx_split_kind kind;
        enum plx_dim dim;
        const char *segment;
    } cases[] = {
        {"place", PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL},
        {"channel", PLX_SPLIT_DIM, PLX_DIM_CHANNEL, NULL},
        {"journey", PLX_SPLIT_DIM, PLX_DIM_JOURNEY, NULL},
        {"language", PLX_SPLIT_DIM, PLX_DIM_LANGUAGE, NULL},
        {"source", PLX_SPLIT_DIM, PLX_DIM_SOURCE, NULL},
        {"audience", PLX_SPLIT_DIM, PLX_DIM_AUDIENCE, NULL},
        {"month", PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL},
        {"week", PLX_SPLIT_WEEK, PLX_DIM_PLACE, NULL},
        {"day", PLX_SPLIT_DAY, PLX_DIM_PLACE, NULL},
        {"segment.tier", PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "tier"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct plx_split split;
        g_autoptr(GError) error = NULL;
        g_assert_true(plx_split_parse(cases[i].word, &split, &error));
        g_assert_no_error(error);
        g_assert_cmpint(split.kind, ==, cases[i].kind);
        if (split.kind == PLX_SPLIT_DIM)
            g_assert_cmpint(split.dim, ==, cases[i].dim);
        g_assert_cmpstr(split.segment, ==, cases[i].segment);
        g_assert_null(split.merge);
    }
}

static void test_bad(void)
{
    struct plx_split split = {.kind = PLX_SPLIT_DAY};
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_split_parse("mnth", &split, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==,
                    "cannot split by \"mnth\": expected place, channel, journey, source, language, "
                    "audience, month, week, day or segment.NAME; did you mean \"month\"?");
    g_assert_cmpint(split.kind, ==, PLX_SPLIT_DAY);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/split/words", test_words);
    g_test_add_func("/voice/split/bad", test_bad);
    return g_test_run();
}
