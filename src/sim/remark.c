/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/remark.h"

#include <string.h>

struct words {
    const char *point;
    const char *low[5]; /* level 1 and 2; unused entries NULL */
    const char *middle; /* 3 and 4 */
    const char *high[3];
    const char *better; /* what would one level better look like? */
};

static const struct words words[] = {
    {"campaign-page",
     {"The offer from the advert was sold out, and the page still showed it.",
      "Three pages to click through before I saw the thing that was advertised."},
     "It was what the advert said, at that price.",
     {"One look and I knew the price and the day it would come.",
      "It told me honestly which model I did not need."},
     "Show the date for my postcode right on the offer."},
    {"search-results",
     {"The first screen is adverts, I had to search again with other words.",
      "Typed the exact name and still got six copies of something else."},
     "Found it on the second try.",
     {"I misspelt it and it was still the first result.", "It understood what I wanted it for."},
     "Put what I typed first and the adverts second."},
    {"filters",
     {"I set my size again and again, the filter forgets it every time I go back.",
      "Filtered for in stock and half of it was not."},
     "The filters work, nothing special.",
     {"The filters asked just what a good shop assistant would ask."},
     "Keep the filter when I press back."},
    {"product-page",
     {"The size in the title and the size in the table were different.",
      "Had to open three tabs to find out what is in the box."},
     "All the facts were there, a bit scattered.",
     {"Every question I had was answered in the right order.",
      "It said plainly what it is not good at, so I trusted the rest."},
     "Say what is in the box at the top."},
    {"product-photos",
     {"One small picture and the colour was wrong.",
      "Only the maker's picture, I could not see the back."},
     "Good enough pictures.",
     {"I could see it in use with a mug beside it for size.",
      "The short film showed the very hinge I was unsure about."},
     "Show it next to something I know the size of."},
    {"customer-reviews",
     {"Half of the reviews are about a different product.", "Lots of stars and hardly a word."},
     "Some of the reviews helped.",
     {"Found a review from somebody with the same small kitchen.",
      "The maker had answered a complaint there and changed the lid since."},
     "Let me sort by people who had it for a year."},
    {"seller",
     {"Only after paying did I see that it comes from a seller abroad.",
      "A name that means nothing and no number to ring."},
     "Seller and country were shown.",
     {"The seller answered my question within the hour."},
     "Put how often a seller delivers on time beside the price."},
    {"delivery-date",
     {"It said in stock, and at the till it was suddenly next week.",
      "Three to nine working days, how am I to plan with that?"},
     "A date was there, though only in the basket.",
     {"One date for my postcode and it never changed.",
      "It offered Saturday because that is when I am at home."},
     "One date, before I put it in the basket."},
    {"basket",
     {"There was an insurance in it that I never chose.",
      "It emptied itself while I looked for my card, so I had to start again."},
     "Did what a basket does.",
     {"It had kept everything from last week.",
      "It noticed that the cable did not fit and said so."},
     "Keep what I chose for a week."},
    {"sign-in",
     {"New password again, mail to confirm again, and then the basket was empty.",
      "Waited ten minutes for the code and it had already run out."},
     "Signed in at the second attempt.",
     {"Bought as a guest, no fuss.", "It knew me and only asked when money moved."},
     "Let me buy as a guest."},
    {"delivery-choice",
     {"The dear one was ticked and the cheap one hidden.",
      "I can only choose a time at which nobody is home."},
     "The usual choices.",
     {"My parcel shop was already chosen, with its opening hours."},
     "Remember my parcel shop."},
    {"total-price",
     {"Shipping only appeared after I had typed in my whole address.",
      "The price on the last page was higher than on the first."},
     "The price was the price.",
     {"Same total from basket to receipt.", "It applied my voucher by itself."},
     "Show the shipping before the address."},
    {"payment-page",
     {"Had to type my card number twice because of one wrong field.",
      "The page hung, I waited, and then it asked me for everything again.",
      "Payment failed and I did not know whether the money had gone, so I tried a third time.",
      "Sent to my bank and back, and the form was empty again."},
     "It worked, but only at the second attempt.",
     {"Two taps and done.", "The bank asked a question and the page simply waited for me."},
     "Keep what I typed when one field is wrong."},
    {"order-confirmation",
     {"Nothing came for an hour, I was not sure whether I had bought it.",
      "A number and a page of terms, but not what I ordered."},
     "The mail came.",
     {"Within a minute, with the date and a way to cancel.",
      "It spotted that I was sending it to my old address."},
     "Say in one line what happens next."},
    {"dispatch-message",
     {"It said sent, and then nothing moved for two days.",
      "A tracking number of a carrier that I had to find myself."},
     "Told me that it was on its way.",
     {"The day and the hours were in the subject line.", "There was even a photo of my parcel."},
     "Put the day into the subject line."},
    {"tracking-page",
     {"It has said in transit for three days and I keep looking again.",
      "It said delivered and there was nothing.",
      "I waited in all day because the page said ten to twelve."},
     "Right most of the time.",
     {"I could see how many stops were before mine.",
      "It told me about the delay before I looked, and the new time held."},
     "Be right, or say that you do not know."},
    {"delay-message",
     {"Nobody told me; I waited at the window until nine.",
      "A mail late in the evening that it would not come today, after I had stayed at home.",
      "I found out by ringing them, twice.", "Waited the whole day and not a word."},
     "They wrote at noon that it would be tomorrow, and it was.",
     {"They wrote at ten, said why and gave a new hour that held.",
      "They sent a second one another way before I could complain."},
     "Tell me before noon, and tell me why."},
    {"change-delivery",
     {"They sent me to the carrier and the carrier sent me back.",
      "Could not change the day, although it had not even left."},
     "Changed the address the evening before.",
     {"One tap on the day itself and it was confirmed."},
     "Let me change the day on the day."},
    {"doorstep",
     {"It was promised for the next day and came two days later.",
      "I took the day off and waited, and nobody came.", "It stood in the rain beside the bins.",
      "They said they rang. Nobody rang, I was waiting behind the door.",
      "Late again, second time this month."},
     "It came on the day, some time before nine in the evening.",
     {"Came within the hour, rang and waited for me.",
      "Carried the heavy box up to the third floor."},
     "Come on the day you said, or say so in the morning."},
    {"courier",
     {"A push on the bell and the van was gone.", "Threw it over the gate."},
     "A hello and a parcel.",
     {"She knew my name and smiled although she was in a hurry.",
      "He came back because he had seen me come home."},
     "Wait one minute at the door."},
    {"missed-delivery",
     {"No card, no message, and it went back.",
      "A card I could not read and a depot on the other side of town, open until five."},
     "The card said where it was.",
     {"They came again the same evening without being asked."},
     "Leave it with the neighbour I named."},
    {"parcel-condition",
     {"Dented on all corners and taped over.", "Soaked, and the book inside was ruined.",
      "Something was loose in there, again."},
     "One dent, nothing broken.",
     {"Not a scratch on it.", "As firm as the day it was packed."},
     "Stop throwing it about in the van."},
    {"unboxing",
     {"Ten minutes with a knife, and little plastic balls everywhere.",
      "The glue stank through the whole flat."},
     "Opened by hand, all there.",
     {"A hand-written line from the person who packed it.",
      "The thing I had been waiting for lay on top."},
     "Make it open without a knife."},
    {"packaging-waste",
     {"A box in a box in a box for one pen.", "Plastic and paper glued together, for no bin."},
     "Paper, but a lot of it.",
     {"It folded flat and fitted into the bin.", "The box was no larger than the thing."},
     "A box of the size of what is in it."},
    {"product-as-described",
     {"Not the colour of the photo and it feels cheap.",
      "It was a used one, there was somebody's hair on it."},
     "It is what it said it is.",
     {"Even better than on the photos.", "Worked straight out of the box."},
     "Show the real colour."},
    {"help-chat",
     {"Forty minutes on hold and three times my order number.",
      "A robot that did not understand me and passed me to nobody."},
     "Solved in the end, after I repeated it once.",
     {"One person stayed until it was solved and wrote it down for me.",
      "She saw the next problem coming and sorted that too.",
      "He knew my order before I said a word."},
     "Do not make me repeat my order number."},
    {"review-request",
     {"They asked for five stars before it had come, and again the next day.",
      "Twenty questions for a pair of socks."},
     "Asked once.",
     {"They asked about what had gone wrong and not about stars."},
     "Ask me once, when I have used it."},
    {"return-start",
     {"Had to explain myself and wait two days to be allowed.", "The button had gone on day ten."},
     "It took a few clicks.",
     {"Two clicks and no questions.", "It said at once how much I get back and when."},
     "Say at once how much I get back."},
    {"return-label",
     {"To be printed, and I have no printer. I asked twice for a code.",
      "Waited four days for the label."},
     "The label came by mail.",
     {"It lay in the parcel from the start.", "A code on my phone, done."},
     "Put the label into the parcel."},
    {"drop-off",
     {"A long queue behind the lottery tickets, I waited half an hour.",
      "They would not take it, so I came again the next day."},
     "Handed in, receipt given.",
     {"The machine took it at midnight.", "She taped it up again for me, very kind."},
     "Let me hand it to the courier."},
    {"refund-message",
     {"Three weeks and no word, I had to ask again and again.",
      "An amount that nobody could explain to me."},
     "The message came when the parcel had arrived.",
     {"It came before the parcel had even reached them.", "Every penny explained."},
     "Tell me the day it arrives."},
    {"refund-on-account",
     {"A month and two reminders.", "It came as a voucher I never asked for."},
     "It came within the week.",
     {"The next day, with the order number beside it.",
      "They even added the postage I had forgotten."},
     "The full amount on the day it is scanned."},
};

