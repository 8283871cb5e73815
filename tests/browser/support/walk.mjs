// How people use the pages, step by step: residents on a phone, staff at a desk.
import assert from 'node:assert/strict';

/** Fills the report in, page by page; `at_step` looks at each page as it stands. */
export async function report(
  page,
  address,
  { place, text, picture, name, email, at_step = async () => undefined },
) {
  await page.goto(`${address}/report${place ? `?place=${place}` : ''}`);
  await page.locator('#f-subkind input').first().waitFor();
  await page.click('main form button.wide');
  await page.locator('[role=alert] a').first().waitFor();
  await at_step('report: nothing chosen');
  await page.locator('#f-subkind input').first().check();
  await page.click('main form button.wide');
  await page.locator('#f-address').waitFor();
  await page.locator('[aria-current=location]').waitFor();
  await at_step('report: where');
  await page.fill('#f-address', '石桥东头第二盏');
  await page.click('main form button.wide');
  await page.fill('#f-text', text);
  if (picture) {
    await page.setInputFiles('#f-uploads', picture);
    await page.locator('.photos img').waitFor();
  }
  await at_step('report: what happened');
  await page.click('main form button.wide');
  await page
    .locator('#f-anonymous input')
    .nth(name ? 0 : 1)
    .check();
  if (name) await page.fill('#f-name', name);
  if (email) await page.fill('#f-email', email);
  await at_step('report: who');
  await page.click('main form button.wide');
  await page.locator('dl .card').first().waitFor();
  await at_step('report: check');
}

export async function send_report(page) {
  await page.click('main form button.wide');
  const number = page.locator('[data-test=number]');
  await number.waitFor({ timeout: 30_000 });
  return (await number.textContent()).trim();
}

export async function sign_in_at_desk(page, address, login, password) {
  await page.goto(`${address}/desk/sign-in`);
  await page.fill('#f-login', login);
  await page.fill('#f-password', password);
  await page.click('main form button.button');
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

/** Opens an action's form, fills it in and sends it. */
export async function act(page, action, fill = {}) {
  const button = page.locator(`[data-action="${action}"]`).first();
  await button.click();
  const form = page
    .locator('form')
    .filter({ has: page.locator('button.button') })
    .last();
  for (const [field, value] of Object.entries(fill)) await fill_field(page, field, value);
  await form.locator('button.button').last().click();
  await page.locator('p.tell[role=status]').first().waitFor();
  assert.equal(
    await page.locator('[role=alert]').count(),
    0,
    `after ${action}: ${await page.locator('[role=alert]').allTextContents()}`,
  );
}

async function fill_field(page, field, value) {
  const box = page.locator(`#f-${field}`);
  if (value.files) {
    await page.setInputFiles(`#f-${field}`, value.files);
    await page.locator('form .photos img').first().waitFor();
  } else if (value.pick) {
    for (const name of value.pick) {
      await box.locator('input[type=search]').fill(name);
      await box.getByLabel(name).first().check();
    }
  } else if (value.solved) {
    await box.locator(`input[value=${value.solved}]`).check();
    if (value.grade) await box.locator(`input[type=radio][value="${value.grade}"]`).check();
    if (value.why) await box.locator('textarea').fill(value.why);
  } else if (value.day) {
    const [year, month, day] = value.day.split('-');
    const inputs = box.locator('input');
    for (const [at, part] of [year, month, day].entries()) await inputs.nth(at).fill(String(Number(part)));
  } else {
    await box.fill(value);
  }
}
