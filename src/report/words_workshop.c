/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words_workshop.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *question, *brief;
} asked_words[PLX_ASKED] = {
    {"What do we do well?", "well"},
    {"What could be improved?", "to improve"},
    {"What do competitors do differently?", "competitors"},
    {"What must continue, or be started?", "to continue or start"},
    {"Who makes this easier?", "easier elsewhere"},
    {"Which moments are missing on the map?", "not on the map"},
};

const char *plx_words_asked(enum plx_asked asked)
{
    return asked_words[asked].question;
}

const char *plx_words_asked_short(enum plx_asked asked)
{
    return asked_words[asked].brief;
}

void plx_words_asked_all(guint asked, GString *out)
{
    gboolean first = TRUE;
    for (guint q = 0; q < PLX_ASKED; q++) {
        if (!(asked & 1u << q))
            continue;
        g_string_append_printf(out, "%s%s", first ? "" : " · ", asked_words[q].brief);
        first = FALSE;
    }
}

void plx_words_table_people(const plx_workshop *w, guint audience, gboolean first, GString *out)
{
    const gsize at = out->len;
    plx_words_audience_people(w->audiences[audience].id, w->audiences[audience].title, out);
    if (first)
        plx_words_capital(out, at);
}

static void append_number(GString *out, gint64 n, const char *one, const char *many)
{
    plx_words_count(out, n);
    g_string_append_printf(out, " %s", n == 1 ? one : many);
}

void plx_words_seats(gint64 tables, gint64 alone, gint64 persons, GString *out)
{
    if (tables < 0 || alone < 0) {
        g_string_append(out, "too few to count");
        return;
    }
    if (tables)
        append_number(out, tables, "table", "tables");
    if (tables && alone)
        g_string_append(out, " and ");
    if (alone)
        append_number(out, alone, "person", "people");
    g_string_append(out, tables && alone ? " alone" : "");
    if (!tables || persons < 0)
        return;
    g_string_append(out, ", ");
    append_number(out, persons, "person", "people");
    g_string_append(out, alone ? " in all" : "");
}

void plx_words_named(const plx_workshop *w, guint audience, const struct plx_named *named,
                     GString *out)
{
    const struct plx_workshop_audience *of = &w->audiences[audience];
    if (named->few) {
        g_string_append_printf(out, "fewer than %u people", of->minimum);
        return;
    }
    plx_words_count(out, named->tables + named->alone);
    g_string_append(out, " of ");
    append_number(out, named->of, of->tables ? "table" : "person",
                  of->tables ? "tables" : "people");
    if (!isfinite(named->ci.lo))
        return;
    g_string_append(out, " (");
    plx_words_percent_range(out, named->ci);
    g_string_append_c(out, ')');
}

void plx_words_good_bad(gint64 good, gint64 bad, GString *out)
{
    if (good < 0) {
        g_string_append(out, "–");
        return;
    }
    g_string_append(out, "good ");
    plx_words_count(out, good);
    g_string_append(out, ", bad ");
    plx_words_count(out, bad);
}

static const char *number_word(guint n)
{
    static const char *const words[] = {"none", "one", "two",   "three", "four",
                                        "five", "six", "seven", "eight", "nine"};
    return n < G_N_ELEMENTS(words) ? words[n] : "many";
}

void plx_words_naming(const plx_workshop *w, enum plx_naming naming, guint audience, GString *out)
{
    switch (naming) {
    case PLX_NAMED_BY_ALL:
        if (w->n_shown == 2)
            g_string_append(out, "Both name");
        else
            g_string_append_printf(out, "All %s name", number_word(w->n_shown));
        return;
    case PLX_NAMED_BY_SEVERAL:
        if (w->n_shown == 3)
            g_string_append(out, "Two of three name");
        else
            g_string_append(out, "Several name, not all");
        return;
    case PLX_NAMED_BY_ONE:
        g_string_append(out, w->n_shown > 1 ? "Only " : "");
        plx_words_table_people(w, audience, w->n_shown == 1, out);
        g_string_append(out, " name");
        return;
    }
}

void plx_words_who(const plx_workshop *w, const struct plx_workshop_theme *theme, GString *out)
{
    guint n = 0;
    for (guint a = 0; a < w->n_audiences; a++) {
        if (!theme->named[a].named)
            continue;
        g_string_append(out, n++ ? ", " : "");
        plx_words_table_people(w, a, FALSE, out);
        g_string_append_c(out, ' ');
        plx_words_named(w, a, &theme->named[a], out);
    }
}

static void append_names(const plx_workshop *w, GString *out)
{
    guint n = 0;
    for (guint i = 0; i < w->n_workshops; i++) {
        if (!*w->workshops[i])
            continue;
        g_string_append_printf(out, "%s%s", n ? ", " : "", w->workshops[i]);
        n++;
    }
    if (n)
        g_string_append(out, " · ");
}

