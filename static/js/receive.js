// Takes the page that a curator reads from the window that opened this one. Nothing is sent before the curator says so.
"use strict";

const form = document.getElementById("send_form");

function received(event) {
  const page = event.data;
  const isPage = page && typeof page.html === "string" && typeof page.address === "string";
  if (event.source !== window.opener || !isPage) return;
  // A page speaks for its own site alone.
  const isOwn = URL.canParse(page.address) && new URL(page.address).origin === event.origin;
  const files = new DataTransfer();
  files.items.add(new File([page.html], "page.html", { type: "text/html" }));
  form.elements.page.files = files.files;
  form.elements.address.value = isOwn ? page.address : "";
  document.getElementById("heading").textContent = String(page.title || "").slice(0, 1000);
  document.getElementById("waiting").hidden = true;
  document.getElementById("received").hidden = false;
}

if (form && window.opener) {
  window.addEventListener("message", received);
  window.opener.postMessage("diwan-waits", "*"); // says nothing but that the window is open
}
