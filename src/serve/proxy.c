/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/proxy.h"

#include <string.h>

/* "192.0.2.1", and as some write it "192.0.2.1:4711" and "[2001:db8::1]:4711". */
static gboolean parse_hop(const char *text, gsize length, struct plx_address *address)
{
    char copy[64];
    while (length > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        length--;
    }
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    if (length >= sizeof copy)
        return FALSE;
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *const end = copy[0] == '[' ? strchr(copy, ']') : NULL;
    if (end) {
        *end = '\0';
        return plx_address_parse(copy + 1, address);
    }
    char *const colon = strchr(copy, ':');
    if (colon && !strchr(colon + 1, ':'))
        *colon = '\0';
    return plx_address_parse(copy, address);
}

/* From the end of a list to its beginning. FALSE: the client was found, or what is no address: what
 * stands before either is of no use. */
static gboolean follow(const plx_ranges *trusted, struct plx_http_slice list,
                       struct plx_address *client)
{
    guint end = list.length;
    for (;;) {
        guint from = end;
        while (from > 0 && list.at[from - 1] != ',')
            from--;
        if (!parse_hop(list.at + from, end - from, client) || !plx_ranges_have(trusted, client))
            return FALSE;
        if (from == 0)
            return TRUE;
        end = from - 1;
    }
}

gboolean plx_proxy_client(const plx_ranges *trusted, const char *peer,
                          const struct plx_http_head *head, struct plx_client *client)
{
    struct plx_client found = {.https = FALSE};
    if (!plx_address_parse(peer, &found.address))
        return FALSE;
    if (trusted && plx_ranges_have(trusted, &found.address)) {
        const struct plx_http_slice proto = plx_http_head_value(head, "x-forwarded-proto");
        found.https = plx_http_slice_is_nocase(proto, "https");
        gboolean more = TRUE;
        for (guint i = head->n_fields; i > 0 && more; i--)
            if (plx_http_slice_is_nocase(head->fields[i - 1].name, "x-forwarded-for"))
                more = follow(trusted, head->fields[i - 1].value, &found.address);
    }
    *client = found;
    return TRUE;
}
