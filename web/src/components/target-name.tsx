import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.d.ts';
import { useText } from './use-text.ts';
import './verdict.css';

type Target = Pick<components['schemas']['Pathway'], 'type' | 'level' | 'standard'>;

/** 学历证书, or 电工 四级, in the hue of its certificate. */
export function TargetName({ target }: { target: Target }) {
  return <span className={`target hue-${target.type}`}>{useTargetName()(target)}</span>;
}

export function useTargetName(): (target: Target) => string {
  const { t } = useTranslation('verdict');
  const say = useText();
  return ({ type, level, standard }) => {
    if (type === 'diploma') return t('diploma');
    return [standard ? say(standard.name) : t('skill'), level && t(`levelLong.${level}`)].filter(Boolean).join(' ');
  };
}
