/* Words of a query joined to their neighbours: most cannot be any listed word, which their letters tell at little cost. */
#include "screen.h"

enum { LONGEST = 128 };

static const char ALPHABET[] = "abcdefghijklmnopqrstuvwxyz0123456789";

/* The bits of an affix; most hashes are of none, which the filter tells from few bytes. */
static inline uint32_t bits_of(const Screen *screen, uint64_t seed, uint64_t polynomial, size_t length)
{
    uint64_t hash = nk_affix_hash(seed, polynomial, length);
    uint32_t bit = (uint32_t)(hash >> 32) >> (32 - screen->affix_bits);
    return screen->affix_filter[bit >> 3] >> (bit & 7) & 1 ? nk_affix(screen->index, hash) : 0;
}

int nk_affix_filter(Screen *screen)
{
    const Index *index = screen->index;
    unsigned bits = 10;
    while (bits < 26 && (uint64_t)1 << bits < (uint64_t)4 * index->affix_slots)
        bits++;
    screen->affix_bits = bits;
    screen->affix_filter = calloc((size_t)1 << (bits - 3), 1);
    for (uint32_t i = 0; screen->affix_filter && i < index->affix_slots; i++) {
        uint32_t bit = index->affixes[i].print >> (32 - bits);
        if (index->affixes[i].rest)
            screen->affix_filter[bit >> 3] |= (uint8_t)(1 << (bit & 7));
    }
    return screen->affix_filter != NULL;
}

static uint32_t of_letters(const Screen *screen, uint64_t seed, const uint8_t *word, size_t length)
{
    return bits_of(screen, seed, nk_polynomial(word, length), length);
}

static uint32_t within_an_edit(const Screen *screen, uint64_t seed, const uint8_t *word, size_t length)
{
    uint64_t before[LONGEST + 2], after[LONGEST + 2], power[LONGEST + 2]; /* what stands before a place, and from it on */
    before[0] = 0, power[0] = 1, after[length] = 0;
    for (size_t i = 0; i <= length; i++) {
        power[i + 1] = power[i] * NK_BASE;
        if (i < length)
            before[i + 1] = before[i] + (uint64_t)(word[i] + 1) * power[i];
    }
    for (size_t i = length; i-- > 0;)
        after[i] = after[i + 1] * NK_BASE + word[i] + 1;
    uint64_t whole = before[length];
    uint32_t found = bits_of(screen, seed, whole, length);
    for (size_t at = 0; at < length; at++) { /* a letter less, or another, or two swapped */
        if (length > 1)
            found |= bits_of(screen, seed, before[at] + power[at] * after[at + 1], length - 1);
        for (const char *letter = ALPHABET; *letter; letter++)
            found |= bits_of(screen, seed, whole + ((uint64_t)(uint8_t)*letter - word[at]) * power[at], length);
        if (at + 1 < length) {
            uint64_t apart = (uint64_t)word[at + 1] - word[at];
            found |= bits_of(screen, seed, whole + apart * power[at] - apart * power[at + 1], length);
        }
    }
    for (size_t at = 0; at <= length; at++) {
        uint64_t around = before[at] + power[at + 1] * after[at];
        for (const char *letter = ALPHABET; *letter; letter++)
            found |= bits_of(screen, seed, around + (uint64_t)(*letter + 1) * power[at], length + 1);
    }
    return found;
}

/* Where the letters at the joint are swapped, a word stands without its letter there, and the other with one more. */
static uint32_t beside_one_more(uint32_t rest)
{
    return rest >> 1 | (rest & (uint32_t)1 << MOST_REST);
}

