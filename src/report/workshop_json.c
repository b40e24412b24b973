/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json_parts.h"
#include "report/workshop.h"

static void write_asked(plx_json *json, const char *key, guint asked)
{
    plx_json_begin_array(json, key);
    for (guint q = 0; q < PLX_ASKED; q++)
        if (asked & 1u << q)
            plx_json_string(json, NULL, plx_asked_prompt(q));
    plx_json_end_array(json);
}

static void write_audiences(plx_json *json, const plx_workshop *w)
{
    plx_json_begin_array(json, "audiences");
    for (guint a = 0; a < w->n_audiences; a++) {
        const struct plx_workshop_audience *audience = &w->audiences[a];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "audience", audience->id);
        plx_json_string(json, "title", audience->title);
        plx_json_boolean(json, "served", audience->served);
        plx_json_count(json, "tables", audience->tables);
        plx_json_count(json, "alone", audience->alone);
        plx_json_count(json, "persons", audience->persons);
        plx_json_integer(json, "minimum", audience->minimum);
        plx_json_boolean(json, "quoted", audience->quoted);
        plx_json_string(json, "suppressed", plx_suppression_code(audience->suppressed));
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_named(plx_json *json, const struct plx_workshop_audience *audience,
                        const struct plx_named *named)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "audience", audience->id);
    write_asked(json, "prompts", named->asked);
    plx_json_count(json, "tables", named->tables);
    plx_json_count(json, "alone", named->alone);
    plx_json_count(json, "persons", named->persons);
    plx_json_count(json, "of", named->of);
    plx_json_number(json, "share", named->share);
    plx_json_interval(json, "ci", named->ci);
    plx_json_count(json, "good", named->good);
    plx_json_count(json, "bad", named->bad);
    plx_json_string(json, "suppressed", named->few ? plx_suppression_code(PLX_HIDDEN_FEW) : NULL);
    plx_json_begin_array(json, "quotes");
    for (guint i = 0; i < named->n_quotes; i++)
        plx_json_string(json, NULL, named->quotes[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_gap(plx_json *json, const plx_gaps *gaps, const struct plx_gap *gap)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "a", gaps->audiences[gap->a]);
    plx_json_string(json, "b", gaps->audiences[gap->b]);
    plx_json_number(json, "difference", gap->difference);
    plx_json_interval(json, "ci_adjusted", gap->ci_adjusted);
    plx_json_string(json, "verdict", plx_verdict_code(gap->verdict));
    plx_json_end_object(json);
}

static void write_voice(plx_json *json, const plx_gaps *gaps, const struct plx_voice *voice)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "audience", gaps->audiences[voice->audience]);
    plx_json_count(json, "n", voice->n);
    plx_json_number(json, "mean", voice->mean);
    plx_json_interval(json, "mean_ci", voice->mean_ci);
    plx_json_number(json, "desired_share", voice->desired_share);
    plx_json_interval(json, "desired_ci", voice->desired_ci);
    plx_json_string(json, "suppressed", plx_suppression_code(voice->suppressed));
    plx_json_end_object(json);
}

