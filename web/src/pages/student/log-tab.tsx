import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { eventsQuery } from '../../api/students.ts';
import type { Student, StudentEvent } from '../../api/students.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useTargetName } from '../../components/target-name.tsx';
import { dateText, instantText } from '../../i18n/dates.ts';
import { PartLoading } from './part-loading.tsx';

/** Everything that has happened in the case, newest first. */
export function LogTab({ student }: { student: Student }) {
  const { t } = useTranslation('student');
  return (
    <PartLoading query={useQuery(eventsQuery(student.id))}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState words={t('log.none')} />
        ) : (
          <ol className="log panel" style={{ padding: 0 }}>
            {gather([...items].reverse()).map((group) => (
              <LogLine
                key={`${group[0]?.at} ${group[0]?.kind} ${group[0]?.object?.id}`}
                group={group}
                student={student}
              />
            ))}
          </ol>
        )
      }
    </PartLoading>
  );
}

function LogLine({ group, student }: { group: readonly StudentEvent[]; student: Student }) {
  const { t } = useTranslation('student');
  const nameOf = useTargetName();
  const wordsOf = useEventWords();
  const [event] = group;
  if (!event) return null;
  const pathway = student.pathways.find(({ id }) => id === event.pathwayId);
  const names = group.map(({ object }) => object?.name).filter(Boolean);
  return (
    <li>
      <span className="quiet nowrap">{instantText(event.at)}</span>
      <span className={pathway ? `hue-${pathway.type}` : 'quiet'}>{pathway && nameOf(pathway)}</span>
      {group.length === 1 ? (
        <span>{wordsOf(event)}</span>
      ) : (
        <span>
          {t('log.scores', { count: group.length })} <span className="quiet small">{names.join(t('log.comma'))}</span>
        </span>
      )}
    </li>
  );
}

/** Scores that came with one act, an import say, stand on one line. */
export function gather(events: readonly StudentEvent[]): StudentEvent[][] {
  const groups: StudentEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    const same = last?.[0]?.kind === 'scores_recorded' && event.kind === 'scores_recorded' && last[0].at === event.at;
    if (last && same) last.push(event);
    else groups.push([event]);
  }
  return groups;
}

function useEventWords(): (event: StudentEvent) => string {
  const { t, i18n } = useTranslation(['student', 'verdict']);
  return ({ kind, object, detail }) => {
    const { enrolledOn, outcome, reason } = detail;
    const known = i18n.exists(`log.event.${kind}`, { ns: 'student' });
    return t(known ? `log.event.${kind as 'decided'}` : 'log.event.other', {
      kind,
      name: object?.name ?? '',
      reason: reason ?? '',
      enrolledOn: typeof enrolledOn === 'string' ? dateText(enrolledOn) : '',
      outcome: typeof outcome === 'string' ? t(`verdict:type.${outcome as 'grant'}`, { defaultValue: outcome }) : '',
    });
  };
}
