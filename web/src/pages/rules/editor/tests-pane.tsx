import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActDialog } from '../../../components/act-dialog.tsx';
import { useText } from '../../../components/use-text.ts';
import { VerdictTag } from '../../../components/verdict-tag.tsx';
import type { RuleDocument, Scalar, TestCase } from '../../../rules-editor/document.ts';
import type { Edit } from '../../../rules-editor/edit.ts';
import { moveTests, movedThresholds, testsAt } from '../../../rules-editor/thresholds.ts';
import { removeTest, setExpected } from '../../../rules-editor/edit.ts';
import type { Checks } from './use-checks.ts';
import { useShown } from './use-shown.ts';

type Report = NonNullable<Checks['tests']>[number];

interface Props {
  doc: RuleDocument;
  tests: Checks['tests'];
  asked: Checks['asked'];
  /** What the draft was opened from. */
  before: RuleDocument | null;
  edit: ((edit: Edit) => void) | null;
}

/** A test states what it cares about: of what came out, the same and no more. */
export function expectationOf(got: Report['got'], like?: TestCase['expect']): TestCase['expect'] {
  const states = (key: 'code' | 'params' | 'fired' | 'missing') => like === undefined || like[key] !== undefined;
  const params = got.params as Record<string, Scalar> | undefined;
  return {
    type: got.type,
    ...(params && Object.keys(params).length > 0 && (states('params') || like?.type !== got.type) && { params }),
    ...(got.fired.length > 0 && states('fired') && { fired: got.fired }),
    ...(got.type === 'undetermined' && { missing: [...got.missing].sort() }),
  };
}

/** The document's tests as rows: those that fail first, each with what it now gives. */
export function TestsPane({ doc, tests, asked, before, edit }: Props) {
  const { t } = useTranslation('ruleEditor');
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState(false);
  if (!tests) return <p className="quiet">{t('testsWaiting')}</p>;
  const rows = doc.tests.cases.map((test, index) => ({ test, index, report: tests[index] }));
  const failing = rows.filter(({ test, report }) => report?.name === test.name && !report.passed);
  const shown = all || failing.length === 0 ? rows : failing;
  const accept = ({ test, index, report }: (typeof rows)[number]) =>
    report && edit?.(setExpected(index, expectationOf(report.got, test.expect)));
  return (
    <div className="stack">
      <p className={failing.length > 0 ? 'truth-false' : 'truth-true'}>
        {failing.length === 0 ? t('testsPassed', { count: rows.length }) : t('testsFailed', { count: failing.length })}
      </p>
      {failing.length > 0 && (
        <div className="row">
          {failing.length < rows.length && (
            <Checkbox checked={!all} onChange={({ target }) => setAll(!target.checked)}>
              {t('onlyFailed')}
            </Checkbox>
          )}
          {edit && failing.length > 1 && (
            <Button size="small" onClick={() => setAsking(true)}>
              {t('acceptAll', { count: failing.length })}
            </Button>
          )}
        </div>
      )}
      {edit && before && <MovedTests doc={doc} before={before} edit={edit} />}
      {asked && failing.length === 0 && <Asked asked={asked} />}
      <ul className="finding-list">
        {shown.slice(0, 100).map((row) => (
          <TestRow
            key={row.test.name}
            doc={doc}
            row={row}
            onAccept={edit && (() => accept(row))}
            onRemove={edit && (() => edit(removeTest(row.index)))}
          />
        ))}
      </ul>
      <ActDialog
        open={asking}
        title={t('acceptAllAsk', { count: failing.length })}
        explain={t('acceptAllExplain')}
        confirm={t('accept')}
        act={async () => failing.forEach(accept)}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

/** A bound has moved, and tests still stand where it was: they move with it at one click. */
function MovedTests({ doc, before, edit }: { doc: RuleDocument; before: RuleDocument; edit: (edit: Edit) => void }) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const { shown } = useShown();
  const moves = movedThresholds(before, doc).filter((move) => testsAt(doc, move) > 0);
  return moves.map((move) => {
    const fact = doc.facts[move.fact];
    if (!fact) return null;
    const words = { fact: say(fact.title), from: shown(fact, move.from), to: shown(fact, move.to) };
    return (
      <div key={move.fact} className="finding finding-warning">
        <p>{t('moved', { ...words, count: testsAt(doc, move) })}</p>
        <Button size="small" type="primary" onClick={() => edit(moveTests(move))}>
          {t('movedDo', words)}
        </Button>
      </div>
    );
  });
}

/** Whether the tests ask enough: rules none of them reaches, bounds none of them touches. */
function Asked({ asked }: { asked: NonNullable<Checks['asked']> }) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  if (asked.faults.length === 0) return null;
  return (
    <details>
      <summary>{t('asked', { count: asked.faults.length })}</summary>
      <ul className="facts-list small">
        {asked.faults.slice(0, 40).map(({ pointer, code, text }) => (
          <li key={`${pointer} ${code}`}>{text ? say(text) : code}</li>
        ))}
      </ul>
    </details>
  );
}

