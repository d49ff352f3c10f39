/* Conditions and answers as loket/formulier works them out in Python, for the page of a step. Pure: no page, no clock.
 *
 * A condition is what voorwaarden.to_json wrote: ["is", "soort", "lamp"], ["en", [...], [...]], ["niet", [...]].
 * A date is a text like "2026-03-01", so that comparing texts puts dates in order. An answer is null when nothing was
 * filled in, or something that its field does not accept: then every comparison is false, except {ingevuld: false}.
 * tests/e2e/test_voorwaarden.py holds this file and the Python together with generated cases.
 */

const MAANDEN = [
  "januari", "februari", "maart", "april", "mei", "juni",
  "juli", "augustus", "september", "oktober", "november", "december",
];
const MEESTE_CIJFERS = 12;
const LANGSTE_KORTE = 320;
// What Python calls white space; trim() and \s also take U+FEFF.
const WIT = "\\t\\n \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const RANDEN = new RegExp(`^[${WIT}]+|[${WIT}]+$`, "gu");
const ALLE_WIT = new RegExp(`[${WIT}]+`, "gu");

/** Whether the condition holds; null always holds. */
export function evalueer(voorwaarde, antwoorden) {
  if (!voorwaarde) return true;
  const [hoe, ...rest] = voorwaarde;
  if (hoe === "en") return rest.every((deel) => evalueer(deel, antwoorden));
  if (hoe === "of") return rest.some((deel) => evalueer(deel, antwoorden));
  if (hoe === "niet") return !evalueer(rest[0], antwoorden);
  const [naam, met] = rest;
  return vergelijk(hoe, antwoorden.get(naam) ?? null, met);
}

function vergelijk(hoe, waarde, met) {
  if (hoe === "ingevuld") return (waarde !== null) === met;
  if (waarde === null) return false;
  switch (hoe) {
    case "is": return waarde === met;
    case "is_niet": return waarde !== met;
    case "een_van": return met.includes(waarde);
    case "bevat": return Array.isArray(waarde) && waarde.includes(met);
    case "minstens": return waarde >= met;
    case "hoogstens": return waarde <= met;
    case "meer_dan": return waarde > met;
    case "minder_dan": return waarde < met;
    default: throw new Error(`onbekende vergelijking: ${hoe}`);
  }
}

// No control characters, no signs without width, none that turn the direction of a text (basis.clean).
const ONZICHTBAAR = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\p{Cs}]/gu;

/** One form of every letter, and nothing that paper would not show (basis.clean). */
function schoon(tekst) {
  return tekst.replace(/\r\n?/g, "\n").replace(ONZICHTBAAR, "").normalize("NFC");
}

const kaal = (tekst) => schoon(tekst).replace(RANDEN, "");

/** The inputs of one field, as VeldInvoer: `waarden` has per last part of a name the values that were sent. */
function een(waarden, sub = "") {
  const alle = waarden[sub] ?? [];
  return alle.length ? kaal(alle[alle.length - 1]) : "";
}

/** The same, of an input for something short: more than that is nothing (basis.LANGSTE_KORTE). */
function kort(waarden, sub = "") {
  const tekst = een(waarden, sub);
  return [...tekst].length > LANGSTE_KORTE ? "" : tekst;
}

/** The text of a number, ready for Number(); null for what is none (geld.parse_getal). */
function getaltekst(tekst) {
  let getal = tekst.replace(ALLE_WIT, "");
  if (getal.endsWith(",-")) getal = getal.slice(0, -2);
  if (getal.endsWith(",--")) getal = getal.slice(0, -3);
  if (/^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(getal)) getal = getal.replaceAll(".", "");
  else if (!/^-?\d+(?:[.,]\d+)?$/.test(getal)) return null;
  return getal.replace(/\D/g, "").length <= MEESTE_CIJFERS ? getal.replace(",", ".") : null;
}

function leesGetal(tekst, { decimalen, min, max }) {
  const getal = getaltekst(tekst);
  if (getal === null) return null;
  const achter = (getal.split(".")[1] ?? "").replace(/0+$/, "");
  const waarde = Number(getal);
  return achter.length <= decimalen && waarde >= min && waarde <= max ? waarde : null;
}

/** "2026-03-01", or null when there is no such day (getalvelden.parse_datum). */
function leesDag(dag, maand, jaar) {
  const naam = maand.toLowerCase().replace(/\.+$/, "");
  const plek = naam === "mrt" ? 2 : MAANDEN.findIndex((m) => naam === m || naam === m.slice(0, 3));
  const nummer = plek < 0 ? maand : String(plek + 1);
  if (![dag, nummer, jaar].every((deel) => /^\d+$/.test(deel)) || jaar.length !== 4) return null;
  return schrijfDag(Number(jaar), Number(nummer), Number(dag));
}

