import type { RegulationView } from '../../schemas/api/regulations.ts';
import { writeWorkbook } from './write.ts';

const STATES: Record<RegulationView['articles'][number]['state'], string> = {
  executable: '规则执行',
  manual: '人工办理',
  open: '待落实',
};

/** 条款覆盖 for the file: every article with its text, how it is carried out, by which rules and tests, or why by hand. */
export async function regulationWorkbook({ articles }: RegulationView): Promise<Buffer> {
  return writeWorkbook([
    {
      name: '条款覆盖',
      columns: [
        { title: '条款', width: 12 },
        { title: '原文', width: 60 },
        { title: '落实方式', width: 12 },
        { title: '规则', width: 44 },
        { title: '测试', width: 44 },
        { title: '说明', width: 36 },
      ],
      rows: articles.map(({ article, text, state, citations, mark }) => [
        article,
        text,
        STATES[state],
        citations
          .map(({ ruleSet, revision, rule, title }) => `${ruleSet}#${revision} ${rule} ${title['zh-CN']}`)
          .join('\n'),
        [...new Set(citations.flatMap(({ tests }) => tests))].join('\n'),
        noteOf({ citations, mark }),
      ]),
    },
  ]);
}

function noteOf({ citations, mark }: Pick<RegulationView['articles'][number], 'citations' | 'mark'>): string {
  const reason = mark === null ? [] : [mark.reason];
  const otherwise = citations.some((citation) => citation.quotedOtherwise) ? ['规则文件引用的文字与归档原文不同'] : [];
  return [...reason, ...otherwise].join('；');
}
