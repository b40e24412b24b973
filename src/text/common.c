/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/common.h"

#include <string.h>

struct list {
    const char *language, *words; /* each between blanks */
};

static const struct list LISTS[] = {
    {"de",
     " aber als am an auch auf aus bei beim bin bis da dann das dass dein dem den denn der des "
     "dich die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen "
     "einer eines er es etwas euch euer für gegen hab habe haben hat hatte hätte hier ich ihm "
     "ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja kann können man mein meine meinem "
     "meinen mich mir mit nach noch nun nur ob oder sein seine seinen sich sie sind so soll "
     "sollte sollten über um und uns unser unsere unserem unseren unter vom von vor war waren "
     "was weil wenn wer werden wie will wir wird wo wurde zu zum zur "},
    {"en", " a about all am an and any are as at be been being but by can could did do does doing "
           "for from get gets had has have having he her here him his how i if in into is it its "
           "just me my of on or our ours out own she should so some such than that the their them "
           "then there these they this those through to up us was we were what when where which "
           "while who whom why will with would you your "},
    {"es",
     " a al ante como con cuando de del desde donde el ella ellas ellos en entre era es esa "
     "ese eso esta estar este esto estos está están fue fueron ha hace hacia han hasta hay la "
     "las le les lo los me mi mis nos nuestra nuestro o para pero por porque que quien se ser "
     "si sobre son su sus te tiene tienen tu un una unas uno unos y ya yo "},
    {"fr",
     " a ai au aux avec avoir c ce ces cet cette chez d dans de des du elle elles en est et "
     "eux fait faut ici il ils j je l la le les leur leurs lui m ma mais me mes moi mon même n "
     "nos notre nous on ont ou où par pour qu que qui s sa se ses si son sont sur t ta te "
     "tes toi ton tu un une vos votre vous y à ça été être "},
    {"it",
     " a ad ai al all alla alle allo anche c che chi ci come con cui da dagli dai dal dall "
     "dalla dalle dei del dell della delle dello di dove e ed era essere fa gli ha hanno ho i "
     "il in io l la le lei li lo loro lui ma mi mia mio nei nel nell nella nelle noi nostra "
     "nostro o per perché quando quella quello questa questo se si sia sono su sua sui sul "
     "sulla suo ti tra tu un una uno voi è "},
    {"nl",
     " aan al als bij daar dan dat de der deze die dit doen door dus een en er ga haar had "
     "hebben heeft hem hen het hier hij hoe hun ik in is je jij jullie kan kunnen maar me men "
     "met mij mijn moet moeten na naar nog nu of om omdat ons onze ook op over s te tot t u "
     "uit uw van voor waar wanneer was wat we wel werd wie wij wil worden wordt zal ze zich "
     "zij zijn zo zou "},
    {"pt",
     " a ao aos as até com como da das de dela dele do dos e ela elas ele eles em entre era "
     "essa esse esta está estão este eu foi foram há isso isto já lhe mas me meu minha na nas "
     "no nos nossa nosso o onde os ou para pela pelas pelo pelos por porque quando que quem "
     "se ser seu seus sobre sua suas são tem ter têm um uma umas uns você vocês à às é "},
};

gboolean plx_common_has(const char *language, const char *word)
{
    g_autofree char *wanted = g_strdup_printf(" %s ", word);
    for (gsize i = 0; i < G_N_ELEMENTS(LISTS); i++)
        if (strcmp(LISTS[i].language, language) == 0)
            return strstr(LISTS[i].words, wanted) != NULL;
    return FALSE;
}