function schrijfDag(jaar, maand, dag) {
  if (jaar < 1 || jaar > 9999 || maand < 1 || maand > 12 || dag < 1) return null;
  const isSchrikkel = (jaar % 4 === 0 && jaar % 100 !== 0) || jaar % 400 === 0;
  const laatste = [31, isSchrikkel ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][maand - 1];
  const cijfers = (getal, aantal) => String(getal).padStart(aantal, "0");
  return dag <= laatste ? `${cijfers(jaar, 4)}-${cijfers(maand, 2)}-${cijfers(dag, 2)}` : null;
}

/** The day that a limit is: "2026-03-01", or "$start+1d" and "$start-2j" from another answer; null without one. */
function grensdag(grens, antwoorden) {
  const deel = /^\$([a-z][a-z0-9_]*)(?:([+-]\d+)([dj]))?$/.exec(grens ?? "");
  if (!deel) return grens ?? null;
  const begin = antwoorden.get(deel[1]) ?? null;
  if (begin === null || !deel[2]) return begin;
  const [jaar, maand, dag] = begin.split("-").map(Number);
  const aantal = Number(deel[2]);
  if (deel[3] === "j") {
    return schrijfDag(jaar + aantal, maand, dag) ?? (maand === 2 && dag === 29 ? schrijfDag(jaar + aantal, 2, 28) : null);
  }
  const moment = new Date(0);
  moment.setUTCFullYear(jaar, maand - 1, dag + aantal);
  return schrijfDag(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate());
}

function leesDatum(waarden, regels, antwoorden) {
  const delen = ["dag", "maand", "jaar"].map((sub) => kort(waarden, sub));
  if (!delen.every(Boolean)) return null;
  const dag = leesDag(...delen);
  const [min, max] = [grensdag(regels.min, antwoorden), grensdag(regels.max, antwoorden)];
  return dag === null || (min !== null && dag < min) || (max !== null && dag > max) ? null : dag;
}

function leesKeuzes(waarden, { opties, minstens, hoogstens }) {
  const gekozen = new Set((waarden[""] ?? []).map(kaal).filter(Boolean));
  const goed = gekozen.size >= minstens && gekozen.size <= hoogstens && [...gekozen].every((een_) => opties.includes(een_));
  return goed && gekozen.size ? opties.filter((optie) => gekozen.has(optie)) : null;
}

const LEZERS = {
  keuze: (waarden, { opties }) => (opties.includes(een(waarden)) ? een(waarden) : null),
  ja_nee: (waarden) => (["ja", "nee"].includes(een(waarden)) ? een(waarden) : null),
  keuzes: leesKeuzes,
  datum: leesDatum,
  getal: (waarden, regels) => {
    const tekst = kort(waarden);
    const { eenheid } = regels;
    return leesGetal(eenheid && tekst.endsWith(eenheid) ? tekst.slice(0, -eenheid.length) : tekst, regels);
  },
  bedrag: (waarden, regels) =>
    leesGetal(kort(waarden).replaceAll("€", "").replaceAll("EUR", ""), { ...regels, decimalen: 2 }),
  tekst: (waarden, { max }) => {
    const tekst = een(waarden).replace(ALLE_WIT, " ");
    return tekst && [...tekst].length <= max ? tekst : null;
  },
  lange_tekst: (waarden, { max }) => (een(waarden) && [...een(waarden)].length <= max ? een(waarden) : null),
};

/** The answer, or null. Of the other kinds of field a condition only asks whether something is filled in; that it is
 * right the server says, and a field that is wrong keeps the person on the page anyway. */
function lees(veld, antwoorden) {
  const { soort, waarden, regels } = veld;
  if (!regels) return null; // no condition asks for it
  if ("vast" in regels) return regels.vast;
  const lezer = LEZERS[soort];
  if (lezer) return lezer(waarden, regels, antwoorden);
  return Object.keys(waarden).some((sub) => een(waarden, sub)) ? true : null;
}

/** Which fields are shown, in one pass, as doorloop.doorloop works it out. `bekend` are the answers of earlier steps.
 *
 * A field is {id, soort, als, regels, waarden, rijen}: `rijen` are the entries of a group, each a list of fields. The
 * outcome has the same shape: per field {toon, rijen}.
 */
export function zichtbaar(velden, bekend) {
  return pas(velden, new Map(Object.entries(bekend)));
}

function pas(velden, antwoorden) {
  return velden.map((veld) => {
    const toon = evalueer(veld.als, antwoorden);
    if (!toon) return { toon, rijen: [] };
    if (veld.soort === "groep") {
      const rijen = veld.rijen.map((rij) => pas(rij, new Map(antwoorden)));
      if (rijen.length) antwoorden.set(veld.id, true);
      return { toon, rijen };
    }
    const antwoord = lees(veld, antwoorden);
    if (antwoord !== null) antwoorden.set(veld.id, antwoord);
    return { toon, rijen: [] };
  });
}
