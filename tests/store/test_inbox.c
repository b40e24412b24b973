/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "form.h"

#include "base/error.h"
#include "store/erase.h"
#include "store/inbox.h"
#include "store/map_log.h"
#include "store/reveals.h"
#include "store/scan.h"

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

/* A map with twenty measures of its own. */
static char *many_measures(guint number)
{
    GString *const yaml = g_string_new("parallax: 1\ntitle: M\nscales:\n  five: {min: 1, max: 5}\n"
                                       "measures:\n");
    for (guint m = 0; m < PLX_MEASURE_SURPRISE - PLX_MEASURE_DECLARED; m++)
        g_string_append_printf(yaml, "  m%u-%u: {title: T, scale: five, of: point}\n", number, m);
    return g_string_free(yaml, FALSE);
}

static gboolean apply(plx_store *store, guint number, GError **error)
{
    g_autofree char *yaml = many_measures(number);
    g_autoptr(GPtrArray) changes = NULL;
    return plx_map_log_apply(store, yaml, "m", FALSE, &changes, error);
}

/* Maps may come and go; a workspace numbers only so many measures. */
static void test_too_many_measures(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    gboolean ok = TRUE;
    for (guint number = 0; number < 6; number++) {
        struct form form;
        g_assert_true(ok);
        g_assert_true(apply(desk.store, number, &error));
        form_init(&form, plx_store_map(desk.store));
        const struct plx_batch batch = form_fill(&form, number);
        ok = plx_inbox_append(desk.store, &batch, 1, &error);
        form_clear(&form);
    }
    g_assert_false(ok);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpuint(desk_observations(&desk), ==, 10);
    desk_clear(&desk);
}

/* Under a map that is no longer in force nothing is taken in, sealed or swept: what the map in
 * force asks would be lost. */
static void test_other_map(void)
{
    struct desk desk;
    struct form form;
    guint64 n = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    form_init(&form, plx_store_map(desk.store));
    g_autoptr(plx_store) other = plx_store_open(desk.path, PLX_STORE_WRITE, &error);
    g_assert_true(apply(other, 1, &error));
    const struct plx_batch batch = form_fill(&form, 1);
    g_assert_false(plx_inbox_append(desk.store, &batch, 1, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_clear_error(&error);
    struct form now;
    form_init(&now, plx_store_map(other));
    struct plx_batch more = form_fill(&now, 1);
    static const gint8 values[] = {3, 4};
    more.measure[plx_map_find_measure(plx_store_map(other), "m1-7")] = values;
    g_assert_true(plx_inbox_append(other, &more, 1, &error));
    g_assert_false(plx_inbox_seal(desk.store, &n, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_clear_error(&error);
    g_assert_true(plx_inbox_seal(other, &n, &error));
    g_assert_false(plx_erase_traces(desk.store, 30000, FALSE, &n, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_true(plx_erase_traces(other, 30000, FALSE, &n, NULL));
    g_assert_cmpuint(n, ==, 2);
    form_clear(&now);
    form_clear(&form);
    desk_clear(&desk);
}

/* How many rows say that results had been seen. */
static gboolean count_seen(plx_sink *sink, guint worker, const struct plx_batch *batch,
                           GError **error)
{
    (void)worker;
    (void)error;
    for (guint32 i = 0; i < batch->n; i++)
        *(guint *)(gpointer)(sink + 1) += batch->seen && batch->seen[i] == 1 ? 1 : 0;
    return TRUE;
}

static guint seen_in(const struct desk *desk)
{
    struct {
        plx_sink base;
        guint n;
    } sink = {.base = {.add = count_seen}};
    g_autoptr(GError) error = NULL;
    struct plx_lexicon *lexicon = NULL;
    const struct plx_scan scan = {.map = plx_store_map(desk->store), .threads = 1};
    plx_scan_run(desk->store, &scan, &sink.base, &lexicon, &error);
    g_assert_no_error(error);
    plx_lexicon_free(lexicon);
    return sink.n;
}

/* Guesses that arrive after the reveal; the first time an audience was shown results stays. */
static void test_late(void)
{
    struct desk desk;
    struct form form;
    guint64 n;
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) reveals = NULL;
    const gint64 day = 86400;
    desk_init(&desk, NULL);
    form_init(&form, plx_store_map(desk.store));
    static const gint8 believed[] = {7, PLX_CELL_EMPTY};
    for (guint64 number = 0; number < 6; number++) {
        struct plx_batch batch = form_fill(&form, number);
        batch.measure[PLX_MEASURE_BELIEVED] = believed;
        g_assert_true(plx_inbox_append(desk.store, &batch, 1, &error));
        if (number == 1) {
            g_assert_cmpuint(seen_in(&desk), ==, 0);
            g_assert_true(plx_reveals_lock(desk.store, "leader", 20004 * day, NULL, &error));
            g_assert_true(plx_reveals_lock(desk.store, "leader", 20002 * day, NULL, &error));
        }
    }
    g_assert_cmpuint(seen_in(&desk), ==, 2); /* of the days 20004 and 20005 */
    g_assert_true(plx_inbox_seal(desk.store, &n, &error));
    g_assert_cmpuint(seen_in(&desk), ==, 2);
    g_assert_true(plx_reveals_read(desk.store, &reveals, &error));
    g_assert_cmpuint(reveals->len, ==, 1);
    g_assert_cmpint(g_array_index(reveals, struct plx_shown, 0).utc_seconds, ==, 20004 * day);
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

/* Rows whose ids changed are not skipped, nor read twice. */
static void check_flip(guint number, guint8 bits)
{
    struct desk desk;
    struct form form;
    struct plx_store_info info;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    form_init(&form, plx_store_map(desk.store));
    for (guint64 i = 0; i < 3; i++)
        append(&desk, &form, i);
    form_clear(&form);
    desk_flip_id(&desk, "inbox", number, bits);
    desk_reopen(&desk);
    g_assert_false(plx_store_info(desk.store, 1, &info, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    desk_clear(&desk);
}

static void test_flipped_ids(void)
{
    check_flip(0, 1);  /* 0 2 3 */
    check_flip(1, 64); /* 1 66 3 */
    check_flip(1, 1);  /* 1 3 3 */
    check_flip(2, 1);  /* 1 2 2 */
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
    g_assert_true(g_setenv("TZ", "UTC", TRUE));
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/inbox/reads-like-a-file", test_reads_like_a_file);
    g_test_add_func("/inbox/many-at-once", test_many_at_once);
    g_test_add_func("/inbox/seals-itself", test_seals_itself);
    g_test_add_func("/inbox/two-writers", test_two_writers);
    g_test_add_func("/inbox/too-many-measures", test_too_many_measures);
    g_test_add_func("/inbox/other-map", test_other_map);
    g_test_add_func("/inbox/late", test_late);
    g_test_add_func("/inbox/flipped-ids", test_flipped_ids);
    g_test_add_func("/inbox/damage", test_damage);
    return g_test_run();
}
