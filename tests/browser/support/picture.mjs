// A photo as a phone takes it, made in the browser: a large noisy JPEG, so that making it small is real work.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function photo(page, name = 'lamp.jpg') {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 2400;
    canvas.height = 1800;
    const paint = canvas.getContext('2d');
    let seed = 7;
    for (let at = 0; at < 40_000; ++at) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      paint.fillStyle = `hsl(${seed % 360} 60% ${20 + (seed % 60)}%)`;
      paint.fillRect(seed % 2400, (seed >> 8) % 1800, 24, 24);
    }
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1];
  });
  const file = join(tmpdir(), `lianxin-${process.pid}-${name}`);
  writeFileSync(file, Buffer.from(base64, 'base64'));
  return file;
}
