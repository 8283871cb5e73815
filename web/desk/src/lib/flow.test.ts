import { describe, expect, it } from 'vitest';
import { version_shown } from './flow';

const version = (name: string, open: number, current = false) => ({ version: name, open, current });

describe('the version a workflow is shown in', () => {
  it("is today's, where anything stands on it", () => {
    expect(version_shown([version('new', 1, true), version('old', 90)], '')).toBe('new');
  });

  it('is the fullest of the older ones while nothing stands on the new one', () => {
    const versions = [version('new', 0, true), version('older', 2), version('old', 9)];
    expect(version_shown(versions, '')).toBe('old');
    expect(version_shown([version('new', 0, true), version('old', 0)], '')).toBe('new');
  });

  it('is the one asked for, as long as there is such a version', () => {
    const versions = [version('new', 0, true), version('old', 9)];
    expect(version_shown(versions, 'new')).toBe('new');
    expect(version_shown(versions, 'gone')).toBe('old');
  });
});
