/* The page of a zaak: who else has it open, every minute while somebody works here, and the example of a status text. */
(() => {
  "use strict";
  const MINUUT = 60_000;

  const vak = document.querySelector("[data-aanwezig]");
  let is_gebruikt = false;
  // Asking keeps the session alive: only for who moved or typed since the last time.
  const onthoud = () => { is_gebruikt = true; };
  const toon = (regels, is_gewijzigd) => {
    const teksten = is_gewijzigd ? [...regels, "Deze zaak is intussen gewijzigd. Laad de pagina opnieuw voordat u iets wijzigt."] : regels;
    const huidig = [...vak.querySelectorAll("p")].map((p) => p.textContent.trim());
    if (teksten.join("\n") === huidig.join("\n")) return;
    vak.replaceChildren(...teksten.map((tekst) => {
      const p = document.createElement("p");
      p.className = "nl-paragraph";
      p.textContent = tekst;
      return p;
    }));
  };
  const vraag = async () => {
    if (!is_gebruikt || document.visibilityState !== "visible") return;
    is_gebruikt = false;
    try {
      const antwoord = await fetch(vak.dataset.aanwezig, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!antwoord.ok) return;
      const { regels, versie } = await antwoord.json();
      toon(regels, String(versie) !== vak.dataset.versie);
    } catch {
      /* No answer now: the next minute may have one. What stands there stays. */
    }
  };
  if (vak) {
    for (const soort of ["pointerdown", "keydown", "scroll"]) addEventListener(soort, onthoud, { passive: true });
    setInterval(vraag, MINUUT);
  }

  const voorbeeld = document.querySelector("[data-voorbeeld]");
  const veld = voorbeeld && document.getElementById(voorbeeld.dataset.voorbeeld);
  if (veld) {
    const tekst = voorbeeld.querySelector("[data-voorbeeld-tekst]");
    const werk_bij = () => {
      tekst.replaceChildren(...veld.value.trim().split("\n").flatMap((regel, n) => (n ? [document.createElement("br"), regel] : [regel])));
    };
    voorbeeld.hidden = false;
    veld.addEventListener("input", werk_bij);
    werk_bij();
  }
})();
