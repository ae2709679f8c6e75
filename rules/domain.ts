/** What a fact or a parameter may be; the shape shared by documents and the catalogue. */
export interface Domain {
  readonly type: 'integer' | 'decimal' | 'boolean' | 'enum' | 'date' | 'list';
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly values?: readonly string[] | undefined;
}

export type DomainFault = 'value_type_wrong' | 'value_outside_domain';

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether `20260231` and its like name a day. */
export function isCalendarDay(value: number): boolean {
  const year = Math.floor(value / 10_000);
  const month = Math.floor(value / 100) % 100;
  const day = value % 100;
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] ?? 0)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/** Strict: no conversion, no coercion. An enum without values takes any text. */
export function domainFault(domain: Domain, value: unknown): DomainFault | undefined {
  switch (domain.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'value_type_wrong';
    case 'integer':
    case 'decimal':
      return numberFault(domain, value);
    case 'date':
      return numberFault(domain, value) ?? (isCalendarDay(value as number) ? undefined : 'value_outside_domain');
    case 'enum':
      return textFault(domain, value);
    case 'list':
      return listFault(domain, value);
  }
}

function numberFault({ min, max }: Domain, value: unknown): DomainFault | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'value_type_wrong';
  return (min !== undefined && value < min) || (max !== undefined && value > max) ? 'value_outside_domain' : undefined;
}

function textFault({ values }: Domain, value: unknown): DomainFault | undefined {
  if (typeof value !== 'string') return 'value_type_wrong';
  if (values !== undefined && values.length > 0) return values.includes(value) ? undefined : 'value_outside_domain';
  return value === '' || value.length > 500 ? 'value_outside_domain' : undefined;
}

function listFault(domain: Domain, value: unknown): DomainFault | undefined {
  if (!Array.isArray(value)) return 'value_type_wrong';
  if (value.length > 5_000) return 'value_outside_domain';
  // by index: a hole is not a text
  for (let i = 0; i < value.length; i += 1) {
    const fault = textFault(domain, value[i]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
