import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { keyedAt } from '../../api/client.ts';
import type { Sheet } from './sheet-model.ts';

/** What every act on a sheet needs: the newest version under a new key for each try, and an answer that says what changed. */
export function useSheetCall({ id, version }: Pick<Sheet, 'id' | 'version'>) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const at = () => keyedAt(client.getQueryData<Sheet>(['sheet', id])?.version ?? version, { path: { id } });
  const done = async (words: string) => {
    void message.success(words);
    await client.invalidateQueries();
  };
  return { at, done };
}
