// Language and theme, and the beginning.

function speak(language) {
  view.language = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = `${say("title")} – dedupe-cn ${page.version}`;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  $("language").textContent = say("language");
  $("language").setAttribute("aria-label", say("language-label"));
  $("told").textContent = "";
  fillSummary();
  fillFilters();
  fillDocuments();
  fillHelp();
  tellCount();
  tellDone();
  dress(view.theme);
  refresh(withElements());
  if (chosen.plotted) plot(...chosen.plotted);
}

function dress(theme) {
  view.theme = theme;
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  $("theme").textContent = say(`theme-${theme}`);
}

function nextTheme() {
  dress({ auto: "dark", dark: "light", light: "auto" }[view.theme]);
}

/** Follow the address: `#lang=zh&theme=dark&repeat=3`, each part as wished. */
function follow() {
  const wishes = new URLSearchParams(location.hash.slice(1));
  if (["zh", "en"].includes(wishes.get("lang"))) speak(wishes.get("lang"));
  if (["auto", "light", "dark"].includes(wishes.get("theme"))) dress(wishes.get("theme"));
  if (wishes.has("repeat")) jump(Math.min(Math.max(0, Number(wishes.get("repeat")) - 1 || 0), page.repeats.length - 1));
}

// ---- begin

/** On a narrow window documents and filters fold up, so that the repeats come first. */
function fold(narrow) {
  for (const id of ["overview", "filtering"]) $(id).open = !narrow.matches;
}

function begin() {
  const narrow = matchMedia("(max-width: 1000px)");
  fold(narrow);
  narrow.addEventListener("change", fold);
  list.act = act;
  list.moved = (index) => plot(page.repeats[index].d, index);
  const restored = restore();
  $("page").hidden = false;
  speak(view.language);
  filter();
  if (!page.repeats.length && page.documents.length) plot(null, -1);
  follow();
  if (restored) $("told").textContent = say("restored", { n: restored });

  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("change", (event) => event.target.localName === "select" && filter());
  filters.addEventListener("input", (event) => event.target.localName === "input" && filter());
  $("all-again").addEventListener("click", resetFilters);
  $("list").addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (!card) return;
    const position = list.shown.indexOf(Number(card.dataset.index));
    if (position !== list.current) goTo(position, { focus: false });
    // The bar must not cover what the keyboard has reached; a click stays where it is.
    if (event.target.matches(":focus-visible")) event.target.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
  $("all-documents").addEventListener("click", () => chooseDocument(null));
  $("more-documents").addEventListener("click", () => {
    chosen.listed += MORE_DOCUMENTS;
    fillDocuments();
  });
  $("language").addEventListener("click", () => speak(view.language === "zh" ? "en" : "zh"));
  $("theme").addEventListener("click", nextTheme);
  $("help").addEventListener("click", showHelp);
  $("keys-on").addEventListener("change", () => (view.keys = $("keys-on").checked));
  $("export").addEventListener("click", exportVerdicts);
  $("all-accept").addEventListener("click", () => actOnAll(REMOVE));
  $("all-reject").addEventListener("click", () => actOnAll(KEEP));
  $("undo").addEventListener("click", undo);
  $("forget").addEventListener("click", forget);
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", fillForPrint);
  window.addEventListener("afterprint", emptyAfterPrint);
  window.addEventListener("beforeunload", (event) => {
    if (!exported && memory.get(visit) === null) event.preventDefault();
  });
  document.documentElement.dataset.ready = "";
}

begin();
