// The discussion is sent without leaving the page; what is typed stays until it has arrived.
"use strict";

(() => {
  const panel = () => document.getElementById("comments");
  const say = (words) => {
    panel().querySelector("[data-alert]").textContent = words;
  };
  const options = { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" };

  // Boxes of the panel in which something was typed, by their id; but for those that were just sent.
  function typed(sent) {
    const boxes = [...panel().querySelectorAll("textarea[id], select[id], input[id]")];
    const changed = (box) => {
      if (box.matches("select")) return box.value;
      return box.type === "checkbox" ? box.checked !== box.defaultChecked : box.value !== box.defaultValue;
    };
    const kept = boxes.filter((box) => !sent?.contains(box) && changed(box));
    return kept.map((box) => [box.id, box.type === "checkbox" ? box.checked : box.value]);
  }
  async function draw(sent) {
    const kept = typed(sent);
    const folds = [...panel().querySelectorAll("details.talk-over[open]")].length;
    const answer = await fetch(panel().dataset.panel, options);
    const page = answer.ok && !answer.redirected ? await answer.text() : "";
    const next = new DOMParser().parseFromString(page, "text/html").getElementById("comments");
    if (!next) throw new Error("The discussion could not be shown.");
    panel().replaceWith(next);
    for (const [id, value] of kept) {
      const box = document.getElementById(id);
      if (!box) continue;
      if (box.type === "checkbox") box.checked = value;
      else box.value = value;
      box.closest("details")?.setAttribute("open", "");
    }
    if (folds) next.querySelector("details.talk-over")?.setAttribute("open", "");
  }
  // What was sent has arrived, whether it can be shown or not: it is taken out of its boxes, said, and shown later.
  const PAUSES = [1000, 4000];
  async function show(sent) {
    if (await drawn(sent)) return;
    sent.reset();
    say(panel().dataset.sent);
    for (const pause of PAUSES) {
      await new Promise((done) => setTimeout(done, pause));
      if (await drawn(null)) return;
    }
    addEventListener("online", () => drawn(null), { once: true });
  }
  const drawn = (sent) =>
    draw(sent).then(
      () => true,
      () => false,
    );
  // The keyboard goes on where it was: at the thread that was answered, else at the box for a new comment.
  function focus(at) {
    const thread = at && document.getElementById(at);
    (thread?.querySelector("summary, button") ?? document.getElementById("id_comments"))?.focus();
  }

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (!form.matches("#comments form[data-comment]")) return;
    event.preventDefault();
    const at = form.closest(".thread")?.id;
    const body = new FormData(form, submitter);
    const url = submitter?.getAttribute("formaction") ?? form.action;
    if (submitter) submitter.disabled = true;
    say("");
    try {
      const answer = await fetch(url, { ...options, method: "POST", body });
      if (answer.redirected || !answer.ok) {
        const told = answer.status === 400 ? await answer.json() : {};
        say(told.words || panel().dataset.fault);
        return;
      }
      await show(form);
      focus(at);
      document.dispatchEvent(new CustomEvent("medigy:commented"));
    } catch {
      say(panel().dataset.unsure);
    } finally {
      if (submitter) submitter.disabled = false;
    }
  });

  // On the page where the brief is written, what a comment is about is found in the field that holds it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.on-text[data-sentence]");
    if (!link || document.getElementById(`s${link.dataset.sentence}`)) return;
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("medigy:sentence", { detail: Number(link.dataset.sentence) }));
  });
})();
