/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/workshop.h"

#include "base/error.h"
#include "reading/privacy.h"
#include "stats/share.h"
#include "voice/batch.h"

#include <math.h>
#include <string.h>

/* Sheets as lines "audience workshop table persons prompt words": no workshop and no table are
 * "-"; before the words + or - of competitors; table "*" is somebody alone. */
typedef struct sheets sheets;
struct sheets {
    plx_map *map;
    GArray *said;
    guint unit;
    GPtrArray *memory;
};

static sheets *sheets_new(void)
{
    sheets *s = g_new0(sheets, 1);
    s->map = plx_map_new_open();
    s->said = g_array_new(FALSE, TRUE, sizeof(struct plx_saying));
    s->memory = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    return s;
}

static void sheets_free(sheets *s)
{
    plx_map_free(s->map);
    g_array_unref(s->said);
    g_ptr_array_unref(s->memory);
    g_free(s);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sheets, sheets_free)

static const char *word(const char *text)
{
    return strcmp(text, "-") == 0 || strcmp(text, "*") == 0 ? "" : text;
}

static void say(sheets *s, const char *line)
{
    char **w = g_strsplit(line, " ", 6);
    g_ptr_array_add(s->memory, w);
    g_assert_cmpuint(g_strv_length(w), ==, 6);
    const gboolean flag = w[5][0] == '+' || w[5][0] == '-';
    const struct plx_saying saying = {.audience = (guint)plx_map_find_audience(s->map, w[0]),
                                      .workshop = word(w[1]),
                                      .table = word(w[2]),
                                      .group_size = (guint)g_ascii_strtoull(w[3], NULL, 10),
                                      .prompt = w[4],
                                      .text = flag ? w[5] + 1 : w[5],
                                      .surprise = w[5][0] == '+'   ? 1
                                                  : w[5][0] == '-' ? -1
                                                                   : PLX_CELL_EMPTY,
                                      .level = PLX_CELL_EMPTY,
                                      .day = PLX_NO_DAY,
                                      .place = "",
                                      .language = "",
                                      .unit = s->unit,
                                      .sheet = s->unit,
                                      .known = strcmp(w[2], "*") == 0};
    s->unit++;
    g_array_append_val(s->said, saying);
}

static void say_all(sheets *s, const char *const *lines)
{
    for (; *lines; lines++)
        say(s, *lines);
}

static plx_workshop *try_release(const sheets *s, const plx_codebook *book, const char *workshop,
                                 GError **error)
{
    const struct plx_sayings sayings = {.n = s->said->len,
                                        .sayings = (struct plx_saying *)(gpointer)s->said->data};
    g_autoptr(plx_exact_workshop) exact =
        plx_exact_workshop_new(s->map, &sayings, book, workshop, NULL, error);
    return exact ? plx_privacy_release_workshop(exact, "sheets.csv", error) : NULL;
}

static plx_workshop *release(const sheets *s, const plx_codebook *book)
{
    g_autoptr(GError) error = NULL;
    plx_workshop *workshop = try_release(s, book, NULL, &error);
    g_assert_no_error(error);
    return workshop;
}

static gboolean has(const struct plx_workshop_part *part, const char *title)
{
    for (guint i = 0; i < part->n_themes; i++)
        if (strcmp(part->themes[i].title, title) == 0)
            return TRUE;
    return FALSE;
}

static const struct plx_workshop_theme *find(const struct plx_workshop_part *part,
                                             const char *title)
{
    for (guint i = 0; i < part->n_themes; i++)
        if (strcmp(part->themes[i].title, title) == 0)
            return &part->themes[i];
    g_error("no theme is called %s", title);
}

static const struct plx_named *named(const plx_workshop *w, const struct plx_workshop_theme *theme,
                                     const char *audience)
{
    for (guint a = 0; a < w->n_audiences; a++)
        if (strcmp(w->audiences[a].id, audience) == 0)
            return &theme->named[a];
    g_assert_not_reached();
}

static const struct plx_gaps_note *note(const plx_workshop *w, const char *code)
{
    for (guint i = 0; i < w->n_notes; i++)
        if (strcmp(w->notes[i].code, code) == 0)
            return &w->notes[i];
    g_error("no note is called %s", code);
}

