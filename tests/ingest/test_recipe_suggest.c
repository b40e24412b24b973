/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/recipe.h"
#include "ingest/recipe_suggest.h"
#include "map/map_file.h"

#include <glib/gstdio.h>
#include <string.h>

/* The draft for a file of these bytes, by a map. */
static GString *draft_by(const char *text, gsize n, const plx_map *map)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("plx-suggest-XXXXXX", &error);
    g_autofree char *path = g_build_filename(folder, "survey.csv", NULL);
    g_assert_true(g_file_set_contents(path, text, (gssize)n, &error));
    struct plx_look *look = plx_look_new(path, NULL, &error);
    g_assert_no_error(error);
    GString *draft = plx_recipe_suggest(look, path, map, NULL);
    plx_look_free(look);
    g_unlink(path);
    g_rmdir(folder);
    return draft;
}

static GString *draft_of(const char *text, gsize n)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    return draft_by(text, n, map);
}

/* The same, of a draft that must read back as a recipe. */
static char *suggest_bytes(const char *text, gsize n)
{
    g_autoptr(GError) error = NULL;
    GString *draft = draft_of(text, n);
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_recipe) recipe =
        plx_recipe_read_memory(draft->str, draft->len, "draft", map, &error);
    g_assert_no_error(error);
    g_assert_nonnull(recipe);
    return g_string_free(draft, FALSE);
}

static char *suggest(const char *text)
{
    return suggest_bytes(text, strlen(text));
}

static void test_wide(void)
{
    g_autoptr(GString) text = g_string_new("Customer ID,Date,Store,Seat: comfort,Food,Comment\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "c%u,2024-01-%02u,%s,%u,%u,the quick brown fox no %u\n", i,
                               i % 28 + 1, i % 2 ? "North" : "South", i % 5 + 1, i % 6, i);
    g_autofree char *draft = suggest(text->str);
    g_assert_nonnull(strstr(draft, "\nrespondent: Customer ID\n"));
    g_assert_nonnull(strstr(draft, "\ntime: Date\n"));
    g_assert_nonnull(strstr(draft, "\nplace: Store\n"));
    g_assert_nonnull(strstr(draft, "\nna: [\"0\"]\n"));
    g_assert_nonnull(
        strstr(draft, "\nscale: {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5}\n"));
    g_assert_nonnull(strstr(draft, "\n  \"Seat: comfort\": {level: \"Seat: comfort\"}\n"));
    g_assert_nonnull(strstr(draft, "\n  Food: {level: Food}\n"));
}

static void test_long(void)
{
    g_autoptr(GString) text = g_string_new("user;question;score;when\n");
    for (guint i = 0; i < 80; i++)
        g_string_append_printf(text, "u%u;q%u;%u;%u/12/2024\n", i / 2, i % 4, i % 10 + 1,
                               i % 28 + 1);
    g_autofree char *draft = suggest(text->str);
    g_assert_nonnull(strstr(draft, "  delimiter: semicolon\n"));
    g_assert_nonnull(strstr(draft, "\nrespondent: user\n"));
    g_assert_nonnull(strstr(draft, "\npoint: question\nlevel: score\n"));
    g_assert_nonnull(strstr(draft, "time-format: \"%d/%m/%Y\""));
}

/* An export as German Excel writes it: a title above the header, semicolons, decimal commas. */
static void test_german(void)
{
    g_autoptr(GString) text =
        g_string_new("Umfrage;;;;;;\nNr.;Datum;Filiale;Rolle;Wartezeit;Sauberkeit;Bemerkung\n");
    static const char *const roles[] = {"Kunde", "Leitung", "Mitarbeiter"};
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%u;%02u.12.2025;%s;%s;%u,0;%s;so war es\n", i, i % 28 + 1,
                               i % 2 ? "Graz" : "Wien", roles[i % 3], i % 5 + 1,
                               i % 7 ? "3,0" : "k.A.");
    g_autofree char *draft = suggest(text->str);
    static const char *const lines[] = {
        "\n  delimiter: semicolon\n",
        "\n  decimal-comma: true\n",
        "\n  skip-before: 1\n",
        ("\naudience: {column: Rolle, values: {Kunde: customer, Leitung: leader, "
         "Mitarbeiter: staff}}\n"),
        "\nrespondent: Nr.\n",
        "\ntime-format: \"%d.%m.%Y\"\n",
        "\nplace: Filiale\n",
        "\nna: [k.A.]\n",
        "\n  Wartezeit: {level: Wartezeit}\n",
        "\n  Sauberkeit: {level: Sauberkeit}\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        if (!strstr(draft, lines[i]))
            g_assert_cmpstr(draft, ==, lines[i]);
}

