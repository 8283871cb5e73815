// What is filled in while somebody speaks.
import type { take_in } from '@shared/api/calls';
import type { Category, Place } from '@shared/api/types';
import { Refused } from '@shared/api/client';
import type { Fault } from '@shared/components/ErrorSummary.vue';
import { fault_text, steps_of } from '@shared/lib/fault';
import type { Photo } from '@shared/lib/photos';
import { problem_text } from '@shared/lib/problem';
import { asks_words, encode_start, words_said, type Answers, type StartForm } from '@shared/lib/start';
import type { Sake } from './kinds';

export const fresh = () => ({
  kind: '',
  channel: '',
  category: undefined as Category | undefined,
  place: undefined as Place | undefined,
  address: '',
  subject: '',
  text: '',
  photos: [] as Photo[],
  anonymous: false,
  name: '',
  phone: '',
  email: '',
  post: '',
  complained_of: '',
  service: '',
  answers: {} as Answers,
});

/** A kind that is never anonymous asks for the name whatever was ticked before. */
export const is_nameless = (
  form: { anonymous: boolean },
  sake: Sake,
  start: Pick<StartForm, 'anonymous'> | undefined,
): boolean => sake === 'caller' && form.anonymous && start?.anonymous !== false;

/** What it is called where nobody calls it anything: how what is said of it begins. */
export const subject_of = (form: ReturnType<typeof fresh>, start: StartForm | undefined): string =>
  form.subject.trim() || [...words_said(start, form.answers, form.text)].slice(0, 30).join('');

/** What is sent; the post is whom or which it is about. */
export function asked_of(
  form: ReturnType<typeof fresh>,
  about: string,
  sake: Sake,
  start: StartForm | undefined,
): Parameters<typeof take_in>[0] {
  const [workflow = '', subkind = ''] = form.kind.split('/');
  const filled = (text: string): string | undefined => text.trim() || undefined;
  const nameless = is_nameless(form, sake, start);
  return {
    workflow,
    subkind: subkind || undefined,
    about: about ? { kind: 'post', id: about } : undefined,
    category: form.category?.id,
    service_item: start?.service_item ? form.service : undefined,
    place: form.place?.id,
    address: filled(form.address),
    subject: subject_of(form, start),
    text: asks_words(start) ? form.text.trim() : undefined,
    anonymous: nameless,
    reporter:
      sake === 'caller' && !nameless
        ? { name: filled(form.name), phone: filled(form.phone), email: filled(form.email) }
        : {},
    channel: sake === 'oneself' ? undefined : sake === 'office' ? 'office' : filled(form.channel),
    on_behalf: sake !== 'oneself',
    uploads: form.photos.flatMap((photo) => (photo.upload ? [photo.upload] : [])),
    fields: start ? encode_start(start, form.answers) : {},
  };
}

const field_of = ([first = '', second = '']: string[]): string => (first === 'fields' ? second : first);

/** Each fault at its field, by its name; what names none, in words above. */
export function faults_of_refusal(error: unknown, start: StartForm | undefined): Fault[] {
  const listed = error instanceof Refused ? (error.problem.faults ?? []) : [];
  return listed.length
    ? listed.map((fault) => {
        const field = field_of(steps_of(fault));
        return { field, text: fault_text(fault, start?.fields.find((one) => one.name === field)?.title) };
      })
    : [{ field: '', text: problem_text(error) }];
}
