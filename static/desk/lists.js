/* Lists on narrow screens: each value says the heading of its column. Without this script the values stand alone. */
"use strict";

(() => {
  const table = document.getElementById("result_list");
  if (!table) return;
  const headings = [...table.querySelectorAll("thead th")].map((heading) => heading.querySelector(".text")?.textContent.trim());
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.cells].forEach((cell, place) => {
      if (cell.tagName === "TD" && headings[place] && !cell.classList.contains("action-checkbox")) {
        cell.dataset.label = headings[place];
      }
    });
  }
})();
