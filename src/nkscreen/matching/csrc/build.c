#include "build.h"
#include "spelling.h"

typedef struct {
    uint64_t hash;
    uint32_t value;
} Pair;

static int section(Bytes *block, int number, const void *data, size_t size)
{
    static const uint8_t zeros[8];
    Header *header = (Header *)block->data;
    header->at[number] = block->used;
    header->length[number] = size;
    return nk_append(block, data, size) && nk_append(block, zeros, (8 - size % 8) % 8);
}

static int map(Bytes *block, int starts_section, int entries_section, const Bytes *pairs)
{
    const Pair *pair = (const Pair *)pairs->data;
    size_t count = pairs->used / sizeof(Pair);
    unsigned bits = 1;
    while (((size_t)1 << bits) < count && bits < 31)
        bits++;
    size_t buckets = (size_t)1 << bits;
    uint32_t *starts = calloc(buckets + 2, sizeof *starts);
    Entry *entries = malloc((count ? count : 1) * sizeof *entries);
    int fine = starts && entries;
    if (fine) {
        for (size_t i = 0; i < count; i++)
            starts[(pair[i].hash >> (64 - bits)) + 2]++;
        for (size_t b = 2; b < buckets + 2; b++)
            starts[b] += starts[b - 1];
        for (size_t i = 0; i < count; i++) {
            Entry entry = {(uint32_t)pair[i].hash, pair[i].value};
            entries[starts[(pair[i].hash >> (64 - bits)) + 1]++] = entry;
        }
        fine = section(block, starts_section, starts, (buckets + 1) * sizeof *starts) &&
               section(block, entries_section, entries, count * sizeof *entries);
    }
    free(starts), free(entries);
    return fine;
}

static int add(Bytes *pairs, uint64_t hash, uint32_t value)
{
    Pair pair = {hash, value};
    return nk_append(pairs, &pair, sizeof pair);
}

static int words_of(const Plan *plan, uint32_t number, Bytes *padded, Bytes *pairs)
{
    static const uint8_t zeros[8];
    const Texts *records = &plan->records;
    size_t size = records->at[number + 1] - records->at[number], at = padded->used;
    if (!nk_append(padded, records->bytes + records->at[number], size))
        return 0;
    Token token;
    if (!nk_token(&token, padded->data + at, size))
        return -1;
    const Head *head = token.head;
    uint64_t text = nk_hash(H_WORD, token.text, head->text);
    uint64_t spelling = nk_hash(H_WORD, token.spelling, head->spelling);
    int fine = add(pairs, text, number) && (spelling == text || add(pairs, spelling, number));
    for (uint32_t i = 0; fine && i < head->keys; i++)
        fine = add(pairs, nk_hash(H_KEY, (const uint8_t *)&token.keys[i].own, 8), number);
    if (fine && head->kind == INITIAL)
        fine = add(pairs, nk_hash(H_INITIAL, token.text, head->text), number);
    else if (fine && head->kind != NUMBER && head->kind != LEGAL_FORM && head->spanned == 1)
        fine = add(pairs, nk_hash(H_STARTING, token.text, 1), number);
    return fine && nk_append(padded, zeros, (8 - size % 8) % 8);
}

static int segments_of(const uint8_t *word, size_t length, uint32_t number, Bytes *pairs)
{
    int segments = nk_edits_allowed(length + 1) + 1, fine = 1;
    for (int k = 0; fine && k < segments; k++) {
        size_t start = k * length / segments, end = (k + 1) * length / segments;
        fine = add(pairs, nk_segment_hash(length, k, word + start, end - start), number);
    }
    return fine;
}

static int affix(Affix *slots, size_t count, uint64_t hash, size_t rest)
{
    size_t at = hash & (count - 1);
    while (slots[at].rest && slots[at].print != (uint32_t)(hash >> 32))
        at = (at + 1) & (count - 1);
    int fresh = slots[at].rest == 0;
    slots[at].print = (uint32_t)(hash >> 32);
    slots[at].rest |= (uint32_t)1 << (rest < MOST_REST ? rest : MOST_REST);
    return fresh;
}

/* The beginnings and ends of the words that a joined word can meet. Two affixes of one slot and print share their bits:
   that only adds to them. */
static int affixes_of(Bytes *block, const Bytes *padded, const Bytes *record_at, uint32_t tokens)
{
    size_t slots = 64, used = 0;
    for (;;) {
        Affix *affixes = calloc(slots, sizeof *affixes);
        if (!affixes)
            return 0;
        used = 0;
        for (uint32_t i = 0; i < tokens && 2 * used <= slots; i++) {
            Token token;
            const uint64_t *at = (const uint64_t *)record_at->data + i;
            const Head *head = (const Head *)(padded->data + at[0]);
            nk_token(&token, padded->data + at[0],
                     sizeof(Head) + (size_t)head->keys * sizeof(Key) + head->text + head->spelling);
            if (!nk_joinable(head))
                continue;
            for (size_t length = 1; length <= head->spelling && 2 * used <= slots; length++) {
                size_t rest = head->spelling - length;
                uint64_t before = nk_polynomial(token.spelling, length), after = nk_polynomial(token.spelling + rest, length);
                used += affix(affixes, slots, nk_affix_hash(H_BEFORE, before, length), rest);
                used += affix(affixes, slots, nk_affix_hash(H_AFTER, after, length), rest);
            }
        }
        int fine = 2 * used > slots ? -1 : section(block, S_AFFIXES, affixes, slots * sizeof *affixes);
        free(affixes);
        if (fine >= 0)
            return fine;
        slots *= 2;
    }
}

