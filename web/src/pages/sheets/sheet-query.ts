import type { SheetsSearch } from '../../search/work.ts';

type State = Exclude<NonNullable<SheetsSearch['state']>, 'all'>;

/** The address as the API takes it. What is archived stays out of sight until asked for. */
export function sheetQuery({ state = 'current', term, class: ofClass, course }: SheetsSearch, mine: boolean) {
  return {
    ...(state !== 'all' && { state: state satisfies State }),
    ...(term && { term }),
    ...(ofClass && { class: ofClass }),
    ...(course && { course }),
    ...(mine && { mine: 'true' }),
  };
}

export const isNarrowed = ({ state, term, class: ofClass, course }: SheetsSearch): boolean =>
  [state, term, ofClass, course].some((chosen) => chosen !== undefined);