/* Said before and after: so that not two in a hundred notes are the same. */
static const char *const before[] = {
    "",
    "",
    "",
    "",
    "",
    "Second order this month. ",
    "To be honest: ",
    "As a student: ",
    "Bought it for my mother. ",
    "I usually like this shop. ",
    "Ordered on a Sunday. ",
    "Same as last time: ",
    "First order here. ",
    "In a hurry that day. ",
};
static const char *const after_low[] = {
    "",
    "",
    "",
    " Not good enough.",
    " I expected more.",
    " Please sort it out.",
    " My neighbour says the same.",
    " That cost me an hour.",
    " It was a birthday present.",
};
static const char *const after_middle[] = {
    "", "", "", " Fine.", " No complaints.", " Could be better.", " Nothing special.",
};
static const char *const after_high[] = {
    "",
    "",
    "",
    " Thank you!",
    " Keep it up.",
    " Lovely.",
    " That is how it should be.",
    " Told my sister about it.",
    " I shall come back.",
};

static const char *const complaints[] = {
    "I was promised next day and waited four. Nobody could tell me why.",
    "I have rung three times about the same parcel and told the same story three times.",
    "You took the money twice and it took two weeks to get it back.",
    "My parcel was left in the rain for the second time.",
    "I returned four things, three went well, and the one refund that did not spoiled it all.",
    "The app asked for my password again in the middle of paying.",
};
static const char *const suggestions[] = {
    "Tell people in the morning when a parcel will be late. That is all I ask.",
    "Put a photo of the parcel in the message when you leave it somewhere.",
    "Use fewer boxes.",
    "Let me save two delivery addresses.",
    "A button to say: I am at home after six.",
    "Show me on the payment page which field is wrong, and keep the others.",
};
static const char *const moments[] = {
    "When the neighbour has my parcel and I have to ask around. That is not in your list.",
    "The moment I carry the empty boxes down to the bins.",
    "When I explain to my daughter why the present is not here.",
};
static const char *const easier[] = {
    "My bookshop: one message, one name, and it is put aside for me.",
    "The train company, of all things. They text me when it is late, and by how much.",
    "My bank's app. It never asks me anything twice.",
};
static const char *const sheet_words[4][5] = {
    {"Order confirmation: quick, clear, and people mention it.",
     "The chat team solves things, although we never say so.",
     "Photos and product pages since the new studio.", "Our couriers greet people by name.",
     "Unboxing: the hand-written line costs nothing and is remembered."},
    {"Tell customers before noon when a parcel will be late.",
     "The payment form forgets what people typed; we see them try twice.",
     "The doorstep on days with many parcels: we are late and everybody knows it.",
     "One date instead of three to nine working days.", "Smaller boxes."},
    {"They show how many stops are left. Good.", "They promise less and keep it. Good.",
     "They let the phone ring out. Bad.", "Their returns have a label in every parcel. Good.",
     "They ask for five stars three times. Bad."},
    {"Continue the morning round at the depot.", "Start ringing and waiting one minute.",
     "Start reading three customer notes aloud every Monday.",
     "Continue to let the chat team decide on refunds under twenty pounds.",
     "Start asking the drivers what they see."},
};

