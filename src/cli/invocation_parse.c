/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a command line. */
#include "cli/invocation_private.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/suggest.h"

#include <string.h>

/* The words not yet read. */
struct words {
    const char *const *next;
    const char *const *end;
};

static char *help_hint(const plx_invocation *invocation)
{
    if (!invocation->command)
        return g_strdup("see 'parallax --help'");
    g_autofree char *name = invocation->noun_only ? g_strdup(invocation->command->name)
                                                  : plx_command_full_name(invocation->command);
    return g_strdup_printf("see 'parallax %s --help'", name);
}

/* Commands. */

/* "map chekc": the verbs of the noun are the candidates. */
static gboolean unknown_verb(const char *name, const char *verb, GError **error)
{
    g_autoptr(GPtrArray) verbs = g_ptr_array_new();
    g_autoptr(GString) list = g_string_new(NULL);
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++) {
        if (strcmp(row->name, name) != 0 || !row->verb)
            continue;
        g_ptr_array_add(verbs, (gpointer)(guintptr)row->verb);
        g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", row->verb);
    }
    if (!verb)
        return plx_error(error, PLX_ERROR_USAGE, "'%s' needs one more word: %s", name, list->str);
    g_autofree char *near = plx_suggest_text(verb, (const char *const *)verbs->pdata, verbs->len);
    return plx_error(error, PLX_ERROR_USAGE, "unknown command '%s %s'%s (there are: %s)", name,
                     verb, near, list->str);
}

static gboolean unknown_command(const char *name, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        g_ptr_array_add(names, (gpointer)(guintptr)row->name);
    g_autofree char *near = plx_suggest_text(name, (const char *const *)names->pdata, names->len);
    const char *hint = strpbrk(name, "./\\") ? " (to look at a file: 'parallax gaps FILE')"
                                             : "; 'parallax help all' lists the commands";
    return plx_error(error, PLX_ERROR_USAGE, "unknown command '%s'%s%s", name, near,
                     *near ? "" : hint);
}

static void set_command(plx_invocation *invocation, const struct plx_command *command)
{
    invocation->command = command;
    g_free(invocation->default_format);
    invocation->default_format =
        command->formats ? g_strndup(command->formats, strcspn(command->formats, " ")) : NULL;
}

static gboolean take_command(plx_invocation *invocation, const char *name, GError **error)
{
    const struct plx_command *command = plx_command_find(name, NULL);
    if (!command)
        return unknown_command(name, error);
    set_command(invocation, command);
    invocation->noun_only = plx_command_is_noun(name);
    return TRUE;
}

/* The word behind a noun: its verb; or, where the noun runs without one, the first argument. */
static gboolean take_verb(plx_invocation *invocation, const char *verb, GError **error)
{
    const struct plx_command *command = plx_command_find(invocation->command->name, verb);
    if (!command && invocation->command->run && !invocation->command->verb) {
        invocation->noun_only = FALSE;
        plx_invocation_append(invocation->arguments, verb);
        return TRUE;
    }
    if (!command)
        return unknown_verb(invocation->command->name, verb, error);
    set_command(invocation, command);
    invocation->noun_only = FALSE;
    return TRUE;
}

/* Options. */

static gboolean unknown_option(const plx_invocation *invocation, const char *shown,
                               const char *name, GError **error)
{
    const char *names[PLX_OPTION_COUNT] = {NULL};
    gboolean elsewhere = FALSE;
    const char *const instead = plx_command_instead(invocation->command, name);
    if (instead)
        return plx_error(error, PLX_ERROR_USAGE, "unknown option '%s'; did you mean \"%s\"?", shown,
                         instead);
    for (int id = PLX_OPTION_END + 1; id < PLX_OPTION_COUNT; id++) {
        const struct plx_option *option = plx_option_get((enum plx_option_id)id);
        if (plx_command_takes(invocation->command, (enum plx_option_id)id))
            names[id] = option->name;
        else if (strcmp(option->name, name) == 0)
            elsewhere = TRUE;
    }
    g_autofree char *hint = help_hint(invocation);
    if (elsewhere && !invocation->command)
        return plx_error(error, PLX_ERROR_USAGE, "write the command before '%s'; %s", shown, hint);
    if (elsewhere) {
        g_autofree char *full = plx_command_full_name(invocation->command);
        return plx_error(error, PLX_ERROR_USAGE, "'%s' does not take '%s'; %s", full, shown, hint);
    }
    g_autoptr(GString) near = g_string_new(NULL);
    const gint i = plx_suggest(name, names, G_N_ELEMENTS(names));
    if (i >= 0)
        g_string_printf(near, "; did you mean \"--%s\"?", names[i]);
    else
        g_string_printf(near, "; %s", hint);
    return plx_error(error, PLX_ERROR_USAGE, "unknown option '%s'%s", shown, near->str);
}

