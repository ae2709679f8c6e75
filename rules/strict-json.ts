import { Problem } from '../schemas/problem.ts';
import { limits } from '../schemas/ruleset.ts';
import type { FaultCode } from './fault-texts.ts';
import { Faults } from './faults.ts';

/** JSON.parse keeps the last of two equal keys and lets `__proto__` through; a document that may decide must do neither. */
export function parseStrictJson(text: string): unknown {
  if (text.length > limits.bytes || Buffer.byteLength(text, 'utf8') > limits.bytes)
    throw refuse('', 'document_too_large', { bytes: limits.bytes });
  const reader = new Reader(text);
  const value = reader.value('', 0);
  reader.end();
  return value;
}

function refuse(pointer: string, code: FaultCode, detail: Record<string, unknown> = {}): Problem {
  const faults = new Faults();
  faults.add(pointer, code, detail);
  return new Problem('bad_input', faults.list);
}

const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;

class Reader {
  private readonly text: string;
  private at = 0;
  constructor(text: string) {
    this.text = text;
  }

  value(pointer: string, depth: number): unknown {
    if (depth > limits.nesting) throw refuse(pointer, 'too_deep', { depth: limits.nesting });
    this.skip();
    const first = this.text[this.at];
    if (first === '{') return this.object(pointer, depth);
    if (first === '[') return this.list(pointer, depth);
    if (first === '"') return this.string(pointer);
    if (this.word('true')) return true;
    if (this.word('false')) return false;
    if (this.word('null')) return null;
    return this.number(pointer);
  }

  end(): void {
    this.skip();
    if (this.at < this.text.length) throw refuse('', 'json_malformed', { at: this.at });
  }

  private object(pointer: string, depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.at += 1;
    if (this.taken('}')) return object;
    do {
      this.skip();
      const key = this.string(pointer);
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (key === '__proto__') throw refuse(at, 'key_forbidden');
      if (Object.hasOwn(object, key)) throw refuse(at, 'key_doubled');
      this.need(':');
      object[key] = this.value(at, depth + 1);
    } while (this.taken(','));
    this.need('}');
    return object;
  }

  private list(pointer: string, depth: number): unknown[] {
    const list: unknown[] = [];
    this.at += 1;
    if (this.taken(']')) return list;
    do list.push(this.value(`${pointer}/${list.length}`, depth + 1));
    while (this.taken(','));
    this.need(']');
    return list;
  }

  private string(pointer: string): string {
    const raw = this.match(STRING);
    if (raw === undefined) throw refuse(pointer, 'json_malformed', { at: this.at });
    return JSON.parse(raw) as string; // the pattern admits exactly JSON's strings
  }

  private number(pointer: string): number {
    const raw = this.match(NUMBER);
    if (raw === undefined) throw refuse(pointer, 'json_malformed', { at: this.at });
    return Number(raw);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private skip(): void {
    this.match(SPACE);
  }

  private word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private taken(mark: string): boolean {
    this.skip();
    return this.word(mark);
  }

  private need(mark: string): void {
    if (!this.taken(mark)) throw refuse('', 'json_malformed', { at: this.at });
  }
}
