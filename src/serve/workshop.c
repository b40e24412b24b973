/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workshops online: tables join, guess and answer; who leads goes on; the wall shows it. */

#include "serve/workshop_page.h"

#include "plx-serve-resources.h" /* generated from serve.gresource.xml */

#include "base/error.h"
#include "base/json.h"
#include "serve/people.h"
#include "serve/routes.h"
#include "serve/server.h"
#include "serve/shell.h"
#include "serve/texts.h"
#include "serve/workshop_post.h"

#include <gio/gio.h>
#include <string.h>

enum { LOCKED = 409, REFUSED = 422 };

/* What a handler needs; cleared in any case. */
struct desk {
    struct plx_gathering *gathering;
    struct plx_seat *seat;
    GPtrArray *guesses, *answers, *tables;
    const plx_workshop_reveal *reveal;
    struct plx_workshop_view view;
};

static void desk_clear(struct desk *desk)
{
    plx_gathering_free(desk->gathering);
    plx_seat_free(desk->seat);
    g_clear_pointer(&desk->guesses, g_ptr_array_unref);
    g_clear_pointer(&desk->answers, g_ptr_array_unref);
    g_clear_pointer(&desk->tables, g_ptr_array_unref);
}

/* As the workshop says, else as the browser does. */
static const char *language_of(const plx_call *call, const struct plx_gathering *gathering)
{
    const gboolean said = gathering && *gathering->language;
    return said ? plx_texts_choose(gathering->language, plx_texts_languages())
                : plx_call_language(call);
}

/* An address that is mistyped, or of a workshop that is no more: what to do about it. */
static void refuse_unknown(plx_call *call, const struct plx_gathering *gathering)
{
    plx_call_refuse_in(call, 404, language_of(call, gathering), "workshop.unknown.title",
                       "workshop.unknown");
}

