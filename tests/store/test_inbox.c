/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "form.h"

#include "base/error.h"
#include "store/inbox.h"

#include <string.h>

static void append(struct desk *desk, struct form *form, guint64 number)
{
    g_autoptr(GError) error = NULL;
    const struct plx_batch batch = form_fill(form, number);
    plx_inbox_append(desk->store, &batch, 1, &error);
    g_assert_no_error(error);
}

static gint64 number_of(struct desk *desk, const char *sql)
{
    gint64 n = -1;
    g_assert_true(plx_db_number(plx_store_db(desk->store), sql, &n, NULL));
    return n;
}

/* What was appended is read at once, sealed or not, and by others. */
static void test_reads_like_a_file(void)
{
    struct desk desk;
    struct form form;
    guint64 sealed = 0;
    g_autofree char *text = form_rows(0, 30);
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    form_init(&form, plx_store_map(desk.store));
    for (guint64 i = 0; i < 30; i++)
        append(&desk, &form, i);
    desk_assert_reads(&desk, NULL, text);
    g_assert_true(plx_inbox_seal(desk.store, &sealed, &error));
    g_assert_cmpuint(sealed, ==, 60);
    g_assert_cmpint(number_of(&desk, "SELECT count(*) FROM inbox"), ==, 0);
    desk_assert_reads(&desk, NULL, text);
    g_assert_true(plx_inbox_seal(desk.store, &sealed, &error));
    g_assert_cmpuint(sealed, ==, 0);
    desk_reopen(&desk);
    desk_assert_reads(&desk, NULL, text);
    form_clear(&form);
    desk_clear(&desk);
}

/* Batches that share dictionaries become one body, others one each; all of it reads like a file. */
static void test_many_at_once(void)
{
    struct desk desk;
    struct form forms[2], again;
    struct plx_batch batches[4];
    g_autofree char *text = form_rows(0, 4);
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    for (guint i = 0; i < 2; i++)
        form_init(&forms[i], plx_store_map(desk.store));
    again = forms[0]; /* the same dictionaries, which have a word more for encounter 1 */
    batches[0] = form_fill(&forms[0], 0);
    batches[1] = form_fill(&again, 1);
    batches[1].dims = &forms[0].dims;
    batches[1].note = NULL; /* columns may differ, too */
    batches[2] = form_fill(&forms[1], 2);
    g_assert_true(plx_inbox_append(desk.store, batches, 3, &error));
    g_assert_cmpuint(desk_observations(&desk), ==, 6);
    g_assert_cmpint(number_of(&desk, "SELECT count(*) FROM inbox"), ==, 2);
    batches[3] = form_fill(&forms[1], 3);
    g_assert_true(plx_inbox_append(desk.store, &batches[3], 1, &error));
    g_assert_cmpint(number_of(&desk, "SELECT count(*) FROM inbox"), ==, 3);
    desk_assert_reads(&desk, NULL, text);
    for (guint i = 0; i < 2; i++)
        form_clear(&forms[i]);
    desk_clear(&desk);
}

/* Enough rows are sealed by the way: one batch is larger than a body, three than a block. */
static void test_seals_itself(void)
{
    struct desk desk;
    struct form form;
    g_autoptr(GError) error = NULL;
    const guint n = 40000;
    desk_init(&desk, NULL);
    form_init(&form, plx_store_map(desk.store));
    const struct plx_batch two = form_fill(&form, 1);
    struct plx_batch many = {.n = n, .dims = &form.dims};
    g_autofree guint64 *keys = g_new(guint64, n);
    for (guint i = 0; i < n; i++)
        keys[i] = i + 1;
    many.dim_constant[PLX_DIM_AUDIENCE] = 1;
    many.dim_constant[PLX_DIM_SUBJECT] = two.dim[PLX_DIM_SUBJECT][0];
    many.unit = many.encounter = keys;
    g_assert_true(plx_inbox_append(desk.store, &many, 1, &error));
    g_assert_cmpint(number_of(&desk, "SELECT count(*) FROM inbox"), ==, 2);
    g_assert_cmpint(number_of(&desk, "SELECT count(*) FROM block"), ==, 0);
    for (guint i = 0; i < n; i++)
        keys[i] = n + i + 1;
    g_assert_true(plx_inbox_append(desk.store, &many, 1, &error));
    g_assert_cmpint(number_of(&desk, "SELECT count(*) FROM inbox"), ==, 0);
    g_assert_cmpint(number_of(&desk, "SELECT sum(rows) FROM block"), ==, 2 * n);
    g_assert_cmpuint(desk_observations(&desk), ==, 2 * n);
    form_clear(&form);
    desk_clear(&desk);
}

/* Two connections number their words in turn. */
static void test_two_writers(void)
{
    struct desk desk, other;
    struct form form;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = form_rows(0, 20);
    desk_init(&desk, NULL);
    other = desk;
    other.store = plx_store_open(desk.path, PLX_STORE_WRITE, &error);
    g_assert_no_error(error);
    form_init(&form, plx_store_map(desk.store));
    for (guint64 i = 0; i < 20; i++)
        append(i % 2 ? &desk : &other, &form, i);
    desk_assert_reads(&desk, NULL, text);
    desk_assert_reads(&other, NULL, text);
    plx_store_free(other.store);
    form_clear(&form);
    desk_clear(&desk);
}

static void check_damage(const char *sql, const char *what)
{
    struct desk desk;
    struct form form;
    struct plx_store_info info;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    form_init(&form, plx_store_map(desk.store));
    append(&desk, &form, 0);
    append(&desk, &form, 1);
    desk_sql(&desk, sql);
    g_assert_false(plx_store_info(desk.store, 1, &info, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, what));
    form_clear(&form);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("DELETE FROM inbox WHERE id = 2", "its inbox holds 2 of 4 observations");
    check_damage("UPDATE inbox SET rows = 3 WHERE id = 2", "its inbox holds 5 of 4 observations");
    check_damage("UPDATE inbox SET rows = 3 - id", "its inbox holds 3 of 4 observations");
    check_damage("UPDATE inbox SET crc = crc + 1", "a row of its inbox");
    /* The byte is one of a key, which may be anything: it must become another. */
    check_damage("UPDATE inbox SET body = cast(substr(body, 1, 20) || "
                 "CASE substr(body, 21, 1) WHEN x'7f' THEN x'80' ELSE x'7f' END || "
                 "substr(body, 22) AS BLOB)",
                 "a row of its inbox");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/inbox/reads-like-a-file", test_reads_like_a_file);
    g_test_add_func("/inbox/many-at-once", test_many_at_once);
    g_test_add_func("/inbox/seals-itself", test_seals_itself);
    g_test_add_func("/inbox/two-writers", test_two_writers);
    g_test_add_func("/inbox/damage", test_damage);
    return g_test_run();
}
