// Runs before the first paint, so that a night shift is not met by a white flash and Arabic does not jump from left to right.
// A file of its own because the content security policy allows no inline script.
{
  function read(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage is blocked: the defaults hold.
    }
  }
  const root = document.documentElement;
  let scheme = read('tocsin-scheme');
  if (scheme !== 'light' && scheme !== 'dark')
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.setAttribute('data-mantine-color-scheme', scheme);
  let language = read('tocsin-language') || navigator.language.slice(0, 2);
  if (language === 'ar' || language === 'fr') root.lang = language;
  if (language === 'ar') root.dir = 'rtl';
}
