// How a step is sent and how its answer is told, wherever its button stands: on the page of a brief or in a row.
"use strict";

window.deskSteps = (() => {
  // `html` is the server's own, escaped where it quotes anybody.
  const parsed = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes];

  // What came of a step as a note that can have the focus; `door` is where one signs in.
  function note(html, { kind = "error", door = "", label = "" } = {}) {
    const item = document.createElement("li");
    const text = document.createElement("span");
    item.className = `note ${kind}`;
    item.tabIndex = -1;
    text.append(...parsed(html));
    if (door) {
      const link = { className: "link", href: door, target: "_blank", rel: "noopener", textContent: label };
      text.append(" ", Object.assign(document.createElement("a"), link));
    }
    item.append(text);
    return item;
  }
  function show(place, item) {
    const list = document.createElement("ul");
    list.className = "messagelist";
    list.append(item);
    place.replaceChildren(list);
    return item;
  }
  // What was done is told in a place (`said`), and to those who listen (`status`).
  function telling(said, status) {
    const say = (text) => {
      status.textContent = text;
    };
    function tell(html, kind, extra = null) {
      const item = show(said, note(html, { kind }));
      if (extra) item.append(extra);
      say(item.textContent);
      return item;
    }
    return { say, tell, hush: () => said.replaceChildren() };
  }
  // What blocks has the focus, else the words themselves.
  const focus = (item) => (item.querySelector(".held a") ?? item).focus();

  async function post(url, body, words) {
    const answer = await fetch(url, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return answer.json();
    return { status: "failed", words: answer.status === 403 ? words.old : words.fault, isOld: answer.status === 403 };
  }

  // Once more with a new token, where another sign-in in this browser made the page's old. Without the network the
  // fault is `words.fault`.
  async function send(url, entries, words, renew = renewed) {
    try {
      const told = await post(url, new URLSearchParams(entries()), words);
      return told.isOld && (await renew()) ? await post(url, new URLSearchParams(entries()), words) : told;
    } catch (fault) {
      if (!(fault instanceof TypeError)) throw fault;
      return { status: "failed", words: words.fault };
    }
  }

  // The page as it is now, or null where it is not to be had any more.
  async function fetched() {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    return answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  }

  // The token of a page that was fetched just now is the one of whoever is signed in.
  async function renewed() {
    const token = (await fetched().catch(() => null))?.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    const boxes = [...document.querySelectorAll("input[name=csrfmiddlewaretoken]")];
    if (!token || boxes.every((box) => box.value === token)) return false;
    for (const box of boxes) box.value = token;
    return true;
  }

  return { parsed, note, show, focus, send, fetched, telling };
})();
