/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Margins of any bytes. The first byte chooses which keys are allowed. An error or margins, never
 * both; each sums to 1, its values are rising and found again. */

#include "voice/margins.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static void check(const plx_margins *margins)
{
    g_assert(plx_margins_count(margins) > 0);
    for (guint i = 0; i < plx_margins_count(margins); i++) {
        const struct plx_margin *m = plx_margins_get(margins, i);
        double sum = 0;
        g_assert(m->n > 0 && m->key[0] != '\0' && m->line > 1);
        for (guint j = 0; j < m->n; j++) {
            sum += m->share[j];
            g_assert(j == 0 || strcmp(m->value[j - 1], m->value[j]) < 0);
            g_assert(plx_margin_find(m, m->value[j]) == (gint)j);
            g_assert(m->line_of[j] >= m->line);
        }
        g_assert(fabs(sum - 1) < 1e-6);
        g_assert(i == 0 || strcmp(plx_margins_get(margins, i - 1)->key, m->key) < 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_margins) margins =
        plx_margins_parse((const char *)data + 1, size - 1, "fuzz.csv",
                          data[0] & 1 ? PLX_MARGINS_ANY : PLX_MARGINS_DIMENSIONS, &error);
    g_assert((margins == NULL) == (error != NULL));
    if (margins)
        check(margins);
    return 0;
}
