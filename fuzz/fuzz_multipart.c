/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A form with files from any bytes: the first line is its type, the rest its body. An error or
 * parts, in order and without overlap, whose texts are UTF-8. */

#include "serve/multipart.h"

#include <stdint.h>
#include <string.h>

static void check_part(const struct plx_part *part, const uint8_t **from, const uint8_t *end)
{
    g_assert(part->name && *part->name && g_utf8_validate(part->name, -1, NULL));
    g_assert(!part->filename || g_utf8_validate(part->filename, -1, NULL));
    g_assert(!part->filename == (part->text != NULL));
    if (part->text) {
        g_assert(part->length == strlen(part->text) && g_utf8_validate(part->text, -1, NULL));
        return;
    }
    g_assert(part->bytes >= *from && part->bytes + part->length <= end);
    *from = part->bytes + part->length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *why = NULL;
    const uint8_t *const line = memchr(data, '\n', size);
    if (!line)
        return 0;
    const struct plx_http_slice type = {(const char *)data, (guint)(line - data)};
    const uint8_t *from = line + 1, *const end = data + size;
    g_autoptr(plx_multipart) form = plx_multipart_parse(type, from, (gsize)(end - from), &why);
    g_assert(!form == (why != NULL));
    for (guint i = 0; form && i < plx_multipart_n(form); i++)
        check_part(plx_multipart_at(form, i), &from, end);
    return 0;
}