static void refuse(plx_call *call, const GError *error)
{
    if (g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        refuse_unknown(call, NULL);
    else
        plx_call_failed(call, error);
}

/* The workshop of the address; else the call is finished. */
static gboolean desk_open(struct desk *desk, plx_call *call, plx_store *store)
{
    g_autoptr(GError) error = NULL;
    desk->gathering = plx_gatherings_find(store, plx_call_param(call, "code"), &error);
    if (!desk->gathering) {
        refuse(call, error);
        return FALSE;
    }
    desk->view = (struct plx_workshop_view){.map = plx_store_map(store),
                                            .gathering = desk->gathering,
                                            .language = language_of(call, desk->gathering),
                                            .base = plx_server_url(call->server)};
    return TRUE;
}

static const char *script(void)
{
    g_autoptr(GBytes) bytes =
        g_resource_lookup_data(plx_serve_get_resource(), "/parallax/serve/workshop.js",
                               G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(bytes); /* it is part of the program, and stays where it is */
    return g_bytes_get_data(bytes, NULL);
}

static void send(plx_call *call, const struct plx_workshop_view *view,
                 void (*put)(plx_html *, const struct plx_workshop_view *), gboolean live)
{
    const struct plx_shell shell = {.language = view->language,
                                    .title = plx_texts(view->language, "workshop.title"),
                                    .style = PLX_STYLE_WORKSHOP,
                                    .script = live ? script() : NULL};
    plx_html *const html = plx_shell_begin(&shell);
    put(html, view);
    plx_shell_send(call, &shell, html, view->fault ? REFUSED : 200, NULL);
}

/* Showing ------------------------------------------------------------------------------------ */

static void show_join(plx_call *call)
{
    struct desk desk = {0};
    if (desk_open(&desk, call, call->store))
        send(call, &desk.view, plx_workshop_page_join, FALSE);
    desk_clear(&desk);
}

static void tell_state(plx_call *call)
{
    struct desk desk = {0};
    if (desk_open(&desk, call, call->store)) {
        g_autofree char *screen = plx_workshop_screen(desk.gathering);
        g_autofree char *etag =
            g_strdup_printf("%s-%" G_GINT64_FORMAT, desk.gathering->code, desk.gathering->changes);
        GString *const text = g_string_new(NULL);
        plx_json *const json = plx_json_new(text);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "screen", screen);
        plx_json_integer(json, "changes", desk.gathering->changes);
        plx_json_end_object(json);
        plx_json_free(json);
        plx_call_json(call, 200, text, etag);
    }
    desk_clear(&desk);
}

/* Who leads is told before the reveal whether there is anything to reveal; and all, as soon as
 * guesses are locked, whether there is a number of the room. */
static gboolean wants_reveal(const struct desk *desk)
{
    const enum plx_gathering_phase phase = desk->gathering->phase;
    return phase == PLX_GATHERING_REVEAL || phase == PLX_GATHERING_TABLES ||
           (phase != PLX_GATHERING_ENDED && !desk->seat && desk->view.secret);
}

/* As long as it guesses a device is told of those who sit at it, the wall of all. */
static gboolean read_room(struct desk *desk, plx_store *store, GError **error)
{
    struct plx_room *const room = &desk->view.room;
    if (desk->gathering->phase == PLX_GATHERING_GUESS)
        return desk->seat ? plx_room_read_seat(store, desk->seat, room, error)
                          : plx_room_read(store, desk->view.map, desk->gathering, room, error);
    if (desk->reveal)
        plx_workshop_reveal_room(desk->reveal, room);
    return TRUE;
}

/* What the page of a device, or the wall, needs to know beyond the workshop. */
static gboolean read_more(struct desk *desk, plx_store *store, GError **error)
{
    const gboolean device = desk->seat != NULL;
    if (device && !(desk->guesses = plx_gathering_guesses(store, desk->gathering, error)))
        return FALSE;
    if (device && !(desk->answers = plx_gathering_answers(store, desk->gathering, error)))
        return FALSE;
    if (!device && !(desk->tables = plx_gathering_tables(store, desk->gathering, error)))
        return FALSE;
    if (wants_reveal(desk) &&
        !(desk->reveal = plx_workshop_reveal_read(store, desk->gathering, error)))
        return FALSE;
    if (!read_room(desk, store, error))
        return FALSE;
    desk->view.seat = desk->seat;
    desk->view.guesses = desk->guesses;
    desk->view.answers = desk->answers;
    desk->view.tables = desk->tables;
    desk->view.reveal = desk->reveal;
    return TRUE;
}

static void show_seat(plx_call *call)
{
    struct desk desk = {0};
    g_autoptr(GError) error = NULL;
    if (desk_open(&desk, call, call->store)) {
        desk.view.secret = plx_call_param(call, "seat");
        desk.seat = plx_gathering_seat(call->store, desk.gathering, desk.view.secret, &error);
        if (!desk.seat && desk.gathering->phase == PLX_GATHERING_ENDED)
            send(call, &desk.view, plx_workshop_page_join, FALSE);
        else if (!desk.seat || !read_more(&desk, call->store, &error))
            refuse(call, error);
        else
            send(call, &desk.view, plx_workshop_page_seat, TRUE);
    }
    desk_clear(&desk);
}

static void show_wall(plx_call *call)
{
    struct desk desk = {0};
    g_autoptr(GError) error = NULL;
    if (desk_open(&desk, call, call->store)) {
        if (read_more(&desk, call->store, &error))
            send(call, &desk.view, plx_workshop_page_wall, TRUE);
        else
            plx_call_failed(call, error);
    }
    desk_clear(&desk);
}

static void show_lead(plx_call *call)
{
    struct desk desk = {0};
    g_autoptr(GError) error = NULL;
    gboolean leads = FALSE;
    if (desk_open(&desk, call, call->store)) {
        desk.view.secret = plx_call_param(call, "lead");
        if (!plx_gathering_is_lead(call->store, desk.gathering, desk.view.secret, &leads, &error))
            plx_call_failed(call, error);
        else if (!leads)
            refuse_unknown(call, desk.gathering);
        else if (read_more(&desk, call->store, &error))
            send(call, &desk.view, plx_workshop_page_wall, TRUE);
        else
            plx_call_failed(call, error);
    }
    desk_clear(&desk);
}

/* Taking ------------------------------------------------------------------------------------- */

/* Why it was not taken, in the words of the reader. */
static char *fault_of(const struct plx_workshop_post *post, const plx_map *map,
                      const char *language)
{
    if (post->there) {
        g_autofree char *people = g_strdup_printf("%d", post->there->people);
        return plx_texts_fill(language, "workshop.table.other", post->there->table, people,
                              plx_people_label(map, post->there->audience, language), (char *)NULL);
    }
    const gboolean taken = g_error_matches(post->failure, PLX_ERROR, PLX_ERROR_USAGE);
    return g_strdup(plx_texts(language, post->fault ? post->fault
                                        : taken     ? "workshop.name.taken"
                                                    : "workshop.full"));
}

static gboolean is_fault(const struct plx_workshop_post *post, const GError *failure)
{
    return post->fault || post->there || g_error_matches(failure, PLX_ERROR, PLX_ERROR_USAGE) ||
           g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_SHOWN);
}

/* The page again with what was wrong: on a worker, for the writer has no time for pages. As the
 * workshop was when it was sent, under the map of this store: the writer's may be another by now.
 */
static void show_again(plx_call *call)
{
    const struct plx_workshop_post *const post = call->data;
    const struct plx_gathering *const gathering = post->gathering;
    const plx_map *const map = plx_store_map(call->store);
    const char *const language = language_of(call, gathering);
    g_autoptr(GError) error = NULL;
    g_autofree char *fault = fault_of(post, map, language);
    g_autoptr(GPtrArray) guesses = plx_gathering_guesses(call->store, gathering, &error);
    g_autoptr(GPtrArray) answers =
        guesses ? plx_gathering_answers(call->store, gathering, &error) : NULL;
    const struct plx_workshop_view view = {.map = map,
                                           .gathering = gathering,
                                           .language = language,
                                           .base = plx_server_url(call->server),
                                           .secret = plx_call_param(call, "seat"),
                                           .seat = post->seat,
                                           .guesses = guesses,
                                           .answers = answers,
                                           .fault = fault,
                                           .fields = call->form};
    if (answers)
        send(call, &view, post->seat ? plx_workshop_page_seat : plx_workshop_page_join, FALSE);
    else
        plx_call_failed(call, error);
}

