/** A verdict with the reasons against it, or with what it waits for. */
export interface Conclusion {
  verdict: 'granted' | 'denied' | 'undetermined';
  reasons: readonly string[];
}

export const granted: Conclusion = { verdict: 'granted', reasons: [] };
export const denied = (...reasons: string[]): Conclusion => ({ verdict: 'denied', reasons });
export const undetermined = (...reasons: string[]): Conclusion => ({ verdict: 'undetermined', reasons });
