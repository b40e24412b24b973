// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Of a kiosk that is closed: how many answers this device still keeps that were never taken. The page
// that asked said so, but is gone once it is loaded anew (kiosk.js has the names).
(() => {
  const told = document.getElementById('unsent');
  if (!told) return;
  const own = ['giving', 'waiting'].map((state) => `parallax.kiosk.${told.dataset.link}.${state}.`);
  let n = 0;
  try {
    n = Object.keys(localStorage).filter((name) => own.some((beginning) => name.startsWith(beginning))).length;
  } catch {
    // forbidden: then nothing is kept here
  }
  told.textContent = (told.dataset.waiting ?? '').replace('{0}', String(n));
  told.hidden = n === 0;
})();
