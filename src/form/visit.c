/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/visit.h"

#include "base/date.h"
#include "base/error.h"
#include "form/visit_json.h"

#include <string.h>

static const char *const state_names[] = {"planned",  "assigned",  "sent", "returned",
                                          "accepted", "withdrawn", "open", "closed"};

const char *plx_visit_state_name(enum plx_visit_state state)
{
    return state_names[state];
}

void plx_visit_plan_clear(struct plx_visit_plan *plan)
{
    g_clear_pointer(&plan->journey, g_free);
    g_clear_pointer(&plan->place, g_free);
    g_clear_pointer(&plan->note, g_free);
    g_clear_pointer(&plan->language, g_free);
}

static void free_event(gpointer data)
{
    struct plx_visit_event *const event = data;
    g_free(event->author);
    g_free(event->words);
    g_free(event->report);
    g_free(event);
}

static void free_visit(gpointer data)
{
    plx_visit *const visit = data;
    plx_visit_plan_clear(&visit->plan);
    g_free(visit->hash);
    g_free(visit->report);
    g_ptr_array_unref(visit->events);
    g_free(visit);
}

plx_visit_list *plx_visit_list_new(void)
{
    plx_visit_list *const list = g_new0(plx_visit_list, 1);
    list->visits = g_ptr_array_new_with_free_func(free_visit);
    return list;
}

plx_visit_list *plx_visit_list_new_one(gint64 visit)
{
    plx_visit_list *const list = plx_visit_list_new();
    list->before = visit - 1;
    return list;
}

void plx_visit_list_free(plx_visit_list *list)
{
    if (!list)
        return;
    g_ptr_array_unref(list->visits);
    g_free(list);
}

/* Finding ------------------------------------------------------------------------------------ */

/* NULL: it is not there. */
static plx_visit *get(const plx_visit_list *list, gint64 id)
{
    const gint64 i = id - list->before - 1;
    return i >= 0 && i < list->visits->len ? list->visits->pdata[i] : NULL;
}

plx_visit *plx_visit_find(const plx_visit_list *list, const char *number, gboolean walk,
                          GError **error)
{
    const char *const noun = walk ? "walk" : "visit";
    guint64 id = 0;
    if (!g_ascii_string_to_unsigned(number, 10, 1, G_MAXINT64, &id, NULL)) {
        plx_error(error, PLX_ERROR_USAGE, "\"%s\": expected the number of a %s ('%s list')", number,
                  noun, noun);
        return NULL;
    }
    plx_visit *const visit = get(list, (gint64)id);
    if (visit && visit->walk == walk)
        return visit;
    plx_error(error, PLX_ERROR_NOT_FOUND, "there is no %s %s%s", noun, number,
              !visit ? ""
              : walk ? ": it is a visit"
                     : ": it is a walk");
    return NULL;
}

plx_visit *plx_visit_linked(const plx_visit_list *list, const char *hash)
{
    for (guint i = 0; i < list->visits->len; i++) {
        plx_visit *const visit = list->visits->pdata[i];
        if (g_strcmp0(visit->hash, hash) == 0)
            return visit;
    }
    return NULL;
}

gboolean plx_visit_is_open(const plx_visit *visit)
{
    return visit->state == PLX_VISIT_ASSIGNED || visit->state == PLX_VISIT_RETURNED ||
           visit->state == PLX_VISIT_OPEN;
}

const char *plx_visit_closed_key(const plx_visit *visit)
{
    switch (visit->state) {
    case PLX_VISIT_SENT:
        return "visit.closed.sent";
    case PLX_VISIT_ACCEPTED:
        return "visit.closed.accepted";
    case PLX_VISIT_WITHDRAWN:
        return "visit.closed.withdrawn";
    case PLX_VISIT_PLANNED:
        return "visit.closed.unassigned";
    case PLX_VISIT_CLOSED:
        return "walk.closed";
    case PLX_VISIT_ASSIGNED:
    case PLX_VISIT_RETURNED:
    case PLX_VISIT_OPEN:
        break;
    }
    return NULL;
}

