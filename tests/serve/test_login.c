/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/login.h"

#include "base/error.h"
#include "serve/lockout.h"
#include "serve/password.h"
#include "serve/totp.h"
#include "store/audit.h"
#include "store/desk.h"

#include <sodium.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT(1795685400) /* 2026-11-26 09:30 UTC */
#define PASSWORD "hop on the bus"

struct scene {
    struct desk desk;
    char ticket[PLX_TICKET_LENGTH + 1]; /* of the last session made */
};

/* anna (1) has a password, otto (2) a second factor too, eva (3) none of them. */
static void begin(struct scene *scene)
{
    static const char *const logins[] = {"anna", "otto", "eva"};
    g_autoptr(GError) error = NULL;
    g_autofree char *hash = NULL;
    desk_init(&scene->desk, NULL);
    hash = plx_password_hash(PASSWORD, &error);
    for (guint i = 0; i < G_N_ELEMENTS(logins); i++) {
        g_autoptr(plx_account) account = g_new0(plx_account, 1);
        account->login = g_strdup(logins[i]);
        account->name = g_strdup("");
        account->password = i < 2 ? g_strdup(hash) : NULL;
        account->has_totp = i == 1;
        if (i == 1)
            memset(account->totp, 7, sizeof account->totp);
        g_assert_true(plx_accounts_add(scene->desk.store, account, &error));
    }
    g_assert_no_error(error);
}

static enum plx_login_outcome settle(struct scene *scene, struct plx_login_look *look,
                                     const guint8 *half, gint64 now)
{
    enum plx_login_outcome outcome = PLX_LOGIN_IN;
    char *ticket = NULL;
    g_autoptr(GError) error = NULL;
    plx_db *const db = plx_store_db(scene->desk.store);
    g_assert_true(plx_db_begin_write(db, &error));
    g_assert_true(plx_login_settle(scene->desk.store, look, half, now, &outcome, &ticket, &error));
    g_assert_true(plx_db_commit(db, &error));
    g_assert_no_error(error);
    g_assert_true((ticket != NULL) == (outcome != PLX_LOGIN_NO));
    if (ticket)
        g_strlcpy(scene->ticket, ticket, sizeof scene->ticket);
    plx_ticket_free(ticket);
    plx_login_look_clear(look);
    return outcome;
}

static struct plx_login_look look(struct scene *scene, const char *login, const char *password,
                                  gint64 now)
{
    struct plx_login_look look = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_login_look_password(scene->desk.store, login, password, now, &look, &error));
    g_assert_no_error(error);
    return look;
}

static enum plx_login_outcome try(struct scene *scene, const char *login, const char *password,
                                  gint64 now)
{
    struct plx_login_look seen = look(scene, login, password, now);
    return settle(scene, &seen, NULL, now);
}

static struct plx_session session_of(struct scene *scene)
{
    guint8 hash[PLX_TICKET_HASH];
    struct plx_session session = {0};
    plx_ticket_hash(scene->ticket, strlen(scene->ticket), hash);
    g_assert_true(plx_sessions_find(scene->desk.store, hash, NOW, &session, NULL));
    return session;
}

static gint64 failures(struct scene *scene, gint64 id)
{
    g_autoptr(plx_account) account = plx_accounts_by_id(scene->desk.store, id, NULL);
    return account->failures;
}

