/* Keeps what somebody types in <form data-concept="address">: an enhancement of its button "Bewaar als concept".
 *
 * The server keeps it for this person alone; [data-concept-stand] says when. Nothing is stored in the browser.
 */
(() => {
  "use strict";
  const RUST = 3000; // milliseconds after the last key
  const VELDEN = ["csrfmiddlewaretoken", "partij-merk", "gesprek", "sleutel", "onderwerp", "bericht"];

  const bewaak = (form) => {
    const stand = form.querySelector("[data-concept-stand]");
    let wekker = 0;
    let verzoek = null;
    let laatste = "";

    const inhoud = () => {
      const velden = new URLSearchParams();
      for (const naam of VELDEN) {
        const veld = form.elements.namedItem(naam);
        if (veld) velden.set(naam, veld.value);
      }
      return velden;
    };

    const bewaar = async () => {
      const velden = inhoud();
      if (velden.toString() === laatste) return;
      verzoek?.abort();
      verzoek = new AbortController();
      try {
        const antwoord = await fetch(form.dataset.concept, {
          method: "POST",
          body: velden,
          credentials: "same-origin",
          headers: { Accept: "application/json" },
          redirect: "error",
          signal: verzoek.signal,
        });
        if (!(antwoord.headers.get("Content-Type") || "").includes("json")) return;
        stand.textContent = (await antwoord.json()).tekst;
        if (antwoord.ok) laatste = velden.toString();
      } catch {
        // No connection, or the session has ended: the next key tries again, and the form itself still works.
      }
    };

    form.addEventListener("input", () => {
      clearTimeout(wekker);
      wekker = setTimeout(bewaar, RUST);
    });
    form.addEventListener("submit", () => {
      clearTimeout(wekker);
      verzoek?.abort();
    });
    laatste = inhoud().toString();
  };

  for (const form of document.querySelectorAll("form[data-concept]")) bewaak(form);
})();
