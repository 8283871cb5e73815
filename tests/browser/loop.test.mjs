// One request from the first page to the last, on both engines: reported on a phone, accepted and raised by the
// representative, assigned to departments, done with evidence, told, rated — not solved, so taken up again, and rated
// once more.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { desktop, open_browser, phone, sound } from './support/browser.mjs';
import { add_ladder, built, sign_in, start_county, who_can } from './support/county.mjs';
import { photo } from './support/picture.mjs';
import { fresh_database, postgres } from './support/postgres.mjs';
import { act, report, send_report, sign_in_at_desk } from './support/walk.mjs';

const missing = built ? false : 'the program or the web client is not built';
const units = [
  { name: '供电所', login: 'power' },
  { name: '村镇建设办公室', login: 'works' },
];
const words = {
  tried: '上门看过两次，先换了灯泡，是线路老化，组里修不了。',
  proposal: '请安排供电专业人员处理线路。',
  remark: '昨晚第四盏也灭了，就在桥头。',
  done: '更换老化线路二十米，三盏路灯全部修好，当晚已亮。',
};

for (const engine of ['SQLite', 'PostgreSQL']) {
  const skip = missing || (engine === 'PostgreSQL' && !postgres ? 'LIANXIN_TEST_PG_URL is not set' : false);
  describe(`a request on ${engine}`, { skip }, () => walk(engine));
}

