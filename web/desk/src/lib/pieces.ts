// A piece of the work is named by the unit it was given to; who has it now is said where that is somebody else.
import type { Part } from '@shared/api/types';
import { t } from '@shared/words';

export const piece_title = (part: Pick<Part, 'owner' | 'given_to'>): string =>
  !part.given_to || part.given_to === part.owner
    ? part.owner
    : t('piece_of', { unit: part.given_to, owner: part.owner });
