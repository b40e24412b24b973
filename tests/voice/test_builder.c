/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/builder.h"

#include "base/error.h"
#include "map/template.h"

#include <string.h>

struct world {
    plx_map *map;
    plx_builder *builder;
};

static void begin(struct world *world)
{
    g_autoptr(GError) error = NULL;
    world->map = plx_template_load("hotel-stay", &error);
    g_assert_no_error(error);
    world->builder = plx_builder_new(world->map);
}

static void end(struct world *world)
{
    plx_builder_free(world->builder);
    plx_map_free(world->map);
}

static struct plx_occasion occasion_at(const char *place, guint64 key)
{
    return (struct plx_occasion){
        .audience = 3, .place = place, .unit = key, .encounter = key, .seconds = PLX_NO_TIME};
}

static struct plx_builder_row point_row(gint point, gint8 level)
{
    struct plx_builder_row row = plx_builder_row_new();
    row.kind = PLX_SUBJECT_POINT;
    row.subject = point;
    row.value[PLX_MEASURE_LEVEL] = level;
    return row;
}

static void add(struct world *world, const struct plx_occasion *occasion,
                const struct plx_builder_row *rows, guint n)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_builder_add(world->builder, occasion, rows, n, &error));
    g_assert_no_error(error);
}

static const char *text_at(const struct plx_batch *batch, enum plx_dim dim, guint i)
{
    return batch->dim[dim] ? plx_dict_text(batch->dims->dict[dim], batch->dim[dim][i]) : "";
}

/* Each row says what it was given, also where a column begins late. */
static void test_rows(void)
{
    struct world world;
    struct plx_batch batch;
    begin(&world);
    struct plx_builder_row rows[2] = {point_row(0, 4), point_row(1, PLX_CELL_NA)};
    rows[1].note = "noisy";
    rows[1].prompt = "comment";
    rows[1].asked_p = "0.5";
    const struct plx_occasion nowhere = occasion_at(NULL, 1);
    struct plx_occasion there = occasion_at("Zürich, a long name of a place", 2);
    there.seconds = 86400 * 20000 + 3600;
    there.clock = "minuteZ";
    there.group_size = 7;
    there.known = TRUE;
    add(&world, &nowhere, rows, 1);
    add(&world, &there, rows, 2);
    g_assert_cmpuint(plx_builder_rows(world.builder), ==, 3);
    g_assert_true(plx_builder_batch(world.builder, 0, &batch));
    g_assert_false(plx_builder_batch(world.builder, 1, &batch));
    g_assert_cmpuint(batch.n, ==, 3);
    g_assert_cmpstr(text_at(&batch, PLX_DIM_PLACE, 0), ==, "");
    g_assert_cmpstr(text_at(&batch, PLX_DIM_PLACE, 2), ==, there.place);
    g_assert_cmpstr(text_at(&batch, PLX_DIM_CLOCK, 0), ==, "");
    g_assert_cmpstr(text_at(&batch, PLX_DIM_CLOCK, 1), ==, "minuteZ");
    g_assert_cmpstr(text_at(&batch, PLX_DIM_PROMPT, 2), ==, "comment");
    g_assert_cmpstr(text_at(&batch, PLX_DIM_ASKED_P, 2), ==, "0.5");
    g_assert_cmpint(batch.measure[PLX_MEASURE_LEVEL][1], ==, 4);
    g_assert_cmpint(batch.measure[PLX_MEASURE_LEVEL][2], ==, PLX_CELL_NA);
    g_assert_null(batch.measure[PLX_MEASURE_EFFORT]);
    g_assert_cmpint(batch.day[0], ==, PLX_NO_DAY);
    g_assert_cmpint(batch.day[1], ==, 20000);
    g_assert_cmpint(batch.month[1], ==, 2024 * 12 + 10 - 1);
    g_assert_cmpuint(batch.group_size[0], ==, 1);
    g_assert_cmpuint(batch.group_size[2], ==, 7);
    g_assert_cmpuint(batch.known[2], ==, 1);
    g_assert_cmpuint(batch.note[1].length, ==, 0);
    g_assert_cmpuint(batch.note[2].length, ==, 5);
    g_assert_true(memcmp(batch.note[2].text, "noisy", 5) == 0);
    const struct plx_subject *const subject =
        &g_array_index(batch.dims->subjects, struct plx_subject, batch.dim[PLX_DIM_SUBJECT][2]);
    g_assert_cmpint(subject->map_index, ==, 1);
    g_assert_cmpstr(subject->id, ==, world.map->points[1].id);
    end(&world);
}

