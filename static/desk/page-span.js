// Spans of the page's text: shown where they stand, and chosen there for a sentence: a paragraph, or words marked in it.
"use strict";

(() => {
  const pane = document.getElementById("page-text");
  const banner = pane?.querySelector("[data-choosing]");
  if (!banner || !window.deskPageText) return;
  const fault = banner.querySelector(".error");
  let choosing = null;

  const paragraphs = () => [...pane.querySelectorAll(".page-words > li")];

  function unmark() {
    for (const old of pane.querySelectorAll("mark.em-span")) {
      const parent = old.parentNode;
      old.replaceWith(...old.childNodes);
      parent.normalize();
    }
  }

  // The text of a paragraph, in an element of its own: its number stands beside it in a grid.
  function textOf(item) {
    if (item.firstChild.nodeType === Node.TEXT_NODE) {
      const whole = document.createElement("span");
      whole.append(item.firstChild);
      item.prepend(whole);
    }
    return item.firstChild.firstChild;
  }

  // Open the text at a paragraph, with the span in it marked; who listens hears the paragraph.
  async function show({ source, paragraph, quote }) {
    await window.deskPageText.open(source);
    unmark();
    const item = paragraphs()[paragraph - 1];
    if (!item) return;
    const words = textOf(item);
    const start = quote ? words.data.indexOf(quote) : -1;
    if (start >= 0) {
      const range = document.createRange();
      range.setStart(words, start);
      range.setEnd(words, start + quote.length);
      const mark = document.createElement("mark");
      mark.className = "em-span";
      range.surroundContents(mark);
    }
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  // Choosing ----------------------------------------------------------------------------------------------------------

  async function choose(mark, done) {
    choosing = { done, by: document.activeElement };
    banner.querySelector("[data-words]").textContent =
      mark.words.length > 80 ? `${mark.words.slice(0, 79).trimEnd()}…` : mark.words;
    fault.textContent = "";
    banner.hidden = false;
    await window.deskPageText.open(mark.source);
    dress();
    const first = paragraphs()[(mark.paragraph ?? 1) - 1]?.querySelector("button");
    (first ?? banner.querySelector("[data-cancel]")).focus();
  }

  function dress() {
    if (!choosing) return;
    paragraphs().forEach((item, place) => {
      if (item.querySelector("button")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-s em-here";
      button.textContent = `Rests on ¶${place + 1}`;
      button.addEventListener("mousedown", (event) => event.preventDefault()); // what is marked stays marked
      button.addEventListener("click", () => chosen(item, place + 1));
      item.append(button);
    });
  }

  // The words that are marked in a paragraph; none, where the mark reaches beyond it.
  function marked(item) {
    const selection = getSelection();
    const isInside = selection.rangeCount && item.contains(selection.anchorNode) && item.contains(selection.focusNode);
    return isInside ? selection.toString().trim() : "";
  }

  async function chosen(item, paragraph) {
    const source = pane.querySelector("[data-fragment]").dataset.link;
    const why = await choosing.done({ source, paragraph, quote: marked(item) });
    if (why) fault.textContent = why;
    else leave();
  }

  function leave() {
    choosing = null;
    banner.hidden = true;
    for (const button of pane.querySelectorAll(".em-here")) button.remove();
  }
  banner.querySelector("[data-cancel]").addEventListener("click", () => {
    const { by } = choosing;
    leave();
    (by?.isConnected ? by : pane).focus();
  });
  pane.querySelector("[data-close]").addEventListener("click", leave);
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  document.addEventListener("medigy:page-text", dress);

  window.deskPageSpan = { show, choose };
})();
