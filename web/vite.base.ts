// What both faces share: separate builds (a shared chunk of two entries would keep every feature of Vue on the phone),
// no inline script or style (the Content-Security-Policy allows none), every file stored compressed beside itself.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import type { Plugin, UserConfig } from 'vite';

const compressible = /\.(js|css|html|svg|json|webmanifest)$/;

function files_below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files_below(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const file of files_below(folder).filter((name) => compressible.test(name))) {
        if (statSync(file).size < 512) continue;
        const body = readFileSync(file);
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
        };
        writeFileSync(`${file}.br`, brotliCompressSync(body, { params }));
        writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }));
      }
    },
  };
}

/** The service worker learns which files the page is made of; its own text changes with them, so phones take it up. */
function list_shell(): Plugin {
  let folder = '';
  return {
    name: 'list-shell',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    writeBundle(_, bundle) {
      const worker = join(folder, 'sw.js');
      if (!existsSync(worker)) return;
      const files = Object.keys(bundle)
        .filter((name) => /\.(js|css)$/.test(name))
        .map((name) => `/${name}`);
      const text = readFileSync(worker, 'utf8').replace(
        '__SHELL__',
        JSON.stringify(['/', '/icon.svg', ...files.sort()]),
      );
      writeFileSync(worker, text);
    },
  };
}

export function face(root: string, base: string): UserConfig {
  const api = process.env.LIANXIN_API ?? 'http://127.0.0.1:8399';
  return {
    root,
    base,
    plugins: [vue(), list_shell(), precompress()],
    resolve: { alias: { '@shared': fileURLToPath(new URL('./shared', import.meta.url)) } },
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: ['chrome87', 'safari14'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    server: { host: '127.0.0.1', proxy: { '/api': api } },
  };
}
