/* The page of a step: hides what does not have to be filled in, and switches it off so that it is not sent.
 *
 * Without this script such fields stay, under "Alleen invullen als ...", and the server drops what does not count. Each
 * field is a [data-veld] with its condition (data-als) and how it is read (data-regels); see loket/velden.html.
 */
import { zichtbaar } from "./voorwaarden.js";

const INVOER = "input, select, textarea";

const veldenIn = (plek) => [...plek.querySelectorAll(":scope > [data-veld]")];

/** What would be sent from one field: per last part of a name its values. A file counts when it stands ready too. */
function waardenVan(vak, { klaar = 0 }) {
  const waarden = klaar ? { klaar: ["ja"] } : {};
  const { naam } = vak.dataset;
  for (const invoer of vak.querySelectorAll(INVOER)) {
    if (["radio", "checkbox"].includes(invoer.type) && !invoer.checked) continue;
    const sub = invoer.name === naam ? "" : invoer.name.slice(naam.length + 1);
    (waarden[sub] ??= []).push(invoer.value);
  }
  return waarden;
}

const lees = (tekst) => (tekst ? JSON.parse(tekst) : null);

/** The element as voorwaarden.js wants it, with the element itself. */
function beschrijf(vak) {
  const { veld: id, soort, als, regels } = vak.dataset;
  const veld = { vak, id, soort, als: lees(als), regels: lees(regels), rijen: [] };
  if (soort === "groep") veld.rijen = [...vak.querySelectorAll(".pip-group-entry")].map((rij) => veldenIn(rij).map(beschrijf));
  veld.waarden = veld.regels && soort !== "groep" ? waardenVan(vak, veld.regels) : {};
  return veld;
}

/** Show or hide each field; outside ones first, so that what is inside can be switched off again. */
function toon(velden, standen) {
  velden.forEach(({ vak, rijen }, plek) => {
    const stand = standen[plek];
    vak.hidden = !stand.toon;
    for (const invoer of vak.querySelectorAll(`${INVOER}, button`)) invoer.disabled = vak.hidden;
    if (stand.toon) rijen.forEach((rij, nummer) => toon(rij, stand.rijen[nummer]));
  });
}

/** The texts that say when to fill in a field, for who has no script. */
function haalUitlegWeg(formulier) {
  for (const uitleg of formulier.querySelectorAll("[data-alleen-als]")) {
    for (const element of formulier.querySelectorAll("[aria-describedby]")) {
      const rest = element.getAttribute("aria-describedby").split(/\s+/).filter((id) => id && id !== uitleg.id);
      if (rest.length) element.setAttribute("aria-describedby", rest.join(" "));
      else element.removeAttribute("aria-describedby");
    }
    uitleg.remove();
  }
}

function volg(formulier) {
  const bekend = JSON.parse(formulier.dataset.voorwaarden || "{}");
  const bijwerken = () => {
    const velden = veldenIn(formulier).map(beschrijf);
    toon(velden, zichtbaar(velden, bekend));
  };
  haalUitlegWeg(formulier);
  formulier.addEventListener("input", bijwerken);
  formulier.addEventListener("change", bijwerken);
  addEventListener("pageshow", bijwerken); // after "back" the browser puts back what was typed
  bijwerken();
}

for (const formulier of document.querySelectorAll(".pip-form[data-voorwaarden]")) {
  if (formulier.querySelector("[data-als]")) volg(formulier);
}
