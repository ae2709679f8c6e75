import { z } from 'zod';
import { Id } from '../ids.ts';
import { permissions, roles, scopeKinds } from '../permissions.ts';
import type { Permission } from '../permissions.ts';
import { LegalDate, Text } from '../text.ts';
import { pageInput, pageOf, QueryFlag, Version } from './common.ts';

export const Role = z.enum(roles).meta({ id: 'Role' });
export const ScopeKind = z.enum(scopeKinds).meta({ id: 'ScopeKind' });
export const PermissionName = z
  .enum(Object.keys(permissions) as [Permission, ...Permission[]])
  .meta({ id: 'Permission' });

const LoginName = z
  .string()
  .min(2)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u, { error: 'login_name_malformed' });
// how long and how common a password may be is the register's to say
const Password = z.string().min(1).max(1000);

export const SignInInput = z.strictObject({
  loginName: z.string().min(1).max(200),
  password: z.string().min(1).max(1000),
  collegeId: Id.optional(),
});

export const CollegeView = z
  .strictObject({ id: Id, code: z.string(), name: Text, demo: z.boolean() })
  .meta({ id: 'College' });
export const TermView = z
  .strictObject({ id: Id, code: z.string(), startsOn: LegalDate, endsOn: LegalDate })
  .meta({ id: 'Term' });

const HeldRole = z.strictObject({ role: Role, title: Text, scopeKind: ScopeKind, scopeId: z.string().nullable() });

/** Who is signed in, what they may do, and what day it is where they work. */
export const SessionView = z
  .strictObject({
    user: z.strictObject({ id: Id, displayName: z.string(), loginName: z.string(), personId: Id.nullable() }),
    roles: z.array(HeldRole),
    permissions: z.array(PermissionName),
    college: CollegeView.nullable(),
    colleges: z.array(CollegeView).describe('Where this person may work; sign in again to change'),
    today: LegalDate.nullable().describe("The legal date by the college's clock"),
    term: TermView.nullable(),
    mustChangePassword: z.boolean(),
    idleSeconds: z.int(),
    expiresAt: z.string(),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

export const ChangePasswordInput = z.strictObject({ current: z.string().min(1).max(1000), password: Password });
export const PasswordChanged = z.strictObject({ changed: z.literal(true) });

export const UserView = z
  .strictObject({
    id: Id,
    loginName: z.string(),
    displayName: z.string(),
    personId: Id.nullable(),
    active: z.boolean(),
    version: Version,
    createdAt: z.string(),
    lastSignInAt: z.string().nullable(),
    roles: z.array(
      z.strictObject({
        id: Id,
        role: Role,
        collegeId: Id.nullable(),
        scopeKind: ScopeKind,
        scopeId: z.string().nullable(),
        fromOn: LegalDate,
        toOn: LegalDate.nullable(),
      }),
    ),
  })
  .meta({ id: 'User' });
export type UserView = z.infer<typeof UserView>;

export const UserPage = pageOf(UserView);
export const ListUsersInput = z.strictObject({
  ...pageInput,
  role: Role.optional(),
  active: QueryFlag.optional(),
});
/** Names are personal data, so they are searched for in a body and never in an address. */
export const SearchUsersInput = z.strictObject({ ...pageInput, text: z.string().trim().min(1).max(64) });
export const CreateUserInput = z.strictObject({
  loginName: LoginName,
  displayName: z.string().trim().min(1).max(64),
  personId: Id.optional(),
  password: Password.describe('An initial password, to be replaced at first sign-in'),
});
export const Created = z.strictObject({ id: Id, version: Version }).meta({ id: 'Created' });
export const ChangeUserInput = z.strictObject({
  id: Id,
  displayName: z.string().trim().min(1).max(64).optional(),
  active: z.boolean().optional(),
});
export const ResetPasswordInput = z.strictObject({ id: Id, password: Password });
export const AssignRoleInput = z.strictObject({
  userId: Id,
  role: Role,
  collegeId: Id.nullable().optional(),
  scopeKind: ScopeKind,
  scopeId: Id.nullable().optional(),
  fromOn: LegalDate.optional(),
  toOn: LegalDate.nullable().optional(),
});
export const Assigned = z.strictObject({ id: Id });
export const RevokeRoleInput = z.strictObject({ userId: Id, assignmentId: Id });
export const SessionsEnded = z.strictObject({ ended: z.int() });

export const RoleTable = z.strictObject({
  roles: z.array(z.strictObject({ role: Role, title: Text, permissions: z.array(PermissionName) })),
  permissions: z.array(z.strictObject({ permission: PermissionName, title: Text })),
  scopes: z.array(z.strictObject({ scopeKind: ScopeKind, title: Text })),
});

export const SignInAttemptPage = pageOf(
  z.strictObject({
    id: Id,
    userId: Id.nullable(),
    address: z.string(),
    outcome: z.enum(['failed', 'succeeded', 'locked']),
    at: z.string(),
  }),
);

export const SetUpInput = z.strictObject({
  code: z.string().min(1).max(100),
  loginName: LoginName,
  displayName: z.string().trim().min(1).max(64),
  password: Password,
});
export const SetUpState = z.strictObject({ open: z.array(z.enum(['system_admin', 'security_admin'])) });
