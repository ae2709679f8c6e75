import type { components } from '../../api/schema.d.ts';

type Group = components['schemas']['HomeGroup'];
type Kind = Group['kind'];

interface Place {
  to: string;
  search?: Record<string, string>;
}

/** Where the work on one thing is done. */
export function placeOf(kind: Kind, { id, title, detail, studentId }: Group['items'][number]): Place {
  if (kind === 'import_open') return { to: `/imports/${id}` };
  if (kind === 'results_awaited') return { to: '/students', search: { stage: 'assessment', target: levelOf(detail) } };
  if (kind === 'sign_off_ready') return { to: '/certificates' };
  if (kind === 'revision_to_approve' || kind === 'revision_to_publish')
    return { to: `/rules/${title}/${detail ?? ''}` };
  if (studentId !== null) return { to: `/students/${studentId}` };
  return { to: `/score-sheets/${id}` };
}

/** Of `four/12`: the level, by which the list of students is narrowed. */
const levelOf = (detail: string | null): string => detail?.split('/')[0] ?? '';

const lists: Record<Kind, Place> = {
  sheet_due: { to: '/score-sheets' },
  sheet_returned: { to: '/score-sheets' },
  sheet_to_accept: { to: '/score-sheets' },
  unlock_request: { to: '/score-sheets' },
  pathway_referred: { to: '/students', search: { stage: 'referred' } },
  pathway_refused: { to: '/students', search: { stage: 'refused' } },
  pathway_to_audit: { to: '/audit' },
  import_open: { to: '/imports' },
  sign_off_ready: { to: '/certificates' },
  results_awaited: { to: '/students', search: { stage: 'assessment' } },
  revision_to_approve: { to: '/rules' },
  revision_to_publish: { to: '/rules' },
  own_pathway: { to: '/students' },
};

/** Where all things of a kind are listed. */
export function wholeOf(kind: Kind): Place {
  return lists[kind];
}
