import { createRouter, createWebHistory } from 'vue-router';
import { t, type Key } from '@shared/words';
import { load_session, session } from './lib/session';

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
    { path: '/take-in', component: () => import('./pages/TakeIn.vue'), meta: { title: 'take_in' } },
    { path: '/rates', component: () => import('./pages/Rates.vue'), meta: { title: 'rates' } },
    { path: '/liaison', component: () => import('./pages/Liaison.vue'), meta: { title: 'liaison' } },
    { path: '/places', component: () => import('./pages/Places.vue'), meta: { title: 'places' } },
    {
      path: '/:rest(.*)*',
      component: () => import('./pages/NotFound.vue'),
      meta: { title: 'missing_title', open: true },
    },
  ],
});

router.beforeEach(async (to) => {
  if (to.meta.open || session.value) return true;
  return (await load_session()) ? true : { path: '/sign-in', query: { to: to.fullPath } };
});

router.afterEach((to, from) => {
  document.title = `${t(to.meta.title)} · ${t('desk_brand')}`;
  if (from.matched.length && to.path !== from.path)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus());
});
