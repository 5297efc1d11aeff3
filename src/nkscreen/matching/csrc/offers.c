#include "offers.h"
#include "spelling.h"

int nk_marks_make(Marks *marks, uint32_t count)
{
    marks->met = calloc(count ? count : 1, sizeof(uint32_t));
    marks->round = 1, marks->count = count;
    return marks->met != NULL;
}

void nk_marks_next(Marks *marks)
{
    if (++marks->round == 0) {
        memset(marks->met, 0, marks->count * sizeof(uint32_t));
        marks->round = 1;
    }
}

static double spelled_alike(const double *params, const Token *one, const Token *other)
{
    size_t length = one->head->spelling, other_length = other->head->spelling;
    size_t longer = length > other_length ? length : other_length;
    int most = nk_edits_between(length, other_length);
    int edits = nk_distance(one->spelling, length, other->spelling, other_length, most);
    if (edits > most || longer == 0)
        return 0;
    double cost = edits + params[P_FURTHER_EDIT] * (edits > 1 ? edits - 1 : 0);
    return 1 - cost / (double)longer * ((double)longer <= params[P_SHORT_WORD] ? 1.5 : 1.0);
}

static int same(const uint8_t *one, size_t length, const uint8_t *other, size_t other_length)
{
    return length == other_length && memcmp(one, other, length) == 0;
}

static int mirrored(const Token *one, const Token *other)
{
    size_t length = one->head->text;
    if (length != other->head->text)
        return 0;
    for (size_t i = 0; i < length; i++)
        if (one->text[i] != other->text[length - 1 - i])
            return 0;
    return 1;
}

static int differ_in_gender(const double *params, const Token *one, const Token *other)
{
    const Token *few = one->head->spelling < other->head->spelling ? one : other, *many = few == one ? other : one;
    size_t length = few->head->spelling;
    return length >= (size_t)params[P_SHORT_WORD] && many->head->spelling == length + 1 &&
           many->spelling[length] == 'a' && memcmp(few->spelling, many->spelling, length) == 0 &&
           strchr("aeiouy", few->spelling[length - 1]) == NULL;
}

static double at_least(double one, double other)
{
    return one > other ? one : other;
}

