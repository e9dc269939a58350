// The fields of a brief's form by name: plain boxes, ticks, ordered lists and the writing field, read and written alike.
"use strict";

window.deskFields = (() => {
  const form = document.getElementById("article_form");
  if (!form?.elements.edit) return null;
  const own = new Set(["csrfmiddlewaretoken", "edit", "seen"]);
  const editors = new Map();
  form.addEventListener("prose-editor:ready", (event) => editors.set(event.detail.textarea.name, event.detail.editor));

  const picker = (name) => form.querySelector(`[data-picker="${CSS.escape(name)}"]`);
  const row = (name) => form.querySelector(`.field-${CSS.escape(name)}`);
  const names = () => {
    const lists = [...form.querySelectorAll("[data-picker]")].map((list) => list.dataset.picker);
    const plain = [...form.elements].filter(
      (one) => one.name && !one.closest("[data-picker]") && one.type !== "submit" && !own.has(one.name),
    );
    return [...new Set([...plain.map((one) => one.name), ...lists])];
  };

  // What a field holds, as one string that can be compared.
  function value(name) {
    const list = picker(name);
    if (list)
      return JSON.stringify(
        [...list.querySelectorAll("[data-rows] :is(input:not([type=checkbox]), select)")].map((one) => [
          one.name,
          one.value,
        ]),
      );
    const box = form.elements[name];
    return box?.type === "checkbox" ? String(box.checked) : (box?.value.trim() ?? "");
  }

  // Put in a field what the server says it holds: `value`, `checked`, or for a list its HTML.
  function write(name, given) {
    const list = picker(name);
    if (list) {
      const held = list.contains(document.activeElement);
      const half = list.querySelector(".picker-find input")?.value;
      const next = new DOMParser().parseFromString(given.html, "text/html").querySelector("[data-picker]");
      list.replaceWith(next);
      window.deskPicker(next);
      const box = next.querySelector(".picker-find input"); // where lists may be typed, it is a box only now
      if (box && half) box.value ||= half; // what was half typed in the box is nobody's but this person's
      if (held) box?.focus();
      list.dispatchEvent(new CustomEvent("medigy:replaced", { detail: next }));
      return;
    }
    const box = form.elements[name];
    if (!box) return;
    if (box.type === "checkbox") box.checked = given.checked;
    else box.value = given.value;
    editors.get(name)?.commands.setContent(given.value, { emitUpdate: false });
    document.dispatchEvent(new CustomEvent("medigy:written", { detail: { name } }));
  }

  // The form as it is sent. What is half typed in a list's box stays there, unless it was entered.
  function entries(typed = "") {
    const data = new FormData(form);
    for (const name of [...data.keys()])
      if (name === "csrfmiddlewaretoken" || (name.endsWith("-add") && name !== `${typed}-add`)) data.delete(name);
    return [...data.entries()]
      .filter(([, held]) => typeof held === "string")
      .map(([name, held]) => [name, held.replaceAll("\0", "")]);
  }

  // Go to where a field is typed in, whatever it is folded into.
  function focus(name) {
    const target =
      editors.get(name)?.view.dom ?? picker(name)?.querySelector(".picker-find input") ?? form.elements[name];
    for (
      let fold = target?.closest("details:not([open])");
      fold;
      fold = fold.parentElement.closest("details:not([open])")
    )
      fold.open = true;
    target?.focus();
  }

  const label = (name) => (row(name)?.querySelector("label, legend")?.textContent || name).trim();
  const editor = (name) => editors.get(name);
  return { form, names, value, write, entries, focus, label, row, editor, picker };
})();