/* Marks from 1 to 6 keep the cuts of the six levels: no scale is written for them. */
static void test_six_levels(void)
{
    g_autoptr(GString) text = g_string_new("passenger,Seat,Food\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "p%u,%u,%u\n", i, i % 6 + 1, (i + 3) % 6 + 1);
    g_autofree char *draft = suggest(text->str);
    g_assert_null(strstr(draft, "\nscale:"));
    g_assert_nonnull(strstr(draft, "# Marks from 1 to 6 are taken for the six levels"));
}

static void test_nothing_to_rate(void)
{
    g_autofree char *draft = suggest("name,city\nAnn,Rome\nBob,Oslo\n");
    g_assert_nonnull(strstr(draft, "# No column looks like marks"));
}

/* Whatever the titles and texts are, the draft reads back. */
static void test_odd_titles(void)
{
    g_autoptr(GString) text = g_string_new("null,Ti\x7Ftle,Zeile\u2028zwei,\uFEFFmark,a\xC2\x85 b,"
                                           "\"tab\tand\nline\",back\\slash\n");
    for (guint i = 0; i < 40; i++)
        g_string_append_printf(text, "%u,%u,%u,%u,%s,%u,%u\n", i % 5 + 1, i % 4 + 1, i % 4 + 1,
                               i % 5 + 1, i % 2 ? "\x1B[1m" : "null", i % 5 + 1, i % 5 + 1);
    g_autofree char *draft = suggest(text->str);
    g_assert_nonnull(strstr(draft, "\n  \"null\": {level: \"null\"}\n"));
    g_assert_nonnull(strstr(draft, "\n  \"Ti\\u007Ftle\": {level: \"Ti\\u007Ftle\"}\n"));
    g_assert_nonnull(strstr(draft, "\n  \"Zeile\\u2028zwei\": "));
    g_assert_nonnull(strstr(draft, "\n  \"tab\\u0009and\\u000Aline\": "));
    g_assert_nonnull(strstr(draft, "\n  \"back\\\\slash\": "));
}

/* Columns of one title are told apart by number; segments that do not fit are left aside. */
static void test_namesakes(void)
{
    g_autoptr(GString) text = g_string_new("Other,Mark,Mark,group a,Group A,Other");
    for (guint c = 0; c < 60; c++)
        g_string_append_printf(text, ",trait %u", c);
    for (guint i = 0; i < 40; i++) {
        g_string_append_printf(text, "\n%s,%u,%u,%s,%s,%s", i % 2 ? "x" : "y", i % 5 + 1, i % 4 + 1,
                               i % 2 ? "l" : "r", i % 3 ? "u" : "v", i % 3 ? "p" : "q");
        for (guint c = 0; c < 60; c++)
            g_string_append(text, (i + c) % 2 ? ",t" : ",f");
    }
    g_autofree char *draft = suggest(text->str);
    g_assert_nonnull(strstr(draft, "\n  Mark: {level: {number: 2}}\n"));
    g_assert_nonnull(strstr(draft, "\n  other: {number: 1}\n"));
    g_assert_nonnull(strstr(draft, "\n  group-a: group a\n"));
    g_assert_nonnull(strstr(draft, "\n#   \"Group A\"\n"));
    g_assert_nonnull(strstr(draft, "\n  trait-51: trait 51\n"));
    g_assert_null(strstr(draft, "\n  trait-52: "));
    g_assert_nonnull(strstr(draft, "\n#   \"trait 59\"\n"));
}

/* Only whole rows of the start of a long file are looked at, in any encoding. */
static void test_long_start(void)
{
    g_autoptr(GString) text = g_string_new("comment,q1,q2\n");
    while (text->len < PLX_LOOK_BYTES + 1000)
        g_string_append(text, "\"some words\nand then many more\nof them\",3,4\n");
    for (guint shift = 0; shift < 2; shift++) { /* at least one start ends within quotes */
        g_string_insert(text, 0, "some more text");
        g_autofree char *draft = suggest_bytes(text->str, text->len);
        g_assert_nonnull(strstr(draft, "\n  q1: {level: q1}\n"));
    }
    gsize n;
    g_autofree char *wide = g_convert(text->str, -1, "UTF-16LE", "UTF-8", NULL, &n, NULL);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)"\xFF\xFE", 2);
    g_byte_array_append(bytes, (const guint8 *)wide, (guint)n);
    g_autofree char *draft = suggest_bytes((const char *)bytes->data, bytes->len);
    g_assert_nonnull(strstr(draft, "\n  q1: {level: q1}\n"));
}

