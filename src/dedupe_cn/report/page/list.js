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
  if (position === list.current) card.classList.add("current");
  return card;
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

/** Draw every card anew that has elements. */
function refreshAll() {
  refresh([...document.querySelectorAll(".card")].map((card) => Number(card.dataset.index)));
}

/** Make the repeat at a position the current one, and bring it into view. */
function goTo(position, { focus = true } = {}) {
  if (position < 0 || position >= list.shown.length) return;
  const left = list.current;
  list.current = position;
  if (left >= 0) $(`repeat-${list.shown[left]}`)?.classList.remove("current");
  fillChunk(Math.floor(position / CHUNK));
  const card = $(`repeat-${list.shown[position]}`);
  card.classList.add("current");
  if (focus) {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
  list.moved?.(list.shown[position]);
}

/** Give the next position from here on whose repeat is still open; the one behind this when there is none. */
function nextOpen() {
  for (let position = list.current + 1; position < list.shown.length; position += 1) {
    const repeat = page.repeats[list.shown[position]];
    if (repeat.key && verdictOf(repeat) === null) return position;
  }
  return Math.min(list.current + 1, list.shown.length - 1);
}
