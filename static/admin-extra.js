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
for (const [place, key] of keys) {
  const found = document.querySelectorAll(place);
  // Of the two rows of buttons the last is always in sight.
  found[found.length - 1]?.setAttribute("accesskey", key);
}
