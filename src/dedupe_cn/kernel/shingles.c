/* Exact shingles of documents as sorted 64-bit hashes; reference/shingles.py says the same. */
#include "kernel.h"

#include <stdlib.h>

#define MIX 0x9E3779B97F4A7C15u
#define JOIN 0xBF58476D1CE4E5B9u

/* Hash all runs of ``length`` tokens in their own place; return how many there are. */
static size_t hash_runs_of(uint64_t *tokens, size_t size, size_t length) {
    for (size_t i = 0; i < size; i++) {
        uint64_t mixed = (tokens[i] + 1) * MIX;
        tokens[i] = mixed ^ (mixed >> 29);
    }
    if (size < length) return 0;
    for (size_t i = 0; i <= size - length; i++) {
        uint64_t joined = tokens[i];
        for (size_t place = 1; place < length; place++) {
            joined = joined * JOIN + tokens[i + place];
            joined ^= joined >> 32;
        }
        tokens[i] = joined;
    }
    return size - length + 1;
}

/* Hash every run of k tokens of texts that stand one behind the other, ``sizes`` code points each. ``hashes`` takes the
   different ones of each text, sorted, one text behind the other, and needs room for all runs of a text while it is
   worked on; ``counts`` takes their number. Returns how many hashes there are. */
EXPORT int64_t kernel_shingle_sets(const uint32_t *codes, size_t codes_size, const int64_t *sizes, size_t texts,
                                   const uint8_t *classes, size_t classes_size, const uint32_t *folds,
                                   size_t folds_size, int64_t kind, int64_t k, uint64_t *hashes, size_t hashes_size,
                                   int64_t *counts, size_t counts_size) {
    const Forms forms = {classes, classes_size, folds, folds_size, kind};
    int64_t most = longest_text(sizes, texts, codes_size), failed = 0;
    if (most < 0 || k < 1 || k > LONGEST_GRAM) return NOT_VALID;
    if (counts_size < texts) return NO_ROOM;
    uint64_t *tokens = malloc(((size_t)most + 1) * sizeof *tokens);
    if (!tokens) return NO_MEMORY;
    size_t total = 0, visible;
    for (size_t i = 0; i < texts; i++) {
        size_t count = hash_runs_of(tokens, read_form(&forms, codes, (size_t)sizes[i], tokens, &visible), (size_t)k);
        if (count > hashes_size - total) {
            failed = NO_ROOM;
            break;
        }
        count = sort_64(tokens, hashes + total, count);
        counts[i] = (int64_t)count;
        total += count;
        codes += sizes[i];
    }
    free(tokens);
    return failed ? failed : (int64_t)total;
}
