/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/metrics.h"

#include <stdatomic.h>
#include <string.h>

typedef _Atomic guint64 counter;

enum { CLASSES = 4 }; /* of status: 2xx ... 5xx */

/* Upper bounds in microseconds; +Inf follows. */
static const guint bounds[] = {500,   1000,   2500,   5000,    10000,   25000,
                               50000, 100000, 250000, 1000000, 2500000, 10000000};
enum { BUCKETS = G_N_ELEMENTS(bounds) + 1 };

struct histogram {
    counter bucket[BUCKETS];
    counter sum; /* microseconds */
};

struct plx_metrics {
    const char *const *patterns;
    guint n;
    counter *requests; /* (n + 1) x CLASSES */
    struct histogram latency, commit;
    counter bytes, commits, failed, committed, answers;
    counter refused[PLX_REFUSALS];
};

plx_metrics *plx_metrics_new(const char *const *patterns, guint n)
{
    plx_metrics *metrics = g_new0(plx_metrics, 1);
    metrics->patterns = patterns;
    metrics->n = n;
    metrics->requests = g_new0(counter, ((gsize)n + 1) * CLASSES);
    return metrics;
}

void plx_metrics_free(plx_metrics *metrics)
{
    if (!metrics)
        return;
    g_free(metrics->requests);
    g_free(metrics);
}

static void add(counter *to, guint64 n)
{
    atomic_fetch_add_explicit(to, n, memory_order_relaxed);
}

static guint64 get(const counter *from)
{
    return atomic_load_explicit(from, memory_order_relaxed);
}

static void observe(struct histogram *histogram, gint64 microseconds)
{
    const guint64 us = (guint64)MAX(microseconds, 0);
    guint i = 0;
    while (i < G_N_ELEMENTS(bounds) && us > bounds[i])
        i++;
    add(&histogram->bucket[i], 1);
    add(&histogram->sum, us);
}

void plx_metrics_request(plx_metrics *metrics, guint route, guint status, gint64 microseconds,
                         guint64 bytes)
{
    const guint class = CLAMP(status / 100, 2, 5) - 2;
    add(&metrics->requests[(gsize)MIN(route, metrics->n) * CLASSES + class], 1);
    add(&metrics->bytes, bytes);
    observe(&metrics->latency, microseconds);
}

void plx_metrics_commit(plx_metrics *metrics, guint requests, gint64 microseconds, gboolean done)
{
    add(done ? &metrics->commits : &metrics->failed, 1);
    add(&metrics->committed, done ? requests : 0);
    observe(&metrics->commit, microseconds);
}

void plx_metrics_answers(plx_metrics *metrics, guint n)
{
    add(&metrics->answers, n);
}

void plx_metrics_refused(plx_metrics *metrics, enum plx_refusal reason)
{
    add(&metrics->refused[reason], 1);
}

enum plx_refusal plx_metrics_refusal(guint status, const char *why)
{
    switch (status) {
    case 0:
        return PLX_REFUSED_TLS;
    case 408:
        return PLX_REFUSED_SLOW;
    case 429:
        return PLX_REFUSED_RATE;
    case 503:
        return PLX_REFUSED_CONNECTIONS;
    case 413:
        return PLX_REFUSED_BODY;
    default:
        return g_str_has_prefix(why, "the body") ? PLX_REFUSED_BODY : PLX_REFUSED_HEAD;
    }
}

/* Text ---------------------------------------------------------------------------------------- */

static void head(GString *out, const char *name, const char *type, const char *help)
{
    g_string_append_printf(out, "# HELP parallax_%s %s\n# TYPE parallax_%s %s\n", name, help, name,
                           type);
}

static void append_one(GString *out, const char *name, const char *type, const char *help,
                       guint64 value)
{
    head(out, name, type, help);
    g_string_append_printf(out, "parallax_%s %" G_GUINT64_FORMAT "\n", name, value);
}

