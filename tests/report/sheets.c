/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sheets.h"

#include "ingest/file_source.h"
#include "map/map_file.h"

#include <glib/gstdio.h>
#include <string.h>

static const char map_text[] =
    "parallax: 1\n"
    "title: Corner café\n"
    "audiences: {partner: {title: Partners}}\n"
    "journeys:\n"
    "  - title: Breakfast\n"
    "    transactions:\n"
    "      - title: Order\n"
    "        points: [{id: wait, title: Waiting to order}, {id: coffee, title: First sip of "
    "coffee}]\n";

static const char header[] = "audience,source,table,group_size,prompt,surprise,point,level,note\n";

/* One answer of a table: "leader L1 7 well The coffee"; "+" or "-" before a competitor's words. */
static const char *const cafe[] = {"leader L1 7 well The coffee",
                                   "leader L1 7 well Our friendly staff",
                                   "leader L1 7 improve Waiting to order",
                                   "leader L1 7 improve Number of dishes",
                                   "leader L1 7 competitors +Ordering by phone",
                                   "leader L1 7 continue Saturday brunch",
                                   "leader L2 6 well Coffee from our own roast",
                                   "leader L2 6 well The terrace",
                                   "leader L2 6 improve The queue in the morning is too long",
                                   "leader L2 6 competitors -Paper cups",
                                   "leader L2 6 continue Saturday brunch",
                                   "staff S1 7 well Friendly colleagues and friendly guests",
                                   "staff S1 7 well Regular guests",
                                   "staff S1 7 improve Waiting to order",
                                   "staff S1 7 improve The till crashes",
                                   "staff S1 7 continue Team meeting on Mondays",
                                   "staff S1 7 easier The bakery next door: one queue",
                                   "staff S2 8 well Regular guests",
                                   "staff S2 8 improve The till crashes",
                                   "staff S2 8 improve Noise",
                                   "staff S2 8 competitors +Ordering by phone",
                                   "staff S2 8 moment Carrying the tray upstairs",
                                   "customer C1 7 well Always a smile at the counter",
                                   "customer C1 7 improve I never know where to queue",
                                   "customer C1 7 improve Noise",
                                   "customer C1 7 competitors +Ordering by phone",
                                   "customer C1 7 continue Saturday brunch",
                                   "customer C2 8 well They know my name",
                                   "customer C2 8 improve Waiting to order",
                                   "customer C2 8 improve No plug for a laptop",
                                   "customer C2 8 competitors +Ordering by phone",
                                   "customer C2 8 competitors -Ordering by phone",
                                   "customer C2 8 moment Finding the toilet",
                                   "customer C3 7 well The terrace",
                                   "customer C3 7 improve The coffee is often cold",
                                   "customer C3 7 improve waiting to order.",
                                   "customer C3 7 easier My bank: the app remembers me",
                                   "customer C4 6 well Our friendly staff",
                                   "customer C4 6 improve The coffee",
                                   "customer C4 6 moment Finding the toilet",
                                   "customer C4 6 competitors -Paper cups",
                                   "customer C5 7 well Regular guests",
                                   "customer C5 7 improve Ten minutes for one espresso",
                                   "customer C5 7 continue More cake without sugar",
                                   NULL};
static const struct {
    guint32 theme;
    const char *prompt, *text;
} codes[] = {
    {1, "improve", "Waiting to order"},
    {1, "improve", "The queue in the morning is too long"},
    {1, "improve", "I never know where to queue"},
    {1, "improve", "Ten minutes for one espresso"},
    {2, "well", "The coffee"},
    {2, "well", "Coffee from our own roast"},
    {2, "improve", "The coffee is often cold"},
    {2, "improve", "The coffee"},
    {3, "well", "Our friendly staff"},
    {3, "well", "Friendly colleagues and friendly guests"},
    {3, "well", "Always a smile at the counter"},
    {3, "well", "They know my name"},
    {4, "continue", "Saturday brunch"},
    {5, "competitors", "Ordering by phone"},
    {6, "improve", "Noise"},
    {7, "improve", "The till crashes"},
};

static void add_row(GString *csv, const char *line)
{
    g_auto(GStrv) w = g_strsplit(line, " ", 5);
    const char *flag = w[4][0] == '+' ? "good" : w[4][0] == '-' ? "bad" : "";
    g_autoptr(GString) words = g_string_new(*flag ? w[4] + 1 : w[4]);
    g_string_replace(words, "\"", "\"\"", 0);
    g_string_append_printf(csv, "%s,workshop,%s,%s,%s,%s,,,\"%s\"\n", w[0],
                           strcmp(w[1], "*") == 0 ? "" : w[1], w[2], w[3], flag, words->str);
}

static void add_rows(GString *csv, const char *const *lines)
{
    for (; *lines; lines++)
        add_row(csv, *lines);
}

static void add_ratings(GString *csv)
{
    for (guint i = 0; i < 120; i++) {
        g_string_append_printf(csv, "customer,,,,,,wait,%u,\n", 1 + i % 3);
        g_string_append_printf(csv, "customer,,,,,,coffee,%u,\n", 3 + i % 3);
    }
    for (guint i = 0; i < 12; i++) {
        g_string_append_printf(csv, "leader,,,,,,wait,%u,\n", 4 + i % 2);
        g_string_append_printf(csv, "leader,,,,,,coffee,%u,\n", 4 + i % 2);
    }
}

