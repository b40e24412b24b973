/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop: what the tables name (docs/readings.md), and the work before it: its verbs, whose run
 * functions are in cmd_workshop_VERB.c. */
#include "cli/cmd_workshop.h"
#include "cli/cmd_source.h"
#include "report/workshop.h"

#include <string.h>

static gboolean plx_cmd_workshop(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open(app, invocation, error);
    if (!source)
        return FALSE;
    g_autoptr(plx_workshop) workshop = plx_cmd_source_workshop(source, app, invocation, error);
    if (!workshop)
        return FALSE;
    const char *format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    if (strcmp(format, "json") == 0) {
        plx_workshop_json(workshop, plx_app_out(app));
    } else if (strcmp(format, "csv") == 0) {
        plx_workshop_csv(workshop, plx_app_out(app));
    } else {
        const struct plx_table_options table = {plx_app_width(app), plx_app_colour(app),
                                                plx_app_unicode(app), plx_app_verbose(app)};
        plx_workshop_table(workshop, &table, plx_app_out(app));
    }
    return TRUE;
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_WORKSHOP,
                                             PLX_OPTION_CODES,  PLX_OPTION_AUDIENCES,
                                             PLX_OPTION_SEED,   PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"workshop sheets.csv", "what all tables name, and what only some"},
    {"workshop sheets.csv --codes codes.csv", "answers sorted into themes by a spreadsheet"},
    {"workshop shop.plx --workshop May -v", "one of several, question by question, with quotes"},
    {"workshop sheets.csv --format csv -o themes.csv", "for a spreadsheet"},
    {"report sheets.csv --reading workshop -o workshop.html", "the page of the room"},
    {0},
};

