/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/row.h"

#include <string.h>

static const char *const text_names[PLX_ROW_TEXTS] = {
    "audience", "encounter", "respondent",   "time",     "journey", "point",      "task",
    "promise",  "place",     "channel",      "language", "source",  "group_size", "workshop",
    "table",    "asked_p",   "segment.tier", "surprise", "prompt",  "note",
};

static const char *const number_names[PLX_ROW_NUMBERS] = {
    "seen",      "hesitation", "level", "believed", "effort", "feeling", "importance",
    "predicted", "done",       "known", "kept",     "card",   "overall", "recommend",
};

struct plx_row plx_row_new(void)
{
    struct plx_row row = {0};
    for (guint i = 0; i < PLX_ROW_NUMBERS; i++)
        row.number[i] = PLX_ROW_EMPTY;
    return row;
}

struct plx_row plx_row_next(const struct plx_row *row)
{
    static const enum plx_row_text kept[] = {
        PLX_ROW_AUDIENCE, PLX_ROW_ENCOUNTER, PLX_ROW_RESPONDENT, PLX_ROW_TIME,
        PLX_ROW_PLACE,    PLX_ROW_CHANNEL,   PLX_ROW_LANGUAGE,   PLX_ROW_SOURCE,
        PLX_ROW_TIER,     PLX_ROW_WORKSHOP,  PLX_ROW_TABLE,      PLX_ROW_GROUP_SIZE,
    };
    struct plx_row next = plx_row_new();
    for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
        next.text[kept[i]] = row->text[kept[i]];
    return next;
}

static void append_text(GString *csv, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        g_string_append(csv, text);
        return;
    }
    g_string_append_c(csv, '"');
    for (; *text; text++) {
        if (*text == '"')
            g_string_append_c(csv, '"');
        g_string_append_c(csv, *text);
    }
    g_string_append_c(csv, '"');
}

static void append_number(GString *csv, int number)
{
    if (number == PLX_ROW_NA)
        g_string_append(csv, "na");
    else if (number == PLX_ROW_DECLINED)
        g_string_append(csv, "declined");
    else if (number != PLX_ROW_EMPTY)
        g_string_append_printf(csv, "%d", number);
}

void plx_row_write_header(GString *csv)
{
    /* Texts first, then numbers, then the words: what people look for stands where they look. */
    for (guint i = 0; i < PLX_ROW_PROMPT; i++)
        g_string_append_printf(csv, "%s,", text_names[i]);
    for (guint i = 0; i < PLX_ROW_NUMBERS; i++)
        g_string_append_printf(csv, "%s,", number_names[i]);
    g_string_append_printf(csv, "%s,%s\n", text_names[PLX_ROW_PROMPT], text_names[PLX_ROW_NOTE]);
}

void plx_row_write(const struct plx_row *row, GString *csv)
{
    for (guint i = 0; i < PLX_ROW_PROMPT; i++) {
        if (row->text[i])
            append_text(csv, row->text[i]);
        g_string_append_c(csv, ',');
    }
    for (guint i = 0; i < PLX_ROW_NUMBERS; i++) {
        append_number(csv, row->number[i]);
        g_string_append_c(csv, ',');
    }
    if (row->text[PLX_ROW_PROMPT])
        append_text(csv, row->text[PLX_ROW_PROMPT]);
    g_string_append_c(csv, ',');
    if (row->text[PLX_ROW_NOTE])
        append_text(csv, row->text[PLX_ROW_NOTE]);
    g_string_append_c(csv, '\n');
}
