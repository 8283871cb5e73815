// A number as people type or paste it, and what is wrong with it before anybody is asked: the check digit (ISO 7064
// MOD 11,10) finds every single wrong digit.
import type { Key } from '@shared/words';

const digits_in_a_number = 11;
// Blanks and dashes of any script; NFKC makes full-width digits plain.
const between = /[\s\p{Pd}\u2212\u200b]/gu;

export const digits_of = (typed: string): string => typed.normalize('NFKC').replace(between, '');

function check_digit_fits(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (product + Number(digits.at(-1))) % 10 === 1;
}

/** What to tell whoever typed it; nothing when there may be such a number. */
export function number_fault(digits: string): Key | undefined {
  if (!/^\d+$/.test(digits) || digits.length !== digits_in_a_number) return 'fault_number_shape';
  return check_digit_fits(digits) ? undefined : 'fault_number_mistyped';
}
