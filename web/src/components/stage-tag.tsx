import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.d.ts';
import './verdict.css';

export type StageName = components['schemas']['StageName'];

export function StageTag({ name }: { name: StageName }) {
  const { t } = useTranslation('verdict');
  return (
    <span className={`stage stage-${name}`}>
      <span className="dot" aria-hidden="true" />
      {t(`stage.${name}`)}
    </span>
  );
}