void nk_join_masks(const Screen *screen, Term *word, const uint8_t *letters)
{
    size_t length = word->length;
    if (length < 2 || length > LONGEST) { /* a letter may be left out altogether */
        word->before[0] = word->before[1] = word->after[0] = word->after[1] = UINT32_MAX;
        return;
    }
    word->before[0] = of_letters(screen, H_BEFORE, letters, length) |
                      beside_one_more(of_letters(screen, H_BEFORE, letters, length - 1));
    word->after[0] = of_letters(screen, H_AFTER, letters, length) |
                     beside_one_more(of_letters(screen, H_AFTER, letters + 1, length - 1));
    word->before[1] = within_an_edit(screen, H_BEFORE, letters, length) |
                      beside_one_more(within_an_edit(screen, H_BEFORE, letters, length - 1));
    word->after[1] = within_an_edit(screen, H_AFTER, letters, length) |
                     beside_one_more(within_an_edit(screen, H_AFTER, letters + 1, length - 1));
}

static uint32_t around(size_t rest, size_t room)
{
    size_t least = rest > room ? rest - room : 0, most = rest + room;
    if (least >= MOST_REST)
        return (uint32_t)1 << MOST_REST;
    uint32_t up_to = most >= MOST_REST ? UINT32_MAX : ((uint32_t)1 << (most + 1)) - 1;
    return up_to & ~(((uint32_t)1 << least) - 1);
}

/* Two words joined differ from a listed word by three edits at most. So one of them differs by one at most from its
   beginning or its end, and the other is as long as the rest but for the edits that are left; of two edits, one of them
   is unharmed or both have one. A swap at the joint counts for neither. */
static int may_be_near(const Term *one, const Term *other)
{
    size_t before = one->length, after = other->length;
    if (before + after > 10) /* `nk_edits_between` gives three from eleven letters on */
        return (one->before[0] & around(after, 3)) || (one->before[1] & around(after, 2)) ||
               (other->after[0] & around(before, 3)) || (other->after[1] & around(before, 2));
    return (one->before[0] & around(after, 2)) || (other->after[0] & around(before, 2)) ||
           ((one->before[1] & around(after, 1)) && (other->after[1] & around(before, 1)));
}

/* Consonants that `sound` leaves alone, a row of one of them made one: words that sound alike have them alike. */
static uint64_t consonants(uint64_t hash, uint8_t *last, const uint8_t *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        uint8_t letter = word[i];
        int stays = letter == 'b' || letter == 'g' || letter == 'l' || letter == 'm' || letter == 'n' ||
                    letter == 'r' || (letter >= '0' && letter <= '9');
        if (!stays || letter == *last)
            continue;
        *last = letter;
        hash = (hash ^ letter) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    return hash;
}

static uint32_t consonant_bit(uint64_t hash)
{
    return (uint32_t)(hash * 0xc4ceb9fe1a85ec53u >> (64 - CONSONANT_BITS));
}

int nk_join_consonants(Screen *screen)
{
    screen->consonants = calloc((size_t)1 << (CONSONANT_BITS - 3), 1);
    for (uint32_t i = 0; screen->consonants && i < screen->index->tokens; i++) {
        Token token = nk_index_token(screen->index, i);
        if (!(token.head->flags & SOUND) || !nk_joinable(token.head))
            continue;
        uint8_t last = 0;
        uint32_t bit = consonant_bit(consonants(1, &last, token.spelling, token.head->spelling));
        screen->consonants[bit >> 3] |= (uint8_t)(1 << (bit & 7));
    }
    return screen->consonants != NULL;
}

/* What a word sounds like: the replacements one after another, then doubled letters made one. Never longer. */
size_t nk_sound(const Screen *screen, const uint8_t *word, size_t length, uint8_t *heard)
{
    memmove(heard, word, length);
    const uint8_t *pair = screen->sounds.data, *end = pair + screen->sounds.used;
    while (pair < end) {
        size_t spelled = pair[0], put = pair[1], kept = 0;
        const uint8_t *what = pair + 2, *by = what + spelled;
        for (size_t at = 0; at < length;) {
            if (heard[at] == what[0] && length - at >= spelled && memcmp(heard + at, what, spelled) == 0) {
                memcpy(heard + kept, by, put);
                kept += put, at += spelled;
            } else {
                heard[kept++] = heard[at++];
            }
        }
        length = kept;
        pair = by + put;
    }
    size_t kept = 0;
    for (size_t at = 0; at < length; at++)
        if (kept == 0 || heard[kept - 1] != heard[at])
            heard[kept++] = heard[at];
    return kept;
}

