// Small comforts: theme, sortable and filtered tables, local times, live logs. Every page works without it.
"use strict";
(function () {
  var root = document.documentElement;

  function theme() {
    var button = document.querySelector("[data-theme-button]");
    if (!button) return;
    var dark = matchMedia("(prefers-color-scheme: dark)");
    function current() { return root.dataset.theme || (dark.matches ? "dark" : "light"); }
    function show() {
      var next = current() === "dark" ? "light" : "dark";
      button.textContent = next === "dark" ? "Dark" : "Light";
      button.setAttribute("aria-label", "Use the " + next + " colours");
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      var next = current() === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      try { localStorage.setItem("theme", next); } catch (problem) { /* Storage is off: the choice lasts for this page. */ }
      show();
    });
    dark.addEventListener("change", show);
    show();
  }

  function times() {
    var zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    document.querySelectorAll("time[datetime]").forEach(function (time) {
      var date = new Date(time.dateTime);
      if (isNaN(date)) return;
      time.title = date.toLocaleString(undefined, { dateStyle: "long", timeStyle: "short" }) + " where you are (" + zone + ")";
    });
  }

  function value(cell) {
    var marked = cell.dataset.value;
    if (marked !== undefined && marked !== "") return Number(marked);
    var time = cell.querySelector("time");
    if (time) return Date.parse(time.dateTime);
    var text = cell.textContent.trim();
    var number = Number(text.replace(/,/g, "").replace("\u2212", "-").replace(/[^0-9eE.+-]/g, ""));
    return text !== "" && /^[^A-Za-z]*[0-9]/.test(text) && !isNaN(number) ? number : text.toLowerCase();
  }

  function sortable(table) {
    var body = table.tBodies[0];
    var heads = table.tHead ? table.tHead.rows[0].cells : [];
    if (!body || body.rows.length < 2) return;
    Array.prototype.forEach.call(heads, function (head, place) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (head.firstChild) button.appendChild(head.firstChild);
      var words = button.firstChild;
      if (words && words.nodeType === 3) words.data = words.data.trim() + "\u00a0";
      var sign = document.createElement("span");
      sign.className = "sort-sign";
      sign.setAttribute("aria-hidden", "true");
      button.insertBefore(sign, button.querySelector(".unit"));
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.prototype.forEach.call(heads, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        Array.prototype.slice.call(body.rows).map(function (row) { return [value(row.cells[place]), row]; }).sort(function (a, b) {
          var order = typeof a[0] === typeof b[0] ? (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) : typeof a[0] === "number" ? -1 : 1;
          return down ? -order : order;
        }).forEach(function (pair) { body.appendChild(pair[1]); });
      });
    });
  }

  function filtered(table) {
    var body = table.tBodies[0];
    var box = table.closest(".table-box") || table;
    if (!body || body.rows.length < 16) return;
    var label = document.createElement("label");
    label.className = "table-filter";
    label.append("Filter the rows ");
    var input = document.createElement("input");
    input.type = "search";
    label.append(input);
    box.before(label);
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase();
      Array.prototype.forEach.call(body.rows, function (row) { row.hidden = row.textContent.toLowerCase().indexOf(words) < 0; });
    });
  }

  // A wide table of a text scrolls by itself; whoever has no mouse must reach it.
  function boxed(table, place) {
    var box = document.createElement("div");
    box.className = "table-box";
    table.before(box);
    box.append(table);
    if (box.scrollWidth <= box.clientWidth) return;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Table " + (place + 1) + " of the text");
  }

  // Takes the parts of the page that change while a run goes on from a fresh copy of it.
  function refresh() {
    fetch(location.href, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) return;
      return answer.text().then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html");
        document.querySelectorAll("[data-part]").forEach(function (part) {
          var other = fresh.querySelector('[data-part="' + part.dataset.part + '"]');
          if (other) part.replaceWith(document.adoptNode(other));
        });
        times();
      });
    }).catch(function () { /* The next look may succeed. */ });
  }

  function live(log) {
    var offset = log.dataset.offset;
    var pause = 1000;
    var shown = Date.now();
    function next() {
      fetch(log.dataset.live + "?from=" + offset, { headers: { Accept: "text/plain" }, credentials: "same-origin" }).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        var state = answer.headers.get("X-Run-Status");
        offset = answer.headers.get("X-Next-Offset") || offset;
        return answer.text().then(function (text) {
          if (text) {
            var atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
            log.append(text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, ""));
            if (atEnd) log.scrollTop = log.scrollHeight;
          }
          pause = text ? 1000 : Math.min(pause * 1.3, 5000);
          if (state && ["queued", "launching", "running"].indexOf(state) < 0) { location.reload(); return; }
          var known = document.querySelector("[data-run-state]");
          if ((known && state && known.dataset.runState !== state) || Date.now() - shown > 10000) { shown = Date.now(); refresh(); }
          setTimeout(next, pause);
        });
      }).catch(function () { pause = Math.min(pause * 2, 30000); setTimeout(next, pause); });
    }
    setTimeout(next, pause);
  }

  theme();
  times();
  document.querySelectorAll(".prose > table").forEach(boxed);
  document.querySelectorAll("table[data-sortable]").forEach(function (table) { sortable(table); filtered(table); });
  document.querySelectorAll("pre.log").forEach(function (log) { log.scrollTop = log.scrollHeight; });
  document.querySelectorAll("pre[data-live]").forEach(live);
})();