/* Columns of another scale are not mixed in; a recommendation is asked of a journey; half marks,
 * free text beside another, and dates of two forms are left aside with a reason. */
static void test_kinds(void)
{
    g_autoptr(GString) text =
        g_string_new("ID,Rolle,Wait,Clean,Likely to recommend our shop,Mood,Half,Anything else?,"
                     "Why so?,When,Later\n");
    static const char *const roles[] = {"Kunde", "Mitarbeiter/in", "Führungskraft"};
    static const char *const halves[] = {"1.5", "3.5", "4"};
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text,
                               "%u,%s,%u,%u,%u,%u,%s,I would like dish no %u,it was so on day %u,"
                               "%u/%u/2026 09:%02u,%s\n",
                               i, roles[i % 3], i % 5 + 1, i % 4 + 1, i % 11, i % 10, halves[i % 3],
                               i, i, i % 12 + 1, i % 28 + 1, i, i % 2 ? "3/14/2026" : "14.3.2026");
    g_autofree char *draft = suggest(text->str);
    static const char *const lines[] = {
        ("\naudience: {column: Rolle, values: {Führungskraft: leader, Kunde: customer, "
         "Mitarbeiter/in: staff}}\n"),
        "\ntime: When\ntime-format: \"%m/%d/%Y %H:%M\"\n",
        "\nscale: {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5}\n",
        "\n  Wait: {level: Wait}\n",
        "\n  Clean: {level: Clean}\n",
        ("\nviews:\n  - {journey: {constant: The whole visit}, recommend: Likely to recommend "
         "our shop}\n"),
        "\n#   \"Mood\": marks from 0 to 9, those of the points end with 5;",
        "\n#   \"Half\": half marks;",
        "\n#   \"Anything else?\": free text;",
        "\n#   \"Why so?\": free text;",
        "\n#   \"Later\": dates of more than one form;",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        if (!strstr(draft, lines[i]))
            g_assert_cmpstr(draft, ==, lines[i]);
    g_assert_null(strstr(draft, "\nsegments:"));
    g_assert_null(strstr(draft, "\nnote:"));
}

/* Who is answering in sentences, marks in words, one free text, dates that do not tell. */
static void test_words(void)
{
    g_autoptr(GString) text = g_string_new("Who are you?,Food,Essen,Comments,Day\n");
    static const char *const who[] = {"I am a customer", "I work here", "I manage here"};
    static const char *const food[] = {"Very poor", "Fair", "Good", "n/a", "Very good"};
    static const char *const essen[] = {"sehr zufrieden", "eher unzufrieden", "teils/teils",
                                        "zufrieden"};
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%s,%s,%s,I would like dish no %u,%u/%u/2026\n", who[i % 3],
                               food[i % 5], essen[i % 4], i, i % 12 + 1, i % 9 + 1);
    g_autofree char *draft = suggest(text->str);
    static const char *const lines[] = {
        ("\naudience: {column: Who are you?, values: {I am a customer: customer, I manage here: "
         "leader, I work here: staff}}\n"),
        "no day above 12 tells. Is it month before day? Then: \"%m/%d/%Y\"\n",
        "\nna: [n/a]\n",
        ("\n  Food: {level: {column: Food, values: {Very poor: 1, Fair: 3, Good: 4, Very good: "
         "5}}}\n"),
        ("\n  Essen: {level: {column: Essen, values: {eher unzufrieden: 2, teils/teils: 3, "
         "zufrieden: 4, sehr zufrieden: 5}}}\n"),
        "\nnote: Comments\nprompt: {constant: comment}\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        if (!strstr(draft, lines[i]))
            g_assert_cmpstr(draft, ==, lines[i]);
}