static gboolean check_integer(const struct plx_option *option, const char *value, GError **error)
{
    gint64 number = 0;
    if (g_ascii_string_to_signed(value, 10, option->min, option->max, &number, NULL))
        return TRUE;
    if (option->max == G_MAXINT64)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--%s: '%s' is not a whole number from %" G_GINT64_FORMAT " up",
                         option->name, value, option->min);
    return plx_error(error, PLX_ERROR_USAGE,
                     "--%s: '%s' is not a whole number from %" G_GINT64_FORMAT
                     " to %" G_GINT64_FORMAT,
                     option->name, value, option->min, option->max);
}

static gboolean check_choice(const plx_invocation *invocation, enum plx_option_id id,
                             const char *value, GError **error)
{
    const struct plx_option *option = plx_option_get(id);
    const char *words = plx_command_words(invocation->command, id);
    g_auto(GStrv) allowed = g_strsplit(words, " ", -1);
    if (g_strv_contains((const char *const *)allowed, value))
        return TRUE;
    g_autofree char *list = g_strjoinv(", ", allowed);
    g_autofree char *near =
        plx_suggest_text(value, (const char *const *)allowed, g_strv_length(allowed));
    return plx_error(error, PLX_ERROR_USAGE, "--%s: '%s' is not one of %s%s", option->name, value,
                     list, near);
}

static gboolean check_value(const plx_invocation *invocation, enum plx_option_id id,
                            const char *value, GError **error)
{
    const struct plx_option *option = plx_option_get(id);
    if (!value || *value == '\0')
        return plx_error(error, PLX_ERROR_USAGE, "--%s: the value is empty", option->name);
    if (!g_utf8_validate(value, -1, NULL) && option->kind != PLX_OPTION_FILE)
        return plx_error(error, PLX_ERROR_USAGE, "--%s: the value is not UTF-8", option->name);
    if (option->kind == PLX_OPTION_INTEGER)
        return check_integer(option, value, error);
    if (option->kind == PLX_OPTION_CHOICE)
        return check_choice(invocation, id, value, error);
    return TRUE;
}

static gboolean add_list(GPtrArray *values, const struct plx_option *option, const char *value,
                         GError **error)
{
    g_auto(GStrv) parts = plx_csv_list(value);
    if (!parts)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--%s: in '%s' a quote does not end before a comma or the end (one within "
                         "quotes is written twice)",
                         option->name, value);
    for (gsize i = 0; parts[i]; i++)
        plx_invocation_append(values, parts[i]);
    return TRUE;
}

static gboolean store_value(plx_invocation *invocation, enum plx_option_id id, const char *value,
                            GError **error)
{
    const struct plx_option *option = plx_option_get(id);
    const gboolean repeatable =
        option->kind == PLX_OPTION_LIST || option->kind == PLX_OPTION_REPEATED;
    if (option->value && !check_value(invocation, id, value, error))
        return FALSE;
    GPtrArray **slot = &invocation->values[id];
    if (*slot && option->value && !repeatable)
        return plx_error(error, PLX_ERROR_USAGE, "--%s is given twice", option->name);
    if (!*slot) {
        *slot = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(*slot, NULL);
    }
    if (option->kind == PLX_OPTION_LIST)
        return add_list(*slot, option, value, error);
    if (option->value)
        plx_invocation_append(*slot, value);
    return TRUE;
}

/* `value` is what stood behind "=" or the letter; NULL = the next word is meant. */
static gboolean take_option(plx_invocation *invocation, enum plx_option_id id, const char *value,
                            struct words *words, GError **error)
{
    const struct plx_option *option = plx_option_get(id);
    if (!option->value) {
        if (value)
            return plx_error(error, PLX_ERROR_USAGE, "--%s takes no value", option->name);
        return store_value(invocation, id, NULL, error);
    }
    if (!value) {
        g_autofree char *called = plx_command_option_value(invocation->command, id);
        if (words->next == words->end)
            return plx_error(error, PLX_ERROR_USAGE, "--%s needs a value: --%s %s", option->name,
                             option->name, called);
        value = *words->next++;
    }
    return store_value(invocation, id, value, error);
}

