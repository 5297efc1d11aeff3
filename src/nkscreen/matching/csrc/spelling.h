/* Words that are spelled alike: edit distance within a few edits, and a filter of letters before it. */
#ifndef NK_SPELLING_H
#define NK_SPELLING_H

#include <stddef.h>
#include <stdint.h>

/* Edits (insert, delete, replace, swap of neighbours) that a word of that length may differ by: `edits_allowed`. */
int nk_edits_allowed(size_t length);

/* Edits that two words of these lengths may differ by: `spelling_similarity`. */
int nk_edits_between(size_t one, size_t other);

/* The letters of a word as bits: one for having a letter, one for having it twice. One edit changes at most two. */
uint64_t nk_letters(const uint8_t *word, size_t length);

/* Whether words with these letters and lengths may be within `most` edits. */
int nk_may_be_near(uint64_t one, uint64_t other, size_t length, size_t other_length, int most);

/* Optimal string alignment distance, or `most + 1` when it is greater. `most` is 0 to 3; any length, linear time. */
int nk_distance(const uint8_t *one, size_t length, const uint8_t *other, size_t other_length, int most);

#endif