static void add_many(GString *csv)
{
    static const char *const audiences[] = {"leader", "staff", "customer"};
    for (guint i = 0; i < 40; i++)
        for (guint t = 0; t < 9; t++) {
            if ((i * 7 + t * 5) % 11 > 4 && i > 2)
                continue;
            g_autofree char *line = g_strdup_printf(
                "%s T%u 7 %s The long way number %u from the front door past the shelves to the "
                "only counter that is open",
                audiences[t % 3], t, i % 2 ? "well" : "improve", i);
            add_row(csv, line);
        }
}

static void add_alone(GString *csv)
{
    for (guint i = 0; i < 12; i++)
        add_row(csv, "customer * 1 improve Waiting to order");
    for (guint i = 0; i < 3; i++)
        add_row(csv, "customer * 1 well The terrace");
}

static char *make_csv(enum sheets_kind kind)
{
    static const char *const hidden[] = {"leader L1 3 improve Rota",
                                         "staff S1 7 improve Anna is always late",
                                         "staff S1 7 improve Waiting to order",
                                         "customer C1 7 improve Waiting to order",
                                         "customer C1 7 well The terrace",
                                         NULL};
    static const char *const hostile[] = {
        "leader L1 12 improve <script>alert(1)</script>",
        "staff S1 12 improve </script><img src=x onerror=alert(1)>",
        "customer C1 12 improve <script>alert(1)</script>",
        "customer C1 12 well حالة الطرد عند الاستلام",
        "customer C1 12 moment Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
        "customer C1 12 competitors +\"quoted\" & more",
        NULL};
    static const char *const four[] = {"partner P1 7 improve Waiting to order",
                                       "partner P1 7 well Invoices", NULL};
    GString *csv = g_string_new(header);
    if (kind == SHEETS_FULL || kind == SHEETS_PLAIN || kind == SHEETS_FOUR)
        add_rows(csv, cafe);
    if (kind == SHEETS_FULL || kind == SHEETS_EMPTY)
        add_ratings(csv);
    if (kind == SHEETS_FOUR)
        add_rows(csv, four);
    if (kind == SHEETS_ONE)
        for (guint i = 0; cafe[i]; i++)
            if (g_str_has_prefix(cafe[i], "customer"))
                add_row(csv, cafe[i]);
    if (kind == SHEETS_MANY)
        add_many(csv);
    if (kind == SHEETS_ALONE)
        add_alone(csv);
    if (kind == SHEETS_HIDDEN)
        add_rows(csv, hidden);
    if (kind == SHEETS_HOSTILE)
        add_rows(csv, hostile);
    return g_string_free(csv, FALSE);
}

static plx_codebook *make_book(void)
{
    static const guint8 key[PLX_CODEBOOK_KEY] = {0};
    static const char *const wait[] = {"wait", NULL};
    static const char *const coffee[] = {"coffee", NULL};
    plx_codebook *book = plx_codebook_new(key);
    plx_codebook_add(book, 1, "Time at the counter", wait);
    plx_codebook_add(book, 2, "Coffee", coffee);
    plx_codebook_add(book, 3, "A friendly team", NULL);
    plx_codebook_add(book, 4, "Saturday brunch", NULL);
    plx_codebook_add(book, 5, "Ordering by phone", NULL);
    plx_codebook_add(book, 6, "Noise", NULL);
    plx_codebook_add(book, 7, "The till", NULL);
    for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
        guint64 answer;
        g_assert_true(plx_codebook_answer(book, codes[i].text, &answer));
        plx_codebook_code(book, codes[i].prompt, answer, codes[i].theme);
    }
    return book;
}

/* The file can go once it was read. */
static void read_file(sheets *s, const char *csv)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    const int fd = g_file_open_tmp("sheets-XXXXXX.csv", &path, &error);
    g_assert_no_error(error);
    g_assert_true(g_close(fd, NULL));
    g_file_set_contents(path, csv, -1, &error);
    g_assert_no_error(error);
    const struct plx_file_options how = {.threads = 1};
    s->source = plx_file_source_new(path, s->map, &how, &error);
    g_assert_no_error(error);
    s->source->name = "sheets.csv";
    const struct plx_workshop_options options = {.seed = 1};
    s->workshop = plx_workshop_read(s->source, s->book, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpint(g_unlink(path), ==, 0);
}

sheets *sheets_new(enum sheets_kind kind)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *csv = make_csv(kind);
    sheets *s = g_new0(sheets, 1);
    s->map = plx_map_read_memory(map_text, strlen(map_text), "map.yaml", &error);
    g_assert_no_error(error);
    if (kind == SHEETS_FULL)
        s->book = make_book();
    read_file(s, csv);
    return s;
}

void sheets_free(sheets *s)
{
    plx_workshop_free(s->workshop);
    plx_codebook_free(s->book);
    plx_source_free(s->source);
    plx_map_free(s->map);
    g_free(s);
}

const char *sheets_name(enum sheets_kind kind)
{
    static const char *const names[] = {"full",  "plain", "many",    "one",  "hidden",
                                        "alone", "four",  "hostile", "empty"};
    return names[kind];
}