static void test_password(void)
{
    struct scene scene;
    begin(&scene);
    g_assert_cmpint(try(&scene, "anna", "hop on the bu", NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(failures(&scene, 1), ==, 1);
    g_assert_cmpint(try(&scene, "Anna", PASSWORD, NOW), ==, PLX_LOGIN_IN);
    g_assert_cmpint(failures(&scene, 1), ==, 0);
    const struct plx_session first = session_of(&scene);
    g_assert_cmpint(first.account, ==, 1);
    g_assert_false(first.half);
    g_assert_cmpint(try(&scene, "anna", PASSWORD, NOW), ==, PLX_LOGIN_IN);
    const struct plx_session second = session_of(&scene);
    g_assert_true(memcmp(first.hash, second.hash, sizeof first.hash) != 0);
    g_assert_cmpint(try(&scene, "eva", PASSWORD, NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(try(&scene, "nobody", PASSWORD, NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(try(&scene, "", "", NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(try(&scene, "anna' OR 1=1 --", PASSWORD, NOW), ==, PLX_LOGIN_NO);
    /* each of these four was written down as well, so that it took as long */
    gint64 strangers = 0;
    g_assert_true(plx_db_number(plx_store_db(scene.desk.store),
                                "SELECT value FROM fact WHERE name = 'strangers'", &strangers,
                                NULL));
    g_assert_cmpint(strangers, ==, 4);
    desk_clear(&scene.desk);
}

/* After five wrong ones even the right one waits, and tries while it waits do not prolong it. */
static void test_lockout(void)
{
    struct scene scene;
    begin(&scene);
    for (guint i = 0; i <= PLX_LOCKOUT_FREE; i++)
        g_assert_cmpint(try(&scene, "anna", "wrong", NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(failures(&scene, 1), ==, 5);
    g_assert_cmpint(try(&scene, "anna", PASSWORD, NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(try(&scene, "anna", "wrong", NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(failures(&scene, 1), ==, 5);
    g_assert_cmpint(try(&scene, "anna", PASSWORD, NOW + 1), ==, PLX_LOGIN_IN);
    g_assert_cmpint(failures(&scene, 1), ==, 0);
    desk_clear(&scene.desk);
}

/* Two tries are looked at together: what the first decided holds for the second. */
static void test_together(void)
{
    struct scene scene;
    begin(&scene);
    for (guint i = 0; i < PLX_LOCKOUT_FREE; i++)
        try(&scene, "anna", "wrong", NOW);
    struct plx_login_look wrong = look(&scene, "anna", "wrong", NOW);
    struct plx_login_look right = look(&scene, "anna", PASSWORD, NOW);
    g_assert_true(right.right && !right.waits);
    g_assert_cmpint(settle(&scene, &wrong, NULL, NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(settle(&scene, &right, NULL, NOW), ==, PLX_LOGIN_NO);
    struct plx_login_look before = look(&scene, "anna", PASSWORD, NOW + 60);
    g_autoptr(plx_account) account = plx_accounts_by_id(scene.desk.store, 1, NULL);
    account->disabled = TRUE;
    g_assert_true(plx_accounts_save(scene.desk.store, account, NULL));
    g_assert_cmpint(settle(&scene, &before, NULL, NOW + 60), ==, PLX_LOGIN_NO);
    desk_clear(&scene.desk);
}

static enum plx_login_outcome try_code(struct scene *scene, const char *code,
                                       const struct plx_session *half, gint64 now)
{
    struct plx_login_look seen = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_login_look_code(scene->desk.store, half->account, code, now, &seen, &error));
    g_assert_no_error(error);
    return settle(scene, &seen, half->hash, now);
}

/* The right code at a time, to be freed. */
static char *code_at(gint64 now)
{
    guint8 key[PLX_TOTP_BYTES];
    memset(key, 7, sizeof key);
    return g_strdup_printf("%06u", plx_hotp(key, (guint64)now / PLX_TOTP_SECONDS, 6));
}

static void test_code(void)
{
    struct scene scene;
    begin(&scene);
    g_autofree char *code = code_at(NOW);
    g_autofree char *later = code_at(NOW + 90);
    g_assert_cmpint(try(&scene, "otto", "wrong", NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(try(&scene, "otto", PASSWORD, NOW), ==, PLX_LOGIN_HALF);
    g_assert_cmpint(failures(&scene, 2), ==, 1);
    const struct plx_session half = session_of(&scene);
    g_assert_true(half.half);
    g_assert_cmpint(try_code(&scene, "000000", &half, NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(failures(&scene, 2), ==, 2);
    g_assert_cmpint(try_code(&scene, code, &half, NOW), ==, PLX_LOGIN_IN);
    g_assert_cmpint(failures(&scene, 2), ==, 0);
    const struct plx_session whole = session_of(&scene);
    g_assert_false(whole.half);
    g_assert_true(memcmp(half.hash, whole.hash, sizeof half.hash) != 0);
    /* the half session is used up, and so is the code */
    g_assert_cmpint(try_code(&scene, later, &half, NOW + 90), ==, PLX_LOGIN_NO);
    g_assert_cmpint(try(&scene, "otto", PASSWORD, NOW), ==, PLX_LOGIN_HALF);
    const struct plx_session again = session_of(&scene);
    g_assert_cmpint(try_code(&scene, code, &again, NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(try_code(&scene, later, &again, NOW + 90), ==, PLX_LOGIN_IN);
    desk_clear(&scene.desk);
}

/* A code is no way around the first factor: neither by a whole session nor by another's half. */
static void test_code_alone(void)
{
    struct scene scene;
    begin(&scene);
    g_autofree char *code = code_at(NOW);
    g_assert_cmpint(try(&scene, "anna", PASSWORD, NOW), ==, PLX_LOGIN_IN);
    struct plx_session session = session_of(&scene);
    session.account = 2;
    g_assert_cmpint(try_code(&scene, code, &session, NOW), ==, PLX_LOGIN_NO);
    memset(session.hash, 1, sizeof session.hash);
    g_assert_cmpint(try_code(&scene, code, &session, NOW), ==, PLX_LOGIN_NO);
    g_assert_cmpint(failures(&scene, 2), ==, 0);
    desk_clear(&scene.desk);
}

/* A password that was kept with old costs is kept with those of today once it is known. */
static void test_better(void)
{
    struct scene scene;
    char old[crypto_pwhash_argon2id_STRBYTES];
    begin(&scene);
    g_assert_cmpint(crypto_pwhash_argon2id_str(old, PASSWORD, strlen(PASSWORD), 1, 8192), ==, 0);
    g_autoptr(plx_account) account = plx_accounts_by_id(scene.desk.store, 1, NULL);
    g_free(account->password);
    account->password = g_strdup(old);
    g_assert_true(plx_accounts_save(scene.desk.store, account, NULL));
    g_assert_cmpint(try(&scene, "anna", PASSWORD, NOW), ==, PLX_LOGIN_IN);
    session_of(&scene);
    g_autoptr(plx_account) kept = plx_accounts_by_id(scene.desk.store, 1, NULL);
    g_assert_false(plx_password_is_old(kept->password));
    g_assert_cmpint(try(&scene, "anna", PASSWORD, NOW), ==, PLX_LOGIN_IN);
    desk_clear(&scene.desk);
}

static void collect(const struct plx_audit_entry *entry, gpointer data)
{
    g_string_append_printf(data, "%s|%s|%s\n", entry->actor, entry->act, entry->about);
}

/* Who logged in is written down, and what failed; never a password. */
static void test_audit(void)
{
    struct scene scene;
    struct plx_audit_state state;
    g_autoptr(GString) log = g_string_new(NULL);
    begin(&scene);
    try(&scene, "otto", "my other password", NOW);
    try(&scene, "nobody", "my other password", NOW);
    try(&scene, "otto", PASSWORD, NOW);
    const struct plx_session half = session_of(&scene);
    g_autofree char *code = code_at(NOW);
    try_code(&scene, "123456", &half, NOW);
    try_code(&scene, code, &half, NOW);
    g_assert_true(plx_audit_read(scene.desk.store, collect, log, &state, NULL));
    g_assert_cmpstr(log->str, ==,
                    "server|login failed|account 2\n"
                    "server|login code wrong|account 2\n"
                    "account 2|login|\n");
    g_assert_false(desk_holds(&scene.desk, "my other password", 17));
    desk_clear(&scene.desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/login/password", test_password);
    g_test_add_func("/login/lockout", test_lockout);
    g_test_add_func("/login/together", test_together);
    g_test_add_func("/login/code", test_code);
    g_test_add_func("/login/code-alone", test_code_alone);
    g_test_add_func("/login/better", test_better);
    g_test_add_func("/login/audit", test_audit);
    return g_test_run();
}
