import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import StateTag from './StateTag.vue';

const classes = (tone: 'good' | 'bad' | 'neutral', late = false): string[] =>
  mount(StateTag, { props: { title: '未兑现', tone, late } }).classes();

describe('the tag of a state', () => {
  it('is green for what was brought about, never for what came to nothing', () => {
    expect(classes('good')).toContain('done');
    expect(classes('bad')).not.toContain('done');
    expect(classes('neutral')).toEqual(['tag']);
  });

  it('is red where it is late, whatever it stands at', () => {
    expect(classes('good', true)).toEqual(['tag', 'late']);
  });
});