static void code(plx_codebook *book, const char *prompt, const char *text, guint32 theme)
{
    guint64 answer;
    g_assert_true(plx_codebook_answer(book, text, &answer));
    plx_codebook_code(book, prompt, answer, theme);
}

/* Leaders at one table, staff at two, customers at six. */
static const char *const cafe[] = {"leader - L1 12 improve Waiting",
                                   "leader - L1 12 well Coffee",
                                   "leader - L1 12 improve waiting. ",
                                   "leader - L1 12 improve Rota",
                                   "staff - S1 7 improve waiting",
                                   "staff - S2 6 well Team",
                                   "customer - C1 7 improve WAITING",
                                   "customer - C2 8 improve Waiting",
                                   "customer - C3 7 improve The  queue",
                                   "customer - C4 6 well Team",
                                   "customer - C5 7 improve Coffee",
                                   "customer - C6 7 improve Noise",
                                   "customer - C1 7 competitors +An app",
                                   "customer - C2 8 competitors -An app",
                                   "customer - C2 8 competitors +An app",
                                   "staff - S1 7 moment The cloakroom",
                                   NULL};

static void test_tables(void)
{
    g_autoptr(sheets) s = sheets_new();
    say_all(s, cafe);
    g_autoptr(plx_workshop) w = release(s, NULL);
    g_assert_cmpuint(w->n_audiences, ==, 3);
    g_assert_cmpint(w->audiences[0].tables, ==, 1);
    g_assert_cmpint(w->audiences[0].persons, ==, 12);
    g_assert_cmpint(w->audiences[2].tables, ==, 6);
    g_assert_cmpint(w->audiences[2].persons, ==, 42);
    const struct plx_workshop_part *part = &w->parts[PLX_ASKED_IMPROVE];
    const struct plx_workshop_theme *waiting = find(part, "Waiting"); /* not shouted */
    g_assert_cmpint(waiting->id, ==, -1);
    g_assert_cmpint(waiting->naming, ==, PLX_NAMED_BY_ALL);
    g_assert_cmpint(waiting->tables, ==, 4);
    g_assert_cmpint(waiting->persons, ==, 12 + 7 + 15);
    /* A table that says it twice counts once. */
    g_assert_cmpint(named(w, waiting, "leader")->tables, ==, 1);
    g_assert_cmpint(named(w, waiting, "customer")->tables, ==, 2);
    g_assert_cmpint(named(w, waiting, "customer")->persons, ==, 15);
    g_assert_cmpint(part->answers, ==, 9);
}

/* What most write, of those whose words may be shown: staff are seven. */
static void test_spelling(void)
{
    static const char *const tills[] = {"customer - C1 6 improve Queues",
                                        "customer - C2 6 improve queues",
                                        "customer - C3 6 improve queues",
                                        "staff - S1 7 improve QUEUES",
                                        "staff - S1 7 well QUEUES",
                                        "staff - S1 7 easier QUEUES",
                                        NULL};
    g_autoptr(sheets) s = sheets_new();
    say_all(s, tills);
    g_autoptr(plx_workshop) w = release(s, NULL);
    g_assert_cmpint(find(&w->parts[PLX_ASKED_IMPROVE], "queues")->tables, ==, 4);
}

/* Two of five tables are two of five, not 15 of 36 people. */
static void test_share(void)
{
    g_autoptr(sheets) s = sheets_new();
    say_all(s, cafe);
    g_autoptr(plx_workshop) w = release(s, NULL);
    const struct plx_workshop_theme *waiting = find(&w->parts[PLX_ASKED_IMPROVE], "Waiting");
    const struct plx_named *customers = named(w, waiting, "customer");
    g_assert_cmpint(customers->of, ==, 5);
    g_assert_cmpfloat_with_epsilon(customers->share, 0.4, 1e-12);
    const struct plx_interval ci = plx_wilson(2, 5, 0.95, FALSE);
    g_assert_cmpfloat_with_epsilon(customers->ci.lo, ci.lo, 1e-9);
    g_assert_cmpfloat_with_epsilon(customers->ci.hi, ci.hi, 1e-9);
    g_assert_true(isnan(named(w, waiting, "staff")->share));
    const struct plx_gaps_note *few = note(w, "few_tables");
    g_assert_cmpint(few->audience, ==, 0);
    g_assert_cmpint(few->count, ==, 1);
    g_assert_cmpstr(few->detail, ==, "5");
}

