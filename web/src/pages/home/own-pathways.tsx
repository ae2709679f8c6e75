import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { studentQuery } from '../../api/students.ts';
import type { Pathway } from '../../api/students.ts';
import { ReasonPanel } from '../../components/reason-panel.tsx';
import { VerdictCards } from '../student/verdict-cards.tsx';
import '../student/student.css';

/** 我的双证: both certificates of the student who is signed in. */
export function OwnPathways({ studentId }: { studentId: string | null }) {
  const { t } = useTranslation('home');
  const { data } = useQuery({ ...studentQuery(studentId ?? ''), enabled: studentId !== null });
  const [asked, setAsked] = useState<Pathway | null>(null);
  if (!data) return null;
  return (
    <section className="stack">
      <div className="row">
        <h2>{t('groups.own_pathway')}</h2>
        <Link to="/students/$studentId" params={{ studentId: data.id }}>
          {t('act.own_pathway')}
        </Link>
      </div>
      <VerdictCards student={data} onWhy={setAsked} />
      <ReasonPanel pathway={asked} asOf={data.asOf} onClose={() => setAsked(null)} />
    </section>
  );
}
