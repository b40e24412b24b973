/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An ID token and, behind the first line end, a set of keys. Nothing is ever taken: nobody signs
 * with a key of 2048 bits by chance. */

#include "serve/oidc_token.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct plx_oidc_expected expected = {"https://id.example", "c", "n", 1795685400};
    g_autofree char *token = g_strndup((const char *)data, size);
    char *const line_end = strchr(token, '\n');
    struct plx_oidc_person person = {0};
    if (sodium_init() < 0)
        abort();
    if (line_end)
        *line_end = '\0';
    if (plx_oidc_token_verify(token, line_end ? line_end + 1 : "{\"keys\": []}", &expected, &person,
                              NULL))
        abort();
    return 0;
}
