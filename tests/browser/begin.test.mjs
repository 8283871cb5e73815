// Whoever leads begins what is the office's own: from a list of what there is, each kind with a sentence, none chosen
// before; and how somebody came is said in the county's own words.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { desktop, open_browser, phone, sound } from './support/browser.mjs';
import { built, sign_in, start_county } from './support/county.mjs';
import { sign_in_at_desk } from './support/walk.mjs';

describe(
  'what the office begins',
  { skip: built ? false : 'the program or the web client is not built' },
  () => {
    let county, browser, page;

    before(async () => {
      county = await start_county();
      browser = await open_browser();
    });
    after(async () => {
      await browser?.close();
      await county?.stop();
    });
    async function at_desk(login, shape = desktop) {
      page = await browser.device(shape);
      await sign_in_at_desk(page, county.address, login, county.logins[login]);
    }

    test('is a list of kinds with a sentence each, from which the form opens', async () => {
      await at_desk('zongzhi', phone);
      await page.locator('nav.menu').getByText('发起事项').click();
      const kinds = page.locator('[data-kinds] > li');
      await kinds.first().waitFor();
      assert.ok((await kinds.count()) > 2, 'there is something to choose from');
      for (const text of await kinds.allInnerTexts())
        assert.match(text, /\n/, `“${text}” says what becomes of it`);
      await sound(page, 'the list of what may be begun');
      await page.getByRole('link', { name: '承诺事项' }).click();
      await page.locator('#f-what').waitFor();
      assert.equal(await page.locator('#f-subkind').inputValue(), 'promise/');
      await page.goBack();
      await kinds.first().waitFor();
      await page.goto(`${county.address}/desk/take-in`);
      await page.locator('#f-subkind').waitFor();
      assert.equal(await page.locator('#f-subkind').inputValue(), '', 'no kind is chosen before');
      await page.context().close();
    });

    test('is said once: where its form asks for a text of its own, no other is asked for', async () => {
      await at_desk('zhenban');
      await page.goto(`${county.address}/desk/take-in?kind=project/roads`);
      await page.locator('#f-what').waitFor();
      assert.equal(await page.locator('#f-text').count(), 0);
      await sound(page, 'a project');
      await page.fill('#f-what', '硬化主街并配套排水沟，方便雨天出行。');
      await page.locator('form.narrow button.button').last().click();
      await page.locator('[data-test=number]').waitFor();
      await page.getByRole('link', { name: '打开这件事' }).click();
      await page.locator('.line').getByText('硬化主街并配套排水沟，方便雨天出行。').waitFor();
      assert.match(await page.locator('h1').innerText(), /^硬化主街/);
      assert.equal(await page.locator('#text').count(), 0, 'no empty box of words');
      await page.context().close();
    });

    test('names for an award only who is in office', async () => {
      await at_desk('zuzhang');
      const head = await sign_in(county.address, 'zuzhang', county.logins.zuzhang);
      const { form } = await head.get('/workflows/award/form');
      assert.equal(form.properties.nominee['x-held'], true);
      await page.goto(`${county.address}/desk/take-in?kind=award/`);
      const offered = page.locator('#f-nominee .pick');
      await offered.first().waitFor();
      for (const text of await offered.allInnerTexts()) assert.match(text, /·/, `“${text}” is somebody`);
      await page.context().close();
    });

    test('that came to nothing is not shown as done', async () => {
      const leader = await sign_in(county.address, 'zhenzhang', county.logins.zhenzhang);
      const { items } = await leader.get('/matters?state=not_kept&include_closed=true');
      const [promise] = items;
      assert.ok(promise, 'the demo has a promise that was not kept');
      await at_desk('zhenzhang');
      await page.goto(`${county.address}/desk/m/${promise.id}`);
      const desk = page.locator('h1 ~ p .tag').first();
      assert.equal(await desk.innerText(), '未兑现');
      assert.match(await desk.getAttribute('class'), /late/);
      await page.goto(`${county.address}/m/${promise.id}`);
      const shown = page.locator('main .tag').first();
      await shown.waitFor();
      assert.equal(await shown.innerText(), '未兑现');
      assert.match(await shown.getAttribute('class'), /late/);
      await page.context().close();
    });

    test('for somebody who came says how, in the words of the county', async () => {
      await at_desk('daibiao');
      await page.goto(`${county.address}/desk/take-in`);
      const channel = page.locator('#f-channel');
      await channel.waitFor();
      assert.equal(await channel.inputValue(), 'representative', 'a post has its own way');
      const titles = await channel.locator('option').allInnerTexts();
      for (const title of ['窗口', '电话', '入户走访', '来信', '会议'])
        assert.ok(titles.includes(title), title);
      await page.context().close();
    });
  },
);
