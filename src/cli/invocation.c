/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/invocation_private.h"

static const char *const no_values[] = {NULL};

void plx_invocation_append(GPtrArray *words, const char *word)
{
    words->pdata[words->len - 1] = g_strdup(word);
    g_ptr_array_add(words, NULL);
}

plx_invocation *plx_invocation_new(void)
{
    plx_invocation *invocation = g_new0(plx_invocation, 1);
    invocation->arguments = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(invocation->arguments, NULL);
    return invocation;
}

void plx_invocation_free(plx_invocation *invocation)
{
    if (!invocation)
        return;
    g_free(invocation->default_format);
    g_free(invocation->author);
    g_free(invocation->actor);
    g_ptr_array_unref(invocation->arguments);
    for (int id = 0; id < PLX_OPTION_COUNT; id++)
        if (invocation->values[id])
            g_ptr_array_unref(invocation->values[id]);
    g_free(invocation);
}

void plx_invocation_act_as(plx_invocation *invocation, const char *author, const char *actor,
                           gboolean administers)
{
    g_assert(!invocation->author); /* once */
    invocation->author = g_strdup(author);
    invocation->actor = g_strdup(actor);
    invocation->administers = administers;
}

const char *plx_invocation_author(const plx_invocation *invocation)
{
    return invocation->author;
}

const char *plx_invocation_actor(const plx_invocation *invocation)
{
    return invocation->actor;
}

gboolean plx_invocation_administers(const plx_invocation *invocation)
{
    return !invocation->actor || invocation->administers;
}

/* What was asked. */

const struct plx_command *plx_invocation_command(const plx_invocation *invocation)
{
    return invocation->command;
}

gboolean plx_invocation_noun_only(const plx_invocation *invocation)
{
    return invocation->noun_only;
}

guint plx_invocation_n_arguments(const plx_invocation *invocation)
{
    return invocation->arguments->len - 1;
}

const char *plx_invocation_argument(const plx_invocation *invocation, guint i)
{
    return i < plx_invocation_n_arguments(invocation)
               ? (const char *)g_ptr_array_index(invocation->arguments, i)
               : NULL;
}

const char *const *plx_invocation_arguments(const plx_invocation *invocation)
{
    return (const char *const *)invocation->arguments->pdata;
}

static GPtrArray *copy_words(const GPtrArray *words)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(copy, NULL);
    for (guint i = 0; words && words->pdata[i]; i++)
        plx_invocation_append(copy, words->pdata[i]);
    return copy;
}

static void replace_value(plx_invocation *invocation, enum plx_option_id id, const char *value)
{
    if (!value)
        return;
    if (invocation->values[id])
        g_ptr_array_unref(invocation->values[id]);
    invocation->values[id] = copy_words(NULL);
    plx_invocation_append(invocation->values[id], value);
}

plx_invocation *plx_invocation_side(const plx_invocation *invocation, guint argument,
                                    const char *since, const char *until, const char *const *where)
{
    plx_invocation *side = plx_invocation_new();
    side->command = invocation->command;
    side->default_format = g_strdup(invocation->default_format);
    plx_invocation_append(side->arguments, plx_invocation_argument(invocation, argument));
    for (int id = 0; id < PLX_OPTION_COUNT; id++)
        if (invocation->values[id])
            side->values[id] = copy_words(invocation->values[id]);
    replace_value(side, PLX_OPTION_SINCE, since);
    replace_value(side, PLX_OPTION_UNTIL, until);
    for (; where && *where; where++) {
        if (!side->values[PLX_OPTION_WHERE])
            side->values[PLX_OPTION_WHERE] = copy_words(NULL);
        plx_invocation_append(side->values[PLX_OPTION_WHERE], *where);
    }
    return side;
}

gboolean plx_invocation_has(const plx_invocation *invocation, enum plx_option_id id)
{
    return invocation->values[id] != NULL;
}

const char *const *plx_invocation_list(const plx_invocation *invocation, enum plx_option_id id)
{
    return invocation->values[id] ? (const char *const *)invocation->values[id]->pdata : no_values;
}

const char *plx_invocation_string(const plx_invocation *invocation, enum plx_option_id id)
{
    const char *value = plx_invocation_list(invocation, id)[0];
    if (!value && id == PLX_OPTION_FORMAT)
        return invocation->default_format;
    return value;
}

gint64 plx_invocation_integer(const plx_invocation *invocation, enum plx_option_id id,
                              gint64 fallback)
{
    const char *value = plx_invocation_list(invocation, id)[0];
    return value ? g_ascii_strtoll(value, NULL, 10) : fallback;
}
