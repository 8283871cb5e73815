// What goes wrong in life: the line drops, a button is pressed twice, two people act at once, somebody types HTML or
// another's number. And every page as it stands: axe, policy, width, in the default language (--all: in all three).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { desktop, open_browser, phone, sound } from './support/browser.mjs';
import { add_ladder, built, sign_in, start_county, who_can } from './support/county.mjs';
import { act, report, send_report, sign_in_at_desk } from './support/walk.mjs';

const skip = built ? false : 'the program or the web client is not built';
const languages = process.env.LIANXIN_TEST_ALL ? ['zh-Hans', 'zh-Hant', 'en'] : ['zh-Hans'];
const nasty = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>'; drop table matter; --`;

describe('the pages', { skip }, () => {
  const representative = 'daibiao';
  let county, browser, place;

  before(async () => {
    county = await start_county();
    browser = await open_browser();
    const demo = await sign_in(county.address, representative, county.logins[representative]);
    place = demo.session.posts.find((post) => post.kind === 'representative').place;
    await add_ladder(county, place);
  });
  after(async () => {
    await browser?.close();
    await county?.stop();
  });

  const ready = (page, text = '村道上的垃圾桶满了两天没有人清运。') =>
    report(page, county.address, { place, text });
  async function at_desk(login = representative) {
    const page = await browser.device(desktop);
    await sign_in_at_desk(page, county.address, login, county.logins[login]);
    return page;
  }
  const receipts = (page) =>
    page.evaluate(() => JSON.parse(localStorage.getItem('lianxin.receipts') ?? '[]'));

  test('an answer lost after the server stored it makes one record, not two', async () => {
    const page = await browser.device(phone);
    const seen = [];
    await page.route('**/api/v1/matters', async (route) => {
      const answer = await route.fetch();
      seen.push([route.request().headers()['idempotency-key'], (await answer.json()).number]);
      return seen.length === 1 ? route.abort() : route.fulfill({ response: answer });
    });
    await ready(page);
    const number = await send_report(page);
    assert.equal(seen.length, 2);
    assert.equal(seen[0][0], seen[1][0], 'the same key');
    assert.deepEqual([seen[0][1], seen[1][1]], [number, number], 'the same record');
  });

  test('without a line nothing typed is lost, and it goes out when the line is back', async () => {
    const page = await browser.device(phone);
    await ready(page);
    await page.context().setOffline(true);
    await page.click('main form button.wide');
    await page.locator('.tell.warn[role=status]').waitFor();
    await sound(page, 'waiting for the line');
    await page.context().setOffline(false);
    await page.locator('[data-test=number]').waitFor({ timeout: 30_000 });
  });

  test('a page closed while sending goes on sending when it is opened again', async () => {
    const page = await browser.device(phone);
    await ready(page);
    await page.route('**/api/v1/matters', (route) => route.abort());
    await page.click('main form button.wide');
    await page.locator('.tell.warn[role=status]').waitFor();
    await page.unroute('**/api/v1/matters');
    await page.goto(`${county.address}/report`);
    await page.locator('[data-test=number]').waitFor({ timeout: 30_000 });
  });

  test('a double click sends once', async () => {
    const page = await browser.device(phone);
    let posts = 0;
    page.on(
      'request',
      (request) => (posts += request.method() === 'POST' && request.url().endsWith('/matters') ? 1 : 0),
    );
    await ready(page);
    await page.dblclick('main form button.wide');
    await page.locator('[data-test=number]').waitFor();
    assert.equal(posts, 1);
    assert.equal((await receipts(page)).length, 1);
  });

  test('HTML and SQL in a text are a text', async () => {
    const page = await browser.device(phone);
    await ready(page, nasty);
    const number = await send_report(page);
    await page.goto(`${county.address}/t/${number}`);
    await page.getByText(nasty).first().waitFor();
    assert.ok(!(await page.title()).includes('broken'));
    assert.deepEqual(page.faults, []);
  });

  test('a number with a digit mistyped is told from one that nobody has; a pasted one is read', async () => {
    const page = await browser.device(phone);
    await page.goto(`${county.address}/track`);
    const search = async (typed) => {
      await page.fill('#f-number', typed);
      await page.click('main form button.wide');
    };
    await search('24000000008');
    await page.getByText('号码好像输错了一位').first().waitFor();
    await sound(page, 'a mistyped number');
    await search('　２４00 0000－007');
    await page.waitForURL('**/t/24000000007');
    await page.getByText('没有这个编号的公开进度').waitFor();
    await sound(page, 'an unknown number');
    await page.goto(`${county.address}/t/24000000008`);
    await page.getByText('号码好像输错了一位').waitFor();
    await page.context().close();
  });

  test('somebody with the number alone sees state and time limit, nothing of the text', async () => {
    const page = await browser.device(phone);
    await ready(page, '邻居家的狗夜里一直叫，没有办法睡觉。');
    const number = await send_report(page);
    const other = await browser.device(phone);
    await other.goto(`${county.address}/t/${number}`);
    await other.locator('.tag').first().waitFor();
    await sound(other, 'a number without its secret');
    assert.equal(await other.getByText('邻居家的狗').count(), 0);
    assert.equal(await other.locator('.line').count(), 0);
    await other.goto(`${county.address}/t/${number}#wrong-secret`);
    await other.getByText('查看全部内容').waitFor();
    assert.equal(await other.getByText('发送验证码').count(), 0, 'nothing here can carry a code');
    assert.equal(await other.getByText('邻居家的狗').count(), 0);
  });

  test('the link of the receipt opens it on another phone, and the secret leaves the address', async () => {
    const page = await browser.device(phone);
    await ready(page);
    const number = await send_report(page);
    const [{ secret }] = await receipts(page);
    const other = await browser.device(phone);
    await other.goto(`${county.address}/t/${number}#${secret.slice(0, 9)}`);
    await other.getByText('这个链接打不开这件事').waitFor();
    await sound(other, 'a link that was cut short');
    assert.deepEqual(await receipts(other), [], 'what opens nothing is not kept');
    await other.goto(`${county.address}/t/${number}#${secret}`);
    await other.locator('.line').waitFor();
    assert.equal(await other.locator('[role=alert]').count(), 0);
    assert.ok(!other.url().includes(secret));
  });

  test('the receipt is reached again on another phone, and what is saved proves itself', async () => {
    const page = await browser.device(phone);
    await ready(page);
    const number = await send_report(page);
    const [{ secret }] = await receipts(page);
    const other = await browser.device(phone);
    await other.goto(`${county.address}/t/${number}#${secret}`);
    await other.getByText('登记回执：').click();
    await other.locator('[data-test=number]').waitFor();
    await other.locator('dl dd').first().waitFor();
    assert.match(await other.locator('main').textContent(), /现在的状态是“[^”]+”/);
    // The log is signed once a day: tomorrow's file, as the server will give it.
    await other.route('**/receipt', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        body: `${await answer.text()}log_path: \n`,
      });
    });
    const [download] = await Promise.all([
      other.waitForEvent('download'),
      other.getByText('保存回执文件').click(),
    ]);
    const file = readFileSync(await download.path(), 'utf8');
    assert.match(file, new RegExp(`^number: ${number}$`, 'm'));
    assert.match(file, /^log_path: $/m);
    await other.getByText('已保存。文件里有').waitFor();
    await sound(other, 'the receipt on another phone');
  });

  test('what was conferred is read by everybody who is shown its number', async () => {
    const clerk = await sign_in(county.address, 'zhenban', county.logins.zhenban);
    const { items } = await clerk.get(`/search?q=${encodeURIComponent('优秀代表')}&limit=50`);
    const seen = await Promise.all(items.map(({ id }) => clerk.get(`/matters/${id}`)));
    const conferred = seen.find(({ certificate }) => certificate);
    assert.ok(conferred, 'the demo awards somebody');
    const page = await browser.device(phone);
    await page.goto(`${county.address}/certificate/${conferred.number}`);
    await page.locator('[data-holds]').waitFor();
    const person = (await page.locator('.sheet .body').innerText()).split('：')[0];
    const lines = await page.locator('[data-lines]').innerText();
    assert.ok(lines.includes(person), `${person} is whom the award names: ${lines}`);
    await page.locator('.sheet [role=img], .sheet img').first().waitFor();
    await sound(page, 'a certificate');
    await page.goto(`${county.address}/certificate/12345678901`);
    await page.getByRole('alert').waitFor();
    await sound(page, 'no certificate');
  });

  test('a broken address is a page with a way on', async () => {
    const page = await browser.device(phone);
    for (const path of ['/%', '/t/%E0%A4%A']) {
      await page.goto(county.address + path);
      await page.getByText('没有这个页面').waitFor();
      await sound(page, path);
      await page.locator('main a.button').click();
      await page.getByText('我要反映').first().waitFor();
    }
  });

  test('the rates open on the own place, and the county stays one step away', async () => {
    const page = await at_desk();
    const { name } = await (await fetch(`${county.address}/api/v1/places/${place}`)).json();
    await page.goto(`${county.address}/desk/rates`);
    const where = page.locator('.filters .row button.button').first();
    await page.locator('.filters').getByText(name, { exact: true }).waitFor();
    await page.locator('.filters').getByText('清除').click();
    await page.waitForURL((url) => url.searchParams.has('all'));
    await page.reload();
    await page.locator('.figures').waitFor();
    assert.equal((await where.textContent()).trim(), '全部地点');
  });

  test('a filter that nobody knows is named, and the list is there without it', async () => {
    const page = await at_desk('zhenban');
    await page.goto(`${county.address}/desk/?state=nonsense&place=abc&all=1`);
    for (const wrong of ['地点', '状态']) {
      await page.getByText(`网址里的“${wrong}”不对`).waitFor();
      await sound(page, `a list with a wrong ${wrong}`);
      await page.getByText('去掉它，看列表').click();
    }
    await page.locator('td.subject').first().waitFor();
    assert.ok(page.url().endsWith('?all=1'));
  });

  test('of two who act at once one is told, and keeps what was typed', async () => {
    const page = await browser.device(phone);
    await ready(page);
    await send_report(page);
    const [{ id }] = await receipts(page);
    const people = [];
    for (const [login, password] of Object.entries(county.logins))
      people.push(await sign_in(county.address, login, password));
    const owner = await who_can(people, id, 'accept');
    assert.ok(owner, 'a representative can accept it');
    const first = await at_desk(owner);
    const second = await at_desk(owner);
    for (const one of [first, second]) {
      await one.route('**/api/v1/events', (route) => route.abort()); // neither hears of the other in time
      await one.goto(`${county.address}/desk/m/${id}`);
      await one.locator('[data-action]').first().waitFor();
    }
    await second.locator('[data-action=contact]').click();
    await second.fill('#f-what_was_done', '已电话联系反映人，约好明天上门看现场。');
    await act(first, 'accept');
    await second.locator('form button.button').last().click();
    await second.locator('.tell.warn[role=alert]').waitFor();
    await sound(second, 'changed meanwhile');
    assert.match(await second.inputValue('#f-what_was_done'), /约好明天/);
    await second.locator('form button.button').last().click();
    await second.locator('p.tell[role=status]').waitFor();
  });

  test('what changes shows at another desk by itself', async () => {
    const page = await browser.device(phone);
    const desk = await at_desk('zhenban');
    await desk.goto(`${county.address}/desk/?all=1`);
    await desk.locator('tbody tr').first().waitFor();
    await ready(page, '晒谷坪的护栏松动，孩子容易掉下去。');
    const number = await send_report(page);
    await desk.getByText(number).first().waitFor({ timeout: 10_000 });
  });

  test('what came to a desk rings there, and is read by opening it or at once', async () => {
    const page = await browser.device(phone);
    await ready(page, '村口的井盖不见了，晚上很危险。');
    await send_report(page);
    const [{ id }] = await receipts(page);
    const people = [];
    for (const [login, password] of Object.entries(county.logins))
      people.push(await sign_in(county.address, login, password));
    const desk = await at_desk(await who_can(people, id, 'accept'));
    await desk.locator('.bell .badge').waitFor();
    await desk.locator('.bell').click();
    await desk.locator('li.note.unread').first().waitFor();
    await sound(desk, 'notes');
    const before = Number(await desk.locator('.bell .badge').textContent());
    await desk.locator('li.note.unread a').first().click();
    await desk.locator('.line').waitFor();
    await desk.waitForFunction(
      (n) => Number(document.querySelector('.bell .badge')?.textContent ?? 0) < n,
      before,
    );
    await desk.locator('.bell').click();
    await desk.locator('li.note').first().waitFor();
    if (await desk.locator('li.note.unread').count()) await desk.locator('h1 + button').click();
    await desk.locator('.badge').waitFor({ state: 'detached' });
    await sound(desk, 'notes that were read');
  });

  for (const language of languages) {
    test(`every page of residents is sound in ${language}`, async () => {
      const page = await browser.device(phone);
      for (const path of [
        '/',
        '/report',
        '/track',
        '/find',
        '/services',
        '/services?q=不存在的事',
        '/services/disability_card',
        `/p/${place}`,
        '/t/12345678901',
        '/c/nothing',
        '/nowhere',
      ]) {
        await page.goto(`${county.address}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
        await page.locator('h1').waitFor();
        await page.waitForLoadState('networkidle');
        await sound(page, `${path} in ${language}`);
      }
      await page.goto(`${county.address}/?lang=${language}`);
      await page.locator('.head-button').click();
      await sound(page, `large type in ${language}`);
    });

    test(`every page of the desk is sound in ${language}`, async () => {
      const page = await at_desk('zhenban');
      for (const path of [
        '',
        'take-in',
        'take-in?service=disability_card',
        'services',
        'services?id=disability_card',
        'rates',
        'liaison',
        'posts',
        'places',
        'notes',
        'password',
        'nowhere',
        '?all=1&closed=1',
      ]) {
        await page.goto(`${county.address}/desk/${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
        await page.locator('h1').waitFor();
        await page.waitForTimeout(500); // the stream of events keeps the network busy
        await sound(page, `desk/${path} in ${language}`);
      }
      await page.locator('.head-control[aria-pressed]').last().click();
      await page.goto(`${county.address}/desk/?lang=${language}`);
      await page.waitForTimeout(500);
      await sound(page, `dark desk in ${language}`);
    });
  }

  test('who may look at liaison sees nothing but what posts vacant and newly filled mean; who may not is not offered the page', async () => {
    const page = await at_desk('guanli');
    await page.locator('.menu a[href="/desk/liaison"]').click();
    await page.locator('main table tbody tr').first().waitFor();
    await sound(page, 'breaches of liaison');
    const kinds = await page.locator('main table .tag').allTextContents();
    // Whoever was elected in the demo's year has no doors yet: that is for a proposal to deal out.
    const meant = new Set(['联系对象已不在', '没有人联系']);
    assert.deepEqual(
      kinds.filter((kind) => !meant.has(kind)),
      [],
    );
    assert.ok(kinds.includes('联系对象已不在'), 'a vacant post is seen');
    const other = await at_desk(representative);
    assert.equal(await other.locator('.menu a[href="/desk/liaison"]').count(), 0);
  });

  test('a vacant post is filled by hand, and a proposal shows who moves before it is confirmed', async () => {
    const page = await at_desk('guanli');
    await page.locator('.menu a[href="/desk/posts"]').click();
    await page.locator('[data-post] .tag.late').first().waitFor();
    const before = await page.locator('[data-post]').count();
    await page.locator('[data-post] button').first().click();
    await page.locator('[data-post-panel] button.button').first().click();
    await page.locator('#f-newcomer').fill('李桂英');
    await sound(page, 'an appointment');
    await page.locator('[data-appoint] button.button').click();
    await page.locator('[data-post-panel] [role=status]').waitFor();
    await page.locator('[data-post-panel]', { hasText: '李桂英' }).waitFor();
    await page.waitForFunction((n) => document.querySelectorAll('[data-post]').length < n, before);
    await page.locator('.menu a[href="/desk/liaison"]').click();
    await page.locator('.filters .button.second').nth(1).click();
    await page.locator('[data-changes] tbody tr').first().waitFor();
    await sound(page, 'a proposal of assignments');
  });

  test('the desk works by keyboard alone', async () => {
    const page = await browser.device(desktop);
    await page.goto(`${county.address}/desk/sign-in`);
    await page.locator('#f-login').waitFor();
    await page.focus('#f-login');
    await page.keyboard.type(representative);
    await page.keyboard.press('Tab');
    await page.keyboard.type(county.logins[representative]);
    await page.keyboard.press('Enter');
    await page.locator('.filters').waitFor();
    // The new page's heading takes the focus, so that a screen reader says where one is.
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  });
});
