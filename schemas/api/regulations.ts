import { z } from 'zod';
import { Id } from '../ids.ts';
import { Instant, LegalDate, Text } from '../text.ts';

const Article = z.string().min(1).max(60);
const ArticleInput = z.strictObject({ article: Article, text: z.string().min(1).max(5000) });

export const FileRegulationInput = z
  .strictObject({
    title: Text,
    number: z.string().min(1).max(120).optional(),
    issuedOn: LegalDate.optional(),
    issuer: z.string().min(1).max(120),
    unconfirmed: z.boolean().default(true).describe('The wording still waits for a practitioner’s word'),
    articles: z.array(ArticleInput).min(1).max(500),
  })
  .meta({
    example: {
      title: { 'zh-CN': '学分认定办法（示例）', en: 'Credit rules (example)' },
      number: '示例1号',
      issuedOn: '2026-03-01',
      issuer: '示例职业技术学院',
      unconfirmed: true,
      articles: [{ article: '8', text: '高级转换8学分，初级、中级3学分。' }],
    },
  });
export type FileRegulationInput = z.infer<typeof FileRegulationInput>;
export const Filed = z.strictObject({ regulation: Id, textHash: z.string() });

export const articleStates = ['executable', 'manual', 'open'] as const;
export const ArticleState = z.enum(articleStates);
export type ArticleState = z.infer<typeof ArticleState>;

const Counts = z.strictObject({ executable: z.int(), manual: z.int(), open: z.int() });

const Head = z.strictObject({
  id: Id,
  title: Text,
  number: z.string().nullable(),
  issuedOn: LegalDate.nullable(),
  issuer: z.string(),
  unconfirmed: z.boolean(),
  textHash: z.string(),
  filedAt: Instant,
  counts: Counts.describe('Articles by how they are carried out'),
});
export const RegulationItem = Head.meta({ id: 'RegulationItem' });
export type RegulationItem = z.infer<typeof RegulationItem>;
export const RegulationList = z.strictObject({ items: z.array(RegulationItem) });

const Citation = z.strictObject({
  ruleSet: z.string(),
  revision: z.int(),
  standing: z.enum(['in_force', 'scheduled']),
  rule: z.string(),
  title: Text,
  tests: z.array(z.string()).describe('Tests of the document that this rule fires'),
  quotedOtherwise: z.boolean().describe('The document quotes the article in other words than the filed text'),
});
const ArticleView = z.strictObject({
  article: z.string(),
  text: z.string(),
  state: ArticleState,
  mark: z
    .strictObject({
      mark: z.enum(['manual', 'open']),
      reason: z.string(),
      by: z.string().nullable().describe('Who said so'),
      at: Instant,
    })
    .nullable(),
  citations: z.array(Citation),
});
export const RegulationView = Head.extend({ articles: z.array(ArticleView) }).meta({ id: 'Regulation' });
export type RegulationView = z.infer<typeof RegulationView>;

export const MarkArticleInput = z.strictObject({
  id: Id,
  article: Article,
  mark: z.enum(['manual', 'open']),
  reason: z.string().trim().min(1).max(500),
});
export type MarkArticleInput = z.infer<typeof MarkArticleInput>;
export const Marked = z.strictObject({ regulation: Id, article: z.string(), mark: z.enum(['manual', 'open']) });
