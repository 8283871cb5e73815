import { createApp } from 'vue';
import { start_settings } from '@shared/lib/setting';
import App from './App.vue';
import { router } from './router';
import { load_words } from './words';
import '@shared/tokens.css';
import './desk.css';

async function start(): Promise<void> {
  await start_settings(load_words);
  createApp(App).use(router).mount('#app');
}
void start();
