// While the source is read: show how far it is, read it from here where no worker is, and put what it offers into fields.
"use strict";

const harvest = document.getElementById("harvest");
const articleForm = document.getElementById("article_form");

if (harvest && articleForm) {
  let panel = harvest;
  let touched = false;
  let asked = false;
  let last = false;
  articleForm.addEventListener("input", () => {
    touched = true;
    hideWhatStands();
  });

  const isBusy = () => panel.dataset.state === "waiting" || panel.dataset.state === "reading";

  // What was filled while somebody writes appears where they wrote nothing; saved it is already.
  function showFilled() {
    for (const filled of panel.querySelectorAll("[data-taken]")) {
      const field = articleForm.elements[filled.dataset.use];
      if (!field || field.value.trim()) continue;
      if (window.deskFields) window.deskFields.write(filled.dataset.use, { value: filled.dataset.value });
      else field.value = filled.dataset.value;
    }
    hideWhatStands();
  }

  // A field for an hour leaves out seconds that are none.
  function stands(field, value) {
    return field.value === (field.type === "datetime-local" ? value.replace(/(T\d\d:\d\d):00$/, "$1") : value);
  }

  const isListed = ({ pick, id }) =>
    [...articleForm.querySelectorAll(`[data-picker="${pick}"] [data-rows] input[type=hidden]`)].some(
      (one) => one.value === id,
    );

  // What stands in the form as it is need not be offered.
  function hideWhatStands() {
    for (const button of panel.querySelectorAll("[data-pick]")) button.hidden = isListed(button.dataset);
    for (const button of document.querySelectorAll(":is(#harvest, #picture) [data-use]")) {
      const field = articleForm.elements[button.dataset.use];
      button.hidden = Boolean(field) && stands(field, button.dataset.value);
    }
  }

  // What is being typed into the panel goes on in the next.
  function put(next) {
    const held = panel.contains(document.activeElement) ? document.activeElement.id : "";
    for (const box of panel.querySelectorAll("textarea[id], input[id]:not([type='hidden'])")) {
      const same = next.querySelector(`#${CSS.escape(box.id)}`);
      if (same && box.value !== box.defaultValue) same.value = box.value;
    }
    panel.replaceWith(next);
    panel = next;
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
    hideWhatStands();
  }

  async function readHere() {
    asked = true;
    const token = articleForm.querySelector("[name='csrfmiddlewaretoken']").value;
    const headers = { "X-CSRFToken": token, "X-Requested-With": "fetch" };
    await fetch(panel.dataset.read, { method: "POST", headers, credentials: "same-origin" });
  }

  async function look() {
    try {
      if (panel.dataset.state === "waiting" && panel.dataset.worker === "no" && !asked)
        readHere().catch(() => {
          asked = false;
        });
      const answer = await fetch(panel.dataset.panel, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const next = page.getElementById("harvest");
        if (next) {
          const ended = next.dataset.state !== "waiting" && next.dataset.state !== "reading";
          // A page that saves by itself fetches what was filled into its fields; any other is shown anew.
          if (ended && !touched && !window.deskAutosave) {
            location.reload();
            return;
          }
          const changed = next.dataset.state !== panel.dataset.state || next.dataset.worker !== panel.dataset.worker;
          if (changed || last) {
            put(next);
            last = false;
          }
          if (ended && changed) {
            document.dispatchEvent(new CustomEvent("medigy:newer"));
            last = true; // what was filled is told by one more look, when the fields have it
            setTimeout(look, 700);
            return;
          }
        }
      }
    } catch {
      // The network is away for a moment; the next look tells.
    }
    if (isBusy()) setTimeout(look, 1000);
    else showFilled();
  }

  if (isBusy()) setTimeout(look, 400);

  document.addEventListener("click", (event) => {
    const button = event.target.closest(":is(#harvest, #picture) [data-use]");
    if (!button) return;
    const field = articleForm.elements[button.dataset.use];
    field.value = button.dataset.value;
    // Of a date the page may tell only the day.
    const day = "day" in button.dataset ? articleForm.elements.dated_day : null;
    if (day) day.checked = button.dataset.day === "on";
    for (const changed of [field, day]) changed?.dispatchEvent(new Event("input", { bubbles: true }));
    if (window.deskFields) window.deskFields.focus(button.dataset.use);
    else field.focus();
  });

  // Somebody whom the page names and we know stands in a list with one click.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#harvest [data-pick]");
    if (!button) return;
    const list = articleForm.querySelector(`[data-picker="${button.dataset.pick}"]`);
    list.dispatchEvent(
      new CustomEvent("medigy:pick", { detail: { id: button.dataset.id, text: button.dataset.text } }),
    );
  });
}
