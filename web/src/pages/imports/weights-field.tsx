import { Button, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

export interface Weight {
  name: string;
  percent: number | null;
}

const full = (weight: Weight): weight is { name: string; percent: number } =>
  weight.name.trim() !== '' && weight.percent !== null && weight.percent > 0;

/** As the API takes them; nothing when nothing whole was given. */
export function weightsOption(weights: readonly Weight[]): { weights?: Record<string, Record<string, number>> } {
  const given = weights.filter(full);
  if (given.length === 0) return {};
  return {
    weights: { '*': Object.fromEntries(given.map(({ name, percent }) => [name.trim(), Math.round(percent * 100)])) },
  };
}

export function WeightsField({
  weights,
  onChange,
}: {
  weights: readonly Weight[];
  onChange: (weights: Weight[]) => void;
}) {
  const { t } = useTranslation('imports');
  const sum = weights.filter(full).reduce((total, { percent }) => total + percent, 0);
  const set = (index: number, part: Partial<Weight>) =>
    onChange(weights.map((weight, at) => (at === index ? { ...weight, ...part } : weight)));
  return (
    <fieldset className="stack" style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="quiet" style={{ marginBottom: 8 }}>
        {t('new.weights')}
      </legend>
      {weights.map(({ name, percent }, index) => (
        // rows are only added at the end, so the place names them
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div className="row" key={index}>
          <Input
            aria-label={t('new.component')}
            placeholder={t('new.component')}
            value={name}
            style={{ width: 180 }}
            onChange={({ target }) => set(index, { name: target.value })}
          />
          <InputNumber
            aria-label={t('new.percent')}
            placeholder={t('new.percent')}
            min={0}
            max={100}
            value={percent}
            onChange={(value) => set(index, { percent: value })}
          />
        </div>
      ))}
      <div className="row">
        <Button size="small" onClick={() => onChange([...weights, { name: '', percent: null }])}>
          {t('new.addComponent')}
        </Button>
        {sum > 0 && sum !== 100 && <span style={{ color: 'var(--refused)' }}>{t('new.weightsSum', { sum })}</span>}
      </div>
    </fieldset>
  );
}
