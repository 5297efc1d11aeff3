#include "screen.h"

enum { MOST_TERMS = 16, MOST_UNITS = 192, LONGEST_PHRASE = 6, MOST_BYTES = 1000, CUT_AT = 35, MEMORY = 96 << 20 };

/* Sums are taken in another order than the scorer's and in fewer digits: a bound this close still counts. */
static const double SLACK = 1e-4;

/* Least weight of parts that contradict: `CONTRADICTION_WEIGHT`. */
static const double LEAST_CONTRADICTION = 4;

/* ---- making ---- */

static int slots_make(Bytes *slots, size_t count)
{
    slots->used = 0;
    if (!nk_reserve(slots, count * sizeof(uint32_t)))
        return 0;
    slots->used = count * sizeof(uint32_t);
    memset(slots->data, 0xff, slots->used);
    return 1;
}

int nk_screen_make(Screen *screen, const Index *index, double cutoff, double missing_cost, int person,
                   int organisation, int caps, double part_bits)
{
    memset(screen, 0, sizeof *screen);
    screen->index = index;
    screen->cutoff = cutoff;
    screen->kept = cutoff * (1 - missing_cost);
    screen->owing = cutoff * missing_cost;
    screen->contradicting = 2 * cutoff * (1 - missing_cost);
    screen->person = person, screen->organisation = organisation, screen->caps = caps, screen->part_bits = part_bits;
    size_t tokens = index->tokens ? index->tokens : 1;
    screen->listed = malloc(tokens * sizeof *screen->listed);
    screen->first = malloc(tokens * sizeof *screen->first);
    int fine = nk_context_make(&screen->context, index) && screen->listed && screen->first &&
               slots_make(&screen->piece_slots, 1024) && slots_make(&screen->phrase_slots, 1024) && slots_make(&screen->join_slots, 1024) &&
               nk_join_consonants(screen) && nk_affix_filter(screen);
    for (uint32_t i = 0; fine && i < index->tokens; i++) {
        Token token = nk_index_token(index, i);
        screen->listed[i].weight = (float)token.head->weight;
        screen->listed[i].flags = token.head->flags;
        screen->listed[i].single = token.head->spanned == 1;
    }
    if (!fine)
        nk_screen_free(screen);
    return fine;
}

void nk_screen_free(Screen *screen)
{
    Bytes *all[] = {&screen->pieces,       &screen->piece_slots, &screen->words,      &screen->text,
                    &screen->meetings,     &screen->phrase_records, &screen->compact,    &screen->phrases,    &screen->phrase_slots,
                    &screen->joins,        &screen->join_slots,  &screen->unknown,    &screen->sounds,
                    &screen->scratch,      &screen->record,      &screen->chain};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]->data);
    nk_context_free(&screen->context);
    free(screen->listed), free(screen->first), free(screen->consonants), free(screen->affix_filter);
    memset(screen, 0, sizeof *screen);
}

int nk_screen_forget(Screen *screen)
{
    if (screen->pieces.used + screen->words.used + screen->text.used + screen->meetings.used + screen->joins.used +
            screen->piece_slots.used + screen->join_slots.used < MEMORY)
        return 0;
    Bytes *all[] = {&screen->pieces, &screen->words, &screen->text, &screen->meetings, &screen->joins};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        all[i]->used = 0;
    Bytes *slots[] = {&screen->piece_slots, &screen->join_slots};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        memset(slots[i]->data, 0xff, slots[i]->used);
    /* phrases were told once and are met anew */
    Phrase *phrases = (Phrase *)screen->phrases.data;
    for (size_t i = 0; i < screen->phrases.used / sizeof *phrases; i++)
        phrases[i].known = 0;
    return 1;
}

/* ---- tables from a hash to a number ---- */

typedef uint64_t Hash(const Screen *screen, uint32_t number);

static int grown(Screen *screen, Bytes *slots, size_t count, Hash *hash)
{
    size_t room = slots->used / sizeof(uint32_t);
    if (2 * (count + 1) <= room)
        return 1;
    if (!slots_make(slots, 2 * room))
        return 0;
    uint32_t *slot = (uint32_t *)slots->data;
    size_t mask = 2 * room - 1;
    for (uint32_t number = 0; number < count; number++) {
        size_t at = hash(screen, number) & mask;
        while (slot[at] != UINT32_MAX)
            at = (at + 1) & mask;
        slot[at] = number;
    }
    return 1;
}

