/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/book.h"

#include "base/date.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define CREATED 315532800 /* 1980-01-01, as the archive's own dates: the same bytes each time */
#define PAPER_A4 9
#define PRINTED_COLUMNS 16 /* that are still to be read on one page */
#define LINE 15.0          /* points */
#define LABEL_WIDTH 30     /* characters of the columns of a page */
#define FACT_WIDTH 100
#define WORDS_WIDTH 100                  /* at most, of a column of sentences */
#define CELL_WIDTH 64                    /* of others */
#define HEADING 21.0                     /* points */
#define FITTING(width) ((width)*11 / 10) /* letters are narrower than digits */
#define CELL_BYTES 256                   /* of a cell in temporary files, at most on average */
#define CELL_CHARACTERS 32767
#define FIRST_DAY (-25508) /* 1900-03-01: before it Excel's days are not those of the calendar */
#define DAY_ZERO 25569     /* 1970-01-01 in days since 1899-12-30 */

struct column {
    const char *name; /* borrowed */
    enum plx_book_form form;
    guint width; /* of the widest cell so far, in characters */
};

struct plx_book {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    char *path; /* of the temporary file */
    lxw_error code;
    lxw_format *form[PLX_BOOK_FORMS], *header, *number_header, *heading, *label, *fact_count,
        *fact_date;
    struct column *columns;
    guint n_columns;
    gboolean is_page;
    guint frozen;
    guint cell;  /* next of the row, unused columns counted */
    guint lines; /* of the row's highest cell */
    lxw_col_t c;
    lxw_row_t row;
    guint64 cells; /* of all sheets */
};

static void note(plx_book *book, lxw_error code)
{
    if (book->code == LXW_NO_ERROR)
        book->code = code;
}

static lxw_format *add_format(plx_book *book, const char *number)
{
    lxw_format *const format = workbook_add_format(book->book);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (number)
        format_set_num_format(format, number);
    return format;
}

static void add_formats(plx_book *book)
{
    static const char *const numbers[PLX_BOOK_FORMS] = {
        [PLX_BOOK_COUNT] = "#,##0",       [PLX_BOOK_NUMBER] = "0.00",
        [PLX_BOOK_SHARE] = "0%",          [PLX_BOOK_DIFFERENCE] = "+0.00;-0.00;0.00",
        [PLX_BOOK_POINTS] = "+0%;-0%;0%", [PLX_BOOK_FINE] = "0.0000"};
    for (guint i = 0; i < PLX_BOOK_FORMS; i++)
        book->form[i] = add_format(book, numbers[i]);
    format_set_text_wrap(book->form[PLX_BOOK_WORDS]);
    lxw_format **const headers[] = {&book->header, &book->number_header};
    for (guint i = 0; i < G_N_ELEMENTS(headers); i++) {
        lxw_format *const format = *headers[i] = add_format(book, NULL);
        format_set_bold(format);
        format_set_text_wrap(format);
        format_set_bottom(format, LXW_BORDER_THIN);
    }
    format_set_align(book->number_header, LXW_ALIGN_RIGHT);
    book->heading = add_format(book, NULL);
    format_set_bold(book->heading);
    format_set_font_size(book->heading, 14);
    book->label = add_format(book, NULL);
    format_set_bold(book->label);
    format_set_text_wrap(book->label);
    book->fact_count = add_format(book, numbers[PLX_BOOK_COUNT]);
    format_set_align(book->fact_count, LXW_ALIGN_LEFT);
    book->fact_date = add_format(book, "yyyy-mm-dd");
    format_set_align(book->fact_date, LXW_ALIGN_LEFT);
}

plx_book *plx_book_new(const char *title, GError **error)
{
    g_autoptr(plx_book) book = g_new0(plx_book, 1);
    book->path = g_build_filename(g_get_tmp_dir(), "parallax-XXXXXX.xlsx", NULL);
    const int fd = g_mkstemp(book->path);
    if (fd < 0) {
        const int reason = errno;
        g_clear_pointer(&book->path, g_free);
        plx_error(error, PLX_ERROR_IO, "cannot make a spreadsheet in %s: %s", g_get_tmp_dir(),
                  g_strerror(reason));
        return NULL;
    }
    close(fd);
    lxw_workbook_options options = {.constant_memory = LXW_FALSE,
                                    .tmpdir = (char *)(guintptr)g_get_tmp_dir()};
    book->book = workbook_new_opt(book->path, &options);
    if (!book->book) {
        plx_error(error, PLX_ERROR_IO, "cannot make a spreadsheet in %s", g_get_tmp_dir());
        return NULL;
    }
    lxw_doc_properties properties = {.title = (char *)(guintptr)title, .created = CREATED};
    note(book, workbook_set_properties(book->book, &properties));
    add_formats(book);
    return g_steal_pointer(&book);
}