/* Seconds without a locale: whole ones and six digits. */
static void append_seconds(GString *out, guint64 us)
{
    g_string_append_printf(out, "%" G_GUINT64_FORMAT ".%06u", us / 1000000, (guint)(us % 1000000));
}

static void append_histogram(GString *out, const char *name, const char *help,
                             const struct histogram *histogram)
{
    guint64 n = 0;
    head(out, name, "histogram", help);
    for (guint i = 0; i < BUCKETS; i++) {
        n += get(&histogram->bucket[i]);
        g_string_append_printf(out, "parallax_%s_bucket{le=\"", name);
        if (i < G_N_ELEMENTS(bounds))
            append_seconds(out, bounds[i]);
        else
            g_string_append(out, "+Inf");
        g_string_append_printf(out, "\"} %" G_GUINT64_FORMAT "\n", n);
    }
    g_string_append_printf(out, "parallax_%s_sum ", name);
    append_seconds(out, get(&histogram->sum));
    g_string_append_printf(out, "\nparallax_%s_count %" G_GUINT64_FORMAT "\n", name, n);
}

/* Only what has happened: routes are many. */
static void append_requests(const plx_metrics *metrics, GString *out)
{
    head(out, "requests_total", "counter", "Replies, by route and class of status.");
    for (guint i = 0; i <= metrics->n; i++)
        for (guint class = 0; class < CLASSES; class ++) {
            const guint64 n = get(&metrics->requests[(gsize)i * CLASSES + class]);
            if (n > 0)
                g_string_append_printf(
                    out,
                    "parallax_requests_total{route=\"%s\",status=\"%uxx\"} %" G_GUINT64_FORMAT "\n",
                    i < metrics->n ? metrics->patterns[i] : "", class + 2, n);
        }
}

static void append_refused(const plx_metrics *metrics, GString *out)
{
    static const char *const reasons[PLX_REFUSALS] = {"head",        "body", "slow", "tls",
                                                      "connections", "rate", "busy", "permission"};
    head(out, "refused_total", "counter", "Requests and connections that were refused, by reason.");
    for (guint i = 0; i < PLX_REFUSALS; i++)
        g_string_append_printf(out, "parallax_refused_total{reason=\"%s\"} %" G_GUINT64_FORMAT "\n",
                               reasons[i], get(&metrics->refused[i]));
}

void plx_metrics_text(plx_metrics *metrics, const struct plx_metrics_now *now, GString *out)
{
    append_requests(metrics, out);
    append_histogram(out, "request_seconds", "From the head of a request to its reply.",
                     &metrics->latency);
    append_one(out, "reply_bytes_total", "counter", "Bytes of the bodies of replies.",
               get(&metrics->bytes));
    append_refused(metrics, out);
    append_one(out, "answers_total", "counter", "Answers that were stored.",
               get(&metrics->answers));
    append_one(out, "commits_total", "counter", "Transactions that are on disk.",
               get(&metrics->commits));
    append_one(out, "commits_failed_total", "counter", "Transactions that could not be written.",
               get(&metrics->failed));
    append_one(out, "committed_requests_total", "counter", "Requests in these transactions.",
               get(&metrics->committed));
    append_histogram(out, "commit_seconds", "From the first statement to the disk.",
                     &metrics->commit);
    append_one(out, "connections", "gauge", "Open now.", now->connections);
    append_one(out, "requests_pending", "gauge", "Without a reply now.", now->pending);
    append_one(out, "writer_waiting", "gauge", "Requests that wait for the writer now.",
               now->waiting);
    append_one(out, "log_dropped_total", "counter", "Lines of the log that could not be written.",
               now->dropped);
    append_one(out, "accept_rests_total", "counter",
               "Times that no connection was taken for a moment: no descriptor was left.",
               now->rests);
    append_one(out, "start_time_seconds", "gauge", "When the server began, since 1970.",
               (guint64)now->started);
}
