// The list of repeats: only what is near the window has elements, so that thousands scroll like ten.

const CHUNK = 10;
/** Height of a card before it was seen, in pixels. */
const GUESS = 260;

const list = { shown: [], chunks: [], heights: [], current: -1, act: null, moved: null };

const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      const number = Number(entry.target.dataset.chunk);
      if (list.chunks[number] !== entry.target) continue;
      if (entry.isIntersecting) fillChunk(number);
      else emptyChunk(number);
    }
  },
  { rootMargin: "900px 0px" },
);

/** Show these repeats from the top. */
function showList(indices) {
  watcher.disconnect();
  list.shown = indices;
  list.current = -1;
  list.chunks = [];
  for (let start = 0; start < indices.length; start += CHUNK) {
    const chunk = make("div", { class: "chunk", role: "none", "data-chunk": list.chunks.length });
    chunk.style.minHeight = `${Math.min(CHUNK, indices.length - start) * GUESS}px`;
    list.chunks.push(chunk);
  }
  $("list").replaceChildren(...list.chunks);
  list.chunks.forEach((chunk) => watcher.observe(chunk));
  if (list.chunks.length) fillChunk(0);
}

function fillChunk(number) {
  const chunk = list.chunks[number];
  if (chunk.childElementCount) return;
  const start = number * CHUNK;
  const part = list.shown.slice(start, start + CHUNK);
  chunk.replaceChildren(...part.map((index, i) => dressed(index, start + i)));
  chunk.style.minHeight = "";
}

function emptyChunk(number) {
  const chunk = list.chunks[number];
  const busy = chunk.contains(document.activeElement) || Math.floor(list.current / CHUNK) === number;
  if (!chunk.childElementCount || busy) return;
  chunk.style.minHeight = `${chunk.getBoundingClientRect().height}px`;
  chunk.replaceChildren();
}

function dressed(index, position) {
  const card = cardOf(index, position, list.shown.length, list.act);
  if (position === list.current) mark(card, true);
  return card;
}

function mark(card, current) {
  card?.classList.toggle("current", current);
  if (current) card?.setAttribute("aria-current", "true");
  else card?.removeAttribute("aria-current");
}

/** Draw the cards of some repeats anew, where they stand; what had the focus has it again. */
function refresh(indices) {
  for (const index of indices) {
    const card = $(`repeat-${index}`);
    if (!card) continue;
    const inside = card.contains(document.activeElement) && document.activeElement !== card;
    const focused = inside ? document.activeElement.className : null;
    const whole = document.activeElement === card;
    const fresh = dressed(index, list.shown.indexOf(index));
    card.replaceWith(fresh);
    if (whole) fresh.focus({ preventScroll: true });
    else if (inside) (fresh.querySelector(`button.${CSS.escape(focused)}`) ?? fresh).focus({ preventScroll: true });
  }
}

/** Give the repeats whose cards have elements. */
function withElements() {
  return [...document.querySelectorAll(".card")].map((card) => Number(card.dataset.index));
}

/** Make the repeat at a position the current one, and bring it to the top of the window, where the eye already is. */
function goTo(position, { focus = true } = {}) {
  if (position < 0 || position >= list.shown.length) return;
  const left = list.current;
  list.current = position;
  if (left >= 0) mark($(`repeat-${list.shown[left]}`), false);
  // What stands beside it has its height before the window moves: not every browser holds the place when it comes later.
  const chunk = Math.floor(position / CHUNK);
  const beside = [chunk - 1, chunk, chunk + 1].filter((number) => list.chunks[number]);
  beside.forEach(fillChunk);
  const card = $(`repeat-${list.shown[position]}`);
  mark(card, true);
  if (focus) {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start", behavior: "instant" });
  }
  // Asked anew, the watcher says which of them are far from the window after all.
  beside.forEach((number) => watcher.unobserve(list.chunks[number]));
  beside.forEach((number) => watcher.observe(list.chunks[number]));
  list.moved?.(list.shown[position]);
}

/** Give the next position whose repeat is still open, from the top again behind the last one; -1 when there is none. */
function nextOpen() {
  const count = list.shown.length;
  for (let step = 1; step <= count; step += 1) {
    const position = (list.current + step) % count;
    const repeat = page.repeats[list.shown[position]];
    if (repeat.key && verdictOf(repeat) === null) return position;
  }
  return -1;
}

/** Give every repeat that is shown its elements: paper has no window. */
function fillForPrint() {
  watcher.disconnect();
  list.chunks.forEach((_, number) => fillChunk(number));
}

/** Take away again what is far from the window: the watcher tells of every chunk once it is asked anew. */
function emptyAfterPrint() {
  list.chunks.forEach((chunk) => watcher.observe(chunk));
}
