/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/texts.h"

#include <string.h>

static const char *const TEXTS[][2] = {
    {"form.next", "Next"},
    {"form.back", "Back"},
    {"form.finish", "Send"},
    {"form.na", "This did not happen to me"},
    {"form.declined", "I would rather not say"},
    {"form.progress", "{0} of {1}"},
    {"form.level", "How was it?"},
    {"form.effort", "How easy was it?"},
    {"form.effort.low", "hard work"},
    {"form.effort.high", "very easy"},
    {"form.feeling", "How did it feel?"},
    {"form.feeling.1", "upset"},
    {"form.feeling.2", "uneasy"},
    {"form.feeling.3", "neither"},
    {"form.feeling.4", "good"},
    {"form.feeling.5", "delighted"},
    {"form.did", "What did they do?"},
    {"form.better", "What would one level better look like?"},
    {"form.anchors", "What each level means"},
    {"form.whole.title", "The whole way"},
    {"form.whole.about", "Tick what stood out."},
    {"card.short", "fell short"},
    {"card.nothing", "nothing special"},
    {"card.delighted", "delighted me"},
    {"card.na", "did not happen"},
    {"form.overall", "All in all, how was it?"},
    {"form.comment", "What else?"},
    {"form.moment", "A moment we did not list"},
    {"form.suggestion", "A suggestion"},
    {"form.complaint", "A complaint"},
    {"form.answer", "I would like an answer."},
    {"form.answer.text", "Your answer will be here:"},
    {"form.thanks.title", "Thank you"},
    {"form.thanks.text", "Your answers have arrived."},
    {"link.title", "This form is closed"},
    {"link.unknown", "There is no form at this address."},
    {"link.closed", "Closed."},
    {"link.late", "Closed."},
    {"link.early", "Not yet open."},
    {"link.full", "Closed."},
    {"form.error.title", "Something is missing"},
    {"form.error.choose", "Please choose one of these."},
    {"form.error.long", "This is longer than {0} characters."},
    {"form.error.text", "This is no text."},
    {"form.privacy.anonymous", "Nobody can tell who answered."},
    {"form.privacy.visit", "Your answers go with your visit."},
    {"form.privacy.panel", "You said yes."},
    {"form.consent", "Yes."},
    {"form.resume", "Go on later with this address."},
    {"form.believed", "How many of ten?"},
    {"form.believed.about", "Of 10 customers, how many?"},
};
const char *plx_texts(const char *language, const char *key)
{
    (void)language;
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        if (strcmp(TEXTS[i][0], key) == 0)
            return TEXTS[i][1];
    return NULL;
}
char *plx_texts_fill(const char *language, const char *key, ...)
{
    return g_strdup(plx_texts(language, key));
}
static const char *const LANGUAGES[] = {"en", "de", "es", "fr", "ar", "zh", NULL};
const char *plx_texts_choose(const char *accept, const char *const *offered)
{
    for (guint i = 0; accept && offered[i]; i++)
        if (g_str_has_prefix(accept, offered[i]))
            return offered[i];
    return "en";
}
const char *const *plx_texts_languages(void)
{
    return LANGUAGES;
}
const char *plx_texts_name(const char *language)
{
    return language;
}
const char *plx_texts_direction(const char *language)
{
    return strcmp(language, "ar") == 0 ? "rtl" : "ltr";
}