double nk_similarity_bound(const Index *index, const Token *one, const Token *other)
{
    const double *params = index->params;
    double of[SAME_WORD + 1] = {0}; /* most that a shared key of each effect is worth */
    for (uint32_t i = 0; i < one->head->keys; i++)
        for (uint32_t j = 0; j < other->head->keys; j++)
            if (one->keys[i].met == other->keys[j].own)
                of[one->keys[i].effect] = at_least(of[one->keys[i].effect], one->keys[i].worth);
    uint8_t kind = one->head->kind, other_kind = other->head->kind, either = one->head->flags | other->head->flags;
    int same_spelling = same(one->spelling, one->head->spelling, other->spelling, other->head->spelling);
    if (either & JOINED) {
        int unjoinable = kind == NUMBER || kind == LEGAL_FORM || kind == INITIAL || other_kind == NUMBER ||
                         other_kind == LEGAL_FORM || other_kind == INITIAL;
        if ((one->head->flags & other->head->flags & JOINED) || unjoinable || (either & VOWELLESS))
            return of[SAME_WORD];
        double found = at_least(of[SAME_WORD], of[INITIALS]);
        if (same_spelling)
            return at_least(found, params[P_JOINED]);
        if (!(one->head->flags & other->head->flags & SOUND))
            return found;
        return at_least(found, params[P_JOINED] * at_least(spelled_alike(params, one, other), of[SAME_SOUND]));
    }
    int number = kind == NUMBER || other_kind == NUMBER;
    if ((kind == other_kind || !number) && same(one->text, one->head->text, other->text, other->head->text))
        return 1;
    if (of[REVERSED] > 0 && mirrored(one, other))
        of[REVERSED] = params[P_MIRRORED];
    uint32_t longer = one->head->text > other->head->text ? one->head->text : other->head->text;
    if (of[NAME_FORM] > 0 && longer <= params[P_SHORT_WORD])
        of[NAME_FORM] = params[P_SHORT_FORM];
    double plain = at_least(at_least(of[PLAIN], of[NICKNAME]), at_least(of[INITIALS], of[SAME_SOUND]));
    plain = at_least(plain, of[SAME_WORD]);
    double best = at_least(plain, at_least(of[NAME_FORM], of[REVERSED]));
    if (number || kind == LEGAL_FORM || other_kind == LEGAL_FORM || kind == SYLLABLE || other_kind == SYLLABLE ||
        (one->head->flags ^ other->head->flags) & VOWELLESS)
        return best;
    if ((kind == INITIAL) != (other_kind == INITIAL))
        return one->text[0] == other->text[0] ? params[P_INITIAL] : 0;
    double spelled = same_spelling ? params[P_DIGITS] : spelled_alike(params, one, other);
    if ((spelled > 0 || of[NAME_FORM] > 0) && differ_in_gender(params, one, other)) {
        spelled = spelled > 0 ? params[P_MAN_AND_WOMAN] : 0;
        of[NAME_FORM] = of[NAME_FORM] > 0 ? params[P_MAN_AND_WOMAN] : 0;
    } else if (one->head->flags & other->head->flags & USUAL && of[NAME_FORM] == 0 && of[NICKNAME] == 0) {
        spelled = spelled > params[P_TWO_NAMES] ? params[P_TWO_NAMES] : spelled;
        of[REVERSED] = of[REVERSED] > params[P_TWO_NAMES] ? params[P_TWO_NAMES] : of[REVERSED];
    }
    return at_least(at_least(plain, spelled), at_least(of[NAME_FORM], of[REVERSED]));
}

static int offer(const Index *index, const Token *query, uint32_t number, Marks *tokens, Bytes *found)
{
    if (!nk_mark(tokens, number))
        return 1;
    Token other = nk_index_token(index, number);
    double alike = nk_similarity_bound(index, query, &other);
    if (!(alike > 0))
        return 1;
    Offer one = {number, 0, alike * (query->head->weight + other.head->weight)};
    return nk_append(found, &one, sizeof one);
}

static int offer_all(const Index *index, const Token *query, uint64_t hash, Marks *tokens, Bytes *found)
{
    const Entry *end, *entry = nk_find(&index->by_word, hash, &end);
    for (; entry < end; entry++)
        if (entry->print == (uint32_t)hash && !offer(index, query, entry->value, tokens, found))
            return 0;
    return 1;
}

typedef struct {
    const Index *index;
    const Token *query;
    Marks *tokens, *spellings;
    Bytes *found;
    uint64_t letters;
} Search;

/* The spellings of `length` letters that share the segment; `word` is the query's letters where it would stand. */
static int near(const Search *search, size_t length, int segment, const uint8_t *word, size_t count, int most)
{
    const Index *index = search->index;
    uint64_t hash = nk_segment_hash(length, segment, word, count);
    const Entry *end, *entry = nk_find(&index->segments, hash, &end);
    for (; entry < end; entry++) {
        uint32_t at = entry->value;
        if (entry->print != (uint32_t)hash)
            continue;
        size_t own = search->query->head->spelling, other = index->spelling_at[at + 1] - index->spelling_at[at];
        if (!nk_may_be_near(search->letters, index->letters[at], own, other, most) || !nk_mark(search->spellings, at))
            continue;
        if (nk_distance(search->query->spelling, own, index->spelling + index->spelling_at[at], other, most) > most)
            continue;
        for (uint32_t k = index->spelled_at[at]; k < index->spelled_at[at + 1]; k++)
            if (!offer(index, search->query, index->spelled[k], search->tokens, search->found))
                return 0;
    }
    return 1;
}

