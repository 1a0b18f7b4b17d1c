// On a phone a row of a list is shown as a card: each value gets the name of its column (see admin-extra.css).
const table = document.querySelector("#result_list");
if (table) {
  const names = [...table.querySelectorAll("thead th")].map((cell) => cell.querySelector(".text")?.textContent.trim() ?? "");
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.cells].forEach((cell, place) => cell.setAttribute("data-label", names[place]));
  }
  table.classList.add("labelled");
}
