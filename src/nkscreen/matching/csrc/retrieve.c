#include "retrieve.h"

/* Sums are taken in another order than the scorer's; a bound this close below the cutoff still counts. */
static const double ROUNDING = 1e-9;

int nk_context_make(Context *context, const Index *index)
{
    memset(context, 0, sizeof *context);
    context->index = index;
    context->first = malloc((index->tokens ? index->tokens : 1) * sizeof(uint32_t));
    uint32_t owners = 0;
    for (uint32_t part = 0; part < index->parts; part++)
        owners = index->owners[part] >= owners ? index->owners[part] + 1 : owners;
    if (context->first && nk_marks_make(&context->tokens, index->tokens) &&
        nk_marks_make(&context->spellings, index->spellings) && nk_marks_make(&context->parts, index->parts) &&
        nk_marks_make(&context->met, index->tokens) && nk_marks_make(&context->owners, owners))
        return 1;
    nk_context_free(context);
    return 0;
}

void nk_context_free(Context *context)
{
    Bytes *all[] = {&context->memo_slots, &context->memo_entries, &context->memo_records, &context->memo_offers,
                    &context->scratch,    &context->gains,        &context->order,        &context->best,
                    &context->candidates};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]->data);
    free(context->tokens.met), free(context->spellings.met), free(context->parts.met);
    free(context->owners.met), free(context->met.met), free(context->first);
    memset(context, 0, sizeof *context);
}

int nk_context_begin(Context *context)
{
    nk_marks_next(&context->owners);
    context->candidates.used = 0;
    return 1;
}

int nk_found(Context *context, uint32_t owner)
{
    return !nk_mark(&context->owners, owner) || nk_append(&context->candidates, &owner, sizeof owner);
}

/* ---- offers remembered by the bytes of the query token ---- */

typedef struct {
    uint64_t hash, record, offers; /* where its record and offers begin */
    uint64_t cost;                 /* postings of all offers */
    double best;
    uint32_t bytes, count;
} Known;

static Known *known_at(Context *context, uint32_t number)
{
    return (Known *)context->memo_entries.data + number;
}

static int grow_slots(Context *context)
{
    size_t count = context->memo_entries.used / sizeof(Known), slots = 1024;
    while (slots < 4 * (count + 1))
        slots *= 2;
    Bytes fresh = {0};
    if (!nk_reserve(&fresh, slots * sizeof(uint32_t)))
        return 0;
    fresh.used = slots * sizeof(uint32_t);
    memset(fresh.data, 0xff, fresh.used);
    uint32_t *slot = (uint32_t *)fresh.data;
    for (uint32_t number = 0; number < count; number++) {
        size_t at = known_at(context, number)->hash & (slots - 1);
        while (slot[at] != UINT32_MAX)
            at = (at + 1) & (slots - 1);
        slot[at] = number;
    }
    free(context->memo_slots.data);
    context->memo_slots = fresh;
    return 1;
}

static void forget(Context *context)
{
    if (context->memo_entries.used + context->memo_records.used + context->memo_offers.used < MEMO_BYTES)
        return;
    context->memo_entries.used = context->memo_records.used = context->memo_offers.used = 0;
    memset(context->memo_slots.data, 0xff, context->memo_slots.used);
}

/* The number of what is known of a query token. -1 when memory is out, -2 when the record is not whole. */
static int64_t look_up(Context *context, const uint8_t *record, size_t bytes)
{
    uint64_t hash = nk_hash(0, record, bytes);
    size_t count = context->memo_entries.used / sizeof(Known);
    if (context->memo_slots.used < 2 * (count + 1) * sizeof(uint32_t) && !grow_slots(context))
        return -1;
    size_t slots = context->memo_slots.used / sizeof(uint32_t), at = hash & (slots - 1);
    uint32_t *slot = (uint32_t *)context->memo_slots.data;
    for (; slot[at] != UINT32_MAX; at = (at + 1) & (slots - 1)) {
        Known *known = known_at(context, slot[at]);
        if (known->hash == hash && known->bytes == bytes &&
            memcmp(context->memo_records.data + known->record, record, bytes) == 0)
            return slot[at];
    }
    Known known = {hash, context->memo_records.used, context->memo_offers.used, 0, 0, (uint32_t)bytes, 0};
    size_t padded = (bytes + 7) & ~(size_t)7;
    if (!nk_reserve(&context->memo_records, padded))
        return -1;
    memcpy(context->memo_records.data + known.record, record, bytes);
    Token token;
    if (!nk_token(&token, context->memo_records.data + known.record, bytes))
        return -2;
    if (!nk_offers(context->index, &token, &context->tokens, &context->spellings, &context->memo_offers)) {
        context->memo_offers.used = known.offers;
        return -1;
    }
    const Offer *offers = (const Offer *)(context->memo_offers.data + known.offers);
    known.count = (uint32_t)((context->memo_offers.used - known.offers) / sizeof(Offer));
    for (uint32_t i = 0; i < known.count; i++) {
        const uint32_t *starts = context->index->posting_at + offers[i].token;
        known.cost += starts[1] - starts[0];
        known.best = offers[i].gain > known.best ? offers[i].gain : known.best;
    }
    if (!nk_append(&context->memo_entries, &known, sizeof known)) {
        context->memo_offers.used = known.offers;
        return -1;
    }
    context->memo_records.used += padded;
    slot[at] = (uint32_t)count;
    return (int64_t)count;
}