static const char inn[] = "parallax: 1\n"
                          "title: Inn\n"
                          "journeys:\n"
                          "  - id: stay\n"
                          "    title: Stay\n"
                          "    transactions:\n"
                          "      - title: All of it\n"
                          "        points:\n"
                          "          - {id: bed, title: The bed}\n"
                          "          - {id: asked, title: Being asked how it was afterwards}\n";

/* The draft by the inn's map for two columns of marks. */
static char *suggest_inn(const char *header)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(inn, strlen(inn), "map", &error);
    g_assert_no_error(error);
    g_autoptr(GString) text = g_string_new(header);
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%u,%u\n", i % 5 + 1, i % 4 + 2);
    GString *draft = draft_by(text->str, text->len, map);
    g_autoptr(plx_recipe) back =
        plx_recipe_read_memory(draft->str, draft->len, "draft", map, &error);
    g_assert_no_error(error);
    g_assert_nonnull(back);
    return g_string_free(draft, FALSE);
}

/* A question about the whole is the journey's, whatever words it shares; a point of that name is
 * not. */
static void test_whole(void)
{
    g_autofree char *draft =
        suggest_inn("The bed,\"Overall, how satisfied were you with how it was?\"\n");
    g_assert_nonnull(strstr(draft, "\n  bed: {level: The bed}\n"));
    g_assert_nonnull(strstr(draft, "\nviews:\n  - {journey: {constant: stay}, overall: \"Overall, "
                                   "how satisfied were you with how it was?\"}\n"));
    g_assert_null(strstr(draft, "\n  asked:"));
    g_autofree char *german = suggest_inn("The bed,Gesamteindruck\n");
    g_assert_nonnull(strstr(german, "overall: Gesamteindruck}\n"));
    g_autofree char *surely = suggest_inn("Overall: the bed,Being asked how it was overall\n");
    g_assert_nonnull(strstr(surely, "\n  asked: {level:"));
    g_assert_null(strstr(surely, "overall: Being"));
}

/* Words whose order is not known are listed, to be finished. */
/* One slip does not make marks something else, nor one value a group to compare by. */
static void test_strays(void)
{
    static const char *const words[] = {"Very poor", "Poor", "Good", "Very good"};
    g_autoptr(GString) text = g_string_new("Wait,Comfort,Half,Kind,Said,Nights\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%s%u,%s%u,%u%s,%s,%s,%u\n", i == 5 ? "5" : "", i % 5 + 1,
                               i == 6 ? "-" : "", i % 5 + 1, i % 5 + 1, i == 7 ? ".5" : "",
                               i == 8 ? "wbe" : "web", i == 9 ? "Very god" : words[i % 4],
                               i % 10 + 5);
    g_autofree char *draft = suggest(text->str);
    g_assert_nonnull(strstr(draft, "\nscale: {min: 1, max: 5, "));
    g_assert_nonnull(strstr(draft, "\n  Wait: {level: Wait}\n  Comfort: {level: Comfort}\n"
                                   "  Half: {level: Half}\n  Said: {level: {column: Said, values: "
                                   "{Very poor: 1, Poor: 2, Good: 4, Very good: 5}}}\n"));
    g_assert_nonnull(strstr(draft,
                            "\n#   \"Wait\": “51” among marks from 1 to 5: that row counts as "
                            "wrong, unless"));
    g_assert_nonnull(strstr(draft, "\n#   \"Comfort\": “-2” among marks"));
    g_assert_nonnull(strstr(draft, "\n#   \"Half\": “3.5” among marks"));
    g_assert_nonnull(strstr(draft, "\n#   \"Said\": “Very god” among words of a known order"));
    g_assert_nonnull(strstr(draft, "\n#   \"Kind\": “web” in all rows but 1: too little"));
    /* Many others are no slips. */
    g_assert_null(strstr(draft, "\n#   \"Nights\": “"));
    g_assert_null(strstr(draft, "\n  Nights: {level"));
}

