import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props<T extends string> {
  label: string;
  /** What choosing nothing is called; “label: all” unless told. */
  all?: string;
  value: T | undefined;
  options: readonly { value: T; label: string }[];
  onChange: (value: T | undefined) => void;
  width?: number;
}

const ALL = '';
const MANY = 12;

/** One filter of a list: one of a few, or all. */
export function ChoiceFilter<T extends string>({ label, all, value, options, onChange, width = 160 }: Props<T>) {
  const { t } = useTranslation();
  const find = (chosen: string) => options.find((option) => option.value === chosen)?.value;
  return (
    <Select<string>
      aria-label={label}
      style={{ width }}
      {...(options.length > MANY && { showSearch: { optionFilterProp: 'label' } })}
      value={value ?? ALL}
      onChange={(chosen) => onChange(find(chosen))}
      options={[{ value: ALL, label: all ?? t('filterAll', { what: label }) }, ...options]}
    />
  );
}
