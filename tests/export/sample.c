/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "map/map_file.h"

#include <glib/gstdio.h>
#include <string.h>

static const char MAP[] = "parallax: 1\n"
                          "title: Café\n"
                          "journeys:\n"
                          "  - title: The visit\n"
                          "    transactions:\n"
                          "      - {title: Pay, points: [{id: pay, title: Paying}, Greeting]}\n"
                          "tasks: [{title: Wipe}]\n";

/* By row: audience, subject, and the texts of the dimensions from JOURNEY on. */
static const guint32 AUDIENCES[] = {4, 4, 4, 1, 1, 4, 3};
static const guint32 SUBJECTS[] = {1, 2, 3, 2, 4, 0, 2};
static const char *const TEXTS[][SAMPLE_ROWS] = {
    [PLX_DIM_JOURNEY] = {"The visit", "", "", "", "", "", ""},
    [PLX_DIM_PLACE] = {"Linz, Süd", "", "=1+1", "", "", " lead", ""},
    [PLX_DIM_CHANNEL] = {"", "", "", "", "", "", ""},
    [PLX_DIM_SOURCE] = {"app", "app", "app", "", "", "", ""},
    [PLX_DIM_LANGUAGE] = {"", "", "", "", "", "", ""},
    [PLX_DIM_PROMPT] = {"", "", "", "", "", "comment", ""},
    [PLX_DIM_DATASET] = {"", "", "", "", "", "", ""},
    [PLX_DIM_WORKSHOP] = {"", "", "", "", "", "", ""},
    [PLX_DIM_TABLE] = {"", "", "", "", "", "", ""},
    [PLX_DIM_ITEM] = {"", "", "", "3", "", "", ""},
    [PLX_DIM_ASKED_P] = {"0,5", "", "", "", "", "", ""},
    [PLX_DIM_CLOCK] = {"second+02:00", "minuteZ", "day", "", "", "second", "day"},
    [PLX_DIM_SEGMENT] = {"x", "", "", "", "", "", ""},
    [PLX_DIM_SEGMENT + 1] = {"y", "", "", "", "", "", ""},
};

static const gint64 SECONDS[] = {-1, 60, 86400, PLX_NO_TIME, PLX_NO_TIME, 1, 19797 * 86400LL};
static const guint64 UNITS[] = {0xabc, 0xabc, 0xabc, 2, 3, 4, 5};
static const guint64 ENCOUNTERS[] = {0x10, 0x11, 0x12, 2, 3, 4, 5};
static const guint8 KNOWN[] = {1, 1, 1, 0, 0, 0, 1};
static const guint64 WEIGHTS[] = {PLX_WEIGHT_ONE, PLX_WEIGHT_ONE / 2, 349176, 1,
                                  PLX_WEIGHT_ONE, PLX_WEIGHT_ONE,     0};
static const guint16 SIZES[] = {1, 1, 1, 7, 7, 1, 1};
#define E PLX_CELL_EMPTY
static const gint8 LEVELS[] = {6, PLX_CELL_NA, E, PLX_CELL_DECLINED, E, E, 1};
static const gint8 DONE[] = {E, E, 1, E, E, E, E};
static const gint8 OVERALL[] = {E, E, E, E, 5, E, E};
static const gint8 SURPRISES[] = {1, -1, E, 0, E, E, E};
static const gint8 HESITATIONS[] = {0, 1, E, E, E, E, E};
static const struct plx_span NOTES[] = {
    {"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0}, {"a \"b\",\nc", 8}, {"", 0}};

static void add_texts(struct sample *sample)
{
    for (guint d = PLX_DIM_JOURNEY; d < G_N_ELEMENTS(TEXTS); d++) {
        plx_dict *const dict = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
        sample->dims.dict[d] = dict;
        for (guint i = 0; i < SAMPLE_ROWS; i++) {
            char padded[64] = {0};
            g_strlcpy(padded, TEXTS[d][i], sizeof padded);
            sample->dim[d][i] = plx_dict_code(dict, padded, (guint32)strlen(padded));
        }
        sample->batch.dim[d] = sample->dim[d];
    }
}

