import { programme } from './plan.ts';
import type { Random } from './random.ts';
import { randomFrom } from './random.ts';
import { troubleAt } from './troubles.ts';
import type { Trouble } from './troubles.ts';

export interface Student {
  no: string;
  name: string;
  gender: '男' | '女';
  idNumber: string;
  className: string;
  priorSchooling: string;
  trouble: Trouble | undefined;
  /** Draws that belong to this student alone: another student more or less changes nothing here. */
  random(topic: string): Random;
}

export interface Size {
  students: number;
  classes: number;
  seed: string;
}

export const DEFAULT_SIZE: Size = { students: 150, classes: 3, seed: '双证' };

export const classNameOf = (number: number): string => `机电23${String(number).padStart(2, '0')}班`;

export function makeStudents({ students, classes, seed }: Size): Student[] {
  const perClass = Math.ceil(students / classes);
  return Array.from({ length: students }, (_, index) => {
    const classNo = Math.floor(index / perClass) + 1;
    const seat = (index % perClass) + 1;
    const trouble = troubleAt(classNo, seat);
    const female = index % 4 === 3;
    return {
      no: `${programme.cohort}${programme.code}${String(classNo).padStart(3, '0')}${String(seat).padStart(3, '0')}`,
      name: trouble?.name ?? nameOf(index),
      gender: female ? '女' : '男',
      idNumber: idNumberOf(index, female),
      className: classNameOf(classNo),
      priorSchooling: index % 3 === 0 ? '中等职业学校' : '普通高中',
      trouble,
      random: (topic) => randomFrom(seed, index, topic),
    };
  });
}

const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄';
const SOLAR_TERMS =
  '立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至 小寒 大寒'.split(
    ' ',
  );
const DIGITS = '〇一二三四五六七八九';

/** A surname and one of the 24 solar terms: plainly made up. Past the last pair a number follows. */
function nameOf(index: number): string {
  const surnames = [...SURNAMES];
  const surname = surnames[index % surnames.length] ?? '';
  const term = SOLAR_TERMS[(index * 5 + Math.floor(index / surnames.length)) % SOLAR_TERMS.length] ?? '';
  const round = Math.floor(index / (surnames.length * SOLAR_TERMS.length));
  const number = round === 0 ? '' : [...String(round)].map((digit) => DIGITS[Number(digit)]).join('');
  return surname + term + number;
}

/** 990000 is assigned to no place, so no such number can be anybody's. */
const NO_PLACE = '990000';
const DAYS = 365;

function idNumberOf(index: number, female: boolean): string {
  const birth = new Date(Date.UTC(2004, 8, 1 + (index % DAYS))).toISOString().slice(0, 10).replaceAll('-', '');
  const order = Math.floor(index / DAYS) * 2 + (female ? 2 : 1);
  const digits = `${NO_PLACE}${birth}${String(order).padStart(3, '0')}`;
  return digits + checkDigit(digits);
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643. */
function checkDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (WEIGHTS[place] ?? 0), 0);
  return '10X98765432'[sum % 11] ?? '';
}
