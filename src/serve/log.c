/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/log.h"

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of lines that wait for the disk; and how long they gather before they are written. */
enum { WAITING_MAX = 4 << 20, GATHER_US = 50000 };
/* How long a pipe is waited for before the end is looked for, and how often after it. */
enum { WAIT_MS = 100, LAST_WAITS = 10 };

struct plx_log {
    char *path;
    GMutex lock; /* of all below */
    GCond more;
    GString *waiting;
    guint64 dropped;
    gboolean ending;
    int fd; /* the same number from the start to the end: what is opened anew takes its place */
    gboolean torn; /* of the thread: the last line is there by half */
    GThread *thread;
};

static int open_file(const char *path, GError **error)
{
    const int fd = path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640)
                        : fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        plx_error(error, PLX_ERROR_IO, "cannot write to the log %s: %s",
                  path ? path : "(standard error)", g_strerror(errno));
    return fd;
}

/* A pipe whose reader sleeps keeps only the log waiting, and the end of it for a moment. */
static gboolean wait_for_room(plx_log *log)
{
    struct pollfd room = {.fd = log->fd, .events = POLLOUT};
    for (guint patience = LAST_WAITS; patience > 0;) {
        const int n = poll(&room, 1, WAIT_MS);
        if (n > 0 || (n < 0 && errno != EINTR))
            return n > 0;
        g_mutex_lock(&log->lock);
        patience -= log->ending ? 1 : 0;
        g_mutex_unlock(&log->lock);
    }
    return FALSE;
}

/* Of text[at...): whole lines, where a pipe takes them at once or a file takes all; the rest of
 * one otherwise. */
static gsize portion(const GString *text, gsize at, gboolean is_file)
{
    const gsize left = text->len - at;
    if (is_file || left <= PIPE_BUF)
        return left;
    const char *const from = text->str + at;
    const char *const end = memrchr(from, '\n', PIPE_BUF);
    return end ? (gsize)(end - from) + 1 : PIPE_BUF;
}

/* Up to where the text was written. */
static gsize write_some(plx_log *log, const GString *text)
{
    struct stat is;
    const gboolean is_file = fstat(log->fd, &is) == 0 && S_ISREG(is.st_mode);
    gsize at = 0;
    while (at < text->len && (is_file || wait_for_room(log))) {
        const gssize n = write(log->fd, text->str + at, portion(text, at, is_file));
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            break;
        at += (gsize)MAX(n, 0);
    }
    return at;
}

/* Lines that were not, or not wholly. What comes after half a line begins a new one. */
static guint write_lines(plx_log *log, GString *text)
{
    guint lost = 0;
    if (log->torn)
        g_string_prepend_c(text, '\n');
    const gsize at = write_some(log, text);
    if (at > 0)
        log->torn = text->str[at - 1] != '\n';
    for (gsize i = at; i < text->len; i++)
        lost += text->str[i] == '\n';
    return lost;
}

/* One write for many lines; the end is not waited for. */
static void gather(plx_log *log)
{
    const gint64 until = g_get_monotonic_time() + GATHER_US;
    while (!log->ending && g_cond_wait_until(&log->more, &log->lock, until))
        ;
}

static gpointer run(gpointer data)
{
    plx_log *const log = data;
    g_autoptr(GString) taken = g_string_new(NULL);
    g_mutex_lock(&log->lock);
    while (log->waiting->len > 0 || !log->ending) {
        if (log->waiting->len == 0) {
            g_cond_wait(&log->more, &log->lock);
            gather(log);
            continue;
        }
        GString *const swapped = log->waiting;
        log->waiting = taken;
        taken = swapped;
        g_mutex_unlock(&log->lock);
        const guint lost = write_lines(log, taken);
        g_string_truncate(taken, 0);
        g_mutex_lock(&log->lock);
        log->dropped += lost;
    }
    g_mutex_unlock(&log->lock);
    return NULL;
}

plx_log *plx_log_new(const char *path, GError **error)
{
    const int fd = open_file(path, error);
    if (fd < 0)
        return NULL;
    plx_log *log = g_new0(plx_log, 1);
    log->fd = fd;
    log->path = g_strdup(path);
    log->waiting = g_string_new(NULL);
    g_mutex_init(&log->lock);
    g_cond_init(&log->more);
    log->thread = g_thread_new("log", run, log);
    return log;
}