static Piece *pieces_of(const Screen *screen)
{
    return (Piece *)screen->pieces.data;
}

static uint64_t piece_hash(const Screen *screen, uint32_t number)
{
    return pieces_of(screen)[number].hash;
}

static uint64_t join_hash(const Screen *screen, uint32_t number)
{
    const Join *join = (const Join *)screen->joins.data + number;
    return nk_hash(0, (const uint8_t *)join->words, sizeof join->words);
}

static uint64_t phrase_hash(const Screen *screen, uint32_t number)
{
    return ((const Phrase *)screen->phrases.data)[number].hash;
}

static const Piece *find_piece(const Screen *screen, uint64_t hash, const uint8_t *piece, size_t length, size_t *at)
{
    const uint32_t *slot = (const uint32_t *)screen->piece_slots.data;
    size_t mask = screen->piece_slots.used / sizeof(uint32_t) - 1;
    for (*at = hash & mask; slot[*at] != UINT32_MAX; *at = (*at + 1) & mask) {
        const Piece *known = pieces_of(screen) + slot[*at];
        if (known->hash == hash && known->length == length &&
            memcmp(screen->text.data + known->bytes, piece, length) == 0)
            return known;
    }
    return NULL;
}

int nk_screen_piece(Screen *screen, const uint8_t *piece, size_t length, uint32_t flags, const uint32_t *words,
                    uint32_t count)
{
    Piece made = {nk_hash(0, piece, length), (uint32_t)screen->text.used, (uint32_t)length, 0, count, flags};
    size_t at, known = screen->pieces.used / sizeof(Piece);
    if (find_piece(screen, made.hash, piece, length, &at))
        return 1;
    if (!grown(screen, &screen->piece_slots, known, piece_hash) || !nk_append(&screen->text, piece, length))
        return 0;
    while (screen->text.used % sizeof(uint32_t))
        if (!nk_append(&screen->text, "", 1))
            return 0;
    made.words = (uint32_t)screen->text.used;
    if (!nk_append(&screen->text, words, count * sizeof *words) || !nk_append(&screen->pieces, &made, sizeof made))
        return 0;
    find_piece(screen, made.hash, piece, length, &at);
    ((uint32_t *)screen->piece_slots.data)[at] = (uint32_t)known;
    return 1;
}

/* ---- what a token meets ---- */

/* Append the meetings of a record. `alike` takes all of them for the same word, as legal forms of one class may be. */
static int meet(Screen *screen, const Token *token, Met *met, int alike)
{
    const Index *index = screen->index;
    screen->scratch.used = 0;
    if (!nk_offers(index, token, &screen->context.tokens, &screen->context.spellings, &screen->scratch))
        return 0;
    const Offer *offers = (const Offer *)screen->scratch.data;
    for (size_t i = 0; i < screen->scratch.used / sizeof(Offer); i++) {
        const uint32_t *starts = index->posting_at + offers[i].token;
        Token other = nk_index_token(index, offers[i].token);
        double both = token->head->weight + other.head->weight, bits = other.head->bits;
        if (token->head->bits < bits)
            bits = token->head->bits;
        double gain = (alike ? both : offers[i].gain) - screen->kept * both;
        double net = gain - screen->owing * other.head->owed;
        Meeting made = {offers[i].token, (float)gain, (float)net,
                        (float)(both > 0 && !alike ? bits * offers[i].gain / both : bits)};
        if (!nk_append(&screen->meetings, &made, sizeof made))
            return 0;
        met->count++, met->cost += starts[1] - starts[0];
        met->gain = made.gain > met->gain ? made.gain : met->gain;
        met->net = made.net > met->net ? made.net : met->net;
    }
    return 1;
}

