import { cellOfWords, cellWords } from '../../../i18n/cell-words.ts';
import type { RuleDocument } from '../../../rules-editor/document.ts';
import type { Finding } from './marks.ts';

type Region = Finding['regions'][number];

/** The cells of a new row for the cases of a gap: its ranges where it names a fact, `—` elsewhere, and what happens now as the answer. */
export function cellsOfRegion({ table, decision }: RuleDocument, { facts }: Region): string[] {
  const words = new Map(facts.map((one) => [one.fact, one.words['zh-CN']]));
  return (table?.columns ?? []).map((column) => {
    if (column.kind === 'fact') return cellOfWords(words.get(column.fact) ?? '');
    if (column.kind === 'outcome') return decision.outcomes[decision.otherwise.type]?.title['zh-CN'] ?? '';
    if (column.kind === 'param') {
      const value = decision.otherwise.params?.[column.param];
      const titles = decision.outcomes[decision.otherwise.type]?.params?.[column.param]?.titles;
      return value === undefined ? cellWords.any : (titles?.[String(value)]?.['zh-CN'] ?? String(value));
    }
    return column.kind === 'citation'
      ? (table?.rows.at(-1)?.cells[table.columns.indexOf(column)] ?? '')
      : cellWords.any;
  });
}
