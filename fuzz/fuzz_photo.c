/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures, any bytes: one is made anew, within its limits and without traces, or an error says why
 * not. Larger ones are looked at only: decoding is the library's, and slow. */

#include "serve/photo.h"

#include <stdint.h>
#include <stdlib.h>

#define PIXELS_MAX 250000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct plx_photo_head head, made_head;
    g_autoptr(GError) error = NULL;
    const gboolean looked = plx_photo_look(data, size, &head, &error);
    if (looked == (error != NULL))
        abort();
    if (!looked || (guint64)head.width * head.height > PIXELS_MAX)
        return 0;
    g_autoptr(GBytes) sent = g_bytes_new(data, size);
    g_autoptr(GBytes) made = plx_photo_make(sent, &error);
    if (!made != (error != NULL))
        abort();
    if (!made)
        return 0;
    gsize n;
    const guint8 *const bytes = g_bytes_get_data(made, &n);
    if (!plx_photo_look(bytes, n, &made_head, NULL) || made_head.kind != PLX_PHOTO_JPEG ||
        MAX(made_head.width, made_head.height) > PLX_PHOTO_EDGE_MAX)
        abort();
    return 0;
}