static int is_key(const Index *index, const uint8_t *key, size_t length)
{
    uint64_t own = nk_hash(0, key, length), hash = nk_hash(H_KEY, (const uint8_t *)&own, 8);
    const Entry *end, *entry = nk_find(&index->by_word, hash, &end);
    for (; entry < end; entry++)
        if (entry->print == (uint32_t)hash)
            return 1;
    return 0;
}

static int is_word(const Index *index, const uint8_t *word, size_t length)
{
    uint64_t hash = nk_hash(H_WORD, word, length);
    const Entry *end, *entry = nk_find(&index->by_word, hash, &end);
    for (; entry < end; entry++)
        if (entry->print == (uint32_t)hash)
            return 1;
    return 0;
}

static int add_key(Bytes *record, const uint8_t *own, size_t own_length, const uint8_t *met, size_t met_length,
                   double worth, uint32_t effect)
{
    Key key = {worth, nk_hash(0, own, own_length), nk_hash(0, met, met_length), effect, 0};
    return nk_append(record, &key, sizeof key);
}

/* The record of words joined, as `joined` makes it, when it may meet any listed word: 1 with it, 0 when it meets none, -1
   when memory is out. */
int nk_join(Screen *screen, const Term *const *parts, uint32_t count, Bytes *record, Head *head)
{
    uint8_t joined[3 * LONGEST + 8], heard[3 * LONGEST + 8], of[8] = "of:", in[8] = "in:";
    size_t length = 0;
    int exact = count > 2, silent = 0, may = 0;
    uint8_t last = 0;
    uint64_t row = 1;
    memset(head, 0, sizeof *head);
    for (uint32_t i = 0; i < count; i++) {
        if (parts[i]->length > LONGEST)
            return -2;
        memcpy(joined + length, screen->text.data + parts[i]->letters, parts[i]->length);
        length += parts[i]->length;
        exact |= (parts[i]->flags & WORD_SYLLABLE) != 0;
        silent |= (parts[i]->flags & WORD_SILENT) != 0;
        of[3 + i] = in[3 + i] = parts[i]->initial;
        head->weight += parts[i]->weight, head->bits += parts[i]->bits;
    }
    if (silent)
        return 0;
    may = is_key(screen->index, in, 3 + count);
    size_t heard_length = 0;
    if (exact) {
        may = may || is_word(screen->index, joined, length);
    } else {
        for (uint32_t i = 0; !may && i < count; i++)
            row = consonants(row, &last, joined + (i ? parts[0]->length : 0), parts[i]->length);
        uint32_t bit = consonant_bit(row);
        may = may || may_be_near(parts[0], parts[1]);
        if (may || (screen->consonants[bit >> 3] >> (bit & 7) & 1)) {
            heard[0] = 's', heard[1] = ':';
            heard_length = 2 + nk_sound(screen, joined, length, heard + 2);
            may = may || is_key(screen->index, heard, heard_length);
        }
    }
    if (!may)
        return 0;
    const double *params = screen->index->params;
    head->owed = head->weight;
    head->text = head->spelling = (uint32_t)length;
    head->keys = exact ? 1 : 2;
    head->kind = OTHER_KIND;
    head->flags = (uint8_t)(JOINED | (exact ? 0 : SOUND) | (count <= 2 ? SPELLED : 0));
    head->spanned = (uint16_t)count;
    record->used = 0;
    int fine = nk_append(record, head, sizeof *head) &&
               add_key(record, of, 3 + count, in, 3 + count, params[P_INITIALS], INITIALS) &&
               (exact || add_key(record, heard, heard_length, heard, heard_length, params[P_SOUND], SAME_SOUND)) &&
               nk_append(record, joined, length) && nk_append(record, joined, length);
    return fine ? 1 : -1;
}
