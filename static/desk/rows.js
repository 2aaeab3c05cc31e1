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
  /* A search list is called by its label, then by what is chosen. Its box stands there once jQuery has made it. */
  const PARTS = "[role=combobox], [role=textbox], .select2-search__field";
  const name = () => {
    for (const box of document.querySelectorAll("select + .select2-container:not([data-named])")) {
      const select = box.previousElementSibling;
      const label = select.labels[0];
      if (!label) continue;
      label.id ||= `${select.id}_label`;
      for (const part of box.querySelectorAll(PARTS)) {
        part.setAttribute("aria-labelledby", `${label.id} ${part.getAttribute("aria-labelledby") ?? ""}`.trim());
      }
      box.dataset.named = "";
    }
  };
  window.django?.jQuery(name);
  document.addEventListener("formset:added", () => setTimeout(name));

  window.addEventListener("hashchange", reveal);
  reveal();
})();
