import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { ActDialog } from '../../components/act-dialog.tsx';

type Article = components['schemas']['Regulation']['articles'][number];

interface Props {
  regulation: string;
  article: Article;
  /** As the page calls it. */
  name: string;
}

/** Says that people carry the article out, or that it is open after all. What a rule carries out needs no mark. */
export function MarkArticle({ regulation, article, name }: Props) {
  const { t } = useTranslation('regulations');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  if (article.state === 'executable') return null;
  const mark = article.state === 'manual' ? 'open' : 'manual';
  const act = async (reason: string) => {
    const body = { article: article.article, mark, reason } as const;
    await answer(api.POST('/v1/regulations/{id}/marks', { ...keyed({ path: { id: regulation } }), body }));
    await queries.invalidateQueries({ queryKey: ['regulations'] });
    void message.success(t('marked'));
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {mark === 'manual' ? t('markManual') : t('markOpen')}
      </Button>
      <ActDialog
        open={open}
        title={mark === 'manual' ? t('markManualAsk', { article: name }) : t('markOpenAsk', { article: name })}
        explain={t('markExplain')}
        confirm={mark === 'manual' ? t('markManual') : t('markOpen')}
        reasoned
        act={act}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
