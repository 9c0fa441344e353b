/* Chain matches into copies: nearly equal diagonals, bounded gaps (the shape of minimap2, Li 2018).
 * The reference, and the reason of each number: reference/chains.py, reference/joining.py. */
#include "finder.h"

#define GAP 120
#define DRIFT 90
#define NEAR 24
#define STEP 8
#define OVERLAP 24
#define WINDOW 24
#define TOUCHING 4

/* What stands before each of some stretches: the last ones in order, and those that ended last before it begins. */
typedef struct {
    int64_t *order, *ends; /* the stretches by their ends, and these ends */
    int64_t count;
} Ended;

typedef struct {
    int64_t end, number;
} End;

static int by_end(const void *one, const void *other) {
    const End *a = one, *b = other;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static void free_ended(Ended *ended) {
    free(ended->order);
    free(ended->ends);
}

static int read_ended(Ended *ended, const int64_t *ends, int64_t count) {
    End *sorted = malloc((size_t)(count + 1) * sizeof *sorted);
    ended->order = malloc((size_t)(count + 1) * sizeof *ended->order);
    ended->ends = malloc((size_t)(count + 1) * sizeof *ended->ends);
    ended->count = count;
    if (!sorted || !ended->order || !ended->ends) {
        free(sorted);
        return NO_MEMORY;
    }
    for (int64_t at = 0; at < count; at++) sorted[at] = (End){ends[at], at};
    if (count) qsort(sorted, (size_t)count, sizeof *sorted, by_end);
    for (int64_t at = 0; at < count; at++) {
        ended->order[at] = sorted[at].number;
        ended->ends[at] = sorted[at].end;
    }
    free(sorted);
    return OK;
}

/* Give the numbers of what stands before a stretch, 2 * WINDOW at most; the same one may be given twice. */
static int stand_before(const Ended *ended, int64_t number, int64_t start, int64_t *found) {
    int count = 0;
    int64_t last = up_to(ended->ends, ended->count, start + OVERLAP);
    for (int64_t lag = WINDOW; lag > 0; lag--)
        if (last >= lag && ended->order[last - lag] < number) found[count++] = ended->order[last - lag];
    for (int64_t lag = WINDOW; lag > 0; lag--)
        if (number >= lag) found[count++] = number - lag;
    return count;
}

/* Mark the pieces, sorted by `second`, that may stand in a chain with one of their neighbours (see cost). */
static int may_follow(const Piece *pieces, int64_t count, char *marks) {
    int64_t *ends = calloc((size_t)count + 1, sizeof *ends), near_ones[2 * WINDOW], latest = 0;
    Ended ended = {NULL, NULL, 0};
    int status = ends ? OK : NO_MEMORY;
    for (int64_t at = 0; status == OK && at < count; at++) ends[at] = pieces[at].second + pieces[at].size;
    if (status == OK) status = read_ended(&ended, ends, count);
    for (int64_t at = 0; status == OK && at < count; at++) {
        const Piece here = pieces[at];
        if (at && here.second - latest <= GAP) {
            int some = stand_before(&ended, at, here.second, near_ones);
            for (int one = 0; one < some; one++) {
                const Piece earlier = pieces[near_ones[one]];
                int64_t ahead = here.first - earlier.first - earlier.size;
                int64_t behind = here.second - earlier.second - earlier.size;
                if (larger(ahead, behind) > smaller(GAP, NEAR + 2 * here.size)) continue;
                if (distance(ahead, behind) > smaller(DRIFT, STEP + here.size)) continue;
                if (smaller(ahead, behind) < -smaller(OVERLAP, here.size / 2)) continue;
                marks[at] = marks[near_ones[one]] = 1;
            }
        }
        latest = larger(latest, ends[at]);
    }
    free(ends);
    free_ended(&ended);
    return status;
}

/* A piece with the best chain that ends in it: its letters, how it begins, and what comes before (-1: nothing). */
typedef struct {
    Piece piece, begin;
    int64_t before, size;
} Link;

/* The chains of a row of diagonals that may go on. */
typedef struct {
    int64_t *links;
    int64_t count, room;
} Row;

/* Let go of the chains of a row that end before a place, if the first one does. */
static void let_go(Row *row, const Link *links, int64_t place) {
    const Piece *first = row->count ? &links[row->links[0]].piece : NULL;
    if (!first || first->second + first->size + GAP >= place) return;
    int64_t kept = 0;
    for (int64_t at = 0; at < row->count; at++) {
        const Piece *piece = &links[row->links[at]].piece;
        if (piece->second + piece->size + GAP >= place) row->links[kept++] = row->links[at];
    }
    row->count = kept;
}

/* Tell whether a chain would lie over its own copy without being a row of copies. */
static int folds(Piece begin, Piece piece, int64_t gap) {
    int64_t far = piece.second - piece.first, period = begin.second - begin.first;
    if (piece.first + piece.size <= begin.second) return 0;
    return distance(far, period) > period / 32 || gap > larger(STEP, period / 4);
}

/* Tell in letters what it costs that a piece follows another one: more than there are where it cannot. */
static int64_t cost(const Link *link, Piece piece) {
    const Piece last = link->piece;
    int64_t ahead = piece.first - last.first - last.size, behind = piece.second - last.second - last.size;
    int64_t gap = larger(larger(ahead, behind), 0), shift = distance(ahead, behind);
    int64_t least = smaller(link->size, piece.size);
    if (gap > smaller(GAP, smaller(NEAR + link->size, NEAR + 2 * piece.size))) return link->size;
    if (shift > smaller(DRIFT, STEP + least)) return link->size;
    if (smaller(ahead, behind) < -smaller(OVERLAP, least / 2)) return link->size;
    return folds(link->begin, piece, gap) ? link->size : gap / 8 + shift / 4;
}

/* Take from a piece what the last one of its chain has already. */
static Piece behind_last(Piece last, Piece piece) {
    int64_t over = larger(0, larger(last.first + last.size - piece.first, last.second + last.size - piece.second));
    return (Piece){piece.first + over, piece.second + over, piece.size - over};
}

int add_chain(Chains *chains, const Piece *pieces, int64_t count) {
    if (!has_room((void **)&chains->starts, &chains->start_room, chains->count + 1, sizeof *chains->starts))
        return NO_MEMORY;
    if (!chains->count) chains->starts[0] = 0;
    for (int64_t at = 0; at < count; at++) {
        if (!has_room((void **)&chains->pieces, &chains->piece_room, chains->piece_count, sizeof *chains->pieces))
            return NO_MEMORY;
        chains->pieces[chains->piece_count++] = pieces[at];
    }
    chains->starts[++chains->count] = chains->piece_count;
    return OK;
}

int says_enough(const Text *text, const Piece *first, const Piece *last) {
    if (first->second <= last->first + last->size + TOUCHING) return 1;
    return text->words[last->second + last->size] - text->words[first->second] >= text->least;
}

static int add_if_enough(const Text *text, Chains *chains, const Piece *pieces, int64_t count) {
    return says_enough(text, pieces, pieces + count - 1) ? add_chain(chains, pieces, count) : OK;
}

/* Count the letters between two pieces that stand in both copies and are not the same. */
static int64_t replaced(Piece last, Piece piece) {
    return smaller(piece.first - last.first - last.size, piece.second - last.second - last.size);
}

/* Add a chain without short pieces at its ends beyond a longer passage in the place of which another one stands. */
static int add_trimmed(const Text *text, Chains *chains, const Piece *row, int64_t count) {
    int status = OK;
    while (status == OK && count > 1 && row[0].size < replaced(row[0], row[1])) {
        status = add_if_enough(text, chains, row++, 1);
        count--;
    }
    while (status == OK && count > 1 && row[count - 1].size < replaced(row[count - 2], row[count - 1]))
        status = add_if_enough(text, chains, row + --count, 1);
    return status == OK && count ? add_if_enough(text, chains, row, count) : status;
}

typedef struct {
    int64_t size, number;
} Sized;

static int by_size(const void *one, const void *other) {
    const Sized *a = one, *b = other;
    if (a->size != b->size) return a->size > b->size ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* Read off the chains, the longest first; a piece that is taken already begins none and ends none. */
static int read_off(const Text *text, const Link *links, int64_t count, Chains *chains) {
    Sized *order = malloc((size_t)(count + 1) * sizeof *order);
    Piece *row = malloc((size_t)(count + 1) * sizeof *row);
    char *taken = calloc((size_t)count + 1, 1);
    int status = order && row && taken ? OK : NO_MEMORY;
    if (status == OK) {
        for (int64_t at = 0; at < count; at++) order[at] = (Sized){links[at].size, at};
        if (count) qsort(order, (size_t)count, sizeof *order, by_size);
    }
    for (int64_t at = 0; status == OK && at < count; at++) {
        int64_t begin = count; /* the row is filled from its end */
        for (int64_t link = order[at].number; link >= 0 && !taken[link]; link = links[link].before) {
            taken[link] = 1;
            row[--begin] = links[link].piece;
        }
        if (begin < count) status = add_trimmed(text, chains, row + begin, count - begin);
    }
    free(order);
    free(row);
    free(taken);
    return status;
}

/* Chain pieces that are sorted by `second`: each behind the one with which the most letters are chained. */
static int chain(const Text *text, const Piece *pieces, int64_t count, Chains *chains) {
    int64_t row_count = text->letters / DRIFT + 3;
    Row *rows = calloc((size_t)row_count, sizeof *rows);
    Link *links = malloc((size_t)(count + 1) * sizeof *links);
    int status = rows && links ? OK : NO_MEMORY;
    for (int64_t at = 0; status == OK && at < count; at++) {
        const Piece piece = pieces[at];
        int64_t number = (piece.second - piece.first) / DRIFT, best = -1, most = 0;
        for (int64_t near = larger(0, number - 1); near <= number + 1; near++) {
            Row *row = rows + near;
            let_go(row, links, piece.second);
            for (int64_t open = larger(0, row->count - WINDOW); open < row->count; open++) {
                const Link *link = links + row->links[open];
                int64_t gain = link->size > most ? link->size - cost(link, piece) : 0;
                if (gain > most) {
                    best = row->links[open];
                    most = gain;
                }
            }
        }
        links[at] = (Link){piece, piece, best, piece.size};
        if (best >= 0) {
            links[at].piece = behind_last(links[best].piece, piece);
            links[at].begin = links[best].begin;
            links[at].size = links[at].piece.size + links[best].size;
        }
        Row *own = rows + number;
        if (has_room((void **)&own->links, &own->room, own->count, sizeof *own->links)) own->links[own->count++] = at;
        else status = NO_MEMORY;
    }
    if (status == OK) status = read_off(text, links, count, chains);
    for (int64_t at = 0; rows && at < row_count; at++) free(rows[at].links);
    free(rows);
    free(links);
    return status;
}

/* A chain as a whole: where its stretches begin and end, its letters, and its number among the chains. */
typedef struct {
    int64_t first, first_end, second, second_end, size, number;
} Whole;

static int by_second(const void *one, const void *other) {
    const Whole *a = one, *b = other;
    if (a->second != b->second) return a->second < b->second ? -1 : 1;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static Whole whole_of(const Chains *chains, int64_t number) {
    const Piece *first = chains->pieces + chains->starts[number];
    const Piece *last = chains->pieces + chains->starts[number + 1] - 1;
    int64_t size = 0;
    for (const Piece *piece = first; piece <= last; piece++) size += piece->size;
    return (Whole){first->first, last->first + last->size, first->second, last->second + last->size, size, number};
}

#define NONE INT64_MIN

/* Give the longer gap between two chains where one goes on behind the other, over what one copy lacks; else NONE. */
static int64_t far_gap(const Whole *earlier, const Whole *here) {
    int64_t ahead = here->first - earlier->first_end, behind = here->second - earlier->second_end;
    int64_t gap = larger(ahead, behind), both = earlier->size + here->size;
    if (smaller(ahead, behind) < -OVERLAP || gap > 4 * smaller(earlier->size, here->size)) return NONE;
    if (here->first_end > earlier->second + OVERLAP) return NONE; /* or it would lie over its own copy */
    if (gap > both / 2 || distance(ahead, behind) > both / 3) return NONE;
    return gap;
}

/* Add the pieces of a row of chains as one chain, each without what the one before has already. */
static int add_joined(Chains *chains, const Whole *order, const int64_t *row, int64_t count, Piece *spare) {
    int64_t filled = 0;
    for (int64_t part = count - 1; part >= 0; part--) {
        int64_t number = order[row[part]].number;
        for (int64_t at = chains->starts[number]; at < chains->starts[number + 1]; at++) {
            Piece fresh = chains->pieces[at];
            if (filled) fresh = behind_last(spare[filled - 1], fresh);
            if (fresh.size > 0) spare[filled++] = fresh;
        }
    }
    return add_chain(chains, spare, filled);
}

/* Join chains between which one copy lacks a longer passage, or has another one in its place. */
static int join(Chains *chains) {
    int64_t count = chains->count, near_ones[2 * WINDOW];
    Whole *order = malloc((size_t)(count + 1) * sizeof *order);
    int64_t *ends = calloc((size_t)count + 1, sizeof *ends), *earlier = calloc((size_t)count + 1, sizeof *earlier);
    int64_t *row = calloc((size_t)count + 1, sizeof *row);
    Piece *spare = malloc((size_t)(chains->piece_count + 1) * sizeof *spare);
    char *taken = calloc((size_t)count + 1, 1);
    Ended ended = {NULL, NULL, 0};
    int status = order && ends && earlier && row && spare && taken ? OK : NO_MEMORY;
    if (status == OK) {
        for (int64_t at = 0; at < count; at++) order[at] = whole_of(chains, at);
        if (count) qsort(order, (size_t)count, sizeof *order, by_second);
        for (int64_t at = 0; at < count; at++) ends[at] = order[at].second_end;
        status = read_ended(&ended, ends, count);
    }
    for (int64_t at = 0; status == OK && at < count; at++) {
        int64_t least = NONE;
        int some = stand_before(&ended, at, order[at].second, near_ones);
        earlier[at] = -1;
        for (int one = 0; one < some; one++) {
            int64_t gap = taken[near_ones[one]] ? NONE : far_gap(order + near_ones[one], order + at);
            if (gap == NONE) continue;
            if (least != NONE && (gap > least || (gap == least && near_ones[one] > earlier[at]))) continue;
            least = gap;
            earlier[at] = near_ones[one];
        }
        if (earlier[at] >= 0) taken[earlier[at]] = 1;
    }
    for (int64_t at = 0; status == OK && at < count; at++) {
        if (earlier[at] < 0 || taken[at]) continue;
        int64_t length = 0;
        for (int64_t part = at; part >= 0; part = earlier[part]) row[length++] = part;
        status = add_joined(chains, order, row, length, spare);
    }
    free(order);
    free(ends);
    free(earlier);
    free(row);
    free(spare);
    free(taken);
    free_ended(&ended);
    return status;
}

/* Put the chains into the order of their letters, the longest first. */
static int sort_chains(Chains *chains) {
    Sized *order = malloc((size_t)(chains->count + 1) * sizeof *order);
    Chains sorted = {NULL, 0, 0, NULL, 0, 0};
    int status = order ? OK : NO_MEMORY;
    for (int64_t at = 0; status == OK && at < chains->count; at++) order[at] = (Sized){whole_of(chains, at).size, at};
    if (status == OK && chains->count) qsort(order, (size_t)chains->count, sizeof *order, by_size);
    for (int64_t at = 0; status == OK && at < chains->count; at++) {
        int64_t begin = chains->starts[order[at].number], end = chains->starts[order[at].number + 1];
        status = add_chain(&sorted, chains->pieces + begin, end - begin);
    }
    free(order);
    free(chains->pieces);
    free(chains->starts);
    *chains = sorted;
    return status;
}

/* Chain the matches of a text; those that cannot follow another one are chains alone. What is found is added. */
int chain_pieces(const Text *text, Piece *pieces, int64_t count, Chains *chains) {
    char *marks = calloc((size_t)count + 1, 1);
    int status = marks ? may_follow(pieces, count, marks) : NO_MEMORY;
    int64_t chained = 0;
    for (int64_t at = 0; status == OK && at < count; at++) {
        if (marks[at]) pieces[chained++] = pieces[at];
        else status = add_if_enough(text, chains, pieces + at, 1);
    }
    free(marks);
    if (status == OK) status = chain(text, pieces, chained, chains);
    int64_t whole = chains->count;
    if (status == OK) status = join(chains);
    /* Pieces that touch their own copy are equal ones in a row with others that are not. */
    for (int64_t number = 0; status == OK && number < whole; number++) {
        if (chains->starts[number + 1] - chains->starts[number] == 1) continue;
        for (int64_t at = chains->starts[number]; status == OK && at < chains->starts[number + 1]; at++) {
            Piece piece = chains->pieces[at];
            if (piece.size >= piece.second - piece.first) status = add_chain(chains, &piece, 1);
        }
    }
    return status == OK ? sort_chains(chains) : status;
}
