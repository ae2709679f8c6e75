import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.d.ts';
import { TargetName, useTargetName } from './target-name.tsx';
import { useText } from './use-text.ts';
import './cohort-progress.css';

type Cohort = components['schemas']['Cohort'];
type Progress = components['schemas']['CohortProgress'];

/** A cohort in a few lines: its classes, and how far both certificates have come. */
export function CohortProgress({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('students');
  const say = useText();
  return (
    <section className="panel cohort">
      <div>
        <h2 className="sub">
          <Link to="/students" search={{ cohort: cohort.cohort }}>
            {t('cohortName', { cohort: cohort.cohort })} {say(cohort.programme.name)}
          </Link>
        </h2>
        <div className="row small">
          <span className="quiet">{t('cohortLine', { count: cohort.students })}</span>
          {cohort.classes.map(({ id, name, students }) => (
            <Link key={id} to="/students" search={{ cohort: cohort.cohort, class: id }}>
              {name} <span className="quiet">{students}</span>
            </Link>
          ))}
        </div>
      </div>
      <div className="cohort-bars">
        {cohort.progress.map((progress) => (
          <Bar key={`${progress.type} ${progress.level}`} progress={progress} cohort={cohort.cohort} />
        ))}
      </div>
    </section>
  );
}

function Bar({ progress, cohort }: { progress: Progress; cohort: number }) {
  const { t } = useTranslation('students');
  const { type, level, standard, total, verdicts, stages } = progress;
  const nameOf = useTargetName();
  const target = { type, level, standard: standard && { id: '', code: '', edition: '', name: standard } };
  const done = verdicts.grant ?? 0;
  const denied = verdicts.deny ?? 0;
  const issued = stages.issued ?? 0;
  const share = (part: number) => `${total === 0 ? 0 : (part / total) * 100}%`;
  const filter = type === 'diploma' ? 'diploma' : level === 'four' || level === 'three' ? level : undefined;
  return (
    <>
      <Link className="cohort-target" to="/students" search={{ cohort, target: filter }}>
        <TargetName target={target} />
      </Link>
      <div
        className={`cohort-bar hue-${type}`}
        role="img"
        aria-label={t('progressLabel', { target: nameOf(target), done, denied, waiting: total - done - denied, total })}
      >
        <span style={{ width: share(done) }} />
        <span className="denied" style={{ width: share(denied) }} />
      </div>
      <span className="small nowrap">
        {t('progress', { done, total })}
        {denied > 0 && <span className="truth-false"> · {t('progressDenied', { count: denied })}</span>}
        {issued > 0 && <span className="quiet"> · {t('progressIssued', { count: issued })}</span>}
      </span>
    </>
  );
}