static const enum plx_option_id code_options[] = {
    PLX_OPTION_OUTPUT,  PLX_OPTION_CODES,       PLX_OPTION_ACCEPT,  PLX_OPTION_MERGE,
    PLX_OPTION_RENAME,  PLX_OPTION_TIE,         PLX_OPTION_UNDO,    PLX_OPTION_LOG,
    PLX_OPTION_DRY_RUN, PLX_OPTION_INTERACTIVE, PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_example code_examples[] = {
    {"workshop code shop.plx", "what there is, and what may belong together"},
    {"workshop code shop.plx --interactive", "the same as a list, sorted by keys"},
    {"workshop code shop.plx --accept 1=Waiting", "take the first suggestion, under a title"},
    {"workshop code shop.plx --merge Queues=Waiting", "make two themes one"},
    {"workshop code shop.plx -o codes.csv", "for a spreadsheet; answers without theme are there"},
    {"workshop code shop.plx --codes codes.csv", "and back"},
    {"workshop code shop.plx --undo", "take the last act back"},
    {0},
};

static const struct plx_option_help enter_help[] = {
    {PLX_OPTION_WORKSHOP, "Which workshop it was (default: today's date)"},
    {PLX_OPTION_AUDIENCE, "Who guesses (default: leader)"},
    {0},
};

static const enum plx_option_id guess_options[] = {PLX_OPTION_OUTPUT,  PLX_OPTION_AUDIENCE,
                                                   PLX_OPTION_JOURNEY, PLX_OPTION_LANGUAGE,
                                                   PLX_OPTION_BRAND,   PLX_OPTION_END};
static const enum plx_option_id one_language[] = {PLX_OPTION_LANGUAGE, PLX_OPTION_END};
static const struct plx_example guess_examples[] = {
    {"workshop guess shop.plx -o guess.html", "for leaders, to print or to fill in"},
    {"workshop guess map.yaml --audience staff --language de -o guess.html", "for staff"},
    {"import shop.plx guess-leader-anna.csv", "what the page saved"},
    {0},
};
static const enum plx_option_id print_options[] = {
    PLX_OPTION_OUTPUT,   PLX_OPTION_TABLES,   PLX_OPTION_AUDIENCE,
    PLX_OPTION_LANGUAGE, PLX_OPTION_WORKSHOP, PLX_OPTION_EASIER,
    PLX_OPTION_MOMENT,   PLX_OPTION_BRAND,    PLX_OPTION_END};
static const struct plx_option_help print_help[] = {
    {PLX_OPTION_WORKSHOP, "The name of the workshop, printed on each sheet"},
    {0},
};
static const struct plx_example print_examples[] = {
    {"workshop print shop.plx -o sheets.html", "a sheet to copy, and the script"},
    {"workshop print shop.plx --audience leader,staff --tables 3", "six sheets, numbered"},
    {"workshop print map.yaml --language en,de --easier -o sheets.html", "in two languages"},
    {0},
};

static const enum plx_option_id open_options[] = {
    PLX_OPTION_WORKSHOP, PLX_OPTION_JOURNEY, PLX_OPTION_PREDICTED, PLX_OPTION_LANGUAGE,
    PLX_OPTION_BASE_URL, PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_option_help open_help[] = {
    {PLX_OPTION_WORKSHOP, "What it is called (default: today's date)"},
    {PLX_OPTION_LANGUAGE, "In this language (default: that of each browser)"},
    {0},
};
static const struct plx_example open_examples[] = {
    {"workshop open shop.plx --base-url http://192.168.1.20:8080", "the addresses to show"},
    {"workshop open shop.plx --workshop Retreat --predicted --language de",
     "in German, with levels"},
    {0},
};
static const enum plx_option_id list_options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_BASE_URL,
                                                  PLX_OPTION_END};
static const struct plx_example list_examples[] = {
    {"workshop list shop.plx", "which are open, and where tables join"},
    {0},
};
static const enum plx_option_id lead_options[] = {PLX_OPTION_WORKSHOP, PLX_OPTION_BASE_URL,
                                                  PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_example lead_examples[] = {
    {"workshop lead shop.plx --base-url http://192.168.1.20:8080", "the address was lost"},
    {0},
};
static const enum plx_option_id close_options[] = {PLX_OPTION_WORKSHOP, PLX_OPTION_STEP_BY,
                                                   PLX_OPTION_END};
static const struct plx_option_help close_help[] = {
    {PLX_OPTION_WORKSHOP, "Which one, of several"},
    {0},
};
static const struct plx_example close_examples[] = {
    {"workshop close shop.plx", "what was said on devices is among the answers"},
    {0},
};

const struct plx_command plx_commands_workshop[] = {
    {.name = "workshop",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show what the tables of a workshop name",
     .details =
         "Tables of six to eight leaders, staff or customers write down what goes well, what could "
         "be improved, what competitors do differently (the flag surprise: good or bad), what must "
         "continue or be started. What all audiences name comes first, then what some, then what "
         "only one names; and where one says it goes well and another wants it improved.\n\n"
         "Tables are counted, never people as if each had answered alone; from five tables of an "
         "audience on their share has a range of 95 %. Answers that somebody sorted into themes "
         "count under their theme; of others equal words are one.\n\n"
         "Rows are those with a table, a workshop, or the source workshop. In each workshop an "
         "audience of fewer than five people is left out (--named AUDIENCE when all of them "
         "agreed); words of leaders and staff are shown from ten people on.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT,
     .options = options,
     .formats = "table json csv",
     .run = plx_cmd_workshop},
    {.name = "workshop",
     .verb = "guess",
     .arguments = "WS|MAP",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Make the sheet on which leaders or staff guess",
     .details =
         "Of 10 customers, how many would say this is as they desire it, or better? One page for "
         "both: printed it is a sheet per journey with ten little figures per moment; opened in a "
         "browser, from a stick or by mail, it is filled in by hand or by keys and saves a CSV "
         "file for `import`, with the time and whether results had been seen. What is saved is "
         "locked.\n\n"
         "The words are those of the customers' own scale, the titles those of the map in the "
         "language asked for. The page loads, keeps and sends nothing.",
     .options = guess_options,
     .single = one_language,
     .examples = guess_examples,
     .run = plx_cmd_workshop_guess},
    {.name = "workshop",
     .verb = "print",
     .arguments = "WS|MAP",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Make the tables' sheets and the leader's script",
     .details =
         "A sheet per table, both sides of one A4 or Letter: what do we do well, what could be "
         "improved, what does the competition do differently (good or bad), what must continue or "
         "be started. At the end one page for who leads: a hundred minutes, step by step, and what "
         "not to say.\n\n"
         "--tables N numbers the sheets, N of each --audience; without it there is one to copy. "
         "Several languages make a set each.",
     .options = print_options,
     .option_help = print_help,
     .examples = print_examples,
     .run = plx_cmd_workshop_print},
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
         "--interactive is a list in the terminal: arrows, / searches, Enter takes the suggestion "
         "or asks for a title (Tab completes it), m merges, r renames, t ties to a point, x takes "
         "out, u undoes, q leaves. Each act is kept at once, as one act.\n\n"
         "The file of --codes and -o has the columns prompt, answer, theme and points (ids or "
         "titles, separated by ;). An empty theme takes the answer out.",
     .examples = code_examples,
     .options = code_options,
     .formats = "table json csv",
     .audit = PLX_AUDIT_CHANGE,
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
         "Without a terminal, type a CSV file (docs/workshop-reference.md has both headers) and "
         "import it.",
     .options = plx_cmd_workshop_enter_options,
     .option_help = enter_help,
     .examples = plx_cmd_workshop_enter_examples,
     .own_output = TRUE,
     .audit = PLX_AUDIT_CHANGE,
     .run = plx_cmd_workshop_enter},
    {.name = "workshop",
     .verb = "open",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Let tables guess and answer on their devices",
     .details =
         "Prints three addresses below `parallax serve`: where tables join (to show, or to print), "
         "the wall (for the projector), and one for who leads, who goes on from the guess to the "
         "questions, to the reveal and to the end.\n\n"
         "What is said becomes what `workshop enter` makes of paper: guesses when they are "
         "locked, answers when the workshop goes on. Paper and devices may be mixed.",
     .options = open_options,
     .option_help = open_help,
     .single = one_language,
     .languages = PLX_PAGE_LANGUAGES,
     .examples = open_examples,
     .formats = "table json",
     .audit = PLX_AUDIT_CHANGE,
     .run = plx_cmd_workshop_open},
    {.name = "workshop",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List workshops on devices, and where tables join",
     .details = "The address of who leads is not among them: only a hash of it is kept.",
     .options = list_options,
     .examples = list_examples,
     .formats = "table json",
     .run = plx_cmd_workshop_list},
    {.name = "workshop",
     .verb = "lead",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Give who leads an open workshop a new address",
     .details = "For who lost it: only a hash of it is kept, so it cannot be shown again. The one "
                "before works no more; tables, guesses and the wall stay.",
     .options = lead_options,
     .option_help = close_help,
     .examples = lead_examples,
     .formats = "table json",
     .audit = PLX_AUDIT_CHANGE,
     .run = plx_cmd_workshop_lead},
    {.name = "workshop",
     .verb = "close",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "End a workshop that is open",
     .details = "Does what who leads does with \"End\": takes in all that was said on devices, and "
                "forgets the devices.",
     .options = close_options,
     .option_help = close_help,
     .examples = close_examples,
     .run = plx_cmd_workshop_close},
    {0},
};
