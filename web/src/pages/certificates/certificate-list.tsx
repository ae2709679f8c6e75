import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useIsStudent } from '../../api/session.ts';
import { usePages } from '../../api/use-pages.ts';
import { ChoiceFilter } from '../../components/choice-filter.tsx';
import { Listing } from '../../components/listing.tsx';
import { useText } from '../../components/use-text.ts';
import { dateText } from '../../i18n/dates.ts';
import { certificateStates } from '../../search/work.ts';
import { CertificateStateTag } from './state-tag.tsx';
import { TypeName } from './type-name.tsx';

export function CertificateList() {
  const { t } = useTranslation('certificates');
  const own = useIsStudent();
  const say = useText();
  const { type, level, state } = useSearch({ from: '/frame/certificates' });
  const navigate = useNavigate({ from: '/certificates' });
  const filters = { ...(type && { type }), ...(level && { level }), ...(state && { state }) };
  const list = usePages(['certificates', filters], (cursor?: string) =>
    answer(api.GET('/v1/certificates', { params: { query: { ...filters, limit: 100, ...(cursor && { cursor }) } } })),
  );
  return (
    <div className="stack">
      <div className="row">
        <ChoiceFilter
          label={t('filter.type')}
          value={type}
          options={(['diploma', 'skill'] as const).map((value) => ({ value, label: t(`type.${value}`) }))}
          onChange={(value) => void navigate({ search: (was) => ({ ...was, tab: 'issued' as const, type: value }) })}
        />
        <ChoiceFilter
          label={t('filter.state')}
          value={state}
          options={certificateStates.map((value) => ({ value, label: t(`state.${value}`) }))}
          onChange={(value) => void navigate({ search: (was) => ({ ...was, tab: 'issued' as const, state: value }) })}
        />
      </div>
      <Listing query={list} empty={t(own ? 'own.empty' : 'list.empty')}>
        <table className="dense">
          <thead>
            <tr>
              {(['number', 'holder', 'target', 'state', 'issuedOn', 'pdf'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`list.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.items.map((item) => (
              <tr key={item.id}>
                <td className="nowrap">
                  <Link to="/certificates/$certificateId" params={{ certificateId: item.id }}>
                    {item.number}
                  </Link>
                </td>
                <td className="nowrap">
                  {item.studentName} <span className="quiet small">{item.studentNo}</span>
                </td>
                <td>
                  <TypeName type={item.type} level={item.level} occupation={item.occupation && say(item.occupation)} />
                </td>
                <td>
                  <CertificateStateTag state={item.state} />
                </td>
                <td className="nowrap">{dateText(item.issuedOn)}</td>
                <td>
                  {item.printable ? (
                    <a href={`/v1/certificates/${item.id}/pdf`} target="_blank" rel="noreferrer">
                      PDF
                    </a>
                  ) : (
                    <span className="quiet">—</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
    </div>
  );
}
