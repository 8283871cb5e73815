import { beforeEach, describe, expect, it, vi } from 'vitest';
import { only_choice, post_options, searched_steps } from './options';

const calls = vi.hoisted(() => ({ posts_at: vi.fn() }));
vi.mock('../api/calls', () => calls);

const post = (id: string, place: string) => ({
  id,
  place,
  title: id,
  place_name: place,
  unit_name: '',
  holders: [],
});
const path = [
  { id: 'county', name: '' },
  { id: 'town', name: '' },
  { id: 'village', name: '' },
];

describe('the posts there are to choose from', () => {
  beforeEach(() => calls.posts_at.mockReset());

  it('are those along the path where any kind will do, the nearest first', async () => {
    calls.posts_at.mockImplementation((id: string) => Promise.resolve([post(`desk of ${id}`, id)]));
    const options = await post_options({}, path);
    expect(options.map((option) => option.value)).toEqual([
      'desk of village',
      'desk of town',
      'desk of county',
    ]);
  });

  it('are all of the kind in the county where the form does not say otherwise', async () => {
    calls.posts_at.mockResolvedValue([]);
    await post_options({ 'x-post-kind': 'unit_desk' }, path);
    expect(calls.posts_at).toHaveBeenCalledWith('county', { below: true, kind: 'unit_desk', limit: 500 });
  });

  it('begin with those at the place and below it, each once', async () => {
    const here = post('in the village', 'group');
    calls.posts_at.mockImplementation((id: string) =>
      Promise.resolve(id === 'village' ? [here] : [post('elsewhere', 'far'), here]),
    );
    const options = await post_options({ 'x-post-kind': 'representative' }, path);
    expect(options.map((option) => option.value)).toEqual(['in the village', 'elsewhere']);
  });

  it('are held by somebody where a certificate is to be for whoever is chosen', async () => {
    const held = { ...post('held', 'village'), holders: [{ name: '陈玉' }] };
    calls.posts_at.mockResolvedValue([post('vacant', 'village'), held]);
    const asked = { 'x-post-kind': 'representative', 'x-held': true };
    expect((await post_options(asked, path)).map((option) => option.value)).toEqual(['held']);
  });
});

describe('a choice that is none', () => {
  const field = (values: string[], required = true) => ({
    widget: 'choice',
    required,
    schema: { enum: values },
  });

  it('is the only one, where one must be made', () => {
    expect(only_choice(field(['red'])).map((option) => option.value)).toEqual(['red']);
    expect(only_choice(field(['yellow', 'red']))).toEqual([]);
    expect(only_choice(field(['red'], false))).toEqual([]);
  });
});

describe('the places where people are looked for', () => {
  it('are all of the path where the form does not say otherwise', () => {
    expect(searched_steps({}, path)).toEqual(path);
  });

  it('are those where whoever fills it in may look', () => {
    expect(searched_steps({ 'x-places': ['village'] }, path)).toEqual([{ id: 'village', name: '' }]);
    expect(searched_steps({ 'x-places': [] }, path)).toEqual([]);
  });
});
