import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActDialog } from '../../../components/act-dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { useText } from '../../../components/use-text.ts';
import type { RuleDocument } from '../../../rules-editor/document.ts';
import type { Edit } from '../../../rules-editor/edit.ts';
import { addArticle, setNote } from '../../../rules-editor/edit.ts';

interface Props {
  doc: RuleDocument;
  rule: string;
  edit: ((edit: Edit) => void) | null;
}

/** The articles a rule rests on, verbatim, beside its sentence. */
export function Citations({ doc, rule, edit }: Props) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const cites = doc.notes[rule]?.cites ?? [];
  const articles = Object.entries(doc.sources).flatMap(([key, source]) =>
    Object.keys(source.articles).map((article) => ({
      value: `${key}/${article}`,
      label: `${say(source.title)} ${article}`,
    })),
  );
  const put = (next: string[]) => edit?.(setNote(rule, { cites: next }));
  return (
    <div>
      <h3 className="quiet small">{t('articles')}</h3>
      {cites.length === 0 && <p style={{ color: 'var(--waiting)' }}>{t('noArticle')}</p>}
      {cites.map((cite) => {
        const slash = cite.indexOf('/');
        const [source, article] = [doc.sources[cite.slice(0, slash)], cite.slice(slash + 1)];
        return (
          <blockquote key={cite} className="article">
            <div className="row" style={{ justifyContent: 'space-between', flexWrap: 'nowrap' }}>
              <span>
                {source ? say(source.title) : cite} {article}
              </span>
              {edit && !doc.table && (
                <Button
                  size="small"
                  type="text"
                  aria-label={`${t('uncite')} ${article}`}
                  onClick={() => put(cites.filter((one) => one !== cite))}
                >
                  ✕
                </Button>
              )}
            </div>
            <div lang="zh-CN">{source?.articles[article]}</div>
          </blockquote>
        );
      })}
      {edit && (
        <div className="row" style={{ marginTop: 8 }}>
          {!doc.table && (
            <Select
              aria-label={t('cite')}
              placeholder={t('cite')}
              value={null}
              showSearch
              optionFilterProp="label"
              popupMatchSelectWidth={false}
              style={{ minWidth: 180 }}
              options={articles.filter(({ value }) => !cites.includes(value))}
              onChange={(value: string | null) => value !== null && put([...cites, value])}
            />
          )}
          <NewArticle doc={doc} rule={rule} edit={edit} />
        </div>
      )}
    </div>
  );
}

function NewArticle({ doc, rule, edit }: Props) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const [open, setOpen] = useState(false);
  const [source, setSource] = useState(Object.keys(doc.sources)[0] ?? '');
  const [article, setArticle] = useState('');
  const [text, setText] = useState('');
  const file = async () => {
    const name = article.trim();
    edit?.(addArticle(source, name, text.trim()));
    const cites = doc.notes[rule]?.cites ?? [];
    if (!doc.table) edit?.(setNote(rule, { cites: [...cites, `${source}/${name}`] }));
  };
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {t('addArticle')}
      </Button>
      <ActDialog
        open={open}
        title={t('addArticle')}
        confirm={t('addArticle')}
        disabled={article.trim() === '' || text.trim() === ''}
        act={file}
        onClose={() => setOpen(false)}
      >
        <Field label={t('articleSource')}>
          {(id) => (
            <Select
              id={id}
              value={source}
              onChange={setSource}
              options={Object.entries(doc.sources).map(([value, one]) => ({ value, label: say(one.title) }))}
            />
          )}
        </Field>
        <Field label={t('articleNo')}>
          {(id) => <Input id={id} value={article} maxLength={60} onChange={({ target }) => setArticle(target.value)} />}
        </Field>
        <Field label={t('articleText')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={4}
              maxLength={5000}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
      </ActDialog>
    </>
  );
}
