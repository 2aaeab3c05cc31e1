/* Folded rows: links into a row open it, and one button opens or folds them all. Without this script each line still opens. */
"use strict";

(() => {
  const ways = document.querySelector("[data-rows]");
  const rows = () => [...document.querySelectorAll("details.row")];

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let row = target.closest("details.row"); row; row = row.parentElement.closest("details.row")) row.open = true;
    target.scrollIntoView();
  };

  if (ways && rows().length > 1) {
    const button = ways.querySelector("button");
    const tell = () => {
      const open = rows().some((row) => !row.open);
      button.textContent = open ? ways.dataset.open : ways.dataset.fold;
      return open;
    };
    button.addEventListener("click", () => {
      const open = tell();
      for (const row of rows()) row.open = open;
      tell();
    });
    document.addEventListener("toggle", tell, true);
    ways.hidden = false;
    tell();
  }
  /* An empty box of a search list has no words to be called by: it is called by its label. */
  const name = () => {
    for (const box of document.querySelectorAll("select + .select2-container [role=combobox]:not([aria-label])")) {
      const label = box.closest(".select2-container").previousElementSibling.labels[0];
      if (label) box.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
    }
  };
  window.addEventListener("load", name);
  document.addEventListener("formset:added", () => setTimeout(name));

  window.addEventListener("hashchange", reveal);
  reveal();
})();
