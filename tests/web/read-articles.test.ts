import { describe, expect, test } from 'vitest';
import { readArticles } from '../../web/src/i18n/read-articles.ts';

describe('a pasted regulation', () => {
  test('numbered lines and two columns from a sheet both become articles', () => {
    expect(readArticles('第八条 高级转换8学分。\n第9条：超过36个月不予转换。\n10.1 国赛获奖者复核。')).toEqual([
      { article: '八', text: '高级转换8学分。' },
      { article: '9', text: '超过36个月不予转换。' },
      { article: '10.1', text: '国赛获奖者复核。' },
    ]);
    expect(readArticles('匹配\t内容重合度80%及以上\r\n第3条\t一项成果只认定一次')).toEqual([
      { article: '匹配', text: '内容重合度80%及以上' },
      { article: '3', text: '一项成果只认定一次' },
    ]);
  });

  test('a line without a number goes on with the article above; what stands before the first is left out', () => {
    expect(readArticles('学籍管理规定\n\n第一条 准予毕业：\n（一）修完课程；\n（二）学分达到要求。')).toEqual([
      { article: '一', text: '准予毕业：\n（一）修完课程；\n（二）学分达到要求。' },
    ]);
  });
});
