// Pictures on their way: small already, kept as text so that a draft survives the tab, uploaded one by one, each under
// its own key so that a retry stores nothing twice.
import { upload } from '../api/calls';
import { new_key } from '../api/client';
import { as_data_url, compress_photo, from_data_url } from './photo';

export interface Photo {
  key: string;
  data: string;
  name: string;
  upload?: string;
}

export const most_photos = 6;

export async function photo_of(file: File): Promise<Photo> {
  const small = await compress_photo(file);
  return { key: new_key(), data: await as_data_url(small), name: file.name };
}

/** Uploads what is not there yet; `kept` is called after each so that the draft remembers it. */
export async function upload_all(photos: Photo[], kept: () => void = () => undefined): Promise<void> {
  for (const photo of photos) {
    if (photo.upload) continue;
    photo.upload = (await upload(from_data_url(photo.data), photo.key)).id;
    kept();
  }
}
