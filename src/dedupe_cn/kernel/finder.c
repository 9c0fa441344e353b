/* What Python calls of the finder: the chains of a text, how far each of them reaches, and the lines around. */
#include "finder.h"

/* The buffers of a text, as Python gives them: addresses and numbers of elements. */
#define TEXT                                                                                                       \
    const uint32_t *folded, size_t size, const int32_t *places, size_t letters, const int32_t *words,             \
        size_t word_count, const int64_t *edges, size_t edge_count, const int64_t *sentences,                      \
        size_t sentence_count, const int64_t *limits, size_t limit_count
#define GIVEN                                                                                                      \
    folded, size, places, letters, words, word_count, edges, edge_count, sentences, sentence_count, limits, limit_count

static int are_rising(const int64_t *row, size_t count, int64_t last) {
    for (size_t at = 0; at < count; at++)
        if (row[at] < (at ? row[at - 1] : 0) || row[at] > last) return 0;
    return count > 0;
}

static int read_text(Text *text, TEXT) {
    if (size > INT32_MAX || word_count != letters + 1 || limit_count != 2) return NOT_VALID;
    for (size_t at = 0; at < letters; at++)
        if (places[at] < (at ? places[at - 1] + 1 : 0) || (size_t)places[at] >= size) return NOT_VALID;
    if (!are_rising(edges, edge_count, (int64_t)size) || !are_rising(sentences, sentence_count, (int64_t)size))
        return NOT_VALID;
    *text = (Text){
        folded, (int64_t)size, places, words, (int64_t)letters, edges, (int64_t)edge_count, sentences,
        (int64_t)sentence_count, limits[0], limits[1]
    };
    return OK;
}

/* Say how much was found, and copy it where there is room for all of it. */
static int give(const int64_t *numbers, int64_t count, int64_t *out, size_t room, int64_t *needed) {
    *needed = count;
    if ((uint64_t)count > room) return NO_ROOM;
    if (count) memcpy(out, numbers, (size_t)count * sizeof *out);
    return OK;
}

static int are_pieces(const Text *text, const Piece *pieces, int64_t count) {
    for (const Piece *piece = pieces; piece < pieces + count; piece++)
        if (piece->first < 0 || piece->size <= 0 || piece->first >= piece->second
            || piece->second > text->letters - piece->size) return 0;
    return 1;
}

/* Find the chains of a text: `pieces` gets three numbers for each piece (Piece), `starts` where each chain begins among
 * them, and where the last one ends. `needed` gets how many numbers there are of both, also where they have no room. */
EXPORT int64_t kernel_find_chains(
    const uint32_t *bare, size_t letters, const int32_t *words, size_t word_count, int64_t least, int64_t *pieces,
    size_t piece_room, int64_t *starts, size_t start_room, int64_t *needed, size_t needed_room
) {
    Text text = {.words = words, .letters = (int64_t)letters, .least = least};
    Chains chains = {NULL, 0, 0, NULL, 0, 0};
    Piece *matches = NULL;
    int64_t count;
    if (word_count != letters + 1 || letters > INT32_MAX || needed_room < 2) return NOT_VALID;
    int status = find_matches(bare, text.letters, &matches, &count);
    if (status == OK) status = chain_pieces(&text, matches, count, &chains);
    free(matches);
    if (status == OK) {
        int fits = give((const int64_t *)chains.pieces, 3 * chains.piece_count, pieces, piece_room, needed);
        status = give(chains.starts, chains.count ? chains.count + 1 : 0, starts, start_room, needed + 1);
        if (status == OK) status = fits;
    }
    free(chains.pieces);
    free(chains.starts);
    return status;
}

/* Mark the chains of one piece of which somebody is told, as far as they reach to the letter. */
EXPORT int64_t kernel_tell_alone(TEXT, const int64_t *pieces, size_t piece_size, uint8_t *told, size_t room) {
    const Piece *some = (const Piece *)pieces;
    int64_t count = (int64_t)piece_size / 3;
    Text text;
    int status = read_text(&text, GIVEN);
    if (status != OK) return status;
    if (!are_pieces(&text, some, count)) return NOT_VALID;
    if (room < (size_t)count) return NO_ROOM;
    for (int64_t at = 0; at < count; at++) {
        Ends ends = equal_ends(&text, some + at, some + at);
        told[at] = says_enough(&text, some + at, some + at) && !is_only_part(&text, &ends);
    }
    return count;
}

