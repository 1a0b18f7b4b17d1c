// On a phone a row of a list is shown as a card: each value gets the name of its column (see admin-extra.css).
const table = document.querySelector("#result_list");
if (table) {
  const names = [...table.querySelectorAll("thead th")].map((cell) => cell.querySelector(".text")?.textContent.trim() ?? "");
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.cells].forEach((cell, place) => cell.setAttribute("data-label", names[place]));
  }
  table.classList.add("labelled");
}

// The value as printed is in sight in its box of lines, also where a line is a whole paragraph.
function showPrinted(part) {
  for (const mark of part.querySelectorAll(".printed-lines mark")) {
    const box = mark.closest(".printed-lines");
    box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }
}
showPrinted(document);
// What is folded has no height yet: once more when it is opened.
document.addEventListener("toggle", (event) => showPrinted(event.target), true);

// Keys for what is done most: with Alt (Shift+Alt in Firefox, Ctrl+Option on a Mac): S searches or saves, N adds, 0 is the desk.
const keys = [["#searchbar", "s"], [".submit-row [name=_save]", "s"], [".object-tools .addlink", "n"], ["#site-name a", "0"]];
for (const [place, key] of keys) document.querySelector(place)?.setAttribute("accesskey", key);

// The search boxes of a form and the hints beside its lists are drawn by scripts that leave them without a name or role.
function nameBox(shown) {
  const box = shown.closest(".select2-selection"), label = shown.closest(".select2-container").previousElementSibling?.labels?.[0];
  if (!label) return;
  label.id ||= `${label.htmlFor}_label`;
  shown.removeAttribute("role");
  shown.removeAttribute("aria-readonly");
  box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
}
function nameAll() {
  for (const shown of document.querySelectorAll(".select2-selection__rendered[role=textbox]")) nameBox(shown);
  for (const hint of document.querySelectorAll(".help-tooltip[aria-label]:not([role])")) hint.setAttribute("role", "img");
}
// Whenever such a box comes: with the page, or with one more row.
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