static void test_naming(void)
{
    g_autoptr(sheets) s = sheets_new();
    say_all(s, cafe);
    g_autoptr(plx_workshop) w = release(s, NULL);
    g_assert_cmpint(find(&w->overall, "Waiting")->naming, ==, PLX_NAMED_BY_ALL);
    g_assert_cmpint(find(&w->overall, "Team")->naming, ==, PLX_NAMED_BY_SEVERAL);
    g_assert_cmpint(find(&w->overall, "Rota")->naming, ==, PLX_NAMED_BY_ONE);
    g_assert_cmpint(find(&w->overall, "Noise")->naming, ==, PLX_NAMED_BY_ONE);
    /* Agreements first, then by audiences, tables, persons, title. */
    g_assert_cmpstr(w->overall.themes[0].title, ==, "Waiting");
    g_assert_cmpstr(w->overall.themes[1].title, ==, "Coffee"); /* 12 + 7 persons */
    g_assert_cmpstr(w->overall.themes[2].title, ==, "Team");   /* 6 + 6 */
    g_assert_cmpstr(w->overall.themes[3].title, ==, "Rota");   /* 12 */
    g_assert_false(has(&w->overall, "An app"));
    g_assert_false(has(&w->overall, "The cloakroom"));
}

static void test_contested(void)
{
    g_autoptr(sheets) s = sheets_new();
    say_all(s, cafe);
    g_autoptr(plx_workshop) w = release(s, NULL);
    g_assert_cmpuint(w->n_contested, ==, 1);
    g_assert_cmpstr(w->contested[0].theme->title, ==, "Coffee");
    g_assert_true(w->contested[0].well->named[0].named);
    g_assert_false(w->contested[0].improve->named[0].named);
    g_assert_true(w->contested[0].improve->named[2].named);
    /* One table of two minds is no parting of views between audiences. */
    say(s, "leader - L1 12 well Rota");
    g_autoptr(plx_workshop) again = release(s, NULL);
    g_assert_cmpuint(again->n_contested, ==, 1);
}

static void test_competitors(void)
{
    g_autoptr(sheets) s = sheets_new();
    say_all(s, cafe);
    g_autoptr(plx_workshop) w = release(s, NULL);
    const struct plx_workshop_theme *app = find(&w->parts[PLX_ASKED_COMPETITORS], "An app");
    g_assert_cmpint(app->tables, ==, 2);
    g_assert_cmpint(app->good, ==, 2); /* C2 says both: both count */
    g_assert_cmpint(app->bad, ==, 1);
}

static void test_codes(void)
{
    static const guint8 key[PLX_CODEBOOK_KEY] = {0};
    static const char *const points[] = {"counter", NULL};
    g_autoptr(sheets) s = sheets_new();
    say_all(s, cafe);
    g_autoptr(plx_codebook) book = plx_codebook_new(key);
    plx_codebook_add(book, 7, "Time at the counter", points);
    code(book, "improve", "waiting", 7);
    code(book, "improve", "the queue", 7);
    g_autoptr(plx_workshop) w = release(s, book);
    const struct plx_workshop_theme *first = &w->overall.themes[0];
    g_assert_cmpint(first->id, ==, 7);
    g_assert_cmpstr(first->title, ==, "Time at the counter");
    g_assert_cmpint(named(w, first, "customer")->tables, ==, 3);
    /* Quotes: the clear one would come first; the title itself is none; equal ones once. */
    g_assert_cmpuint(named(w, first, "customer")->n_quotes, ==, 2);
    g_assert_cmpstr(named(w, first, "customer")->quotes[0], ==, "WAITING");
    g_assert_cmpstr(named(w, first, "customer")->quotes[1], ==, "The  queue");
    g_assert_cmpint(w->unsorted, ==, (gint64)s->said->len - 6);
    g_assert_cmpint(note(w, "not_sorted")->count, ==, w->unsorted);
    /* Staff are 13: their words are shown. A theme tied to a point is no new moment. */
    g_assert_cmpuint(named(w, first, "staff")->n_quotes, ==, 1);
    code(book, "moment", "The cloakroom", 7);
    g_autoptr(plx_workshop) tied = release(s, book);
    g_assert_cmpuint(w->parts[PLX_ASKED_MOMENT].n_themes, ==, 1);
    g_assert_cmpuint(tied->parts[PLX_ASKED_MOMENT].n_themes, ==, 0);
}

