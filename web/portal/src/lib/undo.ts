// What was just thrown away and can still be had back: until the next such thing, or until somebody closes the bar.
import { shallowRef } from 'vue';

export const undoable = shallowRef<{ text: string; undo: () => void }>();

export function offer_undo(text: string, undo: () => void): void {
  undoable.value = { text, undo };
}

export function undo(): void {
  undoable.value?.undo();
  undoable.value = undefined;
}
