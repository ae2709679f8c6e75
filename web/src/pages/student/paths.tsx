import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { eventsQuery } from '../../api/students.ts';
import type { Pathway, Student, StudentEvent } from '../../api/students.ts';
import { useTargetName } from '../../components/target-name.tsx';
import { legalDateOf, shortDateText } from '../../i18n/dates.ts';

const steps = {
  diploma: ['collecting', 'deciding', 'public_notice', 'sign_off', 'issued'],
  skill: ['application', 'collecting', 'assessment', 'deciding', 'public_notice', 'sign_off', 'issued'],
} as const;
type Step = (typeof steps)['skill'][number];

/** Done, now and next of each certificate, with the dates on which a step was done. */
export function Paths({ student }: { student: Student }) {
  const { t } = useTranslation('student');
  const may = useMay();
  const { data } = useQuery({ ...eventsQuery(student.id), enabled: may('pathways.read') });
  const nameOf = useTargetName();
  return (
    <section className="panel stack">
      <h2>{t('path.heading')}</h2>
      <div className="rail">
        {student.pathways.map((pathway) => (
          <Rail key={pathway.id} name={nameOf(pathway)} pathway={pathway} events={data?.items ?? []} />
        ))}
      </div>
    </section>
  );
}

function Rail({ name, pathway, events }: { name: string; pathway: Pathway; events: readonly StudentEvent[] }) {
  const { t } = useTranslation('student');
  const own: readonly Step[] = steps[pathway.type];
  const now = stepOf(pathway);
  const at = now === null ? -1 : own.indexOf(now);
  const finished = pathway.stage.name === 'issued';
  return (
    <>
      <span className={`target hue-${pathway.type}`}>{name}</span>
      <ol className={`hue-${pathway.type}`}>
        {own.map((step, index) => {
          const state = index < at || finished ? 'done' : index === at ? 'now' : 'next';
          const done = state === 'done' ? doneOn(step, pathway, events) : null;
          return (
            <li key={step} className={state} aria-current={state === 'now' ? 'step' : undefined}>
              <span className="label">
                {t(`path.steps.${step}`)}
                <span className="visually-hidden">{t(`path.${state}`)}</span>
              </span>
              <span className="when">{state === 'now' ? t('path.now') : done}</span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

/** Conditions not met yet send the student back to collecting, not on to the audit. */
export function stepOf({ stage, type, appliedOn }: Pathway): Step | null {
  switch (stage.name) {
    case 'refused':
      return type === 'skill' && appliedOn === null ? 'application' : 'collecting';
    case 'referred':
      return 'deciding';
    case 'issuing':
      return 'issued';
    case 'assessment':
      return type === 'skill' ? 'assessment' : 'collecting';
    case 'suspended':
    case 'closed':
      return null;
    default:
      return stage.name;
  }
}

const marks: Record<Exclude<Step, 'collecting' | 'application'>, string> = {
  assessment: 'level_result_recorded',
  deciding: 'decided',
  public_notice: 'notice_closed',
  sign_off: 'signed_off',
  issued: 'certificate_issued',
};

function doneOn(step: Step, { id, appliedOn }: Pathway, events: readonly StudentEvent[]): string | null {
  if (step === 'collecting') return null;
  if (step === 'application') return appliedOn && shortDateText(appliedOn);
  const last = events.filter(({ kind, pathwayId }) => pathwayId === id && kind === marks[step]).at(-1);
  return last ? shortDateText(legalDateOf(last.at)) : null;
}
