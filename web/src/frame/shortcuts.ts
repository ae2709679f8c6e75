interface Acts {
  go(to: string): void;
  help(): void;
  /** Whether the page is one of the reader's own. */
  knows(to: string): boolean;
}

const places: Readonly<Record<string, string>> = {
  h: '/',
  s: '/students',
  g: '/score-sheets',
  i: '/imports',
  c: '/certificates',
  r: '/rules',
};
const SECOND_KEY_MS = 1200;

/** `/` searches, `g` and a letter goes, `?` shows the list. Keys typed into a field are left alone. Returns the undoing. */
export function listenForShortcuts({ go, help, knows }: Acts): () => void {
  let gAt = 0;
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isField(event.target)) return;
    const place = places[event.key];
    if (Date.now() - gAt < SECOND_KEY_MS && place) {
      gAt = 0;
      event.preventDefault();
      if (knows(place)) go(place);
    } else if (event.key === 'g') gAt = Date.now();
    else if (event.key === '/') {
      event.preventDefault();
      window.dispatchEvent(new Event('dualcert:search'));
    } else if (event.key === '?') help();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
