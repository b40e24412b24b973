/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a row of a batch says in a column of an export. Test: tests/export/test_export.c. */

#include "export/columns.h"
#include "export/twins.h"

#define PLX_EXPORT_TIME_SIZE 48

/* Rows as writers see them: a batch, and what is worked out once for all batches of a pass. */
struct plx_export_view {
    const struct plx_batch *batch;
    enum plx_row_keys keys;
    plx_twins *twins;
    GPtrArray *subject_text; /* by code: the title where it leads to the same id, else the id */
    GPtrArray *journey_text;
    GArray *subject_key;  /* guint64 by code: the same for what is the same subject */
    struct plx_twin twin; /* of the row */
    guint64 item;         /* of the row, where it gets one; else 0 */
    char scratch[PLX_EXPORT_TIME_SIZE];
    guint64 weight; /* whose text is in weight_text */
    double weight_number;
    char weight_text[32];
};

void plx_export_view_init(struct plx_export_view *view, plx_twins *twins);
void plx_export_view_clear(struct plx_export_view *view);
/* The next batch; all batches of a view must be of the same dictionaries. */
void plx_export_view_set(struct plx_export_view *view, const struct plx_batch *batch,
                         enum plx_row_keys keys);

enum plx_export_form {
    PLX_FORM_EMPTY,
    PLX_FORM_TEXT,
    PLX_FORM_INTEGER,
    PLX_FORM_NUMBER, /* `text` is how it is written */
    PLX_FORM_TIME,   /* likewise */
    PLX_FORM_NA,
    PLX_FORM_DECLINED
};

struct plx_export_value {
    enum plx_export_form form;
    const char *text; /* of TEXT, NUMBER, TIME; valid until the next value is asked for */
    gsize length;
    gint64 integer; /* of INTEGER; of TIME the local seconds since 1970 as written */
    double number;
    gboolean clock; /* of TIME: it has a time of day */
};

void plx_export_get(struct plx_export_view *view, const struct plx_export_column *column, guint32 i,
                    struct plx_export_value *value);
/* To be called once for each row, before its columns are asked for. */
struct plx_twin plx_export_twin(const struct plx_export_view *view, guint32 i);
void plx_export_row_begin(struct plx_export_view *view, guint32 i);

/* Does a row have an encounter that has to be written? Else respondent and time make it, or it is
 * alone. */
gboolean plx_export_is_named(const struct plx_batch *batch, enum plx_row_keys keys, guint32 i);

static inline guint32 plx_export_code(const struct plx_batch *batch, guint dim, guint32 i)
{
    return batch->dim[dim] ? batch->dim[dim][i] : batch->dim_constant[dim];
}

static inline const struct plx_subject *plx_export_subject(const struct plx_batch *batch, guint32 i)
{
    return &g_array_index(batch->dims->subjects, struct plx_subject,
                          plx_export_code(batch, PLX_DIM_SUBJECT, i));
}

/* "Z", "+02:00" or "" of a word of PLX_DIM_CLOCK. */
const char *plx_export_offset(const char *clock);
