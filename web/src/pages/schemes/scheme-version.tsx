import { useTranslation } from 'react-i18next';
import { instantText } from '../../i18n/dates.ts';
import { decimalText } from '../../i18n/dates.ts';
import type { Scheme, SchemeList } from './scheme-model.ts';
import { useUnitName } from './use-unit-name.ts';
import '../../components/verdict.css';

interface Props {
  scheme: Scheme;
  units: SchemeList['units'];
  latest: boolean;
}

/** One version: its components with weight, full marks and the standard unit each stands for. */
export function SchemeVersion({ scheme, units, latest }: Props) {
  const { t } = useTranslation('schemes');
  const nameOf = useUnitName();
  const unitOf = (id: string | null) => {
    const unit = units.find((one) => one.id === id);
    return unit ? nameOf(unit) : '';
  };
  return (
    <section className="stack">
      <h2>
        {t('version', { version: scheme.version })} {latest && <span className="tag tag-grant">{t('latest')}</span>}{' '}
        <span className="quiet small" style={{ fontWeight: 400 }}>
          {[scheme.createdBy, instantText(scheme.createdAt)].filter(Boolean).join(' · ')}
        </span>
      </h2>
      <div className="dense-frame">
        <table className="dense fits">
          <thead>
            <tr>
              <th scope="col">{t('column.name')}</th>
              <th scope="col">{t('column.kind')}</th>
              <th scope="col" className="num">
                {t('column.weight')}
              </th>
              <th scope="col" className="num">
                {t('column.max')}
              </th>
              <th scope="col" className="wide-only">
                {t('column.unit')}
              </th>
            </tr>
          </thead>
          <tbody>
            {scheme.components.map(({ id, name, kind, weight, maxScore, unitId }) => (
              <tr key={id}>
                <td>{name}</td>
                <td className="quiet">{t(`kind.${kind}`)}</td>
                <td className="num">{decimalText(weight, 2)}%</td>
                <td className="num">{decimalText(maxScore, 1)}</td>
                <td className="quiet wide-only">{unitOf(unitId)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
