import type { Fault } from '../schemas/problem.ts';
import { limits } from '../schemas/ruleset.ts';
import type { Text } from '../schemas/text.ts';
import { faultTexts } from './fault-texts.ts';
import type { FaultCode } from './fault-texts.ts';

/** Collects every fault of one document; a hostile one cannot make the list itself the attack. */
export class Faults {
  readonly list: Fault[] = [];
  private full = false;

  add(pointer: string, code: FaultCode, detail: Record<string, unknown> = {}): void {
    if (this.full) return;
    if (this.list.length < limits.faults) {
      this.list.push({ pointer, code, detail, text: fill(faultTexts[code], detail) });
      return;
    }
    this.full = true;
    this.list.push({
      pointer: '',
      code: 'too_many_faults',
      detail: { shown: limits.faults },
      text: faultTexts.too_many_faults,
    });
  }
}

/** Puts details into a text's `{places}`. */
function fill(text: Text, detail: Record<string, unknown>): Text {
  const put = (words: string): string =>
    words.replaceAll(/\{(\w+)\}/g, (place, key: string) =>
      Object.hasOwn(detail, key) ? String(detail[key]).slice(0, 200) : place,
    );
  return { 'zh-CN': put(text['zh-CN']), en: put(text.en) };
}

/** One step of a JSON pointer, escaped. */
export function step(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
