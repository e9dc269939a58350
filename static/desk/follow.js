// The preview follows the caret: it shows the paragraph that is being written, the headline, the standfirst or the picture.
"use strict";

(() => {
  const fields = window.deskFields;
  const panel = document.getElementById("preview");
  if (!fields || !panel) return;
  const { form } = fields;
  const scroller = panel.querySelector(".frame");
  const frame = panel.querySelector("iframe");
  // Where each field stands on the readers' page.
  const PLACES = {
    title: "h1",
    standfirst: ".stand, h1",
    picture_alt: "figure",
    picture_credit: "figure",
    focus_x: "figure",
    focus_y: "figure",
    insights_name: ".insights",
    insights: ".insights",
  };
  const BLOCKS = "p, h2, h3, h4, li, pre, td, th, figcaption";
  const WAIT = 120;
  const words = (text) => text.replace(/\s+/g, " ").trim();
  let timer;
  let last = "";

  // The blocks of the readers' page that hold words and no other block, in their order.
  const shown = () =>
    [...frame.contentDocument.querySelectorAll(`.prose.opens :is(${BLOCKS})`)].filter(
      (one) => words(one.textContent) && !one.querySelector(BLOCKS),
    );

  // Those of the writing field before the caret, as their words; the last one is being written. An empty one is on none.
  function inEditor(editor) {
    const caret = editor.state.selection.from;
    const found = [];
    editor.state.doc.descendants((node, at) => {
      if (node.isTextblock && at < caret && words(node.textContent)) found.push(words(node.textContent));
      return !node.isTextblock;
    });
    return found;
  }
  function inBox(box) {
    const before = box.value
      .slice(0, box.selectionStart)
      .split(/<\/?(?:p|h[2-4]|li|ul|ol|pre|t[dhr]|table|tbody|thead|figure|figcaption|blockquote)\b[^>]*>/i);
    return before.map((piece) => words(piece.replace(/<[^>]*(?:>|$)/g, ""))).filter(Boolean);
  }

  // Of the blocks that begin alike the one nearest to the same place: what is not saved is drawn a moment later.
  function blockOf(before) {
    const blocks = shown();
    const place = before.length - 1;
    const begun = before[place]?.slice(0, 24);
    if (place < 0) return blocks[0];
    const alike = blocks
      .map((one, at) => [one, Math.abs(at - place)])
      .filter(([one]) => words(one.textContent).startsWith(begun));
    return alike.sort((one, other) => one[1] - other[1])[0]?.[0] ?? blocks[Math.min(place, blocks.length - 1)];
  }

  function target() {
    const held = document.activeElement;
    const editor = fields.editor("body");
    if (editor?.view.dom.contains(held)) return blockOf(inEditor(editor));
    if (held?.name === "body") return blockOf(inBox(held));
    const place = form.contains(held) && PLACES[held.name];
    return place ? frame.contentDocument.querySelector(`main :is(${place})`) : null;
  }

  // Scroll the frame, and nothing else, until the block stands in its upper half; not while it can be read there already.
  function follow() {
    if (panel.offsetParent === null || !frame.contentDocument?.body) return;
    const block = target();
    if (!block) return;
    const zoom = Number(frame.style.zoom) || 1;
    const top = block.getBoundingClientRect().top * zoom;
    const high = block.getBoundingClientRect().height * zoom;
    const from = scroller.scrollTop;
    const room = scroller.clientHeight;
    if (top >= from && top + Math.min(high, room / 2) <= from + room) return;
    scroller.scrollTo({
      top: Math.max(0, top - room / 4),
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
  }
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(follow, WAIT);
  };

  // A caret that moved, not a page that scrolled: whoever looks elsewhere in the preview is left there.
  document.addEventListener("selectionchange", () => {
    const held = document.activeElement;
    const editor = fields.editor("body");
    if (!form.contains(held)) return;
    const now = `${held.name ?? ""}:${editor?.view.dom.contains(held) ? editor.state.selection.from : (held.selectionStart ?? "")}`;
    if (now === last) return;
    last = now;
    soon();
  });
  form.addEventListener("focusin", soon);
  document.addEventListener("medigy:drawn", soon);
})();