/* A mark above those of all others, with marks between that nobody gave, moves no scale. */
static void test_high_strays(void)
{
    g_autoptr(GString) text = g_string_new("Wait,Comfort,Kind,Recommend\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%u,%u,%u,%u\n", i == 5 ? 9 : i % 5 + 1, i % 5 + 1,
                               i == 7 ? 7 : i % 5 + 1, i % 11);
    g_autofree char *draft = suggest(text->str);
    g_assert_nonnull(strstr(draft, "\nscale: {min: 1, max: 5, "));
    g_assert_nonnull(strstr(draft, "\n  Wait: {level: Wait}\n  Comfort: {level: Comfort}\n"
                                   "  Kind: {level: Kind}\n"));
    g_assert_nonnull(strstr(draft, "\n#   \"Wait\": “9” among marks from 1 to 5: that row counts "
                                   "as wrong, unless"));
    g_assert_nonnull(strstr(draft, "\n#   \"Kind\": “7” among marks from 1 to 5"));
    /* The next mark, where half of the columns do without; but not a rare one of most. */
    g_string_assign(text, "Wait,Comfort,Kind\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%u,%u,%u\n", i == 5 ? 6 : i % 5 + 1, i % 5 + 1, i % 4 + 1);
    g_autofree char *six = suggest(text->str);
    g_assert_nonnull(strstr(six, "\nscale: {min: 1, max: 5, "));
    g_assert_nonnull(strstr(six, "\n#   \"Wait\": “6” among marks from 1 to 5"));
    g_string_assign(text, "Wait,Comfort,Kind\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%u,%u,%u\n", i == 5 ? 6 : i % 5 + 1, i % 5 + 1,
                               i == 9 ? 6 : i % 5 + 1);
    g_autofree char *rare = suggest(text->str);
    g_assert_null(strstr(rare, "“6”"));
    g_assert_null(strstr(rare, "\nscale: {min: 1, max: 5, "));
    /* One column alone may miss a mark in between. */
    g_string_assign(text, "Wait\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%u\n", i == 5 ? 7 : i % 5 + 1);
    g_autofree char *alone = suggest(text->str);
    g_assert_nonnull(strstr(alone, "\nscale: {min: 1, max: 7, "));
    /* Where the others go up to there, it is a mark like theirs. */
    g_string_assign(text, "Wait,Comfort,Kind\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%u,%u,%u\n", i == 5 ? 9 : i % 5 + 1, i % 10 + 1, i % 9 + 1);
    g_autofree char *ten = suggest(text->str);
    g_assert_nonnull(strstr(ten, "\nscale: {min: 1, max: 10, "));
    g_assert_null(strstr(ten, "“9”"));
}

static void test_unknown_words(void)
{
    g_autoptr(GString) text = g_string_new("Essen,Service\n");
    static const char *const words[] = {"mies", "geht so", "prima"};
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%s,%s\n", words[i % 3], words[i / 3 % 3]);
    g_autofree char *draft = suggest(text->str);
    g_assert_nonnull(strstr(draft, "\n#   Service: {level: {column: Service, values: {geht so: "
                                   "\"?\", mies: \"?\", prima: \"?\"}}}\n"));
    g_assert_null(strstr(draft, "\nsegments:"));
}

/* A role that no language here knows is nobody's until somebody says whose. */
static void test_unknown_role(void)
{
    g_autoptr(GString) text = g_string_new("Rolle,Essen\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(text, "%s,%u\n", i % 2 ? "Gast" : "Koch", i % 5 + 1);
    GString *draft = draft_of(text->str, text->len);
    g_assert_nonnull(strstr(draft->str, "# To be finished: who is \"Koch\"? Write leader, staff, "
                                        "customer or shopper for each \"?\".\naudience: {column: "
                                        "Rolle, values: {Gast: customer, Koch: \"?\"}}\n"));
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_recipe_read_memory(draft->str, draft->len, "r.yaml", map, &error));
    g_assert_cmpstr(error->message, ==,
                    "r.yaml:5:58: this line is not finished: write what \"Koch\" means in place of "
                    "\"?\"");
    g_string_free(draft, TRUE);
}

/* Rows below the header that are no data: Qualtrics, its old form, SurveyMonkey, words above
 * numbers. */
