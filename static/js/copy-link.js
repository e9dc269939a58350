// The share row: show the button where it can work, copy the address, say so.
const row = document.querySelector("[data-copy-link]");
if (row && navigator.clipboard) {
  const [address, button, said] = ["input", "button", "[role=status]"].map((what) => row.querySelector(what));
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address.value);
      said.textContent = "Copied.";
    } catch {
      address.select();
      said.textContent = "Selected. Copy it with your keyboard.";
    }
  });
}
