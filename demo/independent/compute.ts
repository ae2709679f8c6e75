import { readPlan, readTranscript } from './courses.ts';
import { readConversions } from './credit.ts';
import { diplomaConclusion } from './diploma.ts';
import { rowsOf } from './files.ts';
import { readSkillFiles, skillConclusion } from './skill.ts';
import type { Conclusion } from './verdict.ts';

export interface IndependentVerdicts {
  studentNo: string;
  diploma: Conclusion;
  four: Conclusion;
  three: Conclusion;
}

/**
 * Both verdicts of every student, worked out a second time from the workbooks alone, as the regulations read. Nothing is shared
 * with the rules engine or the register; where the two differ, one of them is wrong.
 */
export function computeVerdicts(folder: string): IndependentVerdicts[] {
  const plan = readPlan(folder);
  const transcript = readTranscript(folder);
  const { converted } = readConversions(folder, { plan, transcript });
  const files = readSkillFiles(folder, transcript);
  const events = rowsOf(folder, 'events.xlsx');
  const students = new Set(
    [...rowsOf(folder, 'students.xlsx'), ...rowsOf(folder, 'students-late.csv')].map((row) => row.学号 ?? ''),
  );
  return [...students].sort().map((no) => {
    const four = skillConclusion(files, { no, level: '四级', fourGranted: false });
    return {
      studentNo: no,
      diploma: diplomaConclusion({
        no,
        plan,
        transcript,
        converted: converted.get(no) ?? new Set(),
        events: events.filter((row) => row.学号 === no),
      }),
      four,
      three: skillConclusion(files, { no, level: '三级', fourGranted: four.verdict === 'granted' }),
    };
  });
}
