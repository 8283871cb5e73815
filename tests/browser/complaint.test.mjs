// A complaint about whoever holds a post, from the portal and from the desk; and a session that ends while somebody is
// typing one in.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { desktop, open_browser, phone, sound } from './support/browser.mjs';
import { built, sign_in, start_county } from './support/county.mjs';
import { send_report, sign_in_at_desk } from './support/walk.mjs';

const skip = built ? false : 'the program or the web client is not built';

describe('a complaint about a post', { skip }, () => {
  let county, browser, group;

  before(async () => {
    county = await start_county();
    browser = await open_browser();
    const demo = await sign_in(county.address, 'daibiao', county.logins.daibiao);
    group = demo.session.posts.find((post) => post.kind === 'representative').place;
  });
  after(async () => {
    await browser?.close();
    await county?.stop();
  });

  test('asks which post, is opened by its receipt alone, and Back does not lead into an empty draft', async () => {
    const page = await browser.device(phone);
    await page.goto(`${county.address}/`);
    await page.goto(`${county.address}/report?place=${group}`);
    await page.getByLabel('投诉', { exact: true }).check();
    await page.click('main form button.wide');
    await page.locator('#f-about option').nth(1).waitFor({ state: 'attached' });
    await page.selectOption('#f-about', { index: 1 });
    await sound(page, 'a complaint: where');
    await page.click('main form button.wide');
    await page.fill('#f-text', '分水不按规矩，找了三次都不理。');
    await page.click('main form button.wide');
    await page.locator('#f-anonymous input').nth(1).check();
    await page.click('main form button.wide');
    await page.locator('dl .card').first().waitFor();
    const number = await send_report(page);
    await page.getByText('这件事只能凭回执查看').waitFor();
    const tracked = await fetch(`${county.address}/api/v1/track/${number}`);
    assert.equal(tracked.status, 404, 'its number alone opens nothing');
    await page.goBack();
    await page.waitForURL(`${county.address}/`);
    await page.goto(`${county.address}/t/${number}`);
    await page.locator('main .card .tag').first().waitFor();
    assert.equal(await page.getByText('没有找到').count(), 0, 'with the receipt it is there');
    await page.context().close();
  });

  test('an address of a later step leads an empty draft to the first one', async () => {
    const page = await browser.device(phone);
    await page.goto(`${county.address}/report?step=check`);
    await page.locator('#f-subkind').waitFor();
    await page.context().close();
  });

  test('what was thrown away on the phone is asked for once and can be had back', async () => {
    const page = await browser.device(phone);
    await page.goto(`${county.address}/report`);
    await page.locator('#f-subkind input').first().check();
    await page.getByText('清空重写').click();
    await sound(page, 'the question before clearing');
    await page.click('[data-sure]');
    assert.equal(await page.locator('#f-subkind input:checked').count(), 0);
    await page.getByText('撤销').click();
    assert.equal(await page.locator('#f-subkind input:checked').count(), 1);
    await page.context().close();
  });

  test('a session that ends in the middle of it keeps every word and goes on after signing in', async () => {
    const page = await browser.device(desktop);
    await sign_in_at_desk(page, county.address, 'zuzhang', county.logins.zuzhang);
    await page.goto(`${county.address}/desk/take-in`);
    assert.notEqual(await page.inputValue('#f-subkind'), '', 'the everyday kind is chosen already');
    await page.fill('#f-text', '路灯坏了三盏，晚上看不见。');
    await page.fill('#f-address', '石桥东头');
    await page.fill('#f-name', '陈某');
    await page.context().clearCookies();
    await page.locator('form.narrow button.button').last().click();
    await page.locator('dialog[open]').waitFor();
    await sound(page, 'signing in again');
    assert.equal(await page.locator('.menu').count(), 0, 'the old navigation is gone');
    await page.fill('dialog #f-login', 'zuzhang');
    await page.fill('dialog #f-password', county.logins.zuzhang);
    await page.click('dialog button.button');
    await page.locator('dialog').waitFor({ state: 'detached' });
    assert.equal(await page.inputValue('#f-text'), '路灯坏了三盏，晚上看不见。');
    await page.locator('form.narrow button.button').last().click();
    await page.locator('[data-test=number]').waitFor();
    await page.context().close();
  });

  test('a dead session does not close the public pages of the same browser', async () => {
    const page = await browser.device(phone);
    await page.context().addCookies([{ name: 'lianxin_session', value: 'dead', url: county.address }]);
    await page.goto(`${county.address}/report`);
    await page.locator('#f-subkind input').first().waitFor();
    await page.context().close();
  });
});
