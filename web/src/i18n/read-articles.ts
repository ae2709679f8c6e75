export interface Article {
  article: string;
  text: string;
}

// 第八条 …, 8. …, 8<TAB>…, 第8条第2款：…
const NUMBERED = /^(?:第\s*([^\s第]{1,20}?)\s*条|([0-9]{1,4}(?:[.．-][0-9]{1,3})*))[.．、:：\s]+(.+)$/;
const TABBED = /^([^\t]{1,60})\t+(.+)$/;

/** A pasted regulation as articles: two columns, or numbered lines; what has no number goes on with the article above. */
export function readArticles(pasted: string): Article[] {
  const found: Article[] = [];
  for (const line of pasted.split(/\r?\n/).map((one) => one.trim())) {
    if (line === '') continue;
    const tabbed = TABBED.exec(line);
    const numbered = NUMBERED.exec(line);
    if (tabbed) found.push({ article: tabbed[1]!.trim().replace(/^第(.+)条$/, '$1'), text: tabbed[2]!.trim() });
    else if (numbered) found.push({ article: numbered[1] ?? numbered[2]!, text: numbered[3]!.trim() });
    else if (found.length > 0) found.at(-1)!.text += `\n${line}`;
  }
  return found;
}

/** Whether an article goes by a number, so that it is read as 第八条 rather than by its own name. */
export const isNumbered = (article: string): boolean => /^[0-9一二三四五六七八九十百]/.test(article);
