// Who else is in this brief, and where. Asked every five seconds; nobody is ever locked out. On the screen for deciding it
// says that one reads (`data-reads`), of whichever brief stands there.
"use strict";

(() => {
  const fields = window.deskFields;
  const place = () => document.getElementById("here");
  const saving = window.deskAutosave;
  if (!place()) return;
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

  const url = () => form?.dataset.here || place().dataset.here;
  const reads = "reads" in place().dataset;
  const token = () => saving?.token() || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  function show(others) {
    const list = place().querySelector("ul");
    const said = place().querySelector("[data-who]");
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
    const where = (one) => {
      if (one.reading) return `${one.name} is reading this to decide`;
      if (reads) return `${one.name} is writing in this`;
      return one.field && fields?.row(one.field)
        ? `${one.name}: ${fields.label(one.field)}`
        : `${one.name} is here too`;
    };
    const text = others.map(where).join("; ");
    if (said.textContent !== text) said.textContent = text;
    place().hidden = others.length === 0;
  }

  const sent = (address, said, more = {}) =>
    fetch(address, {
      method: "POST",
      body: new URLSearchParams(reads ? { ...said, reading: "yes" } : said),
      credentials: "same-origin",
      headers: { "X-CSRFToken": token() },
      ...more,
    });
  let called = "";
  const leave = () => sent(called, { leaving: "yes" }, { keepalive: true }).catch(() => {});

  async function call() {
    const address = url();
    if (address && document.visibilityState === "visible") {
      if (called && called !== address) leave(); // another brief stands here by now
      called = address;
      try {
        const answer = await sent(address, { field, typing: Date.now() - typedAt < 2 * EVERY ? "yes" : "no" });
        if (answer.status === 401)
          document.dispatchEvent(new CustomEvent("medigy:out", { detail: await answer.json() }));
        if (answer.ok && address === url()) {
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
    if (called) leave();
  });
  call();
})();
