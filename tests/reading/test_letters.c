/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/letters.h"

#include "base/date.h"
#include "base/error.h"
#include "paper.h"
#include "voice/batch.h"

#include <string.h>

static const guint8 key[PLX_SAYING_KEY] = "0123456789abcde";

static const char yaml[] = "parallax: 1\n"
                           "title: Shop\n"
                           "journeys:\n"
                           "  - id: visit\n"
                           "    title: Visit\n"
                           "    transactions:\n"
                           "      - title: Arrive\n"
                           "        points:\n"
                           "          - {id: door, title: At the door, was: [gate]}\n"
                           "          - {id: queue, title: The queue}\n";

static const char header[] =
    "audience,encounter,respondent,time,journey,point,place,level,note,prompt";

static plx_letters *read_letters(paper *p)
{
    g_autoptr(GError) error = NULL;
    plx_letters *const letters = plx_letters_read(paper_source(p), key, &error);
    g_assert_no_error(error);
    return letters;
}

static const struct plx_letter *letter_of(const plx_letters *letters, const char *text)
{
    for (guint i = 0; i < letters->n; i++)
        if (strcmp(letters->letters[i].text, text) == 0)
            return &letters->letters[i];
    g_error("there is no letter \"%s\"", text);
}

/* So many customers rated the door at a place. */
static void raters(paper *p, guint n, const char *audience, const char *place)
{
    g_autofree char *line = g_strdup_printf("%s,e%%u,,2026-03-01,,door,%s,3,,", audience, place);
    paper_add(p, n, line);
}

/* In order of age, whatever the order of rows; what each is about; the rest is no letter. */
static void test_released(void)
{
    g_autoptr(paper) p = paper_new(yaml, header);
    raters(p, 8, "customer", "Bonn");
    paper_add(p, 1, "customer,a,,2026-03-09,,gate,Bonn,,Ring twice,suggestion");
    paper_add(p, 1, "customer,b,,2026-03-02,visit,,Bonn,,It was dark,complaint");
    paper_add(p, 1, "customer,c,,,,,,,No date,complaint");
    paper_add(p, 1, "customer,d,,2026-03-01,,door,Bonn,2,Only a comment,comment");
    paper_add(p, 1, "customer,f,,2026-03-01,,,Bonn,,?!,complaint");
    g_autoptr(plx_letters) letters = read_letters(p);
    g_assert_cmpuint(letters->n, ==, 3);
    g_assert_cmpuint(letters->n_hidden, ==, 0);
    g_assert_cmpstr(letters->letters[0].text, ==, "It was dark");
    g_assert_cmpstr(letters->letters[0].prompt, ==, "complaint");
    g_assert_cmpstr(letters->letters[1].text, ==, "Ring twice");
    g_assert_cmpstr(letters->letters[1].prompt, ==, "suggestion");
    g_assert_cmpint(letters->letters[1].kind, ==, PLX_SUBJECT_POINT);
    g_assert_cmpstr(letters->letters[1].about, ==, "door");
    g_assert_cmpstr(letters->letters[1].title, ==, "At the door");
    g_assert_cmpstr(letters->letters[1].place, ==, "Bonn");
    g_assert_cmpint(letters->letters[1].day, ==, plx_date_days(2026, 3, 9));
    g_assert_cmpstr(letters->letters[2].text, ==, "No date");
    g_assert_cmpint(letters->letters[2].day, ==, PLX_NO_DAY);
    g_assert_null(letters->letters[2].place);
    g_assert_true(plx_letters_any(letters, NULL));
}

static void test_nobody(void)
{
    g_autoptr(paper) p = paper_new(yaml, header);
    raters(p, 3, "customer", "Bonn");
    g_autoptr(plx_letters) letters = read_letters(p);
    g_assert_cmpuint(letters->n, ==, 0);
    g_assert_true(plx_letters_any(letters, NULL));
}

