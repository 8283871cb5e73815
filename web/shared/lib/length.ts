/** More than any field takes, and little enough to be counted while somebody types. */
const countable = 100_000;

/** Code points, as the server counts them: a rare character outside the basic plane is one. */
export function length_of(text: string): number {
  return text.length > countable ? text.length : [...text.trim()].length;
}
