/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop: guesses and the sheets of tables (docs/workshop.md). */
#include "cli/cmd_workshop.h"

const struct plx_command plx_commands_workshop[] = {
    {.name = "workshop",
     .summary = "Guesses and sheets of a workshop",
     .details = "docs/workshop.md leads through the morning."},
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
