// Debian's Chromium, with every page watched: no error on the console, no breach of the Content-Security-Policy, and
// axe finding nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};
export const desktop = { viewport: { width: 1366, height: 900 } };

export async function open_browser() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags.split(' '),
  });
  return {
    close: () => browser.close(),
    /** A device of its own: storage and cookies are not shared. */
    async device(shape, language = 'zh-CN') {
      const context = await browser.newContext({
        ...shape,
        locale: language,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      page.faults = [];
      page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`));
      page.on('console', (message) => {
        // A refused request is an answer the page shows; a broken policy or script is a fault.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          page.faults.push(message.text());
      });
      await page.addInitScript(() =>
        document.addEventListener('securitypolicyviolation', (event) =>
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
        ),
      );
      return page;
    },
  };
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Everything that must hold of any page as it stands. */
export async function sound(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), rules);
  const lines = found.violations.map(
    (fault) =>
      `${fault.id}: ${fault.help} — ${fault.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
  assert.deepEqual(lines, [], `axe on ${where}`);
  assert.deepEqual(page.faults, [], `faults on ${where}`);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(wide <= 0, `${where} is ${wide} px wider than the screen`);
}
