// What a resident is writing: kept on the phone after every change, with the one key under which it will be sent, so
// that a dead battery, a closed tab or a double click neither loses nor doubles it.
import { reactive, ref, watch } from 'vue';
import { take_in } from '@shared/api/calls';
import { new_key } from '@shared/api/client';
import type { Category, Place, TakeIn, TakenIn } from '@shared/api/types';
import { upload_all, type Photo } from '@shared/lib/photos';
import {
  asks_words,
  encode_start,
  photos_of,
  words_said,
  type Answers,
  type StartForm,
} from '@shared/lib/start';
import { alone } from '@shared/lib/send';
import { forget, keep, recall } from '@shared/lib/store';
import { t } from '@shared/words';
import { offer_undo } from './undo';

export interface ReportDraft {
  key: string;
  workflow: string;
  subkind: string;
  category?: Category;
  place?: Place;
  /** What it is about, where a workflow wants that: a notice objected to. */
  about?: { kind: string; id: string };
  /** Which promised service is applied for, chosen in the guide. */
  service?: { id: string; title: string };
  /** What is objected to, as its page calls it. */
  about_title: string;
  place_code: string;
  /** The number on the door, under a chosen group. */
  house: string;
  address: string;
  subject: string;
  text: string;
  photos: Photo[];
  /** What this kind of matter asks besides, and what was answered. */
  form?: StartForm;
  answers: Answers;
  anonymous: '' | 'named' | 'anonymous';
  name: string;
  phone: string;
  email: string;
  /** Send was pressed: after a reload the page goes on sending by itself. */
  sending: boolean;
}

const store_key = 'report';

export function fresh_draft(): ReportDraft {
  return {
    key: new_key(),
    workflow: '',
    subkind: '',
    category: undefined,
    about: undefined,
    service: undefined,
    about_title: '',
    place: undefined,
    place_code: '',
    house: '',
    address: '',
    subject: '',
    text: '',
    photos: [],
    form: undefined,
    answers: {},
    anonymous: '',
    name: '',
    phone: '',
    email: '',
    sending: false,
  };
}

export const draft = reactive<ReportDraft>({
  ...fresh_draft(),
  ...recall<Partial<ReportDraft>>(store_key, {}),
});
/** False where the browser keeps nothing (full or private): the page then asks not to be closed. */
export const draft_kept = ref(true);

const save = (): void => {
  draft_kept.value = keep(store_key, draft);
};
watch(draft, save, { deep: true });

/** `regrettable`: a person threw it away, and may want it back. */
export function discard_draft(regrettable = false): void {
  const before = { ...draft };
  Object.assign(draft, fresh_draft());
  forget(store_key);
  if (regrettable) offer_undo(t('undo_draft'), () => Object.assign(draft, before));
}

const subject_length = 30;
/** The first sentence is looked for here, however much was pasted. */
const searched = 400;

/** The first sentence, cut to a line: few people want to invent a title. */
export function derived_subject(text: string): string {
  const first =
    text
      .trimStart()
      .slice(0, searched)
      .split(/[。！？!?\n]/, 1)[0] ?? '';
  const letters = [...first.trim()];
  return letters.length > subject_length
    ? `${letters.slice(0, subject_length - 1).join('')}…`
    : letters.join('');
}

/** What it is about in the words of whoever reports it. */
export const words_of = (from: ReportDraft): string => words_said(from.form, from.answers, from.text);

export function body_of_draft(from: ReportDraft): TakeIn {
  const named = from.anonymous === 'named';
  const filled = (text: string): string | undefined => text.trim() || undefined;
  return {
    workflow: from.workflow,
    subkind: from.subkind === from.workflow || !from.subkind ? undefined : from.subkind,
    about: from.about,
    service_item: from.service?.id,
    category: from.category?.id,
    place: from.place_code ? undefined : from.place?.id,
    place_code: filled(from.place_code),
    house: from.place_code ? undefined : filled(from.house),
    address: filled(from.address),
    subject: filled(from.subject) ?? derived_subject(words_of(from)),
    text: asks_words(from.form) ? from.text.trim() : undefined,
    anonymous: !named,
    reporter: named ? { name: filled(from.name), phone: filled(from.phone), email: filled(from.email) } : {},
    uploads: from.photos.flatMap((photo) => (photo.upload ? [photo.upload] : [])),
    fields: from.form ? encode_start(from.form, from.answers) : {},
  };
}

/** One attempt; `send` repeats it under the same key until the server has answered. */
export function deliver(from: ReportDraft = draft, kept: () => void = save): Promise<TakenIn> {
  return alone('report', async () => {
    await upload_all(from.photos, kept);
    if (from.form) await upload_all(photos_of(from.form, from.answers), kept);
    return take_in(body_of_draft(from), from.key);
  });
}
