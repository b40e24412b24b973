/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/oidc_token.h"

#include "base/error.h"
#include "oidc_key.h"

#include <sodium.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT(1795685400) /* 2026-11-26 09:30 UTC */
#define HEADER "{\"alg\": \"RS256\", \"kid\": \"k1\"}"
#define CLAIMS(more)                                                                               \
    "{\"iss\": \"https://id.example\", \"aud\": \"parallax\", \"exp\": 1795685700, "               \
    "\"iat\": 1795685400, \"nonce\": \"n-0S6\", \"sub\": \"17\"" more "}"

static const struct plx_oidc_expected expected = {"https://id.example", "parallax", "n-0S6", NOW};

struct scene {
    oidc_key *key;
    char *set;
};

static void begin(struct scene *scene, gconstpointer nothing)
{
    (void)nothing;
    scene->key = oidc_key_new(2048);
    scene->set = oidc_key_set(scene->key, "k1");
}

static void end(struct scene *scene, gconstpointer nothing)
{
    (void)nothing;
    oidc_key_free(scene->key);
    g_free(scene->set);
}

static void refuse_token(const char *set, const char *token, const char *message)
{
    struct plx_oidc_person person = {0};
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_oidc_token_verify(token, set, &expected, &person, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_null(person.sub);
}

static void refuse(const struct scene *scene, const char *header, const char *claims,
                   const char *message)
{
    g_autofree char *token = oidc_key_sign(scene->key, header, claims);
    refuse_token(scene->set, token, message);
}

static void take(const char *set, const char *token, const char *email, const char *name)
{
    struct plx_oidc_person person = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_oidc_token_verify(token, set, &expected, &person, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(person.sub, ==, "17");
    g_assert_cmpstr(person.email, ==, email);
    g_assert_cmpstr(person.name, ==, name);
    plx_oidc_person_clear(&person);
}

static void test_taken(struct scene *scene, gconstpointer nothing)
{
    static const char person[] =
        CLAIMS(", \"email\": \"a@b.c\", \"email_verified\": true, \"name\": \"Änne\"");
    static const char unverified[] = CLAIMS(", \"email\": \"a@b.c\", \"email_verified\": false");
    static const char words[] = CLAIMS(", \"email\": \"a@b.c\", \"email_verified\": \"true\"");
    (void)nothing;
    g_autofree char *bare = oidc_key_set(scene->key, NULL);
    g_autofree char *one = oidc_key_sign(scene->key, HEADER, person);
    g_autofree char *two = oidc_key_sign(scene->key, HEADER, unverified);
    g_autofree char *three = oidc_key_sign(scene->key, HEADER, words);
    g_autofree char *four = oidc_key_sign(scene->key, "{\"alg\": \"RS256\"}", person);
    take(scene->set, one, "a@b.c", "Änne");
    take(scene->set, two, NULL, NULL);
    take(scene->set, three, NULL, NULL);
    take(bare, four, "a@b.c", "Änne");
}

/* Claims of another issuer, client, time, login; of several clients the one it was made out to. */
static void test_claims(struct scene *scene, gconstpointer nothing)
{
    static const struct {
        const char *from, *to, *wrong;
    } cases[] = {
        {"https://id.example", "https://id.example/", "iss"},
        {"\"parallax\"", "\"other\"", "aud"},
        {"\"parallax\"", "[\"other\"]", "aud"},
        {"\"parallax\"", "[]", "aud"},
        {"\"parallax\"", "[\"parallax\", \"other\"]", "aud"},
        {"\"parallax\"", "\"parallax\", \"azp\": \"other\"", "azp"},
        {"1795685700", "1795685340", "exp"},
        {"1795685700", "\"1795685700\"", "exp"},
        {"\"exp\"", "\"ex\"", "exp"},
        {"1795685400", "1795685461", "iat"},
        {"\"iat\"", "\"ia\"", "iat"},
        {"n-0S6", "n-0S7", "nonce"},
        {"n-0S6", "", "nonce"},
        {"\"nonce\"", "\"nonces\"", "nonce"},
        {"\"17\"", "\"\"", "sub"},
        {"\"17\"", "17", "sub"},
        {"\"sub\": \"17\"", "\"sub\": \"17\", \"sub\": \"18\"", "claims"},
        {"}", "", "claims"},
    };
    (void)nothing;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) claims = g_string_new(CLAIMS(""));
        g_autofree char *message =
            g_strdup_printf("the ID token is not for us: its %s", cases[i].wrong);
        g_assert_cmpuint(g_string_replace(claims, cases[i].from, cases[i].to, 1), ==, 1);
        refuse(scene, HEADER, claims->str, message);
    }
    g_autofree char *several = oidc_key_sign(
        scene->key, HEADER,
        "{\"iss\": \"https://id.example\", \"aud\": [\"x\", \"parallax\"], \"azp\": \"parallax\", "
        "\"exp\": 1795685341, \"iat\": 1795685460, \"nonce\": \"n-0S6\", \"sub\": \"17\"}");
    take(scene->set, several, NULL, NULL);
}

