/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gatherings.h"

#include "base/error.h"
#include "desk.h"
#include "store/check.h"

#include <string.h>

struct fixture {
    struct desk desk;
    struct plx_gathering *gathering;
    char *code, *lead;
};

static void begin(struct fixture *f)
{
    g_autoptr(GError) error = NULL;
    char name[] = "May", none[] = "";
    const struct plx_gathering like = {.workshop = name, .language = none, .created = 20783};
    desk_init(&f->desk, desk_map);
    g_assert_true(plx_gatherings_add(f->desk.store, &like, &f->code, &f->lead, &error));
    g_assert_no_error(error);
    f->gathering = plx_gatherings_find(f->desk.store, f->code, &error);
    g_assert_no_error(error);
}

static void end(struct fixture *f)
{
    plx_gathering_free(f->gathering);
    g_free(f->code);
    g_free(f->lead);
    desk_clear(&f->desk);
}

static plx_db *db_of(struct fixture *f)
{
    return plx_store_db(f->desk.store);
}

/* A device that must be let in, and who it is then. */
static struct plx_seat *join(struct fixture *f, char *table, char *audience, gint people,
                             char *person)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *token = NULL;
    struct plx_seat *there = NULL;
    const struct plx_seat seat = {table, audience, person, people, FALSE};
    g_assert_true(plx_db_begin_write(db_of(f), NULL));
    g_assert_true(
        plx_gathering_join_within(f->desk.store, f->gathering, &seat, &token, &there, &error));
    g_assert_no_error(error);
    g_assert_true(plx_db_commit(db_of(f), NULL));
    struct plx_seat *const found = plx_gathering_seat(f->desk.store, f->gathering, token, &error);
    g_assert_no_error(error);
    return found;
}

