/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "heard.h"
#include "voice/sink.h"

#include "base/error.h"
#include "map/map_file.h"

#include <string.h>

/* Rows -------------------------------------------------------------------------------------- */

struct row {
    guint audience; /* map index */
    guint subject;  /* 0: none */
    const char *workshop, *table, *prompt, *note, *place, *language;
    gint8 surprise, level;
    gint32 day;
    guint16 group_size;
    guint64 unit, encounter; /* unit 0: nobody is known */
};

#define NONE PLX_CELL_EMPTY
#define LEADER 0
#define STAFF 1

static const struct plx_subject subjects[] = {{PLX_SUBJECT_NONE, "", "", -1},
                                              {PLX_SUBJECT_POINT, "cart", "Cart", -1},
                                              {PLX_SUBJECT_JOURNEY, "order", "Order", -1}};

/* Dictionaries and columns of one worker. */
#define HAND_ROWS 8
struct hand {
    struct plx_dims dims;
    guint32 code[PLX_DIM_SEGMENT][HAND_ROWS];
    gint8 surprise[HAND_ROWS], level[HAND_ROWS];
    gint32 day[HAND_ROWS];
    guint16 group_size[HAND_ROWS];
    guint64 unit[HAND_ROWS], encounter[HAND_ROWS];
    guint8 known[HAND_ROWS];
    struct plx_span note[HAND_ROWS];
};

static void hand_init(struct hand *hand, const plx_map *map)
{
    *hand = (struct hand){.dims = {.n_dims = PLX_DIM_SEGMENT, .map = map}};
    for (guint d = PLX_DIM_JOURNEY; d < PLX_DIM_SEGMENT; d++)
        hand->dims.dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
    hand->dims.subjects = g_array_new(FALSE, FALSE, sizeof(struct plx_subject));
    g_array_append_vals(hand->dims.subjects, subjects, G_N_ELEMENTS(subjects));
}

static void hand_clear(struct hand *hand)
{
    for (guint d = 0; d < PLX_DIM_SEGMENT; d++)
        plx_dict_free(hand->dims.dict[d]);
    g_array_unref(hand->dims.subjects);
}

static void put_row(struct hand *hand, guint i, const struct row *row, guint64 salt)
{
    const struct {
        enum plx_dim dim;
        const char *text;
    } texts[] = {{PLX_DIM_WORKSHOP, row->workshop},
                 {PLX_DIM_TABLE, row->table},
                 {PLX_DIM_PROMPT, row->prompt},
                 {PLX_DIM_PLACE, row->place},
                 {PLX_DIM_LANGUAGE, row->language}};
    for (guint t = 0; t < G_N_ELEMENTS(texts); t++) {
        const char *const text = texts[t].text ? texts[t].text : "";
        hand->code[texts[t].dim][i] =
            plx_dict_add(hand->dims.dict[texts[t].dim], text, (guint32)strlen(text));
    }
    hand->code[PLX_DIM_AUDIENCE][i] = row->audience + 1;
    hand->code[PLX_DIM_SUBJECT][i] = row->subject;
    hand->surprise[i] = row->surprise;
    hand->level[i] = row->level;
    hand->day[i] = row->day;
    hand->group_size[i] = row->group_size;
    hand->known[i] = row->unit != 0;
    /* Numbers that say nothing of their order. */
    hand->encounter[i] = (row->encounter + 1) * (salt | 1);
    hand->unit[i] = row->unit ? (row->unit + 1000) * (salt | 1) : hand->encounter[i];
    hand->note[i] = (struct plx_span){row->note, row->note ? (guint32)strlen(row->note) : 0};
}

static struct plx_batch batch_of(const struct hand *hand, guint n)
{
    struct plx_batch batch = {.n = n,
                              .dims = &hand->dims,
                              .measure = {[PLX_MEASURE_LEVEL] = hand->level},
                              .day = hand->day,
                              .unit = hand->unit,
                              .encounter = hand->encounter,
                              .known = hand->known,
                              .group_size = hand->group_size,
                              .surprise = hand->surprise,
                              .note = hand->note};
    static const enum plx_dim dims[] = {PLX_DIM_AUDIENCE, PLX_DIM_SUBJECT, PLX_DIM_WORKSHOP,
                                        PLX_DIM_TABLE,    PLX_DIM_PROMPT,  PLX_DIM_PLACE,
                                        PLX_DIM_LANGUAGE};
    for (guint d = 0; d < G_N_ELEMENTS(dims); d++)
        batch.dim[dims[d]] = hand->code[dims[d]];
    return batch;
}

/* Hearing ----------------------------------------------------------------------------------- */