/* No algorithm but RS256: not "none", and not the public key used as a secret. */
static void test_algorithms(struct scene *scene, gconstpointer nothing)
{
    static const char *const headers[] = {
        "{\"alg\": \"none\"}",  "{\"alg\": \"HS256\"}", "{\"alg\": \"RS512\"}",
        "{\"alg\": \"rs256\"}", "{\"typ\": \"JWT\"}",   "{\"alg\": \"RS256\", \"crit\": [\"b64\"]}",
    };
    (void)nothing;
    for (guint i = 0; i < G_N_ELEMENTS(headers); i++)
        refuse(scene, headers[i], CLAIMS(""), "the ID token is not signed with RS256");
    refuse(scene, "[]", CLAIMS(""), "the ID token is no signed token");
}

static void test_signatures(struct scene *scene, gconstpointer nothing)
{
    static const char not_signed[] = "the ID token is not signed by a key of the provider's";
    static const char none[] = "the ID token is no signed token";
    (void)nothing;
    g_autoptr(oidc_key) other = oidc_key_new(2048);
    g_autoptr(oidc_key) small = oidc_key_new(1024);
    g_autofree char *small_set = oidc_key_set(small, "k1");
    g_autofree char *token = oidc_key_sign(scene->key, HEADER, CLAIMS(""));
    g_autofree char *foreign = oidc_key_sign(other, HEADER, CLAIMS(""));
    g_autofree char *weak = oidc_key_sign(small, HEADER, CLAIMS(""));
    g_autofree char *another_kid =
        oidc_key_sign(scene->key, "{\"alg\": \"RS256\", \"kid\": \"k2\"}", CLAIMS(""));
    refuse_token(scene->set, foreign, not_signed);
    refuse_token(small_set, weak, not_signed);
    refuse_token(scene->set, another_kid, not_signed);
    refuse_token("{\"keys\": []}", token, not_signed);
    refuse_token("{}", token, not_signed);
    refuse_token("[]", token, "the provider's keys are none");
    /* claims of one token with the signature of another */
    g_autofree char *larger = oidc_key_sign(scene->key, HEADER, CLAIMS(", \"name\": \"x\""));
    g_autofree char *mixed = g_strdup_printf("%.*s%s", (int)(strrchr(larger, '.') - larger), larger,
                                             strrchr(token, '.'));
    refuse_token(scene->set, mixed, not_signed);
    g_autofree char *unsigned_token = g_strndup(token, (gsize)(strrchr(token, '.') + 1 - token));
    refuse_token(scene->set, unsigned_token, not_signed);
    refuse_token(scene->set, "", none);
    refuse_token(scene->set, "a.b", none);
    refuse_token(scene->set, "a.b.c", none);
    g_autofree char *four = g_strconcat(token, ".e30", NULL);
    refuse_token(scene->set, four, none);
    g_autofree char *padded = g_strconcat(token, "=", NULL);
    refuse_token(scene->set, padded, none);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(sodium_init(), >=, 0);
    g_test_add("/oidc-token/taken", struct scene, NULL, begin, test_taken, end);
    g_test_add("/oidc-token/claims", struct scene, NULL, begin, test_claims, end);
    g_test_add("/oidc-token/algorithms", struct scene, NULL, begin, test_algorithms, end);
    g_test_add("/oidc-token/signatures", struct scene, NULL, begin, test_signatures, end);
    return g_test_run();
}
