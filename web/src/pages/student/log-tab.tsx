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
  const nameOf = useTargetName();
  const wordsOf = useEventWords();
  return (
    <PartLoading query={useQuery(eventsQuery(student.id))}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState words={t('log.none')} />
        ) : (
          <ol className="log panel" style={{ padding: 0 }}>
            {[...items].reverse().map((event, index) => {
              const pathway = student.pathways.find(({ id }) => id === event.pathwayId);
              return (
                <li key={`${event.at} ${event.kind} ${event.object?.id ?? index}`}>
                  <span className="quiet nowrap">{instantText(event.at)}</span>
                  <span className={pathway ? `hue-${pathway.type}` : 'quiet'}>{pathway && nameOf(pathway)}</span>
                  <span>{wordsOf(event)}</span>
                </li>
              );
            })}
          </ol>
        )
      }
    </PartLoading>
  );
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
