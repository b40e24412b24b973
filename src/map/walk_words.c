/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/walk_words.h"

#include "base/suggest.h"

#include <string.h>

#define TITLE_WORDS 8
#define TITLE_CHARACTERS 60

/* In the order of enum plx_sense; the first of each is the map file's name. Casefolded. */
static const char *const senses[PLX_WALK_SENSES][20] = {
    {"see", "saw", "seen", "sight", "look", "sehen", "gesehen", "voir", "vu", "vue", "ver", "visto",
     "vista", "vedere", "zien", "gezien"},
    {"hear", "heard", "hearing", "sound", "hören", "gehört", "entendre", "entendu", "ouïe", "oír",
     "oído", "ouvir", "ouvido", "udire", "sentito", "horen", "gehoord"},
    {"touch", "touched", "tasten", "berühren", "berührt", "toucher", "touché", "tocar", "tacto",
     "tato", "toccare", "tatto", "aanraken", "voelen"},
    {"taste", "tasted", "schmecken", "geschmeckt", "goûter", "goût", "gusto", "saborear", "sabor",
     "assaggiare", "proeven", "geproefd", "paladar"},
    {"smell", "smelled", "smelt", "riechen", "gerochen", "sentir", "odorat", "oler", "olor",
     "cheirar", "cheiro", "odorare", "olfatto", "ruiken", "geroken"},
    {"feel", "felt", "feeling", "fühlen", "gefühlt", "ressentir", "ressenti", "sentimento",
     "sentimiento", "sentire", "gevoel"},
};

guint plx_walk_sense(const char *word)
{
    g_autofree char *folded = g_utf8_casefold(word, -1);
    for (guint s = 0; s < PLX_WALK_SENSES; s++)
        for (guint i = 0; senses[s][i]; i++)
            if (strcmp(senses[s][i], folded) == 0)
                return 1u << s;
    return 0;
}

const char *plx_walk_sense_name(guint number)
{
    return senses[number][0];
}

char *plx_walk_near(const char *word)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint s = 0; s < PLX_WALK_SENSES; s++)
        for (guint i = 0; senses[s][i]; i++)
            g_ptr_array_add(all, (gpointer)(guintptr)senses[s][i]);
    return plx_suggest_text(word, (const char *const *)all->pdata, all->len);
}

/* Does a clause end here? A full stop within a number or a name does not end one. */
static gboolean ends_clause(const char *at)
{
    const gunichar c = g_utf8_get_char(at);
    const char *const next = g_utf8_next_char(at);
    if (c == 0x3002 || c == 0xFF0C || c == 0x3001) /* 。，、 */
        return TRUE;
    if (c == '\n' || c == '\r' || c == '(')
        return TRUE;
    return c < 128 && strchr(".,;:!?", (int)c) && (*next == '\0' || g_ascii_isspace(*next));
}

char *plx_walk_title(const char *words)
{
    g_autoptr(GString) out = g_string_new(NULL);
    guint n_words = 0, characters = 0;
    gsize whole = 0; /* bytes of whole words */
    gboolean inside = FALSE;
    const char *at = words;
    for (; *at && !(characters > 0 && ends_clause(at)); at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (g_unichar_isspace(c)) {
            whole = inside ? out->len : whole;
            n_words += inside ? 1 : 0;
            inside = FALSE;
            if (n_words == TITLE_WORDS)
                break;
            continue;
        }
        if (characters == TITLE_CHARACTERS)
            break;
        if (!inside && out->len > 0)
            g_string_append_c(out, ' ');
        g_string_append_unichar(out, characters == 0 ? g_unichar_toupper(c) : c);
        characters++;
        inside = TRUE;
    }
    if (characters == TITLE_CHARACTERS && *at && !g_unichar_isspace(g_utf8_get_char(at)) &&
        whole > 0)
        g_string_truncate(out, whole);
    return g_string_free(g_steal_pointer(&out), FALSE);
}
