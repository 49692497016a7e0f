// Beside an article: buttons that copy what stands before them, and how its text is shown, kept for the next article.
const tools = document.querySelector(".tools");
const said = document.createElement("span");
said.className = "hidden";
said.setAttribute("role", "status");
tools.append(said);

// Where a page may not write to the clipboard, the text is chosen, for the reader's own keys.
const copy = async (text, button) => {
  said.textContent = "";
  try {
    await navigator.clipboard.writeText(text.textContent.trim());
    said.textContent = button.textContent = tools.dataset.copied;
    setTimeout(() => { button.textContent = tools.dataset.copy; }, 2000);
  } catch {
    getSelection().selectAllChildren(text);
  }
};
for (const text of tools.querySelectorAll("[data-name]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link copy";
  button.textContent = tools.dataset.copy;
  button.setAttribute("aria-label", `${tools.dataset.copy}: ${text.dataset.name}`);
  button.addEventListener("click", () => copy(text, button));
  text.after(" ", button);
}

// The shelf, without leaving: the open citations stay open and the page where it stands. Where that fails, the page says so.
// The page is left when the answer is there, for it brings the shelf.
const shelf = tools.querySelector(".shelve");
let asked = false;
let answered = Promise.resolve();
const shelve = async () => {
  const button = shelf.querySelector("button"), action = button.value, isKept = action === "keep";
  const body = new URLSearchParams(new FormData(shelf));
  body.set("action", action);
  try {
    const answer = await fetch(shelf.getAttribute("action"), {
      method: "POST", body, headers: { accept: "application/json" }, keepalive: true,
    });
    if (!answer.ok) throw new Error(answer.statusText);
    const link = document.querySelector(".ways a[href$='/shelf/']");
    const count = link.querySelector(".count") ?? link.appendChild(document.createElement("span"));
    count.className = "count";
    count.textContent = (await answer.json()).on_shelf;
    button.value = isKept ? "drop" : "keep";
    button.textContent = isKept ? tools.dataset.kept : tools.dataset.keep;
    said.textContent = isKept ? tools.dataset.kept : tools.dataset.dropped;
  } catch {
    const wanted = Object.assign(document.createElement("input"), { type: "hidden", name: "action", value: action });
    shelf.append(wanted);
    shelf.submit();
    wanted.remove();
  }
};
shelf.addEventListener("submit", (event) => {
  event.preventDefault();
  if (asked) return;
  asked = true;
  answered = shelve().finally(() => { asked = false; });
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!asked || !link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  answered.then(() => link.click());
}, true);

// Browsers that keep nothing for a page refuse the store itself.
let kept;
try {
  kept = localStorage;
} catch {
  kept = {};
}
const marks = document.getElementById("mark-names");
marks.checked = kept.marks === "on";
marks.addEventListener("change", () => { kept.marks = marks.checked ? "on" : "off"; });
for (const size of document.querySelectorAll(".sizes input")) {
  if (size.id === kept.size) size.checked = true;
  size.addEventListener("change", () => { kept.size = size.id; });
}
