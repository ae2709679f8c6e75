import { Problem } from '../schemas/problem.ts';
import type { Text } from '../schemas/text.ts';

export type StartupCode =
  | 'data_newer_than_code'
  | 'schema_behind'
  | 'schema_changed'
  | 'not_a_register'
  | 'keys_too_open'
  | 'key_damaged'
  | 'pragma_mismatch';

const texts: Record<StartupCode, Text> = {
  data_newer_than_code: {
    'zh-CN': '数据目录由更新版本的双证创建，请升级程序后再启动。',
    en: 'The data folder was made by a newer version; upgrade the program before starting.',
  },
  schema_behind: {
    'zh-CN': '数据库结构尚未升级，请先运行 npm run migrate。',
    en: 'The database is behind this version; run npm run migrate first.',
  },
  schema_changed: {
    'zh-CN': '数据库中的表、触发器或索引与程序不一致，请从备份恢复或联系管理员。',
    en: 'Tables, triggers or indexes differ from what the program made; restore a backup or ask the administrator.',
  },
  not_a_register: {
    'zh-CN': '数据目录中的 register.db 不是双证的登记簿，请检查 DATA_DIR。',
    en: 'register.db in the data folder is not a register of this product; check DATA_DIR.',
  },
  keys_too_open: {
    'zh-CN': '密钥目录或文件的权限过宽，请设为目录 0700、文件 0600。',
    en: 'The key folder or a key file is open to others; set the folder to 0700 and the files to 0600.',
  },
  key_damaged: {
    'zh-CN': '密钥文件损坏，请从密钥备份恢复。',
    en: 'A key file is damaged; restore it from the backup of the keys.',
  },
  pragma_mismatch: {
    'zh-CN': '数据库连接的安全设置未生效，已停止启动。',
    en: 'A safety setting of the database connection did not take effect; start-up was stopped.',
  },
};

/** Why the register must not be opened. `bin/` prints the text and exits. */
export class StartupFault extends Error {
  readonly code: StartupCode;
  readonly text: Text;
  readonly detail: string;

  constructor(code: StartupCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'StartupFault';
    this.code = code;
    this.text = texts[code];
    this.detail = detail;
  }
}

const FATAL = /^SQLITE_(IOERR|CORRUPT|NOTADB)/;
const BUSY = new Set(['SQLITE_BUSY', 'SQLITE_LOCKED', '55P03', '57014', '40001', '40P01', '53300']);
const FULL = new Set(['SQLITE_FULL', '53100']);
const COLLISION = new Set(['40001', '40P01']);

/** The driver's code: `SQLITE_BUSY` or a PostgreSQL SQLSTATE. */
export function driverCode(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** After these the process must end: it would write on after a failed fsync. */
export function isFatal(error: unknown): boolean {
  return FATAL.test(driverCode(error));
}

/** PostgreSQL chose this transaction as victim; running it again is right. */
export function isCollision(error: unknown): boolean {
  return COLLISION.has(driverCode(error));
}

/** Full or busy storage becomes a problem with a code; anything else stays as it is. */
export function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const code = driverCode(error);
  if (FULL.has(code)) return new Problem('storage_full');
  if (BUSY.has(code)) return new Problem('busy');
  if (error instanceof Error && error.name === 'KnexTimeoutError') return new Problem('busy');
  return error;
}
