// The keyboard of every page. One rule: a key clicks (or focuses) the element that declares it.
//   <button data-key="S">  <input data-key="C">  data-key="Ctrl+Enter"  data-key="]"  data-key="Esc"
// Rows, picks and the peek live in rows.js; toasts, dialogs, cells and answers of the server in page.js.

import * as rows from "./rows.js";
import * as page from "./page.js";

const singleKeys = () => document.documentElement.dataset.keys !== "off";
const GO_WAIT_MS = 1500;
let goUntil = 0;

/** The key as data-key writes it: letters upper case, Space, Esc, Ctrl+Enter. */
function nameOf(event) {
  let name = event.key;
  if (name === " ") name = "Space";
  else if (name === "Escape") name = "Esc";
  else if (name.length === 1) name = name.toUpperCase();
  return (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + name;
}

function isTyping(target) {
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

/** The element that answers a key: dialog, toast for undo, bulk bar, peek, cursor row, page. Digits work in every row. */
function answering(key) {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const dialog = document.querySelector("dialog[open]");
  if (dialog) return firstUsable(dialog.querySelectorAll(selector));
  const areas = [rows.bulkBar(), page.peek(), rows.cursor()].filter((area) => area && !area.hidden);
  for (const area of areas) {
    const found = firstUsable(area.querySelectorAll(selector)) ?? firstUsable(rows.notesOf(area, selector));
    if (found) return found;
  }
  const digit = /^[1-9]$/.test(key);
  const elsewhere = [...document.querySelectorAll(selector)].filter((e) => digit || !e.closest("[data-row]"));
  return firstUsable(elsewhere);
}

function firstUsable(elements) {
  return [...elements].find((e) => !e.disabled && e.checkVisibility({ visibilityProperty: true }));
}

function press(element) {
  if (element.matches("input:not([type=checkbox]), textarea, select")) {
    element.focus();
    element.select?.();
    return;
  }
  element.click();
  if (element.matches("summary")) element.parentElement.querySelector("button, input, a")?.focus();
}

/** Keys with a meaning of their own when no element on the page declares them. */
const defaults = {
  J: () => rows.move(1),
  K: () => rows.move(-1),
  X: () => rows.pick(),
  E: () => page.editFirst(rows.cursor()),
  R: () => page.toggleRaw(),
  V: () => page.nextView(),
  G: () => (goUntil = Date.now() + GO_WAIT_MS),
};

function go(key) {
  goUntil = 0;
  const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  link?.click();
  return Boolean(link);
}

function escape(event) {
  if (document.querySelector("dialog[open]")) return; // the browser closes it
  const done =
    page.closeMenu() || page.restoreCell(event.target) || page.leaveField(event.target) ||
    page.closePeek() || rows.unpickAll() || page.clearToast();
  if (!done) answering("Esc")?.click();
}

function onRow(event) {
  return event.target === document.body || event.target.matches("main, [data-row]");
}

/** What a key does that is no character, so that it stays when single keys are off. Returns true when it was used. */
function controlKey(event, key) {
  if (key === "Ctrl+Enter" && answering(key)) return press(answering(key)), true;
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (key === "Backspace" && answering(key)) return press(answering(key)), true;
  if (!onRow(event) || !rows.cursor() || document.querySelector("dialog[open]")) return false;
  if (key === "Enter") return rows.open(answering("Enter")), true;
  if (key === "Space") return rows.togglePeek(), true;
  if (event.target.matches("[data-row]") && ["ArrowDown", "ArrowUp"].includes(key))
    return rows.move(key === "ArrowDown" ? 1 : -1), true;
  return false;
}

function characterKey(event, key) {
  if (!singleKeys() || isTyping(event.target) || key.length !== 1) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (Date.now() < goUntil && go(key)) return true;
  if (key === "X" && event.shiftKey && !document.querySelector("dialog[open]")) return rows.pickRange(), true;
  const element = answering(key);
  if (element) return press(element), true;
  if (document.querySelector("dialog[open]")) return false;
  if (rows.actOnCursor(key, press)) return true;
  if (!defaults[key]) return false;
  defaults[key]();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || !event.key) return;
  const key = nameOf(event);
  if (key === "Esc") return escape(event);
  if (page.saveCell(event, key)) return event.preventDefault();
  if (controlKey(event, key) || characterKey(event, key)) event.preventDefault();
});

rows.start();
page.start();
