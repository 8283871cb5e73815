import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { face } from '../vite.base';

export default defineConfig(face(fileURLToPath(new URL('.', import.meta.url)), '/desk/'));
