// Comments are sent without leaving the page; what is typed stays until it has arrived.
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("#comments form[data-comment]");
  if (!form) return;
  event.preventDefault();
  const panel = document.getElementById("comments");
  const say = (words) => {
    panel.querySelector("[data-alert]").textContent = words;
  };
  const button = form.querySelector("button");
  button.disabled = true;
  say("");
  try {
    const options = { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" };
    const answer = await fetch(form.action, { ...options, method: "POST", body: new FormData(form) });
    if (answer.redirected || !answer.ok) {
      const told = answer.status === 400 ? await answer.json() : {};
      say(told.words || panel.dataset.fault);
      return;
    }
    const typed = form.contains(panel.querySelector("#id_comments")) ? "" : panel.querySelector("#id_comments").value;
    const page = await (await fetch(panel.dataset.panel, options)).text();
    const next = new DOMParser().parseFromString(page, "text/html").getElementById("comments");
    if (!next) return;
    next.querySelector("#id_comments").value = typed;
    panel.replaceWith(next);
    next.querySelector("#id_comments").focus();
    document.dispatchEvent(new CustomEvent("medigy:commented"));
  } catch {
    say(panel.dataset.fault);
  } finally {
    button.disabled = false;
  }
});
