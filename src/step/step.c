/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/step.h"

#include "base/date.h"
#include "base/error.h"
#include "base/yaml.h"

#include <string.h>

const char *plx_step_repair_name(enum plx_step_repair repair)
{
    return repair == PLX_STEP_PROMISE ? "promise" : "delivery";
}

const char *plx_step_state_name(enum plx_step_state state)
{
    static const char *const names[] = {"planned", "running", "stopped"};
    return names[state];
}

static void event_clear(struct plx_step_event *event)
{
    g_free(event->author);
    g_free(event->note);
}

static void amendment_free(gpointer data)
{
    struct plx_step_amendment *const amendment = data;
    g_free(amendment->author);
    g_free(amendment->before);
    g_free(amendment->after);
    g_free(amendment);
}

void plx_step_free(gpointer data)
{
    struct plx_step *const step = data;
    plx_step_plan_free(step->plan);
    event_clear(&step->registered);
    event_clear(&step->started);
    event_clear(&step->stopped);
    g_ptr_array_unref(step->amendments);
    g_free(step);
}

gboolean plx_step_given_up(const struct plx_step *step)
{
    return step->state == PLX_STEP_STOPPED && !step->started.author &&
           plx_date_of_seconds(step->stopped.utc_seconds) < step->plan->start;
}

gboolean plx_step_has_places(const struct plx_step_plan *plan)
{
    return g_strv_length(plan->places) >= PLX_STEP_PLACES_MIN &&
           g_strv_length(plan->compare) >= PLX_STEP_PLACES_MIN;
}

gboolean plx_step_may_prove(const struct plx_step *step)
{
    return step->late == PLX_STEP_IN_TIME && plx_step_has_places(step->plan);
}

static struct plx_step *find(const GPtrArray *steps, gint64 id, GError **error)
{
    if (id >= 1 && id <= (gint64)steps->len)
        return steps->pdata[id - 1];
    if (steps->len == 0)
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "there is no step %" G_GINT64_FORMAT ": none was registered yet", id);
    else
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "there is no step %" G_GINT64_FORMAT "; there are 1 to %u", id, steps->len);
    return NULL;
}

const struct plx_step *plx_step_find(const GPtrArray *steps, gint64 id, GError **error)
{
    return find(steps, id, error);
}

/* What an amendment changed ------------------------------------------------------------------- */

static char *looks_text(const struct plx_step_plan *plan)
{
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i < plan->n_looks; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", plan->looks[i].after);
    return g_string_free(out, FALSE);
}

static char *number_text(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(text, sizeof text, "%.12g", value));
}

static char *day_text(gint32 day)
{
    char text[PLX_DATE_SIZE];
    return g_strdup(plx_date_format(day, text));
}

/* In the order in which they are told. Who owns it and what is noted decide nothing. */
enum field {
    FROM,
    TO,
    SHARE,
    REPAIR,
    START,
    PLACES,
    COMPARE,
    UNTOUCHED,
    WINDOW,
    MARGIN,
    LOOKS,
    OWNER,
    NOTE
};
static const char *const field_names[] = {"from",   "to",      "share",     "repair", "start",
                                          "places", "compare", "untouched", "window", "margin",
                                          "looks",  "owner",   "note"};

static char *field_text(const struct plx_step_plan *plan, enum field field)
{
    switch (field) {
    case FROM:
        return g_strdup_printf("%d", plan->from);
    case TO:
        return g_strdup_printf("%d", plan->to);
    case SHARE:
        return number_text(plan->share);
    case REPAIR:
        return g_strdup(plx_step_repair_name(plan->repair));
    case START:
        return day_text(plan->start);
    case PLACES:
        return g_strjoinv(", ", plan->places);
    case COMPARE:
        return g_strjoinv(", ", plan->compare);
    case UNTOUCHED:
        return g_strjoinv(", ", plan->untouched);
    case WINDOW:
        return g_strdup(plan->window);
    case MARGIN:
        return number_text(plan->margin);
    case LOOKS:
        return looks_text(plan);
    case OWNER:
        return g_strdup(plan->owner);
    case NOTE:
        break;
    }
    return g_strdup(plan->note ? plan->note : "");
}

/* *decides: something changed that the verdict rests on. */
static GPtrArray *differences(const struct plx_step_plan *before, const struct plx_step_plan *after,
                              gint64 utc_seconds, const char *author, gboolean *decides)
{
    GPtrArray *const found = g_ptr_array_new_with_free_func(amendment_free);
    *decides = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(field_names); i++) {
        g_autofree char *was = field_text(before, (enum field)i);
        g_autofree char *is = field_text(after, (enum field)i);
        if (strcmp(was, is) == 0)
            continue;
        struct plx_step_amendment *const amendment = g_new0(struct plx_step_amendment, 1);
        amendment->utc_seconds = utc_seconds;
        amendment->author = g_strdup(author);
        amendment->field = field_names[i];
        amendment->late = i != OWNER && i != NOTE; /* it may be: do_amend knows */
        amendment->before = g_steal_pointer(&was);
        amendment->after = g_steal_pointer(&is);
        g_ptr_array_add(found, amendment);
        *decides |= i != OWNER && i != NOTE;
    }
    return found;
}

/* The acts ------------------------------------------------------------------------------------- */

struct act {
    gint64 utc_seconds;
    const char *author, *body, *name;
};

