// A phone without a line: the portal opens all the same, a report is written, kept, and sent once when the line is back,
// though the page was closed meanwhile; and the resident is told so wherever in the portal they are.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { open_browser, phone, sound } from './support/browser.mjs';
import { built, sign_in, start_county } from './support/county.mjs';
import { report } from './support/walk.mjs';

const skip = built ? false : 'the program or the web client is not built';

describe('without a line', { skip }, () => {
  let county, browser, place;

  before(async () => {
    county = await start_county();
    browser = await open_browser();
    const demo = await sign_in(county.address, 'daibiao', county.logins.daibiao);
    place = demo.session.posts.find((post) => post.kind === 'representative').place;
  });
  after(async () => {
    await browser?.close();
    await county?.stop();
  });

  /** A phone that has seen the portal once, with a line. */
  async function known_phone() {
    const page = await browser.device(phone);
    await page.goto(county.address);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller)
        await new Promise((go) => navigator.serviceWorker.addEventListener('controllerchange', go));
    });
    // What a report is filled in from is read once with a line.
    await page.goto(`${county.address}/report?place=${place}`);
    await page.locator('#f-subkind input').first().check();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => localStorage.clear());
    return page;
  }
  const matters_of = async (page) => {
    const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('lianxin.receipts') ?? '[]'));
    return kept.map((one) => one.number);
  };

  test('a report written without a line is kept, and sent once when the line is back', async () => {
    const page = await known_phone();
    const keys = [];
    page.context().on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/v1/matters'))
        keys.push(request.headers()['idempotency-key']);
    });
    await page.context().setOffline(true);
    await report(page, county.address, { place, text: '山塘的涵管堵了，下雨水就漫到屋前来。' });
    await sound(page, 'a report without a line');
    await page.click('main form button.wide');
    await page.locator('.tell.warn[role=status]').waitFor();

    // The page is closed and opened again, still without a line.
    await page.goto(county.address);
    await page.locator('[data-unsent=waiting]').waitFor();
    await sound(page, 'the first page with something unsent');
    assert.deepEqual(await matters_of(page), []);

    await page.context().setOffline(false);
    await page.locator('[data-unsent=sent]').waitFor({ timeout: 30_000 });
    await sound(page, 'the first page when it has arrived');
    const [number, ...more] = await matters_of(page);
    assert.match(number, /^\d{11}$/);
    assert.deepEqual(more, [], 'one record');
    assert.equal(new Set(keys).size, 1, 'every try under one key');
    const found = await fetch(`${county.address}/api/v1/track/${number}`);
    assert.equal(found.status, 200);
    await page.getByRole('link', { name: number }).first().click();
    await page.locator('[data-test=number]').waitFor();
    assert.equal(await page.locator('[data-unsent]').count(), 0);
    await page.context().close();
  });

  test('nothing read with a receipt or by staff is kept on the phone', async () => {
    const page = await known_phone();
    const kept = await page.evaluate(async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          found.push(new URL(request.url).pathname);
      return found;
    });
    assert.ok(kept.includes('/'), 'the page itself is');
    const allowed = /^\/(icon\.svg|assets\/[\w.-]+|api\/v1\/(site|places|categories|workflows)(\/.*)?)?$/;
    assert.deepEqual(
      kept.filter((path) => !allowed.test(path)),
      [],
    );
    await page.context().close();
  });
});