function walk(engine) {
  let county, browser, resident, staff, picture, number, id, database, place, first;
  const people = {};

  before(async () => {
    database = engine === 'PostgreSQL' ? fresh_database() : undefined;
    county = await start_county({ database: database?.url });
    browser = await open_browser();
    resident = await browser.device(phone);
    await meet_everybody();
    assert.ok(Object.keys(people).length >= 5, `demo logins, as printed:\n${county.said()}`);
  });
  after(async () => {
    await browser?.close();
    await county?.stop();
    database?.drop();
  });

  /** The demo's people, those on the way of a request from where its representative lives, and two departments. */
  async function meet_everybody() {
    const demo = await sign_in(county.address, 'daibiao', county.logins.daibiao);
    place = demo.session.posts.find((post) => post.kind === 'representative').place;
    const path = await add_ladder(county, place);
    const { items } = await demo.get(`/places/${path[0].id}/posts?below=true&kind=unit_desk&limit=500`);
    for (const unit of units)
      await county.add_login(`p${unit.login}`, items.find((post) => post.unit_name === unit.name).id);
    for (const [login, password] of Object.entries(county.logins))
      people[login] = await sign_in(county.address, login, password);
  }

  const able = (action) => who_can(Object.values(people), id, action);
  async function as(login) {
    await staff?.context().close();
    staff = await browser.device(desktop);
    await sign_in_at_desk(staff, county.address, login, county.logins[login]);
    await staff.goto(`${county.address}/desk/m/${id}`);
    await staff.locator('.line').waitFor();
    return staff;
  }

  test('a resident reports it on the phone, page by page, and gets a number and a time limit', async () => {
    await resident.goto(county.address);
    await resident.locator('.tile').first().waitFor();
    await sound(resident, 'the first page');
    picture = await photo(resident);
    const at_step = (where) => sound(resident, where);
    await report(resident, county.address, {
      place,
      text: '枫林组村口的路灯坏了三盏。孩子晚自习回来摸黑走。',
      picture,
      name: '陈先生',
      at_step,
    });
    number = await send_report(resident);
    assert.match(number, /^\d{11}$/);
    await sound(resident, 'the receipt');
    const kept = await resident.evaluate(() => JSON.parse(localStorage.getItem('lianxin.receipts')));
    id = kept[0].id;
    assert.ok(kept[0].due.length > 0, 'a time limit stands on the receipt');
  });

  test('while somebody types, categories are offered to be tapped, and none is chosen by itself', async () => {
    const page = await browser.device(phone);
    await page.goto(`${county.address}/report`);
    await page.locator('#f-subkind input').first().check();
    await page.click('main form button.wide');
    await page.fill('#f-address', '石桥东头');
    await page.click('main form button.wide');
    await page.locator('textarea').first().fill('村口的路灯坏了三盏');
    await page.locator('[data-proposal]').first().waitFor();
    await sound(page, 'categories offered');
    assert.ok((await page.locator('[data-proposal]').count()) <= 3);
    assert.equal(await page.locator('[data-chosen-category]').count(), 0);
    const name = await page.locator('[data-proposal]').first().innerText();
    await page.locator('[data-proposal]').first().click();
    const chosen = await page.locator('[data-chosen-category]').innerText();
    assert.ok(chosen.includes(name.split('·')[0].trim()), `${chosen} of ${name}`);
    await page.context().close();
  });

  test('the representative finds it among the own work, accepts it and raises it with what was tried', async () => {
    const login = await able('accept');
    assert.ok(login, 'somebody of the demo can accept it');
    first = login;
    const page = await as(login);
    await sound(page, 'a matter at the desk');
    await page.goto(`${county.address}/desk/`);
    await page.locator('tbody tr').first().waitFor();
    await sound(page, 'the worklist');
    assert.ok(await page.getByText(number).count(), 'it stands in the own worklist');
    await page.locator('input[type=search]').fill('摸黑 晚自習');
    await page.keyboard.press('Enter');
    await page.locator('[data-found]').waitFor();
    await sound(page, 'what was found');
    const found = await page.locator('[data-found]').getByText(number).count();
    assert.ok(found, 'it is found by words in either script');
    await page.goto(`${county.address}/desk/m/${id}`);
    await act(page, 'accept');
    await act(page, 'raise', { tried: words.tried, proposal: words.proposal });
  });

  test('meanwhile the resident adds words and a photo, and whoever has it finds them', async () => {
    await follow();
    await sound(resident, 'a matter under way');
    await act(resident, 'any.remark', { remark: words.remark, photos: { files: picture } });
    await resident.locator('.line').getByText(words.remark).waitFor();
    await resident.locator('.line .photos img').first().waitFor();
    const page = await as(first); // who had it first may follow it
    await page.locator('.line').getByText(words.remark).waitFor();
  });

  test('it climbs until somebody assigns it to two departments, one of them leading', async () => {
    for (let rung = 0; rung < 6; ++rung) {
      const dispatcher = await able('assign');
      if (dispatcher) {
        const page = await as(dispatcher);
        await page.locator('[data-action=assign]').first().click();
        await page.locator('.picks .pick').first().waitFor();
        await sound(page, 'assigning');
        await page.reload();
        await page.locator('.line').waitFor();
        return act(page, 'assign', {
          units: { pick: units.map((unit) => unit.name) },
        });
      }
      const climber = (await able('raise')) ?? (await able('accept'));
      assert.ok(climber, 'somebody can take it one rung up');
      const page = await as(climber);
      if (!(await able('raise'))) await act(page, 'accept');
      await act(page, 'raise', {
        tried: words.tried,
        proposal: words.proposal,
      });
    }
    assert.fail('nobody assigned it');
  });

  test('the departments do it, and the resident is told with evidence', async () => {
    for (let round = 0; round < 6 && !(await able('tell')); ++round) {
      const report_ = await able('report');
      const doer = report_ ?? (await able('accept'));
      assert.ok(doer, 'a department of the demo has its part');
      const page = await as(doer);
      if (report_)
        await act(page, 'report', {
          what_was_done: words.done,
          evidence: { files: picture },
        });
      else await act(page, 'accept');
    }
    const page = await as(await able('tell'));
    await act(page, 'tell', {
      what_was_done: words.done,
      evidence: { files: picture },
    });
  });

  async function follow() {
    await resident.goto(`${county.address}/t/${number}`);
    await resident.locator('.line').waitFor();
  }

  test('the resident reads the answer with its photo, says that it is not solved, and it is taken up again', async () => {
    await follow();
    assert.ok(await resident.getByText(words.done).count(), 'the answer is there in words');
    await resident.locator('.line .photos img').first().waitFor();
    await sound(resident, 'the answer');
    await resident.locator('[data-action=rate]').click();
    await resident.locator('#f-rating input').first().waitFor();
    await sound(resident, 'rating');
    await follow();
    await act(resident, 'rate', {
      rating: { solved: 'no', grade: 1, why: '亮了一晚，第二天又灭了。' },
    });
    const again = await able('solve').then((login) => login ?? able('assign'));
    assert.ok(again, 'it is in hand again');
  });

  test('it is done properly, told again, rated as solved', async () => {
    const solver = await able('solve');
    if (solver)
      await act(await as(solver), 'solve', {
        what_was_done: words.done,
        evidence: { files: picture },
      });
    else await finish_through_departments();
    await follow();
    await act(resident, 'rate', { rating: { solved: 'yes', grade: 5 } });
    await follow();
    await sound(resident, 'the end');
  });

  async function finish_through_departments() {
    await act(await as(await able('assign')), 'assign', {
      units: { pick: [units[0].name] },
    });
    for (let round = 0; round < 4 && !(await able('tell')); ++round) {
      const report_ = await able('report');
      const page = await as(report_ ?? (await able('accept')));
      if (report_)
        await act(page, 'report', {
          what_was_done: words.done,
          evidence: { files: picture },
        });
      else await act(page, 'accept');
    }
    await act(await as(await able('tell')), 'tell', {
      what_was_done: words.done,
      evidence: { files: picture },
    });
  }
}
