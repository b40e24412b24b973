/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/invocation.h"

#include <string.h>

#include "base/error.h"
#include "cli/command.h"
#include "cli/option_private.h"
#include "serve/texts.h"

/* Splits "help --man" at blanks and parses it. */
static plx_invocation *parse(const char *line, GError **error)
{
    g_autofree char *whole = g_strconcat("parallax ", line, NULL);
    g_auto(GStrv) argv = g_strsplit(g_strchomp(whole), " ", -1);
    return plx_invocation_parse((int)g_strv_length(argv), (const char *const *)argv, error);
}

/* The message of a line that must fail, in parsing or in the check behind it. */
static void assert_refused(const char *line, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_invocation) invocation = parse(line, &error);
    if (invocation)
        g_assert_false(plx_invocation_check(invocation, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==, message);
}

static plx_invocation *accept(const char *line)
{
    g_autoptr(GError) error = NULL;
    plx_invocation *invocation = parse(line, &error);
    g_assert_no_error(error);
    return invocation;
}

/* What is in the audit log has somebody who did it: --by says who (docs/accounts.md). */
static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What completion offers are the languages that pages have. */
static void test_languages(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const char *const *one = plx_texts_languages(); *one; one++)
        g_ptr_array_add(names, (gpointer)(guintptr)*one);
    g_ptr_array_sort(names, by_name);
    g_ptr_array_add(names, NULL);
    g_autofree char *all = g_strjoinv(" ", (char **)names->pdata);
    g_assert_cmpstr(all, ==, PLX_PAGE_LANGUAGES);
}

static void test_audited(void)
{
    guint audited = 0;
    const struct plx_command *command;
    for (guint i = 0; (command = plx_command_get(i)); i++) {
        if (command->audit == PLX_AUDIT_NOTHING)
            continue;
        g_autofree char *name = plx_command_full_name(command);
        if (!plx_command_takes(command, PLX_OPTION_STEP_BY))
            g_test_message("%s has no --by", name);
        g_assert_true(plx_command_takes(command, PLX_OPTION_STEP_BY));
        audited++;
    }
    g_assert_cmpuint(audited, >, 10);
}

static void test_command(void)
{
    g_autoptr(plx_invocation) invocation = accept("completion bash");
    g_assert_true(plx_invocation_command(invocation) == plx_command_find("completion", NULL));
    g_assert_false(plx_invocation_noun_only(invocation));
    g_assert_cmpuint(plx_invocation_n_arguments(invocation), ==, 1);
    g_assert_cmpstr(plx_invocation_argument(invocation, 0), ==, "bash");
    g_assert_null(plx_invocation_argument(invocation, 1));
    g_assert_true(plx_invocation_check(invocation, NULL));
}

static void test_nothing(void)
{
    g_autoptr(plx_invocation) invocation = accept("");
    g_assert_null(plx_invocation_command(invocation));
    g_assert_cmpuint(plx_invocation_n_arguments(invocation), ==, 0);
    assert_refused("", "which command? See 'parallax --help'");
}

/* Options may stand before and behind arguments; general ones even before the command. */
static void test_order(void)
{
    static const char *const lines[] = {"--threads 3 -q help x", "help -q x --threads=3",
                                        "help --threads 3 x -q", "-q help --threads 3 -- x"};
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(plx_invocation) invocation = accept(lines[i]);
        g_assert_cmpstr(plx_invocation_argument(invocation, 0), ==, "x");
        g_assert_true(plx_invocation_has(invocation, PLX_OPTION_QUIET));
        g_assert_false(plx_invocation_has(invocation, PLX_OPTION_VERBOSE));
        g_assert_cmpint(plx_invocation_integer(invocation, PLX_OPTION_THREADS, 1), ==, 3);
    }
}

static void test_letters(void)
{
    g_autoptr(plx_invocation) invocation = accept("help -qvh");
    g_assert_true(plx_invocation_has(invocation, PLX_OPTION_QUIET));
    g_assert_true(plx_invocation_has(invocation, PLX_OPTION_VERBOSE));
    g_assert_true(plx_invocation_has(invocation, PLX_OPTION_HELP));
}

