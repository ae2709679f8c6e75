import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import type { Permission } from '../../api/session.ts';
import { studentQuery } from '../../api/students.ts';
import type { Pathway, Student } from '../../api/students.ts';
import { OnePage } from '../../components/one-page.tsx';
import { ReasonPanel } from '../../components/reason-panel.tsx';
import { studentTabs } from '../../search/students.ts';
import type { StudentTab } from '../../search/students.ts';
import { CertificatesTab } from './certificates-tab.tsx';
import { CoursesTab } from './courses-tab.tsx';
import { CoverageTab } from './coverage-tab.tsx';
import { DecisionsTab } from './decisions-tab.tsx';
import { Identity } from './identity.tsx';
import { LogTab } from './log-tab.tsx';
import { OutcomesTab } from './outcomes-tab.tsx';
import { Paths } from './paths.tsx';
import { VerdictCards } from './verdict-cards.tsx';
import './student.css';

/** The heart of the product: who, both verdicts side by side, the way so far, and everything they rest on. */
export function StudentPage() {
  const { studentId } = useParams({ from: '/frame/students/$studentId' });
  const query = useQuery(studentQuery(studentId));
  return <OnePage query={query}>{(student) => <OneStudent student={student} />}</OnePage>;
}

function OneStudent({ student }: { student: Student }) {
  const [asked, setAsked] = useState<Pathway | null>(null);
  return (
    <div className="stack" style={{ gap: 16 }}>
      <Identity student={student} />
      <VerdictCards student={student} onWhy={setAsked} />
      <Paths student={student} />
      <StudentTabs student={student} />
      <ReasonPanel pathway={asked} asOf={student.asOf} onClose={() => setAsked(null)} />
    </div>
  );
}

const needs: Record<StudentTab, Permission> = {
  courses: 'students.read',
  coverage: 'students.read',
  outcomes: 'outcomes.read',
  decisions: 'decisions.read',
  certificates: 'certificates.read',
  log: 'pathways.read',
};
const parts = {
  courses: CoursesTab,
  coverage: CoverageTab,
  outcomes: OutcomesTab,
  decisions: DecisionsTab,
  certificates: CertificatesTab,
  log: LogTab,
};

function StudentTabs({ student }: { student: Student }) {
  const { t } = useTranslation('student');
  const { tab = 'courses' } = useSearch({ from: '/frame/students/$studentId' });
  const navigate = useNavigate();
  const may = useMay();
  const items = studentTabs
    .filter((name) => may(needs[name]))
    .map((name) => {
      const Part = parts[name];
      return { key: name, label: t(`tabs.${name}`), children: <Part student={student} /> };
    });
  const show = (key: string) =>
    void navigate({
      to: '/students/$studentId',
      params: { studentId: student.id },
      search: { tab: key as StudentTab },
      replace: true,
      resetScroll: false,
    });
  return <Tabs activeKey={tab} items={items} onChange={show} destroyOnHidden />;
}