static plx_map *a_map(void)
{
    g_autoptr(GError) error = NULL;
    const char *const yaml = "parallax: 1\ntitle: Shop\n";
    plx_map *const map = plx_map_read_memory(yaml, strlen(yaml), "m.yaml", &error);
    g_assert_no_error(error);
    return map;
}

struct way {
    guint workers, cut;
    guint32 seed;           /* 0: in order */
    const struct row *back; /* given as well and taken back; NULL: nothing is */
};

static guint *order_of(guint n, guint32 seed)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    guint *const order = g_new(guint, n);
    for (guint i = 0; i < n; i++)
        order[i] = i;
    for (guint i = n; seed && i > 1; i--) {
        const guint k = (guint)g_rand_int_range(random, 0, (gint32)i);
        const guint other = order[k];
        order[k] = order[i - 1];
        order[i - 1] = other;
    }
    return order;
}

static gboolean give(plx_sink *sink, struct hand *hands, const struct row *rows, guint n,
                     const struct way *way, GError **error)
{
    g_autofree guint *order = order_of(n, way->seed);
    guint worker = 0;
    for (guint first = 0; first < n; first += way->cut, worker = (worker + 1) % way->workers) {
        const guint some = MIN(way->cut, n - first);
        for (guint i = 0; i < some; i++)
            put_row(&hands[worker], i, &rows[order[first + i]], way->seed * 0x9e3779b9u);
        const struct plx_batch batch = batch_of(&hands[worker], some);
        if (!sink->add(sink, worker, &batch, error))
            return FALSE;
    }
    for (guint pass = 0; way->back && pass < 2; pass++) {
        struct hand *const hand = &hands[pass == 0 ? way->workers - 1 : 0];
        put_row(hand, 0, way->back, way->seed * 0x9e3779b9u);
        const struct plx_batch batch = batch_of(hand, 1);
        if (!(pass == 0 ? sink->add : sink->retract)(sink, 0, &batch, error))
            return FALSE;
    }
    return TRUE;
}

static struct plx_sayings *listen_to(const plx_map *map, const struct plx_listen *listen,
                                     const struct row *rows, guint n, const struct way *way,
                                     GError **error)
{
    struct hand hands[3];
    struct plx_suspect *suspects = NULL;
    gsize n_suspects = 1;
    plx_sink *const sink = plx_saying_sink_new(listen, way->workers);
    for (guint w = 0; w < way->workers; w++)
        hand_init(&hands[w], map);
    const gboolean given = give(sink, hands, rows, n, way, error);
    g_assert_true(sink->suspects(sink, &suspects, &n_suspects, error));
    g_assert_cmpuint(n_suspects, ==, 0);
    for (guint w = 0; w < way->workers; w++)
        hand_clear(&hands[w]); /* nothing points there any more */
    g_assert_true(!given || sink->finish(sink, error));
    struct plx_sayings *const sayings = given ? plx_saying_sink_take(sink) : NULL;
    sink->free(sink);
    return sayings;
}

static char *hear(const plx_map *map, const struct plx_listen *listen, const struct row *rows,
                  guint n, const struct way *way)
{
    g_autoptr(GError) error = NULL;
    struct plx_sayings *const sayings = listen_to(map, listen, rows, n, way, &error);
    g_assert_no_error(error);
    char *const text = heard_text(map, sayings);
    plx_sayings_free(sayings);
    return text;
}

static const struct way ways[] = {
    {1, 8, 0, NULL}, {1, 3, 7, NULL}, {3, 1, 8, NULL}, {3, 5, 9, NULL}, {2, 2, 10, NULL}};

/* However the rows come. */
static void assert_heard(const struct plx_listen *listen, const struct row *rows, guint n,
                         const char *expected)
{
    g_autoptr(plx_map) map = a_map();
    for (guint w = 0; w < G_N_ELEMENTS(ways); w++) {
        g_autofree char *text = hear(map, listen, rows, n, &ways[w]);
        g_assert_cmpstr(text, ==, expected);
    }
}

/* Tests ------------------------------------------------------------------------------------- */

static const struct row sheets[] = {
    {LEADER, 0, "w", "2", "improve", "signs", "", "en", NONE, NONE, 20000, 7, 0, 2},
    {LEADER, 0, "w", "2", "competitors", "faster", "", "en", 1, NONE, 20000, 7, 0, 2},
    {STAFF, 1, "w", "1", "well", "we care", "Oslo", "no", NONE, 5, 20001, 6, 0, 1},
    {STAFF, 2, "w", "1", "well", "care", "Oslo", "no", NONE, PLX_CELL_NA, 20001, 6, 0, 1},
    {STAFF, 0, NULL, NULL, "comment", "fine", "Oslo", "no", -1, 6, PLX_NO_DAY, 0, 5, 3},
    {STAFF, 0, NULL, NULL, "comment", NULL, "Oslo", "no", -1, 6, PLX_NO_DAY, 1, 5, 3},
    {LEADER, 0, NULL, NULL, NULL, "asked nothing", "", "", NONE, NONE, 20000, 1, 0, 4},
};

