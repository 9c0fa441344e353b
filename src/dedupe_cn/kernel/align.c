/* Align two short rows of signs by Levenshtein distance: bit-parallel (Hyyrö 2003), the path read off from its end.
 * Of several shortest ways it takes the one that rapidfuzz takes, which is the reference. */
#include "finder.h"

typedef struct {
    uint64_t *up, *down; /* by row and word: where the distance grows and where it shrinks along `one` */
    int64_t words;
} Matrix;

static int bit(const uint64_t *rows, int64_t words, int64_t row, int64_t at) {
    return rows[row * words + at / 64] >> (at % 64) & 1;
}

static void fill(Matrix *matrix, const uint32_t *one, int64_t ours, const uint32_t *other, int64_t theirs) {
    for (int64_t row = 0; row < theirs; row++) {
        uint64_t grown = 1, shrunk = 0; /* what the word before hands on */
        for (int64_t word = 0; word < matrix->words; word++) {
            uint64_t equal = shrunk, up = ~0ull, down = 0;
            int64_t last = smaller(64, ours - 64 * word);
            for (int64_t at = 0; at < last; at++) equal |= (uint64_t)(one[64 * word + at] == other[row]) << at;
            if (row) {
                up = matrix->up[(row - 1) * matrix->words + word];
                down = matrix->down[(row - 1) * matrix->words + word];
            }
            uint64_t same = (((equal & up) + up) ^ up) | equal | down;
            uint64_t grows = down | ~(same | up), shrinks = same & up;
            uint64_t shifted = grows << 1 | grown, lowered = shrinks << 1 | shrunk;
            grown = grows >> 63;
            shrunk = shrinks >> 63;
            matrix->up[row * matrix->words + word] = lowered | ~(same | shifted);
            matrix->down[row * matrix->words + word] = shifted & same;
        }
    }
}

static void add_sign(int64_t *runs, int64_t *count, int64_t one, int64_t other, int64_t size) {
    int64_t *run = runs + 3 * *count;
    if (*count && run[-3] == one + size && run[-2] == other + size) {
        run[-3] = one;
        run[-2] = other;
        run[-1] += size;
        return;
    }
    run[0] = one;
    run[1] = other;
    run[2] = size;
    ++*count;
}

/* Read the path off from its end; what is equal is added from the last run to the first, moved on by `head`. */
static void read_path(
    const Matrix *matrix, const uint32_t *one, int64_t ours, const uint32_t *other, int64_t theirs, int64_t head,
    int64_t *runs, int64_t *count
) {
    int64_t column = ours, row = theirs;
    while (row && column) {
        if (bit(matrix->up, matrix->words, row - 1, column - 1)) {
            column--;
            continue;
        }
        row--;
        if (row && bit(matrix->down, matrix->words, row - 1, column - 1)) continue;
        column--;
        if (one[column] == other[row]) add_sign(runs, count, head + column, head + row, 1);
    }
}

int64_t align(const uint32_t *one, int64_t ours, const uint32_t *other, int64_t theirs, int64_t *runs) {
    int64_t shorter = smaller(ours, theirs), head = 0, tail = 0, count = 0;
    while (head < shorter && one[head] == other[head]) head++;
    while (tail < shorter - head && one[ours - 1 - tail] == other[theirs - 1 - tail]) tail++;
    int64_t inner = ours - head - tail, outer = theirs - head - tail, words = (inner + 63) / 64;
    if (tail) add_sign(runs, &count, ours - tail, theirs - tail, tail);
    if (inner && outer) {
        uint64_t fixed[128], *bits = fixed;
        if (2 * words * outer > 128) bits = malloc((size_t)(2 * words * outer) * sizeof *bits);
        if (!bits) return NO_MEMORY;
        Matrix matrix = {bits, bits + words * outer, words};
        fill(&matrix, one + head, inner, other + head, outer);
        read_path(&matrix, one + head, inner, other + head, outer, head, runs, &count);
        if (bits != fixed) free(bits);
    }
    if (head) add_sign(runs, &count, 0, 0, head);
    for (int64_t low = 0, high = count - 1; low < high; low++, high--)
        for (int side = 0; side < 3; side++) {
            int64_t held = runs[3 * low + side];
            runs[3 * low + side] = runs[3 * high + side];
            runs[3 * high + side] = held;
        }
    return count;
}
