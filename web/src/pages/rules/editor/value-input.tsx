import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n/index.ts';
import type { Scalar, Typed } from '../../../rules-editor/document.ts';
import { isInDomain, parsedValue, valueText } from '../../../rules-editor/values.ts';
import { useShown } from './use-shown.ts';

export type Given = Scalar | (number | string)[] | null;

interface Props {
  typed: Typed;
  value: Given | undefined;
  /** Several values: `in`, `notIn`, or a fact that is itself a list. */
  several?: boolean;
  /** Names to choose from in place of the type's own: the lists of a document. */
  names?: readonly string[];
  /** Null may be chosen: not recorded. */
  nullable?: boolean;
  label: string;
  disabled?: boolean;
  autoFocus?: boolean;
  onChange: (value: Given) => void;
  onDone?: () => void;
}

/** The editor of one value, as its fact's type takes it: a list of titles, yes or no, a day, a number with its decimals. */
export function ValueInput({ nullable = false, several = false, ...rest }: Props) {
  const { typed, names } = rest;
  if (names || typed.type === 'enum' || typed.type === 'list' || typed.type === 'boolean')
    return <ChoiceInput {...rest} nullable={nullable} several={several} />;
  return <NumberInput {...rest} nullable={nullable} several={several} />;
}

function ChoiceInput({ typed, value, several, names, nullable, label, disabled, autoFocus, onChange, onDone }: Props) {
  const { t } = useTranslation('ruleEditor');
  const language = currentLanguage();
  const words = names ?? typed.values ?? Object.keys(typed.titles ?? {});
  const options =
    typed.type === 'boolean' && !names
      ? [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]
      : words.map((word) => ({ value: word, label: (!names && typed.titles?.[word]?.[language]) || word }));
  const back = (text: string): Scalar => (typed.type === 'boolean' && !names ? text === 'true' : text);
  const common = {
    options,
    disabled: disabled ?? false,
    autoFocus: autoFocus ?? false,
    'aria-label': label,
    optionFilterProp: 'label',
    popupMatchSelectWidth: false,
    style: { minWidth: 120, width: '100%' },
    placeholder: nullable ? t('missing') : undefined,
    onBlur: () => onDone?.(),
  } as const;
  if (several)
    return (
      <Select<string[]>
        {...common}
        mode="multiple"
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(next) => onChange(next)}
      />
    );
  return (
    <Select<string>
      {...common}
      showSearch={options.length > 8}
      allowClear={nullable ?? false}
      value={value === null || value === undefined ? undefined : String(value)}
      onChange={(next: string | undefined) => {
        onChange(next === undefined ? null : back(next));
        onDone?.();
      }}
    />
  );
}

function NumberInput({ typed, value, several, nullable, label, disabled, autoFocus, onChange, onDone }: Props) {
  const { t } = useTranslation('ruleEditor');
  const { unit } = useShown();
  const textOf = (given: Given | undefined): string =>
    Array.isArray(given) ? given.map((one) => valueText(typed, one)).join('、') : valueText(typed, given);
  const [typing, setTyping] = useState<string | null>(null);
  const text = typing ?? textOf(value);
  const read = readText(text, { typed, several: several ?? false, nullable: nullable ?? false });
  const hint = { scale: typed.scale ?? 0, min: valueText(typed, typed.min), max: valueText(typed, typed.max) };
  const fault =
    read === undefined
      ? t(typed.type === 'date' ? 'notADay' : 'notANumber', hint)
      : isOutside(typed, read)
        ? t('outOfRange', hint)
        : undefined;
  const done = () => {
    setTyping(null);
    onDone?.();
  };
  return (
    <span style={{ display: 'inline-block', width: '100%' }}>
      <Input
        aria-label={label}
        autoFocus={autoFocus ?? false}
        disabled={disabled ?? false}
        value={text}
        {...(fault !== undefined && { status: 'error' as const })}
        inputMode={typed.type === 'date' ? 'text' : 'decimal'}
        placeholder={several ? t('severalHint') : nullable ? t('missing') : ''}
        suffix={<span className="quiet">{unit(typed)}</span>}
        onChange={({ target }) => {
          setTyping(target.value);
          const next = readText(target.value, { typed, several: several ?? false, nullable: nullable ?? false });
          if (next !== undefined) onChange(next);
        }}
        onBlur={done}
        onPressEnter={done}
        onKeyDown={({ key }) => key === 'Escape' && done()}
      />
      {fault && (
        <span className="small" role="alert" style={{ color: 'var(--refused)' }}>
          {fault}
        </span>
      )}
    </span>
  );
}

interface Reading {
  typed: Typed;
  several: boolean;
  nullable: boolean;
}

function readText(text: string, { typed, several, nullable }: Reading): Given | undefined {
  if (text.trim() === '' && nullable) return null;
  if (!several) return parsedValue(typed, text);
  const parts = text
    .split(/[、,，;；\s]+/)
    .filter((part) => part !== '')
    .map((part) => parsedValue(typed, part));
  const values = parts.filter((part) => part !== undefined);
  return parts.length > 0 && values.length === parts.length ? values : undefined;
}

function isOutside(typed: Typed, read: Given): boolean {
  const values = Array.isArray(read) ? read : [read];
  return values.some((value) => typeof value === 'number' && !isInDomain(typed, value));
}