static void test_fields(void)
{
    const struct plx_listen all = {0};
    assert_heard(&all, sheets, G_N_ELEMENTS(sheets),
                 "0/0 / leader  \"asked nothing\" on - at  in  day=20000 by 1\n"
                 "1/1 / staff comment \"fine\" on - at Oslo in no surprise=-1 level=6 by 1 known\n"
                 "2/2 w/1 staff well \"care\" on order at Oslo in no day=20001 by 6\n"
                 "2/2 w/1 staff well \"we care\" on cart at Oslo in no level=5 day=20001 by 6\n"
                 "3/3 w/2 leader competitors \"faster\" on - at  in en surprise=1 day=20000 by 7\n"
                 "3/3 w/2 leader improve \"signs\" on - at  in en day=20000 by 7\n"
                 "4 sheets, 4 units\n");
}

static void test_prompts(void)
{
    static const char *const two[] = {"improve", "easier", "well", NULL};
    static const char *const unasked[] = {"", NULL};
    static const char *const nobody[] = {"easier", NULL};
    static const char *const none[] = {NULL};
    const struct plx_listen some = {.prompts = two}, open = {.prompts = unasked},
                            easier = {.prompts = nobody}, no = {.prompts = none};
    assert_heard(&some, sheets, G_N_ELEMENTS(sheets),
                 "0/0 w/1 staff well \"care\" on order at Oslo in no day=20001 by 6\n"
                 "0/0 w/1 staff well \"we care\" on cart at Oslo in no level=5 day=20001 by 6\n"
                 "1/1 w/2 leader improve \"signs\" on - at  in en day=20000 by 7\n"
                 "2 sheets, 2 units\n");
    assert_heard(&open, sheets, G_N_ELEMENTS(sheets),
                 "0/0 / leader  \"asked nothing\" on - at  in  day=20000 by 1\n"
                 "1 sheets, 1 units\n");
    assert_heard(&easier, sheets, G_N_ELEMENTS(sheets), "0 sheets, 0 units\n");
    assert_heard(&no, sheets, G_N_ELEMENTS(sheets), "0 sheets, 0 units\n");
}

static void test_filter(void)
{
    const char *const names[] = {"leader", NULL};
    g_autoptr(plx_filter) leaders = plx_filter_in(PLX_DIM_AUDIENCE, NULL, names);
    static const char *const prompts[] = {"improve", "well", NULL};
    const struct plx_listen listen = {.prompts = prompts, .filter = leaders};
    assert_heard(&listen, sheets, G_N_ELEMENTS(sheets),
                 "0/0 w/2 leader improve \"signs\" on - at  in en day=20000 by 7\n"
                 "1 sheets, 1 units\n");
}

/* A row of a sheet that says only this. */
#define SAID(text, unit, sheet)                                                                    \
    {                                                                                              \
        STAFF, 0, "w", "1", "well", text, "", "", NONE, NONE, PLX_NO_DAY, 1, unit, sheet           \
    }
#define LINE(numbers, text) numbers " w/1 staff well \"" text "\" on - at  in  by 1 known\n"

/* Equal sayings of different sheets: which is which is told by what else is on them. */
static void test_ties(void)
{
    static const struct row rows[] = {
        SAID("a", 1, 11), SAID("b", 1, 11), /* one sheet */
        SAID("a", 2, 21), SAID("b", 2, 22), /* two sheets of one person */
        SAID("a", 3, 31), SAID("c", 3, 31), SAID("a", 4, 41),
        SAID("c", 4, 41), SAID("a", 5, 51), SAID("a", 5, 51), /* said twice */
    };
    const struct plx_listen all = {0};
    /* Units by their sheets: (a | b), (a a), (a b), (a c) twice. */
    assert_heard(&all, rows, G_N_ELEMENTS(rows),
                 LINE("0/0", "a") LINE("1/1", "a") LINE("1/1", "a") LINE("2/2", "a")
                     LINE("3/3", "a") LINE("4/4", "a") LINE("0/5", "b") LINE("2/2", "b")
                         LINE("3/3", "c") LINE("4/4", "c") "6 sheets, 5 units\n");
}

