import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../components/use-text.ts';
import { instantText } from '../../i18n/dates.ts';

type DraftItem = components['schemas']['RuleDraftItem'];

/** Open drafts, for those who may see them. */
export function useDrafts(): readonly DraftItem[] {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['rule-drafts'],
    enabled: may('rules.try'),
    queryFn: () => answer(api.GET('/v1/rule-drafts', { params: { query: {} } })),
  });
  return data?.items ?? [];
}

export function DraftLinks({ drafts }: { drafts: readonly DraftItem[] }) {
  const { t } = useTranslation('rules');
  const say = useText();
  return (
    <ul style={{ margin: 0, paddingLeft: 18 }}>
      {drafts.map((draft) => (
        <li key={draft.id}>
          <Link to="/rules/drafts/$draftId" params={{ draftId: draft.id }}>
            {draft.title ? say(draft.title) : draft.ruleSet}
          </Link>
          <div className="quiet small">
            {draft.base && t('draft.from', { revision: draft.base.revision })}{' '}
            {t('draft.edited', { name: draft.updatedBy.name ?? '—', time: instantText(draft.updatedAt) })}
          </div>
        </li>
      ))}
    </ul>
  );
}
