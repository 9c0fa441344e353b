/* The forms of a text in which copies are looked for (the reference: reference/letters.py). */
#include "kernel.h"

/* The first code point of Han characters and kana, and the last digit. */
#define HAN 0x2E80
#define DIGIT '9'

/* Fold the exact form by a table, and read off its bare form by another one, in which what is no letter is 0; what lies
 * behind the end of the first table stays, of the second it is as its last row. `words` gets the words before each
 * letter and before the end. Gives the number of letters. */
EXPORT int64_t kernel_read_forms(
    const uint32_t *codes, size_t size, const uint32_t *folds, size_t fold_count, const uint32_t *table,
    size_t row_count, uint32_t *folded, size_t folded_room, uint32_t *bare, size_t bare_room, int32_t *places,
    size_t place_room, int32_t *words, size_t word_room
) {
    size_t count = 0;
    int32_t said = 0;
    int is_wide = 0, is_letter = 0;
    if (size > INT32_MAX || !row_count) return NOT_VALID;
    if (folded_room < size || bare_room < size || place_room < size || word_room < size + 1) return NO_ROOM;
    for (size_t at = 0; at < size; at++) {
        uint32_t code = codes[at], letter = table[code < row_count ? code : row_count - 1];
        folded[at] = code < fold_count ? folds[code] : code;
        if (!letter) continue;
        int touches = count && (size_t)places[count - 1] + 1 == at, was_wide = is_wide, was_letter = is_letter;
        is_wide = letter >= HAN;
        is_letter = letter > DIGIT;
        bare[count] = letter;
        places[count] = (int32_t)at;
        words[count] = said;
        said += is_wide || (is_letter && (was_wide || !was_letter || !touches));
        count++;
    }
    words[count] = said;
    return (int64_t)count;
}

/* Give the places behind each of some signs (rising), and among them the edges of lines. */
EXPORT int64_t kernel_find_sentences(
    const uint32_t *codes, size_t size, const uint32_t *signs, size_t sign_count, const int64_t *edges,
    size_t edge_count, int64_t *found, size_t room
) {
    size_t count = 0, edge = 0;
    for (size_t at = 0; at <= size; at++) {
        int here = 0;
        for (; edge < edge_count && edges[edge] <= (int64_t)at; edge++) here |= edges[edge] == (int64_t)at;
        if (at && !here) here = is_one_of(signs, sign_count, codes[at - 1]);
        if (!here) continue;
        if (count == room) return NO_ROOM;
        found[count++] = (int64_t)at;
    }
    return (int64_t)count;
}

/* Give the places at which sentences end that may be doubled, and among them the edges of lines. A sentence ends behind
 * the last of the marks that touch one another, if one of the last three is no closing quote or bracket; a point before
 * a digit is none either. `marks` and `closers` (some of the marks) rise. */
EXPORT int64_t kernel_find_sentence_ends(
    const uint32_t *codes, size_t size, const uint32_t *marks, size_t mark_count, const uint32_t *closers,
    size_t closer_count, const int64_t *edges, size_t edge_count, int64_t *found, size_t room
) {
    size_t count = 0, edge = 0, since = 4; /* marks since the last one that ends a sentence, in this row of them */
    for (size_t at = 0; at <= size; at++) {
        int here = 0, is_mark = at < size && is_one_of(marks, mark_count, codes[at]);
        for (; edge < edge_count && edges[edge] <= (int64_t)at; edge++) here |= edges[edge] == (int64_t)at;
        here |= at && !is_mark && since < 3;
        if (here) {
            if (count == room) return NO_ROOM;
            found[count++] = (int64_t)at;
        }
        if (!is_mark) {
            since = 4;
            continue;
        }
        uint32_t behind = codes[at + 1 < size ? at + 1 : at];
        int ends = !is_one_of(closers, closer_count, codes[at]) && (codes[at] != '.' || behind > '9');
        since = ends ? 0 : since + 1;
    }
    return (int64_t)count;
}
