/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form.h"

#include "base/date.h"

#include <string.h>

void form_init(struct form *form, const plx_map *map)
{
    static const struct plx_subject subjects[] = {{PLX_SUBJECT_NONE, "", "", -1},
                                                  {PLX_SUBJECT_POINT, "a", "A", -1},
                                                  {PLX_SUBJECT_POINT, "b", "B", -1}};
    *form = (struct form){.dims = {.n_dims = PLX_DIM_SEGMENT, .map = map}};
    form->dims.subjects = g_array_new(FALSE, FALSE, sizeof(struct plx_subject));
    g_array_append_vals(form->dims.subjects, subjects, G_N_ELEMENTS(subjects));
    for (guint d = PLX_DIM_JOURNEY; d < PLX_DIM_SEGMENT; d++)
        form->dims.dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
}

void form_clear(struct form *form)
{
    for (guint d = PLX_DIM_JOURNEY; d < PLX_DIM_SEGMENT; d++)
        plx_dict_free(form->dims.dict[d]);
    g_array_unref(form->dims.subjects);
}

static gint32 month_of(gint32 day)
{
    gint year, month, rest;
    plx_date_civil(day, &year, &month, &rest);
    return year * 12 + month - 1;
}

struct plx_batch form_fill(struct form *form, guint64 number)
{
    char place[32] = {0};
    g_snprintf(place, sizeof place, "place %u", (guint)(number % 7));
    g_snprintf(form->words, sizeof form->words, "collected words %" G_GUINT64_FORMAT, number);
    for (guint i = 0; i < 2; i++) {
        form->audience[i] = 1;
        form->subject[i] = i + 1;
        form->place[i] =
            plx_dict_code(form->dims.dict[PLX_DIM_PLACE], place, (guint32)strlen(place));
        form->level[i] = (gint8)(1 + (number * 7 + i * 3) % 6);
        form->day[i] = 20000 + (gint32)(number % 300);
        form->month[i] = month_of(form->day[i]);
        form->seconds[i] = (gint64)form->day[i] * 86400 + 3600;
        form->keys[i] = number / 2 + 1;
        form->encounters[i] = number + 1000003;
        form->known[i] = 1;
        form->note[i] =
            (struct plx_span){i ? "" : form->words, i ? 0 : (guint32)strlen(form->words)};
    }
    struct plx_batch batch = {.n = 2, .dims = &form->dims};
    batch.dim[PLX_DIM_AUDIENCE] = form->audience;
    batch.dim[PLX_DIM_SUBJECT] = form->subject;
    batch.dim[PLX_DIM_PLACE] = form->place;
    batch.measure[PLX_MEASURE_LEVEL] = form->level;
    batch.day = form->day;
    batch.month = form->month;
    batch.seconds = form->seconds;
    batch.unit = form->keys;
    batch.encounter = form->encounters;
    batch.known = form->known;
    batch.note = form->note;
    return batch;
}

char *form_rows(guint64 first, guint64 n)
{
    GString *const out =
        g_string_new("audience,encounter,respondent,time,point,place,level,note\n");
    for (guint64 number = first; number < first + n; number++) {
        gint year, month, day;
        plx_date_civil(20000 + (gint32)(number % 300), &year, &month, &day);
        for (guint i = 0; i < 2; i++)
            g_string_append_printf(out,
                                   "leader,e%" G_GUINT64_FORMAT ",r%" G_GUINT64_FORMAT
                                   ",%04d-%02d-%02dT01:00:00,%c,place %u,%u,%s\n",
                                   number, number / 2 + 1, year, month, day, "AB"[i],
                                   (guint)(number % 7), (guint)(1 + (number * 7 + i * 3) % 6),
                                   i ? "" : "some words");
    }
    return g_string_free(out, FALSE);
}
