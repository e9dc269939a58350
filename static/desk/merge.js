// Two wrote the same field: both texts side by side, and a choice. The rest goes on saving.
"use strict";

(() => {
  const fields = window.deskFields;
  const saving = window.deskAutosave;
  const blank = document.getElementById("merge-blank");
  if (!fields || !saving || !blank) return;
  const open = new Map();

  const SIDES = { mine: ["same", "removed"], theirs: ["same", "added"] };
  function told(field, side) {
    return field.spans
      .filter(([kind]) => SIDES[side].includes(kind))
      .map(([kind, words]) => {
        if (kind === "same") return document.createTextNode(words);
        return Object.assign(document.createElement("ins"), { textContent: words });
      });
  }

  function both(field) {
    const { name } = field;
    const mine = fields.form.elements[name]?.value ?? "";
    if (field.html !== undefined) return union(field);
    if ("checked" in field) return { checked: field.checked || fields.form.elements[name].checked };
    if (fields.editor(name)) return { value: mine + field.value };
    return {
      value: [mine.trim(), String(field.value).trim()]
        .filter(Boolean)
        .join(fields.form.elements[name].tagName === "TEXTAREA" ? "\n" : " "),
    };
  }

  // Both lists as one: theirs in their order, then what only mine has.
  function union(field) {
    const theirs = new DOMParser().parseFromString(field.html, "text/html").querySelector("[data-picker]");
    const rows = theirs.querySelector("[data-rows]");
    const there = new Set([...rows.querySelectorAll("input[type=hidden]")].map((one) => one.value));
    for (const row of fields.picker(field.name).querySelectorAll("[data-rows] > li"))
      if (!there.has(row.querySelector("input[type=hidden]").value)) rows.append(fixed(row.cloneNode(true), row));
    return { html: theirs.outerHTML };
  }

  // A copy of a row, with what was typed and chosen in it written down as markup.
  function fixed(copy, row) {
    const from = row.querySelectorAll("input, select");
    copy.querySelectorAll("input, select").forEach((one, place) => {
      if (one.tagName === "INPUT") one.setAttribute("value", from[place].value);
      else for (const option of one.options) option.toggleAttribute("selected", option.value === from[place].value);
    });
    return copy;
  }

  function choose(field, box, choice) {
    if (choice === "theirs") fields.write(field.name, field);
    if (choice === "both") fields.write(field.name, both(field));
    box.remove();
    open.delete(field.name);
    saving.settled(field);
    const target =
      fields.editor(field.name)?.view.dom ||
      fields.picker(field.name)?.querySelector(".picker-find input") ||
      fields.form.elements[field.name];
    target?.focus();
  }

  document.addEventListener("medigy:conflict", ({ detail: field }) => {
    // Told again by every save: who is about to choose is not disturbed.
    const before = open.get(field.name);
    if (before?.dataset.mark === field.mark) return;
    before?.remove();
    const box = blank.content.firstElementChild.cloneNode(true);
    for (const input of box.querySelectorAll("input[type=radio]")) input.name = `merge-${field.name}`;
    box.dataset.mark = field.mark;
    box.querySelector("[data-label]").textContent = field.label;
    box.querySelector("[data-by]").textContent = field.by;
    box.querySelector("[data-at]").textContent = field.at;
    for (const side of Object.keys(SIDES))
      box.querySelector(`[data-said=${side}]`).replaceChildren(...told(field, side));
    const keep = box.querySelector("[data-keep]");
    const chosen = () => box.querySelector("input:checked").value;
    box.addEventListener("change", () => {
      keep.textContent = keep.dataset[chosen()];
    });
    keep.addEventListener("click", () => choose(field, box, chosen()));
    box.addEventListener("keydown", (event) => {
      const pick =
        window.deskKeys.isFree(event, box) &&
        box.querySelector(`input[value=${{ 1: "mine", 2: "theirs", 3: "both" }[event.key]}]`);
      if (pick) {
        pick.checked = true;
        pick.focus();
        box.dispatchEvent(new Event("change"));
      }
      if (event.key === "Enter" && event.target.type === "radio") {
        event.preventDefault();
        keep.click();
      }
    });
    // Choices are not part of the form that is saved.
    box.addEventListener("input", (event) => event.stopPropagation());
    box.addEventListener("change", (event) => event.stopPropagation());
    (fields.row(field.name) || fields.form).after(box);
    open.set(field.name, box);
  });
})();
