import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { Student } from '../../api/students.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useText } from '../../components/use-text.ts';
import { dateText } from '../../i18n/dates.ts';
import { PartLoading } from './part-loading.tsx';

export function CertificatesTab({ student }: { student: Student }) {
  const { t } = useTranslation(['student', 'verdict']);
  const say = useText();
  const query = useQuery({
    queryKey: ['student', student.id, 'certificates'],
    queryFn: () => answer(api.GET('/v1/certificates', { params: { query: { studentId: student.id } } })),
  });
  return (
    <PartLoading query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState words={t('certificates.none')} />
        ) : (
          <div className="dense-frame">
            <table className="dense">
              <thead>
                <tr>
                  {(['number', 'name', 'state', 'issuedOn'] as const).map((column) => (
                    <th scope="col" key={column}>
                      {t(`certificates.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, number, type, level, occupation, state, issuedOn }) => (
                  <tr key={id}>
                    <td className="nowrap">
                      <Link to="/certificates/$certificateId" params={{ certificateId: id }}>
                        {number}
                      </Link>
                    </td>
                    <td>
                      <span className={`target hue-${type}`}>
                        {[
                          type === 'diploma' ? t('verdict:diploma') : occupation && say(occupation),
                          level && t(`verdict:levelLong.${level}`),
                        ]
                          .filter(Boolean)
                          .join(' ')}
                      </span>
                    </td>
                    <td>{t(`certificates.states.${state}`)}</td>
                    <td>{dateText(issuedOn)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </PartLoading>
  );
}
