// A page of results without losing one's place: the shelf, the link, facets, keys. Without it links and forms do the same.
const found = document.querySelector(".reports[data-total]");
const facets = document.querySelector("#facets");
const panel = document.querySelector("#keys");
const copy = document.querySelector("#copy");
const PLACE = "diwan.place", KEYS = "diwan.keys";
const say = (text) => { document.querySelector("#done").textContent = text; };

// The shelf: the button says what pressing it again would do, the masthead how much stands there. The browser keeps the
// shelf, and every answer brings it whole: one question after the other, and a page is left when all are answered.
const shelve = async (form, button, action) => {
  const body = new URLSearchParams(new FormData(form));
  body.set("action", action);
  const answer = await fetch(form.getAttribute("action"), {
    method: "POST", body, headers: { accept: "application/json" }, keepalive: true,
  });
  if (!answer.ok) throw new Error(answer.statusText);
  const { on_shelf } = await answer.json();
  const kept = action === "keep";
  button.value = kept ? "drop" : "keep";
  button.textContent = kept ? found.dataset.kept : found.dataset.keep;
  const link = document.querySelector(".ways a[href$='/shelf/']");
  const count = link.querySelector(".count") ?? link.appendChild(document.createElement("span"));
  count.className = "count";
  count.textContent = on_shelf;
  say(kept ? found.dataset.kept : found.dataset.dropped);
};
let asked = 0;
let answered = Promise.resolve();
const wait = (event, again) => {
  event.preventDefault();
  event.stopPropagation();
  answered.then(again);
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".report .shelve") || !found?.dataset.kept) {
    if (asked) wait(event, () => form.requestSubmit(event.submitter));
    return;
  }
  event.preventDefault();
  const button = form.querySelector("button");
  const action = button.value;
  asked += 1;
  answered = answered.then(() => shelve(form, button, action)).catch(() => { // full, or offline: the page that says so
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "action", value: action }));
    form.submit();
  }).finally(() => { asked -= 1; });
}, true);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (asked && link && !elsewhere) wait(event, () => link.click());
}, true);

copy.hidden = !navigator.clipboard;
copy.parentElement.hidden = false;

// A facet: the next page stands where this one stood, and says how much is found now.
facets?.addEventListener("click", (event) => {
  const link = event.target.closest(".choices a");
  if (!link) return;
  const { facet, value } = link.closest("li").querySelector("[data-facet]").dataset;
  const top = link.getBoundingClientRect().top;
  sessionStorage.setItem(PLACE, JSON.stringify({ facet, value, top, open: facets.open }));
});
const kept = JSON.parse(sessionStorage.getItem(PLACE));
sessionStorage.removeItem(PLACE);
if (kept) {
  facets.open = kept.open;
  const link = facets.querySelector(`[data-facet="${kept.facet}"][data-value="${CSS.escape(kept.value)}"]`);
  const place = link ?? document.querySelector(`#facet-${kept.facet}`);
  for (let fold = place; (fold = fold?.parentElement.closest("details.more")); ) fold.open = true;
  if (place) scrollBy({ top: place.getBoundingClientRect().top - kept.top, behavior: "instant" });
  link?.focus({ preventScroll: true });
  setTimeout(say, 200, document.querySelector(".bar-line h1").textContent.trim());
}

copy.onclick = async () => {
  await navigator.clipboard.writeText(location.href.split("#")[0]);
  copy.textContent = copy.dataset.done;
  say(copy.dataset.done);
};

// Keys, which can be switched off: a voice that types letters would press them.
const using = document.querySelector("#use-keys");
using.checked = localStorage.getItem(KEYS) !== "off";
using.onchange = () => localStorage.setItem(KEYS, using.checked ? "on" : "off");
document.querySelector("#show-keys").onclick = () => panel.showModal();
const here = () => document.activeElement.closest(".reports > li");
const go = (step) => {
  const items = [...document.querySelectorAll(".reports > li")];
  const at = items.indexOf(here());
  items[at < 0 ? 0 : at + step]?.querySelector(".title a").focus();
  here()?.scrollIntoView({ block: "nearest" });
};
const keys = {
  "/": () => document.querySelector("#q").select(),
  j: () => go(1),
  k: () => go(-1),
  o: () => here()?.querySelector(".title a").click(),
  s: () => here()?.querySelector(".shelve button").click(),
  "?": () => panel.showModal(),
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // On an Arabic or Persian keyboard the same places: `تن` are J and K.
  const placed = event.code === "Slash" ? "/?"[Number(event.shiftKey)] : event.code.replace("Key", "").toLowerCase();
  const known = event.key in keys ? event.key : placed;
  if (!(known in keys) || (!using.checked && known !== "?")) return;
  event.preventDefault();
  keys[known]();
});
