// A form that saves itself keeps what is typed while its answer is under way: the answer replaces the fields,
// and every field that was edited after the request left gets its text back and is sent in turn. What was selected
// stays selected, or the next key would be put before the old text instead of replacing it.

let sent = new Map();
let later = [];
let held; // the field that somebody is in, with what is selected there

const cells = (area) => [...area.querySelectorAll("input.cell[id]")];

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt.closest?.("form[hx-sync]"); // it, or a button in it that asks for something else
  if (form) sent = new Map(cells(form).map((cell) => [cell.id, cell.value]));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (!target.closest?.("form[hx-sync]")) return;
  later = cells(target).filter((cell) => sent.has(cell.id) && cell.value !== sent.get(cell.id));
  later = later.map((cell) => ({ id: cell.id, value: cell.value }));
  const cell = document.activeElement;
  held = target.contains(cell) && cell.matches("input.cell[id]") ? [cell.id, cell.selectionStart, cell.selectionEnd] : undefined;
});

document.addEventListener("htmx:afterSwap", () => {
  for (const { id, value } of later) {
    const cell = document.getElementById(id);
    if (!cell) continue;
    cell.value = value;
    cell.dataset.later = "";
  }
  later = [];
  const active = document.activeElement;
  if (held && active.id === held[0]) active.setSelectionRange(held[1], held[2]); // htmx drops one that begins at 0
  held = undefined;
});

/** The browser tells of a change only when a person made it in this very field: one put back here tells itself. */
document.addEventListener("focusout", (event) => {
  const cell = event.target;
  if (!cell.matches("input.cell[data-later]")) return;
  delete cell.dataset.later;
  if (cell.value !== cell.defaultValue) cell.dispatchEvent(new Event("change", { bubbles: true }));
});
