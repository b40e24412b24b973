/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/completion.h"

#include <string.h>

#include "cli/command.h"
#include "cli/help.h"

/* Is this the first row of its noun or command? (Names are listed once.) */
static gboolean is_first(guint i)
{
    const struct plx_command *row = plx_command_get(i);
    return plx_command_find(row->name, NULL) == row;
}

static void append_names(GString *out)
{
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (is_first(i))
            g_string_append_printf(out, "%s%s", i > 0 ? " " : "", row->name);
}

/* The words offered as argument, "" when files are; to be freed. */
static char *argument_words(const struct plx_command *command)
{
    g_autoptr(GString) words = g_string_new(command->words);
    if (g_strcmp0(command->words, PLX_WORDS_COMMANDS) == 0) {
        g_string_assign(words, "all ");
        append_names(words);
    }
    return g_string_free(g_steal_pointer(&words), FALSE);
}

static void append_verbs(GString *out, const char *noun)
{
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (strcmp(row->name, noun) == 0 && row->verb)
            g_string_append_printf(out, "%s ", row->verb);
}

static const char *words_of(const struct plx_command *command, enum plx_option_id id)
{
    return plx_command_words(command, id);
}

/* 'text' for any of the shells: the quote itself as '\''. */
static char *quote(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "'", -1);
    g_autofree char *inner = g_strjoinv("'\\''", parts);
    return g_strconcat("'", inner, "'", NULL);
}

/* bash */

static void bash_options(GString *out, const struct plx_command *command)
{
    for (int i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++)
        if (plx_command_offers(command, (enum plx_option_id)i))
            g_string_append_printf(out, "--%s ", plx_option_get((enum plx_option_id)i)->name);
}

/* What may stand behind an option: its words; nothing = the shell's own file names. */
static void bash_values(GString *out, const struct plx_command *command)
{
    for (int i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++) {
        const enum plx_option_id id = (enum plx_option_id)i;
        const struct plx_option *option = plx_option_get(id);
        if (!option->value || !plx_command_offers(command, id))
            continue;
        const char *words = words_of(command, id);
        g_autofree char *letter =
            option->letter ? g_strdup_printf(" | -%c", option->letter) : g_strdup("");
        g_string_append_printf(out, "            --%s%s) words='%s' ;;\n", option->name, letter,
                               words ? words : "");
    }
}

static void bash_command(GString *out, const struct plx_command *command)
{
    g_autofree char *name = plx_command_full_name(command);
    g_string_append_printf(out, "    '%s')\n        options='", name);
    bash_options(out, command);
    g_autofree char *words = argument_words(command);
    g_string_append_printf(out, "'\n        words='%s'\n        case $prev in\n", words);
    bash_values(out, command);
    g_string_append(out, "            *) ;;\n        esac ;;\n");
}

void plx_completion_bash(GString *out)
{
    g_string_append(out,
                    "# bash completion for parallax: made by 'parallax completion bash'\n"
                    "_parallax() {\n"
                    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
                    "    local command='' verbs='' options='' words='' i\n"
                    "    if [[ $cur == = ]]; then\n"
                    "        cur=''\n"
                    "    elif [[ $prev == = ]]; then\n"
                    "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
                    "    fi\n"
                    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                    "        [[ ${COMP_WORDS[i]} == -* ]] && continue\n"
                    "        command=${COMP_WORDS[i]}\n"
                    "        case $command in\n");
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++) {
        if (!is_first(i) || !plx_command_is_noun(row->name))
            continue;
        g_string_append_printf(out, "        %s) verbs='", row->name);
        append_verbs(out, row->name);
        g_string_append(out, "' ;;\n");
    }
    g_string_append(out, "        *) ;;\n        esac\n"
                         "        if [[ $verbs && $((i + 1)) -lt $COMP_CWORD ]]; then\n"
                         "            [[ \" $verbs\" == *\" ${COMP_WORDS[i + 1]} \"* ]] \\\n"
                         "                && command+=\" ${COMP_WORDS[i + 1]}\"\n"
                         "            verbs=''\n"
                         "        fi\n"
                         "        break\n"
                         "    done\n"
                         "    case $command in\n"
                         "    '') options='--help --version' words='");
    append_names(out);
    g_string_append(out, "' ;;\n");
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (row->run)
            bash_command(out, row);
    g_string_append(out, "    *) ;;\n    esac\n"
                         "    words+=\" $verbs\"\n"
                         "    [[ $cur == -* ]] && words=$options\n"
                         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
                         "}\n"
                         "complete -o bashdefault -o default -F _parallax parallax\n");
}

