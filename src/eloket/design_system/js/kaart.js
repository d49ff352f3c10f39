/* A map under a field for a place: what it adds is a pin. The field itself, a text, works without it.
 *
 * [data-kaart] names the field; the pin goes into its hidden input <name>-punt as "lat,lon". A click sets it; so does the
 * button, on what stands in the middle, so that the arrow keys of the keyboard reach every place too.
 */
import { divIcon, map as maakKaart, marker, tileLayer, control } from "leaflet/dist/leaflet-src.esm.js";

const ZOOM = 14;
const ZOOM_PIN = 17;
const TEKST = {
  uitleg: "U kunt ook een pin op de kaart zetten. Klik op de plaats. Of verschuif de kaart, en zet de pin in het midden.",
  kaart: "Kaart. Verschuif de kaart met de pijltjestoetsen. Zoom met plus en min.",
  zet: "Zet de pin in het midden",
  weg: "Haal de pin weg",
  dichterbij: "Dichterbij",
  verder: "Verder weg",
  gezet: "De pin staat op de kaart.",
  gehaald: "De pin is weg.",
  geen: "De kaart is nu niet te zien. Vul een adres in, of beschrijf de plaats.",
};
const STIL = matchMedia("(prefers-reduced-motion: reduce)").matches;

function maak(naam, klasse, tekst = "") {
  const element = document.createElement(naam);
  element.className = klasse;
  element.textContent = tekst;
  return element;
}

function knop(tekst, bijKlik) {
  const element = maak("button", "nl-button nl-button--secondary");
  element.type = "button";
  element.append(maak("span", "nl-button__label", tekst));
  element.addEventListener("click", bijKlik);
  return element;
}

/** [lat, lon] of "52.09067,5.12148"; null for anything else. */
function leesPunt(tekst) {
  const delen = tekst.split(",").map(Number);
  return delen.length === 2 && tekst.trim() && delen.every(Number.isFinite) ? delen : null;
}

class Kaart {
  constructor(vak) {
    this.punt = document.getElementById(`${vak.dataset.kaart}-punt`);
    this.pin = null;
    this.vlak = maak("div", "pip-map__canvas");
    this.raam = maak("div", "pip-map__frame");
    const kruis = maak("div", "pip-map__cross");
    kruis.setAttribute("aria-hidden", "true");
    this.raam.append(this.vlak, kruis);
    this.zet = knop(TEKST.zet, () => this.zetPin(this.kaart.getCenter()));
    this.weg = knop(TEKST.weg, () => this.haalWeg());
    this.stand = maak("p", "nl-paragraph pip-small");
    this.stand.setAttribute("role", "status");
    this.uitleg = maak("p", "nl-paragraph pip-small pip-subtle", TEKST.uitleg);
    const knoppen = maak("div", "pip-actions");
    knoppen.append(this.zet, this.weg);
    vak.append(this.uitleg, this.raam, knoppen, this.stand);
    vak.hidden = false;
    this.begin(vak.dataset);
  }

  begin({ tegels, bron, midden }) {
    const punt = leesPunt(this.punt.value);
    this.kaart = maakKaart(this.vlak, {
      center: punt ?? leesPunt(midden), zoom: punt ? ZOOM_PIN : ZOOM, minZoom: 6, maxZoom: 19,
      scrollWheelZoom: false, zoomControl: false, zoomAnimation: !STIL, fadeAnimation: !STIL, inertia: !STIL,
    });
    control.zoom({ zoomInTitle: TEKST.dichterbij, zoomOutTitle: TEKST.verder }).addTo(this.kaart);
    this.kaart.attributionControl.setPrefix(false);
    this.vlak.setAttribute("role", "application");
    this.vlak.setAttribute("aria-label", TEKST.kaart);
    this.toonTegels(tegels, bron);
    this.kaart.on("click", ({ latlng }) => this.zetPin(latlng));
    // What was hidden by a condition has no size yet.
    new ResizeObserver(() => this.kaart.invalidateSize({ animate: false })).observe(this.vlak);
    if (punt) this.tekenPin(punt);
    this.weg.hidden = !punt;
  }

  /** The name of who made the map is text from the settings, never HTML. */
  toonTegels(tegels, bron) {
    const naam = maak("span", "", bron);
    const laag = tileLayer(tegels, { attribution: naam.innerHTML, maxZoom: 19, referrerPolicy: "origin" });
    let gekomen = 0;
    laag.on("tileload", () => { gekomen += 1; });
    laag.on("tileerror", () => {
      if (gekomen) return;
      this.raam.hidden = this.zet.hidden = this.uitleg.hidden = true;
      this.stand.textContent = TEKST.geen;
    });
    laag.addTo(this.kaart);
  }

  tekenPin(plek) {
    const icon = divIcon({ className: "pip-map__pin", iconSize: null });
    this.pin ??= marker(plek, { icon, keyboard: false, interactive: false }).addTo(this.kaart);
    this.pin.setLatLng(plek);
  }

  zetPin(plek) {
    const { lat, lng } = plek.wrap();
    this.tekenPin(plek);
    this.bewaar(`${lat.toFixed(5)},${lng.toFixed(5)}`, TEKST.gezet);
  }

  haalWeg() {
    this.pin?.remove();
    this.pin = null;
    this.bewaar("", TEKST.gehaald);
    (this.zet.hidden ? this.punt.form.querySelector(`[name="${this.punt.name.replace(/-punt$/, "")}"]`) : this.zet).focus();
  }

  bewaar(punt, tekst) {
    this.punt.value = punt;
    this.punt.dispatchEvent(new Event("input", { bubbles: true })); // formulier.js follows
    this.weg.hidden = !punt;
    this.stand.textContent = tekst;
  }
}

for (const vak of document.querySelectorAll("[data-kaart]")) new Kaart(vak);