/* ---- the bound ---- */

/* What query token `word` gains in a name that has the token; the gains of a token are a chain. */
typedef struct {
    double gain;
    uint32_t word, token, next;
} Gain;

/* A query token with the most it can gain in any name. */
typedef struct {
    double best;
    uint64_t cost;
    uint32_t word, begin, end; /* its gains */
} Turn;

static int by_cost(const void *one, const void *other)
{
    const Turn *a = one, *b = other;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return a->word < b->word ? -1 : a->word > b->word;
}

static int add_gains(Context *context, Turn *turn, const Offer *offers, uint32_t count, double share)
{
    for (uint32_t i = 0; i < count; i++) {
        Gain gain = {offers[i].gain * share, turn->word, offers[i].token, UINT32_MAX};
        const uint32_t *starts = context->index->posting_at + gain.token;
        if (!nk_append(&context->gains, &gain, sizeof gain))
            return 0;
        turn->cost += starts[1] - starts[0];
        turn->best = gain.gain > turn->best ? gain.gain : turn->best;
    }
    return 1;
}

/* The offers of a query token: 1 with `known`, 0 when memory is out, -1 when its record is not whole. */
static int known_of(Context *context, const Word *word, const Known **known)
{
    int64_t number = look_up(context, word->record, word->bytes);
    if (number >= 0)
        *known = known_at(context, (uint32_t)number);
    return number >= 0 ? 1 : number == -1 ? 0 : -1;
}

static const Offer *offers_of(const Context *context, const Known *known)
{
    return (const Offer *)(context->memo_offers.data + known->offers);
}

static int gains_of_cut(Context *context, const Known *known, Turn *turn)
{
    Token token;
    context->scratch.used = 0;
    nk_token(&token, context->memo_records.data + known->record, known->bytes);
    return nk_continuations(context->index, &token, &context->scratch) &&
           add_gains(context, turn, (const Offer *)context->scratch.data,
                     (uint32_t)(context->scratch.used / sizeof(Offer)), 1);
}

static Head head_of(const Word *word)
{
    Head head;
    memcpy(&head, word->record, sizeof head);
    return head;
}

/* The gains of every query token, those of one after another; what words gain together is shared by weight. */
static int gather(Context *context, const Query *query)
{
    context->gains.used = context->order.used = 0;
    for (uint32_t word = 0; word < query->token_count; word++) {
        Turn turn = {0, 0, word, (uint32_t)(context->gains.used / sizeof(Gain)), 0};
        const Known *known = NULL;
        int fine = known_of(context, query->tokens + word, &known);
        if (fine > 0)
            fine = add_gains(context, &turn, offers_of(context, known), known->count, 1);
        if (fine > 0 && (int64_t)word == query->cut)
            fine = gains_of_cut(context, known, &turn);
        for (uint32_t at = 0; fine > 0 && at < query->span_count; at++) {
            const Word *span = query->spans + at;
            if (span->first > word || (fine = known_of(context, span, &known)) <= 0)
                continue;
            Head whole = head_of(span);
            if (word - span->first < whole.spanned)
                fine = add_gains(context, &turn, offers_of(context, known), known->count,
                                 head_of(query->tokens + word).weight / whole.weight);
        }
        turn.end = (uint32_t)(context->gains.used / sizeof(Gain));
        if (fine > 0)
            fine = nk_append(&context->order, &turn, sizeof turn);
        if (fine <= 0)
            return fine;
    }
    return 1;
}

