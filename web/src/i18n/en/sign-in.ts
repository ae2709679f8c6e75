import type { Words } from '../words.ts';
import type { signIn as zh } from '../zh-CN/sign-in.ts';

export const signIn: Words<typeof zh> = {
  title: 'Sign in',
  loginName: 'Account',
  password: 'Password',
  submit: 'Sign in',
  needLoginName: 'Please enter your account',
  needPassword: 'Please enter your password',
  demoHint:
    'Accounts and passwords of the example college are printed when it starts, and kept in demo-accounts.txt in the data folder.',
  change: {
    title: 'Change password',
    why: 'This is an initial password; please choose your own first.',
    current: 'Current password',
    next: 'New password (at least 8 characters)',
    submit: 'Change',
    done: 'The password has been changed; sign in with the new one.',
  },
};
