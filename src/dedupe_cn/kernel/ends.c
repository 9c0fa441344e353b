/* How far chains reach, over what differs a little, and which of them are to be looked at.
 * The reference, and the reason of each number: reference/ends.py. */
#include "finder.h"

#define WINDOW 40
#define EDIT 2
#define LAST 3
#define SHIFT ((WINDOW - 1) / 3)
#define WINDOWS 8
#define LETTERS 8
#define CROWD 8
#define FAR 4

Ends equal_ends(const Text *text, const Piece *first, const Piece *last) {
    int64_t kept = text->places[first->first], kept_end = text->places[last->first + last->size - 1] + 1;
    int64_t removed = text->places[first->second], removed_end = text->places[last->second + last->size - 1] + 1;
    int64_t ahead = agreement(text->folded, kept_end, removed_end, text->size - removed_end, 1);
    int64_t back = agreement(text->folded, kept - 1, removed - 1, kept, -1);
    return (Ends){kept - back, kept_end + ahead, removed - back, removed_end + ahead};
}

/* A window of signs from a place on, read forwards or backwards up to the end of the text. */
static int64_t window(const Text *text, int64_t at, int step, uint32_t *signs) {
    int64_t count = smaller(WINDOW, step > 0 ? text->size - at : at + 1);
    for (int64_t sign = 0; sign < count; sign++) signs[sign] = text->folded[at + step * sign];
    return larger(count, 0);
}

/* Tell whether going on over a difference may pay: what pays ends in LAST equal signs, and more than two thirds of what
 * is gone over have an equal one near. */
static int may_pay(const Text *text, int64_t one, int64_t other, int step) {
    uint32_t ours[WINDOW], theirs[WINDOW];
    int64_t size = window(text, one, step, ours), size_other = window(text, other, step, theirs);
    uint64_t any = 0, ended = 0;
    for (int64_t shift = -SHIFT; shift <= SHIFT; shift++) {
        uint64_t equal = 0;
        int64_t first = larger(0, -shift), last = smaller(size, size_other - shift);
        for (int64_t at = first; at < last; at++) equal |= (uint64_t)(ours[at] == theirs[at + shift]) << at;
        any |= equal;
        ended |= equal & equal >> 1 & equal >> 2;
    }
    int64_t held = (int64_t)(any & 1) + (int64_t)(any >> 1 & 1);
    for (int at = 0; at + LAST <= WINDOW; at++) {
        held += (int64_t)(any >> (at + LAST - 1) & 1);
        if (ended >> at & 1 && 3 * held > 2 * (at + LAST)) return 1;
    }
    return 0;
}

/* Of two windows that are aligned, give what pays: an equal sign counts one, an edit costs two. */
static int take_what_pays(const int64_t *runs, int64_t count, int64_t *one, int64_t *other) {
    int64_t score = 0, best = 0, ours = 0, theirs = 0;
    *one = *other = 0;
    for (int64_t at = 0; at < count; at++) {
        const int64_t *run = runs + 3 * at;
        score -= EDIT * larger(run[0] - ours, run[1] - theirs);
        ours = run[0] + run[2];
        theirs = run[1] + run[2];
        score += run[2];
        if (score > best && run[2] >= LAST) {
            best = score;
            *one = ours;
            *other = theirs;
        }
    }
    return best > 0;
}

/* Give how far two places of a text go on alike, over `most` windows that differ at most: the signs on each side. */
static int reach(
    const Text *text, int64_t one, int64_t other, int step, int64_t most, int64_t *far, int64_t *far_other
) {
    int64_t first = one, second = other, runs[3 * WINDOW];
    uint32_t ours[WINDOW], theirs[WINDOW];
    for (int64_t turn = 0; turn <= most; turn++) {
        int64_t left = step > 0 ? text->size - larger(first, second) : smaller(first, second) + 1;
        int64_t same = agreement(text->folded, first, second, left, step), on, on_other;
        first += step * same;
        second += step * same;
        int64_t size = window(text, first, step, ours), size_other = window(text, second, step, theirs);
        if (!size || !size_other) break;
        int64_t count = align(ours, size, theirs, size_other, runs);
        if (count < 0) return NO_MEMORY;
        int pays = take_what_pays(runs, count, &on, &on_other);
        int64_t apart = first + step * on - second - step * on_other;
        if (!pays || (apart < 0) != (one < other) || !apart) break; /* or both would be one place */
        first += step * on;
        second += step * on_other;
    }
    *far = distance(first, one);
    *far_other = distance(second, other);
    return OK;
}

static int is_full(const Crowd *crowd, int64_t begin, int64_t end) {
    for (int64_t at = begin; at < end; at++)
        if (crowd->times[at] < CROWD) return 0;
    return end > begin;
}

static void hide(Crowd *crowd, int64_t begin, int64_t end) {
    for (int64_t at = begin; at < end; at++)
        if (crowd->hidden[at] < end - begin) crowd->hidden[at] = (int32_t)(end - begin);
}

/* Give how far a chain reaches; `seen` tells whether it is to be looked at. */
int find_end(const Text *text, Crowd *crowd, Ends *ends, int *seen) {
    int64_t most = WINDOWS + (ends->kept_end - ends->kept) / LETTERS, far, far_other;
    int ahead = may_pay(text, ends->kept_end, ends->removed_end, 1);
    int back = may_pay(text, ends->kept - 1, ends->removed - 1, -1);
    *seen = 1;
    if (!ahead && !back) return OK;
    if (is_full(crowd, ends->removed, ends->removed_end)) {
        int64_t wide = FAR * most * WINDOW;
        hide(crowd, larger(0, ends->kept - wide), smaller(text->size, ends->kept_end + wide));
        hide(crowd, larger(0, ends->removed - wide), smaller(text->size, ends->removed_end + wide));
        *seen = 0;
        return OK;
    }
    if (ahead) {
        int status = reach(text, ends->kept_end, ends->removed_end, 1, most, &far, &far_other);
        if (status != OK) return status;
        ends->kept_end += far;
        ends->removed_end += far_other;
    }
    if (back) {
        int status = reach(text, ends->kept - 1, ends->removed - 1, -1, most, &far, &far_other);
        if (status != OK) return status;
        ends->kept -= far;
        ends->removed -= far_other;
    }
    for (int64_t at = ends->removed; at < ends->removed_end; at++) crowd->times[at] += crowd->times[at] < CROWD;
    return OK;
}