static gint32 day_of(const struct act *act)
{
    return plx_date_of_seconds(act->utc_seconds);
}

static struct plx_step_event event_of(const struct act *act, char *note)
{
    return (struct plx_step_event){act->utc_seconds, g_strdup(act->author), note};
}

static gboolean do_add(GPtrArray *steps, const struct act *act, GError **error)
{
    struct plx_step_plan *const plan = plx_step_plan_read(act->body, act->name, error);
    if (!plan)
        return FALSE;
    struct plx_step *const step = g_new0(struct plx_step, 1);
    step->id = steps->len + 1;
    step->plan = plan;
    step->late = day_of(act) > plan->start ? PLX_STEP_LATE : PLX_STEP_IN_TIME;
    step->registered = event_of(act, NULL);
    step->amendments = g_ptr_array_new_with_free_func(amendment_free);
    g_ptr_array_add(steps, step);
    return TRUE;
}

/* While it is planned the whole plan may be fixed anew, also to a later start; once it runs, or its
 * start has gone by, who amends may have seen answers. */
static gboolean do_amend(struct plx_step *step, const struct act *act, GError **error)
{
    gboolean decides;
    if (step->state == PLX_STEP_STOPPED)
        return plx_error(error, PLX_ERROR_USAGE,
                         "step %" G_GINT64_FORMAT " was stopped; its plan stays as it is",
                         step->id);
    struct plx_step_plan *const plan = plx_step_plan_read(act->body, act->name, error);
    if (!plan)
        return FALSE;
    GPtrArray *const found = differences(step->plan, plan, act->utc_seconds, act->author, &decides);
    if (found->len == 0) {
        g_ptr_array_unref(found);
        plx_step_plan_free(plan);
        return plx_error(error, PLX_ERROR_USAGE,
                         "step %" G_GINT64_FORMAT " is as asked for already; nothing was changed",
                         step->id);
    }
    const gboolean late = step->state == PLX_STEP_RUNNING || day_of(act) > plan->start;
    g_ptr_array_extend_and_steal(step->amendments, found);
    if (decides && late)
        step->late = step->late == PLX_STEP_LATE ? PLX_STEP_LATE : PLX_STEP_AMENDED_LATE;
    else if (decides)
        step->late = PLX_STEP_IN_TIME;
    /* All of it is fixed anew in time then, whatever was amended before. */
    for (guint i = 0; decides && !late && i < step->amendments->len; i++)
        ((struct plx_step_amendment *)step->amendments->pdata[i])->late = FALSE;
    plx_step_plan_free(step->plan);
    step->plan = plan;
    return TRUE;
}

/* {"note": "..."}; *note stays NULL without. */
static gboolean read_note(const struct act *act, char **note, GError **error)
{
    static const char *const keys[] = {"note", NULL};
    const char *text = NULL;
    g_autoptr(plx_yaml) yaml = plx_yaml_read_memory(act->body, strlen(act->body), act->name, error);
    const struct plx_yaml_node *const root = yaml ? plx_yaml_root(yaml) : NULL;
    if (!root || !plx_yaml_only(root, "an act", keys, error) ||
        !plx_yaml_get_text(root, "note", &text, error))
        return FALSE;
    *note = g_strdup(text);
    return TRUE;
}

static gboolean refuse_state(const struct plx_step *step, const struct plx_step_event *event,
                             const char *done, GError **error)
{
    g_autofree char *day = day_text(plx_date_of_seconds(event->utc_seconds));
    return plx_error(error, PLX_ERROR_USAGE, "step %" G_GINT64_FORMAT " was %s on %s already",
                     step->id, done, day);
}

static gboolean do_start(struct plx_step *step, const struct act *act, GError **error)
{
    char *note = NULL;
    if (step->state == PLX_STEP_STOPPED)
        return refuse_state(step, &step->stopped, "stopped", error);
    if (step->state == PLX_STEP_RUNNING)
        return refuse_state(step, &step->started, "started", error);
    if (!read_note(act, &note, error))
        return FALSE;
    step->started = event_of(act, note);
    step->state = PLX_STEP_RUNNING;
    return TRUE;
}

static gboolean do_stop(struct plx_step *step, const struct act *act, GError **error)
{
    char *note = NULL;
    if (step->state == PLX_STEP_STOPPED)
        return refuse_state(step, &step->stopped, "stopped", error);
    if (!read_note(act, &note, error))
        return FALSE;
    step->stopped = event_of(act, note);
    step->state = PLX_STEP_STOPPED;
    return TRUE;
}

gboolean plx_step_apply(GPtrArray *steps, gint64 id, gint64 utc_seconds, const char *author,
                        const char *what, const char *body, const char *name, GError **error)
{
    const struct act act = {utc_seconds, author, body, name};
    if (strcmp(what, "add") == 0)
        return do_add(steps, &act, error);
    struct plx_step *const step = find(steps, id, error);
    if (!step)
        return FALSE;
    if (strcmp(what, "amend") == 0)
        return do_amend(step, &act, error);
    if (strcmp(what, "start") == 0)
        return do_start(step, &act, error);
    if (strcmp(what, "stop") == 0)
        return do_stop(step, &act, error);
    return plx_error(error, PLX_ERROR_INPUT, "%s: a step is not \"%s\"", name, what);
}