/* Four who wrote or rated are too few, five are enough; agreeing to be named lifts it. */
static void test_minimum(void)
{
    g_autoptr(paper) p = paper_new(yaml, header);
    g_autoptr(GError) error = NULL;
    raters(p, 4, "customer", "Bonn");
    paper_add(p, 1, "customer,a,,2026-03-09,,,,,Ring twice,suggestion");
    {
        g_autoptr(plx_letters) letters = read_letters(p);
        g_assert_cmpuint(letters->n, ==, 0);
        g_assert_cmpuint(letters->n_hidden, ==, 1);
        g_assert_cmpuint(letters->hidden[0].letters, ==, 1);
        g_assert_cmpuint(letters->hidden[0].persons, ==, 4);
        g_assert_cmpuint(letters->hidden[0].minimum, ==, 5);
        g_assert_false(plx_letters_any(letters, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_SHOWN);
        g_assert_cmpstr(
            error->message, ==,
            "there are suggestions, but none may be shown yet; customer: 4 people "
            "have answered; what they suggest is shown, and can be answered, from 5 on (or, if all "
            "of them agree: --named customer)");
    }
    raters(p, 1, "customer", "Bonn");
    {
        g_autoptr(plx_letters) letters = read_letters(p);
        g_assert_cmpuint(letters->n, ==, 1);
        g_assert_cmpuint(letters->n_hidden, ==, 0);
    }
}

/* Where nobody rated, those who wrote count: each person once, however much they wrote. */
/* Who answered something else than a level has answered. */
static void test_other_measures(void)
{
    static const char other[] = "audience,encounter,journey,point,overall,card,note,prompt";
    for (guint tick = 0; tick < 2; tick++) {
        g_autoptr(paper) p = paper_new(yaml, other);
        paper_add(p, 4, tick ? "customer,e%u,,door,,-1,," : "customer,e%u,visit,,4,,,");
        paper_add(p, 1, "customer,e1,,,,,Ring,suggestion");
        g_autoptr(plx_letters) few = read_letters(p);
        g_assert_cmpuint(few->n, ==, 0);
        g_assert_cmpuint(few->hidden[0].persons, ==, 4);
        paper_add(p, 1, tick ? "customer,e9,,door,,1,," : "customer,e9,visit,,5,,,");
        g_autoptr(plx_letters) enough = read_letters(p);
        g_assert_cmpuint(enough->n, ==, 1);
    }
}

static void test_writers(void)
{
    g_autoptr(paper) p = paper_new(yaml, header);
    for (guint i = 0; i < 9; i++) {
        g_autofree char *line = g_strdup_printf("customer,w%u,r%u,2026-03-09,,,Bonn,,Words %u,"
                                                "suggestion",
                                                i, i % 4, i);
        paper_add(p, 1, line);
    }
    {
        g_autoptr(plx_letters) letters = read_letters(p);
        g_assert_cmpuint(letters->n, ==, 0);
        g_assert_cmpuint(letters->hidden[0].letters, ==, 9);
        g_assert_cmpuint(letters->hidden[0].persons, ==, 4);
    }
    paper_add(p, 1, "customer,w9,r9,2026-03-09,,,Bonn,,Words 9,suggestion");
    g_autoptr(plx_letters) letters = read_letters(p);
    g_assert_cmpuint(letters->n, ==, 10);
    g_assert_cmpstr(letter_of(letters, "Words 9")->place, ==, "Bonn");
}

/* A protected audience: from ten on, by month, without places, about what ten answered to. */
static void test_protected(void)
{
    g_autoptr(paper) p = paper_new(yaml, header);
    raters(p, 9, "staff", "Bonn");
    paper_add(p, 1, "staff,a,,2026-02-09,,door,Bonn,,A second bell,suggestion");
    paper_add(p, 1, "staff,b,,2026-02-11,,queue,Bonn,,A rope,suggestion");
    {
        g_autoptr(plx_letters) letters = read_letters(p);
        g_assert_cmpuint(letters->n, ==, 0);
        g_assert_cmpuint(letters->hidden[0].letters, ==, 2);
        g_assert_cmpuint(letters->hidden[0].minimum, ==, 10);
    }
    raters(p, 1, "staff", "Bonn");
    g_autoptr(plx_letters) letters = read_letters(p);
    g_assert_cmpuint(letters->n, ==, 2);
    const struct plx_letter *const bell = letter_of(letters, "A second bell");
    g_assert_cmpstr(bell->about, ==, "door");
    g_assert_null(bell->place);
    g_assert_true(bell->by_month);
    g_assert_cmpint(bell->day, ==, plx_date_days(2026, 2, 28));
    const struct plx_letter *const rope = letter_of(letters, "A rope");
    g_assert_cmpint(rope->kind, ==, PLX_SUBJECT_NONE);
    g_assert_null(rope->about);
    g_assert_null(rope->title);
    g_assert_cmpint(rope->day, ==, bell->day);
}

/* Each audience by its own persons. */
static void test_audiences_apart(void)
{
    g_autoptr(paper) p = paper_new(yaml, header);
    raters(p, 30, "customer", "Bonn");
    paper_add(p, 1, "customer,a,,2026-03-09,,,,,Ring twice,suggestion");
    paper_add(p, 1, "leader,b,,2026-03-09,,,,,Ring thrice,suggestion");
    g_autoptr(plx_letters) letters = read_letters(p);
    g_assert_cmpuint(letters->n, ==, 1);
    g_assert_cmpuint(letters->n_hidden, ==, 1);
    g_assert_cmpstr(letters->map->audiences[letters->hidden[0].audience].id, ==, "leader");
    g_assert_true(plx_letters_any(letters, NULL));
}

/* A small place is not shown, nor the next smallest, by which one would know it. */
static void test_places(void)
{
    g_autoptr(paper) p = paper_new(yaml, header);
    raters(p, 9, "customer", "Aachen");
    raters(p, 7, "customer", "Bonn");
    raters(p, 20, "customer", "Celle");
    paper_add(p, 1, "customer,a,,2026-03-09,,,Aachen,,At Aachen,suggestion");
    paper_add(p, 1, "customer,b,,2026-03-09,,,Bonn,,At Bonn,suggestion");
    paper_add(p, 1, "customer,c,,2026-03-09,,,Celle,,At Celle,suggestion");
    paper_add(p, 1, "customer,q,,2026-03-09,,queue,Celle,,Queue at Celle,suggestion");
    {
        g_autoptr(plx_letters) letters = read_letters(p);
        g_assert_cmpstr(letter_of(letters, "At Aachen")->place, ==, "Aachen");
        g_assert_cmpstr(letter_of(letters, "At Bonn")->place, ==, "Bonn");
        /* nobody but the writer answered about the queue */
        g_assert_null(letter_of(letters, "Queue at Celle")->about);
        g_assert_cmpstr(letter_of(letters, "Queue at Celle")->place, ==, "Celle");
    }
    paper_add(p, 4, "customer,e%u,,2026-03-01,,queue,Celle,3,,");
    paper_add(p, 4, "customer,e%u,,2026-03-01,,queue,Aachen,3,,");
    raters(p, 3, "customer", "Duren");
    paper_add(p, 1, "customer,d,,2026-03-09,,,Duren,,At Duren,suggestion");
    g_autoptr(plx_letters) letters = read_letters(p);
    g_assert_null(letter_of(letters, "At Duren")->place);
    g_assert_null(letter_of(letters, "At Bonn")->place);
    g_assert_cmpstr(letter_of(letters, "At Aachen")->place, ==, "Aachen");
    /* eight answered about the queue, but only four of them there */
    g_assert_cmpstr(letter_of(letters, "Queue at Celle")->about, ==, "queue");
    g_assert_null(letter_of(letters, "Queue at Celle")->place);
}

/* Equal words of one day are one; what they have not in common is of neither. */
static void test_equal(void)
{
    g_autoptr(paper) p = paper_new(yaml, header);
    raters(p, 9, "customer", "Aachen");
    raters(p, 9, "customer", "Bonn");
    paper_add(p, 1, "customer,a,,2026-03-09,,door,Aachen,,Ring twice,suggestion");
    paper_add(p, 1, "customer,b,,2026-03-09,,door,Bonn,,RING twice!,suggestion");
    paper_add(p, 1, "customer,c,,2026-03-10,,door,Bonn,,Ring twice,suggestion");
    paper_add(p, 1, "customer,d,,2026-03-10,,,Bonn,,ring twice,suggestion");
    g_autoptr(plx_letters) letters = read_letters(p);
    g_assert_cmpuint(letters->n, ==, 2);
    g_assert_cmpstr(letters->letters[0].about, ==, "door");
    g_assert_null(letters->letters[0].place);
    g_assert_null(letters->letters[1].about);
    g_assert_cmpstr(letters->letters[1].place, ==, "Bonn");
    g_assert_cmpuint(letters->letters[0].number, !=, letters->letters[1].number);
}

/* Where the source fails, so does this, with its error. */
static void test_source_fails(void)
{
    static const struct plx_file_options plain = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(yaml, strlen(yaml), "map.yaml", &error);
    static const char bad[] = "audience,point,level,note,prompt\ncustomer,door,9,,\n";
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(bad, strlen(bad), "answers.csv", map, &plain, &error);
    g_assert_no_error(error);
    g_assert_null(plx_letters_read(source, key, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/letters/released", test_released);
    g_test_add_func("/letters/nobody", test_nobody);
    g_test_add_func("/letters/minimum", test_minimum);
    g_test_add_func("/letters/writers", test_writers);
    g_test_add_func("/letters/other_measures", test_other_measures);
    g_test_add_func("/letters/protected", test_protected);
    g_test_add_func("/letters/audiences-apart", test_audiences_apart);
    g_test_add_func("/letters/places", test_places);
    g_test_add_func("/letters/equal", test_equal);
    g_test_add_func("/letters/source-fails", test_source_fails);
    return g_test_run();
}
