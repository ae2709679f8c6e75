import type { Permission, Session } from '../api/session.ts';

export interface NavItem {
  key:
    | 'home'
    | 'students'
    | 'plans'
    | 'imports'
    | 'sheets'
    | 'credits'
    | 'audit'
    | 'certificates'
    | 'rules'
    | 'previews'
    | 'regulations'
    | 'operations'
    | 'health'
    | 'users'
    | 'log';
  to: string;
  /** Pages about other people's work are not a student's, whatever they may read. */
  staff?: true;
  /** Shown to whoever has one of these; to all when empty. */
  needs: readonly Permission[];
}

/** By the work people do, in the order of a term; a role sees at most seven at once, the rest stand under “more”. */
export const navItems: readonly NavItem[] = [
  { key: 'home', to: '/', needs: [] },
  { key: 'students', to: '/students', staff: true, needs: ['students.read'] },
  { key: 'sheets', to: '/score-sheets', staff: true, needs: ['score_sheets.read'] },
  { key: 'imports', to: '/imports', needs: ['imports.read'] },
  { key: 'audit', to: '/audit', needs: ['decisions.record', 'certificates.sign_off'] },
  { key: 'certificates', to: '/certificates', needs: ['certificates.read'] },
  { key: 'rules', to: '/rules', staff: true, needs: ['rules.read'] },
  { key: 'previews', to: '/previews', needs: ['previews.run', 'rules.approve'] },
  { key: 'regulations', to: '/regulations', needs: ['rules.edit', 'rules.approve', 'audit.read'] },
  { key: 'credits', to: '/credits', needs: ['applications.read'] },
  { key: 'plans', to: '/plans', needs: ['plans.read'] },
  { key: 'operations', to: '/operations', needs: ['operations.read'] },
  { key: 'health', to: '/health', needs: ['health.read'] },
  { key: 'users', to: '/users', needs: ['users.read'] },
  { key: 'log', to: '/log', needs: ['audit.read'] },
];

export const MOST_ENTRIES = 7;

/** The pages whoever is signed in works on. */
export function entriesOf({ permissions, roles }: Pick<Session, 'permissions' | 'roles'>): NavItem[] {
  const isStudent = roles.length > 0 && roles.every(({ role }) => role === 'student');
  return navItems.filter(
    ({ needs, staff }) =>
      !(isStudent && staff) && (needs.length === 0 || needs.some((one) => permissions.includes(one))),
  );
}
