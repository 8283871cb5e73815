// What this county is: the last answer is shown at once, the new one replaces it.
import { shallowRef, watch } from 'vue';
import { site as fetch_site } from '@shared/api/calls';
import type { Site } from '@shared/api/types';
import { state_of, type LoadState } from '@shared/lib/load';
import { keep, recall } from '@shared/lib/store';
import { language, t } from '@shared/words';

export const site = shallowRef<Site | undefined>(recall<Site | undefined>('site', undefined));
export const site_state = shallowRef<LoadState>(site.value ? 'ready' : 'loading');

export async function load_site(): Promise<void> {
  try {
    site.value = await fetch_site();
    site_state.value = 'ready';
    keep('site', site.value);
  } catch (error) {
    if (!site.value) site_state.value = state_of(error);
  }
}
watch(language, () => void load_site());

export const site_title = (): string => site.value?.title ?? t('brand');

/** A long title has its name before the colon and an explanation behind it: a phone's header takes the name. */
export const short_title = (): string => {
  const title = site_title();
  return title.length > 24 ? (title.split(/[:：]/, 1)[0] ?? title) : title;
};
