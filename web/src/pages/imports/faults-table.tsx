import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { useText } from '../../components/use-text.ts';
import '../../components/verdict.css';
import { ScrollFrame } from '../../components/scroll-frame.tsx';

type Fault = components['schemas']['RowFault'];

/** Row, column, what stands there, what is wrong, what to do. */
export function FaultsTable({ faults }: { faults: readonly Fault[] }) {
  const { t } = useTranslation('imports');
  const say = useText();
  return (
    <ScrollFrame style={{ maxHeight: 420 }}>
      <table className="dense">
        <thead>
          <tr>
            {(['row', 'column', 'value', 'text', 'suggestion'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`batch.faultColumn.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {faults.map((fault) => (
            <tr key={`${fault.row} ${fault.column} ${fault.code}`}>
              <td>{fault.row}</td>
              <td className="nowrap">
                {fault.column} <span className="quiet">{fault.header}</span>
              </td>
              <td style={{ maxWidth: 220, overflowWrap: 'anywhere' }}>{fault.value}</td>
              <td style={{ color: 'var(--refused)' }}>{say(fault.text)}</td>
              <td>{fault.suggestion}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
