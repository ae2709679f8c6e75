import { useQuery } from '@tanstack/react-query';
import { App, Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import type { components, paths } from '../../../api/schema.d.ts';
import { useMay } from '../../../api/session.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { TruthMark } from '../../../components/reason-panel.tsx';
import { useTargetName } from '../../../components/target-name.tsx';
import { useText } from '../../../components/use-text.ts';
import { VerdictTag } from '../../../components/verdict-tag.tsx';
import { dateText } from '../../../i18n/dates.ts';
import type { FactValues, RuleDocument } from '../../../rules-editor/document.ts';
import type { Edit } from '../../../rules-editor/edit.ts';
import { addTest } from '../../../rules-editor/edit.ts';
import { StudentPicker } from '../student-picker.tsx';
import type { Student } from '../student-picker.tsx';
import { expectationOf } from './tests-pane.tsx';
import { ValueInput } from './value-input.tsx';

type Trial = components['schemas']['RuleTrial'];
type Body = NonNullable<paths['/v1/rule-drafts/{id}/try']['post']['requestBody']>['content']['application/json'];
export type TrialAsked = Omit<Body, 'document'>;

interface Props {
  doc: RuleDocument;
  facts: FactValues;
  onFacts: (facts: FactValues) => void;
  ask: (asked: TrialAsked) => Promise<Trial>;
  edit: ((edit: Edit) => void) | null;
  /** What the document is called beside the rules in force. */
  named?: string;
}

/** One case under this document and under the rules in force. A good one becomes a test at one click. */
export function TrialPane({ doc, facts, onFacts, ask, edit, named }: Props) {
  const { t } = useTranslation('ruleEditor');
  const { message } = App.useApp();
  const may = useMay();
  const [how, setHow] = useState<'typed' | 'student'>('typed');
  const [asked, setAsked] = useState<TrialAsked>({});
  const [trial, setTrial] = useState<Trial | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const canChoose = may('students.read') && ['pathway', 'outcome', 'outcome_course'].includes(doc.decision.subject);
  const run = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      setTrial(await ask(how === 'typed' ? { facts } : asked));
    } catch (error) {
      setTrial(null);
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const keep = (one: Trial) => {
    const name = t('trialName', { date: dateText(new Date().toISOString().slice(0, 10)) });
    edit?.(addTest(name, one.facts as FactValues, expectationOf(one.draft.verdict)));
    void message.success(t('trialKept', { name }));
  };
  const ready = how === 'typed' || asked.pathwayId !== undefined || asked.outcomeId !== undefined;
  return (
    <div className="stack">
      {canChoose && (
        <Segmented<'typed' | 'student'>
          value={how}
          onChange={setHow}
          options={[
            { value: 'typed', label: t('trialTyped') },
            { value: 'student', label: t('trialStudent') },
          ]}
        />
      )}
      {how === 'typed' ? (
        <FactsForm doc={doc} facts={facts} onChange={onFacts} />
      ) : (
        <Chosen subject={doc.decision.subject} asked={asked} onChange={setAsked} />
      )}
      <div>
        <Button type="primary" loading={busy} disabled={!ready} onClick={() => void run()}>
          {t('trialRun')}
        </Button>
      </div>
      <ProblemAlert error={refusal} />
      {!trial && refusal === null && <p className="quiet">{t('trialEmpty')}</p>}
      {trial && (
        <div className="stack" aria-live="polite">
          {!trial.evaluatorsAgree && <p style={{ color: 'var(--refused)' }}>{t('disagree')}</p>}
          {trial.hidden.length > 0 && <p className="quiet small">{t('hidden')}</p>}
          {trial.inForce && <strong>{t(sameAnswer(trial) ? 'trialSame' : 'trialChanged')}</strong>}
          <OneAnswer title={named ?? t('trialDraft')} answer={trial.draft} />
          {trial.inForce ? (
            <OneAnswer title={t('trialNow')} answer={trial.inForce} />
          ) : (
            <p className="quiet small">{t('trialNone')}</p>
          )}
          {edit && trial.hidden.length === 0 && (
            <div>
              <Button onClick={() => keep(trial)}>{t('trialKeep')}</Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function sameAnswer({ draft, inForce }: Trial): boolean {
  return draft.title.en === inForce?.title.en && draft.verdict.type === inForce.verdict.type;
}

function OneAnswer({ title, answer }: { title: string; answer: Trial['draft'] }) {
  const say = useText();
  const tone = answer.verdict.type === 'deny' ? 'deny' : 'grant';
  return (
    <section>
      <h3 className="quiet small">{title}</h3>
      <VerdictTag type={answer.verdict.type} words={say(answer.title)} />
      <ul className="facts-list small">
        {answer.reasons.slice(0, 8).map((reason) => (
          <li key={`${reason.rule} ${reason.node} ${reason.fact}`}>
            <TruthMark truth={reason.truth} tone={tone} /> {reason.rule && <code className="quiet">{reason.rule}</code>}{' '}
            {say(reason.text)}
          </li>
        ))}
        {answer.nearMisses.slice(0, 1).map((miss) => (
          <li key={miss.rule}>{say(miss.text)}</li>
        ))}
      </ul>
    </section>
  );
}

function FactsForm({ doc, facts, onChange }: { doc: RuleDocument; facts: FactValues; onChange: Props['onFacts'] }) {
  const say = useText();
  return (
    <div className="trial-facts">
      {Object.entries(doc.facts).map(([id, fact]) => (
        <div key={id}>
          <span className="quiet small">{say(fact.title)}</span>
          <ValueInput
            typed={fact}
            several={fact.type === 'list'}
            nullable
            value={facts[id]}
            label={say(fact.title)}
            onChange={(value) => onChange({ ...facts, [id]: value as FactValues[string] })}
          />
        </div>
      ))}
    </div>
  );
}

interface ChosenProps {
  subject: string;
  asked: TrialAsked;
  onChange: (asked: TrialAsked) => void;
}

function Chosen({ subject, asked, onChange }: ChosenProps) {
  const [student, setStudent] = useState<Student | null>(null);
  const pick = (one: Student | null) => {
    setStudent(one);
    onChange({});
  };
  return (
    <div className="stack" style={{ gap: 8 }}>
      <StudentPicker onPick={pick} />
      {student &&
        (subject === 'pathway' ? (
          <PathwayChoice student={student} asked={asked} onChange={onChange} />
        ) : (
          <OutcomeChoice
            student={student}
            asked={asked}
            onChange={onChange}
            withCourse={subject === 'outcome_course'}
          />
        ))}
    </div>
  );
}

type ChoiceProps = Omit<ChosenProps, 'subject'> & { student: Student };

function PathwayChoice({ student, asked, onChange }: ChoiceProps) {
  const { t } = useTranslation('ruleEditor');
  const nameOf = useTargetName();
  const { data } = useQuery({
    queryKey: ['student', student.id],
    queryFn: () => answer(api.GET('/v1/students/{id}', { params: { path: { id: student.id } } })),
  });
  if (data?.pathways.length === 0) return <p className="quiet">{t('trialNoPathway')}</p>;
  return (
    <Select<string>
      aria-label={t('trialPathway')}
      placeholder={t('trialPathway')}
      loading={!data}
      value={asked.pathwayId}
      options={data?.pathways.map((pathway) => ({ value: pathway.id, label: nameOf(pathway) })) ?? []}
      onChange={(pathwayId) => onChange({ pathwayId })}
    />
  );
}

function OutcomeChoice({ student, asked, onChange, withCourse }: ChoiceProps & { withCourse: boolean }) {
  const { t } = useTranslation('ruleEditor');
  const path = { id: student.id };
  const outcomes = useQuery({
    queryKey: ['student-outcomes', student.id],
    queryFn: () => answer(api.GET('/v1/students/{id}/outcomes', { params: { path } })),
  });
  const plan = useQuery({
    queryKey: ['plan', student.planId],
    enabled: withCourse,
    queryFn: () => answer(api.GET('/v1/plans/{id}', { params: { path: { id: student.planId } } })),
  });
  if (outcomes.data?.items.length === 0) return <p className="quiet">{t('trialNoOutcome')}</p>;
  return (
    <>
      <Select<string>
        aria-label={t('trialOutcome')}
        placeholder={t('trialOutcome')}
        loading={outcomes.isPending}
        value={asked.outcomeId}
        options={outcomes.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        onChange={(outcomeId) => onChange({ ...asked, outcomeId })}
      />
      {withCourse && (
        <Select<string>
          aria-label={t('trialCourse')}
          placeholder={t('trialCourse')}
          showSearch
          optionFilterProp="label"
          value={asked.courseId}
          options={plan.data?.courses.map(({ id, name, code }) => ({ value: id, label: `${name} ${code}` })) ?? []}
          onChange={(courseId) => onChange({ ...asked, courseId })}
        />
      )}
    </>
  );
}
