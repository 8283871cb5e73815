// Which version of a workflow a page begins with.
import type { Kinds } from '@shared/api/types';

type Version = Kinds['items'][number]['versions'][number];

/** The one asked for; else today's, unless all that is under way still stands on older ones: then the fullest of them. */
export function version_shown(versions: Version[], asked: string): string | undefined {
  if (versions.some((one) => one.version === asked)) return asked;
  const current = versions.find((one) => one.current);
  if (current?.open) return current.version;
  const [fullest] = [...versions].sort((a, b) => b.open - a.open);
  return (fullest?.open ? fullest : current)?.version;
}
