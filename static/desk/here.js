// Who else is in this brief, and where. Asked every five seconds; nobody is ever locked out.
"use strict";

(() => {
  const fields = window.deskFields;
  const place = document.getElementById("here");
  const saving = window.deskAutosave;
  if (!place) return;
  const form = document.getElementById("article_form");
  const EVERY = 5000;
  let field = "";
  let typedAt = 0;

  const nameOf = (target) =>
    target?.closest?.("[data-picker]")?.dataset.picker ||
    target?.closest?.(".form-row")?.className.match(/field-(\w+)/)?.[1] ||
    "";
  form?.addEventListener("focusin", (event) => {
    field = nameOf(event.target);
  });
  form?.addEventListener("input", () => {
    typedAt = Date.now();
  });

  const url = () => form?.dataset.here || place.dataset.here;
  const token = () => saving?.token() || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  function show(others) {
    const list = place.querySelector("ul");
    const said = place.querySelector("[data-said]");
    list.replaceChildren(
      ...others.map((one) => {
        const item = document.createElement("li");
        const disc = document.createElement("span");
        disc.className = `ava ava-${one.hue}${one.typing ? " is-typing" : ""}`;
        disc.textContent = one.initials;
        disc.title = one.name;
        disc.setAttribute("role", "img");
        disc.setAttribute("aria-label", one.name);
        item.append(disc);
        return item;
      }),
    );
    const where = (one) =>
      one.field && fields?.row(one.field) ? `${one.name}: ${fields.label(one.field)}` : `${one.name} is here too`;
    const text = others.map(where).join("; ");
    if (said.textContent !== text) said.textContent = text;
    place.hidden = others.length === 0;
  }

  async function call() {
    if (url() && document.visibilityState === "visible") {
      try {
        const body = new URLSearchParams({ field, typing: Date.now() - typedAt < 2 * EVERY ? "yes" : "no" });
        const answer = await fetch(url(), {
          method: "POST",
          body,
          credentials: "same-origin",
          headers: { "X-CSRFToken": token() },
        });
        if (answer.status === 401)
          document.dispatchEvent(new CustomEvent("medigy:out", { detail: await answer.json() }));
        if (answer.ok) {
          const told = await answer.json();
          show(told.others);
          if (fields && told.edit > Number(fields.form.elements.edit.value))
            document.dispatchEvent(new CustomEvent("medigy:newer"));
        }
      } catch {
        /* The network is away; saving says so. */
      }
    }
    setTimeout(call, EVERY);
  }
  window.addEventListener("pagehide", () => {
    if (!url()) return;
    const body = new URLSearchParams({ leaving: "yes" });
    fetch(url(), {
      method: "POST",
      body,
      keepalive: true,
      credentials: "same-origin",
      headers: { "X-CSRFToken": token() },
    }).catch(() => {});
  });
  call();
})();
