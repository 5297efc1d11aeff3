#include "spelling.h"

#include <string.h>

enum { MOST_EDITS = 3, BAND = 2 * MOST_EDITS + 1 };

int nk_edits_allowed(size_t length)
{
    return length < 3 ? 0 : length < 6 ? 1 : length < 12 ? 2 : 3;
}

int nk_edits_between(size_t one, size_t other)
{
    size_t longer = one > other ? one : other, shorter = one > other ? other : one;
    int most = nk_edits_allowed(longer), least = nk_edits_allowed(shorter + 1);
    return most < least ? most : least;
}

uint64_t nk_letters(const uint8_t *word, size_t length)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned bit = word[i] >= 'a' && word[i] <= 'z' ? (unsigned)(word[i] - 'a') : 26u + word[i] % 6u;
        mask |= (mask >> bit & 1) ? (uint64_t)1 << (bit + 32) : (uint64_t)1 << bit;
    }
    return mask;
}

static int ones(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    return (int)((((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu) * 0x0101010101010101u) >> 56);
}

int nk_may_be_near(uint64_t one, uint64_t other, size_t length, size_t other_length, int most)
{
    int apart = (int)(length > other_length ? length - other_length : other_length - length);
    return apart <= most && ones(one ^ other) <= 2 * most - apart;
}

/* Rows of the usual table, of which only the diagonals within `most` of the main one are kept: cell k of row i is
   column i + k - most. */
int nk_distance(const uint8_t *one, size_t length, const uint8_t *other, size_t other_length, int most)
{
    if ((length > other_length ? length - other_length : other_length - length) > (size_t)most)
        return most + 1;
    if (most == 0)
        return length == 0 || memcmp(one, other, length) == 0 ? 0 : 1;
    int rows[3][BAND + 2], width = 2 * most + 1, beyond = most + 1;
    int *before = rows[0], *last = rows[1], *row = rows[2];
    for (int k = 0; k <= width; k++)
        before[k] = beyond, last[k] = k < width && k >= most ? k - most : beyond;
    for (size_t i = 1; i <= length; i++) {
        int least = beyond;
        for (int k = 0; k < width; k++) {
            ptrdiff_t j = (ptrdiff_t)i + k - most;
            int found = beyond;
            if (j == 0) {
                found = i <= (size_t)most ? (int)i : beyond;
            } else if (j > 0 && (size_t)j <= other_length) {
                found = last[k] + (one[i - 1] != other[j - 1]);
                if (k + 1 < width && last[k + 1] + 1 < found)
                    found = last[k + 1] + 1;
                if (k > 0 && row[k - 1] + 1 < found)
                    found = row[k - 1] + 1;
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] && before[k] + 1 < found)
                    found = before[k] + 1;
                if (found > beyond)
                    found = beyond;
            }
            row[k] = found;
            if (found < least)
                least = found;
        }
        int *next = before;
        before = last, last = row, row = next;
        if (least >= beyond && i > 1) {
            int any = 0; /* a swap looks two rows back */
            for (int k = 0; k < width; k++)
                any |= before[k] < most;
            if (!any)
                return beyond;
        }
    }
    int k = (int)((ptrdiff_t)other_length - (ptrdiff_t)length) + most;
    return last[k];
}
