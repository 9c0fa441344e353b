/* Sorting hashes of 32 and of 64 bits. */
#include "kernel.h"

#include <string.h>

/* Bits of a digit: three of them take 32 bits, and the counts of one fit the first cache. */
#define DIGIT 11
/* Up to so many are sorted by moving them alone. */
#define FEW 24
/* log2 of the most ranges, and hashes in a range from which digits are faster. */
#define MOST_RANGES 13
#define MANY 4

#define WORD uint32_t
#define BITS 32
#define NAMED(name) name##_32
#include "sort_template.h"
#undef WORD
#undef BITS
#undef NAMED

#define WORD uint64_t
#define BITS 64
#define NAMED(name) name##_64
#include "sort_template.h"
