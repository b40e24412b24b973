/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "small.h"

#include "map/map_file.h"

static const char map_text[] = "parallax: 1\n"
                               "title: Shop\n"
                               "journeys:\n"
                               "  - title: Order\n"
                               "    transactions:\n"
                               "      - {title: Find, points: [Campaign, Search]}\n"
                               "  - title: Return\n"
                               "    transactions:\n"
                               "      - {title: Send, points: [{use: search}, Label]}\n";

/*                                       row: 0         1         2       3       4 … */
static const char *const places[] = {"Oslo", "Bergen", "", "Oslo", "Å|B", "", "Bergen", "Oslo"};
static const char *const journeys[] = {"", "", "order", "return", "return", "", "", "return"};
static const char *const tiers[] = {"gold", "", "gold", "silver", "", "", "gold", ""};
static const guint32 subjects[] = {1, 2, 2, 2, 3, 4, 1, 0};
static const guint32 audiences[] = {1, 4, 4, 4, 2, 4, 3, 4};
static const gint32 days[] = {100, 101, PLX_NO_DAY, 103, 104, PLX_NO_DAY, 106, -5};

static guint32 code(struct small *small, guint dim, const char *text)
{
    char padded[64] = {0};
    g_strlcpy(padded, text, sizeof padded);
    return plx_dict_code(small->dims.dict[dim], padded, (guint32)strlen(text));
}

void small_init(struct small *small)
{
    *small = (struct small){0};
    g_autoptr(GError) error = NULL;
    small->map = plx_map_read_memory(map_text, strlen(map_text), "m.yaml", &error);
    g_assert_no_error(error);
    small->dims.map = small->map;
    small->dims.n_dims = PLX_DIM_SEGMENT + 1;
    small->dims.segment[0] = g_strdup("tier");
    small->dims.dict[PLX_DIM_JOURNEY] = plx_dict_new(PLX_DICT_ID);
    small->dims.dict[PLX_DIM_PLACE] = plx_dict_new(PLX_DICT_TEXT);
    small->dims.dict[PLX_DIM_SEGMENT] = plx_dict_new(PLX_DICT_TEXT);
    const struct plx_subject all[] = {{PLX_SUBJECT_NONE, "", "", -1},
                                      {PLX_SUBJECT_POINT, "campaign", "Campaign", 0},
                                      {PLX_SUBJECT_POINT, "search", "Search", 1},
                                      {PLX_SUBJECT_POINT, "label", "Label", 2},
                                      {PLX_SUBJECT_JOURNEY, "order", "Order", 0}};
    small->dims.subjects = g_array_new(FALSE, FALSE, sizeof *all);
    g_array_append_vals(small->dims.subjects, all, G_N_ELEMENTS(all));
    for (guint i = 0; i < SMALL_ROWS; i++) {
        small->place[i] = code(small, PLX_DIM_PLACE, places[i]);
        small->journey[i] = code(small, PLX_DIM_JOURNEY, journeys[i]);
        small->tier[i] = code(small, PLX_DIM_SEGMENT, tiers[i]);
        small->subject[i] = subjects[i];
        small->audience[i] = audiences[i];
        small->day[i] = days[i];
    }
    small->batch = (struct plx_batch){.n = SMALL_ROWS, .dims = &small->dims, .day = small->day};
    small->batch.dim[PLX_DIM_AUDIENCE] = small->audience;
    small->batch.dim[PLX_DIM_SUBJECT] = small->subject;
    small->batch.dim[PLX_DIM_JOURNEY] = small->journey;
    small->batch.dim[PLX_DIM_PLACE] = small->place;
    small->batch.dim[PLX_DIM_SEGMENT] = small->tier;
}

void small_clear(struct small *small)
{
    plx_map_free(small->map);
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        plx_dict_free(small->dims.dict[d]);
    g_free(small->dims.segment[0]);
    g_array_unref(small->dims.subjects);
}

const char *small_run(const struct small *small, const plx_filter *filter)
{
    guint8 out[SMALL_ROWS];
    char text[SMALL_ROWS + 1] = "";
    plx_filter_run(filter, &small->batch, out);
    for (guint i = 0; i < SMALL_ROWS; i++)
        text[i] = (char)('0' + out[i]);
    return g_intern_string(text);
}
