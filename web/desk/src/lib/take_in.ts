// What is filled in while somebody speaks, and the ways people come to a desk.
import type { take_in } from '@shared/api/calls';
import type { Category, Place } from '@shared/api/types';
import { Refused } from '@shared/api/client';
import type { Fault } from '@shared/components/ErrorSummary.vue';
import { fault_text, steps_of } from '@shared/lib/fault';
import type { Photo } from '@shared/lib/photos';
import { problem_text } from '@shared/lib/problem';
import { encode_start, type Answers, type StartForm } from '@shared/lib/start';

export const channels = ['window', 'phone', 'representative'] as const;
export const fresh = () => ({
  kind: '',
  channel: 'window' as string,
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

/** What is sent; the post is whom or which it is about. */
export function asked_of(
  form: ReturnType<typeof fresh>,
  about: string,
  nameless: boolean,
  start: StartForm | undefined,
): Parameters<typeof take_in>[0] {
  const [workflow = '', subkind = ''] = form.kind.split('/');
  const filled = (text: string): string | undefined => text.trim() || undefined;
  return {
    workflow,
    subkind: subkind || undefined,
    about: about ? { kind: 'post', id: about } : undefined,
    category: form.category?.id,
    service_item: start?.service_item ? form.service : undefined,
    place: form.place?.id,
    address: filled(form.address),
    subject: filled(form.subject) ?? [...form.text.trim()].slice(0, 30).join(''),
    text: form.text.trim(),
    anonymous: nameless,
    reporter: nameless
      ? {}
      : { name: filled(form.name), phone: filled(form.phone), email: filled(form.email) },
    channel: form.channel,
    on_behalf: true,
    uploads: form.photos.flatMap((photo) => (photo.upload ? [photo.upload] : [])),
    fields: start ? encode_start(start, form.answers) : {},
  };
}

const field_of = ([first = '', second = '']: string[]): string => (first === 'fields' ? second : first);

/** Each fault at its field; what names none, in words above. */
export function faults_of_refusal(error: unknown): Fault[] {
  const listed = error instanceof Refused ? (error.problem.faults ?? []) : [];
  return listed.length
    ? listed.map((fault) => ({ field: field_of(steps_of(fault)), text: fault_text(fault) }))
    : [{ field: '', text: problem_text(error) }];
}