static void write_points(plx_json *json, const plx_gaps *gaps,
                         const struct plx_workshop_theme *theme)
{
    plx_json_begin_array(json, "points");
    for (guint p = 0; p < theme->n_points; p++) {
        const struct plx_gaps_point *point = theme->points[p];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "point", point->point);
        plx_json_string(json, "title", point->title);
        plx_json_begin_array(json, "voices");
        for (guint i = 0; i < point->n_voices; i++)
            write_voice(json, gaps, &point->voices[i]);
        plx_json_end_array(json);
        plx_json_begin_array(json, "gaps");
        for (guint i = 0; i < point->n_gaps; i++)
            write_gap(json, gaps, &point->gaps[i]);
        plx_json_end_array(json);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_theme(plx_json *json, const plx_workshop *w,
                        const struct plx_workshop_theme *theme)
{
    plx_json_begin_object(json, NULL);
    plx_json_count(json, "theme", theme->id);
    plx_json_string(json, "title", theme->title);
    plx_json_string(json, "naming", plx_naming_code(theme->naming));
    plx_json_count(json, "tables", theme->tables);
    plx_json_count(json, "alone", theme->alone);
    plx_json_count(json, "persons", theme->persons);
    plx_json_count(json, "good", theme->good);
    plx_json_count(json, "bad", theme->bad);
    plx_json_begin_array(json, "named_by");
    for (guint a = 0; a < w->n_audiences; a++)
        if (theme->named[a].named)
            write_named(json, &w->audiences[a], &theme->named[a]);
    plx_json_end_array(json);
    write_points(json, w->gaps, theme);
    plx_json_end_object(json);
}

static void write_part(plx_json *json, const plx_workshop *w, const char *key, const char *prompt,
                       const struct plx_workshop_part *part)
{
    plx_json_begin_object(json, key);
    if (prompt)
        plx_json_string(json, "prompt", prompt);
    else
        write_asked(json, "prompts", part->asked);
    plx_json_integer(json, "answers", part->answers);
    plx_json_begin_array(json, "themes");
    for (guint t = 0; t < part->n_themes; t++)
        write_theme(json, w, &part->themes[t]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_marked(plx_json *json, const plx_workshop *w, const char *key,
                         const struct plx_workshop_theme *theme)
{
    plx_json_begin_array(json, key);
    for (guint a = 0; a < w->n_audiences; a++)
        if (theme->named[a].named)
            plx_json_string(json, NULL, w->audiences[a].id);
    plx_json_end_array(json);
}

static void write_contested(plx_json *json, const plx_workshop *w)
{
    plx_json_begin_array(json, "contested");
    for (guint i = 0; i < w->n_contested; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_count(json, "theme", w->contested[i].theme->id);
        plx_json_string(json, "title", w->contested[i].theme->title);
        write_marked(json, w, "well", w->contested[i].well);
        write_marked(json, w, "improve", w->contested[i].improve);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_notes(plx_json *json, const plx_workshop *w)
{
    plx_json_begin_array(json, "notes");
    for (guint i = 0; i < w->n_notes; i++) {
        const struct plx_gaps_note *note = &w->notes[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "code", note->code);
        plx_json_string(json, "audience",
                        note->audience < 0 ? NULL : w->audiences[note->audience].id);
        plx_json_count(json, "count", note->count);
        plx_json_string(json, "detail", note->detail);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_frame(plx_json *json, const plx_workshop *w)
{
    plx_json_string(json, "schema", "parallax.workshop/1");
    plx_json_string(json, "source", w->source);
    plx_json_string(json, "map", w->map->title);
    plx_json_string(json, "workshop", w->asked);
    plx_json_begin_array(json, "workshops");
    for (guint i = 0; i < w->n_workshops; i++)
        plx_json_string(json, NULL, w->workshops[i]);
    plx_json_end_array(json);
    plx_json_string(json, "since", w->since);
    plx_json_string(json, "until", w->until);
    plx_json_boolean(json, "sorted", w->sorted);
    plx_json_integer(json, "unsorted", w->unsorted);
    plx_json_integer(json, "withheld", w->withheld);
}

void plx_workshop_json(const plx_workshop *workshop, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    write_frame(json, workshop);
    write_audiences(json, workshop);
    write_part(json, workshop, "overall", NULL, &workshop->overall);
    write_contested(json, workshop);
    plx_json_begin_array(json, "questions");
    for (guint q = 0; q < PLX_ASKED; q++)
        write_part(json, workshop, NULL, plx_asked_prompt(q), &workshop->parts[q]);
    plx_json_end_array(json);
    write_notes(json, workshop);
    plx_json_end_object(json);
    if (!out->len || out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
}
