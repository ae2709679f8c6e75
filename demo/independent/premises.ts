/**
 * What the workbooks do not say and the college has on record: written here a second time, on purpose. 学期 dates; that the
 * programme is relevant to 电工 and 车工 and was assessed (经评估论证) for 电工; weights of the standard's units by level, in per cent.
 */
export const termStarts: Readonly<Record<number, string>> = {
  1: '2023-09-01',
  2: '2024-02-26',
  3: '2024-09-02',
  4: '2025-02-24',
  5: '2025-09-01',
  6: '2026-03-02',
};

export const occupations = { same: ['6-31-01-03'], related: ['6-18-01-01'] };

export const unitWeights: Readonly<Record<'四级' | '三级', Readonly<Record<string, number>>>> = {
  四级: { 基本电子电路装调维修: 15, 继电控制电路装调维修: 30, 电气设备装调维修: 25, 自动控制电路装调维修: 30 },
  三级: {
    继电控制电路装调维修: 15,
    电气设备装调维修: 30,
    自动控制电路装调维修: 20,
    交直流传动系统装调维修: 20,
    应用电子电路调试维修: 15,
  },
};

/** 毕业与考核的界线：及格60分，岗位实习6个月，内容匹配度80%，转换学分不超过总学分一半，每项成果不超过8学分。 */
export const lines = { pass: 60, internshipMonths: 6, overlap: 80, convertedShare: 0.5, perOutcome: 8 };