/* What is taken back is gone, and what follows stands in its place. */
static void test_cut(void)
{
    struct world world;
    struct plx_batch batch;
    begin(&world);
    const struct plx_builder_row first = point_row(0, 1), second = point_row(1, 6);
    const struct plx_occasion a = occasion_at("A", 1), b = occasion_at("B", 2);
    add(&world, &a, &first, 1);
    add(&world, &b, &second, 1);
    plx_builder_cut(world.builder, 1);
    add(&world, &a, &second, 1);
    g_assert_true(plx_builder_batch(world.builder, 0, &batch));
    g_assert_cmpuint(batch.n, ==, 2);
    g_assert_cmpstr(text_at(&batch, PLX_DIM_PLACE, 1), ==, "A");
    g_assert_cmpint(batch.measure[PLX_MEASURE_LEVEL][1], ==, 6);
    plx_builder_cut(world.builder, 0);
    g_assert_false(plx_builder_batch(world.builder, 0, &batch));
    /* A column that was in use must not show what was there before. */
    struct plx_builder_row bare = plx_builder_row_new();
    bare.note = "words alone";
    const struct plx_occasion c = occasion_at(NULL, 3);
    add(&world, &c, &bare, 1);
    g_assert_true(plx_builder_batch(world.builder, 0, &batch));
    g_assert_cmpstr(text_at(&batch, PLX_DIM_PLACE, 0), ==, "");
    g_assert_cmpint(batch.measure[PLX_MEASURE_LEVEL][0], ==, PLX_CELL_EMPTY);
    g_assert_cmpuint(batch.dim[PLX_DIM_SUBJECT][0], ==, 0);
    end(&world);
}

/* More rows than one batch takes, and columns that grow on the way. */
static void test_many(void)
{
    struct world world;
    struct plx_batch batch;
    begin(&world);
    for (guint i = 0; i < PLX_BATCH_ROWS + 10; i++) {
        char place[16];
        g_snprintf(place, sizeof place, "%u", i % 100);
        struct plx_occasion occasion = occasion_at(i < 1000 ? NULL : place, i);
        struct plx_builder_row row = point_row((gint)(i % 3), (gint8)(1 + i % 6));
        add(&world, &occasion, &row, 1);
    }
    g_assert_true(plx_builder_batch(world.builder, 0, &batch));
    g_assert_cmpuint(batch.n, ==, PLX_BATCH_ROWS);
    g_assert_cmpstr(text_at(&batch, PLX_DIM_PLACE, 999), ==, "");
    g_assert_cmpstr(text_at(&batch, PLX_DIM_PLACE, 1001), ==, "1");
    g_assert_true(plx_builder_batch(world.builder, 1, &batch));
    g_assert_cmpuint(batch.n, ==, 10);
    g_assert_cmpuint(batch.encounter[9], ==, PLX_BATCH_ROWS + 9);
    g_assert_cmpint(batch.measure[PLX_MEASURE_LEVEL][9], ==, 1 + (PLX_BATCH_ROWS + 9) % 6);
    end(&world);
}

static void test_errors(void)
{
    struct world world;
    g_autoptr(GError) error = NULL;
    begin(&world);
    struct plx_builder_row row = point_row(-1, 3);
    row.id = "--";
    const struct plx_occasion occasion = occasion_at("A", 1);
    g_assert_false(plx_builder_add(world.builder, &occasion, &row, 1, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, "‘--’ is no id");
    g_clear_error(&error);
    g_assert_cmpuint(plx_builder_rows(world.builder), ==, 0);
    for (guint i = 0; i <= PLX_DIMS_MAX - PLX_DIM_SEGMENT; i++) {
        char key[16];
        g_snprintf(key, sizeof key, "s%u", i);
        const char *const segments[] = {key, "x", NULL};
        struct plx_occasion with = occasion_at("A", 1);
        with.segments = segments;
        row = point_row(0, 3);
        const gboolean ok = plx_builder_add(world.builder, &with, &row, 1, &error);
        g_assert_cmpint(ok, ==, i < PLX_DIMS_MAX - PLX_DIM_SEGMENT);
    }
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_true(g_str_has_prefix(error->message, "segment.s"));
    end(&world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/builder/rows", test_rows);
    g_test_add_func("/builder/cut", test_cut);
    g_test_add_func("/builder/many", test_many);
    g_test_add_func("/builder/errors", test_errors);
    return g_test_run();
}
