// Lists of things in their order: find, add, move up, take out. Without this script the ticks and the box still work.
"use strict";

// A box that opens what matches while one types: arrows, Enter and the mouse choose; Escape closes.
function finder(input, url, choose, enter) {
  const list = document.createElement("ul");
  list.className = "choices";
  list.id = `${input.id || input.name}-choices`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "What matches");
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) input.setAttribute(name, value);
  let found = [], at = -1, asked = 0, waiting;

  const close = () => { list.hidden = true; found = []; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = (place) => {
    at = place;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
  };
  const take = (thing) => { close(); choose(thing); };
  const show = (things) => {
    found = things;
    list.replaceChildren(...things.map((thing, index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      item.textContent = thing.text;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(thing); });
      return item;
    }));
    list.hidden = things.length === 0;
    input.setAttribute("aria-expanded", String(things.length > 0));
    mark(things.length ? 0 : -1);
  };
  const ask = async () => {
    const term = input.value.trim(), mine = ++asked;
    if (!term) return close();
    const answer = await fetch(`${url}&term=${encodeURIComponent(term)}`, { headers: { Accept: "application/json" } });
    if (mine === asked && answer.ok) show((await answer.json()).results);
  };

  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) { event.preventDefault(); mark((at + step + found.length) % found.length); }
    else if (event.key === "Enter" && found.length && at >= 0) { event.preventDefault(); take(found[at]); }
    else if (event.key === "Enter" && enter && input.value.trim() && "autosaves" in document.documentElement.dataset) { event.preventDefault(); enter(); }
    else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); close(); }
  });
}

// Wakes one list. What is entered without being chosen (a link, a pasted list of names) is looked up on saving.
window.deskPicker = (picker) => {
  const rows = picker.querySelector("[data-rows]");
  const blank = picker.querySelector("template").content.firstElementChild;
  const input = picker.querySelector(".picker-find input");
  const changed = () => {
    input.dispatchEvent(new Event("input", { bubbles: true }));
    document.dispatchEvent(new CustomEvent("medigy:picked", { detail: { name: picker.dataset.picker } }));
  };
  const enter = () => document.dispatchEvent(new CustomEvent("medigy:entered", { detail: { name: picker.dataset.picker } }));
  const wake = (row) => {
    row.querySelector("[data-do]").hidden = false;
    row.querySelector("[data-gone]")?.remove();
    row.querySelector("[data-up]").addEventListener("click", () => { row.previousElementSibling?.before(row); row.querySelector("[data-up]").focus(); changed(); });
    row.querySelector("[data-out]").addEventListener("click", () => { row.remove(); input.focus(); changed(); });
  };
  [...rows.children].forEach(wake);
  if (picker.dataset.url) finder(input, picker.dataset.url, (thing) => {
    input.value = "";
    if (![...rows.querySelectorAll("input[type=hidden]")].some((one) => one.value === thing.id)) {
      const row = blank.cloneNode(true);
      row.querySelector("input[type=hidden]").value = thing.id;
      row.querySelector("[data-label]").textContent = thing.text;
      wake(row);
      rows.append(row);
    }
    changed();
  }, enter);
};
for (const picker of document.querySelectorAll("[data-picker]")) window.deskPicker(picker);

for (const form of document.querySelectorAll("[data-picker-single]")) {
  const input = form.querySelector("input[type=search]");
  finder(input, form.dataset.url, (thing) => { input.value = thing.text; form.requestSubmit(); });
}
