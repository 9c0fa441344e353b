/* Exact shingles of documents as sorted 64-bit hashes; reference/shingles.py says the same. */
#include "kernel.h"

#include <stdlib.h>

#define MIX 0x9E3779B97F4A7C15u
#define JOIN 0xBF58476D1CE4E5B9u

static uint64_t mixed(uint64_t token) {
    uint64_t turned = (token + 1) * MIX;
    return turned ^ (turned >> 29);
}

/* Hash every run of k tokens of documents that stand one behind the other, ``sizes`` tokens each. ``hashes`` takes the
   different ones of each document, sorted, one document behind the other, and needs room for all runs of a document
   while it is worked on; ``counts`` takes their number. Returns how many hashes there are. */
EXPORT int64_t kernel_shingle_sets(const uint64_t *tokens, size_t tokens_size, const int64_t *sizes, size_t sizes_size,
                                   int64_t k, uint64_t *hashes, size_t hashes_size, int64_t *counts,
                                   size_t counts_size) {
    if (k < 1 || k > LONGEST_GRAM) return NOT_VALID;
    if (counts_size < sizes_size) return NO_ROOM;
    size_t left = tokens_size, most = 0, total = 0, length = (size_t)k;
    for (size_t i = 0; i < sizes_size; i++) {
        if (sizes[i] < 0 || (uint64_t)sizes[i] > left) return NOT_VALID;
        left -= (size_t)sizes[i];
        if ((size_t)sizes[i] > most) most = (size_t)sizes[i];
    }
    uint64_t *spare = malloc((most + 1) * sizeof *spare);
    if (!spare) return NO_MEMORY;
    for (size_t i = 0; i < sizes_size; i++) {
        size_t size = (size_t)sizes[i], count = size < length ? 0 : size - length + 1;
        uint64_t *own = hashes + total;
        if (count > hashes_size - total) {
            free(spare);
            return NO_ROOM;
        }
        for (size_t j = 0; count && j < size; j++) spare[j] = mixed(tokens[j]);
        for (size_t j = 0; j < count; j++) own[j] = spare[j];
        for (size_t place = 1; count && place < length; place++) {
            for (size_t j = 0; j < count; j++) {
                uint64_t joined = own[j] * JOIN + spare[place + j];
                own[j] = joined ^ (joined >> 32);
            }
        }
        sort_64(own, spare, count);
        count = distinct_64(own, count);
        counts[i] = (int64_t)count;
        total += count;
        tokens += size;
    }
    free(spare);
    return (int64_t)total;
}