int64_t nk_screen_word(Screen *screen, const Term *word, const uint8_t *letters, const uint8_t *const *records, const size_t *lengths, uint32_t count)
{
    Term made = *word;
    uint32_t number = (uint32_t)(screen->words.used / sizeof(Term));
    made.letters = (uint32_t)screen->text.used;
    if (!nk_append(&screen->text, letters, word->length))
        return -1;
    made.met.meetings = (uint32_t)(screen->meetings.used / sizeof(Meeting));
    for (uint32_t i = 0; i < count; i++) {
        Token token;
        if (!nk_token(&token, records[i], lengths[i]))
            return -2;
        if (!meet(screen, &token, &made.met, 0))
            return -1;
    }
    memset(made.before, 0, sizeof made.before), memset(made.after, 0, sizeof made.after);
    if (made.flags & WORD_JOINS)
        nk_join_masks(screen, &made, letters);
    return nk_append(&screen->words, &made, sizeof made) ? (int64_t)number : -1;
}

/* ---- phrases ---- */

uint64_t nk_phrase_hash(uint64_t before, uint64_t word)
{
    return (before ^ word) * 0x9e3779b97f4a7c15u + 0x7f4a7c15u;
}

static const Phrase *find_phrase(const Screen *screen, uint64_t hash, size_t *at)
{
    const uint32_t *slot = (const uint32_t *)screen->phrase_slots.data;
    size_t mask = screen->phrase_slots.used / sizeof(uint32_t) - 1;
    for (*at = hash & mask; slot[*at] != UINT32_MAX; *at = (*at + 1) & mask) {
        const Phrase *known = (const Phrase *)screen->phrases.data + slot[*at];
        if (known->hash == hash)
            return known;
    }
    return NULL;
}

int nk_screen_phrase(Screen *screen, uint64_t hash, const uint8_t *record, size_t length, int alike)
{
    size_t at, count = screen->phrases.used / sizeof(Phrase);
    if (!grown(screen, &screen->phrase_slots, count, phrase_hash))
        return 0;
    Token token;
    if (length && !nk_token(&token, record, length))
        return -1;
    Phrase made = {hash, screen->phrase_records.used, (uint32_t)length, NO_NUMBER, alike, 0, {0, 0, 0, 0, 0}};
    find_phrase(screen, hash, &at);
    uint32_t *slot = (uint32_t *)screen->phrase_slots.data + at;
    made.next = *slot;
    if (!nk_append(&screen->phrase_records, record, length) ||
        !nk_append(&screen->phrase_records, "\0\0\0\0\0\0\0", (8 - length % 8) % 8) ||
        !nk_append(&screen->phrases, &made, sizeof made))
        return 0;
    *slot = (uint32_t)count;
    return 1;
}

int nk_screen_sounds(Screen *screen, const uint8_t *spelled, size_t length, const uint8_t *heard, size_t heard_length)
{
    if (length == 0 || length > 255 || heard_length > length)
        return -1;
    uint8_t lengths[2] = {(uint8_t)length, (uint8_t)heard_length};
    return nk_append(&screen->sounds, lengths, 2) && nk_append(&screen->sounds, spelled, length) &&
           nk_append(&screen->sounds, heard, heard_length);
}

/* ---- a name ---- */

/* Words of the name that may be one token together, and what it meets. */
typedef struct {
    Met met;
    uint32_t first, span;
    float part[LONGEST_PHRASE]; /* what each word has of the gain: by its weight */
} Unit;

typedef struct {
    const Term *terms[MOST_TERMS];
    uint32_t numbers[MOST_TERMS], count, units;
    float owed[MOST_TERMS];
    Unit unit[MOST_UNITS];
    double weight;
} Name;

static int unit(Name *name, const Met *met, uint32_t first, uint32_t span)
{
    if (name->units == MOST_UNITS)
        return 0;
    Unit *made = name->unit + name->units++;
    made->met = *met, made->first = first, made->span = span;
    float sum = 0;
    for (uint32_t i = 0; i < span; i++)
        sum += name->terms[first + i]->weight;
    for (uint32_t i = 0; i < span; i++)
        made->part[i] = sum > 0 ? name->terms[first + i]->weight / sum : 1.0f / (float)span;
    return 1;
}

static double share(const Unit *unit, uint32_t word)
{
    return unit->part[word - unit->first];
}

