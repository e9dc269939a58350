// Each line of the checks leads to its field, wherever that hides; the list, and what it holds back, are asked for again after each save.
"use strict";

{
  const panel = () => document.getElementById("checks");
  let last = "";

  // The thing to type in for a field of the form: a box, the finder of a list, or the writing field.
  function target(name) {
    const anchor = document.getElementById(`id_${name}`);
    const writing = document.querySelector(`.field-${CSS.escape(name)} .ProseMirror[contenteditable="true"]`);
    const inside = anchor?.matches("[data-picker]") ? anchor.querySelector(".picker-find input") : null;
    return writing || inside || anchor;
  }

  function jump(name) {
    const field = target(name);
    if (!field) return false;
    for (
      let fold = field.closest("details:not([open])");
      fold;
      fold = fold.parentElement.closest("details:not([open])")
    )
      fold.open = true;
    field.scrollIntoView({
      block: "center",
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
    field.focus({ preventScroll: true });
    last = name;
    return true;
  }

  // Select the heading that a line is about, where it stands in the writing field or in a body that is shown as HTML.
  function mark(name, place) {
    const editor = window.deskFields?.editor(name);
    const box = document.getElementById(`id_${name}`);
    if (editor) {
      const found = [];
      editor.state.doc.descendants((node, at) => {
        if (node.type.name === "heading") found.push([at + 1, at + 1 + node.content.size]);
      });
      if (found[place])
        editor.chain().setTextSelection({ from: found[place][0], to: found[place][1] }).scrollIntoView().run();
    } else if (box?.setSelectionRange) {
      const found = [...box.value.matchAll(/<h([2-4])>(.*?)<\/h\1>/gs)][place];
      if (found) box.setSelectionRange(found.index, found.index + found[0].length);
    }
  }

  // A refusal's list above the page leads to the same fields.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#id_']");
    if (!link || link.pathname !== location.pathname || event.ctrlKey || event.metaKey) return;
    const name = link.hash.slice("#id_".length);
    if (!jump(name)) return;
    event.preventDefault();
    if (link.dataset.sentence)
      document.dispatchEvent(new CustomEvent("medigy:sentence", { detail: Number(link.dataset.sentence) }));
    if (link.dataset.heading) mark(name, Number(link.dataset.heading));
  });

  document.addEventListener("medigy:next-error", () => {
    const names = [...new Set([...document.querySelectorAll("#checks [data-jump]")].map((line) => line.dataset.jump))];
    const name = names[(names.indexOf(last) + 1) % names.length];
    if (name) jump(name);
  });

  let asked = 0;
  let took = 0;
  async function look() {
    const old = panel();
    const mine = ++asked;
    const since = performance.now();
    if (!old) return;
    try {
      const answer = await fetch(old.dataset.panel, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected || mine !== asked) return;
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("checks");
      took = performance.now() - since;
      if (next && mine === asked) show(next);
      document.dispatchEvent(new CustomEvent("medigy:checked"));
    } catch {
      // The network is away for a moment; the next save asks again.
    }
  }

  function show(next) {
    const old = panel();
    const held = old.contains(document.activeElement) ? document.activeElement.dataset.jump : null;
    const fold = old.querySelector(".checks-passed");
    const folded = next.querySelector(".checks-passed");
    if (fold?.open && folded) folded.open = true;
    old.replaceWith(next);
    hold(next);
    wake();
    if (held) next.querySelector(`[data-jump="${CSS.escape(held)}"]`)?.focus();
  }

  // Beside the next step stands how much holds it back, while anything does.
  function hold(next) {
    document.querySelector(".step-why")?.remove();
    const why = next.querySelector("[data-held]")?.content.firstElementChild;
    if (why) document.querySelector(".step-do")?.before(why);
  }

  function wake() {
    const button = panel()?.querySelector("[data-ask-links]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => tryLinks(button));
  }

  async function tryLinks(button) {
    button.disabled = true;
    const token = document.querySelector("[name='csrfmiddlewaretoken']")?.value || "";
    try {
      const headers = { "X-CSRFToken": token, "X-Requested-With": "fetch" };
      const answer = await fetch(panel().dataset.links, { method: "POST", headers, credentials: "same-origin" });
      const waits = answer.ok && !answer.redirected && (await answer.json()).waits;
      // The worker says nothing when it is done; a page answers within seconds, as a rule.
      for (const later of waits ? [2000, 6000, 20000] : []) setTimeout(look, later);
    } catch {
      button.disabled = false;
    }
    look();
  }

  // Sentences are held against the source in it, which may be a long report: while somebody types on, one look a second
  // will do, and a slow one is given four times as long as the last took.
  let later;
  const soon = () => {
    clearTimeout(later);
    later = setTimeout(look, Math.max(1000, 4 * took));
  };
  document.addEventListener("medigy:saved", soon);
  for (const told of ["medigy:commented", "medigy:decided"]) document.addEventListener(told, look);
  document.addEventListener("medigy:stepped", wake);
  wake();
}
