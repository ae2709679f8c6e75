import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Grounds } from '../../components/reason-panel.tsx';
import { useText } from '../../components/use-text.ts';
import { ChangeTag, OutcomeTag, useTargetWords } from './outcome.tsx';
import { StudentName } from './student-name.tsx';
import { TurnedList } from './turned.tsx';
import type { Preview } from './use-preview.ts';

type StudentPreview = components['schemas']['StudentPreview'];
type Item = StudentPreview['items'][number];
type Side = components['schemas']['PreviewSide'];

interface Props {
  preview: Preview;
  /** Null closes the drawer. */
  studentId: string | null;
  onClose: () => void;
}

/** One student under both rules: outcome, grounds, what turned, what would be needed. */
export function StudentDrawer({ preview, studentId, onClose }: Props) {
  const { t } = useTranslation('previews');
  const path = { id: preview.id, studentId: studentId ?? '' };
  const { data, error } = useQuery({
    queryKey: ['preview-student', preview.id, studentId],
    queryFn: () => answer(api.GET('/v1/previews/{id}/students/{studentId}', { params: { path } })),
    enabled: studentId !== null,
  });
  const title = data ? <StudentName student={data.student} /> : t('drawer.title');
  return (
    <Drawer open={studentId !== null} onClose={onClose} size={920} title={title} destroyOnHidden>
      <ProblemAlert error={error} />
      {!data && !error && <Skeleton active />}
      {data && (
        <div className="stack">
          {data.student.studentNo !== null && (
            <p>
              <Link to="/students/$studentId" params={{ studentId: data.student.id }}>
                {t('drawer.openStudent')}
              </Link>
            </p>
          )}
          {data.items.map((item) => (
            <OneItem
              key={`${item.purpose} ${item.target} ${item.course?.id ?? ''}`}
              item={item}
              draftHash={preview.revision ? null : preview.draftHash}
            />
          ))}
        </div>
      )}
    </Drawer>
  );
}

function OneItem({ item, draftHash }: { item: Item; draftHash: string | null }) {
  const { t } = useTranslation('previews');
  const words = useTargetWords();
  const { purpose, target, course, change, turned, before, after, moved } = item;
  const head = (
    <h3>
      {words(target)}
      {course && ` · ${course.name}`}
      {purpose === 'eligibility' && ` · ${t('purpose.eligibility')}`}{' '}
      {change ? <ChangeTag change={change} /> : <span className="quiet small">{t('drawer.unchanged')}</span>}
    </h3>
  );
  if (change === null)
    return (
      <section className="panel">
        {head}
        <OutcomeTag type={after.type} title={after.title} />
      </section>
    );
  return (
    <section className="panel stack">
      {head}
      {moved && <Alert type="info" showIcon title={t('drawer.moved')} />}
      <p>
        <strong>{t('drawer.turned')}</strong>
      </p>
      <TurnedList turned={turned} />
      <div className="preview-sides">
        <SideColumn title={t('drawer.before')} side={before} draftHash={null} />
        <SideColumn title={t('drawer.after')} side={after} draftHash={draftHash} />
      </div>
    </section>
  );
}

/** A draft that is not frozen has no page of its own. */
function SideColumn({ title, side, draftHash }: { title: string; side: Side; draftHash: string | null }) {
  const { t } = useTranslation('previews');
  const say = useText();
  const { type, rule, ...why } = side;
  const isDraft = rule !== null && rule.hash === draftHash;
  return (
    <div>
      <h4>{title}</h4>
      {type === 'no-rule' || type === 'error' ? (
        <OutcomeTag type={type} />
      ) : (
        <Grounds
          why={{ ...why, rule }}
          {...(isDraft && {
            ruleLine: <p className="quiet">{t('drawer.draftRule', { title: say(rule.title) })}</p>,
          })}
        />
      )}
    </div>
  );
}