static void test_found(void)
{
    struct fixture f = {0};
    begin(&f);
    g_autoptr(GError) error = NULL;
    gboolean leads = FALSE;
    g_assert_cmpstr(f.gathering->workshop, ==, "May");
    g_assert_cmpint(f.gathering->phase, ==, PLX_GATHERING_GUESS);
    g_assert_null(f.gathering->journey);
    g_assert_true(plx_gathering_is_lead(f.desk.store, f.gathering, f.lead, &leads, NULL));
    g_assert_true(leads);
    g_assert_true(plx_gathering_is_lead(f.desk.store, f.gathering, f.code, &leads, NULL));
    g_assert_false(leads);
    char *again = NULL;
    g_assert_true(plx_db_begin_write(db_of(&f), NULL));
    g_assert_true(plx_store_end(
        f.desk.store, plx_gathering_lead_again_within(f.desk.store, f.gathering, &again, NULL),
        NULL));
    g_assert_true(plx_gathering_is_lead(f.desk.store, f.gathering, f.lead, &leads, NULL));
    g_assert_false(leads);
    g_assert_true(plx_gathering_is_lead(f.desk.store, f.gathering, again, &leads, NULL));
    g_assert_true(leads);
    g_assert_true(plx_gatherings_check(f.desk.store, NULL));
    g_assert_false(desk_holds(&f.desk, again, strlen(again)));
    plx_ticket_free(again);
    /* The leader's secret is not in the file. */
    g_assert_false(desk_holds(&f.desk, f.lead, strlen(f.lead)));
    g_assert_null(plx_gatherings_find(f.desk.store, "other", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    end(&f);
}

static void test_one_of_a_name(void)
{
    struct fixture f = {0};
    begin(&f);
    g_autoptr(GError) error = NULL;
    g_autofree char *code = NULL, *lead = NULL;
    g_assert_false(plx_gatherings_add(f.desk.store, f.gathering, &code, &lead, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_true(g_str_has_prefix(error->message, "the workshop \"May\" is open already"));
    f.gathering->phase = PLX_GATHERING_ENDED;
    g_assert_true(plx_db_begin_write(db_of(&f), NULL));
    g_assert_true(plx_gathering_move_within(f.desk.store, f.gathering, NULL));
    g_assert_true(plx_db_commit(db_of(&f), NULL));
    g_assert_true(plx_gatherings_add(f.desk.store, f.gathering, &code, &lead, NULL));
    g_autoptr(GPtrArray) all = plx_gatherings_read(f.desk.store, NULL);
    g_assert_cmpuint(all->len, ==, 2);
    g_assert_cmpint(((struct plx_gathering *)all->pdata[0])->phase, ==, PLX_GATHERING_ENDED);
    end(&f);
}

static void test_tables(void)
{
    struct fixture f = {0};
    begin(&f);
    char three[] = "3", nobody[] = "", a[] = "Anna", b[] = "Bert", leader[] = "leader",
         staff[] = "staff";
    g_autoptr(plx_seat) table = join(&f, three, leader, 7, nobody);
    g_autoptr(plx_seat) again = join(&f, three, leader, 7, nobody);
    g_autoptr(plx_seat) anna = join(&f, three, leader, 7, a);
    g_autoptr(plx_seat) bert = join(&f, three, leader, 7, b);
    g_assert_cmpstr(table->person, ==, "");
    g_assert_cmpstr(again->table, ==, "3");
    g_assert_cmpstr(anna->person, ==, "Anna");
    g_assert_cmpint(bert->people, ==, 7);

    /* A table has one audience and one number of people. */
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_seat) there = NULL;
    g_autofree char *token = NULL;
    const struct plx_seat other = {three, staff, nobody, 7, FALSE};
    g_assert_false(
        plx_gathering_join_within(f.desk.store, f.gathering, &other, &token, &there, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(there->audience, ==, "leader");
    g_assert_cmpint(there->people, ==, 7);
    g_assert_null(token);

    /* Nobody looks at another's guesses. */
    g_autoptr(GError) taken = NULL;
    g_autoptr(plx_seat) none = NULL;
    const struct plx_seat twice = {three, leader, a, 7, FALSE};
    g_assert_false(
        plx_gathering_join_within(f.desk.store, f.gathering, &twice, &token, &none, &taken));
    g_assert_error(taken, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_null(none);
    end(&f);
}

static void guess(struct fixture *f, const struct plx_seat *seat, gint believed, gint64 given)
{
    g_autoptr(GError) error = NULL;
    plx_gathering_guess_within(f->desk.store, f->gathering, seat, "door", believed, PLX_GUESS_NONE,
                               given, &error);
    g_assert_no_error(error);
}

static void test_guesses(void)
{
    struct fixture f = {0};
    begin(&f);
    char one[] = "1", leader[] = "leader", a[] = "Anna", b[] = "Bert";
    g_autoptr(plx_seat) anna = join(&f, one, leader, 2, a);
    g_autoptr(plx_seat) bert = join(&f, one, leader, 2, b);
    guess(&f, anna, 8, 100);
    guess(&f, anna, 6, 200);
    guess(&f, bert, 3, 300);
    guess(&f, bert, PLX_GUESS_NONE, 400);
    g_autoptr(GPtrArray) all = plx_gathering_guesses(f.desk.store, f.gathering, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    const struct plx_seat_guess *const only = all->pdata[0];
    g_assert_cmpstr(only->person, ==, "Anna");
    g_assert_cmpstr(only->point, ==, "door");
    g_assert_cmpint(only->believed, ==, 6);
    g_assert_cmpint(only->predicted, ==, PLX_GUESS_NONE);
    g_assert_cmpint(only->given, ==, 200);
    g_autoptr(GPtrArray) tables = plx_gathering_tables(f.desk.store, f.gathering, NULL);
    g_assert_cmpuint(tables->len, ==, 1);
    g_assert_cmpint(((struct plx_gathered *)tables->pdata[0])->guessers, ==, 1);
    end(&f);
}

static void say(struct fixture *f, const struct plx_seat *seat, char *prompt, gint surprise,
                char *note)
{
    g_autoptr(GError) error = NULL;
    const struct plx_seat_answer answer = {.prompt = prompt, .surprise = surprise, .note = note};
    plx_gathering_answer_within(f->desk.store, f->gathering, seat, &answer, &error);
    g_assert_no_error(error);
}

static void test_answers(void)
{
    struct fixture f = {0};
    begin(&f);
    char one[] = "1", leader[] = "leader", well[] = "well", others[] = "competitors";
    char nobody[] = "", warm[] = "Warm", fast[] = "Fast";
    g_autoptr(plx_seat) seat = join(&f, one, leader, 7, nobody);
    say(&f, seat, well, PLX_SURPRISE_NONE, warm);
    say(&f, seat, well, PLX_SURPRISE_NONE, warm); /* sent twice */
    say(&f, seat, others, 1, fast);
    g_autoptr(GPtrArray) two = plx_gathering_answers(f.desk.store, f.gathering, NULL);
    g_assert_cmpuint(two->len, ==, 2);
    const struct plx_seat_answer *const second = two->pdata[1];
    g_assert_cmpint(second->item, ==, 2);
    g_assert_cmpint(second->surprise, ==, 1);
    g_assert_cmpint(second->people, ==, 7);

    g_assert_true(plx_gathering_unsay_within(f.desk.store, f.gathering, seat, 1, NULL));
    g_assert_true(plx_gathering_taken_within(f.desk.store, f.gathering, NULL));
    /* What is among the answers stays. */
    g_assert_true(plx_gathering_unsay_within(f.desk.store, f.gathering, seat, 2, NULL));
    g_autoptr(GPtrArray) left = plx_gathering_answers(f.desk.store, f.gathering, NULL);
    g_assert_cmpuint(left->len, ==, 1);
    g_assert_true(((struct plx_seat_answer *)left->pdata[0])->taken);

    g_assert_true(plx_gathering_empty_within(f.desk.store, f.gathering, NULL));
    g_autoptr(GPtrArray) none = plx_gathering_tables(f.desk.store, f.gathering, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    end(&f);
}

/* Every kind of row is guarded: what is changed or taken away behind our back is told. */
static void check_damage(const char *sql)
{
    struct fixture f = {0};
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    char one[] = "1", leader[] = "leader", a[] = "Anna", well[] = "well", warm[] = "Warm";
    begin(&f);
    g_autoptr(plx_seat) anna = join(&f, one, leader, 2, a);
    guess(&f, anna, 8, 100);
    guess(&f, anna, 6, 200);
    say(&f, anna, well, PLX_SURPRISE_NONE, warm);
    desk_sql(&f.desk, sql);
    g_assert_true(plx_check_run(f.desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, *sql ? 1 : 0);
    if (*sql)
        g_assert_cmpstr(report.faults->pdata[0], ==, "workshops: its workshops online");
    plx_check_report_clear(&report);
    end(&f);
}

static void test_damage(void)
{
    static const char *const damages[] = {
        "",
        "UPDATE gathering SET moment = 1",
        "UPDATE gathering SET workshop = 'Mai'",
        "UPDATE gathering SET lead = zeroblob(32)",
        "UPDATE gathering SET lead = x'00'",
        "UPDATE gathering_table SET people = 3",
        "UPDATE gathering_seat SET person = 'anna'",
        "UPDATE gathering_seat SET key = zeroblob(32)",
        "UPDATE gathering_guess SET believed = 7",
        "UPDATE gathering_guess SET predicted = 7",
        "UPDATE gathering_guess SET seen = 1",
        "UPDATE gathering_answer SET note = 'Warn'",
        "UPDATE gathering_answer SET surprise = 1",
        "DELETE FROM gathering_seat",
        "DELETE FROM gathering_guess",
        "DELETE FROM gathering_answer",
        "UPDATE fact SET value = 2 WHERE name = 'gatherings'",
    };
    for (guint i = 0; i < G_N_ELEMENTS(damages); i++)
        check_damage(damages[i]);
}

/* Rows that come, change, go, and are emptied are counted right. */
static void test_count(void)
{
    struct fixture f = {0};
    g_autoptr(GError) error = NULL;
    begin(&f);
    char one[] = "1", leader[] = "leader", a[] = "Anna", well[] = "well", warm[] = "Warm";
    g_autoptr(plx_seat) anna = join(&f, one, leader, 2, a);
    guess(&f, anna, 8, 100);
    anna->seen = TRUE; /* another device, which knows the results */
    guess(&f, anna, 6, 200);
    guess(&f, anna, PLX_GUESS_NONE, 300);
    guess(&f, anna, PLX_GUESS_NONE, 300);
    guess(&f, anna, 7, 400);
    say(&f, anna, well, PLX_SURPRISE_NONE, warm);
    say(&f, anna, well, PLX_SURPRISE_NONE, warm);
    g_assert_true(plx_gathering_taken_within(f.desk.store, f.gathering, NULL));
    f.gathering->phase = PLX_GATHERING_REVEAL;
    g_assert_true(plx_gathering_move_within(f.desk.store, f.gathering, NULL));
    g_assert_true(plx_gatherings_check(f.desk.store, &error));
    g_assert_no_error(error);
    g_assert_true(plx_gathering_unsay_within(f.desk.store, f.gathering, anna, 1, NULL));
    g_assert_true(plx_gathering_empty_within(f.desk.store, f.gathering, NULL));
    g_assert_true(plx_gatherings_check(f.desk.store, &error));
    g_assert_no_error(error);
    end(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gatherings/found", test_found);
    g_test_add_func("/gatherings/one-of-a-name", test_one_of_a_name);
    g_test_add_func("/gatherings/tables", test_tables);
    g_test_add_func("/gatherings/guesses", test_guesses);
    g_test_add_func("/gatherings/answers", test_answers);
    g_test_add_func("/gatherings/damage", test_damage);
    g_test_add_func("/gatherings/count", test_count);
    return g_test_run();
}
