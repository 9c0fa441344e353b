// The keys, and the page that lists them.

const KEYS = [
  ["j", "key-next", () => goTo(list.current + 1)],
  ["k", "key-previous", () => goTo(list.current - 1)],
  ["n", "key-open", () => nextOpen() >= 0 && goTo(nextOpen())],
  ["a", "key-accept", () => current((index) => act(index, REMOVE, { advance: true }))],
  ["r", "key-reject", () => current((index) => act(index, KEEP, { advance: true }))],
  ["o", "key-other", () => current((index) => act(index, OTHER, { advance: true }))],
  ["u", "key-clear", () => current((index) => act(index, null))],
  ["z", "key-undo", undo],
  ["c", "key-around", () => current(unfold)],
  ["e", "key-export", exportVerdicts],
  ["/", "key-search", () => toFilters()],
  ["l", "key-language", () => speak(view.language === "zh" ? "en" : "zh")],
  ["t", "key-theme", () => nextTheme()],
  ["?", "key-help", () => showHelp()],
];

function current(call) {
  if (list.current >= 0) call(list.shown[list.current]);
}

function toFilters() {
  $("filtering").open = true;
  filters.elements.text.focus();
}

/** From a filter back to the repeats. */
function leaveFilters(event) {
  const done = event.key === "Escape" || (event.key === "Enter" && event.target.localName === "input");
  if (!done || event.isComposing || list.current < 0) return;
  event.preventDefault();
  goTo(list.current);
}

function onKey(event) {
  if ($("keys").open || $("ask").open) return;
  if (event.target.closest("input, select")) return leaveFilters(event);
  if (!view.keys || event.altKey || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== "z" || event.shiftKey) return;
    event.preventDefault();
    return undo();
  }
  // An input method for Chinese takes the letter; the key itself still says which one it was.
  const code = /^Key([A-Z])$/.exec(event.code);
  const letter = event.key === "Process" && code ? code[1] : event.key.replace("？", "?").replace("／", "/");
  const found = KEYS.find(([key]) => key === letter.toLowerCase());
  if (!found) return;
  event.preventDefault();
  found[2]();
}

/** Show the document around a repeat, or hide it. */
function unfold(index) {
  const repeat = page.repeats[index];
  if (!repeat.where) return;
  repeat.unfolded = !repeat.unfolded;
  refresh([index]);
}

function showHelp() {
  if (!$("keys").open) $("keys").showModal();
}

function fillHelp() {
  $("key-list").replaceChildren(
    ...KEYS.flatMap(([key, words]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, say(words))]),
  );
  const groupsOfKinds = [...new Set(Object.values(page.kinds).map(([group]) => group))];
  $("kinds").replaceChildren(
    ...groupsOfKinds.map((group) => {
      const names = Object.keys(page.kinds).filter((name) => page.kinds[name][0] === group);
      const words = names.map((name) => (kindWords(name) === name ? name : `${kindWords(name)} (${name})`)).join(say("comma"));
      return make("li", {}, make("mark", { class: group }, say(`group-${group}`)), " ", words);
    }),
  );
  $("limits").textContent = say("about-limits", { whole: page.limits[0], differing: page.limits[1] });
}
