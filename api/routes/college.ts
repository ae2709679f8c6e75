import { moveClock } from '../../register/college/move-clock.ts';
import type { MoveClock } from '../../register/college/move-clock.ts';
import { readCollege } from '../../register/college/read-college.ts';
import { readHome } from '../../register/home/read-home.ts';
import { listCohorts } from '../../register/students/list-cohorts.ts';
import { textOf } from '../../schemas/api/check.ts';
import {
  ClockMoved,
  CohortList,
  CollegeNow,
  HomeView,
  ListCohortsInput,
  MoveClockInput,
} from '../../schemas/api/college.ts';
import { Nothing } from '../../schemas/api/common.ts';
import type { Infer } from '../../schemas/api/common.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['college'];

const home = defineRoute({
  method: 'get',
  path: '/v1/home',
  permission: 'signed_in',
  input: Nothing,
  output: HomeView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '待我处理的事项', en: 'What waits for me' },
  handle: ({ register, by }) => readHome(register, by),
});

const college = defineRoute({
  method: 'get',
  path: '/v1/college',
  permission: 'signed_in',
  input: Nothing,
  output: CollegeNow,
  refuses: ['not_permitted'],
  tags,
  summary: { 'zh-CN': '学校、校历与学校日期', en: 'The college, its terms and its date' },
  handle: ({ register, by }) => readCollege(register, by),
});

const clock = defineRoute({
  method: 'post',
  path: '/v1/college/clock',
  permission: 'clock.move',
  input: MoveClockInput,
  output: ClockMoved,
  refuses: ['not_a_demo_college', 'no_later_term'],
  command: true,
  tags,
  summary: { 'zh-CN': '推进示例学校的时钟', en: 'Move the clock of an example college forward' },
  handle: ({ register, call }) => moveClock(register, { ...call, input: moveOf(call.input) }),
});

function moveOf({ to, days, reason }: Infer<typeof MoveClockInput>): MoveClock {
  if (to === 'next_term') return { to, reason };
  if (days === undefined)
    throw new Problem('bad_input', [{ pointer: '/days', code: 'required', text: textOf('required') }]);
  return { to, days, reason };
}

const cohorts = defineRoute({
  method: 'get',
  path: '/v1/cohorts',
  permission: 'students.read',
  input: ListCohortsInput,
  output: CohortList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '年级、班级与双证进度', en: 'Cohorts, classes and progress on both certificates' },
  handle: ({ register, by, input }) => listCohorts(register, by, input),
});

export const collegeRoutes: readonly Route[] = [home, college, clock, cohorts];
