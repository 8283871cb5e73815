import { beforeEach, describe, expect, it } from 'vitest';
import { credentials, Refused, Unreachable } from '@shared/api/client';
import { opening_of, secret_of_link } from './opening';
import { keep_receipt, receipt_of, receipts } from './receipts';

const number = '24000000007';
const right = 'abcDEF-123_xyz';

/** The server: it opens the matter for the right secret alone. */
const load = (id: string) =>
  credentials.receipt === `${number}.${right}`
    ? Promise.resolve({ matter: { id: '7', subject: '路灯不亮' }, asked: id })
    : Promise.reject(new Refused(401, { status: 401, code: 'receipt_not_proved' }));
const follow = (secret: string): void => history.replaceState(null, '', `/t/${number}#${secret}`);

describe('a link to a matter', () => {
  beforeEach(() => {
    receipts.value = [];
    credentials.receipt = undefined;
    document.body.innerHTML = '';
    follow('');
  });

  it('opens it after one that was cut short did not', async () => {
    follow(right.slice(0, 5));
    const opening = opening_of(number);
    await expect(opening.open(load)).rejects.toBeInstanceOf(Refused);
    expect(opening.link_refused.value).toBe(true);
    expect(receipt_of(number)).toBeUndefined();
    expect(location.hash).toBe('');
    expect(credentials.receipt).toBeUndefined();

    follow(right);
    await expect(opening.open(load)).resolves.toMatchObject({ matter: { id: '7' } });
    expect(opening.link_refused.value).toBe(false);
    expect(receipt_of(number)).toMatchObject({ id: '7', secret: right, subject: '路灯不亮' });
    expect(location.hash).toBe('');
  });

  it('takes the place of a secret that opens nothing', async () => {
    keep_receipt({ id: '', number, secret: 'wrong', subject: number, at: '2026-01-01T00:00:00Z' });
    follow(right);
    await opening_of(number).open(load);
    expect(receipt_of(number)).toMatchObject({ secret: right, at: '2026-01-01T00:00:00Z' });
  });

  it('that was cut short leaves the one kept as it is', async () => {
    keep_receipt({ id: '7', number, secret: right, subject: '路灯不亮', at: '2026-01-01T00:00:00Z' });
    follow('short');
    await expect(opening_of(number).open(load)).resolves.toMatchObject({ asked: '7' });
    expect(receipt_of(number)?.secret).toBe(right);
  });

  it('stays in the address for as long as there is no line', async () => {
    follow(right);
    const opening = opening_of(number);
    await expect(opening.open(() => Promise.reject(new Unreachable('off')))).rejects.toBeInstanceOf(
      Unreachable,
    );
    expect(opening.has_link()).toBe(true);
  });

  it('is told from the words behind it and from a place on the page', () => {
    expect(secret_of_link(`#${right}，请您看看`)).toBe(right);
    expect(secret_of_link(`#${right}%EF%BC%8C`)).toBe(right);
    document.body.innerHTML = '<main id="main"></main>';
    expect(secret_of_link('#main')).toBe('');
    expect(secret_of_link('')).toBe('');
  });
});
