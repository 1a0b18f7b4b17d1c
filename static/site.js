// Small comforts of every page: what opens over the page (the menu of further places, on a phone the list of contents)
// closes when it is left, and a citation is copied with one press. Without this script the menu closes by its own button,
// the list of contents stays in its place, and a citation is copied like any text.
(() => {
  "use strict";
  const said = document.currentScript.dataset;

  const menu = () => [...document.querySelectorAll(".site-nav__more[open], .toc__fold[open]")].find(
    (each) => getComputedStyle(each.lastElementChild).position === "absolute",
  );
  document.addEventListener("click", (event) => {
    const leads = menu()?.matches(".toc__fold") && event.target.closest("a");
    if (menu() && (leads || !menu().contains(event.target))) menu().open = false;
  });
  document.addEventListener("focusin", (event) => {
    if (menu() && !menu().contains(event.target)) menu().open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu()?.contains(document.activeElement)) return;
    const summary = menu().querySelector("summary");
    menu().open = false;
    summary.focus();
  });

  if (!navigator.clipboard) return;
  for (const text of document.querySelectorAll("span[data-copied]")) {
    const [button, status] = [document.createElement("button"), document.createElement("span")];
    button.type = "button";
    button.className = "copy";
    button.textContent = said.copy;
    button.setAttribute("aria-label", `${said.copy}${said.colon}${text.dataset.copied}`);
    status.setAttribute("role", "status");
    status.className = "copy__done small";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.innerText);
        status.textContent = said.copied;
      } catch {
        status.textContent = said.failed;
      }
      setTimeout(() => { status.textContent = ""; }, 4000);
    });
    text.after(" ", button, " ", status);
  }
})();
