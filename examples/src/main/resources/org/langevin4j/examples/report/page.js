(() => {
  const rows = [...document.querySelectorAll('.row')];
  const search = document.getElementById('search');
  search.classList.remove('none');
  document.querySelector('.keys').classList.remove('none');
  const shown = () => rows.filter(row => row.offsetParent !== null);
  const look = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.classList.toggle('missed', !words.every(word => text.includes(word)));
    }
  };
  search.addEventListener('input', look);
  const step = by => {
    const list = shown();
    const at = list.findIndex(row => row.contains(document.activeElement));
    const next = list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (next) { next.querySelector('summary').focus(); }
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.target === search) {
      if (event.key === 'Escape') { search.value = ''; look(); search.blur(); }
      return;
    }
    if (event.key === '/') { event.preventDefault(); search.focus(); }
    else if (event.key === 'j') { step(1); }
    else if (event.key === 'k') { step(-1); }
    else if (event.key >= '0' && event.key <= '4') { document.getElementById('f' + event.key).checked = true; }
  });
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === 'DETAILS') { target.open = true; target.scrollIntoView(); }
  };
  addEventListener('hashchange', open);
  open();
})();