/* A listed spelling is cut into one segment more than it may have edits. Each edit harms one segment, a swap across a
   cut the left one, so some segment stands whole in the query, or with the letter before it for its first. */
static int near_length(const Search *search, size_t length, int most)
{
    const uint8_t *word = search->query->spelling;
    ptrdiff_t own = (ptrdiff_t)search->query->head->spelling, apart = own - (ptrdiff_t)length;
    int segments = nk_edits_allowed(length + 1) + 1;
    uint8_t small[64];
    for (int segment = 0; segment < segments; segment++) {
        size_t start = segment * length / segments, count = (segment + 1) * length / segments - start;
        for (ptrdiff_t shift = -most; shift <= most; shift++) {
            ptrdiff_t rest = apart - shift, place = (ptrdiff_t)start + shift;
            if ((shift < 0 ? -shift : shift) + (rest < 0 ? -rest : rest) > most)
                continue;
            if (place < 0 || place + (ptrdiff_t)count > own)
                continue;
            if (!near(search, length, segment, word + place, count, most))
                return 0;
            if (segment == 0 || place == 0)
                continue;
            uint8_t *swapped = count <= sizeof small ? small : malloc(count);
            if (!swapped)
                return 0;
            memcpy(swapped, word + place, count);
            swapped[0] = word[place - 1];
            int fine = near(search, length, segment, swapped, count, most);
            if (swapped != small)
                free(swapped);
            if (!fine)
                return 0;
        }
    }
    return 1;
}

int nk_offers(const Index *index, const Token *query, Marks *tokens, Marks *spellings, Bytes *found)
{
    const Head *head = query->head;
    nk_marks_next(tokens);
    if (!offer_all(index, query, nk_hash(H_WORD, query->text, head->text), tokens, found) ||
        !offer_all(index, query, nk_hash(H_WORD, query->spelling, head->spelling), tokens, found))
        return 0;
    for (uint32_t i = 0; i < head->keys; i++)
        if (!offer_all(index, query, nk_hash(H_KEY, (const uint8_t *)&query->keys[i].met, 8), tokens, found))
            return 0;
    if (head->kind == INITIAL)
        return offer_all(index, query, nk_hash(H_STARTING, query->text, head->text), tokens, found);
    if (head->kind == NUMBER || head->kind == LEGAL_FORM)
        return 1;
    if (!offer_all(index, query, nk_hash(H_INITIAL, query->text, 1), tokens, found))
        return 0;
    if (!(head->flags & SPELLED))
        return 1;
    nk_marks_next(spellings);
    Search search = {index, query, tokens, spellings, found, nk_letters(query->spelling, head->spelling)};
    for (size_t length = head->spelling > 3 ? head->spelling - 3 : 1; length <= (size_t)head->spelling + 3; length++) {
        int most = nk_edits_between(length, head->spelling);
        size_t apart = length > head->spelling ? length - head->spelling : head->spelling - length;
        if (most > 0 && apart <= (size_t)most && !near_length(&search, length, most))
            return 0;
    }
    return 1;
}

int nk_continuations(const Index *index, const Token *cut, Bytes *found)
{
    const Head *head = cut->head;
    if (head->text < 2 || head->kind == NUMBER)
        return 1;
    uint32_t low = 0, high = index->starting;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        Token other = nk_index_token(index, index->by_start[middle]);
        uint32_t least = head->text < other.head->text ? head->text : other.head->text;
        int order = memcmp(other.text, cut->text, least);
        if (order < 0 || (order == 0 && other.head->text < head->text))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < index->starting; low++) {
        Token other = nk_index_token(index, index->by_start[low]);
        if (other.head->text < head->text || memcmp(other.text, cut->text, head->text) != 0)
            break;
        if (other.head->flags & LIGHT)
            continue;
        Offer one = {index->by_start[low], 0, index->params[P_PREFIX] * (head->weight + other.head->weight)};
        if (!nk_append(found, &one, sizeof one))
            return 0;
    }
    return 1;
}
