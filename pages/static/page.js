// The rest of a page's behaviour: cells edited in place, toasts, dialogs, menus, raw X12, answers of the server.

export const peek = () => document.getElementById("peek");

// Cells -------------------------------------------------------------------------

/** Enter in a cell saves: leaving the field fires the change that htmx sends. */
export function saveCell(event, key) {
  if (key !== "Enter" || !event.target.matches("input.cell")) return false;
  event.target.blur();
  return true;
}

export function restoreCell(target) {
  if (!target.matches("input.cell")) return false;
  target.value = target.defaultValue;
  target.blur();
  return true;
}

export function leaveField(target) {
  if (!target.matches("input:not([type=checkbox]), textarea, select")) return false;
  target.blur();
  target.closest("[data-row]")?.focus();
  return true;
}

/** E: the field that is wrong, else the first field, of the cursor row, else of the page. */
export function editFirst(row) {
  for (const area of [row, document.getElementById("main")]) {
    const cell = area?.querySelector("input.cell[aria-invalid=true]") ?? area?.querySelector("input.cell");
    if (cell) {
      cell.focus();
      cell.select();
      return true;
    }
  }
  return false;
}

// Things that open and close -------------------------------------------------------

export function closeMenu() {
  const menu = [...document.querySelectorAll("details[open]:is(.combo, .facet > *)")].pop();
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary").focus();
  return true;
}

export function closePeek() {
  const panel = peek();
  if (panel.hidden) return false;
  panel.hidden = true;
  return true;
}

export function clearToast() {
  const region = document.getElementById("toasts");
  const some = region.childElementCount > 0;
  region.replaceChildren();
  return some;
}

export function toggleRaw() {
  const raw = [...document.querySelectorAll("details.raw")];
  const open = raw.some((one) => !one.open);
  for (const one of raw) one.open = open;
}

export function nextView() {
  const links = [...document.querySelectorAll(".head .views a")].filter((a) => a.checkVisibility() && !a.matches(".mute"));
  const at = links.findIndex((a) => a.getAttribute("aria-current"));
  links[(at + 1) % links.length]?.click();
}

function onClick(event) {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.dialog).showModal();
  }
  if (event.target.closest("[data-print]")) print();
  if (event.target.closest("[data-close]")) {
    event.target.closest("dialog")?.close();
    if (event.target.closest("#peek")) closePeek();
  }
  const toggle = event.target.closest("[data-toggle]");
  if (toggle) {
    const matches = document.querySelectorAll(toggle.dataset.toggle);
    const hide = [...matches].some((one) => !one.hidden);
    for (const one of matches) one.hidden = hide;
    toggle.setAttribute("aria-pressed", String(!hide));
  }
  for (const menu of document.querySelectorAll("details.combo[open], .facet details[open]"))
    if (!menu.contains(event.target)) menu.open = false;
}

// Answers of the server -------------------------------------------------------------

const REFUSALS = {
  403: "Your role does not include this. Nothing was changed.",
  404: "It is not there any more. Nothing was changed.",
  409: "Somebody changed it first, so your change was not made. Reload to see theirs.",
  429: "Too many requests. Wait a minute.",
};

function stopShape() {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  shape.setAttribute("class", "s stop");
  shape.setAttribute("aria-hidden", "true");
  use.setAttribute("href", "#s-stop");
  shape.append(use);
  return shape;
}

function say(text) {
  const box = document.createElement("div");
  const words = document.createElement("span");
  box.className = "msg bad";
  words.textContent = text;
  box.append(stopShape(), words);
  document.getElementById("flash").replaceChildren(box);
}

function onRefusal(event) {
  if (event.detail.elt?.matches?.("[data-quiet]")) return; // it asks again by itself
  const code = event.detail.xhr?.status ?? 0;
  if (!code) say("No answer from the server. Check the connection and try again.");
  else say(REFUSALS[code] ?? "The server could not finish. Nothing was changed.");
}

/** A log-in page instead of a fragment means the session ended: show it whole. */
function onAnswer(event) {
  const login = document.body.dataset.login;
  const { xhr } = event.detail;
  if (login && xhr.responseURL && new URL(xhr.responseURL).pathname === login) {
    event.detail.shouldSwap = false;
    location.reload();
  }
}

/** The last toast stays until the next action: a new write clears it, and any message that stood. `data-quiet` is none. */
function onRequest(event) {
  if (event.detail.requestConfig.verb === "get" || event.detail.elt.matches("[data-quiet]")) return;
  clearToast();
  document.getElementById("flash").replaceChildren();
}

function onSwapped(event) {
  const dialog = document.getElementById("dialog");
  if (event.detail.target !== dialog) return;
  if (dialog.childElementCount && !dialog.open) {
    for (const menu of document.querySelectorAll("details.combo[open]")) menu.open = false;
    dialog.showModal();
  } else if (!dialog.childElementCount && dialog.open) dialog.close();
}

/** A form sent from the dialog whose answer lands elsewhere has done its work. */
function onDone(event) {
  const dialog = document.getElementById("dialog");
  if (!event.detail.successful || !dialog.open) return;
  if (dialog.contains(event.detail.elt) && event.detail.target !== dialog && !dialog.contains(event.detail.target)) dialog.close();
}

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:beforeSwap", onAnswer);
  document.addEventListener("htmx:beforeRequest", onRequest);
  document.addEventListener("htmx:afterSwap", onSwapped);
  document.addEventListener("htmx:afterRequest", onDone);
  document.addEventListener("htmx:responseError", onRefusal);
  document.addEventListener("htmx:sendError", onRefusal);
}
