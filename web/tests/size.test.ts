// What a phone has to load, measured on the built pages (docs: budgets). Skipped, saying so, where nothing is built.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const folder = (face: string): string => join(import.meta.dirname, '..', face, 'dist');
const weigh = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

/** The files the first page needs: what index.html names, what those import statically, and one language's words. */
function initial(face: string): { js: number; css: number } {
  const html = readFileSync(join(folder(face), 'index.html'), 'utf8');
  const assets = join(folder(face), 'assets');
  const waiting = [...html.matchAll(/assets\/([\w-]+\.(?:js|css))/g)].map((hit) => hit[1] ?? '');
  const words = readdirSync(assets).filter((name) => /^of_\w+-.*\.js$/.test(name));
  waiting.push(words.sort((a, b) => weigh(join(assets, b)) - weigh(join(assets, a)))[0] ?? '');
  const seen = new Set<string>();
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (!name.endsWith('.js')) continue;
    const text = readFileSync(join(assets, name), 'utf8');
    for (const hit of text.matchAll(/(?:from|import)\s*["']\.\/([\w-]+\.js)["']/g))
      waiting.push(hit[1] ?? '');
  }
  const total = (ending: string): number =>
    [...seen]
      .filter((name) => name.endsWith(ending))
      .reduce((sum, name) => sum + weigh(join(assets, name)), 0);
  return { js: total('.js'), css: total('.css') };
}

const built = existsSync(folder('portal')) && existsSync(folder('desk'));

describe.skipIf(!built)('the built pages', () => {
  it('of the portal start from 45 KB of scripts and 4 KB of styles', () => {
    const { js, css } = initial('portal');
    expect(js).toBeLessThanOrEqual(45 * 1024);
    expect(css).toBeLessThanOrEqual(4 * 1024);
    expect(js).toBeGreaterThan(20 * 1024); // else nothing was measured
  });

  it('of the portal load at most 15 KB for a further page', () => {
    const assets = join(folder('portal'), 'assets');
    for (const name of readdirSync(assets).filter((one) => /^[A-Z]\w+-.*\.js$/.test(one)))
      expect([name, weigh(join(assets, name)) <= 15 * 1024]).toEqual([name, true]);
  });

  it('of the desk start from 170 KB of scripts and 18 KB of styles', () => {
    const { js, css } = initial('desk');
    expect(js).toBeLessThanOrEqual(170 * 1024);
    expect(css).toBeLessThanOrEqual(18 * 1024);
  });

  it('carry no inline script and no inline style', () => {
    for (const face of ['portal', 'desk']) {
      const html = readFileSync(join(folder(face), 'index.html'), 'utf8');
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=/);
    }
  });
});