static gboolean take_long(plx_invocation *invocation, const char *word, struct words *words,
                          GError **error)
{
    const char *equals = strchr(word, '=');
    g_autofree char *name =
        equals ? g_strndup(word + 2, (gsize)(equals - word - 2)) : g_strdup(word + 2);
    for (int i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++) {
        const enum plx_option_id id = (enum plx_option_id)i;
        if (strcmp(plx_option_get(id)->name, name) == 0 &&
            plx_command_takes(invocation->command, id))
            return take_option(invocation, id, equals ? equals + 1 : NULL, words, error);
    }
    g_autofree char *shown = g_strconcat("--", name, NULL);
    return unknown_option(invocation, shown, name, error);
}

static enum plx_option_id find_letter(const plx_invocation *invocation, char letter)
{
    for (int i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++)
        if (plx_option_get((enum plx_option_id)i)->letter == letter &&
            plx_command_takes(invocation->command, (enum plx_option_id)i))
            return (enum plx_option_id)i;
    return PLX_OPTION_END;
}

static gboolean take_short(plx_invocation *invocation, const char *word, struct words *words,
                           GError **error)
{
    for (const char *letter = word + 1; *letter; letter++) {
        const enum plx_option_id id = find_letter(invocation, *letter);
        if (id == PLX_OPTION_END) {
            /* "-map" was meant as "--map": say so rather than complain about "-m". */
            g_autofree char *shown =
                g_strndup(word, letter == word + 1 && word[2] ? strlen(word) : 2);
            if (letter != word + 1)
                shown[1] = *letter;
            return unknown_option(invocation, shown, shown + 1, error);
        }
        if (plx_option_get(id)->value)
            return take_option(invocation, id, letter[1] ? letter + 1 : NULL, words, error);
        if (!take_option(invocation, id, NULL, words, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && word[1] != '.' && !g_ascii_isdigit(word[1]);
}

static gboolean take_words(plx_invocation *invocation, struct words *words, GError **error)
{
    gboolean only_arguments = FALSE;
    while (words->next < words->end) {
        const char *word = *words->next++;
        gboolean ok = TRUE;
        if (!only_arguments && strcmp(word, "--") == 0)
            only_arguments = TRUE;
        else if (!only_arguments && is_option(word))
            ok = word[1] == '-' ? take_long(invocation, word, words, error)
                                : take_short(invocation, word, words, error);
        else if (!invocation->command)
            ok = take_command(invocation, word, error);
        else if (invocation->noun_only)
            ok = take_verb(invocation, word, error);
        else
            plx_invocation_append(invocation->arguments, word);
        if (!ok)
            return FALSE;
    }
    return TRUE;
}

plx_invocation *plx_invocation_parse(int argc, const char *const *argv, GError **error)
{
    g_autoptr(plx_invocation) invocation = plx_invocation_new();
    struct words words = {.next = argv + MIN(argc, 1), .end = argv + argc};
    if (!take_words(invocation, &words, error))
        return NULL;
    return g_steal_pointer(&invocation);
}

gboolean plx_invocation_check(const plx_invocation *invocation, GError **error)
{
    const struct plx_command *command = invocation->command;
    if (!command)
        return plx_error(error, PLX_ERROR_USAGE, "which command? See 'parallax --help'");
    if (invocation->noun_only && (command->verb || !command->run))
        return unknown_verb(command->name, NULL, error);
    const guint n = plx_invocation_n_arguments(invocation);
    g_autofree char *name = plx_command_full_name(command);
    if (n < command->min_arguments)
        return plx_error(error, PLX_ERROR_USAGE, "'%s' needs %s; see 'parallax %s --help'", name,
                         command->arguments, name);
    if (n > command->max_arguments)
        return plx_error(error, PLX_ERROR_USAGE,
                         "'%s' is one argument too many for '%s'; see 'parallax %s --help'",
                         plx_invocation_argument(invocation, command->max_arguments), name, name);
    return TRUE;
}
