import { AntDValueSelector, QueryBuilderAntD } from '@react-querybuilder/antd';
import { Button, Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryBuilder } from 'react-querybuilder';
import type {
  ActionProps,
  Field,
  NotToggleProps,
  RuleGroupType,
  ValueEditorProps,
  VersatileSelectorProps,
} from 'react-querybuilder';
import 'react-querybuilder/dist/query-builder.css';
import { currentLanguage } from '../../../i18n/index.ts';
import { namesIn } from '../../../rules-editor/document.ts';
import type { Node, RuleDocument, Typed } from '../../../rules-editor/document.ts';
import type { QueryGroup } from '../../../rules-editor/tree.ts';
import { nodeOf, queryOf, REFERENCE, REFERS, treeText } from '../../../rules-editor/tree.ts';
import { firstValue } from '../../../rules-editor/values.ts';
import { ValueInput } from './value-input.tsx';
import type { Given } from './value-input.tsx';

interface Props {
  doc: RuleDocument;
  tree: Node;
  /** What new nodes are named after. */
  prefix: string;
  onChange: (tree: Node) => void;
}

const plainOperators = ['equal', 'notEqual', 'in', 'notIn'] as const;
const ordered = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'] as const;

/** The condition tree itself: groups, negations, shared conditions, each with values of its fact's type. */
export function ConditionsBuilder({ doc, tree, prefix, onChange }: Props) {
  const { t } = useTranslation('ruleEditor');
  const language = currentLanguage();
  const [query, setQuery] = useState<QueryGroup>(() => queryOf(tree));
  const own = treeText(tree);
  const [seen, setSeen] = useState(own);
  if (seen !== own) {
    // changed outside: a number clicked in the sentence, an undo
    setSeen(own);
    setQuery(queryOf(tree));
  }
  const fields = useMemo((): Field[] => {
    const facts = Object.entries(doc.facts).map(([name, fact]) => ({ name, label: fact.title[language] }));
    const shared = Object.keys(doc.conditions ?? {}).length > 0;
    return shared ? [...facts, { name: REFERENCE, label: t('namedCondition') }] : facts;
  }, [doc.facts, doc.conditions, language, t]);
  const typedOf = (field: string): Typed | undefined => doc.facts[field];
  const operatorsOf = (field: string) => {
    if (field === REFERENCE) return [{ name: REFERS, label: t('operator.holds') }];
    const typed = typedOf(field);
    const words = (name: keyof typeof operatorKeys) => ({
      name,
      label:
        typed?.type === 'date' && name in dateKeys
          ? t(`dateOperator.${name as keyof typeof dateKeys}`)
          : t(`operator.${name}`),
    });
    if (typed?.type === 'list') return (['contains', 'doesNotContain'] as const).map(words);
    if (typed?.type === 'boolean') return (['equal', 'notEqual'] as const).map(words);
    const lists = Object.keys(doc.lists ?? {}).length > 0 ? (['inList', 'notInList'] as const).map(words) : [];
    if (typed?.type === 'enum') return [...plainOperators.map(words), ...lists];
    return [...ordered.map(words), ...plainOperators.map(words), ...lists];
  };
  const change = (next: RuleGroupType) => {
    const group = next as QueryGroup; // our own extra keys travel along
    setQuery(group);
    const taken = namesIn(doc);
    const node = nodeOf(group, { prefix, taken });
    const text = treeText(node);
    if (text === own) return;
    setSeen(text);
    onChange(node);
  };
  return (
    <div className="condition-tree">
      <QueryBuilderAntD>
        <QueryBuilder
          fields={fields}
          query={query}
          onQueryChange={change}
          getOperators={operatorsOf}
          getDefaultOperator={(field) => operatorsOf(field)[0]?.name ?? 'equal'}
          getDefaultValue={({ field }) =>
            field === REFERENCE ? (Object.keys(doc.conditions ?? {})[0] ?? '') : firstValue(typedOf(field))
          }
          combinators={[
            { name: 'all', label: t('all') },
            { name: 'any', label: t('any') },
          ]}
          showNotToggle
          listsAsArrays
          resetOnOperatorChange={false}
          context={{ doc }}
          controlElements={controls}
          translations={{
            fields: { title: t('part.field') },
            operators: { title: t('part.operator') },
            combinators: { title: t('part.combinator') },
            addRule: { label: `+ ${t('addCondition')}`, title: t('addCondition') },
            addGroup: { label: `+ ${t('addGroup')}`, title: t('addGroup') },
            removeRule: { label: '✕', title: t('remove') },
            removeGroup: { label: '✕', title: t('remove') },
            notToggle: { label: t('not'), title: t('not') },
          }}
        />
      </QueryBuilderAntD>
    </div>
  );
}

/** A select whose title is also its name for whoever hears the page. */
function NamedSelector(props: VersatileSelectorProps) {
  const name = { 'aria-label': props.title };
  return <AntDValueSelector {...props} {...name} />;
}

function SmallAct({ handleOnClick, label, title, disabled }: ActionProps) {
  return (
    <Button size="small" title={title} aria-label={title} disabled={disabled ?? false} onClick={handleOnClick}>
      {label}
    </Button>
  );
}

function NotBox({ checked, handleOnChange, label }: NotToggleProps) {
  return (
    <Checkbox checked={checked ?? false} onChange={({ target }) => handleOnChange(target.checked)}>
      {label}
    </Checkbox>
  );
}

const controls = {
  valueEditor: ConditionValue,
  actionElement: SmallAct,
  notToggle: NotBox,
  fieldSelector: NamedSelector,
  operatorSelector: NamedSelector,
  combinatorSelector: NamedSelector,
};

const dateKeys = { lessThan: 1, lessThanInclusive: 1, greaterThan: 1, greaterThanInclusive: 1 } as const;
const operatorKeys = {
  ...dateKeys,
  equal: 1,
  notEqual: 1,
  in: 1,
  notIn: 1,
  contains: 1,
  doesNotContain: 1,
  inList: 1,
  notInList: 1,
} as const;

function ConditionValue({ field, operator, value, handleOnChange, context, fieldData }: ValueEditorProps) {
  const { doc } = context as { doc: RuleDocument };
  const typed: Typed = doc.facts[field] ?? { type: 'enum' };
  const onList = operator === 'inList' || operator === 'notInList';
  const names =
    field === REFERENCE ? Object.keys(doc.conditions ?? {}) : onList ? Object.keys(doc.lists ?? {}) : undefined;
  const several = operator === 'in' || operator === 'notIn';
  const given = value as Given;
  const fitting: Given =
    several && !Array.isArray(given) ? [given as string] : !several && Array.isArray(given) ? (given[0] ?? '') : given;
  return (
    <span style={{ width: several ? 280 : 180 }}>
      <ValueInput
        typed={typed}
        value={fitting}
        several={several}
        {...(names && { names })}
        label={String(fieldData.label)}
        onChange={handleOnChange}
      />
    </span>
  );
}
