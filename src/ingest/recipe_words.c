/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_words.h"

#include "base/id.h"

#include <string.h>

struct words {
    int meaning;
    const char *words; /* as ids, separated by blanks */
};

static const struct words titles[] = {
    {PLX_ROLE_AUDIENCE, "audience role roles voice rolle rôle rol ruolo gruppe"},
    {PLX_ROLE_RESPONDENT, "id respondent user customer passenger patient student guest person "
                          "respondentid userid responseid customerid uuid nr nummer no number "
                          "kunde kundennummer kennung identifiant"},
    {PLX_ROLE_TIME, "time date day timestamp submitted created enddate startdate datum zeit tag "
                    "heure fecha"},
    {PLX_ROLE_PLACE, "place store branch shop location site region city trust ward clinic hotel "
                     "filiale standort ort haus lieu magasin agence tienda sucursal negozio sede"},
    {PLX_ROLE_CHANNEL, "channel device kanal canal"},
    {PLX_ROLE_LANGUAGE, "language lang locale userlanguage sprache langue idioma"},
    {PLX_ROLE_WEIGHT, "weight gewicht poids peso"},
    {PLX_ROLE_POINT, "point touchpoint item question moment lecturer frage punkt"},
    {PLX_ROLE_NOTE, "comment comments remark remarks note notes feedback bemerkung bemerkungen "
                    "kommentar anmerkung anmerkungen kommentare anregungen sonstiges commentaire "
                    "commentaires remarque remarques comentario comentarios commento commenti "
                    "else why warum pourquoi"},
};

static const char *const audiences[] = {"leader", "staff", "shopper", "customer"};
/* In the order in which they count where one text has several: a mystery customer is a shopper. */
static const struct words voices[] = {
    {2, "shopper shoppers mystery tester testkunde testkundin testkäufer mystery-shopper "
        "client-mystère"},
    {0,
     "leader leaders leadership lead management manager managers manage boss owner director head "
     "supervisor executive executives "
     "leitung leiter leiterin leite teamleitung teamleiter teamleiterin filialleitung "
     "filialleiter filialleiterin abteilungsleitung führung führungskraft führungskräfte "
     "vorgesetzter vorgesetzte geschäftsführung geschäftsführer geschäftsführerin chef chefin "
     "chefs inhaber inhaberin vorstand direktion direktor direktorin "
     "direction directeur directrice gérant gérante cadre responsable cheffe dirige "
     "dirección gerente jefe jefa dirijo "
     "responsabile direttore direttrice dirigente capo dirigo"},
    {1, "staff employee employees team crew worker workers work "
        "mitarbeiter mitarbeiterin mitarbeitende mitarbeitender mitarbeiterinnen beschäftigte "
        "angestellte angestellter personal belegschaft arbeite "
        "personnel employé employée employés salarié salariée collaborateur collaboratrice "
        "travaille équipe empleado empleada empleados trabajador trabajadora trabajo equipo "
        "dipendente dipendenti personale collaboratore lavoro"},
    {3, "customer customers client clients cliente guest guests patient patients buyer citizen "
        "visitor visitors kunde kundin kunden kundinnen kund gast gäste patientin besucher "
        "besucherin bürger bürgerin cliente clientes clienta clienti usager ospite ospiti"},
};

/* In titles that ask who is answering. */
static const char role_titles[] = "audience role roles voice rolle rôle rol ruolo";
static const char recommend_titles[] =
    "recommend recommendation recommended nps promoter weiterempfehlung weiterempfehlen "
    "weiterempfehlungsbereitschaft weiterempfehlungswahrscheinlichkeit empfehlen empfehlung "
    "recommander recommanderiez recommandation recomendar recomendaría recomendación recomienda "
    "raccomandare raccomanderebbe raccomandazione consigliare consiglierebbe";

