/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doctor: is an installation as it should be? (docs/serving.md) */
#include "base/json.h"
#include "cli/cmd_step.h"
#include "cli/cmd_workspace.h"
#include "report/story.h"
#include "serve/doctor.h"

#include <string.h>

static void write_check(plx_json *json, gconstpointer entry)
{
    const struct plx_doctor_check *const check = entry;
    plx_json_string(json, "check", check->name);
    plx_json_string(json, "state", plx_doctor_state_name(check->state));
    plx_json_string(json, "what", check->what);
    if (check->todo)
        plx_json_string(json, "do", check->todo);
    else
        plx_json_null(json, "do");
}

static void append_json(GString *out, const char *path, const GPtrArray *checks)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.doctor/1");
    plx_json_string(json, "workspace", path);
    plx_json_string(json, "state", plx_doctor_state_name(plx_doctor_worst(checks)));
    plx_cmd_json_objects(json, "checks", checks, write_check);
    plx_json_end_object(json);
}

/* How all is in a table; what to do, which may be lines to type, in full below it. */
static void append_table(plx_app *app, const GPtrArray *checks)
{
    static const struct plx_story_column columns[] = {
        {"Check", PLX_STORY_TEXT}, {"State", PLX_STORY_TEXT}, {"What", PLX_STORY_WIDE}};
    const struct plx_table_options options = plx_cmd_step_form(app);
    g_autoptr(plx_story) story = plx_story_new("doctor", "Doctor");
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < checks->len; i++) {
        const struct plx_doctor_check *const check = checks->pdata[i];
        plx_story_cell(story, check->name);
        plx_story_cell(story, plx_doctor_state_name(check->state));
        plx_story_cell(story, check->what);
    }
    for (guint i = 0; i < checks->len; i++) {
        const struct plx_doctor_check *const check = checks->pdata[i];
        g_autofree char *text =
            check->state == PLX_DOCTOR_OK
                ? NULL
                : g_strdup_printf("%s%s%s.", check->what, check->todo ? ". To do: " : "",
                                  check->todo ? check->todo : "");
        if (text)
            plx_story_item(story, check->name, text);
    }
    plx_story_text(story, &options, plx_app_out(app));
}

static gboolean tell(plx_app *app, const plx_invocation *invocation, const GPtrArray *checks,
                     GError **error)
{
    guint bad = 0;
    const char *const path = plx_invocation_argument(invocation, 0);
    if (plx_cmd_is_json(invocation))
        append_json(plx_app_out(app), path, checks);
    else
        append_table(app, checks);
    for (guint i = 0; i < checks->len; i++)
        bad += ((const struct plx_doctor_check *)checks->pdata[i])->state == PLX_DOCTOR_BAD;
    /* What was found is told in any case. */
    if (!plx_app_flush(app, NULL, error))
        return FALSE;
    return bad == 0 || plx_error(error, PLX_ERROR_INPUT, "%s: %u %s bad", path, bad,
                                 bad == 1 ? "check is" : "checks are");
}

/* curl would say of such a file only that nobody is trusted. */
static gboolean check_ca(const char *ca, const char *url, GError **error)
{
    g_autofree char *text = NULL;
    if (!url)
        return plx_error(error, PLX_ERROR_USAGE, "--ca goes with --url");
    return plx_cmd_read_text(ca, &text, error) &&
           (strstr(text, "-----BEGIN CERTIFICATE-----") ||
            plx_error(error, PLX_ERROR_INPUT,
                      "%s: no certificate is in it: expected PEM, with a line -----BEGIN "
                      "CERTIFICATE-----",
                      ca));
}

static gboolean run(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const url = plx_invocation_string(invocation, PLX_OPTION_URL);
    const char *const ca = plx_invocation_string(invocation, PLX_OPTION_CA);
    g_autoptr(GPtrArray) checks = plx_doctor_new();
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    gint32 day;
    if (!plx_cmd_day(invocation, &day, error))
        return FALSE;
    if (plx_invocation_has(invocation, PLX_OPTION_AT))
        now = (gint64)day * 86400;
    if (url && !g_str_has_prefix(url, "http://") && !g_str_has_prefix(url, "https://"))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--url \"%s\": expected an address like https://ask.example.org", url);
    if (ca && !check_ca(ca, url, error))
        return FALSE;
    if (!plx_doctor_workspace(checks, plx_invocation_argument(invocation, 0), now, error))
        return FALSE;
    if (url)
        plx_doctor_server(checks, url, ca);
    return tell(app, invocation, checks, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_URL, PLX_OPTION_CA, PLX_OPTION_AT,
                                             PLX_OPTION_END};
static const struct plx_option_help option_help[] = {
    {PLX_OPTION_AT, "Which tokens will have expired by this day (default: today, UTC)"},
    {0},
};
static const struct plx_example examples[] = {
    {"doctor shop.plx", "is the file safe, whole and looked after?"},
    {"doctor shop.plx --url https://ask.example.org", "the server that runs, too"},
    {"doctor shop.plx --url https://ask.example.org --ca house-ca.pem",
     "whose certificate is of an authority of one's own"},
    {0},
};

const struct plx_command plx_commands_doctor[] = {
    {.name = "doctor",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "See whether an installation is as it should be",
     .details = "Who may read the file, room on the disk, damage, the audit log, administrators, "
                "tokens that expired, anonymous answers that wait, webhooks that were given up; "
                "with --url the server that runs: whether it answers, encryption, headers, and "
                "who gets its counts. Each check is ok, a warning or bad, and says what to do. "
                "Nothing is changed.\n\n"
                "Exit status 2 when something is bad.",
     .options = options,
     .option_help = option_help,
     .formats = "table json",
     .examples = examples,
     .run = run},
    {0},
};
