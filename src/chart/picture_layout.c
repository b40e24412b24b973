/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/picture_layout.h"

#include <math.h>
#include <string.h>

#define WIDTH 1120.0
#define LEFT 124.0
#define LEFT_MAX 220.0
#define BESIDE 16.0      /* between that and the plot */
#define BESIDE_SIZE 12.0 /* of its text (picture.css) */
#define RIGHT 20.0
#define GAP 0.55 /* between sections, in columns */
#define COLUMN_MAX 104.0
#define COLUMN_WRAPPED 74.0 /* from here on labels fit upright, */
#define COLUMN_TWO 44.0     /* from here on two slanted lines do not touch the next label */
#define PLOT 230.0
#define UNDER 44.0 /* the bars below Expected */
#define FRICTION 30.0
#define LABEL 12.5       /* size of the points' labels */
#define SIN_SLANT 0.6428 /* of 40 degrees */
#define COS_SLANT 0.7660

/* Rough advance widths of a sans-serif face; measured on Inter and DejaVu Sans, rounded up. */
static double character_width(gunichar c)
{
    if (g_unichar_iswide(c))
        return 1.02;
    if (g_unichar_iszerowidth(c))
        return 0;
    if (c < 0x80 && strchr("iljtfrI.,:;'!|()[] ", (int)c))
        return 0.36;
    if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '@')
        return 0.9;
    return g_unichar_isupper(c) ? 0.70 : 0.58;
}

double plx_layout_text_width(const char *text)
{
    double width = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        width += character_width(g_utf8_get_char(p));
    return width;
}

/* As much of `text` as fits, with an ellipsis when that is not all. */
static char *ellipsise(const char *text, double width)
{
    if (plx_layout_text_width(text) <= width)
        return g_strdup(text);
    double used = 0.9; /* the ellipsis */
    const char *p = text;
    for (; *p; p = g_utf8_next_char(p)) {
        used += character_width(g_utf8_get_char(p));
        if (used > width)
            break;
    }
    g_autofree char *head = g_strndup(text, (gsize)(p - text));
    return g_strconcat(g_strchomp(head), "…", NULL);
}

/* Length in bytes of the longest beginning of `text` that fits and ends at a blank (or anywhere
 * between wide characters); at least one word. */
static gsize fitting(const char *text, double width)
{
    double used = 0;
    gsize best = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        const gboolean wide = g_unichar_iswide(c);
        if ((c == ' ' || (wide && p > text)) && (used <= width || !best))
            best = (gsize)(p - text);
        used += character_width(c);
        if (used > width && best)
            return best;
    }
    return used <= width || !best ? strlen(text) : best;
}

static gboolean is_vowel(const char *at)
{
    static const char vowels[] = "aeiouyäöüáàâéèêíìîóòôúùûåæø";
    return g_utf8_strchr(vowels, -1, g_unichar_tolower(g_utf8_get_char(at))) != NULL;
}

/* Where to break a word within its first `n` letters, at least `least`: before a consonant that a
 * vowel follows, which is where a syllable begins in most languages; else behind letter `n`. */
static glong syllable(const char *word, glong n, glong least)
{
    for (glong i = n; i >= MAX(least, n - 4); i--) {
        const char *at = g_utf8_offset_to_pointer(word, i);
        if (*at && !is_vowel(at) && *g_utf8_next_char(at) && is_vowel(g_utf8_next_char(at)))
            return i;
    }
    return n;
}

/* The first part of a word too long for a line (long compounds: "Auftragsbestätigung"), with its
 * hyphen, no part shorter than four letters; NULL: it fits, or is not to be broken. `length` is
 * its bytes. */
static char *broken(const char *word, double width, gsize *length)
{
    if (plx_layout_text_width(word) <= width)
        return NULL;
    const glong letters = g_utf8_strlen(word, -1);
    double used = 0.4; /* the hyphen */
    glong n = 0;
    const char *p = word;
    for (; *p && used + character_width(g_utf8_get_char(p)) <= width; n++) {
        if (!g_unichar_isalpha(g_utf8_get_char(p)))
            return NULL;
        used += character_width(g_utf8_get_char(p));
        p = g_utf8_next_char(p);
    }
    n = MIN(n, letters - 4);
    if (n < 4 || g_unichar_get_script(g_utf8_get_char(word)) != G_UNICODE_SCRIPT_LATIN)
        return NULL;
    n = syllable(word, n, 4);
    *length = (gsize)(g_utf8_offset_to_pointer(word, n) - word);
    g_autofree char *head = g_strndup(word, *length);
    return g_strconcat(head, "-", NULL);
}

