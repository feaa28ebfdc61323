// Runs before the first paint, so a dark console never flashes white. A file of its own because the
// content security policy allows no inline script.
(function () {
  var root = document.documentElement;
  var stored = null;
  try {
    stored = localStorage.getItem('ostiary-console-theme');
  } catch (e) {
    /* storage can be forbidden; the system's preference is then used */
  }
  var dark =
    stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
