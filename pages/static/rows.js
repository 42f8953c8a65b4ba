// Rows of a list: the cursor (roving tabindex), picks with the bulk bar, the peek, evidence.
// A row is any element with data-row; its id keeps the cursor on it when the server sends it anew.

let cursorId = "";
let cursorIndex = 0;
let lastPicked = null;

const all = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
const picks = () => [...document.querySelectorAll("input[name=pick]")];
const placeKey = () => `cursor:${location.pathname}`;

export const cursor = () => document.querySelector("[data-row].cur");
export const bulkBar = () => document.getElementById("bulk");

/** Buttons in the note rows that belong to the cursor row (a fix under its line). */
export function notesOf(area, selector) {
  const note = area.matches?.("tr[data-row]") ? area.nextElementSibling : null;
  return note?.matches("tr.note") ? note.querySelectorAll(selector) : [];
}

function setCursor(row, focus) {
  for (const other of document.querySelectorAll("[data-row]")) {
    other.classList.toggle("cur", other === row);
    other.tabIndex = other === row ? 0 : -1;
  }
  if (!row) return;
  cursorId = row.id;
  cursorIndex = all().indexOf(row);
  if (row.id) sessionStorage.setItem(placeKey(), row.id);
  if (focus) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  light(row.dataset.evidence);
}

export function move(step) {
  const rows = all();
  if (!rows.length) return;
  const at = rows.indexOf(cursor());
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
  setCursor(rows[next], true);
  if (!peekPanel().hidden) loadPeek();
}

/** Enter: the row's own Enter button, or its page. */
export function open(button) {
  const row = cursor();
  const own = row.querySelector('[data-key="Enter"]') ?? notesOf(row, '[data-key="Enter"]')[0] ?? (row.dataset.row ? null : button ?? row.querySelector("a, button"));
  if (own) own.click();
  else if (row.dataset.row) location.assign(row.dataset.row);
}

// Picks -----------------------------------------------------------------------

const boxOf = (row) => row?.querySelector("input[name=pick]");

export function pick() {
  const box = boxOf(cursor());
  if (box) box.click();
}

export function pickRange() {
  const boxes = picks();
  const to = boxes.indexOf(boxOf(cursor()));
  const from = Math.max(boxes.indexOf(lastPicked), 0);
  if (to < 0) return;
  for (const box of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) box.checked = true;
  recount();
}

export function unpickAll() {
  const picked = picks().filter((box) => box.checked);
  for (const box of picked) box.checked = false;
  recount();
  return picked.length > 0;
}

/** Cents as whole numbers: money is never a float. */
function cents(amount) {
  const [, sign, whole, part = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount ?? "") ?? [];
  if (whole === undefined) return 0n;
  const value = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0"));
  return sign ? -value : value;
}

function dollars(value) {
  const size = value < 0n ? -value : value;
  const whole = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value < 0n ? "\u2212" : ""}$${whole}.${(size % 100n).toString().padStart(2, "0")}`;
}

export function recount() {
  const boxes = picks();
  const picked = boxes.filter((box) => box.checked);
  const head = document.querySelector("[data-pick-all]");
  if (head) {
    head.checked = picked.length > 0 && picked.length === boxes.length;
    head.indeterminate = picked.length > 0 && picked.length < boxes.length;
  }
  const bar = bulkBar();
  if (!bar) return;
  const amounts = picked.map((box) => box.closest("[data-row]")?.dataset.amount).filter((a) => a !== undefined);
  const needs = picked.map((box) => box.closest("[data-row]")?.dataset.needs).filter(Boolean);
  for (const choice of bar.querySelectorAll("[data-may]")) {
    const may = choice.dataset.may.split(" ");
    choice.hidden = !needs.every((need) => may.includes(need));
  }
  bar.hidden = picked.length === 0;
  document.getElementById("foot").hidden = picked.length > 0;
  bar.querySelector("[data-bulk-n]").textContent = picked.length;
  bar.querySelector("[data-bulk-sum]").textContent = amounts.length ? dollars(amounts.map(cents).reduce((a, b) => a + b, 0n)) : "";
  for (const button of bar.querySelectorAll("[data-bulk-label]"))
    button.firstElementChild.textContent = button.dataset.bulkLabel.replace("#", picked.length);
}

/** A verb of the bulk bar pressed while nothing is picked acts on the cursor row. */
export function actOnCursor(key, press) {
  const button = bulkBar()?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const box = boxOf(cursor());
  if (!button || !box) return false;
  box.checked = true;
  recount();
  press(button);
  return true;
}

// Peek ------------------------------------------------------------------------

const peekPanel = () => document.getElementById("peek");

function loadPeek() {
  const url = cursor()?.dataset.peek;
  if (!url) return;
  peekPanel().hidden = false;
  window.htmx.ajax("GET", url, { target: "#peek", swap: "innerHTML" });
}

export function togglePeek() {
  if (peekPanel().hidden) loadPeek();
  else peekPanel().hidden = true;
}

// Evidence ----------------------------------------------------------------------

function light(code) {
  if (code === undefined) return;
  for (const mark of document.querySelectorAll("mark[data-for]"))
    mark.classList.toggle("on", mark.dataset.for.split(" ").includes(code));
}

// Start, and keep the cursor through swaps ----------------------------------------

function settle() {
  const rows = all();
  const lost = document.activeElement === document.body;
  const row = document.getElementById(cursorId) ?? rows[Math.min(cursorIndex, rows.length - 1)];
  if (row?.matches("[data-row]") && !(row.classList.contains("cur") && row.tabIndex === 0)) setCursor(row, lost);
  else if (lost && row?.matches("[data-row]")) row.focus({ preventScroll: true });
  recount();
}

export function start() {
  const kept = document.getElementById(sessionStorage.getItem(placeKey()) ?? "");
  const first = cursor() ?? (kept?.matches("[data-row]") ? kept : all()[0]);
  if (first) setCursor(first, false);
  if (kept && kept === first) kept.scrollIntoView({ block: "nearest" });
  recount();
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) for (const box of picks()) box.checked = event.target.checked;
    if (event.target.matches("[name=pick]")) lastPicked = event.target;
    if (event.target.matches("[name=pick], [data-pick-all]")) recount();
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || event.target.closest("a, button, input, label, select, textarea, summary")) return;
    if (window.getSelection()?.toString()) return;
    if (row === cursor()) togglePeek();
    setCursor(row, true);
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && row !== cursor()) setCursor(row, false);
  });
  document.addEventListener("htmx:afterSettle", settle);
}
