/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page for Monday as text. */
#include "report/about.h"
#include "report/monday.h"
#include "report/monday_words.h"
#include "report/words.h"

#define COMMAND_WIDTH 92 /* of a line in a file of 100 */
#define QUOTED 2

static void tell_lines(plx_story *story, const char *heading, GPtrArray *lines)
{
    if (lines->len && heading)
        plx_story_heading(story, heading);
    for (guint i = 0; i < lines->len; i++)
        plx_story_item(story, NULL, lines->pdata[i]);
    g_ptr_array_unref(lines);
}

static void tell_levels(const plx_next *next, const struct plx_proposal *p, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_monday_where(p, text);
    if (text->len)
        plx_story_item(story, "Where it is", text->str);
    g_string_truncate(text, 0);
    plx_monday_levels(next, p, text);
    for (int value = p->from, i = 0; i < 2; i++, value = p->to) {
        const char *anchor = plx_next_words_anchor(next, p, value);
        g_string_append(text, i ? "\nTo " : "\nFrom ");
        plx_next_words_level(text, p, value);
        if (anchor)
            g_string_append_printf(text, ": %s.", anchor);
    }
    plx_story_item(story, "From and to", text->str);
}

static void tell_said(const plx_next *next, const struct plx_proposal *p, plx_story *story)
{
    const struct plx_next_quotes *quotes = p->quotes ? &p->quotes[PLX_NEXT_SHORT] : NULL;
    g_autoptr(GString) title = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_next_words_kind(next, PLX_NEXT_SHORT, title);
    for (guint i = 0; quotes && i < MIN(quotes->n, QUOTED); i++) {
        g_string_append(text, i ? "\n" : "");
        plx_next_words_quote(text, &quotes->quotes[i]);
    }
    if (text->len)
        plx_story_item(story, title->str, text->str);
}

static void tell_judged(const plx_next *next, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_monday_judged(next, plx_monday_step(next), text);
    plx_story_item(story, NULL, text->str);
}

static void tell_know(const plx_next *next, const struct plx_proposal *p, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_next_words_to_know(p, text);
    plx_story_item(story, NULL, text->str);
    plx_story_item(story, NULL, "Write it down before it starts:");
    g_string_truncate(text, 0);
    plx_next_words_command(next, p, COMMAND_WIDTH, text);
    plx_story_code(story, text->str);
    g_string_truncate(text, 0);
    plx_next_words_command_notes(next, p, FALSE, text);
    plx_story_quiet(story, text->str);
}

static void tell_step(const plx_next *next, const struct plx_proposal *p, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    tell_levels(next, p, story);
    tell_lines(story, "Why here", plx_monday_why(next, p));
    tell_said(next, p, story);
    tell_lines(story, plx_monday_do_title(next), plx_monday_do(next, p));
    plx_story_heading(story, "How you will know");
    if (plx_monday_step(next))
        tell_judged(next, story);
    else
        tell_know(next, p, story);
    plx_story_heading(story, "We would be wrong if");
    plx_next_words_wrong(p, text);
    plx_story_item(story, NULL, text->str);
}

plx_story *plx_monday_story(const plx_next *next)
{
    plx_story *story = plx_story_new("monday", "This week");
    g_autoptr(GString) text = g_string_new(plx_monday_kicker(next));
    g_autoptr(plx_gaps) frame = plx_about_frame(&next->about);
    g_string_append_c(text, '\n');
    plx_monday_title(next, text);
    plx_story_lead(story, text->str);
    g_string_truncate(text, 0);
    plx_words_context(frame, text);
    plx_story_context(story, text->str);
    if (next->recommended)
        tell_step(next, next->recommended, story);
    else
        tell_lines(story, "What to do", plx_monday_instead(next));
    tell_lines(story, plx_monday_others_title(next), plx_monday_others(next));
    tell_lines(story, "Only to be told", plx_monday_untold(next));
    tell_lines(story, "Not seen yet", plx_monday_apart(next));
    tell_lines(story, "Not answered yet", plx_monday_owed(next));
    return story;
}
