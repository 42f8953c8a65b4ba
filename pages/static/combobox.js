// A search box with a list under it: arrows move, Enter chooses, Esc closes. Results come by htmx.
//   <div data-combo="form id"> <input role="combobox" hx-get=… hx-target="#list"> <div id="list" role="listbox" hidden></div></div>
// Choosing submits that form with the option's data-code as `add`; an option with data-into is a heading: choosing it
// looks for what begins so. → shows data-about of the selected option in the peek.

import { closePeek, peek } from "./page.js";

let waiting = false; // Enter came before the results
const chosen = []; // codes not sent yet: a form that waits for its last answer sends one after the other

const parts = (element) => {
  const box = element.closest("[data-combo]");
  return box && { box, input: box.querySelector("[role=combobox]"), list: box.querySelector("[role=listbox]") };
};
const optionsOf = (list) => [...list.querySelectorAll("[role=option]")];
const selectedIn = (list) => list.querySelector("[aria-selected=true]");

function select({ input, list }, option) {
  for (const other of optionsOf(list)) other.setAttribute("aria-selected", String(other === option));
  if (!option) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function showAbout({ list }) {
  const url = selectedIn(list)?.dataset.about;
  if (!url) return;
  peek().hidden = false;
  window.htmx.ajax("GET", url, { target: "#peek", swap: "innerHTML" });
}

function close({ input, list }) {
  if (!list.hidden) closePeek();
  window.htmx.trigger(input, "htmx:abort");
  list.replaceChildren();
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  waiting = false;
}

function choose(combo, option) {
  if (option.dataset.into) {
    combo.input.value = option.dataset.into;
    combo.input.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  const form = document.getElementById(combo.box.dataset.combo);
  chosen.push(option.dataset.code);
  form.requestSubmit();
  combo.input.value = "";
  close(combo);
  combo.input.focus();
}

function move(combo, step) {
  const options = optionsOf(combo.list);
  const at = options.indexOf(selectedIn(combo.list));
  if (!options.length) return;
  select(combo, options[(at + step + options.length) % options.length]);
  if (!peek().hidden) showAbout(combo);
}

const atEnd = (input) => input.selectionStart === input.value.length && input.selectionEnd === input.value.length;

function onKey(event) {
  const combo = event.target.matches("[role=combobox]") && parts(event.target);
  if (!combo) return;
  if (event.key === "ArrowDown") move(combo, 1);
  else if (event.key === "ArrowUp") move(combo, -1);
  else if (event.key === "ArrowRight" && atEnd(combo.input) && selectedIn(combo.list)) showAbout(combo);
  else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
    const option = selectedIn(combo.list);
    if (option && combo.list.dataset.for === combo.input.value) choose(combo, option);
    else waiting = combo.input.value !== "";
  } else if (event.key === "Escape" && !peek().hidden) closePeek();
  else if (event.key === "Escape" && !combo.list.hidden) close(combo);
  else return;
  event.preventDefault();
}

/** New results: the first is selected; an Enter that came too early takes it when it is the only or the exact one. */
function onResults(event) {
  const combo = event.detail.target.matches?.("[role=listbox]") && parts(event.detail.target);
  if (!combo) return;
  const options = optionsOf(combo.list);
  combo.list.hidden = combo.list.childElementCount === 0;
  combo.list.dataset.for = combo.input.value;
  combo.input.setAttribute("aria-expanded", String(!combo.list.hidden));
  select(combo, options[0]);
  const typed = combo.input.value.trim().toUpperCase().replace(".", "");
  const exact = options.find((option) => option.dataset.code.replace(".", "") === typed);
  if (waiting && (exact || options.length === 1)) choose(combo, exact ?? options[0]);
  waiting = false;
}

const feeds = (form) => document.querySelector(`[data-combo="${CSS.escape(form.id ?? "")}"]`);

document.addEventListener("htmx:configRequest", (event) => {
  if (chosen.length && feeds(event.detail.elt)) event.detail.parameters.add = chosen.shift();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (chosen.length && feeds(event.detail.elt)) event.detail.elt.requestSubmit();
});
document.addEventListener("keydown", onKey, true);
document.addEventListener("htmx:afterSwap", onResults);
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-combo] [role=option]")) event.preventDefault(); // the box keeps the focus
});
document.addEventListener("click", (event) => {
  const option = event.target.closest("[data-combo] [role=option]");
  if (option) choose(parts(option), option);
});
