// What is filled in while somebody speaks, and the ways people come to a desk.
import type { Category, Place } from '@shared/api/types';
import type { Photo } from '@shared/lib/photos';
import type { Answers } from '@shared/lib/start';

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
  answers: {} as Answers,
});
