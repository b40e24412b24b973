/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/form_store.h"

#include "base/error.h"
#include "form/rows.h"
#include "ingest/keys.h"
#include "store/desk.h"
#include "store/forms.h"
#include "store/inbox.h"

#include <string.h>

#define TODAY 20783

/* A workspace with an address for everybody and addresses for one form each. */
struct scene {
    struct desk desk;
    char *shared, **single;
    plx_builder *builder;
    struct plx_form_settings settings;
};

static char **add_link(struct scene *scene, enum plx_link_kind kind, gint64 quota)
{
    static char audience[] = "customer";
    g_autoptr(GError) error = NULL;
    g_autofree char *settings =
        plx_form_settings_text(plx_store_map(scene->desk.store), &scene->settings);
    const struct plx_link link = {.kind = kind,
                                  .audience = audience,
                                  .settings = settings,
                                  .opens = PLX_LINK_ALWAYS,
                                  .closes = PLX_LINK_ALWAYS,
                                  .quota = quota};
    gint64 first;
    char **addresses = NULL;
    g_assert_true(plx_links_add(scene->desk.store, "test", &link, 1, &first, &addresses, &error));
    g_assert_no_error(error);
    return addresses;
}

static void set_up(struct scene *scene, gconstpointer unused G_GNUC_UNUSED)
{
    const struct plx_form_ask ask = {.journey = "order"};
    desk_init(&scene->desk, desk_map);
    const plx_map *const map = plx_store_map(scene->desk.store);
    g_assert_true(plx_form_settings_ask(map, &ask, &scene->settings, NULL));
    g_auto(GStrv) shared = add_link(scene, PLX_LINK_CAMPAIGN, 0);
    scene->shared = g_strdup(shared[0]);
    scene->single = add_link(scene, PLX_LINK_SINGLE, 20);
    scene->builder = plx_builder_new(map);
}

static void tear_down(struct scene *scene, gconstpointer unused G_GNUC_UNUSED)
{
    plx_builder_free(scene->builder);
    g_free(scene->shared);
    g_strfreev(scene->single);
    desk_clear(&scene->desk);
}

/* One person goes through a form as a server would let him, saying so much of the first point. */
static plx_form_encounter *fill_in(struct scene *scene, const char *token, gint64 link,
                                   const char *words)
{
    g_autoptr(GError) error = NULL;
    plx_store *const store = scene->desk.store;
    const plx_map *const map = plx_store_map(store);
    g_autoptr(plx_form_plan) plan =
        plx_form_plan_new(map, &scene->settings, plx_forms_seed(store, token), &error);
    g_autoptr(plx_form_answers) answers = plx_form_answers_new();
    g_assert_no_error(error);
    for (guint card = 0; card < plan->n_points; card++) {
        g_autofree char *level =
            plx_form_field_name(plan, PLX_MEASURE_LEVEL, (gint)plan->points[card].point);
        g_autofree char *note = plx_form_note_name(plan, plan->points[card].point);
        const struct plx_form_field fields[] = {{level, "6"}, {note, card == 0 ? words : ""}};
        g_assert_null(plx_form_take(answers, plan, card, fields, G_N_ELEMENTS(fields)));
        g_autofree char *body = plx_form_write(plan, answers);
        const struct plx_form_draft draft = {link, NULL, body};
        g_assert_true(plx_db_begin_write(plx_store_db(store), NULL));
        g_assert_true(plx_forms_put_draft_within(store, token, TODAY, &draft, &error));
        g_assert_true(plx_db_commit(plx_store_db(store), NULL));
    }
    plx_form_encounter *const encounter = plx_form_encounter_new(plan, answers);
    encounter->day = TODAY;
    return encounter;
}

static void append(struct scene *scene)
{
    GError *error = NULL;
    struct plx_batch batch;
    if (!plx_builder_batch(scene->builder, 0, &batch))
        return;
    plx_inbox_append_within(scene->desk.store, &batch, 1, &error);
    g_assert_no_error(error);
    plx_builder_cut(scene->builder, 0);
}