static void test_second_headers(void)
{
    static const struct {
        const char *text, *line;
    } cases[] = {
        {"ResponseId,Q1\nId,How was it?\n\"{\"\"ImportId\"\":\"\"_id\"\"}\",\"{\"\"ImportId\"\":"
         "\"\"QID1\"\"}\"\nR_1,4\n",
         "\n  skip-after: 2\n"},
        {"V1,Q1\nResponseID,How was it?\nR_1,4\n", "\n  skip-after: 1\n"},
        {"RespondentID,How was it?\n,Response\n1,4\n2,5\n", "\n  skip-after: 1\n"},
        {"a,b\nfood,service\n1,2\n3,4\n5,5\n", "\n  skip-after: 1\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *draft = suggest(cases[i].text);
        g_assert_nonnull(strstr(draft, cases[i].line));
    }
    g_autofree char *plain = suggest("a,b\nn/a,n/a\n1,2\n3,4\n5,5\n");
    g_assert_null(strstr(plain, "skip-after"));
}

static void test_errors(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "survey.csv: no rows below a header to look at"},
        {"a,b\n", "survey.csv: no rows below a header to look at"},
        {"a,b\n1,\"x\n", "survey.csv:2:3: a quote that does not fit here"},
        {"a,b\n1,\"x\ny\"z\n", "survey.csv:3:3: a quote that does not fit here"},
        {"PK\x03\x04 sheet",
         "survey.csv: this is a spreadsheet (or another packed file), not a "
         "text file; open it and save it as CSV (in Excel: Save as, CSV UTF-8)"},
        {"$FL2@(#) IBM", "survey.csv: this is an SPSS file, not a text file; save it as CSV (File, "
                         "Export, CSV Data)"},
    };
    g_autofree char *folder = g_dir_make_tmp("plx-suggest-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "survey.csv", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(g_file_set_contents(path, cases[i].text, -1, NULL));
        g_assert_null(plx_look_new(path, NULL, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_true(g_str_has_prefix(error->message, folder));
        g_assert_cmpstr(error->message + strlen(folder) + 1, ==, cases[i].message);
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_look_new(folder, NULL, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_unlink(path);
    g_rmdir(folder);
}

/* Bytes that are no UTF-8 are read as what they look like, which is marked as a guess. */
static void test_encodings(void)
{
    g_autofree char *western = suggest("Gr\xf6\xdf"
                                       "e,Wartezeit\nXL,4\nM,5\nL,1\n");
    g_assert_nonnull(strstr(western, "  encoding: WINDOWS-1252 # a guess"));
    g_assert_nonnull(strstr(western, "Gr\xc3\xb6\xc3\x9f"
                                     "e"));
    g_autofree char *korean = suggest("\xb0\xa1\xb3\xaa,b\n\xb0\xa1,4\n\xb3\xaa,5\n");
    g_assert_nonnull(strstr(korean, "  encoding: CP949 # a guess"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/recipe-suggest/wide", test_wide);
    g_test_add_func("/recipe-suggest/long", test_long);
    g_test_add_func("/recipe-suggest/german", test_german);
    g_test_add_func("/recipe-suggest/six-levels", test_six_levels);
    g_test_add_func("/recipe-suggest/nothing-to-rate", test_nothing_to_rate);
    g_test_add_func("/recipe-suggest/odd-titles", test_odd_titles);
    g_test_add_func("/recipe-suggest/namesakes", test_namesakes);
    g_test_add_func("/recipe-suggest/long-start", test_long_start);
    g_test_add_func("/recipe-suggest/kinds", test_kinds);
    g_test_add_func("/recipe-suggest/words", test_words);
    g_test_add_func("/recipe-suggest/whole", test_whole);
    g_test_add_func("/recipe-suggest/strays", test_strays);
    g_test_add_func("/recipe-suggest/high-strays", test_high_strays);
    g_test_add_func("/recipe-suggest/unknown-words", test_unknown_words);
    g_test_add_func("/recipe-suggest/unknown-role", test_unknown_role);
    g_test_add_func("/recipe-suggest/second-headers", test_second_headers);
    g_test_add_func("/recipe-suggest/errors", test_errors);
    g_test_add_func("/recipe-suggest/encodings", test_encodings);
    return g_test_run();
}
