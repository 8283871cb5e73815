// The requests made on this phone: number and secret, so that nobody has to keep a slip of paper. They can be
// forgotten at any time, for phones that several people use.
import { shallowRef } from 'vue';
import type { Receipt, TakenIn } from '@shared/api/types';
import { credentials } from '@shared/api/client';
import { keep, recall } from '@shared/lib/store';
import { t } from '@shared/words';
import { offer_undo } from './undo';

export interface KeptReceipt {
  id: string;
  number: string;
  secret: string;
  subject: string;
  at: string;
  receipt?: Receipt;
  due?: TakenIn['due'];
  state_title?: string;
  /** It is about somebody's post: its number alone opens nothing. */
  sealed?: boolean;
}

const most = 30;
export const receipts = shallowRef<KeptReceipt[]>(recall<KeptReceipt[]>('receipts', []));

export const receipt_of = (number: string): KeptReceipt | undefined =>
  receipts.value.find((one) => one.number === number);

export function keep_receipt(receipt: KeptReceipt): void {
  receipts.value = [receipt, ...receipts.value.filter((one) => one.number !== receipt.number)].slice(0, most);
  keep('receipts', receipts.value);
}

export function forget_receipt(number: string): void {
  const before = receipts.value;
  receipts.value = receipts.value.filter((one) => one.number !== number);
  keep('receipts', receipts.value);
  offer_undo(t('undo_forgot'), () => {
    receipts.value = before;
    keep('receipts', before);
  });
}

/** From now on the pages speak for this receipt. */
export function act_with(number: string, secret: string): void {
  credentials.receipt = `${number}.${secret}`;
}

/** The signed statement as it came, then key and signature: what the file is until the log proves it. */
export function file_of({ statement, key, signature }: Receipt): string {
  return `${statement}key: ${key}\nsignature: ${signature}\n`;
}

/** Whether the county's log proves what the file says, to anybody, without asking anybody. */
export const is_proved = (file: string): boolean => /^log_path: /m.test(file);
