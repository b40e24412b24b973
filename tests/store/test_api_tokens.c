/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/accounts.h"
#include "store/api_tokens.h"
#include "store/check.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT(1795685400) /* 2026-11-26 09:30 UTC */

/* What is shown, to be freed. */
static char *make(struct desk *desk, const char *name, guint scopes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_api_token) token = g_new0(plx_api_token, 1);
    token->name = g_strdup(name);
    token->scopes = scopes;
    token->created = NOW;
    token->expires = NOW + 60;
    char *const shown = plx_api_tokens_new(desk->store, token, &error);
    g_assert_no_error(error);
    return shown;
}

static plx_api_token *look(struct desk *desk, const char *shown, gint64 now)
{
    guint8 hash[PLX_TICKET_HASH];
    g_autoptr(GError) error = NULL;
    plx_ticket_hash(shown, strlen(shown), hash);
    plx_api_token *const token = plx_api_tokens_by_hash(desk->store, hash, now, &error);
    if (!token) {
        g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
        g_assert_cmpstr(error->message, ==, "this token is unknown, revoked or expired");
    }
    return token;
}

static void test_kept(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    char *const shown = make(&desk, "Kasse 3", PLX_SCOPE_COLLECT | PLX_SCOPE_READ);
    g_assert_cmpuint(strlen(shown), ==, PLX_API_TOKEN_LENGTH);
    g_assert_true(g_str_has_prefix(shown, "plx_"));
    g_assert_false(desk_holds(&desk, shown + 8, strlen(shown + 8)));
    desk_reopen(&desk);
    g_autoptr(plx_api_token) token = look(&desk, shown, NOW + 59);
    g_assert_cmpint(token->id, ==, 1);
    g_assert_cmpstr(token->name, ==, "Kasse 3");
    g_assert_true(g_str_has_prefix(shown, token->prefix) && strlen(token->prefix) == 8);
    g_assert_cmpuint(token->scopes, ==, PLX_SCOPE_COLLECT | PLX_SCOPE_READ);
    g_assert_cmpint(token->used, ==, -1);
    g_assert_true(plx_api_tokens_use(desk.store, 1, 20783, NULL));
    g_autoptr(plx_api_token) used = look(&desk, shown, NOW);
    g_assert_cmpint(used->used, ==, 20783);
    g_assert_null(look(&desk, shown, NOW + 60));
    g_assert_null(look(&desk, "plx_nonsense", NOW));
    plx_ticket_free(shown);
    desk_clear(&desk);
}

static void test_revoked(void)
{
    struct desk desk;
    gint64 before = 0, after = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    char *const one = make(&desk, "one", PLX_SCOPE_READ);
    char *const two = make(&desk, "two", PLX_SCOPE_COLLECT);
    g_assert_true(plx_access_count(desk.store, &before, NULL));
    g_assert_true(plx_api_tokens_revoke(desk.store, 1, &error));
    g_assert_true(plx_access_count(desk.store, &after, NULL));
    g_assert_cmpint(after, >, before);
    g_assert_null(look(&desk, one, NOW));
    g_autoptr(plx_api_token) other = look(&desk, two, NOW);
    g_assert_cmpint(other->id, ==, 2);
    g_assert_false(plx_api_tokens_revoke(desk.store, 1, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==, "there is no token 1 in force (parallax token list)");
    g_autoptr(GPtrArray) list = plx_api_tokens_list(desk.store, NULL);
    g_assert_cmpuint(list->len, ==, 2);
    g_assert_true(((const plx_api_token *)list->pdata[0])->revoked);
    plx_ticket_free(one);
    plx_ticket_free(two);
    desk_clear(&desk);
}

static void test_scopes(void)
{
    static const char *const all[] = {"read", "collect", NULL};
    static const char *const wrong[] = {"read", "write", NULL};
    static const char *const none[] = {NULL};
    guint scopes = 99;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_scopes_read(all, &scopes, &error));
    g_autofree char *text = plx_scopes_text(scopes);
    g_assert_cmpstr(text, ==, PLX_SCOPE_WORDS);
    g_assert_false(plx_scopes_read(wrong, &scopes, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==, "\"write\": what a token may is collect or read");
    g_clear_error(&error);
    g_assert_false(plx_scopes_read(none, &scopes, &error));
    g_assert_cmpstr(error->message, ==, "say what the token may: collect or read");
    g_assert_cmpuint(scopes, ==, 3);
}

static void check_damage(const char *sql)
{
    struct desk desk;
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    plx_ticket_free(make(&desk, "one", PLX_SCOPE_READ));
    desk_sql(&desk, sql);
    g_assert_null(plx_api_tokens_list(desk.store, &error));
    g_assert_nonnull(strstr(error->message, "is damaged: its tokens;"));
    g_clear_error(&error);
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, "tokens: its tokens");
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE api_token SET scopes = 'read edit'");
    check_damage("UPDATE api_token SET scopes = 'reed'");
    check_damage("UPDATE api_token SET revoked = 1");
    check_damage("UPDATE api_token SET expires = expires + 1");
    check_damage("UPDATE api_token SET hash = zeroblob(32)");
    check_damage("UPDATE api_token SET name = 'two'");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/api-tokens/kept", test_kept);
    g_test_add_func("/api-tokens/revoked", test_revoked);
    g_test_add_func("/api-tokens/scopes", test_scopes);
    g_test_add_func("/api-tokens/damage", test_damage);
    return g_test_run();
}
