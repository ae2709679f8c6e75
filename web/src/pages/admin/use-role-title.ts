import { useTranslation } from 'react-i18next';

const roles = [
  'registrar',
  'teacher',
  'programme_leader',
  'department_head',
  'vice_dean',
  'enterprise_mentor',
  'rule_editor',
  'rule_approver',
  'assessor',
  'supervisor',
  'certification_officer',
  'student',
  'system_admin',
  'security_admin',
  'auditor',
  'system',
  'public',
] as const;

/** A role in words; one we have no word for as it is. */
export function useRoleTitle(): (role: string) => string {
  const { t } = useTranslation('verdict');
  return (role) => {
    const known = roles.find((one) => one === role);
    return known ? t(`role.${known}`) : role;
  };
}
