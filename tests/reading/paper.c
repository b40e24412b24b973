/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper.h"

#include <string.h>

paper *paper_new(const char *yaml, const char *header)
{
    paper *p = g_new0(paper, 1);
    g_autoptr(GError) error = NULL;
    p->map = plx_map_read_memory(yaml, strlen(yaml), "map.yaml", &error);
    g_assert_no_error(error);
    p->csv = g_string_new(header);
    g_string_append_c(p->csv, '\n');
    return p;
}

void paper_free(paper *p)
{
    plx_source_free(p->source);
    plx_map_free(p->map);
    g_string_free(p->csv, TRUE);
    g_free(p);
}

void paper_add(paper *p, guint times, const char *line)
{
    const char *at = strstr(line, "%u");
    for (guint i = 0; i < times; i++) {
        if (at)
            g_string_append_printf(p->csv, "%.*s%" G_GSIZE_FORMAT "%s\n", (int)(at - line), line,
                                   p->csv->len, at + 2);
        else
            g_string_append_printf(p->csv, "%s\n", line);
    }
}

plx_source *paper_source(paper *p)
{
    static const struct plx_file_options plain = {0};
    g_autoptr(GError) error = NULL;
    plx_source_free(p->source);
    p->source =
        plx_file_source_new_memory(p->csv->str, p->csv->len, "answers.csv", p->map, &plain, &error);
    g_assert_no_error(error);
    return p->source;
}
