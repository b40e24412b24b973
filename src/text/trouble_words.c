/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list. Left out on purpose: words that are as often something else, such as "weer" (weather)
 * in Dutch, "tarde" (afternoon) in Spanish, "wieder" in German. */

#include "text/trouble.h"

#include <string.h>

static const struct {
    const char *language, *waiting, *repeating;
} LISTS[] = {
    {"de",
     "warten, wartet, wartete, gewartet, wartezeit, warteschlange, schlange, verspätet, "
     "verspätung, verzögerung, zu spät, langsam, ewig, stundenlang, hingehalten",
     "nochmal, nochmals, noch einmal, noch mal, erneut, zweimal, dreimal, mehrmals, wiederholen, "
     "wiederholt, immer wieder, zum zweiten mal, zum dritten mal, von vorn, von vorne"},
    {"en",
     "wait, queue, queuing, on hold, delay, late, slow, slowly, forever, for ages, for hours, "
     "for days, still nothing",
     "again, twice, repeat, repeatedly, once more, second time, third time, three times, "
     "several times, many times, every time, second attempt, second try, start over, "
     "over and over"},
    {"es",
     "esperar, espera, esperé, esperando, cola, retraso, retrasado, demora, demorado, lento, "
     "lentitud, muy tarde, demasiado tarde, llegó tarde",
     "otra vez, de nuevo, nuevamente, dos veces, tres veces, varias veces, muchas veces, "
     "cada vez, una y otra vez, repetir, repetido, volver a"},
    {"fr",
     "attendre, attendu, attendait, attente, patienter, faire la queue, retard, lent, lenteur, "
     "trop tard, des heures",
     "encore une fois, à nouveau, de nouveau, deux fois, trois fois, plusieurs fois, "
     "chaque fois, deuxième fois, seconde fois, répéter, répété, recommencer"},
    {"it",
     "aspettare, aspettato, attesa, attendere, atteso, coda, fila, ritardo, lento, lentezza, "
     "troppo tardi, per ore",
     "di nuovo, nuovamente, altra volta, ancora una volta, due volte, tre volte, più volte, "
     "ogni volta, ripetere, ripetuto, ricominciare, da capo"},
    {"nl",
     "wachten, wacht, gewacht, wachtrij, wachttijd, in de rij, vertraging, vertraagd, te laat, "
     "traag, langzaam, urenlang",
     "opnieuw, nogmaals, nog een keer, nog eens, twee keer, drie keer, meerdere keren, "
     "telkens, steeds weer, herhalen, herhaald"},
    {"pt",
     "esperar, espera, esperei, esperando, fila, atraso, atrasado, demora, demorou, demorado, "
     "lento, lentidão, tarde demais",
     "outra vez, de novo, novamente, duas vezes, três vezes, várias vezes, muitas vezes, "
     "cada vez, segunda vez, repetir, repetido, recomeçar"},
};

static gsize find_list(const char *language)
{
    const char *const name = language ? language : "";
    const gsize n = strcspn(name, "-_");
    for (gsize i = 0; i < G_N_ELEMENTS(LISTS); i++)
        if (n == 2 && g_ascii_strncasecmp(LISTS[i].language, name, 2) == 0)
            return i;
    return G_N_ELEMENTS(LISTS);
}

gboolean plx_trouble_knows(const char *language)
{
    return find_list(language) < G_N_ELEMENTS(LISTS);
}

const char *plx_trouble_words(const char *language, enum plx_trouble_kind kind)
{
    const gsize i = find_list(language);
    if (i == G_N_ELEMENTS(LISTS))
        return NULL;
    return kind == PLX_TROUBLE_WAITING ? LISTS[i].waiting : LISTS[i].repeating;
}