gboolean plx_visit_is_outside(const plx_visit *visit, gint32 day)
{
    return (visit->plan.from != PLX_VISIT_NO_DAY && day < visit->plan.from) ||
           (visit->plan.until != PLX_VISIT_NO_DAY && day > visit->plan.until);
}

/* Acts --------------------------------------------------------------------------------------- */

struct doing {
    plx_visit_list *list;
    plx_visit *visit; /* NULL: a new one */
    json_t *body;
    struct plx_visit_event *event;
};

static char *text_of(json_t *body, const char *key)
{
    return g_strdup(json_string_value(json_object_get(body, key)));
}

static gboolean no_body(GError **error)
{
    return plx_error(error, PLX_ERROR_IO, "an act on a visit does not say what it must");
}

static gboolean begin(struct doing *doing, gint64 id, gboolean walk, GError **error)
{
    if (doing->visit || id != doing->list->before + doing->list->visits->len + 1)
        return plx_error(error, PLX_ERROR_IO, "visit %" G_GINT64_FORMAT " is planned twice", id);
    plx_visit *const visit = g_new0(plx_visit, 1);
    *visit = (plx_visit){.id = id,
                         .walk = walk,
                         .state = walk ? PLX_VISIT_OPEN : PLX_VISIT_PLANNED,
                         .hash = text_of(doing->body, "hash"),
                         .events = g_ptr_array_new_with_free_func(free_event)};
    visit->plan = (struct plx_visit_plan){
        .journey = text_of(doing->body, walk ? "title" : "journey"),
        .place = text_of(doing->body, "place"),
        .from = PLX_VISIT_NO_DAY,
        .until = PLX_VISIT_NO_DAY,
        .note = text_of(doing->body, "note"),
        .language = text_of(doing->body, "language"),
    };
    const char *const from = json_string_value(json_object_get(doing->body, "from"));
    const char *const until = json_string_value(json_object_get(doing->body, "until"));
    const gboolean whole =
        visit->plan.journey &&
        (walk ? visit->hash && (!until || plx_day_parse(until, &visit->plan.until))
              : visit->plan.place && from && until && plx_day_parse(from, &visit->plan.from) &&
                    plx_day_parse(until, &visit->plan.until));
    g_ptr_array_add(doing->list->visits, visit);
    doing->visit = visit;
    if (whole)
        return TRUE;
    g_ptr_array_remove_index(doing->list->visits, doing->list->visits->len - 1);
    return no_body(error);
}

/* "visit 3 was accepted: MESSAGE". Always FALSE. */
static gboolean refuse(const plx_visit *visit, GError **error, const char *message)
{
    static const char *const words[] = {"is planned and has no shopper yet",
                                        "is assigned, and nothing has been sent yet",
                                        "was told and waits for a review",
                                        "was returned to its shopper",
                                        "was accepted",
                                        "was withdrawn",
                                        "is a walk",
                                        "is closed"};
    return plx_error(error, PLX_ERROR_USAGE, "%s %" G_GINT64_FORMAT " %s: %s",
                     visit->state == PLX_VISIT_CLOSED ? "walk" : "visit", visit->id,
                     words[visit->state], message);
}

static gboolean assign(struct doing *doing, GError **error)
{
    plx_visit *const visit = doing->visit;
    json_t *const shopper = json_object_get(doing->body, "shopper");
    g_autofree char *hash = text_of(doing->body, "hash");
    if (visit->state != PLX_VISIT_PLANNED && visit->state != PLX_VISIT_ASSIGNED &&
        visit->state != PLX_VISIT_RETURNED)
        return refuse(visit, error, "it cannot be assigned");
    if (!json_is_integer(shopper) || !hash)
        return no_body(error);
    if (visit->state == PLX_VISIT_RETURNED && visit->shopper != json_integer_value(shopper))
        return refuse(visit, error, "only the same shopper can tell it again");
    visit->shopper = json_integer_value(shopper);
    if (visit->state == PLX_VISIT_PLANNED)
        visit->state = PLX_VISIT_ASSIGNED;
    g_free(visit->hash);
    visit->hash = g_steal_pointer(&hash);
    return TRUE;
}