/* What words joined meet: 1, with `met` empty when they meet nothing; 0 when memory is out, -1 when not known. */
static int join(Screen *screen, const Name *name, uint32_t first, uint32_t span, Met *met)
{
    Join made = {{name->numbers[first], name->numbers[first + 1], span > 2 ? name->numbers[first + 2] : NO_NUMBER},
                 {0, 0, 0, 0, 0}};
    uint64_t hash = nk_hash(0, (const uint8_t *)made.words, sizeof made.words);
    const uint32_t *slot = (const uint32_t *)screen->join_slots.data;
    size_t at, mask = screen->join_slots.used / sizeof(uint32_t) - 1;
    for (at = hash & mask; slot[at] != UINT32_MAX; at = (at + 1) & mask) {
        const Join *known = (const Join *)screen->joins.data + slot[at];
        if (memcmp(known->words, made.words, sizeof made.words) == 0) {
            *met = known->met;
            return 1;
        }
    }
    Head head;
    int may = nk_join(screen, name->terms + first, span, &screen->record, &head);
    memset(met, 0, sizeof *met);
    if (may <= 0)
        return may == 0 ? 1 : may == -1 ? 0 : -1;
    Token token;
    made.met.meetings = (uint32_t)(screen->meetings.used / sizeof(Meeting));
    size_t count = screen->joins.used / sizeof(Join);
    if (!nk_token(&token, screen->record.data, screen->record.used) || !meet(screen, &token, &made.met, 0) ||
        !grown(screen, &screen->join_slots, count, join_hash) || !nk_append(&screen->joins, &made, sizeof made))
        return 0;
    mask = screen->join_slots.used / sizeof(uint32_t) - 1;
    uint32_t *free_slot = (uint32_t *)screen->join_slots.data;
    for (at = hash & mask; free_slot[at] != UINT32_MAX; at = (at + 1) & mask)
        ;
    free_slot[at] = (uint32_t)count;
    *met = made.met;
    return 1;
}

/* The units of a name: its words, words joined, phrases. 1, 0 when memory is out, -1 when there are too many. */
static int units_of(Screen *screen, Name *name)
{
    for (uint32_t i = 0; i < name->count; i++)
        if (!unit(name, &name->terms[i]->met, i, 1))
            return -1;
    for (uint32_t span = 2; span <= 3; span++)
        for (uint32_t i = 0; i + span <= name->count; i++) {
            Met met;
            uint32_t joins = WORD_JOINS;
            for (uint32_t k = 0; k < span; k++)
                joins &= name->terms[i + k]->flags;
            int fine = joins ? join(screen, name, i, span, &met) : 1;
            if (fine <= 0)
                return fine;
            if (joins && met.count && !unit(name, &met, i, span))
                return -1;
        }
    for (uint32_t i = 0; i < name->count; i++) {
        if (!(name->terms[i]->flags & WORD_STARTS))
            continue;
        uint64_t hash = nk_phrase_hash(0, name->terms[i]->phrase);
        for (uint32_t span = 2; span <= LONGEST_PHRASE && i + span <= name->count; span++) {
            hash = nk_phrase_hash(hash, name->terms[i + span - 1]->phrase);
            size_t at;
            const Phrase *found = find_phrase(screen, hash, &at);
            while (found) {
                uint32_t number = (uint32_t)(found - (const Phrase *)screen->phrases.data);
                Phrase *phrase = (Phrase *)screen->phrases.data + number;
                for (uint32_t k = 0; k < span; k++)
                    name->owed[i + k] = 0;
                if (!phrase->known && phrase->length) {
                    Token token;
                    memset(&phrase->met, 0, sizeof phrase->met);
                    phrase->met.meetings = (uint32_t)(screen->meetings.used / sizeof(Meeting));
                    if (!nk_token(&token, screen->phrase_records.data + phrase->record, phrase->length) ||
                        !meet(screen, &token, &phrase->met, phrase->alike))
                        return 0;
                }
                phrase->known = 1;
                if (phrase->met.count && !unit(name, &phrase->met, i, span))
                    return -1;
                found = phrase->next == NO_NUMBER ? NULL : (const Phrase *)screen->phrases.data + phrase->next;
            }
        }
    }
    return 1;
}

