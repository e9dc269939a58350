// Keeps what is typed and not saved yet on this machine, for this person and this brief, and offers it back.
"use strict";

(() => {
  const OWN = "medigy.copy."; // desk.js forgets all of it at sign-out
  const fields = window.deskFields;
  const saving = window.deskAutosave;
  const offer = document.getElementById("kept");
  if (!fields || !saving) return;
  const { form } = fields;
  const key = () => `${OWN}${form.dataset.person}.${form.dataset.article || saving.client}`;
  let timer;

  function keep() {
    if (!saving.changed().length) return;
    const copy = { at: new Date().toISOString(), entries: fields.entries() };
    try {
      localStorage.setItem(key(), JSON.stringify(copy));
    } catch {
      /* A full store must not keep anybody from writing. */
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 250);
  });
  document.addEventListener("medigy:begun", () =>
    localStorage.removeItem(`${OWN}${form.dataset.person}.${saving.client}`),
  );
  document.addEventListener("medigy:saved", () => {
    clearTimeout(timer);
    if (saving.changed().length) keep();
    else if (!offer || offer.hidden) localStorage.removeItem(key());
  });

  // What was left from before: shown against what is stored, to take back or to drop.
  const left = (() => {
    try {
      return JSON.parse(localStorage.getItem(key()) || "null");
    } catch {
      return null;
    }
  })();
  if (!left || !offer || !form.dataset.differences) return;
  const sent = (extra) =>
    new URLSearchParams([
      ...left.entries.filter(([name]) => name !== "edit" && name !== "seen"),
      ...Object.entries(extra),
    ]);
  const post = (url, body) =>
    fetch(url, { method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": saving.token() } });

  async function show() {
    const answer = await post(
      form.dataset.differences,
      sent({ edit: form.elements.edit.value, seen: form.elements.seen.value }),
    );
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.querySelector(".diff");
    if (!list?.children.length) {
      localStorage.removeItem(key());
      return;
    }
    offer.querySelector("[data-diff]").replaceChildren(list);
    const zone = document.documentElement.dataset.zone;
    const clock = new Intl.DateTimeFormat("en-GB", {
      dateStyle: "long",
      timeStyle: "short",
      timeZone: zone || undefined,
    });
    offer.querySelector("time").textContent = clock.format(new Date(left.at)).replace(" at ", ", ");
    offer.hidden = false;
  }
  offer.querySelector("[data-restore]").addEventListener("click", async () => {
    const answer = await post(
      form.dataset.autosave,
      sent({ edit: form.elements.edit.value, seen: form.elements.seen.value, as: form.dataset.person }),
    );
    if (answer.ok) {
      localStorage.removeItem(key());
      location.reload();
      return;
    }
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    offer.querySelector("[data-fault]").textContent = told.words || offer.dataset.fault;
  });
  offer.querySelector("[data-drop]").addEventListener("click", () => {
    localStorage.removeItem(key());
    offer.hidden = true;
  });
  show().catch(() => {});
})();
