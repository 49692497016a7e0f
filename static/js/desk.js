// What Django's scripts draw without a name says what it is: pictures in links, and fields that are searched and empty.
function named() {
  for (const picture of document.querySelectorAll(".datetimeshortcuts a > [title]")) {
    picture.parentElement.title = picture.title;
  }
  for (const empty of document.querySelectorAll(".select2-selection__rendered:not([title])")) {
    empty.title = empty.textContent;
  }
}

// Behind what other scripts do once the page is there.
addEventListener("load", () => setTimeout(named));
document.addEventListener("formset:added", named);
