import { createRouter, createWebHistory } from 'vue-router';
import { t, type Key } from '@shared/words';
import { load_session, reads_nothing, session } from './lib/session';

declare module 'vue-router' {
  interface RouteMeta {
    title: Key;
    open?: boolean;
  }
}

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    {
      path: '/sign-in',
      component: () => import('./pages/SignIn.vue'),
      meta: { title: 'sign_in', open: true },
    },
    { path: '/', component: () => import('./pages/Worklist.vue'), meta: { title: 'worklist' } },
    {
      path: '/m/:id',
      component: () => import('./pages/MatterPage.vue'),
      props: true,
      meta: { title: 'matter' },
    },
    { path: '/password', component: () => import('./pages/Password.vue'), meta: { title: 'password_title' } },
    { path: '/notes', component: () => import('./pages/Notes.vue'), meta: { title: 'notes' } },
    { path: '/begin', component: () => import('./pages/Begin.vue'), meta: { title: 'begin_own' } },
    { path: '/take-in', component: () => import('./pages/TakeIn.vue'), meta: { title: 'take_in' } },
    { path: '/services', component: () => import('./pages/Services.vue'), meta: { title: 'services_title' } },
    { path: '/rates', component: () => import('./pages/Rates.vue'), meta: { title: 'rates' } },
    { path: '/flow', component: () => import('./pages/Flow.vue'), meta: { title: 'flow' } },
    { path: '/liaison', component: () => import('./pages/Liaison.vue'), meta: { title: 'liaison' } },
    { path: '/posts', component: () => import('./pages/Posts.vue'), meta: { title: 'posts' } },
    { path: '/places', component: () => import('./pages/Places.vue'), meta: { title: 'places' } },
    {
      path: '/:rest(.*)*',
      component: () => import('./pages/NotFound.vue'),
      meta: { title: 'missing_title', open: true },
    },
  ],
});

router.beforeEach(async (to) => {
  if (to.meta.open) return true;
  if (!session.value && !(await load_session())) return { path: '/sign-in', query: { to: to.fullPath } };
  // A first password, made by somebody else, opens nothing but the page that replaces it.
  if (session.value?.password_must_change) return to.path === '/password' ? true : '/password';
  // Who reads no matter starts from the figures.
  return to.fullPath === '/' && reads_nothing() ? '/rates' : true;
});

router.afterEach((to, from) => {
  document.title = `${t(to.meta.title)} · ${t('desk_brand')}`;
  if (from.matched.length && to.path !== from.path)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus());
});
