import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientOptions } from './client.ts';
import { Client } from './client.ts';

/** Those who act in the journey, each signed in with their own browser. */
export interface People {
  registrar: Client;
  leader: Client;
  officer: Client;
  editor: Client;
  approver: Client;
  teachers: { id: string; client: Client }[];
}

interface User {
  id: string;
  loginName: string;
}

/** Signs everybody in with the passwords that the seed left in the data folder. */
export async function signInAll(dataDir: string, options: ClientOptions): Promise<People> {
  const passwords = readPasswords(join(dataDir, 'demo-accounts.txt'));
  const signedIn = async (loginName: string): Promise<Client> => {
    const client = new Client(options);
    await client.signIn(loginName, passwords.get(loginName) ?? '');
    return client;
  };
  const admin = await signedIn('sysadmin');
  const users = await admin.list<User>('/v1/users');
  const teachers = users.filter(({ loginName }) => /^teacher\d$/.test(loginName));
  return {
    registrar: await signedIn('registrar'),
    leader: await signedIn('leader'),
    officer: await signedIn('officer'),
    editor: await signedIn('ruleeditor'),
    approver: await signedIn('ruleapprover'),
    teachers: await Promise.all(teachers.map(async ({ id, loginName }) => ({ id, client: await signedIn(loginName) }))),
  };
}

function readPasswords(file: string): Map<string, string> {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  return new Map(
    lines.map((line) => {
      const words = line.trim().split(/\s+/);
      return [words.at(-2) ?? '', words.at(-1) ?? ''];
    }),
  );
}