static const char whole_titles[] =
    "overall gesamt insgesamt gesamtzufriedenheit gesamteindruck gesamturteil gesamtnote "
    "gesamtbewertung gesamterlebnis ensemble globalement globale globalmente complessivamente "
    "complessiva complessivo";

#define ROLE_WORDS 7 /* longer texts are remarks, not roles */

static const char *const kinds[] = {"na", "declined", "missing"};
static const struct words codes[] = {
    {0, "n-a k-a entfällt nicht-zutreffend not-applicable does-not-apply trifft-nicht-zu "
        "sans-objet nicht-genutzt not-used unfamiliar-n-a don-t-know weiss-nicht"},
    {1, "declined refused prefer-not-to-say keine-angabe weigert-sich"},
    {2, "na nan null none missing leer fehlt"},
};

static const char *const role_names[PLX_ROLES + 1] = {
    [PLX_ROLE_OTHER] = "ignore",          [PLX_ROLE_AUDIENCE] = "audience",
    [PLX_ROLE_RESPONDENT] = "respondent", [PLX_ROLE_TIME] = "time",
    [PLX_ROLE_PLACE] = "place",           [PLX_ROLE_CHANNEL] = "channel",
    [PLX_ROLE_LANGUAGE] = "language",     [PLX_ROLE_WEIGHT] = "weight",
    [PLX_ROLE_POINT] = "names",           [PLX_ROLE_NOTE] = "note",
    [PLX_ROLE_SEGMENT] = "segment",       [PLX_ROLE_RATING] = "point",
    [PLX_ROLE_RECOMMEND] = "recommend",   [PLX_ROLE_OVERALL] = "overall",
    [PLX_ROLE_ENCOUNTER] = "encounter",   [PLX_ROLE_WORDS] = "words"};

const char *plx_column_role_name(enum plx_role role)
{
    return role_names[role];
}

enum plx_role plx_column_role_find(const char *name)
{
    for (guint i = 0; i < PLX_ROLES; i++)
        if (strcmp(role_names[i], name) == 0)
            return (enum plx_role)i;
    return PLX_ROLES;
}

const char *const *plx_column_role_names(void)
{
    return role_names;
}

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

static gboolean title_has(const char *title, const char *words)
{
    g_autofree char *id = plx_id_new(title, strlen(title));
    if (!id)
        return FALSE;
    g_auto(GStrv) parts = g_strsplit(id, "-", -1);
    for (char **part = parts; *part; part++)
        if (has_word(words, *part))
            return TRUE;
    return FALSE;
}

gboolean plx_is_role_title(const char *title)
{
    return title_has(title, role_titles);
}

gboolean plx_is_recommend_title(const char *title)
{
    return title_has(title, recommend_titles);
}

gboolean plx_is_whole_title(const char *title)
{
    return title_has(title, whole_titles);
}

gboolean plx_is_audience_word(const char *word)
{
    g_autofree char *id = plx_id_new(word, strlen(word));
    return id && find(voices, G_N_ELEMENTS(voices), id) >= 0;
}

const char *plx_audience_of_word(const char *word)
{
    g_autofree char *id = plx_id_new(word, strlen(word));
    if (!id)
        return NULL;
    const int whole = find(voices, G_N_ELEMENTS(voices), id);
    if (whole >= 0)
        return audiences[whole];
    g_auto(GStrv) parts = g_strsplit(id, "-", -1);
    if (g_strv_length(parts) > ROLE_WORDS)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(voices); i++)
        for (char **part = parts; *part; part++)
            if (has_word(voices[i].words, *part))
                return audiences[voices[i].meaning];
    return NULL;
}

const char *plx_code_of_text(const char *text)
{
    if (strcmp(text, "-") == 0 || strcmp(text, ".") == 0 || strcmp(text, "?") == 0)
        return "missing";
    g_autofree char *id = plx_id_new(text, strlen(text));
    int found = id ? find(codes, G_N_ELEMENTS(codes), id) : -1;
    return found >= 0 ? kinds[found] : NULL;
}