interface RowProps {
  doc: RuleDocument;
  row: { test: TestCase; report: Report | undefined };
  onAccept: (() => void) | null;
  onRemove: (() => void) | null;
}

function TestRow({ doc, row: { test, report }, onAccept, onRemove }: RowProps) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const { shown } = useShown();
  const fresh = report?.name === test.name ? report : undefined;
  const words = Object.entries(test.facts).flatMap(([fact, value]) => {
    const typed = doc.facts[fact];
    return typed ? [`${say(typed.title)}：${shown(typed, value)}`] : [];
  });
  return (
    <li className={`finding finding-${fresh && !fresh.passed ? 'error' : 'note'}`}>
      <div className="row" style={{ gap: 6, alignItems: 'baseline' }}>
        <span className={`truth truth-${fresh?.passed ?? 'unknown'}`}>
          {fresh?.passed ? <CheckCircleFilled aria-hidden="true" /> : <CloseCircleFilled aria-hidden="true" />}
        </span>
        <strong className="grow">{test.name}</strong>
        {onRemove && (
          <Button size="small" type="text" aria-label={`${t('removeTest')} ${test.name}`} onClick={onRemove}>
            ✕
          </Button>
        )}
      </div>
      <p className="quiet small">{[...words, ...(words.length < 3 ? [t('baseFacts')] : [])].join(' · ')}</p>
      {fresh && !fresh.passed && (
        <div className="row" style={{ gap: 6 }}>
          <span className="small quiet">{t('expected')}</span>
          <Expected doc={doc} expect={test.expect} />
          <span className="small quiet">{t('got')}</span>
          <Expected doc={doc} expect={expectationOf(fresh.got)} />
          {onAccept && (
            <Button size="small" onClick={onAccept}>
              {t('accept')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

/** An expectation in words: the answer with its particulars, and the rules that must hold. */
function Expected({ doc, expect }: { doc: RuleDocument; expect: TestCase['expect'] }) {
  const say = useText();
  const { shown, unit } = useShown();
  const type = expect.type as Report['got']['type'];
  const outcome = type === 'grant' || type === 'deny' || type === 'refer' ? doc.decision.outcomes[type] : undefined;
  const params = Object.entries(expect.params ?? {}).map(([name, value]) => {
    const typed = outcome?.params?.[name];
    return typed ? `${typed.title ? say(typed.title) : name} ${shown(typed, value)}${unit(typed)}` : `${name} ${value}`;
  });
  const missing = (expect.missing ?? []).flatMap((fact) => (doc.facts[fact] ? [say(doc.facts[fact].title)] : []));
  return (
    <span className="row" style={{ gap: 4 }}>
      <VerdictTag type={type} {...(outcome && { words: say(outcome.title) })} />
      <span className="small">{[...params, ...(expect.fired ?? []), ...missing].join(' · ')}</span>
    </span>
  );
}
