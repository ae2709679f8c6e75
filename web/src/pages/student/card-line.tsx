import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useIsStudent } from '../../api/session.ts';
import { coursesQuery } from '../../api/students.ts';
import type { Pathway, Student } from '../../api/students.ts';
import { useNoRuleWords } from '../../components/no-rule.ts';
import { isNotMetYet } from '../../components/not-met.ts';
import { StageTag } from '../../components/stage-tag.tsx';
import { useText } from '../../components/use-text.ts';
import { VerdictTag } from '../../components/verdict-tag.tsx';
import { WaitingSentence } from '../../components/waiting-sentence.tsx';
import { dateText, decimalText } from '../../i18n/dates.ts';
import { isNear } from './is-near.ts';
import { MissingList } from './missing-list.tsx';
import { PathwayAct } from './pathway-act.tsx';
import { ProgressFacts } from './progress-facts.tsx';

interface Props {
  student: Student;
  pathway: Pathway;
  onWhy: (pathway: Pathway) => void;
}

/** One certificate aimed at: the verdict, who is waited for, progress, what is missing, near misses. */
export function CardLine({ student, pathway, onWhy }: Props) {
  const { t } = useTranslation(['verdict', 'student']);
  const say = useText();
  const { type, level, verdict, title, stage, appliedOn, nearMisses, certificate, noRule } = pathway;
  const own = useIsStudent();
  const noRuleWords = useNoRuleWords();
  const unmet = isNotMetYet(verdict.type, stage.name);
  const near = nearMisses.find(isNear);
  return (
    <div className="card-line">
      <div className="top">
        {level && <h3>{t(`levelLong.${level}`)}</h3>}
        <VerdictTag type={verdict.type} words={unmet ? t('notMet') : say(title)} />
        {stage.name !== 'refused' && <StageTag name={stage.name} />}
        {appliedOn && (
          <span className="quiet small">{t('student:cards.appliedOn', { date: dateText(appliedOn) })}</span>
        )}
      </div>
      <p className="sentence">
        <WaitingSentence stage={stage} today={student.today} own={own} />
      </p>
      {noRule && <p className="small">{noRuleWords(noRule)}</p>}
      {type === 'diploma' && <CreditBar id={student.id} />}
      <ProgressFacts pathway={pathway} />
      {stage.name !== 'application' && <MissingList missing={stage.missing} />}
      {near && (
        <div>
          <span className="quiet small">{t('cards.near')}</span>
          <div>{say(near.text)}</div>
        </div>
      )}
      <div className="row">
        <PathwayAct student={student} pathway={pathway} />
        <Button size="small" onClick={() => onWhy(pathway)}>
          {t('cards.showWhy')}
        </Button>
        {certificate && (
          <Link to="/certificates/$certificateId" params={{ certificateId: certificate }}>
            {t('cards.certificateIssued')}
          </Link>
        )}
      </div>
    </div>
  );
}

function CreditBar({ id }: { id: string }) {
  const { t } = useTranslation('student');
  const { data } = useQuery(coursesQuery(id));
  if (!data || data.creditsEarned === null || data.creditsNeeded === 0) return null;
  const { creditsEarned: earned, creditsNeeded: needed } = data;
  const words = t('cards.credits', { earned: decimalText(earned, 1), needed: decimalText(needed, 1) });
  return (
    <div>
      <span className="small quiet">{words}</span>
      <div
        className="credit-bar"
        role="progressbar"
        aria-label={t('cards.creditsLabel')}
        aria-valuenow={earned}
        aria-valuemin={0}
        aria-valuemax={needed}
        aria-valuetext={words}
      >
        <span style={{ width: `${Math.min(100, (earned / needed) * 100)}%` }} />
      </div>
    </div>
  );
}
