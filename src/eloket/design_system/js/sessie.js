/* Warns two minutes before the session ends, and says so when it has ended. Typed text is never touched. */
(() => {
  "use strict";
  const seconden = Number(document.body.dataset.sessieSeconden);
  if (!seconden) return;
  const WAARSCHUWING = 120 * 1000;
  const SPELING = 30 * 1000; // the server may count up to 30 seconds less
  const SLEUTEL = "eloket-sessie-einde"; // shared by the tabs of this browser; holds a moment, nothing personal
  let einde = 0;
  let wekker = 0;
  let stap = "";

  const vak = document.createElement("div");
  vak.setAttribute("role", "alert");
  vak.className = "pip-sessie";
  document.body.append(vak);

  const gedeeld = (waarde) => {
    try {
      if (waarde !== undefined) localStorage.setItem(SLEUTEL, String(waarde));
      return Number(localStorage.getItem(SLEUTEL)) || 0;
    } catch {
      return 0; // storage is switched off: this tab counts for itself
    }
  };

  const begin = (resterend) => {
    einde = Date.now() + resterend * 1000 - SPELING;
    gedeeld(einde);
  };

  const maakMelding = (tekst, soort) => {
    const melding = document.createElement("div");
    melding.className = `utrecht-alert utrecht-alert--${soort}`;
    const inhoud = document.createElement("div");
    inhoud.className = "utrecht-alert__content pip-flow pip-flow--sm";
    const alinea = document.createElement("p");
    alinea.className = "nl-paragraph";
    alinea.textContent = tekst;
    inhoud.append(alinea);
    melding.append(inhoud);
    vak.replaceChildren(melding);
    return inhoud;
  };

  const verleng = async (knop) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    knop.disabled = true;
    try {
      const antwoord = await fetch("/sessie/verlengen/", {
        method: "POST",
        headers: { "X-CSRFToken": token ? token.value : "" },
        credentials: "same-origin",
      });
      if (antwoord.status === 204) {
        begin(Number(antwoord.headers.get("X-Sessie-Seconden")) || seconden);
      } else if (antwoord.status === 401) {
        einde = 0;
        gedeeld(1);
      } else {
        throw new Error("geen antwoord");
      }
      tik();
    } catch {
      knop.disabled = false;
      maakMelding("Dit lukte niet. Controleer uw verbinding en probeer het nog een keer.", "warning").append(knop);
    }
  };

  const waarschuw = () => {
    const inhoud = maakMelding(
      "U wordt over 2 minuten uitgelogd, omdat u een tijd niets heeft gedaan. Wilt u ingelogd blijven?",
      "warning",
    );
    const knop = document.createElement("button");
    knop.type = "button";
    knop.className = "nl-button nl-button--primary";
    const label = document.createElement("span");
    label.className = "nl-button__label";
    label.textContent = "Blijf ingelogd";
    knop.append(label);
    knop.addEventListener("click", () => verleng(knop));
    inhoud.append(knop);
  };

  const eindig = () => {
    maakMelding(
      "U bent uitgelogd. Wat u heeft getypt, staat er nog. Gaat u verder of verstuurt u het? " +
        "Dan logt u eerst opnieuw in en komt u hier terug.",
      "info",
    );
  };

  const tik = () => {
    clearTimeout(wekker);
    const rest = Math.max(einde, gedeeld()) - Date.now();
    const nieuw = rest <= 0 ? "einde" : rest <= WAARSCHUWING ? "waarschuwing" : "rust";
    if (nieuw !== stap) {
      stap = nieuw;
      if (nieuw === "rust") vak.replaceChildren();
      if (nieuw === "waarschuwing") waarschuw();
      if (nieuw === "einde") eindig();
    }
    const wacht = nieuw === "rust" ? rest - WAARSCHUWING : nieuw === "waarschuwing" ? rest : 30000;
    wekker = setTimeout(tik, Math.max(1000, Math.min(wacht, 30000)));
  };

  begin(seconden);
  addEventListener("storage", tik);
  document.addEventListener("visibilitychange", tik); // timers sleep with the laptop
  tik();
})();
