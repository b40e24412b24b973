/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports of visits, any bytes: one is read, in order of time and with values of the scales, or
 * something is wrong with it. */

#include "form/visit_report.h"
#include "map/map_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char shop[] =
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Buy\n    transactions:\n      - title: Come\n"
    "        points: [Door, Greeting, Till]\ntasks:\n  - {title: Greet, points: [greeting]}\n"
    "promises:\n  - {id: fast, words: Nobody waits, points: [till]}\n";

static void check_rows(const plx_visit_report *report, const plx_map *map)
{
    GPtrArray *texts = NULL;
    g_autoptr(plx_builder) builder = plx_builder_new(map);
    g_autoptr(GArray) rows = plx_visit_rows(report, 0, &texts);
    const struct plx_occasion occasion = {
        .audience = 2, .unit = 1, .encounter = 2, .seconds = report->time.seconds};
    if (rows->len < report->moments->len ||
        !plx_builder_add(builder, &occasion, (const struct plx_builder_row *)(gpointer)rows->data,
                         rows->len, NULL))
        abort();
    g_ptr_array_unref(texts);
}

static void check(const uint8_t *data, size_t size, const plx_map *map)
{
    GPtrArray *faults = NULL;
    g_autoptr(plx_visit_report) report =
        plx_visit_report_read((const char *)data, size, map, &faults);
    if (!report != (faults != NULL && faults->len > 0))
        abort();
    if (faults)
        g_ptr_array_unref(faults);
    for (guint i = 0; report && i < report->moments->len; i++) {
        const struct plx_visit_moment *const moment = report->moments->pdata[i];
        if ((moment->point < 0) != (moment->title != NULL) || moment->level > PLX_LEVELS ||
            (moment->level < 1 && moment->level > PLX_CELL_DECLINED))
            abort();
    }
    if (report && map)
        check_rows(report, map);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(plx_map) map = plx_map_read_memory(shop, strlen(shop), "map.yaml", NULL);
    check(data, size, map);
    check(data, size, NULL);
    return 0;
}