void plx_book_free(plx_book *book)
{
    if (!book)
        return;
    if (book->book)
        lxw_workbook_free(book->book);
    if (book->path)
        g_unlink(book->path);
    g_free(book->path);
    g_free(book->columns);
    g_free(book);
}

/* Sheets ------------------------------------------------------------------------------------ */

/* Lines of a text that is broken between words. */
static guint lines_of(const char *text, guint width)
{
    guint lines = 1, length = 0;
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (guint i = 0; words[i]; i++) {
        const guint word = (guint)g_utf8_strlen(words[i], -1);
        if (length > 0 && length + 1 + word > width) {
            lines++;
            length = 0;
        }
        length += word + (length > 0);
        lines += length / (width + 1); /* a word that is longer than a line */
        length %= width + 1;
    }
    return lines;
}

/* Programs that show the file do not all find the height of a row themselves. */
static void set_height(plx_book *book, lxw_row_t row, guint lines)
{
    if (lines > 1)
        note(book, worksheet_set_row(book->sheet, row, LINE * lines, NULL));
}

/* Sums up the sheet that ends: widths are known now. */
static void end_sheet(plx_book *book)
{
    if (!book->sheet || book->is_page)
        return;
    lxw_col_t c = 0;
    guint lines = 1;
    for (guint i = 0; i < book->n_columns; i++) {
        const struct column *const column = &book->columns[i];
        const guint most = column->form == PLX_BOOK_WORDS ? WORDS_WIDTH : CELL_WIDTH;
        if (!column->name)
            continue;
        const guint width = CLAMP(column->width + 2, 9, most);
        lines = MAX(lines, lines_of(column->name, width - 1));
        note(book, worksheet_set_column(book->sheet, c, c, width, NULL));
        c++;
    }
    set_height(book, 0, lines);
    note(book, worksheet_autofilter(book->sheet, 0, 0, MAX(book->row, 2) - 1, c - 1));
    note(book, worksheet_repeat_rows(book->sheet, 0, 0));
    if (c <= PRINTED_COLUMNS)
        worksheet_fit_to_pages(book->sheet, 1, 0);
    else if (book->frozen > 0)
        note(book, worksheet_repeat_columns(book->sheet, 0, (lxw_col_t)(book->frozen - 1)));
}

static void begin_sheet(plx_book *book, const char *name)
{
    end_sheet(book);
    book->sheet = workbook_add_worksheet(book->book, name);
    g_assert(book->sheet); /* names are ours, short and different */
    worksheet_set_landscape(book->sheet);
    worksheet_set_paper(book->sheet, PAPER_A4);
    g_clear_pointer(&book->columns, g_free);
    book->n_columns = 0;
    book->row = 0;
    book->cell = 0;
    book->c = 0;
    book->lines = 1;
    book->frozen = 0;
}

/* The longest word of a header, which is broken between words. */
static guint longest_word(const char *name)
{
    guint longest = 0, length = 0;
    for (const char *p = name; *p; p = g_utf8_next_char(p)) {
        length = *p == ' ' ? 0 : length + 1;
        longest = MAX(longest, length);
    }
    return longest + 2; /* the arrow of the filter stands there, too */
}

void plx_book_sheet(plx_book *book, const char *name, const struct plx_book_column *columns,
                    guint n, guint frozen)
{
    begin_sheet(book, name);
    book->is_page = FALSE;
    book->columns = g_new0(struct column, n);
    book->n_columns = n;
    lxw_col_t c = 0;
    for (guint i = 0; i < n; i++) {
        book->columns[i].name = columns[i].name;
        book->columns[i].form = columns[i].form;
        if (!columns[i].name)
            continue;
        book->columns[i].width = longest_word(columns[i].name);
        lxw_format *const format =
            columns[i].form <= PLX_BOOK_WORDS ? book->header : book->number_header;
        note(book, worksheet_write_string(book->sheet, 0, c++, columns[i].name, format));
        if (i < frozen)
            book->frozen = c;
    }
    worksheet_freeze_panes(book->sheet, 1, (lxw_col_t)book->frozen);
    book->row = 1;
}

void plx_book_page(plx_book *book, const char *name)
{
    begin_sheet(book, name);
    book->is_page = TRUE;
    worksheet_fit_to_pages(book->sheet, 1, 0);
    note(book, worksheet_set_column(book->sheet, 0, 0, LABEL_WIDTH, NULL));
    note(book, worksheet_set_column(book->sheet, 1, 1, FACT_WIDTH, NULL));
}

/* Cells ------------------------------------------------------------------------------------- */

/* A text as long as a cell may be, without half a character at its end. */
static char *fitting(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    const char *at = valid;
    for (guint units = 0; *at; at = g_utf8_next_char(at)) {
        units += g_utf8_get_char(at) > 0xFFFF ? 2 : 1;
        if (units > CELL_CHARACTERS)
            break;
    }
    return g_strndup(valid, (gsize)(at - valid));
}

