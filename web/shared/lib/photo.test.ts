import { describe, expect, it } from 'vitest';
import { from_data_url, most_bytes, shrink } from './photo';

/** A camera whose pictures weigh so many bytes a pixel at full quality. */
const camera = (width: number, height: number, weight: number) => ({
  width,
  height,
  encode: (w: number, h: number, quality: number) =>
    Promise.resolve(new Blob([new Uint8Array(Math.round(w * h * weight * quality))])),
});

describe('photos', () => {
  it.each([
    [4000, 3000, 0.2],
    [3000, 4000, 0.5],
    [1200, 900, 1.5],
    [640, 480, 0.1],
  ])('%i × %i pixels fit into 250 KB', async (width, height, weight) => {
    expect((await shrink(camera(width, height, weight))).size).toBeLessThanOrEqual(most_bytes);
  });

  it('gives up rather than send what is too large', async () => {
    await expect(shrink(camera(4000, 3000, 10))).rejects.toThrow('photo_too_large');
  });

  it('come back from text as they were', async () => {
    const blob = from_data_url(`data:image/jpeg;base64,${btoa('abc')}`);
    expect(blob.type).toBe('image/jpeg');
    expect(await blob.text()).toBe('abc');
  });
});
