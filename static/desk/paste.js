// While a link or a title is typed: say at once whether the page is curated already, and what has nearly that title.
// What is on its way is kept in this tab: a session that has ended leads to the door, and back to empty boxes.
"use strict";

const PASTED = "medigy.pasted.";
const KEPT_FOR = 3_600_000; // ms; desk.js forgets all of it at sign-out

for (const form of document.querySelectorAll("form.paste[data-person]")) {
  const box = form.querySelector("[name='link'], [name='links']");
  const key = `${PASTED}${form.dataset.person}.${box.name}`;
  form.addEventListener("submit", () => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), words: box.value }));
    } catch {
      /* A full store must not keep anybody from pasting. */
    }
  });
  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  if (!kept) continue;
  if (!cameThrough(form.dataset.door) || Date.now() - kept.at > KEPT_FOR) sessionStorage.removeItem(key);
  else if (!box.value.trim() && kept.words.trim()) {
    box.value = kept.words;
    const said = Object.assign(document.createElement("p"), {
      className: "soft",
      textContent: "Put back what you pasted before you were signed out.",
    });
    said.setAttribute("role", "status");
    form.append(said);
  }
}

// Whoever comes from anywhere but the door saw what came of the last paste.
function cameThrough(door) {
  return document.referrer !== "" && new URL(document.referrer).pathname === door;
}

for (const form of document.querySelectorAll("form.paste[data-known]")) {
  const box = form.querySelector("input[name='link']");
  const said = form.querySelector(".paste-known");
  let asked = "";
  let timer = 0;

  async function ask() {
    const link = box.value.trim();
    if (link === asked) return;
    asked = link;
    const isTitle = !link.includes("://") && link.split(/\s+/).length >= 3;
    if (!isTitle && !/https?:\/\/[^/\s]*\.|www\.|\w\.\w+\//i.test(link)) {
      said.replaceChildren();
      return;
    }
    try {
      const answer = await fetch(`${form.dataset.known}?link=${encodeURIComponent(link)}`, {
        credentials: "same-origin",
      });
      const words = answer.ok && answer.status !== 204 && !answer.redirected ? await answer.text() : "";
      if (asked !== link) return;
      const page = new DOMParser().parseFromString(words, "text/html");
      said.replaceChildren(...page.body.childNodes);
    } catch {
      asked = "";
      said.replaceChildren();
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 300);
  });
  if (box.value) ask();
}