/* What looks like an option but is none. */
static void test_arguments(void)
{
    g_autoptr(plx_invocation) invocation = accept("help - -3 -.5,1 -- --man -q --");
    const char *const expected[] = {"-", "-3", "-.5,1", "--man", "-q", "--"};
    g_assert_cmpuint(plx_invocation_n_arguments(invocation), ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_cmpstr(plx_invocation_arguments(invocation)[i], ==, expected[i]);
    g_assert_null(plx_invocation_arguments(invocation)[G_N_ELEMENTS(expected)]);
    g_assert_false(plx_invocation_has(invocation, PLX_OPTION_MAN));
}

static void test_fallbacks(void)
{
    g_autoptr(plx_invocation) invocation = accept("help");
    g_assert_null(plx_invocation_string(invocation, PLX_OPTION_MAP));
    g_assert_null(plx_invocation_string(invocation, PLX_OPTION_FORMAT));
    g_assert_null(plx_invocation_list(invocation, PLX_OPTION_WHERE)[0]);
    g_assert_cmpint(plx_invocation_integer(invocation, PLX_OPTION_SEED, 42), ==, 42);
}

static void test_refused(void)
{
    assert_refused("hlep", "unknown command 'hlep'; did you mean \"help\"?");
    assert_refused("zebra", "unknown command 'zebra'; 'parallax help all' lists the commands");
    assert_refused("ratings.csv",
                   "unknown command 'ratings.csv' (to look at a file: 'parallax gaps FILE')");
    assert_refused("help --mna", "unknown option '--mna'; did you mean \"--man\"?");
    assert_refused("help -man", "unknown option '-man'; did you mean \"--man\"?");
    assert_refused("help --zebra", "unknown option '--zebra'; see 'parallax help --help'");
    assert_refused("help -qz", "unknown option '-z'; see 'parallax help --help'");
    assert_refused("serve --port 8080",
                   "unknown option '--port'; did you mean \"--listen 127.0.0.1:8080\"?");
    assert_refused("serve shop.plx -p 8080",
                   "unknown option '-p'; did you mean \"--listen 127.0.0.1:8080\"?");
    assert_refused("gaps --port 8080", "unknown option '--port'; see 'parallax gaps --help'");
    assert_refused("completion bash --man",
                   "'completion' does not take '--man'; see 'parallax completion --help'");
    assert_refused("--man help", "write the command before '--man'; see 'parallax --help'");
    assert_refused("help --quiet=1", "--quiet takes no value");
    assert_refused("help --threads", "--threads needs a value: --threads N");
    assert_refused("help --threads=", "--threads: the value is empty");
    assert_refused("help --threads 2 --threads 2", "--threads is given twice");
    assert_refused("completion", "'completion' needs SHELL; see 'parallax completion --help'");
    assert_refused("completion bash fish",
                   "'fish' is one argument too many for 'completion'; see 'parallax completion "
                   "--help'");
}

static void test_integers(void)
{
    static const char *const bad[] = {"0", "65", "-1", "2x", "1.5", "0x2", "99999999999999999999"};
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *line = g_strconcat("help --threads=", bad[i], NULL);
        g_autofree char *message =
            g_strdup_printf("--threads: '%s' is not a whole number from 1 to 64", bad[i]);
        assert_refused(line, message);
    }
    g_autoptr(plx_invocation) invocation = accept("help --threads 64");
    g_assert_cmpint(plx_invocation_integer(invocation, PLX_OPTION_THREADS, 1), ==, 64);
}

/* Options that all commands share a table with: values by kind, through a command that takes them.
 */
static const struct plx_command *command_with(enum plx_option_id id)
{
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (row->run && plx_command_takes(row, id))
            return row;
    return NULL;
}

static plx_invocation *accept_for(enum plx_option_id id, const char *rest)
{
    const struct plx_command *command = command_with(id);
    g_assert_nonnull(command);
    g_autofree char *name = plx_command_full_name(command);
    g_autofree char *line = g_strjoin(" ", name, rest, NULL);
    return accept(line);
}

static void test_lists(void)
{
    g_autoptr(plx_invocation) invocation =
        accept_for(PLX_OPTION_AUDIENCES, "--audiences leader,,customer --audiences=staff, --where "
                                         "place=a,b --where x!=y");
    const char *const *audiences = plx_invocation_list(invocation, PLX_OPTION_AUDIENCES);
    const char *const expected[] = {"leader", "customer", "staff", NULL};
    g_assert_true(g_strv_equal(audiences, expected));
    g_autoptr(plx_invocation) quoted =
        accept_for(PLX_OPTION_AUDIENCES, "--audiences=\"a,b\",c --audiences \"d\"");
    const char *const named[] = {"a,b", "c", "d", NULL};
    g_assert_true(g_strv_equal(plx_invocation_list(quoted, PLX_OPTION_AUDIENCES), named));
    const char *const *where = plx_invocation_list(invocation, PLX_OPTION_WHERE);
    const char *const whole[] = {"place=a,b", "x!=y", NULL};
    g_assert_true(g_strv_equal(where, whole));
}

