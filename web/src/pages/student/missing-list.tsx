import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { Button } from 'antd';
import type { Pathway } from '../../api/students.ts';
import { useText } from '../../components/use-text.ts';
import { legalDateOf, shortDateText } from '../../i18n/dates.ts';

type Missing = Pathway['stage']['missing'][number];
const FEW = 4;

/** What is missing, once each: the sheet or record that must come, from whom and until when. */
export function MissingList({ missing }: { missing: readonly Missing[] }) {
  const { t } = useTranslation('verdict');
  const [all, setAll] = useState(false);
  const groups = groupMissing(missing);
  if (groups.length === 0) return null;
  const rest = groups.length - FEW;
  return (
    <div>
      <span className="quiet small">{t('cards.missing')}</span>
      <ul className="missing">
        {groups.slice(0, all ? undefined : FEW).map((group) => (
          <MissingLine key={group[0]?.object?.id ?? group[0]?.fact} group={group} />
        ))}
      </ul>
      {rest > 0 && !all && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t('missing.more', { count: rest })}
        </Button>
      )}
    </div>
  );
}

function MissingLine({ group }: { group: readonly Missing[] }) {
  const { t } = useTranslation(['verdict', 'common']);
  const say = useText();
  const [first] = group;
  if (!first) return null;
  const { object, role, person, until } = first;
  const who = [t(`role.${role}`), person?.name].filter(Boolean).join(' ');
  const facts = [...new Set(group.map(({ title }) => say(title)))].join(t('listComma'));
  const what =
    object?.kind === 'score_sheet' && object.name
      ? t('missing.sheet', { object: object.name })
      : object?.kind === 'plan'
        ? t('missing.plan')
        : t('missing.record', { facts });
  const by = until && t('common:until', { date: shortDateText(until.length > 10 ? legalDateOf(until) : until) });
  return (
    <li>
      {what}
      <span className="quiet small"> {[t('missing.from', { who }), by].filter(Boolean).join(' · ')}</span>
    </li>
  );
}

/** One line for each thing that must come, however many facts wait for it. */
export function groupMissing(missing: readonly Missing[]): Missing[][] {
  const groups = new Map<string, Missing[]>();
  for (const one of missing) {
    const key = one.object ? `${one.object.kind}/${one.object.id}` : one.fact;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}
