/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_words.h"

#include "base/id.h"

#include <string.h>

struct words {
    int meaning;
    const char *words; /* as ids, separated by blanks */
};

static const struct words titles[] = {
    {PLX_ROLE_AUDIENCE, "audience role voice rolle rôle gruppe"},
    {PLX_ROLE_RESPONDENT, "id respondent user customer passenger patient student guest person "
                          "respondentid userid responseid customerid uuid nr nummer no number "
                          "kunde kundennummer kennung identifiant"},
    {PLX_ROLE_TIME, "time date day timestamp submitted created enddate startdate datum zeit tag "
                    "heure fecha"},
    {PLX_ROLE_PLACE, "place store branch shop location site region city trust ward clinic hotel "
                     "filiale standort ort haus lieu magasin agence tienda sucursal"},
    {PLX_ROLE_CHANNEL, "channel device kanal canal"},
    {PLX_ROLE_LANGUAGE, "language lang locale userlanguage sprache langue idioma"},
    {PLX_ROLE_WEIGHT, "weight gewicht poids peso"},
    {PLX_ROLE_POINT, "point touchpoint item question moment lecturer frage punkt"},
    {PLX_ROLE_NOTE, "comment comments remark remarks note notes feedback bemerkung bemerkungen "
                    "kommentar anmerkung commentaire remarque comentario"},
};

static const char *const audiences[] = {"leader", "staff", "shopper", "customer"};
static const struct words voices[] = {
    {0, "leader leaders leadership management manager boss leitung führung geschäftsführung chef "
        "direktion direction dirección"},
    {1, "staff employee employees team crew mitarbeiter mitarbeiterin mitarbeitende personal "
        "personnel employé empleado"},
    {2, "shopper mystery tester testkunde mystery-shopper"},
    {3, "customer customers client clients guest guests patient patients buyer citizen kunde "
        "kundin kunden gast gäste cliente"},
};

static const char *const kinds[] = {"na", "declined", "missing"};
static const struct words codes[] = {
    {0, "n-a k-a entfällt nicht-zutreffend not-applicable does-not-apply trifft-nicht-zu "
        "sans-objet nicht-genutzt not-used"},
    {1, "declined refused prefer-not-to-say keine-angabe weigert-sich"},
    {2, "na nan null none missing leer fehlt"},
};

static gboolean has_word(const char *words, const char *word)
{
    g_auto(GStrv) known = g_strsplit(words, " ", -1);
    return g_strv_contains((const char *const *)known, word);
}

static int find(const struct words *table, gsize n, const char *word)
{
    for (gsize i = 0; i < n; i++)
        if (has_word(table[i].words, word))
            return table[i].meaning;
    return -1;
}

enum plx_role plx_role_of_title(const char *title)
{
    g_autofree char *id = plx_id_new(title, strlen(title));
    if (!id)
        return PLX_ROLE_OTHER;
    g_auto(GStrv) parts = g_strsplit(id, "-", -1);
    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
        for (char **part = parts; *part; part++)
            if (has_word(titles[i].words, *part))
                return (enum plx_role)titles[i].meaning;
    return PLX_ROLE_OTHER;
}

const char *plx_audience_of_word(const char *word)
{
    g_autofree char *id = plx_id_new(word, strlen(word));
    int found = id ? find(voices, G_N_ELEMENTS(voices), id) : -1;
    return found >= 0 ? audiences[found] : NULL;
}

const char *plx_code_of_text(const char *text)
{
    if (strcmp(text, "-") == 0 || strcmp(text, ".") == 0 || strcmp(text, "?") == 0)
        return "missing";
    g_autofree char *id = plx_id_new(text, strlen(text));
    int found = id ? find(codes, G_N_ELEMENTS(codes), id) : -1;
    return found >= 0 ? kinds[found] : NULL;
}
