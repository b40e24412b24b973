/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was written, read back with ReadStat. */

#include "export/columns.h"
#include "export/sav_names.h"
#include "sample.h"

#include <readstat.h>
#include <string.h>

struct found {
    GString *text; /* what the handlers saw, a line each */
};

static int on_variable(int index, readstat_variable_t *variable, const char *labels, void *data)
{
    GString *const out = ((struct found *)data)->text;
    g_string_append_printf(
        out, "%s|%s|%s|%d|%zu|%d%s", readstat_variable_get_name(variable),
        readstat_variable_get_label(variable), readstat_variable_get_format(variable),
        (int)readstat_variable_get_measure(variable), readstat_variable_get_storage_width(variable),
        readstat_variable_get_missing_ranges_count(variable), labels ? "|labels" : "");
    g_string_append_c(out, '\n');
    (void)index;
    return READSTAT_HANDLER_OK;
}

static int on_label(const char *labels, readstat_value_t value, const char *label, void *data)
{
    g_string_append_printf(((struct found *)data)->text, "label %g %s\n",
                           readstat_double_value(value), label);
    (void)labels;
    return READSTAT_HANDLER_OK;
}

static int on_value(int row, readstat_variable_t *variable, readstat_value_t value, void *data)
{
    GString *const out = ((struct found *)data)->text;
    if (readstat_value_type(value) == READSTAT_TYPE_STRING) {
        const char *const text = readstat_string_value(value);
        if (text && *text)
            g_string_append_printf(out, "%d %s=%s\n", row, readstat_variable_get_name(variable),
                                   text);
    } else if (!readstat_value_is_system_missing(value)) {
        g_string_append_printf(out, "%d %s=%.12g%s\n", row, readstat_variable_get_name(variable),
                               readstat_double_value(value),
                               readstat_value_is_defined_missing(value, variable) ? " missing"
                                                                                  : "");
    }
    return READSTAT_HANDLER_OK;
}

static char *read_back(const char *path)
{
    struct found found = {g_string_new(NULL)};
    readstat_parser_t *const parser = readstat_parser_init();
    readstat_set_variable_handler(parser, on_variable);
    readstat_set_value_label_handler(parser, on_label);
    readstat_set_value_handler(parser, on_value);
    g_assert_cmpint(readstat_parse_sav(parser, path, &found), ==, READSTAT_OK);
    readstat_parser_free(parser);
    return g_string_free(found.text, FALSE);
}

static void test_read_back(void)
{
    static const char *const lines[] = {
        "level|Level of service|F8.2|2|8|2|labels",
        "segment.B_key|segment.B-key|A1|1|8|0",
        "segment.b_key.2|segment.b key|A1|1|8|0",
        "time|time|DATETIME20|3|8|0",
        "label 6 Unbelievable",
        "label 998 Did not happen to me",
        "label 999 Declined",
        "0 level=6",
        "1 level=998 missing",
        "3 level=999 missing",
        "0 place=Linz, Süd",
        "0 utc_offset=+02:00",
        "0 time=12219379199",
        "6 time=13929840000",
        "2 weight=0.333",
        "2 done=1",
        "4 overall=5",
        "5 note=a \"b\",\nc",
    };
    struct sample sample;
    sample_init(&sample);
    g_autofree char *path = sample_export(&sample, "x.sav", 1, PLX_ROW_KEYS_PERSON, 0, NULL);
    g_autofree char *found = read_back(path);
    g_autofree char *framed = g_strconcat("\n", found, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *line = g_strconcat("\n", lines[i], "\n", NULL);
        if (!strstr(framed, line))
            g_error("not there: %s\nin:%s", lines[i], framed);
    }
    g_assert_null(strstr(framed, "\n2 level=")); /* not asked */
    sample_clear(&sample);
}

static void append(GArray *columns, const char *name)
{
    const struct plx_export_column column = {.name = (char *)(guintptr)name};
    g_array_append_val(columns, column);
}

static void test_names(void)
{
    static const char *const names[][2] = {
        {"level", "level"},
        {"LEVEL", "LEVEL.2"},
        {"by", "vby"},
        {"With", "vWith"},
        {"segment.Größe (m²)", "segment.Gr__e__m"},
        {"2nd", "v2nd"},
        {"waiting-time", "waiting_time"},
        {"segment.an extraordinarily long key of a segment that somebody wrote",
         "segment.an_extraordinarily_long_key_of_a_segment_that_so"},
        {"segment.an extraordinarily long key of a segment that somebody else wrote",
         "segment.an_extraordinarily_long_key_of_a_segment_that_so.2"},
    };
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(struct plx_export_column));
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        append(columns, names[i][0]);
    g_auto(GStrv) found = plx_sav_names(columns);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_cmpstr(found[i], ==, names[i][1]);
}

/* Longer than SPSS holds: cut between characters, and counted. */
static void test_long_note(void)
{
    struct sample sample;
    struct plx_export_outcome outcome;
    sample_init(&sample);
    GString *const text = g_string_new("x");
    while (text->len < 40000)
        g_string_append(text, "ä");
    struct plx_span notes[SAMPLE_ROWS] = {{text->str, (guint32)text->len}};
    for (guint i = 1; i < SAMPLE_ROWS; i++)
        notes[i] = (struct plx_span){"", 0};
    sample.batch.note = notes;
    g_autofree char *path = sample_export(&sample, "x.sav", 1, PLX_ROW_KEYS_PERSON, 0, &outcome);
    g_assert_cmpuint(outcome.shortened, ==, 1);
    g_autofree char *found = read_back(path);
    const char *const note = strstr(found, "0 note=") + strlen("0 note=");
    g_assert_cmpuint(strcspn(note, "\n"), ==, 32763);
    g_assert_true(strncmp(note, text->str, 32763) == 0);
    g_free(sample_export(&sample, "x.xlsx", 1, PLX_ROW_KEYS_PERSON, 0, &outcome));
    g_assert_cmpuint(outcome.shortened, ==, 0); /* 20,000 characters */
    g_string_free(text, TRUE);
    sample_clear(&sample);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sav/read-back", test_read_back);
    g_test_add_func("/sav/names", test_names);
    g_test_add_func("/sav/long-note", test_long_note);
    return g_test_run();
}