/* Many small worlds of few words, so that much is equal. */
static void test_any_order(void)
{
    static const char *const words[] = {"a", "b", "c"};
    const struct plx_listen all = {0};
    g_autoptr(plx_map) map = a_map();
    for (guint32 seed = 1; seed <= 40; seed++) {
        struct row rows[60];
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
            const guint64 unit = (guint64)g_rand_int_range(random, 1, 9);
            const guint64 sheet = unit * 10 + (guint64)g_rand_int_range(random, 0, 3);
            rows[i] = (struct row)SAID(words[g_rand_int_range(random, 0, 2 + (gint)seed % 2)], unit,
                                       sheet);
        }
        g_autofree char *expected = hear(map, &all, rows, G_N_ELEMENTS(rows), &ways[0]);
        for (guint32 order = 1; order < 8; order++) {
            const struct way way = {1 + order % 3, 1 + order, seed * 100 + order, NULL};
            g_autofree char *text = hear(map, &all, rows, G_N_ELEMENTS(rows), &way);
            g_assert_cmpstr(text, ==, expected);
        }
    }
}

/* What is taken back was never there: one of two equal ones, one that nobody else said. */
static void test_taken_back(void)
{
    static const struct row back[] = {SAID("fine", 9, 90), SAID("once more", 9, 90),
                                      SAID("fine", 8, 80)};
    static const struct row rows[] = {SAID("fine", 9, 90), SAID("well", 9, 90), SAID("", 8, 80)};
    const struct plx_listen all = {0};
    g_autoptr(plx_map) map = a_map();
    for (guint b = 0; b < G_N_ELEMENTS(back); b++) {
        const struct way way = {2, 1, 5, &back[b]};
        g_autofree char *text = hear(map, &all, rows, G_N_ELEMENTS(rows), &way);
        g_assert_cmpstr(text, ==, LINE("0/0", "fine") LINE("0/0", "well") "1 sheets, 1 units\n");
    }
}

/* A table's answers that came in parts are one sheet; of each person at it, each their own. */
static void test_tables(void)
{
    static const struct row rows[] = {
        {STAFF, 0, "w", "1", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 7, 0, 1},
        {STAFF, 0, "w", "1", "improve", "tea", "", "", NONE, NONE, PLX_NO_DAY, 7, 0, 2},
        {STAFF, 0, "w", "2", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 7, 0, 3},
        {STAFF, 0, "x", "1", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 7, 0, 4},
        {LEADER, 0, "w", "1", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 7, 0, 1},
        {STAFF, 0, "w", "3", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 1, 0, 5},
        {STAFF, 0, "w", "3", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 1, 0, 6},
        {STAFF, 0, "w", "", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 7, 0, 7},
        {STAFF, 0, "w", "", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 7, 0, 8},
        {STAFF, 0, "", "1", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 7, 0, 9},
        {STAFF, 0, "", "1", "well", "tea", "", "", NONE, NONE, PLX_NO_DAY, 7, 0, 10},
    };
    const struct plx_listen all = {0};
    assert_heard(&all, rows, G_N_ELEMENTS(rows),
                 "0/0 /1 staff well \"tea\" on - at  in  by 7\n"
                 "1/1 /1 staff well \"tea\" on - at  in  by 7\n"
                 "2/2 w/ staff well \"tea\" on - at  in  by 7\n"
                 "3/3 w/ staff well \"tea\" on - at  in  by 7\n"
                 "4/4 w/1 leader well \"tea\" on - at  in  by 7\n"
                 "5/5 w/1 staff improve \"tea\" on - at  in  by 7\n"
                 "5/5 w/1 staff well \"tea\" on - at  in  by 7\n"
                 "6/6 w/2 staff well \"tea\" on - at  in  by 7\n"
                 "7/7 w/3 staff well \"tea\" on - at  in  by 1\n"
                 "8/8 w/3 staff well \"tea\" on - at  in  by 1\n"
                 "9/9 x/1 staff well \"tea\" on - at  in  by 7\n"
                 "10 sheets, 10 units\n");
}

/* Marks: the same sheets and units, whatever their numbers. ------------------------------------ */

/* The mark of a text here is its first byte. */
static gpointer mark_start(gconstpointer data)
{
    (void)data;
    return g_new0(guint, 1);
}

