// Hides opened values when their time is over: a box that was not changed loses its text and is no longer sent, so that
// the server keeps what is stored. What somebody typed meanwhile stays and can be saved.
(() => {
  const strip = document.querySelector("[data-seals-end]");
  if (!strip) return;
  const boxes = () => document.querySelectorAll("[data-sealed]");
  const hide = () => {
    for (const box of boxes()) {
      if (box.value !== box.defaultValue || box.value === "") continue;
      box.value = box.defaultValue = "";
      box.disabled = true;
      box.placeholder = "▪▪▪";
    }
    const words = strip.querySelector("[data-seals-over]");
    words.textContent = words.dataset.sealsOver;
    strip.classList.remove("is-open");
    strip.querySelector("button")?.remove();
  };
  const left = () => Date.parse(strip.dataset.sealsEnd) - Date.now();
  const wait = () => (left() <= 0 ? hide() : setTimeout(wait, Math.min(left() + 500, 30000)));
  wait();
  // A page that comes back from the browser's memory is asked for anew.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
