/* The lines in which copies begin and end: which edges serve, and of which copies there are no whole lines.
 * The reference, and the reason of each number: reference/edges.py. */
#include "finder.h"

#define FEW 6
#define PART 64
#define ODD 6
#define NEAR 30

/* A stretch at its beginning or end: the edge of its line, and the one before that serves where little is alike. */
typedef struct {
    int64_t place, inner, rest, alike;
    int whole, open;
} Side;

static int64_t letters_before(const Text *text, int64_t at) {
    int64_t low = 0, high = text->letters;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (text->places[middle] < at) low = middle + 1; else high = middle;
    }
    return low;
}

static Side side_of(const Text *text, int64_t start, int64_t stop, int at_end) {
    const int64_t *edges = text->edges, last = larger(1, text->edge_count - 1);
    int64_t number = up_to(edges, text->edge_count, at_end ? stop - 1 : start);
    number = smaller(larger(number, 1), last);
    int64_t low = edges[number - 1], high = edges[smaller(number, text->edge_count - 1)];
    int64_t line = at_end ? high : low, inner = at_end ? low : high, at = at_end ? stop : start;
    int64_t first = larger(low, start), behind = smaller(high, stop);
    Side side = {line, inner, distance(line, at), behind - first, 0, 0};
    int64_t letters = distance(letters_before(text, line), letters_before(text, at));
    int few = letters_before(text, behind) - letters_before(text, first) <= smaller(FEW, letters);
    few = few && side.rest > 0 && start < inner && inner < stop;
    side.whole = few || (side.rest == 0 && start <= low && high <= stop);
    side.open = !few && 2 * side.rest > side.alike; /* the rest may be half as long as what is alike */
    if (few) {
        side.place = inner;
        side.rest = 0;
    }
    return side;
}

/* Tell whether an edge lies inside of both stretches as far as it has to. */
static int lies_inside(const Ends *ends, int64_t edge, int64_t edge_of_other, int64_t place, int at_end) {
    if (!at_end) return edge < ends->kept_end && edge_of_other < ends->removed_end;
    return ends->kept < edge && ends->removed < edge_of_other && edge <= larger(ends->kept_end, place);
}

/* Give the edges of both stretches that serve: inner and line edge, kept and removed; -1 where none does. */
void serve(const Text *text, const Ends *ends, int at_end, int64_t *edges) {
    Side one = side_of(text, ends->kept, ends->kept_end, at_end);
    Side other = side_of(text, ends->removed, ends->removed_end, at_end);
    int outer = (!one.open && !other.open) || (one.open != other.open && (one.open ? other.whole : one.whole));
    int few = one.place == one.inner, few_other = other.place == other.inner;
    /* What happens to be alike in a line of the one is no more in that of the other. */
    int chance = few != few_other && (few ? other.rest : one.rest) > 0;
    int inner = chance || (!outer && larger(one.alike, other.alike) <= smaller(one.rest, other.rest));
    inner = inner && lies_inside(ends, one.inner, other.inner, one.place, at_end);
    outer = outer && lies_inside(ends, one.place, other.place, one.place, at_end);
    edges[0] = inner ? one.inner : -1;
    edges[1] = inner ? other.inner : -1;
    edges[2] = outer ? one.place : -1;
    edges[3] = outer ? other.place : -1;
}

static int is_edge(const Text *text, int64_t at) {
    int64_t number = before(text->edges, text->edge_count, at);
    return number < text->edge_count && text->edges[number] == at;
}

/* Tell that a copy that lies apart has no whole lines: at one end no edge that serves and none inside, or only one that
 * is inside. Where both stretches are not equal, an edge at either end of both may be one inside too. */
static int is_surely_open(const Text *text, const Ends *ends) {
    int64_t served[8], unit = ends->kept_end - ends->kept, others = 0;
    int64_t begun = up_to(text->edges, text->edge_count, ends->kept);
    int64_t inside = before(text->edges, text->edge_count, ends->kept_end) - begun;
    if (inside > 1) return 0;
    int starts = is_edge(text, ends->kept) && is_edge(text, ends->removed);
    int stops = is_edge(text, ends->kept_end) && is_edge(text, ends->removed_end);
    int equal = unit == ends->removed_end - ends->removed
                && agreement(text->folded, ends->kept, ends->removed, unit, 1) == unit;
    if (!equal && (starts || stops || inside > 0)) return 0;
    serve(text, ends, 0, served);
    serve(text, ends, 1, served + 4);
    if (inside <= 0)
        return !((starts || served[0] >= 0 || served[2] >= 0) && (stops || served[4] >= 0 || served[6] >= 0));
    for (int side = 0; side < 8; side += 2) others += served[side] >= 0 && served[side] != text->edges[begun];
    return !starts && !stops && !others;
}

/* Tell whether whole sentences stand in a range that are told wherever they stand again. */
static int holds_sentences(const Text *text, int64_t start, int64_t end) {
    const int64_t *some = text->sentences, count = text->sentence_count;
    int64_t first = some[smaller(before(some, count, start), count - 1)];
    int64_t last = some[larger(up_to(some, count, end) - 1, 0)];
    int64_t words = text->words[letters_before(text, last)] - text->words[letters_before(text, first)];
    return words >= text->least_sentences;
}

/* Tell whether a copy lies apart, is no page, and is a part of a line that is too short or not the same. */
int is_only_part(const Text *text, const Ends *ends) {
    int64_t unit = ends->kept_end - ends->kept, gap = ends->removed - ends->kept_end;
    int64_t low = letters_before(text, ends->removed), high = letters_before(text, ends->removed_end);
    if (gap <= larger(ODD, high - low >= NEAR ? unit / 2 : 0) || 4 * unit >= text->size) return 0;
    int part = unit != ends->removed_end - ends->removed;
    if (!part && !holds_sentences(text, ends->removed, ends->removed_end))
        part = text->words[high] - text->words[low] < PART;
    return part && is_surely_open(text, ends);
}
