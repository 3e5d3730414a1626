// Live alerts and answers in place; without it the page works by reloading.
"use strict";

const KEPT = 200;
const alerts = document.getElementById("alerts");

function element(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content.querySelector("article, section");
}

function show(message) {
  const fresh = element(message.html);
  const old = document.getElementById(message.id);
  if (old) {
    old.replaceWith(fresh);
  } else {
    alerts.prepend(fresh);
    document.getElementById("empty").hidden = true;
    while (alerts.children.length > KEPT) alerts.lastElementChild.remove();
  }
  fresh.classList.add("fresh");
  document.getElementById("news").textContent = message.headline;
}

let renewal = 0;
function renewSide(wait) {
  clearTimeout(renewal);
  renewal = setTimeout(async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch("/side");
        if (answer.ok) document.getElementById("side").innerHTML = await answer.text();
      } catch { /* the server is away; the line above says so */ }
    }
    renewSide(60000);
  }, wait);
}

function follow() {
  const live = document.getElementById("live");
  const events = new EventSource("/events?after=" + encodeURIComponent(alerts.dataset.after));
  events.onopen = () => { live.textContent = live.dataset.live; live.hidden = false; };
  events.onerror = () => { live.textContent = live.dataset.lost; live.hidden = false; };
  events.onmessage = (event) => { show(JSON.parse(event.data)); renewSide(2000); };
  addEventListener("pagehide", () => events.close());
}

async function ask(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  const place = document.getElementById("answer");
  try {
    const answer = await fetch("/ask", { method: "POST", body, headers: { "X-Part": "answer" } });
    place.replaceChildren(element(await answer.text()) ?? "");
  } catch {
    place.textContent = document.getElementById("live").dataset.gone;
  }
  if (form.id === "prompt") document.getElementById("line").select();
  else place.scrollIntoView({ block: "start" });
}

if (alerts && alerts.dataset.after) {
  follow();
  renewSide(60000);
  addEventListener("submit", (event) => {
    event.preventDefault();
    ask(event.target, event.submitter);
  });
}
