/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/about.h"

#include "report/json_parts.h"
#include "report/words.h"

static gpointer keep(plx_gaps *frame, gsize n, gsize size)
{
    gpointer block = g_malloc0_n(n + 1, size);
    g_ptr_array_add(frame->memory, block);
    return block;
}

plx_gaps *plx_about_frame(const struct plx_about *about)
{
    const plx_map *map = about->map;
    plx_gaps *frame = g_new0(plx_gaps, 1);
    frame->memory = g_ptr_array_new_with_free_func(g_free);
    frame->source = about->source;
    frame->map = map;
    frame->asked_since = about->asked_since;
    frame->asked_until = about->asked_until;
    frame->data_since = about->data_since;
    frame->data_until = about->data_until;
    frame->n_where = about->n_where;
    frame->where = about->where;
    frame->by = about->by;
    frame->observations = about->observations;
    frame->encounters = about->encounters;
    frame->respondents = about->respondents;
    frame->encounters_unknown = about->encounters_unknown;
    frame->rejected = about->rejected;
    frame->n_audiences = map->n_audiences;
    frame->audiences = keep(frame, map->n_audiences, sizeof *frame->audiences);
    frame->audience_titles = keep(frame, map->n_audiences, sizeof *frame->audience_titles);
    frame->served = keep(frame, map->n_audiences, sizeof *frame->served);
    for (guint a = 0; a < map->n_audiences; a++) {
        frame->audiences[a] = map->audiences[a].id;
        frame->audience_titles[a] = map->audiences[a].title;
        frame->served[a] = map->audiences[a].served;
    }
    frame->n_notes = about->notes->len;
    frame->notes = keep(frame, about->notes->len, sizeof *frame->notes);
    for (guint i = 0; i < about->notes->len; i++)
        frame->notes[i] = g_array_index(about->notes, struct plx_gaps_note, i);
    return frame;
}

void plx_about_story(const struct plx_about *about, plx_story *story)
{
    g_autoptr(plx_gaps) frame = plx_about_frame(about);
    g_autoptr(GString) context = g_string_new(NULL);
    plx_words_context(frame, context);
    plx_story_context(story, context->str);
    g_autoptr(GPtrArray) notes = plx_words_notes(frame, PLX_WORDS_TERMINAL, /* whole= */ FALSE);
    for (guint i = 0; i < notes->len; i++)
        plx_story_note(story, notes->pdata[i]);
}

void plx_about_json(plx_json *json, const struct plx_about *about, const char *name)
{
    g_autofree char *schema = g_strdup_printf("parallax.%s/1", name);
    plx_json_string(json, "schema", schema);
    plx_json_string(json, "source", about->source);
    plx_json_string(json, "audience", about->audience);
    g_autoptr(plx_gaps) frame = plx_about_frame(about);
    plx_json_scope(json, frame);
}

void plx_about_json_notes(plx_json *json, const struct plx_about *about)
{
    plx_json_begin_array(json, "notes");
    for (guint i = 0; i < about->notes->len; i++) {
        const struct plx_gaps_note *note = &g_array_index(about->notes, struct plx_gaps_note, i);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "code", note->code);
        plx_json_string(json, "audience",
                        note->audience >= 0 ? about->map->audiences[note->audience].id : NULL);
        plx_json_count(json, "count", note->count);
        plx_json_string(json, "detail", note->detail);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}
