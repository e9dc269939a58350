// Bulk work that takes a while goes on by itself, a piece at a time; without this script the button does it.
"use strict";

{
  const form = document.querySelector("form[data-going]");
  let held = false;

  const goOn = async () => {
    const said = form.querySelector("[role=status]");
    try {
      const headers = { "X-Requested-With": "fetch" };
      const answer = await fetch(form.action, {
        method: "POST",
        headers,
        body: new FormData(form),
        credentials: "same-origin",
      });
      if (held) return;
      if (!answer.ok) throw new Error(answer.statusText);
      const { through, words, url } = await answer.json();
      if (url) return location.assign(url);
      form.querySelector("progress").value = through;
      said.textContent = words;
      goOn();
    } catch {
      if (!held) said.textContent = "The connection is gone. What is through stays; “Go on” tries again.";
    }
  };

  form?.addEventListener("submit", () => {
    held = true;
  });
  if (form) goOn();
}
