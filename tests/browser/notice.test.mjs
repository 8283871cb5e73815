// A notice stands on the public page of the village, with who to turn to first; whoever reads it can object without a
// name, and the objection is on the desk of whoever decides it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { desktop, open_browser, phone, sound } from './support/browser.mjs';
import { act_over_api, built, sign_in, start_county } from './support/county.mjs';
import { send_report, sign_in_at_desk } from './support/walk.mjs';

const skip = built ? false : 'the program or the web client is not built';
const applied = {
  own_report: '任代表以来每月走访全部联系户，帮助三户老人办理了医保报销和危房改造。',
  stars: 'four',
  reason: '走访记录齐全，联系户普遍满意。',
};

describe('a notice', { skip }, () => {
  let county, browser, village, group, number;
  const people = {};
  const meet = async (login) =>
    (people[login] ??= await sign_in(county.address, login, county.logins[login]));

  before(async () => {
    county = await start_county();
    browser = await open_browser();
    const demo = await meet('daibiao');
    const place = await demo.get(
      `/places/${demo.session.posts.find((post) => post.kind === 'representative').place}`,
    );
    group = place;
    village = place.path[2];
    await publish_stars();
  });
  after(async () => {
    await browser?.close();
    await county?.stop();
  });

  /** The representative's own application for stars, viewed by the group's head and published by the branch's secretary. */
  async function publish_stars() {
    const { items } = await (await meet('daibiao')).get(`/places/${village.id}/posts?limit=50`);
    const post = items.find((one) => one.kind === 'secretary' && one.unit_name.includes('党总支'));
    assert.ok(post, 'the branch has a secretary');
    await county.add_login('shuji', post.id);
    const { own_report, stars, reason } = applied;
    const body = {
      workflow: 'star',
      place: group.id,
      subject: '星级申请',
      text: own_report,
      fields: { own_report, stars },
    };
    const { cookie, session } = await meet('daibiao');
    const taken = await fetch(`${county.address}/api/v1/matters`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': 'stars',
        Cookie: cookie,
        'X-CSRF-Token': session.csrf,
      },
      body: JSON.stringify(body),
    });
    assert.equal(taken.status, 201, await taken.clone().text());
    const { id } = await taken.json();
    await act_over_api(county, await meet('zuzhang'), id, 'view', {
      stars,
      reason,
    });
    await act_over_api(county, await meet('shuji'), id, 'publish', {
      stars,
      reason,
    });
  }

  test('the page of the village names the representative for the door before anybody in office', async () => {
    const page = await browser.device(phone);
    await page.goto(`${county.address}/p/${village.id}`);
    await page.locator('[data-keepers] li').first().waitFor();
    const headings = await page.locator('h2').allInnerTexts();
    assert.ok(
      headings.indexOf('联系您家的代表') < headings.indexOf('这里的干部'),
      `in this order: ${headings.join('，')}`,
    );
    await page.fill('#door', `${group.name}1号`);
    await page.locator('[data-keepers] form button').click();
    assert.ok(
      (await page.locator('[data-door] strong').first().innerText()).length > 1,
      'a door has somebody',
    );
    await page.fill('#door', `${group.name}999号`);
    await page.locator('[data-keepers] form button').click();
    await page.locator('[data-door]', { hasText: '没有查到这个门牌' }).waitFor();
    await page.locator('[data-keepers] input[type=search]').fill(group.name);
    assert.equal(await page.locator('[data-keepers] li').count(), 1);
    assert.ok((await page.locator('[data-keepers] li strong').innerText()).length > 1, 'somebody is named');
    await sound(page, 'the page of a village');
    await page.context().close();
  });

  test('whoever reads the notice objects without a name', async () => {
    const page = await browser.device(phone);
    await page.goto(`${county.address}/p/${village.id}`);
    // The newest stands first: the demo's year may have hung another here.
    await page.getByRole('link', { name: '星级公示', exact: true }).first().click();
    await page.locator('[data-lines]').waitFor();
    const lines = await page.locator('[data-lines]').innerText();
    assert.ok(lines.includes(people.daibiao.session.name), 'whoever applied for a star is named');
    assert.match(lines, /四星/, 'what is shown is in words');
    await sound(page, 'one notice');
    await page.getByText('对公示提出异议').click();
    await page.locator('main form').waitFor();
    await page.getByText('您正在对这份公示提出异议').waitFor();
    assert.equal(await page.locator('#f-category').count(), 0, 'no category is asked');
    assert.match(await page.inputValue('#f-subject'), /星级公示/, 'the subject says which notice');
    await sound(page, 'objecting');
    for (let step = 0; step < 5 && !(await page.locator('dl .card').count()); ++step) {
      const place = page.locator('#f-address');
      if (await page.locator('#f-text').count())
        await page.fill('#f-text', '公示所写的走访次数与实际不符，我们组没有见过。');
      else if (await page.locator('#f-anonymous').count())
        await page.locator('#f-anonymous input').nth(1).check();
      else if (await place.count()) await page.locator('[aria-current=location]').waitFor();
      const before_ = page.url();
      await page.click('main form button.wide');
      await page.waitForURL((url) => url.href !== before_);
    }
    number = await send_report(page);
    await sound(page, 'the receipt of an objection');
    await page.context().close();
  });

  test('it is on the desk of whoever decides it, and nobody is named', async () => {
    const page = await browser.device(desktop);
    await sign_in_at_desk(page, county.address, 'jiandu', county.logins.jiandu);
    await page.goto(`${county.address}/desk/`);
    await page.getByText(number).waitFor();
    const row = page.locator('tbody tr', { hasText: number });
    await row.locator('a').click();
    await page.locator('.line').waitFor();
    assert.ok(await page.getByText('公示所写的走访次数').count(), 'its words are there');
    assert.equal(await page.locator('a[href^="tel:"]').count(), 0);
    assert.equal(await page.locator('[data-action=examine]').count(), 1);
    await sound(page, 'an objection at the desk');
    await page.context().close();
  });
});