static void test_format(void)
{
    g_autoptr(plx_invocation) first = accept_for(PLX_OPTION_FORMAT, "");
    const struct plx_command *command = plx_invocation_command(first);
    const char *format = plx_invocation_string(first, PLX_OPTION_FORMAT);
    g_assert_true(g_str_has_prefix(command->formats, format));
    g_assert_cmpint(command->formats[strlen(format)], !=, 'x');
    g_autofree char *name = plx_command_full_name(command);
    g_autofree char *line = g_strconcat(name, " --format zebra", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_invocation) second = parse(line, &error);
    g_assert_null(second);
    g_assert_true(g_str_has_prefix(error->message, "--format: 'zebra' is not one of "));
}

/* One that does nothing by itself. */
static const char *first_noun(void)
{
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (row->verb && plx_command_find(row->name, NULL)->verb)
            return row->name;
    return NULL;
}

/* A noun that runs by itself: its first argument is a verb when it is called like one. */
static void test_both(void)
{
    g_autoptr(plx_invocation) reading = accept("workshop sheets.csv");
    g_assert_null(plx_invocation_command(reading)->verb);
    g_assert_false(plx_invocation_noun_only(reading));
    g_assert_cmpstr(plx_invocation_argument(reading, 0), ==, "sheets.csv");
    g_assert_true(plx_invocation_check(reading, NULL));
    g_autoptr(plx_invocation) options = accept("workshop --workshop May sheets.csv -v");
    g_assert_cmpstr(plx_invocation_argument(options, 0), ==, "sheets.csv");
    g_autoptr(plx_invocation) verb = accept("workshop code shop.plx");
    g_assert_cmpstr(plx_invocation_command(verb)->verb, ==, "code");
    g_assert_cmpstr(plx_invocation_argument(verb, 0), ==, "shop.plx");
    g_autoptr(plx_invocation) file = accept("workshop ./code");
    g_assert_null(plx_invocation_command(file)->verb);
    assert_refused("workshop", "'workshop' needs SOURCE; see 'parallax workshop --help'");
    assert_refused("workshop a.csv b.csv",
                   "'b.csv' is one argument too many for 'workshop'; see 'parallax workshop "
                   "--help'");
}

static void test_nouns(void)
{
    const char *noun = first_noun();
    g_assert_nonnull(noun);
    g_autoptr(plx_invocation) invocation = accept(noun);
    g_assert_true(plx_invocation_noun_only(invocation));
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_invocation_check(invocation, &error));
    g_autofree char *prefix = g_strdup_printf("'%s' needs one more word: ", noun);
    g_assert_true(g_str_has_prefix(error->message, prefix));

    g_autofree char *line = g_strconcat(noun, " zebra", NULL);
    g_autoptr(GError) unknown = NULL;
    g_autoptr(plx_invocation) refused = parse(line, &unknown);
    g_assert_null(refused);
    g_assert_error(unknown, PLX_ERROR, PLX_ERROR_USAGE);
}

/* Each row says what help, man pages and completions need, and no two have one name. */
static void test_rows(void)
{
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++) {
        g_assert_nonnull(row->summary);
        g_assert_cmpuint(strlen(row->summary), <=, 60);
        g_assert_false(g_str_has_suffix(row->summary, "."));
        g_assert_cmpuint(row->min_arguments, <=, row->max_arguments);
        g_assert_true(row->max_arguments == 0 || row->arguments);
        if (row->run)
            g_assert_true(plx_command_find(row->name, row->verb) == row);
    }
}

/* Two options of one name are told apart by the command, so none may take both. */
static gboolean taken_together(int i, int j)
{
    const struct plx_command *row;
    for (guint at = 0; (row = plx_command_get(at)); at++)
        if (plx_command_takes(row, (enum plx_option_id)i) &&
            plx_command_takes(row, (enum plx_option_id)j))
            return TRUE;
    return FALSE;
}

