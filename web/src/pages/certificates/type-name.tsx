import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import '../../components/verdict.css';

interface Props {
  type: 'diploma' | 'skill';
  level: components['schemas']['Level'] | null;
  occupation: string | null;
}

/** The certificate in the hue it has everywhere. */
export function TypeName({ type, level, occupation }: Props) {
  const { t } = useTranslation(['certificates', 'verdict']);
  const words =
    type === 'diploma'
      ? t('type.diploma')
      : [occupation ?? t('type.skill'), level && t(`verdict:levelLong.${level}`)].filter(Boolean).join(' ');
  return <span className={`target hue-${type}`}>{words}</span>;
}
