/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes every room as NAME.reveal and every workshop as NAME.room (pages), every sample as page,
 * table, spreadsheet, JSON and CSV into a directory: `write-samples DIR`. The browser test looks at
 * the pages, people at the rest; `golden` makes the files of tests/report. */

#include "report/book.h"
#include "report/gaps_csv.h"
#include "report/gaps_json.h"
#include "report/gaps_page.h"
#include "report/gaps_table.h"
#include "report/gaps_xlsx.h"
#include "report/point.h"
#include "report/reveal.h"
#include "report/room.h"
#include "report/room_page.h"
#include "report/sample.h"
#include "report/sheets.h"

#include <glib/gstdio.h>
#include <stdio.h>

static gboolean save(const char *dir, const char *name, const char *extension, const GString *text)
{
    g_autofree char *file = g_strconcat(name, extension, NULL);
    g_autofree char *path = g_build_filename(dir, file, NULL);
    g_autoptr(GError) error = NULL;
    if (g_file_set_contents(path, text->str, (gssize)text->len, &error))
        return TRUE;
    g_printerr("%s\n", error->message);
    return FALSE;
}

static gboolean write_sample(const char *dir, enum sample_kind kind)
{
    plx_gaps *gaps = sample_new(kind);
    const char *name = sample_name(kind);
    const struct plx_page_options page = {.version = "0.1.0",
                                          .command = "parallax report ratings.csv -o monday.html"};
    const struct plx_table_options table = {80, FALSE, TRUE, FALSE};
    g_autoptr(GString) html = plx_gaps_page(gaps, &page);
    g_autoptr(GString) sheet = plx_gaps_one_page(gaps, &page);
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean ok = save(dir, name, ".html", html);
    ok &= save(dir, name, ".sheet.html", sheet);
    plx_gaps_table(gaps, &table, text);
    ok &= save(dir, name, ".txt", text);
    g_string_truncate(text, 0);
    plx_point_table(gaps, NULL, &table, text);
    ok &= save(dir, name, ".points.txt", text);
    g_string_truncate(text, 0);
    plx_gaps_json(gaps, "gaps", text);
    ok &= save(dir, name, ".json", text);
    g_string_truncate(text, 0);
    plx_gaps_csv(gaps, text);
    ok &= save(dir, name, ".csv", text);
    g_string_truncate(text, 0);
    ok &= plx_gaps_xlsx(gaps, &page, text, NULL) && save(dir, name, ".xlsx", text);
    sample_free(gaps);
    return ok;
}

/* A table that finds no room on one sheet. */
static gboolean write_long(const char *dir)
{
    static const struct plx_book_column columns[] = {
        {NULL, PLX_BOOK_TEXT}, {"Row", PLX_BOOK_COUNT}, {"Name", PLX_BOOK_TEXT}};
    g_autoptr(plx_book) book = plx_book_new("Long", NULL);
    g_autoptr(GString) bytes = g_string_new(NULL);
    plx_book_limit(book, 10);
    plx_book_sheet(book, "Long", columns, G_N_ELEMENTS(columns), 2);
    for (guint i = 1; i <= 20; i++) {
        plx_book_text(book, "left out");
        plx_book_count(book, i);
        plx_book_text(book, "x");
        plx_book_next(book);
    }
    return plx_book_finish(book, bytes, NULL) && save(dir, "long", ".xlsx", bytes);
}

static gboolean write_room(const char *dir, enum room_kind kind)
{
    g_autoptr(room) r = room_new(kind);
    const struct plx_page_options page = {.version = "0.1.0",
                                          .command = "parallax report r.csv -o reveal.html"};
    g_autoptr(GString) html = plx_reveal_page(r->beliefs, &page);
    return save(dir, room_name(kind), ".reveal", html);
}

/* Two of them carry a client's brand: one whose colour can be read, one too pale. */
static gboolean write_sheets(const char *dir, enum sheets_kind kind)
{
    static char name[] = "Corner café", colour[] = "#0b7a75", pale[] = "#ffdd00";
    static char logo[] =
        "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9z"
        "dmciIHZpZXdCb3g9IjAgMCA0MCA0MCI+PGNpcmNsZSBjeD0iMjAiIGN5PSIyMCIgcj0iMTgiIG"
        "ZpbGw9IiMwYjdhNzUiLz48L3N2Zz4=";
    g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(words, g_strdup("en/title"), g_strdup("A morning together"));
    g_hash_table_insert(words, g_strdup("en/closing"),
                        g_strdup("Thank you. We meet again on 1 June."));
    const plx_brand brand = {.name = name,
                             .logo = logo,
                             .colour = kind == SHEETS_FULL ? colour : pale,
                             .text_on_light = kind == SHEETS_FULL,
                             .text_on_dark = kind != SHEETS_FULL,
                             .words = words};
    g_autoptr(sheets) s = sheets_new(kind);
    const struct plx_page_options page = {
        .version = "0.1.0",
        .command = "parallax report sheets.csv --reading workshop -o workshop.html",
        .brand = kind == SHEETS_FULL || kind == SHEETS_MANY ? &brand : NULL};
    g_autoptr(GString) html = plx_room_page(s->workshop, &page);
    return save(dir, sheets_name(kind), ".room", html);
}

int main(int argc, char **argv)
{
    if (argc != 2 || g_mkdir_with_parents(argv[1], 0755) != 0) {
        g_printerr("usage: %s DIR\n", argv[0]);
        return 1;
    }
    for (int kind = 0; kind < SAMPLE_KINDS; kind++)
        if (!write_sample(argv[1], (enum sample_kind)kind))
            return 1;
    for (int kind = 0; kind < ROOM_KINDS; kind++)
        if (!write_room(argv[1], (enum room_kind)kind))
            return 1;
    for (int kind = 0; kind < SHEETS_KINDS; kind++)
        if (!write_sheets(argv[1], (enum sheets_kind)kind))
            return 1;
    return write_long(argv[1]) ? 0 : 1;
}
