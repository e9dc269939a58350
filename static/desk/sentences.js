// From sentence to sentence of a brief that is decided on: what each rests on is marked in the source beside it. Without
// this script the mark of a sentence is a link to its paragraph.
"use strict";

(() => {
  const sentences = () => [...document.querySelectorAll(".rv-brief .st[id]")].filter((one) => one.checkVisibility());
  const here = () => document.querySelector(".rv-brief .st.is-focus");
  const source = () => document.querySelector(".rv-src");
  let asked = "";

  // The source ------------------------------------------------------------------------------------------------------------

  function clear() {
    for (const one of source().querySelectorAll(":is(mark.span, span.near)")) {
      const paragraph = one.parentElement;
      one.replaceWith(...one.childNodes);
      paragraph.normalize();
    }
    for (const line of source().querySelectorAll(".is-match")) line.classList.remove("is-match");
  }
  function wrap(line, from, to, part) {
    const text = line?.querySelector("p")?.firstChild;
    if (!text || to > text.length || from >= to) return;
    const range = new Range();
    range.setStart(text, from);
    range.setEnd(text, to);
    range.surroundContents(part);
  }
  // Positions count letters as they are written, JavaScript counts halves of some of them.
  function units(text, letters) {
    return [...text].slice(0, letters).join("").length;
  }
  function mark({ dataset }) {
    const line = document.getElementById(`p${dataset.p}`);
    const near = document.getElementById(`p${dataset.nearP}`);
    const words = near?.querySelector("p")?.textContent ?? "";
    if (dataset.near && words.includes(dataset.near)) {
      const part = Object.assign(document.createElement("span"), { className: "near" });
      const from = words.indexOf(dataset.near);
      wrap(near, from, from + dataset.near.length, part);
    }
    if (!line) return;
    const text = line.querySelector("p").textContent;
    const part = Object.assign(document.createElement("mark"), { className: "span" });
    line.classList.add("is-match");
    if (line !== near || !dataset.near)
      wrap(line, units(text, Number(dataset.from)), units(text, Number(dataset.to)), part);
    line.scrollIntoView({ block: innerWidth < 768 ? "center" : "nearest" });
  }
  async function turnTo(link) {
    asked = link;
    const url = new URL(location.href);
    url.searchParams.set("source", link);
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok || asked !== link) return false;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".rv-src");
    if (next) source().replaceWith(next);
    return Boolean(next);
  }
  async function show(link) {
    const { source: of } = link.dataset;
    if (of && of !== source().dataset.source && !(await turnTo(of).catch(() => false))) return;
    clear();
    mark(link);
    const said = source().querySelector("[data-match]");
    if (!said) return;
    said.hidden = false;
    said.textContent = link.querySelector(".visually-hidden").textContent;
    said.classList.toggle("is-changes", link.dataset.ev === "missing");
  }

  // The sentence ------------------------------------------------------------------------------------------------------------

  function stand(sentence, { isScrolled = true } = {}) {
    here()?.classList.remove("is-focus");
    for (const one of document.querySelectorAll(".ev[aria-current]")) one.removeAttribute("aria-current");
    sentence.classList.add("is-focus");
    if (isScrolled) sentence.scrollIntoView({ block: "nearest" });
    const link = sentence.querySelector(".ev");
    if (!link) return;
    link.setAttribute("aria-current", "true");
    show(link);
  }
  function walk(by, isWanted = () => true) {
    const all = sentences();
    const at = all.indexOf(here());
    const rest = by > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
    const next = rest.find(isWanted) ?? (isWanted === wanted ? all.find(isWanted) : undefined);
    if (next) stand(next);
    return Boolean(next);
  }
  const wanted = (sentence) => sentence.matches(".is-no, .is-changed") || Boolean(sentence.querySelector(".ev-own"));

  document.addEventListener("click", (event) => {
    const turn = event.target.closest("[data-turns]");
    if (turn && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      turnTo(turn.dataset.turns).then((isTurned) => isTurned || location.assign(turn.href));
    }
    const link = event.target.closest(".rv-brief .ev, [data-sentence]");
    const sentence = link ? (link.closest(".st") ?? document.getElementById(`s${link.dataset.sentence}`)) : null;
    const pressed = sentence ?? event.target.closest(".rv-brief .st[id]");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link) event.preventDefault();
    if (!link && String(getSelection())) return; // words are being chosen
    const fold = pressed.closest("details:not([open])");
    if (fold) fold.open = true;
    stand(pressed, { isScrolled: Boolean(link?.dataset.sentence) });
  });
  window.deskKeys.alone({ "]": () => walk(1), "[": () => walk(-1), f: () => walk(1, wanted) }, { repeats: true });
})();