/* ---- the channels beside the alignment ---- */

static int is_exact(const Screen *screen, const Bytes *key)
{
    const Entry *end, *entry;
    uint64_t hash = nk_hash(H_EXACT, key->data, key->used);
    for (entry = nk_find(&screen->index->exact, hash, &end); entry < end; entry++)
        if (entry->print == (uint32_t)hash)
            return 1;
    return 0;
}

/* Whether some of the words in a row are a listed name but for its spaces, or its acronym; 0 or 1, -1 without memory.
   Prefixes and legal forms may be left out at either side, and there alone. */
static int channels(Screen *screen, const Name *name)
{
    Bytes *key = &screen->compact;
    uint32_t aside = 0, behind = name->count;
    while (aside + 1 < name->count && name->owed[aside] < 1)
        aside++;
    while (behind > 1 && name->owed[behind - 1] < 1)
        behind--;
    for (uint32_t begin = 0; begin <= aside; begin++)
        for (uint32_t end = name->count; end >= behind && end > begin; end--) {
            key->used = 0;
            int fine = nk_append(key, "compact ", 8);
            for (uint32_t i = begin; fine && i < end; i++)
                fine = nk_append(key, screen->text.data + name->terms[i]->letters, name->terms[i]->length);
            if (!fine)
                return -1;
            if (is_exact(screen, key))
                return 1;
            if (!screen->organisation)
                continue;
            key->used = 0;
            fine = nk_append(key, "sole ", 5);
            for (uint32_t i = begin; fine && i < end; i++)
                if (!(name->terms[i]->flags & WORD_CONNECTIVE))
                    fine = nk_append(key, &name->terms[i]->initial, 1);
            if (!fine)
                return -1;
            if (key->used >= 8 && key->used <= 13 && is_exact(screen, key))
                return 1;
        }
    for (uint32_t i = 0; screen->organisation && i < name->count; i++) {
        uint32_t length = name->terms[i]->length;
        int alone = 1;
        for (uint32_t k = 0; k < name->count; k++)
            alone &= k == i || name->owed[k] <= 0 || (name->terms[k]->flags & WORD_ASIDE);
        if (!alone)
            continue;
        key->used = 0;
        if (length < 3 || length > 8 || !(name->terms[i]->flags & WORD_LETTERS))
            continue;
        if (!nk_append(key, "letters ", 8) || !nk_append(key, screen->text.data + name->terms[i]->letters, length))
            return -1;
        if (is_exact(screen, key))
            return 1;
    }
    return 0;
}

/* ---- the bound ---- */

typedef struct {
    uint32_t unit, meeting, next;
} Link;

typedef struct {
    double gain, net;
    uint64_t cost;
    uint32_t word;
} Turn;

static int by_cost(const void *one, const void *other)
{
    const Turn *a = one, *b = other;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return a->word < b->word ? -1 : a->word > b->word;
}

static int chained(Screen *screen, const Name *name)
{
    screen->chain.used = 0;
    nk_marks_next(&screen->context.met);
    const Meeting *meetings = (const Meeting *)screen->meetings.data;
    for (uint32_t u = 0; u < name->units; u++) {
        const Met *met = &name->unit[u].met;
        if (!nk_reserve(&screen->chain, met->count * sizeof(Link)))
            return 0;
        for (uint32_t m = met->meetings; m < met->meetings + met->count; m++) {
            uint32_t token = meetings[m].token, number = (uint32_t)(screen->chain.used / sizeof(Link));
            Link link = {u, m, nk_mark(&screen->context.met, token) ? NO_NUMBER : screen->first[token]};
            screen->first[token] = number;
            nk_append(&screen->chain, &link, sizeof link);
        }
    }
    return 1;
}

/* Whether a word that met nothing surely tells two persons apart: no other of the name is the same. */
static int is_apart(const Name *name, uint32_t at)
{
    if (!(name->terms[at]->flags & WORD_APART) || name->owed[at] <= 0)
        return 0;
    for (uint32_t i = 0; i < name->count; i++)
        if (i != at && name->numbers[i] == name->numbers[at])
            return 0;
    return 1;
}

