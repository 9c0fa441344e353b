/* Sorting for hashes of one width; sort.c takes this in for each, with WORD, BITS and NAMED defined. */

/* Sort by moving hashes down one by one and drop the repeats; ``*kept`` is how many are left. Gives up, with 0 and all
   hashes still there, when more than ``moves`` are needed. */
static int NAMED(insert)(WORD *hashes, size_t size, size_t moves, size_t *kept) {
    size_t done = size > 0;
    for (size_t i = 1; i < size; i++) {
        WORD hash = hashes[i];
        size_t j = done;
        while (j > 0 && hashes[j - 1] > hash) j--;
        if (done - j > moves) {
            /* The repeats so far left a gap; any hash that is there fills it. */
            for (; done < i; done++) hashes[done] = hash;
            return 0;
        }
        moves -= done - j;
        if (j > 0 && hashes[j - 1] == hash) continue;
        for (size_t moved = done++; moved > j; moved--) hashes[moved] = hashes[moved - 1];
        hashes[j] = hash;
    }
    *kept = done;
    return 1;
}

/* Sort ``from`` by one group of bits after the other, from the lowest ``first`` on; both buffers are written to. Returns
   the one that is sorted in the end. */
static WORD *NAMED(by_digits)(WORD *from, WORD *to, size_t size, int first) {
    size_t counts[1 << DIGIT];
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
    return from;
}

/* Sort ``from`` into ``to`` by more ranges than there are hashes; what is out of order then is next to its place. */
static void NAMED(by_ranges)(const WORD *from, WORD *to, size_t size) {
    uint32_t starts[1 << MOST_RANGES];
    int bits = 1;
    while (bits < MOST_RANGES && (size_t)1 << bits < 2 * size) bits++;
    int shift = BITS - bits;
    memset(starts, 0, sizeof *starts << bits);
    for (size_t i = 0; i < size; i++) starts[from[i] >> shift]++;
    uint32_t total = 0;
    for (size_t range = 0; range < (size_t)1 << bits; range++) {
        uint32_t count = starts[range];
        starts[range] = total;
        total += count;
    }
    for (size_t i = 0; i < size; i++) to[starts[from[i] >> shift]++] = from[i];
}

size_t NAMED(sort)(WORD *hashes, WORD *sorted, size_t size) {
    size_t kept;
    if (size < (size_t)MANY << MOST_RANGES) {
        if (size <= FEW) {
            memcpy(sorted, hashes, size * sizeof *hashes);
        } else {
            NAMED(by_ranges)(hashes, sorted, size);
        }
    } else {
        WORD *made = NAMED(by_digits)(hashes, sorted, size, BITS > 3 * DIGIT ? BITS - 3 * DIGIT : 0);
        if (made != sorted) memcpy(sorted, made, size * sizeof *hashes);
    }
    if (NAMED(insert)(sorted, size, 8 * size + FEW * FEW, &kept)) return kept;
    /* Hashes that crowd into few ranges were made to: those are sorted by all their bits. */
    WORD *made = NAMED(by_digits)(sorted, hashes, size, 0);
    if (made != sorted) memcpy(sorted, made, size * sizeof *hashes);
    NAMED(insert)(sorted, size, 0, &kept);
    return kept;
}
