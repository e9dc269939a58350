// Takes steps where one is: what is typed is saved first, the answer stands beside the button, what blocks has the focus.
// Only where writing begins again is the page opened anew; without this script every step is a form.
"use strict";

(() => {
  const standing = () => document.querySelector(".step[data-state]");
  if (!standing()) return;
  const saving = window.deskAutosave;
  const { parsed, note, show, focus, send, fetched, held } = window.deskSteps;
  const words = { ...standing().dataset };
  let isOnItsWay = false;

  // What is said -----------------------------------------------------------------------------------------------------------

  const said = () => standing().querySelector("[data-step-said]");

  const tell = (html, kind = "error", door = "") => show(said(), note(html, { kind, door, label: words.door }));
  const hush = () => {
    said().replaceChildren();
    for (const one of standing().querySelectorAll("[data-step-fault]")) one.remove();
  };

  // Beside the field of the step's own form that is at fault, where there is one that can be seen; else above all steps.
  function refuse(told, form) {
    const field =
      told.field &&
      [...form.elements].find((one) => one.name === told.field && one.type !== "hidden" && one.checkVisibility());
    if (!field) {
      focus(tell(told.words, "error", told.door));
      return;
    }
    const list = Object.assign(document.createElement("ul"), { className: "errorlist", id: `${field.id}_fault` });
    const line = document.createElement("li");
    list.dataset.stepFault = "";
    line.append(...parsed(told.words));
    list.append(line);
    field.after(list);
    const turn = told.isTwice && field.closest("[data-hour]")?.querySelector(".hour-turn");
    if (turn) turn.hidden = false; // the hour comes twice: which one is asked beside it
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-errormessage", list.id);
    field.focus();
  }

  // What the page shows ------------------------------------------------------------------------------------------------------

  // What is typed into another step's box meanwhile, or folded open, stays so; `sent` is the form that was taken.
  function swap(here, next, sent = null) {
    if (!here || !next) return;
    const goesOn = held(here, sent);
    here.replaceWith(next);
    goesOn(next);
  }
  function put(page, sent) {
    const next = page.querySelector(".step[data-state]");
    if (!next) return;
    standing().dataset.state = next.dataset.state;
    swap(standing().querySelector(".step-in"), next.querySelector(".step-in"), sent);
  }

  const isWritable = (page) => Boolean(page.querySelector("#article_form input[name=edit]"));

  // Whoever has no right to write any more reads the words instead, and what else was theirs to do goes as well.
  function close(page) {
    for (const id of ["article_form", "harvest", "comments"])
      swap(document.getElementById(id), page.getElementById(id));
    for (const id of ["saved", "picture-upload", "picture-gather", "picture-address"])
      document.getElementById(id)?.remove();
    document.dispatchEvent(new CustomEvent("medigy:closed"));
  }

  // An edit of what was approved sends it back to review, and other steps open.
  document.addEventListener("medigy:saved", async ({ detail }) => {
    if (isOnItsWay || !detail.state || standing().dataset.state === detail.state) return;
    standing().dataset.state = detail.state;
    hush(); // what was said was said of the state before
    const page = await fetched().catch(() => null);
    if (page) put(page);
  });

  async function showTaken(told, sent) {
    const page = await fetched();
    if (!page) {
      location.reload();
      return;
    }
    const couldWrite = Boolean(saving);
    put(page, sent);
    for (const box of document.querySelectorAll("input[name=edit]")) box.value = told.edit;
    if (couldWrite && !isWritable(page)) close(page);
    else saving?.resume();
    swap(document.getElementById("checks"), page.getElementById("checks"));
    document.dispatchEvent(new CustomEvent("medigy:stepped", { detail: told }));
    tell(told.words, "success").focus();
  }

  // Taking one ---------------------------------------------------------------------------------------------------------------

  async function take(form, url, entries) {
    hush();
    if (saving && !(await saving.flush())) {
      tell(words.unsaved);
      return;
    }
    const told = await send(url, entries, words, async () => saving?.renewed());
    if (told.status === "taken" && told.page !== undefined) {
      location.assign(told.page || location.href);
      return;
    }
    if (told.status === "taken") {
      await showTaken(told, form);
      return;
    }
    saving?.resume();
    if (told.status === "signed-out") document.dispatchEvent(new CustomEvent("medigy:out", { detail: told }));
    if (told.isStale) document.dispatchEvent(new CustomEvent("medigy:newer"));
    refuse(told, form);
  }

  async function begin(form, button, url, entries) {
    if (isOnItsWay) return;
    isOnItsWay = true;
    button?.setAttribute("aria-busy", "true");
    try {
      await take(form, url, entries);
    } catch (fault) {
      if (!(fault instanceof TypeError)) throw fault;
      saving?.resume();
      tell(words.fault).focus();
    } finally {
      isOnItsWay = false;
      button?.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented) return;
    if (form.matches(".step .step-form")) {
      event.preventDefault();
      begin(form, submitter, form.action, () => new FormData(form));
    } else if (form.id === "article_form" && submitter?.name === "_step") {
      event.preventDefault();
      const url = words.take.replace("/0/", `/${submitter.value}/`);
      const entries = () => [
        ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value],
        ["edit", form.elements.edit.value],
      ];
      // The form's own script has said in this moment that the page is about to be left; it is not.
      setTimeout(() => begin(form, submitter, url, entries));
    }
  });
})();
