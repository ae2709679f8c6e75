import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ScrollFrame } from '../../components/scroll-frame.tsx';
import { useText } from '../../components/use-text.ts';
import { changeKinds } from '../../search/previews.ts';
import { Matrix } from './matrix.tsx';
import { OutcomeTag, useTargetWords } from './outcome.tsx';
import type { Outcome } from './outcome.tsx';
import type { Result } from './use-preview.ts';

const outcomes: readonly Outcome[] = ['grant', 'deny', 'refer', 'undetermined', 'out-of-scope', 'no-rule', 'error'];
const sides = ['none', 'gain', 'lose', 'other', 'reason'] as const;

/** The same changes counted every way an approver asks; each number leads to its students. */
export function Counts({ result }: { result: Result }) {
  const { t } = useTranslation('previews');
  const say = useText();
  const words = useTargetWords();
  const purposes = [...new Set(result.matrix.map(({ purpose }) => purpose))];
  return (
    <div className="stack">
      {purposes.map((purpose) => (
        <Section key={purpose} title={t('matrixOf', { purpose: t(`purpose.${purpose}`) })} note={t('matrixExplain')}>
          <Matrix
            rows={outcomes}
            columns={outcomes}
            corner={`${t('column.before')} ↓ ${t('column.after')} →`}
            name={(type) => <OutcomeTag type={type} />}
            count={(from, to) =>
              result.matrix.find((one) => one.purpose === purpose && one.from === from && one.to === to)?.count ?? 0
            }
            search={(from, to) => ({ from, to })}
          />
        </Section>
      ))}
      {result.certificates.length > 0 && (
        <Section title={t('section.certificates')} note={t('certificatesExplain')}>
          <Matrix
            rows={sides}
            columns={sides}
            corner={`${t('diploma')} ↓ ${t('skill')} →`}
            name={(side) => t(`change.${side}`)}
            count={(diploma, skill) =>
              result.certificates.find((one) => one.diploma === diploma && one.skill === skill)?.students ?? 0
            }
          />
        </Section>
      )}
      <Section title={t('section.rules')}>
        <RuleTable rules={result.rules} />
      </Section>
      <PlaceTable
        title={t('section.targets')}
        rows={result.targets.map(({ target, counts }) => ({ key: target, name: words(target), counts }))}
        filter="target"
      />
      <PlaceTable
        title={t('section.programmes')}
        rows={result.programmes.map(({ id, name, counts }) => ({ key: id, name: say(name), counts }))}
        filter="programme"
      />
      <PlaceTable
        title={t('section.classes')}
        rows={result.classes.map(({ id, name, counts }) => ({ key: id, name: say(name), counts }))}
        filter="class"
      />
    </div>
  );
}

function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="preview-h">{title}</h2>
      {note && <p className="quiet small">{note}</p>}
      {children}
    </section>
  );
}

function RuleTable({ rules }: { rules: Result['rules'] }) {
  const { t } = useTranslation('previews');
  const say = useText();
  if (rules.length === 0) return <p className="quiet">{t('noneChanged')}</p>;
  return (
    <ScrollFrame>
      <table className="dense">
        <thead>
          <tr>
            <th scope="col">{t('column.ruleName')}</th>
            <th scope="col" className="num">
              {t('column.gained')}
            </th>
            <th scope="col" className="num">
              {t('column.lost')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ key, title, rule, gained, lost }) => (
            <tr key={key}>
              <th scope="row">
                <Link from="/previews/$previewId" to="." search={{ tab: 'students', rule: key }}>
                  {say(title)}
                </Link>{' '}
                <span className="quiet small">{rule}</span>
              </th>
              <td className="num">{gained}</td>
              <td className="num">{lost}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

interface PlaceRow {
  key: string;
  name: string;
  counts: Result['classes'][number]['counts'];
}

function PlaceTable({
  title,
  rows,
  filter,
}: {
  title: string;
  rows: readonly PlaceRow[];
  filter: 'target' | 'programme' | 'class';
}) {
  const { t } = useTranslation('previews');
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <ScrollFrame>
        <table className="dense">
          <thead>
            <tr>
              <th scope="col">{t(filter === 'target' ? 'column.target' : `column.${filter}`)}</th>
              {changeKinds.map((change) => (
                <th scope="col" className="num" key={change} title={t(`changeExplain.${change}`)}>
                  {t(`change.${change}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, counts }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {changeKinds.map((change) => (
                  <td className="num" key={change}>
                    {counts[change] === 0 ? (
                      <span className="quiet">0</span>
                    ) : (
                      <Link from="/previews/$previewId" to="." search={{ tab: 'students', change, [filter]: key }}>
                        {counts[change]}
                      </Link>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </Section>
  );
}
