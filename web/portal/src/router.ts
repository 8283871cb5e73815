// The portal's own small router: a dozen pages, the history API, nothing else. vue-router costs 10 KB of the 45 a phone
// may load before it shows the first page; the desk, which has the room, uses it.
import { defineAsyncComponent, defineComponent, h, reactive, shallowRef, watch, type Component } from 'vue';
import { language, t, type Key } from '@shared/words';
import Home from './pages/Home.vue';
import { site_title } from './lib/site';

export interface Place {
  path: string;
  query: Record<string, string>;
}
interface Page {
  pattern: RegExp;
  title: Key;
  component: Component;
}

const lazy = (load: () => Promise<{ default: Component }>): Component =>
  defineAsyncComponent({
    loader: load,
    delay: 200,
    loadingComponent: { render: () => h('p', { role: 'status' }, t('state_loading')) },
    errorComponent: Failed,
  });

/** A page whose file did not arrive: the line dropped, or the county was updated meanwhile. */
const Failed = defineComponent({
  render: () => [
    h('p', { role: 'alert' }, t('state_offline')),
    h('button', { class: 'button', type: 'button', onClick: () => location.reload() }, t('try_again')),
  ],
});

const pages: Page[] = [
  { pattern: /^\/$/, title: 'home_title', component: Home },
  { pattern: /^\/report$/, title: 'report_title', component: lazy(() => import('./pages/Report.vue')) },
  {
    pattern: /^\/receipt\/(?<number>\d+)$/,
    title: 'receipt_title',
    component: lazy(() => import('./pages/ReceiptPage.vue')),
  },
  { pattern: /^\/track$/, title: 'track_title', component: lazy(() => import('./pages/Track.vue')) },
  {
    pattern: /^\/t\/(?<number>\d+)$/,
    title: 'matter_title',
    component: lazy(() => import('./pages/MatterPage.vue')),
  },
  { pattern: /^\/find$/, title: 'find_title', component: lazy(() => import('./pages/FindPlace.vue')) },
  {
    pattern: /^\/p\/(?<id>\d+)$/,
    title: 'board_title',
    component: lazy(() => import('./pages/BoardPage.vue')),
  },
  {
    pattern: /^\/n\/(?<id>\d+)$/,
    title: 'notice_title',
    component: lazy(() => import('./pages/NoticePage.vue')),
  },
  {
    pattern: /^\/m\/(?<id>\d+)$/,
    title: 'published_title',
    component: lazy(() => import('./pages/PublishedPage.vue')),
  },
  {
    pattern: /^\/certificate\/(?<number>\d+)$/,
    title: 'certificate_page',
    component: lazy(() => import('./pages/CertificatePage.vue')),
  },
  {
    pattern: /^\/services$/,
    title: 'services_title',
    component: lazy(() => import('./pages/Services.vue')),
  },
  {
    pattern: /^\/services\/(?<id>[a-z0-9_]+)$/,
    title: 'services_title',
    component: lazy(() => import('./pages/ServicePage.vue')),
  },
  {
    pattern: /^\/c\/(?<code>[^/]+)$/,
    title: 'code_title',
    component: lazy(() => import('./pages/CodeEntry.vue')),
  },
];
const nowhere: Page = {
  pattern: /^/,
  title: 'missing_title',
  component: lazy(() => import('./pages/NotFound.vue')),
};

const here = (): Place => ({
  path: location.pathname,
  query: Object.fromEntries(new URLSearchParams(location.search)),
});

export const route = reactive<Place>(here());
const page_of = (path: string): Page => pages.find((page) => page.pattern.test(path)) ?? nowhere;
const page = shallowRef(page_of(route.path));
const show_title = (): void => void (document.title = `${t(page.value.title)} · ${site_title()}`);

export function address({ path = route.path, query = {} }: Partial<Place>): string {
  const asked = new URLSearchParams(query).toString();
  return asked ? `${path}?${asked}` : path;
}

function arrive(): void {
  const before = route.path;
  Object.assign(route, here());
  page.value = page_of(route.path);
  show_title();
  // A screen reader hears the new page's heading.
  if (before !== route.path) setTimeout(() => document.querySelector<HTMLElement>('h1')?.focus(), 50);
}

/** How deep in this visit an entry of the history lies, and where the page it belongs to was entered. */
interface Depth {
  at: number;
  entered: number;
}
const depth = (): Depth => ({ at: 0, entered: 0, ...(history.state as Partial<Depth> | null) });

export function go(to: string | Partial<Place>, replace = false): void {
  const url = typeof to === 'string' ? to : address(to);
  const { at, entered } = depth();
  const next = replace ? at : at + 1;
  const stays = new URL(url, location.href).pathname === location.pathname;
  history[replace ? 'replaceState' : 'pushState']({ at: next, entered: stays ? entered : next }, '', url);
  arrive();
  scrollTo(0, 0);
}

let landing = '';

/** Leaves a page of several steps for good: its steps are taken back, so that Back does not lead into them. */
export function leave_for(to: string): void {
  const { at, entered } = depth();
  if (at <= entered) return go(to, true);
  landing = to;
  history.go(entered - at);
}

function popped(): void {
  const to = landing;
  landing = '';
  if (to) go(to, true);
  else arrive();
}

export function start_router(): void {
  addEventListener('popstate', popped);
  watch(language, show_title);
  show_title();
}

export const RouterLink = defineComponent(
  (props: { to: string | Partial<Place> }, { slots }) => {
    const follow = (event: MouseEvent): void => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      go(props.to);
    };
    return () =>
      h(
        'a',
        { href: typeof props.to === 'string' ? props.to : address(props.to), onClick: follow },
        slots.default?.(),
      );
  },
  { props: ['to'] },
);

/** An address that lost part of a letter on its way is read as it stands: no page has it. */
function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

export const RouterView = defineComponent(
  () => () =>
    h(page.value.component, { key: route.path, ...page.value.pattern.exec(readable(route.path))?.groups }),
);
