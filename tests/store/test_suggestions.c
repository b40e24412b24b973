/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/check.h"
#include "store/copies.h"
#include "store/suggestions.h"

#include <string.h>

#define WHEN G_GINT64_CONSTANT(1795685400) /* 2026-11-26 09:30 UTC */
#define ONE G_GUINT64_CONSTANT(0xf1e2d3c4b5a69788)
#define OTHER G_GUINT64_CONSTANT(0x1122334455667788)

static char author[] = "anna", answer[] = "answer", hand_over[] = "link";
static char body[] = "{\"text\": \"Ja, größer\"}";

static struct plx_act make(gint64 last, guint64 suggestion, char *act)
{
    return (struct plx_act){last, (gint64)suggestion, WHEN + last, author, act, body};
}

static void append(struct desk *desk, gint64 last, guint64 suggestion, char *act)
{
    const struct plx_act made = make(last, suggestion, act);
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_suggestions_add(desk->store, &made, 1, &error));
    g_assert_no_error(error);
}

static void fill(struct desk *desk)
{
    const struct plx_act both[] = {make(2, OTHER, answer), make(2, ONE, answer)};
    g_autoptr(GError) error = NULL;
    append(desk, 0, ONE, answer);
    append(desk, 1, ONE, hand_over);
    g_assert_true(plx_suggestions_add(desk->store, both, 2, &error));
    g_assert_no_error(error);
}

static void check_filled(plx_store *store)
{
    static const guint64 about[] = {ONE, ONE, OTHER, ONE};
    static const char *const kinds[] = {"answer", "link", "answer", "answer"};
    static const gint64 after[] = {0, 1, 2, 2};
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) acts = plx_suggestions_read(store, &error);
    gint64 n = 0;
    g_assert_no_error(error);
    g_assert_cmpuint(acts->len, ==, 4);
    for (guint i = 0; i < acts->len; i++) {
        const struct plx_act *const act = acts->pdata[i];
        g_assert_cmpint(act->number, ==, i + 1);
        g_assert_cmpuint((guint64)act->about, ==, about[i]);
        g_assert_cmpint(act->utc_seconds, ==, WHEN + after[i]);
        g_assert_cmpstr(act->author, ==, author);
        g_assert_cmpstr(act->act, ==, kinds[i]);
        g_assert_cmpstr(act->body, ==, body);
    }
    g_assert_true(plx_suggestions_count(store, &n, NULL));
    g_assert_cmpint(n, ==, 4);
}

/* In the order of the acts, also over opening again; a copy has them too, and
 * numbers suggestions alike. */
static void test_kept(void)
{
    struct desk desk;
    struct plx_store_info info;
    guint8 key[PLX_SUGGESTIONS_KEY], again[PLX_SUGGESTIONS_KEY];
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    plx_suggestions_key(desk.store, key);
    g_autoptr(GPtrArray) none = plx_suggestions_read(desk.store, &error);
    g_assert_cmpuint(none->len, ==, 0);
    fill(&desk);
    desk_reopen(&desk);
    check_filled(desk.store);
    g_assert_true(plx_store_info(desk.store, 1, &info, &error));
    g_assert_cmpuint(info.suggestion_acts, ==, 4);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    g_autoptr(plx_store) other = plx_store_open(copy, PLX_STORE_READ, &error);
    g_assert_no_error(error);
    check_filled(other);
    plx_suggestions_key(other, again);
    g_assert_true(memcmp(key, again, PLX_SUGGESTIONS_KEY) == 0);
    desk_clear(&desk);
}

/* What was added meanwhile is not overtaken: all of the acts are added, or none. */
static void test_refused(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    fill(&desk);
    const struct plx_act late[] = {make(4, ONE, answer), make(3, OTHER, answer)};
    for (guint first = 0; first < 2; first++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(plx_suggestions_add(desk.store, late + first, 2 - first, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
        g_assert_nonnull(
            strstr(error->message, "another program changed the answers to suggestions meanwhile"));
        check_filled(desk.store);
    }
    desk_clear(&desk);
}

/* Only somebody with the token has its hash; two are never the same. */
static void test_token(void)
{
    g_autofree char *hash = NULL, *other_hash = NULL;
    g_autofree char *token = plx_suggestions_token(&hash);
    g_autofree char *other = plx_suggestions_token(&other_hash);
    g_autofree char *again = plx_suggestions_hash(token);
    g_autofree char *known = plx_suggestions_hash("abc");
    g_assert_cmpuint(strlen(token), ==, 32);
    g_assert_cmpuint(strspn(token, "0123456789abcdef"), ==, 32);
    g_assert_cmpstr(token, !=, other);
    g_assert_cmpstr(hash, ==, again);
    g_assert_cmpstr(hash, !=, other_hash);
    g_assert_null(strstr(hash, token));
    /* RFC 7693's function with 32 bytes: python3 hashlib.blake2b(b"abc", digest_size=32) */
    g_assert_cmpstr(known, ==, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void check_damage(const char *sql)
{
    struct desk desk;
    struct plx_check_report report;
    const struct plx_act next = make(4, ONE, answer);
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    fill(&desk);
    desk_sql(&desk, sql);
    g_assert_null(plx_suggestions_read(desk.store, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "is damaged: its answers to suggestions"));
    g_clear_error(&error);
    g_assert_false(plx_suggestions_add(desk.store, &next, 1, &error));
    g_assert_nonnull(strstr(error->message, "is damaged: its answers to suggestions"));
    g_clear_error(&error);
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, "suggestions: its answers to suggestions");
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE suggestion_act SET body = '{}' WHERE id = 3");
    check_damage("UPDATE suggestion_act SET suggestion = 7 WHERE id = 3");
    check_damage("UPDATE suggestion_act SET author = 'otto' WHERE id = 1");
    check_damage("UPDATE suggestion_act SET time = '2026-11-26T09:31:00Z' WHERE id = 1");
    check_damage("UPDATE suggestion_act SET act = 'link' WHERE id = 1");
    check_damage("DELETE FROM suggestion_act WHERE id = 4");
    check_damage("DELETE FROM suggestion_act WHERE id = 2");
    check_damage("DELETE FROM suggestion_act");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/suggestions/kept", test_kept);
    g_test_add_func("/suggestions/refused", test_refused);
    g_test_add_func("/suggestions/token", test_token);
    g_test_add_func("/suggestions/damage", test_damage);
    return g_test_run();
}