static gboolean mark_read(gpointer with, const char *language, const char *text, guint8 *mark,
                          GError **error)
{
    guint *const n = with;
    g_assert_cmpstr(language, ==, "");
    *mark = (guint8)*text;
    ++*n;
    return *mark != 'x' || plx_error(error, PLX_ERROR_IO, "nobody reads x");
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *join_sorted(GPtrArray *parts, const char *between)
{
    g_ptr_array_sort(parts, by_text);
    g_ptr_array_add(parts, NULL);
    char *const text = g_strjoinv(between, (char **)parts->pdata);
    g_ptr_array_set_size(parts, 0);
    return text;
}

/* What stands together, in an order of its own: marks of a sheet, sheets of a unit, units. */
static char *together(const struct plx_sayings *sayings, gboolean marked)
{
    g_autoptr(GPtrArray) sheet = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) unit = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(g_free);
    for (guint u = 0; u < sayings->n_units; u++) {
        for (guint s = 0; s < sayings->n_sheets; s++) {
            for (guint i = 0; i < sayings->n; i++) {
                const struct plx_saying *const one = &sayings->sayings[i];
                const gint mark = marked ? one->mark : *one->text;
                if (one->unit == u && one->sheet == s)
                    g_ptr_array_add(sheet, g_strdup_printf("%s%c", one->table, mark));
            }
            if (sheet->len > 0)
                g_ptr_array_add(unit, join_sorted(sheet, ","));
        }
        g_ptr_array_add(units, join_sorted(unit, " "));
    }
    return join_sorted(units, "\n");
}

static void test_marks(void)
{
    static const char *const words[] = {"a", "b", "c"}, *const tables[] = {"1", "2"};
    const struct plx_text_reader reader = {mark_start, mark_read, g_free, NULL};
    const struct plx_listen plain = {0}, marks = {.reader = &reader};
    g_autoptr(plx_map) map = a_map();
    for (guint32 seed = 1; seed <= 40; seed++) {
        struct row rows[60];
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
            const guint64 unit = (guint64)g_rand_int_range(random, 0, 9);
            rows[i] = (struct row)SAID(words[g_rand_int_range(random, 0, 3)], unit,
                                       unit * 10 + (guint64)g_rand_int_range(random, 1, 4));
            rows[i].table = tables[g_rand_int_range(random, 0, 2)];
            rows[i].group_size = (guint16)g_rand_int_range(random, 1, 3);
        }
        const struct row back = rows[seed];
        for (guint32 order = 1; order < 6; order++) {
            const struct way way = {1 + order % 3, 1 + order, seed * 100 + order,
                                    order % 2 ? &back : NULL};
            g_autoptr(GError) error = NULL;
            struct plx_sayings *const heard = listen_to(map, &plain, rows, 60, &way, &error);
            struct plx_sayings *const marked = listen_to(map, &marks, rows, 60, &way, &error);
            g_assert_no_error(error);
            g_autofree char *expected = together(heard, FALSE);
            g_autofree char *found = together(marked, TRUE);
            g_assert_cmpuint(marked->n, ==, 60);
            g_assert_cmpuint(marked->n_sheets, ==, heard->n_sheets);
            g_assert_cmpstr(found, ==, expected);
            for (guint i = 0; i < marked->n; i++) {
                g_assert_cmpstr(marked->sayings[i].text, ==, "");
                g_assert_cmpuint(marked->sayings[i].sheet - (i ? marked->sayings[i - 1].sheet : 0),
                                 <=, 1);
            }
            plx_sayings_free(heard);
            plx_sayings_free(marked);
        }
    }
}

static void test_unreadable(void)
{
    static const struct row rows[] = {SAID("a", 1, 1), SAID("x", 2, 2)};
    const struct plx_text_reader reader = {mark_start, mark_read, g_free, NULL};
    const struct plx_listen marks = {.reader = &reader};
    g_autoptr(plx_map) map = a_map();
    g_autoptr(GError) error = NULL;
    g_assert_null(listen_to(map, &marks, rows, G_N_ELEMENTS(rows), &ways[0], &error));
    g_assert_cmpstr(error->message, ==, "nobody reads x");
}

static void test_nothing(void)
{
    const struct plx_listen all = {0};
    assert_heard(&all, sheets, 0, "0 sheets, 0 units\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/saying/fields", test_fields);
    g_test_add_func("/saying/prompts", test_prompts);
    g_test_add_func("/saying/filter", test_filter);
    g_test_add_func("/saying/ties", test_ties);
    g_test_add_func("/saying/any-order", test_any_order);
    g_test_add_func("/saying/taken-back", test_taken_back);
    g_test_add_func("/saying/tables", test_tables);
    g_test_add_func("/saying/marks", test_marks);
    g_test_add_func("/saying/unreadable", test_unreadable);
    g_test_add_func("/saying/nothing", test_nothing);
    return g_test_run();
}
