// Sending what was written: one at a time, for as long as it takes, wherever in the portal the person is meanwhile.
import { reactive } from 'vue';
import { browser_waiting, send } from '@shared/lib/send';
import { act_with, keep_receipt } from './receipts';
import { deliver, derived_subject, discard_draft, draft } from './report_draft';

export const sending = reactive({ busy: false, waiting: false });
export const patience = browser_waiting();
let running: Promise<string> | undefined;

async function run(): Promise<string> {
  sending.busy = true;
  draft.sending = true;
  try {
    const taken = await send(deliver, patience, () => (sending.waiting = true));
    const subject = draft.subject.trim() || derived_subject(draft.text);
    const sealed = draft.about?.kind === 'post' && draft.form?.about !== 'post';
    const { id, number, secret, receipt, due, state_title } = taken;
    keep_receipt({
      id,
      number,
      secret,
      receipt,
      due,
      state_title,
      subject,
      sealed,
      at: new Date().toISOString(),
    });
    act_with(number, secret);
    discard_draft();
    return number;
  } catch (error) {
    draft.sending = false;
    throw error;
  } finally {
    sending.busy = sending.waiting = false;
    running = undefined;
  }
}

/** The number under which it was received; whoever asks while it is on its way hears of the same sending. */
export const send_draft = (): Promise<string> => (running ??= run());