/* A form that is anonymous; how many were released. */
static guint answer(struct scene *scene, const char *address, gint64 link, const char *token,
                    const char *words)
{
    GError *error = NULL;
    guint released = 0;
    enum plx_form_outcome outcome = PLX_FORM_REFUSED;
    plx_store *const store = scene->desk.store;
    g_autoptr(plx_form_encounter) encounter = fill_in(scene, token, link, words);
    g_autofree char *body = plx_form_encounter_write(plx_store_map(store), encounter);
    g_assert_true(plx_db_begin_write(plx_store_db(store), NULL));
    plx_forms_complete_within(store, address, token, TODAY, body, &outcome, &error);
    g_assert_no_error(error);
    g_assert_cmpint(outcome, ==, PLX_FORM_DONE);
    plx_forms_release_within(store, plx_form_store_release, scene->builder, &released, &error);
    g_assert_no_error(error);
    append(scene);
    g_assert_true(plx_db_commit(plx_store_db(store), &error));
    return released;
}

static struct plx_store_info info_of(struct scene *scene)
{
    struct plx_store_info info;
    g_assert_true(plx_store_info(scene->desk.store, 1, &info, NULL));
    return info;
}

static void test_release(struct scene *scene, gconstpointer unused G_GNUC_UNUSED)
{
    for (guint i = 0; i < 4; i++) {
        g_autofree char *token = plx_forms_token();
        g_assert_cmpuint(answer(scene, scene->shared, 1, token, "Fine"), ==, 0);
        g_assert_cmpuint(info_of(scene).observations, ==, 0);
    }
    g_autofree char *token = plx_forms_token();
    g_assert_cmpuint(answer(scene, scene->shared, 1, token, "Fine"), ==, 5);
    /* Three points each; the journey's three points as ticks were not reached. */
    g_assert_cmpuint(info_of(scene).observations, ==, 5 * 3);
    g_assert_cmpuint(info_of(scene).encounters, ==, 5);
    g_assert_cmpuint(info_of(scene).respondents, ==, 0);
}

/* All bytes that could say by which token, address or draft an answer came. */
static void assert_gone(const struct scene *scene, const char *const *secrets,
                        const GPtrArray *keys)
{
    for (guint i = 0; secrets[i]; i++)
        g_assert_false(desk_holds(&scene->desk, secrets[i], strlen(secrets[i])));
    for (guint i = 0; i < keys->len; i++)
        g_assert_false(desk_holds(&scene->desk, keys->pdata[i], 32));
}

/* The keys of all drafts and of the addresses that are not used yet. */
static void note_keys(const struct scene *scene, const char *sql, GPtrArray *keys)
{
    plx_db *const db = plx_store_db(scene->desk.store);
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, NULL);
    while (plx_db_step(db, statement, NULL) == SQLITE_ROW)
        g_ptr_array_add(keys, g_memdup2(sqlite3_column_blob(statement, 0), 32));
}

/* One person answers twice, among others, by addresses that were made for one form each. When the
 * answers are in, nothing of the file leads from one to the other, to an address, or to a draft. */
static void test_two_of_one(struct scene *scene, gconstpointer unused G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) tokens = g_new0(char *, 6);
    note_keys(scene, "SELECT key FROM link_address", keys);
    for (guint i = 0; i < 5; i++) {
        tokens[i] = plx_forms_token();
        g_autofree char *words = g_strdup_printf("words-of-form-%u", i);
        plx_form_encounter_free(fill_in(scene, tokens[i], 2, words));
        note_keys(scene, "SELECT key FROM draft", keys);
        g_assert_cmpuint(answer(scene, scene->single[i], 2, tokens[i], words), ==, i < 4 ? 0 : 5);
    }
    g_assert_true(plx_forms_forget(scene->desk.store, NULL));
    /* The addresses nobody used are there; no other key is. */
    g_autoptr(GPtrArray) left = g_ptr_array_new_with_free_func(g_free);
    note_keys(scene, "SELECT key FROM link_address", left);
    g_assert_cmpuint(left->len, ==, 15);
    for (guint i = keys->len; i-- > 0;)
        for (guint k = 0; k < left->len; k++)
            if (memcmp(keys->pdata[i], left->pdata[k], 32) == 0) {
                g_ptr_array_remove_index(keys, i);
                break;
            }
    g_assert_cmpuint(keys->len, ==, 10); /* five drafts, five used addresses */
    assert_gone(scene, (const char *const *)tokens, keys);
    assert_gone(scene, (const char *const *)scene->single, keys);
    /* The answers are, each once, and none has a person. */
    for (guint i = 0; i < 5; i++) {
        g_autofree char *words = g_strdup_printf("words-of-form-%u", i);
        g_assert_true(desk_holds(&scene->desk, words, strlen(words)));
    }
    g_assert_cmpuint(info_of(scene).encounters, ==, 5);
    g_assert_cmpuint(info_of(scene).respondents, ==, 0);
}

