import { useState } from 'react';
import type { components } from '../../../api/schema.d.ts';
import { currentLanguage } from '../../../i18n/index.ts';
import { leafNamed } from '../../../rules-editor/document.ts';
import type { Leaf, RuleDocument, Typed } from '../../../rules-editor/document.ts';
import type { Edit } from '../../../rules-editor/edit.ts';
import { setLeaf } from '../../../rules-editor/edit.ts';
import { useShown } from './use-shown.ts';
import { ValueInput } from './value-input.tsx';

type Sentence = NonNullable<components['schemas']['Sentence']>;

interface Props {
  sentence: Sentence;
  doc: RuleDocument;
  /** Null: only to be read. */
  edit: ((edit: Edit) => void) | null;
}

/** A rule in plain sentences whose values can be clicked and changed where they stand. */
export function SentenceEditor({ sentence, doc, edit }: Props) {
  const leaf = sentence.node === undefined ? undefined : leafNamed(doc, sentence.node);
  const fact = leaf && doc.facts[leaf.fact];
  if (sentence.parts.length === 0)
    return leaf && fact && edit ? (
      <LeafSentence text={sentence.text} leaf={leaf} fact={fact} doc={doc} edit={edit} />
    ) : (
      <p>{sentence.text}</p>
    );
  return (
    <div>
      <p className="quiet">{sentence.text}</p>
      <ul className="sentence-parts">
        {sentence.parts.map((part, index) => (
          <li key={part.node ?? index}>
            <SentenceEditor sentence={part} doc={doc} edit={edit} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface LeafProps {
  text: string;
  leaf: Leaf;
  fact: Typed & { title: { 'zh-CN': string; en: string } };
  doc: RuleDocument;
  edit: (edit: Edit) => void;
}

function LeafSentence({ text, leaf, fact, doc, edit }: LeafProps) {
  const { shown, unit } = useShown();
  const [open, setOpen] = useState(false);
  const onList = leaf.operator === 'inList' || leaf.operator === 'notInList';
  const words = onList ? String(leaf.value) : shown(fact, leaf.value);
  const title = fact.title[currentLanguage()];
  const from = text.indexOf(title) === 0 ? title.length : 0;
  const at = text.indexOf(words, from);
  // the sentence follows a moment later; until then the value stands beside it
  const [before, after] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + words.length)];
  if (!open)
    return (
      <p>
        {before}
        <button type="button" className="value-button" onClick={() => setOpen(true)}>
          {words || '—'}
          {at === -1 && unit(fact)}
        </button>
        {after}
      </p>
    );
  return (
    <div className="row" style={{ gap: 6, alignItems: 'flex-start' }}>
      <span style={{ lineHeight: '32px' }}>{before}</span>
      <span style={{ width: Array.isArray(leaf.value) ? 320 : 200 }}>
        <ValueInput
          typed={fact}
          value={leaf.value}
          several={Array.isArray(leaf.value)}
          {...(onList && { names: Object.keys(doc.lists ?? {}) })}
          label={title}
          autoFocus
          onChange={(value) => value !== null && edit(setLeaf(leaf.name, { value }))}
          onDone={() => setOpen(false)}
        />
      </span>
    </div>
  );
}