static const struct words *find(const char *point)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].point, point) == 0)
            return &words[i];
    return NULL;
}

static const char *pick(struct plx_random *random, const char *const *texts, gsize n)
{
    while (n > 1 && !texts[n - 1])
        n--;
    return texts[plx_random_below(random, n)];
}
#define PICK(random, texts) pick(random, texts, G_N_ELEMENTS(texts))

struct plx_remark plx_remark_on_point(struct plx_random *random, const char *point, int level)
{
    static const char *const nothing = "Nothing to add.";
    const struct words *w = find(point);
    if (!w)
        return (struct plx_remark){"comment", g_strdup(nothing)};
    const double u = plx_random_uniform(random);
    if (level <= 4 && u < 0.2)
        return (struct plx_remark){"better", g_strdup(w->better)};
    const char *start = PICK(random, before);
    const char *core = level <= 2   ? PICK(random, w->low)
                       : level <= 4 ? w->middle
                                    : PICK(random, w->high);
    const char *end = level <= 2   ? PICK(random, after_low)
                      : level <= 4 ? PICK(random, after_middle)
                                   : PICK(random, after_high);
    return (struct plx_remark){level >= 5 && u < 0.6 ? "did" : "comment",
                               g_strconcat(start, core, end, NULL)};
}

struct plx_remark plx_remark_alone(struct plx_random *random)
{
    const double u = plx_random_uniform(random);
    if (u < 0.5) {
        const char *const after = PICK(random, after_low); /* one by one: compilers differ */
        const char *const what = PICK(random, complaints);
        return (struct plx_remark){"complaint", g_strconcat(what, after, NULL)};
    }
    if (u < 0.8)
        return (struct plx_remark){"suggestion", g_strdup(PICK(random, suggestions))};
    if (u < 0.9)
        return (struct plx_remark){"moment", g_strdup(PICK(random, moments))};
    return (struct plx_remark){"easier", g_strdup(PICK(random, easier))};
}

struct plx_remark plx_remark_sheet(struct plx_random *random, guint which)
{
    static const char *const prompts[] = {"well", "improve", "competitors", "continue"};
    g_assert(which < G_N_ELEMENTS(prompts));
    return (struct plx_remark){prompts[which], g_strdup(PICK(random, sheet_words[which]))};
}

gboolean plx_remark_covers(const char *point)
{
    const struct words *w = find(point);
    return w && w->low[0] && w->middle && w->high[0] && w->better;
}