/* zsh */

/* What a command does; a noun without a heading row is explained by its verbs. To be freed. */
static char *summary_of(const struct plx_command *command)
{
    if (!command->verb)
        return g_strdup(command->summary);
    g_autoptr(GString) verbs = g_string_new(NULL);
    append_verbs(verbs, command->name);
    return g_strdup(g_strstrip(verbs->str));
}

/* 'name:summary' pairs for _describe; `noun` NULL lists commands, else its verbs. */
static void zsh_describe(GString *out, const char *noun)
{
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++) {
        if (noun ? strcmp(row->name, noun) != 0 || !row->verb : !is_first(i))
            continue;
        g_autofree char *summary = noun ? g_strdup(row->summary) : summary_of(row);
        g_autofree char *text = g_strconcat(noun ? row->verb : row->name, ":", summary, NULL);
        g_autofree char *quoted = quote(text);
        g_string_append_printf(out, " %s", quoted);
    }
}

/* Help inside the brackets of an _arguments specification. */
static char *zsh_text(const char *text)
{
    g_autoptr(GString) escaped = g_string_new(text);
    g_string_replace(escaped, "\\", "\\\\", 0);
    g_string_replace(escaped, "[", "\\[", 0);
    g_string_replace(escaped, "]", "\\]", 0);
    g_string_replace(escaped, ":", "\\:", 0);
    return g_string_free(g_steal_pointer(&escaped), FALSE);
}

static void zsh_option(GString *out, const struct plx_command *command, enum plx_option_id id)
{
    const struct plx_option *option = plx_option_get(id);
    const gboolean repeatable =
        option->kind == PLX_OPTION_LIST || option->kind == PLX_OPTION_REPEATED;
    const char *words = words_of(command, id);
    g_autofree char *plain = plx_help_option_text(id, command);
    g_autofree char *help = zsh_text(plain);
    g_autofree char *called = plx_command_option_value(command, id);
    g_autofree char *value_name = called ? zsh_text(called) : NULL;
    g_autoptr(GString) value = g_string_new(NULL);
    if (option->value)
        g_string_printf(value, ":%s:%s%s%s", value_name, words ? "(" : "_files", words ? words : "",
                        words ? ")" : "");
    g_autofree char *text = g_strdup_printf("%s--%s%s[%s]%s", repeatable ? "*" : "", option->name,
                                            option->value ? "=" : "", help, value->str);
    g_autofree char *quoted = quote(text);
    g_string_append_printf(out, " \\\n            %s", quoted);
    if (!option->letter)
        return;
    g_autofree char *brief =
        g_strdup_printf("-%c%s[%s]%s", option->letter, option->value ? "+" : "", help, value->str);
    g_autofree char *brief_quoted = quote(brief);
    g_string_append_printf(out, " \\\n            %s", brief_quoted);
}

static void zsh_command(GString *out, const struct plx_command *command)
{
    const int depth = command->verb ? 2 : 1;
    g_autofree char *name = plx_command_full_name(command);
    g_string_append_printf(out,
                           "    '%s')\n        shift %d words\n        (( CURRENT -= %d ))\n"
                           "        _arguments -s :",
                           name, depth, depth);
    for (int i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++)
        if (plx_command_offers(command, (enum plx_option_id)i))
            zsh_option(out, command, (enum plx_option_id)i);
    g_autofree char *words = argument_words(command);
    g_autofree char *what = *words ? g_strdup_printf("(%s)", words) : g_strdup("_files");
    g_string_append_printf(out, " \\\n            '*:argument:%s' ;;\n", what);
}

