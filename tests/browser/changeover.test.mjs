// A county's workflow was changed while matters were under way: the leader is offered to move what is left on the older
// version, step by step, and it goes on under the new one.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { desktop, open_browser, phone, sound } from './support/browser.mjs';
import { built, sign_in, start_county } from './support/county.mjs';
import { sign_in_at_desk } from './support/walk.mjs';

const skip = built ? false : 'the program or the web client is not built';
const shipped = fileURLToPath(new URL('../../packs/', import.meta.url));

/** The step in which somebody works on it gets another name. */
function change_the_request(packs) {
  const file = join(packs, 'common/workflows/request.toml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('in_hand', 'at_hand'));
  for (const language of ['zh-Hans', 'zh-Hant', 'en']) {
    const words = join(packs, `common/words/${language}.toml`);
    writeFileSync(words, readFileSync(words, 'utf8').replace(/^\[state\]$/m, '[state]\nat_hand = "在办"'));
  }
}

describe('a workflow that was changed', { skip }, () => {
  let county, browser, packs;

  before(async () => {
    packs = mkdtempSync(join(tmpdir(), 'lianxin-packs-'));
    for (const name of ['common', 'dayao'])
      cpSync(join(shipped, name), join(packs, name), { recursive: true });
    county = await start_county({ packs, change: () => change_the_request(packs) });
    browser = await open_browser();
  });
  after(async () => {
    await browser?.close();
    await county?.stop();
    rmSync(packs, { recursive: true, force: true });
  });

  test('offers the leader to move what is left on the older version', async () => {
    const page = await browser.device(desktop);
    await sign_in_at_desk(page, county.address, 'xianzhang', county.logins.xianzhang);
    // Nothing stands on the new version yet: the page begins with the one that has them all.
    await page.goto(`${county.address}/desk/flow?kind=request`);
    const begun_with = page.locator('ul[aria-label=流程版本] li', { has: page.locator('[aria-current]') });
    assert.match(await begun_with.innerText(), /旧版本[^]*在流程中 [1-9]/);
    const row = page.locator('[data-changeover] [data-from=in_hand]');
    await row.waitFor();
    assert.match(await row.innerText(), /新版流程没有这一步/);
    await sound(page, 'moving to the new version');
    await row.locator('select').selectOption('at_hand');
    await page.locator('[data-changeover] textarea').fill('流程修订，在办件一并适用');
    await page.locator('[data-changeover] form button').click();
    await page.locator('[data-moved]', { hasText: '已移到新版流程' }).waitFor();
    const moved = Number(/(\d+) 件/.exec(await page.locator('[data-moved]').innerText())[1]);
    assert.ok(moved > 0, 'some went over');
    const leader = await sign_in(county.address, 'xianzhang', county.logins.xianzhang);
    const { items } = await leader.get('/matters?state=at_hand&limit=200');
    assert.ok(items.length > 0, 'they stand in the new step');
    await page.goto(`${county.address}/desk/m/${items[0].id}`);
    const version = page.locator('.line dd[title]').last();
    await version.waitFor();
    assert.match(await version.innerText(), /^[0-9a-f]{8}$/, 'a version is called by eight digits');
    assert.match(
      await version.getAttribute('title'),
      /^[0-9a-f]{64}$/,
      'and is whole where one points at it',
    );
    await page.context().close();
  });

  test('offers nothing to whoever leads nothing', async () => {
    const page = await browser.device(phone);
    await sign_in_at_desk(page, county.address, 'shenji', county.logins.shenji);
    await page.goto(`${county.address}/desk/flow?kind=request`);
    await page.locator('.sheet img').waitFor();
    const [figures, picture] = await Promise.all(
      ['.table-box', '.sheet'].map((box) => page.locator(box).first().boundingBox()),
    );
    assert.ok(figures.y < picture.y, 'a phone shows the figures before the picture');
    assert.equal(await page.locator('[data-move], [data-changeover]').count(), 0);
    await sound(page, 'the flow on a phone');
    await page.context().close();
  });
});
