/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/batch.h"
#include "voice/saying.h"

#include <glib.h>

static const guint8 key[PLX_SAYING_KEY] = "0123456789abcde";
static const guint8 other_key[PLX_SAYING_KEY] = "0123456789abcdf";

static struct plx_saying usual(void)
{
    return (struct plx_saying){
        .prompt = "suggestion", .text = "Use fewer boxes.", .place = "York", .day = 20000};
}

static guint64 number_of(const guint8 *with, const char *audience, struct plx_saying saying)
{
    guint64 number = 0;
    g_assert_true(plx_saying_number(with, &saying, audience, &number));
    return number;
}

/* What may change while it stays the same saying. */
static void test_stays(void)
{
    struct plx_saying saying = usual();
    const guint64 number = number_of(key, "customer", saying);
    saying.text = "  use FEWER boxes!! ";
    saying.subject = "doorstep";
    saying.kind = PLX_SUBJECT_POINT;
    saying.place = "Hull";
    saying.language = "en";
    saying.known = TRUE;
    saying.unit = 7;
    saying.sheet = 9;
    g_assert_cmpuint(number_of(key, "customer", saying), ==, number);
}

static void test_differs(void)
{
    const guint64 number = number_of(key, "customer", usual());
    struct plx_saying prompt = usual(), text = usual(), day = usual(), without = usual();
    prompt.prompt = "complaint";
    text.text = "Use more boxes.";
    day.day = 20001;
    without.day = PLX_NO_DAY;
    g_assert_cmpuint(number_of(other_key, "customer", usual()), !=, number);
    g_assert_cmpuint(number_of(key, "staff", usual()), !=, number);
    g_assert_cmpuint(number_of(key, "customer", prompt), !=, number);
    g_assert_cmpuint(number_of(key, "customer", text), !=, number);
    g_assert_cmpuint(number_of(key, "customer", day), !=, number);
    g_assert_cmpuint(number_of(key, "customer", without), !=, number);
    g_assert_cmpuint(number_of(key, "customer", without), !=, number_of(key, "customer", day));
}

static void test_says_nothing(void)
{
    struct plx_saying saying = usual();
    guint64 number = 5;
    saying.text = "?! …";
    g_assert_false(plx_saying_number(key, &saying, "customer", &number));
    g_assert_cmpuint(number, ==, 5);
}

/* SipHash-2-4 of "customer\1suggestion\1" "2024-10-04\1use-fewer-boxes", as other programs have it:
 * files of today must be understood by those of tomorrow. */
static void test_known(void)
{
    g_assert_cmpuint(number_of(key, "customer", usual()), ==,
                     G_GUINT64_CONSTANT(0xafdd1520a903ae10));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/saying-number/stays", test_stays);
    g_test_add_func("/saying-number/differs", test_differs);
    g_test_add_func("/saying-number/says-nothing", test_says_nothing);
    g_test_add_func("/saying-number/known", test_known);
    return g_test_run();
}
