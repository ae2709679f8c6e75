import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';

export interface Ready {
  studentId: string;
  studentNo: string;
  name: string;
  class: string;
  pathway: components['schemas']['PathwayStatus'];
}

/** A line for each pathway that waits for sign-off; a student may have several. */
export async function readReady(cursor?: string): Promise<{ items: Ready[]; next: string | null }> {
  const page = await answer(
    api.GET('/v1/students', { params: { query: { stage: 'sign_off', limit: 100, ...(cursor && { cursor }) } } }),
  );
  const items = page.items.flatMap((student) =>
    student.pathways
      .filter(({ stage }) => stage === 'sign_off')
      .map((pathway) => ({
        studentId: student.id,
        studentNo: student.studentNo,
        name: student.name,
        class: student.class?.name ?? '',
        pathway,
      })),
  );
  return { items, next: page.next };
}
