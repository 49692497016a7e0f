// Keys of the review page: every one presses a button or a link that stands on the page.
const mentions = [...document.querySelectorAll("[data-mention]")];
const place = `review ${location.pathname}`;
const OF_MENTION = ["a", "r", "w"];
let at = -1;

function open(number) {
  mentions[at]?.removeAttribute("open");
  at = number;
  mentions[at].setAttribute("open", "");
  mentions[at].querySelector("summary").focus();
  mentions[at].scrollIntoView({ block: "nearest" });
}

function go(step) {
  if (mentions.length) open((at + step + mentions.length) % mentions.length);
}

// Behind a decision by key the next mention is open.
const decided = Number(sessionStorage.getItem(place) ?? NaN);
sessionStorage.removeItem(place);
if (decided + 1 < mentions.length) open(decided + 1);

document.querySelector(".review").dataset.keys = "on";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.matches("input:has(+ [data-enter])")) {
    event.preventDefault();
    event.target.nextElementSibling.click();
    return;
  }
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1);
  if (event.key === "o" && at >= 0) {
    event.preventDefault();
    mentions[at].querySelector("input").focus();
  }
  const isOfMention = OF_MENTION.includes(event.key);
  const button = (isOfMention ? mentions[at] : document)?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button && isOfMention) sessionStorage.setItem(place, at);
  button?.click();
});
