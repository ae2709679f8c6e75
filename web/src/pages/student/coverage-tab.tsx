import { useQuery } from '@tanstack/react-query';
import { coverageQuery } from '../../api/students.ts';
import type { Student } from '../../api/students.ts';
import { CoverageTables } from '../../components/coverage.tsx';
import { PartLoading } from './part-loading.tsx';
import { useResultText } from './courses-tab.tsx';

export function CoverageTab({ student }: { student: Student }) {
  const resultText = useResultText();
  return (
    <PartLoading query={useQuery(coverageQuery(student.id))}>
      {(coverage) => <CoverageTables coverage={coverage} resultText={resultText} />}
    </PartLoading>
  );
}
