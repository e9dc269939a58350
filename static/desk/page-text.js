// The text of the source beside the writing: opened by its button or Alt and 9, asked for when it is, and kept open for the next brief.
"use strict";

(() => {
  const pane = document.getElementById("page-text");
  const button = document.getElementById("show-page-text");
  if (!pane || !button) return;
  const KEY = "desk.page-text";
  const inside = pane.querySelector("[data-inside]");
  let state = "";
  let shown = button.href;

  async function load(url = shown) {
    shown = url;
    try {
      const answer = await fetch(url, { credentials: "same-origin" });
      const piece =
        answer.ok &&
        !answer.redirected &&
        new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-fragment]");
      if (!piece) throw new TypeError("no answer");
      state = piece.dataset.state;
      const held = inside.contains(document.activeElement);
      inside.replaceChildren(piece);
      if (held) (inside.querySelector("[aria-current]") ?? pane).focus({ preventScroll: true });
      document.dispatchEvent(new CustomEvent("medigy:page-text"));
    } catch (fault) {
      if (!(fault instanceof TypeError)) throw fault;
      inside.textContent = pane.dataset.fault;
    }
  }

  function remember() {
    try {
      localStorage.setItem(KEY, pane.hidden ? "" : "open");
    } catch {
      /* Then it opens folded, as it always does. */
    }
  }
  function turn(isOpen) {
    pane.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && state !== "read") load();
  }
  function toggle(isOpen) {
    turn(isOpen);
    remember();
    (isOpen ? pane : button).focus({ preventScroll: true });
  }

  // A link to a page of its own where there is no script; here a button.
  button.setAttribute("role", "button");
  button.setAttribute("aria-controls", pane.id);
  button.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle(pane.hidden);
  });
  button.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      toggle(pane.hidden);
    }
  });
  pane.querySelector("[data-close]").addEventListener("click", () => toggle(false));
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      toggle(false);
    }
  });

  // The text of another source with one click; one that nobody read yet is read now, which may take a while.
  inside.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-source]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(link.href);
  });
  inside.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-reads]");
    if (!form) return;
    event.preventDefault();
    const reading = shown;
    event.submitter.disabled = true;
    const headers = { "X-Requested-With": "fetch" };
    await fetch(form.action, { method: "POST", body: new FormData(form), headers, credentials: "same-origin" }).catch(
      () => null,
    );
    if (shown === reading) load();
  });

  // Open it at the text of a source (its link's id), without taking the focus there.
  async function open(source) {
    const url = `${button.href}${source ? `?source=${source}` : ""}`;
    const isHere = state === "read" && inside.querySelector("[data-fragment]")?.dataset.link === String(source);
    pane.hidden = false;
    button.setAttribute("aria-expanded", "true");
    remember();
    if (!isHere) await load(url);
    return inside;
  }
  window.deskPageText = { open };

  // Once the page was read, or another source stands first.
  for (const name of ["medigy:newer", "medigy:saved"])
    document.addEventListener(name, () => {
      if (!pane.hidden && (state !== "read" || name === "medigy:newer")) load();
    });
  document.addEventListener("medigy:picked", ({ detail }) => {
    if (detail?.name !== "source_list") return;
    state = "";
    shown = button.href;
  });
  turn(
    (() => {
      try {
        return localStorage.getItem(KEY) === "open";
      } catch {
        return false;
      }
    })(),
  );
})();
