// Pictures are made small on the phone: at most 250 KB, 1600 px on the long side, and without what a camera writes
// into them (drawing to a canvas drops place and device).
export const most_bytes = 250 * 1024;
const most_pixels = 1600;

export interface Encoder {
  width: number;
  height: number;
  encode: (width: number, height: number, quality: number) => Promise<Blob>;
}

/** Lower the quality first, then the size, until it fits. */
export async function shrink(picture: Encoder, limit = most_bytes): Promise<Blob> {
  let scale = Math.min(1, most_pixels / Math.max(picture.width, picture.height));
  for (let round = 0; round < 6; ++round, scale *= 0.7) {
    const width = Math.max(1, Math.round(picture.width * scale));
    const height = Math.max(1, Math.round(picture.height * scale));
    for (const quality of [0.82, 0.7, 0.55]) {
      const blob = await picture.encode(width, height, quality);
      if (blob.size <= limit) return blob;
    }
  }
  throw new Error('photo_too_large');
}

async function decode(file: Blob): Promise<CanvasImageSource & { width: number; height: number }> {
  if ('createImageBitmap' in window) {
    try {
      return await createImageBitmap(file, { imageOrientation: 'from-image' });
    } catch {
      // Older Safari knows no options; an <img> turns the picture by itself.
    }
  }
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

export async function compress_photo(file: Blob): Promise<Blob> {
  const source = await decode(file);
  const encode = (width: number, height: number, quality: number): Promise<Blob> => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(source, 0, 0, width, height);
    return new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('photo_unreadable'))),
        'image/jpeg',
        quality,
      ),
    );
  };
  return shrink({ width: source.width, height: source.height, encode });
}

export function as_data_url(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error('photo_unreadable'));
    reader.readAsDataURL(blob);
  });
}

export function from_data_url(url: string): Blob {
  const [head = '', body = ''] = url.split(',', 2);
  const type = /data:([^;]+)/.exec(head)?.[1] ?? 'application/octet-stream';
  return new Blob([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], { type });
}