static int narrow(Bytes *block, int number, const Texts *texts)
{
    Bytes at = {0};
    int fine = texts->at[texts->count] <= UINT32_MAX;
    for (uint32_t i = 0; fine && i <= texts->count; i++) {
        uint32_t place = (uint32_t)texts->at[i];
        fine = nk_append(&at, &place, sizeof place);
    }
    fine = fine && section(block, number, at.data, at.used);
    free(at.data);
    return fine;
}

int nk_build(const Plan *plan, Bytes *block)
{
    Header header = {"NKINDEX3", 0, plan->records.count, plan->parts, plan->spellings.count, plan->starting,
                     plan->compacts.count, {0}, {0}};
    Bytes padded = {0}, record_at = {0}, letters = {0}, words = {0}, segments = {0}, exact = {0};
    uint32_t tokens = plan->records.count;
    int fine = nk_append(block, &header, sizeof header);
    for (uint32_t i = 0; fine > 0 && i < tokens; i++) {
        uint64_t at = padded.used;
        fine = nk_append(&record_at, &at, sizeof at) ? words_of(plan, i, &padded, &words) : 0;
    }
    uint64_t last = padded.used;
    if (fine > 0)
        fine = nk_append(&record_at, &last, sizeof last);
    for (uint32_t i = 0; fine > 0 && i < plan->spellings.count; i++) {
        const uint8_t *word = plan->spellings.bytes + plan->spellings.at[i];
        size_t length = plan->spellings.at[i + 1] - plan->spellings.at[i];
        uint64_t mask = nk_letters(word, length);
        fine = nk_append(&letters, &mask, sizeof mask) && segments_of(word, length, i, &segments);
    }
    for (uint32_t i = 0; fine > 0 && i < plan->exact.count; i++) {
        const Texts *keys = &plan->exact;
        fine = add(&exact, nk_hash(H_EXACT, keys->bytes + keys->at[i], keys->at[i + 1] - keys->at[i]),
                   plan->exact_parts[i]);
    }
#define SECTION(number, data, size) fine = fine > 0 ? section(block, number, data, size) : fine
    SECTION(S_PARAMS, plan->params, P_COUNT * sizeof(double));
    SECTION(S_RECORDS, padded.data, padded.used);
    SECTION(S_RECORD_AT, record_at.data, record_at.used);
    SECTION(S_SPELLINGS, plan->spellings.bytes, plan->spellings.at[plan->spellings.count]);
    SECTION(S_LETTERS, letters.data, letters.used);
    SECTION(S_SPELLED_AT, plan->spelled_at, (plan->spellings.count + 1) * sizeof(uint32_t));
    SECTION(S_SPELLED, plan->spelled, plan->spelled_at[plan->spellings.count] * sizeof(uint32_t));
    SECTION(S_STARTING, plan->by_start, plan->starting * sizeof(uint32_t));
    SECTION(S_POSTING_AT, plan->posting_at, ((size_t)tokens + 1) * sizeof(uint32_t));
    SECTION(S_POSTINGS, plan->postings, plan->posting_at[tokens] * sizeof(uint32_t));
    SECTION(S_FORWARD_AT, plan->forward_at, ((size_t)plan->parts + 1) * sizeof(uint32_t));
    SECTION(S_FORWARD, plan->forward, plan->forward_at[plan->parts] * sizeof(uint32_t));
    SECTION(S_OWED, plan->owed, plan->parts * sizeof(double));
    SECTION(S_OWNERS, plan->owners, plan->parts * sizeof(uint32_t));
    SECTION(S_PART_FLAGS, plan->part_flags, plan->parts);
    if (fine > 0)
        fine = affixes_of(block, &padded, &record_at, tokens);
    SECTION(S_COMPACTS, plan->compacts.bytes, plan->compacts.at[plan->compacts.count]);
    SECTION(S_COMPACT_PARTS, plan->compact_parts, plan->compacts.count * sizeof(uint32_t));
#undef SECTION
    if (fine > 0)
        fine = narrow(block, S_SPELLING_AT, &plan->spellings) && narrow(block, S_COMPACT_AT, &plan->compacts) &&
               map(block, S_BY_WORD, S_BY_WORD_ENTRIES, &words) &&
               map(block, S_SEGMENTS, S_SEGMENT_ENTRIES, &segments) && map(block, S_EXACT, S_EXACT_ENTRIES, &exact);
    if (fine > 0)
        ((Header *)block->data)->bytes = block->used;
    Bytes *all[] = {&padded, &record_at, &letters, &words, &segments, &exact};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]->data);
    return fine;
}
