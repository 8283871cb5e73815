import { createApp } from 'vue';
import { credentials } from '@shared/api/client';
import { start_settings } from '@shared/lib/setting';
import App from './App.vue';
import { start_router } from './router';
import { load_words } from './words';
import '@shared/tokens.css';
import './portal.css';

// Whoever is signed in at the desk writes here as anybody does.
credentials.stranger = true;

async function start(): Promise<void> {
  await start_settings(load_words);
  start_router();
  createApp(App).mount('#app');
}
void start();

// Without a line the pages open all the same. On plain http, in a village hall, browsers have no service worker.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined));
