import { useTranslation } from 'react-i18next';
import type { Pathway, Student } from '../../api/students.ts';
import { useText } from '../../components/use-text.ts';
import { CardLine } from './card-line.tsx';

interface Props {
  student: Student;
  onWhy: (pathway: Pathway) => void;
}

/** Both certificates side by side, a line a level. */
export function VerdictCards({ student, onWhy }: Props) {
  const { t } = useTranslation('verdict');
  const say = useText();
  const kinds = (['diploma', 'skill'] as const).map((type) => ({
    type,
    lines: student.pathways.filter((one) => one.type === type),
  }));
  return (
    <div className="cards">
      {kinds.map(({ type, lines }) => {
        const standard = lines[0]?.standard;
        return (
          <section key={type} className={`card hue-${type}`}>
            <h2>
              {t(type)}
              {standard && (
                <span className="quiet small">
                  {' '}
                  {[say(standard.name), standard.code, standard.edition].join(' · ')}
                </span>
              )}
            </h2>
            {lines.map((pathway) => (
              <CardLine key={pathway.id} student={student} pathway={pathway} onWhy={onWhy} />
            ))}
          </section>
        );
      })}
    </div>
  );
}
