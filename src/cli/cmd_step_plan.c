/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step add, step amend: a plan, checked against the map and the answers there are; kept, or only
 * tried (docs/steps.md). */
#include "cli/cmd_step.h"

#include "store/steps.h"

/* What is looked at while a plan is made. */
struct desk {
    plx_app *app;
    const plx_invocation *invocation;
    gboolean dry_run;
    plx_store *store;
    GPtrArray *steps; /* as they are; then with the plan */
    gint64 last;
    plx_source *source;
    char **places; /* those that occur in the answers */
};

static gboolean desk_open(struct desk *desk, GError **error)
{
    desk->dry_run = plx_invocation_has(desk->invocation, PLX_OPTION_DRY_RUN);
    desk->store = plx_cmd_workspace_open(desk->app, desk->invocation,
                                         desk->dry_run ? PLX_STORE_READ : PLX_STORE_WRITE, error);
    desk->steps = desk->store ? plx_cmd_steps_read(desk->store, &desk->last, error) : NULL;
    if (!desk->steps)
        return FALSE;
    desk->source = plx_store_source(desk->store, plx_app_threads(desk->app));
    return plx_step_places_known(desk->source, &desk->places, error);
}

static void desk_close(struct desk *desk)
{
    g_strfreev(desk->places);
    plx_source_free(desk->source);
    if (desk->steps)
        g_ptr_array_unref(desk->steps);
    plx_store_free(desk->store);
}

static struct plx_step_ask asked(const plx_invocation *i)
{
    return (struct plx_step_ask){
        .from = plx_invocation_string(i, PLX_OPTION_STEP_FROM),
        .to = plx_invocation_string(i, PLX_OPTION_TO),
        .share = plx_invocation_string(i, PLX_OPTION_SHARE),
        .repair = plx_invocation_string(i, PLX_OPTION_STEP_REPAIR),
        .owner = plx_invocation_string(i, PLX_OPTION_OWNER),
        .note = plx_invocation_string(i, PLX_OPTION_NOTE),
        .start = plx_invocation_string(i, PLX_OPTION_STEP_START),
        .window = plx_invocation_string(i, PLX_OPTION_WINDOW),
        .margin = plx_invocation_string(i, PLX_OPTION_MARGIN),
        .places = plx_invocation_list(i, PLX_OPTION_PLACES),
        .compare = plx_invocation_list(i, PLX_OPTION_COMPARE),
        .untouched = plx_invocation_list(i, PLX_OPTION_UNTOUCHED),
        .looks = plx_invocation_list(i, PLX_OPTION_LOOKS),
    };
}

static void note_outlook(const struct desk *desk, const struct plx_step *step,
                         const struct plx_step_outlook *outlook)
{
    struct plx_step_remark remark;
    for (guint i = 0; plx_step_outlook_remark(outlook, step->plan, i, &remark); i++) {
        plx_app_note(desk->app, "%s", remark.words);
        g_free(remark.words);
    }
    if (desk->dry_run)
        plx_app_note(desk->app, "a dry run: nothing was written down");
}

/* The step as it is now, and what the answers say of its plan. It stays, whatever they say. */
static void show(const struct desk *desk, const struct plx_step *step)
{
    const plx_map *const map = plx_store_map(desk->store);
    const struct plx_table_options form = plx_cmd_step_form(desk->app);
    struct plx_step_outlook outlook;
    g_autoptr(GError) failure = NULL;
    const gboolean looked =
        plx_step_look_back(desk->source, step->plan, desk->steps, step->id, &outlook, &failure);
    const struct plx_step_beside beside = {looked ? &outlook : NULL,
                                           (const char *const *)desk->places};
    if (plx_cmd_is_json(desk->invocation))
        plx_step_planned_json(step, map, &beside, plx_app_out(desk->app));
    else
        plx_step_table(step, map, &form, plx_app_out(desk->app));
    if (looked)
        note_outlook(desk, step, &outlook);
    else
        plx_app_note(desk->app, "%s", failure->message);
}

/* Does it to the steps as they are, which tells whether it may be done, and keeps it. */
static gboolean keep(struct desk *desk, const struct plx_step_act *act, GError **error)
{
    return plx_step_apply(desk->steps, act->step, act->utc_seconds, act->author, act->act,
                          act->body, plx_store_path(desk->store), error) &&
           (desk->dry_run || plx_steps_add(desk->store, act, NULL, error));
}

/* A new plan (id 0), or that of step `id` amended. */
static gboolean plan(struct desk *desk, gint64 id, const struct plx_step_ask *ask, GError **error)
{
    const char *author;
    char what[] = "amend";
    struct plx_step_plan *made = NULL;
    if (!plx_cmd_author(desk->invocation, &author, error) || !desk_open(desk, error))
        return FALSE;
    const struct plx_step *const step = id > 0 ? plx_step_find(desk->steps, id, error) : NULL;
    if ((id > 0 && !step) ||
        !plx_step_plan_make(step ? step->plan : NULL, ask, plx_store_map(desk->store),
                            (const char *const *)desk->places, author, &made, error))
        return FALSE;
    g_autofree char *body = plx_step_plan_text(made);
    g_autofree char *who = g_strdup(author);
    plx_step_plan_free(made);
    if (id == 0)
        g_strlcpy(what, "add", sizeof what);
    const struct plx_step_act act = {desk->last, id,   g_get_real_time() / G_USEC_PER_SEC,
                                     who,        what, body};
    if (!keep(desk, &act, error))
        return FALSE;
    show(desk, step ? step : desk->steps->pdata[desk->steps->len - 1]);
    return TRUE;
}

gboolean plx_cmd_step_add(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct desk desk = {.app = app, .invocation = invocation};
    struct plx_step_ask ask = asked(invocation);
    ask.point = plx_invocation_string(invocation, PLX_OPTION_POINT);
    const gboolean ok = plan(&desk, 0, &ask, error);
    desk_close(&desk);
    return ok;
}

gboolean plx_cmd_step_amend(plx_app *app, const plx_invocation *invocation, GError **error)
{
    gint64 id;
    struct desk desk = {.app = app, .invocation = invocation};
    const struct plx_step_ask ask = asked(invocation);
    const gboolean ok = plx_cmd_step_id(invocation, &id, error) && plan(&desk, id, &ask, error);
    desk_close(&desk);
    return ok;
}