void plx_words_workshop_context(const plx_workshop *w, GString *out)
{
    gint64 tables = 0, alone = 0, persons = 0;
    for (guint a = 0; a < w->n_audiences; a++) {
        if (w->audiences[a].suppressed)
            continue;
        tables += w->audiences[a].tables;
        alone += w->audiences[a].alone;
        persons += w->audiences[a].persons;
    }
    if (w->map->title)
        g_string_append_printf(out, "%s · ", w->map->title);
    append_names(w, out);
    const gboolean one_day = w->since && strcmp(w->since, w->until) == 0;
    const gboolean named_so =
        one_day && strstr(out->str, w->since); /* a workshop called by its day */
    if (one_day && !named_so)
        g_string_append_printf(out, "%s · ", w->since);
    else if (w->since && !one_day)
        g_string_append_printf(out, "%s to %s · ", w->since, w->until);
    if (tables + alone == 0)
        g_string_append(out, "no answers yet");
    else
        plx_words_seats(tables, alone, persons, out);
}

void plx_words_workshop_headline(const plx_workshop *w, GString *first, GString *second)
{
    gint64 all = 0;
    for (guint t = 0; t < w->overall.n_themes; t++)
        all += w->overall.themes[t].naming == PLX_NAMED_BY_ALL ? 1 : 0;
    if (!w->n_audiences) {
        g_string_append(first, "No sheet has been filled in yet.");
    } else if (w->n_shown < 2) {
        g_string_append(first, "What the tables name.");
    } else if (all) {
        plx_words_naming(w, PLX_NAMED_BY_ALL, 0, first);
        g_string_append_c(first, ' ');
        append_number(first, all, "theme.", "themes.");
    } else {
        g_string_append(first, "Nothing is named by all.");
    }
    if (!w->n_contested)
        return;
    g_string_append(second, "Views part on ");
    append_number(second, w->n_contested, "theme.", "themes.");
}

/* {Who}: the audience, as a sentence begins; {n}, {d}: count and detail. */
static const struct {
    const char *code, *one, *many;
} sentences[] = {
    {"audience_hidden", "{Who} are not shown: {n} person answered, at least {d} are needed.",
     "{Who} are not shown: {n} people answered, at least {d} are needed."},
    {"sheets_left_out",
     "{Who} are left out in one workshop ({d}): fewer people than the minimum sat there.",
     "{Who} are left out in {n} workshops ({d}): fewer people than the minimum sat there."},
    {"few_tables", "{Who}: {n} table, so a share of tables would say nothing (from {d} on).",
     "{Who}: {n} tables, so a share of tables would say nothing (from {d} on)."},
    {"few_persons", "{Who}: one theme was named by fewer than {d} people, so it is not counted.",
     "{Who}: {n} themes were named by fewer than {d} people, so they are not counted."},
    {"words_withheld",
     "{Who}: {n} answer is not shown until somebody sorts it into a theme; words of fewer than {d} "
     "people could be recognised.",
     "{Who}: {n} answers are not shown until somebody sorts them into themes; words of fewer than "
     "{d} people could be recognised."},
    {"not_sorted", "Not sorted yet: {n} answer{cmd}.", "Not sorted yet: {n} answers{cmd}."},
    {"no_answers",
     "No answers of a workshop: rows with a table, a workshop, or the source "
     "workshop, and a prompt well, improve, competitors, continue, easier or moment.",
     NULL},
};

static char *note_text(const plx_workshop *w, const struct plx_gaps_note *note,
                       enum plx_words_place place, const char *text)
{
    g_autoptr(GString) out = g_string_new(text);
    g_autoptr(GString) who = g_string_new(NULL);
    g_autoptr(GString) n = g_string_new(NULL);
    if (note->audience >= 0)
        plx_words_table_people(w, (guint)note->audience, TRUE, who);
    plx_words_count(n, note->count);
    g_string_replace(out, "{cmd}", place == PLX_WORDS_TERMINAL ? " (parallax workshop code)" : "",
                     0);
    g_string_replace(out, "{n}", n->str, 0);
    g_string_replace(out, "{Who}", who->str, 0);
    g_string_replace(out, "{d}", note->detail ? note->detail : "", 0);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

GPtrArray *plx_words_workshop_notes(const plx_workshop *w, enum plx_words_place place)
{
    GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < w->n_notes; i++)
        for (guint k = 0; k < G_N_ELEMENTS(sentences); k++)
            if (strcmp(sentences[k].code, w->notes[i].code) == 0)
                g_ptr_array_add(notes, note_text(w, &w->notes[i], place,
                                                 w->notes[i].count == 1 || !sentences[k].many
                                                     ? sentences[k].one
                                                     : sentences[k].many));
    return notes;
}
