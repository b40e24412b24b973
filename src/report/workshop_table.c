/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"
#include "report/words.h"
#include "report/words_workshop.h"
#include "report/workshop.h"

#define LINES 8 /* of a group, before "and 12 more": -v shows all */

struct workshop_table {
    struct plx_text_table text;
    const plx_workshop *w;
};

static void say(struct workshop_table *t, enum plx_style style, guint indent, const GString *text)
{
    if (text->len)
        plx_table_line(&t->text, style, indent, text->str);
}

/* "leaders 1 of 1 table (well) · customers 2 of 6 tables (12–65 %; to improve)" */
static void append_who(const plx_workshop *w, const struct plx_workshop_part *part,
                       const struct plx_workshop_theme *theme, GString *out)
{
    for (guint a = 0; a < w->n_audiences; a++) {
        const struct plx_named *named = &theme->named[a];
        if (!named->named)
            continue;
        g_string_append(out, out->len ? " · " : "");
        plx_words_table_people(w, a, FALSE, out);
        g_string_append_c(out, ' ');
        plx_words_named(w, a, named, out);
        if (part == &w->overall) {
            g_string_append(out, ": ");
            plx_words_asked_all(named->asked, out);
        }
        if (part->asked == 1u << PLX_ASKED_COMPETITORS && !named->few) {
            g_string_append(out, ": ");
            plx_words_good_bad(named->good, named->bad, out);
        }
    }
}

/* The gaps of a point, else who rates it how. */
static void print_point(struct workshop_table *t, const struct plx_gaps_point *point)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const guint n = point->n_gaps ? point->n_gaps : point->n_voices;
    for (guint i = 0; i < n; i++) {
        g_string_printf(text, "Ratings, %s: ", point->title);
        if (point->n_gaps)
            plx_words_gap(t->w->gaps, point, &point->gaps[i], text);
        else
            plx_words_seen(t->w->gaps, &point->voices[i], text);
        say(t, PLX_STYLE_PLAIN, 4, text);
    }
}

static void print_points(struct workshop_table *t, const struct plx_workshop_theme *theme)
{
    for (guint p = 0; p < theme->n_points; p++)
        print_point(t, theme->points[p]);
}

static void print_quotes(struct workshop_table *t, const struct plx_workshop_theme *theme)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint a = 0; a < t->w->n_audiences; a++)
        for (guint i = 0; i < theme->named[a].n_quotes; i++) {
            g_string_printf(text, "“%s” ", theme->named[a].quotes[i]);
            plx_words_table_people(t->w, a, FALSE, text);
            say(t, PLX_STYLE_DIM, 4, text);
        }
}

static void print_theme(struct workshop_table *t, const struct plx_workshop_part *part,
                        const struct plx_workshop_theme *theme)
{
    g_autoptr(GString) text = g_string_new(NULL);
    append_who(t->w, part, theme, text);
    plx_table_line(&t->text, PLX_STYLE_PLAIN, 2, theme->title);
    say(t, PLX_STYLE_DIM, 4, text);
    if (part == &t->w->overall)
        print_points(t, theme);
    else if (t->text.options->verbose)
        print_quotes(t, theme);
}

/* Does the theme belong under this heading? `audience` of one. */
static gboolean belongs(const struct plx_workshop_theme *theme, enum plx_naming naming,
                        guint audience)
{
    return theme->naming == naming && (naming != PLX_NAMED_BY_ONE || theme->named[audience].named);
}

static void print_group(struct workshop_table *t, enum plx_naming naming, guint audience)
{
    const struct plx_workshop_part *part = &t->w->overall;
    const guint most = t->text.options->verbose ? G_MAXUINT : LINES;
    g_autoptr(GString) text = g_string_new(NULL);
    guint n = 0;
    plx_words_naming(t->w, naming, audience, text);
    for (guint i = 0; i < part->n_themes; i++) {
        if (!belongs(&part->themes[i], naming, audience))
            continue;
        if (n == 0)
            say(t, PLX_STYLE_BOLD, 0, text);
        if (n++ < most)
            print_theme(t, part, &part->themes[i]);
    }
    g_string_printf(text, "and %u more (-v shows them)", n > most ? n - most : 0);
    if (n > most)
        say(t, PLX_STYLE_DIM, 2, text);
    if (n)
        plx_table_blank(&t->text);
}

static void print_contested(struct workshop_table *t)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!t->w->n_contested)
        return;
    plx_table_line(&t->text, PLX_STYLE_BOLD, 0, "Where views part");
    for (guint i = 0; i < t->w->n_contested; i++) {
        plx_table_line(&t->text, PLX_STYLE_PLAIN, 2, t->w->contested[i].theme->title);
        g_string_assign(text, "Goes well: ");
        plx_words_who(t->w, t->w->contested[i].well, text);
        say(t, PLX_STYLE_PLAIN, 4, text);
        g_string_assign(text, "To improve: ");
        plx_words_who(t->w, t->w->contested[i].improve, text);
        say(t, PLX_STYLE_PLAIN, 4, text);
    }
    plx_table_blank(&t->text);
}

static void print_question(struct workshop_table *t, enum plx_asked asked)
{
    const struct plx_workshop_part *part = &t->w->parts[asked];
    if (!part->n_themes)
        return;
    plx_table_line(&t->text, PLX_STYLE_BOLD, 0, plx_words_asked(asked));
    for (guint i = 0; i < part->n_themes; i++)
        print_theme(t, part, &part->themes[i]);
    plx_table_blank(&t->text);
}

static void print_notes(struct workshop_table *t)
{
    g_autoptr(GPtrArray) notes = plx_words_workshop_notes(t->w, PLX_WORDS_TERMINAL);
    if (notes->len)
        plx_table_line(&t->text, PLX_STYLE_BOLD, 0, "Notes");
    for (guint i = 0; i < notes->len; i++) {
        g_autofree char *text = g_strconcat("• ", g_ptr_array_index(notes, i), NULL);
        plx_table_line(&t->text, PLX_STYLE_PLAIN, 2, text);
    }
    if (t->w->n_shown)
        plx_table_line(&t->text, PLX_STYLE_DIM, 0,
                       "Tables are counted, not people. To show it in the room: parallax report "
                       "SOURCE --reading workshop -o workshop.html.");
}

/* Over all questions; then those that only one kind of question holds; with -v each question. */
void plx_workshop_table(const plx_workshop *workshop, const struct plx_table_options *options,
                        GString *out)
{
    struct workshop_table t = {.text = {.options = options, .out = out, .served = -1},
                               .w = workshop};
    const gsize start = out->len;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) parted = g_string_new(NULL);
    plx_words_workshop_headline(workshop, text, parted);
    g_string_append_printf(text, "%s%s", parted->len ? " " : "", parted->str);
    say(&t, PLX_STYLE_BOLD, 0, text);
    g_string_truncate(text, 0);
    plx_words_workshop_context(workshop, text);
    say(&t, PLX_STYLE_DIM, 0, text);
    plx_table_blank(&t.text);
    print_contested(&t);
    print_group(&t, PLX_NAMED_BY_ALL, 0);
    print_group(&t, PLX_NAMED_BY_SEVERAL, 0);
    for (guint a = 0; a < workshop->n_audiences; a++)
        print_group(&t, PLX_NAMED_BY_ONE, a);
    for (guint q = 0; q < PLX_ASKED; q++)
        if (options->verbose || q == PLX_ASKED_COMPETITORS || q == PLX_ASKED_MOMENT)
            print_question(&t, q);
    print_notes(&t);
    plx_table_finish(&t.text, start);
}
