/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bodies of POST /api/encounters: whatever comes, either an error or rows that the map has a place
 * for. The first byte says whether it is NDJSON. */

#include "map/template.h"
#include "serve/api_encounter.h"

#include <stdint.h>

static gboolean take(const struct plx_occasion *occasion, const struct plx_builder_row *rows,
                     guint n, gpointer data, GError **error)
{
    return plx_builder_add(data, occasion, rows, n, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static plx_map *map; /* made once: a fuzzer's time is for the body */
    if (!map)
        map = plx_template_load("hotel-stay", NULL);
    g_autoptr(GError) error = NULL;
    guint observations = 0;
    if (size == 0)
        return 0;
    g_autoptr(plx_api_body) body =
        plx_api_body_read((const char *)data + 1, size - 1, data[0] == 'n', &error);
    if (!body) {
        g_assert_nonnull(error);
        return 0;
    }
    g_autoptr(plx_builder) builder = plx_builder_new(map);
    const struct plx_api_reading how = {map, 1, G_GINT64_CONSTANT(1764150000)};
    const gboolean ok = plx_api_body_each(body, &how, take, builder, &observations, &error);
    g_assert_true(ok == (error == NULL));
    if (ok)
        g_assert_cmpuint(plx_builder_rows(builder), ==, observations);
    return 0;
}
