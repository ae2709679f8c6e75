import { CheckCircleFilled, ClockCircleFilled, UserOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';

export type ArticleState = components['schemas']['Regulation']['articles'][number]['state'];
export const articleStates = ['executable', 'manual', 'open'] as const satisfies readonly ArticleState[];

const looks: Record<ArticleState, { colour: string; icon: ReactNode }> = {
  executable: { colour: 'success', icon: <CheckCircleFilled aria-hidden /> },
  manual: { colour: 'default', icon: <UserOutlined aria-hidden /> },
  open: { colour: 'warning', icon: <ClockCircleFilled aria-hidden /> },
};

export function StateTag({ state, count }: { state: ArticleState; count?: number }) {
  const { t } = useTranslation('regulations');
  const { colour, icon } = looks[state];
  return (
    <Tag color={colour} icon={icon}>
      {t(`state.${state}`)}
      {count !== undefined && ` ${count}`}
    </Tag>
  );
}
