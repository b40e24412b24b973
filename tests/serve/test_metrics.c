/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/metrics.h"

#include <string.h>

static const char *const patterns[] = {"/healthz", "/f/{link:token}"};

static char *text(plx_metrics *metrics)
{
    const struct plx_metrics_now now = {.connections = 3,
                                        .pending = 2,
                                        .waiting = 1,
                                        .dropped = 7,
                                        .rests = 5,
                                        .started = 1795702740};
    GString *out = g_string_new(NULL);
    plx_metrics_text(metrics, &now, out);
    return g_string_free(out, FALSE);
}

static void has(const char *all, const char *line)
{
    g_autofree char *whole = g_strdup_printf("\n%s\n", line);
    if (!strstr(all, whole))
        g_error("no line \"%s\" in:\n%s", line, all);
}

static void test_text(void)
{
    g_autoptr(plx_metrics) metrics = plx_metrics_new(patterns, 2);
    plx_metrics_request(metrics, 0, 200, 300, 3);
    plx_metrics_request(metrics, 1, 200, 500, 1000);
    plx_metrics_request(metrics, 1, 303, 501, 0);
    plx_metrics_request(metrics, 1, 503, 20000000, 20);
    plx_metrics_request(metrics, 2, 404, 900, 20);
    plx_metrics_commit(metrics, 64, 4000, TRUE);
    plx_metrics_commit(metrics, 3, 100, FALSE);
    plx_metrics_answers(metrics, 120);
    plx_metrics_refused(metrics, PLX_REFUSED_RATE);
    g_autofree char *all = text(metrics);
    has(all, "parallax_requests_total{route=\"/healthz\",status=\"2xx\"} 1");
    has(all, "parallax_requests_total{route=\"/f/{link:token}\",status=\"2xx\"} 1");
    has(all, "parallax_requests_total{route=\"/f/{link:token}\",status=\"3xx\"} 1");
    has(all, "parallax_requests_total{route=\"/f/{link:token}\",status=\"5xx\"} 1");
    has(all, "parallax_requests_total{route=\"\",status=\"4xx\"} 1");
    has(all, "# TYPE parallax_request_seconds histogram");
    has(all, "parallax_request_seconds_bucket{le=\"0.000500\"} 2");
    has(all, "parallax_request_seconds_bucket{le=\"0.001000\"} 4");
    has(all, "parallax_request_seconds_bucket{le=\"10.000000\"} 4");
    has(all, "parallax_request_seconds_bucket{le=\"+Inf\"} 5");
    has(all, "parallax_request_seconds_sum 20.002201");
    has(all, "parallax_request_seconds_count 5");
    has(all, "parallax_reply_bytes_total 1043");
    has(all, "parallax_refused_total{reason=\"rate\"} 1");
    has(all, "parallax_refused_total{reason=\"head\"} 0");
    has(all, "parallax_answers_total 120");
    has(all, "parallax_commits_total 1");
    has(all, "parallax_commits_failed_total 1");
    has(all, "parallax_committed_requests_total 64");
    has(all, "parallax_commit_seconds_count 2");
    has(all, "parallax_connections 3");
    has(all, "parallax_requests_pending 2");
    has(all, "parallax_writer_waiting 1");
    has(all, "parallax_log_dropped_total 7");
    has(all, "parallax_accept_rests_total 5");
    has(all, "parallax_start_time_seconds 1795702740");
}

/* Each line is a comment or NAME{LABELS} NUMBER, and each name has its help and type before it. */
static void test_form(void)
{
    g_autoptr(plx_metrics) metrics = plx_metrics_new(patterns, 2);
    g_autoptr(GRegex) sample = g_regex_new("^parallax_[a-z_]+(\\{[a-z]+=\"[^\"\\\\]*\"(,[a-z]+=\"[^"
                                           "\"\\\\]*\")*\\})? [0-9]+(\\.[0-9]+)?$",
                                           0, 0, NULL);
    plx_metrics_request(metrics, 1, 200, 1, 1);
    g_autofree char *all = text(metrics);
    g_assert_true(g_str_has_suffix(all, "\n"));
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    guint samples = 0;
    for (guint i = 0; lines[i] && lines[i + 1]; i++) {
        if (g_str_has_prefix(lines[i], "# HELP ")) {
            g_assert_true(g_str_has_prefix(lines[i + 1], "# TYPE "));
        } else if (!g_str_has_prefix(lines[i], "# TYPE ")) {
            g_assert_true(g_regex_match(sample, lines[i], 0, NULL));
            samples++;
        }
    }
    g_assert_cmpuint(samples, >, 40);
}

static void test_refusals(void)
{
    g_assert_cmpint(plx_metrics_refusal(0, "the TLS handshake failed"), ==, PLX_REFUSED_TLS);
    g_assert_cmpint(plx_metrics_refusal(400, "there are two Host"), ==, PLX_REFUSED_HEAD);
    g_assert_cmpint(plx_metrics_refusal(400, "the body is not framed"), ==, PLX_REFUSED_BODY);
    g_assert_cmpint(plx_metrics_refusal(413, "the body is too long"), ==, PLX_REFUSED_BODY);
    g_assert_cmpint(plx_metrics_refusal(408, "the head took too long"), ==, PLX_REFUSED_SLOW);
    g_assert_cmpint(plx_metrics_refusal(429, "not admitted"), ==, PLX_REFUSED_RATE);
    g_assert_cmpint(plx_metrics_refusal(503, "too many connections"), ==, PLX_REFUSED_CONNECTIONS);
}

static gpointer count(gpointer metrics)
{
    for (guint i = 0; i < 100000; i++)
        plx_metrics_request(metrics, 1, 200, 1, 1);
    return NULL;
}

static void test_threads(void)
{
    g_autoptr(plx_metrics) metrics = plx_metrics_new(patterns, 2);
    GThread *const other = g_thread_new("count", count, metrics);
    count(metrics);
    g_thread_join(other);
    g_autofree char *all = text(metrics);
    has(all, "parallax_requests_total{route=\"/f/{link:token}\",status=\"2xx\"} 200000");
    has(all, "parallax_request_seconds_count 200000");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/metrics/text", test_text);
    g_test_add_func("/metrics/form", test_form);
    g_test_add_func("/metrics/refusals", test_refusals);
    g_test_add_func("/metrics/threads", test_threads);
    return g_test_run();
}