static int reaches(Screen *screen, const Name *name, uint32_t part)
{
    const Index *index = screen->index;
    const Meeting *meetings = (const Meeting *)screen->meetings.data;
    const Link *chain = (const Link *)screen->chain.data;
    double gain[MOST_TERMS] = {0}, known[MOST_TERMS] = {0}, left = 0, lacking = 0;
    uint32_t met = 0;
    int any_left = 0, any_lacking = 0, ours = 0, theirs = 0, joined = 0;
    uint8_t flags = index->part_flags[part];
    for (uint32_t i = index->forward_at[part]; i < index->forward_at[part + 1]; i++) {
        uint32_t token = index->forward[i];
        const Listed *listed = screen->listed + token;
        if (screen->context.met.met[token] != screen->context.met.round) {
            if (listed->single) {
                lacking += listed->weight;
                any_lacking |= !(listed->flags & LIGHT);
                theirs |= (listed->flags & APART) != 0;
            }
            continue;
        }
        joined |= !listed->single;
        for (uint32_t at = screen->first[token]; at != NO_NUMBER; at = chain[at].next) {
            const Unit *unit = name->unit + chain[at].unit;
            const Meeting *meeting = meetings + chain[at].meeting;
            for (uint32_t word = unit->first; word < unit->first + unit->span; word++) {
                double part_of = share(unit, word);
                met |= (uint32_t)1 << word;
                if (meeting->gain * part_of > gain[word])
                    gain[word] = meeting->gain * part_of;
                if (meeting->known * part_of > known[word])
                    known[word] = meeting->known * part_of;
            }
        }
    }
    double sum = 0, bits = 0, both = name->weight + index->owed[part];
    for (uint32_t word = 0; word < name->count; word++) {
        sum += gain[word], bits += known[word];
        if (met >> word & 1)
            continue;
        left += name->owed[word];
        any_left |= name->owed[word] > 0 && !(name->terms[word]->flags & WORD_ASIDE);
        ours |= is_apart(name, word);
    }
    if (sum < screen->owing * both - SLACK * both)
        return 0;
    if (joined)
        lacking = 0, any_lacking = theirs = 0;
    if (flags & REPEATS)
        theirs = 0;
    double contradiction = left < lacking ? left : lacking;
    if (any_left && any_lacking && contradiction < LEAST_CONTRADICTION)
        contradiction = LEAST_CONTRADICTION;
    if (sum < screen->owing * both + screen->contradicting * contradiction - SLACK * (both + contradiction))
        return 0;
    if (screen->caps && (screen->person || (flags & PERSON)) && (ours || theirs))
        return !(ours && theirs) && bits >= screen->part_bits - SLACK && !(flags & SYLLABIC);
    return 1;
}

/* 1 when some listed name may reach the cutoff, 0 when none can, -1 when memory is out. */
static int bounded(Screen *screen, Name *name)
{
    const Index *index = screen->index;
    Turn turns[MOST_TERMS];
    double gains = 0, nets = 0;
    for (uint32_t word = 0; word < name->count; word++) {
        Turn turn = {0, 0, 0, word};
        for (uint32_t u = 0; u < name->units; u++) {
            const Unit *unit = name->unit + u;
            if (word < unit->first || word >= unit->first + unit->span)
                continue;
            double part_of = share(unit, word);
            turn.gain = unit->met.gain * part_of > turn.gain ? unit->met.gain * part_of : turn.gain;
            turn.net = unit->met.net * part_of > turn.net ? unit->met.net * part_of : turn.net;
            turn.cost += unit->met.cost;
        }
        gains += turn.gain, nets += turn.net;
        turns[word] = turn;
    }
    double own = screen->owing * name->weight, slack = SLACK * (name->weight + gains);
    if (nets < own - slack)
        return 0;
    if (!chained(screen, name))
        return -1;
    qsort(turns, name->count, sizeof *turns, by_cost);
    nk_marks_next(&screen->context.parts);
    const Meeting *meetings = (const Meeting *)screen->meetings.data;
    for (uint32_t i = 0; i < name->count && nets >= own - slack; i++) {
        /* Names that meet none of the words before this one gain what the rest can. */
        gains -= turns[i].gain, nets -= turns[i].net;
        for (uint32_t u = 0; u < name->units; u++) {
            const Unit *unit = name->unit + u;
            if (turns[i].word < unit->first || turns[i].word >= unit->first + unit->span)
                continue;
            double part_of = share(unit, turns[i].word);
            for (uint32_t m = unit->met.meetings; m < unit->met.meetings + unit->met.count; m++) {
                /* another unit of this word may gain more in the same name: it is read as well */
                double most = (gains + (meetings[m].gain > 0 ? meetings[m].gain * part_of : 0) + slack) /
                              screen->owing - name->weight;
                uint32_t token = meetings[m].token;
                for (uint32_t p = index->posting_at[token]; p < index->posting_at[token + 1]; p++) {
                    uint32_t part = index->postings[p];
                    if (index->owed[part] > most)
                        break; /* postings rise by what their names owe */
                    if (nk_mark(&screen->context.parts, part) && reaches(screen, name, part))
                        return 1;
                }
            }
        }
    }
    return 0;
}

