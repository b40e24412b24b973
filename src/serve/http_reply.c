/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/http_private.h"

#include <string.h>
#include <time.h>

const char *plx_http_reason(guint status)
{
    static const struct {
        guint status;
        const char *reason;
    } all[] = {{200, "OK"},
               {201, "Created"},
               {202, "Accepted"},
               {204, "No Content"},
               {303, "See Other"},
               {304, "Not Modified"},
               {400, "Bad Request"},
               {401, "Unauthorized"},
               {403, "Forbidden"},
               {404, "Not Found"},
               {405, "Method Not Allowed"},
               {408, "Request Timeout"},
               {409, "Conflict"},
               {410, "Gone"},
               {411, "Length Required"},
               {413, "Content Too Large"},
               {414, "URI Too Long"},
               {415, "Unsupported Media Type"},
               {417, "Expectation Failed"},
               {422, "Unprocessable Content"},
               {429, "Too Many Requests"},
               {431, "Request Header Fields Too Large"},
               {499, "Client Closed Request"}, /* as nginx has it; nobody reads it */
               {500, "Internal Server Error"},
               {501, "Not Implemented"},
               {502, "Bad Gateway"},
               {503, "Service Unavailable"},
               {505, "HTTP Version Not Supported"}};
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        if (all[i].status == status)
            return all[i].reason;
    return "Unknown";
}

#define STRICT "Strict-Transport-Security: max-age=31536000\r\n"

/* Of this second; the text is made once a second. */
static const char *date(plx_http *http)
{
    const gint64 second = g_get_real_time() / G_USEC_PER_SEC;
    if (second != http->date_second) {
        static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        const time_t t = (time_t)second;
        struct tm tm;
        gmtime_r(&t, &tm);
        g_snprintf(http->date, sizeof http->date, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                   days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour,
                   tm.tm_min, tm.tm_sec);
        http->date_second = second;
    }
    return http->date;
}

GByteArray *plx_http_reply_head(plx_http *http, guint status, const char *fields, gsize length,
                                gboolean has_body, gboolean close)
{
    char line[256];
    GByteArray *head = g_byte_array_sized_new(512);
    gint n = g_snprintf(line, sizeof line,
                        "HTTP/1.1 %u %s\r\nDate: %s\r\nX-Content-Type-Options: nosniff\r\n", status,
                        plx_http_reason(status), date(http));
    g_byte_array_append(head, (const guint8 *)line, (guint)n);
    if (has_body) {
        n = g_snprintf(line, sizeof line, "Content-Length: %" G_GSIZE_FORMAT "\r\n", length);
        g_byte_array_append(head, (const guint8 *)line, (guint)n);
    }
    if (http->options.tls) /* whoever came this way once comes no other way for a year */
        g_byte_array_append(head, (const guint8 *)STRICT, (guint)strlen(STRICT));
    if (fields)
        g_byte_array_append(head, (const guint8 *)fields, (guint)strlen(fields));
    const char *const end = close ? "Connection: close\r\n\r\n" : "\r\n";
    g_byte_array_append(head, (const guint8 *)end, (guint)strlen(end));
    return head;
}
