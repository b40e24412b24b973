/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/reveal.h"

#include "report/room.h"

#include <string.h>

static const struct plx_page_options options = {.version = "0.1.0",
                                                .command = "parallax report r.csv -o reveal.html"};

static char *page(enum room_kind kind)
{
    g_autoptr(room) r = room_new(kind);
    return g_string_free(plx_reveal_page(r->beliefs, &options), FALSE);
}

static guint count_of(const char *text, const char *what)
{
    guint n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

/* Without its tags, blanks as one: what a reader has. */
static char *words_of(const char *html)
{
    GString *text = g_string_new(NULL);
    gboolean tag = FALSE;
    for (const char *p = html; *p; p++) {
        if (*p == '<' || *p == '>') {
            tag = *p == '<';
        } else if (!tag) {
            const char c = g_ascii_isspace(*p) ? ' ' : *p;
            if (c != ' ' || (text->len && text->str[text->len - 1] != ' '))
                g_string_append_c(text, c);
        }
    }
    g_string_replace(text, "&#39;", "'", 0);
    return g_string_free(text, FALSE);
}

static void has(const char *text, const char *what)
{
    if (!strstr(text, what))
        g_error("the page does not say: %s", what);
}

/* Every page is well-formed, and the same reading gives the same bytes. */
static void test_well_formed(void)
{
    static const GMarkupParser nothing = {0};
    for (int kind = 0; kind < ROOM_KINDS; kind++) {
        g_autofree char *html = page((enum room_kind)kind);
        g_autofree char *again = page((enum room_kind)kind);
        g_assert_cmpstr(html, ==, again);
        g_autoptr(GError) error = NULL;
        GMarkupParseContext *context = g_markup_parse_context_new(&nothing, 0, NULL, NULL);
        const char *root = strstr(html, "<html");
        g_assert_true(g_markup_parse_context_parse(context, root, -1, &error));
        g_assert_no_error(error);
        g_markup_parse_context_free(context);
    }
}

/* The one script may run because its hash is that of the text between its tags. */
static void test_policy(void)
{
    g_autofree char *html = page(ROOM_FULL);
    g_assert_cmpuint(count_of(html, "<script>"), ==, 1);
    const char *from = strstr(html, "<script>") + strlen("<script>");
    const char *end = strstr(from, "</script>");
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)from, end - from);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(sum, digest, &length);
    g_autofree char *hash = g_base64_encode(digest, length);
    g_autofree char *directive = g_strdup_printf("script-src &#39;sha256-%s&#39;", hash);
    has(html, directive);
    has(html, "default-src &#39;none&#39;");
    g_assert_null(strstr(html, "unsafe"));
    g_assert_null(strstr(html, "style=\""));
    g_assert_null(strstr(html, "src="));
    g_assert_null(strstr(html, "href=\"http"));
}

static void test_full(void)
{
    g_autofree char *html = page(ROOM_FULL);
    g_autofree char *text = words_of(html);
    has(text, "What you guessed. What customers say.");
    has(text, "Of 10 customers, how many would say Desired or better (4 to 6 of 6) here?");
    has(text, "You said 8 in 10 12 guesses, from 7 to 9 in 10. 3 guesses of 7, 6 of 8, 3 of 9.");
    has(text, "They said 3 in 10 30 % (24–37 %) of the 200 customers who answered said Desired or "
              "better (4 to 6 of 6).");
    has(text, "You think it better than they say: 50 in 100 fewer (41–58) than you said.");
    has(text, "You see it as they do.");
    has(text, "You think it worse than they say: 50 in 100 more (");
    has(text, "They said nothing yet None of the customers has answered about this yet.");
    has(text, "The three furthest apart");
    has(text, "The front door First sip of coffee Wait for the food Greeting First sip of coffee "
              "Goodbye");
    has(text, "Goodbye The plate Greeting The plate The front door Wait for the food");
    has(text, "1 moment that customers answered about was not guessed: The bill.");
    g_assert_cmpuint(count_of(html, "class=\"slide moment "), ==, 7);
    g_assert_cmpuint(count_of(html, "class=\"keys\""), ==, 0);
    g_assert_null(strstr(html, "data-said"));
}