static void tell_fault(plx_call *call, const GError *failure)
{
    ((struct plx_workshop_post *)call->data)->failure = g_error_copy(failure);
    plx_call_to_worker(call, show_again);
}

static void settle_join(plx_call *call, const GError *failure)
{
    const struct plx_workshop_post *const post = call->data;
    if (failure && is_fault(post, failure)) {
        tell_fault(call, failure);
    } else if (failure) {
        refuse(call, failure);
    } else {
        g_autofree char *seat =
            g_strdup_printf("/w/%s/seat/%s", post->gathering->code, post->token);
        plx_call_redirect(call, seat, NULL);
    }
}

static void settle_seat(plx_call *call, const GError *failure)
{
    const struct plx_workshop_post *const post = call->data;
    if (failure && post->late) {
        plx_call_refuse_in(call, LOCKED, language_of(call, post->gathering), "error.title",
                           "workshop.locked");
    } else if (failure && is_fault(post, failure)) {
        tell_fault(call, failure);
    } else if (failure) {
        refuse(call, failure);
    } else {
        g_autofree char *seat = g_strdup_printf("/w/%s/seat/%s", plx_call_param(call, "code"),
                                                plx_call_param(call, "seat"));
        plx_call_redirect(call, seat, NULL);
    }
}

static void settle_lead(plx_call *call, const GError *failure)
{
    if (failure && !g_error_matches(failure, PLX_ERROR, PLX_ERROR_USAGE)) {
        refuse(call, failure);
        return;
    }
    /* Beyond that already: two devices lead, and the page says where it is. */
    g_autofree char *lead = g_strdup_printf("/w/%s/lead/%s", plx_call_param(call, "code"),
                                            plx_call_param(call, "lead"));
    plx_call_redirect(call, lead, NULL);
}

static void take_join(plx_call *call)
{
    plx_workshop_post_begin(call);
    plx_call_write(call, plx_workshop_join_apply, settle_join);
}

static void take_guess(plx_call *call)
{
    plx_workshop_post_begin(call);
    plx_call_write(call, plx_workshop_guess_apply, settle_seat);
}

static void take_answer(plx_call *call)
{
    plx_workshop_post_begin(call);
    plx_call_write(call, plx_workshop_answer_apply, settle_seat);
}

static void take_lead(plx_call *call)
{
    plx_workshop_post_begin(call);
    plx_call_write(call, plx_workshop_lead_apply, settle_lead);
}

/* What may show the reveal is made by the one thread for readings: its store works the reveal out
 * once for all who look, and no form waits for it meanwhile. */
const struct plx_route plx_routes_workshop[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/w/{code:token}",
     .summary = "Where a table joins a workshop",
     .handle = show_join},
    {.method = PLX_HTTP_POST,
     .pattern = "/w/{code:token}",
     .body = 16384,
     .place = PLX_ON_LOOP,
     .summary = "A device joins a workshop",
     .handle = take_join},
    {.method = PLX_HTTP_GET,
     .pattern = "/w/{code:token}/state",
     .summary = "What a workshop is at; changes when something happened",
     .handle = tell_state},
    {.method = PLX_HTTP_GET,
     .pattern = "/w/{code:token}/wall",
     .place = PLX_ON_SLOW_WORKER,
     .summary = "The wall of a workshop",
     .handle = show_wall},
    {.method = PLX_HTTP_GET,
     .pattern = "/w/{code:token}/seat/{seat:token}",
     .place = PLX_ON_SLOW_WORKER,
     .summary = "What a device of a workshop shows",
     .handle = show_seat},
    {.method = PLX_HTTP_POST,
     .pattern = "/w/{code:token}/seat/{seat:token}/guess",
     .body = 262144,
     .place = PLX_ON_LOOP,
     .summary = "Keep guesses, as long as they are not locked",
     .handle = take_guess},
    {.method = PLX_HTTP_POST,
     .pattern = "/w/{code:token}/seat/{seat:token}/answer",
     .body = 262144,
     .place = PLX_ON_LOOP,
     .summary = "Keep answers of a table, or take one out",
     .handle = take_answer},
    {.method = PLX_HTTP_GET,
     .pattern = "/w/{code:token}/lead/{lead:token}",
     .place = PLX_ON_SLOW_WORKER,
     .summary = "The wall, for who leads the workshop",
     .handle = show_lead},
    {.method = PLX_HTTP_POST,
     .pattern = "/w/{code:token}/lead/{lead:token}",
     .body = 16384,
     .place = PLX_ON_LOOP,
     .summary = "Go on in a workshop",
     .handle = take_lead},
    {.pattern = NULL},
};
