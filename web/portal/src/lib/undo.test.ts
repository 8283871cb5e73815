import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forget_receipt, keep_receipt, receipts } from './receipts';
import { undo, undoable } from './undo';

vi.mock('@shared/api/calls', () => ({ site: vi.fn(), take_in: vi.fn(), upload: vi.fn() }));
const receipt = { id: '1', number: '26000000001', secret: 's', subject: '路灯', at: '2026-11-26T00:00:00Z' };

describe('what was thrown away', () => {
  beforeEach(() => localStorage.clear());

  it('comes back with its secret when somebody says so', () => {
    keep_receipt(receipt);
    forget_receipt(receipt.number);
    expect(receipts.value).toEqual([]);
    undo();
    expect(receipts.value).toEqual([receipt]);
    expect(undoable.value).toBeUndefined();
  });

  it('comes back as the draft it was, under the key it had', async () => {
    const { discard_draft, draft } = await import('./report_draft');
    draft.text = '水管爆了';
    const { key } = draft;
    discard_draft(true);
    expect(draft.text).toBe('');
    undo();
    expect(draft.text).toBe('水管爆了');
    expect(draft.key).toBe(key);
  });
});
