import { readTx } from '../../db/read-tx.ts';
import { decideWithTrace } from '../../rules/decide.ts';
import { explain } from '../../rules/explain.ts';
import { nearMisses } from '../../rules/near-misses.ts';
import { declaredFacts } from '../../rules/record.ts';
import type { SideView, StudentPreview } from '../../schemas/api/previews.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { turnedOf } from './change-row.ts';
import { comparePairs, readStudents } from './compare.ts';
import type { Answer, Pair } from './compare.ts';
import { groundOf } from './ground.ts';
import type { ChangeRow } from './read-changes.ts';
import { coursesOf, previewInScope, titleOf } from './read-changes.ts';
import { studentViews } from './student-views.ts';
import { turnedViews } from './turned-views.ts';

type Item = StudentPreview['items'][number];
type Stored = Pick<ChangeRow, 'purpose' | 'subject_id' | 'course_id' | 'change'>;

/** One student under both books, worked out again from the facts as they are: both explanations, what turned, what is nearest. */
export async function readStudentPreview(
  register: Register,
  by: Principal,
  { id, studentId }: { id: string; studentId: string },
): Promise<StudentPreview> {
  const { student, read, stored } = await readTx(register.db, async (tx) => {
    const preview = await previewInScope(tx, by, id);
    const known = await tx('enrolments').where({ id: studentId, college_id: preview.college_id }).first('id');
    if (!known) throw new Problem('not_found');
    const changes: Stored[] = await tx('preview_changes')
      .where({ preview_id: id, enrolment_id: studentId })
      .select('purpose', 'subject_id', 'course_id', 'change');
    const view = await studentViews(tx, by, [studentId]);
    const found = await readStudents(tx, await groundOf(tx, preview), [studentId]);
    return { student: view(studentId), read: found, stored: changes };
  });
  const pairs = comparePairs(read);
  const courses = await coursesOf(
    register.db.reader,
    pairs.map(({ courseId }) => courseId),
  );
  // what changes comes first
  const items = pairs
    .map((pair) => itemView(pair, { stored, course: courses.get(pair.courseId ?? '') ?? null }))
    .sort((a, b) => Number(a.change === null) - Number(b.change === null));
  return { student, items };
}

function itemView(pair: Pair, { stored, course }: { stored: readonly Stored[]; course: Item['course'] }): Item {
  const { purpose, target, subject, courseId, change, before, after } = pair;
  const [old, now] = [loadedOf(before), loadedOf(after)];
  const kept = stored.find(
    (row) => row.purpose === purpose && row.subject_id === subject.id && row.course_id === courseId,
  );
  return {
    ...{ purpose, target, course, change },
    before: sideView(before),
    after: sideView(after),
    turned: change === null ? [] : turnedViews(turnedOf(pair), { old, now }),
    facts: now || old ? declaredFacts((now ?? old)!, after.facts) : {},
    moved: (kept?.change ?? null) !== change,
  };
}

const loadedOf = ({ selected }: Answer) => ('loaded' in selected ? selected.loaded : undefined);

function sideView({ selected, side, facts }: Answer): SideView {
  const loaded = 'loaded' in selected ? selected.loaded : undefined;
  const title = titleOf({ type: side.type, outcome: side.verdict }, loaded);
  const head = { type: side.type, title, verdict: side.verdict };
  if (!('loaded' in selected)) return { ...head, reasons: [], nearMisses: [], rule: null };
  const { ruleSet, revision, hash, effectiveDate, suspended } = selected;
  const rule = { ruleSet, title: selected.loaded.doc.title, revision, hash, effectiveDate, suspended };
  if (suspended || side.type === 'error') return { ...head, reasons: [], nearMisses: [], rule };
  const reasons = explain(selected.loaded, decideWithTrace(selected.loaded, facts), facts);
  const near = side.type === 'deny' ? nearMisses(selected.loaded, facts).misses : [];
  return { ...head, reasons, nearMisses: near, rule };
}
