/* Sorting for hashes of one width; sort.c takes this in for each, with WORD, BITS and NAMED defined. */

/* Sort by moving elements down one by one. Gives up, with 0, when that takes more than ``moves``. */
static int NAMED(insert)(WORD *hashes, size_t size, size_t moves) {
    for (size_t i = 1; i < size; i++) {
        WORD hash = hashes[i];
        size_t j = i;
        while (j > 0 && hashes[j - 1] > hash) {
            hashes[j] = hashes[j - 1];
            j--;
        }
        hashes[j] = hash;
        if (i - j > moves) return 0;
        moves -= i - j;
    }
    return 1;
}

/* Sort by one group of bits after the other, from the lowest ``first`` on. */
static void NAMED(by_digits)(WORD *hashes, WORD *spare, size_t size, int first) {
    size_t counts[1 << DIGIT];
    WORD *from = hashes, *to = spare;
    for (int shift = first; shift < BITS; shift += DIGIT) {
        memset(counts, 0, sizeof counts);
        for (size_t i = 0; i < size; i++) counts[(from[i] >> shift) & ((1 << DIGIT) - 1)]++;
        size_t total = 0;
        for (size_t digit = 0; digit < 1 << DIGIT; digit++) {
            size_t count = counts[digit];
            counts[digit] = total;
            total += count;
        }
        for (size_t i = 0; i < size; i++) to[counts[(from[i] >> shift) & ((1 << DIGIT) - 1)]++] = from[i];
        WORD *other = from;
        from = to;
        to = other;
    }
    if (from != hashes) memcpy(hashes, from, size * sizeof *hashes);
}

/* Sort into about as many ranges as there are hashes; what is out of order then is next to its place. */
static void NAMED(by_ranges)(WORD *hashes, WORD *spare, size_t size) {
    size_t starts[1 << MOST_RANGES];
    int bits = 1;
    while (bits < MOST_RANGES && (size_t)2 << bits <= size) bits++;
    int shift = BITS - bits;
    memset(starts, 0, sizeof *starts << bits);
    for (size_t i = 0; i < size; i++) starts[hashes[i] >> shift]++;
    size_t total = 0;
    for (size_t range = 0; range < (size_t)1 << bits; range++) {
        size_t count = starts[range];
        starts[range] = total;
        total += count;
    }
    for (size_t i = 0; i < size; i++) spare[starts[hashes[i] >> shift]++] = hashes[i];
    memcpy(hashes, spare, size * sizeof *hashes);
}

void NAMED(sort)(WORD *hashes, WORD *spare, size_t size) {
    if (size <= FEW) {
        NAMED(insert)(hashes, size, FEW * FEW);
        return;
    }
    if (size < (size_t)MANY << MOST_RANGES) {
        NAMED(by_ranges)(hashes, spare, size);
    } else {
        NAMED(by_digits)(hashes, spare, size, BITS - 3 * DIGIT < 0 ? 0 : BITS - 3 * DIGIT);
    }
    /* Hashes that crowd into few ranges were made to: those are sorted by all their bits. */
    if (!NAMED(insert)(hashes, size, 8 * size)) NAMED(by_digits)(hashes, spare, size, 0);
}

size_t NAMED(distinct)(WORD *hashes, size_t size) {
    size_t kept = size > 0;
    for (size_t i = 1; i < size; i++) {
        hashes[kept] = hashes[i];
        kept += hashes[i] != hashes[kept - 1];
    }
    return kept;
}
