import { Button, Dropdown, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../../components/use-text.ts';
import type { RuleDocument } from '../../../rules-editor/document.ts';
import type { Edit } from '../../../rules-editor/edit.ts';
import { addRule, moveRule, nextRuleName, removeRule } from '../../../rules-editor/edit.ts';
import type { Marks } from './marks.ts';

interface Props {
  doc: RuleDocument;
  chosen: string | undefined;
  marks: Marks;
  edit: ((edit: Edit) => void) | null;
  onChoose: (rule: string) => void;
}

/** The rules of a document in their order, each with what was found about it. */
export function RuleList({ doc, chosen, marks, edit, onChoose }: Props) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const [find, setFind] = useState('');
  const wanted = find.trim().toLowerCase();
  const titleOf = (rule: string): string => {
    const note = doc.notes[rule];
    return note ? say(note.title) : '';
  };
  const shown = doc.rules.filter(({ name }) => `${name} ${titleOf(name)}`.toLowerCase().includes(wanted));
  const menu = (name: string, at: number) => ({
    items: [
      { key: 'add', label: t('addRule') },
      { key: 'up', label: t('moveUp'), disabled: at === 0 },
      { key: 'down', label: t('moveDown'), disabled: at === doc.rules.length - 1 },
      { key: 'remove', label: t('removeRule'), danger: true, disabled: doc.rules.length === 1 },
    ],
    onClick: ({ key }: { key: string }) => {
      if (key === 'add') {
        const added = nextRuleName(doc);
        edit?.(addRule(name, added));
        onChoose(added);
      } else if (key === 'remove') edit?.(removeRule(name));
      else edit?.(moveRule(name, key === 'up' ? -1 : 1));
    },
  });
  return (
    <section className="panel rule-list" aria-label={t('rules')}>
      <h2 className="minor">{t('rulesCount', { count: doc.rules.length })}</h2>
      {doc.rules.length > 8 && (
        <Input
          size="small"
          allowClear
          value={find}
          aria-label={t('find')}
          placeholder={t('find')}
          onChange={({ target }) => setFind(target.value)}
        />
      )}
      <ol>
        {shown.map((rule) => {
          const at = doc.rules.indexOf(rule);
          return (
            <li key={rule.name} aria-current={rule.name === chosen ? 'true' : undefined}>
              <button type="button" className="plain-button" onClick={() => onChoose(rule.name)}>
                <span className={`event-dot event-${rule.event.type}`} aria-hidden="true" />
                <span className="grow">
                  <code className="quiet small">{rule.name}</code> {titleOf(rule.name)}
                </span>
                <Mark mark={marks.byRule[rule.name]} />
              </button>
              {edit && (
                <Dropdown menu={menu(rule.name, at)} trigger={['click']}>
                  <Button size="small" type="text" aria-label={`${t('rowMenu')} ${rule.name}`}>
                    ⋯
                  </Button>
                </Dropdown>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Icon and word, never colour alone. */
export function Mark({ mark }: { mark: Marks['byRule'][string] | undefined }) {
  const { t } = useTranslation('ruleEditor');
  if (!mark) return null;
  return <span className={`mark mark-${mark}`}>{t(`severityMark.${mark}`)}</span>;
}
