/* What the parts of the finder share: a text with its forms, growing arrays, places in sorted rows. */
#ifndef DEDUPE_CN_FINDER_H
#define DEDUPE_CN_FINDER_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

enum { OK = 0 };

/* One text: its exact form, folded; the exact offset of each letter of its bare form, and the words before each; where
 * its lines and its sentences begin, with the end of the text as the last place. */
typedef struct {
    const uint32_t *folded;
    int64_t size;
    const int32_t *places;
    const int32_t *words; /* letters + 1 */
    int64_t letters;
    const int64_t *edges;
    int64_t edge_count;
    const int64_t *sentences;
    int64_t sentence_count;
    int64_t least;           /* words of a copy further on, at least */
    int64_t least_sentences; /* words of whole sentences that are told wherever they stand again */
} Text;

typedef struct {
    int64_t first, second, size;
} Piece;

/* Chains, one behind the other: the pieces of chain i are those from starts[i] to starts[i + 1]. */
typedef struct {
    Piece *pieces;
    int64_t piece_count, piece_room;
    int64_t *starts;
    int64_t count, start_room;
} Chains;

/* Where both stretches of a chain begin and end (exact offsets). */
typedef struct {
    int64_t kept, kept_end, removed, removed_end;
} Ends;

static inline int64_t smaller(int64_t one, int64_t other) { return one < other ? one : other; }
static inline int64_t larger(int64_t one, int64_t other) { return one > other ? one : other; }
static inline int64_t distance(int64_t one, int64_t other) { return one < other ? other - one : one - other; }

/* Count the places of a rising row that are smaller than a value. */
static inline int64_t before(const int64_t *row, int64_t count, int64_t value) {
    int64_t low = 0;
    while (low < count) {
        int64_t middle = low + (count - low) / 2;
        if (row[middle] < value) low = middle + 1; else count = middle;
    }
    return low;
}

/* Count those that are smaller or equal. */
static inline int64_t up_to(const int64_t *row, int64_t count, int64_t value) {
    return before(row, count, value + 1);
}

/* Make room for one more entry in an array that grows by doubling; 0 where there is no memory. */
int has_room(void **array, int64_t *room, int64_t count, size_t size);

/* Count how far two places of a text go on alike, up to so many characters; by -1 they go back. */
int64_t agreement(const uint32_t *codes, int64_t one, int64_t other, int64_t most, int step);

/* Runs of equal signs, three numbers each: place in the kept stretch, in the removed one, length. */
typedef struct {
    int64_t *numbers, count, room;
} Runs;

/* How many chains that go on over what differs reach over each place, up to a few; and the signs of the longest stretch
 * there that was left out for that. */
typedef struct {
    uint8_t *times;
    int32_t *hidden;
} Crowd;

/* The steps of the finder, in their order; each gives OK or an error. */
int find_matches(const uint32_t *bare, int64_t size, Piece **found, int64_t *count);
int chain_pieces(const Text *text, Piece *pieces, int64_t count, Chains *chains);
int add_chain(Chains *chains, const Piece *pieces, int64_t count);
int says_enough(const Text *text, const Piece *first, const Piece *last);
Ends equal_ends(const Text *text, const Piece *first, const Piece *last);
int find_end(const Text *text, Crowd *crowd, Ends *ends, int *seen);
int is_only_part(const Text *text, const Ends *ends);
int add_anchors(const Text *text, const Piece *piece, const Piece *behind, const Ends *ends, Runs *runs);
int add_run(Runs *runs, int64_t one, int64_t other, int64_t size);

/* Give the edges of both stretches that serve where they begin (or end): inner and line edge, kept and removed each. */
void serve(const Text *text, const Ends *ends, int at_end, int64_t *edges);

/* Align two rows of signs; give the runs of equal ones, rising, and their number or an error. `runs` has room for one
 * run a sign of the shorter row. */
int64_t align(const uint32_t *one, int64_t ours, const uint32_t *other, int64_t theirs, int64_t *runs);

#endif
