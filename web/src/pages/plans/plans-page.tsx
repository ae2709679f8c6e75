import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { Listing } from '../../components/listing.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { TargetName } from '../../components/target-name.tsx';
import { useText } from '../../components/use-text.ts';
import { decimalText } from '../../i18n/dates.ts';

export function PlansPage() {
  const { t } = useTranslation('plans');
  const say = useText();
  const query = usePages(['plans'], (cursor: string | undefined) =>
    answer(api.GET('/v1/plans', { params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } } })),
  );
  return (
    <div className="page">
      <PageHeader title={t('title')} lede={t('lede')} />
      <Listing query={query} empty={t('none')}>
        <table className="dense">
          <tbody>
            {query.items.map(({ id, cohort, programme, totalCredits, electiveCredits, maxYears, targets }) => (
              <tr key={id}>
                <th scope="row">
                  <Link to="/plans/$planId" params={{ planId: id }}>
                    {t('planName', { cohort, programme: say(programme.name) })}
                  </Link>
                </th>
                <td className="quiet">{programme.code}</td>
                <td>
                  {t('credits', { total: decimalText(totalCredits, 1), elective: decimalText(electiveCredits, 1) })}
                </td>
                <td>{t('years', { years: programme.years, most: maxYears })}</td>
                <td>
                  <div className="row">
                    {targets.map(({ standard, level }) => (
                      <TargetName key={`${standard.id} ${level}`} target={{ type: 'skill', standard, level }} />
                    ))}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
    </div>
  );
}
