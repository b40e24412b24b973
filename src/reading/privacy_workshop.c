/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/privacy.h"

#include "base/date.h"
#include "base/error.h"
#include "reading/privacy_workshop_private.h"
#include "reading/suppress.h"

#include <string.h>

const char *plx_release_copy(struct plx_release *r, const char *text)
{
    char *kept = g_strdup(text);
    g_ptr_array_add(r->out->memory, kept);
    return kept;
}

static void add_note(struct plx_release *r, const char *code, gint audience, gint64 count,
                     const char *detail)
{
    const struct plx_gaps_note note = {code, audience, count,
                                       detail ? plx_release_copy(r, detail) : NULL};
    g_array_append_val(r->notes, note);
}

static void add_minimum_note(struct plx_release *r, const char *code, gint audience, gint64 count,
                             guint minimum)
{
    g_autofree char *detail = g_strdup_printf("%u", minimum);
    add_note(r, code, audience, count, detail);
}

/* Who is shown -------------------------------------------------------------------------------- */

static gint64 persons_in(const struct plx_release *r, guint audience, const char *workshop)
{
    gint64 persons = 0;
    for (guint s = 0; s < r->exact->seats->len; s++)
        if (plx_release_seat(r, s)->audience == audience &&
            (!workshop || strcmp(plx_release_seat(r, s)->workshop, workshop) == 0))
            persons += plx_release_seat(r, s)->persons;
    return persons;
}

static void mark_seats(struct plx_release *r, guint audience, const char *workshop)
{
    const struct plx_audience *a = &r->exact->map->audiences[audience];
    const gint64 persons = persons_in(r, audience, workshop);
    const gboolean shown = persons >= plx_minimum(a);
    const gboolean quoted = shown && (!plx_is_masked(a) || persons >= PLX_MASKED_BELOW);
    for (guint s = 0; s < r->exact->seats->len; s++) {
        if (plx_release_seat(r, s)->audience != audience ||
            strcmp(plx_release_seat(r, s)->workshop, workshop) != 0)
            continue;
        r->shown[s] = shown;
        r->quoted[s] = quoted;
    }
}

static void count_audience(struct plx_release *r, guint audience, struct plx_workshop_audience *out)
{
    const struct plx_audience *a = &r->exact->map->audiences[audience];
    *out = (struct plx_workshop_audience){
        .id = a->id, .title = a->title, .served = a->served, .minimum = plx_minimum(a)};
    for (guint s = 0; s < r->exact->seats->len; s++) {
        const struct plx_seat *seat = plx_release_seat(r, s);
        if (seat->audience != audience || !r->shown[s])
            continue;
        out->tables += !seat->alone;
        out->alone += seat->alone;
        out->persons += seat->persons;
        out->quoted = out->quoted || r->quoted[s];
    }
}

static void note_left_out(struct plx_release *r, guint audience, gint at)
{
    g_autoptr(GString) names = g_string_new(NULL);
    gint64 n = 0;
    for (guint w = 0; w < r->exact->names->len; w++) {
        const char *name = r->exact->names->pdata[w];
        const gint64 persons = persons_in(r, audience, name);
        if (persons == 0 || persons >= r->out->audiences[at].minimum)
            continue;
        n++;
        g_string_append_printf(names, "%s%s", names->len ? ", " : "", name);
    }
    if (n)
        add_note(r, "sheets_left_out", at, n, names->str);
}

static void release_audiences(struct plx_release *r)
{
    const plx_map *map = r->exact->map;
    plx_workshop *out = r->out;
    out->audiences = plx_keep(out->memory, map->n_audiences, sizeof *out->audiences);
    for (guint a = 0; a < map->n_audiences; a++) {
        r->index[a] = -1;
        const gint64 persons = persons_in(r, a, NULL);
        if (persons == 0)
            continue;
        for (guint w = 0; w < r->exact->names->len; w++)
            mark_seats(r, a, r->exact->names->pdata[w]);
        const gint at = (gint)out->n_audiences++;
        struct plx_workshop_audience *audience = &out->audiences[at];
        r->index[a] = at;
        count_audience(r, a, audience);
        if (audience->persons > 0) {
            out->n_shown++;
            note_left_out(r, a, at);
            continue;
        }
        audience->suppressed = PLX_HIDDEN_FEW;
        audience->tables = audience->alone = audience->persons = PLX_NO_COUNT;
        add_minimum_note(r, "audience_hidden", at, persons, audience->minimum);
    }
}

