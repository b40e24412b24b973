/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/rows.h"

#include "base/error.h"
#include "service.h"

#include <string.h>

static plx_form_encounter *read_text(const plx_map *map, const char *text)
{
    GError *error = NULL;
    plx_form_encounter *const encounter = plx_form_encounter_read(map, text, &error);
    g_assert_no_error(error);
    return encounter;
}

/* One observation of each kind, and the batch that the builder makes of them. */
static void test_rows(void)
{
    g_autoptr(plx_map) map = service_map();
    g_autoptr(plx_form_encounter) encounter =
        read_text(map, "encounter\t1\tcustomer\t20783\nlanguage\tfr\nplace\tLyon\n"
                       "of\tpoint\tp2\tvisit\t0\t0.461538461538\nvalue\tlevel\t6\nnote\tdid\tRan\n"
                       "of\tpoint\tp3\tvisit\t1\t1\nvalue\tcard\t-1\n"
                       "of\tjourney\tvisit\tvisit\t0\t1\nvalue\toverall\tdeclined\n");
    struct plx_form_rows rows;
    g_assert_true(plx_form_rows_make(map, encounter, 77, 0, &rows));
    g_assert_cmpuint(rows.n, ==, 3);
    g_assert_cmpstr(map->audiences[rows.occasion.audience].id, ==, "customer");
    g_assert_cmpstr(rows.occasion.place, ==, "Lyon");
    g_assert_cmpstr(rows.occasion.language, ==, "fr");
    g_assert_cmpstr(rows.occasion.source, ==, "form");
    g_assert_null(rows.occasion.channel);
    g_assert_cmpuint(rows.occasion.encounter, ==, 77);
    g_assert_false(rows.occasion.known);
    g_assert_cmpint(rows.occasion.seconds, ==, G_GINT64_CONSTANT(20783) * 86400);

    g_assert_cmpint(rows.rows[0].subject, ==, 1);
    g_assert_cmpint(rows.rows[0].journey, ==, 0);
    g_assert_cmpstr(rows.rows[0].asked_p, ==, "0.4615");
    g_assert_null(rows.rows[0].item);
    g_assert_cmpint(rows.rows[0].value[PLX_MEASURE_LEVEL], ==, 6);
    g_assert_cmpstr(rows.rows[0].note, ==, "Ran");
    g_assert_cmpstr(rows.rows[0].prompt, ==, "did");
    g_assert_cmpstr(rows.rows[1].item, ==, "1");
    g_assert_cmpint(rows.rows[1].value[PLX_MEASURE_CARD], ==, -1);
    g_assert_cmpint(rows.rows[2].kind, ==, PLX_SUBJECT_JOURNEY);
    g_assert_cmpint(rows.rows[2].journey, ==, -1);
    g_assert_cmpint(rows.rows[2].value[PLX_MEASURE_OVERALL], ==, PLX_CELL_DECLINED);

    GError *error = NULL;
    struct plx_batch batch;
    g_autoptr(plx_builder) builder = plx_builder_new(map);
    g_assert_true(plx_builder_add(builder, &rows.occasion, rows.rows, rows.n, &error));
    g_assert_no_error(error);
    g_assert_true(plx_builder_batch(builder, 0, &batch));
    g_assert_cmpuint(batch.n, ==, 3);
    g_assert_cmpint(batch.day[0], ==, 20783);
    plx_form_rows_clear(&rows);
}

/* Somebody who is known, by a key that erasing finds. */
static void test_known(void)
{
    g_autoptr(plx_map) map = service_map();
    g_autoptr(plx_form_encounter) encounter =
        read_text(map, "encounter\t1\tcustomer\t20783\nrespondent\tcafe\n");
    struct plx_form_rows rows;
    g_assert_true(plx_form_rows_make(map, encounter, 77, 99, &rows));
    g_assert_cmpuint(rows.n, ==, 0);
    g_assert_true(rows.occasion.known);
    g_assert_cmpuint(rows.occasion.unit, ==, 99);
    g_assert_cmpuint(rows.occasion.encounter, ==, 77);
    g_assert_cmpstr(rows.occasion.dataset, ==, "forms");
    plx_form_rows_clear(&rows);
}

/* What has no place on the map any more: numbers go, words stay. */
static void test_gone(void)
{
    g_autoptr(plx_map) map = service_map();
    g_autoptr(plx_form_encounter) encounter =
        read_text(map, "encounter\t1\tcustomer\t20783\n"
                       "of\tpoint\tgone\tvisit\t0\t0.5\nvalue\tlevel\t6\n"
                       "of\tpoint\tgone\tvisit\t0\t0.5\nvalue\tlevel\t6\nnote\tdid\tRan\n"
                       "of\tpoint\tp1\tgone\t0\t0.5\nvalue\tlevel\t6\n");
    struct plx_form_rows rows;
    g_assert_true(plx_form_rows_make(map, encounter, 1, 0, &rows));
    g_assert_cmpuint(rows.n, ==, 2);
    g_assert_cmpint(rows.rows[0].kind, ==, PLX_SUBJECT_NONE);
    g_assert_cmpint(rows.rows[0].value[PLX_MEASURE_LEVEL], ==, PLX_CELL_EMPTY);
    g_assert_cmpstr(rows.rows[0].note, ==, "Ran");
    g_assert_null(rows.rows[0].asked_p);
    g_assert_cmpint(rows.rows[1].subject, ==, 0);
    g_assert_cmpint(rows.rows[1].journey, ==, -1);
    plx_form_rows_clear(&rows);

    g_autoptr(plx_form_encounter) nobody = read_text(map, "encounter\t1\tguests\t20783\n");
    g_assert_false(plx_form_rows_make(map, nobody, 1, 0, &rows));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rows/rows", test_rows);
    g_test_add_func("/rows/known", test_known);
    g_test_add_func("/rows/gone", test_gone);
    return g_test_run();
}
