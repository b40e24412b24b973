// SPDX-License-Identifier: GPL-3.0-or-later
// Two hands for one story: what a person does on a page by mouse, or with nothing but keys. Both find things by what they are
// called; the one with keys gets there by Tab, never by being put there.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const focused = (locator) => locator.evaluate((one) => one === document.activeElement);

// With a mouse, as far as one goes with it: text is typed after a click.
export function mouseHand() {
  const hand = {
    name: 'by mouse',
    count: 0,
    lost: [],
    async press(locator) {
      hand.count += 1;
      await locator.click();
    },
    async write(locator, text) {
      hand.count += 1;
      await locator.click();
      await locator.press('Control+a');
      await locator.page().keyboard.type(text);
    },
    async reach(locator) {
      await hand.press(locator);
    },
    async choose(locator, label) {
      hand.count += 1;
      await locator.selectOption({ label });
    },
    async pick(locator) {
      hand.count += 1;
      await locator.click();
    },
    // The n-th of a row of numbers.
    async number(group, n) {
      await hand.pick(group.getByRole('radio').nth(n));
    },
    // Dragged from a folder and let go over the page.
    async drop(page, path) {
      hand.count += 1;
      const given = await page.evaluateHandle(({ name, text }) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name, { type: 'text/csv' }));
        return data;
      }, { name: basename(path), text: readFileSync(path, 'utf8') });
      const place = page.getByText('Drop files with answers here');
      await place.dispatchEvent('dragover', { dataTransfer: given });
      await place.dispatchEvent('drop', { dataTransfer: given });
    },
    async place(page, place) {
      await hand.press(page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }));
    },
  };
  return hand;
}

export function keyHand() {
  const MANY = 400;
  const settled = new WeakSet(); // pages on which something had the focus already
  const hand = {
    name: 'by keyboard',
    count: 0,
    lost: [], // where the focus fell back to the page itself, so that one must begin at its top again
    async key(page, ...keys) {
      for (const key of keys) {
        hand.count += 1;
        await page.keyboard.press(key);
      }
    },
    async type(page, text) {
      hand.count += text.length;
      await page.keyboard.type(text);
    },
    // By Tab, or Shift+Tab where it stands before.
    async to(locator) {
      const page = locator.page();
      await locator.waitFor();
      const at = await locator.evaluate((one) => {
        const now = document.activeElement;
        if (now === document.body) return 'nowhere';
        return one.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING && !one.closest('dialog') ? 'before' : 'after';
      });
      if (at === 'nowhere' && settled.has(page)) hand.lost.push(`before ${locator}`);
      if (!settled.has(page)) {
        settled.add(page);
        page.on('framenavigated', (frame) => { if (frame === page.mainFrame() && !frame.url().includes('#')) settled.delete(page); });
      }
      for (let i = 0; i < MANY; i += 1) {
        if (await focused(locator)) return;
        await hand.key(page, at === 'before' ? 'Shift+Tab' : 'Tab');
      }
      throw new Error(`no Tab leads to ${locator}`);
    },
    async reach(locator) {
      await hand.to(locator);
    },
    async press(locator) {
      await hand.to(locator);
      await hand.key(locator.page(), 'Enter');
    },
    async write(locator, text) {
      await hand.to(locator);
      await hand.key(locator.page(), 'Control+a');
      await hand.type(locator.page(), text);
    },
    // A closed list goes by its first letters.
    async choose(locator, label) {
      await hand.to(locator);
      await hand.type(locator.page(), label);
      const chosen = await locator.evaluate((one) => one.selectedOptions[0]?.label);
      if (chosen !== label) throw new Error(`typing “${label}” chose “${chosen}”`);
    },
    // A tick, or one of a group, where Tab leads to the chosen one and arrows go on.
    async pick(locator) {
      const page = locator.page();
      if (await locator.getAttribute('type') === 'radio') {
        const [at, n, chosen] = await locator.evaluate((one) => {
          const all = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(one.name)}"]`)].filter((other) => other.form === one.form);
          return [all.indexOf(one), all.length, all.findIndex((other) => other.checked)];
        });
        const name = await locator.getAttribute('name');
        const group = page.locator(`input[type=radio][name="${name}"]`);
        await hand.to(group.nth(Math.max(chosen, 0)));
        if (chosen < 0) await hand.key(page, 'Space');
        const from = Math.max(chosen, 0);
        const [on, back] = [(at - from + n) % n, (from - at + n) % n]; // arrows go round
        for (let i = 0; i < Math.min(on, back); i += 1) await hand.key(page, on <= back ? 'ArrowDown' : 'ArrowUp');
      } else {
        await hand.to(locator);
        await hand.key(page, 'Space');
      }
    },
    async number(group, n) {
      await hand.pick(group.getByRole('radio').nth(n));
    },
    async drop(page, path) {
      const chooser = page.waitForEvent('filechooser');
      await hand.to(page.getByRole('button', { name: 'Choose files', exact: true }));
      await hand.key(page, 'Enter');
      await (await chooser).setFiles(path);
    },
    // By its shortcut.
    async place(page, place) {
      await hand.key(page, 'g', { Picture: 'p', Ask: 'a', Next: 'n', Settings: 's' }[place]);
    },
  };
  return hand;
}