/* Where the answer of the first form is among the five in the inbox, of 100 batches: each place
 * about 20 times (six standard deviations: 24). */
static void test_order_in_inbox(struct scene *scene, gconstpointer unused G_GNUC_UNUSED)
{
    static const char *const words[] = {"form-a", "form-b", "form-c", "form-d", "form-e"};
    guint places[5] = {0};
    for (guint batch = 0; batch < 100; batch++) {
        guint place = 0;
        for (guint i = 0; i < 5; i++) {
            g_autofree char *token = plx_forms_token();
            answer(scene, scene->shared, 1, token, words[i]);
        }
        sqlite3_stmt *const statement = plx_db_prepare(
            plx_store_db(scene->desk.store), "SELECT body FROM inbox ORDER BY id DESC", NULL);
        g_assert_cmpint(plx_db_step(plx_store_db(scene->desk.store), statement, NULL), ==,
                        SQLITE_ROW);
        const char *const body = sqlite3_column_blob(statement, 0);
        const gsize size = (gsize)sqlite3_column_bytes(statement, 0);
        const char *const first = memmem(body, size, words[0], strlen(words[0]));
        g_assert_nonnull(first);
        for (guint i = 1; i < 5; i++)
            place += (const char *)memmem(body, size, words[i], strlen(words[i])) < first;
        sqlite3_reset(statement);
        places[place]++;
    }
    guint seen = 0;
    for (guint i = 0; i < 5; i++) {
        seen += places[i];
        g_assert_cmpuint(places[i], <, 20 + 24);
    }
    g_assert_cmpuint(seen, ==, 100);
}

/* Contacts of one booking are one person; which booking is not in the file. */
static void test_booking(struct scene *scene, gconstpointer unused G_GNUC_UNUSED)
{
    static const char reference[] = "booking-4711-of-dupont";
    plx_store *const store = scene->desk.store;
    g_autofree char *person = plx_forms_person(store, "customer", reference);
    for (guint i = 0; i < 3; i++) {
        struct plx_form_rows rows;
        g_autofree char *token = plx_forms_token();
        g_autoptr(plx_form_encounter) encounter = fill_in(scene, token, 1, "Fine");
        encounter->respondent = g_strdup(i < 2 ? person : "somebody else");
        const guint64 key =
            plx_key_of_respondent(PLX_FORM_DATASET, "customer", encounter->respondent);
        g_assert_true(plx_form_rows_make(plx_store_map(store), encounter, i + 1, key, &rows));
        g_assert_true(plx_builder_add(scene->builder, &rows.occasion, rows.rows, rows.n, NULL));
        plx_form_rows_clear(&rows);
        g_assert_true(plx_db_begin_write(plx_store_db(store), NULL));
        append(scene);
        g_assert_true(plx_db_commit(plx_store_db(store), NULL));
    }
    g_assert_cmpuint(info_of(scene).encounters, ==, 3);
    g_assert_cmpuint(info_of(scene).respondents, ==, 2);
    g_assert_false(desk_holds(&scene->desk, reference, strlen(reference)));
    g_assert_false(desk_holds(&scene->desk, person, strlen(person)));
}

static void test_wrong(struct scene *scene, gconstpointer unused G_GNUC_UNUSED)
{
    GError *error = NULL;
    const char *const bodies[] = {"encounter\t1\tguests\t1\n", "nonsense\n"};
    g_assert_false(plx_form_store_release(scene->desk.store, bodies, 1, scene->builder, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, "the map has no audience ‘guests’ any more");
    g_clear_error(&error);
    g_assert_false(
        plx_form_store_release(scene->desk.store, bodies + 1, 1, scene->builder, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, "an answer that waits: line 1: is no answer");
    g_clear_error(&error);
}

#define ADD(name)                                                                                  \
    g_test_add("/form_store/" #name, struct scene, NULL, set_up, test_##name, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD(release);
    ADD(two_of_one);
    ADD(order_in_inbox);
    ADD(booking);
    ADD(wrong);
    return g_test_run();
}