/* Chain the gains of each token of the index. */
static void chain(Context *context)
{
    Gain *gains = (Gain *)context->gains.data;
    uint32_t count = (uint32_t)(context->gains.used / sizeof(Gain));
    nk_marks_next(&context->met);
    for (uint32_t at = 0; at < count; at++) {
        uint32_t token = gains[at].token;
        gains[at].next = nk_mark(&context->met, token) ? UINT32_MAX : context->first[token];
        context->first[token] = at;
    }
}

static double gain_in(Context *context, uint32_t part, uint32_t words)
{
    const Index *index = context->index;
    const Gain *gains = (const Gain *)context->gains.data;
    double *best = (double *)context->best.data, sum = 0;
    memset(best, 0, words * sizeof *best);
    for (uint32_t i = index->forward_at[part]; i < index->forward_at[part + 1]; i++) {
        uint32_t token = index->forward[i];
        if (context->met.met[token] != context->met.round)
            continue;
        for (uint32_t at = context->first[token]; at != UINT32_MAX; at = gains[at].next)
            if (gains[at].gain > best[gains[at].word])
                best[gains[at].word] = gains[at].gain;
    }
    for (uint32_t word = 0; word < words; word++)
        sum += best[word];
    return sum;
}

int nk_retrieve(Context *context, const Query *query)
{
    const Index *index = context->index;
    forget(context);
    int fine = gather(context, query);
    if (fine <= 0 || query->token_count == 0)
        return fine;
    /* A name reaches the cutoff when gain * kept >= owing * (what both owe). */
    double kept = 1 - query->cutoff * (1 - query->missing_cost), owing = query->cutoff * query->missing_cost;
    context->best.used = 0;
    if (!nk_reserve(&context->best, query->token_count * sizeof(double)))
        return 0;
    uint32_t turns = query->token_count;
    Turn *order = (Turn *)context->order.data;
    double rest = 0;
    for (uint32_t i = 0; i < turns; i++)
        rest += order[i].best;
    if (rest * kept < (owing - ROUNDING) * query->owed)
        return 1;
    chain(context);
    qsort(order, turns, sizeof *order, by_cost);
    nk_marks_next(&context->parts);
    const Gain *gains = (const Gain *)context->gains.data;
    for (uint32_t i = 0; i < turns; i++) {
        /* Names that meet none of the words before this one gain at most `rest`, and owe at most `most`. */
        if (rest * kept < (owing - ROUNDING) * query->owed)
            break;
        rest -= order[i].best;
        for (uint32_t at = order[i].begin; at < order[i].end; at++) {
            double most = ((rest > 0 ? rest : 0) + gains[at].gain) * kept / (owing - ROUNDING) - query->owed;
            uint32_t token = gains[at].token;
            for (uint32_t p = index->posting_at[token]; p < index->posting_at[token + 1]; p++) {
                uint32_t part = index->postings[p];
                if (index->owed[part] > most)
                    break; /* postings rise by what their names owe */
                if (!nk_mark(&context->parts, part))
                    continue;
                double both = query->owed + index->owed[part];
                if (gain_in(context, part, turns) * kept >= (owing - ROUNDING) * both &&
                    !nk_found(context, index->owners[part]))
                    return 0;
            }
        }
    }
    return 1;
}

int nk_found_exact(Context *context, const uint8_t *key, size_t length)
{
    const Index *index = context->index;
    uint64_t hash = nk_hash(H_EXACT, key, length);
    const Entry *end, *entry = nk_find(&index->exact, hash, &end);
    for (; entry < end; entry++)
        if (entry->print == (uint32_t)hash && !nk_found(context, index->owners[entry->value]))
            return 0;
    return 1;
}

int nk_found_continuing(Context *context, const uint8_t *compact, size_t length)
{
    const Index *index = context->index;
    uint32_t low = 0, high = index->compacts;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        size_t own = index->compact_at[middle + 1] - index->compact_at[middle];
        int order = memcmp(index->compact + index->compact_at[middle], compact, own < length ? own : length);
        if (order < 0 || (order == 0 && own < length))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < index->compacts; low++) {
        size_t own = index->compact_at[low + 1] - index->compact_at[low];
        if (own < length || memcmp(index->compact + index->compact_at[low], compact, length) != 0)
            break;
        if (!nk_found(context, index->owners[index->compact_parts[low]]))
            return 0;
    }
    return 1;
}
