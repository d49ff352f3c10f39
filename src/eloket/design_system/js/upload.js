/* Adding documents with progress: an enhancement of <form data-upload>, which works as a plain form without it.
 *
 * The form holds <input type="file" name="bestanden" multiple> inside a <details>. Its wrapper becomes the drop zone.
 * With `Accept: application/json` the server answers {"url": "..."}, also when it refused files: it keeps those texts in
 * the session, so that the page at `url` shows them. Done too often (429), or from a page for another party than who is
 * logged in now (409), it answers {"tekst": "..."}, which is shown here. Names of files are only ever text, never HTML.
 */
(() => {
  "use strict";

  const MAX_OMVANG = 50 * 1024 * 1024; // the same limits as documenten/formaten.py, which decides
  const MAX_AANTAL = 10;
  const TEKST = {
    annuleer: "Annuleren",
    bezig: "Uw bestanden worden verstuurd.",
    controle: "Alles is verstuurd. Wij controleren uw bestanden nog even.",
    gestopt: "Het versturen is gestopt. Uw keuze staat er nog.",
    geenKeuze: "Kies eerst een bestand.",
    netwerk: "Het versturen is niet gelukt. Controleer uw internetverbinding en kies nog een keer Voeg toe. Uw keuze staat er nog.",
    uitgelogd: "U bent niet meer ingelogd. Daarom zijn uw bestanden nog niet verstuurd. Log opnieuw in. Kom daarna terug naar dit venster en kies nog een keer Voeg toe. Uw keuze staat er nog.",
    inloggen: "Inloggen (opent in een nieuw venster)",
    verouderd: "Het versturen is niet gelukt. Laad de pagina opnieuw en kies uw bestanden daarna nog een keer.",
    teGroot: "Deze bestanden zijn samen te groot. Haal er een paar weg en kies nog een keer Voeg toe.",
    keuze: "Uw keuze staat er nog.",
    fout: "Het versturen is niet gelukt. Dat ligt aan ons. Probeer het over een paar minuten nog een keer. Uw keuze staat er nog.",
  };

  /** An element with classes, text and attributes; text is set as text. */
  function maak(naam, { klasse = "", tekst = "", kenmerken = {} } = {}) {
    const element = document.createElement(naam);
    if (klasse) element.className = klasse;
    if (tekst) element.textContent = tekst;
    for (const [sleutel, waarde] of Object.entries(kenmerken)) element.setAttribute(sleutel, waarde);
    return element;
  }

  function knop(tekst) {
    const element = maak("button", { klasse: "nl-button nl-button--secondary", kenmerken: { type: "button" } });
    element.append(maak("span", { klasse: "nl-button__label", tekst }));
    return element;
  }

  /** "184 kB", "2,1 MB": counted like documenten.formaten.schrijf_omvang. */
  function schrijfOmvang(bytes) {
    if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} kB`;
    return `${(Math.ceil((bytes * 10) / (1024 * 1024)) / 10).toLocaleString("nl-NL")} MB`;
  }

  const isZelfde = (een, ander) =>
    een.name === ander.name && een.size === ander.size && een.lastModified === ander.lastModified;

  class Toevoegen {
    constructor(form, input) {
      this.form = form;
      this.input = input;
      this.zone = input.parentElement;
      this.details = form.closest("details");
      this.verstuurknop = form.querySelector('[type="submit"]');
      this.bestanden = [];
      this.verzoek = null;
      this.lijst = maak("ul", { klasse: "pip-file-list pip-upload__list", kenmerken: { "aria-label": "Gekozen bestanden" } });
      this.voortgang = maak("div", { klasse: "pip-upload__progress" });
      this.balk = maak("progress", { kenmerken: { max: "100", value: "0", "aria-label": "Voortgang van het versturen" } });
      this.stand = maak("p", { klasse: "nl-paragraph", kenmerken: { "aria-hidden": "true" } });
      this.stop = knop(TEKST.annuleer);
      this.melding = maak("p", { klasse: "nl-paragraph pip-upload__message", kenmerken: { role: "status" } });
      this.gesproken = maak("p", { klasse: "pip-visually-hidden", kenmerken: { role: "status" } });
      this.voortgang.append(this.balk, this.stand, this.stop);
      this.zone.classList.add("pip-upload__zone");
      this.zone.after(this.lijst, this.voortgang, this.melding, this.gesproken);
      this.lijst.hidden = this.voortgang.hidden = true;
      this.luister();
      if (input.files.length) this.voegToe([...input.files]); // kept by the browser after "back"
    }

    luister() {
      this.input.addEventListener("change", () => this.voegToe([...this.input.files]));
      this.form.addEventListener("submit", (gebeurtenis) => this.verstuur(gebeurtenis));
      this.stop.addEventListener("click", () => this.verzoek?.abort());
      this.details?.querySelector("summary")?.addEventListener("click", () => {
        if (!this.details.open && !this.bestanden.length) this.input.click();
      });
      for (const soort of ["dragenter", "dragover"]) {
        this.form.addEventListener(soort, (gebeurtenis) => {
          gebeurtenis.preventDefault();
          this.zone.classList.add("pip-upload__zone--over");
        });
      }
      this.form.addEventListener("dragleave", (gebeurtenis) => {
        if (!this.form.contains(gebeurtenis.relatedTarget)) this.zone.classList.remove("pip-upload__zone--over");
      });
      this.form.addEventListener("drop", (gebeurtenis) => {
        gebeurtenis.preventDefault();
        this.zone.classList.remove("pip-upload__zone--over");
        this.voegToe([...gebeurtenis.dataTransfer.files]);
      });
      window.addEventListener("beforeunload", (gebeurtenis) => {
        if (this.verzoek) gebeurtenis.preventDefault();
      });
    }

    /** Add to the choice; choosing the same file again changes nothing. */
    voegToe(nieuw) {
      if (this.verzoek) return;
      for (const bestand of nieuw) {
        if (!this.bestanden.some((eerder) => isZelfde(eerder, bestand))) this.bestanden.push(bestand);
      }
      this.toonKeuze();
    }

    haalWeg(bestand) {
      if (this.verzoek) return;
      const plek = this.bestanden.indexOf(bestand);
      this.bestanden.splice(plek, 1);
      this.toonKeuze();
      const knoppen = this.lijst.querySelectorAll("button");
      (knoppen[Math.min(plek, knoppen.length - 1)] ?? this.input).focus();
      this.gesproken.textContent = `${bestand.name} is weggehaald.`;
    }

    /** The list follows the choice, and so does the input: the plain form would send exactly the same. */
    toonKeuze() {
      const keuze = new DataTransfer();
      for (const bestand of this.bestanden) keuze.items.add(bestand);
      this.input.files = keuze.files;
      this.lijst.replaceChildren(...this.bestanden.map((bestand, plek) => this.regel(bestand, plek)));
      this.lijst.hidden = !this.bestanden.length;
      this.meld("");
    }

    regel(bestand, plek) {
      const regel = maak("li", { klasse: "pip-file pip-upload__file" });
      const tekst = maak("span");
      tekst.append(maak("strong", { klasse: "pip-upload__name", tekst: bestand.name }));
      tekst.append(maak("span", { klasse: "pip-file__meta", tekst: schrijfOmvang(bestand.size) }));
      const bezwaar = this.bezwaar(bestand, plek);
      if (bezwaar) tekst.append(maak("span", { klasse: "pip-file__meta pip-upload__warning", tekst: bezwaar }));
      const weg = knop("Haal weg");
      weg.querySelector("span").append(maak("span", { klasse: "pip-visually-hidden", tekst: ` ${bestand.name}` }));
      weg.addEventListener("click", () => this.haalWeg(bestand));
      regel.append(tekst, weg);
      return regel;
    }

    /** A hint before sending; the server decides. */
    bezwaar(bestand, plek) {
      if (bestand.size > MAX_OMVANG) return "Dit bestand is te groot. Een bestand mag 50 MB zijn.";
      if (bestand.size === 0) return "Dit bestand is leeg. Controleer het en kies het opnieuw.";
      if (plek >= MAX_AANTAL) return `U kunt ${MAX_AANTAL} bestanden per keer toevoegen. Voeg dit bestand daarna toe.`;
      return "";
    }

    verstuur(gebeurtenis) {
      gebeurtenis.preventDefault();
      if (this.verzoek) return; // a second click
      if (!this.bestanden.length) {
        this.meld(TEKST.geenKeuze);
        this.input.focus();
        return;
      }
      const verzoek = new XMLHttpRequest();
      const lichaam = new FormData(this.form); // before the fields are switched off
      this.verzoek = verzoek;
      verzoek.open("POST", this.form.action);
      verzoek.setRequestHeader("Accept", "application/json");
      verzoek.upload.addEventListener("progress", (stap) => this.toonVoortgang(stap));
      verzoek.upload.addEventListener("load", () => this.toonControle());
      verzoek.addEventListener("load", () => this.klaar(verzoek));
      verzoek.addEventListener("error", () => this.eindig(TEKST.netwerk));
      verzoek.addEventListener("abort", () => this.eindig(TEKST.gestopt));
      this.begin();
      verzoek.send(lichaam);
    }

    begin() {
      this.meld("");
      this.balk.value = 0;
      this.gesprokenTot = 0;
      this.stand.textContent = "0 % verstuurd";
      this.gesproken.textContent = TEKST.bezig;
      this.zetBezig(true);
      this.stop.focus();
    }

    zetBezig(isBezig) {
      this.voortgang.hidden = !isBezig;
      this.form.setAttribute("aria-busy", String(isBezig));
      this.input.disabled = isBezig;
      if (this.verstuurknop) this.verstuurknop.disabled = isBezig;
      for (const weg of this.lijst.querySelectorAll("button")) weg.disabled = isBezig;
    }

    toonVoortgang(stap) {
      if (!stap.lengthComputable) return;
      const procent = Math.floor((stap.loaded / stap.total) * 100);
      this.balk.value = procent;
      this.stand.textContent = `${procent} % verstuurd`;
      if (procent >= this.gesprokenTot + 20) {
        this.gesprokenTot = procent; // a screen reader that hears every percent hears nothing else
        this.gesproken.textContent = `${procent} % verstuurd`;
      }
    }

    toonControle() {
      this.balk.removeAttribute("value");
      this.stand.textContent = TEKST.controle;
      this.gesproken.textContent = TEKST.controle;
    }

    klaar(verzoek) {
      const antwoord = this.leesAntwoord(verzoek);
      const url = verzoek.status === 200 ? this.leesUrl(antwoord.url) : null;
      if (url) {
        this.verzoek = null; // leaving is no longer losing
        this.bestanden = [];
        // The same page with only another #part would not be fetched again.
        const isZelfdePagina = url.pathname === location.pathname && url.search === location.search;
        if (isZelfdePagina) {
          history.replaceState(null, "", url);
          history.scrollRestoration = "manual"; // what became of the files stands at the top
          location.reload();
        } else {
          location.assign(url);
        }
        return;
      }
      const inloggen = this.leesInloggen(verzoek);
      if (inloggen) this.eindig(TEKST.uitgelogd, inloggen);
      else if ((verzoek.status === 409 || verzoek.status === 429) && antwoord.tekst) this.eindig(`${antwoord.tekst} ${TEKST.keuze}`);
      else if (verzoek.status === 413) this.eindig(TEKST.teGroot);
      else if (verzoek.status >= 500) this.eindig(TEKST.fout);
      else this.eindig(TEKST.verouderd);
    }

    /** The answer of the server to a script; empty when this is something else (a login page, an error). */
    leesAntwoord(verzoek) {
      if (!(verzoek.getResponseHeader("Content-Type") ?? "").startsWith("application/json")) return {};
      try {
        return JSON.parse(verzoek.responseText) ?? {};
      } catch {
        return {};
      }
    }

    /** Where the server sends us, or null when that is no page of ours. */
    leesUrl(adres) {
      if (typeof adres !== "string") return null;
      try {
        const url = new URL(adres, location.href);
        return url.origin === location.origin ? url : null;
      } catch {
        return null;
      }
    }

    /** A link to the login page, when that is where the server sent us; this page stays, with the choice. */
    leesInloggen(verzoek) {
      const url = new URL(verzoek.responseURL || location.href);
      if (url.origin !== location.origin || !url.pathname.endsWith("/inloggen/")) return null;
      const kenmerken = { href: url.pathname + url.search, target: "_blank", rel: "noopener" };
      return maak("a", { klasse: "nl-link", tekst: TEKST.inloggen, kenmerken });
    }

    eindig(tekst, link) {
      this.verzoek = null;
      this.zetBezig(false);
      this.balk.value = 0;
      this.gesproken.textContent = "";
      this.meld(tekst);
      if (link) this.melding.append(" ", link);
      (this.verstuurknop ?? this.input).focus();
    }

    meld(tekst) {
      this.melding.textContent = tekst; // never hidden: a live region that appears with its text is not read out
    }
  }

  for (const form of document.querySelectorAll("form[data-upload]")) {
    const input = form.querySelector('input[type="file"]');
    if (input) new Toevoegen(form, input);
  }
})();