void sample_init(struct sample *sample)
{
    static const struct plx_subject subjects[] = {
        {PLX_SUBJECT_NONE, "", "", -1},
        {PLX_SUBJECT_POINT, "pay", "Paying", 0},
        {PLX_SUBJECT_POINT, "greeting", "Greeting", 1},
        {PLX_SUBJECT_TASK, "wipe", "Wipe", 0},
        {PLX_SUBJECT_JOURNEY, "the-visit", "The visit", 0}};
    *sample = (struct sample){.map = plx_map_read_memory(MAP, strlen(MAP), "m.yaml", NULL),
                              .folder = g_dir_make_tmp("plx-export-XXXXXX", NULL)};
    g_assert_nonnull(sample->map);
    sample->dims.map = sample->map;
    sample->dims.n_dims = PLX_DIM_SEGMENT + 2;
    sample->dims.segment[0] = g_strdup("b key");
    sample->dims.segment[1] = g_strdup("B-key");
    sample->dims.subjects = g_array_new(FALSE, FALSE, sizeof *subjects);
    g_array_append_vals(sample->dims.subjects, subjects, G_N_ELEMENTS(subjects));
    sample->batch = (struct plx_batch){.n = SAMPLE_ROWS,
                                       .dims = &sample->dims,
                                       .seconds = SECONDS,
                                       .unit = UNITS,
                                       .encounter = ENCOUNTERS,
                                       .known = KNOWN,
                                       .weight = WEIGHTS,
                                       .group_size = SIZES,
                                       .surprise = SURPRISES,
                                       .hesitation = HESITATIONS,
                                       .note = NOTES};
    sample->batch.dim[PLX_DIM_AUDIENCE] = AUDIENCES;
    sample->batch.dim[PLX_DIM_SUBJECT] = SUBJECTS;
    sample->batch.measure[PLX_MEASURE_LEVEL] = LEVELS;
    sample->batch.measure[PLX_MEASURE_DONE] = DONE;
    sample->batch.measure[PLX_MEASURE_OVERALL] = OVERALL;
    add_texts(sample);
}

void sample_clear(struct sample *sample)
{
    g_autoptr(GDir) folder = g_dir_open(sample->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder));) {
        g_autofree char *path = g_build_filename(sample->folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(sample->folder);
    g_free(sample->folder);
    for (guint d = PLX_DIM_JOURNEY; d < sample->dims.n_dims; d++)
        plx_dict_free(sample->dims.dict[d]);
    g_free(sample->dims.segment[0]);
    g_free(sample->dims.segment[1]);
    g_array_unref(sample->dims.subjects);
    plx_map_free(sample->map);
}

char *sample_export(struct sample *sample, const char *name, guint times, enum plx_row_keys keys,
                    guint32 sheet_rows, struct plx_export_outcome *outcome)
{
    g_autoptr(GError) error = NULL;
    char *const path = g_build_filename(sample->folder, name, NULL);
    struct plx_export_options options = {
        .map = sample->map, .path = path, .sheet_rows = sheet_rows};
    g_assert_true(plx_export_format_find(path, NULL, &options.format, &error));
    g_autoptr(plx_export) export = plx_export_new(&options, &error);
    g_assert_no_error(error);
    plx_sink *const sink = plx_export_sink(export);
    plx_export_set_keys(export, keys);
    while (!plx_export_is_done(export)) {
        for (guint t = 0; t < times; t++)
            g_assert_true(sink->add(sink, 0, &sample->batch, &error));
        if (!sink->finish(sink, &error))
            g_error("%s", error->message);
    }
    if (outcome)
        plx_export_outcome(export, outcome);
    return path;
}
