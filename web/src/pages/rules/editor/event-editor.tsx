import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useText } from '../../../components/use-text.ts';
import type { EventType, RuleDocument, RuleEvent, Scalar, Typed } from '../../../rules-editor/document.ts';
import { eventTypes } from '../../../rules-editor/document.ts';
import { firstValue } from '../../../rules-editor/values.ts';
import { ValueInput } from './value-input.tsx';

interface Props {
  doc: RuleDocument;
  event: RuleEvent;
  onChange: (event: RuleEvent) => void;
}

/** What follows when the rule holds: one of the document's answers with all its particulars. */
export function EventEditor({ doc, event, onChange }: Props) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const { outcomes } = doc.decision;
  const params = outcomes[event.type]?.params ?? {};
  const choose = (type: EventType) => {
    const wanted = Object.entries(outcomes[type]?.params ?? {});
    const values = wanted.map(([name, typed]): [string, Scalar] => [name, event.params?.[name] ?? firstValue(typed)]);
    onChange(values.length === 0 ? { type } : { type, params: Object.fromEntries(values) });
  };
  const nameOf = (name: string, typed: Typed) => (typed.title ? say(typed.title) : name);
  return (
    <div className="row" style={{ alignItems: 'flex-end' }}>
      <div className="stack" style={{ gap: 2, minWidth: 160 }}>
        <span className="quiet small">{t('consequence')}</span>
        <Select<EventType>
          aria-label={t('consequence')}
          value={event.type}
          options={eventTypes.flatMap((type) => {
            const outcome = outcomes[type];
            return outcome ? [{ value: type, label: say(outcome.title) }] : [];
          })}
          onChange={choose}
        />
      </div>
      {Object.entries(params).map(([name, typed]) => (
        <div key={name} className="stack" style={{ gap: 2, minWidth: 140 }}>
          <span className="quiet small">{nameOf(name, typed)}</span>
          <ValueInput
            typed={typed}
            value={event.params?.[name]}
            label={nameOf(name, typed)}
            nullable
            onChange={(value) => {
              const { [name]: _, ...rest } = event.params ?? {};
              const next = value === null || Array.isArray(value) ? rest : { ...rest, [name]: value };
              onChange(Object.keys(next).length === 0 ? { type: event.type } : { type: event.type, params: next });
            }}
          />
        </div>
      ))}
    </div>
  );
}