static gboolean send(struct doing *doing, GError **error)
{
    plx_visit *const visit = doing->visit;
    g_autofree char *report = text_of(doing->body, "report");
    if (!plx_visit_is_open(visit))
        return refuse(visit, error, "nothing more can be told");
    if (!report)
        return no_body(error);
    visit->state = visit->walk ? PLX_VISIT_OPEN : PLX_VISIT_SENT;
    visit->reports++;
    visit->outside = doing->event->outside = json_is_true(json_object_get(doing->body, "outside"));
    doing->event->report = g_strdup(report);
    g_free(visit->report);
    visit->report = g_steal_pointer(&report);
    return TRUE;
}

static gboolean review(struct doing *doing, GError **error)
{
    plx_visit *const visit = doing->visit;
    const char *const what = json_string_value(json_object_get(doing->body, "review"));
    enum plx_visit_state state = PLX_VISIT_PLANNED;
    for (guint s = PLX_VISIT_RETURNED; s <= PLX_VISIT_WITHDRAWN; s++)
        if (g_strcmp0(what, state_names[s]) == 0)
            state = (enum plx_visit_state)s;
    doing->event->words = text_of(doing->body, "words");
    if (state == PLX_VISIT_PLANNED || (state != PLX_VISIT_ACCEPTED && !doing->event->words))
        return no_body(error);
    if (state == PLX_VISIT_WITHDRAWN ? visit->walk || visit->state == PLX_VISIT_ACCEPTED ||
                                           visit->state == PLX_VISIT_WITHDRAWN
                                     : visit->state != PLX_VISIT_SENT)
        return refuse(visit, error,
                      state == PLX_VISIT_WITHDRAWN ? "it cannot be withdrawn"
                                                   : "there is no report to review");
    visit->state = state;
    return TRUE;
}

/* Of a walk: nothing more can be told. Of a visit: its link is void, as its shopper was erased;
 * what waits to be told is to be given to somebody else. */
static gboolean close_it(const struct doing *doing, GError **error)
{
    plx_visit *const visit = doing->visit;
    if (visit->walk ? visit->state != PLX_VISIT_OPEN : visit->hash == NULL)
        return refuse(visit, error, "it cannot be closed");
    if (visit->walk) {
        visit->state = PLX_VISIT_CLOSED;
        return TRUE;
    }
    g_clear_pointer(&visit->hash, g_free);
    doing->event->words = g_strdup("its link is void: who had it was erased");
    if (plx_visit_is_open(visit))
        visit->state = PLX_VISIT_PLANNED;
    return TRUE;
}

static gboolean perform(struct doing *doing, gint64 id, const char *act, GError **error)
{
    const gboolean walk = strcmp(act, "walk") == 0;
    if (walk || strcmp(act, "plan") == 0)
        return begin(doing, id, walk, error);
    if (!doing->visit)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no visit %" G_GINT64_FORMAT, id);
    if (strcmp(act, "assign") == 0)
        return assign(doing, error);
    if (strcmp(act, "send") == 0)
        return send(doing, error);
    if (strcmp(act, "review") == 0)
        return review(doing, error);
    if (strcmp(act, "close") == 0)
        return close_it(doing, error);
    return plx_error(error, PLX_ERROR_IO, "\"%s\" is no act on a visit", act);
}

gboolean plx_visit_apply(plx_visit_list *list, gint64 visit, gint64 utc_seconds, const char *author,
                         const char *act, const char *body, GError **error)
{
    g_autoptr(json_t) read = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
    struct plx_visit_event *const event = g_new0(struct plx_visit_event, 1);
    struct doing doing = {list, get(list, visit), read, event};
    event->utc_seconds = utc_seconds;
    event->author = g_strdup(author);
    if (!read || !perform(&doing, visit, act, error)) {
        free_event(event);
        return read != NULL ? FALSE : no_body(error);
    }
    event->state = doing.visit->state;
    g_ptr_array_add(doing.visit->events, event);
    return TRUE;
}
