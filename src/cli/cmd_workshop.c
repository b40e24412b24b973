/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop: what tables of leaders, staff and customers wrote (docs/workshop.md). */
#include "cli/cmd_workshop.h"

static const enum plx_option_id code_options[] = {
    PLX_OPTION_OUTPUT, PLX_OPTION_CODES, PLX_OPTION_ACCEPT, PLX_OPTION_MERGE,   PLX_OPTION_RENAME,
    PLX_OPTION_TIE,    PLX_OPTION_UNDO,  PLX_OPTION_LOG,    PLX_OPTION_DRY_RUN, PLX_OPTION_END};
static const struct plx_example code_examples[] = {
    {"workshop code shop.plx", "what there is, and what may belong together"},
    {"workshop code shop.plx --accept 1=Waiting", "take the first suggestion, under a title"},
    {"workshop code shop.plx --merge Queues=Waiting", "make two themes one"},
    {"workshop code shop.plx -o codes.csv", "for a spreadsheet; answers without theme are there"},
    {"workshop code shop.plx --codes codes.csv", "and back"},
    {"workshop code shop.plx --undo", "take the last act back"},
    {0},
};

const struct plx_command plx_commands_workshop[] = {
    {.name = "workshop",
     .summary = "Work with what the tables of a workshop wrote",
     .details = "Tables of six to eight leaders, staff or customers answer four questions; their "
                "answers are sorted into themes by people."},
    {.name = "workshop",
     .verb = "code",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Sort the answers of a workshop into themes",
     .details =
         "Shows the answers to well, improve, competitors, continue, easier and moment, theme by "
         "theme, then those that are in none, then suggestions: answers that share rare words. "
         "Equal words under one question are one answer; who wrote it is not shown.\n\n"
         "Acts are done in this order: --accept, --codes, --merge, --rename, --tie; together they "
         "are one act, which --undo takes back. Two spellings of a title are one theme.\n\n"
         "The file of --codes and -o has the columns prompt, answer, theme and points (ids or "
         "titles, separated by ;). An empty theme takes the answer out.",
     .examples = code_examples,
     .options = code_options,
     .formats = "table json csv",
     .run = plx_cmd_workshop_code},
    {.name = "workshop",
     .verb = "enter",
     .arguments = "WS guess|sheets",
     .min_arguments = 2,
     .max_arguments = 2,
     .words = "guess sheets",
     .summary = "Type paper sheets in, by keyboard",
     .details =
         "A grid in the terminal. 'guess': a row per person, a column per point, a digit per "
         "guess. "
         "'sheets': a row per answer of a table.\n\n"
         "The grid is a CSV file beside the workspace (NAME-guesses.csv, NAME-sheets.csv, or -o "
         "FILE), saved after every row, so nothing is lost; opening it again goes on. Ctrl-X "
         "leaves "
         "and takes the file into the workspace, as data set workshop-guesses or workshop-sheets; "
         "Ctrl-C leaves the workspace alone.\n\n"
         "Keys: Enter goes on, Tab to the next cell, arrows anywhere; 10 is x or t or 1 0, - "
         "leaves "
         "a guess empty; Ctrl-N new row, Ctrl-K takes a row out, Ctrl-U undo, Ctrl-R redo, Esc as "
         "the cell was.\n\n"
         "Without a terminal, type a CSV file (docs/workshop.md has both headers) and import it.",
     .options = plx_cmd_workshop_enter_options,
     .examples = plx_cmd_workshop_enter_examples,
     .own_output = TRUE,
     .run = plx_cmd_workshop_enter},
    {0},
};
