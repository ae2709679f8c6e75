import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { VerdictTag } from '../../components/verdict-tag.tsx';
import type { VerdictType } from '../../components/verdict-tag.tsx';
import { dateText, decimalText } from '../../i18n/dates.ts';

type Application = components['schemas']['CreditApplication'];

interface Props {
  items: readonly Application[];
  onDecision: (id: string) => void;
}

export function ApplicationTable({ items, onDecision }: Props) {
  const { t } = useTranslation(['credits', 'student']);
  return (
    <table className="dense">
      <thead>
        <tr>
          {(['student', 'outcome', 'appliedOn', 'courses', 'spent'] as const).map((column) => (
            <th scope="col" key={column}>
              {t(`columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, studentId, studentNo, studentName, outcomeName, outcomeKind, appliedOn, courses, spent }) => (
          <tr key={id}>
            <td>
              <Link to="/students/$studentId" params={{ studentId }} search={{ tab: 'outcomes' }}>
                {studentName}
              </Link>
              <div className="quiet small">{studentNo}</div>
            </td>
            <td>
              {outcomeName}
              <div className="quiet small">{t(`student:outcomes.kinds.${outcomeKind}`)}</div>
            </td>
            <td className="nowrap">{dateText(appliedOn)}</td>
            <td>
              {courses.map((course) => (
                <CourseLine key={course.id} course={course} onDecision={onDecision} />
              ))}
            </td>
            <td>{spent ? t('spent') : <span className="quiet">{t('unspent')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CourseLine({
  course,
  onDecision,
}: {
  course: Application['courses'][number];
  onDecision: Props['onDecision'];
}) {
  const { t } = useTranslation('credits');
  const { name, outcome, credits, score, decisionId } = course;
  const granted =
    credits > 0 &&
    t('granted', { credits: decimalText(credits, 1) }) +
      (score === null ? '' : t('grantedScore', { score: decimalText(score, 1) }));
  return (
    <div className="row">
      <span>{name}</span>
      <VerdictTag type={outcome as VerdictType} {...(granted ? { words: granted } : {})} />
      <Button type="link" size="small" onClick={() => onDecision(decisionId)}>
        {t('why')}
      </Button>
    </div>
  );
}
