import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n/index.ts';
import type { RuleDocument } from '../../../rules-editor/document.ts';
import type { Edit } from '../../../rules-editor/edit.ts';
import { setConditions, setEvent, setNote } from '../../../rules-editor/edit.ts';
import { SentenceTree } from '../rule-sentences.tsx';
import { Citations } from './citations.tsx';
import { ConditionsBuilder } from './conditions-builder.tsx';
import { EventEditor } from './event-editor.tsx';
import { SentenceEditor } from './sentence-editor.tsx';
import type { Checked } from './use-checks.ts';

interface Props {
  doc: RuleDocument;
  name: string;
  sentences: Checked['sentences'];
  /** The sentences are of this very document. */
  fresh: boolean;
  edit: ((edit: Edit) => void) | null;
}

/** One rule: its sentence in both languages with values to click, what follows, and the articles it rests on. */
export function RulePane({ doc, name, sentences, fresh, edit }: Props) {
  const { t } = useTranslation(['ruleEditor', 'common']);
  const [tree, setTree] = useState(false);
  const language = currentLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  const rule = doc.rules.find((one) => one.name === name);
  const read = sentences?.[language].rules.find((one) => one.name === name);
  const readOther = sentences?.[other].rules.find((one) => one.name === name);
  const inPlace = doc.table ? null : edit;
  const note = doc.notes[name];
  return (
    <article className="panel rule-pane" aria-label={name}>
      <div className="stack">
        <div className="row" style={{ alignItems: 'baseline' }}>
          <code className="quiet">{name}</code>
          <TitleInput
            key={`zh ${name}`}
            value={note?.title['zh-CN'] ?? ''}
            label={t('titleZh')}
            disabled={!edit}
            onChange={(zh) => edit?.(setNote(name, { title: { 'zh-CN': zh, en: note?.title.en ?? zh } }))}
          />
          <TitleInput
            key={`en ${name}`}
            value={note?.title.en ?? ''}
            label={t('titleEn')}
            disabled={!edit}
            onChange={(en) => edit?.(setNote(name, { title: { 'zh-CN': note?.title['zh-CN'] ?? en, en } }))}
          />
        </div>
        {!fresh && sentences && read && (
          <p className="small" style={{ color: 'var(--waiting)' }}>
            {t('stale')}
          </p>
        )}
        {read && (
          <div>
            <SentenceEditor sentence={read.conditions} doc={doc} edit={inPlace} />
            <p className="rule-then">
              <span className="quiet">{t('consequence')}</span>{' '}
              <strong className={`event-${read.event.type}`}>{read.eventText}</strong>
            </p>
            {edit && <p className="quiet small">{t(doc.table ? 'inTable' : 'clickToChange')}</p>}
          </div>
        )}
        {readOther && (
          <details>
            <summary className="quiet small">{t(`common:languageName.${other}`)}</summary>
            <div lang={other}>
              <SentenceTree sentence={readOther.conditions} />
              <p className="rule-then">
                <strong>{readOther.eventText}</strong>
              </p>
            </div>
          </details>
        )}
        {rule && inPlace && (
          <>
            <EventEditor doc={doc} event={rule.event} onChange={(event) => inPlace(setEvent(name, event))} />
            <div>
              <Button size="small" onClick={() => setTree(!tree)} aria-expanded={tree}>
                {t(tree ? 'closeTree' : 'editTree')}
              </Button>
            </div>
            {tree && (
              <ConditionsBuilder
                key={name}
                doc={doc}
                tree={rule.conditions}
                prefix={name}
                onChange={(conditions) => inPlace(setConditions(name, conditions))}
              />
            )}
          </>
        )}
      </div>
      <Citations doc={doc} rule={name} edit={edit} />
    </article>
  );
}

interface TitleProps {
  value: string;
  label: string;
  disabled: boolean;
  onChange: (value: string) => void;
}

/** Titles are written when the field is left: an empty one is not a title. */
function TitleInput({ value, label, disabled, onChange }: TitleProps) {
  const [typing, setTyping] = useState<string | null>(null);
  const done = () => {
    const text = typing?.trim() ?? '';
    if (text !== '' && text !== value) onChange(text);
    setTyping(null);
  };
  return (
    <Input
      aria-label={label}
      title={label}
      variant="filled"
      disabled={disabled}
      style={{ flex: '1 1 180px', maxWidth: 320 }}
      value={typing ?? value}
      maxLength={200}
      onChange={({ target }) => setTyping(target.value)}
      onBlur={done}
      onPressEnter={done}
    />
  );
}
