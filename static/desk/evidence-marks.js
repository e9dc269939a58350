// Beside each sentence that is written a quiet mark: where in the source it rests, or what the source lacks. The marks stand
// beside the writing field, never in it; they are asked for after each save, and what one says can be said otherwise.
"use strict";

(() => {
  const fields = window.deskFields;
  const blank = document.getElementById("evidence-blank");
  if (!fields || !blank) return;
  const { form } = fields;
  const { url, fault } = blank.dataset;
  const LINE = 8; // pixels by which ends of sentences on one line may differ
  const gutter = made("div", "em-gutter");
  const under = made("div", "em-row em-under");
  const tally = blank.content.querySelector(".ev-tally").cloneNode(true);
  const buttons = new Map(); // by the sentence's number
  let told = null;
  let card = null;
  let asked = 0;
  let isWaiting = false;

  function made(tag, name, text = "") {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }
  for (const group of [gutter, under]) {
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Evidence");
  }

  // Asking ------------------------------------------------------------------------------------------------------------

  async function send(body) {
    const headers = { Accept: "application/json", "X-CSRFToken": window.deskAutosave?.token() ?? "" };
    const how = body ? { method: "POST", body: new URLSearchParams(body) } : {};
    const answer = await fetch(url, { ...how, headers, credentials: "same-origin" });
    return answer.json();
  }

  async function look() {
    const mine = ++asked;
    try {
      const answer = await send();
      if (mine === asked && answer.status === "marks" && answer.edit >= (told?.edit ?? 0)) take(answer);
    } catch {
      // The network is away for a moment; the next save asks again.
    }
  }

  function take(answer) {
    told = answer;
    buttons.clear();
    for (const mark of told.marks) if (mark.label) buttons.set(mark.number, button(mark));
    count();
    draw();
  }

  // Say otherwise of a sentence; gives why not, in words. The page goes on from the edit that this made.
  async function decide(mark, choice, given = {}) {
    try {
      const answer = await send({ words: mark.words, choice, ...given });
      if (answer.status !== "marks") return answer.words || fault;
      const edit = form.elements.edit;
      if (answer.edit === Number(edit.value) + 1)
        for (const box of document.querySelectorAll("form input[name=edit]")) box.value = answer.edit;
      else if (answer.edit > Number(edit.value)) document.dispatchEvent(new CustomEvent("medigy:newer"));
      if (answer.edit >= told.edit) take(answer); // a look that was under way may have brought older ones
      close();
      buttons.get(mark.number)?.focus();
      document.dispatchEvent(new CustomEvent("medigy:decided"));
      return "";
    } catch {
      return fault;
    }
  }

  // Drawing -----------------------------------------------------------------------------------------------------------

  function button(mark) {
    const one = made("button", `em is-${mark.kind}${mark.decided ? " is-decided" : ""}`, mark.label);
    one.type = "button";
    one.dataset.number = mark.number;
    one.title = mark.said;
    const words = mark.said.includes(mark.label) ? mark.said : `${mark.said}, ${mark.label}`; // what is seen can be said
    one.setAttribute("aria-label", `Sentence ${mark.number}: ${words}`);
    one.setAttribute("aria-expanded", String(card?.of === mark.number));
    one.addEventListener("click", () => (card?.of === mark.number ? close() : open(mark)));
    for (const name of ["pointerenter", "focus"]) one.addEventListener(name, () => light(mark.number));
    for (const name of ["pointerleave", "blur"]) one.addEventListener(name, () => light(card?.of));
    return one;
  }

  // Where each sentence stands in the writing field: compared without blanks, one after the other. What was rewritten
  // since the last save has no place, and so no mark, until it is saved.
  function places(editor) {
    let text = "";
    const at = [];
    editor.state.doc.descendants((node, pos) => {
      if (!node.isText) return;
      for (let i = 0; i < node.text.length; i++)
        if (!/\s/.test(node.text[i])) {
          text += node.text[i];
          at.push(pos + i);
        }
    });
    const found = new Map();
    let from = 0;
    for (const mark of told.marks.filter(({ part }) => part === "body")) {
      const bare = mark.words.replace(/\s+/g, "");
      const start = bare ? text.indexOf(bare, from) : -1;
      if (start < 0) continue;
      from = start + bare.length;
      found.set(mark.number, { from: at[start], to: at[from - 1] + 1 });
    }
    return found;
  }

  // The marks of sentences that end on one line stand in one row beside it.
  function draw() {
    isWaiting = false;
    if (!told) return;
    const editor = fields.editor("body");
    const held = Number(document.activeElement?.closest(".em")?.dataset.number);
    under.replaceChildren(...[...buttons].filter(([number]) => partOf(number) === "standfirst").map(([, one]) => one));
    if (!under.isConnected) form.elements.standfirst?.after(under);
    if (editor) drawBeside(editor);
    const row = fields.row("body")?.querySelector(".fieldBox");
    if (row && !tally.isConnected) row.append(tally);
    if (held) buttons.get(held)?.focus({ preventScroll: true });
  }
  const partOf = (number) => told.marks[number - 1].part;

  function drawBeside(editor) {
    const box = editor.view.dom.parentElement;
    if (gutter.parentElement !== box) {
      box.append(gutter);
      new ResizeObserver(soon).observe(editor.view.dom);
      editor.on("update", soon);
    }
    const top = box.getBoundingClientRect().top;
    const rows = [];
    for (const [number, { to }] of places(editor)) {
      const one = buttons.get(number);
      if (!one) continue;
      const line = editor.view.coordsAtPos(to, -1);
      const last = rows.at(-1);
      if (last && Math.abs(last.y - line.top) < LINE) last.marks.push(one);
      else rows.push({ y: line.top, high: line.bottom - line.top, marks: [one] });
    }
    gutter.replaceChildren(
      ...rows.map(({ y, high, marks }) => {
        const row = made("div", "em-row");
        row.style.insetBlockStart = `${y - top}px`;
        row.style.blockSize = `${high}px`;
        row.append(...marks);
        return row;
      }),
    );
  }
  function soon() {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(draw);
  }

  // Light the sentence of a mark up in the writing field, without touching it.
  function light(number) {
    if (!CSS.highlights) return;
    const editor = fields.editor("body");
    const place = editor && number && places(editor).get(number);
    CSS.highlights.delete("evidence");
    if (!place) return;
    const range = document.createRange();
    for (const [set, pos] of [
      ["setStart", place.from],
      ["setEnd", place.to],
    ]) {
      const { node, offset } = editor.view.domAtPos(pos);
      range[set](node, offset);
    }
    CSS.highlights.set("evidence", new Highlight(range));
  }

  // The line below the writing: how many of each kind; each leads from one to the next.
  function count() {
    for (const part of tally.querySelectorAll("[data-of]")) {
      const { of } = part.dataset;
      const number = of === "all" ? told.marks.length : (told.tally[of] ?? 0);
      part.hidden = !number || told.tally.unknown === told.marks.length;
      part.querySelector("b").textContent = of === "all" ? `${number} sentence${number === 1 ? "" : "s"}` : number;
    }
  }
  tally.addEventListener("click", ({ target }) => {
    const of = target.closest("button[data-of]")?.dataset.of;
    const marks = told.marks.filter(({ kind, number }) => kind === of && buttons.get(number)?.isConnected);
    if (!marks.length) return;
    const now = marks.findIndex(({ number }) => number === card?.of);
    const next = marks[(now + 1) % marks.length];
    buttons.get(next.number).scrollIntoView({ block: "center" });
    open(next);
  });

  // What a mark opens -------------------------------------------------------------------------------------------------

  function open(mark) {
    close();
    const by = buttons.get(mark.number);
    card = blank.content.querySelector(".em-card").cloneNode(true);
    card.of = mark.number;
    card.setAttribute("aria-label", `Sentence ${mark.number}: ${mark.said}`);
    card.querySelector(".em-said b").textContent = mark.said;
    card.querySelector("blockquote").textContent = mark.quote;
    card.querySelector("blockquote").hidden = !mark.quote;
    card.querySelector(".em-lacking").replaceChildren(...mark.lacking.map((line) => made("li", "", line)));
    const may = {
      show: mark.quote,
      place: told.may_decide,
      own: told.may_decide,
      machine: told.may_decide && mark.decided,
    };
    if (mark.kind === "own" && mark.decided) may.own = false;
    for (const [act, is] of Object.entries(may)) card.querySelector(`[data-act=${act}]`).hidden = !is;
    card.querySelector(".error").textContent = told.why_not;
    card.addEventListener("click", (event) => act(event.target.closest("[data-act]")?.dataset.act, mark));
    card.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
      buttons.get(mark.number)?.focus();
    });
    const box = by.closest(".prose-editor, .fieldBox");
    box.append(card);
    card.style.insetBlockStart = `${by.getBoundingClientRect().bottom - box.getBoundingClientRect().top + 4}px`;
    by.setAttribute("aria-expanded", "true");
    light(mark.number);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  function close() {
    buttons.get(card?.of)?.setAttribute("aria-expanded", "false");
    card?.remove();
    card = null;
    light();
  }

  async function act(name, mark) {
    if (name === "close") {
      close();
      buttons.get(mark.number)?.focus();
    } else if (name === "show") window.deskPageSpan.show(mark);
    else if (name === "place") {
      close();
      window.deskPageSpan.choose(mark, (chosen) => decide(mark, "span", chosen));
    } else if (name) {
      const why = await decide(mark, name);
      if (why && card) card.querySelector(".error").textContent = why;
    }
  }
  document.addEventListener("pointerdown", ({ target }) => {
    if (card && !target.closest(".em-card, .em, .ev-tally, #page-text")) close();
  });

  // A check that is about a sentence leads here.
  document.addEventListener("medigy:sentence", ({ detail }) => {
    const mark = told?.marks[detail - 1];
    if (!mark || !buttons.get(detail)?.isConnected) return;
    buttons.get(detail).scrollIntoView({ block: "center" });
    open(mark);
  });

  // Once the checks looked: what they found of the sentences is known by then.
  for (const name of ["medigy:checked", "medigy:stepped"]) document.addEventListener(name, look);
  form.addEventListener("prose-editor:ready", () => setTimeout(soon));
  look();
})();