void plx_log_free(plx_log *log)
{
    if (!log)
        return;
    g_mutex_lock(&log->lock);
    log->ending = TRUE;
    g_cond_signal(&log->more);
    g_mutex_unlock(&log->lock);
    g_thread_join(log->thread);
    close(log->fd);
    g_string_free(log->waiting, TRUE);
    g_mutex_clear(&log->lock);
    g_cond_clear(&log->more);
    g_free(log->path);
    g_free(log);
}

/* Lines --------------------------------------------------------------------------------------- */

static void append_number(GString *line, guint64 value)
{
    char digits[20];
    guint at = sizeof digits;
    do
        digits[--at] = (char)('0' + value % 10);
    while (value /= 10);
    g_string_append_len(line, digits + at, sizeof digits - at);
}

/* Two digits or three. */
static void append_padded(GString *line, guint value, char behind)
{
    if (behind == 'Z')
        g_string_append_c(line, (char)('0' + value / 100));
    g_string_append_c(line, (char)('0' + value / 10 % 10));
    g_string_append_c(line, (char)('0' + value % 10));
    g_string_append_c(line, behind);
}

static void begin_line(GString *line, gint64 time)
{
    char day[PLX_DATE_SIZE];
    const gint64 second = time / G_USEC_PER_SEC;
    const gint32 days = plx_date_of_seconds(second);
    const guint left = (guint)(second - (gint64)days * PLX_DAY_SECONDS);
    g_string_append(line, "{\"time\":\"");
    g_string_append(line, plx_date_format(days, day));
    g_string_append_c(line, 'T');
    append_padded(line, left / 3600, ':');
    append_padded(line, left / 60 % 60, ':');
    append_padded(line, left % 60, '.');
    append_padded(line, (guint)(time % G_USEC_PER_SEC / 1000), 'Z');
    g_string_append_c(line, '"');
}

static void append_text(GString *line, const char *name, const char *text)
{
    g_string_append(line, ",\"");
    g_string_append(line, name);
    g_string_append(line, "\":");
    if (text)
        plx_json_append_text(line, text, strlen(text));
    else
        g_string_append(line, "null");
}

static void add_line(plx_log *log, const GString *line)
{
    g_mutex_lock(&log->lock);
    const gboolean first = log->waiting->len == 0;
    const gboolean fits = log->waiting->len + line->len <= WAITING_MAX;
    if (fits)
        g_string_append_len(log->waiting, line->str, (gssize)line->len);
    else
        log->dropped++;
    if (first && fits)
        g_cond_signal(&log->more);
    g_mutex_unlock(&log->lock);
}

void plx_log_request(plx_log *log, const struct plx_log_entry *entry)
{
    g_autoptr(GString) line = g_string_sized_new(256);
    begin_line(line, entry->time);
    g_string_append_printf(line, ",\"request\":\"%" G_GINT64_MODIFIER "x\"", entry->request);
    append_text(line, "method", entry->method);
    append_text(line, "route", entry->pattern);
    g_string_append(line, ",\"status\":");
    append_number(line, entry->status);
    g_string_append(line, ",\"microseconds\":");
    append_number(line, (guint64)MAX(entry->microseconds, 0));
    g_string_append(line, ",\"bytes\":");
    append_number(line, entry->bytes);
    if (entry->why)
        append_text(line, "why", entry->why);
    g_string_append(line, "}\n");
    add_line(log, line);
}

void plx_log_event(plx_log *log, const char *level, const char *message)
{
    g_autoptr(GString) line = g_string_sized_new(256);
    begin_line(line, g_get_real_time());
    append_text(line, "level", level);
    append_text(line, "message", message);
    g_string_append(line, "}\n");
    add_line(log, line);
}

gboolean plx_log_reopen(plx_log *log, GError **error)
{
    const int fresh = open_file(log->path, error);
    if (fresh < 0)
        return FALSE;
    /* Whoever writes just now needs no descriptor of its own for it: there may be none left. */
    const gboolean taken = dup3(fresh, log->fd, O_CLOEXEC) >= 0;
    if (!taken)
        plx_error(error, PLX_ERROR_IO, "cannot write to the log anew: %s", g_strerror(errno));
    close(fresh);
    return taken;
}

guint64 plx_log_dropped(plx_log *log)
{
    g_mutex_lock(&log->lock);
    const guint64 dropped = log->dropped;
    g_mutex_unlock(&log->lock);
    return dropped;
}
