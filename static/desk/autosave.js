// Saves while one writes: half a second after the last change, again when something was in the way, and never twice at once.
"use strict";

window.deskAutosave = (() => {
  const fields = window.deskFields;
  const bar = document.getElementById("saved");
  if (!fields || !bar) return null;
  const { form } = fields;
  const WAIT = 500;
  const SLOW = 20000;
  const TRIES = [2, 4, 8, 15, 30];
  const TITLE = 70;
  const words = bar.querySelector("[data-words]");
  const time = bar.querySelector("[data-time]");
  const door = bar.querySelector("[data-door]");
  const again = bar.querySelector("[data-again]");
  const client = form.dataset.client || makeKey();
  const saved = held();
  const hold = new Set();
  let waiting = {};
  let state = "";
  let timer;
  let sending = null;
  let wanted = false;
  let failures = 0;
  let bursts = 0;
  let token = form.elements.csrfmiddlewaretoken.value;
  let typed = "";
  const missed = new Set(); // lists in whose box stands what nothing matched

  // An id for a draft that has none yet; randomUUID is there on safe connections only.
  function makeKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const hex = [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }
  function held() {
    return Object.fromEntries(fields.names().map((name) => [name, fields.value(name)]));
  }
  const changed = () => fields.names().filter((name) => fields.value(name) !== saved[name]);
  const unsaved = () => changed().length > 0 || Boolean(sending);
  const seen = () => JSON.parse(form.elements.seen.value || "{}");

  // What is said at the top. The time is for eyes; ears hear only what is new.
  function say(next, more = {}) {
    state = next;
    bar.dataset.state = next;
    const text = more.words || bar.dataset[next] || "";
    if (words.textContent !== text) words.textContent = text;
    time.textContent = more.at || "";
    door.hidden = next !== "out";
    if (more.door) door.href = more.door;
    again.hidden = next !== "failed" && next !== "offline";
  }

  function sayWaiting() {
    const names = Object.keys(waiting).map((name) => fields.label(name));
    return names.length ? `${bar.dataset.saved}; waiting: ${names.join(", ")}` : "";
  }

  function soon(delay = WAIT) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  async function send() {
    clearTimeout(timer);
    if (leaving) return null;
    if (sending) {
      wanted = true;
      return sending;
    }
    if (!changed().some((name) => !hold.has(name)) && !typed && !wanted) return null;
    wanted = false;
    sending = post().finally(() => {
      sending = null;
      if (wanted) soon(0);
    });
    return sending;
  }

  // The form on its way: as whom, to which draft, and less what waits for a choice.
  function sent(how, entered = "") {
    const body = new URLSearchParams(fields.entries(entered));
    body.set("as", form.dataset.person);
    if (!form.dataset.autosave) body.set("client", client);
    for (const name of hold) body.append("hold", name);
    return fetch(form.dataset.autosave || form.dataset.begin, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      ...how,
    });
  }

  async function post() {
    const before = held();
    const waited = new Set(hold);
    const entered = typed;
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), SLOW);
    typed = "";
    say("saving");
    try {
      const answer = await sent({ signal: stop.signal }, entered);
      if (!(await heard(answer, before, waited, entered))) typed ||= entered;
    } catch (fault) {
      typed ||= entered;
      if (!(fault instanceof TypeError) && fault.name !== "AbortError") throw fault;
      retry(navigator.onLine ? "failed" : "offline");
    } finally {
      clearTimeout(late);
    }
  }

  // Whether the answer was taken: what was entered in a list's box is not to be sent again.
  async function heard(answer, before, waited, entered) {
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isJson) return retry("failed");
    const told = await answer.json();
    if (told.status === "token") return renew(); // another sign-in made the page's token old
    if (answer.status >= 500 || answer.status === 429) return retry("failed", told);
    if (answer.status === 200 || answer.status === 409) {
      take(told, before, waited, entered);
      return true;
    }
    if (answer.status === 401) {
      say("out", told);
      listenForSignIn();
      return null;
    }
    say("refused", told);
    return null;
  }

  // Take what the server says: new edit and fingerprints, what others wrote, what waits and what both changed.
  function take(told, before, waited, entered) {
    failures = 0;
    const marks = told.seen;
    const was = seen();
    const isConflict = told.status === "conflict";
    if (!form.dataset.autosave) begun(told);
    form.elements.edit.value = told.edit;
    for (const field of told.fields) settle(field, marks, was, before, waited);
    if (!isConflict)
      for (const name of Object.keys(before))
        if (!(name in told.waiting) && !told.fields.some((field) => field.name === name)) saved[name] = before[name];
    form.elements.seen.value = JSON.stringify(marks);
    // Nothing was written of what was entered in a list's box: it goes along once more.
    if (isConflict && entered) typed ||= entered;
    showFaults(told.waiting, isConflict ? "" : entered);
    for (const box of document.querySelectorAll("form:not(#article_form) input[name=edit]")) box.value = told.edit;
    if (isConflict && (typed || changed().some((name) => !hold.has(name))) && bursts++ < 5) {
      wanted = true;
      return;
    }
    bursts = 0;
    if (saved.title && !("title" in told.waiting)) showTitle(saved.title);
    if (hold.size) say("conflict", { words: told.words });
    else if (!wanted) say("saved", { at: told.at, words: sayWaiting() }); // what was chosen meanwhile goes now
    document.dispatchEvent(new CustomEvent("medigy:saved", { detail: told }));
    if (changed().some((name) => !hold.has(name) && !(name in waiting))) soon();
  }

  function showTitle(title) {
    const crumb = document.querySelector(".crumbs [aria-current]");
    if (crumb) crumb.textContent = title.length > TITLE ? `${title.slice(0, TITLE - 1)}…` : title;
  }

  function settle(field, marks, was, before, waited) {
    const { name } = field;
    const typedSince = fields.value(name) !== before[name];
    if (field.mine && waited.has(name) && !hold.has(name)) {
      marks[name] = was[name]; // chosen while this answer was on its way
    } else if (field.mine) {
      hold.add(name);
      document.dispatchEvent(new CustomEvent("medigy:conflict", { detail: field }));
    } else if (typedSince) {
      marks[name] = was[name]; // measured by what was shown, so that the next save sees that both wrote
    } else {
      fields.write(name, field);
      if (!field.merged) saved[name] = fields.value(name); // the changes of both are still to be saved
    }
  }

  // Somebody chose in a conflict: what stands in the field now is built on what the other one wrote.
  function settled(field) {
    hold.delete(field.name);
    const marks = seen();
    marks[field.name] = field.mark;
    form.elements.seen.value = JSON.stringify(marks);
    soon(0);
  }

  function begun(told) {
    const page = form.dataset.change.replace("/0/", `/${told.article}/`);
    for (const key of ["autosave", "here", "differences", "preview"])
      if (form.dataset[`${key}Later`])
        form.dataset[key] = form.dataset[`${key}Later`].replace("/0/", `/${told.article}/`);
    form.action = page;
    form.dataset.article = told.article;
    history.replaceState(null, "", page);
    document.dispatchEvent(new CustomEvent("medigy:begun", { detail: told }));
  }

  function showFaults(next, entered) {
    for (const name of Object.keys(waiting)) fields.row(name)?.querySelector("[data-fault]")?.remove();
    waiting = Object.fromEntries(Object.entries(next).filter(([name]) => !hold.has(name)));
    for (const [name, faults] of Object.entries(waiting)) {
      if (!faults.length) continue;
      const list = document.createElement("ul");
      list.className = "errorlist";
      list.dataset.fault = "";
      list.append(...faults.map((fault) => Object.assign(document.createElement("li"), { textContent: fault })));
      fields.row(name)?.querySelector(".fieldBox")?.append(list);
    }
    if (entered in waiting) missed.add(entered);
    else if (entered) {
      missed.delete(entered);
      const box = fields.picker(entered)?.querySelector(".picker-find input");
      if (box) box.value = "";
    }
  }

  // What was typed in a list's box and matched nothing waits no longer once the box is empty.
  function forget(name) {
    if (!missed.delete(name)) return;
    fields.row(name)?.querySelector("[data-fault]")?.remove();
    delete waiting[name];
    if (state === "saved") say("saved", { words: sayWaiting() });
  }

  // Trying again ------------------------------------------------------------------------------------------------------

  function retry(name, told = {}) {
    const pause = TRIES[Math.min(failures++, TRIES.length - 1)];
    say(name, { words: told.words });
    wanted = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      wanted = true;
      send();
    }, pause * 1000);
  }

  async function pulse() {
    const answer = await fetch(form.dataset.pulse, {
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    return answer.ok ? answer.json() : null;
  }

  async function renew() {
    const told = await pulse();
    if (!told) {
      say("out");
      listenForSignIn();
      return;
    }
    if (String(told.person) !== form.dataset.person) {
      say("out", { words: bar.dataset.another });
      listenForSignIn();
      return;
    }
    if (token === told.csrf && failures > 2) {
      retry("failed");
      return;
    }
    failures += 1;
    token = told.csrf;
    for (const box of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) box.value = token;
    wanted = true;
  }

  let listening = null;
  function listenForSignIn() {
    listening ??= setInterval(async () => {
      const told = await pulse().catch(() => null);
      if (!told || String(told.person) !== form.dataset.person) return;
      clearInterval(listening);
      listening = null;
      await renew();
      wanted = true;
      send();
    }, 3000);
  }

  // What starts it ------------------------------------------------------------------------------------------------------

  form.addEventListener("input", (event) => {
    if (event.target.name?.endsWith("-add")) {
      if (!event.target.value.trim()) forget(event.target.name.slice(0, -"-add".length));
      return;
    }
    soon(state === "failed" || state === "offline" ? 2000 : WAIT);
  });
  form.addEventListener("change", () => soon());
  // Enter in a line would press the form's first button, and that is a step.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.target.form !== form) return;
    if (event.target.matches("input:not([type='submit'])")) event.preventDefault();
  });
  document.addEventListener("medigy:picked", () => soon(0));
  document.addEventListener("medigy:entered", (event) => {
    typed = event.detail.name;
    soon(0);
  });
  document.addEventListener("medigy:out", ({ detail }) => {
    if (state !== "out" && !sending) {
      say("out", detail);
      listenForSignIn();
    }
  });
  document.addEventListener("medigy:newer", () => {
    if (!sending && state !== "out") {
      wanted = true;
      send();
    }
  });
  window.addEventListener("online", () => {
    wanted = true;
    send();
  });
  again.addEventListener("click", () => {
    wanted = true;
    send();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key !== "s" || window.deskKeys.isOff()) return;
    event.preventDefault();
    wanted = true;
    send();
  });

  // A step that is sent with the form waits for a save that is under way, and takes its edit along.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (waitsForChoice(event)) return;
    if (!sending) {
      leaving = true; // what is typed now would reach a brief that is in other hands
      setTimeout(() => {
        leaving = !event.defaultPrevented;
      });
      return;
    }
    event.preventDefault();
    const by = event.submitter;
    sending.finally(() => form.requestSubmit(by));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.closest(".step")) waitsForChoice(event);
  });
  let leaving = false;

  // While two texts wait for a choice no step is taken: it would decide for one of them without a word.
  function waitsForChoice(event) {
    if (!hold.size) return false;
    event.preventDefault();
    toChoice();
    return true;
  }
  function toChoice() {
    say("conflict");
    const choice = document.querySelector(".merge[data-mark]");
    choice?.scrollIntoView({ block: "center" });
    choice?.querySelector("input:checked").focus({ preventScroll: true });
  }
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && unsaved() && state !== "saving") event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    if (leaving || !unsaved() || !form.dataset.autosave) return;
    sent({ keepalive: true }).catch(() => {});
  });

  // A step in place ---------------------------------------------------------------------------------------------------

  // Save what is not saved yet, what is half typed in lists' boxes too, and hold still until `resume`. Gives whether all
  // is stored; if not, what is in the way has the focus.
  async function flush() {
    if (sending) await sending;
    for (const name of halfTyped()) {
      typed = name;
      wanted = true;
      await send();
    }
    for (let round = 0; round < 5 && changed().some((name) => !hold.has(name) && !(name in waiting)); round++)
      await send();
    if (hold.size) {
      toChoice();
      return false;
    }
    const [left] = [...changed(), ...halfTyped()];
    if (left) {
      fields.focus(left);
      return false;
    }
    leaving = true;
    return true;
  }
  const halfTyped = () =>
    [...form.querySelectorAll("[data-picker]")]
      .filter((list) => list.querySelector(".picker-find input")?.value.trim())
      .map((list) => list.dataset.picker);
  function resume() {
    leaving = false;
    if (changed().length) soon();
  }
  async function renewed() {
    const before = token;
    await renew();
    return token !== before;
  }

  document.documentElement.dataset.autosaves = "";
  return { changed, settled, client, token: () => token, flush, resume, renewed };
})();
