/* What HTML cannot do by itself: bring the focus to what went wrong, and open what a link points into. */
(() => {
  "use strict";
  const openDoel = () => {
    const doel = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const vouw = doel && doel.closest("details");
    if (vouw && !vouw.open) {
      vouw.open = true;
      doel.scrollIntoView();
    }
  };
  addEventListener("hashchange", openDoel);
  openDoel();
  const fout = document.querySelector("[data-focus]");
  if (fout) fout.focus();
})();