static char **wrap(const char *text, double width, double size, guint max_lines, gboolean hyphens)
{
    GPtrArray *lines = g_ptr_array_new();
    const double fit = width / size;
    const char *rest = text;
    while (*rest == ' ')
        rest++;
    while (*rest) {
        if (lines->len + 1 == max_lines) {
            g_ptr_array_add(lines, ellipsise(rest, fit));
            break;
        }
        gsize length = fitting(rest, fit);
        g_autofree char *line = g_strndup(rest, length);
        char *part = hyphens ? broken(line, fit, &length) : NULL;
        g_ptr_array_add(lines, part ? part : ellipsise(line, fit));
        rest += length;
        while (*rest == ' ')
            rest++;
    }
    g_ptr_array_add(lines, NULL);
    return (char **)g_ptr_array_free(lines, FALSE);
}

char **plx_layout_wrap(const char *text, double width, double size, guint max_lines)
{
    return wrap(text, width, size, max_lines, TRUE);
}

static gboolean same_chapter(const struct plx_picture_point *a, const struct plx_picture_point *b)
{
    return g_strcmp0(a->chapter, b->chapter) == 0;
}

static gboolean same_section(const struct plx_picture_point *a, const struct plx_picture_point *b)
{
    return same_chapter(a, b) && g_strcmp0(a->section, b->section) == 0;
}

/* Sections are cut at `capacity` points: none is longer than a row. */
static GArray *find_sections(const struct plx_picture *picture, guint capacity)
{
    GArray *sections = g_array_new(FALSE, TRUE, sizeof(struct plx_section));
    for (guint i = 0; i < picture->n_points;) {
        struct plx_section section = {.first = i, .n = 1};
        while (i + section.n < picture->n_points && section.n < capacity &&
               same_section(&picture->points[i], &picture->points[i + section.n]))
            section.n++;
        g_array_append_val(sections, section);
        i += section.n;
    }
    return sections;
}

/* Fills rows greedily up to `capacity` points; rows never mix chapters. Returns their number. */
static guint fill_rows(const struct plx_picture *picture, GArray *sections, guint capacity)
{
    guint row = 0, used = 0;
    for (guint i = 0; i < sections->len; i++) {
        struct plx_section *section = &g_array_index(sections, struct plx_section, i);
        const gboolean other = i > 0 && !same_chapter(&picture->points[section->first],
                                                      &picture->points[section->first - 1]);
        if (i > 0 && (other || used + section->n > capacity)) {
            row++;
            used = 0;
        }
        section->row = row;
        used += section->n;
    }
    return sections->len ? row + 1 : 0;
}

/* The fewest rows, and among those the most even ones. */
static guint balance_rows(const struct plx_picture *picture, GArray *sections)
{
    const guint n = fill_rows(picture, sections, PLX_PICTURE_ROW);
    guint capacity = PLX_PICTURE_ROW;
    while (capacity > 1 && fill_rows(picture, sections, capacity - 1) == n)
        capacity--;
    return fill_rows(picture, sections, capacity);
}

static double row_slots(const struct plx_layout *layout, guint row)
{
    double slots = -GAP;
    for (guint i = 0; i < layout->n_sections; i++)
        if (layout->sections[i].row == row)
            slots += layout->sections[i].n + GAP;
    return slots;
}

char **plx_layout_below(const struct plx_picture *picture, double left)
{
    const guint lines = picture->friction_label ? 2 : 3;
    const char *const text = picture->below_label ? picture->below_label : "";
    return wrap(text, left - BESIDE, BESIDE_SIZE, lines, FALSE);
}

/* What stands left of the bars has the room that it needs, up to a limit. */
static double left_of(const struct plx_picture *picture)
{
    for (double left = LEFT; left < LEFT_MAX; left += 4) {
        g_auto(GStrv) lines = plx_layout_below(picture, left);
        if (!plx_layout_is_cut(lines))
            return left;
    }
    return LEFT_MAX;
}

static void place_columns(struct plx_layout *layout, const struct plx_picture *picture)
{
    double most = 1;
    for (guint r = 0; r < layout->n_rows; r++)
        most = MAX(most, row_slots(layout, r));
    layout->left = left_of(picture);
    layout->column = MIN(COLUMN_MAX, (WIDTH - layout->left - RIGHT) / most);
    layout->slanted = layout->column < COLUMN_WRAPPED;
    layout->width = MAX(420, layout->left + RIGHT + most * layout->column);
    double x = layout->left;
    for (guint i = 0; i < layout->n_sections; i++) {
        struct plx_section *section = &layout->sections[i];
        if (i == 0 || section->row != layout->sections[i - 1].row)
            x = layout->left;
        section->x = x;
        section->width = section->n * layout->column;
        for (guint p = 0; p < section->n; p++)
            layout->places[section->first + p] =
                (struct plx_place){.row = section->row, .x = x + (p + 0.5) * layout->column};
        x += section->width + GAP * layout->column;
        layout->rows[section->row].right = section->x + section->width;
    }
}

char **plx_layout_heading(const struct plx_layout *layout, const struct plx_section *section,
                          const char *heading)
{
    /* Where each has one column only, all are broken, and must not touch. */
    const double width = section->width + GAP * layout->column * (section->n > 1 ? 0.8 : 0.5);
    return plx_layout_wrap(heading, width, PLX_LAYOUT_HEADING, PLX_LAYOUT_HEADING_LINES);
}

