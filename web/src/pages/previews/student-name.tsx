import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';

const TAIL = 6;

/** Number and name, or what stands for a student whose name this role does not read. */
export function StudentName({ student }: { student: components['schemas']['PreviewStudent'] }) {
  const { t } = useTranslation('previews');
  const { id, studentNo, name } = student;
  if (studentNo === null) return <>{t('anonymous', { tail: id.slice(-TAIL) })}</>;
  return (
    <>
      {studentNo} {name}
    </>
  );
}
