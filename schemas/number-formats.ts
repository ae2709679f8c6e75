import type { SkillLevel } from './facts.ts';

/** Layouts of domain.md §4. Only layouts with a source are known; every other number is free text with its issuer. */
const SKILL = /^([YS])(\d{4})(\d{2})(\d{6})(\d{2})([1-5])(\d{6})$/;
const QUALIFICATION = /^(\d{2})(\d{2})(\d{2})([0-4])(\d{3})([1-5])(\d{5})$/;
const DIPLOMA = /^(\d{5})([1567])(\d{4})(0[12456])(\d{6})$/;

export const levelDigits = { five: '5', four: '4', three: '3', two: '2', one: '1' } as const satisfies Record<
  SkillLevel,
  string
>;

export interface SkillCertificateNumber {
  /** Y: issued by an employer; S: by a social assessment organisation. */
  letter: 'Y' | 'S';
  /** Four digits; 0000 where the organisation is filed with a province. */
  organisation: string;
  /** Two digits of GB/T 2260. */
  province: string;
  /** Six digits given by the province. */
  site: string;
  year: number;
  level: SkillLevel;
  serial: number;
}

export interface DiplomaNumber {
  /** Five digits of the ministry. */
  school: string;
  /** 1 ordinary, 5 adult, 6 self-study, 7 online. */
  kind: '1' | '5' | '6' | '7';
  year: number;
  /** 01 doctor, 02 master, 04 second bachelor, 05 bachelor, 06 higher vocational. */
  level: '01' | '02' | '04' | '05' | '06';
  serial: number;
}

export interface QualificationNumber {
  year: string;
  province: string;
  city: string;
  kind: string;
  body: string;
  level: string;
  serial: string;
}

const MOST_SERIALS = 999_999;
const sixDigits = (serial: number): string => String(serial).padStart(6, '0');

/** 22 characters. A part that does not fit is a fault of our own data, never cut or padded away. */
export function formatSkillCertificateNumber({
  letter,
  organisation,
  province,
  site,
  year,
  level,
  serial,
}: SkillCertificateNumber): string {
  mustFit(serial);
  return mustMatch(
    `${letter}${organisation}${province}${site}${String(year).slice(-2)}${levelDigits[level]}${sixDigits(serial)}`,
    SKILL,
  );
}

/** 18 digits. */
export function formatDiplomaNumber({ school, kind, year, level, serial }: DiplomaNumber): string {
  mustFit(serial);
  return mustMatch(`${school}${kind}${year}${level}${sixDigits(serial)}`, DIPLOMA);
}

export const isSkillCertificateNumber = (text: string): boolean => SKILL.test(text);
export const isQualificationNumber = (text: string): boolean => QUALIFICATION.test(text);
/** 18 digits, or the 17 of before 2002. */
export const isDiplomaNumber = (text: string): boolean =>
  DIPLOMA.test(text) || /^\d{5}[1567](19\d\d|200[01])0[12456]\d{5}$/.test(text);

/** The parts of a 16-digit number of the old appraisal; positions 3 and 4 have a code table of their own. */
export function parseQualificationNumber(text: string): QualificationNumber | undefined {
  const [, year = '', province = '', city = '', kind = '', body = '', level = '', serial = ''] =
    QUALIFICATION.exec(text) ?? [];
  return year === '' ? undefined : { year, province, city, kind, body, level, serial };
}

/** The level a skill certificate's number states. */
export function levelOfSkillNumber(text: string): SkillLevel | undefined {
  const digit = SKILL.exec(text)?.[6];
  return (Object.keys(levelDigits) as SkillLevel[]).find((level) => levelDigits[level] === digit); // keys of levelDigits
}

function mustFit(serial: number): void {
  if (!Number.isInteger(serial) || serial < 1 || serial > MOST_SERIALS) throw new RangeError('serial out of range');
}

function mustMatch(number: string, layout: RegExp): string {
  if (!layout.test(number)) throw new RangeError('a part of the number does not fit its layout');
  return number;
}
