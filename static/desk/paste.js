// While a link or a title is typed: say at once whether the page is curated already, and what has nearly that title.
"use strict";

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
    if (!isTitle && !/^https?:\/\/[^/]*\../i.test(link)) {
      said.replaceChildren();
      return;
    }
    try {
      const answer = await fetch(`${form.dataset.known}?link=${encodeURIComponent(link)}`, { credentials: "same-origin" });
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
