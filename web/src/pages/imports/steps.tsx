import { Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import './steps.css';

/** Where in an import one stands. */
export function ImportSteps({ at }: { at: number }) {
  const { t } = useTranslation('imports');
  return (
    <Steps
      className="import-steps"
      size="small"
      current={at}
      items={(['kind', 'file', 'check', 'done'] as const).map((step) => ({ title: t(`step.${step}`) }))}
      style={{ maxWidth: 720, marginBottom: 20 }}
    />
  );
}
