/* Asks the browser for a passkey or security key, and sends its answer with the form. Everything else works without. */
(() => {
  "use strict";
  const naarBytes = (tekst) => {
    const base64 = tekst.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(base64), (teken) => teken.charCodeAt(0));
  };
  const naarTekst = (buffer) => {
    const tekens = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(tekens).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const leesSleutels = (lijst) => (lijst || []).map((een) => ({ ...een, id: naarBytes(een.id) }));

  const leesOpties = (tekst) => {
    const opties = JSON.parse(tekst);
    opties.challenge = naarBytes(opties.challenge);
    if (opties.user) opties.user.id = naarBytes(opties.user.id);
    if (opties.excludeCredentials) opties.excludeCredentials = leesSleutels(opties.excludeCredentials);
    if (opties.allowCredentials) opties.allowCredentials = leesSleutels(opties.allowCredentials);
    return opties;
  };

  const schrijf = (sleutel) => {
    const antwoord = {};
    for (const naam of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (sleutel.response[naam]) antwoord[naam] = naarTekst(sleutel.response[naam]);
    }
    return JSON.stringify({ id: sleutel.id, rawId: naarTekst(sleutel.rawId), type: sleutel.type, response: antwoord });
  };

  const TEKSTEN = {
    InvalidStateError: "Deze passkey of beveiligingssleutel is al toegevoegd. Kies een andere.",
    NotAllowedError: "Het is niet gelukt, of u bent gestopt. Probeer het opnieuw, of kies een andere manier.",
    SecurityError: "Op dit adres werkt een passkey niet. Kies een andere manier.",
  };

  for (const vak of document.querySelectorAll("[data-passkey]")) {
    const formulier = vak.querySelector("form");
    const uitleg = vak.querySelector("[data-passkey-uitleg]");
    const fout = vak.querySelector("[data-passkey-fout]");
    const knop = formulier.querySelector("button");
    if (!window.PublicKeyCredential) {
      uitleg.textContent = "Uw browser kan dit niet. Kies een andere manier.";
      continue;
    }
    uitleg.remove();
    formulier.hidden = false;

    const toon = (tekst) => {
      const alinea = document.createElement("p");
      alinea.className = "nl-paragraph";
      alinea.textContent = tekst;
      fout.replaceChildren(alinea);
    };

    formulier.addEventListener("submit", async (gebeurtenis) => {
      if (formulier.elements.passkey.value) return;
      gebeurtenis.preventDefault();
      if (knop.disabled) return;
      knop.disabled = true;
      fout.replaceChildren();
      try {
        const publicKey = leesOpties(vak.dataset.opties);
        const vraag = vak.dataset.passkey === "create" ? "create" : "get";
        formulier.elements.passkey.value = schrijf(await navigator.credentials[vraag]({ publicKey }));
        formulier.submit();
      } catch (error) {
        toon(TEKSTEN[error.name] || TEKSTEN.NotAllowedError);
        knop.disabled = false;
        knop.focus();
      }
    });
  }
})();
