// The note beside the codes: a code lights its words (by cursor in rows.js, by mouse here), E walks through them,
// a marked word leads to its code, and words selected in the note go into the search box.

import { cursor } from "./rows.js";

const SIGN_EVERY_MS = 15000; // how often the page says that somebody is here
const AWAY_AFTER_MS = 120000; // without a key or a move: no signs, so that the session can end by itself

const marksOf = (key) => [...document.querySelectorAll("mark[data-for]")].filter((m) => m.dataset.for.split(" ").includes(key));

function light(key) {
  for (const mark of document.querySelectorAll("mark.on")) mark.classList.remove("on");
  for (const mark of key ? marksOf(key) : []) mark.classList.add("on");
}

let hovered; // the key of the row under the mouse, which goes before the cursor's
const lightCurrent = () => light(hovered ?? cursor()?.dataset.evidence);

let walked = "";
let at = -1;

/** E: the next words of the code under the cursor; without a cursor, the next words of any code. */
function nextEvidence() {
  const key = cursor()?.dataset.evidence ?? "";
  const marks = key ? marksOf(key) : [...document.querySelectorAll("mark[data-for]:not(.held)")];
  if (!marks.length) return;
  at = key === walked ? (at + 1) % marks.length : 0;
  walked = key;
  for (const mark of document.querySelectorAll("mark.here")) mark.classList.remove("here");
  marks[at].classList.add("here");
  marks[at].scrollIntoView({ block: "center" });
}

/** The row of a mark's first code gets the cursor. */
function toCode(mark) {
  const row = document.querySelector(`[data-row][data-evidence="${CSS.escape(mark.dataset.for.split(" ")[0])}"]`);
  row?.closest("details")?.setAttribute("open", "");
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

/** Selected words of the note, as a search: C and Enter add what they find. */
function searchSelected() {
  const selection = window.getSelection();
  const note = document.getElementById("note");
  const box = document.getElementById("cs");
  if (!box || !selection?.rangeCount || !note.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0).cloneRange();
  if (!note.contains(range.endContainer)) range.setEndAfter(note.lastElementChild); // a whole last line reaches beyond
  const words = wordsOf(range);
  if (words.length < 2 || words === box.value) return;
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The words without the letters that stand behind evidence. */
function wordsOf(range) {
  const part = range.cloneContents();
  for (const tag of part.querySelectorAll("sup")) tag.remove();
  return part.textContent.replace(/\s+/g, " ").trim().slice(0, 80);
}

let moved = Date.now();

function sign() {
  const presence = document.getElementById("presence");
  if (presence && !document.hidden && Date.now() - moved < AWAY_AFTER_MS) window.htmx.trigger(presence, "here");
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-next-evidence]")) nextEvidence();
  const mark = event.target.closest("mark[data-for]");
  if (mark && !window.getSelection()?.toString()) toCode(mark);
});
document.addEventListener("mouseover", (event) => {
  const key = event.target.closest("[data-evidence]")?.dataset.evidence;
  if (key === hovered) return;
  hovered = key;
  lightCurrent();
});
document.addEventListener("mouseup", searchSelected);
document.addEventListener("keyup", (event) => event.shiftKey && searchSelected());
document.addEventListener("htmx:afterSettle", lightCurrent);
for (const kind of ["keydown", "mousemove", "scroll"])
  document.addEventListener(kind, () => (moved = Date.now()), { passive: true, capture: true });
setInterval(sign, SIGN_EVERY_MS);
