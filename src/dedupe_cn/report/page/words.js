// Words, and elements made of them. Text reaches the page as text nodes only.

const page = JSON.parse(document.getElementById("data").textContent);
const view = { language: page.language, theme: "auto", keys: true };
const $ = (id) => document.getElementById(id);

/** Fill a sentence: {n} is a value, {n:s} an English plural s. */
function fill(sentence, values) {
  return sentence.replace(/\{(\w+)(:s)?\}/g, (whole, name, plural) => {
    const value = values[name];
    if (plural) return value === 1 ? "" : "s";
    return typeof value === "number" ? value.toLocaleString("en-US") : String(value);
  });
}

function say(key, values = {}) {
  return fill(page.words[key][view.language === "zh" ? 1 : 0], values);
}

/** Say why a repeat goes or stays; a value that is a word is there in both languages. */
function reason([code, ...values]) {
  const own = view.language === "zh" ? 1 : 0;
  return fill(page.reasons[code][own], values.map((value) => (Array.isArray(value) ? value[own] : value)));
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, call] of Object.entries(value)) element.addEventListener(event, call);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Percent as the text report gives it: never rounded up to 100. */
function percent(score) {
  return Math.floor(score * 1000) / 10;
}

/** Write a stretch of text that must not take its direction from what stands around it. */
function quoted(text, name = "bdi") {
  return make(name, {}, text);
}

/** Keep something for the next visit, where the browser lets a page from a disk do so. */
const memory = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(`dedupe-cn:${key}`));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(`dedupe-cn:${key}`);
      else localStorage.setItem(`dedupe-cn:${key}`, JSON.stringify(value));
    } catch {
      // private windows and full disks: the verdicts still stand in the page
    }
  },
};
