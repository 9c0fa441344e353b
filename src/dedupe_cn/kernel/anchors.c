/* What is equal in a chain: the way from a place of its one stretch to the other (reference/anchors.py). */
#include "finder.h"

#define LONG 2000

int add_run(Runs *runs, int64_t one, int64_t other, int64_t size) {
    if (!has_room((void **)&runs->numbers, &runs->room, runs->count + 2, sizeof *runs->numbers)) return NO_MEMORY;
    runs->numbers[runs->count++] = one;
    runs->numbers[runs->count++] = other;
    runs->numbers[runs->count++] = size;
    return OK;
}

/* Add what is equal between two pieces. From LONG signs on only what stands at the same places is held to be equal: to
 * line up more takes time that grows with its square. */
static int add_between(const Text *text, int64_t one, int64_t one_end, int64_t other, int64_t other_end, Runs *runs) {
    int64_t size = one_end - one, size_other = other_end - other, shorter = smaller(size, size_other);
    if (shorter <= 0) return OK;
    if (size == size_other && agreement(text->folded, one, other, size, 1) == size)
        return add_run(runs, one, other, size);
    if (larger(size, size_other) > LONG) {
        int status = OK;
        for (int64_t at = 0, same; status == OK && at < shorter; at += same + 1) {
            same = agreement(text->folded, one + at, other + at, shorter - at, 1);
            if (same) status = add_run(runs, one + at, other + at, same);
        }
        return status;
    }
    int64_t fixed[96], *found = shorter <= 32 ? fixed : malloc((size_t)(3 * shorter) * sizeof *found), status = OK;
    int64_t count = found ? align(text->folded + one, size, text->folded + other, size_other, found) : NO_MEMORY;
    for (int64_t at = 0; status == OK && at < count; at++)
        status = add_run(runs, one + found[3 * at], other + found[3 * at + 1], found[3 * at + 2]);
    if (found != fixed) free(found);
    return count < 0 ? (int)count : (int)status;
}

/* Add what is equal in a chain, between its pieces, and up to both ends of its stretches. */
int add_anchors(const Text *text, const Piece *piece, const Piece *behind, const Ends *ends, Runs *runs) {
    int64_t one = ends->kept, other = ends->removed;
    int status = OK;
    for (; status == OK && piece < behind; piece++) {
        const int32_t *ours = text->places + piece->first, *theirs = text->places + piece->second;
        for (int64_t low = 0, high; status == OK && low < piece->size; low = high) {
            /* A run ends where marks stand in one of both only. */
            int64_t shift = theirs[low] - ours[low];
            for (high = low + 1; high < piece->size && theirs[high] - ours[high] == shift; high++) continue;
            int64_t size = ours[high - 1] + 1 - ours[low];
            if (low || (ours[0] > one && theirs[0] > other))
                status = add_between(text, one, ours[low], other, theirs[low], runs);
            if (status == OK) status = add_run(runs, ours[low], theirs[low], size);
            one = ours[low] + size;
            other = theirs[low] + size;
        }
    }
    return status == OK ? add_between(text, one, ends->kept_end, other, ends->removed_end, runs) : status;
}
