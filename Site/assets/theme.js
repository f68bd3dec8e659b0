// Applies the reader's choice of light or dark before the first paint.
(function () {
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (problem) { /* Storage is off: the system's choice holds. */ }
})();
