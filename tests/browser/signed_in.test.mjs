// Whoever is signed in at the desk writes on the public pages as anybody does, and begins at the desk what they may.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { desktop, open_browser, phone, sound } from './support/browser.mjs';
import { built, sign_in, start_county } from './support/county.mjs';
import { photo } from './support/picture.mjs';
import { act, report, send_report, sign_in_at_desk } from './support/walk.mjs';

describe('somebody signed in', { skip: built ? false : 'the program or the web client is not built' }, () => {
  let county, browser, place;

  before(async () => {
    county = await start_county();
    browser = await open_browser();
    const { session } = await sign_in(county.address, 'daibiao', county.logins.daibiao);
    place = session.posts.find((post) => post.kind === 'representative').place;
  });
  after(async () => {
    await browser?.close();
    await county?.stop();
  });
  async function at_desk(login, shape = desktop) {
    const page = await browser.device(shape);
    await sign_in_at_desk(page, county.address, login, county.logins[login]);
    return page;
  }

  test('reports on the portal of the same browser as a stranger, and adds to it', async () => {
    const page = await at_desk('daibiao', phone);
    const picture = await photo(page);
    await report(page, county.address, {
      place,
      text: '枫林组村口的路灯坏了三盏，晚上看不见。',
      picture,
      name: '陈先生',
    });
    const number = await send_report(page);
    await page.goto(`${county.address}/t/${number}`);
    await act(page, 'any.remark', { remark: '昨晚第四盏也灭了。' });
    await page.locator('.line').getByText('昨晚第四盏也灭了。').waitFor();
    // At the desk they are still who they were.
    await page.goto(`${county.address}/desk/`);
    await page.locator('nav.menu a').first().waitFor();
    await page.context().close();
  });

  test('is not offered on the portal what only holders of a post apply for', async () => {
    const page = await browser.device(phone);
    await page.goto(`${county.address}/report`);
    await page.locator('#f-subkind input').first().waitFor();
    assert.equal(await page.locator('#f-subkind').getByText('星级评定').count(), 0);
    await page.context().close();
  });

  test('applies at the desk for stars of their own', async () => {
    const page = await at_desk('daibiao');
    await page.goto(`${county.address}/desk/take-in`);
    await page.locator('#f-subkind').selectOption('star/');
    await page.locator('#f-own_report').waitFor();
    assert.equal(await page.locator('#f-name, #f-who').count(), 0, 'nobody came');
    await sound(page, 'applying for oneself');
    assert.equal(await page.locator('#f-text').count(), 0, 'it is said once, in the report');
    await page.fill('#f-own_report', '一年来走访联系户一百二十次，办实事十七件，调解纠纷三起。');
    await page.locator('#f-stars').getByLabel('四星').check();
    await page.locator('form.narrow button.button').last().click();
    await page.locator('[data-test=number]').waitFor();
    await page.context().close();
  });

  test("takes in the office's own kinds without being asked who came", async () => {
    const page = await at_desk('zhenban');
    await page.goto(`${county.address}/desk/take-in`);
    await page.locator('#f-subkind').selectOption('promise/');
    await page.locator('#f-what').waitFor();
    assert.equal(await page.locator('#f-name, #f-who, #f-channel').count(), 0);
    await sound(page, 'a kind of the office');
    await page.context().close();
  });
});