static int is_space(uint8_t byte)
{
    return byte == ' ' || (byte >= 9 && byte <= 13);
}

int nk_screen_name(Screen *screen, const uint8_t *text, size_t length, uint64_t base)
{
    Name name;
    name.count = name.units = 0, name.weight = 0;
    size_t begin = 0, end = length, letters = 0;
    while (begin < end && is_space(text[begin]))
        begin++;
    while (end > begin && is_space(text[end - 1]))
        end--;
    if (begin == end)
        return NAME_CANNOT;
    if (length > MOST_BYTES)
        return NAME_UNREAD;
    for (size_t i = begin; i < end; i++)
        letters += (text[i] & 0xc0) != 0x80;
    /* what else is a space to Python may stand at either end */
    int odd = text[begin] >= 0x80 || text[end - 1] >= 0x80 || text[begin] < ' ' || text[end - 1] < ' ';
    if (letters == CUT_AT || (odd && letters > CUT_AT))
        return NAME_UNREAD;
    uint32_t flags = 0, korean = PIECE_WRITINGS;
    int unknown = 0, many = 0, pieces = 0;
    while (begin < end) {
        size_t stop = begin, at;
        pieces++;
        while (stop < end && !is_space(text[stop]))
            stop++;
        const Piece *piece = find_piece(screen, nk_hash(0, text + begin, stop - begin), text + begin, stop - begin, &at);
        if (piece) {
            flags |= piece->flags, korean &= piece->flags;
            for (uint32_t i = 0; i < piece->count; i++) {
                if (name.count == MOST_TERMS) {
                    many = 1;
                    break;
                }
                uint32_t number = ((const uint32_t *)(screen->text.data + piece->words))[i];
                const Term *term = (const Term *)screen->words.data + number;
                name.numbers[name.count] = number, name.terms[name.count] = term;
                name.owed[name.count++] = term->owed;
            }
        } else {
            uint64_t place[2] = {base + begin, stop - begin};
            if (!nk_append(&screen->unknown, place, sizeof place))
                return -1;
            unknown = 1;
        }
        while (stop < end && is_space(text[stop]))
            stop++;
        begin = stop;
    }
    if (unknown)
        return NAME_UNKNOWN;
    if (many || (flags & PIECE_UNREAD) || ((flags & PIECE_UKRAINIAN) && (flags & PIECE_IN_UKRAINIAN)))
        return NAME_UNREAD;
    if (name.count == 0)
        return NAME_CANNOT;
    for (uint32_t i = 1; i < name.count; i++)
        if (name.terms[i - 1]->flags & WORD_SON_OF)
            name.owed[i] *= 0.5f; /* a patronymic */
    int fine = units_of(screen, &name);
    if (fine <= 0)
        return fine < 0 ? NAME_UNREAD : -1;
    for (uint32_t i = 0; i < name.count; i++)
        name.weight += name.owed[i];
    int found = channels(screen, &name);
    if (found == 0)
        found = bounded(screen, &name);
    int read = korean && (pieces == 1 || (flags & PIECE_SURNAME));
    return found < 0 ? -1 : found ? NAME_MAY : read ? NAME_KOREAN : NAME_CANNOT;
}