static void write_text(plx_book *book, lxw_col_t c, const char *text, lxw_format *format)
{
    g_autofree char *shown = fitting(text);
    note(book, worksheet_write_string(book->sheet, book->row, c, shown, format));
    book->cells += 1 + strlen(shown) / CELL_BYTES;
}

void plx_book_heading(plx_book *book, const char *text)
{
    if (book->row > 0)
        book->row++;
    write_text(book, 0, text, book->heading);
    note(book, worksheet_set_row(book->sheet, book->row, HEADING, NULL));
    book->row++;
}

void plx_book_fact(plx_book *book, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    write_text(book, 0, label, book->label);
    write_text(book, 1, text, book->form[PLX_BOOK_WORDS]);
    set_height(book, book->row,
               MAX(lines_of(label, LABEL_WIDTH - 4), lines_of(text, FITTING(FACT_WIDTH))));
    book->row++;
}

void plx_book_fact_count(plx_book *book, const char *label, gint64 count)
{
    if (count < 0)
        return;
    write_text(book, 0, label, book->label);
    note(book, worksheet_write_number(book->sheet, book->row, 1, (double)count, book->fact_count));
    book->row++;
}

void plx_book_fact_date(plx_book *book, const char *label, const char *date)
{
    struct plx_time time;
    if (!date || !plx_time_parse(date, strlen(date), &time) || time.day < FIRST_DAY) {
        plx_book_fact(book, label, date);
        return;
    }
    write_text(book, 0, label, book->label);
    note(book, worksheet_write_number(book->sheet, book->row, 1, (double)time.day + DAY_ZERO,
                                      book->fact_date));
    book->row++;
}

/* The column of the next cell; NULL: it is left out. */
static struct column *next_column(plx_book *book, lxw_col_t *c)
{
    g_assert(book->cell < book->n_columns);
    struct column *const column = &book->columns[book->cell++];
    if (!column->name)
        return NULL;
    *c = book->c++;
    return column;
}

void plx_book_text(plx_book *book, const char *text)
{
    lxw_col_t c;
    struct column *const column = next_column(book, &c);
    if (!column || !text || !*text)
        return;
    write_text(book, c, text, book->form[column->form]);
    column->width = MAX(column->width, (guint)g_utf8_strlen(text, -1));
    if (column->form == PLX_BOOK_WORDS)
        book->lines = MAX(book->lines, lines_of(text, FITTING(WORDS_WIDTH)));
}

void plx_book_number(plx_book *book, double number)
{
    lxw_col_t c;
    struct column *const column = next_column(book, &c);
    if (!column || !isfinite(number))
        return;
    note(book, worksheet_write_number(book->sheet, book->row, c, number, book->form[column->form]));
    book->cells++;
}

void plx_book_count(plx_book *book, gint64 count)
{
    plx_book_number(book, count < 0 ? (double)NAN : (double)count);
}

void plx_book_interval(plx_book *book, struct plx_interval ci)
{
    plx_book_number(book, ci.lo);
    plx_book_number(book, ci.hi);
}

void plx_book_skip(plx_book *book, guint cells)
{
    for (guint i = 0; i < cells; i++)
        plx_book_text(book, NULL);
}

void plx_book_next(plx_book *book)
{
    g_assert(book->cell == book->n_columns);
    set_height(book, book->row, book->lines);
    book->lines = 1;
    book->row++;
    book->cell = 0;
    book->c = 0;
}

/* The end ----------------------------------------------------------------------------------- */

/* The library does not notice a full disk while it puts the file together: there must be room. */
static gboolean check_room(const plx_book *book, GError **error)
{
    const int fd = open(book->path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return plx_error(error, PLX_ERROR_IO, "cannot write %s: %s", book->path, g_strerror(errno));
    const int code = posix_fallocate(fd, 0, (off_t)(65536 + 2 * book->cells * CELL_BYTES));
    close(fd);
    return code == 0 || code == EOPNOTSUPP || code == EINVAL ||
           plx_error(error, PLX_ERROR_IO, "cannot make the spreadsheet in %s: %s", g_get_tmp_dir(),
                     g_strerror(code));
}

gboolean plx_book_finish(plx_book *book, GString *out, GError **error)
{
    end_sheet(book);
    if (book->code == LXW_NO_ERROR && !check_room(book, error))
        return FALSE;
    const lxw_error closed = workbook_close(g_steal_pointer(&book->book));
    note(book, closed);
    if (book->code != LXW_NO_ERROR)
        return plx_error(error, PLX_ERROR_IO, "cannot make the spreadsheet in %s: %s",
                         g_get_tmp_dir(), lxw_strerror(book->code));
    g_autofree char *bytes = NULL;
    gsize n;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(book->path, &bytes, &n, &cause))
        return plx_error(error, PLX_ERROR_IO, "%s", cause->message);
    g_string_append_len(out, bytes, (gssize)n);
    return TRUE;
}