static void test_few_leaders(void)
{
    g_autoptr(sheets) s = sheets_new();
    say(s, "leader - L1 3 improve Waiting");
    say(s, "customer - C1 7 improve Waiting");
    say(s, "customer - C2 7 well Coffee");
    g_autoptr(plx_workshop) w = release(s, NULL);
    g_assert_cmpint(w->audiences[0].suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(w->audiences[0].tables, ==, PLX_NO_COUNT);
    g_assert_cmpuint(w->n_shown, ==, 1);
    const struct plx_workshop_theme *waiting = find(&w->overall, "Waiting");
    g_assert_false(named(w, waiting, "leader")->named);
    g_assert_cmpint(waiting->naming, ==, PLX_NAMED_BY_ONE);
    g_assert_cmpint(waiting->tables, ==, 1);
    g_assert_cmpint(w->overall.answers, ==, 2);
    const struct plx_gaps_note *hidden = note(w, "audience_hidden");
    g_assert_cmpint(hidden->count, ==, 3);
    g_assert_cmpstr(hidden->detail, ==, "5");
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_set_named(s->map, "leader", &error));
    g_autoptr(plx_workshop) named_ = release(s, NULL);
    g_assert_cmpint(find(&named_->overall, "Waiting")->naming, ==, PLX_NAMED_BY_ALL);
}