void plx_completion_zsh(GString *out)
{
    g_string_append(out, "#compdef parallax\n# made by 'parallax completion zsh'\n"
                         "_parallax() {\n    local -a rows\n"
                         "    if (( CURRENT == 2 )); then\n        rows=(");
    zsh_describe(out, NULL);
    g_string_append(out, ")\n        _describe command rows\n        return\n    fi\n"
                         "    local command=$words[2]\n    case $command in\n");
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++) {
        if (!is_first(i) || !plx_command_is_noun(row->name))
            continue;
        g_string_append_printf(out, "    %s)\n        rows=(", row->name);
        zsh_describe(out, row->name);
        g_string_append_printf(
            out,
            ")\n        if (( CURRENT == 3 )); then\n"
            "            _describe command rows\n%s            return\n"
            "        fi\n"
            "        (( ${rows[(I)$words[3]:*]} )) && command+=\" $words[3]\" ;;\n",
            row->run && !row->verb ? "            _files\n" : "");
    }
    g_string_append(out, "    esac\n    case $command in\n");
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (row->run)
            zsh_command(out, row);
    g_string_append(out, "    *) _files ;;\n    esac\n}\n"
                         "if [[ $funcstack[1] == _parallax ]]; then\n    _parallax \"$@\"\n"
                         "else\n    compdef _parallax parallax\nfi\n");
}

/* fish */

static char *fish_condition(const struct plx_command *command)
{
    return command->verb ? g_strdup_printf("'__fish_seen_subcommand_from %s; and "
                                           "__fish_seen_subcommand_from %s'",
                                           command->name, command->verb)
                         : g_strdup_printf("'__fish_seen_subcommand_from %s'", command->name);
}

static void fish_option(GString *out, const struct plx_command *command, enum plx_option_id id)
{
    const struct plx_option *option = plx_option_get(id);
    const char *words = words_of(command, id);
    g_autofree char *condition = fish_condition(command);
    g_autofree char *plain = plx_help_option_text(id, command);
    g_autofree char *help = quote(plain);
    g_string_append_printf(out, "complete -c parallax -n %s -l %s", condition, option->name);
    if (option->letter)
        g_string_append_printf(out, " -s %c", option->letter);
    if (words)
        g_string_append_printf(out, " -x -a '%s'", words);
    else if (option->value)
        g_string_append(out, " -r -F");
    g_string_append_printf(out, " -d %s\n", help);
}

static void fish_command(GString *out, const struct plx_command *command)
{
    g_autofree char *condition = fish_condition(command);
    g_autofree char *words = argument_words(command);
    if (*words)
        g_string_append_printf(out, "complete -c parallax -n %s -f -a '%s'\n", condition, words);
    for (int i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++)
        if (plx_command_offers(command, (enum plx_option_id)i))
            fish_option(out, command, (enum plx_option_id)i);
}

void plx_completion_fish(GString *out)
{
    g_string_append(out, "# fish completion for parallax: made by 'parallax completion fish'\n"
                         "complete -c parallax -n __fish_use_subcommand -f -l version -d 'Print "
                         "the version'\n");
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++) {
        g_autofree char *summary = quote(row->summary);
        if (is_first(i)) {
            g_autofree char *what = summary_of(row);
            g_autofree char *quoted = quote(what);
            g_string_append_printf(out,
                                   "complete -c parallax -n __fish_use_subcommand -f -a %s -d %s\n",
                                   row->name, quoted);
        }
        if (row->verb) {
            g_autoptr(GString) verbs = g_string_new(NULL);
            append_verbs(verbs, row->name);
            g_string_append_printf(out,
                                   "complete -c parallax -n '__fish_seen_subcommand_from %s; and "
                                   "not __fish_seen_subcommand_from %s' -f -a %s -d %s\n",
                                   row->name, g_strchomp(verbs->str), row->verb, summary);
        }
        if (row->run)
            fish_command(out, row);
    }
}
