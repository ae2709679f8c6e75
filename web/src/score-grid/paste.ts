/** The cells of what Excel or WPS puts on the clipboard: tabs between columns, line ends between rows, quotes around cells with either. */
export function cellsOfPaste(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (quoted && char === '"' && text[i + 1] === '"') {
      cell += '"';
      i += 1;
    } else if (char === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && char === '\t') endCell();
    else if (!quoted && char === '\n') {
      endCell();
      rows.push([]);
    } else if (quoted || char !== '\r') cell += char;
  }
  if (cell !== '' || (rows.at(-1)?.length ?? 0) > 0) endCell();
  if (rows.at(-1)?.length === 0) rows.pop();
  return rows;
}

/** A single value is typed text, not a block: the field takes it as it is. */
export function isBlock(text: string): boolean {
  return /[\t\n]/.test(text.replace(/\r?\n$/, ''));
}