/* Few people: rounded, no dots, and at a moment at which all guessed alike nothing. */
static void test_masked(void)
{
    g_autofree char *html = page(ROOM_MASKED);
    g_autofree char *text = words_of(html);
    has(text, "You said 8 in 10 7 guesses, rounded.");
    has(text, "You think it better than they say: about 5 in 10 fewer than you said.");
    has(text, "7 guesses; not shown, so that nobody's guess is told.");
    g_assert_null(strstr(html, "class=\"dot\""));
    /* Nobody may see an order: no screen for it, why not stands behind the numbers. */
    g_assert_null(strstr(html, "Do we put the moments in their order?"));
    g_assert_cmpuint(count_of(text, "is not shown for so few people: from ten on."), ==, 1);
}

/* Fewer than the minimum: nothing of the guesses is in the page, each may type an own one. */
static void test_hidden(void)
{
    g_autofree char *html = page(ROOM_HIDDEN);
    g_autofree char *text = words_of(html);
    has(text, "The room's guess is not shown: at least 5 people needed.");
    has(text, "Your own guess: ____ in 10");
    has(text, "it stays in this page, and is never saved or sent.");
    g_assert_cmpuint(count_of(html, "class=\"keys\""), ==, 7);
    g_assert_cmpuint(count_of(html, "data-guess=\"10\""), ==, 7);
    g_assert_cmpuint(count_of(html, "data-said="), ==, 6); /* nobody answered about the music */
    has(html, "data-said=\"0.3\"");
    has(html, "Do we put the moments in their order?"); /* an own one */
    g_assert_null(strstr(html, "class=\"mean\""));
    g_assert_null(strstr(html, "furthest apart"));
}

/* The answers stand on their own scale, and what is good is named in its marks. */
static void test_scales(void)
{
    g_autofree char *stars = page(ROOM_STARS);
    g_autofree char *of_stars = words_of(stars);
    has(of_stars, "6 guesses of 42 people, from 7 to 9 in 10.");
    has(of_stars, "30 % (24–37 %) of the 200 customers who answered said 4 or 5 of 5.");
    has(of_stars, "Their answers, 1 to 5");
    g_autofree char *down = page(ROOM_DOWN);
    g_autofree char *of_down = words_of(down);
    has(of_down, "70 % (63–76 %) of the 200 customers who answered said 3 to 1, of 1 to 6, where 1 "
                 "is best.");
    has(of_down, "Their answers, 6 to 1");
    g_autofree char *marks = page(ROOM_MARKS);
    g_autofree char *of_marks = words_of(marks);
    has(of_marks, "200 answers, on a scale that does not say which marks are good: say it in its "
                  "recipe or map (desired) to compare.");
}

static void test_nobody_guessed(void)
{
    g_autofree char *html = page(ROOM_EMPTY);
    g_autofree char *text = words_of(html);
    has(text, "Nobody has guessed yet.");
    has(text, "the columns audience (leader or staff), respondent, point, believed (0 to 10)");
    g_assert_cmpuint(count_of(html, "class=\"slide"), ==, 2);
}

static void test_hostile(void)
{
    g_autofree char *html = page(ROOM_HOSTILE);
    g_assert_null(strstr(html, "<script>alert"));
    g_assert_null(strstr(html, "<img"));
    has(html, "&lt;script&gt;alert(1)&lt;/script&gt;");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reveal/well-formed", test_well_formed);
    g_test_add_func("/reveal/policy", test_policy);
    g_test_add_func("/reveal/full", test_full);
    g_test_add_func("/reveal/masked", test_masked);
    g_test_add_func("/reveal/hidden", test_hidden);
    g_test_add_func("/reveal/scales", test_scales);
    g_test_add_func("/reveal/nobody-guessed", test_nobody_guessed);
    g_test_add_func("/reveal/hostile", test_hostile);
    return g_test_run();
}