/* Alone, with nobody else: there is nothing to show. */
static void test_nobody(void)
{
    g_autoptr(sheets) s = sheets_new();
    g_autoptr(plx_workshop) empty = release(s, NULL);
    g_assert_cmpint(note(empty, "no_answers")->audience, ==, -1);
    say(s, "leader - L1 3 improve Waiting");
    g_autoptr(GError) error = NULL;
    g_assert_null(try_release(s, NULL, NULL, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_SHOWN);
    g_assert_cmpstr(error->message, ==,
                    "nothing that was asked for may be shown; leader: 3 people have answered; "
                    "shown from 5 on (or, if all of them agree: --named leader)");
}

/* All workshops and one of them never differ by a few. */
static void test_small_workshop(void)
{
    g_autoptr(sheets) s = sheets_new();
    say(s, "leader May L1 9 well Coffee");
    say(s, "leader June L1 3 well Coffee");
    say(s, "customer May C1 7 well Coffee");
    say(s, "customer June C1 7 well Coffee");
    g_autoptr(plx_workshop) all = release(s, NULL);
    g_assert_cmpint(all->audiences[0].persons, ==, 9);
    g_assert_cmpint(all->audiences[0].tables, ==, 1);
    g_assert_cmpint(all->audiences[1].tables, ==, 2);
    g_assert_cmpstr(note(all, "sheets_left_out")->detail, ==, "June");
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_workshop) june = try_release(s, NULL, "June", &error);
    g_assert_no_error(error);
    g_assert_cmpint(june->audiences[0].suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(june->audiences[1].tables, ==, 1);
    g_assert_null(try_release(s, NULL, "Jule", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==,
                    "no workshop is called \"Jule\"; did you mean \"June\"? (there are: \"June\", "
                    "\"May\")");
}

/* Words of a protected audience below ten persons are counted, not shown: neither as quotes nor
 * as the name of a theme. */
static void test_words_withheld(void)
{
    static const guint8 key[PLX_CODEBOOK_KEY] = {0};
    g_autoptr(sheets) s = sheets_new();
    say(s, "leader - L1 9 improve Anna is always late");
    say(s, "leader - L1 9 improve waiting");
    say(s, "customer - C1 7 improve Waiting");
    g_autoptr(plx_workshop) w = release(s, NULL);
    g_assert_cmpuint(w->overall.n_themes, ==, 1);
    /* Others said the same: the words are theirs. */
    g_assert_cmpstr(w->overall.themes[0].title, ==, "Waiting");
    g_assert_true(named(w, &w->overall.themes[0], "leader")->named);
    g_assert_cmpint(w->unsorted, ==, 3);
    g_assert_cmpint(w->withheld, ==, 1);
    g_assert_cmpint(note(w, "words_withheld")->count, ==, 1);
    g_assert_cmpstr(note(w, "words_withheld")->detail, ==, "10");
    g_autoptr(plx_codebook) book = plx_codebook_new(key);
    plx_codebook_add(book, 1, "Punctuality", NULL);
    code(book, "improve", "Anna is always late", 1);
    g_autoptr(plx_workshop) sorted = release(s, book);
    const struct plx_workshop_theme *late = find(&sorted->overall, "Punctuality");
    g_assert_cmpint(named(sorted, late, "leader")->tables, ==, 1);
    g_assert_cmpuint(named(sorted, late, "leader")->n_quotes, ==, 0);
    g_assert_cmpint(sorted->withheld, ==, 0);
}

/* People who answer without a table count one by one, and fewer than the minimum are not told. */
static void test_alone(void)
{
    g_autoptr(sheets) s = sheets_new();
    for (guint i = 0; i < 6; i++)
        say(s, "customer - * 1 improve Waiting");
    for (guint i = 0; i < 4; i++)
        say(s, "customer - * 1 improve Noise");
    g_autoptr(plx_workshop) w = release(s, NULL);
    g_assert_cmpint(w->audiences[0].alone, ==, 10);
    g_assert_cmpint(w->audiences[0].tables, ==, 0);
    const struct plx_workshop_theme *waiting = find(&w->overall, "Waiting");
    g_assert_cmpint(waiting->alone, ==, 6);
    g_assert_cmpfloat_with_epsilon(waiting->named[0].share, 0.6, 1e-12);
    const struct plx_workshop_theme *noise = find(&w->overall, "Noise");
    g_assert_true(noise->named[0].few);
    g_assert_cmpint(noise->named[0].persons, ==, PLX_NO_COUNT);
    g_assert_cmpint(noise->alone, ==, PLX_NO_COUNT);
    g_assert_true(isnan(noise->named[0].share));
    g_assert_cmpint(note(w, "few_persons")->count, ==, 1);
}

static void test_two_audiences(void)
{
    g_autoptr(sheets) s = sheets_new();
    say(s, "staff May 3 7 well Coffee");
    say(s, "customer May 3 7 well Coffee");
    g_autoptr(GError) error = NULL;
    g_assert_null(try_release(s, NULL, NULL, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==,
                    "table \"3\" of workshop \"May\" has answers of staff and of customer: a table "
                    "has one audience");
}

static char *picture(const plx_workshop *w)
{
    GString *out = g_string_new(NULL);
    for (guint q = 0; q < PLX_ASKED; q++)
        for (guint t = 0; t < w->parts[q].n_themes; t++) {
            const struct plx_workshop_theme *theme = &w->parts[q].themes[t];
            g_string_append_printf(out, "%u %s %d %d %d\n", q, theme->title, (int)theme->naming,
                                   (int)theme->tables, (int)theme->persons);
        }
    return g_string_free(out, FALSE);
}

static void test_order(void)
{
    g_autoptr(sheets) s = sheets_new();
    g_autoptr(sheets) turned = sheets_new();
    say_all(s, cafe);
    for (guint i = G_N_ELEMENTS(cafe) - 1; i-- > 0;)
        say(turned, cafe[i]);
    g_autoptr(plx_workshop) a = release(s, NULL);
    g_autoptr(plx_workshop) b = release(turned, NULL);
    g_autofree char *x = picture(a);
    g_autofree char *y = picture(b);
    g_assert_cmpstr(x, ==, y);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reading/workshop/tables", test_tables);
    g_test_add_func("/reading/workshop/spelling", test_spelling);
    g_test_add_func("/reading/workshop/share", test_share);
    g_test_add_func("/reading/workshop/naming", test_naming);
    g_test_add_func("/reading/workshop/contested", test_contested);
    g_test_add_func("/reading/workshop/competitors", test_competitors);
    g_test_add_func("/reading/workshop/codes", test_codes);
    g_test_add_func("/reading/workshop/few-leaders", test_few_leaders);
    g_test_add_func("/reading/workshop/nobody", test_nobody);
    g_test_add_func("/reading/workshop/small-workshop", test_small_workshop);
    g_test_add_func("/reading/workshop/words-withheld", test_words_withheld);
    g_test_add_func("/reading/workshop/alone", test_alone);
    g_test_add_func("/reading/workshop/two-audiences", test_two_audiences);
    g_test_add_func("/reading/workshop/order", test_order);
    return g_test_run();
}
