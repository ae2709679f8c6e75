import { listStudents } from '../../register/students/list-students.ts';
import { readStudent } from '../../register/students/read-student.ts';
import { revealIdNumber } from '../../register/students/reveal-id-number.ts';
import { readStudentCourses, readStudentCoverage } from '../../register/students/student-courses.ts';
import { readStudentDecisions } from '../../register/students/student-decisions.ts';
import { readStudentEvents } from '../../register/students/student-events.ts';
import { readStudentOutcomes } from '../../register/students/student-outcomes.ts';
import { ById } from '../../schemas/api/common.ts';
import { CoverageView } from '../../schemas/api/plans.ts';
import {
  ListStudentsInput,
  OutcomeList,
  RevealInput,
  Revealed,
  SearchStudentsInput,
  StudentCourses,
  StudentDecisions,
  StudentEvents,
  StudentPage,
  StudentView,
} from '../../schemas/api/students.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['students'];

const list = defineRoute({
  method: 'get',
  path: '/v1/students',
  permission: 'students.read',
  input: ListStudentsInput,
  output: StudentPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '学生列表', en: 'List students with stage and who is waited for' },
  handle: ({ register, by, input }) => listStudents(register, by, input),
});

const search = defineRoute({
  method: 'post',
  path: '/v1/students/search',
  permission: 'students.read',
  input: SearchStudentsInput,
  output: StudentPage,
  refuses: [],
  limit: 'search',
  tags,
  summary: {
    'zh-CN': '按学号、姓名、拼音、证书编号查找学生',
    en: 'Find students by number, name, pinyin or certificate',
  },
  handle: ({ register, by, input }) => listStudents(register, by, input),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/students/{id}',
  permission: 'students.read',
  input: ById,
  output: StudentView,
  refuses: ['no_term'],
  tags,
  summary: { 'zh-CN': '学生与双证结论', en: 'One student with both verdicts' },
  handle: ({ register, by, input }) => readStudent(register, by, input.id),
});

const reveal = defineRoute({
  method: 'post',
  path: '/v1/students/{id}/reveal',
  permission: 'students.reveal_identity',
  input: RevealInput,
  output: Revealed,
  refuses: [],
  command: true,
  limit: 'search',
  tags,
  summary: { 'zh-CN': '查看完整身份证号（记录原因）', en: 'Reveal the ID number, giving a reason' },
  handle: command(revealIdNumber),
});

const courses = defineRoute({
  method: 'get',
  path: '/v1/students/{id}/courses',
  permission: 'students.read',
  input: ById,
  output: StudentCourses,
  refuses: [],
  tags,
  summary: { 'zh-CN': '学生的课程与成绩', en: 'Courses and scores of a student' },
  handle: ({ register, by, input }) => readStudentCourses(register, by, input.id),
});

const coverage = defineRoute({
  method: 'get',
  path: '/v1/students/{id}/coverage',
  permission: 'students.read',
  input: ById,
  output: CoverageView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '学生的标准覆盖', en: 'Standard units, the courses that cover them and the results' },
  handle: ({ register, by, input }) => readStudentCoverage(register, by, input.id),
});

const outcomes = defineRoute({
  method: 'get',
  path: '/v1/students/{id}/outcomes',
  permission: 'outcomes.read',
  input: ById,
  output: OutcomeList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '学生的学习成果与学分', en: 'Learning outcomes and what they were spent on' },
  handle: ({ register, by, input }) => readStudentOutcomes(register, by, input.id),
});

const decisions = defineRoute({
  method: 'get',
  path: '/v1/students/{id}/decisions',
  permission: 'decisions.read',
  input: ById,
  output: StudentDecisions,
  refuses: [],
  tags,
  summary: { 'zh-CN': '学生的决定', en: 'Decisions on record for a student' },
  handle: ({ register, by, input }) => readStudentDecisions(register, by, input.id),
});

const events = defineRoute({
  method: 'get',
  path: '/v1/students/{id}/events',
  permission: 'pathways.read',
  input: ById,
  output: StudentEvents,
  refuses: [],
  tags,
  summary: { 'zh-CN': '学生路径上发生过的事', en: 'What has happened in a case' },
  handle: ({ register, by, input }) => readStudentEvents(register, by, input.id),
});

export const studentRoutes: readonly Route[] = [
  list,
  search,
  read,
  reveal,
  courses,
  coverage,
  outcomes,
  decisions,
  events,
];
