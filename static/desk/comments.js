// The discussion is sent without leaving the page; what is typed stays until it has arrived.
"use strict";

(() => {
  const panel = () => document.getElementById("comments");
  const say = (words) => {
    panel().querySelector("[data-alert]").textContent = words;
  };
  const options = { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" };

  async function draw(sent, at) {
    const url = panel().dataset.panel;
    const answer = await fetch(url, options);
    const page = answer.ok && !answer.redirected ? await answer.text() : "";
    const next = new DOMParser().parseFromString(page, "text/html").getElementById("comments");
    if (!next) throw new Error("The discussion could not be shown.");
    if (panel().dataset.panel !== url) return; // another brief stands there by now
    const isFolded = !panel().querySelector("details.talk-over[open]");
    const isFree = sent && isLeft(sent);
    const goesOn = window.deskSteps.held(panel(), sent);
    panel().replaceWith(next);
    goesOn(next);
    if (!isFolded) next.querySelector("details.talk-over")?.setAttribute("open", "");
    if (isFree) focus(at);
  }
  // Nobody is elsewhere by now: the focus is where the form was sent, or nowhere.
  function isLeft(sent) {
    const active = document.activeElement;
    return active === document.body || sent.contains(active) || active.form === sent;
  }
  // Something is being typed in the panel.
  function isUsed() {
    const active = document.activeElement;
    return (
      panel()?.contains(active) && active.matches("textarea, input, select") && active.value !== active.defaultValue
    );
  }
  // What was sent has arrived, whether it can be shown or not: it is taken out of its boxes, said, and shown later.
  const PAUSES = [1000, 4000];
  const wait = (pause) => new Promise((done) => setTimeout(done, pause));
  async function show(sent, at) {
    if (await drawn(sent, at)) return;
    sent.reset();
    say(panel().dataset.sent);
    if (isLeft(sent)) focus(at);
    again();
  }
  async function again() {
    for (const pause of PAUSES) {
      await wait(pause);
      while (isUsed()) await wait(PAUSES[0]);
      if (await drawn(null)) return;
    }
    addEventListener("online", again, { once: true });
  }
  const drawn = (sent, at) =>
    draw(sent, at).then(
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
      await show(form, at);
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
