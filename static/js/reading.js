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