static void note_counts(struct plx_release *r)
{
    plx_workshop *out = r->out;
    for (guint a = 0; a < out->n_audiences; a++) {
        const struct plx_workshop_audience *audience = &out->audiences[a];
        const gint64 units = audience->tables + audience->alone;
        gint64 few = 0;
        for (guint q = 0; q < PLX_ASKED; q++)
            for (guint t = 0; t < out->parts[q].n_themes; t++)
                few += out->parts[q].themes[t].named[a].few;
        if (!audience->suppressed && units < PLX_WORKSHOP_TABLES)
            add_minimum_note(r, "few_tables", (gint)a, units, PLX_WORKSHOP_TABLES);
        if (few)
            add_minimum_note(r, "few_persons", (gint)a, few, audience->minimum);
        if (r->withheld[a])
            add_minimum_note(r, "words_withheld", (gint)a, r->withheld[a], PLX_MASKED_BELOW);
    }
    if (out->unsorted && out->sorted)
        add_note(r, "not_sorted", -1, out->unsorted, NULL);
    if (!out->n_audiences)
        add_note(r, "no_answers", -1, PLX_NO_COUNT, NULL);
}

static void release_frame(struct plx_release *r, const char *name)
{
    const plx_exact_workshop *exact = r->exact;
    plx_workshop *out = r->out;
    char date[PLX_DATE_SIZE];
    out->source = plx_release_copy(r, name);
    out->map = exact->map;
    out->sorted = exact->sorted;
    out->n_workshops = exact->names->len;
    out->workshops = plx_keep(out->memory, exact->names->len, sizeof *out->workshops);
    for (guint i = 0; i < exact->names->len; i++)
        out->workshops[i] = plx_release_copy(r, exact->names->pdata[i]);
    if (exact->since > exact->until)
        return;
    out->since = plx_release_copy(r, plx_date_format(exact->since, date));
    out->until = plx_release_copy(r, plx_date_format(exact->until, date));
}

static gboolean nothing_shown(const struct plx_release *r, GError **error)
{
    g_autoptr(GString) why = g_string_new(NULL);
    for (guint i = 0; i < r->notes->len; i++) {
        const struct plx_gaps_note *note = &g_array_index(r->notes, struct plx_gaps_note, i);
        const char *id = r->out->audiences[note->audience].id;
        plx_few_words(id, note->count, note->detail, why);
    }
    return plx_error(error, PLX_ERROR_NOT_SHOWN, "nothing that was asked for may be shown%s",
                     why->str);
}

static void release_all(struct plx_release *r)
{
    plx_workshop *out = r->out;
    r->withheld = plx_keep(out->memory, out->n_audiences, sizeof *r->withheld);
    plx_release_themes(r);
    note_counts(r);
    out->n_notes = r->notes->len;
    out->notes = plx_keep(out->memory, out->n_notes, sizeof *out->notes);
    for (guint i = 0; i < out->n_notes; i++)
        out->notes[i] = g_array_index(r->notes, struct plx_gaps_note, i);
}

plx_workshop *plx_privacy_release_workshop(const plx_exact_workshop *exact, const char *name,
                                           GError **error)
{
    g_autoptr(plx_workshop) out = g_new0(plx_workshop, 1);
    out->memory = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) notes = g_array_new(FALSE, FALSE, sizeof(struct plx_gaps_note));
    struct plx_release r = {.exact = exact, .out = out, .notes = notes};
    r.index = plx_keep(out->memory, exact->map->n_audiences, sizeof *r.index);
    r.shown = plx_keep(out->memory, exact->seats->len, sizeof *r.shown);
    r.quoted = plx_keep(out->memory, exact->seats->len, sizeof *r.quoted);
    release_frame(&r, name);
    release_audiences(&r);
    if (out->n_audiences && !out->n_shown) {
        nothing_shown(&r, error);
        return NULL;
    }
    release_all(&r);
    return g_steal_pointer(&out);
}
