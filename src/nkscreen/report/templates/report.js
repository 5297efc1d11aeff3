"use strict";
(() => {
  const list = document.getElementById("list");
  if (!list) return;
  const toolbar = document.getElementById("toolbar");
  const heads = document.getElementById("heads");
  const find = document.getElementById("find");
  const kind = document.getElementById("kind");
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");
  const text = (item, part) => item.querySelector(part).textContent;
  const alerts = [...list.children].map((item, index) => ({
    item, index,
    kind: item.dataset.kind,
    name: item.dataset.severity,
    severity: Number(item.dataset.rank),
    score: Number(item.dataset.score),
    date: item.dataset.date,
    subject: text(item, ".subject").toLowerCase(),
    place: text(item, ".place").toLowerCase(),
    words: (text(item, ".row") + " " + item.dataset.more).toLowerCase(),
  }));

  const filter = () => {
    const wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set([...toolbar.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
    let count = 0;
    for (const alert of alerts) {
      const hit = severities.has(alert.name) && (!kind.value || alert.kind === kind.value)
        && wanted.every((word) => alert.words.includes(word));
      alert.item.hidden = !hit;
      if (hit) count += 1;
    }
    shown.textContent = `${count.toLocaleString("en")} of ${alerts.length.toLocaleString("en")} alerts shown`;
    none.hidden = count > 0;
  };

  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const sort = (button) => {
    const key = button.dataset.sort;
    const falling = ["severity", "score", "date"].includes(key);
    const first = falling ? "down" : "up";
    const turned = button.dataset.direction === first ? (falling ? "up" : "down") : first;
    for (const other of heads.children) {
      other.removeAttribute("aria-pressed");
      delete other.dataset.direction;
    }
    button.setAttribute("aria-pressed", "true");
    button.dataset.direction = turned;
    const sign = turned === "up" ? 1 : -1;
    const order = (a, b) => (typeof a[key] === "number" ? a[key] - b[key] : compare(a[key], b[key]));
    alerts.sort((a, b) => sign * order(a, b) || a.index - b.index);
    list.append(...alerts.map((alert) => alert.item));
    shown.textContent = `Sorted by ${button.textContent.toLowerCase()}, ${turned === "up" ? "rising" : "falling"}`;
  };

  const openAll = (open) => {
    for (const alert of alerts) {
      const details = alert.item.querySelector("details");
      if (details && !(open && alert.item.hidden)) details.open = open;
    }
  };

  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && list.contains(target) && target.querySelector("details");
    if (!details) return;
    details.open = true;
    target.scrollIntoView();
  };

  let waiting = 0;
  find.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  toolbar.addEventListener("change", filter);
  toolbar.addEventListener("reset", () => setTimeout(filter));
  toolbar.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("open").addEventListener("click", () => openAll(true));
  document.getElementById("close").addEventListener("click", () => openAll(false));
  for (const button of heads.children) button.addEventListener("click", () => sort(button));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    find.focus();
  });
  addEventListener("hashchange", follow);

  toolbar.hidden = false;
  document.body.classList.add("scripted");
  filter();
  follow();
})();