/* Headings take further lines only where one of them needs them. */
static double heading_height(const struct plx_layout *layout, const struct plx_picture *picture)
{
    guint most = 0;
    for (guint i = 0; i < layout->n_sections; i++) {
        const struct plx_section *section = &layout->sections[i];
        const char *heading = picture->points[section->first].heading;
        if (!heading)
            continue;
        g_auto(GStrv) lines = plx_layout_heading(layout, section, heading);
        most = MAX(most, MAX(1, g_strv_length(lines)));
    }
    return most > 0 ? 25 + (most - 1) * PLX_LAYOUT_HEADING_LEADING : 0;
}

gboolean plx_layout_is_cut(char *const *lines)
{
    for (guint i = 0; lines[i]; i++)
        if (g_str_has_suffix(lines[i], "…"))
            return TRUE;
    return FALSE;
}

/* Some are bold, which is wider than text_width says: neighbours must not touch, unless a word
 * would be cut. */
static char **upright_label(const struct plx_layout *layout, const char *title)
{
    for (double margin = 14; margin >= 6; margin -= 8) {
        char **lines = wrap(title, layout->column - margin, LABEL, 3, FALSE);
        if (!plx_layout_is_cut(lines))
            return lines;
        g_strfreev(lines);
    }
    return plx_layout_wrap(title, layout->column - 6, LABEL, 3);
}

char **plx_layout_label(const struct plx_layout *layout, const char *title, double x)
{
    if (!layout->slanted)
        return upright_label(layout, title);
    /* A label ends below its point and begins to the left: near the edge there is less room. */
    const gboolean narrow = layout->column < COLUMN_TWO;
    const double longest = narrow ? PLX_LAYOUT_NARROW : PLX_LAYOUT_SLANTED;
    const double room = MIN(longest, (x + 3) / COS_SLANT / LABEL);
    const double length = plx_layout_text_width(title);
    if (length <= room || narrow)
        return plx_layout_wrap(title, room * LABEL, LABEL, 1);
    for (double width = length / 2; width < room; width += 0.5) {
        char **lines = wrap(title, width * LABEL, LABEL, 2, FALSE);
        if (!lines[1] || !g_str_has_suffix(lines[1], "…"))
            return lines;
        g_strfreev(lines);
    }
    return plx_layout_wrap(title, room * LABEL, LABEL, 2);
}

static double label_height(const struct plx_layout *layout, const struct plx_picture *picture,
                           const struct plx_row *row)
{
    double height = 0;
    for (guint i = row->first; i < row->first + row->n; i++) {
        g_auto(GStrv) lines =
            plx_layout_label(layout, picture->points[i].title, layout->places[i].x);
        const guint n = g_strv_length(lines);
        if (!layout->slanted)
            height = MAX(height, n * 15.0 + 10);
        for (guint k = 0; layout->slanted && k < n; k++)
            height = MAX(height, plx_layout_text_width(lines[k]) * LABEL * SIN_SLANT + 16 + 10 * k);
    }
    return height;
}

static void place_rows(struct plx_layout *layout, const struct plx_picture *picture)
{
    layout->heading_height = heading_height(layout, picture);
    const double under = UNDER - (picture->below_label ? 0 : PLX_LAYOUT_BARS) +
                         (picture->friction_label ? FRICTION : 0);
    double y = 4;
    for (guint r = 0; r < layout->n_rows; r++) {
        struct plx_row *row = &layout->rows[r];
        row->top = y;
        row->plot_top = y + (row->chapter ? 28 : 0) + layout->heading_height + 12;
        row->plot_bottom = row->plot_top + PLOT;
        y = row->plot_bottom + under + label_height(layout, picture, row) + 14;
    }
    layout->height = y;
}

void plx_layout_init(struct plx_layout *layout, const struct plx_picture *picture)
{
    memset(layout, 0, sizeof *layout);
    GArray *sections = find_sections(picture, PLX_PICTURE_ROW);
    layout->n_rows = balance_rows(picture, sections);
    layout->n_sections = sections->len;
    layout->sections = (struct plx_section *)(gpointer)g_array_free(sections, FALSE);
    layout->rows = g_new0(struct plx_row, layout->n_rows + 1);
    layout->places = g_new0(struct plx_place, picture->n_points + 1);
    const char *chapter = NULL;
    for (guint i = 0; i < layout->n_sections; i++) {
        const struct plx_section *section = &layout->sections[i];
        struct plx_row *row = &layout->rows[section->row];
        if (!row->n) {
            row->first = section->first;
            const char *own = picture->points[section->first].chapter;
            row->chapter = g_strcmp0(own, chapter) != 0 ? own : NULL;
            chapter = own;
        }
        row->n += section->n;
    }
    place_columns(layout, picture);
    place_rows(layout, picture);
}

void plx_layout_clear(struct plx_layout *layout)
{
    g_free(layout->sections);
    g_free(layout->rows);
    g_free(layout->places);
    memset(layout, 0, sizeof *layout);
}
