// Suggestions while asking: a WAI-ARIA combobox; without it the form works, too.
const form = document.querySelector("[data-suggest]");
const box = form.elements.q;
const words = form.dataset;
const number = (n) => n.toLocaleString(document.documentElement.lang.replace("ar", "ar-u-nu-latn"));
let lines = [], at, timer, request;

const set = (node, values) => {
  for (const name in values) node.setAttribute(name, values[name]);
};
const add = (parent, name, values, text = "") => {
  const node = parent.appendChild(document.createElement(name));
  set(node, values);
  node.textContent = text;
  return node;
};
const list = add(form, "ul", { id: "suggestions", class: "suggestions", role: "listbox", "aria-label": words.title });
const status = add(form, "span", { class: "hidden", role: "status" });

const mark = (next) => {
  at = next;
  [...list.children].forEach((option, n) => set(option, { "aria-selected": n === at }));
  set(box, { "aria-activedescendant": at < 0 ? "" : `s${at}` });
  list.children[at]?.scrollIntoView({ block: "nearest" });
};
const show = (open) => {
  list.hidden = !open || !lines.length;
  set(box, { "aria-expanded": !list.hidden });
  mark(-1);
};
const close = () => {
  clearTimeout(timer);
  request?.abort();
  show(false);
};
const ask = async () => {
  clearTimeout(timer);
  request?.abort();
  request = new AbortController();
  const asked = box.value;
  try {
    const answer = await fetch(`${words.suggest}?q=${encodeURIComponent(asked)}`, request);
    lines = (await answer.json()).suggestions;
  } catch {
    return; // overtaken, or offline
  }
  list.dataset.of = asked;
  list.replaceChildren();
  lines.forEach((line, n) => {
    const option = add(list, "li", { id: `s${n}`, role: "option" });
    add(option, "bdi", { lang: line.language, dir: line.direction }, line.text);
    if (line.label !== line.text) add(option, "bdi", { class: "soft" }, line.label);
    add(option, "span", { class: "tag" }, words[line.kind]);
    add(option, "span", { class: "count" }, number(line.count));
  });
  show(true);
  status.textContent = `${words.title}: ${number(lines.length)}`;
};
const go = (n) => { location = lines[n].url; };
const move = async (step) => {
  if (list.dataset.of !== box.value) await ask();
  if (list.dataset.of !== box.value) return; // typed on meanwhile, or offline
  if (list.hidden) show(true);
  const places = lines.length + 1; // one is the box
  mark((at + step + places + 1) % places - 1);
};
const keys = {
  ArrowDown: () => void move(1),
  ArrowUp: () => void move(-1),
  Escape: () => list.hidden || close(),
  Enter: () => at < 0 || go(at),
};

box.type = "text"; // a search field may not be a combobox
set(box, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id });
show(false);
box.oninput = () => {
  clearTimeout(timer);
  timer = setTimeout(ask, 120);
};
box.onblur = close;
box.onkeydown = (event) => {
  if (!event.isComposing && event.key in keys && !keys[event.key]()) event.preventDefault();
};
list.onmousedown = (event) => event.preventDefault();
list.onclick = (event) => go(event.target.closest("li").id.slice(1));
