import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listenForShortcuts } from '../../web/src/frame/shortcuts.ts';

const go = vi.fn();
const help = vi.fn();
const knows = vi.fn((to: string) => to !== '/imports');
let undo: () => void;

beforeEach(() => {
  undo = listenForShortcuts({ go, help, knows });
});
afterEach(() => {
  undo();
  vi.clearAllMocks();
  document.body.replaceChildren();
});

const press = (key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

test('g and a letter goes to a place', () => {
  press('g');
  press('s');
  expect(go).toHaveBeenCalledWith('/students');
});

test('a page that is not the reader’s is not gone to', () => {
  press('g');
  press('i');
  expect(go).not.toHaveBeenCalled();
});

test('a letter alone goes nowhere', () => {
  press('s');
  expect(go).not.toHaveBeenCalled();
});

test('a slash asks for the search box and is not typed', () => {
  const asked = vi.fn();
  window.addEventListener('dualcert:search', asked);
  const event = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  expect(asked).toHaveBeenCalledOnce();
  expect(event.defaultPrevented).toBe(true);
  window.removeEventListener('dualcert:search', asked);
});

test('keys typed into a field, composed by an input method or held with Ctrl are left alone', () => {
  const field = document.createElement('input');
  document.body.append(field);
  press('?', field);
  press('?', document.body, { ctrlKey: true });
  press('?', document.body, { isComposing: true });
  expect(help).not.toHaveBeenCalled();
  press('?');
  expect(help).toHaveBeenCalledOnce();
});
