// Before anything is drawn: how whoever is signed in likes their desk. What they chose wins over this browser's memory.
"use strict";

{
  const { density, shortcuts, zone, scheme, keep } = document.currentScript.dataset;
  const page = document.documentElement.dataset;
  for (const [name, value] of Object.entries({ density, shortcuts, zone })) if (value) page[name] = value;
  try {
    if (scheme) localStorage.setItem("theme", scheme);
  } catch {
    /* Then the page is as the system is. */
  }

  // The button in the bar changes the scheme here at once; it is kept for their other browsers.
  if (keep)
    document.addEventListener("click", (event) => {
      if (!event.target.closest?.(".theme-toggle")) return;
      const token = document.querySelector("#logout-form [name='csrfmiddlewaretoken']")?.value || "";
      fetch(keep, {
        method: "POST",
        body: new URLSearchParams({ scheme: page.theme }),
        keepalive: true,
        credentials: "same-origin",
        headers: { "X-CSRFToken": token },
      }).catch(() => {});
    });
}