/* --weights is a word for 'calc kappa' and a file for 'calc rake'. */
static void test_same_name(void)
{
    g_autoptr(plx_invocation) word = accept("calc kappa --weights linear f.csv");
    g_assert_cmpstr(plx_invocation_string(word, PLX_OPTION_WEIGHTS), ==, "linear");
    g_assert_false(plx_invocation_has(word, PLX_OPTION_WEIGHTS_FILE));
    g_autoptr(plx_invocation) file = accept("calc rake --weights linear f.csv");
    g_assert_cmpstr(plx_invocation_string(file, PLX_OPTION_WEIGHTS_FILE), ==, "linear");
    g_assert_false(plx_invocation_has(file, PLX_OPTION_WEIGHTS));
    assert_refused("calc kappa --weights m.csv f.csv",
                   "--weights: 'm.csv' is not one of none, linear, quadratic");
}

/* What a command refuses is not offered; it is taken, so that the refusal can say why. */
static void test_offers(void)
{
    static const char *const no_by[] = {"drivers", "journey", "consistency", "promises",
                                        "vignettes"};
    static const char *const no_measure[] = {"trend", "promises", "vignettes", "friction",
                                             "beliefs"};
    for (gsize i = 0; i < G_N_ELEMENTS(no_by); i++) {
        g_assert_false(plx_command_offers(plx_command_find(no_by[i], NULL), PLX_OPTION_BY));
        g_assert_true(plx_command_takes(plx_command_find(no_by[i], NULL), PLX_OPTION_BY));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(no_measure); i++)
        g_assert_false(
            plx_command_offers(plx_command_find(no_measure[i], NULL), PLX_OPTION_MEASURE));
    g_assert_true(plx_command_offers(plx_command_find("gaps", NULL), PLX_OPTION_BY));
    const struct plx_command *trend = plx_command_find("trend", NULL);
    g_assert_true(plx_command_offers(trend, PLX_OPTION_BY));
    g_assert_cmpstr(plx_command_words(trend, PLX_OPTION_BY), ==, "month week");
}

static void test_options(void)
{
    for (int i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++) {
        const struct plx_option *option = plx_option_get((enum plx_option_id)i);
        g_assert_nonnull(option->name);
        g_assert_cmpint((plx_options_common[i].name != NULL) + (plx_options_calc[i].name != NULL) +
                            (plx_options_collect[i].name != NULL),
                        ==, 1);
        g_assert_nonnull(option->help);
        g_assert_cmpuint(strlen(option->help), <, 100);
        g_assert_true((option->kind == PLX_OPTION_FLAG) == (option->value == NULL));
        g_assert_true(option->kind != PLX_OPTION_INTEGER || option->min < option->max);
        g_assert_true(option->kind != PLX_OPTION_CHOICE || option->words || i == PLX_OPTION_FORMAT);
        for (int j = PLX_OPTION_END + 1; j < i; j++) {
            const struct plx_option *other = plx_option_get((enum plx_option_id)j);
            g_assert_true(strcmp(option->name, other->name) != 0 || !taken_together(i, j));
            g_assert_true(!option->letter || option->letter != other->letter);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cli/invocation/command", test_command);
    g_test_add_func("/cli/invocation/audited", test_audited);
    g_test_add_func("/cli/invocation/nothing", test_nothing);
    g_test_add_func("/cli/invocation/order", test_order);
    g_test_add_func("/cli/invocation/letters", test_letters);
    g_test_add_func("/cli/invocation/arguments", test_arguments);
    g_test_add_func("/cli/invocation/fallbacks", test_fallbacks);
    g_test_add_func("/cli/invocation/refused", test_refused);
    g_test_add_func("/cli/invocation/integers", test_integers);
    g_test_add_func("/cli/invocation/lists", test_lists);
    g_test_add_func("/cli/invocation/same-name", test_same_name);
    g_test_add_func("/cli/invocation/offers", test_offers);
    g_test_add_func("/cli/invocation/format", test_format);
    g_test_add_func("/cli/invocation/nouns", test_nouns);
    g_test_add_func("/cli/invocation/both", test_both);
    g_test_add_func("/cli/command/rows", test_rows);
    g_test_add_func("/cli/option/rows", test_options);
    g_test_add_func("/invocation/languages", test_languages);
    return g_test_run();
}