/* Align one chain and add what was found, unless no rule is about it and nobody is told of it. */
static int align_chain(
    const Text *text, Crowd *crowd, const Piece *first, const Piece *behind, int64_t number, Runs *rows, Runs *equal
) {
    Ends ends = equal_ends(text, first, behind - 1);
    int64_t held = equal->count;
    int seen, status = find_end(text, crowd, &ends, &seen);
    if (status != OK || !seen || is_only_part(text, &ends)) return status;
    status = add_anchors(text, first, behind, &ends, equal);
    if (status == OK) status = add_run(rows, number, ends.kept, ends.kept_end);
    return status == OK ? add_run(rows, ends.removed, ends.removed_end, (equal->count - held) / 3) : status;
}

/* Align chains, in the order in which they make the crowd. For each that somebody may be told of `found` gets its
 * number, both stretches and the number of its runs (six numbers), `runs` what is equal in it (Runs). `hidden`, a
 * number for each sign of the text, is filled in as chains are left out. `needed` is as for kernel_find_chains. */
EXPORT int64_t kernel_align_chains(
    TEXT, const int64_t *pieces, size_t piece_size, const int64_t *starts, size_t start_count, int32_t *hidden,
    size_t hidden_size, int64_t *found, size_t found_room, int64_t *runs, size_t run_room, int64_t *needed,
    size_t needed_room
) {
    const Piece *some = (const Piece *)pieces;
    Runs equal = {NULL, 0, 0}, rows = {NULL, 0, 0};
    Text text;
    int status = read_text(&text, GIVEN);
    if (status != OK) return status;
    if (needed_room < 2 || hidden_size != size || piece_size % 3) return NOT_VALID;
    if (!start_count) {
        needed[0] = needed[1] = 0;
        return OK;
    }
    if (!are_rising(starts, start_count, (int64_t)piece_size / 3)) return NOT_VALID;
    if (!are_pieces(&text, some, (int64_t)piece_size / 3)) return NOT_VALID;
    Crowd crowd = {calloc(size + 1, 1), hidden};
    status = crowd.times ? OK : NO_MEMORY;
    for (size_t at = 0; status == OK && at + 1 < start_count; at++)
        if (starts[at] == starts[at + 1]) status = NOT_VALID;
        else status = align_chain(&text, &crowd, some + starts[at], some + starts[at + 1], (int64_t)at, &rows, &equal);
    if (status == OK) {
        int fits = give(rows.numbers, rows.count, found, found_room, needed);
        status = give(equal.numbers, equal.count, runs, run_room, needed + 1);
        if (status == OK) status = fits;
    }
    free(crowd.times);
    free(equal.numbers);
    free(rows.numbers);
    return status;
}

/* Give for each of some copies (kept, its end, removed, its end) the edges that serve where they begin, then where they
 * end: four numbers each (serve); -1 where none serves. */
EXPORT int64_t kernel_widen(TEXT, const int64_t *copies, size_t copy_size, int64_t *served, size_t room) {
    Text text;
    int status = read_text(&text, GIVEN);
    if (status != OK) return status;
    if (room < 2 * copy_size) return NO_ROOM;
    for (size_t at = 0; at + 4 <= copy_size; at += 4) {
        Ends ends = {copies[at], copies[at + 1], copies[at + 2], copies[at + 3]};
        if (ends.kept < 0 || ends.kept > ends.kept_end || ends.kept_end > text.size) return NOT_VALID;
        if (ends.removed < 0 || ends.removed > ends.removed_end || ends.removed_end > text.size) return NOT_VALID;
        serve(&text, &ends, 0, served + 2 * at);
        serve(&text, &ends, 1, served + 2 * at + 4);
    }
    return (int64_t)copy_size / 4;
}
