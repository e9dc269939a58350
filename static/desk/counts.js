// How long each text is, beside its label and up to date while one types. It describes its field and interrupts nobody.
"use strict";

{
  const form = document.getElementById("article_form");
  const WORDS_A_MINUTE = 220;
  const WAIT = 150; // as prose.minutes counts
  const number = new Intl.NumberFormat("en-GB");

  // The words of HTML as the server reads them: blocks apart, what is inside a line together.
  function wordsOf(html) {
    const apart = html.replace(/<(?!\/?(?:strong|em|code|sub|sup|a)\b)[^>]*>/gi, " ");
    return new DOMParser().parseFromString(apart, "text/html").body.textContent.split(/\s+/).filter(Boolean);
  }
  // Halves go to the even minute, as the server rounds them.
  const minutes = (count) =>
    Math.max(
      1,
      count % WORDS_A_MINUTE === WORDS_A_MINUTE / 2
        ? 2 * Math.round(count / WORDS_A_MINUTE / 2)
        : Math.round(count / WORDS_A_MINUTE),
    );

  function ofBody(box) {
    const words = wordsOf(box.value);
    const letters = [...words.join(" ")].length;
    return `${number.format(words.length)} ${words.length === 1 ? "word" : "words"} · ${number.format(letters)} characters · ${minutes(words.length)} min`;
  }
  const length = (box) => [...box.value.trim()].length;

  function beside(box) {
    const label = form.querySelector(`label[for="${CSS.escape(box.id)}"]`);
    const count = document.createElement("span");
    count.className = "count num";
    count.id = `${box.id}-count`;
    label?.after(count);
    const most = Number(box.dataset.count); // characters; a body has none, and is counted in words
    const show = () => {
      count.textContent = most ? `${length(box)} of ${most}` : ofBody(box);
      count.classList.toggle("is-over", most > 0 && length(box) > most);
    };
    let timer;
    box.addEventListener("input", () => {
      clearTimeout(timer);
      if (most) show();
      else timer = setTimeout(show, WAIT);
    });
    document.addEventListener("medigy:written", (event) => {
      if (event.detail.name === box.name) show();
    });
    describe(box, count);
    show();
    return count;
  }
  function describe(field, count) {
    const known = (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    if (!known.includes(count.id)) field.setAttribute("aria-describedby", [...known, count.id].join(" "));
  }

  for (const box of form?.querySelectorAll("[data-count]") ?? []) {
    const count = beside(box);
    const surface = () => box.closest(".form-row")?.querySelector(".ProseMirror[contenteditable]");
    if (surface()) describe(surface(), count);
    form.addEventListener("prose-editor:ready", (event) => {
      if (event.detail.textarea === box) describe(event.detail.editor.view.dom, count);
    });
  }
}
